"""Typed reading of a Table: each method returns a value of its type and notes what is wrong instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dbtcoach.script import nodes
from dbtcoach.script.nodes import Items, Node, Scalar, Table, as_value, shown
from dbtcoach.script.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.script.problems import Mark

Read = TypeVar("Read")

# Between braces a comma ends a text: {label: Softly, slowly} has a key "slowly" without a value.
_AFTER_COMMA = "stands alone after a comma; put quotes around a text that has a comma in it"


@dataclass(slots=True)
class Fields:
    """The keys of one Table; ``close`` notes every key that nobody asked for."""

    table: Table
    problems: Problems
    asked: set[str] = field(default_factory=set)

    @property
    def mark(self) -> Mark:
        """Where the table starts."""
        return self.table.mark

    def given(self) -> frozenset[str]:
        """Return the keys that stand in the file."""
        return frozenset(key.text for key, _node in self.table.pairs)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """Return the node of a key; note it as missing when it is required."""
        self.asked.add(key)
        node = self.table.get(key)
        if node is None and required:
            self.problems.add(self.mark, f"'{key}' is missing")
        return node

    def mark_of(self, key: str) -> Mark:
        """Return where the value of a key stands, else where the table starts."""
        node = self.table.get(key)
        return self.mark if node is None else node.mark

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, or an empty one; note a required one that says nothing."""
        node = self.node(key, required=required)
        text = text_of(node, self.problems)
        if required and node is not None:
            self.refuse_blank(key, node)
        return text

    def refuse_blank(self, key: str, node: Node) -> None:
        """Note a quoted text without a word; an unquoted one is no text, which was noted already."""
        if isinstance(node, Scalar) and not node.plain and not node.text.strip():
            self.problems.add(node.mark, f"'{key}' must not be empty")

    def word(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """Return one of the allowed words, or the default."""
        node = self.node(key)
        if node is None:
            return default
        word = text_of(node, self.problems)
        if word and word not in allowed:
            self.problems.add(
                node.mark, f"unknown {key} '{shown(word)}'{self.problems.nearest(word, allowed)}"
            )
            return default
        return word or default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        node = self.node(key)
        if node is None:
            return default
        value = as_value(node) if isinstance(node, Scalar) else None
        if not isinstance(value, bool):
            self.problems.add(node.mark, "expected true or false")
            return default
        return value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number from low to high, or the default."""
        node = self.node(key)
        if node is None:
            return default
        return number_of(node, self.problems, default, low, high)

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """Return the nodes of a list, or none."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.problems.add(node.mark, "expected a list")
            return ()
        return node.nodes

    def tables(self, key: str, *, required: bool = False) -> Iterator[Fields]:
        """Yield the fields of each mapping in a list; what else is in it is noted."""
        for node in self.items(key, required=required):
            fields = table_of(node, self.problems)
            if fields is not None:
                yield fields

    def close(self, *also_known: str) -> None:
        """Note each key that was not asked for, with the nearest one that exists."""
        known = self.asked | set(also_known)
        for key, node in self.table.pairs:
            if key.text not in known:
                name = shown(key.text)
                if self.table.flow and isinstance(node, Scalar) and node.plain and not node.text:
                    self.problems.add(key.mark, f"'{name}' {_AFTER_COMMA}")
                    continue
                self.problems.add(
                    key.mark, f"unknown key '{name}'{self.problems.nearest(name, sorted(known))}"
                )


def decoded(source: bytes | str, file: str, make: Callable[[Fields], Read], *, whole: bool = False) -> Read:
    """Return what is made of the keys of a YAML text; raise ScriptError with every problem in it.

    ``file`` names it in messages. With ``whole``, a text that YAML cuts off at a ``#`` is a problem as well:
    see ``nodes.read``.
    """
    problems = Problems()
    root = nodes.read(source, file, problems, whole=whole)
    fields = table_of(root, problems) if root is not None else None
    made = make(fields) if fields is not None else None
    problems.raise_if_any()
    if made is None:  # a problem was noted, and has been raised
        raise AssertionError
    return made


def text_of(node: Node | None, problems: Problems) -> str:
    """Return the text of a node, or an empty one after noting that it should be a text."""
    if node is None:
        return ""
    if isinstance(node, Scalar) and not (node.plain and node.text in ("", "~", "null")):
        return node.text
    problems.add(node.mark, "expected a text")
    return ""


def number_of(node: Node, problems: Problems, default: int, low: int, high: int) -> int:
    """Return the whole number of a node when it lies from low to high, else the default."""
    value = as_value(node) if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int):
        problems.add(node.mark, "expected a whole number")
        return default
    if not low <= value <= high:
        problems.add(node.mark, f"expected a number from {low} to {high}")
        return default
    return value


def texts_of(node: Node | None, problems: Problems) -> tuple[str, ...]:
    """Return the texts of a list of texts, or of a single one."""
    if node is None:
        return ()
    nodes = node.nodes if isinstance(node, Items) else (node,)
    return tuple(text for text in (text_of(item, problems) for item in nodes) if text)


def table_of(node: Node, problems: Problems) -> Fields | None:
    """Return the fields of a mapping, or None after noting that it should be one."""
    if isinstance(node, Table):
        return Fields(node, problems)
    problems.add(node.mark, "expected keys and values")
    return None

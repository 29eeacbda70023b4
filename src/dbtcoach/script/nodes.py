"""YAML text becomes marked nodes: the only module that imports ``yaml``.

Only the parser's events are used. Composing recursively overflows the C stack on deep nesting, and
constructing objects turns ``no`` into False and ``12:30`` into 750; a node keeps the text as it stands.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dbtcoach.cleaning import hidden
from dbtcoach.script.problems import Mark, Problems

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 12
MAX_BYTES = 256 * 1024
MAX_NODES = 60_000  # a file of 256 kB holding nothing but `[],` has more; no exercise comes near


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single text; ``plain`` when it was written without quotes, and so may mean a number or true."""

    text: str
    plain: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML sequence."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping: each key with its node; no key is in it twice. ``flow``: written between braces."""

    pairs: tuple[tuple[Scalar, Node], ...]
    mark: Mark
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """Return the node of this key, or None."""
        return next((node for scalar, node in self.pairs if scalar.text == key), None)


Node = Scalar | Items | Table


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet."""

    mark: Mark
    is_table: bool
    nodes: list[Node]
    key: Scalar | None = None
    pairs: dict[str, tuple[Scalar, Node]] | None = None
    flow: bool = False


def read(source: bytes | str, file: str, problems: Problems, max_bytes: int = MAX_BYTES) -> Node | None:
    """Return the root node of a YAML text, or None after adding what is wrong with it to ``problems``.

    Anchors, aliases, tags, several documents, control characters, a depth over 12 and files over
    ``max_bytes`` are refused; the time is linear in the length of the text. Every message is in our words:
    those of the parser differ between its versions.
    """
    text = _decoded(source, file, problems, max_bytes)
    if text is None:
        return None
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def built(text: str, problems: Problems) -> Node | None:
        return _Builder(file, problems).build(yaml.parse(text, Loader=loader))

    try:
        return built(text, problems)
    except _RefusedError:
        return None
    except yaml.reader.ReaderError as error:
        problems.add(_mark_at(file, text, error.position), "a character that is not allowed here")
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        offset = at.index if at is not None else 0
        # The parser looks ahead, and may give up on what we would have refused before: deep nesting, say.
        before = Problems()
        with contextlib.suppress(yaml.YAMLError):
            try:
                built(text[:offset], before)
            except _RefusedError:
                problems.found.append(before.found[-1])
                return None
        problems.add(_mark_at(file, text, offset), f"this is not valid YAML{_hint(text, offset)}")
    except yaml.YAMLError:
        problems.add(Mark(file, 1, 1), "this is not valid YAML")
    return None


def _hint(text: str, offset: int) -> str:
    """Return what most often lies behind a place at which the parser gives up; its own words change."""
    before, here = text[text.rfind("\n", 0, offset) + 1 : offset], text[offset : offset + 2]
    if here.strip() == ":":
        return "; put quotes around a text that has ': ' in it"
    if "\t" in before + here:
        return "; use spaces instead of tabs"
    if not text[offset:].strip():
        return "; a quotation mark or a bracket above has no partner"
    if not before.strip():
        return "; look at the spaces at the start of this line and of those above"
    return ""


class _RefusedError(Exception):
    """What follows cannot be read sensibly."""


def _decoded(source: bytes | str, file: str, problems: Problems, max_bytes: int) -> str | None:
    if len(source) > max_bytes:
        problems.add(Mark(file, 1, 1), f"the file is larger than {max_bytes // 1024} kB")
        return None
    try:
        text = source.decode() if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        problems.add(_mark_at(file, before, len(before)), "this is not UTF-8 text")
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = hidden().search(text)
    if found:
        mark = _mark_at(file, text, found.start())
        problems.add(mark, f"a hidden character (U+{ord(found.group()):04X}) is not allowed")
        return None
    return text


def _mark_at(file: str, text: str, offset: int) -> Mark:
    return Mark(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class _Builder:
    """Builds nodes from parser events without recursion, so that nesting cannot overflow a stack."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.count = 0

    def build(self, events: Any) -> Node | None:
        handlers: dict[str, Callable[[Any, Mark], None]] = {
            "DocumentStartEvent": self._document,
            "AliasEvent": self._alias,
            "ScalarEvent": self._scalar,
            "SequenceStartEvent": self._start,
            "MappingStartEvent": self._start,
            "SequenceEndEvent": self._end,
            "MappingEndEvent": self._end,
        }
        for event in events:
            kind = type(event).__name__
            handler = handlers.get(kind)
            if handler is not None:
                mark = Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
                handler(event, mark)
        if self.root is None:
            self.problems.add(Mark(self.file, 1, 1), "the file is empty")
        return self.root

    def _refuse(self, mark: Mark, message: str) -> None:
        self.problems.add(mark, message)
        raise _RefusedError

    def _document(self, _event: Any, mark: Mark) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(mark, "only one document is allowed in a file")

    def _alias(self, _event: Any, mark: Mark) -> None:
        self._refuse(mark, "aliases (*name) are not allowed; write the text again")

    def _check(self, event: Any, mark: Mark) -> None:
        if event.anchor is not None:
            self._refuse(mark, "anchors (&name) are not allowed")
        if event.tag is not None:
            self._refuse(mark, "tags (!name) are not allowed")
        self.count += 1
        if self.count > MAX_NODES:
            self._refuse(mark, f"the file holds more than {MAX_NODES} values")

    def _scalar(self, event: Any, mark: Mark) -> None:
        self._check(event, mark)
        found = hidden().search(event.value)
        if found:
            self._refuse(mark, f"a hidden character (U+{ord(found.group()):04X}) is not allowed")
        self._place(Scalar(event.value, event.style is None or event.style == "", mark))

    def _start(self, event: Any, mark: Mark) -> None:
        self._check(event, mark)
        is_table = type(event).__name__ == "MappingStartEvent"
        if self.open and self.open[-1].is_table and self.open[-1].key is None:
            self._refuse(mark, "a key must be a plain word")
        if len(self.open) >= MAX_DEPTH:
            self._refuse(mark, f"nested deeper than {MAX_DEPTH} levels")
        self.open.append(_Open(mark, is_table, [], None, {} if is_table else None, bool(event.flow_style)))

    def _end(self, _event: Any, _mark: Mark) -> None:
        done = self.open.pop()
        if done.pairs is not None:
            self._place(Table(tuple(done.pairs.values()), done.mark, done.flow))
        else:
            self._place(Items(tuple(done.nodes), done.mark))

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        inner = self.open[-1]
        if inner.pairs is None:
            inner.nodes.append(node)
        elif inner.key is None:
            self._take_key(inner, node)
        else:
            if inner.key.text not in inner.pairs:
                inner.pairs[inner.key.text] = (inner.key, node)
            inner.key = None

    def _take_key(self, inner: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):  # collections are refused where they start; mypy cannot know
            raise TypeError
        inner.key = node
        if node.text == "<<" and node.plain:
            self._refuse(node.mark, "merge keys (<<) are not allowed")
        if inner.pairs is not None and node.text in inner.pairs:
            name = "this key" if self.problems.private else f"'{shown(node.text)}'"
            self.problems.add(node.mark, f"{name} is given twice")


def shown(text: str, width: int = 40) -> str:
    """Return a text from a file as it may stand in a message: one line, no hidden characters, not long."""
    line = hidden().sub("\ufffd", " ".join(text.split()))
    return line if len(line) <= width else line[: width - 1] + "…"


_INTEGER = re.compile(r"[-+]?[0-9]{1,9}", re.ASCII)


def as_value(node: Node) -> Any:
    """Return a node as plain data: dict, list, str, int, True, False or None.

    Only unquoted ``true``, ``false``, ``null``, ``~`` and whole numbers of at most nine digits are
    anything else than text.
    """
    match node:
        case Table(pairs):
            return {key.text: as_value(value) for key, value in pairs}
        case Items(nodes):
            return [as_value(item) for item in nodes]
        case Scalar(text, plain):
            if not plain:
                return text
            if text in ("true", "false"):
                return text == "true"
            if text in ("", "~", "null"):
                return None
            return int(text) if _INTEGER.fullmatch(text) else text

"""What a step holds inside: choices, rows, other wordings, parts of a card, what stands in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script.facts import NAME, REFERENCE
from dbtcoach.script.fields import Fields, table_of, text_of
from dbtcoach.script.guards import decode_when
from dbtcoach.script.model import KINDS, Choice, Passage, Recall, Row, Wording
from dbtcoach.script.nodes import Items, Table, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from dbtcoach.script.nodes import Node
    from dbtcoach.script.problems import Problems

MOST_CHOICES = 30  # there are 35 keys, the digits and the letters; what has none could not be chosen
GAP = "${}"  # of a sentence
RESERVED = ("present", "absent", "done", "true", "false", "null")  # conditions and menus use them themselves


def name_of(fields: Fields, key: str, taken: Collection[str]) -> str:
    """Return the name that a key gives; note one that is none, or is taken already."""
    name = fields.text(key, required=True)
    mark = fields.mark_of(key)
    if name and not NAME.fullmatch(name):
        fields.problems.add(mark, f"'{shown(name)}' is no {key}: start with a-z, then a-z, 0-9, _ and -")
    elif name in RESERVED:
        fields.problems.add(mark, f"'{name}' means something else here; use another word")
    elif name in taken:
        fields.problems.add(mark, f"the {key} '{name}' is given twice")
    return name


def tables_of(fields: Fields, key: str) -> list[Fields]:
    """Return the tables that a key lists; note an empty list, and choices without a key to press."""
    listed = fields.items(key, required=True)
    tables = [table_of(node, fields.problems) for node in listed]
    refuse_empty(fields, key)
    if key == "choices" and len(listed) > MOST_CHOICES:
        fields.problems.add(fields.mark_of(key), f"at most {MOST_CHOICES} choices: each has a key of its own")
    return [inner for inner in tables if inner is not None]


def refuse_empty(fields: Fields, key: str) -> None:
    """Note a list without an item."""
    node = fields.table.get(key)
    if isinstance(node, Items) and not node.nodes:
        fields.problems.add(node.mark, f"'{key}' must not be empty")


def range_of(fields: Fields, high: int, low: int = 0) -> tuple[int, int]:
    """Return the lowest and the highest number; note two that are the wrong way round."""
    low, top = fields.number("min", low, -100, 100), fields.number("max", high, -100, 100)
    if low >= top and fields.given() & {"min", "max"}:
        fields.problems.add(fields.mark_of("max"), "'max' must be larger than 'min'")
    return low, top


def rows_of(fields: Fields, key: str, low: int, high: int) -> tuple[Row, ...]:
    """Return the rows of several scales; from ``low`` to ``high`` where they say nothing."""
    rows: dict[str, Row] = {}
    for inner in tables_of(fields, key):
        own = inner.given() & {"min", "max"}
        own_low, own_high = range_of(inner, high, low)
        kind = next(each for each in KINDS if each == inner.word("kind", KINDS, "number"))
        if own and kind != "number":
            inner.problems.add(inner.mark_of(min(own)), f"'{min(own)}' belongs to a number")
            own = frozenset()
        row = Row(
            id=name_of(inner, "id", rows),
            label=inner.text("label", required=True),
            low=own_low if own else None,
            high=own_high if own else None,
            low_label=inner.text("min_label"),
            high_label=inner.text("max_label"),
            unit=inner.text("unit"),
            kind=kind,
        )
        rows[row.id] = row
        inner.close()
    return tuple(rows.values())


def choices_of(fields: Fields) -> tuple[Choice, ...]:
    """Return what can be chosen in a select."""
    choices: dict[str, Choice] = {}
    for inner in tables_of(fields, "choices"):
        choice = Choice(
            value=name_of(inner, "value", choices),
            label=inner.text("label", required=True),
            help=inner.text("help"),
            unsafe=inner.flag("unsafe"),
        )
        inner.close()
        choices[choice.value] = choice
    return tuple(choices.values())


def wordings_of(fields: Fields) -> tuple[Wording, ...]:
    """Return the other wordings of a text."""
    wordings = []
    for inner in tables_of(fields, "instead") if fields.node("instead") is not None else ():
        wording = Wording(
            when=decode_when(inner.node("when", required=True), inner.problems),
            message=inner.text("message").strip(),
            help=inner.text("help").strip(),
            placeholder=inner.text("placeholder"),
        )
        inner.close()
        wordings.append(wording)
    return tuple(wordings)


def passages_of(fields: Fields) -> tuple[Passage, ...]:
    """Return the parts of a card."""
    passages = []
    for inner in tables_of(fields, "parts"):
        passage = Passage(
            title=inner.text("title", required=True),
            message=inner.text("message", required=True).strip(),
            for_me=inner.word("for", ("them", "me")) == "me",
            when=decode_when(inner.node("when"), inner.problems),
        )
        inner.close()
        passages.append(passage)
    return tuple(passages)


def decode_recall(fields: Fields) -> tuple[Recall, ...] | None:
    """Return the answers to show above a question; None where the file does not say."""
    node = fields.node("recall")
    if node is None:
        return None
    return tuple(
        _recall(item, fields.problems) for item in (node.nodes if isinstance(node, Items) else (node,))
    )


def _recall(node: Node, problems: Problems) -> Recall:
    if not isinstance(node, Table):
        return Recall(text_of(node, problems))
    inner = table_of(node, problems)
    if inner is None:  # it is a table
        raise AssertionError
    found = Recall(inner.text("step", required=True), inner.text("label"), inner.flag("theirs"))
    inner.close()
    return found


def decode_sentence(fields: Fields) -> str:
    """Return the sentence that an answer completes, with a gap for it; note one without, or with more."""
    sentence = fields.text("sentence")
    if sentence and [found.group() for found in REFERENCE.finditer(sentence)] != [GAP]:
        fields.problems.add(
            fields.mark_of("sentence"), f"a sentence has one gap, written {GAP}, and no names"
        )
    elif sentence and "count" in fields.given():
        fields.problems.add(fields.mark_of("sentence"), "several items make no sentence: leave out 'count'")
    return sentence

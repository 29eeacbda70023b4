"""The decoding of what stands in sight while somebody writes: earlier words, and the sentence being built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script.facts import REFERENCE
from dbtcoach.script.fields import table_of, text_of
from dbtcoach.script.model import Recall
from dbtcoach.script.nodes import Items, Table

if TYPE_CHECKING:
    from dbtcoach.script.fields import Fields
    from dbtcoach.script.nodes import Node
    from dbtcoach.script.problems import Problems

GAP = "${}"


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

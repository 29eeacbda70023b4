"""Names in an exercise must exist where they are used: ids, guards, ``${…}`` and ``change``.

This reads the node tree, not the decoded steps, because only nodes know where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.script.facts import NAMES, REFERENCE, is_fact, last_answer
from dbtcoach.script.nodes import Items, Node, Scalar, Table, as_value, shown

if TYPE_CHECKING:
    from dbtcoach.script.fields import Fields
    from dbtcoach.script.problems import Mark, Problems

_ANSWERED = ("text", "select", "confirm", "scale", "scales", "menu")
_NUMBERS = ("scale",)
_LISTS = ("text", "select", "menu")


@dataclass(slots=True)
class _Known:
    """The steps that stand above the one being read: id -> its type."""

    problems: Problems
    steps: dict[str, str] = field(default_factory=dict)
    values: dict[str, frozenset[str]] = field(default_factory=dict)  # of a select or menu

    def kind(self, name: str) -> str:
        return self.steps.get(name, "")


def check_references(fields: Fields, problems: Problems) -> None:
    """Note every id given twice, and every name that no step above and no fact has."""
    steps = fields.table.get("steps")
    known = _Known(problems)
    _check_text(fields.table.get("opening"), known)  # it comes before every answer
    if isinstance(steps, Items):
        for node in steps.nodes:
            _check_step(node, known)
    ahead = fields.table.get("next")
    for node in ahead.nodes if isinstance(ahead, Items) else ():
        _check_words(node, known)


def _check_step(node: Node, known: _Known) -> None:
    if not isinstance(node, Table):
        return
    _check_words(node, known)
    for name in ("parts", "instead"):  # of a card, and of a text
        inner = node.get(name)
        for table in inner.nodes if isinstance(inner, Items) else ():
            _check_words(table, known)
    _check_recall(node.get("recall"), known)
    step_id, kind = node.get("id"), node.get("type")
    _check_begin(node, known)
    if isinstance(step_id, Scalar) and step_id.text:
        if step_id.text in known.steps or step_id.text in NAMES:
            text = "is given twice" if step_id.text in known.steps else "is the name of a fact"
            known.problems.add(step_id.mark, f"'{shown(step_id.text)}' {text}")
        known.steps[step_id.text] = kind.text if isinstance(kind, Scalar) else ""
        known.values[step_id.text] = _values(node)
    choices = node.get("choices")
    if isinstance(choices, Items) and isinstance(kind, Scalar) and kind.text == "menu":
        for part in choices.nodes:
            if isinstance(part, Table):
                _check_part(part, known)


def _check_begin(node: Table, known: _Known) -> None:
    begin = node.get("begin")
    if isinstance(begin, Scalar) and _check_name(begin.text, begin.mark, known, facts=False):
        chosen = known.values.get(begin.text, frozenset())
        if known.kind(begin.text) != "select" or not chosen <= _values(node):
            known.problems.add(begin.mark, "'begin' needs a select whose choices are all parts of this menu")


def _check_recall(node: Node | None, known: _Known) -> None:
    for item in node.nodes if isinstance(node, Items) else (node,):
        named = item.get("step") if isinstance(item, Table) else item
        if isinstance(named, Scalar):
            _check_name(named.text, named.mark, known, facts=True)


def _check_words(node: Node, known: _Known) -> None:
    """Note what is unknown in the condition and the texts of a step, or of a part of one."""
    if not isinstance(node, Table):
        return
    when = node.get("when")
    if isinstance(when, Table):
        for key, condition in when.pairs:
            _check_guard(key, condition, known)
    for name in ("message", "help", "placeholder", "offer", "title", "label"):
        _check_text(node.get(name), known)


def _check_part(part: Table, known: _Known) -> None:
    inner, change = part.get("steps"), part.get("change")
    if isinstance(inner, Items):
        for step in inner.nodes:
            _check_step(step, known)
    for line in change.nodes if isinstance(change, Items) else (change,):
        if isinstance(line, Scalar):
            _check_name(line.text, line.mark, known, facts=False)


def _check_text(node: Node | None, known: _Known) -> None:
    if isinstance(node, Items):
        for item in node.nodes:
            _check_text(item, known)
    if not isinstance(node, Scalar):
        return
    for found in REFERENCE.finditer(node.text):
        if found.group(1) != "$":
            _check_name(found.group(2), node.mark, known, facts=True)


def _check_name(name: str, mark: Mark, known: _Known, *, facts: bool) -> bool:
    first = name.partition(".")[0]
    if name in known.steps:
        kind = known.kind(name)
        if kind in _ANSWERED or not kind:
            return True
        known.problems.add(mark, f"'{shown(name)}' is a step without an answer")
        return False
    if known.kind(first) in ("run", "drill") or (known.kind(first) == "scales" and "." in name):
        return True  # which steps lie inside is known when the exercise is linked
    if facts and is_fact(name):
        return True
    candidates = [*known.steps, *(NAMES if facts else ())]
    known.problems.add(
        mark, f"no step above is called '{shown(name)}'{known.problems.nearest(name, candidates)}"
    )
    return False


def _check_guard(key: Scalar, condition: Node, known: _Known) -> None:
    if not _check_name(key.text, key.mark, known, facts=True):
        return
    presence = isinstance(condition, Scalar) and condition.text in ("present", "absent")
    if key.text not in known.steps:
        if (last_answer(key.text) is not None or key.text in NAMES) and not presence:
            known.problems.add(condition.mark, "a fact can be 'present' or 'absent'")
        return
    if presence:
        return
    kind = known.kind(key.text)
    if isinstance(condition, Table):
        _check_numbers(condition, kind, known)
        return
    values = condition.nodes if isinstance(condition, Items) else (condition,)
    for value in values:
        _check_value(value, key.text, known)


def _check_numbers(condition: Table, kind: str, known: _Known) -> None:
    rise = condition.get("rise")
    if isinstance(rise, Scalar) and _check_name(rise.text, rise.mark, known, facts=False):
        other = known.kind(rise.text)
        if other and other not in _NUMBERS:
            known.problems.add(rise.mark, "'rise' compares with a scale")
    wanted = _LISTS if condition.get("count") is not None else _NUMBERS
    if kind and kind not in wanted:
        known.problems.add(condition.mark, f"a {shown(kind)} has no number to compare")


def _check_value(node: Node, name: str, known: _Known) -> None:
    value, kind = as_value(node), known.kind(name)
    if not isinstance(value, str | bool | int):
        return  # said where the condition was decoded
    if kind == "confirm" and not isinstance(value, bool):
        known.problems.add(node.mark, "expected true or false")
    elif kind == "scale" and (isinstance(value, bool) or not isinstance(value, int)):
        known.problems.add(node.mark, "expected a whole number")
    elif kind in ("select", "menu"):
        values = known.values[name]
        text = node.text if isinstance(node, Scalar) else ""  # as it stands: 7 is no number here
        if values and text not in values:
            near = known.problems.nearest(text, sorted(values))
            known.problems.add(node.mark, f"no choice has the value '{shown(text)}'{near}")


def _values(step: Table) -> frozenset[str]:
    """Return the values that can be chosen in a step."""
    choices = step.get("choices")
    listed = choices.nodes if isinstance(choices, Items) else ()
    values = (choice.get("value") for choice in listed if isinstance(choice, Table))
    return frozenset(value.text for value in values if isinstance(value, Scalar))

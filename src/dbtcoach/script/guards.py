"""The decoding of ``when``: conditions are data, never expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Between, Condition, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.fields import Fields, table_of, text_of
from dbtcoach.script.nodes import Items, Node, Scalar, Table, as_value

if TYPE_CHECKING:
    from dbtcoach.script.problems import Problems

LOWEST, HIGHEST = -1000, 1000


def decode_when(node: Node | None, problems: Problems) -> tuple[Guard, ...]:
    """Return the guards of a step; several keys mean that all of them must hold."""
    if node is None:
        return ()
    fields = table_of(node, problems)
    if fields is None:
        return ()
    guards: list[Guard] = []
    for key, value in fields.table.pairs:
        condition = _condition(value, problems)
        if condition is not None:
            guards.append(Guard(key.text, condition))
    if not guards and not fields.table.pairs:
        problems.add(node.mark, "'when' must not be empty")
    return tuple(guards)


def _condition(node: Node, problems: Problems) -> Condition | None:
    match node:
        case Scalar(text="present" | "absent"):
            return Present(node.text == "present")
        case Scalar():
            return _one_of((node,), problems)
        case Items(nodes, mark):
            if not nodes:
                problems.add(mark, "expected a value")
            return _one_of(nodes, problems)
        case Table():
            return _table(Fields(node, problems), problems)


def _one_of(nodes: tuple[Node, ...], problems: Problems) -> OneOf | None:
    values: list[str | bool | int] = []
    for node in nodes:
        value = as_value(node)
        if isinstance(value, str | bool | int):
            values.append(value)
        else:
            problems.add(node.mark, "expected a value")
    return OneOf(tuple(values)) if values else None


def _table(fields: Fields, problems: Problems) -> Condition | None:
    given = fields.given()
    if "count" in given:
        node = fields.node("count")
        inner = table_of(node, problems) if node is not None else None
        fields.close()
        if inner is None:
            return None
        low, high = _limits(inner)
        inner.close()
        return Count(low, high)
    low, high = _limits(fields)
    since = text_of(fields.node("rise"), problems) if "rise" in given else ""
    fields.close("count", "rise")
    if since:
        return Rise(since, low, high)
    return Between(low, high)


def _limits(fields: Fields) -> tuple[int, int]:
    if not fields.given() & {"min", "max"}:
        fields.problems.add(fields.mark, "expected 'min' or 'max'")
    low = fields.number("min", LOWEST, LOWEST, HIGHEST)
    high = fields.number("max", HIGHEST, LOWEST, HIGHEST)
    if low > high:
        fields.problems.add(fields.mark, "'min' is larger than 'max'")
    return low, high

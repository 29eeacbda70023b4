"""What could be answered to a step, as far as a guard can tell one answer from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dbtcoach.script.conditions import Between, Count, Guard, OneOf, Rise
from dbtcoach.script.model import Asked, Confirm, Menu, Scale, Scales, Select, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dbtcoach.practice.session import Value

    Live = Mapping[str, Value]


def outcomes(step: Asked | Menu, guards: Sequence[Guard], live: Live) -> list[Value | None]:
    """Return one answer of each kind that these guards tell apart; None is no answer.

    ``guards`` are those that ask about the step; ``live`` are the answers before it.
    """
    found: list[Value | None] = list(_answers(step, guards, live))
    return found if isinstance(step, Menu) or step.required else [*found, None]


def _answers(step: Asked | Menu, guards: Sequence[Guard], live: Live) -> Iterable[Value]:
    match step:
        case Text(count=0):
            return ["words"]
        case Text(count=count):
            return [("words",) * size for size in _within(_ends(guards, live), 1, count)]
        case Confirm():
            return [True, False]
        case Scale(low=low, high=high):
            return _within({*_ends(guards, live), (low + high) // 2}, low, high)
        case Scales(rows=rows, low=low, high=high):
            numbers = _within({*_ends(guards, live), low}, low, high)
            return [{row.id: number for row in rows} for number in numbers]
        case Select(choices=choices):
            return _picks([choice.value for choice in choices], guards, live, several=bool(step.multiple))
        case Menu(parts=parts):
            return [(), *_picks([part.value for part in parts], guards, live, several=True)]
        case _:
            assert_never(step)


def _picks(names: list[str], guards: Sequence[Guard], live: Live, *, several: bool) -> list[Value]:
    wanted = {value for g in guards if isinstance(g.condition, OneOf) for value in g.condition.values}
    told = [name for name in names if name in wanted]
    rest = [name for name in names if name not in wanted][:1]
    if not several:
        return [*told, *rest]
    sizes = _within(_ends(guards, live), 1, len(names))
    return [*((name,) for name in (*told, *rest)), *(tuple(names[:size]) for size in sizes)]


def _ends(guards: Sequence[Guard], live: Live) -> set[int]:
    """Return a number on either side of each end that a guard draws."""
    ends: set[int] = set()
    for guard in guards:
        match guard.condition:
            case Between(low, high) | Count(low, high):
                ends |= {low - 1, low, high, high + 1}
            case Rise(since, low, high):
                before = live.get(since)
                if isinstance(before, int):
                    ends |= {before + end for end in (low - 1, low, high, high + 1)}
            case OneOf(values):
                ends |= {value for value in values if isinstance(value, int)}
            case _:
                pass
    return ends


def _within(numbers: set[int], low: int, high: int) -> list[int]:
    return sorted({min(high, max(low, number)) for number in {*numbers, low, high}})

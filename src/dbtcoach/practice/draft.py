"""A session as plain data, and back: what a draft holds, without what may not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.messages import prompt_kept, unkept
from dbtcoach.practice.moves import may_skip
from dbtcoach.practice.session import Answer, Session
from dbtcoach.practice.written import plain
from dbtcoach.script.model import Asked, Menu, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.practice.session import Facts
    from dbtcoach.script.model import Exercise, Step


def dump(session: Session) -> dict[str, Any]:
    """Return the session as data for JSON; a step that may not be kept is as if it had not been passed."""
    steps = {step.id: step for step in walk(session.exercise.steps)}
    hidden = unkept(session, steps.values())
    return {
        "exercise": session.exercise.name,
        "title": session.exercise.title,
        "started": session.started,
        "answers": [
            {
                "step": given.step,
                "prompt": prompt_kept(session, steps[given.step], hidden),
                "value": plain(given.value),
            }
            for given in session.answers.values()
            if given.step not in hidden
        ],
        "passed": [name for name in session.passed if name not in hidden],
        "aside": {name: plain(value) for name, value in session.aside.items() if name not in hidden},
        "drawn": {name: list(ids) for name, ids in session.drawn.items()},
        "rounds": session.rounds,
    }


def load(data: Mapping[str, Any], exercise: Exercise, facts: Facts) -> Session:
    """Return the session that ``dump`` wrote, as far as it still fits the exercise; it never raises.

    The exercise may have changed since: answers to steps that are gone are left out, and those that do
    not fit any more are asked again.
    """
    steps = {step.id: step for step in walk(exercise.steps)}
    answers = {answer.step: answer for answer in _answers(data.get("answers"), steps)}
    lost = _given(data.get("answers")) - set(answers)
    passed = tuple(
        name
        for name in _strings(data.get("passed"))
        if name not in lost and _still_passed(name, steps, answers)
    )
    aside = data.get("aside")
    rounds = data.get("rounds")
    return Session(
        exercise=exercise,
        facts=facts,
        started=str(data.get("started", "")),
        answers=answers,
        passed=passed,
        aside={
            name: value
            for name, raw in (aside.items() if isinstance(aside, dict) else ())
            if (value := _fitting(steps.get(name), raw)) is not None
        },
        drawn=drawn_in(data),
        rounds=rounds if isinstance(rounds, int) and rounds >= 0 else 0,
    )


def drawn_in(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the scenes that were drawn, by drill; needed before the exercise is dealt."""
    drawn = data.get("drawn")
    pairs = drawn.items() if isinstance(drawn, dict) else ()
    return {name: tuple(_strings(ids)) for name, ids in pairs if isinstance(name, str)}


def _strings(listed: object) -> list[str]:
    return [word for word in listed if isinstance(word, str)] if isinstance(listed, list) else []


def _answers(listed: object, steps: Mapping[str, Step]) -> list[Answer]:
    found: list[Answer] = []
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, dict):
            continue
        name = str(item.get("step"))
        value = _fitting(steps.get(name), item.get("value"))
        if value is not None:
            found.append(Answer(name, str(item.get("prompt", "")), value))
    return found


def _given(listed: object) -> set[str]:
    items = listed if isinstance(listed, list) else []
    return {str(item.get("step")) for item in items if isinstance(item, dict)}


def _fitting(step: Step | None, raw: object) -> Any:
    if not isinstance(step, Asked):
        return None
    try:
        return check(step, raw)
    except InvalidAnswerError:
        return None


def _still_passed(name: str, steps: Mapping[str, Step], answers: Mapping[str, Answer]) -> bool:
    outer, colon, part = name.partition(":")
    menu = steps.get(outer)
    if colon:
        return isinstance(menu, Menu) and part in {each.value for each in menu.parts}
    return name in steps and (name in answers or may_skip(steps[name]))

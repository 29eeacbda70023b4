"""The words around a step, the same in every front end that uses words: choices, ranges, progress."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, assert_never

from dbtcoach.cleaning import clean
from dbtcoach.practice.answers import LEFT_OUT, as_items
from dbtcoach.practice.joints import inside
from dbtcoach.practice.page import AT_ONCE, MORE
from dbtcoach.practice.written import written
from dbtcoach.script.model import Asked, Breathe, Card, Confirm, Menu, Say, Scale, Scales, Select, Text, Wait

if TYPE_CHECKING:
    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import OnPage, Row

PERSON_NOW = "Not safe, or need a person now? {}"
SKIPS = "Enter skips"
_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
HEAVY = "If this is heavy: {} shows people to talk to."


def progress(page: Page) -> str:
    """Return where the page stands, as words; none where the way is open."""
    return f"{page.progress.number} of {page.progress.of}" if page.progress is not None else ""


def range_of(step: Scale | Scales) -> str:
    """Return the range of a scale with its labels: ``0 calm … 10 the worst ever``."""
    low = f"{step.low} {step.low_label}".strip()
    high = f"{step.high} {step.high_label}".strip()
    return f"{low} … {high}"


def begun(page: Page) -> str:
    """Return how the sentence begins that the answer completes, if there is one."""
    return clean(page.sentence.before.strip()) if page.sentence is not None else ""


def shortened(words: str) -> str:
    """Return words as one line."""
    return " ".join(words.split())


def range_shared(step: Scales) -> str:
    """Return the range of several scales: of all of them, or of all that have none of their own."""
    ranges = [range_of(step.scale(row)) for row in step.rows if row.kind == "number"]
    common = range_of(step)
    return ranges[0] if ranges and len({*ranges}) == 1 else common if common in ranges else ""


def range_beside(step: Scales, row: Row) -> str:
    """Return what a row takes, where that has not been said for all of them."""
    match row.kind:
        case "yes/no":
            return "y or n"
        case "count":
            return f"how many {row.unit}".strip()
        case "text":
            return "a few words"
        case "number":
            own = range_of(step.scale(row))
            return "" if own == range_shared(step) else own
        case _:
            assert_never(row.kind)


def in_row(value: int | str | None) -> str:
    """Return what is answered in a row the way it would be typed."""
    return LEFT_OUT if value is None else "y" if value is True else "n" if value is False else str(value)


def options(page: Page, *, helped: bool = False) -> list[tuple[str, str]]:
    """Return the value and label of everything that can be chosen on a page, ``helped`` by what it means."""
    match page.step:
        case Select(choices=choices):
            return [
                (choice.value, f"{choice.label}: {choice.help}" if helped and choice.help else choice.label)
                for choice in choices
            ]
        case Confirm():
            return [("yes", "Yes"), ("no", "No")]
        case Menu(parts=parts, done=done):
            listed = [
                (part.value, f"{part.label} (done)" if part.value in page.done else part.label)
                for part in parts
            ]
            if _is_long(page.step):
                first = AT_ONCE - 1
                listed = listed[first:] if page.more else [*listed[:first], (MORE, "More …")]
            return [*listed, ("done", done)]
        case Text() | Scale() | Scales() | Say() | Breathe() | Wait() | Card():
            return []
        case _:
            assert_never(page.step)


def _is_long(step: OnPage) -> bool:
    return isinstance(step, Menu) and len(step.parts) > AT_ONCE


def has_help(page: Page) -> bool:
    """Say whether there is more to read about this page: about the step, or about one of its choices."""
    return bool(page.help) or options(page) != options(page, helped=True)


def numbers_of(page: Page) -> list[str]:
    """Return what takes each option of a page in line mode: its number; 0 is done, + is more.

    What stands behind "More" counts on, so that each part of a menu has one number wherever it is shown.
    """
    before = AT_ONCE - 1 if page.more else 0
    numbers = (str(number) for number in count(before + 1))
    return [{"done": "0", MORE: MORE}.get(value) or next(numbers) for value, _label in options(page)]


def keys_of(page: Page) -> list[str]:
    """Return the key that takes each option of a page: digits, then letters; 0 is done, + is more."""
    return [
        _KEYS[int(number) - 1] if number.isdigit() and number != "0" else number
        for number in numbers_of(page)
    ]


def picked_by(page: Page) -> dict[str, str]:
    """Return what each key picks on a page: also what stands behind "More", by its own key."""
    both = (replace(page, more=not page.more), page) if _is_long(page.step) else (page,)
    return {
        key: value for each in both for key, (value, _label) in zip(keys_of(each), options(each), strict=True)
    }


def breaths(step: Breathe) -> list[tuple[str, int]]:
    """Return the phases of one breath as words and seconds; phases of no time are left out."""
    phases = [
        ("Breathe in", step.inhale),
        ("A little more in", step.top_up),
        ("Hold", step.hold),
        ("Breathe out", step.exhale),
        ("Rest", step.rest),
    ]
    return [(words, seconds) for words, seconds in phases if seconds]


def instruction(page: Page) -> str:
    """Return how to answer this step, in a few words."""
    match page.step:
        case Select(multiple="several"):
            return "Numbers with spaces between"
        case Select(multiple="ranked"):
            return "Numbers in order, the most important first"
        case Select() | Menu():
            return "Number"
        case Confirm():
            return "y or n"
        case Scale():
            return "Number"
        case Scales():
            return "Numbers"
        case Text(count=count) if count:
            return f"Up to {count}, with a ; between them"
        case Text():
            return "Your words"
        case Say() | Breathe() | Wait() | Card():
            return ""
        case _:
            assert_never(page.step)


def prompt(page: Page, *, told: bool = False) -> str:
    """Return how to answer this step, and what Enter alone does; that it skips is left out once ``told``."""
    if (isinstance(page.step, Asked) and page.step.required) or page.offered is not None or page.line:
        return instruction(page)
    alone = enter_alone(page)
    return instruction(page) if told and alone == SKIPS else f"{instruction(page)} ({alone})"


def enter_alone(page: Page) -> str:
    """Return what Enter alone does, where an answer may be left out; of a menu that it takes what ends it."""
    if isinstance(page.step, Menu):
        return "Enter is done" if page.step.done == "Done" else "Enter takes 0"
    return page.enter or SKIPS


def as_typed(page: Page) -> str:
    """Return an offered answer the way it would be typed."""
    value = page.offered
    step = page.step
    if isinstance(step, Scales) and isinstance(value, dict):
        return as_items(in_row(value.get(row.id)) for row in step.rows)
    if isinstance(step, Select) and isinstance(value, tuple):
        places = [choice.value for choice in step.choices]
        return " ".join(str(places.index(item) + 1) for item in value if item in places)
    if page.sentence is not None and isinstance(value, str):
        return inside(page.sentence, value)
    return "" if value is None else written(value)

"""What a step takes as an answer, and how what a person typed becomes one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from dbtcoach.cleaning import storable
from dbtcoach.errors import UsageError
from dbtcoach.practice.joints import sentence_of, whole
from dbtcoach.practice.page import AT_ONCE, MORE
from dbtcoach.script.model import Confirm, Menu, Scale, Scales, Select, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.practice.session import Value
    from dbtcoach.script.model import Row

    Answerable = Text | Select | Confirm | Scale | Scales | Menu

_YES = ("y", "yes", "true")
_NO = ("n", "no", "false")
_MINUS = "\u2212"
LEFT_OUT = "-"  # in the place of a number: this row has none
LONGEST_WORDS = 80  # letters in a row
_BETWEEN = re.compile(r"[\s,;]+")
_ITEM = re.compile(r'"[^"]*"|[^\s,;]+')


class InvalidAnswerError(UsageError):
    """The answer does not fit the step; the text says what would."""


def check(step: Answerable, raw: object) -> Value:
    """Return the answer that a value means for this step; raise InvalidAnswerError when it means none.

    Text answers are cleaned. Lists become tuples, in the order given, or in the order of the choices
    where it means nothing.
    """
    match step:
        case Text():
            return _text(step, raw)
        case Select():
            return _select(step, raw)
        case Confirm():
            return _confirm(raw)
        case Scale():
            return _number(raw, step.low, step.high)
        case Scales():
            return _scales(step, raw)
        case Menu():
            return _parts(step, raw)
        case _:
            assert_never(step)


def parse(step: Answerable, typed: str) -> Value:
    """Return the answer that typed text means: numbers of choices, y and n, digits with spaces between."""
    words = typed.strip()
    match step:
        case Text(count=0):
            return check(step, typed)
        case Text():
            return check(step, [line for line in typed.split("\n") if line.strip()])
        case Select(multiple=""):
            return check(step, _chosen(step, words))
        case Select():
            return check(step, [_chosen(step, word) for word in _places(step, words)])
        case Confirm() | Scale():
            return check(step, words)
        case Scales():
            return check(step, words)
        case Menu():
            values = [*(part.value for part in step.parts), "done"]
            words = "done" if words == "0" else words
            return _one_part(step, values[int(words) - 1] if _is_index(words, len(values)) else words)
        case _:
            assert_never(step)


def _places(step: Select, words: str) -> list[str]:
    """Return what was typed for several choices, one by one; 213 is 2 1 3 where all have one digit."""
    found = [word for word in _BETWEEN.split(words) if word]
    if len(found) == 1 and found[0].isascii() and found[0].isdigit() and len(step.choices) <= 9:  # noqa: PLR2004
        return list(found[0])
    return found


def _chosen(step: Select, word: str) -> str:
    if _is_index(word, len(step.choices)):
        return step.choices[int(word) - 1].value
    names = [name.casefold() for choice in step.choices for name in (choice.value, choice.label)]
    if word.casefold() not in names:  # the values are for files of answers; a person has seen numbers
        raise InvalidAnswerError(number_wanted(1, len(step.choices)))
    return word


def _is_index(word: str, length: int) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 4 and 1 <= int(word) <= length  # noqa: PLR2004 - 999


def _one_part(step: Menu, word: str) -> Value:
    known = {"done", *(part.value for part in step.parts)}
    if word not in known and not (word == MORE and len(step.parts) > AT_ONCE):
        raise InvalidAnswerError(number_wanted(0, len(step.parts)))
    return (word,)


def _text(step: Text, raw: object) -> Value:
    if step.count:
        items = raw if isinstance(raw, list | tuple) else [raw]
        if not all(isinstance(item, str | int) and not isinstance(item, bool) for item in items):
            raise InvalidAnswerError("Please write words.")
        texts = tuple(text for text in (storable(str(item)).strip() for item in items) if text)
        if not texts:
            raise InvalidAnswerError("Please write a few words.")
        if len(texts) > step.count:
            raise InvalidAnswerError(f"At most {step.count}, please.")
        return texts
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise InvalidAnswerError("Please write words.")
    text = storable(str(raw)).strip()
    if not text:
        raise InvalidAnswerError("Please write a few words.")
    sentence = sentence_of(step.sentence)
    return whole(sentence, text) if sentence is not None else text


def _select(step: Select, raw: object) -> Value:
    values = [choice.value for choice in step.choices]
    if not step.multiple:
        return _choice(step, raw)
    items = raw if isinstance(raw, list | tuple) else [raw]
    picked = [_choice(step, item) for item in items]
    if not picked:
        raise InvalidAnswerError("Please choose at least one.")
    if len(set(picked)) < len(picked):
        raise InvalidAnswerError("Please name each one once.")
    if step.multiple == "ranked":
        return tuple(picked)
    return tuple(value for value in values if value in picked)


def _choice(step: Select, raw: object) -> str:
    words = str(raw).strip().casefold() if isinstance(raw, str | int) else ""
    if isinstance(raw, bool):  # YAML reads an unquoted true where a choice is called "true"
        words = "true" if raw else "false"
    for names in ([choice.value for choice in step.choices], [choice.label for choice in step.choices]):
        for choice, name in zip(step.choices, names, strict=True):  # a value wins over another one's label
            if words == name.casefold():
                return choice.value
    if len(step.choices) > 9:  # noqa: PLR2004 - a longer list of values is no help
        raise InvalidAnswerError("Please choose one of the list.")
    known = ", ".join(choice.value for choice in step.choices)
    raise InvalidAnswerError(f"Please choose one of: {known}.")


def _confirm(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise InvalidAnswerError("Please answer yes or no.")


def _number(raw: object, low: int, high: int) -> int:
    text = str(raw).strip().replace(_MINUS, "-")
    if isinstance(raw, str | int) and not isinstance(raw, bool):
        # int() would take digits of every script, underscores, and thousands of digits
        if re.fullmatch(r"[-+]?[0-9]{1,6}", text, re.ASCII) and low <= int(text) <= high:
            return int(text)
        if len(text) == 1 and text.isdecimal() and low <= int(text) <= high:
            return int(text)  # one digit of another script, such as ٣
    raise InvalidAnswerError(number_wanted(low, high))


def number_wanted(low: int, high: int) -> str:
    """Return what is said to whatever is no number between these two."""
    return f"Please type a number from {low} to {high}."


def _scales(step: Scales, raw: object) -> Value:
    if isinstance(raw, dict):
        called = {row_named(step, name): item for name, item in raw.items()}
        if None in called:
            raise InvalidAnswerError(f"The rows are: {', '.join(row.id for row in step.rows)}.")
        given = {row.id: item for row, item in called.items() if row is not None}
    else:
        listed = isinstance(raw, list | tuple)
        items = raw if isinstance(raw, list | tuple) else by_row(step, str(raw))
        if len(items) > len(step.rows) or (listed and len(items) < len(step.rows)):
            raise InvalidAnswerError(
                f"There are {len(step.rows)} rows: please give each a number, or {LEFT_OUT}."
            )
        given = {row.id: item for row, item in zip(step.rows, items, strict=False)}
    numbers = {row: item for row, item in given.items() if item not in (None, "", LEFT_OUT)}
    rows = (*step.rows, *step.former)
    found = {row.id: in_row(step, row, numbers[row.id]) for row in rows if row.id in numbers}
    if not found:
        raise InvalidAnswerError(f"Please answer a row, such as {step.rows[0].label}.")
    return found


def row_named(step: Scales, name: object) -> Row | None:
    """Return the row with this id, or with this plain name: ``Sleep`` for ``body: Sleep``."""
    rows = (*step.rows, *step.former)
    word = str(name).casefold()
    return next((row for row in rows if row.id == name), None) or next(
        (row for row in rows if word in (row.id.casefold(), row.label.casefold())), None
    )


def by_row(step: Scales, typed: str, first: int = 0) -> list[str]:
    """Return what was typed for each row, from the ``first`` on; 20310 is 2 0 3 1 0 where all have one digit.

    Words for a row stand in quotes.
    """
    items = [item.strip('"') for item in _ITEM.findall(typed)]
    together = items[0] if len(items) == 1 < len(step.rows) == len(items[0]) and not first else ""
    single = all(row.kind != "text" and step.scale(row).high <= 9 for row in step.rows)  # noqa: PLR2004
    apart = single and together and all(one.isdecimal() or one in "yn" for one in together)
    return list(together) if apart else items


def as_items(values: Iterable[str]) -> str:
    """Return what stands in the rows as it would be typed in one line."""
    return " ".join(f'"{_quotes(value)}"' if _BETWEEN.search(value) else value for value in values)


def _quotes(words: str) -> str:
    return words.replace('"', "\u201d")


def in_row(step: Scales, row: Row, raw: object) -> int | str:
    """Return what is meant in a row: a number, yes or no, or words; what is wrong is told with its name."""
    if row.kind == "text":
        return _words_in(row, raw)
    if row.kind == "yes/no":
        try:
            return _confirm(raw)
        except InvalidAnswerError:
            raise InvalidAnswerError(f"{row.label}: please type y or n.") from None
    scale = step.scale(row)
    try:
        return _number(raw, scale.low, scale.high)
    except InvalidAnswerError:
        unit = f" {row.unit}" if row.unit else ""
        raise InvalidAnswerError(
            f"{row.label}: please type a number from {scale.low} to {scale.high}{unit}."
        ) from None


def _words_in(row: Row, raw: object) -> str:
    words = " ".join(storable(str(raw)).split()) if isinstance(raw, str | int) else ""
    if not 0 < len(words) <= LONGEST_WORDS:
        raise InvalidAnswerError(f"{row.label}: please write up to {LONGEST_WORDS} letters.")
    return words


def _parts(step: Menu, raw: object) -> Value:
    known = [part.value for part in step.parts]
    items = raw if isinstance(raw, list | tuple) else [raw]
    for item in items:
        if item not in (*known, "done"):
            raise InvalidAnswerError(f"Please choose one of: {', '.join(known)}, done.")
    return tuple(str(item) for item in items if item != "done")

"""What is kept of a finished exercise, and how it is written on one line of JSON.

Decoding is tolerant: a record is a mapping with ``v`` and ``id``, and whatever else is missing or of the
wrong type gets an empty value, because years of entries have to stay readable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from dbtcoach.frozen import Frozen

VERSION = 1
SEALED = "age"  # the field that holds what is sealed
_NIGHT = timedelta(hours=4)  # a day ends at 04:00: what is written at one in the morning is about yesterday

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Saved:
    """One answer: the step's id, the prompt as it was shown, and the value as JSON."""

    step: str
    prompt: str = field(repr=False)
    value: Json = field(repr=False)
    unknown: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Distress:
    """How strong the distress was, 0 to 10, before and after; None where it was not asked or skipped."""

    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished exercise. ``started`` and ``finished`` are ISO 8601 with offset, ``day`` is YYYY-MM-DD.

    ``id`` is empty until the journal gives one. ``cards`` are what was to be taken along, as it read then;
    None where an earlier release saved the entry. ``later`` are the ids of records that changed it since;
    they are found, and never written (see journal.versions). No words show in its repr.
    """

    id: str
    exercise: str
    title: str = field(repr=False)
    started: str
    finished: str
    day: str
    complete: bool
    distress: Distress | None
    answers: tuple[Saved, ...] = field(repr=False)
    cards: tuple[Json, ...] | None = field(default=None, repr=False, kw_only=True)
    unknown: Mapping[str, Json] = field(default_factory=dict, repr=False)
    v: int = VERSION
    later: tuple[str, ...] = ()


class Tombstone(Frozen):
    """What a deletion leaves: the id, and when it was deleted. Every view leaves it out."""

    id: str
    deleted: str
    unknown: Mapping[str, Json] = field(default_factory=dict, repr=False)
    v: int = VERSION


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry that only the passphrase opens: ``age`` is base64 of the sealed line."""

    id: str
    age: str = field(repr=False)
    unknown: Mapping[str, Json] = field(default_factory=dict, repr=False)
    v: int = VERSION


Record = Entry | Tombstone | Sealed


def day_of(moment: datetime) -> date:
    """Return the day that ``moment`` belongs to by the clock on the wall; a day ends at 04:00."""
    try:
        return (moment - _NIGHT).date()
    except OverflowError:  # the first night of the year 1
        return moment.date()


def is_record(found: object) -> bool:
    """Tell whether ``found``, a value read from JSON, is a record of a journal."""
    if not isinstance(found, dict) or "v" not in found:
        return False
    name = found.get("id")
    return isinstance(name, str) and name != ""


def decode(found: Mapping[str, Json]) -> Record:
    """Return the record that ``found`` holds; what is missing or of the wrong type becomes empty.

    Raises ValueError if it is no record at all (see is_record).
    """
    if not is_record(found):
        raise ValueError("a record needs 'v' and 'id'")
    rest = dict(found)
    name = str(rest.pop("id"))
    version = _whole(rest.pop("v")) or VERSION
    if isinstance(rest.get("deleted"), str):
        return Tombstone(id=name, deleted=_text(rest.pop("deleted")), unknown=rest, v=version)
    if isinstance(rest.get(SEALED), str):
        return Sealed(id=name, age=_text(rest.pop(SEALED)), unknown=rest, v=version)
    started = _text(rest.pop("started", ""))
    cards = _safe(rest.pop("cards")) if isinstance(rest.get("cards"), list) else None
    return Entry(
        id=name,
        exercise=_text(rest.pop("exercise", "")),
        title=_text(rest.pop("title", "")),
        started=started,
        finished=_text(rest.pop("finished", "")),
        day=_day(rest.pop("day", "")) or _day(started[:10]),
        complete=rest.pop("complete", False) is True,
        distress=_distress(rest.pop("distress", None)),
        answers=_answers(rest.pop("answers", None)),
        cards=tuple(cards) if isinstance(cards, list) else None,
        unknown=rest,
        v=version,
    )


def encode(record: Record) -> str:
    """Return ``record`` as one line of strict JSON without its line end; unknown keys come last."""
    written: dict[str, Json]
    match record:
        case Entry():
            distress = record.distress
            written = {
                "v": record.v,
                "id": record.id,
                "exercise": record.exercise,
                "title": record.title,
                "started": record.started,
                "finished": record.finished,
                "day": record.day,
                "complete": record.complete,
                "distress": None
                if distress is None
                else {"before": distress.before, "after": distress.after},
                "answers": [
                    {"step": saved.step, "prompt": saved.prompt, "value": saved.value, **saved.unknown}
                    for saved in record.answers
                ],
                **({} if record.cards is None else {"cards": list(record.cards)}),
            }
        case Tombstone():
            written = {"v": record.v, "id": record.id, "deleted": record.deleted}
        case Sealed():
            written = {"v": record.v, "id": record.id, SEALED: record.age}
    return to_line({**written, **record.unknown})


def to_line(value: Json) -> str:
    """Return ``value`` as one line of strict JSON that UTF-8 can hold."""
    import json

    try:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except ValueError:  # NaN and the infinities, which JSON does not know
        line = json.dumps(_finite(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return whole_letters(line)


def whole_letters(text: str) -> str:
    """Return ``text`` with halves of surrogate pairs joined, or replaced by U+FFFD: no file can hold them."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _finite(value: Json) -> Json:
    match value:
        case float():
            return value if value - value == 0 else None
        case str():
            return value
        case Mapping():
            return {key: _finite(inner) for key, inner in value.items()}
        case Sequence():
            return [_finite(inner) for inner in value]
        case _:
            return value


def _text(value: Json) -> str:
    return whole_letters(value) if isinstance(value, str) else ""


def _whole(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: Json) -> str:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else ""
    except ValueError:  # 2026-13-45
        return ""


def _distress(value: Json) -> Distress | None:
    if not isinstance(value, dict):
        return None
    return Distress(before=_whole(value.get("before")), after=_whole(value.get("after")))


def _answers(value: Json) -> tuple[Saved, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(
        _saved(item) for item in value if isinstance(item, dict) and isinstance(item.get("step"), str)
    )


def _saved(item: Mapping[str, Json]) -> Saved:
    rest = dict(item)
    return Saved(
        step=_text(rest.pop("step")),
        prompt=_text(rest.pop("prompt", "")),
        value=_safe(rest.pop("value", None)),
        unknown=rest,
    )


def _safe(value: Json) -> Json:
    match value:
        case str():
            return whole_letters(value)
        case Mapping():
            return {whole_letters(key): _safe(inner) for key, inner in value.items()}
        case Sequence():
            return [_safe(inner) for inner in value]
        case _:
            return value

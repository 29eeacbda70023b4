"""Help lines by country: decoding, finding a country, and saying them in plain lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.script.fields import decoded, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.script.fields import Fields

ELSEWHERE = "ANY"
STALE_DAYS = 365  # a line that was looked at longer ago is shown with that date


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line to call or text, with the page that states it and the day somebody looked."""

    name: str
    reach: str
    hours: str
    source: str
    checked: date
    status: str
    whom: str = ""  # for whom it is, where it is not for everybody


@dataclass(frozen=True, slots=True)
class Country:
    """The lines of one country; code ``ANY`` is for every country that has no record of its own."""

    code: str
    name: str
    emergency: str
    crisis: tuple[HelpLine, ...]
    abuse: tuple[HelpLine, ...]
    stopping: tuple[HelpLine, ...] = ()  # for whoever uses violence and wants to stop
    names: tuple[str, ...] = ()  # other words for it: USA, Deutschland


def decode_lines(source: bytes | str, file: str) -> tuple[Country, ...]:
    """Return the countries of a file of help lines; raise ScriptError with every problem in it."""
    return decoded(source, file, _countries)


def _countries(fields: Fields) -> tuple[Country, ...]:
    fields.number("format", 1, 1, 1)
    countries = tuple(_country(each) for each in fields.tables("countries", required=True))
    fields.close()
    if all(country.code != ELSEWHERE for country in countries):
        fields.problems.add(fields.mark, f"a record with the code {ELSEWHERE} is missing")
    return countries


def _country(fields: Fields) -> Country:
    country = Country(
        code=fields.text("code", required=True),
        name=fields.text("name", required=True),
        emergency=fields.text("emergency", required=True),
        crisis=_lines(fields, "crisis"),
        abuse=_lines(fields, "abuse"),
        stopping=_lines(fields, "stopping"),
        names=texts_of(fields.node("names"), fields.problems),
    )
    fields.close()
    return country


def _lines(fields: Fields, key: str) -> tuple[HelpLine, ...]:
    found: list[HelpLine] = []
    for inner in fields.tables(key):
        line = HelpLine(
            name=inner.text("name", required=True),
            reach=inner.text("reach", required=True),
            hours=inner.text("hours"),
            source=inner.text("source", required=True),
            checked=_date(inner),
            status=inner.word("status", ("read", "known"), "known"),
            whom=inner.text("for"),
        )
        inner.close()
        found.append(line)
    return tuple(found)


def _date(fields: Fields) -> date:
    text = fields.text("checked", required=True)
    try:
        return date.fromisoformat(text)
    except ValueError:
        if text:
            fields.problems.add(fields.mark_of("checked"), "expected a date such as 2026-11-23")
        return date.min


def find_country(countries: tuple[Country, ...], wanted: str) -> Country | None:
    """Return the country of a code, a name, or another word for it, whatever its capitals and accents."""
    word = _plain(wanted)
    return next((c for c in countries if word in map(_plain, (c.code, c.name, *c.names))), None)


def _plain(word: str) -> str:
    from unicodedata import combining, normalize

    return "".join(c for c in normalize("NFKD", word.strip().casefold()) if not combining(c))


def country_of(env: Mapping[str, str]) -> str:
    """Return the country code of the locale, such as ``GB`` for ``en_GB.UTF-8``, or ``ANY``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = env.get(name, "").partition(".")[0].partition("@")[0]
        code = language.partition("_")[2]
        if len(code) == 2 and code.isascii() and code.isalpha():  # noqa: PLR2004 - ISO 3166-1 alpha-2
            return code.upper()
    return ELSEWHERE


def say_lines(country: Country, lines: tuple[HelpLine, ...], today: date) -> str:
    """Return help lines as plain lines to read or to hear, the emergency number and the country last."""
    where = "" if country.code == ELSEWHERE else f" ({country.name})"
    said = [say_line(line, today) for line in lines]
    return "\n".join([*said, f"In danger right now: {country.emergency}{where}."])


def say_line(line: HelpLine, today: date) -> str:
    """Return one help line as a sentence; with the date it was checked when that is over a year ago."""
    whom = f", for {line.whom}" if line.whom else ""
    hours = f" ({line.hours})" if line.hours else ""
    stale = (today - line.checked).days > STALE_DAYS
    note = f" [checked {line.checked.isoformat()}]" if stale else ""
    return f"{line.name}{whom}: {line.reach}{hours}.{note}"

"""The safety text and the help lines; nothing here reads the journal or an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.drawing.window_size import WIDEST
from dbtcoach.drawing.wrapping import wrap
from dbtcoach.script.catalogue import read_bytes, shipped_folder
from dbtcoach.script.countries import ELSEWHERE, Country, country_of, decode_lines, find_country, say_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SAFETY = (
    "You are not alone with this. A person can help you now.",
    "If you are in danger, or close to hurting yourself or someone, call now.",
)
ABOUT = (
    "dbtcoach helps you practise skills. It is not therapy, and it cannot keep you safe.",
    "Nobody reads what you write here, and nobody is told about it.",
    "It stays on this computer. You can stop at any time. It is made for adults.",
)
ABUSE = (
    "Afraid of someone? It is not your job to word it better.",
    "Call from a phone that they cannot check.",
)
AFRAID = "Afraid of someone? From a phone that they cannot check:"
ROWS_ASKED = 3  # an empty one, the question, and where it is answered
# What stands when even the file of lines cannot be read: what holds in most countries.
LAST_RESORT = (
    "Help lines in your country: findahelpline.com",
    "In danger right now: 112 or 911, or your local number.",
)


def countries() -> tuple[Country, ...]:
    """Return every country with its lines; raise ScriptError when the file is wrong or gone."""
    path = shipped_folder() / "data" / "lines.yaml"
    return decode_lines(read_bytes(path), str(path.name))


def here(env: Mapping[str, str], configured: str = "") -> Country:
    """Return the configured country, else that of the locale, else the lines that hold in many."""
    known = countries()
    wanted = (configured, country_of(env), ELSEWHERE)
    return next(found for code in wanted if (found := find_country(known, code)) is not None)


def no_lines(known: tuple[Country, ...]) -> str:
    """Return what to say of a country that has no record; no guess, which could be an ocean away."""
    names = ", ".join(f"{each.name} ({each.code})" for each in known if each.code != ELSEWHERE)
    return (
        "There are no lines for that country here. The numbers shown hold in many countries.\n"
        f"There are lines for: {names}."
    )


def numbers(country: Country, today: date) -> str:
    """Return whom to call in a country in as few plain lines as say it."""
    crisis = [say_line(line, today) for line in country.crisis]
    abuse = ["", AFRAID, *(say_line(line, today) for line in country.abuse)] if country.abuse else []
    return "\n".join([country.name, f"Emergency: {country.emergency}", *crisis, *abuse])


def text(
    country: Country, today: date, size: tuple[int, int] | None = None, *, asks: bool = False, below: str = ""
) -> str:
    """Return the whole of ``help-now`` as plain lines, fitted into a terminal's columns and rows.

    ``asks`` leaves room for the question below it, which stands in the place of the command for it, and
    ``below`` for other words that will be said there.
    """
    numbers = [
        *SAFETY,
        "",
        country.name,
        f"Emergency: {country.emergency}",
        *(say_line(line, today) for line in country.crisis),
    ]
    if country.abuse:
        numbers += ["", *ABUSE, *(say_line(line, today) for line in country.abuse)]
    other = f"Another country? dbtcoach help-now --country {'US' if country.code == 'GB' else 'GB'}"
    about = [*([] if asks else [other, ""]), *ABOUT]
    if size is None:
        return "\n".join([*numbers, "", *about])
    columns, rows = size
    rows -= (ROWS_ASKED if asks else 0) + (len(_fitted(below.split("\n"), columns)) if below else 0)
    lines, rest = _fitted(numbers, columns), _fitted(about, columns)
    # What comes last stays in sight where the window is too low for all of it; a row is the shell's.
    return "\n".join([*lines, "", *rest] if len(lines) + len(rest) + 1 < rows else [*rest, "", *lines])


def _fitted(lines: list[str], columns: int) -> list[str]:
    return [part for line in lines for part in wrap(line, min(columns, WIDEST), "  ")]

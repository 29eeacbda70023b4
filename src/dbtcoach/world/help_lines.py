"""The safety text and the help lines; nothing here reads the journal or an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError, UsageError
from dbtcoach.script.catalogue import read_bytes, shipped_folder
from dbtcoach.script.lines import Country, country_of, decode_lines, find_country, say_line
from dbtcoach.script.problems import nearest
from dbtcoach.terminal.wrapping import WIDEST, wrap

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
# What stands when even the file of lines cannot be read: the one address that covers most countries.
LAST_RESORT = ("Help lines in your country: findahelpline.com", "In danger right now: your emergency number.")


def countries() -> tuple[Country, ...]:
    """Return every country with its lines; raise ScriptError when the file is wrong or gone."""
    path = shipped_folder() / "data" / "lines.yaml"
    return decode_lines(read_bytes(path), str(path.name))


def here(env: Mapping[str, str], configured: str = "", asked: str = "") -> Country:
    """Return the country that was asked for, else the configured one, else that of the locale.

    Raises UsageError when the one that was asked for is not known.
    """
    known = countries()
    if asked:
        found = find_country(known, asked)
        if found is None:
            names = [country.code for country in known] + [country.name for country in known]
            codes = ", ".join(country.code for country in known)
            raise UsageError(
                f"There are no lines for that country{nearest(asked, names) or '.'}\nThere are: {codes}."
            )
        return found
    for code in (configured, country_of(env), "ANY"):
        found = find_country(known, code) if code else None
        if found is not None:
            return found
    raise UsageError("There are no help lines.")


def text(country: Country, today: date, size: tuple[int, int] | None = None) -> str:
    """Return the whole of ``help-now`` as plain lines, fitted into a terminal's columns and rows."""
    numbers = [
        *SAFETY,
        "",
        country.name,
        f"Emergency: {country.emergency}",
        *(say_line(line, today) for line in country.crisis),
    ]
    if country.abuse:
        numbers += ["", *ABUSE, *(say_line(line, today) for line in country.abuse)]
    about = [
        f"Another country? dbtcoach help-now --country {'US' if country.code == 'GB' else 'GB'}",
        "",
        *ABOUT,
    ]
    if size is None:
        return "\n".join([*numbers, "", *about])
    columns, rows = size
    lines, rest = _fitted(numbers, columns), _fitted(about, columns)
    # What comes last stays in sight where the window is too low for all of it; a row is the shell's.
    return "\n".join([*lines, "", *rest] if len(lines) + len(rest) + 1 < rows else [*rest, "", *lines])


def _fitted(lines: list[str], columns: int) -> list[str]:
    """Return the lines broken between words; a telephone number stays in one piece."""
    from itertools import chain

    def whole(line: str) -> str:
        letters = zip(f" {line}", line, line[1:] + " ", strict=False)
        kept = ("\xa0" if c == " " and a.isdigit() and b.isdigit() else c for a, c, b in letters)
        return "".join(kept)

    broken = chain.from_iterable(wrap(whole(line), min(columns, WIDEST), "  ") for line in lines)
    return [line.replace("\xa0", " ") for line in broken]


def show(
    env: Mapping[str, str], configured: str, asked: str, today: date, size: tuple[int, int] | None = None
) -> str:
    """Return the text of ``help-now``, or what still helps when the file of lines cannot be read."""
    try:
        return text(here(env, configured, asked), today, size)
    except UsageError:
        raise
    except CoachError:
        return "\n".join([*SAFETY, "", *LAST_RESORT, "", *ABOUT])

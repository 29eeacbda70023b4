"""``dbtcoach log export``: entries taken along, in a file that only this user can read, or in a pipe."""

from __future__ import annotations

import codecs
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import Force, Output, Practised, Since, Until, daily_ones, wanted
from dbtcoach.commands.output_file import check_output, write_output
from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.insight import csv_table, html, markdown, week_sheet
from dbtcoach.insight.days import WEEK, Span, full
from dbtcoach.insight.finding import entry_labels
from dbtcoach.insight.report import notes, report
from dbtcoach.insight.wanted import Wanted, picked
from dbtcoach.insight.week_card import week_card
from dbtcoach.journal.entry import day_of, encode
from dbtcoach.sitting.rows import known_rows, read_with_rows
from dbtcoach.world import console
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.insight.report import Report
    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.script.model import Exercise

FORMS = ("md", "html", "csv", "json")
_PAGES = ("md", "html")
_DAYS = 30  # of a report, which is to be one or two pages; a table holds everything


def command(  # noqa: PLR0913 - its options
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="md, html, csv or json; the ending of FILE says it too.",
            show_default=False,
            autocompletion=lambda: [*FORMS],
        ),
    ] = "",
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    file: Output = "",
    week: Annotated[
        bool, typer.Option("--week", help="With html: a sheet of A4 for each week, for a session.")
    ] = False,
    with_words: Annotated[bool, typer.Option("--with-words", help="With what you wrote.")] = False,
    force: Force = False,
) -> None:
    """Write the entries that are meant as a report (md, html) or a table (csv, json).

    Raises UsageError where ``file`` is there already and ``force`` is not given; nothing is half-written.
    """
    around = Surroundings()
    form = form or ("html" if week and not file else _form_of(file))
    if form not in FORMS:
        raise UsageError(f"--format is one of: {', '.join(FORMS)}")
    ending = _ending(file)
    if ending in FORMS and ending != form:
        raise UsageError(f"The file ends with .{ending}, and --format says {form}. Change one of them.")
    if week and form != "html":
        raise UsageError("--week goes with html.")
    meant = wanted(around, since, until, exercise)
    if file:
        check_output(around.home, file, force=force)
    today = day_of(around.clock())
    if form in _PAGES and meant.span.first is None:
        most = WEEK if week else _DAYS
        first = (min(meant.span.last, today) if meant.span.last else today) - timedelta(days=most - 1)
        meant = Wanted(Span(first, meant.span.last), meant.exercise)
    entries = list(picked(around.entries.newest_first(), meant))[::-1]
    labels = _labels(lambda name: read_with_rows(around, name))
    if form == "csv":
        text = csv_table.text(entries, labels, with_words=with_words)
    elif form == "json":
        lines = [console.json_text(_data(entry, with_words=with_words), "utf-8") for entry in entries]
        text = "[\n" + ",\n".join(lines) + ("\n" if lines else "") + "]\n"
    elif week:
        text = _weeks(around, entries, meant, labels, with_words=with_words)
    else:
        made = _report(around, entries, meant, labels, with_words=with_words)
        text = html.page(made, full(today)) if form == "html" else markdown.text(made, full(today))
    if not file or file == "-":
        console.say_data(around.streams.stdout, text)
        return
    # Spreadsheets take a file for UTF-8 only with this mark; other programs would read it as a letter, and
    # what comes out of a pipe goes to one of those.
    mark = codecs.BOM_UTF8 if form == "csv" else b""
    write_output(file, mark + text.encode("utf-8", "replace"), force=force)
    words = "with what you wrote" if with_words else "without what you wrote; --with-words adds it"
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
    around.tell(f"Written: {shown(file)} ({count}, {words})")


def _ending(file: str) -> str:
    """Return the format that a file's name ends with, or how it ends otherwise."""
    ending = os.path.splitext(file)[1].lower().removeprefix(".")  # noqa: PTH122
    return {"markdown": "md", "htm": "html"}.get(ending, ending)


def _form_of(file: str) -> str:
    """Return the format that the ending of a file's name says."""
    if not file:
        raise UsageError(f"In which format? --format is one of: {', '.join(FORMS)}")
    form = _ending(file)
    if form not in FORMS:
        raise UsageError(
            f"The name of the file does not say the format. End it with one of: "
            f"{', '.join(f'.{each}' for each in FORMS)}, or give --format."
        )
    return form


def _labels(read: Callable[[str], Exercise]) -> Callable[[Entry], Labels]:
    """Return what gives the labels of an entry; ``read`` gives the exercise of a name, each read once."""
    known: dict[str, Labels] = {}

    def labels(entry: Entry) -> Labels:
        if entry.exercise not in known or not known[entry.exercise]:
            known[entry.exercise] = entry_labels(read, entry)
        return known[entry.exercise]

    return labels


def _report(
    around: Surroundings,
    entries: list[Entry],
    meant: Wanted,
    labels: Callable[[Entry], Labels],
    *,
    with_words: bool,
) -> Report:
    """Return the report of a span that ends today at the latest."""
    today = day_of(around.clock())
    last = min(meant.span.last or today, today)
    first = min(meant.span.first or last, last)
    daily = daily_ones(around)
    only = "" if meant.exercise in daily else next((entry.title for entry in entries), meant.exercise)
    days = [entry for entry in entries if entry.day]
    return report(
        days,
        (first, last),
        labels,
        with_words=with_words,
        only=meant.exercise and only,
        daily=daily,
        card=known_rows(around),
    )


def _weeks(
    around: Surroundings,
    entries: list[Entry],
    meant: Wanted,
    labels: Callable[[Entry], Labels],
    *,
    with_words: bool,
) -> str:
    """Return a sheet for each seven days, the oldest first; the last of them ends today at the latest."""
    today = day_of(around.clock())
    last = min(meant.span.last or today, today)
    first = min(meant.span.first or last, last)
    count = -(-((last - first).days + 1) // WEEK)
    known, weeks = known_rows(around), []
    days = [entry for entry in entries if entry.day]
    for back in range(count - 1, -1, -1):
        end = last - timedelta(days=WEEK * back)
        span = Span(end - timedelta(days=WEEK - 1), end)
        those = [entry for entry in days if span.holds(entry.day)]
        weeks.append((week_card(those, end, known, with_words=with_words), those))
    said = tuple(notes(days, labels)) if with_words else ()
    return week_sheet.filled(weeks, full(today), said, name=around.settings.name)


def _data(entry: Entry, *, with_words: bool) -> Json:
    found: dict[str, Json] = json.loads(encode(entry))
    if with_words:
        return found
    return {
        **{key: found[key] for key in ("v", "id", "exercise", "title", "started", "finished", "day")},
        "complete": entry.complete,
        "distress": found["distress"],
        "answers": [
            {"step": saved.step, "value": value}
            for saved in entry.answers
            if (value := _without_words(saved.value)) is not None
        ],
    }


def _without_words(value: Json) -> Json:
    """Return a number, yes or no, or the rows that hold one; None where nothing is left."""
    if isinstance(value, dict):
        return {row: inner for row, inner in value.items() if isinstance(inner, int | float)} or None
    return value if isinstance(value, bool | int | float) else None

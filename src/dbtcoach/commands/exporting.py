"""Entries taken along, in a file that only this user can read, or on standard output."""
# ruff: noqa: PTH100  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from dbtcoach.disk.export import put
from dbtcoach.disk.failure import explain
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.insight.days import Span, full
from dbtcoach.insight.finding import labels_of
from dbtcoach.insight.select import Wanted, picked
from dbtcoach.journal.entry import day_of, encode
from dbtcoach.journal.seal import key_file, recipient_file
from dbtcoach.world import console as output
from dbtcoach.world.entries import newest_first

if TYPE_CHECKING:
    from dbtcoach.insight.reading_aloud import Labels
    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.world.surroundings import Surroundings

FORMS = ("md", "html", "csv", "json")
_PAGES = ("md", "html")
_DAYS = 30  # of a report, which is to be one or two pages; a table holds everything


def export(
    around: Surroundings, form: str, wanted: Wanted, file: str, *, with_words: bool, force: bool
) -> None:
    """Write the entries that are meant as a report (md, html) or a table (csv, json).

    Raises UsageError where ``file`` is there already and ``force`` is not given; nothing is half-written.
    """
    if form not in FORMS:
        raise UsageError(f"--format is one of: {', '.join(FORMS)}")
    if file and not force and os.path.lexists(file):
        raise _taken(file)
    if file and os.path.realpath(file) in _own_files(around):
        raise UsageError(f"{shown(file)} is a file of dbtcoach itself. Name another file.")
    today = day_of(around.clock())
    if form in _PAGES and wanted.span.first is None:
        first = (min(wanted.span.last, today) if wanted.span.last else today) - timedelta(days=_DAYS - 1)
        wanted = Wanted(Span(first, wanted.span.last), wanted.exercise)
    entries = list(picked(newest_first(around), wanted))[::-1]
    text = _text(around, form, entries, wanted.span, with_words=with_words)
    if not file or file == "-":
        output.write(around, text)
        return
    _write(os.path.abspath(file), text.encode("utf-8", "replace"), force=force)
    words = "with what you wrote" if with_words else "without what you wrote; --with-words adds it"
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
    around.tell(f"Written: {shown(file)} ({count}, {words})")


def _own_files(around: Surroundings) -> set[str]:
    """Return the files that even ``--force`` must not put a report in the place of."""
    home = around.home
    own = (home.journal, home.state, home.config, key_file(home), recipient_file(home))
    return {os.path.realpath(path) for path in own}


def _text(around: Surroundings, form: str, entries: list[Entry], span: Span, *, with_words: bool) -> str:
    if form == "csv":
        from dbtcoach.insight import table

        return table.text(entries, with_words=with_words)
    if form == "json":
        lines = [output.json_text(around, _data(entry, with_words=with_words)) for entry in entries]
        return "[\n" + ",\n".join(lines) + ("\n" if lines else "") + "]\n"
    from dbtcoach.insight.report import report

    today = day_of(around.clock())
    known: dict[str, Labels] = {}

    def labels(entry: Entry) -> Labels:
        if entry.exercise not in known or not known[entry.exercise]:
            known[entry.exercise] = labels_of(around, entry)
        return known[entry.exercise]

    last = min(span.last or today, today)
    first = min(span.first or last, last)
    made = report([entry for entry in entries if entry.day], (first, last), labels, with_words=with_words)
    if form == "html":
        from dbtcoach.insight import html

        return html.page(made, full(today))
    from dbtcoach.insight import markdown

    return markdown.text(made, full(today))


def _data(entry: Entry, *, with_words: bool) -> Json:
    import json

    found: dict[str, Json] = json.loads(encode(entry))
    if with_words:
        return found
    return {
        **{key: found[key] for key in ("v", "id", "exercise", "title", "started", "finished", "day")},
        "complete": entry.complete,
        "distress": found["distress"],
        "answers": [
            {"step": saved.step, "value": saved.value}
            for saved in entry.answers
            if isinstance(saved.value, bool | int | float) or _numbers(saved.value)
        ],
    }


def _numbers(value: Json) -> bool:
    return isinstance(value, dict) and all(isinstance(inner, int | float) for inner in value.values())


def _write(path: str, data: bytes, *, force: bool) -> None:
    try:
        put(path, data, force=force)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise explain(error, path, "save") from error
    except JournalError as error:
        raise UsageError(str(error)) from None


def _taken(file: str) -> UsageError:
    return UsageError(f"{shown(file)} is there already. Name another file, or overwrite it with --force.")

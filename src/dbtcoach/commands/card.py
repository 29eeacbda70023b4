"""``dbtcoach card``: what an exercise gave to take along, found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.commands.options import Force, Output
from dbtcoach.commands.output_file import check_output, write_output
from dbtcoach.disk.home import shown
from dbtcoach.errors import CoachError, JournalError, UsageError
from dbtcoach.insight import card_pages
from dbtcoach.insight.finding import LAST, TO_THE_MILLISECOND, find, short_ids
from dbtcoach.insight.kept_cards import cards_of_entry, values_of
from dbtcoach.journal import drafts
from dbtcoach.journal.seal import is_locked, is_sealed
from dbtcoach.practice.cards import cards_from
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.world import console
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.practice.page import FilledCard

LIST, DRAFT = "list", "draft"
MOST = 20
NONE = "There is no card yet. An exercise that gives one: dbtcoach dear-man"
NO_DRAFT = "Nothing unfinished has come to a card yet. Those that are kept: dbtcoach card list"
SHARED = (
    "Others use this computer, and the journal is not locked, so no card is shown.\n"
    "To lock it: dbtcoach data lock"
)
READABLE = "Others can read a clipboard, and some keep a history of it."
COPIED = f"Copied: what you say or send. {READABLE}"
MAYBE = (
    "Your terminal was asked to copy what you say or send. Not all do, so look before you send it.\n"
    f"{READABLE}"
)
NO_CLIPBOARD = "There is no clipboard here. To write it into a file: dbtcoach card -o FILE"


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[ID]",
            help="list, draft, or the start of an id; the newest card if left out.",
            autocompletion=completing.cards,
        ),
    ] = LAST,
    *,
    copy: Annotated[bool, typer.Option("--copy", help="Copy what you say or send; show nothing.")] = False,
    paper: Annotated[bool, typer.Option("--print", help="For paper: Markdown; HTML with -o x.html.")] = False,
    file: Output = "",
    force: Force = False,
) -> None:
    """Show the newest card that was reached, in a draft or in the journal, or that of an entry."""
    around = Surroundings()
    if file:
        check_output(around.home, file, force=force)
    if around.settings.shared and not is_locked(around.home):
        raise JournalError(SHARED)
    if name == LIST:
        console.say(around.streams.stdout, _listed(around))
        return
    title, cards = _wanted(around, name)
    if copy:
        _copy(around, cards)
    elif file and file != "-":
        paged = file.lower().endswith((".html", ".htm"))
        made = card_pages.as_html if paged else card_pages.as_markdown if paper else card_pages.as_text
        write_output(file, made(cards).encode("utf-8", "replace"), force=force)
        around.tell(f"Written: {shown(file)}")
    elif paper:
        console.say_data(around.streams.stdout, card_pages.as_markdown(cards))
    elif around.on_screen:
        _show(around, title, cards)
    else:
        console.say(around.streams.stdout, card_pages.as_text(cards).split("\n")[:-1])


def _wanted(around: Surroundings, name: str) -> tuple[str, list[FilledCard]]:
    """Return the title of an exercise and the cards that are meant; raise UsageError where there are none."""
    if name in (LAST, DRAFT):
        draft = next(_drafted(around), None)
        entry = next(_with_cards(around), None) if name == LAST else None
        if draft is not None and (entry is None or draft[0].saved > entry[0].finished):
            return draft[0].title, draft[1]
        if entry is None:
            raise UsageError(NO_DRAFT if name == DRAFT else NONE)
        return entry[0].title, entry[1]
    found = find(around.entries, name)
    cards = cards_of_entry(found, around.catalogue.read)
    if not cards:
        raise UsageError("This entry has no card. Those that have one: dbtcoach card list")
    return found.title, cards


def _with_cards(around: Surroundings) -> Iterator[tuple[Entry, list[FilledCard]]]:
    for entry in around.entries.newest_first():
        cards = cards_of_entry(entry, around.catalogue.read)
        if cards:
            yield entry, cards


def _drafted(around: Surroundings) -> Iterator[tuple[drafts.Waiting, list[FilledCard]]]:
    """Yield each draft that has reached a card, the newest first; the passphrase opens sealed ones.

    Raises JournalError where it stays locked.
    """
    for header in drafts.waiting(around.home):
        draft = drafts.peek(around.home, header.exercise)
        data = draft.session if draft is not None else None
        if data is not None and is_sealed(data):
            data = around.keyring.opener().session(data)
        if data is None:
            continue
        cards = _cards_in(around, header.exercise, data)
        if cards:
            yield header, cards


def _cards_in(around: Surroundings, name: str, data: Mapping[str, Json]) -> list[FilledCard]:
    try:
        exercise = around.catalogue.read(name)
    except (CoachError, OSError):  # one of their own, and gone
        return []
    listed, passed = data.get("answers"), data.get("passed")
    answers = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    values = values_of((str(item.get("step")), item.get("value")) for item in answers)
    reached = [step for step in passed if isinstance(step, str)] if isinstance(passed, list) else []
    facts = facts_of(around, around.clock())
    return cards_from(exercise, values, reached, facts)


def _listed(around: Surroundings) -> list[str]:
    """Return a line for each draft and entry with a card: no word of them."""
    from itertools import islice

    from dbtcoach.cleaning import clean
    from dbtcoach.insight.entry_lines import clock_of

    told = [(DRAFT, item.saved[:10], item.saved[11:16], item.title) for item, _cards in _drafted(around)]
    entries = [entry for entry, _cards in islice(_with_cards(around), MOST)]
    ids = short_ids(entries, least=TO_THE_MILLISECOND)  # what has no card is not told apart here
    told += [(ids[each.id], each.day, clock_of(each), each.title) for each in entries]
    width = max((len(each[0]) for each in told), default=0)
    return [f"{of:{width}}  {day:10}  {clock:5}  {clean(title)}" for of, day, clock, title in told] or [NONE]


def _copy(around: Surroundings, cards: list[FilledCard]) -> None:
    from dbtcoach.world.clipboard import TAKEN, copy

    done = copy(around.streams, around.env, card_pages.to_say(cards))
    if not done:
        raise JournalError(NO_CLIPBOARD)
    around.tell(COPIED if done == TAKEN else MAYBE)


def _show(around: Surroundings, title: str, cards: list[FilledCard]) -> None:
    """Show cards on a screen of their own, and leave them in the window only for a yes."""
    from dbtcoach.practice.messages import card_text
    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Card
    from dbtcoach.sitting.questions import card_stays
    from dbtcoach.sitting.remains import Remains
    from dbtcoach.sitting.stage import open_stage

    stage, remains = open_stage(around), Remains(around.streams.stdout)
    with stage.given_back():
        for card in cards:
            named = card.parts if any(part.title for part in card.parts) else ()
            stage.terminal.present(
                Page(
                    step=Card(id="card", title=card.title),
                    exercise=title,
                    message=card_text(card.parts),
                    help="",
                    title=card.title,
                    parts=named,
                    first=True,
                )
            )
        if card_stays(stage.terminal, title, saved=True):
            remains.keep(cards)
    stage.leave()
    remains.write()

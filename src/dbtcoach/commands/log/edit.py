"""``dbtcoach log edit``: change what was written, in the program or in an editor that is asked for."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands.log.show import entries_named
from dbtcoach.commands.options import EntryOrDay
from dbtcoach.disk.editing import drop_editing, read_words, words_in_file
from dbtcoach.errors import JournalError, LeaveError, NoTerminalError, UsageError
from dbtcoach.insight.finding import described
from dbtcoach.journal.drafts import of_change
from dbtcoach.journal.erase import erase_entry
from dbtcoach.journal.file import append, check_writable
from dbtcoach.journal.seal import Opener, is_locked, writer
from dbtcoach.journal.state import State, update_state
from dbtcoach.journal.versions import CHECK_IN, EDITS
from dbtcoach.practice.page import ON, Page, Typed
from dbtcoach.script.model import Choice, Select, Text
from dbtcoach.sitting.changed import exercise_of, steps_of
from dbtcoach.sitting.changing import AS_IT_WAS, Bench, keeps_old
from dbtcoach.sitting.questions import chosen
from dbtcoach.sitting.stage import PIPED, open_stage
from dbtcoach.terminal.modes import end_with_signals, hold_interrupts, take_interrupt
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dbtcoach.journal.entry import Entry, Saved
    from dbtcoach.practice.page import Move, Terminal
    from dbtcoach.sitting.changed import Changed

LOCKED = (
    "This entry is locked. For the editor its words lie in the clear in a file of yours until you close it.\n"
    "An editor may keep copies of its own."
)
HOW = (
    "Change what stands under a line that begins with ==, and leave those lines as they are.\n"
    "Then save, and close the editor."
)


def command(
    name: EntryOrDay,
    *,
    editor: Annotated[
        bool, typer.Option("--editor", help="Change the texts in $EDITOR instead, in a file of your home.")
    ] = False,
) -> None:
    """Change answers of one entry; asks whether the old words are kept or erased."""
    around = Surroundings()
    if editor and not around.env.get("EDITOR", "").strip():
        raise UsageError("There is no $EDITOR. Without --editor, dbtcoach asks you itself.")
    found = entries_named(around, name)
    check_writable(around.home.journal)
    given = _in_editor(around, found) if editor else {}
    if given is None or (editor and not given):
        around.tell(AS_IT_WAS)
        return
    stage = open_stage(around)
    bench: Bench | None = None
    try:
        with stage.given_back():
            entry = found[0] if len(found) == 1 else _picked(stage.terminal, found)
            bench = Bench.of(around, stage, entry) if entry is not None else None
            told = _changed(bench, given) if bench is not None else [AS_IT_WAS]
    except LeaveError:
        around.tell(bench.farewell() if bench is not None else AS_IT_WAS)
        raise
    finally:
        stage.leave()
        if bench is not None:
            bench.keeper.release()
    around.tell(*told)


def _changed(bench: Bench, given: Mapping[str, Move]) -> list[str]:
    """Let a person change an entry, or take what was ``given`` in an editor; save it and return what to tell.

    Raises JournalError where it could not be saved, when they have seen their words once more.
    """
    bench.begin()
    if given:
        bench.take(given)
    elif not bench.change():
        return [AS_IT_WAS]
    changed = bench.changed
    if changed.record is None:
        bench.keeper.drop()
        return [AS_IT_WAS]
    keeps = keeps_old(bench.terminal, changed.before)
    hold_interrupts(held=True)  # what is saved is erased and told as well
    try:
        saved = _save(bench.around, changed, keeps=keeps)
    except JournalError as error:
        hold_interrupts(held=False)
        raise bench.unsaved(error) from None
    bench.keeper.drop()
    try:
        return [*_erased(bench.around, changed, saved, keeps=keeps), *bench.keeper.notices]
    except JournalError as error:
        raise JournalError(f"{error}\nThe new words are saved, and the old ones are still there.") from None


def _picked(terminal: Terminal, entries: Sequence[Entry]) -> Entry | None:
    known = {entry.id: entry for entry in entries}
    page = Page(
        step=Select(
            id="entry",
            message="",
            choices=tuple(Choice(each.id, " ".join(described(each).split()[1:])) for each in entries),
        ),
        exercise="Change an entry",
        message="Which one?",
        help="",
        first=True,
        enter="Enter changes nothing",
    )
    return known.get(chosen(terminal, page) or "")


def _save(around: Surroundings, changed: Changed, *, keeps: bool) -> str:
    """Append what changed, or the whole entry where the old words are to go; return the id of the record."""
    before, now, home = changed.before, around.clock(), around.home
    record = changed.record if keeps else changed.alone
    moment = now.isoformat("T", "seconds")
    if record is None:
        return before.id
    if not keeps and before.exercise != CHECK_IN:  # until the old one is gone, they are one entry
        record = replace(record, unknown={**record.unknown, EDITS: before.id})
    record = replace(record, started=moment if keeps else before.started, finished=moment)
    receipt = append(home.journal, record, now=now, randomness=around.randomness, write=writer(home))
    return receipt.entry.id


def _erased(around: Surroundings, changed: Changed, saved: str, *, keeps: bool) -> list[str]:
    """Erase all versions before the one that was saved, unless they are kept; return what to tell."""
    before, home = changed.before, around.home
    if keeps:
        read = f"dbtcoach log show {before.id}"
        return [f"Changed. To read it: {read}", f"With the old words: {read} --versions"]
    key = around.keyring.key if is_locked(home) else None
    opener, recipient = (Opener([key]), key.recipient) if key is not None else (None, None)
    erased = erase_entry(home, (before.id, *before.later), around.clock(), opener, recipient)
    update_state(home, lambda state: _followed(state, before.id, saved))
    left = [f"The old words may still be in {clean(path)}" for path in erased.left]
    return [*left, f"Changed. To read it: dbtcoach log show {saved}"]


def _followed(state: State, old: str, new: str) -> State:
    """Return the state that asks about the new entry where it asked about the old one."""
    waiting = state.follow_up
    if waiting is None or waiting.entry != old:
        return state
    return replace(state, follow_up=replace(waiting, entry=new))


def _agree_to_editor(around: Surroundings) -> None:
    """Raise NoTerminalError without a terminal, and LeaveError where a locked entry is not to be opened."""
    if not (around.streams.stdin.isatty() and around.streams.stdout.isatty()):
        raise NoTerminalError(f"An editor needs a terminal.\n{PIPED}, without --editor")
    if is_locked(around.home) and not around.agrees(f"{LOCKED}\nOpen it? Type yes or no: "):
        around.tell(AS_IT_WAS)
        raise LeaveError


def _in_editor(around: Surroundings, found: Sequence[Entry]) -> dict[str, Move] | None:
    """Let a person change the texts of an entry in their editor; return those that they changed, by step.

    None when they give it up. Raises UsageError where it is not clear which entry is meant, and where a
    change of it was begun and not finished.
    """
    if len(found) > 1:
        told = "\n".join(f"  {described(each)}" for each in found)
        raise UsageError(f"There is more than one entry about that day. Name one by its id:\n{told}")
    _agree_to_editor(around)
    entry = found[0]
    if around.home.has_draft(of_change(entry.id)):
        raise UsageError(f"An unfinished change waits. Go on with it first: dbtcoach log edit {entry.id}")
    steps = steps_of(entry, exercise_of(around, entry))
    texts = [saved for saved in entry.answers if isinstance(steps.get(saved.step), Text)]
    if not texts:
        raise UsageError("There are no words in this entry. Without --editor, its numbers can be changed.")
    heads = [
        f"== {place} of {len(texts)}: {clean(saved.prompt or saved.step).splitlines()[0]}"
        for place, saved in enumerate(texts, 1)
    ]
    parts = (f"{head}\n{_words(saved)}" for head, saved in zip(heads, texts, strict=True))
    given = _edited(around, "\n\n".join([HOW, *parts, ""]), heads)
    if given is None:
        return None
    return {
        saved.step: Typed(part) if part else ON
        for saved, part in zip(texts, given, strict=True)
        if part != _words(saved).strip()
    }


def _edited(around: Surroundings, words: str, heads: Sequence[str]) -> list[str] | None:
    """Return what an editor made of what stands under these heads; None when the person gives it up."""
    try:
        editor = shlex.split(around.env["EDITOR"])
    except ValueError:
        raise UsageError("$EDITOR could not be run: a quote in it is not closed.") from None
    end_with_signals(lambda: drop_editing(around.home))  # a window that is closed leaves no words behind
    with words_in_file(around.home, words) as path:
        while True:
            try:
                hold_interrupts(held=True)  # in the editor Ctrl-C is the editor's
                ended = subprocess.run([*editor, path], check=False).returncode  # noqa: S603 - it was asked for
                take_interrupt()
                hold_interrupts(held=False)
            except OSError as error:
                raise UsageError(f"$EDITOR could not be run: {error.strerror}.") from None
            if ended != 0:
                raise JournalError(f"The editor ended with an error. {AS_IT_WAS}")
            given = _parted(read_words(path), heads)
            if given is not None:
                return given
            question = "A line with == is gone, so the words could not be told apart. Open it again? "
            if not around.agrees(f"{question}Type yes or no: "):
                return None


def _words(saved: Saved) -> str:
    items = saved.value if isinstance(saved.value, list | tuple) else [saved.value]
    return "\n".join(str(item) for item in items)


def _parted(text: str, heads: Sequence[str]) -> list[str] | None:
    """Return what stands under each of the heads, which come in this order; None where one is missing."""
    parts: list[list[str]] = []
    for line in text.split("\n"):
        if len(parts) < len(heads) and line.rstrip() == heads[len(parts)].rstrip():
            parts.append([])
        elif parts:
            parts[-1].append(line)
    return ["\n".join(part).strip() for part in parts] if len(parts) == len(heads) else None

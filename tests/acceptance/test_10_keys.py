"""Every key and every answer of a terminal, at every kind of step: no crash, no answer, no letter, no loss.

Whoever presses a key that means nothing, or sits at a terminal that talks, finds the page as it was, and the
words on it. A share of it in every run, all with ``DBTCOACH_FULL=1``.
"""

from __future__ import annotations

import asyncio
import io
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import get_app
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from tests.acceptance.share import LONG, some
from tests.pty.own import STEPS, write_own
from tests.pty.person import Person
from tests.pty.walker import Walker
from tests.terminal.sequences import ANSWERS, ESC, every
from tests.terminal.test_prompts import EVERY_KIND, page

from dbtcoach.drawing.key_table import acts, kind_of
from dbtcoach.practice.page import BACK, Go
from dbtcoach.script.model import OnPage, Scale, Scales, Select, Text
from dbtcoach.terminal.prompts import Prompts
from dbtcoach.terminal.streams import Streams

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(LONG),
    pytest.mark.skipif(sys.platform == "win32", reason="no pty there"),
]

MOVING = {"left", "right", "up", "down", "home", "last", "word left", "word right", "page up", "page down"}
DELETING = {
    "erase",
    "delete",
    "erase word",
    "delete word",
    "erase to start",
    "delete to end",
    "leave when empty",
}
WORDS = "words of mine"


def standing(step: OnPage) -> str:
    """Return what stands on the line of this step when the keys are pressed."""
    if isinstance(step, Text):
        return WORDS
    if isinstance(step, Scale):
        return "5"
    return "1 2" if isinstance(step, Scales) or (isinstance(step, Select) and step.multiple) else ""


def pressed(step: OnPage, sequences: list[str], gap: float, *, torn: bool) -> tuple[Any, list[str], int]:
    """Send sequences to one open page, then Ctrl-B; return the move, what was lost, how many were sent."""
    lost: list[str] = []
    meanings = acts(kind_of(step))
    before = standing(step)
    harmless = {None, *MOVING, *(DELETING if before and kind_of(step) != "several" else ())}
    sent = [data for data in sequences if meanings.get(every().get(data, "")) in harmless]

    async def drive() -> None:
        app = get_app()
        for data in sent:
            for part in data if torn else (data,):
                pipe.send_text(part)
                await asyncio.sleep(gap)
            if data == ESC:
                await asyncio.sleep(0.6)  # alone it is no key, and what follows is
            await asyncio.sleep(0.003)
            buffer = app.current_buffer
            if meanings.get(every().get(data, "")) in DELETING and before and isinstance(step, Text):
                pipe.send_text("\x1f")
                await asyncio.sleep(0.003)
            if not isinstance(step, Text) and meanings.get(every()[data]) in {*MOVING, *DELETING}:
                buffer.text = before
            if buffer.text and buffer.text != before:
                lost.append(f"{data!r}: {buffer.text!r}")
                buffer.text = before
            if app.is_done:
                lost.append(f"{data!r} ended it")
                return
        pipe.send_text("\x02")

    def begin() -> None:
        get_app().create_background_task(drive())

    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO(), time.monotonic)
    with create_pipe_input() as pipe:
        prompts = Prompts(streams, lambda: None, ends=(pipe, DummyOutput()))
        prompts.when_shown = begin
        move = prompts.present(page(step, line=before))
    return move, lost, len(sent)


@pytest.mark.parametrize("torn", [False, True], ids=["whole", "torn"])
@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.id)
def test_no_key_without_a_meaning_does_anything(step: OnPage, torn: bool) -> None:  # noqa: FBT001 - a case
    sequences = some(list(every()), 60)
    move, lost, sent = pressed(step, sequences, 0.001, torn=torn)
    assert lost == []
    assert move == BACK
    assert isinstance(move, Go)
    assert move.line == (standing(step) if isinstance(step, Text | Scale | Scales | Select) else "")
    assert sent > len(sequences) // 2


@pytest.mark.parametrize("gap", [0.05, 0.15, 0.3])
@pytest.mark.parametrize("step", some(EVERY_KIND, 3), ids=lambda step: step.id)
def test_answers_that_come_slowly_are_no_answers(step: OnPage, gap: float) -> None:
    slow = some([answer for answer in ANSWERS if answer != ESC], 2)
    move, lost, _ = pressed(step, slow, gap, torn=True)
    assert lost == []
    assert move == BACK


@pytest.mark.pty
@pytest.mark.parametrize("step", some(STEPS, 3))
def test_nothing_happens_on_a_real_terminal(tmp_path: Path, step: str) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        walker = Walker(person, "kinds")
        walker.until(step)
        written = WORDS if step == "words" else ""
        person.type(written)
        meanings = acts(kind_of(walker.page().step))
        for data in some(list(every()), 60):
            if meanings.get(every()[data]) is None and data != ESC:
                person.type(data)
        person.press("page-down")
        person.see(walker.page().message, written)
        assert person.child.isalive()
        walker.plan = {"words": WORDS}
        if step == "words":
            person.press("enter")
            walker.go_on_unseen()
        walker.to_the_end()
        assert person.wait_exit() == 0
        [entry] = person.entries()
        assert {answer["step"]: answer["value"] for answer in entry["answers"]} == walker.kept()


@pytest.mark.pty
@pytest.mark.parametrize(
    "ending", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "ctrl-c", "ctrl-q", "ctrl-b", "shift-tab"]
)
def test_what_stands_on_the_line_is_offered_again(tmp_path: Path, ending: str) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        person.see("Some words?")
        person.type("first")
        person.press("enter")
        person.see("How much?")
        person.press("ctrl-b")
        person.see("first")
        person.type(" and more")
        person.see("first and more")
        if ending == "SIGKILL":
            draft = person.draft("kinds")
            person.wait_for(
                lambda: draft.exists() and "first and more" in draft.read_text("utf-8"), "the draft"
            )
        if ending.startswith("SIG"):
            person.signal(signal.Signals[ending])
            person.wait_for(lambda: not person.child.isalive(), "the end")
        else:
            person.press(ending)
        if ending in ("ctrl-b", "shift-tab"):  # the first step: it stays
            while person.look(0.5):  # until the page is drawn anew
                pass
            person.see("first and more")
            person.press("ctrl-c")
        person.wait_exit()
    with Person(tmp_path, "kinds") as person:
        person.see("You were in the middle of")
        person.press("1")
        person.see("Some words?", "first and more")

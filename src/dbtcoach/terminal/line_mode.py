"""Line mode: one thing a line, no cursor movement, colour or animation; it reads well aloud.

It also reads answers from a pipe, one a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from dbtcoach.cleaning import clean
from dbtcoach.drawing.captions import (
    PERSON_NOW,
    SKIPS,
    breaths,
    has_help,
    options,
    progress,
    prompt,
)
from dbtcoach.drawing.pacer import in_words, until
from dbtcoach.drawing.wrapping import fitted
from dbtcoach.errors import LeaveError, QuickExitError, UsageError
from dbtcoach.practice.page import BACK, ON, Given, Go, Move, Page, Typed
from dbtcoach.script.model import Asked, Breathe, Card, Menu, Say, Scales, Text, Wait
from dbtcoach.terminal.line_reader import as_meant, reader_of
from dbtcoach.terminal.people import told
from dbtcoach.terminal.spoken import ALL_AT_ONCE, PEOPLE, ask_rows, notices, question, recalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.script.model import Shown
    from dbtcoach.terminal.line_reader import LineReader
    from dbtcoach.terminal.people import People
    from dbtcoach.terminal.streams import Streams

EVERY = 5  # pages after which it is said how far one is; asked for help, it is said too
TRIES = 6  # times that a pipe may answer one step in a row; then it is taken to mean something else
COMMANDS = "Commands: :back :skip :help :help-now :end :quit"
# What is meant as a command, known or not. One letter is a face, as in :D, save what ends other programs.
_A_COMMAND = re.compile(r":(?:q|[a-z]{2,}|help-now( .*)?)", re.IGNORECASE)
NO_COMMAND = "There is no such command, and nothing was changed."
# A backslash, as in a shell: it can be typed and heard on every keyboard and terminal, and needs no key of
# its own. A line of its own that ends the answer would be one more thing to type for everybody.
GOES_ON = "\\"
A_DAY = 24 * 60 * 60  # seconds: for what waits until somebody comes back
MORE_LINES = "For more than one line: end a line with a backslash \\ and go on in the next."


class Lines:
    """The front end for screen readers, simple terminals and pipes."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams
        self.going_back = False
        self.started = False
        self.opening = ""  # what was said of it already: a page before it may have come without
        self.stands: Callable[[str, str], None] | None = None  # takes a step's id and what stands on its line
        self.reader: LineReader | None = None
        self.people: Callable[[], People] | None = None  # to be shown at any question
        self.step = ""  # that was asked last
        self.above = ""  # lines of the answer that were ended with a backslash
        self.items = False  # several are asked for, with a ; between them
        self.tries = 0  # lines that were read for it
        self.asked = ""  # the row that was asked for last
        self.counted = 0  # the number that was said last
        self.told = False  # that Enter skips: once is enough, and ? says it again

    def present(self, page: Page) -> Move:
        """Print the page, read a line and return what it means; raise LeaveError at the end of input."""
        step = page.step
        self.reader = self.reader or reader_of(self.streams.stdin, self._echo)
        if self.reader is not None:
            self.reader.begin()  # so that nothing that is typed between two questions is shown, or changed
        if self.going_back and not isinstance(step, Asked | Menu) and not page.first:
            return BACK  # what only was said is passed over on the way back
        self.going_back = False
        self._introduce(page)
        if isinstance(step, Asked | Menu):
            return self._ask(page)
        self._tell(step, page)
        self._print(*notices(page))
        return ON

    def _introduce(self, page: Page) -> None:
        opening = page.opening.split("\n") if page.opening not in ("", self.opening) else []
        self.opening = page.opening or self.opening
        if not self.started:
            self.started = True
            self._print(page.exercise, *opening, PERSON_NOW.format("Type :help-now"), COMMANDS)
        elif opening:
            self._print("", *opening)
        if page.error:
            self._print("", page.error)

    def _print(self, *lines: str) -> None:
        for line in lines:
            self.streams.stdout.write(f"{fitted(clean(line), self.streams.stdout)}\n")
        self.streams.stdout.flush()

    def _echo(self, text: str) -> None:
        self.streams.stdout.write(text)
        self.streams.stdout.flush()

    def _tell(self, step: Shown, page: Page) -> None:
        match step:
            case Breathe():
                self._breathe(step, page.message)
            case Wait(seconds=seconds, ready=ready):
                self._print("", page.message)
                if ready:
                    self._print("Take your time. Enter starts it.")
                    self._rest(A_DAY)
                ends = until(seconds, seconds, self.streams.seconds)
                length = f"{in_words(seconds)}{ends}" if ends else f"{seconds} seconds"
                self._print(f"{length}. Enter ends it early.")
                early = self._rest(seconds)
                self._print("Time.")
                if ready and not early:
                    self._print("Enter goes on.")
                    self._rest(A_DAY)
            case Card():
                self._print("", page.title, "", page.message, "", "End of the card.")
            case Say():
                self._print("", page.message)
            case _:
                assert_never(step)

    def _breathe(self, step: Breathe, message: str) -> None:
        self._print("", *([message] if message else []), "Enter ends it early.")
        for number in range(step.rounds):
            for words, seconds in breaths(step):
                self._print(f"{words}, {seconds} seconds.")
                if self._rest(seconds):
                    return
            left = step.rounds - number - 1
            if left:
                self._print(f"{left} more.")
        self._print("Done.")

    def _ask(self, page: Page) -> Move:
        if not page.error:
            self._print("", *self._progress(page))
        self._print(*question(page))
        self.above, self.items = "", isinstance(page.step, Text) and page.step.count > 0
        if self.step != page.step.id:
            self.step, self.tries = page.step.id, 0
        if isinstance(page.step, Scales):
            return ask_rows(
                page, page.step, self._read_row, lambda line: self._commanded(line, page), self._print
            )
        asked = prompt(page, told=self.told)
        while True:
            self.told = self.told or SKIPS in asked
            line = self._read(f"{asked}: ")
            move = self._meaning(line.strip(), page)
            if move is not None:
                return move
            asked = prompt(page)

    def _progress(self, page: Page) -> list[str]:
        """Return where the page stands, at every fifth: heard before each question it would be in the way."""
        number = page.progress.number if page.progress is not None else 0
        if number < self.counted + EVERY:
            return []
        self.counted = number
        return [f"{progress(page)}."]

    def _read_row(self, prompt: str, so_far: str) -> str:
        self.above = f"{so_far} " if so_far else ""
        if prompt != self.asked:  # each row is a question of its own
            self.asked, self.tries = prompt, 0
        return self._read(prompt).strip()

    def _commanded(self, line: str, page: Page) -> tuple[bool, Move | None]:
        command = line == "?" or _A_COMMAND.fullmatch(line) is not None
        return command, self._meaning(line, page) if command else None

    def _read(self, prompt: str) -> str:
        self.tries += 1
        stdin = self.streams.stdin
        if self.tries > TRIES and not stdin.isatty():
            raise UsageError(f"{TRIES} lines in a row were no answer to the step “{self.step}”.")
        self._echo(prompt)
        if self.reader is not None:
            try:
                return self.reader.read(lambda _line: self.hand_over(), lambda: self._show_people(prompt))
            except LeaveError:
                self.hand_over()
                raise
        line = stdin.readline()
        if not stdin.isatty():
            self._print("")  # what a pipe answers is not echoed, so the line is ended here
        if not line:
            raise LeaveError
        return as_meant(line, stdin)

    def _rest(self, seconds: float) -> bool:
        if self.streams.wait_for_line is None and self.reader is not None:
            return self.reader.rest(seconds, lambda: self._show_people(""), PEOPLE)
        return self.streams.rest(seconds)

    def _show_people(self, prompt: str, country: str = "") -> None:
        """Print people to call, and the prompt again, if there is one."""
        if self.people is not None:
            self._print("", *told(self.people(), country), "")
        self._echo(prompt)

    def hold_keys(self) -> None:
        """Hold nothing: a line is read when it is asked for."""

    def give_keys(self) -> None:
        """Give nothing back."""

    def close(self) -> None:
        """Give the terminal its modes back."""
        if self.reader is not None:
            self.reader.end()

    def hand_over(self) -> None:
        """Let ``stands`` have what stands on the line."""
        line = self.above + (self.reader.line if self.reader is not None else "")
        if self.stands is not None and line.strip() and not _A_COMMAND.fullmatch(line.strip()):
            self.stands(self.step, self._as_answer(line))

    def _as_answer(self, line: str) -> str:
        """Return a line as other front ends have it: items one a line."""
        return "\n".join(line.split(";")) if self.items else line

    def _meaning(self, line: str, page: Page) -> Move | None:
        match line.lower() if _A_COMMAND.fullmatch(line) else line:
            case ":back":
                self.going_back = True
                return Go("back", self.above or page.line)
            case ":skip":
                return ON
            case ":end":
                raise LeaveError
            case ":quit":
                raise QuickExitError
            case ":help" | "?":
                self._print(*recalled(page))
                self._print(*([ALL_AT_ONCE] if isinstance(page.step, Scales) else []))
                more = [MORE_LINES] if _takes_lines(page) else []
                about = [label for _value, label in options(page, helped=True)] if has_help(page) else []
                where = [f"{progress(page)}."] if progress(page) else []
                self._print(*([page.help] if page.help else []), *about, *more, *where, COMMANDS)
                return None
            case _ if _A_COMMAND.fullmatch(line):
                self._other(line)
                return None
            case "" if page.line and not page.error:
                return Typed(page.line)
            case "":
                return ON if page.offered is None or page.error else Given(page.offered)
            case _ if _takes_lines(page) and line.endswith(GOES_ON):
                return self._more(line, page)
            case _:
                return Typed(self._as_answer(line))

    def _other(self, line: str) -> None:
        """Show people to call where a line asks for them; else say what there is."""
        if line[: len(PEOPLE)].lower() == PEOPLE:
            self._show_people("", line[len(PEOPLE) :].strip())
        else:
            self._print(NO_COMMAND, COMMANDS)

    def _more(self, line: str, page: Page) -> Move | None:
        """Read on until a line ends without a backslash; a command in between means what it always does."""
        lines = []
        while line.endswith(GOES_ON):
            lines.append(line.removesuffix(GOES_ON).rstrip())
            self.above = "\n".join([*lines, ""])
            line = self._read("Next line: ").strip()
            while _A_COMMAND.fullmatch(line):
                move = self._meaning(line, page)
                if move is not None:
                    return move
                line = self._read("Next line: ").strip()
        text = "\n".join([*lines, line]).strip()
        return Typed(text) if text else self._meaning("", page)


def _takes_lines(page: Page) -> bool:
    """Say whether the answer may have several lines; items stand in one, with a ; between them."""
    return isinstance(page.step, Text) and not page.step.count

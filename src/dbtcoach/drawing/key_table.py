"""Every key that means something, in every kind of prompt; whatever is not in this table does nothing.

Prompts take their keys from here, ``docs/keys.md`` is written from it, and so is what ``?`` says.
Imports nothing that takes time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never, get_args

from dbtcoach.frozen import Frozen
from dbtcoach.script.model import (
    Breathe,
    Card,
    Confirm,
    Menu,
    Say,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
)

if TYPE_CHECKING:
    from dbtcoach.script.model import OnPage

Kind = Literal[
    "text", "list", "number", "numbers", "one", "several", "ranked", "confirm", "go on", "time",
    "passphrase", "line", "pages",
]  # fmt: skip
Act = Literal[
    "leave", "leave when empty", "hide", "people", "back", "stop", "help", "page up", "page down",
    "enter", "skip", "pause", "break", "pick", "tick", "yes", "no", "next", "previous", "more", "less", "end",
    "left", "right", "up", "down", "home", "last", "word left", "word right",
    "erase", "delete", "erase word", "delete word", "erase to start", "delete to end", "put back", "undo",
    "type",
]  # fmt: skip

KINDS: dict[Kind, str] = {
    "text": "Words",
    "list": "Words, one a line",
    "number": "A number",
    "numbers": "Several numbers",
    "one": "One of a list",
    "several": "Several of a list",
    "ranked": "An order",
    "confirm": "Yes or no",
    "go on": "Something to read",
    "time": "Breathing and waiting",
    "passphrase": "A passphrase",
    "line": "A line, in line mode and where a command asks",
    "pages": "What is shown a screen at a time",
}
DIGITS = "Digits"  # the numbers, and after 9 the letters, that stand before the choices
LETTERS = "Letters"


class Meaning(Frozen):
    """What some keys do in some kinds of prompt; ``does`` says it to a person."""

    act: Act
    keys: tuple[str, ...]
    does: str
    on: frozenset[Kind]


def _in(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


ALL: frozenset[Kind] = frozenset(get_args(Kind))
DRAWN = ALL - _in("passphrase", "line", "pages")  # on a page of an exercise
WRITTEN = _in("text", "list", "ranked")
BUFFERED = WRITTEN | _in("number")
COUNTED = _in("number", "numbers")
TYPED = WRITTEN | COUNTED
LISTED = _in("one", "several")

TABLE: tuple[Meaning, ...] = (
    Meaning("enter", ("Enter",), "Goes on; on an empty answer it skips", DRAWN - _in("time", "numbers")),
    Meaning("enter", ("Enter",), "Goes to the next row, and on after the last", _in("numbers")),
    # What a terminal makes of an Enter that is typed before the program has taken the keyboard over.
    Meaning("enter", ("Ctrl-J",), "Goes on, as Enter does", DRAWN - _in("text", "list", "time")),
    Meaning("enter", ("Enter", "Ctrl-J"), "Takes what was typed", _in("passphrase", "line")),
    Meaning("break", ("Ctrl-J", "Alt-Enter", "Shift-Enter"), "Begins a new line", _in("text", "list")),
    Meaning("break", ("Alt-Enter", "Shift-Enter"), "Begins a new line", _in("line")),
    Meaning("back", ("Ctrl-B", "Shift-Tab"), "Goes back a step; what stands there is offered again", DRAWN),
    Meaning("help", ("?",), "Shows more about the step and its keys, on an empty answer", DRAWN),
    Meaning("people", ("Ctrl-G",), "Shows people to call, and comes back here", ALL - _in("pages")),
    Meaning("leave", ("Ctrl-C",), "Leaves; what stands there is kept where a draft is kept", ALL),
    Meaning("leave when empty", ("Ctrl-D",), "Leaves too; on words it deletes the next letter", TYPED),
    Meaning("leave when empty", ("Ctrl-D",), "Leaves too, on an empty line", _in("line")),
    Meaning("leave when empty", ("Ctrl-D",), "Leaves too", ALL - TYPED - _in("line")),
    Meaning("hide", ("Ctrl-Q",), "Hides everything and ends at once", ALL),
    Meaning("stop", ("Ctrl-Z",), "Stops the program as in a shell; fg comes back", DRAWN),
    Meaning("page down", ("PageDown",), "Shows what is below", DRAWN),
    Meaning("page up", ("PageUp",), "Shows what is above", DRAWN),
    Meaning("type", (LETTERS,), "Are written", _in("text", "list", "passphrase", "line")),
    Meaning("type", (DIGITS,), "Are written; letters are not", _in("number", "ranked")),
    Meaning("type", (DIGITS,), "Are written in the row; a dash leaves it out", _in("numbers")),
    Meaning("pick", (DIGITS,), "Choose what they stand before, pressed alone", _in("one")),
    Meaning("pick", (DIGITS,), "Tick what they stand before, and take the tick away", _in("several")),
    Meaning("tick", ("Space",), "Ticks what is pointed at, and takes the tick away", _in("several")),
    Meaning("next", ("Down", "Ctrl-N"), "Points at the next choice", LISTED),
    Meaning("previous", ("Up", "Ctrl-P"), "Points at the choice before", LISTED),
    Meaning("yes", ("y", "Y"), "Yes", _in("confirm")),
    Meaning("no", ("n", "N"), "No", _in("confirm")),
    Meaning("enter", ("Space", "Right"), "Goes on", _in("go on")),
    Meaning("enter", ("Enter", "Ctrl-J"), "Ends it early; begins what waits for you", _in("time")),
    Meaning("pause", ("Space",), "Pauses; pressed again, goes on", _in("time")),
    Meaning("next", ("Down", "Tab", "Ctrl-N"), "Goes to the next row; so does Space", _in("numbers")),
    Meaning("previous", ("Up", "Ctrl-P"), "Goes to the row before", _in("numbers")),
    Meaning("skip", ("Ctrl-Right",), "Skips all rows", _in("numbers")),
    Meaning("more", ("Right",), "Makes the number larger, or begins at the lowest", COUNTED),
    Meaning("less", ("Left",), "Makes the number smaller, or begins at the highest", COUNTED),
    # A wheel sends these too, so they change a number and never set one.
    Meaning("up", ("Up", "Ctrl-P"), "Makes a number that stands there larger", _in("number")),
    Meaning("down", ("Down", "Ctrl-N"), "Makes a number that stands there smaller", _in("number")),
    Meaning("left", ("Left",), "Moves a letter to the left", WRITTEN),
    Meaning("right", ("Right", "Ctrl-F"), "Moves a letter to the right", WRITTEN),
    Meaning("up", ("Up", "Ctrl-P"), "Moves a line up; under a note, takes the other words", _in("text")),
    Meaning("up", ("Up", "Ctrl-P"), "Moves a line up", WRITTEN - _in("text")),
    Meaning("down", ("Down", "Ctrl-N"), "Moves a line down", WRITTEN),
    Meaning("home", ("Ctrl-A", "Home"), "Moves to the beginning of the line", WRITTEN),
    Meaning("last", ("Ctrl-E", "End"), "Moves to the end of the line", WRITTEN),
    Meaning("word left", ("Alt-B", "Ctrl-Left", "Alt-Left"), "Moves a word to the left", WRITTEN),
    Meaning("word right", ("Alt-F", "Ctrl-Right", "Alt-Right"), "Moves a word to the right", WRITTEN),
    Meaning("erase", ("Backspace",), "Takes back a letter", TYPED | _in("passphrase", "line")),
    Meaning("delete", ("Delete",), "Deletes the next letter", BUFFERED),
    Meaning("erase word", ("Ctrl-W", "Alt-Backspace"), "Takes back a word", WRITTEN | _in("line")),
    Meaning("delete word", ("Alt-D", "Ctrl-Delete"), "Deletes the next word", WRITTEN),
    Meaning("erase to start", ("Ctrl-U",), "Takes back the line", TYPED | _in("passphrase", "line")),
    Meaning("delete to end", ("Ctrl-K",), "Deletes the rest of the line", WRITTEN),
    Meaning("put back", ("Ctrl-Y",), "Puts back what was taken last", BUFFERED),
    Meaning("undo", ("Ctrl-_",), "Undoes the last change", BUFFERED),
    Meaning("enter", ("Enter", "Ctrl-J", "Space"), "Shows the next screen, or ends", _in("pages")),
    Meaning("end", ("q", "Q"), "Goes back to the shell", _in("pages")),
)  # fmt: skip


def acts(kind: Kind) -> dict[str, Act]:
    """Return what each key does in this kind of prompt."""
    return {key: meaning.act for meaning in TABLE if kind in meaning.on for key in meaning.keys}


def help_for(kind: Kind) -> list[str]:
    """Return the keys that help at this kind of prompt and that nobody would guess, a few to a line."""
    edit = "Ctrl-W takes back a word, Ctrl-U the line; Ctrl-_ undoes."
    back = (
        "Ctrl-B or Shift-Tab goes back. Ctrl-C leaves, Ctrl-Q hides all.\n"
        "Ctrl-G shows people to talk to, and comes back here."
    )
    match kind:
        case "text":
            return ["New line: Ctrl-J, Alt-Enter or Shift-Enter.", edit, back]
        case "numbers":
            return ["All at once: 2 0 3, with a - for a row to leave out. Ctrl-Right skips all.", back]
        case "list" | "ranked":
            return [edit, back]
        case "number":
            return ["A digit or Left and Right set the number.", back]
        case "one":
            return ["A number chooses. Up and Down point, Enter takes it.", back]
        case "several":
            return ["A number or Space ticks. Enter goes on.", back]
        case _:
            return [back]


def kind_of(step: OnPage) -> Kind:
    """Return which keys a step has."""
    match step:
        case Text(count=count):
            return "list" if count else "text"
        case Scale():
            return "number"
        case Scales():
            return "numbers"
        case Select(multiple="several"):
            return "several"
        case Select(multiple="ranked"):
            return "ranked"
        case Select() | Menu():
            return "one"
        case Confirm():
            return "confirm"
        case Say() | Card():
            return "go on"
        case Breathe() | Wait():
            return "time"
        case _:
            assert_never(step)

"""What stands between the engine and a front end: a page to show, and the move that comes back."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, Protocol

from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from dbtcoach.practice.joints import Sentence
    from dbtcoach.practice.session import Facts, Value
    from dbtcoach.script.model import Choice, OnPage


class Remark(Frozen):
    """A note on the person's own words ``text[start:end]``: why, and what could stand there instead."""

    start: int
    end: int
    why: str
    instead: str


class Progress(Frozen):
    """Where a page stands on its way: the third of nine."""

    number: int
    of: int


class Recalled(Frozen):
    """Earlier words that stay in sight; ``theirs`` are another person's."""

    label: str
    words: str
    theirs: bool = False


class CardPart(Frozen):
    """One part of a card as it reads now; without a title where the card has no parts."""

    title: str
    text: str
    for_me: bool = False  # to remember; what is not is for the other one: said, sent or handed over


class FilledCard(Frozen):
    """A card as it reads now: what is kept of it, shown again, copied and printed."""

    title: str
    parts: tuple[CardPart, ...]


class GridRow(Frozen):
    """A row of numbers as they were typed, a cell a column; ``under`` belongs to the row above it."""

    label: str
    cells: tuple[str, ...]
    under: bool = False


class Grid(Frozen):
    """Days beside each other; those in ``marked`` stand out, and ``note`` says why."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    marked: tuple[int, ...] = ()
    note: str = ""


MORE = "+"  # chosen in a long menu: what stands behind it
AT_ONCE = 7  # choices of a menu, beside the one that ends it


class Page(Frozen):
    """One screen: a step as it reads now, and what the front end needs to show it."""

    step: OnPage
    exercise: str  # the title
    message: str
    help: str
    progress: Progress | None = None  # None where the way is still open
    opening: str = ""  # the exercise's first words, on its first page only
    title: str = ""  # of a card
    parts: tuple[CardPart, ...] = ()  # of a card that has some; ``message`` says the same as plain lines
    grid: Grid | None = None  # days beside each other; ``message`` says the same as plain lines
    placeholder: str = ""
    recalled: tuple[Recalled, ...] = ()  # above the question
    sentence: Sentence | None = None  # that the answer completes
    offered: Value | None = None
    line: str = ""  # what stood on the line when the step was left, as it was typed
    error: str = ""
    done: tuple[str, ...] = ()  # of a menu: the parts that were gone through
    more: bool = False  # of a long menu: what stands behind "More"
    first: bool = False  # there is nothing to go back to
    footnote: str = ""  # something quiet to know, below the question
    heavy: bool = False  # say quietly, below the question, how to find people to talk to
    enter: str = ""  # what Enter does on an empty answer, where it is not skipping
    text: str = ""  # the person's own words, which the remarks are on
    remarks: tuple[Remark, ...] = ()  # on such a page Enter keeps the words
    strength: str = ""  # one true thing about them


class Given(Frozen):
    """An answer as a value."""

    value: object


class Typed(Frozen):
    """An answer as it was typed: the number of a choice, y or n, digits with spaces between."""

    text: str


class Go(Frozen):
    """Where to go: ``on`` passes or skips, ``back`` undoes the last step; ``line`` is what was left there."""

    to: Literal["on", "back"]
    line: str = field(default="", compare=False, repr=False)


Move = Given | Typed | Go
ON, BACK = Go("on"), Go("back")


class Terminal(Protocol):
    """A front end: it shows a page and collects a move; what the move means is decided by the engine."""

    def present(self, page: Page) -> Move:
        """Show the page and return what the person does; raise LeaveError when they leave."""
        ...


class Places(Protocol):
    """The countries that have help lines."""

    def choices(self) -> tuple[Choice, ...]:
        """Return the countries to choose from."""
        ...

    def move(self, code: str) -> Facts:
        """Return the facts with the help lines of this country, from now on."""
        ...

    def has_plan(self) -> bool:
        """Tell whether there is a plan of the person's own."""
        ...

    def plan(self) -> str:
        """Return whom to call in a crisis, and that plan below; it may ask for a passphrase."""
        ...

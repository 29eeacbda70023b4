"""What an exercise is: frozen values, with no knowledge of files, screens or people."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, assert_never

from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.problems import Mark

Role = Literal["", "opening", "distress_before", "distress_after", "closing", "follow_up"]
Group = Literal["emotions", "urges", "acts", "body", "skills", "own"]  # of the rows of a check-in
Kind = Literal["number", "yes/no", "count", "text"]  # what a row takes
KINDS: tuple[Kind, ...] = ("number", "yes/no", "count", "text")
HIGHEST_COUNT = 999


class _Step(Frozen, kw_only=True):
    """What every step has."""

    id: str
    when: tuple[Guard, ...] = ()
    help: str = ""
    role: Role = ""


class Recall(Frozen):
    """An earlier answer, or a fact, that stands above a question; ``theirs`` are another person's words."""

    step: str
    label: str = ""
    theirs: bool = False


class _Asked(_Step, kw_only=True):
    """What every step has that takes an answer."""

    message: str
    required: bool = False
    keep: bool = True  # False: the answer is in no draft, no journal and no export
    recall: tuple[Recall, ...] | None = None  # None: a line for a card has the others of that card above it


class Say(_Step, kw_only=True):
    """Words to read; ``end`` ends the exercise there. ``others`` take turns with the message by the day."""

    message: str
    others: tuple[str, ...] = ()
    end: bool = False


class Wording(Frozen, kw_only=True):
    """Other words for a step when its guards hold; an empty text leaves that of the step."""

    when: tuple[Guard, ...]
    message: str = ""
    help: str = ""
    placeholder: str = ""


class Text(_Asked, kw_only=True):
    """Words to write; a ``count`` over 0 asks for up to that many items, and the answer is a list.

    With a ``sentence`` the answer is that sentence, with what was written in its gap.
    The first of ``instead`` whose guards hold gives the words.
    """

    others: tuple[str, ...] = ()  # take turns with the message by the day
    placeholder: str = ""
    offer: str = ""  # words that stand on the line at first, to be kept or changed
    multiline: bool = False
    count: int = 0
    coach: str = ""
    sentence: str = ""
    instead: tuple[Wording, ...] = ()


class Choice(Frozen):
    """One thing to choose; after an ``unsafe`` one nothing is drafted, and nothing kept unasked."""

    value: str
    label: str
    help: str = ""
    unsafe: bool = False


class Select(_Asked, kw_only=True):
    """One choice; or several of them; or several in order of weight."""

    choices: tuple[Choice, ...]
    multiple: Literal["", "several", "ranked"] = ""
    last_uses: bool = False  # the person's own last distress before and after stands beside each choice


class Confirm(_Asked, kw_only=True):
    """Yes or no."""


class Scale(_Asked, kw_only=True):
    """A number from low to high."""

    low: int = 0
    high: int = 10
    low_label: str = ""
    high_label: str = ""


class Row(Frozen):
    """One line of a Scales step; where a number has no range of its own, that of the step holds."""

    id: str
    label: str
    low: int | None = None
    high: int | None = None
    low_label: str = ""
    high_label: str = ""
    unit: str = ""  # what is counted: hours
    kind: Kind = "number"


class Scales(_Asked, kw_only=True):
    """Several numbers on one screen; the answer maps row ids to numbers."""

    rows: tuple[Row, ...]
    low: int = 0
    high: int = 5
    low_label: str = ""
    high_label: str = ""
    own: str = ""  # the person's own rows that are added
    former: tuple[Row, ...] = ()  # asked no more; a file that answers them is still taken

    def scale(self, row: Row) -> Scale:
        """Return one row as a scale of its own; yes is 1."""
        if row.kind != "number":
            ends = 0, 1 if row.kind == "yes/no" else HIGHEST_COUNT, "", row.unit
        elif row.low is None or row.high is None:
            ends = self.low, self.high, row.low_label or self.low_label, row.high_label or self.high_label
        else:
            ends = row.low, row.high, row.low_label, row.high_label or row.unit
        low, high, low_label, high_label = ends
        return Scale(
            id=row.id, message=row.label, low=low, high=high, low_label=low_label, high_label=high_label
        )


class Breathe(_Step, kw_only=True):
    """A paced breath: seconds for each phase, and how many rounds."""

    message: str = ""
    inhale: int = 4
    top_up: int = 0
    hold: int = 0
    exhale: int = 6
    rest: int = 0
    rounds: int = 6


class Wait(_Step, kw_only=True):
    """Time to stay with something; ``ready`` for what one walks to: it starts, and ends, when they say so."""

    message: str
    seconds: int = 30
    ready: bool = False


class Passage(Frozen, kw_only=True):
    """One part of a card under a name of its own; what is ``for_me`` is not among what is said."""

    title: str
    message: str
    for_me: bool = False
    when: tuple[Guard, ...] = ()


class Card(_Step, kw_only=True):
    """What the person takes along: one message, or parts with names."""

    title: str
    message: str = ""
    parts: tuple[Passage, ...] = ()


class Run(_Step, kw_only=True):
    """Another exercise inline; ``steps`` are its steps once it is linked, their ids behind this one's."""

    exercise: str
    steps: tuple[Step, ...] = ()
    mark: Mark | None = field(default=None, compare=False, repr=False)


class Drill(_Step, kw_only=True):
    """Scenes to practise on; ``steps`` are those of the scenes once some are drawn."""

    scenes: str
    count: int = 3
    steps: tuple[Step, ...] = ()
    mark: Mark | None = field(default=None, compare=False, repr=False)


class Part(Frozen):
    """One thing that a menu offers: steps to do, or lines to change."""

    value: str
    label: str
    steps: tuple[Step, ...] = ()
    change: tuple[str, ...] = ()


class Menu(_Step, kw_only=True):
    """Optional parts, offered again until the person is done; the answer lists what was chosen.

    ``begin`` names a choice among them: what was chosen there is gone through first, in that order.
    """

    message: str
    parts: tuple[Part, ...]
    done: str = "Done"
    begin: str = ""


class Next(Frozen):
    """Something to go on with when the exercise is over: an exercise by its name, or the help lines."""

    label: str
    exercise: str
    when: tuple[Guard, ...] = ()


Asked = Text | Select | Confirm | Scale | Scales  # takes an answer
Shown = Say | Breathe | Wait | Card  # takes none
Outer = Run | Drill  # is no page itself: the steps inside it are
OnPage = Asked | Shown | Menu  # is shown as a page of its own
Step = OnPage | Outer


class Exercise(Frozen, kw_only=True):
    """One practice, as its file describes it."""

    name: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    skill: str = ""
    minutes: int = 5
    source: str = ""
    opening: str = ""
    variant_of: str = ""
    option: str = ""
    daily: bool = False  # finishing it is the day's check-in
    follow_up: bool = False  # finishing it makes a question due about what became of it
    author: str = ""
    also: str = ""  # an exercise that this one's command begins too, with an option of that name
    asks_to_keep: str = ""  # nothing is drafted, and the entry is kept only on a yes to this
    next: tuple[Next, ...] = ()


def children(step: Step) -> tuple[Step, ...]:
    """Return the steps that lie directly inside a step, in reading order."""
    match step:
        case Run(steps=inner) | Drill(steps=inner):
            return inner
        case Menu(parts=parts):
            return tuple(inner for part in parts for inner in part.steps)
        case Say() | Text() | Select() | Confirm() | Scale() | Scales() | Breathe() | Wait() | Card():
            return ()
        case _:
            assert_never(step)


def walk(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return these steps and all that lie inside them, in reading order."""
    found: list[Step] = []
    for step in steps:
        found += [step, *walk(children(step))]
    return tuple(found)

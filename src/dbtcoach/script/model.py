"""What an exercise is: frozen values, with no knowledge of files, screens or people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dbtcoach.script.problems import Mark

Role = Literal["", "opening", "distress_before", "distress_after", "closing", "follow_up"]


@dataclass(frozen=True, slots=True)
class OneOf:
    """True when the answer is one of these values; for a list, when it holds one of them."""

    values: tuple[str | bool | int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """True when the answer is a number from low to high, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Count:
    """True when the answer is a list of low to high items."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rise:
    """True when the answer minus the answer to ``since`` lies from low to high; a fall is negative."""

    since: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Present:
    """True when the fact is known, or when it is not if ``wanted`` is False."""

    wanted: bool


Condition = OneOf | Between | Count | Rise | Present


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on one earlier step or one fact; a step is due when all its guards hold."""

    key: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What every step has."""

    id: str
    when: tuple[Guard, ...] = ()
    help: str = ""
    role: Role = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked(_Step):
    """What every step has that takes an answer."""

    message: str
    required: bool = False
    keep: bool = True  # False: the answer is in no draft, no journal and no export


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(_Step):
    """Words to read; ``end`` ends the exercise there. ``others`` take turns with the message by the day."""

    message: str
    others: tuple[str, ...] = ()
    end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(_Asked):
    """Words to write; a ``count`` over 0 asks for up to that many items, and the answer is a list."""

    others: tuple[str, ...] = ()  # take turns with the message by the day
    placeholder: str = ""
    multiline: bool = False
    count: int = 0
    coach: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; after an ``unsafe`` one nothing is drafted any more."""

    value: str
    label: str
    help: str = ""
    unsafe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(_Asked):
    """One choice; or several of them; or several in order of weight."""

    choices: tuple[Choice, ...]
    multiple: Literal["", "several", "ranked"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(_Asked):
    """Yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(_Asked):
    """A number from low to high."""

    low: int = 0
    high: int = 10
    low_label: str = ""
    high_label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a Scales step."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales(_Asked):
    """Several numbers on one screen; the answer maps row ids to numbers."""

    rows: tuple[Row, ...]
    low: int = 0
    high: int = 5
    low_label: str = ""
    high_label: str = ""
    own: str = ""  # the list in the person's config whose rows are added


@dataclass(frozen=True, slots=True, kw_only=True)
class Breathe(_Step):
    """A paced breath: seconds for each phase, and how many rounds."""

    message: str = ""
    inhale: int = 4
    top_up: int = 0
    hold: int = 0
    exhale: int = 6
    rest: int = 0
    rounds: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(_Step):
    """Time to stay with something."""

    message: str
    seconds: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(_Step):
    """What the person takes along."""

    title: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(_Step):
    """Another exercise inline; ``steps`` are its steps once it is linked, their ids behind this one's."""

    exercise: str
    steps: tuple[Step, ...] = ()
    mark: Mark | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill(_Step):
    """Scenes to practise on; ``steps`` are those of the scenes once some are drawn."""

    scenes: str
    count: int = 3
    steps: tuple[Step, ...] = ()
    mark: Mark | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a menu offers: steps to do, or lines to change."""

    value: str
    label: str
    steps: tuple[Step, ...] = ()
    change: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(_Step):
    """Optional parts, offered again until the person is done; the answer lists what was chosen."""

    message: str
    parts: tuple[Part, ...]
    done: str = "Done"


Step = Say | Text | Select | Confirm | Scale | Scales | Breathe | Wait | Card | Run | Drill | Menu
Asked = Text | Select | Confirm | Scale | Scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
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


def walk(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return these steps and all that lie inside them, in reading order."""
    found: list[Step] = []
    for step in steps:
        found.append(step)
        match step:
            case Run(steps=inner) | Drill(steps=inner):
                found.extend(walk(inner))
            case Menu(parts=parts):
                for part in parts:
                    found.extend(walk(part.steps))
            case _:
                pass
    return tuple(found)

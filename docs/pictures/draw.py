"""Draw the pictures of the README from real runs: ``python -m docs.pictures.draw`` in the checkout.

Each scene runs the installed program on a pseudo-terminal, in a home of its own, and takes what the terminal
shows with its attributes. A picture is an SVG without scripts, links or fonts from elsewhere; beside it lies
the same text for readers who cannot see it.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docs.pictures.weeks import write_weeks
from tests.pty.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FIX = "python -m docs.pictures.draw"
BETWEEN = "\n\n- - -\n\n"  # between two screens of one transcript
CELL, ROW, MARGIN, SIZE = 8.4, 20, 20, 14  # the width of a letter is 0.6 of its height in most fixed fonts
# A panel of its own, so that it reads on a white page and on a black one: 12:1 for words, 7:1 for the accent.
PAPER, INK, EDGE = "#1c2230", "#e8eaf0", "#5c667a"
HALF = range(30, 45)  # cells of the breathing bar
COLOURS = {"default": INK, "cyan": "#6cc5d9"}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters beside each other that look the same; ``column`` counts from 0."""

    column: int
    text: str
    ink: str
    bold: bool
    italic: bool
    underlined: bool
    reverse: bool


Window = list[list[Run]]  # a screen: its lines from the top, as runs


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what it is called, what it shows in a sentence, and how to get there."""

    name: str
    title: str
    told: str
    shoot: Callable[[Path], Iterator[Window]]
    columns: int = 76


def dear_man(folder: Path) -> Iterator[Window]:
    """Answer the questions of the short way; take one of them, and the card."""
    with Person(folder, "dear-man", rows=24, columns=76) as person:
        _to_describe(person)
        person.type("Last night your phone was on the pillow until half past twelve.")
        yield from _seen(person, "half past twelve.")
        _answer(person, "Express", "I felt alone.")
        _answer(person, "Assert", "Would you leave it in the hall on weekdays?")
        _answer(person, "Reinforce", "We would both sleep better.")
        person.press("enter")
        person.see("Negotiate")
        person.press("enter")
        yield from _seen(person, "Your card")


def note(folder: Path) -> Iterator[Window]:
    """Write a sentence with an absolute word; take the coach's note."""
    with Person(folder, "dear-man", rows=24, columns=76) as person:
        _to_describe(person)
        person.type("You always leave the pans in the sink.")
        person.see("in the sink.")
        person.press("enter")
        yield from _seen(person, "Keep it as it is")


def ground(folder: Path) -> Iterator[Window]:
    """Take the breathing bar while it is about half full."""
    with Person(folder, "ground", rows=24, columns=76) as person:
        for question, keys in (
            ("How strong is the distress right now?", ("7", "enter")),
            ("Press both feet into the floor", ("enter",)),
            ("Are you safe right now?", ("1",)),
            ("What is it like right now?", ("1",)),
            ("Do any of these fit you?", ("2",)),
        ):
            person.see(question)
            person.press(*keys)
        person.wait_for(
            lambda: "Breathe in" in person.screen and person.screen.count("█") in HALF, "a breath"
        )
        yield _window(person)


def trends(folder: Path) -> Iterator[Window]:
    """Take the first screen of some weeks with made-up numbers."""
    write_weeks(folder / ".local" / "share" / "dbtcoach")
    with Person(folder, "trends", "--days", "56", rows=36, columns=76) as person:
        person.see("Emotions")
        while person.look(0.5):
            pass
        yield _window(person)


def _to_describe(person: Person) -> None:
    for question, key in (
        ("How strong is the distress right now?", "enter"),
        ("Are you afraid of how they may react?", "1"),
        ("What do you want to do?", "1"),
    ):
        person.see(question)
        person.press(key)
    person.see("Describe: what happened?")


def _answer(person: Person, question: str, words: str) -> None:
    person.press("enter")
    person.see(question)
    person.type(words)
    person.see(words)


def _seen(person: Person, text: str) -> Iterator[Window]:
    person.see(text, "-Q hides all")
    yield _window(person)


def _window(person: Person) -> Window:
    """Return what the terminal shows, without empty lines above and below."""
    lines = [list(_runs(person, line)) for line in range(person.glass.lines)]
    full = [place for place, line in enumerate(lines) if line]
    return lines[full[0] : full[-1] + 1]


def _runs(person: Person, line: int) -> Iterator[Run]:
    """Yield the words of a line; a blank ends a run, so that each stands where it stood."""
    start, letters, looks = 0, "", None
    for column in range(person.glass.columns + 1):
        cell = person.glass.buffer[line][column] if column < person.glass.columns else None
        drawn = cell is not None and (cell.data != " " or cell.reverse or cell.underscore)
        found = None
        if cell is not None and drawn:
            ink = COLOURS[cell.fg]
            found = (ink, cell.bold, cell.italics, cell.underscore, cell.reverse)
        if found != looks:
            if looks is not None:
                yield Run(start, letters, *looks)
            start, letters, looks = column, "", found
        if cell is not None:
            letters += cell.data


def text_of(window: Window) -> str:
    """Return a screen as plain lines."""
    lines = []
    for runs in window:
        line = ""
        for run in runs:
            line = line.ljust(run.column) + run.text
        lines.append(line.rstrip())
    return "\n".join(lines)


def draw(scene: Scene, windows: list[Window]) -> str:
    """Return the picture as SVG: one panel for each screen, from top to bottom."""
    width = round(scene.columns * CELL + 2 * MARGIN)
    heights = [len(window) * ROW + 2 * MARGIN for window in windows]
    height = sum(heights) + MARGIN // 2 * (len(windows) - 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f'  width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(scene.title)}</title>',
        f'<desc id="desc">{escape(scene.told)}</desc>',
        "<style>",
        f".panel {{ fill: {PAPER}; stroke: {EDGE} }}",
        f"text {{ font: {SIZE}px ui-monospace, monospace; white-space: pre }}",
        ".b { font-weight: bold } .i { font-style: italic } .u { text-decoration: underline }",
        "</style>",
    ]
    top = 0
    for window, tall in zip(windows, heights, strict=True):
        lines += [
            '<g class="window">',
            f'<rect class="panel" x="0.5" y="{top + 0.5}" width="{width - 1}" height="{tall - 1}" rx="8"/>',
            *(_line(runs, top + MARGIN + place * ROW) for place, runs in enumerate(window)),
            "</g>",
        ]
        top += tall + MARGIN // 2
    return "\n".join([*lines, "</svg>", ""])


def _line(runs: list[Run], top: int) -> str:
    base = top + 15
    boxes = "".join(
        f'<rect x="{_x(run)}" y="{top}" width="{len(run.text) * CELL:.1f}" height="{ROW}" fill="{run.ink}"/>'
        for run in runs
        if run.reverse
    )
    words = "".join(
        f'<tspan x="{_x(run)}" textLength="{len(run.text) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
        f' fill="{PAPER if run.reverse else run.ink}"{_class(run)}>{escape(run.text)}</tspan>'
        for run in runs
    )
    return f'{boxes}<text y="{base}">{words}</text>'


def _x(run: Run) -> str:
    return f"{MARGIN + run.column * CELL:.1f}"


def _class(run: Run) -> str:
    names = [name for name, on in (("b", run.bold), ("i", run.italic), ("u", run.underlined)) if on]
    return f' class="{" ".join(names)}"' if names else ""


SCENES = (
    Scene(
        "dear-man",
        "dbtcoach dear-man: a question, and the card",
        "Two screens. The first asks to describe what happened, only what a camera would have recorded, "
        "and somebody has typed an answer. The second is the card with the four lines to say.",
        dear_man,
    ),
    Scene(
        "ground",
        "dbtcoach ground: breathing",
        "A screen that says breathe in, the seconds left, a bar that is about half full, the rounds left.",
        ground,
    ),
    Scene(
        "note",
        "The coach's note on a draft",
        "The sentence You always leave the pans in the sink, with the words You always underlined. Below it: "
        "why that may land badly, another way to say it, and the choice to change it or keep it.",
        note,
    ),
    Scene(
        "trends",
        "dbtcoach trends: eight weeks of made-up numbers",
        "The top of a page of raw numbers: a calendar of check-ins, distress before and after each exercise, "
        "and emotions over time. Below each picture sentences say the same.",
        trends,
    ),
)


def main() -> None:
    """Draw every picture anew."""
    os.environ["TZ"] = "UTC"
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as folder:
            windows = list(scene.shoot(Path(folder)))
        transcript = BETWEEN.join(text_of(window) for window in windows)
        (HERE / f"{scene.name}.svg").write_text(draw(scene, windows), "utf-8")
        (HERE / f"{scene.name}.txt").write_text(f"{transcript}\n", "utf-8")
        print(f"{scene.name}: {len(windows)} screens")


if __name__ == "__main__":
    main()

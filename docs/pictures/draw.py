"""Draw the pictures of the README from real runs: ``python -m docs.pictures.draw`` in the checkout.

Each scene runs the installed program on a pseudo-terminal, in a home of its own, and takes what the terminal
shows with its colours. Rich makes an SVG of it, without scripts, links or fonts from elsewhere; beside it
lies the same text for readers who cannot see it.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docs.pictures.weeks import write_weeks
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from tests.pty.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FIX = "python -m docs.pictures.draw"
BETWEEN = "\n\n- - -\n\n"  # between two screens of one transcript
CELL, ROW, MARGIN = 12.2, 24.4, 30  # as Rich draws letters of 20
PAPER, INK, EDGE = (
    "#14181f",
    "#d3d7dc",
    "#5c667a",
)  # a panel of its own reads on a white page and on a black one
LOOK = {"COLORTERM": "truecolor", "COLORFGBG": "15;0"}
HALF = range(90, 140)  # half blocks and whole ones of the disc
Window = list[Text]  # a screen: its lines from the top


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
    with Person(folder, "dear-man", rows=24, columns=76, env=LOOK) as person:
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
    with Person(folder, "dear-man", rows=24, columns=76, env=LOOK) as person:
        _to_describe(person)
        person.type("You always leave the pans in the sink.")
        person.see("in the sink.")
        person.press("enter")
        yield from _seen(person, "Rewrite it here")


def ground(folder: Path) -> Iterator[Window]:
    """Take the breathing disc while it is about half full, and while it shrinks again."""
    with Person(folder, "ground", rows=24, columns=76, env=LOOK) as person:
        for question, keys in (
            ("How strong is the distress right now?", ("7", "enter")),
            ("Press both feet into the floor", ("enter",)),
            ("Are you safe right now?", ("1",)),
            ("What is it like right now?", ("1",)),
            ("Do any of these fit you?", ("2",)),
        ):
            person.see(question)
            person.press(*keys)
        for words in ("Breathe in", "Breathe out"):
            person.wait_for(lambda words=words: words in person.screen and _blocks(person) in HALF, words)
            yield _window(person)


def _blocks(person: Person) -> int:
    return sum(map(person.screen.count, "█▀▄"))


def trends(folder: Path) -> Iterator[Window]:
    """Take the first screen of some weeks with made-up numbers."""
    write_weeks(folder / ".local" / "share" / "dbtcoach")
    with Person(folder, "trends", "--days", "56", rows=36, columns=76, env=LOOK) as person:
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
    person.see(text, "hides")
    yield _window(person)


def _window(person: Person) -> Window:
    """Return what the terminal shows, without empty lines above and below."""
    lines = [_line(person, line) for line in range(person.glass.lines)]
    full = [place for place, line in enumerate(lines) if line.plain]
    return lines[full[0] : full[-1] + 1]


def _line(person: Person, line: int) -> Text:
    text = Text()
    for column in range(person.glass.columns):
        cell = person.glass.buffer[line][column]
        looks = {"bold": cell.bold, "italic": cell.italics, "underline": cell.underscore}
        style = Style(color=_colour(cell.fg), bgcolor=_colour(cell.bg), reverse=cell.reverse, **looks)
        text.append(cell.data, style)
    text.rstrip()
    return text


def _colour(name: str) -> str | None:
    return None if name == "default" else f"#{name}"


def text_of(window: Window) -> str:
    """Return a screen as plain lines."""
    return "\n".join(line.plain for line in window)


def draw(scene: Scene, windows: list[Window]) -> str:
    """Return the picture as SVG: one screen below the other, with a line between them."""
    console = Console(
        record=True,
        file=StringIO(),
        width=scene.columns,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    rows = 0
    for window in windows:
        if rows:
            console.print("", Text("─" * scene.columns, EDGE), "", sep="\n", no_wrap=True)
        for line in window:
            console.print(line, no_wrap=True, crop=False)
        rows += len(window) + (3 if rows else 0)
    theme = TerminalTheme(_rgb(PAPER), _rgb(INK), [_rgb(INK)] * 8)
    width, height = round(scene.columns * CELL + 2 * MARGIN), round(rows * ROW + 2 * MARGIN)
    return console.export_svg(theme=theme, unique_id=scene.name, code_format=_format(scene, width, height))


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _format(scene: Scene, width: int, height: int) -> str:
    """Return Rich's picture without its window and the fonts that it would fetch, and with what it shows."""
    size = f'width="{width - 1}" height="{height - 1}"'
    panel = f'<rect {size} x="0.5" y="0.5" rx="8" fill="{PAPER}" stroke="{EDGE}"/>'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
            f'  width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{escape(scene.title)}</title>',
            f'<desc id="desc">{escape(scene.told)}</desc>',
            "<style>",
            ".{unique_id}-matrix {{ font: {char_height}px ui-monospace, monospace; white-space: pre }}",
            "{styles}",
            "</style>",
            "<defs>{lines}</defs>",
            panel,
            f'<g transform="translate({MARGIN}, {MARGIN})">',
            '{backgrounds}<g class="{unique_id}-matrix">{matrix}</g>',
            "</g>",
            "</svg>",
            "",
        )
    )


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
        "Two screens. A disc that grows, with dots where it will end: breathe in, the seconds, the time "
        "left. The same disc in another tone while it shrinks: breathe out.",
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

"""Draw the pictures of the README from real runs: ``python -m docs.pictures.draw`` in the checkout.

Each scene runs the installed program on a pseudo-terminal, in a home of its own, and takes what the terminal
shows with its colours. Rich makes an SVG of it, without scripts, links or fonts from elsewhere. Beside it
lies the same text for readers who cannot see it.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docs.pictures.weeks import write_weeks
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from tests.pty.person import Person, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FIX = "python -m docs.pictures.draw"
BETWEEN = "\n\n- - -\n\n"  # between two screens of one transcript
GROUND, INK = (0x1A, 0x1F, 0x27), (0xD3, 0xD7, 0xDC)
THEME = TerminalTheme(GROUND, INK, [GROUND, *[INK] * 7])
COLOURS = {"COLORTERM": "truecolor", "COLORFGBG": "15;0"}
COLUMNS = 80
# Rich's own has fonts from elsewhere, and nothing for those who cannot see it.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg"
  role="img" aria-labelledby="title desc">
<title id="title">{title}</title>
<desc id="desc">{told}</desc>
<style>
.{{unique_id}}-matrix {{{{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {{char_height}}px; line-height: {{line_height}}px;
}}}}
.{{unique_id}}-title {{{{ font: bold 16px system-ui, sans-serif }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect width="{{terminal_width}}" height="{{terminal_height}}"/>
</clipPath>
{{lines}}
</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""

Window = list[Text]  # a screen: its lines from the top


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what it is called, what it shows in a sentence, and how to get there."""

    name: str
    title: str
    told: str
    shoot: Callable[[Path], Iterator[Window]]


def _person(folder: Path, *arguments: str, rows: int = 24) -> Person:
    return Person(folder, *arguments, rows=rows, columns=COLUMNS, env=environment(folder, **COLOURS))


def dear_man(folder: Path) -> Iterator[Window]:
    """Answer the questions of the short way; take one of them, and the card."""
    with _person(folder, "dear-man") as person:
        _to_describe(person)
        person.type("Last night your phone was on the pillow until half past twelve.")
        yield from _seen(person, "half past twelve.")
        _answer(person, "Express", "alone")
        _answer(person, "Assert", "Would you leave it in the hall on weekdays?")
        _answer(person, "Reinforce", "We would both sleep better.")
        person.press("enter")
        person.see("Negotiate")
        person.press("enter")
        yield from _seen(person, "Your card")


def note(folder: Path) -> Iterator[Window]:
    """Write a sentence with an absolute word; take the coach's note."""
    with _person(folder, "dear-man") as person:
        _to_describe(person)
        person.type("You always leave the pans in the sink.")
        person.see("in the sink.")
        person.press("enter")
        yield from _seen(person, "Enter keeps it")


def ground(folder: Path) -> Iterator[Window]:
    """Take the breathing figure while it is about half its size."""
    with _person(folder, "ground") as person:
        for question, keys in (
            ("How strong is the distress right now?", ("7", "enter")),
            ("Press both feet into the floor", ("enter",)),
            ("Are you safe right now?", ("1",)),
            ("What is it like right now?", ("1",)),
            ("Do any of these fit you?", ("2",)),
        ):
            person.see(question)
            person.press(*keys)
        person.wait_for(lambda: "Breathe in  2" in person.screen, "the middle of a breath")
        yield _window(person)


def reflect(folder: Path) -> Iterator[Window]:
    """Fill the first rows of the first question of an evening."""
    with _person(folder, "reflect") as person:
        person.see("Anger")
        for number in ("3", "0", "2"):
            person.press(number, "enter")
        yield from _seen(person, "› Sadness")


def trends(folder: Path) -> Iterator[Window]:
    """Take the first screen of some weeks with made-up numbers."""
    write_weeks(folder / ".local" / "share" / "dbtcoach")
    with _person(folder, "trends", "--days", "56", rows=36) as person:
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
    lines = [_line(person, line) for line in range(person.glass.lines)]
    full = [place for place, line in enumerate(lines) if line.plain]
    return lines[full[0] : full[-1] + 1]


def _line(person: Person, row: int) -> Text:
    cells = [person.glass.buffer[row][column] for column in range(person.glass.columns)]
    runs = ((look, "".join(cell.data for cell in same)) for look, same in groupby(cells, _look))
    line = Text.assemble(*((words, look) for look, words in runs))
    line.rstrip()
    return line


def _look(cell: Any) -> Style:
    ink, ground = (f"#{name}" if len(name) == len("7cc4b8") else "default" for name in (cell.fg, cell.bg))
    return Style(
        color=ink,
        bgcolor=ground,
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse,
    )


def text_of(window: Window) -> str:
    """Return a screen as plain lines."""
    return "\n".join(line.plain for line in window)


def draw(scene: Scene, windows: list[Window]) -> str:
    """Return the picture as SVG: its screens from top to bottom."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=COLUMNS,
        force_terminal=True,
        color_system="truecolor",
        _environ={},
    )
    lines = [line for window in windows for line in (*map(Text, BETWEEN.split("\n")[1:-1]), *window)]
    for line in lines[len(BETWEEN.split("\n")) - 2 :]:
        console.print(line, no_wrap=True, crop=True)
    form = FORMAT.format(title=escape(scene.title), told=escape(scene.told))
    return console.export_svg(title="dbtcoach", theme=THEME, code_format=form, unique_id=scene.name)


SCENES = (
    Scene(
        "dear-man",
        "dbtcoach dear-man: a question, and the card",
        "Two screens. The first asks to describe what happened, only what a camera would have recorded, "
        "and somebody has typed an answer. The second is the card with the lines to say.",
        dear_man,
    ),
    Scene(
        "ground",
        "dbtcoach ground: breathing",
        "A screen that says breathe in and the seconds, a disc that has grown to about half, the time left.",
        ground,
    ),
    Scene(
        "note",
        "The coach's note on a draft",
        "The sentence You always leave the pans in the sink stands on the line, with the words You always "
        "underlined. Below it: why that may land badly, another way to say it. It can be kept as well.",
        note,
    ),
    Scene(
        "reflect",
        "dbtcoach reflect: how strong each emotion was today",
        "A question with a row for each emotion. The first three have a number, and as many of five dots are "
        "full. The fourth is the row that is written now.",
        reflect,
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
    """Draw every picture anew, or those that are named."""
    os.environ["TZ"] = "UTC"
    for scene in [scene for scene in SCENES if scene.name in sys.argv[1:] or not sys.argv[1:]]:
        with tempfile.TemporaryDirectory() as folder:
            windows = list(scene.shoot(Path(folder)))
        transcript = BETWEEN.join(text_of(window) for window in windows)
        (HERE / f"{scene.name}.svg").write_text(draw(scene, windows), "utf-8")
        (HERE / f"{scene.name}.txt").write_text(f"{transcript}\n", "utf-8")
        print(f"{scene.name}: {len(windows)} screens")


if __name__ == "__main__":
    main()

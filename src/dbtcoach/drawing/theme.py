"""How things look at a terminal: styles by meaning, and the one place that draws what Rich lays out.

No meaning hangs on a colour alone. Where the ground of the terminal is not known, words keep its own
colour, and so they do where there are sixteen colours, whose look is anybody's: bold and underline are left.
Nothing is ever dimmed, and no question is put to the terminal. Imports Rich, so it is imported late.
"""

from __future__ import annotations

import functools
import re
from io import StringIO
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.color import Color, ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from dbtcoach.cleaning import apart, clean
from dbtcoach.drawing.glyphs import Glyphs, for_encoding
from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import ConsoleOptions, RenderableType, RenderResult

Ground = Literal["dark", "light", "unknown"]
Colours = Literal["none", "256", "truecolor"]


_NARROW = 24  # columns: fewer are no room for words beside a long name


class Meaning(NamedTuple):
    """A style: its colour on a dark and on a light ground and where that is not known, and what is bold."""

    dark: str = ""
    light: str = ""
    unknown: str = ""  # reads on black and on white
    always: str = ""
    bare: str = ""  # what stands for the colour where it has none


STYLES: dict[str, Meaning] = {
    "question": Meaning("#ebedef", "#1f2328", always="bold"),
    "plain": Meaning("#d3d7dc", "#2b3138"),
    "hint": Meaning("#9aa4b2", "#57606a"),
    "key": Meaning("#ebedef", "#1f2328", bare="bold"),
    "title": Meaning("#7cc4b8", "#0b6e63", bare="bold"),
    "accent": Meaning("#7cc4b8", "#0b6e63", "#00875f"),
    "mine": Meaning("#f0d8a8", "#1f4e8c"),
    "theirs": Meaning("#c3b1e1", "#5b3f9b"),
    "note": Meaning("#e8b36b", "#8a4b00"),
    "marked": Meaning("#e8b36b", "#8a4b00", always="underline", bare="bold"),
    "good": Meaning("#9ccf9c", "#1a6333"),
    "grave": Meaning("#f2a2a2", "#a40e26", always="bold"),
    "error": Meaning("#e8b36b", "#8a4b00", always="bold"),
    "pointed": Meaning("#ebedef", "#1f2328", always="bold"),
    "chosen": Meaning("#f0d8a8", "#1f4e8c", always="bold reverse"),
    "example": Meaning("#9aa4b2", "#57606a", always="italic"),
    "inhale": Meaning("#7cc4b8", "#0b6e63", "#00875f"),
    "exhale": Meaning("#c3b1e1", "#5b3f9b", "#875fd7"),
    "track": Meaning("#6e7681", "#818a94", "#767676"),
}

DRAWN = frozenset({"inhale", "exhale", "track"})  # marks without words

_GLUE = "\ue000"  # stands for a space that no line is broken at; it never leaves this module
_NUMBER = re.compile(r"(?<=\d) (?=\d)")
_LONGEST_NUMBER = 20  # of a telephone, with its spaces
_NUMBERS = re.compile(rf"\d[\d ]{{1,{_LONGEST_NUMBER - 2}}}\d")
_DARK = ("0", "1", "2", "3", "4", "5", "6", "8")  # of the sixteen, as COLORFGBG names them


_ANY = Glyphs()
# Names that Rich's own parts use, which have colours of their own, or are dim.
_OWN = {
    "bar.back": "track",
    "bar.complete": "accent",
    "bar.finished": "accent",
    "rule.line": "accent",
    "table.header": "hint",
    "table.title": "title",
    "table.caption": "hint",
}


class Look(Frozen):
    """What a terminal can show, and on which ground."""

    ground: Ground = "unknown"
    colours: Colours = "none"
    glyphs: Glyphs = _ANY

    def words(self, text: str, style: str = "plain") -> Text:
        """Return words of anybody as this terminal can show them; telephone numbers stay in one piece."""
        shown = self.glyphs.say(apart(clean(text)))
        return Text(_NUMBERS.sub(lambda found: _NUMBER.sub(_GLUE, found[0]), shown), style)

    def ansi(self, drawn: RenderableType, width: int) -> str:
        """Return what is drawn as lines for a terminal of this width, each with its line break."""
        lines = ("".join(_escaped(segment) for segment in line) for line in self.lines(drawn, width))
        return "".join(f"{line}\n" for line in lines)

    def fragments(self, drawn: RenderableType, width: int) -> list[tuple[str, str]]:
        """Return what is drawn as a page of the prompt takes it, each line with its line break."""
        found: list[tuple[str, str]] = []
        for line in self.lines(drawn, width):
            found += [(_named(segment.style), segment.text) for segment in line]
            found.append(("", "\n"))
        return found

    def lines(self, drawn: RenderableType, width: int) -> list[list[Segment]]:
        """Return what is drawn line by line, with no spaces at the ends."""
        console = _console(self)
        drawn_lines = console.render_lines(drawn, console.options.update(width=max(1, width)), pad=False)
        return [_trimmed([self._shown(segment) for segment in line]) for line in drawn_lines]

    def style(self, name: str) -> str:
        """Return a style as a page of the prompt names it."""
        return _named(_console(self).get_style(name))

    def _shown(self, segment: Segment) -> Segment:
        return Segment(self.glyphs.say(segment.text.replace(_GLUE, " ")), segment.style)


PLAIN = Look()


def look_of(env: Mapping[str, str], wanted: str, encoding: str | None) -> Look:
    """Return what the terminal that this environment describes can show; ``wanted`` is the setting."""
    ground: Ground = "unknown"
    if wanted in ("dark", "light"):
        ground = "dark" if wanted == "dark" else "light"
    elif (behind := env.get("COLORFGBG", "").rpartition(";")[2]).isdecimal():
        ground = "dark" if behind in _DARK else "light"
    colours: Colours = "none"
    if env.get("NO_COLOR"):
        pass
    elif env.get("COLORTERM") in ("truecolor", "24bit") or env.get("WT_SESSION"):
        colours = "truecolor"
    elif "256" in env.get("TERM", ""):
        colours = "256"
    return Look(ground, colours, for_encoding(encoding))


def colour_of(name: str, ground: Ground, colours: Colours) -> Color | None:
    """Return the colour of a style as it is shown; None is the colour of the terminal."""
    chosen: str = getattr(STYLES[name], ground)
    if not chosen or colours == "none":
        return None
    colour = Color.parse(chosen)
    return colour if colours == "truecolor" else colour.downgrade(ColorSystem.EIGHT_BIT)


@functools.cache
def theme_of(ground: Ground, colours: Colours) -> Theme:
    """Return the theme for a ground, in so many colours."""
    styles: dict[str, Style] = {}
    for name, meaning in STYLES.items():
        colour = colour_of(name, ground, colours)
        attributes = Style.parse(f"{meaning.always} {'' if colour else meaning.bare}".strip() or "none")
        styles[name] = attributes + Style(color=colour)
    return Theme(styles | {own: styles[ours] for own, ours in _OWN.items()})


@functools.cache
def _console(look: Look) -> Console:
    """Return a console that draws into memory, and asks neither the terminal nor the environment."""
    return Console(
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        theme=theme_of(look.ground, look.colours),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        no_color=False,
        width=80,
        height=24,
        _environ={},
    )


def _trimmed(line: list[Segment]) -> list[Segment]:
    """Return a line without the spaces at its end."""
    while line and not line[-1].text.rstrip(" "):
        line = line[:-1]
    return [*line[:-1], Segment(line[-1].text.rstrip(" "), line[-1].style)] if line else []


def _escaped(segment: Segment) -> str:
    return segment.style.render(segment.text) if segment.style else segment.text


@functools.cache
def _named(style: Style | None) -> str:
    """Return a style of Rich as prompt_toolkit writes it."""
    if style is None:
        return ""
    names = [
        name
        for name, given in (
            ("bold", style.bold),
            ("italic", style.italic),
            ("underline", style.underline),
            ("reverse", style.reverse),
        )
        if given
    ]
    colours = [
        f"{place}{colour.get_truecolor().hex}"
        for place, colour in (("", style.color), ("bg:", style.bgcolor))
        if colour is not None and not colour.is_default
    ]
    return " ".join([*colours, *names])


class Hung(Frozen):
    """Words behind a mark, their further lines under the first of them."""

    mark: Text
    words: RenderableType
    deeper: int = 0  # columns by which the further lines stand to the right of it

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        indent = self.mark.cell_len + self.deeper
        if (
            2 * indent > options.max_width and options.max_width - indent < _NARROW
        ):  # too narrow for it: one above the other
            yield from (self.mark, self.words)
            return
        room = options.update(width=max(1, options.max_width - indent))
        for number, line in enumerate(console.render_lines(self.words, room, pad=False)):
            if number:
                yield Segment(" " * indent)
            else:
                yield from self.mark.render(console)
            yield from line
            yield Segment.line()

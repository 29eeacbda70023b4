"""What is drawn can be read on every ground, and says what it says without colour."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from docs.colours import GROUNDS, READABLE, SEEN, contrast, figures, page
from prompt_toolkit.formatted_text import FormattedText, fragment_list_to_text
from rich.console import Group

from dbtcoach.drawing.glyphs import Glyphs
from dbtcoach.drawing.theme import DRAWN, STYLES, Colours, Ground, Look, look_of, theme_of
from dbtcoach.terminal.styles import looks_of

LOOKS = [Look(ground, colours) for ground in get_args(Ground) for colours in get_args(Colours)]
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_words_can_be_read_on_every_ground_and_nothing_is_dim(look: Look) -> None:
    shown = figures(look.ground, look.colours)
    for name, (_colour, behind) in shown.items():
        assert min(behind) >= (SEEN if name in DRAWN else READABLE), name
    theme = theme_of(look.ground, look.colours)
    assert not any(theme.styles[name].dim or theme.styles[name].blink for name in STYLES)
    assert (look.colours == "none") == (not shown)


def test_where_the_ground_is_not_known_words_have_the_colour_of_the_terminal() -> None:
    assert set(figures("unknown", "truecolor")) == {"accent", "track", "inhale", "exhale"}
    assert set(figures("dark", "truecolor")) == set(figures("light", "256")) == set(STYLES)


def test_without_colour_the_marked_words_are_told_apart() -> None:
    bare = theme_of("dark", "none").styles
    for name in ("question", "key", "title", "marked", "grave", "error", "pointed", "chosen"):
        style = bare[name]
        assert style.bold or style.underline, name
        assert style.color is None
    assert not bare["hint"].bold


def test_the_contrast_is_what_the_standard_computes() -> None:
    from rich.color import Color

    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#ffffff")) == pytest.approx(4.54, abs=0.01)
    assert {len(grounds) for grounds in GROUNDS.values()} == {2}


def test_the_page_of_colours_is_the_one_that_is_shipped() -> None:
    assert (DOCS / "colours.md").read_text("utf-8") == page()


@pytest.mark.parametrize(
    ("env", "wanted", "ground", "colours"),
    [
        ({}, "auto", "unknown", "none"),
        ({"TERM": "linux"}, "dark", "dark", "none"),
        ({"TERM": "xterm-256color"}, "auto", "unknown", "256"),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;0"}, "auto", "dark", "256"),
        (
            {"TERM": "rxvt", "COLORFGBG": "0;default;15", "COLORTERM": "truecolor"},
            "auto",
            "light",
            "truecolor",
        ),
        ({"COLORFGBG": "15;0", "COLORTERM": "24bit"}, "light", "light", "truecolor"),
        ({"COLORFGBG": "default;default", "COLORTERM": "24bit"}, "auto", "unknown", "truecolor"),
        ({"NO_COLOR": "1", "COLORTERM": "24bit"}, "dark", "dark", "none"),
        ({"NO_COLOR": "", "COLORTERM": "24bit"}, "dark", "dark", "truecolor"),
    ],
)
def test_the_setting_and_the_environment_say_what_can_be_shown(
    env: dict[str, str], wanted: str, ground: str, colours: str
) -> None:
    found = look_of(env, wanted, "utf-8")
    assert (found.ground, found.colours, found.glyphs.unicode) == (ground, colours, True)
    assert not look_of(env, wanted, "latin-1").glyphs.unicode


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_page_and_a_print_show_the_same_words_in_the_same_colours(look: Look) -> None:
    drawn = Group(*(look.words(f"the words of {name}", name) for name in STYLES))
    fragments = look.fragments(drawn, 40)
    printed = look.ansi(drawn, 40)
    plain = "".join(f"the words of {name}\n" for name in STYLES)
    assert fragment_list_to_text(FormattedText(fragments)) == plain
    for name, (style, words) in zip(STYLES, (part for part in fragments if part[1] != "\n"), strict=True):
        attrs = looks_of(look).get_attrs_for_style_str(style)
        assert style == look.style(name)
        assert words in printed
        if attrs.color and look.colours == "truecolor":
            red, green, blue = (int(attrs.color[place : place + 2], 16) for place in (0, 2, 4))
            assert f"38;2;{red};{green};{blue}m{words}" in printed


@pytest.mark.parametrize("evil", ["[bold]a[/bold]", ":smile:", "\x1b[2Ja\u202e", "[link=http://a]b[/link]"])
def test_what_a_person_writes_is_words_and_nothing_else(evil: str) -> None:
    look = Look("dark", "truecolor")
    assert fragment_list_to_text(FormattedText(look.fragments(look.words(evil), 60))).strip() == (
        evil.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
    )


def test_a_telephone_number_stays_in_one_piece() -> None:
    look = Look(glyphs=Glyphs(unicode=False))
    assert look.ansi(look.words("call 0800 111 0 111 now"), 16) == "call\n0800 111 0 111\nnow\n"
    assert look.ansi(look.words("“2 0 3 1 0 2 0 3 1 0 2 0 3”"), 22).isascii()

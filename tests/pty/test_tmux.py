"""A real terminal's own memory: in tmux, neither the screen nor what was scrolled out of it holds words."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import PATIENCE, environment, settle, squeezed
from tests.shell import home_of

from dbtcoach.disk.home import Home
from dbtcoach.journal.plan import Part, save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]

WORDS = "words for nobody else"


class Tmux:
    """A tmux of its own with one window in which a plain shell runs."""

    def __init__(self, folder: Path, rows: int = 24, columns: int = 80) -> None:
        self.socket = str(folder / "tmux")
        self.env = environment(folder, TERM="screen-256color")
        self.run(
            "-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", str(columns), "-y", str(rows),
            "env PS1='ready> ' sh -i",
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        """Run a tmux command and return what it prints."""
        command = ["tmux", "-S", self.socket, *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=True)
        return done.stdout

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then press keys by tmux's names."""
        if text:
            self.run("send-keys", "-t", "s", "-l", text)
        for key in keys:
            self.run("send-keys", "-t", "s", key)

    def screen(self) -> str:
        """Return what stands on the screen."""
        return self.run("capture-pane", "-p", "-t", "s")

    def memory(self) -> str:
        """Return the screen and everything that was scrolled out of it."""
        return self.run("capture-pane", "-p", "-S", "-", "-t", "s")

    def see(self, text: str) -> None:
        """Wait until a text can be read."""
        until = time.monotonic() + PATIENCE
        while squeezed(text) not in squeezed(self.screen()):
            assert time.monotonic() < until, f"never seen: {text!r}\n{self.screen()}"

    def is_alternate(self) -> bool:
        """Say whether the alternate screen is up."""
        return self.run("display-message", "-p", "-t", "s", "#{alternate_on}").strip() == "1"


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    settle(tmp_path / ".local" / "share" / "dbtcoach")
    window = Tmux(tmp_path)
    yield window
    window.run("kill-server")


FAMILY = (
    "\U0001f469\u200d\U0001f469\u200d\U0001f467"  # one picture in two columns; six where they are counted
)


def test_words_beside_joined_emoji_are_whole_when_the_page_is_scrolled(tmux: Tmux, tmp_path: Path) -> None:
    lines = tuple(f"{FAMILY} and we go there {n}" if n % 2 else f"an evening at home {n}" for n in range(24))
    save(Home(str(home_of(tmp_path))), (Part("alone", "Alone", lines),))
    tmux.see("ready>")
    tmux.type("dbtcoach plan", "Enter")
    tmux.see("PageUp: more above")
    for key in ("PageUp", "PageUp", "PageDown"):
        before = tmux.screen()
        tmux.type("", key)
        until = time.monotonic() + PATIENCE
        while (screen := tmux.screen()) == before or "more" not in screen:
            assert time.monotonic() < until, screen
        words = [" ".join(line.split()[-6:]) for line in screen.splitlines() if line.lstrip().startswith("-")]
        assert words
        for line in words:
            assert re.search(r"and we go there \d+$|an evening at home \d+$", line), screen


def begin(tmux: Tmux) -> None:
    tmux.see("ready>")
    tmux.type("seq 100; dbtcoach dear-man; echo code=$?", "Enter")
    tmux.see("How strong is the distress right now?")
    tmux.type("4", "Enter")
    tmux.see("Are you afraid")
    tmux.type("1")
    tmux.see("What do you want to do?")
    tmux.type("1")
    tmux.see("Describe:")
    tmux.type(WORDS, "Enter")
    tmux.see("Express:")
    assert tmux.is_alternate()


def test_leaving_leaves_no_words_on_the_screen_or_above_it(tmux: Tmux) -> None:
    begin(tmux)
    tmux.type("", "C-c")
    tmux.see("code=130")
    assert not tmux.is_alternate()
    memory = tmux.memory()
    assert WORDS not in memory
    assert "Express:" not in memory
    assert "DEAR MAN" not in memory
    assert "\n50\n" in memory  # what was there before is there again


def test_without_an_alternate_screen_no_words_stay_either(tmux: Tmux) -> None:
    tmux.run("set-option", "-g", "alternate-screen", "off")
    tmux.see("ready>")
    tmux.type("dbtcoach ground; echo code=$?", "Enter")
    tmux.see("How strong")
    tmux.type("4", "Enter")
    tmux.see("Space pauses")
    tmux.type("", "Enter")
    tmux.see("Shift-Tab back")  # the key that tmux lets through
    tmux.type("", "BTab")
    tmux.see("Space pauses")
    tmux.type("", "BTab")
    tmux.see("[4]")
    tmux.type("", "C-c")
    tmux.see("code=130")
    memory = tmux.memory()
    assert "How strong" not in memory
    assert "Shift-Tab back" not in memory


def test_a_storm_of_new_sizes_breaks_nothing(tmux: Tmux) -> None:
    tmux.see("ready>")
    tmux.type("dbtcoach ground; echo code=$?", "Enter")
    tmux.see("How strong")
    for number in range(60):
        tmux.run(
            "resize-window", "-t", "s", "-x", str(20 + number * 37 % 90), "-y", str(5 + number * 13 % 40)
        )
    tmux.run("resize-window", "-t", "s", "-x", "80", "-y", "24")
    tmux.type("4", "Enter")
    tmux.see("Space pauses")
    tmux.type("", "C-q")
    tmux.see("code=0")

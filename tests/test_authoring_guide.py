"""The guide for authors: what it tells people to type is typed, and what it shows is what they get."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person, environment, settle

from dbtcoach.coach.model import KINDS
from dbtcoach.coach.review import review
from dbtcoach.script import facts
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.decode import decode
from dbtcoach.script.link import link
from dbtcoach.script.scenes import decode_scenes
from dbtcoach.script.steps import _READERS
from dbtcoach.sitting.rule_loading import load_rules

if TYPE_CHECKING:
    from dbtcoach.script.model import Exercise

GUIDE = Path(__file__).parents[1] / "docs" / "authoring.md"
BLOCK = re.compile(
    r"(?:<!-- (?P<mark>[^\n]*) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
OWN = ".local/share/dbtcoach/exercises"
HOME = "/home/you"  # how the guide calls the home folder
AT_A_TERMINAL = re.compile(
    r"dbtcoach (?P<arguments>(?:exercises preview )?[a-z-]+(?: --(?:plain|short))?)(?<!help)(?<!list)"
)
FIRST_WORDS = {
    "evening-walk": "How strong is the distress right now?",
    "evening-walk --short": "To the corner and back.",
    "calm-corner": "Sit in the corner.",
}
RECEIVED = "format: 1\nname: calm-corner\ntitle: Calm corner\nsummary: A corner.\nsteps:\n"
RECEIVED += "  - {id: sit, type: say, message: Sit in the corner.}\n"


@dataclass(frozen=True)
class Block:
    kind: str
    mark: str
    text: str
    line: int


@cache
def blocks() -> tuple[Block, ...]:
    text = GUIDE.read_text("utf-8")
    return tuple(
        Block(at["kind"], at["mark"] or "", at["text"], text[: at.start()].count("\n") + 1)
        for at in BLOCK.finditer(text)
    )


@dataclass
class Therapist:
    """Somebody who follows the guide from top to bottom, with a home folder of their own."""

    home: Path
    heard: str = ""

    def type(self, line: str) -> None:
        if AT_A_TERMINAL.fullmatch(line):
            self.sit_down(line.removeprefix("dbtcoach "))
            return
        done = subprocess.run(
            ["sh", "-ec", line],
            cwd=self.home,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
        )
        self.heard += (done.stdout + done.stderr).replace(str(self.home), HOME)
        refused = "Please choose another name." in done.stderr
        assert done.returncode == (2 if refused else 0), f"{line}\n{done.stderr}"

    def sit_down(self, arguments: str) -> None:
        words = FIRST_WORDS[arguments.removeprefix("exercises preview ").removesuffix(" --plain")]
        with Person(self.home, *arguments.split()) as person:
            person.see(words)
            person.press("ctrl-c")
            assert person.wait_exit() == 130

    def save(self, name: str, text: str) -> None:
        path = self.home / OWN / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def check(self, name: str) -> str:
        done = subprocess.run(
            ["dbtcoach", "exercises", "check", name],
            cwd=self.home,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3
        assert done.stdout == ""
        return done.stderr


@pytest.mark.pty
def test_what_the_guide_says_is_what_happens(tmp_path: Path) -> None:
    settle(tmp_path / ".local/share/dbtcoach")
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads/calm-corner.yaml").write_text(RECEIVED, "utf-8")
    therapist = Therapist(tmp_path)
    for block in blocks():
        place = f"{GUIDE.name}:{block.line}"
        match block.kind, block.mark.partition(": ")[0]:
            case "sh", "":
                therapist.heard = ""
                for line in block.text.splitlines():
                    therapist.type(line)
            case "text", "output":
                assert therapist.heard == block.text, place
            case "yaml", "file":
                therapist.save(block.mark.partition(": ")[2], block.text)
            case "text", "check":
                assert therapist.check(block.mark.partition(": ")[2]) == block.text, place
            case "yaml", "" | "frame" | "scenes" | "coach":
                pass  # read by the tests below
            case _:
                pytest.fail(f"{place}: no test reads this block")


def looked_up() -> tuple[str, list[str]]:
    """The head that the guide declares, and the steps that it says may stand below it."""
    head = next(block.text for block in blocks() if block.mark == "frame")
    return head, [block.text for block in blocks() if block.kind == "yaml" and not block.mark]


def reads(source: str) -> Exercise:
    return link(decode(source, "looking-up.yaml"), Catalogue(shipped_folder()).decode)


def test_every_example_can_stand_below_the_ones_before_it() -> None:
    source, fragments = looked_up()
    assert len(fragments) >= 15
    for fragment in fragments:
        assert fragment.startswith("  - id: ")
        source += fragment
        reads(source)


def test_every_kind_of_step_has_an_example_and_a_heading() -> None:
    head, fragments = looked_up()
    shown = set(re.findall(r"^ +type: (\w+)$", head + "".join(fragments), re.MULTILINE))
    headings = set(re.findall(r"^### (\w+): ", GUIDE.read_text("utf-8"), re.MULTILINE))
    assert shown == headings == set(_READERS)


def test_every_fact_and_every_kind_of_text_is_named() -> None:
    cells = set(re.findall(r"^\| `([^`]+)` \|", GUIDE.read_text("utf-8"), re.MULTILINE))
    named = {cell[2:-1] for cell in cells if cell.startswith("${")}
    assert set(facts.NAMES) <= named
    assert all(facts.is_fact(name) for name in named)
    assert {cell for cell in cells if not cell.startswith("${")} == set(KINDS)


def test_the_scenes_can_be_drawn() -> None:
    marked = [block for block in blocks() if block.mark.startswith("scenes: ")]
    assert [scene.id for block in marked for scene in decode_scenes(block.text, "at-work.yaml")] == [
        "deadline"
    ]


def test_the_rule_of_ones_own_does_what_it_says(tmp_path: Path) -> None:
    (block,) = (block for block in blocks() if block.mark.startswith("coach: "))
    (tmp_path / "coach").mkdir()
    (tmp_path / "coach" / block.mark.removeprefix("coach: ")).write_text(block.text, "utf-8")
    rules = load_rules(tmp_path)
    (rule,) = (rule for rule in rules.rules if rule.id == "my-last-message")
    without = load_rules(None)
    for text, noted in ((rule.fails[0], ["sarcasm"]), (rule.passes[0], [])):
        assert [note.rule for note in review(text, "message", rules).notes] == noted
        assert review(text, "message", without).notes == ()


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_place_in_the_guide_that_is_linked_to_exists() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE.read_text("utf-8")):
        if target.startswith("https:"):
            continue
        name, _, anchor = target.partition("#")
        page = GUIDE.parent / name if name else GUIDE
        assert page.exists()
        assert not anchor or anchor in anchors_of(page)

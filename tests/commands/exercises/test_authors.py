"""Authors' tools as an author meets them: the installed program, run from a shell."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person
from tests.shell import entries, home_of, run

from dbtcoach.script.catalogue import Catalogue, shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = sorted(Catalogue(shipped_folder()).paths())
PREVIEWED = {"validate-drill": "1\n1\n1\nx\n", "reflect": "1 1 1 1 1\n:end\n", "dear-man": "5\n:end\n"}
BODY = "steps:\n  - {id: a, type: text, message: What is it?}\n"


def own(folder: Path, name: str, head: str = "") -> Path:
    """Put an exercise into the folder of own ones."""
    path = home_of(folder) / "exercises" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"format: 1\nname: {name}\ntitle: Mine\nsummary: Of my own.\n{head}{BODY}", "utf-8")
    return path


def prints_of(folder: Path) -> dict[str, str]:
    """What is in a folder, by path: a change of any byte shows."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def practised(help_text: str) -> dict[str, str]:
    """The commands below “Practise” and “More to practise”, with what is said of them."""
    section = "\n".join(
        help_text.partition(f"{title}:\n")[2].partition("\n\n")[0]
        for title in ("Practise", "More to practise")
    )
    return dict(re.findall(r"^  ([a-z-]+) +(.+)$", section, re.MULTILINE))


def test_a_new_exercise_is_a_command_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, "exercises", "new", "evening-walk")
    assert done.returncode == 0
    assert done.stdout == f"{home_of(tmp_path) / 'exercises' / 'evening-walk.yaml'}\n"
    assert "dbtcoach evening-walk" in done.stderr
    assert practised(run(tmp_path, "--help").stdout)["evening-walk"] == "One line that says what it is for."
    assert "One line that says what it is for." in run(tmp_path, "evening-walk", "--help").stdout
    played = run(tmp_path, "evening-walk", "--answers", "-", typed="before: 4\nnotice: Cold hands\n")
    assert played.returncode == 0, played.stderr
    assert [entry["exercise"] for entry in entries(tmp_path)] == ["evening-walk"]


@pytest.mark.parametrize("name", ["ground", "exercises", "log", "Walk", "../x"])
def test_a_name_that_is_taken_or_none_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "exercises", "new", name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "choose another name" in done.stderr or "A name is made of" in done.stderr
    assert not (home_of(tmp_path) / "exercises").exists()


def test_a_broken_one_breaks_only_itself_and_the_help_says_so(tmp_path: Path) -> None:
    own(tmp_path, "sound")
    own(tmp_path, "torn").write_text("format: 1\nname: torn\nsteps: [\n", "utf-8")
    own(tmp_path, "data")
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    said = practised(done.stdout)
    assert said["sound"] == "Of my own."
    assert said["torn"] == said["data"] == "Broken. See: dbtcoach exercises check"
    assert set(SHIPPED) - {name for name in SHIPPED if name.count("-") and name != "dear-man"} <= set(said)
    assert run(tmp_path, "torn").returncode == 3
    assert run(tmp_path, "sound", "--answers", "-", typed="a: x\n").returncode == 0
    assert run(tmp_path, "pause", "--answers", "-", typed="before: 1\n").returncode == 0
    assert "journal" in run(tmp_path, "data", "where").stdout
    listed = run(tmp_path, "exercises", "list")
    assert listed.returncode == 0
    assert "torn.yaml:4:1: this is not valid YAML" in listed.stdout
    check = run(tmp_path, "exercises", "check")
    assert check.returncode == 3
    assert "'data' is a command of dbtcoach" in check.stderr
    assert "sound" not in check.stderr


@pytest.mark.parametrize(
    "head",
    ["", "option: Bad One\n", "option: json\n"],
)
def test_a_broken_variant_leaves_the_exercise_it_is_one_of_alone(tmp_path: Path, head: str) -> None:
    own(tmp_path, "pause-mine", f"variant_of: pause\n{head}")
    assert run(tmp_path, "pause", "--help").stdout.count("--json") == 1
    assert run(tmp_path, "pause", "--answers", "-", "--json", typed="before: 1\n").returncode == 0
    assert run(tmp_path, "exercises", "check").returncode == 3


def test_a_variants_option_that_is_taken_stays_with_its_owner(tmp_path: Path) -> None:
    own(tmp_path, "dear-man-mine", "variant_of: dear-man\noption: after\n")
    done = run(tmp_path, "dear-man", "--after", "--answers", "-", typed="afraid: no\n")
    assert done.returncode == 0, done.stderr
    assert [entry["exercise"] for entry in entries(tmp_path)] == ["dear-man-after"]
    check = run(tmp_path, "exercises", "check", "dear-man-mine")
    assert check.returncode == 3
    assert "has an option --after from 'dear-man-after' already; choose another" in check.stderr


def test_a_variant_of_ones_own_is_an_option_at_once(tmp_path: Path) -> None:
    own(tmp_path, "ground-quick", "variant_of: ground\noption: quick\n")
    assert "--quick" in run(tmp_path, "ground", "--help").stdout
    assert run(tmp_path, "ground", "--quick", "--answers", "-", typed="a: x\n").returncode == 0
    assert [entry["exercise"] for entry in entries(tmp_path)] == ["ground-quick"]


def test_an_own_exercise_cannot_take_a_shipped_ones_place(tmp_path: Path) -> None:
    own(tmp_path, "pause")
    assert "Of my own." not in run(tmp_path, "--help").stdout
    check = run(tmp_path, "exercises", "check")
    assert check.returncode == 3
    assert "'pause' is a shipped exercise, so this file is not used" in check.stderr


def test_what_does_not_exist_is_named_with_what_comes_near(tmp_path: Path) -> None:
    own(tmp_path, "evening-walk")
    for command in ("preview", "print"):
        done = run(tmp_path, "exercises", command, "evening-wlk")
        assert done.returncode == 2
        assert "did you mean 'evening-walk'?" in done.stderr
    done = run(tmp_path, "exercises", "check", "evening-wlk")
    assert done.returncode == 2
    assert "did you mean 'evening-walk'?" in done.stderr


def test_a_summary_from_elsewhere_cannot_draw_on_the_screen(tmp_path: Path) -> None:
    path = own(tmp_path, "drawn")
    path.write_text(path.read_text("utf-8").replace("Of my own.", "\x1b[2J\u202egone"), "utf-8")
    for arguments in (["--help"], ["exercises", "list"], ["drawn", "--help"]):
        done = run(tmp_path, *arguments)
        assert "\x1b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout + done.stderr


@pytest.mark.pty
@pytest.mark.parametrize("arguments", [["--help"], ["drawn", "--help"], ["pause", "--help"]])
def test_nor_in_the_help_at_a_terminal(tmp_path: Path, arguments: list[str]) -> None:
    path = own(tmp_path, "drawn")
    path.write_text(path.read_text("utf-8").replace("Of my own.", "\x1b[2Jgone"), "utf-8")
    more = own(tmp_path, "pause-drawn", "variant_of: pause\noption: drawn\n")
    more.write_text(more.read_text("utf-8").replace("Of my own.", "\x1b[2Jgone"), "utf-8")
    with Person(tmp_path, *arguments) as person:
        assert person.wait_exit() == 0
        assert b"gone" in person.raw or arguments == ["--help"]
        assert b"\x1b[2J" not in person.raw


def test_a_preview_saves_nothing_and_asks_nothing_about_saving(tmp_path: Path) -> None:
    own(tmp_path, "mine")
    before = prints_of(tmp_path)
    done = run(tmp_path, "exercises", "preview", "mine", "--plain", typed="a word\n", known=False)
    assert done.returncode == 0
    assert "What is it?" in done.stdout
    assert "Who uses this computer?" not in done.stdout
    assert "Nothing was kept." in done.stderr
    assert prints_of(tmp_path) == before


@pytest.mark.parametrize("name", PREVIEWED)
def test_a_preview_of_a_shipped_one_leaves_the_home_as_it_was(tmp_path: Path, name: str) -> None:
    run(tmp_path, "pause", "--answers", "-", typed="before: 1\n")
    before = prints_of(tmp_path)
    typed = PREVIEWED[name]
    done = run(tmp_path, "exercises", "preview", name, "--plain", typed=typed)
    assert done.returncode in (0, 130)
    assert prints_of(tmp_path) == before


@pytest.mark.pty
def test_a_preview_at_a_terminal_leaves_no_draft(tmp_path: Path) -> None:
    own(tmp_path, "mine")
    with Person(tmp_path, "exercises", "preview", "mine", known=False) as person:
        person.see("What is it?")
        person.type("half a thought")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert not (person.home / "drafts").exists()
        assert not (person.home / "state.json").exists()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_exercise_can_be_printed(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "exercises", "print", name, known=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "<h1>" in done.stdout
    assert "<h2>1. " in done.stdout
    assert "${" not in done.stdout
    assert not home_of(tmp_path).exists()


def test_the_list_names_every_shipped_one_by_its_command(tmp_path: Path) -> None:
    done = run(tmp_path, "exercises", "list", known=False)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(SHIPPED)
    assert "[" not in done.stdout  # only an own one says where it lies
    names = [line.split("  ")[0] for line in done.stdout.splitlines()]
    assert names == sorted(names)  # an exercise, then its variants
    for command in ("pause ", "dear-man --after ", "validate --drill ", "together "):
        assert any(line.startswith(command) for line in done.stdout.splitlines())

"""``config.yaml``: what is right in it holds, and what is wrong is named, whatever else is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pty.person import Person, settle
from tests.shell import home_of, run

from dbtcoach.disk.home import Home
from dbtcoach.script.day_rows import OwnRow
from dbtcoach.world.own_rows import MOST, named
from dbtcoach.world.settings import (
    MOST_ROWS,
    MOST_TOLD,
    Settings,
    decode_settings,
    read_settings,
    with_setting,
)
from dbtcoach.world.written_rows import with_own_rows


def decoded(text: str) -> Settings:
    return decode_settings(text.encode("utf-8", "surrogateescape"), "c")


def test_every_good_key_holds_beside_every_bad_one() -> None:
    found = decoded(
        "plain: true\nanimation: flase\ncoach: false\nsave: true\ncountry: [GB]\n"
        "urges: [smoke, smoke]\nrows: [sleep]\nemotoins: [envy]\n"
    )
    assert (found.plain, found.animation, found.coach, found.save) == (True, True, False, True)
    assert (found.country, found.urges, found.rows) == ("", ("smoke",), (named("sleep"),))
    assert found.problems == (
        "c:2:12: expected true or false",
        "c:5:10: expected a text",
        "c:6:16: this name is given twice",
        "c:8:1: unknown key 'emotoins'; did you mean 'emotions'?",
    )
    assert not found.unsure


@pytest.mark.parametrize(
    "broken", ["rows: [", "x: y: z", "rows: &a [b]", "\x1b", "\udcff", "- a\nb: c", "rows: " + "x" * 70_000]
)
def test_plain_lines_hold_in_a_file_that_is_no_yaml(broken: str) -> None:
    begun = "plain: true  # for the screen reader\ncountry: IE\nanimation: false\nbell: true\ntheme: light\n"
    found = decoded(f"{begun}{broken}\n")
    assert (found.plain, found.country, found.animation, found.coach) == (True, "IE", False, True)
    assert found.bell
    assert found.theme == "light"
    assert (decoded("").theme, decoded("theme: dark\n").theme) == ("auto", "dark")
    assert decoded("theme: drak\n").problems == ("c:1:8: unknown theme 'drak'; did you mean 'dark'?",)
    assert decoded("bell: true\n").bell
    assert (found.save, found.unsure) == (False, True)
    assert found.problems[0].startswith("c:")


def test_what_is_indented_or_quoted_is_not_taken_from_a_file_that_is_no_yaml() -> None:
    found = decoded('country: "[/bold]"\nrows:\n  plain: true\n  [')
    assert found.plain is False
    assert found.country == ""


@pytest.mark.parametrize(
    "text",
    [
        "save: maybe",
        "sav: true",
        "save: true\nsave: false",
        "save: true\nsaves: false",
        "save: [true]",
        "save:",
    ],
)
def test_nothing_is_kept_where_the_file_may_say_so(text: str) -> None:
    found = decoded(text)
    assert (found.save, found.unsure) == (False, True)
    assert len(found.problems) == 1


@pytest.mark.parametrize("text", ["plane: true", "plain: maybe", "plain: true\nplain: false", "rows: 3"])
def test_what_is_wrong_elsewhere_does_not_decide_about_saving(text: str) -> None:
    found = decoded(text)
    assert (found.save, found.unsure, len(found.problems)) == (None, False, 1)
    assert decoded(f"{text}\nsave: false").save is False


@pytest.mark.parametrize("text", ["", "\n \n", "# plain: true\n", "# a\n\n  # b"])
def test_a_file_without_a_key_is_as_none(text: str) -> None:
    assert decoded(text) == Settings()


@pytest.mark.parametrize(("key", "most"), [("rows", MOST), ("emotions", MOST_ROWS), ("urges", MOST_ROWS)])
def test_so_many_rows_of_thirty_letters_are_taken_and_no_more(key: str, most: int) -> None:
    names = [f"{number}".ljust(30, "x") for number in range(most)]
    found = decoded(f"{key}: {names}")
    wanted = tuple(map(named, names)) if key == "rows" else tuple(names)
    assert (getattr(found, key), found.problems) == (wanted, ())
    assert len(decoded(f"{key}: {[*names, 'more']}").problems) == 1
    assert len(decoded(f"{key}: [{names[0]}y]").problems) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{name: a, gruop: body}", "c:2:15: unknown key 'gruop'; did you mean 'group'?"),
        ("{name: a, group: bodi}", "c:2:22: unknown group 'bodi'; did you mean 'body'?"),
        ("{name: a, kind: cuont}", "c:2:21: unknown kind 'cuont'; did you mean 'count'?"),
        ("{group: body}", "c:2:5: 'name' is missing"),
        ("{name: a, kind: text, max: 3}", "c:2:32: 'max' belongs to a number"),
        ("{name: a, min: 3, max: 3}", "c:2:28: 'max' must be larger than 'min'"),
        ("{name: a, group: urges, max: 3}", "c:2:34: a row of urges has its own scale, so no 'max'"),
        ("{name: a, unit: far too many letters}", "c:2:21: a unit has at most 12 letters"),
        ("{name: A}\n  - a", "c:3:5: this name is given twice"),
    ],
)
def test_what_is_wrong_in_a_row_is_named_with_its_line(row: str, said: str) -> None:
    assert decoded(f"rows:\n  - {row}\n").problems == (said,)


def test_rows_are_written_and_every_other_line_stays() -> None:
    before = "plain: true # why\nurges: [a,\n  b]\nrows:\n- c\n# mine\ncountry: IE"
    rows = (OwnRow('Sl"eep', "body", high=24, unit="hours"), OwnRow("Lied", "acts", "yes/no", daily=False))
    changed = with_own_rows(before.encode(), rows, shipped=False)
    assert changed is not None
    assert changed.startswith(b"plain: true # why\n# mine\ncountry: IE\n")
    found = decode_settings(changed, "c")
    assert (found.rows, found.shipped_rows, found.urges, found.problems) == (rows, False, (), ())
    assert with_own_rows(changed, (), shipped=True) == b"plain: true # why\n# mine\ncountry: IE\n"
    assert with_own_rows(b"{plain: true}\n", rows, shipped=False) is None


def test_a_few_problems_are_told_and_the_rest_counted() -> None:
    found = decoded("".join(f"k{number}: 1\n" for number in range(MOST_TOLD + 2)))
    assert len(found.problems) == MOST_TOLD + 1
    assert found.problems[-1] == "… and 2 more"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "country: IE\n"),
        ("# mine\nplain: true # why\n", "# mine\nplain: true # why\ncountry: IE\n"),
        ("plain: true", "plain: true\ncountry: IE\n"),
        ("plain: true\r\n", "plain: true\r\ncountry: IE\r\n"),
        ("country: GB # home\nplain: true\n", "country: IE # home\nplain: true\n"),
        ("country: 'GB'\nplain: true", "country: IE\nplain: true"),
        ('country:   "#1"   # odd\r\n', "country: IE   # odd\r\n"),
        ("country:\nplain: true\n", "country: IE\nplain: true\n"),
        ("rows: [country]\n", "rows: [country]\ncountry: IE\n"),
        ("plane: true\n", "plane: true\ncountry: IE\n"),
    ],
)
def test_a_country_is_written_and_every_other_byte_stays(before: str, after: str) -> None:
    assert with_setting(before.encode(), "country", "IE") == after.encode()


@pytest.mark.parametrize(
    "text",
    [
        "{plain: true}\n",
        "rows: [\n",
        "plain: true\n...\n",
        "country: |\n  GB\n",
        "country:\n  - GB\n",
        "\udcff: 1\n",
    ],
)
def test_a_country_is_not_written_where_the_file_would_mean_something_else(text: str) -> None:
    assert with_setting(text.encode("utf-8", "surrogateescape"), "country", "IE") is None


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()
    found = read_settings(Home(str(tmp_path)))
    assert (found.save, found.unsure) == (False, True)
    assert found.problems[0].startswith(f"{tmp_path / 'config.yaml'} is a folder, not a file")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which none can be made")
def test_a_home_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "-", typed="before: 3\n", env={"DBTCOACH_HOME": "/proc/none"})
    assert done.returncode == 1
    assert "set DBTCOACH_HOME to another folder" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["log", "list"],
        ["trends"],
        ["help-now"],
        ["pause", "--answers", "-"],
        ["reflect", "--plain"],
    ],
)
def test_every_command_that_reads_it_says_what_is_wrong_once(tmp_path: Path, command: list[str]) -> None:
    settle(home_of(tmp_path))
    assert run(tmp_path, "pause", "--answers", "-", typed="before: 3\n").returncode == 0
    before = run(tmp_path, *command, typed="before: 3\n")
    (home_of(tmp_path) / "config.yaml").write_text("plain: true\nanimation: flase\n", "utf-8")
    done = run(tmp_path, *command, typed="before: 3\n")
    assert done.stderr.count("config.yaml:2:12: expected true or false") == 1
    assert done.stderr.count("config.yaml") == 1
    assert done.returncode == before.returncode


def test_json_stays_json_beside_it(tmp_path: Path) -> None:
    (home_of(tmp_path)).mkdir(parents=True)
    (home_of(tmp_path) / "config.yaml").write_text("plane: true\n", "utf-8")
    assert run(tmp_path, "log", "list", "--json").stdout == "[]\n"


@pytest.mark.pty
def test_the_door_stays_plain_beside_a_typing_error_and_says_so(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text("plain: true\nanimation: flase\n", "utf-8")
    with Person(tmp_path) as person:
        person.see("config.yaml:2:12: expected true or false", "What is going on right now?")
        person.press("ctrl-d")
        assert person.wait_exit() == 130
        assert b"\x1b" not in person.raw


@pytest.mark.pty
def test_who_has_a_screen_of_its_own_sees_it_afterwards(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text("animation: flase\n", "utf-8")
    with Person(tmp_path, "pause") as person:
        person.see("How strong is the distress right now?")
        assert "config.yaml" not in person.screen
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.screen.count("config.yaml:1:12: expected true or false") == 1


@pytest.mark.parametrize(
    "line",
    [
        "SAVE: false",
        "\uff53\uff41\uff56\uff45: false",
        "keep: false",
        "no_journal: true",
        "Saving: off",
        "drafts: no",
    ],
)
def test_what_looks_like_a_wish_not_to_keep_keeps_nothing(line: str) -> None:
    found = decode_settings(f"plain: true\n{line}\n".encode(), "config.yaml")
    assert (found.plain, found.save, found.unsure) == (True, False, True)


def test_another_unknown_key_says_nothing_about_keeping() -> None:
    found = decode_settings(b"colour: blue\n", "config.yaml")
    assert (found.save, found.unsure) == (None, False)


@pytest.mark.parametrize("broken", ["yes", "tru", "[", "'true", "true\nrows: [", "1"])
def test_what_was_meant_by_shared_is_taken_on_the_safe_side(broken: str) -> None:
    assert decoded(f"shared: {broken}\n").shared
    assert not decoded(f"shared: false\ncoach: {broken}\n").shared

"""Which exercises there are: shipped and own, by file name, each read only when it is asked for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.script import catalogue as under_test
from dbtcoach.script.catalogue import Catalogue, read_bytes, shipped_folder, shown_path


def write(
    folder: Path, name: str, extra: str = "", steps: str = "  - {id: a, type: say, message: m}"
) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.yaml"
    text = (
        f"format: 1\nname: {name}\ntitle: T of {folder.name}\nsummary: S of {name}\n{extra}steps:\n{steps}\n"
    )
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def known(tmp_path: Path) -> Catalogue:
    write(tmp_path / "shipped", "ground")
    write(tmp_path / "shipped", "pause")
    write(tmp_path / "own", "mine")
    return Catalogue(tmp_path / "shipped", tmp_path / "own")


def test_own_exercises_stand_beside_shipped_ones(known: Catalogue) -> None:
    assert [(item.name, item.own, item.summary) for item in known.listed()] == [
        ("ground", False, "S of ground"),
        ("pause", False, "S of pause"),
        ("mine", True, "S of mine"),
    ]
    assert known.read("mine").title == "T of own"


def test_a_shipped_exercise_cannot_be_replaced(known: Catalogue) -> None:
    assert known.own is not None
    write(known.own, "pause")
    assert known.read("pause").title == "T of shipped"
    assert [item.own for item in known.listed() if item.name == "pause"] == [False]


def test_a_broken_neighbour_breaks_nothing_else(known: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert known.own is not None
    broken = known.own / "broken.yaml"
    broken.write_bytes(b"\xff[[[ not yaml")
    opened: list[str] = []

    def watched(path: Path) -> bytes:
        opened.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr(under_test, "read_bytes", watched)
    assert known.read("mine").name == "mine"
    assert opened == ["mine.yaml"]
    assert "broken" in [item.name for item in known.listed()]
    assert known.variants("pause") == []
    with pytest.raises(ScriptError, match=r"broken\.yaml:1:1: this is not UTF-8 text"):
        known.read("broken")


def test_what_an_exercise_runs_is_read_and_nothing_more(known: Catalogue) -> None:
    assert known.own is not None
    write(known.own, "outer", steps="  - {id: r, type: run, exercise: ground}")
    write(known.own, "wrong", steps="  - {id: r, type: run, exercise: broken}")
    (known.own / "broken.yaml").write_text("[", "utf-8")
    assert [step.id for step in known.read("outer").steps] == ["r"]
    with pytest.raises(ScriptError, match=r"broken\.yaml:1:2: this is not valid YAML"):
        known.read("wrong")


def test_an_unknown_name_gets_the_nearest(known: Catalogue) -> None:
    with pytest.raises(UsageError, match=r"no exercise called 'puase'; did you mean 'pause'\?"):
        known.read("puase")


@pytest.mark.parametrize(
    "name",
    ["../shipped/pause", "..", "", "/etc/passwd", "Pause", "pause.yaml", "pause\n", "a" * 41, "data/lines"],
)
def test_a_name_is_never_a_path(known: Catalogue, name: str) -> None:
    assert known.decode(name) is None
    with pytest.raises(UsageError):
        known.read(name)


def test_only_files_that_can_be_commands_are_listed(known: Catalogue) -> None:
    assert known.own is not None
    for name in ("Big", "with space", ".hidden", "1st", "naïve"):
        (known.own / f"{name}.yaml").write_text("", "utf-8")
    (known.own / "notes.txt").write_text("", "utf-8")
    assert list(known.paths()) == ["ground", "pause", "mine"]


def test_a_folder_in_a_files_place_or_no_folder_at_all(known: Catalogue, tmp_path: Path) -> None:
    assert known.own is not None
    (known.own / "folder.yaml").mkdir()
    assert known.decode("folder") is None
    assert "folder" not in known.paths()
    nowhere = Catalogue(tmp_path / "nowhere", tmp_path / "nothing")
    assert nowhere.paths() == {}
    assert Catalogue(known.shipped).read("pause").name == "pause"


def test_a_fifo_is_not_opened(known: Catalogue) -> None:
    assert known.own is not None
    os.mkfifo(known.own / "pipe.yaml")
    assert known.decode("pipe") is None
    assert "pipe" not in [item.name for item in known.listed()]  # and this waits for no writer


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=rf"gone\.yaml: cannot be read: {os.strerror(errno.ENOENT)}"):
        read_bytes(tmp_path / "gone.yaml")
    with pytest.raises(ScriptError, match=f"cannot be read: {os.strerror(errno.EISDIR)}"):
        read_bytes(tmp_path)


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 33)
    assert len(read_bytes(path)) == 256 * 1024 + 1


def test_a_path_in_a_message_is_short_and_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "own" / "mine.yaml") == os.path.join("own", "mine.yaml")  # noqa: PTH118
    assert shown_path(Path("/etc/x.yaml")) == "/etc/x.yaml"
    assert "\x1b" not in shown_path(tmp_path / "a\x1b[2J.yaml")


def test_variants_are_found_by_what_their_file_says(known: Catalogue) -> None:
    write(known.shipped, "pause-after", "variant_of: pause\noption: after\n")
    write(known.shipped, "pause-alike", "variant_of: ground\noption: alike\n")
    write(known.shipped, "pause-other")
    found = known.variants("pause")
    assert [(item.name, item.head["option"]) for item in found] == [("pause-after", "after")]


def test_the_head_of_every_shipped_file_says_what_the_decoder_reads() -> None:
    shipped = Catalogue(shipped_folder())
    for item in shipped.listed():
        exercise = shipped.decode(item.name)
        assert exercise is not None
        assert (item.head["title"], item.summary, item.variant_of) == (
            exercise.title,
            exercise.summary,
            exercise.variant_of,
        )

"""``data forget``: everything goes, whatever state it is in, and only after a clear answer."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person
from tests.shell import home_of, run
from tests.sitting.locked import lock_home

from dbtcoach.commands.data.forget import forget
from dbtcoach.disk.access import make_private_folder
from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError, NoTerminalError
from dbtcoach.journal import drafts
from dbtcoach.journal.backup import back_up, restore

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "journal.json",
    "journal.json.lock",
    "journal.json.tmp",
    "journal.damaged-20261123-210000.json",
    "journal.damaged-20261123-210000.json.age",
    "journal (2).json",
    "plan.damaged-20261123-210000.json",
    "plan.damaged-20261123-210000.json.age",
    "plan.json.tmp",
    "state.json",
    "state.json.lock",
    "state.json.tmp",
    "config.yaml",
    "key.age",
    "key.age.tmp",
    "key.kept-20261123-210000.age",
    "recipient.txt",
    "drafts/dear-man.json",
    "drafts/dear-man.json.tmp",
    "drafts/dear-man.damaged-20261123-210000.json",
    "drafts/dear-man.damaged-20261123-210000-1.json.age",
    "journal.sync-conflict-20261123-101010-ABCDEFG.json",
)
OTHERS = {  # what other programs may keep in the same folder
    "thesis.odt": "",
    "journalism.txt": "",
    "journal.odt": "",
    "journal.json.bak": "",
    "journal.jsonl": "",
    "journal_club.json": '[{"id": "a", "v": 1, "paper": "On memory"}]',
    "journal.damaged-by-water.json": "",
    "key.pem": "",
    "key.age.txt": "",
    "state.json5": "",
    "plan.json": '{"tasks": ["water the plants"]}',
    "plan.md": "",
    "recipient.txt~": "",
    "config.yaml": "palette: dark\nfont: large\n",
    "drafts/essay.json": '{"title": "Essay"}',
    "drafts/essay.lock": "somebody",
    "drafts/dear-man.json.bak": "",
    "drafts/letter to mum.odt": "",
    "drafts/a folder/inside.json": "",
    "exercises/maths.pdf": "",
    "exercises/data/figures.csv": "",
    "exercises/week 1/one.yaml": "",
}


def fill(home: Path) -> Path:
    for name in (*FILES, "exercises/own.yaml", "exercises/coach/own.yaml"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("canary")
    return home


def left(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def forgotten(home: Path, *, own: bool = False) -> str:
    """Forget everything and return what was told."""
    told: list[str] = []
    forget(Home(str(home)), told.append, own=own)
    return "\n".join([*told, ""])


def test_everything_goes_but_own_exercises(tmp_path: Path) -> None:
    home = fill(home_of(tmp_path))
    done = run(tmp_path, "data", "forget", "--yes", known=False)
    assert done.returncode == 0
    for words in ("shell's history", "backups", "old parts of the disk", "can itself be noticed"):
        assert words in done.stderr
    assert left(home) == ["exercises/coach/own.yaml", "exercises/own.yaml"]
    assert f"Everything else was removed. Your own exercises stay: {home / 'exercises'}" in done.stderr
    assert sorted(path.name for path in home.iterdir()) == ["exercises"]


def test_backups_in_the_home_and_what_was_restored_beside_it_go_too(tmp_path: Path) -> None:
    folder = fill(tmp_path / "home")
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    backup = back_up(Home(str(folder)), str(folder / "mine.zip"), now, force=False)
    restore(backup, Home(str(folder / "restored-20261123-210000")))
    forgotten(folder, own=True)
    assert not folder.exists()


def test_own_exercises_go_when_asked(tmp_path: Path) -> None:
    home = fill(home_of(tmp_path))
    assert run(tmp_path, "data", "forget", "--yes", "--own-exercises", known=False).returncode == 0
    assert not home.exists()


def test_a_locked_journal_needs_no_passphrase_to_go(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "journal.json").write_text('[\n{"v":1,"id":"a"}\n]\n')
    lock_home(tmp_path / "home")
    forgotten(tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_files_of_others_stay_and_are_named(tmp_path: Path) -> None:
    home = fill(tmp_path / "home")
    for name, text in OTHERS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    said = forgotten(home, own=True)
    assert left(home) == sorted(OTHERS)
    assert all((home / name).read_text() == text for name, text in OTHERS.items())
    for name in (
        "journal_club.json",
        "config.yaml",
        "drafts/essay.json",
        "drafts/a folder",
        "exercises/week 1",
    ):
        assert f"  {home / name}\n" in said
    assert "thesis.odt" not in said
    assert "Everything was removed." not in said


def test_a_copy_under_any_name_and_a_draft_of_an_exercise_that_is_gone_go(tmp_path: Path) -> None:
    home = tmp_path / "home"
    drafts.save(Home(str(home)), "gone", "Gone", {"answers": []}, datetime(2026, 11, 23, tzinfo=UTC))
    (home / "journal-KITCHEN.json").write_text('[\n{"v":1,"id":"a","exercise":"pause"}\n]\n')
    forgotten(home)
    assert not home.exists()


def test_locking_leaves_files_of_others_as_they_are(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "drafts").mkdir(parents=True)
    strangers = ("drafts/essay.json", "drafts/essay.damaged.json", "drafts/page.tmp", "journal.tmp")
    for name in strangers:
        (home / name).write_text("words of another program")
    lock_home(home)
    assert all((home / name).read_text() == "words of another program" for name in strangers)
    assert set(strangers) < set(left(home))


def test_a_folder_of_drafts_that_others_use_stays_open_to_them(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir(mode=0o755)
    (tmp_path / "drafts" / "letter.odt").write_text("")
    make_private_folder(str(tmp_path / "drafts"))
    assert (tmp_path / "drafts").stat().st_mode & 0o777 == 0o755
    (tmp_path / "drafts" / "letter.odt").unlink()
    make_private_folder(str(tmp_path / "drafts"))
    assert (tmp_path / "drafts").stat().st_mode & 0o777 == 0o700


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    fill(elsewhere)
    home = tmp_path / "home"
    home.mkdir()
    (home / "journal.json").symlink_to(elsewhere / "journal.json")
    (home / "drafts").symlink_to(elsewhere / "drafts")
    before = left(elsewhere)
    forgotten(home)
    assert left(elsewhere) == before
    assert not home.exists()


@pytest.mark.parametrize("kind", ["folder", "pipe", "rubbish", "nothing"])
def test_whatever_state_it_is_in(tmp_path: Path, kind: str) -> None:
    home = fill(tmp_path / "home")
    for name in ("journal.json", "config.yaml", "state.json"):
        path = home / name
        path.unlink()
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "rubbish":
            path.write_bytes(b"\0\xff{[&a *a")
    forgotten(home, own=True)
    assert not home.exists()


def test_without_a_terminal_it_needs_a_yes(tmp_path: Path) -> None:
    home = fill(home_of(tmp_path))
    before = left(home)
    done = run(tmp_path, "data", "forget", typed="y\nforget\n", known=False)
    assert done.returncode == NoTerminalError.exit_code
    assert "--yes" in done.stderr
    assert left(home) == before


def test_what_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = fill(tmp_path / "home")
    really = os.unlink

    def stuck(path: str) -> None:
        if path.endswith("state.json"):
            raise PermissionError(1, "Operation not permitted")
        really(path)

    monkeypatch.setattr(os, "unlink", stuck)
    with pytest.raises(JournalError, match=r"state\.json$"):
        forgotten(home, own=True)
    assert left(home) == ["state.json"]


def test_an_open_window_is_told_first(tmp_path: Path) -> None:
    home = fill(tmp_path / "home")
    claim = drafts.claim(Home(str(home)), "dear-man")
    assert claim is not None
    with claim, pytest.raises(JournalError, match="another window"):
        forgotten(home)
    assert set(FILES) <= set(left(home))
    assert "Everything was removed." in forgotten(home, own=True)


@pytest.mark.pty
@pytest.mark.parametrize(
    ("answers", "goes", "own"),
    [
        (("y", "n", "forget"), True, False),
        (("yes", "y", "FORGET"), True, True),
        (("n",), False, False),
        (("",), False, False),
        (("y", "n", "no"), False, False),
        (("y", "n", ""), False, False),
    ],
)
def test_it_asks_twice(tmp_path: Path, answers: tuple[str, ...], *, goes: bool, own: bool) -> None:
    home = fill(home_of(tmp_path))
    questions = ("Remove everything?", "Your own exercises as well?", "type the word forget:")
    with Person(tmp_path, "data", "forget", known=False) as person:
        for question, answer in zip(questions, answers, strict=False):
            person.see(question)
            person.type(f"{answer}\r")
        assert person.wait_exit() == (0 if goes else 130)
    if not goes:
        assert set(FILES) <= set(left(home))
    assert (home / "exercises" / "own.yaml").exists() != own
    assert (home / "journal.json").exists() != goes

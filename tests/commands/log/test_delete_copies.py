"""What is deleted goes from the copies that this program made, too, and on a full disk as well."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.shell import entries, home_of, run
from tests.sitting.locked import KEY, OPENER, files_with
from tests.sitting.world import EVENING

from dbtcoach.commands.data.forget import forget
from dbtcoach.disk.home import Home
from dbtcoach.journal import drafts
from dbtcoach.journal.backup import back_up, is_backup, read_backup, restore
from dbtcoach.journal.erase import erase_entry, places

if TYPE_CHECKING:
    import pytest

IDS = [f"0197a000-0000-7000-8000-00000000000{digit}" for digit in "123"]


def line(name: str, words: str) -> str:
    answers = [{"step": "a", "prompt": "?", "value": words}]
    return json.dumps({"v": 1, "id": name, "exercise": "pause", "answers": answers}, separators=(",", ":"))


def filled(folder: Path) -> Home:
    """A home with the same three entries in its journal and in every kind of copy."""
    folder.mkdir(parents=True, exist_ok=True)
    home = Home(str(folder))
    text = "[\n" + "\n,".join(line(name, f"canary {name[-1]} words") for name in IDS) + "\n]\n"
    Path(home.journal).write_text(text)
    backup = str(folder / "mine.zip")
    back_up(home, backup, EVENING, force=False)
    restore(read_backup(backup), Home(str(folder / "restored-20261123-210005")))
    (folder / "journal.damaged-20261123-210005.json").write_text(text + '\n,{"v":1,"torn')
    (folder / "journal.damaged-20261123-210006.json").write_text(
        ',{"v":1,"id":"' + IDS[1] + '","value":"canary 2'
    )
    (folder / f"journal.before-merge-20261123-210005-{'a' * 16}.json").write_text(
        json.dumps(json.loads(text), indent=2)
    )
    return home


def test_it_goes_from_every_copy_of_ours(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    (tmp_path / "home" / "journal (1).json").write_text(line(IDS[1], "elsewhere"))
    sizes = {path: path.stat().st_size for path in (tmp_path / "home").glob("journal.*-*")}
    erased = erase_entry(home, [IDS[1]], EVENING)
    assert files_with(tmp_path, b"canary 2") == []
    assert len(erased.copies) == 5
    assert [Path(path).name for path in erased.left] == ["journal (1).json"]
    assert {path: path.stat().st_size for path in sizes} == sizes
    assert len(files_with(tmp_path, b"canary 1")) == len(files_with(tmp_path, b"canary 3")) == 4
    backup = str(tmp_path / "home" / "mine.zip")
    assert is_backup(backup)
    restore(read_backup(backup), Home(str(tmp_path / "again")))
    records = json.loads((tmp_path / "again" / "journal.json").read_bytes())
    assert ["deleted" in record for record in records] == [False, True, False]


def test_what_was_begun_to_change_it_goes_from_every_copy_as_well(tmp_path: Path) -> None:
    home = Home(str(tmp_path / "home"))
    for name in IDS[:2]:
        drafts.save(home, drafts.of_change(name), "x", {"lines": {"a": f"canary {name[-1]}"}}, EVENING)
    begun = Path(home.draft(drafts.of_change(IDS[1])))
    Path(str(begun).replace(".json", ".damaged-20261123-210005.json")).write_bytes(begun.read_bytes()[:-9])
    filled(tmp_path / "home")
    assert len(files_with(tmp_path / "home", b"canary 2")) > 4
    erased = erase_entry(home, [IDS[1]], EVENING)
    assert (files_with(tmp_path, b"canary 2"), erased.left) == ([], [])
    restore(read_backup(str(tmp_path / "home" / "mine.zip")), Home(str(tmp_path / "again")))
    assert files_with(tmp_path / "again", b"canary 2") == []
    assert [path.name for path in (tmp_path / "again" / "drafts").iterdir()] == [
        Path(home.draft(drafts.of_change(IDS[0]))).name
    ]


def test_a_full_disk_does_not_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = filled(tmp_path / "home")
    (tmp_path / "home" / "mine.zip").unlink()
    before = Path(home.journal).stat().st_size
    really = os.open

    def full(path: str, flags: int, mode: int = 0o777, **rest: int) -> int:
        if str(path).endswith(".tmp"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really(path, flags, mode, **rest)

    monkeypatch.setattr(os, "open", full)
    erase_entry(home, [IDS[1]], EVENING)
    assert files_with(tmp_path, b"canary 2") == []
    assert Path(home.journal).stat().st_size == before
    records = json.loads(Path(home.journal).read_bytes())
    assert ["deleted" in record for record in records] == [False, True, False]


def test_only_the_entry_of_that_id_goes() -> None:
    data = f"[\n{line(IDS[0], 'one ' + IDS[1])}\n,{line(IDS[1], 'two')}\n]\n".encode()
    (change,) = places(data, IDS[1], b"{}")
    assert data[change[0] :].startswith(b'{"v":1,"id":"' + IDS[1].encode())
    quoted = f'[\n{{"v":1,"id":"x","answers":[{{"id":"{IDS[1]}","words":"mine"}}]}}\n]\n'.encode()
    assert places(quoted, IDS[1], b"{}") == []


def test_a_copy_that_is_sealed_as_a_whole_is_opened_and_sealed_again(tmp_path: Path) -> None:
    from dbtcoach.journal.seal import seal_bytes

    home = filled(tmp_path / "home")
    kept = tmp_path / "home" / "journal.damaged-20261123-210005.json"
    sealed = kept.with_suffix(".json.age")
    sealed.write_bytes(seal_bytes(kept.read_bytes(), KEY.recipient))
    kept.unlink()
    assert str(sealed) in erase_entry(home, [IDS[2]], EVENING).left
    erased = erase_entry(home, [IDS[1]], EVENING, OPENER, KEY.recipient)
    assert str(sealed) in erased.copies
    clear = OPENER.file(sealed.read_bytes())
    assert clear is not None
    assert (b"canary 2" in clear, b"canary 1" in clear) == (False, True)


def test_the_command_names_what_it_did(tmp_path: Path) -> None:
    filled(home_of(tmp_path))
    done = run(tmp_path, "log", "delete", IDS[1], "--yes")
    assert (done.returncode, "Deleted as well from" in done.stderr) == (0, True)
    assert len([entry for entry in entries(tmp_path) if "deleted" in entry]) == 1


def test_forgetting_takes_every_copy_and_what_completion_left(tmp_path: Path) -> None:
    home = filled(home_of(tmp_path))
    script = tmp_path / ".bash_completions" / "dbtcoach.sh"
    script.parent.mkdir()
    script.write_text("export _DBTCOACH_COMPLETE=complete_bash")
    own = b"alias ll='ls -l'  # caf\xe9\n"
    rest = b"\nexport X=1\n"
    (tmp_path / ".bashrc").write_bytes(own + f"source '{script}'".encode() + rest)
    (tmp_path / ".bashrc").chmod(0o640)
    done = run(tmp_path, "data", "forget", "--yes")
    assert (done.returncode, "Everything was removed." in done.stderr) == (0, True)
    assert (tmp_path / ".bashrc").read_bytes() == own + rest[1:]
    assert (tmp_path / ".bashrc").stat().st_mode & 0o777 == 0o640
    assert not script.exists()
    assert not Path(home.folder).exists()


def test_a_linked_folder_of_drafts_is_refused_and_named(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    home.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (home / "drafts").symlink_to(tmp_path / "elsewhere")
    done = run(tmp_path, "pause", "--plain", typed="5\n:end\n")
    assert "is a link, not a folder" in done.stdout
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert run(tmp_path, "data", "check").returncode == 1
    done = run(tmp_path, "data", "lock", typed="four words\nfour words\n")
    assert (done.returncode, "is a link" in done.stderr) == (1, True)
    said: list[str] = []
    forget(Home(str(home)), said.append)
    assert str(tmp_path / "elsewhere") in "".join(said)
    assert not (home / "drafts").exists()

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dbtcoach.disk.access import make_private_folder, may_be_set, open_private, open_to_read
from dbtcoach.disk.home import Home, find_home, shown
from dbtcoach.errors import JournalError, UsageError


@pytest.fixture
def user(tmp_path: Path) -> str:
    folder = tmp_path / "zoë and co"
    folder.mkdir()
    return str(folder)


def test_the_chosen_home_comes_first(user: str) -> None:
    env = {"DBTCOACH_HOME": f"{user}/diary", "HOME": user, "XDG_DATA_HOME": "/data"}
    assert find_home(env, "linux").folder == f"{user}/diary"


@pytest.mark.parametrize(
    ("config", "says_more"),
    [
        (None, False),
        ("country: IE\n", False),
        ("country: ANY\n", False),
        ("", True),
        ("plain: true\n", True),
        ("country: IE\nplain: true\n", True),
        ("country: I\nx: 1\n", True),
    ],
)
def test_settings_that_hold_a_country_alone_change_nothing_at_the_start(
    tmp_path: Path, config: str | None, *, says_more: bool
) -> None:
    if config is not None:
        (tmp_path / "config.yaml").write_text(config, "utf-8")
    assert may_be_set(str(tmp_path / "config.yaml")) == says_more


def test_settings_that_are_no_file_may_say_anything(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()
    assert may_be_set(str(tmp_path / "config.yaml"))


def test_a_relative_home_is_made_absolute(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(user)
    assert find_home({"DBTCOACH_HOME": "diary"}, "linux").folder == f"{user}/diary"


def test_a_tilde_that_no_shell_has_expanded_means_the_home_folder(user: str) -> None:
    assert find_home({"DBTCOACH_HOME": "~/diary", "HOME": user}, "linux").folder == f"{user}/diary"


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {"HOME": "{user}"}, "{user}/.local/share/dbtcoach"),
        ("freebsd14", {"HOME": "{user}"}, "{user}/.local/share/dbtcoach"),
        ("linux", {"HOME": "{user}", "XDG_DATA_HOME": "/data"}, "/data/dbtcoach"),
        ("linux", {"HOME": "{user}", "XDG_DATA_HOME": ""}, "{user}/.local/share/dbtcoach"),
        ("linux", {"HOME": "{user}", "XDG_DATA_HOME": "not/absolute"}, "{user}/.local/share/dbtcoach"),
        ("linux", {"HOME": "{user}", "DBTCOACH_HOME": ""}, "{user}/.local/share/dbtcoach"),
        ("darwin", {"HOME": "{user}"}, "{user}/Library/Application Support/dbtcoach"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/dbtcoach"),
        ("win32", {"USERPROFILE": "{user}"}, "{user}/AppData/Local/dbtcoach"),
    ],
)
def test_each_platform_has_its_folder_for_data(
    user: str, platform: str, env: dict[str, str], expected: str
) -> None:
    filled = {key: value.format(user=user) for key, value in env.items()}
    assert find_home(filled, platform, account=lambda: None).folder == expected.format(user=user)


def test_without_home_in_the_environment_the_account_is_asked(user: str) -> None:
    assert find_home({}, "linux", account=lambda: user).folder == f"{user}/.local/share/dbtcoach"


@pytest.mark.parametrize("folder", [None, "", "/nonexistent-folder", "relative"])
def test_a_user_without_a_home_folder_is_told_what_to_set(folder: str | None) -> None:
    with pytest.raises(UsageError, match="DBTCOACH_HOME"):
        find_home({} if folder is None else {"HOME": folder}, "linux", account=lambda: folder)


def test_looking_for_the_home_creates_nothing(user: str) -> None:
    find_home({"HOME": user}, "linux")
    assert list(Path(user).iterdir()) == []


def test_what_lives_in_it_has_one_place_each() -> None:
    home = Home("/h")
    assert (home.journal, home.drafts, home.state) == ("/h/journal.json", "/h/drafts", "/h/state.json")
    assert (home.exercises, home.config) == ("/h/exercises", "/h/config.yaml")
    assert home.draft("dear-man") == "/h/drafts/dear-man.json"


@pytest.mark.parametrize("name", ["", "-", "../journal", "a/b", "a.b", "a\0b", "é", "x" * 65, "a\nb"])
def test_an_unsafe_name_is_no_draft(name: str) -> None:
    with pytest.raises(UsageError):
        Home("/h").draft(name)


def test_a_waiting_draft_is_seen_without_being_opened(tmp_path: Path) -> None:
    home = Home(str(tmp_path))
    assert not home.has_draft("pause")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "pause.json").write_text("{}")
    assert home.has_draft("pause")


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_folders_and_files_are_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "a" / "b"
    before = os.umask(mask)
    try:
        make_private_folder(str(folder))
        os.close(open_private(str(folder / "journal.json")))
        os.close(open_private(str(folder / "journal.json")))
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "journal.json").stat().st_mode) == 0o600


def test_a_file_that_was_open_to_others_is_closed_when_written_and_left_when_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_text("[\n]\n")
    path.chmod(0o644)
    os.close(open_to_read(str(path)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    os.close(open_private(str(path)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_folder_of_ours_is_closed_and_a_shared_one_is_not(tmp_path: Path) -> None:
    ours, shared = tmp_path / "ours", tmp_path / "shared"
    for folder in (ours, shared):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        (folder / "journal.json").touch()
        (folder / "plan.json").touch()
    (shared / "index.html").touch()
    make_private_folder(str(ours))
    make_private_folder(str(shared))
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        make_private_folder(str(tmp_path / "file"))
    with pytest.raises(NotADirectoryError):
        make_private_folder(str(tmp_path / "file" / "below"))


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder", "socket", "device"])
@pytest.mark.parametrize("open_it", [open_private, open_to_read])
def test_anything_but_a_file_is_refused_by_name(tmp_path: Path, kind: str, open_it: object) -> None:
    path = tmp_path / "j"
    target = tmp_path / "target"
    match kind:
        case "link":
            target.write_text("kept")
            path.symlink_to(target)
        case "dangling link":
            path.symlink_to(target)
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                before = Path.cwd()
                os.chdir(tmp_path)  # the path of a socket is limited to about 100 bytes
                bound.bind("j")
                os.chdir(before)
        case _:
            path = Path(os.devnull)
    assert callable(open_it)
    with pytest.raises(JournalError, match=f"{path} is a .*, not a file.* Move it away"):
        open_it(str(path))
    assert not target.exists() or target.read_text() == "kept"


def test_a_path_is_shown_without_what_a_terminal_would_obey() -> None:
    assert shown("/home/\x1b[2Jzoë/\udc80\u202e") == "/home/\ufffd[2Jzoë/\ufffd\ufffd"


def test_it_loads_nothing_heavy() -> None:
    script = (
        "import sys, dbtcoach.disk.home\n"
        "heavy = {'pathlib', 'json', 're', 'dataclasses', 'typing', 'contextlib', 'fcntl', 'pwd'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    # -S and -I: what a site customisation or an editable install loads is not ours.
    source = str(Path(__file__).parents[2] / "src")
    bare = f"import sys; sys.path.insert(0, {source!r}); exec({script!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", bare], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"

"""Keys that are missing, half there, hostile, or cannot be used on this machine."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyrage
import pytest
from tests.shell import home_of, run
from tests.sitting.locked import KEY, PASSPHRASE, WRAPPED, lock_home, surroundings
from tests.sitting.world import EVENING

from dbtcoach.commands.data.where import where
from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError
from dbtcoach.journal import key as keys
from dbtcoach.journal.convert import seal_home
from dbtcoach.journal.entry import Entry, decode
from dbtcoach.journal.file import append
from dbtcoach.journal.key import LEAST_WORK, MOST_WORK, Key, new_key, read_wrapped, unwrap, wrap
from dbtcoach.journal.seal import Opener, is_locked, writer
from dbtcoach.world.keyring import new_passphrase, open_key

if TYPE_CHECKING:
    from collections.abc import Callable


def save(home: Home, words: str = "canary") -> None:
    entry = decode({"v": 1, "id": "-", "exercise": "pause", "answers": [{"step": "a", "value": words}]})
    assert isinstance(entry, Entry)
    append(home.journal, entry, now=EVENING, randomness=os.urandom, write=writer(home))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(str(tmp_path / "home"))
    for number in range(3):
        save(found, f"canary {number}")
    return found


def lock(home: Home) -> None:
    seal_home(home, WRAPPED, KEY.recipient, EVENING)


def test_a_locked_journal_alone_takes_no_plain_text(home: Home, tmp_path: Path) -> None:
    lock(home)
    other = Home(str(tmp_path / "other"))
    Path(other.folder).mkdir()
    shutil.copy(home.journal, other.journal)
    before = Path(other.journal).read_bytes()
    with pytest.raises(JournalError, match="key files are not in"):
        save(other)
    assert Path(other.journal).read_bytes() == before
    assert "key files are not in" in str(where(other)["problem"])


def test_a_missing_key_is_told_at_every_save_and_is_no_wrong_passphrase(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    lock_home(home)
    (home / "key.age").unlink()
    for _ in range(2):
        done = run(tmp_path, "pause", "--answers", "-", typed="before: 6\n")
        assert (done.returncode, "key.age is missing" in done.stderr) == (0, True)
    assert "key.age is missing" in run(tmp_path, "data", "where").stdout
    done = run(tmp_path, "log", "show", "last", typed=f"{PASSPHRASE}\n")
    assert done.returncode == 1
    assert "key.age is missing" in done.stderr
    assert "did not open" not in done.stderr
    assert run(tmp_path, "data", "check").returncode == 1


@pytest.mark.parametrize("name", ["replace", "write", "fsync", "unlink", "link"])
def test_a_refused_step_leaves_it_locked_or_clear_and_where_says_which(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("dbtcoach.disk.atomic._PATIENCE", 0)
    (Path(home.folder) / "journal.damaged-20261123-210000.json").write_text("canary-damaged")
    start = {path.name: path.read_bytes() for path in Path(home.folder).iterdir()}
    really, seen = getattr(os, name), set[bool]()
    for refused_at in range(40):
        for path in Path(home.folder).iterdir():
            path.unlink()
        for found, data in start.items():
            (Path(home.folder) / found).write_bytes(data)
        taken = 0

        def step(
            *args: object, really: Callable[..., object] = really, at: int = refused_at, **options: object
        ) -> object:
            nonlocal taken
            taken += 1
            if taken == at + 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return really(*args, **options)

        with monkeypatch.context() as broken:
            broken.setattr(os, name, step)
            said = ""
            try:
                lock(home)
            except JournalError as error:
                said = str(error)
        if said:
            assert is_locked(home) == ("is locked now" in said), refused_at
        told = where(home)
        entries = Path(home.journal).read_bytes()
        assert told["locked"] == (b"canary" not in entries) == is_locked(home), (name, refused_at)
        if told["locked"]:
            readable = [path for path in Path(home.folder).iterdir() if b"canary" in path.read_bytes()]
            assert bool(readable) <= bool(told["problem"]), (name, refused_at)
        else:
            assert entries == start["journal.json"]
        save(home, "canary after")
        assert (b"canary after" in Path(home.journal).read_bytes()) != told["locked"]
        seen.add(bool(told["locked"]))
    assert True in seen


def test_work_below_the_least_is_sealed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([13, 16, LEAST_WORK + 1, 14])

    class Busy:
        x25519 = pyrage.x25519

        class passphrase:  # noqa: N801 - as the library names it
            @staticmethod
            def encrypt(_text: bytes, _passphrase: str) -> bytes:
                return b"age-encryption.org/v1\n-> scrypt salt %d\nbody\n--- mac\n" % next(made)

    monkeypatch.setattr(keys, "library", lambda: Busy)
    assert b" %d\n" % (LEAST_WORK + 1) in wrap(KEY, "words")


def test_a_busy_machine_is_no_wrong_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        DecryptError = pyrage.DecryptError

        class passphrase:  # noqa: N801 - as the library names it
            @staticmethod
            def decrypt(_wrapped: bytes, _passphrase: str) -> bytes:
                raise pyrage.DecryptError("Excessive work parameter for passphrase.")

    monkeypatch.setattr(keys, "library", lambda: Busy)
    with pytest.raises(JournalError, match="may be right"):
        unwrap(b"", "words")


@pytest.mark.parametrize("work", [MOST_WORK + 1, 24, 63, 10**8])
def test_a_hostile_key_is_refused_before_the_work(tmp_path: Path, work: int) -> None:
    path = tmp_path / "key.age"
    path.write_bytes(re.sub(rb"(-> scrypt \S+ )\d+", rb"\g<1>%d" % work, WRAPPED))
    with pytest.raises(JournalError, match="far more work"):
        read_wrapped(str(path))


@pytest.mark.usefixtures("passphrases_at_once")
@pytest.mark.parametrize("sealed_as", ["NFC", "NFD"])
@pytest.mark.parametrize("typed_as", ["NFC", "NFD"])
def test_a_letter_opens_however_it_is_written(
    sealed_as: Literal["NFC", "NFD"], typed_as: Literal["NFC", "NFD"]
) -> None:
    words = "caf\u00e9 \u1ea5 words"
    wrapped = pyrage.passphrase.encrypt(f"{KEY.secret}\n".encode(), unicodedata.normalize(sealed_as, words))
    asked = [unicodedata.normalize(typed_as, words)]
    assert open_key(lambda _prompt: asked.pop(), "Locked.", wrapped) == KEY


@pytest.mark.parametrize(("words", "told"), [("a", True), ("tulip", True), ("four words hold well", False)])
def test_a_short_passphrase_gets_a_plain_word(words: str, *, told: bool) -> None:
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return words

    assert new_passphrase(ask) == words
    assert any("can be guessed" in prompt for prompt in prompts) == told


def test_without_the_library_everything_but_the_lock_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    home = Home(str(tmp_path / "home"))
    save(home)
    around = surroundings(tmp_path / "home", "four words hold well", "four words hold well")
    from dbtcoach.world.locking import lock as lock_command

    with pytest.raises(JournalError, match="pip install pyrage"):
        lock_command(home, around.keyring, around.streams, EVENING)
    assert not is_locked(home)
    assert b"canary" in Path(home.journal).read_bytes()


def strike_behind_rename(home: Home, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    replaced = os.replace

    def replace(source: str, target: str) -> None:
        replaced(source, target)
        if target == home.journal:
            raise error

    monkeypatch.setattr(os, "replace", replace)


def words_of(home: Home, key: Key) -> list[object]:
    """Return the words of a sealed journal, as far as this key opens them."""
    opener = Opener([key])
    found = [opener.text(record["age"]) for record in json.loads(Path(home.journal).read_bytes())]
    records = [decode(json.loads(line)) for line in found if line is not None]
    return [record.answers[0].value for record in records if isinstance(record, Entry)]


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.EMFILE, "Too many open files")], ids=repr
)
def test_what_comes_up_just_behind_the_rename_leaves_the_key(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    strike_behind_rename(home, monkeypatch, error)
    with pytest.raises((KeyboardInterrupt, JournalError)):
        lock(home)
    monkeypatch.undo()
    assert b"canary" not in Path(home.journal).read_bytes()
    assert is_locked(home)
    assert Path(home.folder, "key.age").read_bytes() == WRAPPED
    lock(home)
    save(home, "canary after")
    assert words_of(home, KEY) == ["canary 0", "canary 1", "canary 2", "canary after"]


def test_a_second_lock_at_the_same_time_does_not_put_its_key_over_the_first(home: Home) -> None:
    lock(home)
    other = new_key()
    with pytest.raises(JournalError, match="locked in another window"):
        seal_home(home, b"another key", other.recipient, EVENING, new=True)
    assert Path(home.folder, "key.age").read_bytes() == WRAPPED
    save(home, "canary after")
    assert words_of(home, KEY) == ["canary 0", "canary 1", "canary 2", "canary after"]


def test_a_lock_that_is_interrupted_twice_leaves_the_key_that_opens_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(home.folder, "key.age").write_bytes(b"the key of the first try, which sealed nothing")
    Path(home.folder, "recipient.txt.tmp").write_text("age1 of the first try\n", encoding="ascii")
    strike_behind_rename(home, monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        lock(home)
    assert words_of(home, KEY) == ["canary 0", "canary 1", "canary 2"]
    assert Path(home.folder, "key.age").read_bytes() == WRAPPED

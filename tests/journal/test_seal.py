from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pexpect
import pytest
from tests.sitting.locked import KEY, OPENER, PASSPHRASE, WRAPPED, files_with
from tests.struck import struck

from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError
from dbtcoach.journal import drafts
from dbtcoach.journal.convert import seal_home, unseal_home
from dbtcoach.journal.entry import Entry, Saved, Sealed, Tombstone
from dbtcoach.journal.file import append, rewrite
from dbtcoach.journal.key import key_of, new_key, unwrap, wrap
from dbtcoach.journal.read import read_all
from dbtcoach.journal.seal import (
    Opener,
    is_locked,
    read_recipient,
    seal_bytes,
    seal_session,
    seal_text,
    writer,
)
from dbtcoach.journal.state import update_state
from dbtcoach.journal.unseal import open_record

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
WORDS = ("canary-one", "canary-zwei-\u00fc", "canary\u2028three")


def entry(words: str) -> Entry:
    return Entry("", "pause", "Pause", "", "", "2026-11-23", True, None, (Saved("a", "What?", words),))  # noqa: FBT003


def save(home: Home, words: str) -> str:
    receipt = append(home.journal, entry(words), now=NOW, randomness=os.urandom, write=writer(home))
    return receipt.entry.id


def filled(path: Path) -> Home:
    """A home with everything in it that can hold words."""
    home = Home(str(path))
    names = [save(home, words) for words in WORDS]
    save(home, "canary-deleted")
    last = names[-1]
    rewrite(home.journal, lambda r: r if r.id <= last else Tombstone(r.id, "2026-11-23"), now=NOW)
    drafts.save(home, "dear-man", "DEAR MAN", {"answers": "canary-draft"}, NOW)
    (path / "drafts" / "pause.json.tmp").write_text("canary-torn")
    (path / "drafts" / "ground.damaged-20261123-210000.json").write_text("canary-damaged-draft")
    (path / "journal.damaged-20261123-210000.json").write_text("canary-damaged")
    (path / "journal.json.tmp").write_text("canary-left-over")
    return home


def words_of(home: Home) -> list[object]:
    """The words of every entry, read with the key where they are sealed."""
    found: list[object] = []
    for record in read_all(home.journal):
        opened = open_record(record, OPENER) if isinstance(record, Sealed) else record
        if isinstance(opened, Entry):
            found.append(opened.answers[0].value)
        else:
            assert isinstance(opened, Tombstone)
    return found


def draft_of(home: Home) -> object:
    found = drafts.load(home, "dear-man", NOW)
    assert isinstance(found, drafts.Draft)
    return OPENER.session(found.session) if "age" in found.session else dict(found.session)


def kept_of(home: Home) -> set[bytes]:
    found: set[bytes] = set()
    for path in Path(home.folder).rglob("*.damaged-*"):
        if path.suffix == ".tmp":
            continue
        opened = OPENER.file(path.read_bytes()) if path.suffix == ".age" else path.read_bytes()
        assert opened is not None
        found.add(opened)
    return found


def lock(home: Home) -> None:
    seal_home(home, WRAPPED, KEY.recipient, NOW)


def test_locking_and_unlocking_gives_everything_back_to_the_byte(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    before = Path(home.journal).read_bytes()
    lock(home)
    assert is_locked(home)
    assert files_with(tmp_path, b"canary") == []
    assert words_of(home) == list(WORDS)
    assert draft_of(home) == {"answers": "canary-draft"}
    save(home, "canary-after")
    assert files_with(tmp_path, b"canary") == []
    assert words_of(home) == [*WORDS, "canary-after"]
    done = unseal_home(home, OPENER, NOW)
    assert not is_locked(home)
    assert (done.records, done.drafts, done.undecryptable) == (len(WORDS) + 1, 1, [])
    assert Path(home.journal).read_bytes().startswith(before.removesuffix(b"]\n"))
    assert words_of(home) == [*WORDS, "canary-after"]
    assert draft_of(home) == {"answers": "canary-draft"}
    assert kept_of(home) == {b"canary-damaged", b"canary-damaged-draft"}
    assert sorted(path.name for path in Path(home.folder).iterdir()) == [
        "drafts",
        "journal.damaged-20261123-210000.json",
        "journal.json",
        "journal.json.lock",
    ]


def test_a_sealed_entry_is_what_the_format_says(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    lock(home)
    records = json.loads(Path(home.journal).read_bytes())
    assert [sorted(record) for record in records] == [["age", "id", "v"]] * 3 + [["deleted", "id", "v"]]
    names = [record["id"] for record in records]
    assert names == sorted(names)


def convert(action: str, home: Home) -> None:
    if action == "lock":
        lock(home)
    else:
        unseal_home(home, OPENER, NOW)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be struck")
@pytest.mark.parametrize("action", ["lock", "unlock"])
def test_a_crash_at_any_step_loses_nothing_and_can_be_finished(tmp_path: Path, action: str) -> None:
    template = tmp_path / "template"
    filled(template)
    if action == "unlock":
        lock(Home(str(template)))
        save(Home(str(template)), "after")
        drafts.save(
            Home(str(template)),
            "dear-man",
            "DEAR MAN",
            seal_session(Home(str(template)), {"answers": "canary-draft"}),
            NOW,
        )
    words = words_of(Home(str(template)))
    kept = {b"canary-damaged", b"canary-damaged-draft"}
    code, stop_at = 9, 0
    while code == 9:
        stop_at += 1
        home = Home(str(tmp_path / "home"))
        shutil.rmtree(home.folder, ignore_errors=True)
        shutil.copytree(template, home.folder)
        code = struck(partial(convert, action, home), stop_at)
        assert words_of(home) == words, stop_at
        assert draft_of(home) == {"answers": "canary-draft"}, stop_at
        assert kept_of(home) == kept, stop_at
        if files_with(Path(home.folder), b'"age":"'):
            # Whatever is sealed can be opened with what lies there.
            wrapped = (Path(home.folder) / "key.age").read_bytes()
            assert unwrap(wrapped, PASSPHRASE) == KEY, stop_at
        # The same command goes on where it stopped.
        if action == "lock":
            lock(home)
            assert files_with(Path(home.folder), b"canary") == [], stop_at
            assert read_recipient(home) == KEY.recipient
        else:
            unseal_home(home, OPENER, NOW)
            assert not is_locked(home), stop_at
            assert files_with(Path(home.folder), b'"age":"') == [], stop_at
        assert words_of(home) == words, stop_at
        assert list(Path(home.folder).rglob("*.tmp")) == [], stop_at
    assert code == 0
    assert stop_at > 25


# Saves entries, each as the home is at that moment, and says the id of each when it is saved.
WORKER = """
import os, sys
from datetime import UTC, datetime
from dbtcoach.disk.home import Home
from dbtcoach.journal.entry import decode
from dbtcoach.journal.file import append
from dbtcoach.journal.seal import writer
home = Home(sys.argv[1])
for number in range(60):
    entry = decode({"v": 1, "id": "-", "answers": [{"step": "a", "value": f"canary {number}"}]})
    done = append(home.journal, entry, now=datetime.now(UTC), randomness=os.urandom, write=writer(home))
    os.write(1, done.entry.id.encode() + b"\\n")
"""


def test_saves_in_another_window_meanwhile_are_neither_lost_nor_in_the_clear(tmp_path: Path) -> None:
    home = Home(str(tmp_path / "home"))
    saved: list[str] = []
    command = [sys.executable, "-c", WORKER, home.folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        for turn in range(5):
            saved += [worker.stdout.readline().strip() for _ in range(8)]
            if turn % 2 == 0:
                lock(home)
            else:
                unseal_home(home, OPENER, NOW)
        saved += worker.stdout.read().split()
    assert worker.returncode == 0
    assert [record.id for record in read_all(home.journal) if isinstance(record, Sealed)] == saved
    assert words_of(home) == [f"canary {number}" for number in range(60)]
    assert files_with(tmp_path, b"canary") == []


def test_a_record_comes_back_to_the_byte_whatever_it_is(tmp_path: Path) -> None:
    home = Home(str(tmp_path / "home"))
    records = [
        b'{"v":1,"id":"a","later":{"x":[1.50,1e2,-0]},"title":"\\u00fc \\/ \\ud83d\\ude00"}',
        b'{"v": 1,   "id":"b", "n":' + b"7" * 5000 + b"}",
        b'{"v":2,"id":"c","distress":NaN}',
        b'{"v":1,"id":"d","deleted":"2026-11-23","age":"both"}',
    ]
    (tmp_path / "home").mkdir()
    Path(home.journal).write_bytes(b"[\n" + b"\n,".join(records) + b"\n]\n")
    before = Path(home.journal).read_bytes()
    lock(home)
    assert b"later" not in Path(home.journal).read_bytes()
    unseal_home(home, OPENER, NOW)
    assert Path(home.journal).read_bytes() == before


def test_a_save_never_falls_back_to_the_clear(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    lock(home)
    recipient = Path(home.folder) / "recipient.txt"
    for damage in (b"", b"age1rubbish", b"\xff\xfe", None):
        if damage is None:
            recipient.unlink()
        else:
            recipient.write_bytes(damage)
        before = Path(home.journal).read_bytes()
        with pytest.raises(JournalError, match="data lock"):
            save(home, "canary-now")
        with pytest.raises(JournalError, match="data lock"):
            seal_session(home, {"answers": "canary-now"})
        assert Path(home.journal).read_bytes() == before
    assert files_with(tmp_path, b"canary") == []


def test_what_the_key_does_not_open_stays_and_so_does_the_key(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    lock(home)
    stranger = new_key()
    path = Path(home.folder) / "recipient.txt"
    path.write_text(stranger.recipient)
    save(home, "for a stranger")
    done = unseal_home(home, OPENER, NOW)
    assert len(done.undecryptable) == 1
    assert [type(record) for record in read_all(home.journal)].count(Sealed) == 1
    kept = next(Path(home.folder).glob("key.kept-*.age"))
    assert unwrap(kept.read_bytes(), PASSPHRASE) == KEY


def test_locking_waits_for_other_windows(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    with drafts.claim(home, "dear-man") or pytest.fail("nobody has it"):
        with pytest.raises(JournalError, match="another window"):
            lock(home)
        assert not is_locked(home)
    lock(home)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_the_key_is_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    home = filled(tmp_path / "home")
    before = os.umask(mask)
    try:
        lock(home)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in Path(home.folder).iterdir() if path.is_file()}
    assert modes.pop("journal.json.lock") == 0o600
    assert {"key.age", "recipient.txt", "journal.json"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def inner(line: str) -> str:
    return json.dumps({"v": 1, "id": "outer", "age": seal_text(line.encode(), KEY.recipient)})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[" * 100_000,
        '{"v":1}',
        '{"v":1,"id":"x","answers":' + "[" * 500 + "]" * 500 + "}",
        "\0",
    ],
)
def test_what_a_stranger_sealed_cannot_crash_reading(tmp_path: Path, line: str) -> None:
    path = tmp_path / "journal.json"
    path.write_text(f"[\n{inner(line)}\n]\n")
    (record,) = read_all(str(path))
    assert isinstance(record, Sealed)
    assert open_record(record, OPENER) is None


def test_a_sealed_record_cannot_take_the_id_of_another(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_text("[\n" + inner('{"v":1,"id":"inner",\n"title":"x","answers":[]}') + "\n]\n")
    (record,) = read_all(str(path))
    assert isinstance(record, Sealed)
    opened = open_record(record, OPENER)
    assert isinstance(opened, Entry)
    assert (opened.id, opened.title) == ("outer", "x")


@pytest.mark.parametrize("sealed", ["", "=", "not base64!", "YWdl", 7, None, ["x"]])
def test_what_is_not_sealed_at_all_stays_shut(sealed: object) -> None:
    assert OPENER.text(sealed) is None  # type: ignore[arg-type]  # a file may hold anything


def test_a_damaged_entry_stays_shut() -> None:
    sealed = seal_bytes(b"words", KEY.recipient)
    assert OPENER.file(sealed) == b"words"
    for damaged in (sealed[:-1], sealed[:40], sealed[:-3] + b"abc", b""):
        assert OPENER.file(damaged) is None
    assert Opener([new_key()]).file(sealed) is None


@pytest.mark.slow
def test_a_passphrase_wraps_the_key_and_takes_its_time() -> None:
    key = new_key()
    wrapped = wrap(key, PASSPHRASE)
    assert unwrap(wrapped, PASSPHRASE) == key
    assert unwrap(wrapped, PASSPHRASE + " ") is None
    assert key.secret.encode() not in wrapped
    factor = int(wrapped.split(b"\n")[1].split()[-1])
    assert factor >= 16  # 2^16 rounds of scrypt at least
    assert key.secret not in repr(key)


def test_a_recovery_key_may_be_typed_by_hand() -> None:
    assert key_of(f" {KEY.secret.lower()} ") == KEY
    assert key_of("\n".join([KEY.secret[:30], KEY.secret[30:]])) == KEY
    assert key_of(KEY.secret[:-1] + "Q") is None
    assert key_of("my own words") is None


AGE = shutil.which("age")


@pytest.mark.pty
@pytest.mark.skipif(AGE is None, reason="the age tool is not installed")
def test_the_standard_tool_opens_an_entry_with_the_passphrase(tmp_path: Path) -> None:
    home = filled(tmp_path / "home")
    lock(home)
    sealed = tmp_path / "entry.age"
    sealed.write_bytes(base64.b64decode(json.loads(Path(home.journal).read_bytes())[0]["age"]))
    command = ["-d", "-i", f"{home.folder}/key.age", str(sealed)]
    child: pexpect.spawn[bytes] = pexpect.spawn(str(AGE), command, timeout=30)
    child.expect("passphrase")
    child.sendline(PASSPHRASE)
    child.expect("canary-one")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.skipif(AGE is None, reason="the age tool is not installed")
def test_the_standard_tool_opens_an_entry_with_the_recovery_key(tmp_path: Path) -> None:
    identity = tmp_path / "recovery.txt"
    identity.write_text(KEY.secret + "\n")
    sealed = tmp_path / "entry.age"
    sealed.write_bytes(seal_bytes(b"canary", KEY.recipient))
    command = [str(AGE), "-d", "-i", str(identity), str(sealed)]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"canary"


def test_saving_in_the_clear_does_not_import_pyrage(tmp_path: Path) -> None:
    program = (
        "import os, sys; from datetime import UTC, datetime\n"
        "from dbtcoach.disk.home import Home; from dbtcoach.journal.seal import writer, seal_session\n"
        "from dbtcoach.journal.entry import decode; from dbtcoach.journal.file import append\n"
        "home = Home(sys.argv[1])\n"
        "append(home.journal, decode({'v': 1, 'id': '-'}), now=datetime.now(UTC),"
        " randomness=os.urandom, write=writer(home))\n"
        "seal_session(home, {})\n"
        "sys.exit('pyrage' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "home")]
    assert subprocess.run(command, check=False).returncode == 0
    lock(Home(str(tmp_path / "home")))
    assert subprocess.run(command, check=False).returncode == 1


def test_a_state_that_another_window_is_writing_is_left_to_it(tmp_path: Path) -> None:
    home = Home(str(tmp_path))
    (tmp_path / "state.json.tmp").write_text("half of what another window saves")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "essay.json.tmp").write_text("half of another program's")
    seal_home(home, WRAPPED, KEY.recipient, datetime(2026, 11, 23, tzinfo=UTC))
    assert (tmp_path / "state.json.tmp").exists()
    assert (tmp_path / "drafts" / "essay.json.tmp").exists()
    update_state(home, lambda state: state)
    assert not (tmp_path / "state.json.tmp").exists(), "its own lock is held there"

"""A disk without room, or that nobody may write to: nothing is lost, and the person is told in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.acceptance import small_disk
from tests.acceptance.saving import ids_in, said, start
from tests.acceptance.share import LONG, some
from tests.acceptance.small_disk import READ_ONLY, TYPED, WORDS
from tests.pty.own import write_own
from tests.pty.person import PROGRAM, environment, settle
from tests.shell import home_of, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no tmpfs and no file-size limit there"),
    pytest.mark.timeout(LONG),
]


def prepared(folder: Path) -> Path:
    """Return a person's home folder with an exercise of their own and three entries."""
    folder.mkdir()
    write_own(folder)
    settle(home_of(folder))
    with start(home_of(folder), 5_000, 3) as saved:
        assert len(said(saved)) == 3
    return folder


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    enter = small_disk.namespace()
    if not enter:
        pytest.skip("this user may not mount a small disk")
    folder = tmp_path_factory.mktemp("disk")
    model, point = prepared(folder / "model"), folder / "point"
    point.mkdir()
    pages = [*some(range(10), 6), READ_ONLY]
    done = subprocess.run(
        [*enter, sys.executable, small_disk.__file__, str(model), str(point), PROGRAM, *map(str, pages)],
        env={**environment(folder), "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def values(text: str) -> list[object]:
    return [answer["value"] for answer in json.loads(text)["session"]["answers"]]


def test_a_full_disk_loses_nothing(cases: list[dict[str, Any]], figure: Callable[[str], None]) -> None:
    lost = saved = drafted = shown = 0
    full = [case for case in cases if case["pages"] != READ_ONLY]
    for case in full:
        journal = case["files"]["journal.json"]
        assert "Traceback" not in case["err"]
        assert "went wrong inside" not in case["err"]
        entries = json.loads(journal)  # whole, whatever happened
        lost += len(json.loads(case["before"])) - len(entries[:3])
        if case["code"] == 0:
            saved += 1
            assert entries[-1]["answers"][0]["value"] == WORDS.strip()
            continue
        assert case["code"] == 1
        assert "disk is full" in case["err"]
        assert "not saved" in case["err"]
        assert journal == case["before"]
        assert WORDS.strip()[:60] in case["out"].split("Some words?")[-1]
        shown += 1
        draft = case["files"].get("drafts/kinds.json")
        if draft is not None:
            assert values(draft)[0] == WORDS.strip()
            drafted += 1
    figure(
        f"disk full: {lost} entries lost with 0 to 9 pages free; {saved} saved, {shown} told and shown again,"
        f" {drafted} of these in a draft too"
    )
    assert lost == 0
    assert saved
    assert drafted


def test_a_read_only_home_is_told_first_and_the_exercise_can_be_done(
    cases: list[dict[str, Any]], figure: Callable[[str], None]
) -> None:
    [case] = [case for case in cases if case["pages"] == READ_ONLY]
    assert case["code"] == 0, case["err"]
    told = case["out"].index("nothing will be kept")
    assert told < case["out"].index("Some words?")
    assert "How much of each?" in case["out"]
    assert "Nothing was kept." in case["err"]
    assert case["files"]["journal.json"] == case["before"]
    figure("read-only home: told before the first question, done to its end, exit code 0")


def test_a_limit_for_files_loses_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:

    folder = prepared(tmp_path / "home")
    journal = home_of(folder) / "journal.json"
    before = journal.read_bytes()
    draft = home_of(folder) / "drafts" / "kinds.json"
    # From a limit at which not a byte more goes in, to one at which all but the last byte does.
    line = len(json.dumps(WORDS)) + 600
    limits = some(range(len(before), len(before) + line, 97), 4)
    told = lost = drafted = 0
    for limit in limits:
        most = max(limit, len(before))
        done = run(folder, "kinds", "--plain", typed=TYPED, largest=most)
        assert "Traceback" not in done.stderr
        if done.returncode == 0:
            assert ids_in(home_of(folder))[:3] == [item["id"] for item in json.loads(before)]
        else:
            assert done.returncode == 1
            assert "limit for its size" in done.stderr
            lost += journal.read_bytes() != before
            assert WORDS.strip()[:60] in done.stdout.split("Some words?")[-1]
            told += 1
            if draft.exists():
                drafted += values(draft.read_text("utf-8"))[0] == WORDS.strip()
        journal.write_bytes(before)
        draft.unlink(missing_ok=True)
    figure(f"file-size limit: {lost} entries lost at {len(limits)} limits; {told} told, {drafted} drafted")
    assert lost == 0
    assert told == drafted > 0


@pytest.mark.skipif(os.geteuid() == 0, reason="for root, no folder is read-only; a mounted one is, above")
@pytest.mark.parametrize("command", [["log", "list"], ["trends"], ["data", "where"], ["exercises", "list"]])
def test_looking_needs_no_writing(tmp_path: Path, command: list[str]) -> None:
    folder = prepared(tmp_path / "home")
    home_of(folder).chmod(0o500)
    try:
        done = subprocess.run([PROGRAM, *command], env=environment(folder), capture_output=True, check=False)
    finally:
        home_of(folder).chmod(0o700)
    assert done.returncode == 0, done.stderr

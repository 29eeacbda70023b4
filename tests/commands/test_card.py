"""The card again: of the journal, of a draft, of older entries; copied, written down, or not shown."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import HOSTILE, NOW, entry, put
from tests.pty.person import Person, settle, squeezed
from tests.pty.walker import Walker
from tests.shell import entries, home_of, run

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Json

ASK = "Would you text me?"
ANSWERS = {
    "afraid": "not_afraid",
    "kind": "ask",
    "describe": "You came at 8:40.",
    "assert": ASK,
    "extra": ["their_side"],
    "side": "Tired.",
}
CARD = f"""Your card

Say
  You came at 8:40.
  {ASK}

Remember
  Their side: Tired.
"""


@pytest.fixture
def talked(tmp_path: Path) -> Path:
    """Return the folder of somebody who has prepared a talk."""
    done = run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(ANSWERS))
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_the_newest_card_is_printed_into_a_pipe_as_it_was(talked: Path) -> None:
    assert run(talked, "card").stdout == CARD
    assert CARD in run(talked, "log", "show", "last").stdout
    [kept] = entries(talked)
    assert run(talked, "card", kept["id"]).stdout == CARD
    assert ASK not in run(talked, "card", "list").stdout
    listed = run(talked, "card", "list").stdout.split()
    assert kept["id"].startswith(listed[0])
    assert listed[1] == kept["day"]


def test_an_id_in_the_list_is_enough_beside_entries_without_a_card(talked: Path) -> None:
    for _ in range(2):
        assert run(talked, "reflect", "--answers", "-", typed='{"good": "Tea"}').returncode == 0
    [kept] = [each for each in entries(talked) if each["exercise"] == "dear-man"]
    listed = run(talked, "card", "list").stdout.split()[0]
    assert [each["id"].startswith(listed) for each in entries(talked)].count(True) == 1
    assert kept["id"].startswith(listed)


def test_an_entry_of_an_earlier_release_shows_the_card_that_its_answers_make(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("dear-man", NOW, answers={"describe": "You came.", "assert": ASK})])
    assert run(tmp_path, "card").stdout == f"Your card\n\nSay\n  You came.\n  {ASK}\n"


def test_a_card_that_hangs_on_an_answer_kept_nowhere_is_not_made_up(tmp_path: Path) -> None:
    """Whoever went on afraid had a card for themselves alone; nobody can tell from an old entry."""
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("express", NOW, answers={"sentence": "When you shouted, I felt small."})])
    assert run(tmp_path, "card").returncode == 2


def test_where_somebody_is_afraid_no_card_is_kept(tmp_path: Path) -> None:
    answers = {**ANSWERS, "afraid": "yes_afraid", "go_on": True}
    run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(answers))
    assert [kept["cards"] for kept in entries(tmp_path)] == [[]]
    assert run(tmp_path, "card").returncode == 2


@pytest.mark.parametrize(
    "cards", [None, "words", [7], [{}], [{"parts": 3}], [{"title": 1, "parts": [{"text": []}]}]]
)
def test_what_somebody_put_in_the_place_of_cards_is_no_card(tmp_path: Path, cards: object) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("pause", NOW)])
    path = home_of(tmp_path) / "journal.json"
    [record] = json.loads(path.read_text("utf-8"))
    path.write_text(f"[\n{json.dumps({**record, 'cards': cards})}\n]\n", "utf-8")
    assert run(tmp_path, "card").returncode == 2
    assert run(tmp_path, "log", "show", "last").returncode == 0


def test_words_of_a_card_that_act_on_a_terminal_are_cleaned(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    hostile: Json = {"title": HOSTILE, "parts": [{"title": HOSTILE, "text": HOSTILE}]}
    put(home_of(tmp_path), [replace(entry("pause", NOW), cards=(hostile,))])
    for options in ([], ["--print"], ["-o", "out.html"], ["-o", "out.txt"]):
        done = run(tmp_path, "card", *options)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout
    assert "\x1b" not in (tmp_path / "out.txt").read_text("utf-8")
    assert "<script" not in (tmp_path / "out.html").read_text("utf-8")


def test_a_file_is_for_its_owner_alone_and_never_overwritten_unasked(talked: Path) -> None:
    assert run(talked, "card", "-o", "card.txt").returncode == 0
    path = talked / "card.txt"
    assert path.read_text("utf-8") == CARD
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine", "utf-8")
    assert run(talked, "card", "-o", "card.txt").returncode == 2
    assert path.read_text("utf-8") == "mine"
    assert run(talked, "card", "-o", "card.txt", "--force").returncode == 0
    assert run(talked, "card", "-o", str(home_of(talked) / "plan.json"), "--force").returncode == 2
    draft = home_of(talked) / "drafts" / "pause.json"
    assert run(talked, "pause", "--plain", typed="4\n").returncode == 130
    for own in (home_of(talked) / "journal.json", draft):
        before = own.read_bytes()
        assert run(talked, "card", "-o", str(own), "--force").returncode == 2
        assert own.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "needed"), [("wl-copy", "WAYLAND_DISPLAY"), ("xclip", "DISPLAY"), ("pbcopy", "")]
)
def test_a_copy_is_what_is_said_and_reaches_the_clipboard_by_standard_input(
    talked: Path, name: str, needed: str
) -> None:
    programs = talked / "programs"
    programs.mkdir()
    program = programs / name
    program.write_text(
        f'#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@" > {talked}/asked\ncat > {talked}/copied\n', "utf-8"
    )
    program.chmod(0o700)
    done = run(talked, "card", "--copy", env={"PATH": str(programs), **({needed: ":0"} if needed else {})})
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Copied: what you say or send. Others can read a clipboard" in done.stderr
    assert (talked / "copied").read_text("utf-8") == f"You came at 8:40.\n{ASK}"
    assert ASK not in (talked / "asked").read_text("utf-8")


def test_nothing_is_copied_unless_it_is_asked_for(talked: Path) -> None:
    with Person(talked, "card") as person:
        person.see(ASK)
        person.press("enter")
        person.see("Should your card stay")
        person.press("y")
        assert person.wait_exit() == 0
        assert b"\x1b]52" not in person.raw
    with Person(talked, "card", "--copy") as person:
        assert person.wait_exit() == 0
        assert b"\x1b]52;c;" in person.raw
        assert "Copied" not in person.screen  # a terminal may say nothing and do nothing
        assert "look before you send it" in squeezed(person.screen)


@pytest.mark.pty
@pytest.mark.parametrize(("keys", "code", "stays"), [
    (["enter", "y"], 0, True),
    (["enter", "enter"], 0, False),
    (["ctrl-c"], 130, False),
    (["ctrl-d"], 130, False),
    (["ctrl-q"], 0, False),
    (["enter", "ctrl-c"], 130, False),
    (["enter", "ctrl-q"], 0, False),
])  # fmt: skip
def test_at_a_terminal_it_stays_only_for_a_yes(
    talked: Path, keys: list[str], code: int, *, stays: bool
) -> None:
    with Person(talked, "card") as person:
        for key, words in zip(keys, (ASK, "Should your card stay"), strict=False):
            person.see(words)
            person.press(key)
        assert person.wait_exit() == code
        assert person.has_its_terminal_back()
        assert (ASK in person.screen) == stays


@pytest.mark.pty
def test_the_card_of_a_draft_is_found_and_is_newer_than_an_entry(talked: Path) -> None:
    with Person(talked, "dear-man", "--fresh") as person:
        person.see("What is it this time?")
        person.press("1")
        walker = Walker(
            person, "dear-man", {"afraid": "not_afraid", "kind": "ask", "assert": "Would you call?"}
        )
        walker.until("extra")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Would you call?" not in person.screen
    for name in ([], ["draft"]):
        assert "  Would you call?\n" in run(talked, "card", *name).stdout
    drafted, kept = run(talked, "card", "list").stdout.splitlines()
    assert drafted.startswith("draft ")
    assert drafted.index("DEAR MAN") == kept.index("DEAR MAN")


def test_where_others_use_the_computer_nothing_is_shown_without_a_key(talked: Path) -> None:
    home = home_of(talked)
    (home / "config.yaml").write_text("shared: true\n", "utf-8")
    shut = run(talked, "card")
    assert (shut.returncode, shut.stdout) == (1, "")
    words = "four odd words here\n"
    assert run(talked, "data", "lock", typed=words * 2).returncode == 0
    settle(home)
    assert run(talked, "card").returncode == 1
    assert run(talked, "card", typed=words).stdout == CARD

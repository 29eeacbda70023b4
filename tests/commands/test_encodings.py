"""Terminals and pipes without UTF-8: a letter that they do not have never ends the program."""

from __future__ import annotations

import codecs
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, month, put
from tests.pty.own import write_own
from tests.pty.person import PROGRAM, Person, environment, settle
from tests.shell import TRACES, entries, home_of, run, values

from dbtcoach.terminal.environment import wants_plain

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_line_mode_goes_to_its_end_in_an_old_encoding(tmp_path: Path, encoding: str) -> None:
    write_own(tmp_path)
    env = {"PYTHONIOENCODING": encoding}
    done = run(tmp_path, "kinds", "--plain", typed="a few words\n3\n" + "\n" * 20, env=env)
    assert done.returncode == 0, done.stderr
    assert "0 nothing ... 10" in done.stdout
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_saved_script_is_printed_in_an_old_encoding(tmp_path: Path, options: tuple[str, ...]) -> None:
    write_own(tmp_path)
    typed = '{"words": "a b"}'
    env = {"PYTHONIOENCODING": "ascii"}
    done = run(tmp_path, "kinds", "--answers", "-", *options, typed=typed, env=env)
    assert done.returncode == 0, done.stderr
    assert len(entries(tmp_path)) == 1


def test_bytes_that_mean_nothing_are_no_fault_of_the_program(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    done = subprocess.run(
        [PROGRAM, "kinds", "--plain"],
        input=b"words \xff\xfe here\n3\n" + b"\n" * 20,
        env=environment(tmp_path, PYTHONIOENCODING="utf-8:strict"),
        capture_output=True,
        check=False,
        timeout=60,
    )
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert not any(trace in said for trace in TRACES)
    # What is no UTF-8 is taken for Latin-1: no letter is thrown away.
    assert "words ÿþ here" in str(entries(tmp_path))


NAMED_C: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX"},
    {"LANG": "C"},
    {"PYTHONIOENCODING": "ascii"},
]


def said_by(folder: Path, *arguments: str, env: dict[str, str], typed: bytes = b"") -> bytes:
    settle(home_of(folder))
    done = subprocess.run(
        [PROGRAM, *arguments],
        input=typed,
        env=environment(folder, **env),
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("env", NAMED_C)
def test_a_locale_without_letters_gets_ascii_alone(tmp_path: Path, env: dict[str, str]) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(
        home_of(tmp_path),
        [*month(), entry("pause", NOW, answers={"move": "caf\u00e9 \U0001f600"}, distress=(8, 5))],
    )
    for arguments in (
        ("log", "list"),
        ("log", "show", "last"),
        ("log", "show", "last", "--json"),
        ("trends", "--since", "2026-10-20"),
        ("help-now",),
        ("exercises", "list"),
    ):
        assert said_by(tmp_path, *arguments, env=env).isascii(), arguments


@pytest.mark.parametrize("env", [*NAMED_C, {"PYTHONIOENCODING": "latin-1"}, {"LANG": "C.UTF-8"}])
@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_what_is_exported_is_utf_8_in_every_locale(tmp_path: Path, env: dict[str, str], form: str) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("pause", NOW, answers={"move": "caf\u00e9 \u05d0\u200f \U0001f600"})])
    arguments = ("log", "export", "--format", form, "--since", "2026-11-01", "--with-words")
    text = said_by(tmp_path, *arguments, env=env).decode("utf-8")
    assert "caf\u00e9 \u05d0\u200f \U0001f600" in text
    assert not text.startswith("\ufeff")  # what reads a pipe would take it for a letter
    said_by(tmp_path, *arguments, "-o", f"out.{form}", env=env)
    kept = (tmp_path / f"out.{form}").read_bytes()
    assert kept.startswith(codecs.BOM_UTF8) == (form == "csv")
    assert kept.removeprefix(codecs.BOM_UTF8).decode() == text


def test_an_export_that_a_terminal_cannot_show_is_refused_whole(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("pause", NOW, answers={"move": "caf\u00e9"})])
    arguments = ("log", "export", "--format", "csv", "--with-words")
    with Person(tmp_path, *arguments, env={"LC_ALL": "C"}) as person:
        assert person.wait_exit() == 2
        assert "-o FILE" in person.screen
        assert "caf" not in person.screen


def test_direction_marks_are_kept_and_overrides_are_not_shown(tmp_path: Path) -> None:
    write_own(tmp_path)
    typed = "\u05d0\u200f (\u200e1) \u202ex\n".encode() + b"3\n" + b"\n" * 20
    said = said_by(tmp_path, "kinds", "--plain", env={}, typed=typed).decode()
    assert "\u202e" not in said
    assert "\u05d0\u200f (\u200e1) \u202ex" in values(entries(tmp_path)[0]).values()
    shown = said_by(tmp_path, "log", "show", "last", env={}).decode()
    assert "\u05d0\u200f (\u200e1) \ufffdx" in shown


@pytest.mark.parametrize(
    ("value", "asks"), [("0", False), ("false", False), ("", False), ("OFF", False), ("1", True)]
)
@pytest.mark.parametrize("name", ["ACCESSIBLE", "DBTCOACH_PLAIN"])
def test_a_zero_switches_line_mode_off(name: str, value: str, *, asks: bool) -> None:
    assert wants_plain({name: value}) is asks


@pytest.mark.pty
@pytest.mark.parametrize(("value", "drawn"), [("0", True), ("false", True), ("1", False)])
def test_a_zero_leaves_the_first_words_on_a_screen_of_their_own(
    tmp_path: Path, value: str, *, drawn: bool
) -> None:
    with Person(tmp_path, "pause", env={"ACCESSIBLE": value}) as person:
        person.see("How strong is the distress right now?")
        assert (b"\x1b[?1049h" in person.raw) is drawn

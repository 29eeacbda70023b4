"""What a shell offers after Tab, asked as the shells ask it, and by the shells themselves where they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from dbtcoach.commands.table import EXERCISES, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

BIN = Path(sys.executable).parent
PROGRAM = str(BIN / "dbtcoach")
SHIPPED = list(EXERCISES)
WORDS = "canary words about the harbour"
OWN = """\
format: 1
name: evening-walk
title: Evening walk
summary: {summary}
steps:
  - {{id: go, type: say, message: Go.}}
"""
HOSTILE = (
    '\\$(touch PWNED) `touch PWNED` "; touch PWNED; " \' $(touch PWNED) [/bold] \x1b]52;c;AAAA\x07 ${PATH}'
)


def id_of(minute: int) -> str:
    return f"01a2{minute:04x}-0000-7000-8000-000000000000"


def entry(minute: int, exercise: str = "pause") -> str:
    return json.dumps(
        {
            "v": 1,
            "id": id_of(minute),
            "exercise": exercise,
            "title": exercise.title(),
            "started": "2026-11-23T20:00:00+00:00",
            "finished": "2026-11-23T20:02:00+00:00",
            "day": "2026-11-23",
            "complete": True,
            "distress": None,
            "answers": [{"step": "now", "prompt": "And now?", "value": WORDS}],
        }
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of somebody with three entries and an exercise of their own."""
    folder = tmp_path / "home"
    (folder / "exercises").mkdir(parents=True)
    own = OWN.format(summary="Round the block and back.")
    (folder / "exercises" / "evening-walk.yaml").write_text(own, "utf-8")
    lines = [entry(1), entry(2), entry(3, "dear-man")]
    (folder / "journal.json").write_text("[\n" + "\n,".join(lines) + "\n]\n", "utf-8")
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    path = f"{BIN}:{os.environ['PATH']}"
    return {"DBTCOACH_HOME": str(home), "HOME": str(home.parent), "PATH": path, "LANG": "C.UTF-8", **more}


def asked(home: Path, **variables: str) -> str:
    done = subprocess.run(
        [PROGRAM],
        env=environment(home, **variables),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert WORDS.split(maxsplit=1)[0] not in done.stdout
    return done.stdout


def bash(home: Path, *words: str) -> list[str]:
    """Return what bash is told to offer for the last of these words."""
    said = asked(
        home,
        _DBTCOACH_COMPLETE="complete_bash",
        COMP_WORDS=" ".join(("dbtcoach", *words)),
        COMP_CWORD=str(len(words)),
    )
    return [line for line in said.split("\n") if line]


def fish(home: Path, line: str) -> dict[str, str]:
    """Return what fish is told to offer after a line, with the text beside each."""
    said = asked(
        home,
        _DBTCOACH_COMPLETE="complete_fish",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=line,
    )
    return dict(row.partition("\t")[::2] for row in said.splitlines())


def zsh(home: Path, line: str) -> str:
    """Return the line that zsh is told to evaluate."""
    return asked(home, _DBTCOACH_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)


def test_commands_are_offered_own_exercises_too(home: Path) -> None:
    offered = bash(home, "")
    assert offered[: len(SHIPPED)] == SHIPPED
    assert "evening-walk" in offered
    assert {"help-now", "log", "data", "trends", "review", "remind", "exercises"} <= set(offered)
    assert bash(home, "dear") == ["dear-man"]
    assert fish(home, "dbtcoach even") == {"evening-walk": "Round the block and back."}


def test_entries_are_offered_by_id_newest_first_with_exercise_and_day(home: Path) -> None:
    for command in ("show", "delete"):
        assert fish(home, f"dbtcoach log {command} ") == {
            "last": "the newest one",
            "01a20003": "dear-man, 23 Nov 2026",
            "01a20002": "pause, 23 Nov 2026",
            "01a20001": "pause, 23 Nov 2026",
        }
    assert bash(home, "log", "show", "01a20002") == ["01a20002"]
    assert bash(home, "log", "show", "01a20002-0") == [id_of(2)]
    assert bash(home, "log", "show", "ff") == []
    assert bash(home, "log", "show", "l") == ["last"]


def test_a_card_is_offered_by_the_words_that_stand_for_one_too(home: Path) -> None:
    offered = fish(home, "dbtcoach card ")
    assert list(offered) == ["list", "draft", "last", "01a20003", "01a20002", "01a20001"]
    assert offered["list"] == "all cards"
    assert bash(home, "card", "li") == ["list"]
    assert bash(home, "card", "dr") == ["draft"]


def test_no_more_entries_are_offered_than_anybody_reads(home: Path) -> None:
    lines = [entry(minute) for minute in range(300)]
    (home / "journal.json").write_text("[\n" + "\n,".join(lines) + "\n]\n", "utf-8")
    offered = bash(home, "log", "show", "")
    assert offered[:2] == ["last  (the newest one)", f"01a2{299:04x}  (pause, 23 Nov 2026)"]
    assert len(offered) == 31


def test_a_locked_journal_offers_no_entry(home: Path) -> None:
    from dbtcoach.disk.home import Home
    from dbtcoach.journal.seal import is_locked

    (home / "recipient.txt").write_text("age1" + "q" * 58 + "\n", "utf-8")
    assert is_locked(Home(str(home)))
    assert bash(home, "log", "show", "") == ["last"]


def test_values_of_options_are_offered(home: Path) -> None:
    assert {"GB", "US", "IE"} <= set(bash(home, "help-now", "--country", ""))
    assert bash(home, "help-now", "--country", "g") == ["gb"]
    assert bash(home, "review", "--as", "re") == ["reinforce", "reply"]
    assert bash(home, "log", "export", "--format", "") == ["md", "html", "csv", "json"]
    assert bash(home, "remind", "--print", "") == ["systemd", "cron", "launchd", "schtasks"]
    assert bash(home, "log", "list", "--exercise", "even") == ["evening-walk"]
    assert bash(home, "exercises", "print", "dear-man-") == ["dear-man-after", "dear-man-quick"]
    assert "--after" in bash(home, "dear-man", "--")


def test_the_countries_are_those_that_have_lines(home: Path) -> None:
    from dbtcoach.world.help_lines import countries

    assert bash(home, "help-now", "--country", "") == [found.code for found in countries()]
    offered = fish(home, "dbtcoach help-now --country I")
    assert offered["IE"] == next(found.name for found in countries() if found.code == "IE")


@pytest.mark.parametrize("kind", ["summary", "exercise of an entry", "id of an entry"])
def test_what_stands_in_a_file_is_no_command_of_the_shell(home: Path, kind: str) -> None:
    line = "dbtcoach "
    if kind == "summary":
        (home / "exercises" / "evening-walk.yaml").write_text(OWN.format(summary=HOSTILE), "utf-8")
    else:
        line = "dbtcoach log show "
        found = json.loads(entry(1))
        found["exercise" if kind.startswith("exercise") else "id"] = HOSTILE
        (home / "journal.json").write_text(f"[\n{json.dumps(found)}\n]\n", "utf-8")
    said = zsh(home, line)
    assert not set("$`\\\x1b\x07[]") & set(said.replace("\\\\:", ":"))
    for shell in ("zsh", "bash"):
        if shutil.which(shell):  # zsh evaluates the line, and a second time the list inside it
            script = (
                '_arguments() { local -a ws; eval "ws=( ${2:-${1#*: :(}} )" 2>/dev/null; :; }; eval "$SAID"'
            )
            subprocess.run(
                [shell, "-c", script], env=environment(home, SAID=said), cwd=home.parent, check=False
            )
    assert not list(home.parent.rglob("PWNED"))


def test_a_home_that_cannot_be_says_nothing_in_the_middle_of_a_line(tmp_path: Path) -> None:
    nowhere = {"DBTCOACH_HOME": "", "HOME": "/nowhere/at/all", "XDG_DATA_HOME": ""}
    (tmp_path / "home").mkdir()
    assert asked(
        tmp_path / "home",
        **nowhere,
        _DBTCOACH_COMPLETE="complete_bash",
        COMP_WORDS="dbtcoach ",
        COMP_CWORD="1",
    ) in ("", *_any())


def _any() -> Iterator[str]:
    """Yield the answers that are right where the account has a home folder all the same."""
    yield "\n".join([*SHIPPED, *NAMES, ""])


def test_rich_is_not_imported_to_offer_something(home: Path) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(m for m in HEAVY if sys.modules.get(m))))\n"
        "HEAVY = ('rich', 'questionary', 'prompt_toolkit', 'yaml', 'pyrage')\n"
        "sys.argv = ['dbtcoach']\n"
        "from dbtcoach.overture import main\n"
        "main()\n"
    )
    for line in ("dbtcoach ", "dbtcoach log show ", "dbtcoach dear-man --", "dbtcoach help-now --country "):
        asking = {"_DBTCOACH_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment(home, **asking),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.startswith("_arguments"), line
        assert done.stderr == "", line


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_itself_offers_them(home: Path) -> None:
    script = (
        'eval "$(dbtcoach --show-completion)"\n'
        'COMP_WORDS=(dbtcoach log show ""); COMP_CWORD=3; _dbtcoach_completion dbtcoach\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
        "complete -p dbtcoach\n"
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env=environment(home), capture_output=True, text=True, check=True
    )
    *offered, registered = done.stdout.splitlines()
    assert offered == [
        "last  (the newest one)",
        "01a20003  (dear-man, 23 Nov 2026)",
        "01a20002  (pause, 23 Nov 2026)",
        "01a20001  (pause, 23 Nov 2026)",
    ]
    assert registered == "complete -o default -F _dbtcoach_completion dbtcoach"


@pytest.mark.pty
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_shows_what_each_entry_is_and_puts_only_its_id_on_the_line(home: Path) -> None:
    variables = environment(home, TERM="dumb", PS1="ready> ", INPUTRC="/dev/null")
    child = pexpect.spawn("bash", ["--norc", "-i"], env=variables, timeout=30, encoding="utf-8")
    try:
        child.sendline("PS1='ready> '; eval \"$(dbtcoach --show-completion)\"")
        child.expect_exact("ready> ")
        child.send("dbtcoach log show 01a2\t\t\t\t")
        child.expect_exact("01a20003  (dear-man, 23 Nov 2026)")
        child.send("\x15echo dbtcoach\x15dbtcoach log show 01a20003\t\x01echo \r")
        child.expect(r"\ndbtcoach log show 01a20003\s*\r")
    finally:
        child.close(force=True)


def test_a_shell_file_in_an_old_encoding_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    before = b"# caf\xe9\n"
    (tmp_path / ".bashrc").write_bytes(before)
    done = subprocess.run(
        ["bash", "--norc", "-c", "dbtcoach --install-completion; exit $?"],
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "is not UTF-8" in done.stderr
    assert "--show-completion" in done.stderr
    assert (tmp_path / ".bashrc").read_bytes() == before


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
def test_fish_itself_offers_them(home: Path) -> None:
    script = 'dbtcoach --show-completion | source; complete --do-complete "dbtcoach help-now --country G"'
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "GB\tUnited Kingdom\n"


@pytest.mark.pty
@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_zsh_itself_offers_them(home: Path) -> None:
    child = pexpect.spawn(
        "zsh",
        ["-f", "-i"],
        env=environment(home, TERM="dumb", PS1="ready> "),
        cwd=str(home.parent),
        timeout=30,
        encoding="utf-8",
    )
    try:
        child.expect_exact("ready> ")
        child.sendline(
            "autoload -Uz compinit && compinit -D -u && dbtcoach --show-completion > c.zsh && . ./c.zsh"
        )
        child.expect_exact("ready> ")
        child.send("dbtcoach log show \t")
        child.expect_exact("dear-man, 23 Nov 2026")
        child.send("\x15dbtcoach even\t")
        child.expect_exact("evening-walk")
    finally:
        child.close(force=True)

"""Scripted runs: the answers of a file play an exercise to its end, and nothing wrong is half-saved."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.pty.own import write_own
from tests.pty.person import settle
from tests.shell import entries, home_of, run, values

from dbtcoach.disk.access import open_outside

SCRIPTS = Path(__file__).parent.parent / "answers"
COMMANDS = {
    "pause.yaml": ["pause"],
    "ground.yaml": ["ground"],
    "dear-man.short.yaml": ["dear-man"],
    "dear-man.long.yaml": ["dear-man"],
    "dear-man.refuse.yaml": ["dear-man"],
    "dear-man-quick.yaml": ["dear-man", "--quick"],
    "dear-man-after.yaml": ["dear-man", "--after"],
    "validate.yaml": ["validate"],
    "together.yaml": ["together"],
    "ground-short.yaml": ["ground", "--short"],
    "validate-drill.yaml": ["validate", "--drill"],
    "express.yaml": ["express"],
    "rehearse.yaml": ["rehearse"],
    "connect.yaml": ["connect"],
    "repair.yaml": ["repair"],
    "mend.yaml": ["mend"],
    "mend-drill.yaml": ["mend", "--drill"],
    "cope-ahead.yaml": ["cope-ahead"],
    "pros-cons.yaml": ["pros-cons"],
    "accept.yaml": ["accept"],
    "reflect.json": ["reflect"],
    "reflect-week.yaml": ["reflect", "--week"],
}
EARLIER = {"reflect-week.yaml": "reflect.json"}  # what is looked back at has to be there
NOWHERE = {
    "afraid",
    "contact",
    "force",
    "harm",
    "person_safe",
    "alone",
    "both_want",
    "back_1",
    "back_2",
    "how_now",
}  # answers that are kept nowhere


SKILLS = ("stop", "grounding", "check-the-facts", "dear-man", "validation")


def expected(step: str, value: object) -> object:
    """Return what is kept of an answer in a file: words without the blanks around them, rows by name."""
    if isinstance(value, str):
        value = value.strip()
    rows = {"urges": ("strength", "acted"), "skills": SKILLS}
    if step in rows:
        numbers = value.split() if isinstance(value, str) else value
        assert isinstance(numbers, list)
        return dict(zip(rows[step], map(int, numbers), strict=True))
    if step == "in_the_way":
        return ["short_term", "emotions"]  # in the order of the choices
    return value


def play_earlier(folder: Path, script: str) -> None:
    """Play the script that has to be in the journal before this one."""
    if earlier := EARLIER.get(script):
        done = run(folder, *COMMANDS[earlier], "--answers", str(SCRIPTS / earlier), known=False)
        assert done.returncode == 0, done.stderr


def test_every_script_has_its_command() -> None:
    assert {path.name for path in SCRIPTS.iterdir()} == set(COMMANDS)


@pytest.mark.parametrize("script", COMMANDS)
def test_a_script_plays_to_the_end_and_every_answer_is_kept(tmp_path: Path, script: str) -> None:
    given: dict[str, object] = yaml.safe_load((SCRIPTS / script).read_text("utf-8"))
    play_earlier(tmp_path, script)
    before = entries(tmp_path)
    done = run(tmp_path, *COMMANDS[script], "--answers", str(SCRIPTS / script), "--json", known=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    *kept, entry = entries(tmp_path)
    assert kept == before
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == entry
    assert entry["complete"] is True
    assert values(entry) == {s: expected(s, value) for s, value in given.items() if s not in NOWHERE}
    assert all(answer["prompt"] for answer in entry["answers"])


@pytest.mark.parametrize("script", COMMANDS)
def test_a_script_prints_a_plain_transcript(tmp_path: Path, script: str) -> None:
    play_earlier(tmp_path, script)
    done = run(tmp_path, *COMMANDS[script], "--answers", str(SCRIPTS / script))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    given: dict[str, object] = yaml.safe_load((SCRIPTS / script).read_text("utf-8"))
    words = [value for value in given.values() if isinstance(value, str) and " " in value.strip()]
    for word in words:
        assert word.strip().split("\n")[0] in done.stdout or word[0].isdigit()


def test_the_card_of_dear_man_is_in_the_transcript(tmp_path: Path) -> None:
    done = run(tmp_path, "dear-man", "--answers", str(SCRIPTS / "dear-man.long.yaml"))
    card = (
        "Say\n"
        "  Last night the phone was on the pillow\n  until half past twelve.\n"
        "  I felt alone.\n  Would you leave it in the hall on weekdays?\n  We would both sleep.\n\n"
        "If they can't\n  If not every night, then three.\n\n"
    )
    assert card in done.stdout


@pytest.mark.parametrize(
    "text", ["{before: 3, after: 2}", '{"before": 3, "after": 2}', "before: 3\nafter: 2\n"]
)
def test_answers_come_from_standard_input_too(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, "pause", "--answers", "-", "--json", typed=text)
    assert done.returncode == 0, done.stderr
    assert values(entries(tmp_path)[0]) == {"before": 3, "after": 2}
    assert json.loads(done.stdout)["distress"] == {"before": 3, "after": 2}


def test_answers_that_a_shell_writes_late_are_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "late")
    writing = os.open(tmp_path / "late", os.O_RDWR)
    with open_outside(str(tmp_path / "late")) as source:
        assert os.get_blocking(source.fileno())  # else reading before anything is there finds nothing
        os.write(writing, b"before: 3\n")
        assert source.readline() == b"before: 3\n"
    os.close(writing)


def test_json_as_most_programs_write_it_is_taken(tmp_path: Path) -> None:
    write_own(tmp_path)
    given = {"words": "\N{GRINNING FACE} \u00e9", "number": 3}
    written = json.dumps(given, indent="\t")
    assert "\\ud83d" in written
    done = run(tmp_path, "kinds", "--answers", "-", "--json", typed=written)
    assert done.returncode == 0, done.stderr
    assert values(entries(tmp_path)[0]) == given


def refused(folder: Path, *arguments: str, typed: str) -> str:
    """Run with answers that cannot be used, and return what is said about them."""
    done = run(folder, *arguments, "--answers", "-", typed=typed)
    assert done.returncode == 2
    assert done.stdout == ""
    assert entries(folder) == []
    assert not (home_of(folder) / "drafts").exists()
    return done.stderr


def test_everything_that_cannot_be_used_is_named_at_once(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        "dear-man",
        typed="before: 11\nafraid: maybe\nkind: ask\ndescrbe: words\nnegotiate: [1, 2]\n",
    )
    assert "before: Please type a number from 0 to 10." in said
    assert "afraid:" in said
    assert "describe: this step needs an answer" in said
    assert "assert: this step needs an answer" in said
    assert "standard input:4:1: there is no step 'descrbe'; did you mean 'describe'?" in said
    assert "'describe'" in said
    assert "negotiate: Please write words." in said
    assert "nothing was saved" in said


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("before: 3\nI hate him so much: 1\n", "2:1"),
        ("before: 3\n  I hate him so much: 1\n", "2:21"),
        ("before: 3\nI hate him so much: 1\nI hate him so much: 2\n", "3:1"),
        ('{"before": 3, "I hate him so much": 1}', "1:15"),
        ('{\r\n\t"pace": ["a", {"b": "\\ud83d\\ude00"}] ,\n  "I hate him so much" : 1\n}', "3:3"),
        ('{"before": 3, "I hate him so much": 1, "I hate him so much": 1}', "1:40"),
    ],
)
def test_what_stands_where_a_name_should_is_told_by_its_place_alone(
    tmp_path: Path, typed: str, place: str
) -> None:
    said = refused(tmp_path, "pause", typed=typed)
    assert f"standard input:{place}: " in said
    assert "hate" not in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "the file is empty"),
        ("- 1\n- 2\n", "expected a mapping"),
        ("just words", "expected a mapping"),
        ("before: [1", ":1:"),
        ("before: 1\nbefore: 2\n", "twice"),
        ("before: &x 1\nafter: *x\n", ":1:"),
        ("before: !!python/object:os.system 1\n", ":1:"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, typed: str, said: str) -> None:
    assert said in refused(tmp_path, "pause", typed=typed)


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "nowhere.yaml")
    assert done.returncode == 2
    assert "nowhere.yaml: cannot be read" in done.stderr


def test_a_folder_or_a_pipe_in_place_of_the_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(tmp_path, "pause", "--answers", str(tmp_path)).returncode == 2
    assert run(tmp_path, "pause", "--answers", str(tmp_path / "pipe")).returncode == 2


def test_an_answer_to_a_step_that_is_not_due_is_left_out_and_said(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "-", "--json", typed="pace: breath\nurge: shout\nafter: 2\n")
    assert done.returncode == 0
    assert done.stderr.startswith("urge: not asked this time")
    assert done.stderr.count("\n") == 1
    assert "urge" not in values(entries(tmp_path)[0])
    assert json.loads(done.stdout) == entries(tmp_path)[0]


def test_yaml_words_that_look_like_something_else_stay_words(tmp_path: Path) -> None:
    run(tmp_path, "pause", "--answers", "-", typed="pace: whole\nurge: no\nbody: 12:30\nmove: 2026-13-45\n")
    found = values(entries(tmp_path)[0])
    assert (found["urge"], found["body"], found["move"]) == ("no", "12:30", "2026-13-45")


def test_a_waiting_draft_is_left_alone(tmp_path: Path) -> None:
    run(tmp_path, "pause", "--plain", typed="4\n")
    draft = home_of(tmp_path) / "drafts" / "pause.json"
    before = draft.read_bytes()
    done = run(tmp_path, "pause", "--answers", "-", typed="before: 1\n")
    assert done.returncode == 0
    # Saving an entry ends the sitting that the draft belongs to only when it is the same sitting.
    assert draft.read_bytes() == before


def test_no_save_prints_the_entry_and_keeps_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "-", "--json", "--no-save", typed="before: 1\n")
    assert done.returncode == 0
    entry: dict[str, Any] = json.loads(done.stdout)
    assert values(entry) == {"before": 1}
    assert entry["id"]
    assert entries(tmp_path) == []


def test_json_alone_is_a_usage_error(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--json")
    assert done.returncode == 2
    assert "--answers" in done.stderr


def test_an_unknown_exercise_is_a_usage_error(tmp_path: Path) -> None:
    assert run(tmp_path, "paus").returncode == 2
    assert run(tmp_path, "pause", "--nonsense").returncode == 2


def test_answers_to_steps_that_are_not_kept_are_in_no_entry(tmp_path: Path) -> None:
    typed = "afraid: yes_afraid\ngo_on: true\nkind: ask\ndescribe: words\nassert: more words\n"
    done = run(tmp_path, "dear-man", "--answers", "-", "--json", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "afraid" not in done.stdout
    assert "afraid" not in (home_of(tmp_path) / "journal.json").read_text("utf-8")


def test_every_kind_of_step_takes_an_answer_from_a_file(tmp_path: Path) -> None:
    write_own(tmp_path)
    given = {
        "words": "two\nlines",
        "number": 10,
        "rows": {"red": 0, "blue": 5},
        "one": "An owl",
        "several": ["moon", "sun"],
        "ranked": ["walk", "tea", "nap"],
        "sure": True,
        "menu": ["again"],
        "again_words": "yes",
        "last": "end",
    }
    done = run(tmp_path, "kinds", "--answers", "-", typed=json.dumps(given))
    assert done.returncode == 0, done.stderr
    assert values(entries(tmp_path)[0]) == {**given, "one": "owl", "several": ["sun", "moon"]}


def test_a_script_saves_though_the_first_run_question_was_never_asked(tmp_path: Path) -> None:
    settle(tmp_path / "elsewhere")
    done = run(tmp_path, "pause", "--answers", "-", typed="before: 1\n", known=False)
    assert done.returncode == 0
    assert len(entries(tmp_path)) == 1


def test_a_slip_in_the_name_of_an_exercise_is_told_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "dear-mna")
    assert done.returncode == 2
    assert "did you mean 'dear-man'?" in done.stderr


@pytest.mark.parametrize(
    "line", ["good: I told her #1 first", "good: sorry # for that", "good: Späte Grüße # 3"]
)
def test_an_answer_that_yaml_cuts_off_is_refused_with_its_place_and_without_its_words(
    tmp_path: Path, line: str
) -> None:
    done = run(
        tmp_path, "reflect", "--answers", "-", typed=f"emotions: {{anger: 3}} # may have one\n{line}\n"
    )
    assert done.returncode == 2
    assert done.stderr == "standard input:2:7: the text ends before a '#'; put quotes around all of it\n"
    assert entries(tmp_path) == []
    quoted = line.replace(": ", ': "', 1) + '"'
    assert run(tmp_path, "reflect", "--answers", "-", typed=quoted).returncode == 0
    assert line.removeprefix("good: ") in values(entries(tmp_path)[0]).values()

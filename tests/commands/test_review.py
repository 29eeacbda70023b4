"""A message is read before it is sent: the installed command, its streams, its JSON, its errors."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.pty.person import PROGRAM, Person, environment, settle
from tests.shell import home_of, run

from dbtcoach.coach.model import KINDS, LABELS
from dbtcoach.commands.notes_page import HEAVY

if TYPE_CHECKING:
    from pathlib import Path

ALWAYS = "You always come late."
DANGER = {
    "crisis": "I want to die.",
    "abuse": "He hit me again last night.",
    "soft": "My friend died last week.",
}
KEYS = ["text", "as", "notes", "safety"]
NOTE_KEYS = ["rule", "level", "start", "end", "message"]
CARETS = "^^^^^^^^^^"  # below “You always”


def as_json(folder: Path, text: str, *arguments: str) -> dict[str, Any]:
    """Return what ``--json`` says about a text, once it is what the documentation promises."""
    done = run(folder, "review", "--json", *arguments, typed=text)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.endswith("}\n")
    return checked(json.loads(done.stdout))


def checked(data: dict[str, Any]) -> dict[str, Any]:
    assert list(data) == KEYS
    assert data["as"] in KINDS
    assert data["safety"] in (None, "crisis", "abuse", "soft")
    for note in data["notes"]:
        assert list(note) == NOTE_KEYS
        assert note["rule"] in LABELS
        assert note["level"] in ("suggestion", "warning")
        assert 0 <= note["start"] < note["end"] <= len(data["text"])
        assert note["message"]
    if data["safety"] in ("crisis", "abuse"):
        assert data["notes"] == []
    return data


def marked(data: dict[str, Any]) -> list[str]:
    """Return the words that the notes point at, in code points."""
    return [data["text"][note["start"] : note["end"]] for note in data["notes"]]


def in_bytes(folder: Path, *arguments: str, typed: bytes = b"", env: dict[str, str] | None = None) -> Any:
    """Run the review with bytes on its standard input."""
    settle(home_of(folder))
    return subprocess.run(
        [PROGRAM, "review", *arguments],
        input=typed,
        env=environment(folder, **(env or {})),
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("way", ["stdin", "dash", "file"])
def test_a_text_comes_from_standard_input_or_a_file(tmp_path: Path, way: str) -> None:
    (tmp_path / "draft.txt").write_text(ALWAYS, "utf-8")
    arguments = {"stdin": [], "dash": ["-"], "file": ["draft.txt"]}[way]
    done = run(tmp_path, "review", *arguments, typed="" if way == "file" else ALWAYS)
    assert done.returncode == 0
    lines = done.stdout.split("\n")
    assert lines[:4] == [ALWAYS, CARETS, "", "“You always”"]
    assert lines[4].startswith("  “Always” makes people")
    assert any(line.startswith("  Try: ") for line in lines)
    assert done.stderr == ""


def test_nothing_that_stands_out_is_said_and_promises_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "review", typed="On Tuesday you came at 8:40.")
    assert done.returncode == 0
    assert "Nothing stands out. That does not mean that it will land well." in done.stdout
    assert "^" not in done.stdout


@pytest.mark.parametrize("text", ["", "\n\n", "  \t "])
def test_an_empty_text_has_no_notes(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, "review", typed=text)
    assert (done.returncode, done.stdout) == (0, "There was nothing to read.\n")
    assert as_json(tmp_path, text) == {"text": text, "as": "message", "notes": [], "safety": None}


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("describe", ALWAYS, "always_never"),
        ("express", ALWAYS, "always_never"),
        ("assert", ALWAYS, "always_never"),
        ("reinforce", ALWAYS, "always_never"),
        ("message", ALWAYS, "always_never"),
        ("reply", "At least you have a job.", "at_least"),
    ],
)
def test_it_is_read_as_what_it_is(tmp_path: Path, kind: str, text: str, rule: str) -> None:
    data = as_json(tmp_path, text, "--as", kind)
    assert data["text"] == text
    assert data["as"] == kind
    assert rule in [note["rule"] for note in data["notes"]]


def test_a_message_is_what_it_is_read_as_when_nothing_is_said(tmp_path: Path) -> None:
    assert as_json(tmp_path, ALWAYS)["as"] == "message"


def test_all_notes_are_printed_in_the_order_of_the_text(tmp_path: Path) -> None:
    text = "You always leave the dishes. You never call. You are a selfish liar."
    data = as_json(tmp_path, text, "--as", "describe")
    assert marked(data) == ["You always", "You never", "You are a selfish liar"]
    done = run(tmp_path, "review", "--as", "describe", typed=text)
    assert [done.stdout.index(f"“{words}”") for words in marked(data)] == sorted(
        done.stdout.index(f"“{words}”") for words in marked(data)
    )
    assert done.stdout.count("“You") == 3


@pytest.mark.parametrize("kind", ["letter", "", "Describe"])
def test_an_unknown_kind_is_a_usage_error_that_names_the_known_ones(tmp_path: Path, kind: str) -> None:
    done = run(tmp_path, "review", "--as", kind, typed=ALWAYS)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"--as takes one of: {', '.join(KINDS)}.\n"


@pytest.mark.parametrize("arguments", [["folder"], ["--batch", "folder"]])
def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "folder").mkdir()
    done = run(tmp_path, "review", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "folder: cannot be read" in done.stderr


def test_one_file_at_a_time(tmp_path: Path) -> None:
    done = run(tmp_path, "review", "draft.txt", "--batch", "many.jsonl")
    assert done.returncode == 2
    assert "--batch" in done.stderr


def test_broken_own_rules_are_told_with_their_place(tmp_path: Path) -> None:
    folder = home_of(tmp_path) / "exercises" / "coach"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text("format: 1\nruels: []\n", "utf-8")
    done = run(tmp_path, "review", typed=ALWAYS)
    assert done.returncode == 0
    assert "own.yaml:2:1: unknown key 'ruels'" in done.stderr
    assert "“You always”" in done.stdout
    many = run(tmp_path, "review", "--batch", "-", typed='{"text": "You always win."}\n' * 3)
    assert many.returncode == 0
    assert [json.loads(line)["notes"][0]["rule"] for line in many.stdout.splitlines()] == ["always_never"] * 3
    assert many.stderr.count("own.yaml:2:1") == 1
    assert run(tmp_path, "exercises", "check").returncode == 3


def test_it_works_without_a_home_folder(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path / "gone")}
    done = run(tmp_path, "review", "--json", env=env, typed="You always win.\n", known=False, where=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [note["rule"] for note in json.loads(done.stdout)["notes"]] == ["always_never"]
    pretty = run(tmp_path, "review", env=env, typed="You always win.\n", known=False, where=tmp_path)
    assert pretty.returncode == 0
    assert "“You always”" in pretty.stdout
    danger = run(tmp_path, "review", env=env, typed="I want to die.\n", known=False, where=tmp_path)
    assert (danger.returncode, danger.stderr) == (0, "")
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize(
    "before",
    [
        "\U0001f600 \U0001f469\u200d\U0001f469\u200d\U0001f467 ",
        "Cafe\u0301 a\u0308\u0323o\u0302. ",
        "\u6771\u4eac\u3002 ",
        "\U0001d4d7\U0001d4ee\U0001d4f5\U0001d4f5\U0001d4f8. ",
        "\u202e\u200f\ufeff ",
        "One.\r\nTwo.\n\n\t",
    ],
)
def test_offsets_count_code_points(tmp_path: Path, before: str) -> None:
    text = before + ALWAYS
    batch = run(tmp_path, "review", "--batch", "-", typed=json.dumps({"text": text}) + "\n")
    data = checked(json.loads(batch.stdout))
    assert data["text"] == text
    assert marked(data) == ["You always"]
    assert data["notes"][0]["start"] == len(before)
    assert marked(as_json(tmp_path, text)) == ["You always"]


def test_carets_stand_below_their_words_also_after_wide_letters_and_tabs(tmp_path: Path) -> None:
    done = run(tmp_path, "review", typed=f"\t\u6771\u4eac e\u0301 {ALWAYS}")
    words, carets, *_ = done.stdout.split("\n")
    assert words == f"\t\u6771\u4eac e\u0301 {ALWAYS}"
    assert carets == "\t" + " " * len("____ e ") + CARETS


def test_a_batch_comes_back_line_by_line(tmp_path: Path) -> None:
    texts = [*DANGER.values(), ALWAYS, "", "At least you have a job.", 'Quoted: "x" \\ \u2028 \U0001f600']
    lines = [{"text": text, "as": kind} for text in texts for kind in KINDS]
    source = "".join(
        f"{json.dumps(line, ensure_ascii=number % 2 == 0)}\n" for number, line in enumerate(lines)
    )
    (tmp_path / "many.jsonl").write_text(f"\n{source}  \n", "utf-8")
    done = run(tmp_path, "review", "--batch", "many.jsonl")
    assert done.returncode == 0
    assert done.stderr == ""
    found = [checked(json.loads(line)) for line in done.stdout.split("\n") if line]
    assert [{"text": data["text"], "as": data["as"]} for data in found] == lines
    assert {data["safety"] for data in found} == {None, "crisis", "abuse", "soft"}
    assert run(tmp_path, "review", "--batch", "-", typed=source).stdout == done.stdout
    for data in found[:: len(KINDS) + 1]:  # each alone says what it said among the others
        assert as_json(tmp_path, data["text"], "--as", data["as"]) == data


def test_a_line_of_a_batch_without_a_kind_takes_that_of_the_command(tmp_path: Path) -> None:
    line = json.dumps({"text": "At least you have a job.", "more": [1]})
    done = run(tmp_path, "review", "--as", "reply", "--batch", "-", typed=line)
    data = checked(json.loads(done.stdout))
    assert data["as"] == "reply"
    assert [note["rule"] for note in data["notes"]] == ["at_least"]


@pytest.mark.parametrize(
    "line",
    [
        b"my secret words",
        b'{"text": "my secret words"',
        b'["my secret words"]',
        b'"my secret words"',
        b'{"txt": "my secret words"}',
        b'{"text": ["my secret words"]}',
        b'{"text": null, "secret": 1}',
        b'{"text": "my secret words", "as": "secret"}',
        b'{"text": "my secret words", "as": null}',
        b'{"text": "my secret words", "as": ["reply"]}',
        b'{"text": "my secret words\xff"}',
        b"[" * 100_000 + b"secret",
        b'{"text": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_never_its_words(tmp_path: Path, line: bytes) -> None:
    good = json.dumps({"text": ALWAYS}).encode()
    done = in_bytes(tmp_path, "--batch", "-", typed=good + b"\n\n" + line + b"\n" + good + b"\n")
    assert done.returncode == 2
    assert b"1 line could not be used." in done.stderr
    assert b"secret" not in done.stderr + done.stdout
    before, wrong, after = map(json.loads, done.stdout.splitlines())  # the others are good all the same
    assert before == after == checked(before)
    assert wrong["line"] == 3
    assert wrong["error"]


def test_an_unknown_key_is_told_and_not_repeated(tmp_path: Path) -> None:
    done = run(tmp_path, "review", "--batch", "-", typed=json.dumps({"text": ALWAYS, "kindof": "reply"}))
    assert done.returncode == 0
    assert done.stderr == 'line 1: only "text" and "as" are read here.\n'


def test_half_a_surrogate_pair_comes_back_as_it_was(tmp_path: Path) -> None:
    done = in_bytes(tmp_path, "--batch", "-", typed=b'{"text": "\\ud83d You always come late."}\n')
    assert done.returncode == 0
    data = checked(json.loads(done.stdout))
    assert data["text"] == "\ud83d You always come late."
    assert marked(data) == ["You always"]


@pytest.mark.parametrize(
    "locale", [{"LANG": "C.UTF-8"}, {"LANG": "C"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
@pytest.mark.parametrize("way", ["stdin", "file"])
def test_bytes_that_are_no_text_get_no_verdict(tmp_path: Path, way: str, locale: dict[str, str]) -> None:
    hostile = b"\xef\xbb\xbfcaf\xe9 \xff\xfe\xc3 You always come late."
    (tmp_path / "draft.txt").write_bytes(hostile)
    arguments = ["draft.txt"] if way == "file" else []
    done = in_bytes(tmp_path, "--json", *arguments, typed=hostile, env=locale)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Line 1 is no UTF-8 text" in done.stderr
    wide = ALWAYS.encode("utf-16")
    (tmp_path / "draft.txt").write_bytes(wide)
    read = in_bytes(tmp_path, "--json", *arguments, typed=wide, env=locale)
    assert checked(json.loads(read.stdout))["text"] == ALWAYS


@pytest.mark.parametrize("text", ["sorry", "Thanks for today.", "I love you."])
def test_a_text_without_anything_to_say_of_it_shows_no_value_of_the_program(
    tmp_path: Path, text: str
) -> None:
    done = run(tmp_path, "review", typed=text)
    assert done.returncode == 0
    assert "None" not in done.stdout


@pytest.mark.parametrize("words", [["You always lie"], ["You", "always", "lie"], ["--batch", "always lie"]])
def test_a_text_on_the_command_line_is_never_repeated(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, "review", *words)
    assert done.returncode == 2
    assert "paste the text: dbtcoach review" in done.stderr
    assert "always" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "You always come late. \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \u202eabc\u2069",
        "You \x1b[1malways come late. You always lie.",
        "You always come late.\rYou never call.\x08\x08",
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--as", "describe"]])
def test_hostile_words_are_cleaned_on_the_screen(tmp_path: Path, text: str, arguments: list[str]) -> None:
    done = run(tmp_path, "review", *arguments, typed=text)
    assert done.returncode == 0
    for letter in "\x1b\x07\x08\x9b\r\u202e\u2069":
        assert letter not in done.stdout
    assert "\ufffd" in done.stdout or "\r" in text


def test_heavy_words_bring_one_quiet_line_and_the_notes_as_ever(tmp_path: Path) -> None:
    done = run(tmp_path, "review", typed=f"{ALWAYS}\n{DANGER['soft']}", env={"LANG": "en_GB.UTF-8"})
    assert done.stdout.rstrip().endswith(f"\n{HEAVY}")
    assert done.stdout.count("help-now") == 1
    assert "116 123" not in done.stdout
    assert "Try: " in done.stdout
    assert HEAVY in run(tmp_path, "review", typed=DANGER["soft"]).stdout
    assert as_json(tmp_path, DANGER["soft"])["safety"] == "soft"


@pytest.mark.parametrize("safety", ["crisis", "abuse"])
def test_words_of_danger_bring_people_to_call(tmp_path: Path, safety: str) -> None:
    env = {"LANG": "en_GB.UTF-8"}
    done = run(tmp_path, "review", typed=DANGER[safety], env=env)
    assert done.returncode == 0
    assert ("0808 2000 247" if safety == "abuse" else "116 123") in done.stdout
    assert "999" in done.stdout
    assert ("your job to word it better" in done.stdout) == (safety == "abuse")
    assert "Nothing stands out" not in done.stdout
    assert as_json(tmp_path, DANGER[safety])["safety"] == safety


@pytest.mark.parametrize("safety", ["crisis", "abuse"])
def test_in_danger_the_coach_is_silent(tmp_path: Path, safety: str) -> None:
    text = f"{ALWAYS} {DANGER[safety]}"
    assert as_json(tmp_path, text) == {"text": text, "as": "message", "notes": [], "safety": safety}
    done = run(tmp_path, "review", typed=text)
    assert "^" not in done.stdout
    assert "Try:" not in done.stdout


def test_a_soft_word_does_not_silence_it(tmp_path: Path) -> None:
    data = as_json(tmp_path, f"{ALWAYS} {DANGER['soft']}")
    assert (data["safety"], marked(data)) == ("soft", ["You always"])


@pytest.mark.parametrize("text", ["a" * 999_999, "\u00e9" * 500_000, "\u201c" * 333_333, "\n" * 999_999])
def test_a_megabyte_of_one_letter_is_read_to_its_end(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, "review", typed=text)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count(text[0]) >= len(text.strip("\n"))


def test_a_long_text_is_read_to_its_end_and_grows_in_proportion(tmp_path: Path) -> None:
    """Marks were once looked up note by note: 60 seconds and more for what takes two."""
    sentence = "You always come late. "
    done = run(tmp_path, "review", typed=sentence * 4000)
    assert done.returncode == 0
    assert done.stdout.count("“You always”") == 4000
    # A line may end between the two words: the space there is not drawn, and so not marked.
    marked = [
        "".join(letter for letter, mark in zip(text, marks, strict=False) if mark == "^")
        for text, marks in pairwise(done.stdout.split("\n"))
        if set(marks) in ({"^", " "}, {"^"})
    ]
    assert "".join(marked).replace(" ", "") == 4000 * "Youalways"


def test_what_comes_after_a_megabyte_is_left_out_and_said(tmp_path: Path) -> None:
    text = "a " * (512 * 1024) + ALWAYS
    (tmp_path / "long.txt").write_text(text, "utf-8")
    for arguments in ([], ["long.txt"]):
        done = run(tmp_path, "review", "--json", *arguments, typed="" if arguments else text)
        assert done.returncode == 0
        assert done.stderr == "Only the first megabyte was read.\n"
        data = checked(json.loads(done.stdout))
        assert len(data["text"]) == 1024 * 1024
        assert data["notes"] == []


def test_a_file_that_a_shell_writes_late_is_waited_for(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    line = json.dumps({"text": ALWAYS})
    for command, late in (
        (f"{PROGRAM} review <(read -r go < go; echo '{ALWAYS}')", ALWAYS),
        (f"{PROGRAM} review --batch <(read -r go < go; echo '{line}')", '"always_never"'),
    ):
        gate = tmp_path / "go"
        subprocess.run(["mkfifo", str(gate)], check=True)
        with subprocess.Popen(
            ["bash", "-c", command],
            env=environment(tmp_path),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            # The program is reading by the time that it has opened the rules; the gate opens any time after.
            gate.write_text("now\n", "utf-8")
            out, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        assert late in out
        gate.unlink()


def test_a_reader_that_has_seen_enough_ends_it_silently(tmp_path: Path) -> None:
    lines = f"{json.dumps({'text': ALWAYS})}\n" * 5000
    (tmp_path / "many.jsonl").write_text(lines, "utf-8")
    settle(home_of(tmp_path))
    done = subprocess.run(
        ["bash", "-c", f"{PROGRAM} review --batch many.jsonl | head -1; echo ${{PIPESTATUS[0]}}"],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.split("\n")[1] == "1"


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    for text in (ALWAYS, *DANGER.values()):
        run(tmp_path, "review", typed=text, known=False)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.pty
def test_at_a_terminal_the_words_are_underlined(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(f"{ALWAYS} \x1b[31mred", "utf-8")
    with Person(tmp_path, "review", "draft.txt") as person:
        person.see("“Always” makes", "Try")
        assert person.wait_exit() == 0
        assert re.search(rb"\x1b\[[0-9;]*4[0-9;]*mYou always\x1b\[0m", person.raw)
        assert b"\x1b[31m" not in person.raw  # none of theirs
        underlined = [cell.underscore for cell in (person.glass.buffer[0][n] for n in range(3, 15))]
        assert underlined == [True] * 10 + [False] * 2
        assert "^" not in person.screen


@pytest.mark.pty
@pytest.mark.parametrize("env", [{}, {"DBTCOACH_PLAIN": "1"}])
def test_whom_to_call_is_broken_into_lines_once(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "draft.txt").write_text(DANGER["crisis"], "utf-8")
    with Person(tmp_path, "review", "draft.txt", env=env) as person:
        person.see("In danger right now")
        assert person.wait_exit() == 0
        assert "this, right now.\n" in person.screen


@pytest.mark.pty
@pytest.mark.parametrize("env", [{"DBTCOACH_PLAIN": "1"}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_a_plain_terminal_gets_carets(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "draft.txt").write_text(ALWAYS, "utf-8")
    with Person(tmp_path, "review", "draft.txt", env=env) as person:
        person.see(CARETS, "“You always”")
        assert person.wait_exit() == 0
        assert b"\x1b" not in person.raw


@pytest.mark.pty
def test_a_message_is_pasted_at_a_terminal_and_ended_with_ctrl_d(tmp_path: Path) -> None:
    with Person(tmp_path, "review") as person:
        person.see("Paste your message. On a line of its own, Ctrl-D ends it.")
        person.type(f"{ALWAYS}\r")
        person.see(ALWAYS)
        person.press("ctrl-d")
        person.see(f"▎ {ALWAYS}", "“Always” makes people look")
        assert person.wait_exit() == 0


@pytest.mark.pty
def test_a_line_whose_end_the_terminal_dropped_is_not_read_as_if_it_were_whole(tmp_path: Path) -> None:
    with Person(tmp_path, "review") as person:
        person.see("Paste your message.")
        person.type(f"{'a quiet word ' * 320}{ALWAYS}\r")
        person.see("a quiet word")
        person.press("ctrl-d")
        person.see("its end is missing and nothing was read", "dbtcoach review FILE")
        assert person.wait_exit() == 2


def test_why_names_rules_phrases_and_words(tmp_path: Path) -> None:
    text = "You never ask, and I want to die."
    data = json.loads(run(tmp_path, "review", "--why", "--json", typed=text).stdout)
    assert list(data) == [*KEYS, "why"]
    said = {one["says"]: one for one in data["why"]}
    assert {"crisis", "always_never"} <= said.keys()
    assert "die" in text[said["crisis"]["start"] : said["crisis"]["end"]]
    page = run(tmp_path, "review", "--why", typed=text).stdout
    for one in said.values():
        assert f"{one['rule']} ({one['says']}): “" in page
        assert f"{one['phrase'][:40]}" in page
    (second,) = (one for one in data["why"] if one["rule"] == "second-reader")
    assert "die" in second["phrase"].split(", ")


def test_why_is_for_one_text(tmp_path: Path) -> None:
    done = run(tmp_path, "review", "--why", "--batch", "-", typed="")
    assert done.returncode == 2
    assert "--why is for one text" in done.stderr

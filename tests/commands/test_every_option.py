"""Every command with every option goes its happy way once, and no value of the program reaches the screen.

A new command or option has to get a line here: the table is held to what the commands really take.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.insight.samples import NOW, entry, month, put
from tests.pty.person import Person
from tests.shell import home_of, run
from tests.test_readme import tree

from dbtcoach.commands.remind import SYSTEMS
from dbtcoach.commands.table import EXERCISES

if TYPE_CHECKING:
    from dbtcoach.journal.entry import Entry

ANSWERS = Path(__file__).parent.parent / "answers"
# What Python calls things. “None of these” and “True whatever they did” are English.
LEAKED = re.compile(
    r"\b(None(?! of\b)|True(?! whatever\b)|False|NaN|nan|Ellipsis|NotImplemented)\b"
    r"|<[\w. ]+ at 0x|\bdict_|\(\)|\[\]|\{\}"
)
COMPLETION = ("--install-completion", "--show-completion")  # tried by the shells, in test_completing.py
FROM = "--since 2026-10-25"


class Way(NamedTuple):
    """A line as it is typed after the program's name, and what is seen then."""

    line: str
    seen: str
    typed: str = ""
    code: int = 0
    before: tuple[tuple[str, str], ...] = ()  # lines that were run earlier, each with what was typed


def answers(name: str) -> str:
    return next(
        str(path) for path in sorted(ANSWERS.iterdir()) if re.fullmatch(rf"{name}(\.short)?\.\w+", path.name)
    )


def practised(name: str) -> list[Way]:
    return [
        Way(f"{name} --answers {answers(name)} --json", '"complete":true'),
        Way(f"{name} --answers {answers(name)} --no-save", "\n"),
        Way(f"{name} --plain --fresh --no-save", "\n", ":end\n", 130),
    ]


LOCKED = (("data lock", "four odd words here\nfour odd words here\n"),)
PLANNED = (("plan --plain", "1\nI stop answering\nwalk\n\n\n\n\n"),)
CARD = ((f"dear-man --answers {answers('dear-man')}", ""),)
CHECKED_IN = ((f"reflect --answers {answers('reflect')}", ""),)
NEW = (("exercises new evening-walk", ""),)
FORMS = ("md", "html", "csv", "json")
TABLE = (("log export -o table.csv", ""),)
EXPORTED = (("log export -o out.json --with-words", ""),)
RESTORED = (("data backup -o kept.zip", ""), ("log delete last --yes", ""))
WAYS = [
    Way("--version", "dbtcoach "),
    Way("--plain data where", "journal.json"),
    *(way for name in EXERCISES for way in practised(name)),
    Way(f"ground --short --answers {answers('ground-short')}", "\n"),
    Way(f"dear-man --after --answers {answers('dear-man-after')}", "\n"),
    Way(f"validate --drill --answers {answers('validate-drill')}", "\n"),
    Way(f"mend --drill --answers {answers('mend-drill')}", "\n"),
    Way(f"validate --together --answers {answers('together')}", "\n"),
    Way(f"reflect --date yesterday --answers {answers('reflect')}", "\n"),
    Way(f"reflect --week --answers {answers('reflect-week')}", "Highest: ", before=CHECKED_IN),
    Way("reflect --due", "still open"),
    Way("help-now --country IE", "Ireland"),
    Way("help-now --plain", "Emergency:"),
    Way("skills --plain", "Opposite action"),
    Way('skills "opposite action"', "Not when:"),
    Way("skills emotion regulation --json", '"name":"opposite-action"'),
    Way("skills --print", "<h2>Opposite action</h2>"),
    Way("skills stop --mine", "Marked as mine"),
    Way("rows", "Sadness  0 to 5"),
    Way("rows --json", '"group":"skills"'),
    Way("rows --plain", "Begin with a ready-made card", "7\n"),
    Way("rows --card couple --yes", "Closeness"),
    Way("plan", "- walk", before=PLANNED),
    Way("plan --plain", "none is kept here", "2\n"),
    Way("plan --change --plain", "I stop answering", "1\n:end\n", 130, PLANNED),
    Way("plan --print", "<h1>My plan</h1>"),
    Way("plan --delete --yes", "Your plan was removed.", before=PLANNED),
    Way(f"log list --exercise ground {FROM} --until 2026-11-20 --limit 3", "Ground"),
    Way("log list --all --plain", "distress"),
    Way("card list --plain", "DEAR MAN", before=CARD),
    Way("card last", "  Would you text me", before=CARD),
    Way("card --print", "> Would you text me", before=CARD),
    Way("card -o card.txt --force", "Written: ", before=CARD),
    Way("card --output card.html", "Written: ", before=CARD),
    Way("card --copy", "There is no clipboard here.", code=1, before=CARD),
    Way(f"dear-man --quick --answers {answers('dear-man-quick')}", "\n"),
    Way("log list --json", '"day":"2026-11-23"'),
    Way("log show last", "kitchen"),
    Way("log show last --plain", "kitchen"),
    Way("log show 2026-11-23 --json", '"v":1'),
    Way(f"log search --exercise reflect {FROM} --until 2026-11-23 --limit 2", "»kitchen«", "kitchen\n"),
    Way("log search --all --plain", "»kitchen«", "kitchen\n"),
    Way("log search --json", '"match":"kitchen"', "kitchen\n"),
    Way("log show last --versions", "kitchen"),
    Way("log edit last --plain", "Changed.", "1\n:skip\n5\n1\n"),
    Way("log edit last --editor", "There is no $EDITOR", code=2),
    Way("log delete last --yes --plain", "Deleted."),
    *(Way(f"log export --format {form} {FROM} --with-words", "kitchen") for form in FORMS),
    Way(f"log export --exercise dear-man --until 2026-11-23 {FROM} --format md --plain", "DEAR MAN"),
    Way("log export -o out.md --force", "Written: "),
    Way("log export --week --until 2026-11-23", "<h1>Diary card</h1>"),
    Way("exercises print reflect --week", "One small step for next week"),
    Way("log export --output out.csv", "Written: "),
    Way("trends --all", "check-ins"),
    Way("trends --all --plain", "check-ins"),
    Way(f"trends {FROM}", "check-ins"),
    Way("trends --days 9000", "check-ins"),
    Way("trends --json", '"check_ins"'),
    Way("data where", "not locked"),
    Way("data where --json --plain", '"problem":""'),
    Way("data lock --recovery --plain", "AGE-SECRET-KEY-", LOCKED[0][1]),
    Way("data unlock --plain", "can be read", "four odd words here\n", before=LOCKED),
    Way("data merge out.json --plain", "There was nothing new.", before=EXPORTED),
    Way("data merge out.json --dry-run", "There was nothing new.", before=EXPORTED),
    Way("data merge out.json --yes", "There was nothing new.", before=EXPORTED),
    Way("data merge --undo", "There is no merge to take back.", code=2),
    Way("data import table.csv --yes --plain", "entries added.", before=TABLE),
    Way("data backup -o kept.zip", "Written and read again: "),
    Way("data backup --output kept.zip --force --plain", "Written and read again: "),
    Way("data restore kept.zip --plain", "beside", before=RESTORED),
    Way("data check --plain", "Everything is as it should be."),
    Way("data forget --yes --own-exercises --plain", "Everything was removed."),
    Way("remind --print cron --at 21:15 --plain", "15 21 * * *"),
    Way("remind --print cron --exercise reflect", "reflect --due"),
    *(Way(f"remind --print {system}", "minute for yourself") for system in SYSTEMS if system != "cron"),
    Way("review --as reply --plain", "Nothing stands out.", "sorry\n"),
    Way("review --why", "Nothing stands out.", "sorry\n"),
    Way("review --json", '"safety": null', "sorry\n"),
    Way("review --batch -", '"notes": []', '{"text": "sorry"}\n'),
    Way("exercises list --plain", "dear-man --after"),
    Way("exercises check --plain", "No problems."),
    Way("exercises new evening-walk --plain", "evening-walk.yaml"),
    Way("exercises preview evening-walk --plain", "Evening walk", ":end\n", 130, NEW),
    Way("exercises print dear-man --plain", "<h1>DEAR MAN</h1>"),
]  # fmt: skip


def test_every_option_of_every_command_has_a_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBTCOACH_HOME", str(tmp_path))
    known = tree()
    gone: dict[str, set[str]] = {
        path: options - {"--help", "-h", *COMPLETION} for path, options in known.items()
    }
    walked = set()
    for way in WAYS:
        words = way.line.split()
        path = max((path for path in known if words[: len(path.split())] == path.split()), key=len)
        walked.add(path)
        gone[path] -= set(words)
    assert {path: options for path, options in gone.items() if options} == {}
    assert set(known) - walked == set()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.line.replace(str(ANSWERS), "answers"))
def test_it_goes_its_way_and_shows_no_value_of_the_program(tmp_path: Path, way: Way) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), month())
    for line, typed in way.before:
        assert run(tmp_path, *shlex.split(line), typed=typed).returncode == 0
    done = run(tmp_path, *shlex.split(way.line), typed=way.typed)
    assert done.returncode == way.code, done.stderr
    assert way.seen in done.stdout + done.stderr
    assert_nothing_leaked(way.line, done.stdout, done.stderr)


def assert_nothing_leaked(line: str, out: str, err: str) -> None:
    """JSON has its own words for nothing, and the texts in it are looked at where they are shown."""
    data = "json" in line or "--batch" in line
    for said in (err, "" if data else out):
        found = LEAKED.search(said)
        assert found is None, said[max(0, found.start() - 60) : found.end() + 60]


def sparse() -> list[Entry]:
    """Return entries of which much is missing: what other versions, other programs and a hurry leave."""
    return [
        replace(entry("pause", NOW, distress=(None, None)), title="", complete=False),
        entry("ground", NOW, distress=(7, None)),
        entry(
            "reflect",
            NOW,
            answers={"emotions": {}, "urges": {"strength": 0}, "good": "", "list": [], "x": None},
        ),
        replace(entry("reflect", NOW, answers={"emotions": {"anger": 1}}), started="", day=""),
        entry("dear-man-after", NOW, answers={"got": {"objective": None}, "in_the_way": ["no-such-code"]}),
        replace(entry("gone", NOW, answers={"kind": "ask", "ready": True}), answers=()),
    ]


CHANGES = ("delete", "edit")
LOOKS = [
    way.line
    for way in WAYS
    if way.line.split()[0] in ("log", "trends") and not any(word in way.line for word in CHANGES)
]


@pytest.mark.parametrize("line", LOOKS)
@pytest.mark.parametrize("entries", [sparse(), []], ids=["sparse", "empty"])
def test_what_is_missing_is_not_shown_as_a_value_of_the_program(
    tmp_path: Path, line: str, entries: list[Entry]
) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), entries)
    done = run(tmp_path, *shlex.split(line), typed="kitchen\n")
    assert done.returncode in (0, 2), done.stderr
    assert_nothing_leaked(line, done.stdout, done.stderr)


@pytest.mark.pty
def test_the_door_opens_in_line_mode_too(tmp_path: Path) -> None:
    with Person(tmp_path, "--plain") as person:
        person.see("What is going on right now?", "6. I am not safe")
        assert b"\x1b" not in person.raw
        person.type(":end\r")
        assert person.wait_exit() == 130

"""Notes, words of danger and the question about fear on a real terminal, and what is left on the disk."""

from __future__ import annotations

import json
import signal
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.own import STEPS, write_own
from tests.pty.person import Person
from tests.pty.walker import Walker
from tests.shell import entries, run

from dbtcoach.practice.coaching import ABUSE, CRISIS
from dbtcoach.sitting.live import KEPT, PARTLY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

SHORT = {"afraid": "not_afraid", "kind": "ask", "before": 4}
ALWAYS = "You always come late."
DARK = "I want to die and nobody would mind."
HIT = "He hit me again last night."
KEEP = "Should your journal keep those words too?"
FEAR = ("dear-man", "validate", "connect", "rehearse", "repair")


def words_under(folder: Path) -> str:
    """Return all that lies in files anywhere under a folder, and what the files are called."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return "\n".join(
        [*(path.name for path in files), *(path.read_text("utf-8", "replace") for path in files)]
    )


def at(person: Person, exercise: str, step: str) -> Walker:
    """Walk to a step, with a first answer already in the draft."""
    walker = Walker(person, exercise, SHORT)
    walker.until(step)
    person.wait_for(person.draft(exercise).exists, "a draft")
    return walker


def write(person: Person, words: str) -> None:
    person.type(words)
    person.press("enter")


def underlined(person: Person) -> str:
    """Return the letters that are underlined on the screen."""
    glass = person.glass
    cells = (glass.buffer[row][column] for row in range(glass.lines) for column in range(glass.columns))
    return "".join(cell.data for cell in cells if cell.underscore)


def test_a_line_that_lands_badly_is_shown_with_its_words_marked_and_changed(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, ALWAYS)
        person.see("Describe: what happened?", ALWAYS, "“Always” makes people look", "Try  ")
        person.see("Enter keeps it")
        assert underlined(person) == "You always"
        person.press("ctrl-u")
        person.see("“Always” makes people look")  # it stays while the line is written anew
        write(person, "You never come on time.")  # would be noted as well, but nobody asks twice
        person.see("Express: which feeling")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        draft = json.loads(person.draft("dear-man").read_text("utf-8"))
        assert "You never come on time." in str(draft)
        assert ALWAYS not in str(draft)


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60), (15, 40)])
def test_under_two_notes_the_keys_stay_in_sight(tmp_path: Path, rows: int, columns: int) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        person.resize(rows, columns)
        write(person, f"You always leave the pans because you don't care, and I am sick of it. {'On. ' * 12}")
        person.see("Enter keeps it", "Ctrl-Q hides", "“Always” makes people")


def in_danger(person: Person, words: str = DARK, said: str = CRISIS) -> Walker:
    """Write words of danger, and see people to call."""
    walker = at(person, "dear-man", "describe")
    write(person, words)
    person.see(said.split("\n", maxsplit=1)[0], "Go on with the exercise", "Stop here")
    return walker


WAYS_OUT = list(product(["ctrl-c", "ctrl-q", "kill", "hang-up"], ["numbers", "next step"]))


def test_words_of_danger_on_a_line_that_is_not_sent_are_in_no_draft(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        draft = person.draft("dear-man")
        person.type("Some plain words.")
        person.wait_for(lambda: "Some plain words." in draft.read_text("utf-8"), "the line in the draft")
        person.type(f" {DARK}")
        person.wait_for(lambda: "Some plain words." not in draft.read_text("utf-8"), "it is left out")
        person.signal(signal.SIGHUP)
        assert person.wait_exit() == 129
        assert DARK not in words_under(tmp_path)


@pytest.mark.parametrize(("way_out", "danger"), in_turn(WAYS_OUT, [(DARK, CRISIS), (HIT, ABUSE)]))
def test_words_of_danger_are_left_nowhere_and_all_else_is_drafted(
    tmp_path: Path, way_out: tuple[str, str], danger: tuple[str, str]
) -> None:
    (leaves, where), (words, said) = way_out, danger
    with Person(tmp_path, "dear-man") as person:
        in_danger(person, words, said)
        if where == "next step":
            person.press("1")
            person.see("Express: which feeling")
            write(person, "I felt small.")
            person.see("Assert: what exactly")
        match leaves:
            case "kill":
                person.signal(signal.SIGKILL)
            case "hang-up":
                person.signal(signal.SIGHUP)
            case _:
                person.press(leaves)
        code = {"ctrl-c": 130, "ctrl-q": 0, "kill": -signal.SIGKILL, "hang-up": 129}[leaves]
        assert person.wait_exit() == code
        assert words not in words_under(tmp_path)
        assert ("I felt small." in person.draft("dear-man").read_text("utf-8")) == (where == "next step")
        assert person.entries() == []
        if leaves == "ctrl-c":
            person.see("Your answers so far are kept, but not every line.")


@pytest.mark.parametrize(("words", "said"), [(DARK, CRISIS), (HIT, ABUSE)])
@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-q"])
def test_numbers_for_a_crisis_come_along_when_one_leaves_and_none_when_one_hides(
    tmp_path: Path, key: str, words: str, said: str
) -> None:
    with Person(tmp_path, "dear-man") as person:
        in_danger(person, words, said)
        person.press(key)
        person.wait_exit()
        assert ("call 116 123" in person.screen) == (key == "ctrl-c" and words == DARK)
        assert "call 116 016" not in person.screen
        assert key == "ctrl-c" or person.screen == ""


@pytest.mark.parametrize(("key", "kept"), [("y", True), ("enter", False)])
def test_after_the_numbers_one_goes_on_as_ever_and_is_asked_once_at_the_end(
    tmp_path: Path, key: str, *, kept: bool
) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = in_danger(person)
        person.press("1")
        person.see("Express: which feeling")
        write(person, ALWAYS)
        person.see("makes people look", "Enter keeps it")  # the coach reads on
        person.press("enter")
        person.see("Assert: what exactly")
        assert "I felt you always come late." in words_under(tmp_path)
        assert DARK not in words_under(tmp_path)
        pressed, walker.aside = walker.aside, lambda page, answer: None  # type: ignore[method-assign]  # noqa: ARG005
        walker.plan = {**walker.plan, "describe": DARK, "express": ALWAYS}
        walker.go_on_unseen()
        walker.go_on_unseen()
        walker.aside = pressed  # type: ignore[method-assign]
        walker.to_the_end()
        person.see(KEEP, "Enter means no")
        person.press(key)
        person.see("Should your card stay")
        [entry] = person.entries()
        assert ("describe" in {answer["step"] for answer in entry["answers"]}) == kept
        assert (DARK in words_under(tmp_path)) == kept
        person.press("y")
        assert person.wait_exit() == 0
        assert "I felt you always come late." in person.screen
        assert not person.draft("dear-man").exists()


def test_stopped_in_a_crisis_the_numbers_stay(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man", env={"LANG": "en_GB.UTF-8"}) as person:
        in_danger(person)
        person.press("enter")
        person.see(CRISIS, "Please choose one.")  # an Enter too many stays with them
        person.press("2")
        assert person.wait_exit() == 0
        assert "Samaritans: call 116 123" in person.screen
        assert "In danger right now: 999" in person.screen
        [entry] = person.entries()
        assert entry["complete"] is False
        assert DARK not in words_under(tmp_path)


@pytest.mark.parametrize(("rows", "columns"), [(20, 60), (24, 80)])
@pytest.mark.parametrize("words", [DARK, HIT])
def test_every_number_is_in_sight_in_a_small_window_where_no_country_has_more(
    tmp_path: Path, rows: int, columns: int, words: str
) -> None:
    run(tmp_path, "plan", "--plain", typed="1\nsigns\n:end\n")
    with Person(tmp_path, "dear-man", env={"LANG": "en_GB.UTF-8"}, rows=rows, columns=columns) as person:
        at(person, "dear-man", "describe")
        write(person, words)
        person.see("My own plan", "In danger right now: 999", "phone they" if words == HIT else "Shout")


@pytest.mark.parametrize(("key", "stay"), [("enter", False), ("y", True)])
def test_stopped_in_abuse_the_numbers_stay_only_if_one_says_so(
    tmp_path: Path, key: str, *, stay: bool
) -> None:
    with Person(tmp_path, "dear-man", env={"LANG": "en_GB.UTF-8"}) as person:
        in_danger(person, HIT, ABUSE)
        person.press("2")
        person.see("leave them on the screen?", "Enter leaves nothing")
        person.press(key)
        assert person.wait_exit() == 0
        assert ("0808 2000 247" in person.screen) == stay
        assert stay or person.screen == KEPT.replace(".", f"{PARTLY}.", 1)
        assert HIT not in words_under(tmp_path)


def test_not_safe_and_not_going_on_keeps_the_numbers_in_the_window(tmp_path: Path) -> None:
    with Person(tmp_path, "ground") as person:
        walker = Walker(person, "ground", {"before": 4, "safe": "not_safe", "go_on": False})
        walker.to_the_end()
        person.see("Keep this in your journal?")
        person.press("enter")
        person.see("leave them on the screen?")
        person.press("enter")
        assert person.wait_exit() == 0
        assert "call 116 123" in person.screen
        assert "call 116 016" not in person.screen
        assert "Nothing was kept." in person.screen


def test_ctrl_g_shows_people_and_comes_back_to_the_line(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        person.type("On Tuesday you")
        person.see("On Tuesday you")
        person.press("ctrl-g")
        person.see("People to talk to", "112 or 911", "116 016", "Choose a country")
        person.press("2")
        person.see("Which country are you in?")
        person.press("2")
        person.see("Samaritans: call 116 123", "0808 2000 247")
        person.press("enter")
        person.see("Describe: what happened?", "On Tuesday you")
        write(person, " came at nine.")
        person.see("Express: which feeling")
        assert "On Tuesday you came at nine." in words_under(tmp_path)
        assert (person.home / "config.yaml").read_text("utf-8") == "country: GB\n"


def test_ctrl_g_works_at_every_kind_of_step_and_hides_like_any_page(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        for step in STEPS[: STEPS.index("breath")]:
            person.press("ctrl-g")
            person.see("Back to where I was")
            person.press("enter")
            person.see_no_more("Back to where I was")
            person.press("enter", *(["enter"] if step == "rows" else []))  # each of its two rows
        person.see("Breathe in")
        person.press("ctrl-g")
        person.see("Back to where I was")
        person.press("1")
        person.see("Breathe in", "1:5")
        person.press("ctrl-g")
        person.see("Back to where I was")
        person.press("ctrl-q")
        assert person.wait_exit() == 0
        assert person.screen == ""


@pytest.mark.parametrize(("exercise", "answer"), in_turn(FEAR, ["not_sure", "yes_afraid"]))
def test_fear_leads_to_people_to_call_and_no_file_says_so(tmp_path: Path, exercise: str, answer: str) -> None:
    with Person(tmp_path, exercise) as person:
        walker = Walker(person, exercise, {"before": 4, "afraid": answer, "go_on": False})
        walker.until("afraid")
        person.wait_for(person.draft(exercise).exists, "a draft")
        walker.go_on()
        walker.see()  # the numbers
        assert not person.draft(exercise).exists()
        walker.until("go_on")
        walker.to_the_end()
        assert walker.leave() == 0
        assert len(person.entries()) == 1
        left = words_under(tmp_path)
        for word in ("afraid", "not_sure", "go_on", "stop_here", "fear"):
            assert word not in left
        assert not person.draft(exercise).exists()


@pytest.mark.parametrize("exercise", FEAR)
def test_after_fear_one_can_go_on_and_nothing_is_drafted(tmp_path: Path, exercise: str) -> None:
    with Person(tmp_path, exercise) as person:
        walker = Walker(person, exercise, {"before": 4, "afraid": "yes_afraid", "go_on": True})
        walker.until("go_on")
        walker.go_on()
        walker.go_on()
        walker.see()
        assert not person.draft(exercise).exists()
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.entries() == []
        assert "Nothing was kept." in person.screen


def test_a_fear_that_is_taken_back_is_a_reason_to_draft_nothing_still(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = Walker(person, "dear-man", {"before": 4})
        walker.until("afraid")
        person.press("3")
        person.see("It is not your job to word it better.")
        person.press("ctrl-b")
        walker.see()
        person.press("1")
        person.see("What do you want to do?")
        assert not person.draft("dear-man").exists()


@pytest.mark.parametrize("exercise", FEAR)
def test_a_draft_asks_about_fear_again_and_never_holds_the_answer(tmp_path: Path, exercise: str) -> None:
    with Person(tmp_path, exercise) as person:
        walker = Walker(person, exercise, {"before": 4, "afraid": "not_afraid"})
        walker.until("afraid")
        walker.go_on()
        walker.see()
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "afraid" not in words_under(tmp_path)
    with Person(tmp_path, exercise) as person:
        person.see("You were in the middle of")
        person.press("1")
        person.see("afraid")


def test_a_scripted_run_asks_nothing_and_saves(tmp_path: Path) -> None:
    answers = {"afraid": "not_afraid", "kind": "ask", "describe": DARK, "assert": ALWAYS}
    done = run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(answers))
    assert done.returncode == 0, done.stderr
    assert CRISIS not in done.stdout
    [entry] = entries(tmp_path)
    assert {answer["step"]: answer["value"] for answer in entry["answers"]}["describe"] == DARK

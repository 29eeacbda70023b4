"""Notes, words of danger and the question about fear on a real terminal, and what is left on the disk."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person, settle
from tests.pty.walker import Walker
from tests.shell import entries, run

from dbtcoach.practice.coaching import ABUSE, CRISIS, SOFT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

SHORT = {"afraid": "not_afraid", "time": "three", "before": 4}
ALWAYS = "You always come late."
DARK = "I want to die and nobody would mind."
HIT = "He hit me again last night."
KEEP = "Should the words you just wrote be kept in your journal?"
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
        person.see("“You always”", "“Always” makes people look", "Try: ", "Change it", "Keep it as it is")
        assert underlined(person) == "You always"
        person.press("1")
        person.see("Describe: what happened?", ALWAYS)
        person.press("ctrl-u")
        write(person, "You never come on time.")  # would be noted as well, but nobody asks twice
        person.see("Express: I felt")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        draft = json.loads(person.draft("dear-man").read_text("utf-8"))
        assert "You never come on time." in str(draft)
        assert ALWAYS not in str(draft)


@pytest.mark.parametrize("key", ["2", "enter"])
def test_a_line_can_be_kept_as_it_is(tmp_path: Path, key: str) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, ALWAYS)
        person.see("“You always”")
        person.press(key)
        person.see("Express: I felt")
        assert ALWAYS in words_under(tmp_path)


def test_back_means_change(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, ALWAYS)
        person.see("“You always”")
        person.press("ctrl-b")
        person.see("Describe: what happened?", ALWAYS)
        person.see_no_more("Change it")


def test_a_draft_is_there_while_the_notes_are_read(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, ALWAYS)
        person.see("“You always”")
        person.signal(signal.SIGKILL)
        assert person.wait_exit() == -signal.SIGKILL
        assert ALWAYS in person.draft("dear-man").read_text("utf-8")


def test_a_reply_is_read_as_a_reply(tmp_path: Path) -> None:
    with Person(tmp_path, "validate") as person:
        at(person, "validate", "reply")
        write(person, "At least you have a job.")
        person.see("“At least you”", "Try: ", "Change it")
        assert underlined(person) == "At least you"
        person.press("2")
        person.see("Say this", "At least you have a job.")


def test_the_config_turns_the_notes_off(tmp_path: Path) -> None:
    home = tmp_path / ".local" / "share" / "dbtcoach"
    settle(home)
    (home / "config.yaml").write_text("coach: false\n", "utf-8")
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, ALWAYS)
        person.see("Express: I felt")
        write(person, HIT)
        person.see(ABUSE.split("\n")[0])


def in_danger(person: Person, words: str = DARK, said: str = CRISIS) -> Walker:
    """Write words of danger, and see people to call."""
    walker = at(person, "dear-man", "describe")
    write(person, words)
    person.see(said.split("\n", maxsplit=1)[0], "Go on with the exercise", "Stop here")
    return walker


@pytest.mark.parametrize(("words", "said"), [(DARK, CRISIS), (HIT, ABUSE)])
@pytest.mark.parametrize("leaves", ["ctrl-c", "ctrl-q", "kill", "hang-up"])
@pytest.mark.parametrize("where", ["numbers", "question", "next step"])
def test_nothing_is_left_of_words_of_danger_however_one_leaves(
    tmp_path: Path, where: str, leaves: str, words: str, said: str
) -> None:
    with Person(tmp_path, "dear-man") as person:
        in_danger(person, words, said)
        if where != "numbers":
            person.press("1")
            person.see(KEEP, "Enter means no")
        if where == "next step":
            person.press("enter")
            person.see("Express: I felt")
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
        left = words_under(tmp_path)
        assert words not in left
        assert "I felt small." not in left
        assert not person.draft("dear-man").exists()  # the earlier answers too
        assert person.entries() == []
        if leaves == "ctrl-c":
            assert "Nothing was kept." in person.screen


def test_an_enter_too_many_stays_with_the_numbers(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, DARK)
        person.press("enter")
        person.see(CRISIS, "Please choose one.")
        person.press("2")
        person.see(KEEP)


@pytest.mark.parametrize("key", ["n", "enter"])
def test_finished_with_a_no_the_words_are_nowhere(tmp_path: Path, key: str) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = in_danger(person)
        person.press("1")
        person.see(KEEP)
        person.press(key)
        walker.plan = {**walker.plan, "describe": DARK}
        _follow(walker, keeps=False)
        walker.to_the_end()
        assert person.wait_exit() == 0  # and nobody asks whether the card should stay
        [entry] = person.entries()
        assert "My words about express" in str(entry)
        assert DARK not in words_under(tmp_path)
        assert DARK not in person.screen
        assert not person.draft("dear-man").exists()


def test_finished_with_a_yes_the_words_are_in_the_entry_and_in_no_draft(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = in_danger(person)
        person.press("1")
        person.see(KEEP)
        person.press("y")
        walker.plan = {**walker.plan, "describe": DARK}
        _follow(walker, keeps=True)
        walker.see()
        assert DARK not in words_under(tmp_path)
        walker.to_the_end()
        assert person.wait_exit() == 0
        [entry] = person.entries()
        assert {answer["step"]: answer["value"] for answer in entry["answers"]}["describe"] == DARK
        assert not person.draft("dear-man").exists()


def _follow(walker: Walker, *, keeps: bool) -> None:
    """Let the walker follow a step with words of danger that was gone through by hand."""
    pressed = walker.aside
    walker.plan = {**walker.plan, "safety": "go_on", "keep_words": keeps}
    walker.aside = lambda page, answer: None  # type: ignore[method-assign]  # noqa: ARG005 - it was pressed
    walker.go_on_unseen()
    walker.aside = pressed  # type: ignore[method-assign]


def test_to_stop_saves_the_rest_without_the_words(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        in_danger(person)
        person.press("2")
        person.see(KEEP)
        person.press("enter")
        assert person.wait_exit() == 0
        [entry] = person.entries()
        assert entry["complete"] is False
        assert DARK not in words_under(tmp_path)


def test_after_danger_nothing_is_noted(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        in_danger(person)
        person.press("1")
        person.see(KEEP)
        person.press("n")
        person.see("Express: I felt")
        write(person, ALWAYS)
        person.see("Assert: what exactly")
        assert b"makes people look" not in person.raw


def test_a_soft_word_is_answered_and_the_draft_stays(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        write(person, "My friend died last week.")
        person.see(SOFT)
        person.press("1")
        person.see("Express: I felt")
        assert "My friend died last week." in person.draft("dear-man").read_text("utf-8")


@pytest.mark.parametrize("answer", ["not_sure", "yes_afraid"])
@pytest.mark.parametrize("exercise", FEAR)
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
        person.see("How long do you have?")
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


def test_words_of_danger_in_a_run_that_was_resumed_take_the_draft_away(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        at(person, "dear-man", "describe")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    with Person(tmp_path, "dear-man") as person:
        person.see("You were in the middle of")
        person.press("1")
        person.see("Are you afraid")
        person.press("1")
        person.see("Describe: what happened?")
        write(person, DARK)
        person.see(CRISIS)
        person.signal(signal.SIGKILL)
        assert person.wait_exit() == -signal.SIGKILL
        assert not person.draft("dear-man").exists()
        assert DARK not in words_under(tmp_path)


def test_a_preview_looks_for_danger_and_asks_nothing_about_keeping(tmp_path: Path) -> None:
    with Person(tmp_path, "exercises", "preview", "dear-man") as person:
        walker = Walker(person, "dear-man", SHORT)
        walker.until("describe")
        write(person, DARK)
        person.see(CRISIS)
        person.press("1")
        person.see("Express: I felt")
        assert DARK not in words_under(tmp_path)


def test_a_scripted_run_asks_nothing_and_saves(tmp_path: Path) -> None:
    answers = {"afraid": "not_afraid", "time": "three", "describe": DARK, "assert": ALWAYS}
    done = run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(answers))
    assert done.returncode == 0, done.stderr
    assert CRISIS not in done.stdout
    [entry] = entries(tmp_path)
    assert {answer["step"]: answer["value"] for answer in entry["answers"]}["describe"] == DARK

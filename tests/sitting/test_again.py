"""The same ask again: when the last talk is offered as a start, and when never."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, put
from tests.sitting.world import printed, told, world

from dbtcoach.sitting.live import Wishes, practise

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Entry

OFFER = "You prepared a talk"
ASK = "Would you text me?"


def talk(kind: str = "ask", ago: int = 3, **answers: str) -> Entry:
    """Return a talk that was prepared some days ago."""
    given = {"kind": kind, "describe": "You came at 8:40.", "assert": ASK, **answers}
    return entry("dear-man", NOW - timedelta(days=ago), answers=given)


def saying(step: str, words: str, kind: str = "ask") -> Entry:
    """Return a talk with these words in one of its lines."""
    return talk(kind, 3, **{step: words})


def looked_back(name: str = "dear-man-after", **answers: object) -> Entry:
    return entry(name, NOW - timedelta(days=1), answers=answers)  # type: ignore[arg-type]  # JSON all


def begun(home: Path, *lines: str, config: str = "", name: str = "dear-man") -> str:
    """Begin an exercise with these lines typed, and return what was shown until they ended."""
    around = world(home, *lines)
    if config:
        (home / "config.yaml").write_text(config, "utf-8")
    from dbtcoach.errors import LeaveError

    with pytest.raises(LeaveError):
        practise(around, around.catalogue.read(name), Wishes())
    return printed(around) + told(around)


def test_the_lines_of_the_last_talk_stand_there_again_and_fear_is_asked_anew(tmp_path: Path) -> None:
    put(tmp_path, [talk()])
    shown = begun(tmp_path, "2", "3", "1", "", "", "")
    assert OFFER in shown
    assert shown.index(OFFER) < shown.index("Are you afraid of how they may react?")
    assert "You came at 8:40." in shown.partition("Are you afraid")[2]
    assert ASK in shown


def test_something_new_begins_with_nothing(tmp_path: Path) -> None:
    put(tmp_path, [talk()])
    shown = begun(tmp_path, "1", "3", "1", "1", "")
    assert OFFER in shown
    assert "You came at 8:40." not in shown


@pytest.mark.parametrize("entries", [
    [],
    [talk("touch")],
    [talk(), talk("touch", 2)],
    [talk(ago=120)],
    [entry("dear-man", NOW, answers={"describe": "what an earlier release saved", "assert": ASK})],
    [talk(), entry("dear-man-quick", NOW, answers={"assert": ASK})],
    [talk(), looked_back(ended="no")],
    [talk(), looked_back(in_the_way=["consent"])],
    [talk(), looked_back(in_the_way=["skill", "environment"])],
    [talk(), looked_back("reflect", **{"looking_back.ended": "no"})],
    [talk(), looked_back(ended="no"), looked_back(ended="open")],
    [talk(), looked_back(ended="no_touch")],
    [talk(), looked_back("reflect", **{"looking_back.ended": "no_touch"})],
    [talk(), looked_back(ended="open", happened="She said no and told me never to ask again.")],
    [talk(), looked_back("reflect", **{"looking_back.happened": "He does not want it. I'll ask again."})],
])  # fmt: skip
def test_it_is_never_offered_for_touch_nor_after_a_no_that_was_noted(
    tmp_path: Path, entries: list[Entry]
) -> None:
    put(tmp_path, entries)
    assert OFFER not in begun(tmp_path, "3")


# Chosen as something to ask for, whatever it is about; letters hidden in it, and a no within the lines.
HOSTILE = [
    "Would you have sex with me?",
    "Would you have S E X with me?",
    "s3x on friday, like we used to",
    "I want s\u200bex.",
    "Would you \uff53leep with me again?",  # a letter in full width
    "Let me kisss you.",
    "Would you hold my hand at least?",
    "You could come to my bed on Saturdays.",
    "Please touch me more often.",
    "Please unblock me.",
    "Would you answer my calls?",
    "Would you give me another chance?",
    "Would you meet me once more?",
    "You said no last week. Would you think about it again?",
    "You did not want to. Would you do it for me?",
    "Stop asking, you wrote. So I ask one last time: lend me the car.",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("step", ["describe", "assert", "reinforce"])
def test_hostile_words_in_a_talk_are_never_offered_a_second_time(
    tmp_path: Path, words: str, step: str
) -> None:
    put(tmp_path, [saying(step, words)])
    assert OFFER not in begun(tmp_path, "3")


@pytest.mark.parametrize("words", HOSTILE)
def test_nor_are_they_played_through_where_the_first_no_is_not_taken(tmp_path: Path, words: str) -> None:
    put(tmp_path, [saying("assert", words)])
    shown = begun(tmp_path, "3", "1", "1", name="rehearse")
    assert "What is your one line?" in shown
    assert words not in shown


@pytest.mark.parametrize(
    "entries", [[talk("touch")], [talk(), looked_back(ended="no")], [talk(), looked_back(ended="no_touch")]]
)
def test_what_got_a_no_is_not_played_through_either(tmp_path: Path, entries: list[Entry]) -> None:
    put(tmp_path, entries)
    assert ASK not in begun(tmp_path, "3", "1", "1", name="rehearse")


@pytest.mark.parametrize(
    "words",
    [
        "Would you text me when you'll be late?",
        "Would you pay me back the £60 by Friday?",
        "Could phones stay out of the bedroom on weekdays?",
        "Would you pick up Maya at 3?",
    ],
)
def test_an_ordinary_ask_is_offered_again(tmp_path: Path, words: str) -> None:
    put(tmp_path, [saying("assert", words)])
    assert OFFER in begun(tmp_path, "1")


def test_a_no_of_ones_own_is_offered_again(tmp_path: Path) -> None:
    put(tmp_path, [saying("assert", "No, I don't want to host this Sunday.", "refuse")])
    assert OFFER in begun(tmp_path, "1")


def test_a_talk_after_a_no_is_a_new_one(tmp_path: Path) -> None:
    put(tmp_path, [talk(), looked_back(ended="no"), talk(ago=0)])
    assert OFFER in begun(tmp_path, "1")


def test_what_was_half_agreed_can_be_asked_again(tmp_path: Path) -> None:
    put(tmp_path, [talk(), looked_back(ended="half", in_the_way=["skill"])])
    assert OFFER in begun(tmp_path, "1")


def test_where_others_use_the_computer_nothing_shows_without_a_key(tmp_path: Path) -> None:
    put(tmp_path, [talk()])
    assert OFFER not in begun(tmp_path, "3", config="shared: true\n")


def test_a_talk_that_went_on_after_fear_is_never_offered(tmp_path: Path) -> None:
    put(tmp_path, [replace(talk(), cards=())])
    assert OFFER not in begun(tmp_path, "3", "1", "")


@pytest.mark.parametrize(("name", "lines"), [("dear-man-after", "3"), ("rehearse", "311")])
@pytest.mark.parametrize(("why", "seen"), [("", True), ("shared", False), ("fear", False)])
def test_words_of_a_talk_are_brought_up_nowhere_after_fear_or_where_others_look_on(
    tmp_path: Path, name: str, lines: str, why: str, *, seen: bool
) -> None:
    put(tmp_path, [replace(talk(), cards=() if why == "fear" else None)])
    shown = begun(tmp_path, *lines, config="shared: true\n" if why == "shared" else "", name=name)
    assert (ASK in shown) == seen

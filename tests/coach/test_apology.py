"""An apology: what takes it back is noted, and what it is made of never alarms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.coach.apologies import DONE_TO_THEM, ONLY_WORDS
from tests.coach.conftest import FOLDER

from dbtcoach.coach.review import danger, review
from dbtcoach.coach.second_reader import FILE
from dbtcoach.coach.second_reader import read as read_table

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

OWNED = """I hurt her
I hurt him.
I hurt you and I know it.
I hurt her feelings
I yelled
I yelled at her.
I shouted at you in front of Ben.
I lied
I lied to her about the money
I lied to you. You found out from the bank.
I broke my promise.
I read your messages.
I called you stupid.
I called you a liar in front of your mother.
I made you cry, and then I made a joke of it.
I ignored you for two days.
I snapped at you because I was tired. That was not fair.
I was drunk. That is no excuse.
I let her down
You sat there alone with the cake.
You could not sleep, and you don't trust my word now.
I'm sorry I forgot your birthday.
I should have told you sooner.
I'd like to pay for the cup, if you want that.
When I get loud, I go out for ten minutes and come back.
I'm sorry. I don't expect an answer.
Can I try that again?
You're right about that part.""".splitlines()


@pytest.fixture(scope="session")
def both(rules: Rules) -> Rules:
    return replace(rules, second=read_table((FOLDER / FILE).read_bytes()))


@pytest.mark.parametrize("text", OWNED)
def test_what_an_apology_is_made_of_neither_alarms_nor_is_noted(both: Rules, text: str) -> None:
    assert danger(text, both) is None
    assert review(text, "apology", both).notes == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I'm sorry you feel that way.", "faux_apology"),
        ("sorry if i hurt you", "faux_apology"),
        ("If I hurt you, I'm sorry.", "faux_apology"),
        ("Mistakes were made.", "faux_apology"),
        ("I'm sorry, but you were late.", "but"),
        ("i shouted but you started it", "but"),
        ("You made me so angry.", "blame"),
        ("im sorry but you made me do it", "blame"),
        ("Anyone would have lost it.", "blame"),
        ("It was only a joke.", "minimise"),
        ("I already said sorry.", "minimise"),
        ("I'm the worst partner in the world.", "hedge"),
        ("Please forgive me, I don't deserve you.", "hedge"),
        ("You never listen.", "always_never"),
    ],
)
def test_what_takes_an_apology_back_is_noted(rules: Rules, text: str, label: str) -> None:
    found = review(text, "apology", rules)
    assert found.safety is None
    assert label in {note.rule for note in found.notes}


def test_what_was_done_to_somebody_is_no_case_for_an_apology(both: Rules) -> None:
    assert [text for text in DONE_TO_THEM if danger(text, both, "apology") != "violence"] == []


def test_what_words_can_mend_is_not_taken_for_violence(both: Rules) -> None:
    assert [text for text in ONLY_WORDS if danger(text, both, "apology") == "violence"] == []


def test_beside_what_was_done_a_wish_to_die_does_not_open_the_way(both: Rules) -> None:
    assert danger("I shoved her. I want to die.", both, "apology") == "violence"
    assert danger("I want to die.", both, "apology") == "crisis"


def test_only_where_somebody_is_sorry_is_it_read_so_widely(both: Rules) -> None:
    assert danger("I checked her phone every day.", both, "apology") == "violence"
    assert danger("I checked her phone every day.", both, "describe") != "violence"
    assert danger("I hit you.", both, "describe") == "violence"


def test_only_an_apology_is_read_as_one(rules: Rules) -> None:
    assert review("I'm sorry, but I can't come on Friday.", "message", rules).notes == ()

"""The opening words that are shown before YAML can be read are those of the exercises."""

from __future__ import annotations

import pytest
from docs.shipped_words import FIX, TODAY, sources

from dbtcoach.practice.course import pending
from dbtcoach.practice.play import page_of
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.shipped.first_questions import FIRST
from dbtcoach.shipped.openings import OPENINGS
from dbtcoach.sitting.door import QUESTION, TITLE
from dbtcoach.sitting.handover import first_page


def test_the_committed_openings_are_those_of_the_exercises() -> None:
    for path, text in sources().items():
        assert path.read_text("utf-8") == text, f"An opening has changed. To renew them: {FIX}"


def test_every_command_with_an_opening_has_its_first_words_at_once() -> None:
    catalogue = Catalogue(shipped_folder())
    exercises = [catalogue.decode(item.name) for item in catalogue.listed()]
    expected = {
        exercise.name: (exercise.title, *exercise.opening.split("\n"))
        for exercise in exercises
        if exercise is not None and not exercise.variant_of
    }
    assert {"": (TITLE, QUESTION), **expected} == OPENINGS, f"To renew them: {FIX}"


@pytest.mark.parametrize("name", sorted(FIRST))
def test_the_first_question_is_the_one_that_the_engine_would_ask(name: str) -> None:
    exercise = Catalogue(shipped_folder()).read(name)
    session = start(exercise, TODAY, "")
    step = pending(session)
    assert step is not None
    assert first_page(name) == page_of(session, step)


def test_the_command_that_renews_them_is_named_where_it_lives() -> None:
    assert all(FIX in text.split("\n", 1)[0] for text in sources().values())

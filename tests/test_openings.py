"""The opening words that are shown before YAML can be read are those of the exercises."""

from __future__ import annotations

from dbtcoach.openings import OPENINGS
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.sitting.openings import TARGET, source

FIX = "python -m dbtcoach.sitting.openings"


def test_the_committed_openings_are_those_of_the_exercises() -> None:
    assert TARGET.read_text("utf-8") == source(), f"An opening has changed. To renew them: {FIX}"


def test_every_command_with_an_opening_has_its_first_words_at_once() -> None:
    catalogue = Catalogue(shipped_folder())
    exercises = [catalogue.decode(item.name) for item in catalogue.listed()]
    expected = {
        exercise.name: (exercise.title, *exercise.opening.split("\n"))
        for exercise in exercises
        if exercise is not None and not exercise.variant_of
    }
    assert expected == OPENINGS, f"To renew them: {FIX}"


def test_the_command_that_renews_them_is_named_where_it_lives() -> None:
    assert FIX in TARGET.read_text("utf-8").split("\n", 1)[0]

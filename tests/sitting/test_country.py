"""The country is kept where something may be kept, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dbtcoach.journal.state import update_state
from dbtcoach.sitting.country import Atlas, keep
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.sitting.questions import KEEP, LOCK, NOTHING
from dbtcoach.world.help_lines import countries
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path


IRELAND = next(country for country in countries() if country.code == "IE")


def here(folder: Path) -> Surroundings:
    return Surroundings(env={"DBTCOACH_HOME": str(folder / "home"), "LANG": "en_US.UTF-8"})


def config(folder: Path) -> Path:
    return folder / "home" / "config.yaml"


@pytest.mark.parametrize("first_run", [None, KEEP, LOCK])
def test_it_is_kept_for_this_user_alone(tmp_path: Path, first_run: str | None) -> None:
    around = here(tmp_path)
    if first_run is not None:
        update_state(around.home, lambda state: replace(state, first_run=first_run))
    assert keep(around, IRELAND)
    assert config(tmp_path).read_bytes() == b"country: IE\n"
    assert config(tmp_path).stat().st_mode & 0o777 == 0o600
    assert here(tmp_path).country == IRELAND


@pytest.mark.parametrize("text", ["save: false\n", "save: maybe\n", "rows: [\n", "{plain: true}\n"])
def test_settings_that_forbid_it_or_cannot_be_read_stay_as_they_are(tmp_path: Path, text: str) -> None:
    config(tmp_path).parent.mkdir()
    config(tmp_path).write_text(text, "utf-8")
    assert not keep(here(tmp_path), IRELAND)
    assert config(tmp_path).read_text("utf-8") == text


def test_it_is_not_kept_where_the_first_answer_was_to_keep_nothing(tmp_path: Path) -> None:
    around = here(tmp_path)
    update_state(around.home, lambda state: replace(state, first_run=NOTHING))
    assert not keep(around, IRELAND)
    assert not config(tmp_path).exists()


def test_a_link_in_its_place_is_left_alone(tmp_path: Path) -> None:
    config(tmp_path).parent.mkdir()
    target = tmp_path / "dotfiles"
    target.write_text("plain: true\n", "utf-8")
    config(tmp_path).symlink_to(target)
    assert not keep(here(tmp_path), IRELAND)
    assert target.read_text("utf-8") == "plain: true\n"


def test_without_a_home_nothing_is_kept_and_nothing_fails() -> None:
    around = Surroundings(env={"HOME": "/nowhere"}, platform="linux")
    assert not keep(around, IRELAND)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_country_that_is_chosen_holds_for_the_rest_of_the_run(tmp_path: Path, *, keeps: bool) -> None:
    around = here(tmp_path)
    atlas = Atlas(
        around,
        lambda: keeps,
        lambda: facts_of(around, around.clock()),
    )
    assert {choice.value for choice in atlas.choices()} == {country.code for country in countries()}
    assert "911" in around.country.emergency
    facts = atlas.move("IE")
    assert "(Ireland)" in facts["lines.abuse"]
    assert around.country == IRELAND
    assert config(tmp_path).exists() == keeps

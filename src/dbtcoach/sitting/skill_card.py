"""One skill on one screen: what it is for, how, when not, and the exercise that practises it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.insight.skill_lines import card_lines, last_uses
from dbtcoach.journal.seal import is_locked
from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import Page
from dbtcoach.script.model import Choice, Select
from dbtcoach.script.skills import file_of
from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.sitting.own_card import keep_skills
from dbtcoach.sitting.stage import open_stage

if TYPE_CHECKING:
    from dbtcoach.script.skills import Skill
    from dbtcoach.world.surroundings import Surroundings

MINE, CLOSE = "mine", "close"
MARKED = "Marked as mine. In the list it stands first in its part."
UNMARKED = "It is not marked any more."
NOT_KEPT = "It could not be marked: nothing is kept here, or config.yaml cannot be changed."
HELP = "What is yours stands first in its part of the list: “skills” in config.yaml, by name, in the clear."


def show(around: Surroundings, skill: Skill) -> int:
    """Show the card until the person closes it, or runs its exercise; return the exit code."""
    exercise = around.catalogue.read(file_of(skill.exercise, around.catalogue) or skill.exercise)
    words = "\n".join(card_lines(skill, uses(around, skill)))
    stage = open_stage(around)
    told = ""
    with stage.given_back():
        while (answer := asked(stage.terminal, replace(_page(around, skill, words), footnote=told))) == MINE:
            marked = skill.name in around.settings.skills
            told = (UNMARKED if marked else MARKED) if mark(around, skill.name, mine=not marked) else NOT_KEPT
    if answer == CLOSE:
        stage.leave()
        return 0
    # Line mode says the exercise's title and opening as it begins; a screen shows them on its first page.
    return practise(around, exercise, Wishes(), stage if stage.screen is not None else None)


def uses(around: Surroundings, skill: Skill) -> str:
    """Return the own last uses as raw numbers; none where others use this computer, or a lock is on."""
    if around.settings.shared or is_locked(around.home):
        return ""
    exercise = file_of(skill.exercise, around.catalogue) or skill.exercise
    return last_uses(around.home.journal, skill, exercise)


def mark(around: Surroundings, name: str, *, mine: bool) -> bool:
    """Write into the settings that a skill is somebody's own, or is no more; return whether it is kept."""
    kept = [each for each in around.settings.skills if each != name]
    return keep_skills(around, [*kept, name] if mine else kept)


def _page(around: Surroundings, skill: Skill, words: str) -> Page:
    marked = skill.name in around.settings.skills
    label = "Not one of mine any more" if marked else "Mark it as mine"
    step = Select(id="skill", message="", choices=(Choice(MINE, label), Choice(CLOSE, "Close")))
    return Page(
        step=step,
        exercise=skill.title,
        message=words,
        help=HELP,
        first=True,
        enter=f"Enter runs {skill.exercise}",
    )

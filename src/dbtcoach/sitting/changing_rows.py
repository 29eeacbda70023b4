"""Changing the rows of the check-in at a terminal or in line mode; each change is kept at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import Page
from dbtcoach.script.day_rows import GROUPS, OwnRow
from dbtcoach.script.model import KINDS, Choice, Confirm, Select, Text
from dbtcoach.script.skills import MODULES, listed, module_of, title_of
from dbtcoach.sitting.own_card import (
    KEPT,
    NOT_KEPT,
    TITLE,
    in_short,
    keep_rows,
    keep_skills,
    ready_made,
    takes,
    whole_card,
)
from dbtcoach.sitting.questions import chosen
from dbtcoach.sitting.rows import MOST_SKILLS, rows_of_card
from dbtcoach.sitting.stage import open_stage
from dbtcoach.world.own_rows import HIGHEST, LONGEST_NAME, LONGEST_UNIT, MOST, is_name

if TYPE_CHECKING:
    from dbtcoach.practice.page import Terminal
    from dbtcoach.script.model import Asked, Group, Kind
    from dbtcoach.world.surroundings import Surroundings

ADD, CHANGE, REMOVE, MOVE, SKILLS, READY, DONE = "add", "change", "remove", "move", "skills", "ready", "close"
LAST = "last"
HELP = (
    "A row is a number, yes or no, a count, or a few words.\n"
    "They stand in config.yaml, by name, in the clear. Numbers that are kept stay when a row goes.\n"
    "A row about self-harm or dying is yours to add: people to call then stand beside it."
)
FULL = f"A card has at most {MOST} rows, so that a check-in stays short."
TAKEN = "There is a row of that name."
NO_NAME = f"A name has one line, and at most {LONGEST_NAME} letters."
MANY = f"The first {MOST_SKILLS} of them are on the card."
_GROUPS: dict[Group, str] = {
    "emotions": "A feeling",
    "urges": "An urge, and whether I acted on it",
    "acts": "Something I did",
    "body": "The body: sleep, pain, medication, food",
    "own": "Anything else",
}
_KINDS: dict[Kind, str] = {
    "number": "A number from a range",
    "yes/no": "Yes or no",
    "count": "A count: how many",
    "text": "A few words",
}
_RANGE = re.compile(r"\D*?(-?\d{1,3})\D+?(\d{1,3})\D*")


def open_rows(around: Surroundings) -> int:
    """Show the card and let the person change it; return the exit code."""
    stage = open_stage(around)
    bench = _Bench(around, stage.terminal)
    try:
        with stage.given_back():
            while (wish := bench.menu()) not in (DONE, None):
                bench.does(str(wish))
    finally:
        stage.leave()
        around.tell(*[KEPT] * bench.kept)
    return 0


@dataclass(slots=True)
class _Bench:
    """One sitting at the rows: what was said last, and whether anything was kept."""

    around: Surroundings
    terminal: Terminal
    told: str = ""
    kept: bool = False

    def menu(self) -> str | None:
        labels = {
            ADD: "Add a row",
            CHANGE: "Change a row",
            REMOVE: "Take a row away",
            MOVE: "Move a row",
            SKILLS: "Pick my skills",
            READY: "Begin with a ready-made card",
            DONE: "Done",
        }
        page = self._page(
            Select(id="wish", message="", choices=tuple(Choice(*each) for each in labels.items())),
            "\n".join(in_short(self.around)),
            enter="Enter is done",
        )
        told, self.told = self.told, ""
        return chosen(self.terminal, replace(page, footnote=told, help=HELP))

    def does(self, wish: str) -> None:
        """Do what was chosen; a question that is passed over changes nothing."""
        if wish == SKILLS:
            self._skills()
        elif wish == READY:
            self._ready()
        elif wish == ADD:
            self._add()
        else:
            self._with_row(wish)

    def _add(self) -> None:
        rows = self.around.settings.rows
        if len(rows) >= MOST:
            self.told = FULL
            return
        row = self._asked_row(None)
        if row is None:
            return
        if row.name.casefold() in {each.name.casefold() for each in whole_card(self.around)}:
            self.told = TAKEN
        elif not (self.around.settings.emotions or self.around.settings.urges):
            self._keep((*rows, row), shipped=self.around.settings.shipped_rows)
        else:
            self._keep((*whole_card(self.around), row))

    def _with_row(self, wish: str) -> None:
        whole = whole_card(self.around)
        rows = [row for row in whole if row.group != "skills"]  # those are picked by their names
        at = self._which(rows, "Which row?")
        if at is None:
            return
        row = rows.pop(at)
        if wish == CHANGE:
            changed = self._asked_row(row)
            if changed is None:
                return
            if changed.name.casefold() in {each.name.casefold() for each in rows}:
                self.told = TAKEN
                return
            rows.insert(at, changed)
        elif wish == MOVE:
            place = self._which(rows, f"Before which row should {row.name} stand?", last=True)
            if place is None:
                return
            rows.insert(place, row)
        self._keep((*rows, *(row for row in whole if row.group == "skills")))

    def _which(self, rows: list[OwnRow], question: str, *, last: bool = False) -> int | None:
        choices = [Choice(str(number), f"{row.name}: {takes(row)}") for number, row in enumerate(rows)]
        choices += [Choice(LAST, "Last of all")] if last else []
        answer = self._choose(question, choices)
        return len(rows) if answer == LAST else int(answer) if answer is not None else None

    def _asked_row(self, before: OwnRow | None) -> OwnRow | None:
        """Ask what a row is; None where its name, its group or its kind is passed over."""
        old = before or OwnRow("")
        name, question = old.name, f"What is the row called? Up to {LONGEST_NAME} letters."
        while (name := self._line(question, name)) and not is_name(name):
            question = NO_NAME  # and what was typed stands there again
        if not name:
            return None
        choices = [Choice(group, label) for group, label in _GROUPS.items()]
        group = self._choose("What kind of thing is it?", choices, old.group if before else None)
        if group is None:
            return None
        row = OwnRow(name, next(each for each in GROUPS if each == group))
        if row.group == "urges":
            return row
        kinds = [Choice(kind, label) for kind, label in _KINDS.items()]
        kind = self._choose("What do you write down?", kinds, old.kind if before else None)
        if kind is None:
            return None
        row = replace(row, kind=next(each for each in KINDS if each == kind))
        if row.kind == "number":
            row = self._ranged(row, old)
        if row.kind in ("number", "count"):
            unit = self._line("What is counted? Such as hours.", old.unit, "Enter leaves it out")
            row = replace(row, unit=unit[:LONGEST_UNIT])
        page = self._page(
            Confirm(id="daily", message=""),
            "Every evening? No: only with “a little more”.",
            enter="Enter means yes" if old.daily else "Enter means no",
        )
        daily = asked(self.terminal, page)
        return replace(row, daily=daily if isinstance(daily, bool) else old.daily)

    def _ranged(self, row: OwnRow, old: OwnRow) -> OwnRow:
        words = self._line("From which number to which?", f"{old.low} to {old.high}")
        found = _RANGE.fullmatch(words)
        low, high = (int(found[1]), int(found[2])) if found is not None else (0, 5)
        if -HIGHEST <= low < high:
            return replace(row, low=low, high=high)
        self.told = f"From {words} makes no range, so it goes from {row.low} to {row.high}."
        return row

    def _skills(self) -> None:
        """Ask for the skills of each module; what was ticked on a page is kept with it."""
        mine = {row.id for row in rows_of_card(self.around) if row.group == "skills"}
        if len(mine) == MOST_SKILLS:  # there may be more that are marked as mine
            mine |= set(self.around.settings.skills)
        for module in MODULES:
            items = [item for item in listed(self.around.catalogue) if module_of(item) == module]
            step = Select(
                id="skills",
                message="",
                multiple="several",
                choices=tuple(Choice(item.name, title_of(item)) for item in items),
            )
            known = {item.name for item in items} & mine
            offered = tuple(item.name for item in items if item.name in known) or None
            page = self._page(step, f"{module.capitalize()}: which are on your card?", enter="Enter goes on")
            answer = asked(self.terminal, replace(page, offered=offered))
            ticked = set(answer) if isinstance(answer, tuple) else set()
            if ticked != known:
                mine = mine - known | ticked
                self._keep_skills(mine)

    def _keep_skills(self, mine: set[str]) -> None:
        """Keep these as the person's own skills, and so as those of the card."""
        names = [item.name for item in listed(self.around.catalogue) if item.name in mine]
        rows = self.around.settings.rows
        if any(row.group == "skills" for row in rows):
            self._keep(
                tuple(row for row in rows if row.group != "skills"), shipped=self.around.settings.shipped_rows
            )
        if keep_skills(self.around, names):
            self.kept = True
            self.told = MANY if len(names) > MOST_SKILLS else ""
        else:
            self.told = NOT_KEPT

    def _ready(self) -> None:
        cards = ready_made()
        choices = [Choice(card.name, card.title, card.summary) for card in cards]
        name = self._choose("Which one? It takes the place of the rows you have now.", choices)
        if name is not None:
            self._keep(next(card.rows for card in cards if card.name == name))

    def _keep(self, rows: tuple[OwnRow, ...], *, shipped: bool = False) -> None:
        if len(rows) > MOST:
            self.told = FULL
        elif keep_rows(self.around, rows, shipped=shipped):
            self.kept = True
        else:
            self.told = NOT_KEPT

    def _choose(self, question: str, choices: list[Choice], offered: str | None = None) -> str | None:
        page = self._page(Select(id="choice", message="", choices=tuple(choices)), question)
        return chosen(self.terminal, replace(page, offered=offered))

    def _line(self, question: str, before: str, enter: str = "Enter goes back") -> str:
        page = self._page(Text(id="words", message=""), question, enter="" if before else enter)
        answer = asked(self.terminal, replace(page, offered=before or None))
        return answer.strip() if isinstance(answer, str) else ""

    def _page(self, step: Asked, message: str, enter: str = "Enter changes nothing") -> Page:
        return Page(step=step, exercise=TITLE, message=message, help="", first=True, enter=enter)

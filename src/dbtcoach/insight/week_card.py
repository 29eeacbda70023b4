"""Seven days of check-ins beside each other: what was typed, the hardest day, what was planned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dbtcoach.insight.days import WEEK, WEEKDAYS, short
from dbtcoach.insight.row_words import TARGETS_FIRST, label, unit_of
from dbtcoach.insight.sentences import plural
from dbtcoach.insight.series import median, spoken
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.practice.page import Grid, GridRow
from dbtcoach.script.day_rows import grouped, spec_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.script.day_rows import RowSpec
    from dbtcoach.script.model import Group

USED = 4  # of a skill's number: from here on it was tried
PLAN, BECAME = "step", "became"  # the steps of a check-in that plan something, and ask what became of it
OUTCOMES = {"did": "done", "partly": "partly", "not_yet": "not yet", "let_go": "let go"}
LONGEST = 120  # letters of a plan that comes back
FEWEST_FOR_MEDIANS = 2  # one check-in is no week
MOST_DAYS = 2  # that are named when several were the hardest


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row of the card: a cell for each day, empty where nothing was; ``acts`` only beside an urge."""

    spec: RowSpec
    cells: tuple[str, ...]
    acts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the name, with what is counted."""
        return label(self.spec)


@dataclass(frozen=True, slots=True)
class Planned:
    """One small step, and what became of it; empty where nobody said."""

    day: date
    words: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class WeekCard:
    """Seven days; ``highest`` are the places of those with the strongest urge, ``top`` its row and number."""

    days: tuple[date, ...]
    checked: int
    groups: dict[Group, tuple[WeekRow, ...]]
    highest: tuple[int, ...] = ()
    top: tuple[str, str] = ("", "")
    planned: tuple[Planned, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the weekdays, the last of them being the last day."""
        return tuple(WEEKDAYS[day.weekday()][:3].capitalize() for day in self.days)

    @property
    def rows(self) -> Iterator[tuple[Group, WeekRow]]:
        """Yield every row with its group, what one works on first."""
        return ((group, row) for group in TARGETS_FIRST for row in self.groups.get(group, ()))


def week_card(
    entries: Iterable[Entry],
    last: date,
    known: Sequence[RowSpec],
    *,
    blank: bool = False,
    with_words: bool = True,
) -> WeekCard:
    """Return the card of the seven days to ``last``; ``known`` are the rows that are asked for today.

    A row without any answer is left out, unless ``blank`` asks for room to write. Without words so is what
    was typed into a row of a few words.
    """
    days = tuple(last - timedelta(days=back) for back in range(WEEK - 1, -1, -1))
    places = {day.isoformat(): place for place, day in enumerate(days)}
    cells: dict[tuple[str, str], list[str]] = {}
    found = sorted(
        (each for each in entries if each.exercise == CHECK_IN and each.day in places),
        key=lambda each: each.day,
    )
    for entry in found:
        for step, row, value in _numbers(entry):
            if with_words or not isinstance(value, str):
                cells.setdefault((step, row), [""] * WEEK)[places[entry.day]] = _cell(value)
    rows = [
        row
        for row in (_row(spec, cells) for spec in specs_of(cells, known))
        if blank or any(row.cells) or any(row.acts)
    ]
    groups = {
        group: tuple(row for row in rows if row.spec in members)
        for group, members in grouped(row.spec for row in rows).items()
    }
    card = WeekCard(days, len(found), groups, planned=tuple(_planned(found)))
    return _with_highest(card)


def grid_of(card: WeekCard) -> Grid:
    """Return the numbers of a week as a screen draws them."""
    rows: list[GridRow] = []
    for _group, row in card.rows:
        rows.append(GridRow(row.label, row.cells))
        if any(row.acts):
            rows.append(GridRow("acted on it", row.acts, under=True))
    return Grid(
        f"The week to {day_said(card.days[-1])}", card.heads, tuple(rows), card.highest, highest(card)
    )


def numbers(card: WeekCard) -> str:
    """Return the same in lines to listen to; empty where there was no check-in."""
    if not card.checked:
        return ""
    lines = [f"The week to {day_said(card.days[-1])}. Check-ins on {plural(card.checked, 'day')}."]
    for _group, row in card.rows:
        acted = f" Acted on it: {_said(card, row.acts)}." if any(row.acts) else ""
        lines.append(f"{row.label}: {_said(card, row.cells)}.{acted}")
    return "\n".join([*lines, *filter(None, [highest(card)])])


def in_a_line(card: WeekCard) -> str:
    """Return how many check-ins there were and the median of each row but skills; empty where none was."""
    if not card.checked:
        return ""
    said = f"Last week: check-ins on {plural(card.checked, 'day')}."
    numbers = [
        (row, Counter[float](int(cell) for cell in row.cells if cell.isdecimal()))
        for group, row in card.rows
        if group != "skills" and row.spec.kind != "text"
    ]
    medians = [
        f"{label(replace(row.spec, unit='')).lower()} {spoken(median(counted))} {unit_of(row.spec)}".rstrip()
        for row, counted in numbers
        if counted
    ]
    if card.checked < FEWEST_FOR_MEDIANS or not medians:
        return said
    return f"{said} In the middle: {', '.join(medians)}."


def words(card: WeekCard) -> str:
    """Return what the numbers leave out: skills by name, what was planned and what became of it."""
    used = skills_used(card)
    planned = [
        f"{WEEKDAYS[each.day.weekday()][:3].capitalize()}  {each.words}"
        + (f" ({each.became})" if each.became else "")
        for each in card.planned
    ]
    parts = [f"Skills used: {', '.join(used)}."] if used else []
    parts += ["\n".join(["Planned:", *planned])] if planned else []
    return "\n\n".join(parts)


def skills_used(card: WeekCard) -> list[str]:
    """Return the skills that were used, each by its name and with its days."""
    return [
        f"{row.label} ({', '.join(days)})"
        for row in card.groups.get("skills", ())
        if (days := [card.heads[place] for place, cell in enumerate(row.cells) if was_used(row.spec, cell)])
    ]


def highest(card: WeekCard) -> str:
    """Return in a line when the strongest urge was; empty where there was none."""
    if not card.highest:
        return ""
    *before, last = (WEEKDAYS[card.days[place].weekday()].capitalize() for place in card.highest)
    days = f"{', '.join(before)} and {last}" if before else last
    return f"Highest: {days}, {card.top[0]} {card.top[1]}."


def hardest(card: WeekCard) -> str:
    """Return the name of the day, or the two, that could be easier; empty without an urge."""
    if len(card.highest) > MOST_DAYS:
        return "the hardest days"
    return " and ".join(WEEKDAYS[card.days[place].weekday()].capitalize() for place in card.highest)


def was_used(spec: RowSpec, cell: str) -> bool:
    """Tell whether a cell of a skill says that it was used: tried, whether it helped or not."""
    if spec.kind == "yes/no":
        return cell == "yes"
    least = USED if spec.kind == "number" and spec.high == WEEK else 1
    return cell.isdecimal() and int(cell) >= least


def shortened(text: str) -> str:
    """Return a plan as one line that fits a question."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def day_said(day: date) -> str:
    """Return a day such as ``Sunday 29 Nov``."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {short(day)}"


def _numbers(entry: Entry) -> Iterator[tuple[str, str, Json]]:
    for saved in entry.answers:
        if isinstance(saved.value, dict) and "." not in saved.step:
            for row, value in saved.value.items():
                if isinstance(value, bool | int | str):
                    yield saved.step, row, value


def _cell(value: Json) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return shortened(value)
        case _:
            return str(value)


def specs_of(cells: Iterable[tuple[str, str]], known: Iterable[RowSpec]) -> Iterable[RowSpec]:
    """Return the known rows, then those that were only answered; ``cells`` are steps and ids of rows."""
    specs = {(spec.step, spec.id): spec for spec in known}
    for step, row in cells:
        spec = spec_of(step, row, known)
        key = (spec.step, spec.id)
        if key not in specs:
            specs[key] = spec
        elif spec.act and not specs[key].act:
            specs[key] = replace(specs[key], act=spec.act)
    return specs.values()


def _row(spec: RowSpec, cells: dict[tuple[str, str], list[str]]) -> WeekRow:
    none = [""] * WEEK
    acts = tuple(cells.get((spec.step, spec.act), none)) if spec.act else ()
    return WeekRow(spec, tuple(cells.get((spec.step, spec.id), none)), acts)


def _planned(entries: Sequence[Entry]) -> Iterator[Planned]:
    for place, entry in enumerate(entries):
        text = next((saved.value for saved in entry.answers if saved.step == PLAN), None)
        if isinstance(text, str) and text.strip():
            line = shortened(text)
            yield Planned(date.fromisoformat(entry.day), line, _became(line, entries[place + 1 :]))


def _became(line: str, later: Iterable[Entry]) -> str:
    """Return what was said of a plan; what is said behind the same plan again is said of that one."""
    for entry in later:
        for saved in entry.answers:
            asked = saved.prompt.partition(": ")[2]
            if saved.step == BECAME and asked == line and isinstance(saved.value, str):
                return OUTCOMES.get(saved.value, "")
        if any(saved.step == PLAN and shortened(str(saved.value)) == line for saved in entry.answers):
            return ""
    return ""


def _with_highest(card: WeekCard) -> WeekCard:
    urges = [
        (int(cell), place, row.label)
        for row in card.groups.get("urges", ())
        for place, cell in enumerate(row.cells)
        if cell.isdecimal() and row.spec.kind != "text"
    ]
    most = max((value for value, _place, _label in urges), default=0)
    if not most:
        return card
    at = [(place, label) for value, place, label in urges if value == most]
    labels = " and ".join(dict.fromkeys(label for _place, label in at)).lower()
    return replace(card, highest=tuple(sorted({place for place, _label in at})), top=(labels, str(most)))


def _said(card: WeekCard, cells: Iterable[str]) -> str:
    return ", ".join(f"{head} {cell}" for head, cell in zip(card.heads, cells, strict=True) if cell)

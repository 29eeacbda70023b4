from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import HOSTILE, NOW, entry, month

from dbtcoach.insight import csv_table, html, markdown
from dbtcoach.insight.report import MOST_LINES, Report, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.journal.entry import Entry, Json

TODAY = NOW.date()
LABELS: Labels = {"in_the_way": {"emotions": "Feelings got too strong"}, "got": {"objective": "What I asked"}}
CANARY = "quokka"
MADE = "23 Nov 2026"


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and all its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def made(entries: Sequence[Entry], days: int = 30, *, with_words: bool = False) -> Report:
    span = (TODAY - timedelta(days=days - 1), TODAY)
    return report(entries, span, lambda _: LABELS, with_words=with_words)


def hostile() -> list[Entry]:
    emotions: Json = {HOSTILE: 3, "=cmd|' /C calc'!A0": 2}
    return [
        entry("reflect", NOW, answers={"emotions": emotions, "good": HOSTILE}, title=HOSTILE),
        entry("dear-man", NOW, answers={"describe": HOSTILE}, distress=(5, 4), title=HOSTILE),
        *[entry("ground", NOW, distress=(5, 4), title=HOSTILE)] * 5,
    ]


def test_the_card_has_a_line_a_day_and_gaps_stay_empty() -> None:
    found = made(month())
    assert len(found.lines) == 30
    assert found.columns[0] == ("emotions", "anger")
    assert [step for step, _ in found.columns] == ["emotions"] * 5 + ["urges"] * 2 + ["skills"] * 5
    empty = [line for line in found.lines if not any(value is not None for value in line.values)]
    assert 0 < len(empty) < 15


def test_the_head_over_an_own_urge_reads_as_words() -> None:
    page = markdown.text(
        made([entry("reflect", NOW, answers={"urges": {"Drink": 3, "Drink acted": 1}})]), MADE
    )
    assert "Urge: Drink | Urge: Drink, acted on |" in page


@pytest.mark.parametrize(("days", "unit"), [(30, "Day"), (200, "Week of"), (900, "Month"), (4000, "Year")])
def test_longer_spans_get_longer_lines_so_that_it_stays_one_page(days: int, unit: str) -> None:
    found = made(month(days), days)
    assert found.unit == unit
    assert len(found.lines) <= MOST_LINES + 1


def test_a_talk_is_told_with_what_became_of_it() -> None:
    talks = made(month()).talks
    assert len(talks) == 3
    assert all(len(talk.outcomes) == 1 for talk in talks)
    assert talks[0].outcomes[0].got[0] == ("What I asked", 6)
    assert talks[0].outcomes[0].in_the_way == ("Feelings got too strong",)


def test_the_outcome_can_come_from_a_check_in() -> None:
    followed: dict[str, Json] = {"follow_up_question": "not_happened"}
    inside: dict[str, Json] = {"follow_up_question": "happened", "looking_back.got": {"objective": 2}}
    talk = entry("dear-man", NOW - timedelta(days=2), distress=(5, 5))
    (not_yet,) = made([talk, entry("reflect", NOW, answers=followed)]).talks
    assert not_yet.outcomes[0].happened == "It did not happen."
    (done,) = made([talk, entry("reflect", NOW, answers=inside)]).talks
    assert done.outcomes[0].got == (("objective", 2),)


def test_words_are_left_out_unless_they_are_asked_for() -> None:
    entries = [
        entry("reflect", NOW, answers={"good": CANARY, "emotions": {"anger": 1}}),
        entry("dear-man", NOW, answers={"assert": CANARY}, distress=(5, 4)),
        entry("dear-man-after", NOW, answers={"happened": CANARY, "in_the_way": [CANARY]}),
    ]
    without, with_words = made(entries), made(entries, with_words=True)
    for page in (html.page, markdown.text):
        assert CANARY not in page(without, MADE)
        assert page(with_words, MADE).count(CANARY) >= 3
    assert CANARY not in csv_table.text(entries, with_words=False)
    assert csv_table.text(entries, with_words=True).count(CANARY) == 4


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = html.page(made(month(), with_words=True), MADE)
    found = Tags(page)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "a", "base", "audio", "video"}
    for _, attributes in found.tags:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes)
        assert attributes.get("href", "data:,") == "data:,"
    (policy,) = [a["content"] for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in page.replace("http-equiv", "")
    assert "url(" not in page
    assert "@import" not in page


def test_every_picture_says_in_words_what_it_shows() -> None:
    found = Tags(html.page(made(month()), MADE))
    pictures = [attributes for tag, attributes in found.tags if tag == "svg"]
    assert len(pictures) >= 7
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert (attributes["aria-label"] or "") in found.text


def test_hostile_words_are_shown_and_do_nothing() -> None:
    page = html.page(made(hostile(), with_words=True), MADE)
    found = Tags(page)
    assert "script" not in {tag for tag, _ in found.tags}
    assert "<script>alert(1)</script>" in found.text
    assert "[/bold] :smile:" in found.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
    text = markdown.text(made(hostile(), with_words=True), MADE)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "<script" not in re.sub(r"\\.", "", text)
    assert ":smile:" not in text  # each colon is escaped, so that no site makes a picture of it
    assert r"\:smile\:" in text


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\uff1d1", "%x", "|x"]
)
def test_no_cell_becomes_a_formula(start: str) -> None:
    each = entry("reflect", NOW, answers={"emotions": {start: 2}, "good": start}, title=start)
    rows = list(csv.reader(io.StringIO(csv_table.text([each], with_words=True))))
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "|", "%"))
        assert not cell.startswith("\t")


def test_a_table_has_a_column_for_each_row_of_a_scale() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table.text(month(), with_words=False))))
    checked = [row for row in rows if row["exercise"] == "reflect"]
    assert all(row["emotions.anger"] in "012345" for row in checked)
    grounded = next(row for row in rows if row["exercise"] == "ground")
    assert grounded["before"].isdigit()
    assert grounded["emotions.anger"] == ""


def test_nothing_in_a_span_is_still_a_page() -> None:
    assert "Check-ins on 0 of 30 days." in Tags(html.page(made([]), MADE)).text
    assert "Check\\-ins on 0 of 30 days" in markdown.text(made([]), MADE)

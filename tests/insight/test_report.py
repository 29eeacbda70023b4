from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from tests.insight.samples import HOSTILE, NOW, entry, month

from dbtcoach.insight import csv_table, html, markdown
from dbtcoach.insight.report import MOST_LINES, Report, report
from dbtcoach.insight.week_card import week_card
from dbtcoach.insight.week_sheet import filled
from dbtcoach.script.day_rows import RowSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.journal.entry import Entry, Json

TODAY = NOW.date()
LABELS: Labels = {"in_the_way": {"emotions": "Feelings got too strong"}, "got": {"objective": "What I asked"}}
CANARY = "quokka"
MADE = "23 Nov 2026"
FORMULA = ("=", "+", "-", "@", "\uff1d", "|", "%")


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
    assert [column.head for column in found.columns] == ["Urges"] + ["Emotions"] * 5 + ["Skills"] * 5
    empty = [line for line in found.lines if not any(value is not None for value in line.values)]
    assert 0 < len(empty) < 15


@pytest.mark.parametrize(
    ("urges", "cell"),
    [
        ({"Drink": 3, "Drink acted": 1}, "3 / 1"),
        ({"Drink": 3, "Drink acted": 0}, "3 / 0"),
        ({"Drink acted": 1}, "– / 1"),
    ],
)
def test_an_urge_and_its_act_are_one_pair(urges: Json, cell: str) -> None:
    found = made([entry("reflect", NOW, answers={"urges": urges})])
    page = markdown.text(found, MADE)
    assert "| Day | Urges: Drink |" in page
    assert f"\n| Mon 23 Nov | {cell} |\n" in page
    assert "- Urges: 0 not at all to 5 very; how strong / acted on." in page
    assert f"<td>{cell}</td>" in re.sub(' class="[^"]*"', "", html.page(found, MADE))


def test_an_own_row_says_its_range_in_every_form() -> None:
    card = [
        RowSpec(step="emotions", id="body: Pain", label="Pain", group="body", high=10),
        RowSpec(step="emotions", id="body: Sleep", label="Sleep", group="body", high=12, unit="hours"),
        RowSpec(step="emotions", id="Tea", label="Tea", group="own", kind="count", unit="cups"),
    ]
    answers: dict[str, Json] = {"emotions": {"body: Pain": 10, "body: Sleep": 7, "Tea": 9, "own: Old": 40}}
    entries = [entry("reflect", NOW, answers=answers)]
    found = report(entries, (TODAY, TODAY), lambda _: {}, with_words=False, card=card)
    for page in (
        html.page(found, MADE),
        markdown.text(found, MADE),
        filled([(week_card(entries, TODAY, card), ())], MADE),
    ):
        for said in ("Pain (0 to 10)", "Sleep (0 to 12 hours)", "Tea, cups", "Old"):
            assert said in page
        assert "0 not at all" not in page  # nothing here goes from 0 to 5, and what "Old" takes is not known


def test_yes_and_no_over_a_week_are_counted() -> None:
    days = [
        entry("reflect", NOW - timedelta(days=ago), answers={"emotions": {"Pill": ago > 0}})
        for ago in range(3)
    ]
    assert [line.cells for line in made(days, 200).lines if line.cells != ("",)] == [
        ("0 of 1",),
        ("2 of 2",),
    ][::-1]


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
    assert CANARY not in csv_table.text(entries, lambda _: LABELS, with_words=False)
    assert csv_table.text(entries, lambda _: LABELS, with_words=True).count(CANARY) == 4


def test_nothing_that_was_answered_is_missing_with_words() -> None:
    answers: dict[str, Json] = {
        "alone": 6,
        "ready": True,
        "not_ready": False,
        "kind": "ask",
        "got": {"objective": 7},
        "in_the_way": ["emotions"],
        "words": CANARY,
        "three": ["one", "two"],
    }
    labels: Labels = {**LABELS, "kind": {"ask": "Ask for something"}}
    for name in ("reflect", "dear-man", "dear-man-after", "pause"):
        entries = [entry(name, NOW, answers=answers)]
        found = report(entries, (TODAY, TODAY), lambda _: labels, with_words=True)
        for page in (html.page(found, MADE), markdown.text(found, MADE).replace("\\", "")):
            for step in answers:
                assert f"About {step}?" in page, (name, step)
            for said in (
                "6",
                "yes",
                "no",
                "Ask for something",
                "What I asked: 7",
                "Feelings got too",
                CANARY,
            ):
                assert said in page, (name, said)
        table = csv_table.text(entries, lambda _: labels, with_words=True)
        for said in (
            *(f"About {step}?" for step in answers),
            "Ask for something (ask)",
            "What I asked",
            CANARY,
        ):
            assert said in table, (name, said)


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
    assert r"\:smile:" in text  # so that nothing makes a picture of it
    assert not re.search(r"(?<!\\):smile:", text)


@pytest.mark.parametrize(
    "words",
    [
        "- a list", "+ a list", "1. a list", "12) a list", "1234567. a list", "> quoted", "# head", "=== a",
        "--- line", "***bold***", "_so_ it `goes`", "[x](y)", "![x](y)", "<b>", "&amp;", "~~gone~~", "a|b",
        "www.example.org", "https://example.org", "me@example.org", ":smile:", "a:smile:b", "$x^2$",
        "    code",
        "Sentence. Another: 26 of 30 days, re-read (twice) - 2.5!",
    ],
)  # fmt: skip
def test_markdown_shows_every_word_as_it_was_written(words: str) -> None:
    found = made([entry("reflect", NOW, answers={"good": words}, title=words)], with_words=True)
    for line in (line for line in markdown.text(found, MADE).split("\n") if line.startswith("> ")):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(line.removeprefix("> "))
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        inner = tokens[1].children or []
        assert {token.type for token in inner} <= {"text", "text_special", "hardbreak"}, line
        assert "".join(token.content for token in inner).strip() == words.strip()
        # What only some sites know: their links and pictures.
        assert not re.search(r"https?://|www\.|\w@|(?<!\\):\w+:", line)


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\uff1d1", "%x", "|x"]
)
def test_no_cell_becomes_a_formula(start: str) -> None:
    each = entry("reflect", NOW, answers={"emotions": {start: 2}, "good": start}, title=start)
    text = csv_table.text([each], lambda _: {}, with_words=True)
    for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row):
        assert not cell.lstrip().startswith(FORMULA)
        assert not cell.startswith("\t")


@pytest.mark.parametrize("before", ["a;", "a; ", 'a";', "a\n", "a\n ", 'a";"', "a\t", "a\r\n", ";;"])
def test_no_part_of_a_cell_becomes_a_formula_for_other_separators(before: str) -> None:
    each = entry("reflect", NOW, answers={"good": f"{before}=1+1"}, title=f"{before}@x")
    text = csv_table.text([each], lambda _: {}, with_words=True)
    for cell in re.split("[;\\t\\n]", text):
        assert not cell.lstrip('" ').startswith(FORMULA)


def test_a_table_has_a_column_for_each_row_of_a_scale() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table.text(month(), lambda _: {}, with_words=False))))
    checked = [row for row in rows if row["exercise"] == "reflect"]
    assert all(row["emotions.anger"] in "012345" for row in checked)
    grounded = next(row for row in rows if row["exercise"] == "ground")
    assert grounded["before"].isdigit()
    assert grounded["emotions.anger"] == ""


def test_nothing_in_a_span_is_still_a_page() -> None:
    assert "Check-ins on 0 of 30 days." in Tags(html.page(made([]), MADE)).text
    assert "\nCheck-ins on 0 of 30 days.\n" in markdown.text(made([]), MADE)

"""Help lines: the file, the country, and how they are said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import shipped_folder
from dbtcoach.script.countries import (
    ELSEWHERE,
    Country,
    HelpLine,
    country_of,
    decode_lines,
    find_country,
    say_line,
    say_lines,
)

TODAY = date(2026, 11, 23)
SHIPPED = decode_lines((shipped_folder() / "data" / "lines.yaml").read_bytes(), "lines.yaml")


def line(hours: str = "24/7", checked: date = TODAY) -> HelpLine:
    return HelpLine("Somebody", "call 123", hours, "https://example.org", checked, "read")


def test_the_shipped_lines_have_a_source_a_date_and_an_answer_for_everybody() -> None:
    codes = [country.code for country in SHIPPED]
    assert len(codes) == len(set(codes)) >= 8
    assert ELSEWHERE in codes
    for country in SHIPPED:
        assert country.emergency
        assert country.crisis, country.code
        for known in (*country.crisis, *country.abuse):
            assert known.source.startswith("https://"), known.name
            assert known.checked > date(2025, 1, 1), known.name


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("GB", "GB"),
        ("gb", "GB"),
        ("UK", "GB"),
        (" united kingdom ", "GB"),
        ("Scotland", "GB"),
        ("us", "US"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("DEUTSCHLAND", "DE"),
        ("España", "ES"),
        ("espan\u0303a", "ES"),
        ("eire", "IE"),
        ("Nederland", "NL"),
        ("भारत", "IN"),
        ("any", "ANY"),
    ],
)
def test_a_country_is_found_by_code_or_any_of_its_names(wanted: str, code: str) -> None:
    found = find_country(SHIPPED, wanted)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("wanted", ["", "Atlantis", "G", "GBR?", "../GB", "Austria", "Iceland"])
def test_a_country_without_a_record_is_not_guessed(wanted: str) -> None:
    assert find_country(SHIPPED, wanted) is None


@pytest.mark.parametrize(
    ("env", "code"),
    [
        ({"LANG": "en_GB.UTF-8"}, "GB"),
        ({"LANG": "de_AT@euro"}, "AT"),
        ({"LC_ALL": "fr_fr", "LANG": "en_US.UTF-8"}, "FR"),
        ({"LC_ALL": "", "LC_MESSAGES": "es_MX.UTF-8", "LANG": "en_US"}, "MX"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_IE"}, "IE"),
        ({"LANG": "C"}, ELSEWHERE),
        ({"LANG": "en"}, ELSEWHERE),
        ({"LANG": "en_001"}, ELSEWHERE),
        ({"LANG": "zh_Hant_TW"}, ELSEWHERE),
        ({"LANG": "x_ßß"}, ELSEWHERE),
        ({}, ELSEWHERE),
    ],
)
def test_the_locale_gives_a_country_or_none(env: dict[str, str], code: str) -> None:
    assert country_of(env) == code


def test_a_line_is_a_sentence_and_shows_its_date_when_it_is_old() -> None:
    assert say_line(line(), TODAY) == "Somebody: call 123 (24/7)."
    assert say_line(line(""), TODAY) == "Somebody: call 123."
    assert say_line(line(checked=date(2025, 11, 23)), TODAY) == "Somebody: call 123 (24/7)."
    assert say_line(line(checked=date(2025, 11, 22)), TODAY).endswith("[checked 2025-11-22]")


def test_the_emergency_number_comes_last_with_the_country_it_is_for() -> None:
    here = Country("GB", "Here", "112", (), ())
    said = say_lines(here, (line(), line("")), TODAY).split("\n")
    assert said == ["Somebody: call 123 (24/7).", "Somebody: call 123.", "In danger right now: 112 (Here)."]
    assert say_lines(replace(here, code=ELSEWHERE), (), TODAY) == "In danger right now: 112."


def test_no_two_countries_share_a_word() -> None:
    for country in SHIPPED:
        for word in (country.code, country.name, *country.names):
            assert find_country(SHIPPED, word) is country


def test_where_no_country_is_known_there_are_numbers_and_not_a_website_alone() -> None:
    elsewhere = next(country for country in SHIPPED if country.code == ELSEWHERE)
    for lines in (elsewhere.crisis, elsewhere.abuse):
        said = say_lines(elsewhere, lines, TODAY).split("\n")
        assert re.search(r"call \d", said[0])
        assert re.search(r"\b112\b", said[-1])


def test_a_line_says_for_whom_it_is() -> None:
    women = replace(line(), whom="women")
    assert say_line(women, TODAY) == "Somebody, for women: call 123 (24/7)."


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScriptError) as raised:
        decode_lines(
            """
countries:
  - code: GB
    name: Here
    crisis:
      - {name: A, reach: r, source: s, checked: 2026-13-45, status: guessed}
      - {name: B, reach: r, checked: "2026-11-23", hour: 24/7}
    abuse: none
  - words
""",
            "l.yaml",
        )
    assert str(raised.value).splitlines() == [
        "l.yaml:2:1: a record with the code ANY is missing",
        "l.yaml:3:5: 'emergency' is missing",
        "l.yaml:6:49: expected a date such as 2026-11-23",
        "l.yaml:6:69: unknown status 'guessed'",
        "l.yaml:7:9: 'source' is missing",
        "l.yaml:7:52: unknown key 'hour'; did you mean 'hours'?",
        "l.yaml:8:12: expected a list",
        "l.yaml:9:5: expected keys and values",
    ]

"""``help-now`` works whatever is broken, and finds the country."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.shell import home_of, run

from dbtcoach.world.help_lines import countries, no_lines, text
from dbtcoach.world.paging import fit

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.script.countries import Country


@pytest.mark.parametrize("country", countries(), ids=lambda country: country.code)
def test_every_country_has_its_numbers(tmp_path: Path, country: Country) -> None:
    for asked in (("--country", country.code), (country.code.lower(),), country.name.split()):
        done = run(tmp_path, "help-now", *asked)
        assert done.returncode == 0
        assert done.stderr == ""
        assert country.name in done.stdout
        assert country.emergency in done.stdout
        for line in (*country.crisis, *country.abuse):
            assert line.name in done.stdout


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ({"LANG": "en_GB.UTF-8"}, "GB"),
        ({"LANG": "en_US.UTF-8"}, "US"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "en_IE.UTF-8"}, "IE"),
        ({"LANG": "C.UTF-8"}, "ANY"),
        ({"LANG": ""}, "ANY"),
        ({"LANG": "xx_XX.UTF-8"}, "ANY"),
    ],
)
def test_the_country_comes_from_the_locale(tmp_path: Path, locale: dict[str, str], code: str) -> None:
    name = next(country.name for country in countries() if country.code == code)
    done = run(tmp_path, "help-now", env=locale)
    assert done.returncode == 0
    assert name in done.stdout


def test_the_country_can_be_set(tmp_path: Path) -> None:
    home_of(tmp_path).mkdir(parents=True)
    (home_of(tmp_path) / "config.yaml").write_text("country: IE\n", "utf-8")
    done = run(tmp_path, "help-now", env={"LANG": "en_GB.UTF-8"})
    assert next(country.name for country in countries() if country.code == "IE") in done.stdout


@pytest.mark.parametrize("locale", ["C.UTF-8", "en_US.UTF-8"])
@pytest.mark.parametrize("unknown", ["Atlantis", "Austria", "AT", "Österreich"])
def test_a_country_without_lines_gets_the_numbers_that_hold_in_many_and_no_guess(
    tmp_path: Path, unknown: str, locale: str
) -> None:
    done = run(tmp_path, "help-now", "--country", unknown, env={"LANG": locale})
    assert done.returncode == 2
    assert "There are no lines for that country here." in done.stderr
    assert "Ireland (IE)" in done.stderr
    assert "did you mean" not in done.stderr.lower()
    assert "112 or 911" in done.stdout
    assert "findahelpline.com" in done.stdout
    assert "United States" not in done.stdout


def test_it_works_with_everything_broken(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "help-now.yaml").write_text("[[[", "utf-8")
    (home / "exercises" / "pause.yaml").write_text("{", "utf-8")
    (home / "journal.json").write_bytes(b"\xff\xff")
    (home / "state.json").write_bytes(b"\xff\xff")
    (home / "config.yaml").write_bytes(b"\xff: [")
    done = run(tmp_path, "help-now", "--country", "GB", known=False)
    assert done.returncode == 0
    assert "999" in done.stdout
    assert run(tmp_path, "help-now", known=False).returncode == 0


def test_it_works_without_a_home_folder(tmp_path: Path) -> None:
    done = run(tmp_path, "help-now", env={"HOME": str(tmp_path / "gone")}, known=False, where=tmp_path)
    assert done.returncode == 0
    assert "You are not alone with this." in done.stdout
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["pause", "--help"], ["exercises", "list"]])
def test_so_does_all_that_needs_none(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments, env={"HOME": str(tmp_path / "gone")}, known=False)
    assert done.returncode == 0, done.stderr
    assert "what is going on" in done.stdout


def test_it_works_when_home_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run(tmp_path, "help-now", env={"DBTCOACH_HOME": str(tmp_path / "file" / "x")})
    assert done.returncode == 0
    assert "You are not alone with this." in done.stdout


def test_it_makes_nothing(tmp_path: Path) -> None:
    run(tmp_path, "help-now", known=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("country", countries(), ids=lambda country: country.code)
def test_in_a_window_no_number_is_torn(country: Country, columns: int) -> None:
    shown = text(country, date(2026, 11, 24), (columns, 24)).split("\n")
    assert max(len(line) for line in shown) <= columns
    for line in (*country.crisis, *country.abuse):
        for number in re.findall(r"\d[\d ]{4,}\d", line.reach):
            assert any(number in part for part in shown)


def test_in_a_low_window_the_numbers_stay_in_sight() -> None:
    kingdom = next(country for country in countries() if country.code == "GB")
    high = text(kingdom, date(2026, 11, 24), (60, 40)).split("\n")
    low = text(kingdom, date(2026, 11, 24), (60, 20)).split("\n")
    assert sorted(high) == sorted(low)
    assert high[0].startswith("You are not alone")
    assert any(line.startswith("Samaritans") for line in low[-19:])
    assert low[0].startswith("Another country?")


def test_words_below_leave_the_emergency_number_in_sight() -> None:
    anywhere = next(country for country in countries() if country.code == "ANY")
    below = no_lines(countries())
    shown = text(anywhere, date(2026, 11, 24), (80, 24), below=below).split("\n")
    rows = 24 - 1 - len(fit(below.split("\n"), 80))
    assert any(line.startswith("Emergency: ") for line in shown[-rows:])

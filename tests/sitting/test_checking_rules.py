"""Own coach rules are checked as exercises are: with the place of every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.commands.checking import check_all, check_file
from dbtcoach.script.catalogue import Catalogue, shipped_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_rule_file_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    rules = tmp_path / "coach"
    rules.mkdir()
    wrong = rules / "mine.yaml"
    wrong.write_text("format: 1\nruels: []\n", "utf-8")
    catalogue = Catalogue(shipped_folder(), tmp_path)
    assert "mine.yaml:2:1: unknown key 'ruels'" in check_file(catalogue, wrong, ())
    assert any("mine.yaml:2:1" in problem for problem in check_all(catalogue, ()))


def test_without_own_rules_nothing_is_said_of_them(tmp_path: Path) -> None:
    catalogue = Catalogue(shipped_folder(), tmp_path)
    assert set(check_all(catalogue, ())) == {""}


def test_the_shipped_rules_are_checked_whole() -> None:
    rules = shipped_folder() / "coach" / "soft.yaml"
    assert check_file(Catalogue(shipped_folder()), rules, ()) == ""

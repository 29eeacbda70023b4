"""Phrases that no sentence needs are found, and only these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.load import load
from dbtcoach.coach.review import danger
from dbtcoach.commands.evidence import IDLE, NOWHERE, WRONG, report, rows_of
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

RULES = b"""format: 1
danger:
  - id: nuts
    safety: crisis
    phrases: |
      walnut
      pecan   # in sealed sentences only
      a walnut
      hazel
      # because an advocate asked for it
      acorn
      chestnut
    unless: |
      (joking
        |kidding)
      cashew
    fails: A walnut.
    passes: A pear.
"""
ROWS: list[dict[str, object]] = [
    {"text": "a walnut", "labels": ["clear"]},
    {"text": "a hazel hedge", "labels": ["innocent"]},
    {"text": "joking, a walnut", "labels": ["innocent"]},
    {"text": "a pecan", "labels": ["clear"], "part": "sealed"},
    {"text": "a pecan", "labels": ["clear"], "thin": True},
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = ({"as": "message", "part": "development", **row} for row in ROWS)
    (tmp_path / "danger.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_what_no_sentence_needs(corpus: Path) -> None:
    rules = load([("r.yaml", RULES)])
    assert list(report([("r.yaml", RULES)], rules, corpus)) == [
        f"r.yaml:8: nuts: {IDLE}: a walnut",
        f"r.yaml:9: nuts: {WRONG}: hazel",
        f"r.yaml:7: nuts: {NOWHERE}: pecan",
        f"r.yaml:16: nuts: {NOWHERE}: cashew",
        "3 sentences do without 4 of 8 phrases; these could all go.",
    ]
    assert danger("a pecan", rules) == "crisis"  # all phrases are there again


def test_everyday_lines_are_read_too(corpus: Path) -> None:
    (corpus / "sms.txt").write_text("\n".join(f"See you at {hour}" for hour in range(24)), encoding="utf-8")
    everyday = [row for row in rows_of(corpus) if row.labels == {"everyday"}]
    assert {row.kind for row in everyday} == {"message", "describe"}
    assert 0 < len(everyday) < 48


def test_a_folder_without_sentences_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no sentences: looked for \*\.jsonl"):
        rows_of(tmp_path)
    (tmp_path / "x.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"x\.jsonl:1: not a sentence"):
        rows_of(tmp_path)

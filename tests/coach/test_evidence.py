"""Phrases that no sentence needs are found, and only these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.coach import corpus, everyday
from benchmarks.evidence import IDLE, NOWHERE, WRONG, read_as, report

from dbtcoach.coach.load import load
from dbtcoach.coach.review import danger

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


def test_what_no_sentence_needs(tmp_path: Path) -> None:
    rows = ({"as": "message", "part": "development", **row} for row in ROWS)
    (tmp_path / "danger.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    rules = load([("r.yaml", RULES)])
    assert list(report([("r.yaml", RULES)], rules, corpus(tmp_path, []))) == [
        f"r.yaml:8: nuts: {IDLE}: a walnut",
        f"r.yaml:9: nuts: {WRONG}: hazel",
        f"r.yaml:7: nuts: {NOWHERE}: pecan",
        f"r.yaml:16: nuts: {NOWHERE}: cashew",
        "3 sentences do without 4 of 8 phrases; these could all go.",
    ]
    assert danger("a pecan", rules) == "crisis"  # all phrases are there again


def test_everyday_lines_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "sms.txt").write_text("\n".join(f"See you at {hour}" for hour in range(24)), encoding="utf-8")
    rows = read_as(everyday(tmp_path))
    assert {row.kind for row in rows} == {"message", "describe"}
    assert 0 < len(rows) < 48

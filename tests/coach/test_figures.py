"""The corpus is split as it says, and the figures of the benchmark do not fall below what was promised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import coach as benchmark

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.coach.rules import Rules

READ_BY_RULE_WRITERS = {"made-up extra", "made-up 2", "tests", "plain forms", "blind 1", "blind 2"}

AT_LEAST = {  # made-up sentences, development part
    ("drafts", "flawed, caught"): 0.85,
    ("replies", "flawed, caught"): 0.85,
    ("danger", "plain, any"): 0.95,
    ("danger", "at home, any"): 0.85,
}
AT_MOST = {
    ("drafts", "fine, noted"): 0.06,
    ("replies", "fine, noted"): 0.06,
    ("danger", "innocent, grave"): 0.04,
}


def test_development_figures(rules: Rules) -> None:
    rows = [
        row
        for row in benchmark.corpus(benchmark.CORPUS, [])
        if (row.hand, row.part) == ("made-up", "development")
    ]
    counts = benchmark.measure(rows, rules).counts
    for (about, name), least in AT_LEAST.items():
        count = counts[about, "made-up", name]["development"]
        assert count.true / count.there >= least, (about, name)
    for (about, name), most in AT_MOST.items():
        count = counts[about, "made-up", name]["development"]
        assert count.true / count.there <= most, (about, name)


def test_the_split_is_by_hash() -> None:
    for file in sorted(benchmark.CORPUS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            hidden = benchmark.sealed(row["text"]) and row["hand"] not in READ_BY_RULE_WRITERS
            assert row["part"] == ("sealed" if hidden else "development"), row["text"]


def test_what_cannot_be_read_is_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    good = '{"text": "zzz", "as": "message", "labels": ["clean"], "hand": "one"}'
    (tmp_path / "drafts.jsonl").write_text(f'{good}\n\n[1]\nnot json\n{{"text": "no label"}}\n')
    (tmp_path / "README.md").write_text("not a corpus")
    complaints: list[str] = []
    assert [row.text for row in benchmark.corpus(tmp_path, complaints)] == ["zzz"]
    assert [line.partition(": ")[0] for line in complaints] == [f"drafts.jsonl:{n}" for n in (3, 4, 5)]


def test_sealed_sentences_are_never_printed() -> None:
    figures = benchmark.Figures()
    for part in ("development", "sealed"):
        row = benchmark.Row(f"a {part} one", "message", frozenset({"clean"}), "drafts", "one", part)
        figures.add(row, "fine, noted", true=True, wanted=False)
    assert len(figures.wrong) == 1
    assert figures.wrong[0].endswith("| a development one")
    assert figures.counts["drafts", "one", "fine, noted"]["sealed"].true == 1

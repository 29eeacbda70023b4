"""The development figures of the benchmark do not fall below what was reached (docs/coach.md)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "coach.py"

CAUGHT = {"drafts": 0.97, "replies": 0.97, "danger": 0.97}
FALSE_ALARMS = {"drafts": 0.04, "replies": 0.05, "danger": 0.02}


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coach_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_development_figures(benchmark: ModuleType) -> None:
    for name, result in benchmark.measure().items():
        assert result.flawed.both / result.flawed.there >= CAUGHT[name], name
        assert result.clean.both / result.clean.there <= FALSE_ALARMS[name], name


def test_a_false_alarm_is_counted(benchmark: ModuleType) -> None:
    result = benchmark.Result()
    benchmark._count(result, "drafts", {"text": "x", "labels": ["clean"]}, {"label"})  # noqa: SLF001
    assert (result.clean.there, result.clean.both) == (1, 1)


def test_the_split_is_by_hash_and_holds_a_fifth_back(benchmark: ModuleType) -> None:
    held = sum(benchmark.held_out(str(number)) for number in range(2000))
    assert 330 < held < 470

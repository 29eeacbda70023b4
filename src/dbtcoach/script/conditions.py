"""What a step may wait for: conditions on earlier answers and on facts. Data, never expressions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OneOf:
    """True when the answer is one of these values; for a list, when it holds one of them."""

    values: tuple[str | bool | int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """True when the answer is a number from low to high, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Count:
    """True when the answer is a list of low to high items."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rise:
    """True when the answer minus the answer to ``since`` lies from low to high; a fall is negative."""

    since: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Present:
    """True when the fact is known, or when it is not if ``wanted`` is False."""

    wanted: bool


Condition = OneOf | Between | Count | Rise | Present


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on one earlier step or one fact; a step is due when all its guards hold."""

    key: str
    condition: Condition

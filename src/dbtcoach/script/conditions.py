"""What a step may wait for: conditions on earlier answers and on facts. Data, never expressions."""

from __future__ import annotations

from dbtcoach.frozen import Frozen


class OneOf(Frozen):
    """True when the answer is one of these values; for a list, when it holds one of them."""

    values: tuple[str | bool | int, ...]


class Between(Frozen):
    """True when the answer is a number from low to high, both included."""

    low: int
    high: int


class Count(Frozen):
    """True when the answer is a list of low to high items."""

    low: int
    high: int


class Rise(Frozen):
    """True when the answer minus the answer to ``since`` lies from low to high; a fall is negative."""

    since: str
    low: int
    high: int


class Present(Frozen):
    """True when the fact is known, or when it is not if ``wanted`` is False."""

    wanted: bool


Condition = OneOf | Between | Count | Rise | Present


class Guard(Frozen):
    """A condition on one earlier step or one fact; a step is due when all its guards hold."""

    key: str
    condition: Condition

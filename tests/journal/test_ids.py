from __future__ import annotations

import itertools
import uuid
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.journal.ids import next_id

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = 1_795_446_000_000


def constant(byte: int) -> Callable[[int], bytes]:
    return lambda size: bytes([byte]) * size


def first(entropy: bytes, size: int) -> bytes:
    return entropy[:size]


def test_an_id_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    name = next_id(NOW, constant(0xA5), None)
    read = uuid.UUID(name)
    assert (str(read), read.version, read.variant) == (name, 7, uuid.RFC_4122)
    assert read.int >> 80 == NOW


@given(
    st.lists(st.tuples(st.integers(-(10**15), 10**16), st.binary(min_size=10, max_size=10)), min_size=2),
)
def test_each_id_is_larger_than_the_one_before_whatever_the_clock_does(
    moments: list[tuple[int, bytes]],
) -> None:
    newest: str | None = None
    names = []
    for moment, entropy in moments:
        newest = next_id(moment, partial(first, entropy), newest)
        names.append(newest)
    assert all(earlier < later for earlier, later in itertools.pairwise(names))
    assert all(uuid.UUID(name).version == 7 for name in names)


def test_a_full_random_part_carries_over_into_the_time() -> None:
    last = next_id(NOW, constant(0xFF), None)
    after = next_id(NOW, constant(0), last)
    assert after > last
    assert uuid.UUID(after).int >> 80 == NOW + 1


@pytest.mark.parametrize(
    "newest",
    [
        "",
        "x",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",  # later than the year 10000
        "e677d21f-dc00-7000-8000-000000000000",  # its first millisecond
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",  # version 4
        "\u0660" * 8 + "-0000-7000-8000-000000000000",  # digits of another script
        "0-000000-0000-7000-8000-000000000000",
    ],
)
def test_an_id_that_is_not_ours_is_not_counted_on_from(newest: str) -> None:
    assert next_id(NOW, constant(1), newest) == next_id(NOW, constant(1), None)

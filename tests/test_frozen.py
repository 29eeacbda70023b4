from __future__ import annotations

from dataclasses import FrozenInstanceError, field, replace

import pytest

from dbtcoach.frozen import Frozen


class Base(Frozen, kw_only=True):
    """What has a name."""

    name: str


class Made(Base):
    """What has a size as well, words that are shown nowhere, and things of its own."""

    size: int = 0
    words: str = field(default="", compare=False, repr=False)
    things: list[str] = field(default_factory=list)


def test_two_are_equal_when_all_that_counts_is() -> None:
    assert Made(2, name="a") == Made(name="a", size=2, words="b")
    assert Made(2, name="a") != Made(3, name="a")
    assert Base(name="a") != Made(name="a")
    assert hash(Base(name="a")) == hash(Base(name="a"))


def test_none_can_be_changed_but_another_be_made_from_it() -> None:
    one = Made(2, name="a")
    with pytest.raises(FrozenInstanceError):
        one.size = 3  # type: ignore[misc]  # what is tried here
    with pytest.raises(FrozenInstanceError):
        del one.size
    assert replace(one, size=3) == Made(3, name="a")
    assert one.size == 2


def test_what_is_not_given_is_made_anew_each_time() -> None:
    assert Made(name="a").things is not Made(name="a").things


def test_its_representation_leaves_out_what_must_not_show() -> None:
    assert repr(Made(2, "words", name="a")) == "Made(name='a', size=2, things=[])"


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, "", [], 4), {"name": "a"}), ((), {"x": 1}), ((2,), {"name": "a", "size": 2})],
)
def test_what_does_not_fit_is_refused(given: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Made takes"):
        Made(*given, **named)  # type: ignore[arg-type]  # what is tried here

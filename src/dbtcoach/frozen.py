"""What is frozen, and equal when all it holds is: the parts of an exercise, and what a page is made of.

As frozen dataclasses are, but their methods stand here, once for all of them: those of a dataclass are
compiled anew at every start, 0.4 ms for each class, which was an eighth of the time to the first question.
In return a value takes longer to make, so what is read by the ten thousand is a dataclass still.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """A frozen dataclass that needs no decorator."""

    _defaults: ClassVar[dict[str, Any]]
    _makers: ClassVar[dict[str, Callable[[], Any]]]
    _names: ClassVar[frozenset[str]]
    _compared: ClassVar[tuple[str, ...]]
    _told: ClassVar[tuple[str, ...]]
    __match_args__: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        all_of_it: tuple[Field[Any], ...] = fields(cls)  # type: ignore[arg-type]  # it is a dataclass now
        cls._names = frozenset(each.name for each in all_of_it)
        cls._compared = tuple(each.name for each in all_of_it if each.compare)
        cls._told = tuple(each.name for each in all_of_it if each.repr)
        cls._defaults = {each.name: each.default for each in all_of_it if each.default is not MISSING}
        makers = {each.name: each.default_factory for each in all_of_it}
        cls._makers = {name: make for name, make in makers.items() if make is not MISSING}

    def __init__(self, *given: object, **named: object) -> None:
        values = {**dict(zip(self.__match_args__, given, strict=False)), **named}
        once = len(values) == len(given) + len(named)
        if len(values) < len(self._names):
            made = {name: make() for name, make in self._makers.items() if name not in values}
            values = {**self._defaults, **made, **values}
        if values.keys() != self._names or not once:
            raise TypeError(f"{type(self).__name__} takes {', '.join(sorted(self._names))}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, _value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            self.__dict__[name] == other.__dict__[name] for name in self._compared
        )

    def __hash__(self) -> int:
        return hash((type(self).__name__, *[self.__dict__[name] for name in self._compared]))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._told)
        return f"{type(self).__name__}({told})"

"""The phrases of many rules, looked for together, each hit with the rule and the role it has there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.coach.automaton import Automaton
from dbtcoach.coach.quiet import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dbtcoach.coach.automaton import Hit
    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.rules import Role, Ruled
    from dbtcoach.coach.window import Reading

Found = dict[str, list[tuple[int, "Hit"]]]  # by role: (sentence, hit)


class Matcher:
    """Finds the phrases of some rules, and then, for rules that have a hit, what bars or allows them."""

    def __init__(self, ruled: Iterable[Ruled], lexicon: Lexicon) -> None:
        """Take the rules, and the lists that words belong to."""
        self._phrases = _Owned(lexicon)
        self._conditions = _Owned(lexicon)
        with uncollected():
            for one in ruled:
                self._phrases.add(one, ["phrases"])

    def found(self, readings: Sequence[Reading]) -> list[tuple[Ruled, Found]]:
        """Return each rule that has a phrase in these sentences, with all its hits by role."""
        found: dict[str, tuple[Ruled, Found]] = {}
        for number, reading in enumerate(readings):
            for one, role, hit in self._phrases.hits(reading):
                found.setdefault(one.id, (one, {}))[1].setdefault(role, []).append((number, hit))
        bound = [one for one, _where in found.values() if len(one.when.by_role) > 1]
        for one in bound:
            self._conditions.add(one, [role for role in one.when.by_role if role != "phrases"])
        for number, reading in enumerate(readings if bound else ()):
            for one, role, hit in self._conditions.hits(reading):
                if one.id in found:
                    found[one.id][1].setdefault(role, []).append((number, hit))
        return list(found.values())


class _Owned:
    """An automaton that knows whose each phrase is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._automaton = Automaton(lexicon)
        self._owners: list[tuple[Ruled, Role]] = []
        self._taken: set[str] = set()

    def add(self, one: Ruled, roles: Iterable[Role]) -> None:
        """Take the phrases that a rule has in some roles, once."""
        if one.id in self._taken:
            return
        self._taken.add(one.id)
        for role in roles:
            book = one.when.by_role[role]
            self._automaton.add(book)
            self._owners.extend([(one, role)] * len(book.texts))

    def hits(self, reading: Reading) -> list[tuple[Ruled, Role, Hit]]:
        """Return all hits in a sentence with their rules and roles."""
        return [(*self._owners[hit.phrase], hit) for hit in self._automaton.hits(reading)]

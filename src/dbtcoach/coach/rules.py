"""What rule files become: rules with their phrases, and the lists that phrases refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Literal

from dbtcoach.coach.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dbtcoach.coach.lists import Irregular
    from dbtcoach.coach.model import Kind, Level, Safety
    from dbtcoach.coach.phrases import Vocabulary
    from dbtcoach.coach.places import Lexicon, Places
    from dbtcoach.coach.second_reader import SecondReader
    from dbtcoach.coach.spelling import Spelling

Role = Literal["phrases", "needs", "unless", "except", "needs_anywhere", "unless_anywhere"]
ROLES: tuple[Role, ...] = ("phrases", "needs", "unless", "except", "needs_anywhere", "unless_anywhere")


@dataclass(slots=True, eq=False)
class Conditions:
    """When a rule speaks: one of ``phrases`` stands in a sentence, and the rest allows it.

    ``needs``: one of them must stand in the same sentence. ``unless``: none of them may. ``except``: none
    may share a word with the phrase. ``needs_anywhere`` and ``unless_anywhere`` read the whole text instead
    of the sentence. ``at_least`` is how many phrases the text must hold.
    """

    texts: Mapping[Role, tuple[str, ...]]  # a role that is not in it asks for nothing
    vocabulary: Vocabulary
    at_least: int = 1
    _made: dict[Role, list[Phrase]] = field(default_factory=dict)

    def phrases(self, role: Role) -> list[Phrase]:
        """Return the phrases of a role."""
        made = self._made.get(role)
        if made is None:
            made = self._made[role] = [Phrase(text, self.vocabulary) for text in self.texts.get(role, ())]
        return made

    def meets(self, role: Role, sentences: Iterable[Places]) -> bool:
        """Return whether a phrase of a role stands in one of some sentences."""
        return any(phrase.stands(places) for places in sentences for phrase in self.phrases(role))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Ruled:
    """What every rule has: a name, when it speaks, and sentences that it must speak about or leave alone."""

    id: str
    when: Conditions
    fails: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rule(_Ruled):
    """One thing that a draft is read for; an ``alone`` rule speaks only when no other did.

    ``missing`` is about something that is not there: the note marks the whole sentence.
    """

    label: str
    level: Level
    kinds: tuple[Kind, ...]
    rank: int
    reason: str
    patterns: tuple[str, ...]
    alone: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Danger(_Ruled):
    """Words that are about danger (or, with ``soft``, may be), not about communication.

    An ``unsure`` rule alone asks for a soft answer: what it reads for is also said by people who are fine.
    With another rule beside it that is not soft, its own answer holds. One that ``calms`` asks for nothing:
    about a text in which it speaks the second reader has no say.
    """

    safety: Safety
    kinds: tuple[Kind, ...]
    unsure: bool = False
    calms: bool = False

    @property
    def says(self) -> str:
        """What it asks for, in a word or two."""
        return "calm" if self.calms else f"{self.safety}, unsure" if self.unsure else self.safety


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Praise(_Ruled):
    """One thing done well, and the sentence that acknowledges it."""

    kinds: tuple[Kind, ...]
    says: str


Ruled = Rule | Danger | Praise


class Index:
    """The phrases of some rules, by a word, pair of words or list that each cannot do without."""

    def __init__(self, ruled: Iterable[Ruled], roles: Iterable[Role] = ("phrases",)) -> None:
        self._by_key: dict[str, list[tuple[Ruled, Phrase]]] = {}
        self.ruled = tuple(ruled)
        for one, role in product(self.ruled, roles):
            for phrase in one.when.phrases(role):
                for key in phrase.body.keys or ("",):  # without a key it is tried in every sentence
                    self._by_key.setdefault(key, []).append((one, phrase))

    def standing(self, places: Places) -> Iterator[tuple[Ruled, Phrase]]:
        """Yield each phrase that stands in a sentence, with its rule."""
        tried: dict[Phrase, Ruled] = {phrase: one for one, phrase in self._by_key.get("", ())}
        for key in places.words & self._by_key.keys():
            tried.update((phrase, one) for one, phrase in self._by_key[key])
        for phrase, one in tried.items():
            if phrase.stands(places):
                yield one, phrase


@dataclass(frozen=True, eq=False)
class Rules:
    """Everything that a text is read with; made by ``load``."""

    rules: tuple[Rule, ...]
    dangers: tuple[Danger, ...]
    praises: tuple[Praise, ...]
    spelling: Spelling
    lexicon: Lexicon
    irregular: Irregular
    second: SecondReader | None = None
    _indexes: dict[Kind, Index] = field(default_factory=dict, repr=False)
    _of_danger: dict[tuple[Danger, ...], Index] = field(default_factory=dict, repr=False)

    @property
    def all(self) -> tuple[Ruled, ...]:
        """Every rule."""
        return (*self.dangers, *self.rules, *self.praises)

    def of_danger(self, kind: Kind) -> Index:
        """Return the phrases about danger for texts of a kind; kinds that are read alike share them."""
        read = tuple(one for one in self.dangers if kind in one.kinds)
        if read not in self._of_danger:
            self._of_danger[read] = Index(read)
        return self._of_danger[read]

    def of_kind(self, kind: Kind) -> Index:
        """Return the phrases for texts of a kind; it is made at the first call."""
        if kind not in self._indexes:
            ruled: tuple[Rule | Praise, ...] = (*self.rules, *self.praises)
            self._indexes[kind] = Index(one for one in ruled if kind in one.kinds)
        return self._indexes[kind]

"""What rule files become: rules with their phrases, the lists they refer to, and their automata."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dbtcoach.coach.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.coach.inflect import Irregular
    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.model import Kind, Level, Safety
    from dbtcoach.coach.phrasebook import Phrases
    from dbtcoach.coach.words import Spelling

Role = Literal["phrases", "needs", "unless", "except", "needs_anywhere", "unless_anywhere"]
ROLES: tuple[Role, ...] = ("phrases", "needs", "unless", "except", "needs_anywhere", "unless_anywhere")


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a rule speaks: one of ``phrases`` stands in a sentence, and the rest allows it.

    ``needs``: one of them must stand in the same sentence. ``unless``: none of them may. ``except``: none
    may share a word with the phrase. ``needs_anywhere`` and ``unless_anywhere`` read the whole text instead
    of the sentence; with ``whole`` so do ``needs`` and ``unless``. ``at_least`` is how many phrases the text
    must hold.
    """

    by_role: Mapping[Role, Phrases]  # a role that is not in it asks for nothing
    at_least: int = 1
    whole: bool = False

    def asks_for(self, role: Role) -> bool:
        """Return whether the rule has phrases of a role."""
        phrases = self.by_role.get(role)
        return phrases is not None and bool(phrases.texts)


@dataclass(frozen=True, slots=True)
class Samples:
    """Sentences that a rule must speak about, and others that it must leave alone."""

    fails: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a draft is read for; an ``alone`` rule speaks only when no other did.

    ``missing`` is about something that is not there: the note marks the whole sentence.
    """

    id: str
    label: str
    level: Level
    kinds: tuple[Kind, ...]
    rank: int
    when: Conditions
    reason: str
    patterns: tuple[str, ...]
    samples: Samples
    alone: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Danger:
    """Words that are about danger (or, with ``soft``, may be), not about communication.

    An ``unsure`` rule alone asks for a soft answer: what it reads for is also said by people who are fine.
    With another rule beside it that is not soft, its own answer holds.
    """

    id: str
    safety: Safety
    when: Conditions
    samples: Samples
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Praise:
    """One thing done well, and the sentence that acknowledges it."""

    id: str
    kinds: tuple[Kind, ...]
    when: Conditions
    says: str
    samples: Samples


Ruled = Rule | Danger | Praise


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that a text is read with; made by ``load``."""

    rules: tuple[Rule, ...]
    dangers: tuple[Danger, ...]
    praises: tuple[Praise, ...]
    spelling: Spelling
    lexicon: Lexicon
    irregular: Irregular
    _matchers: dict[str, Matcher] = field(default_factory=dict, compare=False, repr=False)

    def matcher(self, kind: Kind | Literal["danger"]) -> Matcher:
        """Return the matcher for texts of a kind, or for danger; it is made at the first call."""
        matcher = self._matchers.get(kind)
        if matcher is None:
            ruled: list[Ruled] = []
            if kind == "danger":
                ruled.extend(self.dangers)
            else:
                ruled.extend(rule for rule in self.rules if kind in rule.kinds)
                ruled.extend(praise for praise in self.praises if kind in praise.kinds)
            matcher = self._matchers[kind] = Matcher(ruled, self.lexicon)
        return matcher

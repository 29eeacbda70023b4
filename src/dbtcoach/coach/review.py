"""Reading a text: for danger first, then for how it will land."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import islice, permutations
from typing import TYPE_CHECKING, cast

from dbtcoach.coach.model import GRAVE, SAFETY, Kind, Note, Review, Safety
from dbtcoach.coach.places import Places
from dbtcoach.coach.rules import Danger, Index, Praise, Rule, Ruled, Rules
from dbtcoach.coach.speech import own_words
from dbtcoach.coach.wording import fill
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dbtcoach.coach.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Heard:
    """A rule that speaks, and why: a phrase of it covers two tokens of a sentence and all between."""

    one: Ruled
    phrase: Phrase
    places: Places
    sentence: int
    first: int
    last: int

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand in the text."""
        tokens = self.places.tokens
        return tokens[self.first].start, tokens[self.last].end


def review(text: str, kind: Kind, rules: Rules) -> Review:
    """Return what to say about a text: never raises, and takes time in proportion to its length.

    A text of several sentences is read sentence by sentence; offsets count from its start. When the words
    are about danger (a grave answer), the coach is silent: no notes and no praise.
    """
    return reviewed(places_of(text, rules), text, kind, rules)


def reviewed(read: Sequence[Places], text: str, kind: Kind, rules: Rules) -> Review:
    """Return what to say about a text whose sentences have been read."""
    safety = _answer(read, kind, rules)
    if safety in GRAVE:
        return Review(safety=safety)
    spoken = list(heard(rules.of_kind(kind), own_places(read, rules)))
    noted = {one.sentence for one in spoken if isinstance(one.one, Rule)}
    praise = [  # of a sentence that a note speaks about, it would contradict that note
        (one.sentence, one.first, one.last, one.one.says)
        for one in spoken
        if isinstance(one.one, Praise) and one.sentence not in noted
    ]
    return Review(tuple(_notes(spoken, text, rules)), safety, min(praise)[-1] if praise else None)


def danger(text: str, rules: Rules, kind: Kind = "message") -> Safety | None:
    """Return what kind of danger the words of a text may be about, or None; it misses things."""
    return _answer(places_of(text, rules), kind, rules)


def why(text: str, kind: Kind, rules: Rules) -> list[Heard]:
    """Return every rule that speaks about a text, also where others are louder; those of danger first."""
    read = places_of(text, rules)
    return [*heard(rules.of_danger(kind), read), *heard(rules.of_kind(kind), own_places(read, rules))]


def places_of(text: str, rules: Rules) -> list[Places]:
    """Return the sentences of a text, read."""
    return [Places(sentence, rules.lexicon) for sentence in sentences(text, rules.spelling)]


def own_places(read: Sequence[Places], rules: Rules) -> list[Places]:
    """Return the sentences with nothing but the writer's own words: mostly they are that."""
    own = [own_words(places.tokens, rules.lexicon) for places in read]
    return [
        places if tokens == places.tokens else Places(tokens, rules.lexicon)
        for tokens, places in zip(own, read, strict=True)
    ]


def heard(index: Index, read: Sequence[Places]) -> Iterator[Heard]:
    """Yield the rules that speak about some sentences: for each sentence the first place of each rule.

    Of a rule about danger every place is yielded when somebody is quoted, because quoted words count less.
    """
    found: dict[Ruled, dict[int, list[Phrase]]] = {}
    for number, places in enumerate(read):
        for one, phrase in index.standing(places):
            found.setdefault(one, {}).setdefault(number, []).append(phrase)
    for one in index.ruled:
        if one in found:
            yield from _allowed(one, found[one], read)


def _allowed(one: Ruled, where: dict[int, list[Phrase]], read: Sequence[Places]) -> list[Heard]:
    when = one.when
    texts = when.texts
    if "needs_anywhere" in texts and not when.meets("needs_anywhere", read):
        return []
    if "unless_anywhere" in texts and when.meets("unless_anywhere", read):
        return []
    spoken: list[Heard] = []
    count = 0
    for number, phrases in where.items():
        places = read[number]
        if "needs" in texts and not when.meets("needs", (places,)):
            continue
        if "unless" in texts and when.meets("unless", (places,)):
            continue
        hits = _hits(phrases, places, _covered(when.phrases("except"), places))
        if when.at_least == 1:
            each = isinstance(one, Danger) and any(token.quoted for token in places.tokens)
            hits = islice(hits, None if each else 1)
        in_sentence = [Heard(one, phrase, places, number, first, last) for first, last, phrase in hits]
        count += len(in_sentence)
        spoken += in_sentence
    return spoken if count >= when.at_least else []


def _hits(phrases: Iterable[Phrase], places: Places, barred: int) -> Iterator[tuple[int, int, Phrase]]:
    """Yield hits of which no two share a word, the earlier and of these the longer first."""
    end = -1
    for first, last, phrase in merge(
        *(phrase.hits(places) for phrase in phrases), key=lambda hit: (hit[0], -hit[1])
    ):
        if first > end and not barred & ((2 << last) - (1 << first)):
            yield first, last, phrase
            end = last


def _covered(phrases: Iterable[Phrase], places: Places) -> int:
    """Return the tokens that a hit of one of some phrases covers, as bits."""
    covered = 0
    for phrase in phrases:
        for first, last, _phrase in phrase.hits(places):
            covered |= (2 << last) - (1 << first)
    return covered


def _answer(read: Sequence[Places], kind: Kind, rules: Rules) -> Safety | None:
    """Return the gravest answer; of one unsure rule alone the second reader says whether it is believed.

    Two unsure rules are believed when they speak about different words: the same words are one sign, not two.
    """
    worst: Safety | None = None
    quiet = calm = False
    ends: dict[Danger, tuple[int, int]] = {}  # where each rule first ends, and where it last begins
    starts: dict[Danger, tuple[int, int]] = {}
    spoken = list(heard(rules.of_danger(kind), read))
    # Beside what somebody did there, a wish to die may be one more thing that is held over the other one.
    if kind == "apology" and any(_graveness(one)[1] == "violence" for one in spoken):
        return "violence"
    for one in spoken:
        rule, safety = _graveness(one)
        if safety == "crisis" and not rule.unsure:
            return safety
        if safety == "soft":
            quiet, calm = quiet or not rule.calms, calm or rule.calms
            continue
        worst = _worst(worst, safety)
        ends[rule] = min(ends.get(rule, (len(read), 0)), (one.sentence, one.last))
        starts[rule] = max(starts.get(rule, (0, 0)), (one.sentence, one.first))
    apart = any(ends[rule] < starts[other] for rule, other in permutations(ends, 2))
    if apart or not all(rule.unsure for rule in ends):
        return worst
    if rules.second is not None and not calm:
        return rules.second.settle([places.tokens for places in read], worst, quiet=quiet)
    return "soft" if quiet or worst else None


def _graveness(one: Heard) -> tuple[Danger, Safety]:
    """Return how serious a hit is: a wish to die that somebody else is quoted with asks for a soft answer."""
    rule, tokens = cast("Danger", one.one), one.places.tokens  # nothing else speaks there
    inside = all(token.quoted for token in tokens[one.first : one.last + 1])
    if rule.safety == "crisis" and inside and not all(token.quoted for token in tokens):
        return rule, "soft"
    return rule, rule.safety


def _worst(*found: Safety | None) -> Safety | None:
    return min((safety for safety in found if safety), key=SAFETY.index, default=None)


def _notes(spoken: Sequence[Heard], text: str, rules: Rules) -> Iterator[Note]:
    """Yield one note for each label and sentence, strongest first."""
    said = [(one, one.one) for one in spoken if isinstance(one.one, Rule)]
    loud = [entry for entry in said if not entry[1].alone]
    said = sorted(
        loud or said,
        key=lambda entry: (entry[1].level != "warning", -entry[1].rank, entry[0].sentence, entry[0].first),
    )
    seen: set[tuple[str, int]] = set()
    for one, rule in said if loud else said[:1]:
        if (rule.label, one.sentence) in seen:
            continue
        seen.add((rule.label, one.sentence))
        tokens = one.places.tokens
        pattern = fill(rule.patterns, text, tokens, (one.first, one.last), rules.irregular)
        start, end = (tokens[0].start, tokens[-1].end) if rule.missing else one.span
        yield Note(rule.label, rule.level, start, end, rule.reason, pattern)

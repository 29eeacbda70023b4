"""Reading a text: for danger first, then for how it will land."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.coach.model import Kind, Note, Review, Safety
from dbtcoach.coach.rules import Conditions, Danger, Praise, Rule, Ruled, Rules
from dbtcoach.coach.speech import without_reports
from dbtcoach.coach.window import Reading
from dbtcoach.coach.wording import Place, fill
from dbtcoach.coach.words import Sentence, Token, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.automaton import Hit
    from dbtcoach.coach.matcher import Found, Matcher

_WEIGHT: dict[Safety, int] = {"soft": 1, "abuse": 2, "crisis": 3}


def review(text: str, kind: Kind, rules: Rules, lead: str = "") -> Review:
    """Return what to say about a text: never raises, and takes time in proportion to its length.

    A text of several sentences is read sentence by sentence; offsets count from its start. When the words
    are about danger (crisis or abuse), the coach is silent: no notes and no praise.

    With ``lead`` the text is a fragment, and is read as the sentence that it will become: "I felt" and
    "that you don't care". Offsets stay those of the fragment; the lead itself is never marked.
    """
    before = _before(text, lead)
    whole = before + text
    found = sentences(whole, rules.spelling)
    readings = [Reading(sentence.tokens, rules.lexicon) for sentence in found]
    safety = _worst(_danger(readings, rules), danger(text, rules) if before else None)
    if safety in ("crisis", "abuse"):
        return Review(safety=safety)
    own = [_own(sentence, reading, rules) for sentence, reading in zip(found, readings, strict=True)]
    spoken = _spoken(rules.matcher(kind), own)
    notes = _notes(spoken, [reading.tokens for reading in own], whole, rules)
    notes = tuple(
        replace(note, start=max(note.start - len(before), 0), end=note.end - len(before))
        for note in notes
        if note.end > len(before)
    )
    strength = next((one.says for one, _at, _hit in spoken if isinstance(one, Praise)), None)
    return Review(notes, safety, strength)


def danger(text: str, rules: Rules, lead: str = "") -> Safety | None:
    """Return what kind of danger the words of a text may be about, or None; it misses things.

    A fragment is read by itself, and as what goes on after ``lead``: the graver answer counts.
    """
    before = _before(text, lead)
    found = sentences(before + text, rules.spelling)
    safety = _danger([Reading(sentence.tokens, rules.lexicon) for sentence in found], rules)
    return _worst(safety, danger(text, rules)) if before else safety


def _before(text: str, lead: str) -> str:
    """Return what a fragment is to be read after: nothing when it says the lead itself."""
    lead = lead.strip(" .:…")
    return f"{lead} " if lead and not text.lower().lstrip().startswith(lead.lower()) else ""


def _worst(*found: Safety | None) -> Safety | None:
    return max((safety for safety in found if safety), key=lambda safety: _WEIGHT[safety], default=None)


def _own(sentence: Sentence, reading: Reading, rules: Rules) -> Reading:
    """Return how the writer's own words of a sentence are read: mostly that is the whole sentence."""
    tokens = without_reports(sentence.plain, rules.lexicon)
    return reading if tokens == sentence.tokens else Reading(tokens, rules.lexicon)


def _danger(readings: list[Reading], rules: Rules) -> Safety | None:
    spoken = _spoken(rules.matcher("danger"), readings)
    heard = {
        (one.id, one.unsure, _heard(one, readings[at].tokens, hit))
        for one, at, hit in spoken
        if isinstance(one, Danger)
    }
    grave = {(name, unsure) for name, unsure, safety in heard if safety != "soft"}
    if len(grave) == 1 and all(unsure for _name, unsure in grave):
        return "soft"
    return _worst(*(safety for *_, safety in heard))


def _heard(one: Danger, tokens: Sequence[Token], hit: Hit) -> Safety:
    """Return how serious a hit is: a wish to die that somebody else is quoted with asks for a soft answer."""
    inside = all(token.quoted for token in tokens[hit.first : hit.last + 1])
    if one.safety == "crisis" and inside and not all(token.quoted for token in tokens):
        return "soft"
    return one.safety


def _spoken(matcher: Matcher, readings: Sequence[Reading]) -> list[tuple[Ruled, int, Hit]]:
    """Return which rules speak, and where: the sentence, and the hit in it, longest first of a place."""
    return [
        (one, number, hit)
        for one, found in matcher.found(readings)
        for number, hit in _allowed(one.when, found)
    ]


def _allowed(when: Conditions, found: Found) -> list[tuple[int, Hit]]:
    if (when.asks_for("needs_anywhere") and not found.get("needs_anywhere", [])) or found.get(
        "unless_anywhere", []
    ):
        return []
    hits = found.get("phrases", [])
    if when.whole:
        if (when.asks_for("needs") and not found.get("needs", [])) or found.get("unless", []):
            return []
    else:
        needed = {number for number, _hit in found.get("needs", [])}
        barred = {number for number, _hit in found.get("unless", [])}
        hits = [
            (number, hit)
            for number, hit in hits
            if number not in barred and (not when.asks_for("needs") or number in needed)
        ]
    excepted = _covered(found.get("except", []))
    if excepted:
        hits = [
            (number, hit)
            for number, hit in hits
            if not any((number, at) in excepted for at in range(hit.first, hit.last + 1))
        ]
    apart = _apart(hits)
    return apart if len(apart) >= when.at_least else []


def _covered(hits: list[tuple[int, Hit]]) -> set[tuple[int, int]]:
    return {(number, at) for number, hit in hits for at in range(hit.first, hit.last + 1)}


def _apart(hits: list[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """Return hits of which no two share a word: the earlier, and of these the longer, first."""
    apart: list[tuple[int, Hit]] = []
    for number, hit in sorted(hits, key=lambda one: (one[0], one[1].first, -one[1].last)):
        if not apart or apart[-1][0] != number or apart[-1][1].last < hit.first:
            apart.append((number, hit))
    return apart


def _notes(
    spoken: list[tuple[Ruled, int, Hit]], streams: Sequence[Sequence[Token]], text: str, rules: Rules
) -> tuple[Note, ...]:
    """Return one note for each label and sentence, strongest first."""
    said = [(one, number, hit) for one, number, hit in spoken if isinstance(one, Rule)]
    loud = [entry for entry in said if not entry[0].alone]
    if loud:
        said = loud
    said.sort(key=lambda entry: (entry[0].level != "warning", -entry[0].rank, entry[1], entry[2].first))
    if not loud:
        said = said[:1]
    notes: list[Note] = []
    seen: set[tuple[str, int]] = set()
    for rule, number, hit in said:
        if (rule.label, number) in seen:
            continue
        seen.add((rule.label, number))
        tokens = streams[number]
        place = Place(text, tokens, hit.first, hit.last)
        pattern = fill(rule.patterns, place, rules.lexicon, rules.irregular)
        first, last = (0, -1) if rule.missing else (hit.first, hit.last)
        start, end = tokens[first].start, tokens[last].end
        notes.append(Note(rule.label, rule.level, start, end, rule.reason, pattern))
    return tuple(notes)

"""What a clinician would ask of every exercise, held on each way that somebody can take through it."""

from __future__ import annotations

from functools import cache

import pytest
from tests.practice.ways import FACTS, FLOODED, SKIPPED, Met, Past, shipped, ways

from dbtcoach.drawing.pacer import until
from dbtcoach.practice.course import holds
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.facts import references
from dbtcoach.script.model import Breathe, Card, Confirm, Drill, Say, Scale, Select, Step, Text, Wait, walk

NAMES = sorted(Catalogue(shipped_folder()).paths())

# Steps that give words for somebody, lead up to them or towards them. Beside these: every text that the coach
# reads as a message, and every card to say. Scenes of a drill are nobody's own.
TOWARDS: dict[str, set[str]] = {
    "pause": {"both", "out"},
    "ground": {"theirs_words", "theirs_fix", "theirs_break"},
    "mend": {"how", "card", "card_do", "card_write"},
    "cope-ahead": {"moment", "rises", "plan_line", "see", "do"},
    "express": {
        "back", "break_do", "guilt_fits", "harm_mend", "what_now", "opposite_near", "opposite_shame",
        "opposite",
    },
    "dear-man": {"describe", "assert", "mindful_lines", "plan_when", "not_now_line", "ask_firm"},
    "dear-man-quick": {"describe", "assert"},
    "dear-man-after": {"way_skill", "way_emotions", "other"},
    "rehearse": {"line", "dread", "dread_no", "stuck", "stuck_no"},
    "validate": {"said", "reply", "card"},
    "together": {"both_want", "thanks", "topic", "speak_1", "speak_2"},
    "connect": {"facet_honest", "facet_support", "facet_hold", "facet_myself", "who", "dose", "card"},
    "repair": {"mine_to_mend", "boundary_ask", "again"},
}  # fmt: skip
SPOKEN = {"Say this", "Your card", "Not now"}

# Where somebody says that a no was said, or asked for: what was asked about is over then.
NO: dict[str, dict[str, str]] = {
    "connect": {"person_safe": "keep_away"},
    "dear-man": {"consent": "said_no", "free_no": "not_free"},
    "dear-man-after": {"in_the_way": "consent", "ended": "no_touch"},
    "dear-man-quick": {"kind": "touch"},
    "express": {"harm": "keep_away"},
    "mend": {"contact": "keep_away"},
    "reflect": {"looking_back.in_the_way": "consent", "looking_back.ended": "no_touch"},
    "rehearse": {"kind": "touch"},
    "together": {"both_want": "not_today"},
}
TWICE = {"reinforce", "negotiate", "ask_clear", "ask_firm", "refuse_clear", "mindful_lines", "mindful_turn"}
FITS = {"fits", "too_strong", "fits_no_help"}
MENDS = {"guilt_fits", "harm_mend", "mine_to_mend", "stay_away"}
AGAIN = {"opposite_shame"}
# What somebody who told of fear never meets, not even by choice: lines for the other one, doubts about it.
NEVER_IN_FEAR: dict[str, set[str]] = {
    "express": {"back", "break_half", "facts_other", "facts_fit", "opposite", "card"},
    "ground": {"theirs_words", "theirs_fix", "theirs_break", "break_half", "break_hour"},
    "mend": {"how", "card", "card_do", "card_write"},
    "repair": {"boundary_ask", "mine_to_mend"},
    "together": {"both_want"},
}
UNSAFE = {"not_sure", "yes_afraid"}
TALKS = ("dbtcoach dear-man", "dbtcoach rehearse", "--together", "dbtcoach together")
REST = {"ground", "rest", "timeout", "breath"}


def own(step: Step) -> str:
    """Return a step's id in the exercise that it comes from."""
    return step.id.rpartition(".")[2]


def of(past: Past, name: str) -> object:
    """Return the latest answer to a step on a way."""
    return next((met.answer for met in reversed(past) if own(met.step) == name), SKIPPED)


@cache
def toward(name: str) -> frozenset[str]:
    """Return the ids of the steps that lead towards somebody, also in what the exercise runs."""
    steps = walk(shipped(name).steps)
    drilled = {inner.id for step in steps if isinstance(step, Drill) for inner in walk(step.steps)}
    runs = {step.id: step.exercise for step in steps if hasattr(step, "exercise")}

    def one(step: Step) -> bool:
        outer, _dot, inner = step.id.rpartition(".")
        source = runs.get(outer, name if not outer else "")
        spoken = isinstance(step, Card) and step.title in SPOKEN
        return inner in TOWARDS.get(source, ()) or spoken or (isinstance(step, Text) and bool(step.coach))

    return frozenset(step.id for step in steps if step.id not in drilled and one(step))


def asks_of_fear(step: Step) -> bool:
    return isinstance(step, Select) and own(step) == "afraid"


def fear(past: Past) -> tuple[bool, bool, bool]:
    """Return whether fear was asked about, whether it was told, and whether all that was told was answered.

    It is answered by people to call, and by a required question whether to go on.
    """
    asked = told = shown = False
    for met in past:
        if asks_of_fear(met.step):
            asked = True
            told, shown = told or met.answer in UNSAFE, False
        elif isinstance(met.step, Say) and "${lines.abuse}" in met.step.message:
            shown = True
        elif told and shown and isinstance(met.step, Confirm) and met.step.required and met.answer is True:
            told = False
        # With both at the keyboard nobody could answer it: there it is asked of whoever is alone.
        asked = asked or (own(met.step) == "alone" and met.answer != "alone")
    return asked, told, shown


def way(past: Past) -> str:
    return " > ".join(
        f"{met.step.id}={met.answer}" if met.answer is not SKIPPED else met.step.id for met in past
    )


@pytest.mark.parametrize("name", NAMES)
def test_fear_is_asked_about_before_anything_is_asked_or_said(name: str) -> None:
    asks = toward(name)
    for past, step in ways(shipped(name), fear):
        if step is None:
            continue
        asked, told, _shown = fear(past)
        if past and asks_of_fear(past[-1].step) and past[-1].answer in UNSAFE:
            assert isinstance(step, Say), way(past)
            assert "${lines.abuse}" in step.message, way(past)
        if step.id in asks:
            assert asked, f"{name}/{step.id}: nobody was asked about fear: {way(past)}"
            assert not told, f"{name}/{step.id}: not by choice: {way(past)}"


@pytest.mark.parametrize("name", NAMES)
def test_the_fear_question_is_never_left_out(name: str) -> None:
    asked = [step for step in walk(shipped(name).steps) if asks_of_fear(step)]
    assert [step.id for step in asked if not (isinstance(step, Select) and step.required)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("dear-man", "dear-man-quick")])
def test_whoever_told_of_fear_is_sent_to_no_talk(name: str) -> None:
    for past, step in ways(shipped(name), told_of_fear):
        said = step.message.replace("dear-man --after", "") if isinstance(step, Say) else ""
        talk = any(command in said for command in TALKS)
        never = step is not None and step.id in NEVER_IN_FEAR.get(name, ())
        assert not ((talk or never) and told_of_fear(past)), way(past)


@pytest.mark.parametrize("name", [name for name in NAMES if shipped(name).next])
def test_whoever_told_of_fear_is_offered_no_talk_at_the_end(name: str) -> None:
    ahead = shipped(name).next
    asked = sorted({guard.key for each in ahead for guard in each.when})
    ends = 0

    def promised(past: Past) -> tuple[object, ...]:
        return (told_of_fear(past), stopped(past), *(str(of(past, key)) for key in asked))

    for past, step in ways(shipped(name), promised):
        if step is None and told_of_fear(past):
            ends += 1
        if step is None and told_of_fear(past) and not stopped(past):
            live = {key: of(past, key) for key in asked if of(past, key) is not SKIPPED}
            offered = {each.exercise for each in ahead if holds(each.when, live, FACTS)}  # type: ignore[arg-type]
            assert not offered & {"dear-man", "rehearse", "validate", "connect", "together"}, way(past)
    assert ends or not any(asks_of_fear(step) for step in walk(shipped(name).steps))


def stopped(past: Past) -> bool:
    """Say whether an exercise was ended before its end: nothing is offered then."""
    return any(isinstance(met.step, Say) and met.step.end for met in past)


def told_of_fear(past: Past) -> bool:
    return any(own(met.step) == "afraid" and met.answer in UNSAFE for met in past)


def test_what_leads_towards_somebody_is_there() -> None:
    for name, steps in TOWARDS.items():
        assert steps <= {step.id for step in walk(shipped(name).steps)}, name


def guilt(past: Past) -> tuple[bool, bool]:
    """Return whether guilt fits on this way, and whether the way led to mending."""
    feels = of(past, "emotion") == "guilty" and of(past, "facts_fit") in FITS
    did = of(past, "met") == "i_hurt" or (of(past, "harm") == "them" and of(past, "facts_fit") == "not_fit")
    return feels or did, any(own(met.step) in MENDS for met in past)


@pytest.mark.parametrize("name", ["express", "repair"])
def test_guilt_that_fits_is_mended_and_never_done_again(name: str) -> None:
    seen = set()
    for past, step in ways(shipped(name), lambda past: (guilt(past), fear(past), of(past, "harm"))):
        fits, mended = guilt(past)
        seen.add(fits)
        if step is None:
            stopped = (
                of(past, "go_on") is False or own(past[-1].step) == "mine_in_fear"
            )  # it may not be theirs
            assert mended or not fits or stopped, way(past)
        elif own(step) in AGAIN:
            assert not fits, way(past)
            assert of(past, "harm") == "nobody", way(past)
            assert of(past, "facts_fit") == "not_fit", way(past)
    assert seen == {True, False}


def refused(name: str, past: Past) -> str:
    for step, value in NO.get(name, {}).items():
        for met in past:
            given = met.answer if isinstance(met.answer, list) else [met.answer]
            if met.step.id == step and value in given:
                return step
    return ""


@pytest.mark.parametrize("name", NO)
def test_a_no_to_touch_or_contact_ends_what_would_ask_again(name: str) -> None:
    ended = set()
    for past, step in ways(shipped(name), lambda past: (refused(name, past), past and past[-1].step.id)):
        no = refused(name, past)
        if not no:
            continue
        if past[-1].step.id == no:
            over = step is None or (isinstance(step, Say) and step.end)
            assert over, f"{name}: it goes on after a no: {way(past)}"
        ended.add(no)
    assert ended == set(NO[name])


def test_where_only_a_free_no_counts_nothing_is_asked_twice() -> None:
    free = 0
    for past, step in ways(shipped("dear-man"), lambda past: of(past, "free_no")):
        if step is not None and of(past, "free_no") == "free":
            free += 1
            assert own(step) not in TWICE, way(past)
            assert not step.id.startswith(("rehearsal.", "badly.")), way(past)
    assert free > 10


def test_sex_touch_and_contact_are_asked_about_before_the_first_line() -> None:
    for past, step in ways(shipped("dear-man"), lambda past: (of(past, "kind"), of(past, "free_no"))):
        if of(past, "kind") == "touch" and isinstance(step, Text):
            assert of(past, "free_no") == "free", way(past)


@pytest.mark.parametrize("name", ["dear-man", "dear-man-quick"])
def test_what_is_for_the_person_alone_is_not_among_what_is_said(name: str) -> None:
    private = {"side", "goal", "leads", "plan_when", "badly.plan_line"}
    cards = [step for step in walk(shipped(name).steps) if isinstance(step, Card) and step.parts]
    assert cards
    for part in (part for card in cards for part in card.parts if not part.for_me):
        assert not private & set(references(part.message)), part.title


@pytest.mark.parametrize("name", ["rehearse", "dear-man"])
def test_a_no_that_is_rehearsed_meets_what_a_no_meets(name: str) -> None:
    met = set()
    for past, step in ways(shipped(name), lambda past: of(past, "kind")):
        if step is not None and own(step).removesuffix("_no") in ("dread", "rounds"):
            assert own(step).endswith("_no") == (of(past, "kind") == "refuse"), way(past)
            met.add(own(step))
    assert met == {"dread", "rounds", "dread_no", "rounds_no"}


def test_after_the_talk_accepting_is_for_a_no_of_somebody_who_is_not_feared() -> None:
    offered = 0
    ahead = next(each for each in shipped("dear-man-after").next if each.exercise == "accept")
    for past, step in ways(shipped("dear-man-after"), lambda past: (of(past, "afraid"), of(past, "ended"))):
        asked = [met for met in past if met.step.id in ("afraid", "ended") and met.answer is not SKIPPED]
        known = {met.step.id: met.answer for met in asked}
        fits = known == {"afraid": "not_afraid", "ended": "no"}
        assert holds(ahead.when, known, FACTS) == fits, way(past)  # type: ignore[arg-type]
        if step is not None and (step.id == "stays_no" or step.id.startswith("letting_be.")):
            assert fits, way(past)
            offered += 1
    assert offered


def rested(past: Past) -> tuple[bool, bool]:
    """Return whether somebody is flooded, and whether the body had its turn, or was offered it."""
    flooded = any(
        isinstance(met.step, Scale) and met.step.role == "distress_before" and met.answer == FLOODED
        for met in past
    )
    return flooded, any(_rests(met) for met in past)


def _rests(met: Met) -> bool:
    choices = met.step.choices if isinstance(met.step, Select) else ()
    return isinstance(met.step, Breathe | Wait) or any(choice.value in REST for choice in choices)


@pytest.mark.parametrize("name", NAMES)
def test_somebody_flooded_is_never_met_with_a_long_text_first(name: str) -> None:
    for past, step in ways(shipped(name), rested):
        flooded, offered = rested(past)
        if flooded and isinstance(step, Text) and (step.multiline or step.count):
            assert offered, f"{name}/{step.id} comes before the body: {way(past)}"


def test_a_break_before_a_talk_is_twenty_minutes_with_a_time_to_be_back() -> None:
    rest = next(step for step in walk(shipped("dear-man").steps) if step.id == "rest")
    assert isinstance(rest, Wait)
    assert rest.seconds >= 20 * 60
    assert until(rest.seconds, rest.seconds, lambda: 0.0)
    assert "${now" not in rest.message  # a time that is worked out before the break begins is too early


# Where one answer ends an exercise at people to call: which answers, and whose numbers.
PEOPLE_FIRST = {
    "mend": ("force", {"some", "not_sure"}, "${lines.stopping}"),
    "accept": ("afraid", UNSAFE, "${lines.abuse}"),
    "pros-cons": ("harm", {"harmful", "not_sure"}, "${lines.crisis}"),
}


@pytest.mark.parametrize("name", PEOPLE_FIRST)
def test_what_an_exercise_cannot_mend_or_bear_ends_it_at_people_to_call(name: str) -> None:
    asked, answers, numbers = PEOPLE_FIRST[name]
    ended = set()
    for past, step in ways(shipped(name), lambda past: of(past, asked)):
        given = of(past, asked)
        if given in answers:
            ended.add(given)
            shown = [step] if past[-1].step.id == asked else [past[-1].step]
            assert isinstance(shown[0], Say), way(past)
            assert shown[0].end, way(past)
            assert numbers in shown[0].message, way(past)
            assert step is None or step is shown[0], f"{name}/{step.id} comes after it: {way(past)}"
        elif isinstance(step, Text | Card | Wait) and "." not in step.id and step.role != "closing":
            assert given is not SKIPPED or asked != "force", f"{name}/{step.id} comes unasked: {way(past)}"
            assert any(met.step.id == asked for met in past), f"{name}/{step.id} comes unasked: {way(past)}"
    assert ended == answers


def test_doubt_about_a_no_to_contact_counts_as_one() -> None:
    doubts = [
        step
        for past, step in ways(shipped("mend"), lambda past: past and past[-1].step.id)
        if past and past[-1].answer == "not_sure" and past[-1].step.id == "contact"
    ]
    assert doubts
    assert all(isinstance(step, Say) and step.end for step in doubts)


def test_whoever_is_beside_a_flooded_person_is_asked_about_their_own_safety_first() -> None:
    order = [step.id for step in shipped("ground").steps]
    theirs = [name for name in order if name.startswith("theirs")]
    assert theirs == ["theirs", "theirs_feet", "theirs_count", "theirs_words", "theirs_fix", "theirs_break"]
    assert order.index("afraid") < order.index(theirs[0])
    breaks = [step for step in shipped("ground").steps if step.id in ("break_half", "break_hour")]
    assert all(isinstance(step, Card) and "${now+" in step.message for step in breaks)

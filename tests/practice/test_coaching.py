"""What happens to words that were written: notes on them, people to call, and what may be kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.model import Note, Review, Safety
from dbtcoach.errors import LeaveError
from dbtcoach.practice import draft
from dbtcoach.practice.coaching import (
    ABUSE,
    ASIDE,
    CRISIS,
    ELSEWHERE,
    ENGLISH,
    GO_ON,
    GOT_FREE,
    MISSED,
    NOWHERE,
    PLAN,
    STOP,
    VIOLENCE,
)
from dbtcoach.practice.numbers import numbers_seen, say_numbers
from dbtcoach.practice.page import BACK, ON, Given, Move, Page, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Choice, Exercise, Row, Scales, Select
from dbtcoach.sitting.records import entry_of, transcript
from dbtcoach.sitting.remains import what_is_kept

if TYPE_CHECKING:
    from dbtcoach.coach.model import Kind

TALK = """\
format: 1
name: talk
title: Talk
summary: S.
steps:
  - {id: fact, type: text, message: What happened?, coach: describe, required: true}
  - {id: ask, type: text, message: "You wrote: ${fact}. What do you ask for?", coach: assert}
  - {id: secret, type: text, message: For your eyes only., keep: false, coach: describe}
  - {id: three, type: text, message: Three things., count: 3}
  - {id: free, type: text, message: Anything else?}
  - {id: card, type: card, title: Say this, message: "${fact}"}
"""
EXERCISE = decode(TALK.encode(), "talk.yaml")
SORRY = decode(
    b"""\
format: 1
name: sorry
title: Sorry
summary: S.
steps:
  - {id: act, type: text, message: What did you do?, coach: apology, required: true}
  - {id: card, type: card, title: Your card, message: "${act}"}
""",
    "sorry.yaml",
)
LINES = {"lines.crisis": "Call 1.", "lines.abuse": "Call 2.", "lines.stopping": "Call 3."}
WHEN = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
BREAK = "\n\n"
DARK, HIT, HEAVY = "a dark word", "a hit word", "a heavy word"


def note(start: int, end: int, why: str) -> Note:
    return Note("label", "warning", start, end, why, f"Instead of {why}")


@dataclass
class Reader:
    """A coach that finds what a test puts into its words, and remembers what it was asked."""

    notes: tuple[Note, ...] = ()
    strength: str | None = None
    read: list[tuple[str, str]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def review(self, text: str, kind: Kind) -> Review:
        self.read.append((text, kind))
        return Review(self.notes if "bad" in text else (), None, self.strength)

    def danger(self, text: str, kind: Kind = "message") -> Safety | None:  # noqa: ARG002 - as a coach has it
        self.looked.append(text)
        found: dict[str, Safety] = {"dark": "crisis", "shoved": "violence", "hit": "abuse", "heavy": "soft"}
        return next((found[word] for word in found if word in text), None)


@dataclass
class Front:
    """A front end with its answers by the id of the page's step, each taken once; then it passes on."""

    answers: dict[str, list[object]]
    pages: list[Page] = field(default_factory=list)

    def present(self, page: Page) -> Move:
        self.pages.append(page)
        left = self.answers.get(page.step.id)
        if not left:
            return ON
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Given | Typed | type(ON)) else Given(answer)

    def ids(self) -> list[str]:
        return [page.step.id for page in self.pages]

    def page(self, step_id: str) -> Page:
        return next(page for page in self.pages if page.step.id == step_id)


@dataclass
class Sitting:
    """One sitting: every session that was yielded, with the pages that were shown before it."""

    front: Front
    coach: Reader | None
    saves: bool = True
    yielded: list[tuple[Session, int]] = field(default_factory=list)

    def run(self) -> Session:
        latest = start(EXERCISE, LINES, WHEN.isoformat())
        for session in play(latest, self.front, lambda: LINES, self.coach, saves=self.saves):
            self.yielded.append((session, len(self.front.pages)))
            latest = session
        return latest


def sat(coach: Reader | None = None, *, saves: bool = True, **answers: list[object]) -> tuple[Session, Front]:
    """Return how a sitting ended, and its front end; steps without an answer are passed."""
    front = Front(answers)
    return Sitting(front, coach or Reader(), saves).run(), front


def kept(session: Session) -> dict[str, object]:
    """Return what the entry holds, by step."""
    return {saved.step: saved.value for saved in entry_of(session, WHEN, WHEN).answers}


def ended(session: Session, front: Front) -> Session:
    """Return the session as it is kept, of which something is."""
    session_kept = what_is_kept(session, front)
    assert session_kept is not None
    return session_kept


def everything_kept(session: Session) -> str:
    """Return all words of the entry, prompts included, and those shown where nothing can be saved."""
    entry = entry_of(session, WHEN, WHEN)
    return "\n".join([*(f"{saved.prompt} {saved.value}" for saved in entry.answers), transcript(session)])


THREE = (note(0, 3, "the strongest"), note(4, 7, "the second"), note(8, 9, "the third"))


def test_at_most_two_notes_are_shown_the_strongest_first_on_the_persons_own_words() -> None:
    _session, front = sat(Reader(THREE), fact=["bad and so on"])
    plain, page = front.pages[:2]
    assert plain.remarks == ()
    assert (page.step.id, page.message, page.offered) == ("fact", "What happened?", "bad and so on")
    assert page.text == "bad and so on"
    assert [(r.start, r.end, r.why, r.instead) for r in page.remarks] == [
        (0, 3, "the strongest", "Instead of the strongest"),
        (4, 7, "the second", "Instead of the second"),
    ]


def test_one_true_thing_is_said_when_there_is_one() -> None:
    for strength, said in (("You named a time.", "You named a time."), (None, "")):
        _session, front = sat(Reader(THREE, strength), fact=["bad words"])
        assert front.pages[1].strength == said


def test_words_that_nothing_is_noted_on_get_no_page() -> None:
    coach = Reader(THREE)
    _session, front = sat(coach, fact=["good words"])
    assert front.ids() == ["fact", "ask", "secret", "three", "free", "card"]
    assert coach.read == [("good words", "describe")]


def test_each_step_is_read_for_what_it_asks_and_a_step_without_a_coach_is_not() -> None:
    coach = Reader()
    sat(coach, fact=["a"], ask=["b"], three=[["c", "d"]], free=["e"])
    assert coach.read == [("a", "describe"), ("b", "assert")]
    assert coach.looked == ["a", "b", "c\nd", "e"]


def test_words_are_written_anew_beside_the_notes_and_nobody_asks_a_second_time() -> None:
    session, front = sat(Reader(THREE), fact=["bad words", "still bad"])
    assert front.ids()[:3] == ["fact", "fact", "ask"]
    assert kept(session)["fact"] == "still bad"


@pytest.mark.parametrize("keep", [ON, Typed("bad words"), Given("bad words")])
def test_to_keep_goes_on_with_the_words_as_they_are(keep: Move) -> None:
    session, front = sat(Reader(THREE), fact=["bad words", keep])
    assert front.ids()[:3] == ["fact", "fact", "ask"]
    assert kept(session)["fact"] == "bad words"


def test_what_cannot_be_taken_leaves_the_notes_where_they_are() -> None:
    session, front = sat(Reader(THREE), fact=["bad words", Typed(" "), "good"])
    assert front.ids()[:4] == ["fact", "fact", "fact", "ask"]
    assert front.pages[2].error
    assert front.pages[2].remarks == front.pages[1].remarks
    assert kept(session)["fact"] == "good"


def test_back_goes_back_with_the_words_set_aside() -> None:
    _session, front = sat(Reader(THREE), fact=["good", "good"], ask=["bad ask", BACK, "please"])
    assert front.ids()[:6] == ["fact", "ask", "ask", "fact", "ask", "secret"]
    assert front.pages[4].offered == "bad ask"
    assert front.pages[4].remarks == ()


def test_going_back_to_a_step_brings_no_second_notes() -> None:
    _session, front = sat(Reader(THREE), fact=["bad words", ON, "bad again"], ask=[BACK, "please"])
    assert front.ids()[:5] == ["fact", "fact", "ask", "fact", "ask"]


def test_each_step_gets_its_own_notes() -> None:
    _session, front = sat(Reader(THREE), fact=["bad fact"], ask=["bad ask"])
    assert front.ids()[:4] == ["fact", "fact", "ask", "ask"]


def test_what_is_heavy_at_the_last_question_is_said_on_a_page_of_its_own() -> None:
    front = Front({"only": [HEAVY]})
    only = decode(
        b"""\
format: 1
name: one
title: One
summary: S.
steps: [{id: only, type: text, message: Anything?}]
""",
        "one.yaml",
    )
    list(play(start(only, LINES, WHEN.isoformat()), front, lambda: LINES, Reader()))
    assert [page.heavy for page in front.pages] == [False, True]


def test_without_a_coach_nothing_is_read_or_asked() -> None:
    front = Front({"fact": [f"bad {DARK}"]})
    session = Sitting(front, None).run()
    assert front.ids() == ["fact", "ask", "secret", "three", "free", "card"]
    assert not session.private


@pytest.mark.parametrize(("words", "said", "lines"), [(DARK, CRISIS, "Call 1."), (HIT, ABUSE, "Call 2.")])
def test_plain_words_bring_people_to_call_and_say_what_becomes_of_them(
    words: str, said: str, lines: str
) -> None:
    _session, front = sat(fact=[words], safety=[GO_ON])
    page = front.page("safety")
    first, _, rest = said.partition("\n\n")
    assert page.message == "\n\n".join([first, lines, f"{rest}\n{ASIDE}".strip()])
    assert page.help == MISSED


@pytest.mark.parametrize("words", [DARK, HIT])
def test_the_numbers_are_shown_once_for_each_kind(words: str) -> None:
    session, front = sat(fact=[words], safety=[GO_ON], ask=[words], free=[words])
    assert front.ids().count("safety") == 1
    assert kept(session) == {}


def test_another_kind_has_numbers_of_its_own() -> None:
    _session, front = sat(fact=[HIT], safety=[GO_ON, GO_ON], ask=[DARK])
    assert [page.message.split("\n")[0] for page in front.pages if page.step.id == "safety"] == [
        ABUSE.split("\n")[0],
        CRISIS,
    ]


def test_an_enter_too_many_does_not_carry_anybody_past_the_numbers() -> None:
    _session, front = sat(fact=[DARK], safety=[ON, ON, GO_ON])
    assert front.ids()[:5] == ["fact", "safety", "safety", "safety", "ask"]
    assert front.pages[2].error == "Please choose one."


@pytest.mark.parametrize("stop", [Given(STOP), Typed("2"), Typed("Stop here")])
@pytest.mark.parametrize(("words", "numbers"), [(DARK, "lines.crisis"), (HIT, "lines.abuse")])
def test_to_stop_ends_the_exercise_and_takes_the_numbers_along(words: str, numbers: str, stop: Move) -> None:
    session, front = sat(fact=[words], safety=[stop])
    assert front.ids() == ["fact", "safety"]
    assert session.ended
    assert numbers_seen(session) == {numbers}
    assert say_numbers(session, numbers_seen(session)) == LINES[numbers]
    assert kept(session) == {}


@pytest.mark.parametrize("words", [DARK, HIT])
def test_to_go_on_changes_nothing_but_that_the_line_is_kept_nowhere(words: str) -> None:
    coach = Reader(THREE)
    session, front = sat(coach, fact=[f"bad {words}"], safety=[GO_ON], ask=["bad ask"], free=["else"])
    assert front.ids() == ["fact", "safety", "ask", "ask", "secret", "three", "free", "card"]
    assert coach.read == [("bad ask", "assert")]  # that line gets no notes, the next is read as ever
    assert not session.ended
    assert not session.private
    assert numbers_seen(session) == frozenset()
    assert kept(session) == {"ask": "bad ask", "free": "else"}
    assert words not in everything_kept(session)
    assert words not in str(draft.dump(session))
    assert "bad ask" in str(draft.dump(session))


def test_back_from_the_numbers_opens_the_words_again_and_other_words_are_kept() -> None:
    session, front = sat(fact=[DARK, "on Tuesday"], safety=[BACK])
    assert front.ids()[:4] == ["fact", "safety", "fact", "ask"]
    assert front.pages[2].offered == DARK
    assert kept(session) == {"fact": "on Tuesday"}
    assert "on Tuesday" in str(draft.dump(session))
    assert numbers_seen(session) == frozenset()


def sorry(**answers: list[object]) -> tuple[Session, Front]:
    """Return how an apology ended, and its front end."""
    front = Front(answers)
    session = start(SORRY, LINES, WHEN.isoformat())
    for latest in play(session, front, lambda: LINES, Reader()):
        session = latest
    return session, front


def test_what_was_done_to_somebody_ends_an_apology_without_a_card_and_is_kept_nowhere() -> None:
    session, front = sorry(act=["I shoved her"], safety=[Given(STOP)])
    assert front.ids() == ["act", "safety"]
    page = front.page("safety")
    assert page.message == f"{VIOLENCE.replace(BREAK, f'{BREAK}Call 3.{BREAK}')}\n{NOWHERE}"
    assert page.help == f"{GOT_FREE}\n{MISSED}"
    assert isinstance(page.step, Select)
    assert [choice.value for choice in page.step.choices] == [STOP]
    assert session.ended
    assert session.private
    assert numbers_seen(session) == {"lines.stopping"}
    assert kept(session) == {}


def test_the_same_words_once_more_open_no_way_past_it() -> None:
    _session, front = sorry(act=["I shoved her", "I shoved him"], safety=[BACK, Given(STOP)])
    assert front.ids() == ["act", "safety", "act", "safety"]


def test_other_words_after_going_back_come_to_the_card() -> None:
    _session, front = sorry(act=["I shoved her", "I lied"], safety=[BACK])
    assert front.ids() == ["act", "safety", "act", "card"]


def test_elsewhere_than_in_an_apology_the_way_goes_on_after_it() -> None:
    session, front = sat(fact=["I shoved her"], safety=[GO_ON])
    assert front.page("safety").message == f"{VIOLENCE.replace(BREAK, f'{BREAK}Call 3.{BREAK}')}\n{ASIDE}"
    assert not session.ended


def test_words_that_were_changed_into_danger_after_the_notes_are_not_kept() -> None:
    session, front = sat(Reader(THREE), fact=["bad words", DARK], safety=[GO_ON])
    assert front.ids()[:3] == ["fact", "fact", "safety"]
    assert kept(session) == {}


def test_words_are_kept_when_somebody_says_so_at_the_end() -> None:
    session, front = sat(fact=[DARK], safety=[GO_ON], ask=["please"])
    assert kept(ended(session, front)) == {"ask": "please"}  # passed over
    front.answers["keep_words"] = [True]
    assert kept(ended(session, front)) == {"fact": DARK, "ask": "please"}
    assert front.page("keep_words").enter == "Enter means no"


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (ON, None),
        ("nothing", None),
        ("save", {"ask": "please"}),
        ("all", {"fact": DARK, "ask": "please"}),
    ],
)
def test_after_fear_and_words_of_danger_one_question_decides_about_both(
    answer: object, wanted: dict[str, object] | None
) -> None:
    session, _front = sat(fact=[DARK], safety=[GO_ON], ask=["please"])
    front = Front({"keep_entry": [answer]})
    found = what_is_kept(replace(session, private=True), front)
    assert front.ids() == ["keep_entry"]
    assert (kept(found) if found is not None else None) == wanted


def test_where_nothing_was_answered_nobody_is_asked_whether_to_keep_it() -> None:
    session, _front = sat(fact=[DARK], safety=[GO_ON])
    front = Front({})
    empty = replace(session, private=True, answers={}, passed=())
    assert what_is_kept(empty, front) is None
    assert front.ids() == []


@pytest.mark.parametrize(
    "answers",
    [
        {"fact": ["a"], "secret": [DARK], "safety": [GO_ON]},  # words that are never kept
        {"fact": [DARK], "safety": [STOP]},  # that is an end, and it was told
        {"fact": [DARK, "a"], "safety": [BACK]},
    ],
)
def test_where_there_is_nothing_to_choose_nobody_is_asked_at_the_end(
    answers: dict[str, list[object]],
) -> None:
    front = Front(answers)
    session = Sitting(front, Reader()).run()
    assert what_is_kept(session, front) == session
    assert "keep_words" not in front.ids()
    assert DARK not in everything_kept(session)


@pytest.mark.parametrize(("step", "saves"), [("secret", True), ("free", False)])
def test_the_page_promises_no_question_where_none_will_come(step: str, *, saves: bool) -> None:
    front = Front({"fact": ["a"], "safety": [GO_ON], step: [DARK]})
    Sitting(front, Reader(), saves).run()
    assert front.page("safety").message.endswith(NOWHERE)


def test_heavy_words_bring_one_quiet_line_under_the_next_page_and_nothing_else() -> None:
    session, front = sat(fact=[HEAVY], ask=[HEAVY], free=[HEAVY])
    assert front.ids() == ["fact", "ask", "secret", "three", "free", "card"]
    assert [page.step.id for page in front.pages if page.heavy] == ["ask"]  # and never twice
    assert kept(session) == {"fact": HEAVY, "ask": HEAVY, "free": HEAVY}
    assert str(draft.dump(session)).count(HEAVY) >= 3


def test_the_quiet_line_stands_under_notes_and_under_a_page_that_is_asked_again() -> None:
    _session, front = sat(Reader(THREE), fact=[f"bad {HEAVY}"])
    assert [page.heavy for page in front.pages[:3]] == [False, True, False]
    _session, front = sat(fact=["a"], ask=[HEAVY], three=[["1", "2", "3", "4"], ["1"]], secret=[ON])
    assert [page.step.id for page in front.pages if page.heavy] == ["secret"]
    _session, front = sat(three=[HEAVY], free=[3.5, "a"], fact=["a"])
    assert [(page.step.id, bool(page.error)) for page in front.pages if page.heavy] == [
        ("free", False),
        ("free", True),
    ]


def test_where_the_coach_reads_the_help_says_in_which_language() -> None:
    _session, front = sat(fact=["a"])
    assert front.page("ask").help == ENGLISH
    assert front.page("free").help == ""


def test_a_step_that_needs_an_answer_promises_nothing_about_keeping() -> None:
    _session, front = sat(saves=False, fact=[ON, "a"])
    assert front.pages[1].error == "This step needs an answer. You can leave with Ctrl-C."


@pytest.mark.parametrize(("words", "numbers"), [(DARK, "lines.crisis"), (HIT, "lines.abuse")])
def test_whoever_leaves_at_the_numbers_is_known_to_stand_there(words: str, numbers: str) -> None:
    sitting = Sitting(Front({"fact": [words], "safety": [LeaveError()]}), Reader())
    with pytest.raises(LeaveError):
        sitting.run()
    session, shown = sitting.yielded[-1]
    assert shown == 1  # the page with the question, and no other
    assert session.numbers == numbers
    assert session.unkept == {"fact"}


@pytest.mark.parametrize("leaves_at", ["safety", "ask", "free"])
def test_no_draft_ever_holds_words_of_danger(leaves_at: str) -> None:
    answers: dict[str, list[object]] = {"fact": ["bad", DARK], "safety": [GO_ON]}
    answers[leaves_at] = [LeaveError()]
    sitting = Sitting(Front(answers), Reader(THREE))
    with pytest.raises(LeaveError):
        sitting.run()
    for session, _shown in sitting.yielded:
        assert DARK not in str(draft.dump(session))


ENDS = """\
format: 1
name: ends
title: Ends
summary: S.
steps:
  - id: safe
    type: select
    message: Safe?
    choices: [{value: yes_safe, label: Y}, {value: not_safe, label: N, unsafe: true}]
  - {id: people, type: say, when: {safe: not_safe}, message: "${lines.crisis}\\n${lines.abuse}"}
  - {id: go, type: confirm, when: {safe: not_safe}, message: Go on?}
  - {id: stop, type: say, when: {go: false}, message: Good., end: true}
  - {id: words, type: text, message: Words?}
  - {id: last, type: say, role: closing, when: {words: present}, message: "${lines.crisis}"}
"""


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ({"safe": ["not_safe"], "go": [False]}, {"lines.crisis", "lines.abuse"}),
        ({"safe": ["not_safe"], "go": [True]}, set()),
        ({"safe": ["yes_safe"], "words": ["a"]}, {"lines.crisis"}),
    ],
)
def test_numbers_that_somebody_ends_with_are_known(answers: dict[str, list[object]], seen: set[str]) -> None:
    latest = start(decode(ENDS.encode(), "ends.yaml"), LINES, WHEN.isoformat())
    *_before, latest = play(latest, Front(answers), lambda: LINES)
    assert numbers_seen(latest) == seen
    said = say_numbers(latest, numbers_seen(latest)).split("\n")
    assert said == [LINES[name] for name in sorted(seen, reverse=True)] or not seen


def test_a_line_of_both_lists_is_said_once_at_the_end() -> None:
    lines = {"lines.crisis": "Call 1.\n112.", "lines.abuse": "Call 2.\n112."}
    session = start(EXERCISE, lines, WHEN.isoformat())
    assert say_numbers(session, frozenset(lines)) == "Call 1.\nCall 2.\n112."


def test_a_prompt_that_quotes_them_is_kept_without_them() -> None:
    session, front = sat(fact=[DARK], safety=[GO_ON], ask=["please"])
    assert front.page("ask").message == f"You wrote: {DARK}. What do you ask for?"
    (saved,) = entry_of(session, WHEN, WHEN).answers
    assert saved.prompt == "You wrote: . What do you ask for?"
    assert DARK not in everything_kept(session)
    assert saved.value == "please"


def test_a_list_is_looked_at_as_a_whole() -> None:
    coach = Reader()
    session, front = sat(coach, fact=["a"], three=[["tea", DARK]], safety=[GO_ON], free=["b"])
    assert "safety" in front.ids()
    assert coach.looked[1] == f"tea\n{DARK}"
    assert kept(session) == {"fact": "a", "free": "b"}


def test_the_draft_is_written_before_the_notes() -> None:
    sitting = Sitting(Front({"fact": ["bad words", LeaveError()]}), Reader(THREE))
    with pytest.raises(LeaveError):
        sitting.run()
    session, shown = sitting.yielded[-1]
    assert shown == 1
    assert session.aside["fact"] == "bad words"


def test_a_step_that_may_not_be_kept_stays_out_of_the_prompts_in_a_draft() -> None:
    steps = """\
  - {id: who, type: text, message: Who?, keep: false}
  - {id: what, type: text, message: "What did ${who} do?"}
"""
    exercise = decode(f"format: 1\nname: x\ntitle: X\nsummary: S.\nsteps:\n{steps}".encode(), "x.yaml")
    session = start(exercise, {}, WHEN.isoformat())
    front = Front({"who": ["Robin"], "what": ["came late"]})
    for latest in play(session, front, dict, Reader()):
        session = latest
    assert front.page("what").message == "What did Robin do?"
    assert "Robin" not in str(draft.dump(session))
    assert "Robin" not in everything_kept(session)
    assert "came late" in everything_kept(session)


class TwoCountries:
    """Countries to choose from, and the one that was chosen last."""

    def __init__(self, planned: str) -> None:
        self.moved: list[str] = []
        self.planned = planned

    def has_plan(self) -> bool:
        return bool(self.planned)

    def plan(self) -> str:
        return self.planned

    def choices(self) -> tuple[Choice, ...]:
        return (Choice("IE", "Ireland"), Choice("FR", "France"))

    def move(self, code: str) -> dict[str, str]:
        self.moved.append(code)
        return {"lines.crisis": f"Call {code}.", "lines.abuse": f"Call {code} too."}


def with_places(planned: str = "", **answers: list[object]) -> tuple[Front, TwoCountries]:
    front, places = Front(answers), TwoCountries(planned)
    session = start(EXERCISE, LINES, WHEN.isoformat())
    for _latest in play(session, front, lambda: LINES, Reader(), places=places):
        pass
    return front, places


def test_the_country_is_asked_under_the_numbers_and_then_its_own_are_shown() -> None:
    front, places = with_places(fact=[HIT], safety=[ELSEWHERE, GO_ON], country=["FR"])
    assert front.ids()[:5] == ["fact", "safety", "country", "safety", "ask"]
    first, second = (page for page in front.pages if page.step.id == "safety")
    assert "\nCall 2.\n" in first.message
    assert "\nCall FR too.\n" in second.message
    assert places.moved == ["FR"]


def test_the_plan_comes_only_when_it_is_chosen_and_leads_back_to_the_numbers() -> None:
    front, _places = with_places("My sister.", fact=[HIT], safety=[PLAN, GO_ON], plan=[ON])
    assert front.ids()[:5] == ["fact", "safety", "plan", "safety", "ask"]
    first, second = (page for page in front.pages if page.step.id == "safety")
    assert first.message == second.message
    assert "My sister." not in first.message
    assert front.page("plan").message == "My sister."
    offered = [
        [c.value for c in page.step.choices] for page in (first, second) if isinstance(page.step, Select)
    ]
    assert offered == [[GO_ON, STOP, PLAN, ELSEWHERE]] * 2
    front, _places = with_places(fact=[HIT], safety=[GO_ON])
    step = front.page("safety").step
    assert isinstance(step, Select)
    assert [choice.value for choice in step.choices] == [GO_ON, STOP, ELSEWHERE]


@pytest.mark.parametrize("away", [ON, BACK])
def test_whoever_chooses_no_country_comes_back_to_the_same_numbers(away: Move) -> None:
    front, places = with_places(fact=[DARK], safety=[ELSEWHERE, STOP], country=[away])
    assert front.ids()[:4] == ["fact", "safety", "country", "safety"]
    assert "\nCall 1.\n" in [page.message for page in front.pages if page.step.id == "safety"][1]
    assert places.moved == []


def test_without_countries_none_is_offered() -> None:
    _session, front = sat(fact=[DARK], safety=[GO_ON])
    step = front.page("safety").step
    assert isinstance(step, Select)
    assert [choice.value for choice in step.choices] == [GO_ON, STOP]


def test_words_in_a_row_are_looked_at_too() -> None:
    step = Scales(id="rows", message="m", rows=(Row("a", "A"), Row("w", "W", kind="text")))
    exercise = Exercise(name="e", title="E", summary="s", steps=(step,))
    front = Front({"rows": [Typed(f'2 "{DARK}"')], "safety": [GO_ON]})
    latest = start(exercise, LINES, WHEN.isoformat())
    for session in play(latest, front, lambda: LINES, Reader()):
        latest = session
    assert front.ids() == ["rows", "safety"]
    assert latest.unkept == {"rows"}

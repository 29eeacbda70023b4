"""A session becomes an entry, or a transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Distress, Entry, Saved, day_of
from dbtcoach.practice.cards import cards_of
from dbtcoach.practice.course import live_answers, pending
from dbtcoach.practice.endings import strengths
from dbtcoach.practice.messages import prompt_kept, unkept
from dbtcoach.practice.written import plain, written
from dbtcoach.script.contents import labels_of
from dbtcoach.script.model import Asked, walk

if TYPE_CHECKING:
    from datetime import date, datetime

    from dbtcoach.journal.entry import Json
    from dbtcoach.practice.page import FilledCard
    from dbtcoach.practice.session import Session


def entry_of(session: Session, started: datetime, finished: datetime, day: date | None = None) -> Entry:
    """Return what is kept of a session, without an id: no skipped steps, none with ``keep: false``."""
    live = live_answers(session)
    steps = walk(session.exercise.steps)
    hidden = unkept(session, steps)
    before, after = strengths(session)
    cards = [] if session.private else cards_of(session, hidden)
    saved = tuple(
        Saved(step.id, prompt_kept(session, step, hidden), plain(live[step.id]))
        for step in steps
        if step.id in live and step.id not in hidden
    )
    return Entry(
        id="",
        exercise=session.exercise.name,
        title=session.exercise.title,
        started=started.isoformat("T", "seconds"),
        finished=finished.isoformat("T", "seconds"),
        day=(day or day_of(started)).isoformat(),
        complete=not session.ended and pending(session) is None,
        distress=Distress(before, after) if (before, after) != (None, None) else None,
        answers=saved,
        # An empty list says that there is none to be made from the answers either.
        cards=tuple(map(_card_data, cards)) if cards or session.private or session.ended else None,
    )


def _card_data(card: FilledCard) -> dict[str, Json]:
    return {
        "title": card.title,
        "parts": [
            {"title": part.title, "text": part.text, **({"for": "me"} if part.for_me else {})}
            for part in card.parts
        ],
    }


def transcript(session: Session) -> str:
    """Return what was asked and answered as plain lines: what stays when nothing could be saved."""
    live = live_answers(session)
    steps = walk(session.exercise.steps)
    hidden = unkept(session, steps)
    lines: list[str] = []
    for step in steps:
        if isinstance(step, Asked) and step.id in live and step.id not in hidden:
            lines += [prompt_kept(session, step, hidden), written(live[step.id], labels_of(step)), ""]
    return "\n".join(lines)

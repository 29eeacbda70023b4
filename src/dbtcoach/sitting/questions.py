"""The few questions that belong to no exercise: first run, a waiting draft, what stays at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import Page, Terminal
from dbtcoach.script.model import Asked, Choice, Confirm, Say, Select, walk

if TYPE_CHECKING:
    from dbtcoach.journal.drafts import Waiting
    from dbtcoach.script.model import Exercise

KEEP, LOCK, NOTHING, ALL = "save", "lock", "nothing", "all"
GO_ON, ANEW = "go_on", "anew"
UNFINISHED = "Something is unfinished here."
ONCE_MORE = "What is kept nowhere is asked once more."


def first_run(terminal: Terminal, exercise: Exercise) -> str | None:
    """Ask what to keep on this computer; None when the person passes it over.

    The opening words wait for the exercise: with them there would be more to read than this question.
    """
    return chosen(
        terminal,
        Page(
            step=Select(
                id="first_run",
                message="",
                choices=(
                    Choice(KEEP, "Just me: keep my answers here"),
                    Choice(LOCK, "Others too: lock them with a passphrase"),
                    Choice(NOTHING, "Others too: keep nothing"),
                ),
            ),
            exercise=exercise.title,
            message="One question first. Who uses this computer?",
            help=(
                "What you write can be kept here. It is not sent anywhere.\n"
                "dbtcoach helps you practise skills. It is not therapy, and it cannot keep you safe.\n"
                "Nobody reads what you write, and nobody is told about it.\n"
                "Somebody who can open your account here can read what is kept.\n"
                "You can stop at any time. It is made for adults.\n"
                "Enter keeps nothing yet, and the question comes again next time.\n"
                "The settings “save” and “shared” in config.yaml can change it later."
            ),
            first=True,
            enter="Enter keeps nothing yet",
        ),
    )


def continue_draft(
    terminal: Terminal,
    exercise: Exercise,
    waiting: Waiting,
    when: str,
    about: str = "Going on shows each step that is left. Your earlier answers stay as they are.",
) -> bool:
    """Ask whether to go on with a draft, without showing its words; without ``when`` not even which it is."""
    message = f"You were in the middle of {waiting.title} ({when})." if when else UNFINISHED
    if any(isinstance(step, Asked) and not step.keep for step in walk(exercise.steps)):
        message += f"\n{ONCE_MORE}"  # or it would look as if the answers were lost
    page = Page(
        step=Select(
            id="resume",
            message="",
            required=True,
            choices=(Choice(GO_ON, "Go on from there"), Choice(ANEW, "Begin anew, and drop what was there")),
        ),
        exercise=exercise.title,
        message=message,
        help=about,
        first=True,
    )
    while True:
        answer = chosen(terminal, page)
        if answer is not None:
            return answer == GO_ON


def same_again(terminal: Terminal, exercise: Exercise, when: str) -> bool:
    """Ask whether to begin with the lines of the last talk, without showing them."""
    page = Page(
        step=Select(
            id="same_again",
            message="",
            choices=(Choice(ANEW, "Something new"), Choice(GO_ON, "The same again, with my lines to change")),
        ),
        exercise=exercise.title,
        message=f"You prepared a talk {when}. What is it this time?",
        help="Each line stands there again, and Enter takes it. The other questions are asked anew.",
        first=True,
        enter="Enter begins anew",
    )
    return chosen(terminal, page) == GO_ON


def shows_kept(terminal: Terminal, exercise: Exercise) -> bool:
    """Ask whether words from an earlier day may come to the screen, where others use the computer, too."""
    return _agreed(
        terminal,
        "show_kept",
        exercise.title,
        "Something from an earlier day can be shown. Are you alone at this screen?",
        "You set that others use this computer, too. The setting “memory: false” ends this question.",
        enter="Enter shows nothing",
    )


def tell(terminal: Terminal, exercise: Exercise, words: str) -> None:
    """Show a few words that need to be seen before the exercise goes on."""
    terminal.present(Page(step=Say(id="notice", message=""), exercise=exercise.title, message=words, help=""))


def card_stays(terminal: Terminal, title: str, *, saved: bool) -> bool:
    """Ask whether the card should stay on the screen when the exercise is over."""
    kept = " You find it again with: dbtcoach card" if saved else ""
    return _agreed(
        terminal,
        "stay",
        title,
        "Should your card stay on the screen after this?",
        f"If it stays, anyone who looks at this window can read it.{kept}",
    )


def keeps_entry(terminal: Terminal, exercise: Exercise, *, words: bool) -> str:
    """Ask whether a finished exercise should be kept, after an answer that makes keeping it a danger.

    With ``words`` there are some that brought up people to call: they are kept only where all is.
    Returns ``NOTHING``, ``ALL``, or ``KEEP`` for the rest without those words.
    """
    question = exercise.asks_to_keep or (
        "Keep this in your journal?\nSomebody who can open your account here could read it."
    )
    page = Page(
        step=Select(
            id="keep_entry",
            message="",
            choices=(
                Choice(NOTHING, "No, keep nothing"),
                Choice(KEEP, "Yes, without the words that brought up people to call"),
                Choice(ALL, "Yes, all of it"),
            ),
        )
        if words
        else Confirm(id="keep_entry", message=""),
        exercise=exercise.title,
        message=question,
        help="Without an answer it is not kept, and nothing of it stays on this computer.",
        first=True,
        enter="Enter means no",
    )
    answer = asked(terminal, page)
    if isinstance(answer, bool):
        return KEEP if answer else NOTHING
    return answer if isinstance(answer, str) else NOTHING


def keeps_words(terminal: Terminal, exercise: Exercise) -> bool:
    """Ask at the end whether words that brought numbers up should be kept with the rest."""
    return _agreed(
        terminal,
        "keep_words",
        exercise.title,
        "Some of your words brought up people to call.\nShould your journal keep those words too?",
        "The rest is kept either way. Somebody who can open your account here could read it.",
    )


def numbers_stay(terminal: Terminal, exercise: Exercise) -> bool:
    """Ask whether numbers for somebody who is hurt by another stay on the screen."""
    return _agreed(
        terminal,
        "numbers_stay",
        exercise.title,
        "The numbers of people to call: leave them on the screen?",
        "If they stay, anyone who looks at this window can read them. dbtcoach help-now shows them too.",
        enter="Enter leaves nothing",
    )


def _agreed(
    terminal: Terminal, step_id: str, title: str, message: str, more: str, *, enter: str = "Enter means no"
) -> bool:
    """Ask for a yes, and tell whether it came; everything else is a no."""
    step = Confirm(id=step_id, message="")
    page = Page(step=step, exercise=title, message=message, help=more, first=True, enter=enter)
    return asked(terminal, page) is True


def chosen(terminal: Terminal, page: Page) -> str | None:
    """Ask to choose one thing; return its value, or None when nothing was chosen."""
    answer = asked(terminal, page)
    return answer if isinstance(answer, str) else None

"""Every command: what it is for, and an example. Help is written from here, without importing any of them.

A new command is a line here, and a file that has its place and its name: ``log list`` is ``log/list.py``,
``help-now`` is ``help_now.py``, and ``import``, a word of Python's, is ``import_.py``. In it, the parameters
of the function ``command`` are its options.
"""

from __future__ import annotations

from typing import NamedTuple

PRACTISE = "Practise"  # the section of the exercises that most people begin with
MORE = "More to practise"  # and of the others, one's own among them
FIRST = ("pause", "ground", "dear-man", "validate", "reflect")
EXERCISES = (
    *(*FIRST, "express", "rehearse", "connect", "repair", "together"),
    *("mend", "cope-ahead", "pros-cons", "accept"),
)


class Command(NamedTuple):
    """One command: a line of help, and an example of what may follow its name."""

    summary: str
    example: str = ""
    any_arguments: bool = False  # what follows in vain reaches it, so that it says itself what is wrong


class Group(NamedTuple):
    """Commands under a common name."""

    summary: str
    commands: dict[str, Command | Group]


LOG = Group(
    "Your entries: list, read, search, delete, export.",
    {
        "list": Command(
            "List entries, the newest first: day, exercise, distress, id. No words.", "--since 2026-11-01"
        ),
        "show": Command("Read one entry, on a screen of its own.", "last"),
        "edit": Command("Change an entry, and keep or erase the old words.", "last"),
        "search": Command(
            "Search for words you wrote. You are asked for them; a pipe can send them too.",
            any_arguments=True,
        ),
        "delete": Command("Delete one entry, after asking.", "last"),
        "export": Command(
            "Take entries along: a report of the last 30 days (md, html), "
            "or a table of everything (csv, json).",
            "--format md -o report.md",
        ),
    },
)
DATA = Group(
    "Your data: where it is, locking, backups, merging, removing.",
    {
        "where": Command("Show where your things are, how much there is, and whether it is locked."),
        "lock": Command("Seal the journal with a passphrase, or change the passphrase."),
        "unlock": Command("Take the lock off: everything can be read without a passphrase again."),
        "backup": Command("Write everything into one file, and read it again.", "-o ~/usb/dbtcoach.zip"),
        "restore": Command(
            "Put a backup back: into an empty home, or beside what is there.", "~/usb/dbtcoach.zip"
        ),
        "check": Command("Check every file: what is wrong, where, and what mends it."),
        "merge": Command(
            "Add what other journals have, after showing it. Can be taken back.", "~/usb/journal.json"
        ),
        "import": Command(
            "Bring along what you kept elsewhere: Daylio's CSV, or a table with a column of days.",
            "~/daylio_export.csv",
        ),
        "forget": Command("Remove everything from this computer, after asking twice."),
    },
)
AUTHORS = Group(
    "For authors: list, check, begin, preview and print exercises.",
    {
        "list": Command("Show every exercise and where it comes from."),
        "check": Command("Check exercises; each problem is shown as file:line:col.", "my.yaml"),
        "new": Command("Begin an exercise of your own.", "evening-walk"),
        "preview": Command("Walk an exercise without saving anything.", "evening-walk"),
        "print": Command("Print a blank worksheet for paper.", "dear-man > sheet.html"),
    },
)
SECTIONS: dict[str, dict[str, Command | Group]] = {
    PRACTISE: {},  # exercises, each of which is a command
    "Right now": {"help-now": Command("People to call or text right now, by country.", "--country IE")},
    MORE: {},
    "Skills and a plan": {
        "skills": Command("Skills by name, each on a card of one screen.", '"opposite action"'),
        "rows": Command("The rows of your daily check-in: see and change them.", "--card short --yes"),
        "plan": Command("A plan of your own for bad moments, made on a calm day."),
    },
    "Look back": {
        "card": Command("Your card again: the newest, or one of: card list.", "--copy"),
        "log": LOG,
        "trends": Command("See check-ins, distress and what went with it: raw numbers.", "--days 90"),
    },
    "Your data": {
        "data": DATA,
        "remind": Command("Print a reminder with neutral wording; installs nothing.", "--print cron"),
    },
    "A draft you wrote": {
        "review": Command("Read a message before you send it.", "--as reply draft.txt", any_arguments=True)
    },
    "For authors": {"exercises": AUTHORS},
}
NAMES = tuple(name for section in SECTIONS.values() for name in section)

"""Word lists: plain text, entries one a line or with commas between, ``#`` for remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.coach.inflect import forms
from dbtcoach.coach.places import Lexicon
from dbtcoach.coach.words import Spelling, plain_words
from dbtcoach.script.problems import Mark, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SPELLING = "spelling"
IRREGULAR = "irregular"
AFTER_YOU_ARE = "after_you_are"
MAX_BYTES = 256 * 1024

# What the spelling of a word shows, which no list can hold: usable in a phrase like a list.
SHOWN = frozenset(
    {
        "number",
        "time",
        "caps",
        "capital",
        "initial",
        "long",
        "starred",
        "symbol",
        "quote",
        "comma",
        "question",
    }
    | {"exclaimed", "ing", "ed", "ly"}
)


_ODD = re.compile("['’*-]")  # what needs a closer look than a cut at the spaces


@dataclass(slots=True)
class Lists:
    """The lists and parts of all files, by name."""

    problems: Problems
    spelling: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    irregular: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    longer: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)

    def read_spelling(self, file: str, text: str) -> None:
        """Read lines like ``dont = do not``, and ``~ word word``: to be read with one slip of the fingers."""
        for line, entry in _entries(text):
            if entry.startswith("~"):
                for word in entry[1:].split():
                    self.slips.update((slip, word) for slip in _slips(word))
                continue
            odd, sign, plain = entry.partition("=")
            if not sign or not odd.strip() or not plain.strip():
                self.problems.add(Mark(file, line, 1), "expected 'spelling = plain words'")
                continue
            self.spelling[odd.strip()] = tuple(plain.split())

    def read_irregular(self, file: str, text: str) -> None:
        """Read lines like ``forget forgot forgotten forgetting``: base, past, participle, -ing form."""
        for line, entry in _entries(text):
            words = entry.split()
            if len(words) not in (3, 4):
                self.problems.add(
                    Mark(file, line, 1), "expected 'base past participle' and perhaps the -ing form"
                )
                continue
            self.irregular[words[0]] = (words[1], words[2], words[3] if len(words) > 3 else "")  # noqa: PLR2004

    def take(self, name: str, mark: Mark, text: str) -> None:
        """Read a list of words and names of several words; ``~forget`` adds every form of a verb."""
        if name in SHOWN:
            self.problems.add(mark, f"the name '{name}' is taken")
            return
        words = self.words.setdefault(name, set())
        longer = self.longer.setdefault(name, set())
        spelling = self.as_spelling()
        entries = {entry.strip() for _line, line in _entries(text) for entry in line.split(",")}
        plain = {entry for entry in entries if entry.isalpha()} - self.spelling.keys()
        words.update(entry.lower() for entry in plain)
        for entry in entries - plain:
            for row in self._rows(entry, spelling):
                if len(row) == 1:
                    words.add(row[0])
                elif row:
                    longer.add(row)

    def _rows(self, entry: str, spelling: Spelling) -> list[tuple[str, ...]]:
        if not entry.startswith("~"):
            words = entry.lower().split()
            if "".join(words).isalpha() and self.spelling.keys().isdisjoint(words):  # nearly all, and quicker
                return [tuple(words)]
            return [plain_words(entry, spelling)]
        verb, _, rest = entry[1:].partition(" ")
        tail = plain_words(rest, spelling)
        return [(form, *tail) for form in self.forms(verb)]

    def forms(self, verb: str) -> tuple[str, ...]:
        """Return every form of a verb."""
        return forms(verb, self.irregular)

    def rows(self, body: str) -> list[Sequence[str]]:
        """Return the evened-out words of each choice of a bracket that holds nothing but words."""
        body = body.lower()
        rows = [option.split() for option in body.split("|")]
        if not _ODD.search(body) and self.spelling.keys().isdisjoint(body.replace("|", " ").split()):
            return [*rows]  # nearly always
        spelling = self.as_spelling()
        return [plain_words(" ".join(row), spelling) for row in rows]

    def as_spelling(self) -> Spelling:
        """Return how words are read inside rules and lists."""
        return Spelling(self.spelling)

    def lexicon(self, names: Iterable[str]) -> Lexicon:
        """Return for each word, and each entry of several words, the lists of these names that hold it."""
        found: dict[str, frozenset[str]] = {}
        longer: dict[tuple[str, ...], dict[tuple[str, ...], set[str]]] = {}
        kept: dict[frozenset[str], frozenset[str]] = {}  # one object for equal sets: quicker look-ups
        for name in names:
            words, only = self.words[name], frozenset((name,))
            shared = {word: found[word] | only for word in words & found.keys()}
            found.update(dict.fromkeys(words, only))
            found.update((word, kept.setdefault(all_of, all_of)) for word, all_of in shared.items())
            for entry in self.longer[name]:
                longer.setdefault(entry[:2], {}).setdefault(entry, set()).add(name)
        return Lexicon(
            found,
            {
                first: {entry: frozenset(all_of) for entry, all_of in entries.items()}
                for first, entries in longer.items()
            },
        )


def _entries(text: str) -> list[tuple[int, str]]:
    lines = ((number, line.partition("#")[0].strip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line]


def _slips(word: str) -> set[str]:
    """Return a word with one letter missing, doubled or swapped with the next."""
    places = range(1, len(word))
    missing = {word[:at] + word[at + 1 :] for at in places}
    doubled = {word[:at] + word[at] + word[at:] for at in places}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
    return (missing | doubled | swapped) - {word}

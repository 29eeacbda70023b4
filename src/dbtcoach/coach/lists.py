"""Word lists: plain text, entries one a line or with commas between, ``#`` for remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from dbtcoach.coach.places import Lexicon
from dbtcoach.coach.spelling import Spelling
from dbtcoach.coach.words import sentences
from dbtcoach.script.problems import Mark, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SPELLING, IRREGULAR, AFTER_YOU_ARE = "spelling", "irregular", "after_you_are"
MAX_BYTES = 256 * 1024

# What the spelling of a word shows, which no list can hold: usable in a phrase like a list.
SHOWN = frozenset(
    "number time caps capital initial long starred symbol quote comma question exclaimed ing ed ly".split()  # noqa: SIM905 - read at a glance
)
_WORD = re.compile(r"[a-z]+")
_ODD = re.compile(r"[^\w\s|]")  # what needs a closer look than a cut at the spaces


_VOWELS = frozenset("aeiou")
Irregular = Mapping[str, tuple[str, str, str]]  # base -> past, participle, -ing form ("" for a regular one)


@dataclass(slots=True)
class Lists:
    """The lists of all files; ``names`` are those that have been read so far."""

    problems: Problems
    spelling: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    irregular: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    lexicon: Lexicon = field(default_factory=Lexicon)

    def read_file(self, file: str, content: bytes) -> None:
        """Read a file whose name says what it is: ``spelling``, ``irregular`` or the name of a list."""
        if len(content) > MAX_BYTES:
            self.problems.add(Mark(file, 1, 1), f"the file is larger than {MAX_BYTES // 1024} kB")
            return
        try:
            text = content.decode().replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.problems.add(Mark(file, 1, 1), "this is not UTF-8 text")
            return
        match PurePath(file).stem:
            case "spelling":
                self._read_spelling(file, text)
            case "irregular":
                self._read_irregular(file, text)
            case name:
                self.read(name, Mark(file, 1, 1), text)

    def _read_spelling(self, file: str, text: str) -> None:
        """Read lines like ``dont = do not``, and ``~ word word``: to be read with one slip of the fingers."""
        for line, entry in _entries(text):
            odd, sign, plain = entry.partition("=")
            if entry.startswith("~"):
                self.slips.update((slip, word) for word in entry[1:].split() for slip in _slips(word))
            elif sign and odd.strip() and plain.strip():
                self.spelling[odd.strip()] = tuple(plain.split())
            else:
                self.problems.add(Mark(file, line, 1), "expected 'spelling = plain words'")

    def _read_irregular(self, file: str, text: str) -> None:
        """Read lines like ``forget forgot forgotten forgetting``: base, past, participle, -ing form."""
        for line, entry in _entries(text):
            match entry.split():
                case [base, past, participle, *ing] if len(ing) <= 1:
                    self.irregular[base] = (past, participle, "".join(ing))
                case _:
                    wrong = "expected 'base past participle' and perhaps the -ing form"
                    self.problems.add(Mark(file, line, 1), wrong)

    def read(self, name: str, mark: Mark, text: str) -> None:
        """Read a list of words and names of several words; ``~forget`` adds every form of a verb."""
        if name in SHOWN:
            self.problems.add(mark, f"the name '{name}' is taken")
            return
        self.names.add(name)
        entries = {entry.strip().lower() for _line, line in _entries(text) for entry in line.split(",")}
        odd = {entry for entry in entries if _ODD.search(entry)}
        rows = self.rows("|".join(entries - odd))  # all at once: nearly all, and quicker
        for entry in odd:
            verb, _, rest = entry.partition(" ")
            heads = [(form,) for form in self.forms(verb[1:])] if verb[0] == "~" else self.rows(verb)
            rows += [(*head, *self.rows(rest)[0]) for head in heads]
        self.lexicon.add(name, map(tuple, rows))

    def forms(self, base: str) -> tuple[str, ...]:
        """Return every form of a verb: the base, the -s form, the past, the participle and the -ing form."""
        past, participle, ing = self.irregular.get(base, ("", "", ""))
        stem = base[:-1] + "i" if base.endswith("y") and base[-2:-1] not in _VOWELS else ""
        adds = "es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
        past = past or (stem + "ed" if stem else _regular(base, "ed"))
        third = stem + "es" if stem else base + adds
        return (base, third, past, participle or past, ing or _regular(base, "ing"))

    def rows(self, body: str) -> list[Sequence[str]]:
        """Return the evened-out words of each choice of a bracket that holds nothing but words."""
        rows = [option.split() for option in body.lower().split("|")]
        if _ODD.search(body):
            read = (sentences(" ".join(row), Spelling(self.spelling)) for row in rows)
            return [[token.word for sentence in found for token in sentence] for found in read]
        if self.spelling.keys().isdisjoint(word for row in rows for word in row):
            return [*rows]  # nearly always
        return [[plain for word in row for plain in self.spelling.get(word, (word,))] for row in rows]

    def as_spelling(self, phrases: Iterable[str]) -> Spelling:
        """Return how unusual spellings are read, by these lists and the words of all phrases."""
        of = self.lexicon.words

        @cache
        def known() -> frozenset[str]:
            return frozenset((*of, *self.spelling, *_WORD.findall(" ".join(phrases).lower())))

        return Spelling(
            {slip: (word,) for slip, word in self.slips.items() if slip not in of} | self.spelling,
            frozenset(word for word, names in of.items() if f"<{AFTER_YOU_ARE}>" in names),
            known,
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


def _regular(base: str, ending: str) -> str:
    if base.endswith("ie") and ending == "ing":
        return base[:-2] + "ying"
    if base.endswith("ee") and ending == "ed":
        return base + "d"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + ending
    return _doubled(base) + ending


def _doubled(base: str) -> str:
    """Double the last consonant of a one-syllable verb (stop, stopping), not of a longer one (open)."""
    syllables = sum(
        char in _VOWELS and (index == 0 or base[index - 1] not in _VOWELS) for index, char in enumerate(base)
    )
    before, vowel, last = base[-3:-2], base[-2:-1], base[-1:]
    ends_so = bool(before) and before not in _VOWELS and vowel in _VOWELS and last not in "aeiouwxyh"
    return base + base[-1] if syllables == 1 and ends_so else base

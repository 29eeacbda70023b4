"""Rule files and word lists become Rules: everything that is wrong with them is told at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from dbtcoach.coach import second_reader
from dbtcoach.coach.grammar import items_of, wrong_in
from dbtcoach.coach.lists import IRREGULAR, SHOWN, SPELLING, Lists
from dbtcoach.coach.model import KINDS, LABELS, LEVELS, SAFETY, Kind
from dbtcoach.coach.phrases import Phrase, Vocabulary
from dbtcoach.coach.rules import ROLES, Conditions, Danger, Praise, Role, Rule, Ruled, Rules
from dbtcoach.coach.wording import SLOTS, slots
from dbtcoach.script.fields import Fields, table_of, text_of, texts_of
from dbtcoach.script.nodes import Items, Node, Scalar, Table, read, shown
from dbtcoach.script.problems import Mark, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    Files = Iterable[tuple[str, bytes]]  # by name

MOST_WORDS = 20  # in a message to somebody who is shaking

Written = list[tuple[int, str]]  # the lines of one phrase: which line of its block each is, and its text


def load(files: Files, own: Files | None = None, second: bytes | None = None) -> Rules:
    """Return the rules of some files, each given by name and content; the order does not matter.

    ``name.txt`` is the word list ``name``; anything else is a rule file. Raises ScriptError with every
    problem as ``file:line:col: message``. With ``own`` (a therapist's files, or none), only these are
    checked to the last word; of ``files`` the phrases are then trusted and read when a text needs them,
    which halves the time to the first answer. ``second`` is the file of the second reader.
    """
    shipped = list(files)
    trusted = set() if own is None else {name for name, _content in shipped}
    rules = _Loader(trusted).load([*shipped, *(own or ())])
    return rules if second is None else replace(rules, second=second_reader.read(second))


class _Loader:
    def __init__(self, trusted: set[str]) -> None:
        self.problems = Problems()
        self.lists = Lists(self.problems)
        self.vocabulary = Vocabulary(self.lists)
        self.ids: set[str] = set()
        self.ruled: list[Ruled] = []
        self.trusted = trusted  # names of files whose phrases need no check
        self.lines: dict[str, list[str]] = {}  # of the other rule files, for places in them

    def load(self, files: list[tuple[str, bytes]]) -> Rules:
        first = (SPELLING, IRREGULAR)  # the others are read by these
        texts = [(name, content) for name, content in files if name.endswith(".txt")]
        for name, content in sorted(texts, key=lambda file: PurePath(file[0]).stem not in first):
            self.lists.read_file(name, content)
        found = [self._fields(name, content) for name, content in files if not name.endswith(".txt")]
        for step in (self._own_lists, self._own_parts, self._entries):
            for fields in filter(None, found):
                step(fields)
        self.problems.raise_if_any()
        phrases = (text for one in self.ruled for role in one.when.texts.values() for text in role)
        return Rules(
            rules=tuple(one for one in self.ruled if isinstance(one, Rule)),
            dangers=tuple(one for one in self.ruled if isinstance(one, Danger)),
            praises=tuple(one for one in self.ruled if isinstance(one, Praise)),
            spelling=self.lists.as_spelling(phrases),
            lexicon=self.lists.lexicon,
            irregular=self.lists.irregular,
        )

    def _fields(self, name: str, content: bytes) -> Fields | None:
        root = read(content, name, self.problems)
        fields = table_of(root, self.problems) if root is not None else None
        if fields is None:
            return None
        form = fields.number("format", 0, 1, 1)
        if form != 1 and fields.node("format") is None:
            self.problems.add(fields.mark, "'format' is missing; write 'format: 1'")
        fields.text("about")
        if name not in self.trusted:
            self.lines[name] = content.decode().split("\n")
        return fields

    def _own_lists(self, fields: Fields) -> None:
        for key, node in self._pairs(fields.node("lists")):
            self.lists.read(key.text, key.mark, text_of(node, self.problems))

    def _own_parts(self, fields: Fields) -> None:
        for key, node in self._pairs(fields.node("parts")):
            if key.text in self._names():
                self.problems.add(key.mark, f"the name '{shown(key.text)}' is taken")
                continue
            texts = self._phrases(node)
            if any(items_of(text)[:1] in (["^"], [","]) or text.endswith("$") for text in texts):
                self.problems.add(node.mark, "a part cannot be tied to the start or end of a sentence")
            elif texts:
                self.vocabulary.named[key.text] = "|".join(texts)
            else:
                self.problems.add(node.mark, "a part needs a phrase")

    def _pairs(self, node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
        """Return the names of a table, each with what stands under it; note anything else as a problem."""
        if isinstance(node, Table):
            return node.pairs
        if node is not None:
            self.problems.add(node.mark, "expected names, each with its words")
        return ()

    def _entries(self, fields: Fields) -> None:
        kinds = (("rules", self._rule), ("danger", self._danger), ("praise", self._praise))
        for key, read_one in kinds:
            for node in fields.items(key):
                one = table_of(node, self.problems)
                if one is not None:
                    self.ruled.append(read_one(one))
                    one.close()
        fields.close()

    def _rule(self, fields: Fields) -> Rule:
        patterns = texts_of(fields.node("pattern", required=True), self.problems)
        for name in sorted({name for pattern in patterns for name in slots(pattern)} - set(SLOTS)):
            mark = fields.mark_of("pattern")
            self.problems.add(mark, f"no slot is called '{shown(name)}'{nearest(name, SLOTS)}")
        fields.node("label", required=True)
        level = fields.word("level", LEVELS, "suggestion")
        return Rule(
            id=self._id(fields),
            label=fields.word("label", LABELS),
            level="warning" if level == "warning" else "suggestion",
            kinds=self._kinds(fields),
            rank=fields.number("rank", 50, 0, 100),
            when=self._conditions(fields),
            reason=self._sentence(fields, "reason"),
            patterns=patterns,
            fails=self._samples(fields, "fails"),
            passes=self._samples(fields, "passes"),
            alone=fields.flag("alone"),
            missing=fields.flag("missing"),
        )

    def _danger(self, fields: Fields) -> Danger:
        identity = self._id(fields)
        fields.node("safety", required=True)
        word = fields.word("safety", SAFETY, "soft")
        return Danger(
            id=identity,
            safety=next(known for known in SAFETY if known == word),
            kinds=self._kinds(fields) if fields.node("kinds") is not None else KINDS,
            when=self._conditions(fields),
            fails=self._samples(fields, "fails"),
            passes=self._samples(fields, "passes"),
            unsure=fields.flag("unsure"),
            calms=fields.flag("calms"),
        )

    def _praise(self, fields: Fields) -> Praise:
        return Praise(
            id=self._id(fields),
            kinds=self._kinds(fields),
            when=self._conditions(fields),
            says=self._sentence(fields, "says"),
            fails=self._samples(fields, "fails"),
            passes=self._samples(fields, "passes"),
        )

    def _id(self, fields: Fields) -> str:
        identity = fields.text("id", required=True)
        if identity in self.ids:
            self.problems.add(fields.mark_of("id"), f"'{shown(identity)}' is the id of another rule")
        self.ids.add(identity)
        return identity

    def _kinds(self, fields: Fields) -> tuple[Kind, ...]:
        node = fields.node("kinds", required=True)
        wanted = texts_of(node, self.problems)
        nodes = node.nodes if isinstance(node, Items) else (node,)
        for text, at in zip(wanted, nodes, strict=False):
            if text not in KINDS and at is not None:
                self.problems.add(at.mark, f"unknown kind '{shown(text)}'{nearest(text, KINDS)}")
        return tuple(kind for kind in KINDS if kind in wanted)

    def _conditions(self, fields: Fields) -> Conditions:
        texts: dict[Role, tuple[str, ...]] = {}
        for role in ROLES:
            node = fields.node(role, required=role == "phrases")
            if node is not None:
                texts[role] = self._phrases(node)
        if texts.get("phrases") == ():
            self.problems.add(fields.mark_of("phrases"), "a rule needs a phrase")
        if fields.flag("whole"):  # the whole text counts as one sentence
            texts["needs_anywhere"] = (*texts.pop("needs", ()), *texts.get("needs_anywhere", ()))
            texts["unless_anywhere"] = (*texts.pop("unless", ()), *texts.get("unless_anywhere", ()))
        asked = {role: phrases for role, phrases in texts.items() if phrases}
        return Conditions(asked, self.vocabulary, fields.number("at_least", 1, 1, 20))

    def _phrases(self, node: Node) -> tuple[str, ...]:
        """Read a block of text with a phrase a line, or on several lines when the later ones are indented."""
        written = _written(text_of(node, self.problems))
        texts = tuple(" ".join(text for _number, text in lines) for lines in written)
        file = self.lines.get(node.mark.file)
        for text, lines in zip(texts, written, strict=True) if file else ():
            wrong = wrong_in(text, self._unknown)
            if wrong is None and not Phrase(text, self.vocabulary).body.keys:
                wrong = (0, "a phrase needs at least one word that must be there")
            if wrong is not None:
                self.problems.add(_place(file or [], node.mark, lines, wrong[0]), wrong[1])
        return texts

    def _names(self) -> list[str]:
        return sorted({*self.lists.names, *self.vocabulary.named, *SHOWN})

    def _unknown(self, name: str) -> str:
        """Return what is wrong with the name of a list or part in a phrase, or nothing."""
        known = self._names()
        if name in known:
            return ""
        return f"no list or part is called '{name}'{self.problems.nearest(name, known)}"

    def _sentence(self, fields: Fields, key: str) -> str:
        text = fields.text(key, required=True)
        if len(text.split()) > MOST_WORDS:
            self.problems.add(fields.mark_of(key), f"'{key}' is longer than {MOST_WORDS} words")
        return text

    def _samples(self, fields: Fields, key: str) -> tuple[str, ...]:
        return texts_of(fields.node(key, required=True), self.problems)


def _written(block: str) -> list[Written]:
    """Return the phrases of a block: one a line, and an indented line carries on the one above."""
    found: list[Written] = []
    for number, line in enumerate(block.split("\n")):
        text = line.partition("#")[0].strip()
        if text and line[0] == " " and found:
            found[-1].append((number, text))
        elif text:
            found.append([(number, text)])
    return found


def _place(file: list[str], mark: Mark, lines: Written, at: int) -> Mark:
    """Return where a phrase is wrong: the parser marks a block of text where its ``|`` is, a line above."""
    for number, text in lines:
        if at <= len(text) or (number, text) == lines[-1]:
            for line in (mark.line + 1 + number, mark.line + number):
                if line <= len(file) and text in file[line - 1]:
                    return Mark(mark.file, line, file[line - 1].index(text) + at + 1)
        at -= len(text) + 1
    return mark

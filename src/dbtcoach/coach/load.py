"""Rule files and word lists become Rules: everything that is wrong with them is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from dbtcoach.coach import lists as word_lists
from dbtcoach.coach.blocks import Source, joined, lifted, pairs, place, quickly, written
from dbtcoach.coach.lists import Lists
from dbtcoach.coach.model import KINDS, LABELS, LEVELS, SAFETY, Kind
from dbtcoach.coach.phrasebook import Phrases
from dbtcoach.coach.phrases import PhraseError, Vocabulary
from dbtcoach.coach.quiet import uncollected
from dbtcoach.coach.rules import ROLES, Conditions, Danger, Praise, Rule, Ruled, Rules, Samples
from dbtcoach.coach.wording import SLOTS, slots
from dbtcoach.coach.words import Spelling
from dbtcoach.script.fields import Fields, table_of, text_of, texts_of
from dbtcoach.script.nodes import Items, Node, read, shown
from dbtcoach.script.problems import Mark, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[a-z]+")
MOST_WORDS = 20  # in a message to somebody who is shaking


def load(files: Iterable[tuple[str, bytes]], own: Iterable[tuple[str, bytes]] | None = None) -> Rules:
    """Return the rules of some files, each given by name and content; the order does not matter.

    ``name.txt`` is the word list ``name``; anything else is a rule file. Raises ScriptError with every
    problem as ``file:line:col: message``. With ``own`` (a therapist's files, or none), only these are
    checked to the last word; of ``files`` the phrases are then trusted and read when a text needs them,
    which halves the time to the first answer.
    """
    shipped = list(files)
    trusted = set() if own is None else {name for name, _content in shipped}
    with uncollected():
        return _Loader().load([*shipped, *(own or ())], trusted)


@dataclass(slots=True)
class _Loader:
    problems: Problems = field(default_factory=Problems)
    lists: Lists = field(init=False)
    ids: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    dangers: list[Danger] = field(default_factory=list)
    praises: list[Praise] = field(default_factory=list)
    vocabulary: Vocabulary = field(init=False)
    trusted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lists = Lists(self.problems)
        self.vocabulary = Vocabulary(
            self.lists.spelling, self.lists.plain, self.lists.forms, self.lists.named, self.lists.keys
        )

    def load(self, files: list[tuple[str, bytes]], trusted: set[str]) -> Rules:
        self.trusted = trusted
        self._word_lists([(name, content) for name, content in files if name.endswith(".txt")])
        sources = [self._source(name, content) for name, content in files if not name.endswith(".txt")]
        read_in = [source for source in sources if source is not None]
        for source in read_in:
            self._own_lists(source)
        for source in read_in:
            self._own_parts(source)
        for source in read_in:
            self._entries(source)
        self.problems.raise_if_any()
        lists = self.lists
        known = frozenset(word for words in lists.words.values() for word in words)
        ruled: list[Ruled] = [*self.rules, *self.dangers, *self.praises]

        @cache
        def words() -> frozenset[str]:
            texts = (text for one in ruled for book in one.when.by_role.values() for text in book.texts)
            return known.union(lists.spelling, *(_WORD.findall(text.lower()) for text in texts))

        return Rules(
            rules=tuple(self.rules),
            dangers=tuple(self.dangers),
            praises=tuple(self.praises),
            spelling=Spelling(
                {slip: (word,) for slip, word in lists.slips.items() if slip not in known} | lists.spelling,
                words,
                frozenset(lists.words.get(word_lists.AFTER_YOU_ARE, frozenset())),
            ),
            lexicon=lists.lexicon(lists.words),
            irregular=lists.irregular,
        )

    def _word_lists(self, files: list[tuple[str, bytes]]) -> None:
        texts = {}
        for name, content in files:
            if len(content) > word_lists.MAX_BYTES:
                self.problems.add(
                    Mark(name, 1, 1), f"the file is larger than {word_lists.MAX_BYTES // 1024} kB"
                )
                continue
            try:
                texts[name] = content.decode().replace("\r\n", "\n")
            except UnicodeDecodeError:
                self.problems.add(Mark(name, 1, 1), "this is not UTF-8 text")
        first = (word_lists.SPELLING, word_lists.IRREGULAR)
        for name, text in sorted(texts.items(), key=lambda item: _stem(item[0]) not in first):
            match _stem(name):
                case word_lists.SPELLING:
                    self.lists.read_spelling(name, text)
                case word_lists.IRREGULAR:
                    self.lists.read_irregular(name, text)
                case stem:
                    self.lists.read(stem, Mark(name, 1, 1), text)

    def _source(self, name: str, content: bytes) -> Source | None:
        blocks: dict[str, str] = {}
        if name in self.trusted:
            text, blocks = lifted(content.decode())
            content = text.encode()
        root = read(content, name, self.problems)
        fields = table_of(root, self.problems) if root is not None else None
        if fields is None:
            return None
        form = fields.number("format", 0, 1, 1)
        if form != 1 and fields.node("format") is None:
            self.problems.add(fields.mark, "'format' is missing; write 'format: 1'")
        fields.text("about")
        return Source(name, content.decode().split("\n"), fields, blocks)

    def _own_lists(self, source: Source) -> None:
        for key, node in pairs(source.fields.node("lists"), self.problems):
            self.lists.read(key.text, key.mark, text_of(node, self.problems))

    def _own_parts(self, source: Source) -> None:
        for key, node in pairs(source.fields.node("parts"), self.problems):
            name = key.text
            if name in self.lists.parts or name in self.lists.words or name in word_lists.SHOWN:
                self.problems.add(key.mark, f"the name '{shown(name)}' is taken")
                continue
            faults = len(self.problems.found)
            phrases = self._phrases(source, node)
            if len(phrases.texts) != 1:
                self.problems.add(node.mark, "a part is one phrase; put choices in brackets: (a|b)")
            elif len(self.problems.found) == faults:
                self.lists.parts[name] = phrases

    def _entries(self, source: Source) -> None:
        fields = source.fields
        for node in fields.items("rules"):
            self._rule(source, node)
        for node in fields.items("danger"):
            self._danger(source, node)
        for node in fields.items("praise"):
            self._praise(source, node)
        fields.close()

    def _rule(self, source: Source, node: Node) -> None:
        fields = table_of(node, self.problems)
        if fields is None:
            return
        patterns = texts_of(fields.node("pattern", required=True), self.problems)
        known = (*SLOTS, *self.lists.words)
        for name in sorted({name for pattern in patterns for name in slots(pattern)} - set(known)):
            mark = fields.mark_of("pattern")
            self.problems.add(mark, f"no slot or list is called '{shown(name)}'{nearest(name, known)}")
        label = fields.word("label", LABELS)
        if not label and fields.table.get("label") is None:
            self.problems.add(fields.mark, "'label' is missing")
        level = fields.word("level", LEVELS, "suggestion")
        rule = Rule(
            id=self._id(fields),
            label=label,
            level="warning" if level == "warning" else "suggestion",
            kinds=self._kinds(fields),
            rank=fields.number("rank", 50, 0, 100),
            when=self._conditions(source, fields),
            reason=self._sentence(fields, "reason"),
            patterns=patterns,
            samples=self._samples(fields),
            alone=fields.flag("alone"),
            missing=fields.flag("missing"),
        )
        fields.close()
        self.rules.append(rule)

    def _danger(self, source: Source, node: Node) -> None:
        fields = table_of(node, self.problems)
        if fields is None:
            return
        identity = self._id(fields)
        word = fields.word("safety", SAFETY)
        safety = next((known for known in SAFETY if known == word), None)
        if safety is None:
            if fields.table.get("safety") is None:
                self.problems.add(fields.mark, "'safety' is missing")
            safety = "soft"
        danger = Danger(
            identity,
            safety,
            self._conditions(source, fields),
            self._samples(fields),
            unsure=fields.flag("unsure"),
        )
        fields.close()
        self.dangers.append(danger)

    def _praise(self, source: Source, node: Node) -> None:
        fields = table_of(node, self.problems)
        if fields is None:
            return
        praise = Praise(
            id=self._id(fields),
            kinds=self._kinds(fields),
            when=self._conditions(source, fields),
            says=self._sentence(fields, "says"),
            samples=self._samples(fields),
        )
        fields.close()
        self.praises.append(praise)

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

    def _conditions(self, source: Source, fields: Fields) -> Conditions:
        nodes = {role: fields.node(role, required=role == "phrases") for role in ROLES}
        phrases = {role: self._phrases(source, node) for role, node in nodes.items() if node is not None}
        if "phrases" in phrases and not phrases["phrases"].texts:
            self.problems.add(fields.mark_of("phrases"), "a rule needs a phrase")
        return Conditions(
            phrases,
            at_least=fields.number("at_least", 1, 1, 20),
            whole=fields.flag("whole"),
        )

    def _phrases(self, source: Source, node: Node) -> Phrases:
        """Read a block of text with a phrase a line, or on several lines when the later ones are indented."""
        block = text_of(node, self.problems)
        if source.name in self.trusted:
            return Phrases(quickly(source.blocks.get(block, block)), self.vocabulary)
        in_block = written(block)
        phrases = Phrases([joined(pieces) for pieces in in_block], self.vocabulary)
        for number, pieces in enumerate(in_block):
            try:
                phrases.phrase(number)
            except PhraseError as error:
                self.problems.add(place(source, node.mark, pieces, error.at), str(error))
        return phrases

    def _sentence(self, fields: Fields, key: str) -> str:
        text = fields.text(key, required=True)
        if len(text.split()) > MOST_WORDS:
            self.problems.add(fields.mark_of(key), f"'{key}' is longer than {MOST_WORDS} words")
        return text

    def _samples(self, fields: Fields) -> Samples:
        return Samples(
            texts_of(fields.node("fails", required=True), self.problems),
            texts_of(fields.node("passes", required=True), self.problems),
        )


def _stem(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].removesuffix(".txt")

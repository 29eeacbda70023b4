"""The language that rules are written in, and how a phrase of it finds itself in a sentence.

``you (always|never) ~forget [about] ...2 <kin>`` reads: the word "you", one of two words, any form of
"forget", "about" or nothing, up to two words of the same clause, a word or name from the list "kin".
``,...2`` is a gap that may run on into the next clause. ``^`` in front ties a phrase to the start of a
sentence, ``,`` to the start of a clause, ``$`` behind it to the end of a sentence.

A phrase is cut into items, and an item becomes a part when a sentence first holds the words that it cannot do
without: of thousands of phrases few are ever read for one text. Equal items of all phrases are one part.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dbtcoach.coach.grammar import MAX_LENGTH, is_flat, items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dbtcoach.coach.places import Places

NONE: frozenset[str] = frozenset()
Where = list[tuple[int, int]]  # how many words stand somewhere, and at which places

# Words that most sentences hold: a phrase that needs one of these and a rarer one goes by the rarer.
COMMON = frozenset(
    "a about all am an and any are as at be because been but by can could did do does for from get go got "  # noqa: SIM905 - read at a glance
    "had has have he her him his how i if in is it just know like me more my never no not of on one or our "
    "out over she should so that the their them then they this to up us want was we were what when who will "
    "with would you your".split()
)
COMMONEST = frozenset(
    {"a", "and", "i", "it", "me", "my", "the", "to", "you"}
)  # half of all sentences hold one


class Part(Protocol):
    """A piece of a phrase. Places are bits of a number, as ``Places`` has them."""

    @property
    def optional(self) -> bool:
        """Whether it may be no word at all."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """Words, pairs of words and names of which each hit of it holds one; none when it may do without."""
        ...

    def heads(self, places: Places) -> int:
        """Return where its first word may stand."""
        ...

    def after(self, starts: int, places: Places) -> int:
        """Return where it may end when it begins at one of some places."""
        ...


class Vocabulary(Protocol):
    """What a phrase may refer to; ``parts`` are phrases with a name, ``read`` are the parts made so far."""

    parts: dict[str, str]
    read: dict[str, Part]

    def rows(self, body: str) -> Sequence[Sequence[str]]:
        """Return the evened-out words of each choice of a bracket that holds nothing but words."""
        ...

    def forms(self, verb: str) -> tuple[str, ...]:
        """Return every form of a verb."""
        ...


class Words:
    """One of some words, or of some rows of words."""

    optional = False

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self.keys = frozenset([row[0] if len(row) == 1 else f"{row[0]} {row[1]}" for row in rows])

    @cached_property
    def _by_key(self) -> dict[str, list[Sequence[str]]]:
        found: dict[str, list[Sequence[str]]] = {}
        for row in self._rows:
            found.setdefault(" ".join(row[:2]), []).append(row)
        return found

    def where(self, places: Places) -> Where:
        """Return where it stands."""
        found: Where | None = places.memory.get(self)
        if found is None:
            found = places.memory[self] = list(self._where(places))
        return found

    def _where(self, places: Places) -> Iterator[tuple[int, int]]:
        at = places.at
        for key in self.keys & places.words:
            for row in self._by_key[key]:
                where = at[key]
                for shift in range(2, len(row)):
                    where &= at.get(row[shift], 0) >> shift
                if where:
                    yield len(row), where

    def heads(self, places: Places) -> int:
        """Return where it stands."""
        heads = 0
        for _size, where in self.where(places):
            heads |= where
        return heads

    def after(self, starts: int, places: Places) -> int:
        """Return where it may end."""
        found = 0
        for size, where in self.where(places):
            found |= (starts & where) << size
        return found


class Named(Words):
    """A word, or several, that belong to a list; or a word whose spelling shows something."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys = frozenset((name,))

    def _where(self, places: Places) -> Iterator[tuple[int, int]]:
        if self.name in places.at:
            yield 1, places.at[self.name]
        yield from places.longer.get(self.name, ())


class Gap:
    """Up to so many words that open no clause, or with ``wide`` any words."""

    optional = True
    keys = NONE

    def __init__(self, most: int, *, wide: bool) -> None:
        self.most = most
        self.wide = wide

    def heads(self, _places: Places) -> int:
        """Return nowhere: no phrase begins in a gap."""
        return 0

    def after(self, starts: int, places: Places) -> int:
        """Return where it may end."""
        free = places.all if self.wide else places.inner
        found = starts
        for _ in range(self.most):
            starts = (starts & free) << 1
            if not starts:
                break
            found |= starts
        return found


class Maybe:
    """A part, or nothing."""

    optional = True
    keys = NONE

    def __init__(self, part: Part) -> None:
        self.part = part
        self.heads = part.heads

    def after(self, starts: int, places: Places) -> int:
        """Return where it may end."""
        return starts | self.part.after(starts, places)


class Chain:
    """One item after the other."""

    def __init__(self, items: Sequence[str], vocabulary: Vocabulary) -> None:
        self.items = items
        self.vocabulary = vocabulary
        self._needed: list[frozenset[str]] = []

    @cached_property
    def parts(self) -> list[Part]:
        """The items as parts."""
        return [part_of(item, self.vocabulary) for item in self.items]

    @cached_property
    def optional(self) -> bool:
        """Whether it may be no word at all."""
        return all(part.optional for part in self.parts)

    @cached_property
    def _leading(self) -> list[Part]:
        """The parts that it may begin with."""
        must = next((at for at, part in enumerate(self.parts) if not part.optional), len(self.parts))
        return self.parts[: must + 1]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of that item which the fewest sentences will hold; those that are quick to read first."""
        best, least = NONE, MAX_LENGTH
        for item in self._unread[::-1]:
            if best and not is_flat(item):
                break
            keys = part_of(item, self.vocabulary).keys
            common = len(keys & COMMON) + 4 * len(keys & COMMONEST) + ("<" in item)
            if keys and common < least:
                best, least = keys, common
                if not common:
                    break
        return best

    @cached_property
    def _unread(self) -> list[str]:
        """The items that must be there, those that are quick to read last."""
        must = [item for item in self.items if item[0] not in "[.,"]
        must.sort(key=len, reverse=True)
        return [item for item in must if not is_flat(item)] + [item for item in must if is_flat(item)]

    def possible(self, places: Places) -> bool:
        """Return whether the words of a sentence let it stand there."""
        words = places.words
        for keys in self._needed:
            if keys.isdisjoint(words):
                return False
        while self._unread:
            keys = part_of(self._unread.pop(), self.vocabulary).keys
            if keys:
                self._needed.insert(0, keys)
                if keys.isdisjoint(words):
                    return False
        return True

    def heads(self, places: Places) -> int:
        """Return where its first word may stand."""
        heads = 0
        for part in self._leading:
            heads |= part.heads(places)
        return heads

    def after(self, starts: int, places: Places) -> int:
        """Return where it may end."""
        for part in self.parts:
            starts = part.after(starts, places)
            if not starts:
                break
        return starts


class Choice:
    """One of several chains; those that are plain words are one part."""

    def __init__(self, items: Sequence[str], vocabulary: Vocabulary) -> None:
        chains = [Chain(option, vocabulary) for option in _options(items)]
        words = [" ".join(chain.items) for chain in chains if all(item[0].isalnum() for item in chain.items)]
        self.words = Words(vocabulary.rows("|".join(words))) if words else None
        self.chains = [chain for chain in chains if not all(item[0].isalnum() for item in chain.items)]

    @cached_property
    def optional(self) -> bool:
        """Whether it may be no word at all."""
        return any(chain.optional for chain in self.chains)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all options, if each has some."""
        each = [chain.keys for chain in self.chains]
        words = self.words.keys if self.words else NONE
        return words.union(*each) if all(each) else NONE

    def possible(self, places: Places) -> list[Part]:
        """Return the options that the words of a sentence let stand there."""
        found: list[Part] | None = places.memory.get(self)
        if found is None:
            found = [chain for chain in self.chains if chain.possible(places)]
            if self.words and self.words.where(places):
                found.append(self.words)
            places.memory[self] = found
        return found

    def heads(self, places: Places) -> int:
        """Return where the first word of an option may stand."""
        heads = 0
        for option in self.possible(places):
            heads |= option.heads(places)
        return heads

    def after(self, starts: int, places: Places) -> int:
        """Return where an option may end."""
        found = 0
        for option in self.possible(places):
            found |= option.after(starts, places)
        return found


def part_of(item: str, vocabulary: Vocabulary) -> Part:
    """Return the part that an item stands for."""
    part = vocabulary.read.get(item)
    if part is None:
        part = vocabulary.read[item] = _part(item, vocabulary)
    return part


def _part(item: str, vocabulary: Vocabulary) -> Part:
    inner, name = item[1:-1], vocabulary.parts.get(item[1:-1])
    match item[0]:
        case "." | ",":
            return Gap(int(item.rpartition(".")[2]), wide=item[0] == ",")
        case "~":
            return Words([(form,) for form in vocabulary.forms(item[1:].lower())])
        case "<":
            return Named(item) if name is None else _body(items_of(name), vocabulary)
        case "(" | "[":
            flat = is_flat(item)
            part = Words(vocabulary.rows(inner)) if flat else _body(items_of(inner), vocabulary)
            return part if item[0] == "(" else Maybe(part)
        case _:
            return Words(vocabulary.rows(item))


def _body(items: Sequence[str], vocabulary: Vocabulary) -> Part:
    if "|" in items:
        return Choice(items, vocabulary)
    return part_of(items[0], vocabulary) if len(items) == 1 else Chain(items, vocabulary)


def _options(items: Sequence[str]) -> list[list[str]]:
    options: list[list[str]] = [[]]
    for item in items:
        if item == "|":
            options.append([])
        else:
            options[-1].append(item)
    return options


class Phrase:
    """One phrase of a rule; ``off`` takes it away, to see what it is needed for."""

    __slots__ = ("_body", "_closes", "_leads", "off", "text")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.off = False
        items = items_of(text)
        self._leads = items[0] if items[0] in ("^", ",") else ""
        self._closes = items[-1] == "$"
        items = items[bool(self._leads) : len(items) - self._closes]
        self._body = Choice(items, vocabulary) if "|" in items else Chain(items, vocabulary)

    @property
    def keys(self) -> frozenset[str]:
        """Words, pairs of words and names of which each hit holds one; none when it may do without."""
        return self._body.keys

    def stands(self, places: Places) -> bool:
        """Return whether it stands in a sentence."""
        return self._may_stand(places) and self._ends(self._starts(places), places) != 0

    def hits(self, places: Places) -> Iterator[tuple[int, int]]:
        """Yield where it begins, with the last token of the longest hit there, from left to right."""
        some = [self._starts(places)] if self._may_stand(places) else []
        while some:
            starts = some.pop()
            ends = self._ends(starts, places)
            if not ends:
                continue
            if starts & (starts - 1) == 0:
                yield starts.bit_length() - 1, ends.bit_length() - 2
            else:  # each half by itself: a few steps lead to each start that has a hit
                lowest = (starts & -starts).bit_length()
                left = (1 << (lowest + starts.bit_length()) // 2) - 1
                some += (starts & ~left, starts & left)

    def _may_stand(self, places: Places) -> bool:
        return not self.off and bool(self._body.possible(places))

    def _starts(self, places: Places) -> int:
        allowed = {"": places.all, "^": 1, ",": places.opens}[self._leads]
        return self._body.heads(places) & allowed

    def _ends(self, starts: int, places: Places) -> int:
        ends = self._body.after(starts, places)
        return ends & (places.all + 1) if self._closes else ends

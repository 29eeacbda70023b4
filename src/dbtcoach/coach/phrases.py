"""How a phrase finds itself in a sentence.

``you (always|never) ~forget [about] ...2 <kin>`` reads: the word "you", one of two words, any form of
"forget", "about" or nothing, up to two words of the same clause, a word or name from the list "kin".
``,...2`` is a gap that may run on into the next clause. ``^`` in front ties a phrase to the start of a
sentence, ``,`` to the start of a clause, ``$`` behind it to the end of a sentence.

A phrase is cut into items, and an item becomes a part when a sentence first holds the words that it cannot do
without: of thousands of phrases few are ever read for one text. Equal items of all phrases are one part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dbtcoach.coach.grammar import MAX_LENGTH, is_flat, items_of
from dbtcoach.coach.parts import Gap, Maybe, Named, Part, Words
from dbtcoach.coach.words import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dbtcoach.coach.lists import Lists
    from dbtcoach.coach.places import Places

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


@dataclass(slots=True)
class Vocabulary:
    """What a phrase may refer to: the lists, the phrases with a name, and the parts that were read so far."""

    lists: Lists
    named: dict[str, str] = field(default_factory=dict)
    read: dict[str, Part] = field(default_factory=dict)

    def part(self, item: str) -> Part:
        """Return the part that an item stands for."""
        part = self.read.get(item)
        if part is None:
            part = self.read[item] = self._part(item)
        return part

    def _part(self, item: str) -> Part:
        inner = item[1:-1]
        match item[0]:
            case "." | ",":
                return Gap(int(item.rpartition(".")[2]), wide=item[0] == ",")
            case "~":
                return Words([(form,) for form in self.lists.forms(item[1:].lower())])
            case "<":
                return self.body(items_of(self.named[inner])) if inner in self.named else Named(item)
            case "(" | "[":
                part = Words(self.lists.rows(inner)) if is_flat(item) else self.body(items_of(inner))
                return part if item[0] == "(" else Maybe(part)
            case _:
                return Words(self.lists.rows(item))

    def body(self, items: Sequence[str]) -> Part:
        """Return what some items are together."""
        if "|" in items:
            return Choice(items, self)
        return self.part(items[0]) if len(items) == 1 else Chain(items, self)


class Chain(Part):
    """One item after the other."""

    def __init__(self, items: Sequence[str], vocabulary: Vocabulary) -> None:
        self.items = items
        self._vocabulary = vocabulary
        self._needed: list[frozenset[str]] = []

    @cached_property
    def parts(self) -> list[Part]:
        """The items as parts."""
        return [self._vocabulary.part(item) for item in self.items]

    @cached_property
    def keys(self) -> frozenset[str]:  # type: ignore[override] # the same
        """The keys of that item which the fewest sentences will hold; those that are quick to read first."""
        best, least = NONE, MAX_LENGTH
        for item in self._unread[::-1]:
            if best and not is_flat(item):
                break
            keys = self._vocabulary.part(item).keys
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
        words = places.words
        for keys in self._needed:
            if keys.isdisjoint(words):
                return False
        while self._unread:
            keys = self._vocabulary.part(self._unread.pop()).keys
            if keys:
                self._needed.insert(0, keys)
                if keys.isdisjoint(words):
                    return False
        return True

    def heads(self, places: Places) -> int:
        heads = 0
        for part in self.parts:
            heads |= part.heads(places)
            if part.keys:
                break
        return heads

    def after(self, starts: int, places: Places) -> int:
        for part in self.parts:
            starts = part.after(starts, places)
            if not starts:
                break
        return starts


class Choice(Part):
    """One of several chains; those that are plain words are one part."""

    def __init__(self, items: Sequence[str], vocabulary: Vocabulary) -> None:
        options: list[list[str]] = [[]]
        for item in items:
            if item == "|":
                options.append([])
            else:
                options[-1].append(item)
        words = [option for option in options if all(item[0].isalnum() for item in option)]
        self._options = [vocabulary.body(option) for option in options if option not in words]
        if words:
            self._options.append(Words(vocabulary.lists.rows("|".join(map(" ".join, words)))))

    @cached_property
    def keys(self) -> frozenset[str]:  # type: ignore[override] # the same
        each = [option.keys for option in self._options]
        return NONE.union(*each) if all(each) else NONE

    def _possible(self, places: Places) -> list[Part]:
        found: list[Part] | None = places.memory.get(self)
        if found is None:
            found = places.memory[self] = [one for one in self._options if one.possible(places)]
        return found

    def possible(self, places: Places) -> bool:
        return bool(self._possible(places))

    def heads(self, places: Places) -> int:
        heads = 0
        for option in self._possible(places):
            heads |= option.heads(places)
        return heads

    def after(self, starts: int, places: Places) -> int:
        found = 0
        for option in self._possible(places):
            found |= option.after(starts, places)
        return found


class Phrase:
    """One phrase of a rule."""

    __slots__ = ("_closes", "_leads", "body", "text")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        items = items_of(text)
        self._leads = items[0] if items[0] in ("^", ",") else ""
        self._closes = items[-1] == "$"
        items = items[bool(self._leads) : len(items) - self._closes]
        self.body: Part = Choice(items, vocabulary) if "|" in items else Chain(items, vocabulary)

    def stands(self, places: Places) -> bool:
        """Return whether it stands in a sentence."""
        if not self.body.possible(places):
            return False
        return self._ends(self._starts(places), places) != 0

    def hits(self, places: Places) -> Iterator[tuple[int, int, Phrase]]:
        """Yield where it begins, the last token of the longest hit there, and itself; from left to right."""
        some = [self._starts(places)] if self.body.possible(places) else []
        while some:
            starts = some.pop()
            ends = self._ends(starts, places)
            if not ends:
                continue
            if starts & (starts - 1) == 0:
                yield starts.bit_length() - 1, ends.bit_length() - 2, self
            else:  # each half by itself: a few steps lead to each start that has a hit
                lowest = (starts & -starts).bit_length()
                left = (1 << (lowest + starts.bit_length()) // 2) - 1
                some += (starts & ~left, starts & left)

    def _starts(self, places: Places) -> int:
        allowed = {"": places.all, "^": 1, ",": places.opens}[self._leads]
        return self.body.heads(places) & allowed

    def _ends(self, starts: int, places: Places) -> int:
        ends = self.body.after(starts, places)
        return ends & (places.all + 1) if self._closes else ends

"""Somebody's words in a sentence: the joint reads right, whatever they typed.

They are asked how it felt, and write "hurt", "Hurt.", "I feel hurt" or "because you left"; and all of it is
said to another person later. What they say again is said once, and where they begin a sentence of their own,
ours gives way to theirs.
"""

from __future__ import annotations

import re

from dbtcoach.frozen import Frozen

GAP = "${}"  # where the words go
_CLOSING = "”\"’'»)"
_NAMED = re.compile(r":\w+:$")  # an emoji by its name: the colon belongs to it
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SELF = _set("i i'm im i've ive i'd i'll ill")
_I = re.compile(r"^i(?![^\W_])")
_FEEL = _set("feel felt feeling feels")
_BECAUSE = _set("because cause cos coz cuz bc")
_VERBS = _set("was am got get became become had have wanted want needed need thought think")
# What begins a sentence of its own, or none at all: nothing of ours can stand before it.
_APART = _set("because were when whenever if since that's it's its it there what why how")
_OTHERS = _set("i i'm im i've he he's she she's we we're they they're it it's you you're nobody")
# What leads up to words and says nothing of its own, behind our beginning; and a mark before an item.
_LEADING = re.compile(
    r"(?:(?:[-–—•*]+ |\.\.+|…|,)\s*|(?:and|but) (?=\w)|(?:um+|uh+|erm?|well|so|oh|ok|okay|yeah)"
    r"(?:,\s*|\s+(?=i\b)))+",
    re.IGNORECASE,
)
# Behind a name, as in "Anna didn't".
_DOES = _set("did didn't does doesn't had has hadn't is isn't left never said was wasn't would")
# Written large at the beginning of a line; anything else that is may be somebody's name.
_SMALL = _set(
    "a about after all alone also always an and angry anxious are as ashamed at bad because being but by "
    "everyone everything can could did do does don't feel feeling felt for from good got had has have he "
    "he's her his how hurt if in is it it's "
    "its just let like lonely maybe me most my never no nobody not nothing of on one or our please really "
    "sad scared she she's since so some somebody someone something sometimes still than that that's the "
    "their them there they they're this to today tomorrow too tonight upset very was we we're were what "
    "when where which who why with would you you're your"
)


class Sentence(Frozen):
    """What stands before and behind somebody's words."""

    before: str
    after: str = ""


def sentence_of(text: str) -> Sentence | None:
    """Return a text with a gap in it as a sentence; None when there is none."""
    before, gap, after = text.partition(GAP)
    return Sentence(before, after) if gap else None


def whole(sentence: Sentence, words: str) -> str:
    """Return the sentence with these words in it, the same when they are all of it already."""
    before, joined = join(sentence.before, inside(sentence, words), sentence.after)
    text = f"{before}{joined}{sentence.after}".strip()
    text = text if before.strip() or not sentence.before[:1].isupper() else _large(text)
    return f"{text}." if text[:1].isupper() and _open_ended(text) else text


def inside(sentence: Sentence, text: str) -> str:
    """Return what was put into a sentence, or the text as it is when the sentence is not around it."""
    before, after = sentence.before.strip(), sentence.after.strip()
    words = text.strip()
    if before and words.casefold().startswith(before.casefold()) and not words[len(before) :][:1].isalnum():
        words = words[len(before) :].strip()
        if after and words.endswith(after):
            words = words.removesuffix(after).rstrip()
    return words


def join(before: str, words: str, after: str = "") -> tuple[str, str]:
    """Return what is left of the text before somebody's words, and the words as they stand behind it."""
    words = words.strip()
    follows = after.strip()[:1]
    if _NAMED.search(words):
        pass
    elif follows and follows not in _CLOSING:
        words = words.rstrip(" .,;:…" + ("!" if follows in ".,;:!" else "")) or words
    elif not follows:
        words = words.rstrip(" ,;:") or words
    lead = before.rstrip()
    if not lead or not words:
        return before, words
    if lead[-1] == ":":
        return before, _unlinked(_unsaid(lead, words))
    if not lead[-1].isalnum():
        return before, words
    return _after_word(before, lead, words)


def _after_word(before: str, lead: str, words: str) -> tuple[str, str]:
    leading = _LEADING.match(words)
    words = _unsaid(lead, words[leading.end() :] or words if leading else words)
    last = _last(lead)
    if last == "that" or last in _BECAUSE:
        words = _unlinked(words)
    elif last in _FEEL and _first(words) == "that" and _second(words) in _SELF:
        words = _unsaid(lead, _rest(words))
    first = _first(words)
    if first in _SELF and last != "that" and (own := _own_start(lead)) is not None:
        return lead[:own], _I.sub("I", words)  # "that I feel" and "I feel like …": the second I is the first
    if last in _FEEL and first in _VERBS:
        return f"{lead[: _at_last(lead)]}", words  # "I felt" and "was hurt"
    if last in _FEEL and first in _BECAUSE and _second(words):
        return (
            "",
            f"Because {_small(_unlinked(words) if _second(words) != 'of' else _rest(words), names=True)}",
        )
    if last in _FEEL and first in _APART:
        return "", _large(words)
    return before, _small(words, names=last not in _FEEL)


def _unlinked(words: str) -> str:
    """Return words without what would link them to a sentence, where they have come to stand as one."""
    first, second = _first(words), _second(words)
    if (first in _BECAUSE and second not in ("", "of")) or (first in ("that", "like") and second in _OTHERS):
        return _unlinked(_rest(words))
    return words


def _unsaid(lead: str, words: str) -> str:
    """Return the words without what the text before them has said already."""
    said = [_plain(word) for word in _WORD.findall(lead)]
    starts = list(_WORD.finditer(words))
    for count in range(min(len(said), len(starts), 8), 0, -1):
        if len(starts) > count and all(
            _alike(one, _plain(other.group())) for one, other in zip(said[-count:], starts, strict=False)
        ):
            return words[starts[count].start() :] if words[starts[count - 1].end() :][:1] != "," else words
    return words


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= same for same in (_FEEL, _BECAUSE))


def _own_start(lead: str) -> int | None:
    """Return where the last "I" of a text stands."""
    found = [at.start() for at in _WORD.finditer(lead) if _plain(at.group()) in _SELF]
    return found[-1] if found else None


def _at_last(text: str) -> int:
    return [at.start() for at in _WORD.finditer(text)][-1]


def _first(text: str) -> str:
    found = _WORD.search(text)
    return _plain(found.group()) if found else ""


def _rest(text: str) -> str:
    """Return what stands behind the first word."""
    found = _WORD.search(text)
    return text[found.end() :].lstrip() if found else ""


def _second(text: str) -> str:
    return _first(_rest(text))


def _last(text: str) -> str:
    return _plain(text[_at_last(text) :]) if _WORD.search(text) else ""


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _small(words: str, *, names: bool) -> str:
    """Return words as they go on in a sentence; ``names`` may come first, and stay as they are."""
    found = _WORD.match(words)
    if found is None or found.group()[1:] != found.group()[1:].lower() or _plain(found.group()) in _SELF:
        return _I.sub("I", words)
    names = names or _second(words) in _DOES
    return words[0].lower() + words[1:] if not names or _plain(found.group()) in _SMALL else words


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _open_ended(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:].isalnum()

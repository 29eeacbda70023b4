"""What is asked once: sex, touch and contact, and whatever got a no.

Somebody may choose "ask for something" and write about touch all the same. The words are read broadly, also
where letters are hidden in them: what is held back wrongly is only not offered a second time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOK_ALIKE = str.maketrans("013457@$!", "oieastasi")
TOUCH = r"""
sex\w* kis+\w* snog\w* cud+l\w* hug\w* spoon naked nudes? undres+\w* intima\w* touch\w* fondl\w* grop\w*
caress\w* fuck_(me|you) oral blow_?job make_love (sleep|slept)_(with|next|beside) (in|to|share)_(\w+_)?bed
get_off hold(ing)?_(\w+_)?hands? (spend|stay)_((the|a|over)_)?night stay_over bodies body affection\w*
"""
CONTACT = r"""
contact\w* (un)?block\w* reply_to_me (answer|read|return|pick_up)_(\w+_)?(cal+s?|texts?|mes+ages?|phone)
(take|want)_me_back (get|be)_back_to?gether come_back (an_?other|one_more|a_second|last)_chance see_me
(talk|speak|write|come)_to_me meet_(me|up|with_me|again|once) visit_me let_me_(see|visit|cal+|write|in|come)
"""
NO = r"""
sa(id|ys?|ying)_(\w+_)?no no_means no_again (her|his|their|your)_no refus\w* turned_me_down rejected
(did|does|do)_?n(o?t|_t)_want leave_(me|her|him|them)_alone not_interested (keep|stay)_away back_off
(stop|never|not|keep|kept)_(to_)?(ask|cal+|text|writ)\w* court restraining
"""


def is_about_touch(words: str) -> bool:
    """Tell whether words seem to be about sex, touch or contact."""
    return _stands(TOUCH + CONTACT, words)


def tells_of_a_no(words: str) -> bool:
    """Tell whether words seem to say that there was a no."""
    return _stands(NO, words)


def _stands(listed: str, words: str) -> bool:
    found = _compiled(listed)
    return any(found.search(text) for text in _readings(words))


@lru_cache
def _compiled(listed: str) -> re.Pattern[str]:
    """Return what finds one of these; it is made when it is needed, as that takes longer than to look."""
    return re.compile(rf"\b(?:{'|'.join(listed.split()).replace('_', ' ')})\b")


def _readings(words: str) -> set[str]:
    """Return words as they may be read: plain letters alone, spelt ones put together, doubled ones once."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    seen = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cf"))
    found: set[str] = set()
    for text in (seen, seen.translate(_LOOK_ALIKE)):
        apart = " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
        joined = re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda spelt: spelt[0].replace(" ", ""), apart)
        found |= {apart, joined, re.sub(r"(.)\1+", r"\1", joined)}
    return found

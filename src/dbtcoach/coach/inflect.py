"""The forms of an English verb, as far as rules and suggestions need them."""

from __future__ import annotations

from collections.abc import Mapping

Irregular = Mapping[str, tuple[str, str, str]]  # base -> past, participle, -ing form ("" for a regular one)

_VOWELS = frozenset("aeiou")


def forms(base: str, irregular: Irregular) -> tuple[str, ...]:
    """Return the base form, the -s form, the past, the participle and the -ing form."""
    past, participle, ing = irregular.get(base, ("", "", ""))
    stem = base[:-1] + "i" if base.endswith("y") and base[-2:-1] not in _VOWELS else ""
    third = stem + "es" if stem else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    past = past or (stem + "ed" if stem else _regular(base, "ed"))
    return (base, third, past, participle or past, ing or _regular(base, "ing"))


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

"""Words that somebody else said are no words of the writer: they are folded before a draft is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.coach.words import QUOTE, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.places import Lexicon

_SPEAKERS = frozenset({"you", "he", "she", "they", "mum", "dad", "mom", "who"})
_LISTENERS = frozenset({"me", "us", "him", "her", "them", "to", "everyone", "everybody", "that"})
_BEGINS = frozenset({"i", "you", "he", "she", "we", "they", "my", "it"})
_RESUMES = frozenset({"and", "but", "so", "because", "then", "when"})


def without_reports(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """Return the tokens with reported speech ("you said I never help") folded into one quotation."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        kept.append(tokens[at])
        at += 1
        if len(kept) > 1 and "<saying>" in lexicon.of(kept[-1]) and kept[-2].word in _SPEAKERS:
            start = at
            while start < len(tokens) and tokens[start].word in _LISTENERS and start - at < 3:  # noqa: PLR2004 - "to me that"
                start += 1
            if start < len(tokens) and tokens[start].word in _BEGINS and not tokens[start].quoted:
                kept.extend(tokens[at:start])
                at = _report_end(tokens, start)
                first, last = tokens[start], tokens[at - 1]
                kept.append(Token("", first.start, last.end, frozenset({QUOTE}), first.opens, quoted=True))
    return tuple(kept)


def _report_end(tokens: Sequence[Token], start: int) -> int:
    at = start + 1
    while at < len(tokens) and not tokens[at].opens and tokens[at].word not in _RESUMES:
        at += 1
    return at

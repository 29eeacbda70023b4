"""Words that somebody else said are no words of the writer: they are folded before a draft is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.coach.words import Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.places import Lexicon

_SPEAKERS = frozenset({"you", "he", "she", "they", "mum", "dad", "mom", "who"})
_LISTENERS = frozenset({"me", "us", "him", "her", "them", "to", "everyone", "everybody", "that"})
_BEGINS = frozenset({"i", "you", "he", "she", "we", "they", "my", "it"})
_RESUMES = frozenset({"and", "but", "so", "because", "then", "when"})


def own_words(tokens: Sentence, lexicon: Lexicon) -> Sentence:
    """Return a sentence with each quotation, and each report ("you said I never help"), as one token."""
    return _without_reports(
        _without_quotes(tokens) if any(token.quoted for token in tokens) else tokens, lexicon
    )


def _without_quotes(tokens: Sentence) -> Sentence:
    kept: list[Token] = []
    for token in tokens:
        if token.quoted and kept and kept[-1].quoted:
            kept[-1] = kept[-1]._replace(end=token.end)
        else:
            kept.append(_folded(token, token) if token.quoted else token)
    return tuple(kept)


def _folded(first: Token, last: Token) -> Token:
    return Token("", first.start, last.end, frozenset({"quote"}), first.opens, quoted=True)


def _without_reports(tokens: Sentence, lexicon: Lexicon) -> Sentence:
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        kept.append(tokens[at])
        at += 1
        if (
            len(kept) > 1
            and "<saying>" in lexicon.words.get(kept[-1].word, ())
            and kept[-2].word in _SPEAKERS
        ):
            start = at
            while start < len(tokens) and tokens[start].word in _LISTENERS and start - at < 3:  # noqa: PLR2004 - "to me that"
                start += 1
            if start < len(tokens) and tokens[start].word in _BEGINS and not tokens[start].quoted:
                kept.extend(tokens[at:start])
                at = _report_end(tokens, start)
                kept.append(_folded(tokens[start], tokens[at - 1]))
    return tuple(kept)


def _report_end(tokens: Sequence[Token], start: int) -> int:
    at = start + 1
    while at < len(tokens) and not tokens[at].opens and tokens[at].word not in _RESUMES:
        at += 1
    return at

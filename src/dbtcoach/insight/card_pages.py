"""A card as plain lines, as Markdown, and as a page to print; and what of it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight.html import STYLE, quoted
from dbtcoach.insight.paper import document, safe
from dbtcoach.practice.messages import card_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.practice.page import FilledCard


def as_text(cards: Sequence[FilledCard]) -> str:
    """Return cards as plain lines, cleaned."""
    return "\n".join(f"{clean(card.title)}\n\n{clean(card_text(card.parts))}\n" for card in cards)


def to_say(cards: Sequence[FilledCard]) -> str:
    """Return what is said or sent first of the last card, and nothing that is for the person alone."""
    said = [part.text for card in cards[-1:] for part in card.parts if not part.for_me]
    return clean(said[0]) if said else ""


def as_markdown(cards: Sequence[FilledCard]) -> str:
    """Return cards as Markdown, each part under its name."""
    pages = []
    for card in cards:
        blocks = [f"# {clean(card.title)}"]
        for part in card.parts:
            blocks += [f"## {clean(part.title)}"] if part.title else []
            blocks.append("\n>\n".join(f"> {line}".rstrip() for line in clean(part.text).split("\n")))
        pages.append("\n\n".join(blocks))
    return "\n\n".join(pages) + "\n"


def as_html(cards: Sequence[FilledCard]) -> str:
    """Return cards as one page that asks for nothing from anywhere."""
    body = []
    for card in cards:
        body.append(f'<h1 dir="auto">{safe(card.title)}</h1>')
        for part in card.parts:
            body += [f'<h2 dir="auto">{safe(part.title)}</h2>'] if part.title else []
            body.append(quoted(part.text))
    return document("Card", STYLE, body)

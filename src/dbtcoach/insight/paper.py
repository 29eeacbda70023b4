"""A static page that asks for nothing from anywhere: what every page of ours has in common."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(title: str, style: str, body: Iterable[str]) -> str:
    """Return a whole page; the parts of ``body`` are markup already, and empty ones are left out."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<link rel="icon" href="data:,">',  # or browsers ask for one
            f"<title>{safe(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *(part for part in body if part),
            "</body>",
            "</html>",
            "",
        ]
    )


def safe(text: str) -> str:
    """Return a text in which no browser finds markup, and nothing acts on a terminal."""
    return escape(clean(text))

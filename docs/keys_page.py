"""The page of keys, written from the table that the prompts use."""

from __future__ import annotations

import sys

from dbtcoach.drawing.key_table import DIGITS, KINDS, LETTERS, TABLE, Kind, Meaning

ABOUT = """\
# Keys

Written by `python -m docs.keys_page > docs/keys.md` from the table that every prompt uses.
A key that is not here does nothing: none that means something elsewhere can choose, send or throw away.

- What stands on the line is kept when you go back, leave or are cut off. It is offered again, and it is in
  the draft wherever there is one. Whatever ends the program, at most the last second of typing is lost.
- Text that comes at once with line breaks in it is a paste, and stays one answer. An Enter at its end sends.
- In tmux, Ctrl-B is often tmux's own key: use Shift-Tab there. Alt-Enter and Shift-Enter do not arrive in
  every terminal; Ctrl-J does.
- In line mode the same are words: `:back :skip :help :help-now :end :quit`. A backslash before Enter goes on
  in a new line.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [ABOUT, *(part for kind, title in KINDS.items() for part in (f"## {title}", "", *_rows(kind), ""))]
    )


def _rows(kind: Kind) -> list[str]:
    rows = [meaning for meaning in TABLE if kind in meaning.on]
    return ["| Keys | What they do |", "|---|---|", *(f"| {_keys(row)} | {row.does} |" for row in rows)]


def _keys(row: Meaning) -> str:
    return ", ".join(key if key in (DIGITS, LETTERS) else f"`{key}`" for key in row.keys)


if __name__ == "__main__":
    sys.stdout.write(page().rstrip() + "\n")

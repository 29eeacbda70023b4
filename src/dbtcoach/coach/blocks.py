"""Rule files as their lines and fields, and the phrases in their blocks of text with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.coach.rules import ROLES
from dbtcoach.script.nodes import Node, Scalar, Table
from dbtcoach.script.problems import Mark, Problems

if TYPE_CHECKING:
    from dbtcoach.script.fields import Fields


@dataclass(slots=True)
class Source:
    """One rule file: its fields, and its lines, for the place of a phrase in a block of text.

    ``blocks`` are the blocks that were lifted out before it was read, by the mark that stands for each.
    """

    name: str
    lines: list[str]
    fields: Fields
    blocks: dict[str, str]


def pairs(node: Node | None, problems: Problems) -> tuple[tuple[Scalar, Node], ...]:
    """Return the names of a table, each with what stands under it; note anything else as a problem."""
    if node is None:
        return ()
    if isinstance(node, Table):
        return node.pairs
    problems.add(node.mark, "expected names, each with its words")
    return ()


_BLOCK = re.compile(rf"^( +)({'|'.join(ROLES)}): \|\n((?:\1 +\S.*\n| *\n)+)", re.MULTILINE)
_MARK = "§"  # no phrase can hold it


def lifted(text: str) -> tuple[str, dict[str, str]]:
    """Return a rule file with a mark in the place of each block of phrases, and the blocks by their marks.

    Nine tenths of a shipped file are phrases, and YAML takes much longer over them than cutting them out.
    """
    blocks: dict[str, str] = {}

    def lift(found: re.Match[str]) -> str:
        indent, key, block = found.groups()
        mark = f"{_MARK}{len(blocks)}"
        blocks[mark] = dedent(block)
        return f"{indent}{key}: {mark}\n"

    return _BLOCK.sub(lift, text), blocks


def dedent(block: str) -> str:
    """Return a block of text without the indentation of its first line."""
    first = next(line for line in block.split("\n") if line.strip())
    indent = "\n" + " " * (len(first) - len(first.lstrip()))
    return ("\n" + block).replace(indent, "\n")[1:]


Pieces = list[tuple[int, str]]  # the lines of one phrase: which line of the block each is, and its text


def written(block: str) -> list[Pieces]:
    """Return the phrases of a block of text: one a line, and an indented line carries on the one above."""
    found: list[Pieces] = []
    for number, line in enumerate(block.split("\n")):
        text = line.partition("#")[0].strip()
        if text and line[:1] == " " and found:
            found[-1].append((number, text))
        elif text:
            found.append([(number, text)])
    return found


def quickly(block: str) -> list[str]:
    """Return the phrases of a block of text as ``joined`` does each of ``written``."""
    lines = block.split("\n")
    if "#" in block or "\n " in block:
        return [joined(pieces) for pieces in written(block)]
    return [line for line in map(str.strip, lines) if line]


def joined(pieces: Pieces) -> str:
    """Return a phrase as one line."""
    return " ".join(text for _number, text in pieces)


def place(source: Source, mark: Mark, pieces: Pieces, at: int) -> Mark:
    """Return where a phrase is wrong: the parser marks a block of text where its ``|`` is, a line above."""
    number, text = pieces[0]
    for piece in pieces:
        number, text = piece
        if at <= len(text):
            break
        at -= len(text) + 1
    for line in (mark.line + 1 + number, mark.line + number):
        if line <= len(source.lines) and text in source.lines[line - 1]:
            return Mark(mark.file, line, source.lines[line - 1].index(text) + at + 1)
    return mark

"""A small exercise of the person's own, with one step of every kind, for tests of keys and endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = """\
format: 1
name: kinds
title: All kinds
summary: One step of every kind.
opening: |
  These are the first words.
steps:
  - id: words
    type: text
    message: Some words?
    help: Any words will do.
    placeholder: Rain on the roof.
    multiline: true
  - id: number
    type: scale
    message: How much?
    help: From nothing to all.
    min: 0
    max: 10
    min_label: nothing
    max_label: all of it
  - id: rows
    type: scales
    message: How much of each?
    help: One number for each.
    min: 0
    max: 5
    rows:
      - {id: red, label: Red}
      - {id: blue, label: Blue}
  - id: one
    type: select
    message: Which one?
    help: The nearest.
    choices:
      - {value: cat, label: A cat}
      - {value: dog, label: A dog}
      - {value: owl, label: An owl}
  - id: several
    type: select
    multiple: true
    message: Which of these?
    help: As many as fit.
    choices:
      - {value: sun, label: The sun}
      - {value: moon, label: The moon}
      - {value: star, label: A star}
  - id: ranked
    type: select
    multiple: ranked
    message: In which order?
    help: The most important first.
    choices:
      - {value: tea, label: Some tea}
      - {value: nap, label: A nap}
      - {value: walk, label: A walk}
  - id: sure
    type: confirm
    message: Are you sure?
    help: Either is fine.
  - id: breath
    type: breathe
    message: A long breath.
    help: Eyes open.
    inhale: 30
    exhale: 30
    rounds: 2
  - id: told
    type: say
    message: Something to read.
    help: There is more to it.
  - id: menu
    type: menu
    message: Anything more?
    help: Only if you like.
    choices:
      - value: again
        label: Once more
        steps:
          - {id: again_words, type: text, message: And again?}
    done: Enough
  - id: last
    type: text
    message: One last word?
"""
STEPS = ("words", "number", "rows", "one", "several", "ranked", "sure", "breath", "told", "menu")


def write_own(folder: Path, name: str = "kinds", text: str = KINDS) -> None:
    """Put an exercise among a person's own ones; ``folder`` is the person's home folder."""
    own = folder / ".local" / "share" / "dbtcoach" / "exercises"
    own.mkdir(parents=True, exist_ok=True)
    (own / f"{name}.yaml").write_text(text, "utf-8")

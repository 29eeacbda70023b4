"""How the parts of a page look."""

from __future__ import annotations

from prompt_toolkit.styles import Style

# No meaning hangs on a colour, and the one accent is for rules and bars only: it reads on light and dark.
STYLE = Style(
    [
        ("title", "bold"),
        ("message", "bold"),
        ("error", "bold"),
        ("chosen", "bold reverse"),
        ("accent", "ansicyan"),
        ("marked", "underline bold"),
        ("quiet", ""),
        ("help", ""),
        ("qmark", "fg:default"),  # Questionary has colours of its own, an orange among them that white hides
        ("question", ""),
        ("answer", "fg:default nobold"),
        ("instruction", ""),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse"),
        ("text", ""),
        ("placeholder", "italic"),
    ]
)

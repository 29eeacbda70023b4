"""An answer as words, and as JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.practice.session import Value


def written(value: Value, labels: dict[str, str] | None = None) -> str:
    """Return an answer as words: labels for choices, one line for each item that was written."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            if labels:
                return ", ".join(labels.get(item, item) for item in value)
            return "\n".join(value)
        case str():
            return (labels or {}).get(value, value)
        case int():
            return str(value)
        case _:
            return ", ".join(f"{(labels or {}).get(row, row)} {written(one)}" for row, one in value.items())


def plain(value: Value) -> str | bool | int | list[str] | Mapping[str, int | str]:
    """Return an answer as JSON has it: a list instead of a tuple."""
    return list(value) if isinstance(value, tuple) else value

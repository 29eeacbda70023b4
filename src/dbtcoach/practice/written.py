"""An answer as words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
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
            return ", ".join(f"{(labels or {}).get(name, name)} {number}" for name, number in value.items())

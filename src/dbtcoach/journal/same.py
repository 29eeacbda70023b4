"""When two records say the same, however they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Json, whole_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.journal.scan import Piece


_MOST = 20  # versions of one entry that are compared with each other; nobody has as many machines


def wordless(versions: Mapping[bytes, Piece | None]) -> list[bytes]:
    """Return which versions of an entry say nothing but what another one says: exported without words."""
    if not 1 < len(versions) <= _MOST:
        return []
    found = {name: piece.found for name, piece in versions.items() if piece is not None}
    return [
        name
        for name, less in found.items()
        if any(is_wordless_of(less, more) for other, more in found.items() if other != name)
    ]


def is_wordless_of(less: Mapping[str, Json], more: Mapping[str, Json]) -> bool:
    """Tell whether ``less`` is the entry ``more`` as it is exported without words."""
    if any(key != "answers" and plain(less[key]) != plain(more.get(key)) for key in less):
        return False
    few, many = less.get("answers"), more.get("answers")
    if not isinstance(few, list) or not isinstance(many, list) or few == many:
        return False
    told = {str(item.get("step")): item.get("value") for item in many if isinstance(item, dict)}
    return all(
        isinstance(item, dict)
        and "prompt" not in item
        and str(item.get("step")) in told
        and plain(told[str(item.get("step"))]) == plain(item.get("value"))
        for item in few
    )


def plain(value: Json) -> Json:
    """Return ``value`` in the one way of writing it: sorted keys, and no fraction where there is none."""
    match value:
        case bool() | int() | None:
            return value
        case float():
            return int(value) if value == value // 1 and abs(value) < 1 << 53 else value
        case str():
            return whole_letters(value)
        case dict():
            return {whole_letters(key): plain(value[key]) for key in sorted(value)}
        case list():
            return [plain(inner) for inner in value]
        case _:
            return None

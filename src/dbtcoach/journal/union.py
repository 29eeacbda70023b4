"""Records of several journals, each once: what decides under which id a record is kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.journal.entry import SEALED, to_line
from dbtcoach.journal.ids import moment_of, next_id
from dbtcoach.journal.same import plain, wordless
from dbtcoach.journal.scan import Piece, read_line
from dbtcoach.journal.versions import EDITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    # Opens a sealed record, or gives None where it cannot be decrypted; it may ask for a passphrase first.
    Open = Callable[[Piece], Piece | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A record with where it came from; its content is looked at only when somebody else has its id."""

    id: str
    raw: bytes = field(repr=False)
    mine: bool
    sealed: bool
    deleted: bool
    opened: Open = field(repr=False)
    renamed: bool = False
    fuller: bool = False  # what was here under its id had fewer words

    @classmethod
    def of(cls, line: str) -> Item:
        """Return an entry in the clear that is not in this journal yet."""
        piece = read_line(line.encode())
        if piece is None:
            raise ValueError(line)
        return cls(str(piece.found["id"]), piece.raw, False, False, False, lambda clear: clear)  # noqa: FBT003

    def clear(self) -> Piece | None:
        """Return the record in the clear under this item's id, or None where it cannot be decrypted."""
        piece = read_line(self.raw)
        if piece is not None and self.sealed:
            piece = self.opened(piece)
        if piece is None or piece.found["id"] == self.id:
            return piece
        found = {**piece.found, "id": self.id}
        return Piece(to_line(found).encode(), found)

    def content(self) -> bytes:
        """Return a digest of what the record says, however written or sealed; empty if undecryptable."""
        import hashlib

        piece = self.clear()
        if piece is None:
            outer = read_line(self.raw) if self.mine else None
            return hashlib.sha256(str(outer.found[SEALED]).encode()).digest() if outer is not None else b""
        found = {key: value for key, value in piece.found.items() if key != "id"}
        return hashlib.sha256(to_line(plain(found)).encode()).digest()


@dataclass(frozen=True, slots=True)
class United:
    """Each record once, in the order of their ids; how many versions could not be decrypted.

    ``stayed``: entries that were changed on one machine and deleted on another, so they are deleted.
    """

    items: list[Item]
    undecryptable: int
    stayed: int


def union(items: Iterable[Item], known: dict[tuple[bytes, str], bytes]) -> United:
    """Return each record once; ``known`` remembers what was opened."""
    undecryptable = 0

    def content(item: Item) -> bytes:
        key = item.raw, item.id
        if key not in known:
            known[key] = item.content()
        return known[key]

    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        if all(item.raw != other.raw for other in groups[item.id][:1]):
            groups[item.id].append(item)
    waiting = [name for name, group in groups.items() if len(group) > 1]
    killed = any(len({item.deleted for item in groups[name]}) > 1 for name in waiting)
    while waiting:
        name = waiting.pop()
        group = groups[name]
        gone = [item for item in group if item.deleted]
        versions: dict[bytes, Item] = {}
        for item in gone or group:
            digest = content(item)
            if digest:
                versions.setdefault(digest, item)
            else:
                undecryptable += 1
        shorter = wordless({digest: item.clear() for digest, item in versions.items()})
        fuller = any(versions.pop(digest).mine for digest in shorter)
        if not versions:
            groups[name] = group[:1]
            continue
        first, *others = sorted(versions)
        groups[name] = [replace(versions[first], fuller=fuller)]
        for digest in () if gone else others:
            second = replace(versions[digest], id=_second_id(name, digest), renamed=True)
            groups[second.id].append(second)
            waiting.append(second.id)
    kept = {name: group[0] for name, group in groups.items()}
    orphans = list(_orphans(kept, with_sealed=killed))
    kept |= {item.id: _deleted_with(item, kept[of]) for of, item in orphans}
    return United(sorted(kept.values(), key=_place), undecryptable, len({of for of, _item in orphans}))


def _orphans(kept: Mapping[str, Item], *, with_sealed: bool) -> Iterable[tuple[str, Item]]:
    """Return the changes of entries of which nothing else is left, each with the id of its entry.

    A record that names another in ``edits`` says only what changed, and when, or it is the whole entry anew
    (see journal.versions). Sealed records of this journal stay shut: a deletion asks for no passphrase.
    """
    dead = {name for name, item in kept.items() if item.deleted}
    changes: list[tuple[str, Item]] = []
    whole: set[str] = set()
    for item in kept.values() if dead else ():
        if (
            item.deleted
            or (item.sealed and (item.mine or not with_sealed))
            or (piece := item.clear()) is None
        ):
            continue
        of = piece.found.get(EDITS)
        if isinstance(of, str) and of in dead:
            if piece.found.get("started") == piece.found.get("finished"):
                changes.append((of, item))
            else:
                whole.add(of)
    return ((of, item) for of, item in changes if of not in whole)


def _deleted_with(item: Item, other: Item) -> Item:
    piece = read_line(other.raw)
    deleted = piece.found.get("deleted", "") if piece is not None else ""
    raw = to_line({"v": 1, "id": item.id, "deleted": deleted}).encode()
    return replace(item, raw=raw, sealed=False, deleted=True)


def _second_id(name: str, content: bytes) -> str:
    """Return the id of another record that was found under ``name``: the same one wherever it is found."""
    import hashlib

    chosen = hashlib.sha256(name.encode() + b"\0" + content).digest()
    return next_id(moment_of(name) or 0, lambda size: chosen[:size], None)


def _place(item: Item) -> tuple[bool, str]:
    return moment_of(item.id) is not None, item.id  # ids that are not ours come first: they may say anything

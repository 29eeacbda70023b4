"""Which exercises there are, by file name; a file is read only when it is asked for."""

from __future__ import annotations

import os
from pathlib import Path

from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.frozen import Frozen
from dbtcoach.script.facts import NAME
from dbtcoach.script.problems import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dbtcoach.script.model import Exercise
    from dbtcoach.script.scenes import Scene

_HEAD = 4096  # bytes in which the keys above the steps stand


def shipped_folder() -> Path:
    """Return the folder of the shipped exercises: inside the package, or of the checkout it runs from."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "exercises"
    return inside if inside.is_dir() else package.parent.parent / "exercises"


class Listed(Frozen):
    """An exercise file, known by its name; ``head`` holds the plain lines above its steps."""

    name: str
    path: Path
    own: bool
    head: dict[str, str]

    @property
    def summary(self) -> str:
        """What it is for, in a line; empty when the file does not say it plainly."""
        return self.head.get("summary", "")

    @property
    def variant_of(self) -> str:
        """The exercise that this is a variant of, or an empty text."""
        return self.head.get("variant_of", "")


class Catalogue(Frozen):
    """The shipped exercises, and a person's own beside them."""

    shipped: Path
    own: Path | None = None

    def paths(self) -> dict[str, tuple[Path, bool]]:
        """Return every exercise file by its name; a shipped one wins over an own one of the same name."""
        found: dict[str, tuple[Path, bool]] = {}
        for folder, own in ((self.shipped, False), (self.own, True)):
            for path in _files(folder):
                found.setdefault(path.stem, (path, own))
        return found

    def hidden(self) -> list[Path]:
        """Return own files that are not used because a shipped exercise has their name."""
        taken = {path.stem for path in _files(self.shipped)}
        return [path for path in _files(self.own) if path.stem in taken]

    def listed(self) -> list[Listed]:
        """Return every exercise, shipped ones first, reading only the first lines of each file."""
        return [Listed(name, path, own, _head(path)) for name, (path, own) in self.paths().items()]

    def named(self, name: str) -> Listed:
        """Return one of them, reading no other file; raise KeyError when there is none of this name."""
        path, own = self.paths()[name]
        return Listed(name, path, own, _head(path))

    def variants(self, name: str) -> list[Listed]:
        """Return the files that say they are variants of this exercise."""
        prefix = f"{name}-"
        near = ((stem, at) for stem, at in self.paths().items() if stem.startswith(prefix))
        listed = [Listed(stem, path, own, _head(path)) for stem, (path, own) in near]
        return [item for item in listed if item.variant_of == name]

    def options(self, name: str) -> dict[str, Listed]:
        """Return the variants of an exercise by their options, leaving out whatever option is taken.

        What it names as ``also`` has an option of its own name. The shipped ones come first, so that no file
        of somebody's own takes an option from them.
        """
        found: dict[str, Listed] = {}
        also = self.named(name).head.get("also", "")
        if also in self.paths():
            found[also] = self.named(also)
        for item in self.variants(name):
            option = item.head.get("option", "")
            if NAME.fullmatch(option) and not (item.own and _reserved(option)):
                found.setdefault(option, item)
        return found

    def read(self, name: str) -> Exercise:
        """Return a linked exercise; raise UsageError when there is none, ScriptError when it is wrong."""
        from dbtcoach.script.link import link

        exercise = self.decode(name)
        if exercise is None:
            raise self.unknown(name)
        return link(exercise, self.decode)

    def unknown(self, name: str) -> UsageError:
        """Return what to say of a name that no exercise has, with the nearest that one has."""
        return UsageError(
            f"There is no exercise called '{name}'{nearest(name, self.paths())}\n"
            "'dbtcoach exercises list' shows them all."
        )

    def decode(self, name: str) -> Exercise | None:
        """Return an exercise as its file says, or None when there is no such file."""
        from dbtcoach.script.decode import decode

        if not NAME.fullmatch(name):
            return None
        for folder in (self.shipped, self.own):
            path = folder / f"{name}.yaml" if folder is not None else None
            if path is not None and path.is_file():
                return decode(read_bytes(path), shown_path(path))
        return None

    def scenes(self, name: str) -> tuple[Scene, ...]:
        """Return the scenes of ``data/<name>.yaml``; raise ScriptError when there are none."""
        from dbtcoach.script.scenes import decode_scenes

        for folder in (self.own, self.shipped):
            path = folder / "data" / f"{name}.yaml" if folder is not None and NAME.fullmatch(name) else None
            if path is not None and path.is_file():
                return decode_scenes(read_bytes(path), shown_path(path))
        raise ScriptError(f"There is no file of scenes called '{name}.yaml' in the data folder.")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a small regular file; raise ScriptError when it cannot be read."""
    from dbtcoach.script.nodes import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScriptError(f"{shown_path(path)}: cannot be read: {error.strerror}") from None


def shown_path(path: Path) -> str:
    """Return a path as it may stand in a message: relative to the working folder where that is shorter."""
    from dbtcoach.script.nodes import shown

    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return shown(min(str(path), relative, key=len), 200)


def _reserved(option: str) -> bool:
    from dbtcoach.script.decode import RESERVED_OPTIONS

    return option in RESERVED_OPTIONS


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            # A folder is no exercise, and opening a FIFO would wait for somebody to write into it.
            names = sorted(
                entry.name for entry in entries if entry.name.endswith(".yaml") and entry.is_file()
            )
    except OSError:
        return []
    return [folder / name for name in names if NAME.fullmatch(name.removesuffix(".yaml"))]


def _head(path: Path) -> dict[str, str]:
    """Return the plain ``key: text`` lines above the steps, without reading YAML: 3x faster to start."""
    try:
        with path.open("rb") as file:
            text = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return {}
    head: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(": ")
        if line.startswith("steps:"):
            break
        if colon and key.isidentifier():
            head.setdefault(key, value.strip().strip("\"'"))
    return head

"""A person's settings: ``config.yaml`` in the home folder, every key optional."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dbtcoach.home import Home
    from dbtcoach.script.fields import Fields

_LARGEST = 64 * 1024
MOST_ROWS = 8
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; ``save`` is None where the first-run question decides."""

    plain: bool = False
    animation: bool = True
    coach: bool = True
    save: bool | None = None
    country: str = ""
    emotions: tuple[str, ...] = ()  # rows of one's own for the daily check-in
    urges: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    problem: str = ""  # why the file could not be used; nothing is saved then, in case it says so


def read_settings(home: Home) -> Settings:
    """Return the settings of a home; a file that is wrong gives the careful ones and says why."""
    from dbtcoach.errors import CoachError
    from dbtcoach.home import open_to_read, shown

    try:
        opened = open_to_read(home.config)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, CoachError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Settings(save=False, problem=f"{shown(home.config)}: cannot be read: {reason}")
    import os

    with os.fdopen(opened, "rb") as file:
        source = file.read(_LARGEST + 1)
    try:
        return decode_settings(source, shown(home.config))
    except CoachError as error:
        return Settings(save=False, problem=str(error))


def decode_settings(source: bytes, file: str) -> Settings:
    """Return the settings that a YAML text holds; raise ScriptError with every problem in it."""
    from dbtcoach.script import nodes
    from dbtcoach.script.fields import table_of
    from dbtcoach.script.problems import Problems

    problems = Problems()
    if not source.strip():
        return Settings()
    root = nodes.read(source, file, problems, _LARGEST)
    fields = table_of(root, problems) if root is not None else None
    if fields is None:
        problems.raise_if_any()
        return Settings()
    settings = Settings(
        plain=fields.flag("plain"),
        animation=fields.flag("animation", default=True),
        coach=fields.flag("coach", default=True),
        save=fields.flag("save", default=True) if "save" in fields.given() else None,
        country=fields.text("country"),
        emotions=_names(fields, "emotions"),
        urges=_names(fields, "urges"),
        rows=_names(fields, "rows"),
    )
    fields.close()
    problems.raise_if_any()
    return settings


def _names(fields: Fields, key: str) -> tuple[str, ...]:
    """Return a short list of short names, each once."""
    from dbtcoach.script.fields import text_of

    names: list[str] = []
    nodes = fields.items(key)
    if len(nodes) > MOST_ROWS:
        fields.problems.add(fields.mark_of(key), f"at most {MOST_ROWS}, so that a check-in stays short")
    for node in nodes[:MOST_ROWS]:
        name = text_of(node, fields.problems).strip()
        if len(name) > LONGEST_NAME or "\n" in name:
            fields.problems.add(node.mark, f"a name has one line and at most {LONGEST_NAME} letters")
        elif name in names:
            fields.problems.add(node.mark, "this name is given twice")
        elif name:
            names.append(name)
    return tuple(names)

"""A person's settings: ``config.yaml`` in the home folder, every key optional.

Each line that can be read holds, whatever is wrong with the others: somebody who needs ``plain: true`` does
not lose it to a typing error three lines below.
"""

from __future__ import annotations

from dataclasses import replace

from dbtcoach.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dbtcoach.disk.home import Home
    from dbtcoach.script.day_rows import OwnRow
    from dbtcoach.script.fields import Fields
    from dbtcoach.script.problems import Problems

_LARGEST = 64 * 1024
MOST_ROWS = 8
MOST_SKILLS = 40
LONGEST_NAME = 30
MOST_TOLD = 8  # problems; whoever has more mends these first
_KEEPING = ("sav", "keep", "kept", "stor", "record", "remember", "journal", "diary", "draft", "privat")
THEMES = ("auto", "dark", "light")
FLAGS = {"true": True, "false": False}


class Settings(Frozen):
    """What can be set; ``save`` is None where the first-run question decides.

    ``problems`` has a line for each thing that is wrong in the file. ``unsure`` says that what it says about
    saving could not be read: ``save`` is False then, in case it says so.
    """

    plain: bool = False
    animation: bool = True
    bell: bool = False  # at the end of what takes time, for closed eyes
    theme: str = "auto"
    coach: bool = True
    save: bool | None = None
    memory: bool = True  # an evening may ask what became of what an earlier one planned
    shared: bool = False  # others use this computer too
    country: str = ""
    name: str = ""  # stands on the week's page for a session
    emotions: tuple[str, ...] = ()  # rows of one's own for the daily check-in
    urges: tuple[str, ...] = ()
    rows: tuple[OwnRow, ...] = ()
    shipped_rows: bool = True  # False: a check-in asks for the rows of one's own alone
    skills: tuple[str, ...] = ()  # those that somebody picked as theirs, by the names of their files
    problems: tuple[str, ...] = ()
    unsure: bool = False

    @property
    def shows_memory(self) -> bool:
        """Whether what is remembered may show before a key is pressed for it: not where others look on."""
        return not self.shared


def read_settings(home: Home) -> Settings:
    """Return the settings of a home; what is wrong in the file is left out and told in ``problems``."""
    import os

    from dbtcoach.disk.access import open_to_read
    from dbtcoach.disk.home import shown
    from dbtcoach.errors import CoachError

    try:
        with os.fdopen(open_to_read(home.config), "rb") as file:
            source = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, CoachError) as error:
        place = shown(home.config)
        told = f"{place}: cannot be read: {error.strerror}." if isinstance(error, OSError) else str(error)
        return Settings(save=False, shared=True, unsure=True, problems=(told,))
    return decode_settings(source, shown(home.config))


def decode_settings(source: bytes, file: str) -> Settings:
    """Return the settings that a YAML text holds, with every problem in it; raises nothing."""
    from dbtcoach.script import nodes
    from dbtcoach.script.fields import table_of
    from dbtcoach.script.problems import Problems

    if all(not line.strip() or line.lstrip().startswith(b"#") for line in source.splitlines()):
        return Settings()
    problems = Problems()
    root = nodes.read(source, file, problems, _LARGEST)
    fields = table_of(root, problems) if root is not None else None
    if fields is None:
        return replace(_salvaged(source), save=False, unsure=True, problems=_in_file_order(problems))
    save = fields.flag("save", default=True)
    settings = Settings(
        plain=fields.flag("plain"),
        animation=fields.flag("animation", default=True),
        bell=fields.flag("bell"),
        theme=fields.word("theme", THEMES, "auto"),
        coach=fields.flag("coach", default=True),
        save=save if "save" in fields.given() else None,
        memory=fields.flag("memory", default=True),
        shared=fields.flag("shared", default="shared" in fields.given()),  # nobody writes that for nothing
        country=fields.text("country"),
        name=fields.text("name"),
        emotions=_names(fields, "emotions"),
        urges=_names(fields, "urges"),
        rows=_rows(fields),
        shipped_rows=fields.flag("shipped_rows", default=True),
        skills=_names(fields, "skills", MOST_SKILLS),
    )
    fields.close()
    unsure = settings.save is not False and _is_unsure(fields, problems)
    return replace(
        settings, save=False if unsure else settings.save, unsure=unsure, problems=_in_file_order(problems)
    )


def with_setting(source: bytes, key: str, value: str) -> bytes | None:
    """Return a settings file with this value of a key, every other byte as it was; None where that fails.

    A line of its own is added at the end, or the value of the one that is there is changed. It fails where
    what came of it would not be read as the same settings with that one changed.
    """
    import re

    line = re.compile(
        rb"""^("""
        + key.encode()
        + rb""":[ \t]*)(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s#][^\r\n]*?)?([ \t]*(?:[ \t]#[^\r\n]*)?\r?)$""",
        re.MULTILINE,
    )
    written = f"{key}: {value}".encode()
    given = line.findall(source)
    if given:
        changed = line.sub(lambda found: written + found[2], source, count=1)
    else:
        end = b"\r\n" if b"\r\n" in source else b"\n"
        joint = b"" if not source or source.endswith(b"\n") else end
        changed = source + joint + written + end
    before, after = decode_settings(source, ""), decode_settings(changed, "")
    wanted: Any = FLAGS.get(value, value)
    if value.startswith("["):
        wanted = tuple(filter(None, value[1:-1].split(", ")))
    same = not before.unsure and replace(before, problems=after.problems, **{key: wanted}) == after
    return changed if same and len(after.problems) <= len(before.problems) else None


def may_be_settings(source: bytes) -> bool:
    """Tell whether a text has a key of these settings, or no key at all; another program's has others."""
    lines = [line for line in source.splitlines() if b":" in line and not line.lstrip().startswith(b"#")]
    keys = {line.partition(b":")[0].strip(b" \t{'\"").decode("utf-8", "replace") for line in lines}
    return not keys or not keys.isdisjoint(Settings.__match_args__)


def _is_unsure(fields: Fields, problems: Problems) -> bool:
    """Tell whether something is wrong with ``save``: its value, a second one, or a key that may mean it."""
    value = fields.mark_of("save") if "save" in fields.given() else None
    wrong = any(problem.mark == value or "save" in problem.message for problem in problems.found)
    return wrong or any(_means_keeping(key) for key in fields.given() if key not in Settings.__match_args__)


def _means_keeping(key: str) -> bool:
    """Tell whether an unknown key may be about keeping: ``SAVE``, ``keep``, ``no_journal``, wide letters."""
    import unicodedata

    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", key).casefold()))
    return any(word in plain for word in _KEEPING)


def _salvaged(source: bytes) -> Settings:
    """Return what stands plainly on lines of its own in a file that is no YAML; the first of each wins."""
    found: dict[str, str] = {}
    for line in source.decode("utf-8", "replace").splitlines():
        key, colon, value = line.partition(":")  # an indented one belongs to something else
        if colon:
            found.setdefault(key, value.partition(" #")[0].strip())
    country, theme = found.get("country", ""), found.get("theme", "")
    return Settings(
        plain=FLAGS.get(found.get("plain", ""), False),
        animation=FLAGS.get(found.get("animation", ""), True),
        bell=FLAGS.get(found.get("bell", ""), False),
        theme=theme if theme in THEMES else "auto",
        coach=FLAGS.get(found.get("coach", ""), True),
        memory=FLAGS.get(found.get("memory", "true"), False),
        shared=FLAGS.get(found.get("shared", "false"), True),
        country=country if country.isascii() and country.isalpha() else "",
    )


def _in_file_order(problems: Problems) -> tuple[str, ...]:
    """Return each problem on a line, in file order, and no more than can be read at once."""
    ordered = sorted(set(problems.found))
    lines = [str(problem) for problem in ordered[:MOST_TOLD]]
    if len(ordered) > MOST_TOLD:
        lines.append(f"… and {len(ordered) - MOST_TOLD} more")
    return tuple(lines)


def _rows(fields: Fields) -> tuple[OwnRow, ...]:
    if fields.node("rows") is None:
        return ()
    from dbtcoach.world.own_rows import rows_in

    return rows_in(fields)


def _names(fields: Fields, key: str, most: int = MOST_ROWS) -> tuple[str, ...]:
    """Return a short list of short names, each once."""
    from dbtcoach.script.fields import text_of

    names: list[str] = []
    nodes = fields.items(key)
    if len(nodes) > most:
        fields.problems.add(fields.mark_of(key), f"at most {most}, so that a check-in stays short")
    for node in nodes[:most]:
        name = text_of(node, fields.problems).strip()
        if len(name) > LONGEST_NAME or "\n" in name:
            fields.problems.add(node.mark, f"a name has one line and at most {LONGEST_NAME} letters")
        elif name in names:
            fields.problems.add(node.mark, "this name is given twice")
        elif name:
            names.append(name)
    return tuple(names)

"""The direction in which imports point, and what is never loaded where it would cost time or trust."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dbtcoach"
MODULES = sorted(SOURCE.rglob("*.py"))
TERMINAL = ("rich", "questionary", "prompt_toolkit", "typer", "click")


@functools.cache
def imported(path: Path) -> frozenset[str]:
    """Return the top-level packages that a module imports when it runs, also inside its functions."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [node for node in tree.body if not is_for_types(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return frozenset(found)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def importers(package: str) -> list[str]:
    return [path.relative_to(SOURCE).as_posix() for path in MODULES if package in imported(path)]


def loaded(code: str) -> set[str]:
    """Return the top-level packages and modules of ours that a new interpreter has loaded after this code."""
    code += "\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(run.stdout.split())


def everything_in(room: str) -> str:
    paths = sorted((SOURCE / room).rglob("*.py"))
    assert len(paths) > 5
    names = [path.relative_to(SOURCE.parent).with_suffix("").as_posix().replace("/", ".") for path in paths]
    return "\n".join(f"import {name.removesuffix('.__init__')}" for name in names)


def test_data_flows_one_way() -> None:
    """Run the contract of pyproject.toml, as the command line tool does."""
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Data flows one way KEPT" in run.stdout
    assert " 0 broken" in run.stdout


def module_names() -> dict[str, Path]:
    names = (path.relative_to(SOURCE.parent).with_suffix("").as_posix().replace("/", ".") for path in MODULES)
    return dict(zip((name.removesuffix(".__init__") for name in names), MODULES, strict=True))


def ours_imported(path: Path, names: Collection[str]) -> set[str]:
    """Return the modules of ours that a file imports anywhere, also in functions and for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in names else node.module for name in inner}
    return found & set(names)


def test_no_files_import_each_other() -> None:
    """A layer holds between rooms; this holds inside them too, also for imports that only types need."""
    names = module_names()
    graph = {name: ours_imported(path, names) for name, path in names.items()}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of files: {' > '.join(error.args[1])}")
    assert set(order) == set(names)


@pytest.mark.parametrize("room", ["script", "practice", "coach"])
def test_the_core_knows_no_terminal(room: str) -> None:
    modules = loaded(everything_in(room))
    assert f"dbtcoach.{room}" in modules
    assert not modules & set(TERMINAL)
    assert not {
        name
        for name in modules
        if name.startswith(("dbtcoach.drawing", "dbtcoach.terminal", "dbtcoach.commands", "dbtcoach.sitting"))
    }


@pytest.mark.parametrize("room", ["script", "practice", "coach"])
def test_the_core_reads_no_clock_and_opens_no_connection(room: str) -> None:
    banned = {"time", "socket", "ssl", "http", "urllib", "subprocess", "logging"}
    for path in (SOURCE / room).rglob("*.py"):
        assert not imported(path) & banned, path.name
        calls = [
            node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
        ]
        called = {call.attr for call in calls if isinstance(call, ast.Attribute)}
        assert not called & {"now", "utcnow", "today", "monotonic", "getenv"}, path.name


def test_nothing_opens_a_connection() -> None:
    for package in ("socket", "ssl", "http", "urllib", "requests", "ftplib", "smtplib", "webbrowser"):
        assert importers(package) == [], package


def test_yaml_is_parsed_in_one_module() -> None:
    assert importers("yaml") == ["script/nodes.py"]


def test_questions_are_asked_in_one_module() -> None:
    assert importers("questionary") == ["terminal/asking.py"]


def test_the_command_line_is_read_in_one_room() -> None:
    found = importers("typer")
    assert found
    assert all(name.startswith("commands/") for name in found), found


# These are nothing without the library that they stand for; whoever needs them imports them in a function.
HEAVY = (
    *(
        f"drawing/{name}.py"
        for name in ("blocks", "figure", "listed", "pace_page", "sheet", "theme", "week_table")
    ),
    *(
        f"terminal/{name}.py"
        for name in (
            "ahead",
            "asking",
            "display",
            "editing",
            "grid",
            "key_bindings",
            "keyboard",
            "other_words",
            "pacing",
            "page_layout",
            "styles",
            "word_breaks",
        )
    ),
)


def test_every_other_module_is_imported_without_what_is_heavy() -> None:
    """The command line needs Typer; nothing of ours needs more than that before it has something to do."""
    light = [path for path in MODULES if path.relative_to(SOURCE).as_posix() not in HEAVY]
    names = [path.relative_to(SOURCE.parent).with_suffix("").as_posix().replace("/", ".") for path in light]
    code = "\n".join(
        f"import {name.removesuffix('.__init__')}" for name in names if not name.endswith("__main__")
    )
    modules = loaded(code)
    assert "dbtcoach.terminal.prompts" in modules
    assert not modules & {"questionary", "prompt_toolkit", "yaml", "pydantic"}
    assert not {name for name in modules if name.startswith("rich.")}


def test_a_page_is_drawn_without_the_heavy_parts_of_rich() -> None:
    modules = loaded(
        "from dbtcoach.practice.page import Page\n"
        "from dbtcoach.script.model import Text\n"
        "from dbtcoach.terminal.asking import Asker\n"
        "from dbtcoach.drawing.sheet import Sheet\n"
        "Sheet(Page(Text(id='t', message='m'), 'x', 'What? :smile:', '')).above(72)"
    )
    assert "rich.console" in modules
    heavy = {"markdown", "syntax", "pretty", "table", "progress", "traceback", "_emoji_codes"}
    assert not modules & {"pygments", "markdown_it", *(f"rich.{name}" for name in heavy)}


@pytest.mark.parametrize("words", ["--help", "data where", "reflect --due", "log list", "skills"])
def test_a_short_command_loads_little_and_looks_for_no_garbage(words: str, tmp_path: Path) -> None:
    """Not milliseconds, which a busy machine makes up, but what they go into."""
    modules = loaded(
        f"import gc, os\nos.environ['DBTCOACH_HOME'] = {str(tmp_path)!r}\n"
        "found = []\ngc.callbacks.append(lambda phase, info: found.append(info['generation']))\n"
        "from dbtcoach.commands.boundary import run\n"
        "try:\n"
        f"    run({words.split()!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        "gc.callbacks.clear()\n"
        "assert len(found) < 5, found\n"  # Python's own settings make it more than fifty
    )
    assert "dbtcoach.commands.app" in modules
    assert not modules & {"questionary", "prompt_toolkit", "yaml", "pydantic", "pyrage"}
    assert not {name for name in modules if name.startswith("rich.")}
    if words == "log list":
        assert "dbtcoach.journal.seal" not in modules


@pytest.mark.parametrize(
    "words",
    [
        "log list",
        "log show last",
        "trends",
        "help-now --country IE",
        "exercises list",
        "review -",
        "log show 0",
    ],
)
def test_what_goes_into_a_pipe_is_not_drawn(words: str, tmp_path: Path) -> None:
    (tmp_path / "journal.json").write_text(f"[\n{entry_line()}\n]\n", "utf-8")
    modules = loaded(
        f"import io, os, sys\nos.environ['DBTCOACH_HOME'] = {str(tmp_path)!r}\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b'You always come late.'))\n"
        f"from dbtcoach.commands.boundary import run\nrun({words.split()!r})\n"
    )
    assert "dbtcoach.commands.app" in modules
    assert not {name for name in modules if name.startswith("rich.") or name == "dbtcoach.drawing.theme"}


def entry_line() -> str:
    """Return an entry as the journal has it, without loading what writes it."""
    return (
        '{"v":1,"id":"01a226d0-6db1-7dd5-b532-7f5543b07fb8","exercise":"pause","title":"Pause",'
        '"started":"2026-11-29T10:18:43+00:00","finished":"2026-11-29T10:18:43+00:00","day":"2026-11-29",'
        '"complete":true,"distress":null,"answers":[]}'
    )


def test_a_name_is_resolved_without_yaml() -> None:
    modules = loaded(
        "from dbtcoach.script.catalogue import Catalogue, shipped_folder\n"
        "Catalogue(shipped_folder()).listed()"
    )
    assert "dbtcoach.script.catalogue" in modules
    assert not modules & {"yaml", "json", *TERMINAL}


def test_no_module_is_long() -> None:
    lengths = {path.relative_to(SOURCE): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}

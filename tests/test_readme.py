"""What the README says about commands, files and figures is so."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.pty.person import PROGRAM, settle

from dbtcoach.commands.app import app
from dbtcoach.world.settings import Settings

CHECKOUT = Path(__file__).parent.parent
TEXT = (CHECKOUT / "README.md").read_text("utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{page.name}" for page in CHECKOUT.glob("docs/*.md"))]
EXERCISES = {
    "pause", "ground", "express", "dear-man", "rehearse", "validate", "connect", "repair",
    "together", "reflect", "mend", "cope-ahead", "pros-cons", "accept",
}  # fmt: skip
SCRIPTED = {"--answers", "--due"}  # options with which an exercise needs no terminal
ASKING = {"log edit", "data lock", "data unlock", "exercises preview", "plan"}  # these, too, ask somebody
FENCES = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def tree() -> dict[str, set[str]]:
    """Return every command that can be run, as it is typed, with its options."""
    root: Any = typer.main.get_command(app)
    found: dict[str, set[str]] = {}

    def walk(command: Any, path: str, above: Any) -> None:
        name = path.rpartition(" ")[2] or "dbtcoach"
        context = command.make_context(name, [], parent=above, resilient_parsing=True)
        command = context.command  # what is listed may only know its name and help
        inner = command.list_commands(context) if hasattr(command, "list_commands") else []
        if not inner or not path:
            found[path] = {
                option
                for parameter in command.get_params(context)
                if parameter.param_type_name == "option"
                for option in parameter.opts
            }
        for name in inner:
            walk(command.get_command(context, name), f"{path} {name}".strip(), context)

    walk(root, "", None)
    return found


def spans() -> list[str]:
    """Return every piece of code on a line of its own or between backticks."""
    blocks = [line for kind, block in FENCES.findall(TEXT) if kind == "sh" for line in block.splitlines()]
    return [*blocks, *re.findall(r"`([^`\n]+)`", FENCES.sub("", TEXT))]


def examples() -> list[str]:
    return list(dict.fromkeys(span for span in spans() if span.split()[0] == "dbtcoach"))


def command_of(words: list[str], known: dict[str, set[str]]) -> str:
    """Return the command that an example runs; the longest name that fits."""
    fits = [path for path in known if words[: len(path.split())] == path.split()]
    return max(fits, key=len)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    monkeypatch.setenv("DBTCOACH_HOME", str(tmp_path))
    return tree()


def test_every_example_is_a_command_with_options_that_it_has(commands: dict[str, set[str]]) -> None:
    assert len(examples()) > len(commands)
    for example in examples():
        words = shlex.split(example.split(" > ")[0])[1:]
        command = command_of(words, commands)
        rest = words[len(command.split()) :]
        assert command or not rest or rest[0].startswith("-"), f"{example}: there is no such command"
        options = {word for word in rest if word.startswith("-")}
        assert options <= commands[command] | {"--help"}, example


def test_every_option_that_is_named_alone_is_one_of_some_command(commands: dict[str, set[str]]) -> None:
    known = {"--help", *(option for options in commands.values() for option in options)}
    named = {span.split()[0] for span in spans() if span.startswith("--")}
    assert {"--plain", "--no-save", "--json", "--answers"} <= named
    assert named <= known


def test_every_command_has_a_row_with_an_example(commands: dict[str, set[str]]) -> None:
    table = TEXT.split("## Every command", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `([^`]+)` \| .+ \| `dbtcoach ([^`]+)` \|$", table, re.MULTILINE))
    assert set(rows) == set(commands) - {""}
    assert all(command_of(example.split(), commands) == command for command, example in rows.items())


def needs_a_person(example: str, commands: dict[str, set[str]]) -> bool:
    words = shlex.split(example)[1:]
    command = command_of(words, commands)
    return command in ASKING or (command in EXERCISES and not SCRIPTED & set(words))


def test_the_examples_that_need_no_terminal_work(commands: dict[str, set[str]], tmp_path: Path) -> None:
    for place, example in enumerate(examples()):
        if needs_a_person(example, commands) or "--install-completion" in example:
            continue
        folder = tmp_path / str(place)
        home = folder / "home"
        settle(home)
        (folder / "tests").symlink_to(CHECKOUT / "tests")
        (folder / "draft.txt").write_text("You should calm down.", "utf-8")
        (folder / "daylio_export.csv").write_text("day,mood\n2026-11-20,good\n", "utf-8")
        env = {**os.environ, "HOME": str(folder), "DBTCOACH_HOME": str(home), "LANG": "C.UTF-8"}
        env["PATH"] = f"{Path(PROGRAM).parent}:{env['PATH']}"
        prepared = ["dbtcoach pause --answers tests/answers/pause.yaml"]
        prepared += (
            ["dbtcoach exercises new my && cp home/exercises/my.yaml ."] if "my.yaml" in example else []
        )
        prepared += ["mkdir usb && cp home/journal.json usb"] if "usb" in example else []
        prepared += ["dbtcoach data backup -o usb/dbtcoach.zip"] if "restore" in example else []
        script = " && ".join([*(f"{{ {line}; }} >/dev/null 2>&1" for line in prepared), example])
        sure = (
            " --yes" if any(f" {word}" in example for word in ("delete", "forget", "merge", "import")) else ""
        )
        done = subprocess.run(
            ["bash", "-c", script + sure],
            cwd=folder,
            env=env,
            input="water\n" if "search" in example else "",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"{example}\n{done.stderr}"
        silent = any(part in example for part in (" > ", " -o ", "--due", "delete"))
        assert silent or done.stdout + done.stderr, example


def test_the_test_command_is_where_the_checks_look_for_it() -> None:
    [block] = re.findall(r"<!-- tests -->\n```sh\n(.+)\n```\n<!-- /tests -->", TEXT)
    assert block.endswith(".venv/bin/pytest")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_to_one(page: str) -> None:
    source = FENCES.sub("", (CHECKOUT / page).read_text("utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)", source)
    for link in links:
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (CHECKOUT / page).parent / path if path else CHECKOUT / page
        assert target.exists(), f"{page}: {link}"
        if anchor and target.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            names = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in names, f"{page}: {link}"


def test_the_index_names_every_page() -> None:
    index = (CHECKOUT / "docs" / "README.md").read_text("utf-8")
    for page in CHECKOUT.glob("docs/*.*"):
        assert page.name == "README.md" or f"]({page.name})" in index, page.name


def test_the_entry_is_what_an_entry_is_today(tmp_path: Path) -> None:
    [block] = re.findall(r"<!-- entry -->\n```json\n(.+?)```\n<!-- /entry -->", TEXT, re.DOTALL)
    shown = json.loads(block)
    done = subprocess.run(
        [PROGRAM, "pause", "--answers", str(CHECKOUT / "tests" / "answers" / "pause.yaml"), "--json"],
        env={**os.environ, "DBTCOACH_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    saved = json.loads(done.stdout)
    assert list(shown) == list(saved)
    told = ("v", "exercise", "title", "complete", "distress")
    assert {key: shown[key] for key in told} == {key: saved[key] for key in told}
    assert all(answer in saved["answers"] for answer in shown["answers"])


def test_the_figures_are_those_of_the_coachs_page() -> None:
    [table] = re.findall(r"<!-- figures.*?-->\n(.+?)<!-- /figures -->", TEXT, re.DOTALL)
    page = (CHECKOUT / "docs" / "coach.md").read_text("utf-8")
    for name, kind in (("drafts", "drafts"), ("replies", "replies"), ("words about danger", "danger")):
        [shown] = re.findall(rf"^\| {name} \|(.+)$", table, re.MULTILINE)
        measured = re.findall(rf"^\| .*: {kind} \|(.+)$", page, re.MULTILINE)
        assert shown == measured[-1], "The README shows the rows that were measured last."
    assert "other people's sentences will do worse" in TEXT


def test_every_setting_is_shown() -> None:
    [block] = [block for kind, block in FENCES.findall(TEXT) if kind == "yaml"]
    from dbtcoach.world.settings import decode_settings

    assert decode_settings(block.encode(), "README.md").problems == ()
    shown = set(re.findall(r"^(\w+):", block, re.MULTILINE))
    assert shown == set(Settings.__dataclass_fields__) - {"problems", "unsure"}


def test_every_picture_says_what_it_shows_and_has_its_text_beside_it() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\((docs/pictures/[\w-]+)\.svg\)", TEXT)
    assert len(pictures) == len(list(CHECKOUT.glob("docs/pictures/*.svg")))
    for told, path in pictures:
        assert len(told) > 40
        assert f"({path}.txt)" in TEXT


def test_it_shows_the_week_of_day_eight_as_it_was_met() -> None:
    met = (CHECKOUT / "docs" / "thirty-days.md").read_text("utf-8").partition("## Day 8\n")[2]
    shown = [block for kind, block in FENCES.findall(TEXT) if kind == "text" and "The week to" in block]
    assert len(shown) == 1
    assert f"```text\n{shown[0]}```" in met.partition("## Day 30\n")[0]

"""Files that somebody made to harm: a corpus, and thousands of random changes to the good ones."""

from __future__ import annotations

import gc
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.acceptance.program import CRASHES, HIDDEN, PLACE, Said, call
from tests.acceptance.share import FULL, LONG, share, some
from tests.pty.own import KINDS
from tests.pty.person import settle
from tests.shell import home_of, run

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.timeout(LONG)

HOSTILE = Path(__file__).parent / "hostile"
SHIPPED = Path(__file__).parents[2] / "exercises"
ANSWERS = Path(__file__).parents[1] / "answers"
LIMIT = 200 if FULL else 600  # loops over a megabyte: 1 s, or 3; in a share other tests run beside it
RULES = LIMIT + 200  # own rules are read with all shipped ones, which takes most of a second alone
GOOD = b'before: 3\npace: whole\nurge: "words"\n'

NESTED = b"[" * 200_000
LINE = b"x" * 10_000_000
TOO_LARGE_TO_KEEP: dict[str, bytes] = {
    "scripts/nested.yaml": NESTED,
    "scripts/nested-braces.yaml": b"{a: " * 200_000,
    "scripts/nested-dashes.yaml": b"- " * 200_000,
    "scripts/long-line.yaml": LINE,
    "scripts/many-keys.yaml": b"".join(b"a%d: 1\n" % number for number in range(20_000)),
    "rules/nested.yaml": NESTED,
    "rules/long-line.yaml": LINE,
    "configs/nested.yaml": NESTED,
    "configs/long-line.yaml": LINE,
    "answers/nested.yaml": NESTED,
    "answers/nested.json": NESTED + b"]" * 200_000,
    "answers/long-line.yaml": b'urge: "' + LINE + b'"\n',
    "journals/nested.json": NESTED,
    "journals/nested-entry.json": b'[\n{"v":1,"id":"a","answers":' + NESTED + b"]" * 200_000 + b"}\n]\n",
    "journals/long-line.json": b'[\n{"v":1,"id":"a","exercise":"pause","title":"' + LINE + b'"}\n]\n',
    "journals/long-answer.json": b'[\n{"v":1,"id":"a","exercise":"pause","day":"2026-11-22",'
    b'"answers":[{"step":"urge","prompt":"What?","value":"' + LINE + b'"}]}\n]\n',
    "journals/no-line-ends.json": b'{"v":1,"id":' * 500_000,
}


def kept(kind: str) -> list[str]:
    """Return the names of the hostile files of a kind, those of the folder and those made here."""
    names = [f"{kind}/{path.name}" for path in (HOSTILE / kind).iterdir()]
    return sorted([*names, *(name for name in TOO_LARGE_TO_KEEP if name.startswith(f"{kind}/"))])


def content(name: str) -> bytes:
    return TOO_LARGE_TO_KEEP.get(name) or (HOSTILE / name).read_bytes()


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def entries_in(home: Path) -> list[dict[str, Any]]:
    """Return the entries of a journal that is whole; its numbers may be longer than Python reads."""
    found: list[dict[str, Any]] = json.loads((home / "journal.json").read_bytes(), parse_int=str)
    return found


def assert_places(told: str) -> None:
    """Fail unless every line says where in the file something is wrong."""
    lines = [line for line in told.strip().split("\n") if not line.startswith("… ")]
    assert lines[0]
    for line in lines:
        assert PLACE.match(line) or "more problem" in line, line


def scripts(home: Path, name: str, data: bytes) -> list[Said]:
    path = put(home / "exercises" / Path(name).name, data)
    checked = call(home, "exercises", "check", str(path))
    assert checked.code == 3
    assert_places(checked.err)
    used = call(home, path.stem, "--answers", "-")
    assert used.code in (2, 3)  # 2 where even the name is no command
    assert call(home, "pause", "--answers", "-", typed=GOOD).code == 0
    return [checked, used, call(home, "exercises", "list"), call(home, "--help")]


def rules(home: Path, name: str, data: bytes) -> list[Said]:
    put(home / "exercises" / "coach" / Path(name).name, data)
    read = call(home, "review", "--as", "describe", typed=b"You never listen.\n")
    assert read.code == 0
    if read.err:
        assert_places(read.err.partition("\n")[2])
    return [read]


def configs(home: Path, name: str, data: bytes) -> list[Said]:
    put(home / "config.yaml", data)
    assert name
    played = call(home, "pause", "--plain", typed=b"3\n")
    if "nothing is kept" in played.out:
        assert "config.yaml:" in played.err
        assert not (home / "drafts" / "pause.json").exists()
    return [played, call(home, "help-now"), call(home, "data", "where"), call(home, "reflect", "--due")]


def answers(home: Path, name: str, data: bytes) -> list[Said]:
    path = put(home.parent / "files" / Path(name).name, data)
    played = call(home, "pause", "--answers", str(path))
    assert played.code in (0, 2)
    if played.code:
        assert not (home / "journal.json").exists(), "nothing is half-saved"
        assert path.name in played.err or "cannot be used" in played.err
    else:
        entries_in(home)
    return [played]


LOOKING = (
    ("log", "list"),
    ("log", "list", "--json"),
    ("log", "show", "last"),
    ("log", "show", "last", "--json"),
    ("trends", "--all"),
    ("trends", "--all", "--json"),
    *(
        ("log", "export", "--format", form, "--with-words", "--since", "1900-01-01")
        for form in ("md", "html", "csv", "json")
    ),
)


def journals(home: Path, _name: str, data: bytes) -> list[Said]:
    journal = put(home / "journal.json", data)
    found = [call(home, *command) for command in LOOKING]
    found.append(call(home, "log", "search", typed=b"words\n"))
    assert journal.read_bytes() == data, "reading never writes"
    return [*found, save(home, data)]


def save(home: Path, data: bytes) -> Said:
    """Save beside whatever the journal holds; beside sealed entries without their keys it is refused."""
    saved = call(home, "pause", "--answers", "-", typed=GOOD)
    if saved.code:
        assert saved.code == 1
        assert b'"age"' in data
        assert "its key files are not in" in saved.err
        assert (home / "journal.json").read_bytes() == data
    else:
        assert entries_in(home)[-1]["exercise"] == "pause"
    return saved


def merges(home: Path, name: str, data: bytes) -> list[Said]:
    other = put(home.parent / "files" / Path(name).name, data)
    assert call(home, "pause", "--answers", "-", typed=GOOD).code == 0
    before = entries_in(home)
    merged = call(home, "data", "merge", "--yes", str(other), typed=b"\n")
    assert merged.code in (0, 1)
    after = entries_in(home)
    assert before[0] in after
    assert other.read_bytes() == data
    return [merged]


KINDS_OF_FILES: dict[str, Callable[[Path, str, bytes], list[Said]]] = {
    "scripts": scripts,
    "rules": rules,
    "configs": configs,
    "answers": answers,
    "journals": journals,
    "merges": merges,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS_OF_FILES)
def test_no_hostile_file_crashes_hangs_or_draws(
    tmp_path: Path, figure: Callable[[str], None], kind: str
) -> None:
    names = kept("journals" if kind == "merges" else kind)
    if kind in ("journals", "merges"):  # a dozen commands for each
        names = some(names, 10)
    slowest, commands = (0.0, ""), 0
    for number, name in enumerate(names):
        home = tmp_path / str(number) / "home"
        data = content(name)
        for said in KINDS_OF_FILES[kind](home, name, data):
            # Ten million letters take longer than a second to read in some commands, and may.
            said.assert_calm((RULES if kind == "rules" else LIMIT) * (1 if len(data) < 1_000_000 else 10))
            slowest = max(slowest, (said.seconds, name))
            commands += 1
        shutil.rmtree(tmp_path / str(number))
    figure(
        f"hostile {kind}: {len(names)} files, {commands} commands, 0 crashes, 0 ESC,"
        f" the slowest {slowest[0]:.2f} s ({slowest[1]})"
    )


@pytest.mark.slow
def test_the_installed_program_says_the_same(tmp_path: Path, figure: Callable[[str], None]) -> None:
    names = some([*kept("scripts"), *kept("answers"), *kept("journals")], 8)
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        settle(home_of(folder))
        if name.startswith("journals"):
            put(home_of(folder) / "journal.json", content(name))
            arguments = ["log", "show", "last"]
        else:
            path = put(folder / Path(name).name, content(name))
            arguments = ["exercises", "check"] if name.startswith("scripts") else ["pause", "--answers"]
            arguments.append(str(path))
        done = run(folder, *arguments)
        assert done.returncode in (0, 1, 2, 3)
        assert HIDDEN.search(done.stdout + done.stderr) is None
        assert not any(crash in done.stderr for crash in CRASHES)
    figure(f"hostile files given to the installed program: {len(names)}, 0 crashes, 0 ESC")


# The good ones, and what is put into them.
GOOD_FILES: list[tuple[str, str, bytes]] = [
    *(("scripts", path.name, path.read_bytes()) for path in sorted(SHIPPED.glob("*.yaml"))),
    *(("scripts", "kinds.yaml", KINDS.encode()) for _ in range(2)),
    ("rules", "blame.yaml", (SHIPPED / "coach" / "blame.yaml").read_bytes()),
    *(("answers", path.name, path.read_bytes()) for path in sorted(ANSWERS.iterdir())),
    ("configs", "config.yaml", b"plain: true\nanimation: false\nsave: true\ncountry: GB\nrows: [sleep]\n"),
    *(
        (kind, "journal.json", (HOSTILE / "journals" / "crlf.json").read_bytes().replace(b"\r\n", b"\n"))
        for kind in ("journals", "merges")
        for _ in range(2)
    ),
]
PIECES = [
    b"\x1b[2J",
    b"\\e[31m",
    b"\\u001b]52;c;aGk=\\u0007",
    "\u009b".encode(),
    "\u202e".encode(),
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"&a ",
    b"*a",
    b"!!python/name:x ",
    b"<<: ",
    b"9" * 5000,
    b"1e999",
    b"-1",
    b"NaN",
    b"2026-13-45",
    b"../../",
    b"[" * 50,
    b"{a: " * 20,
    b"}",
    b"]",
    b'"',
    b"'",
    b": ",
    b"\n",
    b"\n  - ",
    b"\t",
    b"${a}",
    b"${last.pause.urge}",
    b"null",
    b"true",
    b"[/bold]",
    b":smile:",
    b"%s",
    b"{0}",
    b"when: {a: {min: 99}}",
    b"type: menu",
    b"count: 99999",
    b"seconds: 0",
    b"|\n",
    b"#",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "insert", "swap", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 60),
        st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=5,
)


def changed(data: bytes, changes: list[tuple[str, float, int, bytes]]) -> bytes:
    """Return a file after somebody, or a bad disk, went over it."""
    for how, where, length, piece in changes:
        at = int(where * len(data))
        part = data[at : at + length]
        match how:
            case "cut":
                data = data[:at] + data[at + length :]
            case "double":
                data = data[:at] + part + data[at:]
            case "insert":
                data = data[:at] + piece + data[at:]
            case "swap":
                data = data[:at] + piece + data[at + length :]
            case _:
                data = data[: max(at, 1)]
    return data


def try_changed(home: Path, kind: str, name: str, data: bytes) -> list[Said]:
    """Use a changed file as somebody would; it may be good still."""
    match kind:
        case "scripts":
            path = put(home / "exercises" / name, data)
            found = [call(home, "exercises", "check", str(path))]
            if found[0].code == 3:
                assert_places(found[0].err)
            elif name == "kinds.yaml":
                found.append(call(home, "kinds", "--plain", typed=b"words\n3\n" + b"\n" * 30))
                found.append(call(home, "exercises", "print", "kinds"))
            return found
        case "answers":
            exercise = name.split(".", 1)[0]
            arguments = ("dear-man", "--after") if exercise.endswith("-after") else (exercise,)
            return [call(home, *arguments, "--answers", "-", typed=data)]
        case "journals":
            put(home / "journal.json", data)
            found = [call(home, *command) for command in (LOOKING if FULL else LOOKING[2:3])]
            return [*found, save(home, data)]
        case _:
            return KINDS_OF_FILES[kind](home, name, data)


@pytest.mark.slow
def test_no_random_change_of_a_good_file_crashes_hangs_or_draws(
    tmp_path_factory: pytest.TempPathFactory, figure: Callable[[str], None]
) -> None:
    tried: dict[str, int] = {}
    slowest = [0.0]

    @settings(
        max_examples=share(100, 10_000),
        derandomize=not FULL,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(good=st.sampled_from(GOOD_FILES), changes=CHANGES)
    def try_one(good: tuple[str, str, bytes], changes: list[tuple[str, float, int, bytes]]) -> None:
        kind, name, data = good
        folder = tmp_path_factory.mktemp("changed")
        for said in try_changed(folder / "home", kind, name, changed(data, changes)):
            said.assert_calm(RULES if kind == "rules" else LIMIT)
            slowest[0] = max(slowest[0], said.seconds)
        tried[kind] = tried.get(kind, 0) + 1
        shutil.rmtree(folder)
        if sum(tried.values()) % 100 == 0:
            gc.collect()  # ten thousand commands leave gigabytes before Python would look by itself

    try_one()
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(tried.items()))
    figure(
        f"random changes: {sum(tried.values())} files ({counts}), 0 crashes, 0 ESC,"
        f" the slowest command {slowest[0]:.2f} s"
    )

"""Every field that is ever shown, filled with what draws, hides, overflows or means something elsewhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.acceptance.program import call
from tests.acceptance.share import LONG
from tests.acceptance.stops import NOW, see_page, stops
from tests.pty.own import KINDS, write_own
from tests.pty.person import Person, settle, squeezed
from tests.shell import home_of

from dbtcoach.cleaning import clean, storable
from dbtcoach.disk.home import Home
from dbtcoach.journal import drafts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(LONG)]

PAYLOADS = {
    "OSC 52": "a\x1b]52;c;aGVsbG8=\x07b",
    "markup": "[/bold] [red]sad[/red] [link=x]y[/link]",
    "emoji names": ":smile: :warning:",
    "C1": "a\u009b31mb\u009d0;title\u009c",
    "direction marks": "user\u202etxt.exe \u2066b\u2069 \u200e",
    "combining marks": "Z" + "\u0335\u0301\u0489" * 300,
    "length": "wort " * 20_000,
    "one long word": "x" * 100_000,
    "formats": "%s {0} ${words} $(date) `id` <script>alert(1)</script> =1+1",
}
LIMIT = 4000  # loops over a megabyte: 20 s; 100,000 letters in every field of an entry


def shown(text: str, payload: str) -> bool:
    """Say whether a text holds the payload literally, cleaned; however it is wrapped, from its start."""
    return squeezed(clean(payload))[:40] in squeezed(text)


def entry(payload: str) -> dict[str, Any]:
    """Return an entry with the payload in every field that somebody else may have written."""
    return {
        "v": 1,
        "id": "0197a000-0000-7000-8000-000000000001",
        "exercise": "pause",
        "title": payload,
        "started": "2026-11-22T21:00:00+00:00",
        "finished": "2026-11-22T21:05:00+00:00",
        "day": datetime.now(UTC).date().isoformat(),
        "complete": True,
        "distress": {"before": 7, "after": 5},
        "answers": [
            {"step": "urge", "prompt": payload, "value": payload},
            {"step": payload, "prompt": "Listed", "value": [payload, payload]},
            {"step": "rows", "prompt": "Rows", "value": {payload: 3}},
            {"step": "last", "prompt": "The end of it?", "value": "the last words"},
        ],
    }


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_is_read_back_is_shown_as_it_is(
    tmp_path: Path, figure: Callable[[str], None], name: str
) -> None:
    payload = PAYLOADS[name]
    home = tmp_path / "home"
    settle(home)
    (home / "journal.json").write_text("[\n" + json.dumps(entry(payload)) + "\n]\n", "utf-8")
    commands: list[tuple[tuple[str, ...], bytes]] = [
        (("log", "list"), b""),
        (("log", "list", "--plain"), b""),
        (("log", "show", "last"), b""),
        (("log", "show", "last", "--plain"), b""),
        (("log", "search"), b"last words\n"),
        (("trends", "--all"), b""),
        *((("log", "export", "--format", form, "--with-words"), b"") for form in ("md", "html", "csv")),
        (("review",), payload.encode()),
        (("review", "--json"), payload.encode()),
    ]
    for arguments, typed in commands:
        said = call(home, *arguments, typed=typed)
        said.assert_calm(LIMIT)
        assert said.code == 0, said.err
    read = call(home, "log", "show", "last").out
    assert read.count("The end of it?") == 1, "what follows is in its place"
    assert read.rstrip().endswith("the last words")
    assert shown(read, payload)
    listed = call(home, "log", "list").out.rstrip("\n").split("\n")
    assert len(listed) == 1
    assert listed[0].endswith("0197a000")
    again = json.loads(call(home, "log", "show", "last", "--json").out)
    assert again["answers"][0]["value"] == payload, "as data it is what it was"
    figure(f"fields, {name}: {len(commands)} commands, 0 ESC, shown literally, nothing torn")


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_is_typed_is_shown_and_kept_cleaned(tmp_path: Path, name: str) -> None:
    payload = PAYLOADS[name]
    home = tmp_path / "home"
    own = KINDS + "  - {id: card, type: card, title: 'A card', message: 'Mine: ${words} and ${last}'}\n"
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "kinds.yaml").write_text(own, "utf-8")
    typed = [payload, ":back", "", "4", *[""] * 7, payload]
    said = call(home, "kinds", "--plain", typed="".join(f"{line}\n" for line in typed).encode())
    said.assert_calm(LIMIT)
    assert said.code == 0, said.err
    assert "End of the card." in said.out
    assert shown(said.out.split("Your answer so far:")[1], payload)
    assert shown(said.out.split("Mine:")[1], payload)
    [kept] = json.loads((home / "journal.json").read_bytes())
    assert kept["answers"][0]["value"] == storable(payload).strip()
    answers = json.dumps({"words": payload, payload: 1, "number": payload}).encode()
    refused = call(home, "kinds", "--answers", "-", typed=answers)
    refused.assert_calm(LIMIT)
    assert refused.code == 2


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name not in ("length", "one long word")])
def test_names_from_the_command_line_and_files_are_shown_cleaned(tmp_path: Path, name: str) -> None:
    payload = PAYLOADS[name].replace("/", "-")[:60]
    home = tmp_path / payload
    settings = {"rows": [payload[:20]], "country": payload}
    settle(home)
    (home / "config.yaml").write_text(json.dumps(settings), "utf-8")
    for arguments in (
        ["data", "where"],
        ["log", "show", payload],
        ["log", "list", "--since", payload],
        ["log", "list", "--exercise", payload],
        ["log", "export", "--format", payload],
        ["exercises", "check", payload],
        ["exercises", "new", payload],
        ["exercises", "print", payload],
        ["help-now", "--country", payload],
        ["review", "--as", payload],
        ["review", payload],
        ["pause", "--answers", payload],
        ["data", "merge", "--yes", payload],
        ["remind", "--print", payload],
        ["reflect", "--date", payload],
        ["reflect", "--plain"],
        [payload],
    ):
        call(home, *arguments).assert_calm(LIMIT)


@pytest.mark.pty
@pytest.mark.parametrize("name", ["OSC 52", "markup", "C1", "combining marks", "one long word"])
def test_a_page_with_such_words_is_whole(tmp_path: Path, figure: Callable[[str], None], name: str) -> None:
    payload = PAYLOADS[name]
    write_own(tmp_path)
    settle(home_of(tmp_path))
    stop = next(stop for stop in stops(home_of(tmp_path), "kinds", {}) if stop.step == "number")
    session: dict[str, Any] = {
        "exercise": "kinds",
        "title": payload,
        "started": payload,
        "answers": [{"step": "words", "prompt": payload, "value": payload}],
        "passed": ["words"],
    }
    drafts.save(Home(str(home_of(tmp_path))), "kinds", payload, session, NOW)
    with Person(tmp_path, "kinds") as person:
        person.see("Go on from there")
        person.press("1")
        see_page(person, stop)
        assert person.screen.lstrip().startswith("All kinds")
        person.press("ctrl-b")
        person.see(*([squeezed(clean(payload))[:20]] if name in ("OSC 52", "markup", "C1") else []))
        person.press("enter")
        see_page(person, stop)
        person.see("0 nothing … 10 all of it")
        assert person.screen.lstrip().startswith("All kinds")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        for drawn in (b"\x1b]52", b"\x1b]0;", b"\x9b", "\u009b".encode(), "\u202e".encode()):
            assert drawn not in person.raw.replace("\u009b".encode() if drawn == b"\x9b" else b"\0", b"")
    figure(f"page with {name}: header and question in their places before and after, 0 unexpected ESC")

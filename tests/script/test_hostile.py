"""Files that somebody made to crash, to hang or to fool the program: refused at once, in a line."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from tests.work import steps

from dbtcoach.errors import ScriptError
from dbtcoach.script.countries import decode_lines
from dbtcoach.script.decode import decode
from dbtcoach.script.nodes import MAX_BYTES, MAX_NODES, as_value, read
from dbtcoach.script.problems import Problems
from dbtcoach.script.scenes import decode_scenes
from dbtcoach.script.skills import decode_skill
from dbtcoach.script.steps import MOST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "format: 1\nname: x\ntitle: t\nsummary: s\nsteps:\n"
SAY = "- {id: a, type: say, message: m}\n"
# Lines of Python for each letter of a file. The worst of these files takes 38; 50 for each letter of the
# largest file that is read are about half a second's work.
MOST = 50


def select(choices: int) -> str:
    listed = "".join(f"  - {{value: a{n}, label: b}}\n" for n in range(choices))
    return f"- id: kind\n  type: select\n  message: m\n  choices:\n{listed}"


def bomb() -> str:
    layers = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12)]
    return "l0: &l0 [lol]\n" + "".join(layers)


REFUSED = {
    "200,000 open brackets": ("[" * 200_000, "nested deeper than 12 levels"),
    "open brackets in a value": ("a: " + "[" * 200_000, "nested deeper than 12 levels"),
    "open braces": ("{a: " * 60_000, "nested deeper than 12 levels"),
    "nested dashes": ("- " * 100_000, "nested deeper than 12 levels"),
    "nested question marks": ("? " * 100_000, "a key must be a plain word"),
    "a list as a key": ("? [a]\n: b\n", "a key must be a plain word"),
    "a mapping as a key": ("{{a: b}: c}", "a key must be a plain word"),
    "an alias bomb": (bomb(), "anchors"),
    "a merge bomb": ("a: &a {x: 1}\nb: {<<: [*a, *a]}\n", "anchors"),
    "a merge key": ("b: {<<: {a: 1}}\n", "merge keys"),
    "an alias of nothing": ("a: *nobody\n", "aliases"),
    "an anchor at the root": ("&a {b: 1}\n", "anchors"),
    "an anchor on a key": ("&a b: 1\n", "anchors"),
    "a Python tag": ("a: !!python/object/apply:os.system ['true']\n", "tags"),
    "a tag on a mapping": ("!x {b: 1}\n", "tags"),
    "a standard tag": ("a: !!str b\n", "tags"),
    "a tag without a name": ("a: ! b\n", "tags"),
    "a tag on a list": ("a: !!set [b]\n", "tags"),
    "a raw NUL": (HEAD + "- \0\n", "hidden character (U+0000)"),
    "an escaped NUL": (HEAD + '- "\\0"\n', "hidden character (U+0000)"),
    "an escaped ESC in a key": ('"\\e[2J": 1\n', "hidden character (U+001B)"),
    "a raw ESC": ("a: \x1b[2J\n", "hidden character (U+001B)"),
    "a right-to-left override": ("a: user\u202etxt.exe\n", "hidden character (U+202E)"),
    "an escaped isolate": ('a: "\\u2066b"\n', "hidden character (U+2066)"),
    "a C1 control": ("a: b\x9b2J\n", "hidden character (U+009B)"),
    "a raw lone surrogate": ("a: \ud800\n", "hidden character (U+D800)"),
    "an escaped lone surrogate": ('a: "\\ud800"\n', "not valid YAML"),
    "a lone carriage return": ("a: b\rc: d\n", "hidden character (U+000D)"),
    "a byte order mark inside": ("a: b\ufeff\n", "hidden character (U+FEFF)"),
    "duplicate keys": ("a: 1\na: 2\n", "'a' is given twice"),
    "duplicate keys, quoted": ("a: 1\n'a': 2\n", "'a' is given twice"),
    "a 5,000-digit format": ((HEAD + SAY).replace("1", "1" * 5000, 1), "this program reads format 1"),
    "a 5,000-digit number": (
        HEAD + f"- {{id: a, type: wait, message: m, seconds: {'9' * 5000}}}\n",
        "whole number",
    ),
    "an octal number": (HEAD + "- {id: a, type: wait, message: m, seconds: 0o17}\n", "whole number"),
    "a hexadecimal number": (HEAD + "- {id: a, type: wait, message: m, seconds: 0x1F}\n", "whole number"),
    "digits of another script": (HEAD + "- {id: a, type: wait, message: m, seconds: ٣}\n", "whole number"),
    "an underscored number": (HEAD + "- {id: a, type: wait, message: m, seconds: 1_0}\n", "whole number"),
    "an impossible date": (HEAD.replace("summary: s", "minutes: 2026-13-45") + SAY, "whole number"),
    "a base-60 number": (HEAD.replace("summary: s", "minutes: 1:30") + SAY, "whole number"),
    "not a number": (HEAD.replace("summary: s", "minutes: .nan") + SAY, "whole number"),
    "too many bytes": ("#" * (MAX_BYTES + 1), "larger than 256 kB"),
    "too many values": ("[" + "[]," * (MAX_NODES + 1) + "]", f"more than {MAX_NODES} values"),
    "too many keys": ("{" + ",".join(f"{n:x}" for n in range(MAX_NODES // 2 + 1)) + "}", "more than"),
    "only white space": (" " * 250_000, "the file is empty"),
    "tabs": ("\t" * 250_000, "not valid YAML"),
    "an endless quote": ('"' + "\\" * 200_000, "not valid YAML"),
    "an endless key": ("a" * 250_000 + ": 1", "not valid YAML"),
    "20,000 unknown keys": ("".join(f"mess{n}: 1\n" for n in range(20_000)), "unknown key 'mess0'"),
    "20,000 guards": (
        HEAD
        + SAY
        + f"- {{id: b, type: say, message: m, when: {{{','.join(f'a{n}: 1' for n in range(20_000))}}}}}",
        "no step above is called 'a0'",
    ),
    "5,000 wrong names": (
        HEAD + "".join(f"- {{id: a{n}, type: say, message: '${{q{n}}}'}}\n" for n in range(5000)),
        "no step above is called 'q0'",
    ),
    "60,000 references": (HEAD + "- id: a\n  type: say\n  message: " + "${b}" * 60_000, "no step above"),
    "7,000 wrong types": (
        HEAD + "".join(f"- {{id: a{n}, type: brethe}}\n" for n in range(7000)),
        "unknown type",
    ),
    "7,000 equal ids": (HEAD + SAY * 7000, "'a' is given twice"),
    "4,000 choices, 18,000 values": (
        HEAD
        + select(4000)
        + f"- {{id: b, type: say, message: m, when: {{kind: [{','.join(['a3999'] * 18_000)}, x]}}}}",
        "no choice has the value 'x'",
    ),
    "8,000 choices": (HEAD + select(8000) + "- {id: kind, type: say, message: m}\n", "'kind' is given twice"),
}


def refused(text: str) -> None:
    with contextlib.suppress(ScriptError):
        decode(text, "x.yaml")


@pytest.mark.slow
@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_at_once(text: str, message: str) -> None:
    with pytest.raises(ScriptError) as raised:
        decode(text, "x.yaml")
    assert steps(lambda: refused(text)) < MOST * max(len(text), 1000)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 10_000  # it is shown on a screen
    assert "\x1b" not in str(raised.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"a: \xff\n", "1:4: this is not UTF-8 text"),
        (b"a: b\nc: \xed\xa0\x80\n", "2:4: this is not UTF-8 text"),  # a surrogate, encoded as nobody may
        ("a: b\n".encode("utf-16"), "1:1: this is not UTF-8 text"),
        (b"\xc3\xa9" * 131_072 + b"a", "larger than 256 kB"),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_they_stand(source: bytes, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        decode(source, "x.yaml")


def decode_card(text: str, file: str) -> object:
    return decode_skill(text, file, "x")


@pytest.mark.parametrize("decoder", [decode_lines, decode_scenes, decode_card])
@pytest.mark.parametrize("name", ["200,000 open brackets", "an alias bomb", "a raw ESC", "too many values"])
def test_other_files_are_read_as_carefully(decoder: Callable[[str, str], object], name: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(ScriptError) as raised:
        decoder(text, "x.yaml")
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("12:30", "12:30"),
        ("2026-11-23", "2026-11-23"),
        ("2026-13-45", "2026-13-45"),
        ("1e3", "1e3"),
        ("1.5", "1.5"),
        (".inf", ".inf"),
        ("007", 7),
        ("-3", -3),
        ("'3'", "3"),
        ("1234567890", "1234567890"),
        ("~", None),
        ("null", None),
        ("'~'", "~"),
        ("a:", {"a": None}),
        ("[a, [1, {b: c}]]", ["a", [1, {"b": "c"}]]),
        ("=", "="),
    ],
)
def test_words_stay_words(text: str, value: object) -> None:
    problems = Problems()
    node = read(text, "x.yaml", problems)
    assert node is not None
    found = as_value(node)
    assert found == value
    assert type(found) is type(value)
    problems.raise_if_any()


def test_an_exercise_of_too_many_steps_is_told_so_and_not_walked_for_a_minute() -> None:
    def many(count: int) -> str:
        return HEAD + "".join(f"- {{id: a{n}, type: say, message: m}}\n" for n in range(count))

    assert len(decode(many(MOST_STEPS), "x.yaml").steps) == MOST_STEPS
    with pytest.raises(ScriptError, match=f"x.yaml:[0-9]+:3: an exercise has at most {MOST_STEPS} steps"):
        decode(many(6000), "x.yaml")

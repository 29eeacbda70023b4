"""The JSON Schema that editors use, held to the decoder that the program uses."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.decode import decode
from dbtcoach.script.fields import Fields
from dbtcoach.script.nodes import as_value, read
from dbtcoach.script.problems import Problems

Schema = dict[str, Any]
SCHEMA: Schema = json.loads((shipped_folder() / "data" / "exercise-v1.schema.json").read_bytes())
HEAD = "format: 1\nname: mine\ntitle: t\nsummary: s\nsteps:\n"
# What has an example of everything that is named in a guard or a run.
ABOVE = """
  - {id: kind, type: select, message: m, choices: [{value: ask, label: l}, {value: refuse, label: l}]}
  - {id: rights, type: select, multiple: true, message: m, choices: [{value: a, label: l}]}
  - {id: sure, type: confirm, message: m}
  - {id: distress, type: scale, message: m}
  - {id: before, type: scale, message: m}
  - {id: after, type: scale, message: m}
  - {id: describe, type: text, message: m}
  - {id: express, type: text, message: m}
  - {id: what_happened, type: text, message: m}
"""


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(SCHEMA)


def resolved(schema: Schema) -> Schema:
    """Return a schema with the one it refers to behind its own keys."""
    if "$ref" not in schema:
        return schema
    target = SCHEMA["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    return {**resolved(target), **{key: value for key, value in schema.items() if key != "$ref"}}


def kinds() -> dict[str, Schema]:
    """Return the schema of each step type."""
    cases = SCHEMA["definitions"]["step"]["allOf"]
    return {case["if"]["properties"]["type"]["const"]: resolved(case["then"]) for case in cases}


def flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON is YAML


def sample(schema: Schema) -> object:
    """Return a value that a schema takes, from its examples or its type."""
    schema = resolved(schema)
    if "allOf" in schema:  # a step
        return {"id": "inside", "type": "say", "message": "m"}
    if "properties" in schema and schema.get("type") == "object":
        keys = [*schema.get("required", []), *schema.get("oneOf", [{}])[0].get("required", [])]
        return {key: sample(schema["properties"][key]) for key in keys}
    for key in ("examples", "enum"):
        if key in schema:
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "array":
        return [sample(schema["items"])]
    if kind == "integer":
        return schema["maximum"]
    return True if kind == "boolean" else "words"


def step(kind: str, **more: object) -> dict[str, object]:
    """Return the shortest step of a type, with more keys."""
    schema = kinds()[kind]
    either = [each["required"] for each in schema.get("oneOf", [])]
    chosen = next((keys for keys in either if set(keys) & set(more)), [*either, []][0])
    keys = {key: sample(schema["properties"][key]) for key in [*schema["required"], *chosen]}
    return {**keys, "id": "mine", "type": kind, **more}


def script(*steps: dict[str, object]) -> str:
    return HEAD + ABOVE + "".join(f"  - {flow(each)}\n" for each in steps)


def with_head(**keys: object) -> str:
    head: dict[str, object] = {"format": 1, "name": "mine", "title": "t", "summary": "s"}
    steps = [{"id": "a", "type": "say", "message": "m"}]
    return flow({key: value for key, value in {**head, "steps": steps, **keys}.items() if value is not ...})


def refused(text: str) -> str:
    """Return what the decoder says about a script; empty when it takes it."""
    try:
        decode(text, "mine.yaml")
    except ScriptError as error:
        return str(error)
    return ""


def valid(text: str) -> bool:
    """Say whether the schema takes a script."""
    node = read(text, "mine.yaml", Problems())
    return node is not None and validator().is_valid(as_value(node))


def tables() -> dict[str, Schema]:
    """Return every schema that lists its keys, by where it stands."""
    found: dict[str, Schema] = {}

    def look(at: str, schema: object) -> None:
        if isinstance(schema, list):
            for number, item in enumerate(schema):
                look(f"{at}/{number}", item)
        if isinstance(schema, dict):
            if "properties" in schema and "if" not in at.split("/"):
                found[at] = schema
            for key, value in schema.items():
                look(f"{at}/{key}", value)

    look("", SCHEMA)
    return found


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert set(kinds()) == set(SCHEMA["definitions"]["type"]["enum"])


@pytest.mark.parametrize("at", tables())
def test_every_key_has_words_for_the_editor_and_no_other_key_passes(at: str) -> None:
    table = tables()[at]
    for key, schema in table["properties"].items():
        words = resolved(schema).get("description", "")
        assert len(words) > 12, key
        assert words.endswith("."), key
    if at != "/definitions/step":  # its keys are listed once for each type
        assert table["additionalProperties"] is False


def test_every_definition_is_used_and_exists() -> None:
    text = json.dumps(SCHEMA)
    for name in SCHEMA["definitions"]:
        assert f'"#/definitions/{name}"' in text, name
    assert text.count('"$ref"') == sum(
        text.count(f'"#/definitions/{name}"') for name in SCHEMA["definitions"]
    )


@pytest.mark.parametrize("name", sorted(Catalogue(shipped_folder()).paths()))
def test_every_shipped_exercise_fits(name: str) -> None:
    node = read((shipped_folder() / f"{name}.yaml").read_bytes(), name, Problems())
    assert node is not None
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(as_value(node))] == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return what the decoder asked each table for, as pairs of the keys given and the keys asked for."""
    tables_read: list[tuple[frozenset[str], frozenset[str]]] = []
    close = Fields.close

    def watched(fields: Fields, *also_known: str) -> None:
        tables_read.append((fields.given(), frozenset(fields.asked)))
        close(fields, *also_known)

    monkeypatch.setattr(Fields, "close", watched)
    return tables_read


@pytest.mark.parametrize("kind", kinds())
def test_the_decoder_asks_a_step_for_the_keys_of_the_schema(
    kind: str, asked: list[tuple[frozenset[str], frozenset[str]]]
) -> None:
    smallest = step(kind)
    assert refused(script(smallest)) == ""
    assert valid(script(smallest))
    known = set(kinds()[kind]["properties"])
    assert (frozenset(smallest), known) in [(given, set(keys)) for given, keys in asked]


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        (HEAD + "  - {id: a, type: say, message: m}", SCHEMA),
        (script(step("select")), SCHEMA["definitions"]["choice"]),
        (script(step("scales")), SCHEMA["definitions"]["row"]),
        (script(step("menu")), SCHEMA["definitions"]["part"]),
        (script(step("card", parts=[{"title": "t", "message": "m"}])), SCHEMA["definitions"]["passage"]),
        (script(step("text", instead=[{"when": {"kind": "ask"}}])), SCHEMA["definitions"]["wording"]),
        (with_head(next=[{"label": "l", "exercise": "ground"}]), SCHEMA["properties"]["next"]["items"]),
        (
            script(step("say", when={"distress": {"min": 1, "rise": "before"}})),
            SCHEMA["definitions"]["numbers"],
        ),
        (script(step("say", when={"rights": {"count": {"min": 1}}})), SCHEMA["definitions"]["how_many"]),
        (
            script(step("say", when={"rights": {"count": {"min": 1}}})),
            SCHEMA["definitions"]["how_many"]["properties"]["count"],
        ),
    ],
    ids=["exercise", "choice", "row", "part", "card", "wording", "next", "numbers", "how many", "count"],
)
def test_the_decoder_asks_other_tables_for_the_keys_of_the_schema(
    text: str, schema: Schema, asked: list[tuple[frozenset[str], frozenset[str]]]
) -> None:
    assert refused(text) == ""
    assert valid(text)
    assert set(schema["properties"]) in [set(keys) for _given, keys in asked]


@pytest.mark.parametrize("kind", kinds())
def test_each_key_of_a_step_is_known_or_unknown_to_both(kind: str) -> None:
    schema = kinds()[kind]["properties"]
    every = {key for other in kinds().values() for key in other["properties"]} | {"nonsense", "default"}
    for key in sorted(every):
        value = sample(schema[key]) if key in schema else "words"
        text = script(step(kind, **({key: value} if key not in ("id", "type") else {})))
        assert (f"unknown key '{key}'" in refused(text)) == (key not in schema), key
        assert valid(text) == (key in schema), key


@pytest.mark.parametrize("kind", kinds())
def test_each_required_key_is_required_by_both(kind: str) -> None:
    for key in kinds()[kind]["required"]:
        without = {name: value for name, value in step(kind).items() if name != key}
        assert not valid(script(without)), key
        assert f"'{key}' is missing" in refused(script(without)), key


@pytest.mark.parametrize("kind", kinds())
def test_every_example_is_taken_by_both(kind: str) -> None:
    for key, schema in kinds()[kind]["properties"].items():
        if key in ("id", "type", "exercise", "scenes"):
            continue
        for example in resolved(schema).get("examples", []):
            more = {"rotate": "daily"} if isinstance(example, list) and key == "message" else {}
            text = script(step(kind, **{key: example, **more}))
            assert refused(text) == "", (key, example)
            assert valid(text), (key, example)


@pytest.mark.parametrize("kind", kinds())
def test_every_number_has_the_same_limits_for_both(kind: str) -> None:
    for key, schema in kinds()[kind]["properties"].items():
        limits = resolved(schema)
        if limits.get("type") != "integer":
            continue
        ends = {"min": -100, "max": 100} if key in ("min", "max") else {}
        for number, fits in (
            (limits["minimum"], True),
            (limits["maximum"], True),
            (limits["minimum"] - 1, False),
            (limits["maximum"] + 1, False),
        ):
            text = script(step(kind, **{**ends, key: number}))
            assert valid(text) == fits, (key, number)
            # Of a scale one end is out of its order here, which only the decoder sees.
            assert ("expected a number" not in refused(text)) == fits, (key, number)


TAKEN = {
    "plain": with_head(),
    "every key": with_head(
        skill="s", minutes=1, source="s", opening="o", daily=True, follow_up=False, author="a"
    ),
    "what comes next": with_head(
        next=[
            {"label": "l", "exercise": "b", "when": {"a": "present"}},
            {"label": "m", "exercise": "help-now"},
        ],
        steps=[{"id": "a", "type": "text", "message": "m"}],
    ),
    "another option": with_head(also="together", asks_to_keep="Keep it?"),
    "a menu that begins": script(
        step(
            "menu",
            begin="kind",
            choices=[
                {"value": "ask", "label": "l", "change": "describe"},
                {"value": "refuse", "label": "l", "change": "express"},
            ],
        )
    ),
    "a variant": with_head(variant_of="a", option="b"),
    "a title that is a number": with_head(title=5),
    "a list of messages": script(step("say", message=["a", "b"], rotate="daily")),
    "one message that rotates": script(step("text", message="a", rotate="daily")),
    "a label that is true": script(step("confirm", message=True)),
    "limits": script(step("breathe", inhale=30, top_up=0, hold=30, exhale=1, rest=30, rounds=200)),
    "a negative scale": script(step("scale", min=-100, max=100)),
    "multiple, true": script(step("select", multiple=True)),
    "multiple, false": script(step("select", multiple=False)),
    "change, one": script(step("menu", choices=[{"value": "a", "label": "l", "change": "describe"}])),
    "a value": script(step("say", when={"kind": "ask"})),
    "a list of values": script(step("say", when={"distress": [1, 2]})),
    "a flag": script(step("say", when={"sure": False})),
    "both limits": script(step("say", when={"distress": {"min": 1, "max": 3}})),
    "a rise": script(step("say", when={"after": {"rise": "before", "max": -1}})),
    "a count": script(step("say", when={"rights": {"count": {"max": 3}}})),
    "presence": script(step("say", when={"describe": "present", "last.dear-man.a": "absent"})),
    "a distress role": script(step("scale", role="distress_after")),
}

REFUSED = {
    "nothing": "{}",
    "a list": "[]",
    "format 2": with_head(format=2),
    "format in quotes": with_head(format="1"),
    "format true": with_head(format=True),
    "no name": with_head(name=...),
    "a name with capitals": with_head(name="Mine"),
    "a long name": with_head(name="m" * 41),
    "no title": with_head(title=...),
    "an empty title": with_head(title=""),
    "a blank summary": with_head(summary="  "),
    "a list for a title": with_head(title=["a"]),
    "null for a title": with_head(title=None),
    "no minutes": with_head(minutes=0),
    "too many minutes": with_head(minutes=121),
    "minutes in quotes": with_head(minutes="5"),
    "half a minute": with_head(minutes="0.5"),
    "next without an exercise": with_head(next=[{"label": "l"}]),
    "next with no label": with_head(next=[{"label": " ", "exercise": "b"}]),
    "next that is words": with_head(next=["ground"]),
    "next with another key": with_head(next=[{"label": "l", "exercise": "b", "run": "c"}]),
    "also with capitals": with_head(also="Together"),
    "daily as a word": with_head(daily="yes"),
    "a variant without an option": with_head(variant_of="a"),
    "an option without a variant": with_head(option="a"),
    "no steps": with_head(steps=...),
    "empty steps": with_head(steps=[]),
    "steps that are words": with_head(steps="a"),
    "a step that is words": with_head(steps=["a"]),
    "an unknown key": with_head(titel="t"),
    "an unknown type": script({"id": "a", "type": "brethe"}),
    "no type": script({"id": "a", "message": "m"}),
    "a type that is a list": script({"id": "a", "type": ["say"], "message": "m"}),
    "an id that means something else": script(step("say", id="present")),
    "an id that is a fact": script(step("say", id="now")),
    "an id with a dot": script(step("say", id="a.b")),
    "an empty id": script(step("say", id="")),
    "a list without rotate": script(step("say", message=["a", "b"])),
    "a rotation that is unknown": script(step("say", message=["a", "b"], rotate="weekly")),
    "an empty list of messages": script(step("say", message=[], rotate="daily")),
    "a list of messages for a scale": script(step("scale", message=["a", "b"])),
    "a blank message": script(step("wait", message=" ")),
    "required as a word": script(step("text", required="yes")),
    "count 0": script(step("text", count=0)),
    "count 21": script(step("text", count=21)),
    "no choices": script(step("select", choices=[])),
    "a choice that is words": script(step("select", choices=["a"])),
    "a choice without a label": script(step("select", choices=[{"value": "a"}])),
    "a choice called done": script(step("select", choices=[{"value": "done", "label": "l"}])),
    "a choice called true": script(step("select", choices=[{"value": True, "label": "l"}])),
    "multiple, maybe": script(step("select", multiple="maybe")),
    "a scale out of bounds": script(step("scale", max=101)),
    "a scale in quotes": script(step("scale", max="7")),
    "a breath of no time": script(step("breathe", inhale=0)),
    "a long hold": script(step("breathe", hold=31)),
    "a wait of an hour and more": script(step("wait", seconds=3601)),
    "a part with both": script(
        step(
            "menu",
            choices=[{"value": "a", "label": "l", "change": "describe", "steps": [step("confirm", id="x")]}],
        )
    ),
    "a part with neither": script(step("menu", choices=[{"value": "a", "label": "l"}])),
    "a part with no steps": script(step("menu", choices=[{"value": "a", "label": "l", "steps": []}])),
    "a part that changes nothing": script(step("menu", choices=[{"value": "a", "label": "l", "change": []}])),
    "a distress role on a text": script(step("text", role="distress_before")),
    "an unknown role": script(step("scale", role="distress")),
    "an empty guard": script(step("say", when={})),
    "a guard that is a word": script(step("say", when="kind")),
    "an empty condition": script(step("say", when={"kind": []})),
    "a condition of null": script(step("say", when={"kind": None})),
    "a condition with an unknown key": script(step("say", when={"distress": {"mini": 1}})),
    "a rise without a limit": script(step("say", when={"after": {"rise": "before"}})),
    "a count that is a number": script(step("say", when={"rights": {"count": 2}})),
    "a count without a limit": script(step("say", when={"rights": {"count": {}}})),
    "a count with a limit beside it": script(step("say", when={"rights": {"count": {"min": 1}, "min": 2}})),
    "a limit in quotes": script(step("say", when={"distress": {"min": "7"}})),
    "a limit out of bounds": script(step("say", when={"distress": {"min": 1001}})),
}

ONLY_THE_DECODER_SEES = {
    "the file is called otherwise": with_head(name="other"),
    "next after a step that is not there": with_head(
        next=[{"label": "l", "exercise": "b", "when": {"nobody": "present"}}]
    ),
    "a menu that begins with what is not in it": script(
        step("menu", begin="kind", choices=[{"value": "ask", "label": "l", "change": "describe"}])
    ),
    "two equal ids": script(step("say"), step("say")),
    "two equal values": script(
        step("select", choices=[{"value": "a", "label": "l"}, {"value": "a", "label": "m"}])
    ),
    "a name that no step has": script(step("say", message="${nobody}")),
    "a guard on a step below": script(step("say", when={"later": "present"}), step("text", id="later")),
    "a value that cannot be chosen": script(step("say", when={"kind": "other"})),
    "the ends of a scale the wrong way round": script(step("scale", min=5, max=3)),
    "limits the wrong way round": script(step("say", when={"distress": {"min": 5, "max": 3}})),
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_both_take(text: str) -> None:
    assert refused(text) == ""
    assert valid(text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_both_refuse(text: str) -> None:
    assert refused(text) != ""
    assert not valid(text)


@pytest.mark.parametrize("text", ONLY_THE_DECODER_SEES.values(), ids=ONLY_THE_DECODER_SEES)
def test_what_a_schema_cannot_say_the_decoder_does(text: str) -> None:
    assert refused(text) != ""
    assert valid(text)

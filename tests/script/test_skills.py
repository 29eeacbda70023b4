"""Skill cards: what is wrong in one, what they promise, and the skill that is meant by what people type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.nodes import as_value, read
from dbtcoach.script.problems import Problems
from dbtcoach.script.skills import (
    MODULES,
    cards,
    decode_skill,
    file_of,
    find,
    listed,
    module_of,
    my_skills,
    plain,
    read_skill,
    title_of,
)

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = Catalogue(shipped_folder())
FILES = [item.path for item in listed(SHIPPED)]
SCHEMA: dict[str, Any] = json.loads((shipped_folder() / "data" / "skill-v1.schema.json").read_bytes())
GOOD: dict[str, Any] = {
    "format": 1,
    "title": "Tea",
    "module": MODULES[0],
    "summary": "s",
    "also": "cup, brew",
    "what_for": "w",
    "how": ["a", "b", "c"],
    "not_when": "n",
    "example": "e",
    "exercise": "ground --short",
}
# As people type them: heard, half remembered, in a hurry, with the wrong key beside the right one.
SLIPS = {
    "oposite action": "opposite-action",
    "opposit acton": "opposite-action",
    "opposite actions": "opposite-action",
    "dearmen": "dear-man",
    "deer man": "dear-man",
    "DEAR MNA": "dear-man",
    "wise mined": "wise-mind",
    "wize mind": "wise-mind",
    "tippp": "tipp",
    "tpip": "tipp",
    "radical aceptance": "radical-acceptance",
    "radikal acceptance": "radical-acceptance",
    "raducal acceptence": "radical-acceptance",
    "check the fact": "check-the-facts",
    "chek facts": "check-the-facts",
    "self sooth": "self-soothe",
    "selfsothe": "self-soothe",
    "urge serfing": "urge-surfing",
    "urgesurf": "urge-surfing",
    "pro and cons": "pros-and-cons",
    "prosncons": "pros-and-cons",
    "copeahed": "cope-ahead",
    "build mastry": "build-mastery",
    "non judgementaly": "non-judgmentally",
    "half smil": "willing-hands",
    "wiling hands": "willing-hands",
    "turning teh mind": "turning-the-mind",
    "mindfullness of current emotion": "mindfulness-of-current-emotion",
    "valdation": "validation",
    "self validaton": "self-validation",
    "midle path": "middle-path",
    "time outt": "time-out",
    "acumulate positives": "accumulate-positives",
    "problem slving": "problem-solving",
    "effectivly": "effectively",
}


def text(**changed: object) -> str:
    given = {**GOOD, **changed}
    return json.dumps({key: value for key, value in given.items() if value is not None})  # JSON is YAML


def is_read(source: str) -> bool:
    try:
        decode_skill(source, "tea.yaml", "tea", SHIPPED)
    except ScriptError:
        return False
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_card_is_right_and_fits_its_schema(path: Path) -> None:
    skill = read_skill(path, SHIPPED)
    assert file_of(skill.exercise, SHIPPED) in SHIPPED.paths()
    node = read(path.read_bytes(), path.name, Problems())
    assert node is not None
    assert not list(Draft7Validator(SCHEMA).iter_errors(as_value(node)))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"also": None},
        *({key: None} for key in GOOD if key != "also"),
        *({key: ""} for key in ("title", "summary", "what_for", "not_when", "example", "exercise")),
        *({key: 3} for key in ("module", "how", "format")),
        {"format": True},
        {"module": "mindfullness"},
        {"how": ["a", "b"]},
        {"how": ["a"] * 5},
        {"how": ["a"] * 6},
        {"how": "a"},
        {"name": "tea"},
    ],
    ids=str,
)
def test_the_schema_and_the_program_agree(changed: dict[str, object]) -> None:
    source = text(**changed)
    assert Draft7Validator(SCHEMA).is_valid(json.loads(source)) == is_read(source)


def test_every_key_of_the_schema_is_read_and_says_what_it_is() -> None:
    assert set(SCHEMA["properties"]) == set(GOOD)
    assert all(each["description"] for each in SCHEMA["properties"].values())
    assert SCHEMA["properties"]["module"]["enum"] == list(MODULES)


def test_everything_wrong_is_said_at_once_and_where() -> None:
    with pytest.raises(ScriptError) as raised:
        decode_skill(
            "format: 2\ntitle: Tea\nmodule: mindfullness\nsumary: s\nwhat_for: w\nhow: [a, b]\n"
            "not_when: ''\nexample: e\nexercise: grond --short\n",
            "skills/tea.yaml",
            "tea",
            SHIPPED,
        )
    assert str(raised.value).splitlines() == [
        "skills/tea.yaml:1:1: 'summary' is missing",
        "skills/tea.yaml:1:9: this program reads format 1",
        "skills/tea.yaml:3:9: unknown module 'mindfullness'; did you mean 'mindfulness'?",
        "skills/tea.yaml:4:1: unknown key 'sumary'; did you mean 'summary'?",
        "skills/tea.yaml:6:6: a card has 3 to 5 lines of how to do it",
        "skills/tea.yaml:7:11: 'not_when' must not be empty",
        "skills/tea.yaml:9:11: there is no exercise called 'grond --short'; did you mean 'ground --short'?",
    ]


def test_there_are_skills_of_every_module_by_module_and_title() -> None:
    items = listed(SHIPPED)
    assert len(items) >= 30
    assert list(dict.fromkeys(map(module_of, items))) == list(MODULES)
    for module in MODULES:
        titles = [title_of(item).casefold() for item in items if module_of(item) == module]
        assert titles == sorted(titles)


def test_the_list_reads_what_the_card_says() -> None:
    for item in listed(SHIPPED):
        skill = read_skill(item.path)
        assert (title_of(item), module_of(item), item.summary, item.head.get("also", "")) == (
            skill.title,
            skill.module,
            skill.summary,
            skill.also,
        )


def test_no_name_belongs_to_two_skills() -> None:
    seen: dict[str, str] = {}
    for item in listed(SHIPPED):
        for name in {plain(n) for n in (item.name, title_of(item), *item.head.get("also", "").split(","))}:
            assert seen.setdefault(name, item.name) == item.name, name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("opposite action", "opposite-action"),
        ("Opposite-Action", "opposite-action"),
        ("the opposite action skill", "opposite-action"),
        ("DEAR MAN", "dear-man"),
        ("dearman", "dear-man"),
        ("dime game", "how-strongly-to-ask"),
        ("half-smile", "willing-hands"),
        ("5-4-3-2-1", "grounding"),
        ("both can be true", "middle-path"),
    ],
)
def test_a_skill_is_found_by_any_of_its_names(typed: str, name: str) -> None:
    assert find(SHIPPED, typed).name == name


@pytest.mark.parametrize(("typed", "name"), SLIPS.items(), ids=SLIPS)
def test_a_slip_is_told_with_the_skill_that_was_meant(typed: str, name: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean: dbtcoach skills {name}\n"):
        find(SHIPPED, typed)


@pytest.mark.parametrize("typed", ["he never listens to me at all", "xyzzy", "!!!", "skill"])
def test_what_is_no_skill_is_not_guessed_and_not_repeated(typed: str) -> None:
    with pytest.raises(UsageError) as raised:
        find(SHIPPED, typed)
    assert str(raised.value) == "There is no skill of that name.\nTo see them all: dbtcoach skills"


def test_ones_own_are_listed_beside_and_take_no_name_from_a_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "skills"
    folder.mkdir()
    (folder / "tea.yaml").write_text(
        "format: 1\ntitle: Tea\nmodule: mindfulness\nalso: stop, brew\n", "utf-8"
    )
    (folder / "stop.yaml").write_text("format: 1\ntitle: Mine\nmodule: mindfulness\n", "utf-8")
    mine = Catalogue(shipped_folder(), tmp_path)
    assert find(mine, "brew").path == folder / "tea.yaml"
    assert find(mine, "stop").path == shipped_folder() / "skills" / "stop.yaml"
    assert cards(mine).hidden() == [folder / "stop.yaml"]


def test_what_is_mine_comes_first_in_its_module_and_what_is_gone_is_left_out() -> None:
    mine = ("wise-mind", "tipp", "gone", "stop")
    items = [item.name for item in listed(SHIPPED, mine)]
    assert items[0] == "wise-mind"
    assert my_skills(SHIPPED, mine) == [("wise-mind", "Wise mind"), ("stop", "STOP"), ("tipp", "TIPP")]

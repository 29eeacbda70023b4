"""Scenes: a file of them, and the steps that one becomes."""

from __future__ import annotations

import pytest

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.conditions import Guard, OneOf, Present
from dbtcoach.script.facts import NAME
from dbtcoach.script.model import Say, Select, Text
from dbtcoach.script.scenes import OWN, SHOW, Reply, Scene, decode_scenes, scene_steps

GOOD = """
format: 1
scenes:
  - id: late
    setting: At the door.
    says: You are late.
    replies:
      - {say: So?, why: No., valid: false}
      - {say: You waited., why: It sees., valid: true}
"""


def test_a_scene_is_read() -> None:
    replies = (Reply("r1", "So?", "No.", valid=False), Reply("r2", "You waited.", "It sees.", valid=True))
    assert decode_scenes(GOOD, "s.yaml") == (Scene("late", "At the door.", "You are late.", replies),)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScriptError) as raised:
        decode_scenes(
            """
format: 2
scenes:
  - {id: a, setting: s, says: s, replies: [{say: x, why: y}]}
  - {id: a, setting: s, says: s, replies: [{say: x, why: y, valid: yes}, {sya: x, why: y, valid: true}]}
  - {id: A b, says: s, replies: []}
  - words
scens: []
""",
            "s.yaml",
        )
    assert str(raised.value).splitlines() == [
        "s.yaml:2:9: expected a number from 1 to 1",
        "s.yaml:4:5: a scene needs at least one reply with 'valid: true'",
        "s.yaml:5:10: 'a' is given twice",
        "s.yaml:5:68: expected true or false",
        "s.yaml:5:74: 'say' is missing",
        "s.yaml:5:75: unknown key 'sya'; did you mean 'say'?",
        "s.yaml:6:5: 'setting' is missing",
        "s.yaml:6:5: a scene needs at least one reply with 'valid: true'",
        "s.yaml:6:10: 'A b' is no name: use a-z, 0-9 and _",
        "s.yaml:7:5: expected keys and values",
        "s.yaml:8:1: unknown key 'scens'; did you mean 'scenes'?",
    ]


def test_a_scene_asks_then_tells_why_and_answers_own_words_with_a_valid_reply() -> None:
    (scene,) = decode_scenes(GOOD, "s.yaml")
    ask, again, better, shown, passed, why_2, own, seen = scene_steps(scene, "drill")
    assert isinstance(ask, Select)
    assert ask.id == "drill.late"
    assert "At the door." in ask.message
    assert "You are late." in ask.message
    assert [choice.value for choice in ask.choices] == ["r1", "r2", OWN]
    assert isinstance(why_2, Say)
    assert why_2.when == (Guard("drill.late", OneOf(("r2",))),)
    assert why_2.message == "It sees."
    # What does not validate is told why, and has a second try; what would land is told after it.
    first = Guard("drill.late", OneOf(("r1",)))
    assert isinstance(again, Select)
    assert again.when == (first,)
    assert again.message.startswith("No.\n")
    assert [choice.value for choice in again.choices] == ["r2", SHOW]
    tried = (
        Guard(again.id, OneOf(("r2",))),
        Guard(again.id, OneOf((SHOW,))),
        Guard(again.id, Present(wanted=False)),
    )
    for step, guard in zip((better, shown, passed), tried, strict=True):
        assert isinstance(step, Say)
        assert step.when == (first, guard)
    assert isinstance(better, Say)
    assert better.message == "It sees."
    for step in (shown, passed):
        assert isinstance(step, Say)
        assert step.message == "One that would land: “You waited.”\nIt sees."
    assert isinstance(own, Text)
    assert own.coach == "reply"
    assert isinstance(seen, Say)
    assert own.when == seen.when == (Guard("drill.late", OneOf((OWN,))),)
    assert seen.message == "One to put beside yours: “You waited.”\nIt sees."
    assert "So?" not in seen.message
    assert len({step.id for step in scene_steps(scene, "drill")}) == 8


def test_a_second_try_that_does_not_land_is_told_why_and_what_would() -> None:
    worse = GOOD.replace(
        "      - {say: You", "      - {say: Calm down., why: An order., valid: false}\n      - {say: You"
    )
    (scene,) = decode_scenes(worse, "s.yaml")
    (told,) = [step for step in scene_steps(scene, "drill") if step.id == "drill.late_r1_r2"]
    assert isinstance(told, Say)
    assert told.message == "An order.\n\nOne that would land: “You waited.”\nIt sees."


def test_the_shipped_scenes_have_both_kinds_of_reply() -> None:
    scenes = Catalogue(shipped_folder()).scenes("scenes")
    assert len(scenes) >= 12
    for scene in scenes:
        assert NAME.fullmatch(scene.id)
        assert {reply.valid for reply in scene.replies} == {True, False}, scene.id


def test_a_file_of_scenes_that_is_not_there() -> None:
    for name in ("nothing", "../lines", "/etc/passwd", "Scenes", ""):
        with pytest.raises(ScriptError, match="There is no file of scenes"):
            Catalogue(shipped_folder()).scenes(name)

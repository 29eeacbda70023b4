"""Scenes to practise on, and the steps that a drawn one becomes."""

from __future__ import annotations

from dataclasses import dataclass

from dbtcoach.script.conditions import Guard, OneOf, Present
from dbtcoach.script.facts import NAME
from dbtcoach.script.fields import Fields, decoded
from dbtcoach.script.model import Choice, Say, Select, Step, Text
from dbtcoach.script.nodes import shown

OWN = "own"  # the choice to write a reply oneself


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing that could be said, whether it validates, and why."""

    value: str
    label: str
    why: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A short moment between two people, and replies to it."""

    id: str
    setting: str
    says: str
    replies: tuple[Reply, ...]


def decode_scenes(source: bytes | str, file: str) -> tuple[Scene, ...]:
    """Return the scenes of a file; raise ScriptError with every problem in it."""
    return decoded(source, file, _scenes)


def _scenes(fields: Fields) -> tuple[Scene, ...]:
    fields.number("format", 1, 1, 1)
    scenes: list[Scene] = []
    for each in fields.tables("scenes", required=True):
        scenes.append(_scene(each, [scene.id for scene in scenes]))
    fields.close()
    return tuple(scenes)


def _scene(fields: Fields, taken: list[str]) -> Scene:
    name = fields.text("id", required=True)
    if name in taken:
        fields.problems.add(fields.mark_of("id"), f"'{shown(name)}' is given twice")
    if name and not NAME.fullmatch(name):
        fields.problems.add(fields.mark_of("id"), f"'{shown(name)}' is no name: use a-z, 0-9 and _")
    replies: list[Reply] = []
    for inner in fields.tables("replies", required=True):
        reply = Reply(
            value=f"r{len(replies) + 1}",
            label=inner.text("say", required=True),
            why=inner.text("why", required=True),
            valid=inner.flag("valid"),
        )
        inner.close()
        replies.append(reply)
    if not any(reply.valid for reply in replies):
        fields.problems.add(fields.mark, "a scene needs at least one reply with 'valid: true'")
    scene = Scene(
        name, fields.text("setting", required=True), fields.text("says", required=True), tuple(replies)
    )
    fields.close()
    return scene


SHOW = "show"  # the choice to see one that would land


def scene_steps(scene: Scene, prefix: str) -> tuple[Step, ...]:
    """Return the steps that play a scene; their ids start with ``prefix``."""
    ask = f"{prefix}.{scene.id}"
    own = f"{ask}_own"
    best = next(reply for reply in scene.replies if reply.valid)
    lands = f"One that would land: “{best.label}”\n{best.why}"
    beside = f"One to put beside yours: “{best.label}”\n{best.why}"  # nobody judged what was written
    choices = [Choice(reply.value, reply.label) for reply in scene.replies]
    return (
        Select(
            id=ask,
            message=f"{scene.setting}\n“{scene.says}”\n\nWhat would you say?",
            choices=(*choices, Choice(OWN, "I'd rather write my own")),
        ),
        *(step for reply in scene.replies for step in _told(scene, ask, reply, lands)),
        Text(
            id=own,
            when=(Guard(ask, OneOf((OWN,))),),
            message=f"“{scene.says}”\n\nYour reply, in your words:",
            coach="reply",
        ),
        Say(id=f"{own}_seen", when=(Guard(ask, OneOf((OWN,))),), message=beside),
    )


def _told(scene: Scene, ask: str, reply: Reply, lands: str) -> tuple[Step, ...]:
    """Return what is said to a reply; where it does not validate, a second try comes first."""
    here, first = f"{ask}_{reply.value}", Guard(ask, OneOf((reply.value,)))
    if reply.valid:
        return (Say(id=here, when=(first,), message=reply.why),)
    others = [other for other in scene.replies if other is not reply]
    choices = (
        *(Choice(other.value, other.label) for other in others),
        Choice(SHOW, "Show me one that lands"),
    )
    told = [(other.value, other.why if other.valid else f"{other.why}\n\n{lands}") for other in others]
    again = Select(
        id=here,
        when=(first,),
        message=f"{reply.why}\n\n“{scene.says}”\nA second try?",
        choices=choices,
    )
    return (
        again,
        *(
            Say(id=f"{here}_{value}", when=(first, Guard(here, OneOf((value,)))), message=words)
            for value, words in [*told, (SHOW, lands)]
        ),
        Say(id=f"{here}_passed", when=(first, Guard(here, Present(wanted=False))), message=lands),
    )

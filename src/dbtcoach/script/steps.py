"""The decoding of steps: one function for each type, each reading every key that its type knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, cast, get_args

from dbtcoach.script.fields import Fields, table_of, text_of, texts_of
from dbtcoach.script.guards import decode_when
from dbtcoach.script.inside import (
    choices_of,
    decode_recall,
    decode_sentence,
    name_of,
    passages_of,
    range_of,
    refuse_empty,
    rows_of,
    tables_of,
    wordings_of,
)
from dbtcoach.script.model import (
    Breathe,
    Card,
    Confirm,
    Drill,
    Menu,
    Part,
    Role,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    Wait,
)
from dbtcoach.script.nodes import Items, Node, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Recall
    from dbtcoach.script.problems import Problems

_ROLES: tuple[str, ...] = get_args(Role)
MOST_STEPS = 500  # the longest shipped one has a tenth of it; what is shown is worked out anew at each step


class _Common(TypedDict):
    """The keys that every step has."""

    id: str
    when: tuple[Guard, ...]
    help: str
    role: Role


class _Asked(_Common):
    """The keys of every step that takes an answer."""

    message: str
    required: bool
    keep: bool
    recall: tuple[Recall, ...] | None


def decode_steps(listed: tuple[Node, ...], problems: Problems) -> tuple[Step, ...]:
    """Return the steps that could be read, and note what is wrong with the others."""
    steps: list[Step] = []
    if len(listed) > MOST_STEPS:
        problems.add(listed[MOST_STEPS].mark, f"an exercise has at most {MOST_STEPS} steps")
    for node in listed[:MOST_STEPS]:
        fields = table_of(node, problems)
        if fields is None:
            continue
        kind = fields.text("type", required=True)
        read = _READERS.get(kind)
        if read is not None:
            steps.append(read(fields, _common(fields, kind)))
            fields.close()
        elif kind:
            near = problems.nearest(kind, _READERS) or f"; a type is one of: {', '.join(_READERS)}"
            problems.add(fields.mark_of("type"), f"unknown type '{shown(kind)}'{near}")
    return tuple(steps)


def _common(fields: Fields, kind: str) -> _Common:
    role = cast(Role, fields.word("role", _ROLES))
    if role.startswith("distress") and kind != "scale":
        fields.problems.add(fields.mark_of("role"), f"only a scale can have the role '{role}'")
    return _Common(
        id=name_of(fields, "id", frozenset()),
        when=decode_when(fields.node("when"), fields.problems),
        help=fields.text("help").strip(),
        role=role,
    )


def _asked(fields: Fields, base: _Common, message: str | None = None) -> _Asked:
    if message is None:
        message = fields.text("message", required=True).strip()
    return _Asked(
        **base,
        message=message,
        required=fields.flag("required"),
        keep=fields.flag("keep", default=True),
        recall=decode_recall(fields),
    )


def _messages(fields: Fields) -> tuple[str, tuple[str, ...]]:
    node = fields.node("message", required=True)
    found = tuple(text.strip() for text in texts_of(node, fields.problems))
    for item in node.nodes if isinstance(node, Items) else (node,):
        if item is not None:
            fields.refuse_blank("message", item)
    rotates = fields.word("rotate", ("daily",)) != ""
    if isinstance(node, Items) and not rotates:
        fields.problems.add(node.mark, "a list of messages needs 'rotate: daily'")
    if isinstance(node, Items) and not node.nodes:
        fields.problems.add(node.mark, "expected a text")
    return (found[0], found[1:]) if found else ("", ())


def _say(fields: Fields, base: _Common) -> Say:
    message, others = _messages(fields)
    return Say(**base, message=message, others=others, end=fields.flag("end"))


def _text(fields: Fields, base: _Common) -> Text:
    message, others = _messages(fields)
    return Text(
        **_asked(fields, base, message),
        others=others,
        placeholder=fields.text("placeholder"),
        offer=fields.text("offer"),
        multiline=fields.flag("multiline"),
        count=fields.number("count", 0, 1, 20),
        coach=fields.text("coach"),
        sentence=decode_sentence(fields),
        instead=wordings_of(fields),
    )


def _select(fields: Fields, base: _Common) -> Select:
    node = fields.node("multiple")
    word = "false" if node is None else text_of(node, fields.problems)
    if node is not None and word not in ("true", "false", "ranked"):
        fields.problems.add(node.mark, "expected true, false or ranked")
    several: Literal["", "several", "ranked"]
    several = "ranked" if word == "ranked" else "several" if word == "true" else ""
    return Select(
        **_asked(fields, base),
        choices=choices_of(fields),
        multiple=several,
        last_uses=fields.flag("last_uses"),
    )


def _confirm(fields: Fields, base: _Common) -> Confirm:
    return Confirm(**_asked(fields, base))


def _scale(fields: Fields, base: _Common) -> Scale:
    low, high = range_of(fields, 10)
    return Scale(
        **_asked(fields, base),
        low=low,
        high=high,
        low_label=fields.text("min_label"),
        high_label=fields.text("max_label"),
    )


def _scales(fields: Fields, base: _Common) -> Scales:
    low, high = range_of(fields, 5)
    return Scales(
        **_asked(fields, base),
        rows=rows_of(fields, "rows", low, high),
        low=low,
        high=high,
        low_label=fields.text("min_label"),
        high_label=fields.text("max_label"),
        own=fields.word("own", _OWN),
        former=rows_of(fields, "former", low, high) if fields.node("former") is not None else (),
    )


def _breathe(fields: Fields, base: _Common) -> Breathe:
    return Breathe(
        **base,
        message=fields.text("message").strip(),
        inhale=fields.number("inhale", 4, 1, 30),
        top_up=fields.number("top_up", 0, 0, 30),
        hold=fields.number("hold", 0, 0, 30),
        exhale=fields.number("exhale", 6, 1, 30),
        rest=fields.number("rest", 0, 0, 30),
        rounds=fields.number("rounds", 6, 1, 200),
    )


def _wait(fields: Fields, base: _Common) -> Wait:
    message = fields.text("message", required=True).strip()
    seconds = fields.number("seconds", 30, 1, 3600)
    return Wait(**base, message=message, seconds=seconds, ready=fields.flag("ready"))


def _card(fields: Fields, base: _Common) -> Card:
    title = fields.text("title", required=True)
    whole = fields.node("parts") is None
    message = fields.text("message", required=whole).strip()
    if message and not whole:
        fields.problems.add(fields.mark_of("message"), "a card has either a 'message' or 'parts'")
    return Card(**base, title=title, message=message, parts=() if whole else passages_of(fields))


def _run(fields: Fields, base: _Common) -> Run:
    return Run(**base, exercise=fields.text("exercise", required=True), mark=fields.mark_of("exercise"))


def _drill(fields: Fields, base: _Common) -> Drill:
    scenes = fields.text("scenes", required=True)
    return Drill(**base, scenes=scenes, count=fields.number("count", 3, 1, 20), mark=fields.mark_of("scenes"))


def _menu(fields: Fields, base: _Common) -> Menu:
    parts: dict[str, Part] = {}
    for inner in tables_of(fields, "choices"):
        part = Part(
            value=name_of(inner, "value", parts),
            label=inner.text("label", required=True),
            steps=decode_steps(inner.items("steps"), fields.problems),
            change=texts_of(inner.node("change"), fields.problems),
        )
        inner.close()
        if ("steps" in inner.given()) == ("change" in inner.given()):
            fields.problems.add(inner.mark, "a part of a menu needs either 'steps' or 'change'")
        for key in ("steps", "change"):
            refuse_empty(inner, key)
        parts[part.value] = part
    return Menu(
        **base,
        message=fields.text("message", required=True).strip(),
        parts=tuple(parts.values()),
        done=fields.text("done") or "Done",
        begin=fields.text("begin"),
    )


_OWN = ("emotions", "urges", "skills")

_READERS: dict[str, Callable[[Fields, _Common], Step]] = {
    "say": _say,
    "text": _text,
    "select": _select,
    "confirm": _confirm,
    "scale": _scale,
    "scales": _scales,
    "breathe": _breathe,
    "wait": _wait,
    "card": _card,
    "run": _run,
    "drill": _drill,
    "menu": _menu,
}

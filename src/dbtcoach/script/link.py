"""An exercise's ``run`` and ``drill`` steps are filled with the steps of what they name."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Guard, Rise
from dbtcoach.script.contents import guards_of, texts_of, with_children, with_guards, with_texts
from dbtcoach.script.facts import REFERENCE, is_fact, references
from dbtcoach.script.model import Asked, Drill, Exercise, Menu, Run, Step, walk
from dbtcoach.script.nodes import shown
from dbtcoach.script.problems import Mark, Problems
from dbtcoach.script.scenes import Scene, scene_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

_LEFT_OUT = ("opening", "distress_before", "distress_after", "closing")
_NOWHERE = Mark("?", 1, 1)
MOST_STEPS = 2000  # twenty files that each run the next one twice would make a million


def link(exercise: Exercise, load: Callable[[str], Exercise | None]) -> Exercise:
    """Return the exercise with every ``run`` filled; ``load`` gives a decoded exercise or None.

    Raises ScriptError when an exercise that it runs does not exist, when they run in a circle, and when
    the whole has more than ``MOST_STEPS`` steps; each is loaded once. Inside a run,
    opening, distress and closing steps are left out, and every id stands behind that of the run. What it
    brings in from the last time of the exercise that runs it is brought in from this time; a question that is
    left out, and was asked by that exercise under the same name, is answered there.
    """
    above = {f"last.{exercise.name}.{step.id}": step.id for step in walk(exercise.steps)}
    filling = _Filling(load, MOST_STEPS, above)
    steps = filling.fill(exercise.steps, (exercise.name,))
    _check_inner_names(steps, filling.problems)
    filling.problems.raise_if_any()
    return replace(exercise, steps=steps)


def draw(scenes: Sequence[Scene], count: int, seen: Collection[str], seed: str) -> tuple[str, ...]:
    """Return the ids of ``count`` scenes: none that was seen until all were; the same for the same seed."""
    fresh = [scene.id for scene in scenes if scene.id not in seen]
    rest = [scene.id for scene in scenes if scene.id in seen]
    shuffle = random.Random(seed).shuffle  # noqa: S311 - an order of scenes, not a secret
    shuffle(fresh)
    shuffle(rest)
    return tuple((fresh + rest)[:count])


def deal(exercise: Exercise, drawn: Mapping[str, tuple[Scene, ...]]) -> Exercise:
    """Return the exercise with the drawn scenes in its drills; ``drawn`` is by the drill's id."""

    def dealt(step: Drill) -> Drill:
        inner = tuple(part for scene in drawn.get(step.id, ()) for part in scene_steps(scene, step.id))
        return replace(step, steps=inner)

    return replace(exercise, steps=_with_drills(exercise.steps, dealt))


def _with_drills(steps: tuple[Step, ...], dealt: Callable[[Drill], Drill]) -> tuple[Step, ...]:
    def one(step: Step) -> Step:
        if isinstance(step, Drill):
            return dealt(step)
        return with_children(step, lambda inner: _with_drills(inner, dealt))

    return tuple(one(step) for step in steps)


def drills(exercise: Exercise) -> tuple[Drill, ...]:
    """Return every drill of an exercise."""
    return tuple(step for step in walk(exercise.steps) if isinstance(step, Drill))


@dataclass(slots=True)
class _Filling:
    """One exercise being filled; ``room`` is for how many steps more."""

    load: Callable[[str], Exercise | None]
    room: int
    above: Mapping[str, str]  # what was written last in the outermost exercise is what stands in it now
    problems: Problems = field(default_factory=Problems)
    read: dict[str, Exercise | None] = field(default_factory=dict)

    def fill(self, steps: tuple[Step, ...], path: tuple[str, ...]) -> tuple[Step, ...]:
        return tuple(self._one(step, path) for step in steps)

    def _one(self, step: Step, path: tuple[str, ...]) -> Step:
        if isinstance(step, Run):
            return self._run(step, path)
        return with_children(step, lambda inner: self.fill(inner, path))

    def _run(self, step: Run, path: tuple[str, ...]) -> Run:
        mark = step.mark or _NOWHERE
        if step.exercise in path:
            self.problems.add(mark, f"runs in a circle: {' > '.join((*path, step.exercise))}")
            return step
        if step.exercise not in self.read:
            self.read[step.exercise] = self.load(step.exercise)
        found = self.read[step.exercise]
        if found is None:
            self.problems.add(mark, f"there is no exercise called '{shown(step.exercise)}'")
            return step
        every = walk(found.steps)
        self.room -= len(every)
        if self.room < 0:
            self.problems.add(mark, f"with all that it runs, this has more than {MOST_STEPS} steps")
            return step
        kept = tuple(inner for inner in found.steps if inner.role not in _LEFT_OUT)
        inner_steps = self.fill(kept, (*path, step.exercise))
        above = self.above if len(path) == 1 else {}
        asked = {inner.id for inner in found.steps if inner.role in _LEFT_OUT} & set(above.values())
        names = frozenset(inner.id for inner in every) - asked
        return replace(step, steps=tuple(_behind(inner, step.id, names, above) for inner in inner_steps))


def _behind(step: Step, prefix: str, names: frozenset[str], above: Mapping[str, str]) -> Step:
    """Return a step as it stands inside a run: its id and the names it uses, behind the run's id."""

    def named(name: str) -> str:
        # A fact stays a fact where a step is called "lines" or "last": help lines never vanish.
        if is_fact(name):
            return above.get(name, name)
        known = name in names or name.partition(".")[0] in names
        return f"{prefix}.{name}" if known else name

    def text(value: str) -> str:
        return REFERENCE.sub(
            lambda found: found.group() if found.group(1) == "$" else f"${{{named(found.group(2))}}}", value
        )

    def guard(old: Guard) -> Guard:
        condition = old.condition
        if isinstance(condition, Rise):
            condition = replace(condition, since=named(condition.since))
        return Guard(named(old.key), condition)

    step = with_texts(step, text)
    step = with_children(step, lambda inner: tuple(_behind(each, prefix, names, above) for each in inner))
    if isinstance(step, Menu):
        parts = tuple(replace(part, change=tuple(map(named, part.change))) for part in step.parts)
        step = replace(step, parts=parts, begin=named(step.begin))
    if isinstance(step, Asked) and step.recall is not None:
        step = replace(step, recall=tuple(replace(each, step=named(each.step)) for each in step.recall))
    return with_guards(replace(step, id=f"{prefix}.{step.id}"), guard)


def _check_inner_names(steps: tuple[Step, ...], problems: Problems) -> None:
    """Note names such as ``settle.words`` when the exercise that ``settle`` runs has no such step."""
    every = walk(steps)
    ids = {step.id for step in every}
    runs = {step.id: step for step in every if isinstance(step, Run)}
    for step in every:
        named = [name for text in texts_of(step) for name in references(text)]
        above = [each.step for each in step.recall or ()] if isinstance(step, Asked) else []
        used = [guard.key for guard in guards_of(step)] + named + above
        for name in used:
            run = runs.get(name.partition(".")[0])
            if run is None or step.id.startswith(f"{run.id}."):
                continue  # what a step inside says of its own exercise was checked when that was read
            if name != run.id and name not in ids:
                mark = run.mark or _NOWHERE
                problems.add(mark, f"'{run.exercise}' has no step for '{name}', which '{step.id}' uses")

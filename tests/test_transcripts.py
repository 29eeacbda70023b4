"""Each exercise in line mode, from first to last line: kept as text, so that anyone can read it aloud."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import entry, put
from tests.sitting.world import dealt_today

from dbtcoach.drawing.captions import options
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.model import Asked, Menu
from dbtcoach.script.nodes import as_value, read
from dbtcoach.script.problems import Problems
from dbtcoach.sitting.keeping import LOOK_BACK_AT_WEEK
from dbtcoach.sitting.memory import Memory
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.terminal.line_mode import Lines
from dbtcoach.terminal.streams import Streams
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.practice.page import Move, Page
    from dbtcoach.sitting.known_facts import KnownFacts

HERE = Path(__file__).resolve().parent
FIX = "DBTCOACH_RENEW=1 .venv/bin/pytest tests/test_transcripts.py -n 0"
CONFIG = """\
urges: [Check the phone]
rows:
  - {name: Hours of sleep, group: body, min: 0, max: 12, unit: hours}
  - {name: Pill, group: body, kind: yes/no}
"""
MOMENT = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
ANSWERS = sorted([*(HERE / "answers").glob("*.yaml"), *(HERE / "answers").glob("*.json")])


class Reader(Lines):
    """Line mode with somebody who types the answers of a script."""

    def __init__(self, streams: Streams, answers: dict[str, object]) -> None:
        super().__init__(streams)
        self.answers = answers
        self.page: Page | None = None

    def present(self, page: Page) -> Move:
        self.page = page
        return super().present(page)

    def _read(self, prompt: str) -> str:
        typed = self._typed()
        self.streams.stdout.write(f"{prompt}{typed}\n")
        return f"{typed}\n"

    def _typed(self) -> str:
        assert self.page is not None
        step = self.page.step
        if isinstance(step, Menu):
            given = self.answers.get(step.id, [])
            wanted = [part for part in given if part not in self.page.done] if isinstance(given, list) else []
            values = [part.value for part in step.parts]
            return str(values.index(wanted[0]) + 1) if wanted else "0"
        given = self.answers.get(step.id)
        if given is None or not isinstance(step, Asked):
            return ""
        if isinstance(given, str):
            places = [value for value, _label in options(self.page)]
            return str(places.index(given) + 1) if given in places else given
        if isinstance(given, bool):
            return "y" if given else "n"
        if isinstance(given, list) and options(self.page):
            places = [value for value, _label in options(self.page)]
            return " ".join(str(places.index(value) + 1) for value in given)
        if isinstance(given, list):
            between = "; " if all(isinstance(item, str) for item in given) else " "
            return between.join(str(item) for item in given)
        if isinstance(given, dict):
            return " ".join(str(number) for number in given.values())
        return str(given)


def put_week(home: Path) -> None:
    """Write a week of made-up check-ins into a home, with rows of one's own."""
    (home / "config.yaml").write_text(CONFIG, "utf-8")
    steps = ("Go out before the shops close.", "", "Put the phone in the hall.", "")
    put(
        home,
        [
            entry(
                "reflect",
                MOMENT - timedelta(days=ago),
                answers={
                    "emotions": {
                        "anger": 5 - ago,
                        "joy": ago % 4,
                        "body: Hours of sleep": 4 + ago,
                        "body: Pill": ago != 5,
                    },
                    "urges": {"Check the phone": (ago * 3) % 6, "Check the phone acted": ago % 3},
                    "skills": {"stop": ago, "grounding": 7 - ago},
                    **({"step": step} if step else {}),
                },
            )
            for ago, step in zip((5, 4, 2, 0), steps, strict=True)
        ],
    )


def transcript(file: Path, home: Path) -> str:
    out = io.StringIO()
    env = {"DBTCOACH_HOME": str(home), "LANG": "en_GB.UTF-8"}
    around = Surroundings(env=env, clock=lambda: MOMENT, streams=Streams(stdin=io.StringIO(), stdout=out))
    problems = Problems()
    root = read(file.read_bytes(), file.name, problems)
    answers = as_value(root) if root is not None else {}
    name = file.name.split(".")[0]
    if name == LOOK_BACK_AT_WEEK:
        put_week(home)
    exercise, _drawn = dealt_today(around, name)
    reader = Reader(around.streams, answers)
    memory = Memory(around, name)

    def facts() -> KnownFacts:
        return facts_of(around, MOMENT, remembered=memory.fact)

    for _session in play(start(exercise, facts(), ""), reader, facts):
        pass
    return out.getvalue()


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.name)
def test_the_transcript_is_what_line_mode_says(file: Path, tmp_path: Path) -> None:
    kept = HERE / "transcripts" / f"{file.name.rsplit('.', 1)[0]}.txt"
    said = transcript(file, tmp_path)
    if os.environ.get("DBTCOACH_RENEW"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8"), f"line mode says something else now. To renew: {FIX}"
    assert "\x1b" not in said
    assert all(len(line) < 400 for line in said.split("\n"))


def test_every_exercise_has_a_transcript() -> None:
    covered = {file.name.split(".")[0] for file in ANSWERS}
    assert covered >= set(Surroundings(env={"DBTCOACH_HOME": "/nowhere"}).catalogue.paths())

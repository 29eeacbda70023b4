"""The source map: every system of the two articles is practised somewhere, and where it says is a real place.

The articles are not in the project. What follows is a list of what stands in them, told in our words;
each entry ends with a few words of the text by which its row is found.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.script.decode import decode
from dbtcoach.script.model import (
    Breathe,
    Card,
    Confirm,
    Drill,
    Menu,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    Wait,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MAP = ROOT / "docs" / "source-map.md"
EXERCISES = {path.stem: path for path in (ROOT / "exercises").glob("*.yaml")}

FIX = "DBTCOACH_RENEW=1 .venv/bin/pytest tests/test_source_map.py -n 0"

TOUCH, BRIDGES, BOTH = "Close Enough to Touch", "Building Bridges", "What runs through both"

# How a thing is practised: what somebody does at its step. What is only read is called so.
HOW: dict[type[Step], str] = {
    Say: "read",
    Text: "written",
    Select: "chosen",
    Confirm: "chosen",
    Scale: "rated",
    Scales: "rated",
    Breathe: "done, timed",
    Wait: "done, timed",
    Card: "taken along",
    Drill: "played in scenes",
    Run: "walked",
    Menu: "chosen",
}

# article > heading in the map > (what it is, in our words; a few words of the text)
SYSTEMS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    TOUCH: {
        "Why it feels risky, and what closeness is": (
            ("reason: to be seen without a promise", "to be seen, known, and emotionally exposed"),
            ("question: why one draws back when it gets close", "Why do some of us pull away"),
            ("system: a task of becoming adult", "Intimacy vs. Isolation"),
            ("system: close and still oneself", "without losing your own sense of self"),
            ("system: showing what can be hurt", "reveal your vulnerable parts"),
            ("system: both are real with each other", "mutual exchange of authenticity"),
        ),
        "True intimacy looks like": (
            ("bullet: to be honest when it is awkward", "honest conversations"),
            ("bullet: to be helped and feel no burden", "without feeling like a burden"),
            ("bullet: to stay with another's truth", "without trying to fix or flee"),
            ("bullet: to be oneself inside a pair", "individuality while building ‘we’"),
        ),
        "Why intimacy feels so risky": (
            ("reason: a fragile thing in someone's hands", "handing someone a fragile part"),
            ("reason: no telling what they do with it", "not knowing what they'll do with it"),
            ("reason: it has hurt before", "vulnerability has been met with pain"),
            ("bullet: the old ways of getting by", "old survival strategies"),
            ("bullet: the deepest fears, three of them", "‘too much,’ ‘not enough,’"),
            ("bullet: leaning on someone", "relying on someone else"),
            ("bullet: being looked at", "Makes us visible"),
            ("reason: it was learned, and can heal", "These risks aren't imagined"),
        ),
        "When isolation takes over": (
            ("system: alone where nobody sees it", "quiet isolation"),
            ("reason: being swallowed up", "a fear of engulfment"),
            ("bullet: afraid to bind oneself", "Fear of commitment"),
            ("bullet: spoiling it", "Sabotaging relationships"),
            ("bullet: nobody but me", "Relying solely on oneself"),
            ("bullet: not like the others", "Feeling fundamentally ‘different’"),
        ),
        "The healing path to intimacy": (
            ("system: it can be learned", "a skill, not just a state"),
            ("system: it starts with seeing oneself", "begins with self-awareness"),
            ("system: with people who are safe", "emotionally responsive relationships"),
            ("bullet: a little at a time", "vulnerability in small doses"),
            ("bullet: what one does without thinking", "Notice your automatic reactions"),
            ("bullet: a therapist for old wounds", "Seek therapy if past wounds"),
            ("bullet: staying with what is hard", "sit with discomfort"),
        ),
        "When connection hurts": (
            ("three ways of being let down", "maybe they disappear"),
            ("bullet 1: to name it and not blame oneself", "Name the hurt"),
            ("bullet 1: it was no mistake", "not a sign that you were wrong to try"),
            ("bullet 2: to grieve", "Grieve the letdown"),
            ("bullet 2: it passes through", "not control you"),
            ("bullet 3: worth", "Stay rooted in your worth"),
            ("bullet 4: boundaries", "Revisit your boundaries"),
            ("quotation: what the lesson is not", "don't open up again"),
            ("quotation: what the lesson is", "more mindful about who"),
            ("bullet 5: once more, wiser", "Try again, with wisdom"),
            ("the way goes on", "a detour"),
        ),
        "What if it's worth the risk?": (
            ("why it helps: growing and being glad together", "mutual growth, healing, and joy"),
            ("why keeping away is not enough", "Isolation may feel safer"),
            ("question: to be truly known", "What would it take for you"),
            ("question: to risk being seen", "risk being seen to be loved"),
            ("question: and not at the first try", "perfectly the first time"),
        ),
    },
    BRIDGES: {
        "What DBT is": (
            ("the storm of another", "overwhelming and hard to manage"),
            ("question: tools for two", "what if there were tools"),
            ("system: acceptance and change", "balancing acceptance and change"),
            ("system: no act that destroys", "destructive behaviors"),
            ("system: more empathy", "increase empathy and understanding"),
        ),
        "1. Mindfulness": (
            ("system: here, and no verdict", "without judgment"),
            ("system: the old grooves", "old patterns of thinking"),
            ("system: both make room", "both partners can create space"),
            ("technique: stop and look inward", "take a moment to pause"),
            ("technique: the breath", "Focus on your breath"),
            ("technique: what is felt", "notice what you're feeling"),
            ("technique: looking before defending", "jumping into defense mode"),
            ("technique: a better answer", "more thoughtful responses"),
            ("why it helps, first", "helps break reactive patterns"),
            ("why it helps, second", "less defensive and more constructive"),
        ),
        "2. Distress tolerance": (
            ("system: bear it and make nothing worse", "without making the situation worse"),
            ("technique: when it is too much for me", "When you feel overwhelmed"),
            ("technique: when it is a lot for them", "your partner's emotions become intense"),
            ("technique: staying here", "grounded in the present moment"),
            ("technique: soothing oneself", "self-soothing techniques"),
            ("technique: breath", "deep breathing"),
            ("technique: numbers", "counting to 10"),
            ("technique: feet", "your feet on the floor"),
            ("technique: hands", "your hands in your lap"),
            ("why it helps, first", "yelling, shutting down, or withdrawing"),
            ("why it helps, second", "keeping the dialogue open"),
        ),
        "3. Emotional regulation": (
            ("technique: to see the feeling", "recognizing your emotions"),
            ("technique: to see what set it off", "understanding their triggers"),
            ("technique: to let it out well", "express them in healthy ways"),
            ("the other is at a loss", "unsure of how to respond"),
            ("technique: no quick move", "Instead of reacting impulsively"),
            ("technique: what, and why", "what you're feeling and why"),
            ("quotation: the feeling and its reason", "because I don't feel heard"),
            ("quotation: a break", "take a break and come back"),
            ("technique: no blame", "without blaming or attacking"),
            ("why it helps, first", "take responsibility for their emotions"),
            ("why it helps, second", "risk of emotional overload"),
        ),
        "4. Interpersonal effectiveness": (
            ("system: to ask", "assertively express needs"),
            ("system: boundaries", "set healthy boundaries"),
            ("system: self-respect", "maintain self-respect"),
            ("system: the bond stays whole", "without harming the relationship"),
            ("letter D", "“Describe”"),
            ("letter E", "“Express”"),
            ("letter A", "“Assert”"),
            ("letter R", "“Reinforce”"),
            ("letter M", "“Stay Mindful”"),
            ("letter A", "“Appear Confident”"),
            ("letter N", "“Negotiate”"),
            ("quotation: the example's D", "(Describe)"),
            ("quotation: the example's E", "(Express)"),
            ("quotation: the example's A", "(Assert)"),
            ("quotation: the example's R", "(Reinforce)"),
            ("why it helps, first", "communicate clearly and respectfully"),
            ("why it helps, second", "feels seen and valued"),
        ),
        "5. Validation": (
            ("system: taking in what they feel", "acknowledging and accepting"),
            ("system: agreeing or not", "whether or not you agree"),
            ("system: soothing", "soothe feelings of hurt"),
            ("quotation: it upsets you", "this situation is really upsetting"),
            ("quotation: it hurts you", "you're feeling hurt right now"),
            ("technique: a simple act", "This simple act of validation"),
            ("technique: no escalation", "prevent escalation"),
            ("why it helps, first", "fosters emotional safety"),
            ("why it helps, second", "When each person feels validated"),
            ("why it helps: closer", "emotional intimacy"),
        ),
        "How DBT transforms your relationship, and final thoughts": (
            ("system: more than fewer fights", "tools to fight less"),
            ("system: acceptance", "understood and respected"),
            ("system: change", "grow and adapt"),
            ("system: lasting through hard times", "more resilient as a couple"),
            ("system: it takes time", "not a quick fix"),
            ("question: what would be different", "How might your relationship change"),
            ("question: today's step", "what small step can you take today"),
        ),
    },
    BOTH: {
        "Said in a word, practised through": (
            ("system: boundaries, a no", "set healthy boundaries"),
            ("system: acceptance beside change", "a balance between acceptance and change"),
            ("system: no act that makes it worse", "destructive patterns"),
            ("the storm of another", "partner's emotions become intense"),
            ("bullet: a little at a time, and again", "vulnerability in small doses"),
            ("system: one's own part", "take responsibility"),
            ("question: when it goes badly", "go perfectly the first time"),
            ("system: fewer fights", "tools to fight less"),
            ("system: and more love, by both", "learning how to love more"),
        ),
    },
}
LISTED = [
    (article, section, title, words)
    for article, sections in SYSTEMS.items()
    for section, entries in sections.items()
    for title, words in entries
]


@dataclass(frozen=True)
class Row:
    article: str
    section: str
    source: str
    what: str
    exercise: str
    step: str
    how: str
    line: int


def rows() -> Iterator[Row]:
    article = section = ""
    for number, line in enumerate(MAP.read_text("utf-8").splitlines(), 1):
        if line.startswith("## "):
            article = line[3:]
        elif line.startswith("### "):
            section = line[4:]
        elif line.startswith("|") and not line.startswith(("|---", "| source line")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) in (4, 5), f"{MAP.name}:{number}: a row has five cells"
            source, what, exercise, step, *how = cells
            yield Row(article, section, source, what, exercise, step, "".join(how), number)


ROWS = list(rows())


def test_every_row_names_a_step_that_exists() -> None:
    steps = {
        name: {step.id for step in walk(decode(path.read_bytes(), path.name).steps)}
        for name, path in EXERCISES.items()
    }
    strange = [
        row.line
        for row in ROWS
        if row.step not in steps.get(row.exercise, ()) or not (row.source and row.what)
    ]
    assert strange == [], "lines whose exercise, step, source or words are not there"


def test_every_row_says_how_it_is_practised() -> None:
    steps = {
        name: {step.id: HOW[type(step)] for step in walk(decode(path.read_bytes(), path.name).steps)}
        for name, path in EXERCISES.items()
    }
    if os.environ.get("DBTCOACH_RENEW"):
        lines = MAP.read_text("utf-8").splitlines()
        for row in ROWS:
            cells = (row.source, row.what, row.exercise, row.step, steps[row.exercise][row.step])
            lines[row.line - 1] = f"| {' | '.join(cells)} |"
        MAP.write_text("\n".join(lines) + "\n", encoding="utf-8")
    wrong = [row.line for row in rows() if row.how != steps[row.exercise][row.step]]
    assert wrong == [], f"lines that say otherwise than their step. To renew: {FIX}"


def test_everything_in_the_articles_is_practised() -> None:
    sources: dict[tuple[str, str], list[str]] = {}
    for row in ROWS:
        sources.setdefault((row.article, row.section), []).append(row.source)
    missed = [
        (section, title)
        for article, section, title, words in LISTED
        if not any(words in source for source in sources.get((article, section), []))
    ]
    assert missed == [], "docs/source-map.md has no row for these"


def test_every_row_belongs_to_something_in_the_articles() -> None:
    known: dict[tuple[str, str], list[str]] = {}
    for article, section, _title, words in LISTED:
        known.setdefault((article, section), []).append(words)
    strange = [
        row.line
        for row in ROWS
        if row.source != "the whole technique"
        and not any(words in row.source for words in known.get((row.article, row.section), []))
    ]
    assert strange == [], "rows that this test's list does not know"


def test_quotes_from_the_articles_stay_short() -> None:
    assert [row.line for row in ROWS if len(row.source.split()) > 20] == []


def test_every_shipped_exercise_practises_something_of_them() -> None:
    assert {row.exercise for row in ROWS} == set(EXERCISES)

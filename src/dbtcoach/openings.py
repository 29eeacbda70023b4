"""Title and opening words by exercise. Written by ``python -m dbtcoach.sitting.openings``."""

OPENINGS = {
    "connect": (
        "Connect",
        "Being close is a skill. It grows in small doses.",
        "You choose how small.",
    ),
    "dear-man": (
        "DEAR MAN",
        "We'll write your lines together, one at a time.",
        "At the end you get a card to read from.",
        "Skip what you like. Only two lines are needed.",
    ),
    "express": (
        "Express",
        "A feeling is a messenger. It need not drive.",
        "Let's hear what it has to say.",
    ),
    "ground": (
        "Ground",
        "You don't have to solve anything now.",
        "The next few minutes only need to pass.",
        "Put both feet on the floor, if you can.",
    ),
    "pause": (
        "Pause",
        "You can stop here for a moment.",
        "Nothing has to be decided yet.",
        "Let your feet find the floor.",
    ),
    "reflect": (
        "Reflect",
        "The day is nearly done.",
        "Numbers alone are enough. Enter skips anything.",
    ),
    "rehearse": (
        "Rehearse",
        "Let's play it through before you have it.",
        "You can stop at any point. Nobody is listening.",
    ),
    "repair": (
        "Repair",
        "You opened up, and it hurt.",
        "It was not wrong to try.",
    ),
    "validate": (
        "Validate",
        "You don't have to agree with them.",
        "You don't have to fix it.",
        "You only have to see it, and say so.",
    ),
}

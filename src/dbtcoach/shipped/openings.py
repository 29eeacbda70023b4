"""Opening words by exercise; none is the door. Written by ``python -m docs.shipped_words``."""

OPENINGS = {
    '': ('dbtcoach', 'What is going on right now?'),
    'accept': ('Accept', 'Some things are so, for now.', 'To accept is not to like it, and not to give up.'),
    'connect': ('Connect', 'Being close is a skill. It grows in small doses.', 'You choose how small.'),
    'cope-ahead': ('Cope ahead', 'Something hard is coming. You can practise for it here.', 'You rehearse coping with it, not that all goes well.'),
    'dear-man': ('DEAR MAN', "We'll write your lines together, one at a time.", 'At the end you get a card to read from.', 'Skip what you like. Only two lines are needed.'),
    'express': ('Express', 'A feeling is a messenger. It need not drive.', "Let's hear what it has to say."),
    'ground': ('Ground', "You don't have to solve anything now.", 'The next few minutes only need to pass.', 'Put both feet on the floor, if you can.'),
    'mend': ('Mend', 'You hurt someone, and you want to mend it.', 'Say what you did, put it right, change what led to it.', 'Then you may stop paying for it.'),
    'pause': ('Pause', 'You can stop here for a moment.', 'Nothing has to be decided yet.', 'Let your feet find the floor.'),
    'pros-cons': ('Pros and cons', 'An urge wants you to look at one side only.', 'Here you look at all four. You decide.'),
    'reflect': ('Reflect', 'The day is nearly done.', 'Numbers alone are enough. Enter skips anything.'),
    'rehearse': ('Rehearse', "Let's play it through before you have it.", 'You can stop at any point. Nobody is listening.'),
    'repair': ('Repair', 'You opened up, and it hurt.', 'It was not wrong to try.'),
    'together': ('Together', 'Two people, one keyboard. Nobody has to win.', 'What you say to each other is not typed here.'),
    'validate': ('Validate', "You don't have to agree with them.", "You don't have to fix it.", 'You only have to see it, and say so.'),
}

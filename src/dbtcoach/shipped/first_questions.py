"""First questions by exercise. Written by ``python -m docs.shipped_words``."""

from __future__ import annotations

from typing import Any

FIRST: dict[str, dict[str, Any]] = {
    'accept': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'connect': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nThinking about being close can stir things up. You can stop anywhere.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'cope-ahead': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'dear-man': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'express': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'ground': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'mend': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'pause': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'pros-cons': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'rehearse': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'repair': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nA rough number will do. It is only for you: a second number at the end shows what changed.', 'role': 'distress_before', 'message': 'How strong is the distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
    'validate': {'id': 'before', 'help': '0 is calm. 10 is the worst it has ever been.\nIt is hard to see someone else from up there.', 'role': 'distress_before', 'message': 'How strong is your own distress right now?', 'low_label': 'calm', 'high_label': 'the worst ever'},
}

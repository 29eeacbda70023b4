"""First questions by exercise. Written by ``python -m dbtcoach.commands.shipped_words``."""

from __future__ import annotations

from typing import Any

FIRST: dict[str, dict[str, Any]] = {'accept': {'id': 'before',
            'message': 'How strong is the distress right now?',
            'said': 'How strong is the distress right now?',
            'help': '0 is calm. 10 is the worst it has ever been.\n'
                    'A rough number will do. It is only for you: a second number at the end shows '
                    'what changed.',
            'role': 'distress_before',
            'required': False,
            'low': 0,
            'high': 10,
            'low_label': 'calm',
            'high_label': 'the worst ever'},
 'connect': {'id': 'before',
             'message': 'How strong is the distress right now?',
             'said': 'How strong is the distress right now?',
             'help': '0 is calm. 10 is the worst it has ever been.\n'
                     'Thinking about being close can stir things up. You can stop anywhere.',
             'role': 'distress_before',
             'required': False,
             'low': 0,
             'high': 10,
             'low_label': 'calm',
             'high_label': 'the worst ever'},
 'cope-ahead': {'id': 'before',
                'message': 'How strong is the distress right now?',
                'said': 'How strong is the distress right now?',
                'help': '0 is calm. 10 is the worst it has ever been.\n'
                        'A rough number will do. It is only for you: a second number at the end '
                        'shows what changed.',
                'role': 'distress_before',
                'required': False,
                'low': 0,
                'high': 10,
                'low_label': 'calm',
                'high_label': 'the worst ever'},
 'dear-man': {'id': 'before',
              'message': 'How strong is the distress right now?',
              'said': 'How strong is the distress right now?',
              'help': '0 is calm. 10 is the worst it has ever been.\n'
                      'A rough number will do. It is only for you: a second number at the end '
                      'shows what changed.',
              'role': 'distress_before',
              'required': False,
              'low': 0,
              'high': 10,
              'low_label': 'calm',
              'high_label': 'the worst ever'},
 'express': {'id': 'before',
             'message': 'How strong is the distress right now?',
             'said': 'How strong is the distress right now?',
             'help': '0 is calm. 10 is the worst it has ever been.\n'
                     'A rough number will do. It is only for you: a second number at the end shows '
                     'what changed.',
             'role': 'distress_before',
             'required': False,
             'low': 0,
             'high': 10,
             'low_label': 'calm',
             'high_label': 'the worst ever'},
 'ground': {'id': 'before',
            'message': 'How strong is the distress right now?',
            'said': 'How strong is the distress right now?',
            'help': '0 is calm. 10 is the worst it has ever been.\n'
                    'A rough number will do. It is only for you: a second number at the end shows '
                    'what changed.',
            'role': 'distress_before',
            'required': False,
            'low': 0,
            'high': 10,
            'low_label': 'calm',
            'high_label': 'the worst ever'},
 'mend': {'id': 'before',
          'message': 'How strong is the distress right now?',
          'said': 'How strong is the distress right now?',
          'help': '0 is calm. 10 is the worst it has ever been.\n'
                  'A rough number will do. It is only for you: a second number at the end shows '
                  'what changed.',
          'role': 'distress_before',
          'required': False,
          'low': 0,
          'high': 10,
          'low_label': 'calm',
          'high_label': 'the worst ever'},
 'pause': {'id': 'before',
           'message': 'How strong is the distress right now?',
           'said': 'How strong is the distress right now?',
           'help': '0 is calm. 10 is the worst it has ever been.\n'
                   'A rough number will do. It is only for you: a second number at the end shows '
                   'what changed.',
           'role': 'distress_before',
           'required': False,
           'low': 0,
           'high': 10,
           'low_label': 'calm',
           'high_label': 'the worst ever'},
 'pros-cons': {'id': 'before',
               'message': 'How strong is the distress right now?',
               'said': 'How strong is the distress right now?',
               'help': '0 is calm. 10 is the worst it has ever been.\n'
                       'A rough number will do. It is only for you: a second number at the end '
                       'shows what changed.',
               'role': 'distress_before',
               'required': False,
               'low': 0,
               'high': 10,
               'low_label': 'calm',
               'high_label': 'the worst ever'},
 'rehearse': {'id': 'before',
              'message': 'How strong is the distress right now?',
              'said': 'How strong is the distress right now?',
              'help': '0 is calm. 10 is the worst it has ever been.\n'
                      'A rough number will do. It is only for you: a second number at the end '
                      'shows what changed.',
              'role': 'distress_before',
              'required': False,
              'low': 0,
              'high': 10,
              'low_label': 'calm',
              'high_label': 'the worst ever'},
 'repair': {'id': 'before',
            'message': 'How strong is the distress right now?',
            'said': 'How strong is the distress right now?',
            'help': '0 is calm. 10 is the worst it has ever been.\n'
                    'A rough number will do. It is only for you: a second number at the end shows '
                    'what changed.',
            'role': 'distress_before',
            'required': False,
            'low': 0,
            'high': 10,
            'low_label': 'calm',
            'high_label': 'the worst ever'},
 'validate': {'id': 'before',
              'message': 'How strong is your own distress right now?',
              'said': 'How strong is your own distress right now?',
              'help': '0 is calm. 10 is the worst it has ever been.\n'
                      'It is hard to see someone else from up there.',
              'role': 'distress_before',
              'required': False,
              'low': 0,
              'high': 10,
              'low_label': 'calm',
              'high_label': 'the worst ever'}}

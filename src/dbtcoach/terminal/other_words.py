"""The other way to say it, under a note: a key puts it on the line, and its gaps wait to be filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app

from dbtcoach.drawing.captions import as_typed
from dbtcoach.practice.joints import inside, whole
from dbtcoach.script.model import Text

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.drawing.sheet import Sheet
    from dbtcoach.practice.page import Page, Remark
    from dbtcoach.terminal.key_bindings import Handlers

STILL_OPEN = "What stands in [ ] is for you to fill in. Enter keeps it as it is."
_GAP = re.compile(r"\[[^]\n]+\]")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")


def other_lines(page: Page) -> list[str]:
    """Return the line with the other wording of each note on it, as far as that can stand there."""
    if not isinstance(page.step, Text) or page.step.count:
        return []
    lines = []
    for remark in page.remarks:
        text = _instead(page.text, remark) if remark.instead else ""
        if page.sentence is not None and whole(page.sentence, text).rstrip(".") != text.rstrip("."):
            continue  # it is not how the sentence goes on that the page begins
        lines.append(text if page.sentence is None else inside(page.sentence, text))
    return [line for line in dict.fromkeys(lines) if line]


def _instead(text: str, remark: Remark) -> str:
    """Return a text with the other wording in the place of the sentence that the note is on."""
    gaps = list(_SENTENCE.finditer(text.rstrip()))
    start = max((gap.end() for gap in gaps if gap.end() <= remark.start), default=0)
    end = min((gap.start() for gap in gaps if gap.start() >= remark.end), default=len(text.rstrip()))
    return text[:start] + remark.instead + text[end:]


def taking(sheet: Sheet, own: Handlers) -> Handlers:
    """Return the keys of a line where Up takes the other wording, and what is typed fills its gaps."""
    others = other_lines(sheet.page)
    if not others:
        return own
    sheet.others = [as_typed(sheet.page), *others]
    gaps = {gap for line in others for gap in _GAP.findall(line)}

    def ahead(buffer: Buffer) -> int | None:
        """Return where the next gap ends that is still open."""
        found = (gap for gap in _GAP.finditer(buffer.text) if gap[0] in gaps)
        return next((gap.end() for gap in found if gap.end() > buffer.cursor_position), None)

    def up(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.text and buffer.text not in sheet.others:
            buffer.cursor_up()
            return
        at = sheet.others.index(buffer.text) if buffer.text else 0
        buffer.save_to_undo_stack()
        buffer.text, buffer.cursor_position = sheet.others[(at + 1) % len(sheet.others)], 0
        buffer.cursor_position = ahead(buffer) or len(buffer.text)

    def write(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        gap = next((gap for gap in gaps if buffer.document.text_before_cursor.endswith(gap)), "")
        buffer.delete_before_cursor(len(gap))
        sheet.complain("")
        own["type"](event)

    told: list[str] = []  # lines of which was said once that a gap is still open

    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        place = ahead(buffer)
        if place is not None:
            buffer.cursor_position = place
        elif buffer.text not in told and not gaps.isdisjoint(_GAP.findall(buffer.text)):
            told.append(buffer.text)
            sheet.complain(STILL_OPEN)
        else:
            own["enter"](event)

    sheet.gap_ahead = lambda: ahead(get_app().current_buffer) is not None
    return {**own, "up": up, "type": write, "enter": enter}

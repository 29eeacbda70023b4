"""What is asked on a terminal that can move its cursor: Questionary's questions, on our page.

The only module that imports Questionary, by far the largest import of the program. Each question keeps
Questionary's own widget and none of its keys, and the page stands around it, so that a resized window is
drawn anew as a whole.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, assert_never

import questionary
from prompt_toolkit.application import Application, application
from prompt_toolkit.clipboard import InMemoryClipboard
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import ColorDepth
from questionary.prompts.common import InquirerControl

from dbtcoach.drawing.blocks import INDENT, MARK
from dbtcoach.drawing.captions import as_typed, begun, keys_of, options, picked_by
from dbtcoach.drawing.key_table import kind_of
from dbtcoach.drawing.theme import PLAIN
from dbtcoach.drawing.wrapping import columns
from dbtcoach.practice.page import ON, Given, Typed
from dbtcoach.script.model import (
    Breathe,
    Card,
    Confirm,
    Menu,
    Say,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
)
from dbtcoach.terminal.display import Display, display
from dbtcoach.terminal.editing import edits, insert
from dbtcoach.terminal.grid import acts_on, keys_here, laid_out
from dbtcoach.terminal.interrupts import failed, once, run_page
from dbtcoach.terminal.key_bindings import answering, bindings, moving, numbering, ranking, tick
from dbtcoach.terminal.keyboard import Keyboard
from dbtcoach.terminal.other_words import taking
from dbtcoach.terminal.page_layout import around, listed
from dbtcoach.terminal.rows import Rows
from dbtcoach.terminal.styles import looks_of
from dbtcoach.terminal.word_breaks import Example, Marked, WordBreaks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from dbtcoach.drawing.key_table import Act, Kind
    from dbtcoach.drawing.sheet import Sheet
    from dbtcoach.drawing.theme import Look
    from dbtcoach.practice.page import Page
    from dbtcoach.terminal.key_bindings import Handler, Handlers
    from dbtcoach.terminal.people import Reply

_DEPTHS = {
    "none": ColorDepth.DEPTH_1_BIT,
    "256": ColorDepth.DEPTH_8_BIT,
    "truecolor": ColorDepth.DEPTH_24_BIT,
}

# Every question is an application, and every application builds the same few hundred default bindings, 20 ms
# each time, three times for a list of choices. Our one eager binding leaves none of them a key, so an empty
# set serves all; where a later version looks elsewhere, only time is lost. No public way: prompt_toolkit 3.0.
application.load_key_bindings = KeyBindings  # type: ignore[attr-defined]  # it is imported there


class Asker:
    """Asks what a page asks, and returns the move."""

    def __init__(
        self,
        suspend: Callable[[], None],
        terminal_input: Input | None = None,
        terminal_output: Output | None = None,
        *,
        look: Look = PLAIN,
        encoding: str = "utf-8",
    ) -> None:
        self.suspend = suspend
        self.changed: Callable[[], None] = lambda: None  # called when what stands there has changed
        self.clipboard = InMemoryClipboard()
        self.before_shown: Callable[[], None] | None = None
        self.when_shown: Callable[[], None] | None = None
        keyboard = Keyboard(terminal_input or create_input(), encoding)
        self.streams: dict[str, Any] = {"input": keyboard, "output": terminal_output or display()}
        self.depth = _DEPTHS[look.colours]
        self.look = look

    def ask(self, sheet: Sheet) -> Reply:
        """Show the sheet with its question and return what the person does."""
        page = sheet.page
        match page.step:
            case Select(multiple="several"):
                question, keys = self._checkbox(page, sheet)
            case Select(multiple="") | Menu():
                question, keys = self._select(page, sheet)
            case Confirm():
                question, keys = self._confirm(sheet)
            case Scales():
                question, keys = self._grid(page.step, sheet)
            case Text() | Scale() | Select():  # what is left of selects is ranked
                question, keys = self._text(page, sheet)
            case Say() | Card() | Breathe() | Wait():
                question, keys = self._go_on(sheet)
            case _:
                assert_never(page.step)
        app = question.application
        app.layout = Layout(around(app.layout.container, sheet), app.layout.current_window)
        return self.run(app, keys)

    def run(
        self, app: Application[Reply], keys: KeyBindings, begin: Callable[[], None] | None = None
    ) -> Reply:
        """Run a page with these keys and no others; ``begin`` is called when it has begun."""
        app.key_bindings = keys  # in the place of Questionary's own
        app.clipboard = self.clipboard
        app.erase_when_done = True
        app.renderer.style = looks_of(self.look)
        if isinstance(app.output, Display):
            app.before_render += app.output.look
        for event, action in ((app.before_render, self.before_shown), (app.after_render, self.when_shown)):
            if action is not None:
                event.add_handler(once(action))
        self.before_shown = self.when_shown = None

        def start() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _loop, context: failed(app, context))
            if begin is not None:
                begin()

        return run_page(app, start)

    def _keys(
        self, kind: Kind, sheet: Sheet, own: Mapping[Act, Handler], picks: Mapping[str, Handler] | None = None
    ) -> KeyBindings:
        return bindings(kind, sheet, own, self.suspend, picks or {})

    def _text(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        step = page.step
        count = step.count if isinstance(step, Text) else 0

        def enter(event: KeyPressEvent) -> None:
            text = event.current_buffer.text
            lines = text.split("\n")
            if count and len(lines) < count and lines[-1].strip():
                event.current_buffer.insert_text("\n")
            elif text.strip():
                event.app.exit(result=Typed(text))
            else:
                event.app.exit(result=ON)

        kind: Kind = kind_of(step)
        own: Handlers = {
            **edits(),
            "enter": enter,
            "break": lambda event: insert(event, "\n"),
            "type": lambda event: insert(event, event.data),
        }
        if isinstance(step, Scale):
            own |= numbering(step, sheet)
        elif isinstance(step, Select):
            own |= ranking(len(step.choices), sheet)
        mark = sheet.glyphs.say(MARK)
        before = sheet.glyphs.say(begun(page))
        marked = Marked(page.text, page.remarks, as_typed(page))
        # Marked in words too: not every terminal shows italics.
        words = sheet.glyphs.say(f"e.g. {page.placeholder}") if page.placeholder else ""
        example = Example(words, "class:placeholder")
        question = questionary.text(
            before,
            default=page.line or ("" if page.offered is None else as_typed(page)),
            qmark=mark,
            prompt_continuation=[("class:qmark", mark), ("", " " * (INDENT - 1))],
            input_processors=[marked, example, WordBreaks(INDENT, columns(before))],
            reserve_space_for_menu=0,
            color_depth=self.depth,
            wrap_lines=True,
            **self.streams,
        )
        buffer = question.application.current_buffer
        buffer.cursor_position = len(buffer.text)
        sheet.typed = lambda: buffer.text
        buffer.on_text_changed += lambda _buffer: self.changed()
        return question, self._keys(kind, sheet, taking(sheet, own))

    def _grid(self, step: Scales, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        rows = Rows.on(sheet.page, step)
        sheet.typed, sheet.keys = (lambda: rows.line), (lambda: keys_here(rows))
        keys = self._keys("numbers", sheet, acts_on(rows, sheet, self.changed))
        return self._laid_out(laid_out(rows, sheet)), keys

    def _select(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        given = options(page)
        control = InquirerControl(_choices(given))
        values = [value for value, _label in given]
        # Nothing is chosen before: the pointer stands above the list until it is moved.
        control.pointed_at = values.index(page.offered) if page.offered in values else sheet.pointed
        sheet.chosen = lambda: control.pointed_at >= 0

        def enter(event: KeyPressEvent) -> None:
            nothing = ON if not isinstance(page.step, Menu) else Given("done")
            event.app.exit(result=Given(values[control.pointed_at]) if control.pointed_at >= 0 else nothing)

        picks = {key: answering(value) for key, value in picked_by(page).items()}
        keys = self._keys("one", sheet, {**moving(control), "enter": enter}, picks)
        return self._listed(control, "", sheet), keys

    def _checkbox(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        given = options(page)
        keyed = {key: value for key, (value, _label) in zip(keys_of(page), given, strict=False)}
        already = page.offered if isinstance(page.offered, tuple) else ()
        if page.line:
            already = tuple(keyed[key] for key in page.line.split() if key in keyed)
        control = InquirerControl(_choices(given, already))
        control.pointed_at = max(0, sheet.pointed)
        sheet.chosen = lambda: bool(control.selected_options)
        sheet.typed = lambda: " ".join(
            key for key, value in keyed.items() if value in control.selected_options
        )

        def enter(event: KeyPressEvent) -> None:
            ticked = list(control.selected_options)
            event.app.exit(result=Given(ticked) if ticked else ON)

        def tick_here(_event: KeyPressEvent) -> None:
            tick(control)
            self.changed()

        def tick_by(number: int) -> Handler:
            def ticked(event: KeyPressEvent) -> None:
                control.pointed_at = number
                tick_here(event)

            return ticked

        picks = {key: tick_by(number) for number, key in enumerate(keyed)}

        def at_once(event: KeyPressEvent) -> None:
            """Tick several numbers that came together; other words tick nothing."""
            if all(letter in picks for letter in event.data):
                for letter in event.data:
                    picks[letter](event)

        own: Handlers = {**moving(control), "tick": tick_here, "enter": enter}
        keys = self._keys("several", sheet, own, {**picks, "type": at_once})
        named = "number" if "".join(keyed).isdigit() else "number or letter"
        return self._listed(control, f"Space, or its {named}, ticks", sheet), keys

    def _listed(self, control: InquirerControl, instruction: str, sheet: Sheet) -> questionary.Question:
        """Return a question that is one of Questionary's lists, as the page draws it.

        Its ``select`` and ``checkbox`` build two whole prompts around one that nobody sees; without them the
        next page is there in two thirds of the time.
        """
        question = self._laid_out(listed(control, instruction, sheet))

        def note(_app: object) -> None:
            sheet.pointed = control.pointed_at

        question.application.after_render += note
        return question

    def _laid_out(self, layout: Layout) -> questionary.Question:
        return questionary.Question(Application(layout=layout, color_depth=self.depth, **self.streams))

    def _confirm(self, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        question = questionary.confirm(
            "", qmark="", instruction="y or n ", color_depth=self.depth, **self.streams
        )
        own: Handlers = {"enter": _on, "yes": answering(value=True), "no": answering(value=False)}
        return question, self._keys("confirm", sheet, own)

    def _go_on(self, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        question = questionary.press_any_key_to_continue(" ", color_depth=self.depth, **self.streams)
        return question, self._keys("go on", sheet, {"enter": _on})


def _on(event: KeyPressEvent) -> None:
    event.app.exit(result=ON)


def _choices(given: list[tuple[str, str]], ticked: tuple[str, ...] = ()) -> list[questionary.Choice]:
    return [questionary.Choice(label, value, checked=value in ticked) for value, label in given]

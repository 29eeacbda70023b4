"""What is asked on a terminal that can move its cursor: Questionary's questions, on our page.

The only module that imports Questionary, by far the largest import of the program. Each question keeps
Questionary's own widget; our keys come after its own and are eager, and the page stands around it, so
that a resized window is drawn anew as a whole.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, assert_never

import questionary
from prompt_toolkit.application import Application, application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import ColorDepth
from questionary.prompts.common import InquirerControl

from dbtcoach.cleaning import clean
from dbtcoach.practice.page import ON, Given, Move, Typed
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
from dbtcoach.terminal.captions import as_typed, keys_of, options
from dbtcoach.terminal.key_bindings import arrows, choose_by_key, move_in, page_keys, tick, tick_by_key
from dbtcoach.terminal.modes import hold_interrupts
from dbtcoach.terminal.page_layout import around, drawn_size, listed
from dbtcoach.terminal.styles import LOOKS
from dbtcoach.terminal.word_breaks import WordBreaks
from dbtcoach.terminal.wrapping import WIDEST, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from dbtcoach.practice.page import Page
    from dbtcoach.terminal.sheet import Sheet

MARGIN = "   "  # in front of every row that is typed, as wide as the mark before the first

# Every question is an application, and every application builds the same few hundred default bindings:
# 20 ms each, three times for a list of choices. They hold no state of their own, so one set serves all.
_shared = functools.cache(application.load_key_bindings)  # type: ignore[attr-defined]  # it is imported there
application.load_key_bindings = _shared  # type: ignore[attr-defined]


class Asker:
    """Asks what a page asks, and returns the move."""

    def __init__(
        self,
        suspend: Callable[[], None],
        terminal_input: Input | None = None,
        terminal_output: Output | None = None,
        *,
        colour: bool = True,
    ) -> None:
        self.suspend = suspend
        self.before_shown: Callable[[], None] | None = None
        self.when_shown: Callable[[], None] | None = None
        self.streams: dict[str, Any] = {"input": terminal_input, "output": terminal_output}
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT

    def ask(self, sheet: Sheet) -> Move:
        """Show the sheet with its question and return what the person does."""
        page = sheet.page
        match page.step:
            case Select(multiple="several"):
                question, keys = self._checkbox(page, sheet)
            case Select(multiple="") | Menu():
                question, keys = self._select(page, sheet)
            case Confirm():
                question, keys = self._confirm()
            case Text() | Scale() | Scales() | Select():  # what is left of selects is ranked
                question, keys = self._text(page, sheet)
            case Say() | Card() | Breathe() | Wait():
                question, keys = self._go_on()
            case _:
                assert_never(page.step)
        return self._run(question, keys, sheet)

    def _run(self, question: questionary.Question, keys: KeyBindings, sheet: Sheet) -> Move:
        app = question.application
        own = app.key_bindings
        bindings = [*([own] if own is not None else []), keys, page_keys(sheet, self.suspend)]
        app.key_bindings = merge_key_bindings(bindings)
        app.erase_when_done = True
        app.renderer.style = LOOKS
        app.ttimeoutlen = 0.1
        # From the key that answers until the draft is written, or the next page comes.
        app.key_processor.after_key_press += lambda _keys: hold_interrupts(held=app.is_done)
        app.layout = Layout(around(app.layout.container, sheet), app.layout.current_window)
        app.after_render += _once(_join_bindings)
        if self.before_shown is not None:
            app.before_render += _once(self.before_shown)
            self.before_shown = None
        if self.when_shown is not None:
            app.after_render += _once(self.when_shown)
            self.when_shown = None
        move: Move = question.unsafe_ask()
        return move

    def _text(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        keys = KeyBindings()
        step = page.step
        count = step.count if isinstance(step, Text) else 0

        @keys.add("enter", eager=True)
        def _enter(event: KeyPressEvent) -> None:
            text = event.current_buffer.text
            lines = text.split("\n")
            if count and len(lines) < count and lines[-1].strip():
                event.current_buffer.insert_text("\n")
            elif text.strip():
                event.app.exit(result=Typed(text))
            else:
                event.app.exit(result=ON)

        if isinstance(step, Text):

            @keys.add("escape", "enter", eager=True)
            @keys.add("c-j", eager=True)
            def _newline(event: KeyPressEvent) -> None:
                event.current_buffer.insert_text("\n")

        elif isinstance(step, Scale):
            arrows(keys, step.low, step.high)
        default = "" if page.offered is None else as_typed(page)
        question = questionary.text(
            "",
            default=default,
            qmark=sheet.glyphs.say("›"),
            placeholder=FormattedText([("class:placeholder", _example(sheet))]),
            prompt_continuation=MARGIN,
            input_processors=[WordBreaks(len(MARGIN))],
            reserve_space_for_menu=0,
            color_depth=self.depth,
            wrap_lines=True,
            **self.streams,
        )
        buffer = question.application.current_buffer
        buffer.cursor_position = len(buffer.text)
        sheet.typed = lambda: buffer.text
        return question, keys

    def _select(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        given = options(page)
        choices = self._choices(sheet, 6)
        control = InquirerControl(choices, pointer=sheet.glyphs.say("›"), use_indicator=False)
        keys = KeyBindings()
        unmoved = Condition(lambda: control.pointed_at < 0)
        values = [value for value, _label in given]
        # Nothing is chosen before: the pointer stands above the list until it is moved.
        control.pointed_at = values.index(page.offered) if page.offered in values else -1
        sheet.chosen = lambda: control.pointed_at >= 0

        @keys.add("enter", eager=True, filter=unmoved)
        def _skip(event: KeyPressEvent) -> None:
            event.app.exit(result=ON if not isinstance(page.step, Menu) else Given("done"))

        @keys.add("up", eager=True, filter=unmoved)
        def _last(_event: KeyPressEvent) -> None:
            control.pointed_at = len(values) - 1

        @keys.add("enter", eager=True, filter=~unmoved)
        def _take(event: KeyPressEvent) -> None:
            event.app.exit(result=Given(values[control.pointed_at]))

        move_in(keys, control, moved=~unmoved)
        for key, value in zip(keys_of(given), values, strict=False):
            choose_by_key(keys, key, value)
        return self._listed(control, "", sheet, 6), keys

    def _checkbox(self, page: Page, sheet: Sheet) -> tuple[questionary.Question, KeyBindings]:
        given = options(page)
        already = page.offered if isinstance(page.offered, tuple) else ()
        choices = self._choices(sheet, 8, ticked=already)
        control = InquirerControl(choices, pointer=sheet.glyphs.say("›"))
        sheet.chosen = lambda: bool(control.selected_options)
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def _enter(event: KeyPressEvent) -> None:
            ticked = list(control.selected_options)
            event.app.exit(result=Given(ticked) if ticked else ON)

        @keys.add("space", eager=True)
        def _tick(_event: KeyPressEvent) -> None:
            tick(control)

        move_in(keys, control, moved=True)
        for number, key in enumerate(keys_of(given)):
            tick_by_key(keys, key, number, control)
        named = "number" if "".join(keys_of(given)).isdigit() else "number or letter"
        return self._listed(control, f"Space, or its {named}, ticks", sheet, 8), keys

    def _listed(
        self, control: InquirerControl, instruction: str, sheet: Sheet, indent: int
    ) -> questionary.Question:
        """Return a question with Questionary's own list.

        Its ``select`` and ``checkbox`` build two whole prompts around one that nobody sees; without them the
        next page is there in two thirds of the time.
        """
        app: Application[Move] = Application(
            layout=listed(control, instruction), color_depth=self.depth, **self.streams
        )

        def retitle(_app: object) -> None:
            for choice, title in zip(control.choices, self._titles(sheet, indent), strict=False):
                choice.title = title

        app.before_render += retitle
        return questionary.Question(app)

    def _choices(self, sheet: Sheet, indent: int, ticked: tuple[str, ...] = ()) -> list[questionary.Choice]:
        values = [value for value, _label in options(sheet.page)]
        return [
            questionary.Choice(title, value, checked=value in ticked)
            for title, value in zip(self._titles(sheet, indent), values, strict=False)
        ]

    def _titles(self, sheet: Sheet, indent: int) -> list[str]:
        """Return the choices with the key that takes each, wrapped under themselves, and its help."""
        width = min(drawn_size().columns, WIDEST) - indent - 1
        hang = "\n" + " " * indent
        given = options(sheet.page, helped=sheet.show_help)
        return [
            hang.join(wrap(f"{key}  {clean(sheet.glyphs.say(label))}", width))
            for key, (_value, label) in zip(keys_of(given), given, strict=False)
        ]

    def _confirm(self) -> tuple[questionary.Question, KeyBindings]:
        question = questionary.confirm(
            "", qmark="", instruction="y or n ", color_depth=self.depth, **self.streams
        )
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def _skip(event: KeyPressEvent) -> None:
            event.app.exit(result=ON)

        for key, answer in (("y", True), ("Y", True), ("n", False), ("N", False)):
            choose_by_key(keys, key, answer)
        return question, keys

    def _go_on(self) -> tuple[questionary.Question, KeyBindings]:
        question = questionary.press_any_key_to_continue(" ", color_depth=self.depth, **self.streams)
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        @keys.add("space", eager=True)
        @keys.add("right", eager=True)
        def _on(event: KeyPressEvent) -> None:
            event.app.exit(result=ON)

        @keys.add(Keys.Any, eager=True)
        def _other(_event: KeyPressEvent) -> None:
            """Do nothing: a page is not passed by mistake."""

        return question, keys


def _once(action: Callable[[], None]) -> Callable[[object], None]:
    """Return a handler that runs the action the first time it is called."""
    left = [action]

    def handler(_sender: object) -> None:
        if left:
            left.pop()()

    return handler


def _join_bindings() -> None:
    """Put the shared bindings together while the page is read, not between the first key and its effect."""
    _ = _shared().bindings


def _example(sheet: Sheet) -> str:
    """Return the ghost text, marked in words too: not every terminal shows italics."""
    text = sheet.page.placeholder
    return sheet.glyphs.say(f"e.g. {text}") if text else ""

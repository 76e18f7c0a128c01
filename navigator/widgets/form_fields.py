"""One field of the referral form: its label, its value and whether it is well; validation stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from navigator.text import hanging, line, rows
from navigator.widgets.marked_list import IN_HAND
from navigator.widgets.text_box import TextBox

if TYPE_CHECKING:
    from navigator.referral.record import Field

LABEL_CELLS = 31
"""As in the style sheet."""
MARK_CELLS = 3
"""What is left beside the choices, so that the sign behind them always shows."""
GAP_CELLS = 2
EDGE_CELLS = 1
"""Before the choices, for the mark that the keys are here."""
YES_NO = (("yes", "Yes"), ("no", "No"))
HOW_TO_CHOOSE = "A first letter or → takes a choice, Delete takes it back, Enter goes on."


class ChoiceLine(Widget, can_focus=True):
    """All choices on one line, at most one of them taken; arrows move, a first letter jumps, Delete takes none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "next_choice", "Next", show=False, id="choice.next"),
        Binding("left", "previous_choice", "Previous", show=False, id="choice.previous"),
        Binding("delete,backspace", "take_none", "None", show=False, id="choice.none"),
        Binding("enter", "leave_choice", "Go on", show=False, id="choice.leave"),
    ]
    value: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """Another choice is taken."""

        value: str

    def __init__(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self.set_reactive(ChoiceLine.value, value)

    def render(self) -> Content:
        """Draw the choices, the taken one marked by a sign and not by color alone."""
        edge = line((IN_HAND if self.has_focus else " ", "$accent"))
        return rows([edge + packed for packed in self._packed(self.content_size.width - EDGE_CELLS)])

    def _packed(self, cells: int) -> list[Content]:
        """Put whole choices on as many lines as they need; one that is longer than a line hangs under its sign."""
        packed: list[Content] = []
        room = 0
        for choice in self._drawn():
            if packed and GAP_CELLS + choice.cell_length <= room:
                packed[-1] = line(packed[-1], " " * GAP_CELLS, choice)
            else:
                packed += [choice] if choice.cell_length <= cells else hanging([choice], cells).split()
            room = cells - packed[-1].cell_length if choice.cell_length <= cells else 0
        return packed

    def _drawn(self) -> list[Content]:
        return [
            line((f"{'●' if word == self.value else '○'} {label}", "bold" if word == self.value else "$muted"))
            for word, label in self._choices
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a second line where one is not enough."""
        return len(self._packed(width - EDGE_CELLS))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take what the choices need, or what there is beside the label."""
        needed = EDGE_CELLS + sum(choice.cell_length + GAP_CELLS for choice in self._drawn()) - GAP_CELLS
        return min(needed, max(container.width - LABEL_CELLS - MARK_CELLS, 10))

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self.value))

    def _step(self, by: int) -> None:
        words = [word for word, _label in self._choices]
        at = words.index(self.value) + by if self.value in words else (0 if by > 0 else len(words) - 1)
        self.value = words[at % len(words)]

    def action_next_choice(self) -> None:
        """Take the next choice."""
        self._step(1)

    def action_previous_choice(self) -> None:
        """Take the choice before."""
        self._step(-1)

    def action_take_none(self) -> None:
        """Take none: not known yet."""
        self.value = ""

    def action_leave_choice(self) -> None:
        """Go to the next field."""
        self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Take the choice that begins with the letter; another letter is a slip, and opens no other screen."""
        letter = (event.character or "").lower()
        if letter.isalpha():
            event.stop()
        begins = [word for word, label in self._choices if letter and label.lower().startswith(letter)]
        if begins:
            later = begins[(begins.index(self.value) + 1) % len(begins)] if self.value in begins else begins[0]
            self.value = later

    def on_click(self, event: events.Click) -> None:
        """Take the choice that is clicked."""
        if event.y:  # a second line, on a narrow screen: the keys reach it
            return
        at = EDGE_CELLS
        for (word, _label), drawn in zip(self._choices, self._drawn(), strict=True):
            at += drawn.cell_length + GAP_CELLS
            if event.x < at:
                self.value = word
                return


def shown_text(field: Field, kept: str) -> str:
    """Give a kept text as the form shows it: a code by its name, e.g. "en" as "English"; anything else as typed."""
    return dict(field.choices).get(kept, kept)


class FormField(Horizontal):
    """A field of the form; posts Left as it is left, with its text."""

    @dataclass
    class Left(Message):
        """The field is left; ``text`` is what stands in it."""

        field: FormField
        text: str

    @dataclass
    class Entered(Message):
        """The keys came to the field."""

        field: FormField

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(classes="form-field", id=f"field-{field.id}")
        self.field = field
        self.kept = text
        """The text that the ledger holds."""
        self.problem = ""

    def compose(self) -> ComposeResult:
        """Give label, value and mark."""
        yield Static(classes="form-label")
        if self.has_choices:
            yield ChoiceLine(self.field.choices or YES_NO, self.kept)
        else:
            yield TextBox(self.kept, compact=True, placeholder=self._hint())
        yield Static(classes="form-mark")

    @property
    def has_choices(self) -> bool:
        """Say whether one of a few is taken, and nothing typed."""
        return self.field.kind in ("choice", "yes_no")

    def on_mount(self) -> None:
        """Draw the label and the mark."""
        star = (" *", "$accent") if self.field.required else ""
        self.query_one(".form-label", Static).update(line((self.field.label, "$muted"), star))
        self.draw_mark()

    def _hint(self) -> str:
        if self.field.choices:
            return f"{self.field.choices[0][1]}, {self.field.choices[1][1]}, or another"
        return f"e.g. {self.field.hint}" if self.field.hint and self.field.hint[0].isdigit() else self.field.hint

    @property
    def text(self) -> str:
        """Give what stands in the field."""
        choice = self.query(ChoiceLine)
        return choice.first().value if choice else self.query_one(Input).value

    def show_text(self, text: str) -> None:
        """Show the value as it was kept."""
        self.kept = text
        self.problem = ""
        choice = self.query(ChoiceLine)
        if choice:
            choice.first().set_reactive(ChoiceLine.value, text)
            choice.first().refresh()
        else:
            self.query_one(Input).value = shown_text(self.field, text)
        self.draw_mark()

    def draw_mark(self) -> None:
        """Say beside the value whether it is kept, wrong or not there yet."""
        mark = self.query_one(".form-mark", Static)
        self.set_class(bool(self.problem), "-wrong")
        if self.problem:
            # On a narrow screen the whole sentence stands in the notice; a piece of it would be a cut word.
            short = "" if self.has_choices else " not kept"
            mark.update(line(("✕", "$error"), f" {self.problem}" if self.screen.has_class("-wide") else short))
        elif self.kept:
            mark.update(line(("✓", "$success")))
        else:
            mark.update(line(""))

    @on(Input.Blurred)
    @on(Input.Submitted)
    def _text_left(self, event: Input.Blurred | Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left(self, event.value))
        if isinstance(event, Input.Submitted):
            self.screen.focus_next()

    @on(ChoiceLine.Changed)
    def _choice_left(self, event: ChoiceLine.Changed) -> None:
        event.stop()
        self.post_message(self.Left(self, event.value))

    def on_descendant_focus(self) -> None:
        """Tell the form, which says what to read aloud."""
        self.post_message(self.Entered(self))

"""What every screen and every box is made of: a screen is left once, and a paste is one clean line within the bound."""

from __future__ import annotations

import pytest
from quick_pilot import make_pilots_quick
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.screen import ModalScreen

from navigator.screens.left_once import LeftOnce
from navigator.widgets.text_box import TextBox

make_pilots_quick()


class Choices(LeftOnce[str], ModalScreen[str]):
    """Anything that is dismissed."""


class OneBox(App[None]):
    """A box of ten letters."""

    told: int = 0

    def compose(self) -> ComposeResult:
        """Give it."""
        yield TextBox(max_length=10)

    def on_text_box_full(self, event: TextBox.Full) -> None:
        """Count."""
        self.told += 1
        assert event.words == "Only 10 characters fit here; what goes beyond is left out."


async def test_a_second_click_on_a_choice_leaves_the_screen_below_and_answers_once() -> None:
    app = OneBox()
    answers: list[str | None] = []
    async with app.run_test() as pilot:
        choices = Choices()
        await app.push_screen(choices, answers.append)
        choices.dismiss("one")
        choices.dismiss("two")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert answers == ["one"]


@pytest.mark.parametrize(
    ("typed", "pasted", "kept", "told"),
    [
        ("", "new\nknee", "new knee", 0),
        ("new", " knee", "new knee", 0),
        ("", "\x1b]52;c;UFdO\x07kn\u202eee", "knee", 0),
        ("", "0123456789", "0123456789", 0),
        ("abc", "0123456789", "abc0123456", 1),
        ("0123456789", "x", "0123456789", 1),
        ("", "\u05d0" * 100_000, "\u05d0" * 10, 1),
    ],
    ids=["lines", "a blank", "escapes", "just fits", "too long", "full", "far too long"],
)
async def test_a_paste_is_one_clean_line_and_what_does_not_fit_is_told(
    typed: str, pasted: str, kept: str, told: int
) -> None:
    app = OneBox()
    async with app.run_test() as pilot:
        box = app.query_one(TextBox)
        box.value = typed
        box.cursor_position = len(typed)
        box.post_message(Paste(pasted))
        await pilot.pause()
        assert (box.value, app.told) == (kept, told)

"""Keys that come while a page is changed under them: each is let in after the one before, and none is lost on it."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from navigator.app import KEYS_OF_A_VISITOR, CoeApp
from navigator.key_door import KeyDoor
from navigator.mode import DESK, KIOSK, Mode
from provider_directory.testing import FakeDirectory

MORE_THAN_PYTHON_STACKS = 400


class Page(KeyDoor):
    """A page whose box goes."""

    BINDINGS: ClassVar[list[BindingType]] = [("f9", "hear")]
    heard = 0

    def compose(self) -> ComposeResult:
        """Give the box."""
        yield Input()

    def action_hear(self) -> None:
        """Count a key that got here."""
        self.heard += 1

    async def lose_box(self) -> None:
        """Take the box away and leave it in hand, as happens where a page is changed while a key is under way."""
        box = self.query_one(Input)
        await box.remove()
        self.screen.set_reactive(type(self.screen).focused, box)


async def test_keys_behind_a_box_that_has_gone_are_heard_however_many_they_are() -> None:
    app = Page()
    async with app.run_test() as pilot:
        await app.lose_box()
        app._at_the_door.extend(events.Key("x", "x") for _ in range(MORE_THAN_PYTHON_STACKS))
        app._at_the_door.append(events.Key("f9", None))
        await app._next()
        while app._at_the_door or app._on_its_way:
            await pilot.pause()
        assert app.heard == 1


@pytest.mark.parametrize(("mode", "wait"), [(KIOSK, KEYS_OF_A_VISITOR), (DESK, MORE_THAN_PYTHON_STACKS + 1)])
def test_of_a_flood_of_keys_a_public_screen_hears_the_last_and_a_desk_all(mode: Mode, wait: int) -> None:
    door = CoeApp(mode, lambda _progress: FakeDirectory())._at_the_door
    door.extend(events.Key("x", "x") for _ in range(MORE_THAN_PYTHON_STACKS))
    door.append(events.Key("f9", None))
    assert (len(door), getattr(door[-1], "key", None)) == (wait, "f9")

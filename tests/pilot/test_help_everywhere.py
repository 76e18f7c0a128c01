"""Help on every screen: F1 opens it or the screen says its keys itself, and Esc comes back to what stood there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from pilot_desk import NARROW, Clock, desk, screen_text, settle
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from navigator import actions, screens
from navigator.app import CoeApp
from navigator.case.desk_user import PinTries
from navigator.screens.ask import AskScreen
from navigator.screens.help import HelpScreen
from navigator.screens.hold import HoldScreen
from navigator.screens.lock import LockScreen
from navigator.screens.pick import PickScreen
from navigator.screens.safety import CrisisScreen, SafetyScreen

IN_THE_REGISTRY = {action.id for action in actions.every_action()} - {action.id for action in actions.APP_ACTIONS}
EVERY_KEY_IS_SAID_THERE = {"IdleCountdown", "OutOfOrderScreen"}
"""Any key stays, or one leaves and one goes back: both stand on the screen, and every other key does nothing."""
KEYS_OF_A_PIN = {"LockScreen", "StaffScreen"}
"""They say in their own notice what opens them."""


def own_screens() -> Iterator[type[Screen[Any]]]:
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    waiting: list[type[Screen[Any]]] = [Screen]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        yield from (
            each for each in below if each.__module__.startswith(screens.__name__) and not each.__subclasses__()
        )


def bindings_of(screen: type[Screen[Any]]) -> list[Binding]:
    found = [each for holder in screen.__mro__ for each in Binding.make_bindings(vars(holder).get("BINDINGS", ()))]
    return [each for each in found if each.id]


def test_no_screen_is_without_help_and_each_says_keys_of_its_own() -> None:
    found = [each for each in own_screens() if each.__name__ not in EVERY_KEY_IS_SAID_THERE]
    assert len(found) > 30
    for screen in found:
        ids = {binding.id for binding in bindings_of(screen)}
        # The app's keys end at a modal screen.
        assert "app.help" in ids or not issubclass(screen, ModalScreen), screen
        says = getattr(screen, "keys_in_words", ()) or hasattr(screen, "own_help") or screen.__name__ in KEYS_OF_A_PIN
        assert says or ids & IN_THE_REGISTRY, screen


def in_front(app: CoeApp) -> type[Screen[Any]]:
    return type(app.screen)


async def test_help_over_a_question_names_its_keys_and_goes_back_to_what_was_typed() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        for opened, said in (
            (AskScreen("A note?"), "Keep what stands in the box."),
            (PickScreen("Why do they call?", [("bill", "a bill")]), "Take the choice of this number."),
            (SafetyScreen("joint", "en"), "Log that none is true."),
            (CrisisScreen("en"), "Read in the other language."),
            (HoldScreen(Clock()), "Park this call, and begin another one."),
        ):
            app.push_screen(opened)
            await settle(pilot)
            foot = screen_text(app).splitlines()[-1]
            assert foot.rstrip().endswith("F1 Help")
            assert "New" not in foot  # the keys of the screen behind it do not work
            for box in app.screen.query(Input):
                box.value = "half a n"
            await pilot.press("f1")
            await settle(pilot)
            assert in_front(app) is HelpScreen, opened
            assert said in screen_text(app).replace("  here", "")
            await pilot.press("escape")
            await settle(pilot)
            assert app.screen is opened
            assert all(box.value == "half a n" for box in app.screen.query(Input))
            await app.pop_screen()


async def test_a_locked_desk_says_what_opens_it_and_stays_locked() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app.push_screen(LockScreen(None, PinTries(Clock()), "by its user"))
        await settle(pilot)
        await pilot.press("f1", "ctrl+slash", "ctrl+underscore")
        await settle(pilot)
        assert app.locked
        assert "! Press Enter." in screen_text(app)

"""The kiosk's screen: by keys, by mouse, at any size, in silence; there is no way out and nothing is left."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from pilot_desk import Clock, desk, screen_text, settle
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.case.desk_user import DeskUsers
from navigator.editions import PublishedEdition
from navigator.kiosk.site import Desk, KioskSite
from navigator.mode import KIOSK
from navigator.screens.idle import IdleCountdown
from navigator.screens.kiosk import KioskScreen
from navigator.screens.staff import StaffScreen
from navigator.walled_app import TIMES_TO_FORGET
from navigator.widgets.tile import Tile
from provider_directory.errors import EditionProblem
from provider_directory.testing import FakeDirectory

LEAST = (60, 20)
CANARY = "qzzxv knee replacement"


def kiosk(clock: Clock | None = None, directory: FakeDirectory | None = None) -> CoeApp:
    app = desk(directory, KIOSK, clock=clock)
    app.kiosk_site = KioskSite("Milwaukee brewery", "53202")
    return app


def shows(app: CoeApp, screen: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, screen)


def untouched(app: CoeApp) -> bool:
    return isinstance(app.screen, KioskScreen) and app.screen.holds_nothing


def kept_in_memory(words: str) -> list[str]:
    """Give what any object of the program still holds of words that were typed or drawn: widgets, messages, caches."""
    gc.unfreeze()  # a cache that was made with its module is not passed over here
    found: list[str] = []

    def look(container: object) -> None:
        for each in gc.get_referents(container):
            if type(each) is str and words in each and each not in (words, CANARY):
                found.append(f"{type(container)}: {each}")
            elif type(each) is tuple and not gc.is_tracked(each):  # it holds nothing but texts
                look(each)

    for each in gc.get_objects():
        if each is not found:
            look(each)
    return found


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_keys_alone_lead_to_three_centers_a_reason_and_a_ticket_and_then_nothing_is_left() -> None:
    directory = FakeDirectory()
    app = kiosk(directory=directory)
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "¿Qué le van" in screen_text(app)
        await press(pilot, "9")
        app.screen.query_one(Input).value = f"{CANARY} "
        assert kept_in_memory("qzzxv")
        await press(pilot, "enter", *"53202", "enter")
        text = screen_text(app)
        assert all(f" {number} " in text for number in (1, 2, 3))
        assert "Marquette Lakes Orthopedic" in text
        assert "Llevármelo" in text
        assert "24,100" not in text
        await press(pilot, "1")
        assert text.splitlines()[1] != screen_text(app).splitlines()[1]
        await press(pilot, "4", "1")
        assert "▀" in screen_text(app)
        await press(pilot, "9")
        assert untouched(app)
        assert not any(isinstance(widget, Input) for widget in app.screen.walk_children())
        asked = [each for each in directory.calls if each[0] == "find_centers"]
        assert [getattr(each[1], "show_contract_price", True) for each in asked] == [False]
        directory.calls.clear()
        for _ in range(TIMES_TO_FORGET):  # as the next seconds do
            await settle(pilot)
            app.look_for_silence()
        assert kept_in_memory("qzzxv") == []


async def test_a_finger_does_what_a_key_does_and_letters_are_on_the_screen() -> None:
    app = kiosk()
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)

        async def touch(words: str) -> None:
            tile = next(each for each in app.screen.query(Tile) if words in each.lines[0].plain)
            assert tile.outer_size.height >= 3
            await pilot.click(tile)
            await settle(pilot)

        await touch("Start in English")
        await touch("Something else")
        for letter in "KNEA":
            await touch(letter)
        await touch("⌫")
        await touch("E")
        box = app.screen.query_one(Input)
        assert box.value == "knee"
        box.value = ""
        letters = {each.lines[0].plain: each.region.center for each in app.screen.query(Tile)}
        for letter in "QAQZQ":  # faster than the keys of three rows are drawn
            x, y = map(int, letters[letter])
            for kind in (events.MouseDown, events.MouseUp):
                app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settle(pilot)
        assert box.value == "qaqzq"
        box.value = "knee"
        await touch("Go on")
        await touch("Near this office")
        await touch("Take it with me")
        await touch("On my phone")
        assert "camera" in screen_text(app)
        await touch("Back")
        await touch("Done")
        assert untouched(app)


async def test_silence_asks_in_the_language_and_then_clears_and_an_untouched_screen_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    app = kiosk(clock)
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        clock.seconds += 500
        app.look_for_silence()
        assert shows(app, KioskScreen)
        await press(pilot, "2", "9")
        app.screen.query_one(Input).value = CANARY
        clock.seconds += 41
        app.look_for_silence()
        await settle(pilot)
        assert shows(app, IdleCountdown)
        assert "¿Sigue ahí?" in screen_text(app)
        await press(pilot, "x")
        assert app.screen.query_one(Input).value == CANARY, "any key stays, and does nothing else"
        clock.seconds += 61
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)  # what a terminal would get
        before = app.screen
        assert isinstance(before, KioskScreen)
        app.look_for_silence()
        await settle(pilot)
        await before._draw()  # a size or an answer that was under way: its parts have gone
        await before._offer_more()
        assert "".join(written).find("\x1b]52;c;\x07\x1b[3J") >= 0
        assert untouched(app)
        assert CANARY not in screen_text(app)


async def test_every_size_is_borne_and_the_way_on_is_always_seen() -> None:
    app = kiosk()
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        await press(pilot, "3", "2", "1", "1", "enter", "1")
        for size in ((1, 1), (500, 200), (60, 20), (80, 24), (200, 60)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            if size[0] >= 60:
                assert "Llevármelo" in screen_text(app)
                assert "¿Por qué Marquette Lakes Orthopedic?" in screen_text(app)
        assert app.is_running


async def test_the_staff_key_asks_for_a_pin_where_one_is_set(tmp_path: Path) -> None:
    users = DeskUsers(tmp_path / "people.json")
    users.set_pin("Ada", "482915")
    app = kiosk()
    app.desk_users = users
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        await press(pilot, "1", "ctrl+f12")
        assert shows(app, StaffScreen)
        await press(pilot, *"000000", "enter", "ctrl+q", "ctrl+p")
        assert shows(app, StaffScreen)
        await press(pilot, "escape")
        assert shows(app, KioskScreen)
        assert app.is_running
        await press(pilot, "ctrl+f12", *"482915", "enter")
    assert app.return_value == 0


class Shelf:
    """Has a damaged edition in use, until another is put there."""

    def __init__(self) -> None:
        self.whole: FakeDirectory | None = None

    def name_in_use(self) -> str:
        return "whole" if self.whole else "damaged"

    def in_use(self) -> PublishedEdition:
        return PublishedEdition(self.open, None)

    def open(self, _progress: object) -> FakeDirectory:
        if self.whole is None:
            raise EditionProblem("The edition is damaged.", "Publish another one.")
        return self.whole

    def demonstration(self) -> PublishedEdition:
        raise AssertionError

    def put(self, *_: object) -> PublishedEdition:
        raise AssertionError


async def test_a_screen_without_an_edition_is_out_of_order_says_why_to_staff_alone_and_mends_itself(
    tmp_path: Path,
) -> None:
    shelf, clock = Shelf(), Clock()
    users = DeskUsers(tmp_path / "people.json")
    users.set_pin("Ada", "482915")
    app = CoeApp(KIOSK, shelf.open, clock=clock, shelf=shelf)
    app.kiosk_site = KioskSite(desk=Desk("(414) 555-0177"))
    app.desk_users = users
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        await press(pilot, "1", "enter", "f2")
        text = screen_text(app)
        assert "This screen is out of order." in text
        assert "Esta pantalla no funciona por ahora." in text
        assert "Call (414) 555-0177." in text
        assert "damaged" not in text
        await press(pilot, "ctrl+f12", *"482915", "enter")
        assert "The edition is damaged." in screen_text(app)
        assert "Publish another one." in screen_text(app)
        await press(pilot, "x", "escape")
        assert shows(app, KioskScreen)
        shelf.whole = FakeDirectory()
        app.look_for_edition()
        await settle(pilot)
        assert "out of order" in screen_text(app), "it is tried again once a minute"
        clock.seconds += 60
        app.look_for_edition()
        await settle(pilot)
        await press(pilot, "1", "1", "1", *"53202", "enter")
        assert "Marquette Lakes Orthopedic" in screen_text(app)


async def test_a_page_longer_than_the_screen_is_read_on_by_key_and_a_box_is_left_by_one() -> None:
    app = kiosk()
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        await press(pilot, "3", "2", "1", "1", "enter")
        body = app.screen.query_one("#kiosk-body")
        assert body.max_scroll_y > 0
        assert "8 Más" in screen_text(app)
        await press(pilot, "8")
        assert body.scroll_y > 0
        await press(pilot, "0", "1", "9", *"0", "f9")
        assert untouched(app)

"""A window whose edge is dragged: sizes follow each other faster than a page is laid out."""

from __future__ import annotations

import asyncio

import pytest
from pilot_desk import desk, settle
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from navigator.kiosk.site import KioskSite
from navigator.mode import DESK, KIOSK, Mode

TURNS_OF_REST = 200
MOST_LAYOUTS = 150


@pytest.mark.parametrize("mode", [KIOSK, DESK], ids=["kiosk", "desk"])
async def test_a_page_comes_to_rest_in_the_last_of_many_sizes(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[Size] = []
    lay_out = Screen._screen_resized

    def counted(screen: Screen[object], size: Size) -> None:
        laid_out.append(size)
        if len(laid_out) < MOST_LAYOUTS:  # without an end the app would not end either
            lay_out(screen, size)

    monkeypatch.setattr(Screen, "_screen_resized", counted)
    app = desk(mode=mode)
    app.kiosk_site = KioskSite("Milwaukee brewery", "53202")
    async with app.run_test() as pilot:
        await pilot.press("1")
        await settle(pilot)
        for size in (Size(100, 30), Size(60, 20), Size(120, 40), Size(70, 22)) * 2:
            await app._on_resize(events.Resize(size, size))
            app._check_resize()  # as the timer does that it has set
            await asyncio.sleep(0)
        before = -1
        while before < len(laid_out) < MOST_LAYOUTS:
            before = len(laid_out)
            for _ in range(TURNS_OF_REST):
                await asyncio.sleep(0)
        assert len(laid_out) < MOST_LAYOUTS
        assert app.screen.size == app.size == Size(70, 22)

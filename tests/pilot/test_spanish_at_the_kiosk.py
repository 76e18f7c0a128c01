"""Every page of the kiosk in Spanish on the smallest screen, and its tiles on one that stands upright: none is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from pilot_desk import desk, screen_text, settle

from navigator.kiosk.flow import Flow, Step
from navigator.kiosk.site import Desk, KioskSite
from navigator.kiosk.topics import TOPICS
from navigator.mode import KIOSK
from navigator.screens.kiosk import KioskScreen

LEAST = (60, 20)
UPRIGHT = (60, 45)
ON_A_LONGER_PAGE = {"Al", "inicio"}
"""Its tile gives way to the one that reads on; the key works all the same."""


def words(text: str) -> set[str]:
    return {each.strip('“”"¿?¡!.,:;()│┃▌▐•·') for each in text.split()} - {""}


async def test_every_page_in_spanish_holds_on_the_smallest_screen() -> None:
    app = desk(None, KIOSK)
    app.kiosk_site = KioskSite("Milwaukee brewery", "53202", desk=Desk("(414) 555-0177", "Room 104"))
    async with app.run_test(size=LEAST) as pilot:
        await settle(pilot)
        for key in ("2", "1", "1", *"53202", "enter"):
            await pilot.press(key)
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, KioskScreen)
        centers = screen._flow
        assert centers.step == "centers"
        topics = [
            replace(centers, step="which", choices=tuple((key, "") for key in topic.procedures)) for topic in TOPICS
        ]
        # Beside the code for a phone nothing is written, and the plan's names are the employer's.
        others = [replace(centers, step=step) for step in get_args(Step) if step not in ("which", "phone", "plan")]
        tiles = replace(centers, step="topics")
        drawn = [(flow, LEAST) for flow in (*topics, *others, Flow(step="attract"))] + [(tiles, UPRIGHT)]
        for flow, size in drawn:
            if app.size != size:
                await pilot.resize_terminal(*size)
            screen._flow = flow
            await screen._draw()
            await pilot.pause()
            page, body = screen._page, screen.query_one("#kiosk-body")
            longer, seen = body.max_scroll_y > 0, words(screen_text(app))
            while body.scroll_y < body.max_scroll_y:
                body.scroll_relative(y=5, animate=False)
                await pilot.pause()
                seen |= words(screen_text(app))
            said = (page.title, *page.lines, *(each for tile in (*page.tiles, *page.foot) for each in tile.lines))
            assert words(" ".join(said)) - seen <= (ON_A_LONGER_PAGE if longer else set()), flow.step
            assert "…" not in screen_text(app), flow.step

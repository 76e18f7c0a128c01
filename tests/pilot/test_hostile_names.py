"""Names that would press buttons, crash or hide words are only shown, on every screen (STYLE 0.1, TRUST S1-S3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_desk import SHORT, HostileDirectory, assert_harmless
from pilot_desk import WIDE, Employer, center_list, desk, enter, screen_text, settle, to_offer
from textual.widgets import OptionList

from navigator.ledger.ledger import Ledger
from provider_directory.testing import FakeDirectory, a_center


@pytest.mark.parametrize("batch", [SHORT[:11], SHORT[11:]], ids=["markup", "letters"])
async def test_every_screen_shows_hostile_names_and_nothing_happens(batch: list[str], tmp_path: Path) -> None:
    app = desk(HostileDirectory(batch), ledger=lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key"))
    app.program = Employer(id=batch[0], employer=batch[0])
    files = set(tmp_path.iterdir())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "bypass")
        assert app.screen.query_one("#choice-list", OptionList).option_count
        assert_harmless(app)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "ask")
        assert_harmless(app)
        await to_offer(pilot)
        assert center_list(app).option_count == len(batch)
        assert_harmless(app)
        for y in range(9, 9 + len(batch)):
            await pilot.click(offset=(12, y))
        await settle(pilot)
        assert files == set(tmp_path.iterdir()) - {tmp_path / "l"}
        while len(app.screen_stack) > 2:
            app.pop_screen()
        center_list(app).focus()
        await pilot.press("e", "2")
        await pilot.pause()
        assert_harmless(app)
        await pilot.press("escape")
        for opened in ("c", "v", "p"):
            await pilot.press(opened)
            await settle(pilot)
            assert len(app.screen_stack) == 3
            assert_harmless(app)
            await pilot.press("escape")
        await pilot.press("enter")
        await settle(pilot)
        assert_harmless(app)
        await pilot.press("f2")
        await settle(pilot)
        assert_harmless(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        assert_harmless(app)
        assert app.is_running


async def test_a_closed_hospital_still_says_that_it_is_closed() -> None:
    app = desk(FakeDirectory(centers=[a_center(name="St. Mary's [closed]")]))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert screen_text(app).count("St. Mary's [closed]") == 2

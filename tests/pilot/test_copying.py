"""Copying from the screen: to the clipboard, to a file, and nowhere at a kiosk (PRODUCT, TRUST B2)."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilot_desk import NARROW, PUBLIC, Clock, Employer, center_list, settle, to_offer

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, HR, Mode
from navigator.screens.referral_page import ReferralPage
from navigator.settings import Settings
from navigator.widgets.notice import Notice
from provider_directory.testing import TODAY, FakeDirectory, a_shortlist


def app_copying(folder: Path, mode: Mode = DESK, **settings: str) -> CoeApp:
    return CoeApp(
        mode,
        lambda _progress: FakeDirectory(),
        Employer(),
        lambda: Ledger.open(folder / "l" / "r.db", folder / "l" / "k.key"),
        Clock(),
        lambda: TODAY,
        settings=Settings(**settings),  # type: ignore[arg-type]
        taken_away=folder / "out",
    )


def notice(app: CoeApp) -> str:
    return str(app.screen.query_one(Notice).visual)


@pytest.mark.parametrize("mode", [DESK, HR], ids=lambda mode: mode.name)
async def test_a_key_copies_the_center_in_hand_and_says_where_it_went(tmp_path: Path, mode: Mode) -> None:
    app = app_copying(tmp_path, mode)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("down", "y")
        await settle(pilot)
        (saved,) = (tmp_path / "out").iterdir()
        assert a_shortlist()[1].facility.name in saved.read_text()
        assert app.clipboard == saved.read_text()
        assert "Copied, if this terminal allows it" in notice(app)
        assert saved.name in notice(app).replace("\n", "")
        await pilot.press("f9", "Y")
        await settle(pilot)
        assert len(list((tmp_path / "out").iterdir())) == 3


@pytest.mark.parametrize(("way", "copied", "files"), [("osc52", True, 0), ("file", False, 1), ("both", True, 1)])
async def test_the_settings_say_where_a_copy_goes(tmp_path: Path, way: str, copied: bool, files: int) -> None:
    app = app_copying(tmp_path, copy_by=way)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert bool(app.clipboard) is copied
        assert len(list(tmp_path.glob("out/*"))) == files
        assert "Copied" in notice(app)


async def test_printing_without_a_printer_says_what_to_do(tmp_path: Path) -> None:
    app = app_copying(tmp_path, print_command="/nowhere/lp")
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("P")
        await settle(pilot)
        assert "/nowhere/lp did not print" in notice(app)


async def test_nothing_is_copied_at_a_kiosk(tmp_path: Path) -> None:
    app = app_copying(tmp_path, PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("y", "f9", "Y", "P")
        center_list(app).action_take_center()
        center_list(app).action_print_center()
        await settle(pilot)
        assert app.clipboard == ""
        assert not (tmp_path / "out").exists()


async def test_of_a_referral_only_the_number_is_copied(tmp_path: Path) -> None:
    app = app_copying(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"June", "f2")
        await settle(pilot)
        assert isinstance(app.screen, ReferralPage)
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard.startswith("CR-")
        assert "June" not in app.clipboard
        (saved,) = (tmp_path / "out").iterdir()
        assert saved.name.startswith("referral-cr-")
        assert "June" not in saved.read_text()

"""Commands by their words, and the foot of the screen under the mouse (STYLE 5, TRUST B2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pilot_desk import NARROW, PUBLIC, WIDE, Clock, Employer, call_of, center_list, desk, screen_text, settle, to_offer
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import OptionList

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, HR, Mode
from navigator.screens.evidence import EvidenceScreen
from navigator.screens.help import HelpScreen
from navigator.screens.referral import ReferralScreen
from navigator.settings import Settings
from navigator.widgets.key_line import KeyLine
from provider_directory.testing import TODAY, FakeDirectory


async def listed(pilot: Pilot[int], query: str = "") -> str:
    """Open the palette, type, and give what it lists."""
    await pilot.press("ctrl+p")
    await settle(pilot)
    await pilot.press(*["space" if letter == " " else letter for letter in query])
    await settle(pilot)
    commands = pilot.app.screen.query_one("CommandList", OptionList)
    return "\n".join(str(commands.get_option_at_index(index).prompt) for index in range(commands.option_count))


def foot(app: CoeApp) -> KeyLine:
    return app.screen.query_one(KeyLine)


def remapped(keys: Mapping[str, str], mode: Mode = DESK) -> CoeApp:
    return CoeApp(
        mode, lambda _progress: FakeDirectory(), Employer(), None, Clock(), lambda: TODAY, settings=Settings(keys=keys)
    )


async def test_the_palette_has_what_works_here_with_its_key() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        before = await listed(pilot)
        assert "Begin a new call: everything typed is cleared  F5" in before
        assert "Open the evidence" not in before
        assert "Screenshot" not in before
        await pilot.press("escape")
        await to_offer(pilot)
        with_a_center = await listed(pilot)
        assert "Open the evidence for the center in hand  e" in with_a_center
        assert "Refer to the center in hand  Enter" in with_a_center
        assert "Colors: light" in with_a_center


async def test_a_command_runs_from_wherever_the_cursor_is() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        app.screen.query_one("#place").focus()
        assert "Open the evidence" in await listed(pilot, "open evid")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, EvidenceScreen)


async def test_colors_are_taken_by_name() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert await listed(pilot, "colors high") == "Colors: high contrast"
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "coe-contrast"


async def test_words_of_a_procedure_go_to_it() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "Go to procedure: Total knee replacement" in await listed(pilot, "knee")
        await pilot.press("enter")
        await settle(pilot)
        procedure = call_of(app).state.procedure
        assert procedure is not None
        assert procedure.id == "total-knee-replacement"
        assert app.focused is not None
        assert app.focused.id == "place"


async def test_a_mode_without_referrals_lists_none() -> None:
    app = desk(mode=HR)
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "eferral" not in await listed(pilot)
        assert "Refer " not in await listed(pilot)


async def test_a_kiosk_has_no_palette() -> None:
    app = desk(mode=PUBLIC)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        app.action_command_palette()
        await settle(pilot)
        assert not isinstance(app.screen, CommandPalette)


async def test_keys_of_the_settings_act_and_are_shown_everywhere() -> None:
    app = remapped({"offer.evidence": "w,f11", "call.new": "ctrl+n", "app.palette": "ctrl+k"})
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        footer = screen_text(app).splitlines()[-1]
        assert "w Evidence" in footer
        assert "Ctrl+N New" in footer
        await pilot.press("e")
        await settle(pilot)
        assert not isinstance(app.screen, EvidenceScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert "w or F11           Open the evidence" in screen_text(app)
        await pilot.press("escape", "ctrl+k")
        await settle(pilot)
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape", "f11")
        await settle(pilot)
        assert isinstance(app.screen, EvidenceScreen)


async def test_a_kiosk_keeps_its_own_keys() -> None:
    app = remapped({"call.new": "ctrl+n", "app.help": "f2"}, PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


async def test_swapped_keys_do_each_others_work() -> None:
    app = remapped({"offer.evidence": "o", "offer.order": "e"})
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert call_of(app).state.sort == "distance"
        await pilot.press("o")
        await settle(pilot)
        assert isinstance(app.screen, EvidenceScreen)


@pytest.mark.parametrize("size", [NARROW, WIDE, (60, 20)])
async def test_no_key_of_the_foot_is_cut_and_help_is_always_there(size: tuple[int, int]) -> None:
    app = desk()
    async with app.run_test(size=size) as pilot:
        await to_offer(pilot)
        await pilot.pause()
        keys = foot(app).keys
        assert screen_text(app).splitlines()[-1].rstrip() == " ".join(f"{key.shown} {key.words}" for key in keys)
        assert {"help", "leave", "refer"} <= {key.action for key in keys}


async def test_a_wider_terminal_shows_more_keys() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        before = len(foot(app).keys)
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        await pilot.pause()
        assert len(foot(app).keys) > before


async def test_every_key_of_the_foot_can_be_clicked(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key"))
    async with app.run_test(size=(140, 40)) as pilot:
        await to_offer(pilot)
        await pilot.pause()
        for action in [key.action for key in foot(app).keys if key.action != "leave"]:
            if len(app.screen_stack) > 2 or center_list(app).option_count == 0:
                break
            key = next(key for key in foot(app).keys if key.action == action)
            column = screen_text(app).splitlines()[-1].index(f"{key.shown} {key.words}")
            before = (len(app.screen_stack), app.focused, app.screen, screen_text(app))  # a key may answer in words
            await pilot.click(KeyLine, offset=(column, 0))
            await settle(pilot)
            assert (len(app.screen_stack), app.focused, app.screen, screen_text(app)) != before, action
            while len(app.screen_stack) > 2:
                await pilot.press("escape")
                await settle(pilot)
            if action == "new_call":
                await to_offer(pilot)
            center_list(app).focus()
            await settle(pilot)
            await pilot.pause()


async def test_the_key_under_the_mouse_is_marked_and_says_what_it_does() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        line, (first, second) = foot(app), foot(app).keys[:2]
        await pilot.hover(KeyLine, offset=(first.cells, 0))
        assert (line.under_mouse, line.tooltip) == (second, second.help)
        for gap_or_blank in (first.cells - 1, NARROW[0] - 1):
            await pilot.hover(KeyLine, offset=(first.cells, 0))
            await pilot.hover(KeyLine, offset=(gap_or_blank, 0))
            assert (line.under_mouse, line.tooltip) == (None, None)


async def test_a_click_takes_a_line_in_hand_and_another_one_chooses_it(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key"))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await pilot.click("#offer-list", offset=(10, 2))
        await settle(pilot)
        assert center_list(app).highlighted == 2
        await pilot.click("#offer-list", offset=(10, 2))
        await settle(pilot)
        assert isinstance(app.screen, ReferralScreen)

"""One app, three modes: what each may do is data, and a public screen has no way out (STYLE 0.5, TRUST B2, S3-S7)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.geometry import Offset
from textual.widgets import Input

sys.path.insert(0, str(Path(__file__).parent / "pilot"))
from pilot_desk import NARROW, PUBLIC, Clock, call_of, center_list, desk, screen_text, settle, to_offer

from navigator import actions
from navigator.app import CoeApp
from navigator.mode import DESK, HR, KIOSK, MODES, Mode, refuse_debug_settings
from navigator.screens.call import CallScreen
from navigator.screens.idle import IdleCountdown
from navigator.screens.kiosk import KioskScreen
from provider_directory.errors import BadInput
from provider_directory.models import Question
from provider_directory.testing import FakeDirectory

NAVIGATOR = Path(__file__).parents[1] / "navigator"
WAYS_OUT = [
    "ctrl+c",
    "ctrl+q",
    "ctrl+p",
    "ctrl+z",
    "ctrl+s",
    "ctrl+backslash",
    "ctrl+d",
    "escape",
    "f2",
    "f6",
    "f9",
    "f10",
    "f11",
    "alt+f4",
    "ctrl+x",
    "ctrl+v",
    "super+c",
    "ctrl+shift+c",
    "insert",
    "pause",
]


def test_no_code_compares_a_mode_by_its_name() -> None:
    for path in NAVIGATOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                assert "mode.name" not in ast.unparse(node), path
                assert not any(ast.unparse(side) in ("DESK", "HR", "KIOSK") for side in node.comparators), path


@pytest.mark.parametrize("mode", [HR, PUBLIC], ids=lambda mode: mode.name)
async def test_a_mode_without_referrals_offers_none(mode: Mode) -> None:
    app = desk(mode=mode)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "Refer" not in screen_text(app).splitlines()[-1]
        await pilot.press("enter", "f6")
        await settle(pilot)
        assert isinstance(app.screen, CallScreen)
        center_list(app).action_select()
        await settle(pilot)
        assert isinstance(app.screen, CallScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert "eferral" not in screen_text(app)


async def test_a_public_screen_asks_for_no_contract_price_and_shows_none() -> None:
    directory = FakeDirectory()
    app = desk(directory, PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        question = next(asked for name, asked in directory.calls if name == "find_centers")
        assert isinstance(question, Question)
        assert not question.show_contract_price
        await pilot.press("right")
        await pilot.pause()
        assert "$24,100" not in screen_text(app)
        await pilot.press("e", "p")
        await pilot.pause()
        assert "24,100" not in screen_text(app)


async def test_no_key_leaves_a_public_screen_but_the_staff_key() -> None:
    app = desk(mode=KIOSK)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press(*WAYS_OUT)
        await settle(pilot)
        assert app.is_running
        assert isinstance(app.screen, KioskScreen)
        assert app.return_value is None
        await pilot.press("ctrl+f12")
        await pilot.pause()
    assert app.return_value == 0


LINKS: tuple[str | tuple[str, str, tuple[object, ...]], ...] = (
    "app.quit",
    "app.screenshot('victim.conf','/tmp')",
    "app.simulate_key('ctrl+q')",
    "app.suspend_process",
    "screen.copy_text",
    ("app", "quit", ()),
    ("", "command_palette", ()),
    ("app", "leave", ()),
)
"""As markup gives them, and as tuples, in which form a clicked link hands them over."""


async def test_a_link_runs_nothing_on_a_public_screen() -> None:
    app = desk(mode=KIOSK)
    async with app.run_test(size=NARROW):
        for link in LINKS:
            assert not await app.run_action(link)
        assert app.is_running
        assert len(app.screen_stack) == 2


async def test_nothing_is_exported_from_a_public_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = desk(mode=KIOSK)
    async with app.run_test(size=NARROW) as pilot:
        app.copy_to_clipboard("June Stellgate")
        assert app.clipboard == ""
        assert app.deliver_screenshot("screen.svg", str(tmp_path)) is None
        assert list(app.get_system_commands(app.screen)) == []
        app.open_url("https://evil.example")
        app.post_message(events.MouseDown(None, 5, 5, 0, 0, 1, False, False, False, 5, 5))
        await pilot.pause()
        assert app.get_widget_at(*Offset(5, 5))
        assert list(tmp_path.iterdir()) == []


async def test_the_palette_opens_on_a_desk_only() -> None:
    assert desk(mode=DESK).ENABLE_COMMAND_PALETTE
    assert not desk(mode=KIOSK).ENABLE_COMMAND_PALETTE
    assert App.ENABLE_COMMAND_PALETTE


async def test_silence_counts_down_and_then_wipes_all_that_was_typed() -> None:
    clock = Clock()
    app = desk(mode=PUBLIC, clock=clock)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        before = call_of(app)
        clock.seconds += 41
        app.look_for_silence()
        await pilot.pause()
        assert isinstance(app.screen, IdleCountdown)
        assert "19 seconds" in screen_text(app)
        clock.seconds += 20
        app.look_for_silence()
        await settle(pilot)
        assert call_of(app) is not before
        assert "53202" not in screen_text(app)
        assert "knee" not in screen_text(app).replace("new knee”", "")
        assert call_of(app).state.procedure is None


SIGNS_OF_LIFE = (
    events.Paste(""),
    *(
        kind(None, 70, 5, 0, 0, 0, False, False, False)
        for kind in (events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
    ),
)


async def test_any_key_stays_and_does_nothing_else() -> None:
    clock = Clock()
    app = desk(mode=PUBLIC, clock=clock)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        before = call_of(app)
        clock.seconds += 45
        app.look_for_silence()
        await pilot.pause()
        await pilot.press("f5")
        await settle(pilot)
        assert app.screen is before
        app.look_for_silence()
        await pilot.pause()
        assert app.screen is before
        for sign in SIGNS_OF_LIFE:  # any of them, not keys alone
            clock.seconds += 30
            app.post_message(sign)
            await pilot.pause()
            clock.seconds += 30
            app.look_for_silence()
            assert app.screen is before, sign
            await pilot.press("f12")


async def test_a_wipe_forgets_the_keys_that_wait_too() -> None:
    app = desk(mode=PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app._at_the_door.append(events.Key("k", "k"))  # held behind an answer, by somebody who has gone
        app.wipe()
        await settle(pilot)
        await pilot.press("h")
        await settle(pilot)
        assert isinstance(app.focused, Input)
        assert app.focused.value == "h"


async def test_a_desk_is_never_wiped() -> None:
    clock = Clock()
    app = desk(clock=clock)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        clock.seconds += 100_000
        app.look_for_silence()
        await pilot.pause()
        # Its lock may lie over the call by now.
        held = [screen for screen in app.screen_stack if isinstance(screen, CallScreen)]
        assert held[0].state.offer is not None


@pytest.mark.parametrize("name", ["TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT", "TEXTUAL"])
def test_a_public_screen_refuses_to_start_under_debug_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(BadInput, match=name):
        refuse_debug_settings(KIOSK)
    refuse_debug_settings(DESK)


async def test_a_crash_prints_an_incident_and_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    class Crashing(CoeApp):
        def action_crash(self) -> None:
            ssn = "078-05-1120"
            raise ValueError(f"cannot save {ssn}")

    app = Crashing(DESK, lambda _progress: FakeDirectory())

    async def crash() -> None:
        async with app.run_test(size=NARROW) as pilot:
            app.call_later(app.action_crash)
            await pilot.pause()

    with pytest.raises(ValueError, match="cannot save"):
        await crash()
    printed = capsys.readouterr()
    assert "ValueError, incident" in printed.err
    assert "078-05-1120" not in printed.err + printed.out


@pytest.mark.parametrize("mode", MODES.values(), ids=lambda mode: mode.name)
def test_the_allow_list_holds_what_the_screen_needs_and_no_way_out(mode: Mode) -> None:
    allowed = actions.allowed_without_exit(mode)
    assert {"words", "rung", "new_call", "help", "submit", "delete_left", "cursor_down", "focus_next"} <= allowed
    assert allowed.isdisjoint({"quit", "screenshot", "suspend_process", "simulate_key", "copy", "copy_text", "paste"})
    assert ("leave" in allowed) == mode.may_quit
    assert ("refer" in allowed) == mode.may_refer

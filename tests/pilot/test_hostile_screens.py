"""Evil centers, program, member and notes on the newest screens, each clicked all over: words only (TRUST S2, S3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_desk import SHORT, HostileDirectory, assert_harmless
from pilot_desk import WIDE, Clock, Employer, settle, to_offer
from textual.events import MouseDown, MouseEvent, MouseUp
from textual.pilot import Pilot

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, HR, Mode
from navigator.screens.letters import LettersScreen
from navigator.screens.offer_sheet import OfferSheetScreen
from navigator.screens.referral_page import ReferralPage
from navigator.screens.referrals import ReferralsScreen
from navigator.screens.rule import RuleScreen
from navigator.settings import Settings
from provider_directory.testing import TODAY, a_facility, a_procedure

MARKUP, LINK, ESCAPES = SHORT[1], SHORT[0], "Dr \x1b]52;c;UFdORUQ=\x07\x1b[2J\x9b31m \u202eEvil\u200b [/] X"
FIELDS = {
    "member_name": "Ada [/] Quill",
    "member_birth_date": "3/9/1961",
    "member_id": "BF-1",
    "reason": f"{LINK} {ESCAPES}",
    "urgency": "soon",
    "language": "en",
    "interpreter": "no",
    "contact_method": "none",
    "companion": ESCAPES,
    "recommending_surgeon": MARKUP[:60],
    "notes": f"{ESCAPES} {MARKUP}",
    "consent": "spoken_yes",
}
NEVER = ("screenshot", "simulate_key", "suspend", "open_url", "notify", "bell", "quit", "victim")
RULES = f"""
format = 1
id = "brewline-foods"
employer = '{LINK}'
alliances = ["Lakeshore Health Alliance"]
plan_year = 2026
version = "1"
mode = "voluntary"
[[plan_option]]
id = "ppo"
name = '{SHORT[5]}'
type = "ppo"
[[rule]]
clause = '{SHORT[3]}'
title = '{LINK}'
words = '{SHORT[2]} {LINK}'
criteria_sets = ["hip-knee"]
inside = "waived"
outside = "normal"
"""


def at(app: CoeApp, screen: type) -> bool:
    return isinstance(app.screen, screen)


def events_at(x: int, y: int) -> Iterator[MouseEvent]:
    for kind in (MouseDown, MouseUp):
        yield kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)


async def click_all_over(pilot: Pilot[int]) -> None:
    """Click on every third line, farther right on each; what opens is looked at and closed again."""
    app = pilot.app
    assert isinstance(app, CoeApp)
    target = app.screen
    assert_harmless(app)
    for y in range(2, app.size.height - 1, 3):
        for x in range(y * 7 % 24, app.size.width, 24):
            for event in events_at(x, y):
                app.post_message(event)
        await settle(pilot)
        assert_harmless(app)
        if target not in app.screen_stack:
            return
        while app.screen is not target:
            app.pop_screen()


def evil_desk(tmp_path: Path, mode: Mode, ran: list[str], monkeypatch: pytest.MonkeyPatch) -> CoeApp:
    """Give a desk of evil strings; ``ran`` takes every action that is run."""
    file = tmp_path / "brewline-foods.toml"
    file.write_text(RULES, encoding="utf-8")
    program = Employer(id="brewline-foods", employer=LINK, payer=SHORT[5], plan=SHORT[7], file=file)
    directory = HostileDirectory(SHORT[:9])
    keep = mode.may_refer
    app = CoeApp(
        mode,
        lambda _progress: directory,
        program,
        (lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key")) if keep else None,
        Clock(),
        lambda: TODAY,
        settings=Settings(),
        taken_away=tmp_path / "out",
    )
    run = app.run_action

    async def recorded(action: Any, *rest: Any, **more: Any) -> bool:
        ran.append(str(action))
        return bool(await run(action, *rest, **more))

    monkeypatch.setattr(app, "run_action", recorded)
    return app


def assert_nothing_ran(app: CoeApp, ran: list[str], tmp_path: Path) -> None:
    assert [action for action in ran if any(word in action for word in NEVER)] == []
    assert {path.name for path in tmp_path.iterdir()} <= {"l", "out", "brewline-foods.toml", "settings.toml"}
    assert not list(tmp_path.rglob("victim*"))
    assert app.is_running


async def test_a_referral_of_evil_words_on_its_pages_letters_and_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    ran: list[str] = []
    app = evil_desk(tmp_path, DESK, ran, monkeypatch)
    with Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key") as ledger:
        place = a_facility(name=LINK)
        draft = ledger.start(edition="e1", demonstration=True, procedure=a_procedure(), facility=place)
        for field, text in FIELDS.items():
            ledger.save_field(draft.number, field, text)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.push_screen(ReferralPage(draft.number))
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        assert at(app, LettersScreen)
        await click_all_over(pilot)
        while len(app.screen_stack) > 2:
            app.pop_screen()
        await to_offer(pilot)
        for key, kind in (("r", RuleScreen), ("l", OfferSheetScreen), ("f6", ReferralsScreen)):
            while len(app.screen_stack) > 2:
                app.pop_screen()
            await settle(pilot)
            await pilot.press(key)
            await settle(pilot)
            assert at(app, kind)
            await click_all_over(pilot)
        app.push_screen(ReferralPage(draft.number))
        await settle(pilot)
        await click_all_over(pilot)
        assert_nothing_ran(app, ran, tmp_path)
        assert "PWNED" not in app.clipboard


async def test_the_answer_cards_of_hr_show_evil_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    ran: list[str] = []
    app = evil_desk(tmp_path, HR, ran, monkeypatch)
    async with app.run_test(size=WIDE) as pilot:
        while app.opening is None and app.directory is None:
            await pilot.pause()
        await settle(pilot)
        await click_all_over(pilot)
        while len(app.screen_stack) > 2:
            app.pop_screen()
        await pilot.press(*"husband", "enter")
        await settle(pilot)
        await pilot.press(*"knee", "enter", *"53202", "enter")
        await settle(pilot)
        await click_all_over(pilot)
        assert_nothing_ran(app, ran, tmp_path)

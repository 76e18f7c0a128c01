"""Letters, offer sheet and transfer card on the screen: what is shown, where it goes, and what is noted of it."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pilot_desk import NARROW, PUBLIC, WIDE, Clock, Employer, center_list, screen_text, settle, to_offer
from textual.pilot import Pilot

from navigator import files_out
from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, HR, Mode
from navigator.screens.call import CallScreen
from navigator.screens.letters import LettersScreen
from navigator.screens.offer_sheet import OfferSheetScreen
from navigator.screens.referral_page import ReferralPage
from navigator.screens.referral_step import StepScreen
from navigator.settings import Settings
from navigator.widgets.notice import Notice
from provider_directory.testing import TODAY, FakeDirectory, a_facility, a_procedure

OpenLedger = Callable[[], Ledger]
FIELDS = {
    "member_name": "Ada Quill",
    "member_birth_date": "3/9/1961",
    "member_id": "BF-1",
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "es",
    "interpreter": "no",
    "contact_method": "none",
    "consent": "spoken_yes",
}


@pytest.fixture
def open_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenLedger:
    """Open the ledger of a machine whose settings name the desk."""
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('[desk]\nphone = "414-555-0143"\n')
    return lambda: Ledger.open(tmp_path / "l" / "referrals.db", tmp_path / "l" / "ledger.key")


def app_in(folder: Path, open_ledger: OpenLedger, mode: Mode = DESK) -> CoeApp:
    return CoeApp(
        mode,
        lambda _progress: FakeDirectory(),
        Employer(),
        open_ledger if mode.may_refer else None,
        Clock(),
        lambda: TODAY,
        settings=Settings(),
        taken_away=folder / "out",
    )


def notice(app: CoeApp) -> str:
    return " ".join(str(app.screen.query_one(Notice).visual).split())


async def on_page(pilot: Pilot[int], open_ledger: OpenLedger) -> str:
    """Open the page of a referral that is filled in; gives its number."""
    with open_ledger() as ledger:
        draft = ledger.start(edition="e1", demonstration=True, procedure=a_procedure(), facility=a_facility())
        for field, text in FIELDS.items():
            ledger.save_field(draft.number, field, text)
    await settle(pilot)
    pilot.app.push_screen(ReferralPage(draft.number))
    await settle(pilot)
    return draft.number


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_both_letters_are_shown_saved_and_noted_and_nothing_counts_as_sent(
    open_ledger: OpenLedger, tmp_path: Path
) -> None:
    app = app_in(tmp_path, open_ledger)
    async with app.run_test(size=WIDE) as pilot:
        number = await on_page(pilot, open_ledger)
        await press(pilot, "l")
        assert isinstance(app.screen, LettersScreen)
        shown = screen_text(app)
        assert all(said in shown for said in ("Letter for the center", number, "Ada Quill", "knee gives way"))
        await press(pilot, "s")
        assert "Not counted as sent: t writes down the try." in notice(app)
        await press(pilot, "l")
        assert "Confirmation for the member  Spanish" in screen_text(app)
        await press(pilot, "ctrl+y", "s")
        assert "Confirmation for the member  English" in screen_text(app)
        await press(pilot, "e")
        assert app.clipboard.startswith(f"Referral {number}: please call us")
        assert not any(word in app.clipboard for word in ("Ada", "knee", "Marquette"))
        await press(pilot, "l", "t")
        assert isinstance(app.screen, StepScreen)
        await press(pilot, "escape", "t")
        assert "Transfer" in screen_text(app)
        assert "This is a care navigator. I have a referral" in " ".join(screen_text(app).split())
        await press(pilot, "escape")
    saved = {path.name: path for path in (tmp_path / "out").iterdir()}
    stem = number.lower()
    assert set(saved) == {f"referral-{stem}.pdf", f"confirmation-{stem}-en.pdf", f"e-mail-{stem}.txt"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in saved.values()} == {0o600}
    with open_ledger() as ledger:
        assert ledger.get(number).state == "draft"
        assert ledger.deliveries.of(number) == ()


async def test_without_a_consent_the_member_s_letter_alone_is_there_and_says_why(
    open_ledger: OpenLedger, tmp_path: Path
) -> None:
    app = app_in(tmp_path, open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        number = await on_page(pilot, open_ledger)
        with open_ledger() as ledger:
            ledger.save_field(number, "consent", "spoken_no")
        await press(pilot, "l")
        assert "Confirmation for the member" in screen_text(app)
        assert "✕" in notice(app)
        await press(pilot, "l", "s", "y")
        assert not (tmp_path / "out").exists()
        await press(pilot, "escape", "t")
        assert "✕" in notice(app)


async def test_the_hr_desk_takes_a_sheet_of_the_marked_centers_from_a_chosen_printer(
    open_ledger: OpenLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, body in (
        ("lp", f'echo "$@" > "{tmp_path}/options"; cat > "{tmp_path}/printed"'),
        ("lpstat", "echo one; echo two"),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    app = app_in(tmp_path, open_ledger, HR)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "l")
        assert isinstance(app.screen, OfferSheetScreen)
        assert "Marquette Lakes Orthopedic" in screen_text(app)
        assert "Adalbert" not in screen_text(app)
        await press(pilot, "p")
        await press(pilot, "2")
        assert notice(app) == "✓ Sent to the printer by two"
        await press(pilot, "y")
        assert "Centers to think about" in app.clipboard
        await press(pilot, "escape", "e", "t")
    assert (tmp_path / "options").read_text() == "-d two\n"
    assert (tmp_path / "printed").read_bytes().startswith(b"%PDF")


async def test_a_kiosk_hands_out_no_sheet(open_ledger: OpenLedger, tmp_path: Path) -> None:
    app = app_in(tmp_path, open_ledger, PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "l")
        assert isinstance(app.screen, CallScreen)
        center_list(app).action_offer_sheet()
        await settle(pilot)
        assert "Centers to think about" not in screen_text(app)
    assert not (tmp_path / "out").exists()


async def test_the_page_is_left_when_all_that_goes_out_is_out(
    open_ledger: OpenLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, save = threading.Event(), files_out.save

    def late(folder: Path, name: str, *rest: Any) -> Path:
        if name.startswith("referral"):
            waits.wait(30)
        return save(folder, name, *rest)

    monkeypatch.setattr(files_out, "save", late)
    app = app_in(tmp_path, open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await on_page(pilot, open_ledger)
        await press(pilot, "l")
        letters = app.screen
        assert isinstance(letters, LettersScreen)
        letters.action_save_letter()
        letters.action_take_e_mail()
        while "e-mail" not in notice(app):
            await pilot.pause()
        letters.action_back()
        assert app.screen is letters
        assert "Handing it out, then back" in notice(app)
        waits.set()
        await settle(pilot)
        assert letters not in app.screen_stack

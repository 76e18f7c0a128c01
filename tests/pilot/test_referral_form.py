"""From the center in hand to a draft that is never lost (PRODUCT "intake", "consent", "create")."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pilot_desk import NARROW, call_of, center_list, desk, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.referral.number import normalise, spelled
from navigator.referral.record import Referral
from navigator.screens.call import CallScreen
from navigator.screens.referral import ReferralScreen
from navigator.screens.referral_page import ReferralPage
from navigator.screens.referrals import ReferralsScreen
from navigator.widgets.form_fields import ChoiceLine, FormField
from navigator.widgets.notice import Notice
from provider_directory.testing import FakeDirectory, a_procedure


@pytest.fixture
def open_ledger(tmp_path: Path) -> Callable[[], Ledger]:
    return lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")


def kept(open_ledger: Callable[[], Ledger]) -> Referral:
    with open_ledger() as ledger:
        (row,) = ledger.list()
        return ledger.get(row.number)


async def to_form(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("enter")
    await settle(pilot)


async def leave(pilot: Pilot[int], field: str, text: str) -> None:
    box = pilot.app.screen.query_one(f"#field-{field} Input", Input)
    box.focus()
    await pilot.pause()
    box.value = text
    await pilot.press("tab")
    await settle(pilot)


def form_field(app: CoeApp, field: str) -> FormField:
    return app.screen.query_one(f"#field-{field}", FormField)


async def test_enter_on_a_center_saves_a_draft_with_number_and_offer_at_once(
    open_ledger: Callable[[], Ledger],
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        assert isinstance(app.screen, ReferralScreen)
        draft = kept(open_ledger)
        assert draft.number in screen_text(app)
        assert (draft.state, draft.facility_id, draft.procedure) == ("draft", "f-marquette", "total-knee-replacement")
        assert draft.offer_sha256 is not None
        assert draft.program == "brewline-foods"
        assert draft.demonstration
        assert "DEMONSTRATION" in screen_text(app)


async def test_each_field_is_saved_as_it_is_left_and_the_header_knows_the_member(
    open_ledger: Callable[[], Ledger],
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await leave(pilot, "member_name", "June Stellgate")
        assert kept(open_ledger).member.name == "June Stellgate"
        form_field(app, "urgency").query_one(ChoiceLine).focus()
        await pilot.press("s")
        await settle(pilot)
        assert kept(open_ledger).urgency == "soon"
        form_field(app, "consent").query_one(ChoiceLine).focus()
        await pilot.pause()
        await settle(pilot)
        assert "Read aloud" in screen_text(app)
        assert "Yes, spoken" in screen_text(app)
        await pilot.press("right")
        await settle(pilot)
        assert "● Yes, spoken" in screen_text(app)
        consent = kept(open_ledger).consent
        assert consent is not None
        assert (consent.given, consent.method) == (True, "spoken")
        await pilot.press("escape")
        await settle(pilot)
        assert "June Stellgate" in screen_text(app).splitlines()[0]
        assert app.focused is center_list(app)


async def test_a_wrong_value_is_said_beside_the_field_and_not_saved(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await leave(pilot, "member_birth_date", "3/9/3000")
        assert "is in the future" in str(app.screen.query_one(Notice).visual)
        assert form_field(app, "member_birth_date").problem
        assert kept(open_ledger).member.birth_date is None
        await leave(pilot, "member_birth_date", "3/9/1961")
        assert not form_field(app, "member_birth_date").problem
        assert "future" not in str(app.screen.query_one(Notice).visual)
        assert str(kept(open_ledger).member.birth_date) == "1961-03-09"


async def test_the_field_in_hand_is_saved_when_the_form_is_left(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        box = app.screen.query_one("#field-member_name Input", Input)
        box.focus()
        box.value = "June Stellgate"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, CallScreen)
        assert kept(open_ledger).member.name == "June Stellgate"


async def test_another_center_in_the_same_call_changes_the_same_draft(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await leave(pilot, "member_name", "June Stellgate")
        await pilot.press("escape", "down", "enter")
        await settle(pilot)
        assert kept(open_ledger).facility_id == "f-adalbert"
        assert app.screen.query_one("#field-member_name Input", Input).value == "June Stellgate"


async def test_the_end_shows_the_number_big_spelled_and_what_is_missing(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await leave(pilot, "member_name", "June Stellgate")
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, ReferralPage)
        number = kept(open_ledger).number
        text = screen_text(app)
        assert (
            " ".join(number.replace("-", " - ")).split()
            == next(x for x in text.splitlines() if "C R -" in x).strip(" │\n").split()
        )
        assert f"say: {spelled(number)}" in text
        assert "Missing before it may be sent" in text
        assert '"Birth date" is not filled in.' in text
        assert normalise(number) == number
        await pilot.press("escape")
        await settle(pilot)
        assert app.focused is center_list(app)


async def test_the_list_names_no_sensitive_procedure_and_opens_a_referral(open_ledger: Callable[[], Ledger]) -> None:
    directory = FakeDirectory()
    directory.procedures["total-knee-replacement"] = a_procedure(sensitive=True)
    app = desk(directory, ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await pilot.press("escape", "f6")
        await settle(pilot)
        assert isinstance(app.screen, ReferralsScreen)
        text = screen_text(app)
        assert kept(open_ledger).number in text
        assert "Total knee" not in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReferralPage)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert call_of(app).state.offer is not None


async def test_the_form_begins_at_what_is_missing_and_a_slip_on_a_choice_opens_nothing(
    open_ledger: Callable[[], Ledger],
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("f2", *"June Stellgate 3/9/1974", "enter")
        await settle(pilot)
        await pilot.press("1", "escape")
        await to_form(pilot)
        form = app.screen
        await pilot.press(*"BF-1001", "tab")
        await settle(pilot)
        assert kept(open_ledger).member.member_id == "BF-1001"
        form_field(app, "side").query_one(ChoiceLine).focus()
        await pilot.press("n", "h", "r")
        assert app.screen is form
        assert form_field(app, "side").text == "right"


async def test_without_a_ledger_the_form_says_so_in_words() -> None:
    app = desk(ledger=None)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        assert "No ledger is set up on this machine." in str(app.screen.query_one(Notice).visual)


async def test_after_a_referral_is_finished_the_next_one_of_the_call_is_another(
    open_ledger: Callable[[], Ledger],
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_form(pilot)
        await leave(pilot, "member_name", "June Stellgate")
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        with open_ledger() as ledger:
            assert len(ledger.list()) == 2


async def test_enter_pressed_twice_begins_one_referral(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert sum(isinstance(screen, ReferralScreen) for screen in app.screen_stack) == 1
        assert kept(open_ledger).number

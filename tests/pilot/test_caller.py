"""What who speaks may hear, on every panel of the call: header, column, cards, rule, gates, form and page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from employer_rules import with_rules
from pilot_desk import NARROW, WIDE, Clock, call_of, enter, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.ledger.values import RosterPerson
from navigator.mode import DESK
from navigator.screens.gates import GatesScreen
from navigator.screens.identify import IdentifyScreen
from navigator.screens.referral import ReferralScreen
from navigator.screens.rule import RuleScreen
from navigator.widgets.notice import Notice
from provider_directory.testing import TODAY, FakeDirectory

JUNE = RosterPerson(
    member_id="BF-1001",
    name="June Stellgate",
    birth_date=date(1961, 3, 9),
    effective=date(2020, 1, 1),
    ends=None,
    facts={"plan_option": "ppo"},
)


@pytest.fixture
def app(tmp_path: Path) -> CoeApp:
    home = tmp_path / "referrals.db", tmp_path / "ledger.key"
    with Ledger.open(*home) as ledger:
        ledger.roster.replace("brewline-foods", "people.csv", [JUNE], TODAY)
    directory = FakeDirectory()
    return CoeApp(
        DESK, lambda _progress: directory, with_rules(tmp_path), lambda: Ledger.open(*home), Clock(), lambda: TODAY
    )


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def spoken_by(pilot: Pilot[int], digit: str) -> str:
    """Say who speaks, and give what the call shows then."""
    await press(pilot, "f2", digit, "escape")
    for _ in range(2):
        await settle(pilot)
    return screen_text(pilot.app)  # type: ignore[arg-type]


async def test_what_is_typed_of_a_caller_is_never_lost_by_esc(app: CoeApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "f2", *"June", "escape")
        assert isinstance(app.screen, IdentifyScreen)
        assert "not looked up" in str(app.screen.query_one(Notice).visual)
        await press(pilot, "escape", "f2")
        box = app.screen.query_one("#look-up", Input)
        assert box.value == "June"
        box.value = "June Stellgate 3/9/1961"
        await pilot.press("enter", "escape")  # before the answer is there
        await settle(pilot)
        await settle(pilot)
        assert "June Stellgate, eligible" in screen_text(app)
        await press(pilot, "f2", *"Lena Noor 1/2/1970")  # the next name, typed over who speaks
        assert app.screen.query_one("#look-up", Input).value == "Lena Noor 1/2/1970"
        assert app.call is not None
        assert app.call.case is not None
        assert app.call.case.caller is None


async def test_a_half_typed_note_and_a_file_without_the_member_are_kept_and_noted(app: CoeApp, tmp_path: Path) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "f2")
        await enter(pilot, "#look-up", "Anna Voss 3/9/1971")
        assert "ask the employer" in " ".join(screen_text(app).split())
        await press(pilot, "k")
        assert "The employer is asked since" in " ".join(screen_text(app).split())
        await press(pilot, "escape", "enter")
        assert app.screen.query_one("#field-reason Input", Input).value == "new knee"
        await press(pilot, "escape", "n", *"gate code 44")
        await app.save_what_is_in_hand()
        await settle(pilot)
    with Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key") as ledger:
        (kept,) = ledger.cases.recent()
        assert [note.text for note in ledger.notes.of(case=kept.id)] == ["gate code 44 (not finished)"]


async def test_a_caller_is_shown_no_more_than_they_may_hear_on_any_panel(app: CoeApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "PPO: $0; HSA plan" in screen_text(app)
        await press(pilot, "f2")
        await enter(pilot, "#look-up", "June Stellgate 3/9/1961")
        assert "covered today" in screen_text(app)
        await press(pilot, "escape")

        text = await spoken_by(pilot, "1")
        assert "June Stellgate, eligible" in text
        assert "HSA plan" not in text  # the file says which plan

        text = await spoken_by(pilot, "3")
        assert "June Stellgate, general only" in text
        assert "PPO: $0; HSA plan" in text
        await press(pilot, "g")
        assert not isinstance(app.screen, GatesScreen)
        assert "until the member agrees" in str(app.screen.query_one(Notice).visual)
        await press(pilot, "f2")
        assert "covered today" not in screen_text(app)
        await press(pilot, "escape")

        text = await spoken_by(pilot, "6")
        assert "June Stellgate, no plan or cost" in text
        assert "you pay –" in text
        assert "you pay $" not in text
        assert "PPO" not in text
        assert call_of(app).state.question is not None
        assert not call_of(app).state.question.show_contract_price  # type: ignore[union-attr]
        assert all(center.you_pay is None for center in call_of(app).state.offer.centers)  # type: ignore[union-attr]
        await press(pilot, "r")
        assert not isinstance(app.screen, RuleScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReferralScreen)
        assert "nothing of plan or cost" in str(app.screen.query_one(Notice).visual)
        await press(pilot, "f2", "o")
        assert "What was shown" not in screen_text(app)
        await press(pilot, "escape")

        await press(pilot, "f2", "3", "a", "escape")
        for _ in range(2):
            await settle(pilot)
        assert "June Stellgate, eligible" in screen_text(app)
        assert "you pay $0" in screen_text(app)

"""The work list and a referral's page: what is to be done, the moves that are possible, what was shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pilot_desk import NARROW, desk, screen_text, settle, shown, to_offer
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from navigator.app import CoeApp
from navigator.case import transitions
from navigator.case.value import Caller, Consented, Identified
from navigator.ledger import following
from navigator.ledger.ledger import Ledger
from navigator.ledger.tasks import postpone_task
from navigator.referral.making_moves import Told
from navigator.referral.record import Referral
from navigator.referral.snapshot import taken_apart
from navigator.screens.referral_page import ReferralPage
from navigator.screens.referral_step import StepScreen
from navigator.screens.referrals import ReferralsScreen
from navigator.widgets.form_fields import ChoiceLine
from navigator.widgets.notice import Notice
from provider_directory.testing import FakeDirectory, a_credential

FIELDS = {
    "member_name": "Ada Quill",
    "member_birth_date": "3/9/1961",
    "member_id": "BF-1",
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "en",
    "interpreter": "no",
    "contact_method": "none",
    "consent": "spoken_yes",
}


@pytest.fixture
def open_ledger(tmp_path: Path) -> Callable[[], Ledger]:
    return lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")


async def begun(pilot: Pilot[int], open_ledger: Callable[[], Ledger]) -> Referral:
    """Begin a referral on the screen, and fill its fields in."""
    await to_offer(pilot)
    await pilot.press("enter")
    await settle(pilot)
    assert isinstance(pilot.app, CoeApp)
    call, at = pilot.app.call, datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert call is not None
    assert call.change(transitions.identify, Identified("not_checked", "Ada Quill", None, "BF-1", at, "jstone"))
    assert call.change(transitions.speak, Caller("member"))
    assert call.change(transitions.consent, Consented(True, "2026-11", "en", "spoken", at, "jstone"))
    await settle(pilot)
    with open_ledger() as ledger:
        (row,) = ledger.list()
        for field, text in FIELDS.items():
            ledger.save_field(row.number, field, text)
        return ledger.get(row.number)


async def in_hand(pilot: Pilot[int], words: str) -> None:
    """Take the line of the page that has the words in hand, and press Enter."""
    steps = pilot.app.screen.query_one("#page-steps", OptionList)
    lines = [str(steps.get_option_at_index(at).prompt) for at in range(steps.option_count)]
    steps.highlighted = next(at for at, line in enumerate(lines) if words in line)
    await pilot.press("enter")
    await settle(pilot)


async def choose(pilot: Pilot[int], field: str, letter: str) -> None:
    """Take the choice of a field that begins with a letter."""
    pilot.app.screen.query_one(f"#field-{field} ChoiceLine", ChoiceLine).focus()
    await pilot.press(letter)
    await settle(pilot)


async def test_a_draft_is_sent_followed_and_its_task_done_from_the_work_list(
    open_ledger: Callable[[], Ledger],
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        number = (await begun(pilot, open_ledger)).number
        await pilot.press("escape", "f6")
        await settle(pilot)
        assert isinstance(app.screen, ReferralsScreen)
        assert "fill in and send" in screen_text(app)
        assert "with " in shown(app, "#list-detail")
        await pilot.press("5")
        await settle(pilot)
        assert "Nothing to do in this section" in str(app.screen.query_one(Notice).visual)
        await pilot.press("w", *"12/1/2020", "enter")
        await settle(pilot)
        assert "Dec 1, 2020 is past" in str(app.screen.query_one(Notice).visual)
        app.screen.query_one(Input).value = "12/1/2099"
        await pilot.press("enter")
        await settle(pilot)
        assert "until Dec 1, 2099" in str(app.screen.query_one(Notice).visual)
        await pilot.press("2", "enter")
        await settle(pilot)
        await in_hand(pilot, "sent, not confirmed")
        assert isinstance(app.screen, StepScreen)
        await pilot.press("f2")
        assert "Missing: Safety questions answered" in str(app.screen.query_one(Notice).visual)
        await choose(pilot, "safety_checked", "y")
        await choose(pilot, "route", "f")
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, ReferralPage)
        assert "Now: sent, not confirmed." in str(app.screen.query_one(Notice).visual)
        await in_hand(pilot, "get authorization number")
        app.screen.query_one(Input).value = "A-77"
        await pilot.press("enter")
        await settle(pilot)
        assert "authorization: A-77" in screen_text(app) or "A-77" in shown(app, "#page-lines")
        await pilot.press("o")
        await settle(pilot)
        assert "What was shown: Total knee replacement" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "get authorization number" not in screen_text(app)
    with open_ledger() as ledger:
        assert {case.index.away_until for case in ledger.cases.not_closed()} == {date(2099, 12, 1)}
        assert (ledger.get(number).state, ledger.get(number).away_until) == ("requested", date(2099, 12, 1))
        kept = taken_apart(ledger.shown_offer(number) or "")
        assert (kept.chosen, kept.edition is not None) == ("f-marquette", True)


async def test_what_is_overdue_is_marked_and_a_refusal_says_what_is_wrong(open_ledger: Callable[[], Ledger]) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        number = (await begun(pilot, open_ledger)).number
        with open_ledger() as ledger:
            following.move(ledger, number, "on-hold", Told(reason="waits for A1c"))
            (task,) = following.open_tasks(ledger, number)
            with ledger.store.writing("move") as work:
                postpone_task(work, task.id, date(2020, 1, 2))
        await pilot.press("escape", "f6", "3")
        await settle(pilot)
        assert "▲ Jan 2020" in screen_text(app)
        assert "working days late" in shown(app, "#list-detail")
        await pilot.press("enter")
        await settle(pilot)
        assert "on hold (was: draft, not sent)" in screen_text(app)
        await in_hand(pilot, "closed without completion")
        await pilot.press("f2")
        await settle(pilot)
        assert "Missing: Reason, or in words" in str(app.screen.query_one(Notice).visual)
        assert isinstance(app.screen, StepScreen)  # what was typed stands there yet
        assert isinstance(app.focused, ChoiceLine)  # the keys are at what is missing
        form = screen_text(app).splitlines()
        assert any("another reason, in words" in each for each in form)  # the last, though one before takes two lines
        tail = next(each for each in form if each.rstrip().endswith("▌  met"))
        assert tail.index("met") == next(each.index("a condition") for each in form if "a condition" in each)
        assert "DEMONSTRATION" in screen_text(app)
        await pilot.press("escape", "escape", "escape")


async def test_the_work_list_tells_once_of_each_edition_whose_center_stands_worse_in_it(
    open_ledger: Callable[[], Ledger],
) -> None:
    directory = FakeDirectory()
    app = desk(directory, ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        number = (await begun(pilot, open_ledger)).number
        directory.centers = tuple(
            center.model_copy(update={"credential": a_credential(state="SUSPENDED", label="suspended on 2026-11-20")})
            for center in directory.centers
        )
        assert app.edition is not None
        app.edition = app.edition.model_copy(update={"name": "f" * 64})
        await pilot.press("escape", "f6")
        await settle(pilot)
        assert "stay, move or wait?" in screen_text(app)
        await pilot.press("escape", "f6")
        await settle(pilot)
    with open_ledger() as ledger:
        (task,) = following.open_tasks(ledger, number)
        assert "now suspended on 2026-11-20" in (task.what or "")
        assert ledger.get(number).state == "draft"

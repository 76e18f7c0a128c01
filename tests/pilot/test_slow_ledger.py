"""Answers of the ledger that come late: what was asked in one call is never taken for another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kept_cases import OpenLedger, kept
from pilot_desk import NARROW, call_of, desk, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator import keeping, lookups
from navigator.app import CoeApp
from navigator.case import transitions
from navigator.case.desk_user import DeskUsers
from navigator.case.transitions import opened
from navigator.ledger.errors import LedgerProblem, Overtaken
from navigator.ledger.ledger import Ledger
from navigator.ledger.notes import Notes
from navigator.messages import EvidenceFound, LookupFailed
from navigator.screens.call import CallScreen
from navigator.screens.calls import CallsScreen
from navigator.screens.lock import LockScreen
from navigator.screens.referral import ReferralScreen
from navigator.screens.referral_page import ReferralPage
from navigator.widgets.notice import Notice
from provider_directory.errors import BadInput
from provider_directory.testing import TODAY, FakeDirectory


class SlowDisk:
    """What is asked of the ledger while it is slow waits until it goes on."""

    def __init__(self) -> None:
        self._waits = threading.Event()

    def is_slow(self) -> None:
        self._waits.clear()
        lookups._LEDGER_THREAD.submit(self._waits.wait, 30)

    def goes_on(self) -> None:
        self._waits.set()


@pytest.fixture
def disk() -> Iterator[SlowDisk]:
    found = SlowDisk()
    yield found
    found.goes_on()


async def go_on(disk: SlowDisk, pilot: Pilot[int]) -> None:
    disk.goes_on()
    await settle(pilot)


async def ask(pilot: Pilot[int]) -> None:
    """Come to the offer although the ledger is slow; whoever waits until nothing is at work would wait for it."""
    for box, text in (("#words", "new knee"), ("#place", "53202")):
        field = pilot.app.screen.query_one(box, Input)
        field.value = text
        await field.action_submit()
    call = pilot.app.screen
    assert isinstance(call, CallScreen)
    while call.state.offer is None:
        await pilot.pause()
    await pilot.pause()


def form_of(app: CoeApp) -> ReferralScreen:
    assert isinstance(app.screen, ReferralScreen)
    return app.screen


@pytest.fixture
def open_ledger(tmp_path: Path) -> OpenLedger:
    return lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")


async def test_a_call_that_begins_while_the_one_before_is_saved_is_a_case_of_its_own(
    open_ledger: OpenLedger, disk: SlowDisk
) -> None:
    disk.is_slow()
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await ask(pilot)
        await pilot.press("f5")
        assert kept(open_ledger) == []
        disk.goes_on()
        await to_offer(pilot)
        await pilot.press("n", *"gate code 4411", "enter")
        await settle(pilot)
    newer, older = kept(open_ledger)
    assert (newer.standing, older.standing) == ("open", "closed")
    assert newer.id != older.id
    with open_ledger() as ledger:
        assert [len(ledger.notes.of(case=each.id)) for each in (newer, older)] == [1, 0]


async def test_a_case_with_a_number_is_not_saved_over_a_version_that_nobody_read(open_ledger: OpenLedger) -> None:
    with open_ledger() as ledger:
        first = keeping.save(ledger, keeping.Kept(opened(datetime.now(UTC), "root", None, False)), TODAY)
        with pytest.raises(Overtaken):
            keeping.save(ledger, keeping.Kept(first.case), TODAY)


async def test_a_form_left_while_its_number_is_drawn_keeps_what_was_typed_in_one_draft_of_its_call(
    open_ledger: OpenLedger, disk: SlowDisk
) -> None:
    disk.is_slow()  # the case has no number yet either
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await ask(pilot)
        await pilot.press("enter")
        call = app.call
        assert call is not None
        call.post_message(LookupFailed("evidence", BadInput("No answer.", "Ask again.")))
        name = form_of(app).query_one("#field-member_name Input", Input)
        name.value = "June Stellgate"
        await pilot.press("tab")
        form_of(app).action_back()
        assert form_of(app).waits_for_number
        assert "NOT SAVED" not in screen_text(app)
        await go_on(disk, pilot)
        assert app.screen is call
        call_of(app).query_one("#offer").focus()
        await pilot.press("enter")
        await settle(pilot)
        form_of(app).action_back()
    (case,) = kept(open_ledger)
    with open_ledger() as ledger:
        (row,) = ledger.list()
        draft = ledger.get(row.number)
    assert (draft.member.name, draft.case_id, case.draft) == ("June Stellgate", case.id, draft.number)


async def test_nothing_that_was_asked_before_opens_over_the_lock_and_who_unlocks_signs_nothing_of_it(
    open_ledger: OpenLedger, disk: SlowDisk, tmp_path: Path
) -> None:
    with open_ledger() as ledger:
        ledger.sign_as("Mara Quist")
        begun = opened(datetime.now(UTC), "Mara Quist", None, False)
        parked = keeping.save(ledger, keeping.Kept(transitions.park(begun)), TODAY).case.id or ""
    app, users = desk(ledger=open_ledger), DeskUsers(tmp_path / "people.json")
    users.set_pin("Mara Quist", "4711")
    users.set_pin("Ada Nord", "4712")
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call, first = call_of(app), call_of(app).state.offer
        app.desk_users = users
        app.action_lock()
        await pilot.press(*"4712", "enter")
        await settle(pilot)
        assert app.screen is call
        disk.is_slow()
        call.take_note("gate code 4411")
        app.take_case(parked)
        app.action_lock()
        assert first is not None
        found = await FakeDirectory().evidence(first.centers[0].facility.id, first.procedure, TODAY, ())
        call.query_one("OfferPart")._open_when_found = first.centers[0].facility.id  # type: ignore[attr-defined]
        assert call.state.question is not None
        answer = EvidenceFound(first.centers[0].facility.id, found, call.state.question)
        call.query_one("OfferPart").post_message(answer)
        await go_on(disk, pilot)
        assert isinstance(app.screen, LockScreen)
        await pilot.press(*"4711", "enter")
        await settle(pilot)
        assert call_of(app).case is not None
        assert call_of(app) is not call
        assert app.who_works == "Mara Quist"
    with open_ledger() as ledger:
        left = next(each.id for each in ledger.cases.recent() if each.id != parked)
        assert [(note.text, note.by) for note in ledger.notes.of(case=left)] == [("gate code 4411", "Ada Nord")]


def refuse(*_arguments: Any, **_named: Any) -> Any:
    raise LedgerProblem("The ledger is busy.", "Try again.")


async def test_a_last_field_that_could_not_be_kept_is_told_on_the_page_that_lies_over_its_form(
    open_ledger: OpenLedger, disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("enter")
        await settle(pilot)
        monkeypatch.setattr(Ledger, "save_field", refuse)
        form = form_of(app)
        form.query_one("#field-member_name Input", Input).value = "June Stellgate"
        disk.is_slow()
        form.action_finish()
        await go_on(disk, pilot)
        assert isinstance(app.screen, ReferralPage)
        assert "The ledger is busy" in screen_text(app)
        disk.is_slow()
        form.leave_field()
        app.action_lock()
        await go_on(disk, pilot)
        assert "The ledger is busy" not in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "The ledger is busy" in screen_text(app)


async def test_a_fault_in_looking_whose_pin_it_is_is_said_and_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeskUsers, "whose", lambda _users, _pin: 1 / 0)
    app, users = desk(), DeskUsers(tmp_path / "people.json")
    users.set_pin("Mara Quist", "4711")
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app.desk_users = users
        app.action_lock()
        await pilot.press(*"4711", "enter")
        await settle(pilot)
        assert "ZeroDivisionError, incident" in screen_text(app)
        assert app.locked


async def test_what_could_not_be_written_is_told_on_the_screen_in_front_and_a_note_waits_for_the_next_save(
    open_ledger: OpenLedger, disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("enter")
        await settle(pilot)
        disk.is_slow()
        form_of(app).query_one("#field-member_name Input", Input).value = "June Stellgate"
        form_of(app).action_back()
        await pilot.pause()
        call = call_of(app)
        with monkeypatch.context() as busy:
            busy.setattr(Ledger, "save_field", refuse)
            app.action_hold()  # a box that has no place for words lies over the call
            await go_on(disk, pilot)
            assert "The ledger is busy" in str(call.query_one(Notice).visual)
            app.pop_screen()
            call.query_one(Notice).clear()
            busy.setattr(Notes, "add", refuse)
            call.take_note("gate code 4411")
            await settle(pilot)
            assert "The ledger is busy" in str(call.query_one(Notice).visual)
        call.action_other_language()
        await settle(pilot)
    (case,) = kept(open_ledger)
    with open_ledger() as ledger:
        assert [note.text for note in ledger.notes.of(case=case.id)] == ["gate code 4411"]


async def test_a_call_that_is_being_saved_is_not_among_those_left_open_and_one_asked_for_twice_is_taken_once(
    open_ledger: OpenLedger, disk: SlowDisk
) -> None:
    with open_ledger() as ledger:
        begun = transitions.park(opened(datetime.now(UTC), ledger.store.by, None, False))
        parked = keeping.save(ledger, keeping.Kept(begun), TODAY).case.id or ""
    disk.is_slow()
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await ask(pilot)
        app.open_calls()
        await go_on(disk, pilot)
        calls = app.screen
        assert isinstance(calls, CallsScreen)
        assert [row.subject for row in calls._rows] == [parked]
        calls.dismiss(parked)
        app.take_case(parked)
        await settle(pilot)
        call = call_of(app)
        call.take_note("gate code 4411")
        await settle(pilot)
        assert app.call is call
        assert not call._reads_only
    newer, older = kept(open_ledger)
    assert (newer.standing, older.standing) == ("parked", "open")

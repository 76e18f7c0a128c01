"""A call as a case on the screen: who calls, safety, 988, notes, hold, park, call backs, the lock, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from kept_cases import OpenLedger, kept
from pilot_desk import NARROW, PUBLIC, Clock, call_of, center_list, desk, enter, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from navigator import keeping
from navigator.app import CoeApp
from navigator.case import transitions
from navigator.case.desk_user import DeskUsers
from navigator.case.value import Identified
from navigator.ledger.ledger import Ledger
from navigator.ledger.values import RosterPerson
from navigator.referral.record import FieldValue
from navigator.screens.call import CallScreen
from navigator.screens.calls import CallsScreen
from navigator.screens.case_page import CasePage
from navigator.screens.identify import IdentifyScreen
from navigator.screens.lock import LockScreen
from navigator.screens.referral import ReferralScreen
from navigator.screens.referral_page import ReferralPage
from navigator.screens.safety import CrisisScreen
from navigator.screens.wrap import WrapScreen
from navigator.widgets.call_header import CallHeader
from navigator.widgets.form_fields import ChoiceLine
from provider_directory.testing import TODAY, FakeDirectory, a_facility, a_procedure


@pytest.fixture
def open_ledger(tmp_path: Path) -> OpenLedger:
    return lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")


def in_front(app: CoeApp) -> type:
    return type(app.screen)


def need_of(call: CallScreen) -> str | None:
    return call.case.need.words if call.case and call.case.need else None


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_a_whole_call_is_kept_step_by_step_and_ends_with_its_disposition(open_ledger: OpenLedger) -> None:
    with open_ledger() as ledger:
        person = RosterPerson(
            member_id="BF-1001", name="June Stellgate", birth_date=None, effective=TODAY, ends=None, facts={}
        )
        ledger.roster.replace("brewline-foods", "people.csv", [person], TODAY)
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "owed: identify safety ▸why" in screen_text(app).splitlines()[3]
        (case,) = kept(open_ledger)
        assert case.need is not None
        assert case.offer is not None
        await press(pilot, "f2")
        assert in_front(app) is IdentifyScreen
        await enter(pilot, "#look-up", "BF-1001")
        assert "Match in the file of" in screen_text(app)
        assert "not a guarantee of coverage" in " ".join(screen_text(app).split())
        await press(pilot, "1", "escape")
        assert "BF-1001, eligible" in screen_text(app).splitlines()[0]
        await press(pilot, "s", "0")
        await press(pilot, "n", *"gate code 4411", "enter")
        assert "Note kept." in screen_text(app)
        await press(pilot, "e", "escape")
        await press(pilot, "enter")
        assert in_front(app) is ReferralScreen
        assert app.screen.query_one("#field-member_id Input", Input).value == "BF-1001"
        await press(pilot, "f4", "7", "8", "escape")
        assert app.screen.query_one("#field-relay ChoiceLine", ChoiceLine).value == "yes"
        await press(pilot, "f2")
        assert in_front(app) is ReferralPage
        at_a_glance = screen_text(app).splitlines()[:8]
        assert any("say: C R, " in line for line in at_a_glance)
        assert sum(" by " in line for line in at_a_glance) == 3
        assert "the center calls you" in at_a_glance[7]
        await press(pilot, "escape", "d")
        assert in_front(app) is WrapScreen
        assert "Referral made" in screen_text(app)
        await press(pilot, "f2")
        assert call_of(app).state.offer is None
    (case,) = kept(open_ledger)
    assert case.disposition is not None
    assert (case.standing, case.disposition.kind) == ("closed", "referred")
    assert case.caller is not None
    assert case.caller.speaker == "member"
    assert case.safety is not None
    assert case.evidence_opened
    with open_ledger() as ledger:
        (row,) = ledger.list()
        found = ledger.get(row.number)
        assert found.case_id is not None
        assert [note.text for note in ledger.notes.of(case=found.case_id)] == ["gate code 4411"]
        assert (found.member.member_id, found.interpreter, found.relay) == ("BF-1001", True, True)
        (waits,) = (ledger.cases.waits(TODAY.replace(year=2020)),)
        assert len(waits) == 1


async def test_a_spouse_hears_general_answers_until_the_member_agrees(open_ledger: OpenLedger) -> None:
    with open_ledger() as ledger:
        june: dict[str, FieldValue] = {"member_name": "June Stellgate", "member_birth_date": date(1961, 3, 9)}
        number = ledger.start(
            edition="e" * 64,
            demonstration=True,
            program=None,
            procedure=a_procedure(),
            facility=a_facility(),
            fields=june,
        ).number
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await enter(pilot, "#look-up", number)
        assert "Ask for the name and birth date" in screen_text(app)
        await enter(pilot, "#look-up", "June Stellgate 3/9/1961")
        assert f"Confirmed: name and birth date fit {number}" in " ".join(screen_text(app).split())
        assert "Total knee replacement" in screen_text(app)
        await press(pilot, "3", "7")
        assert "general answers only until the member agrees" in " ".join(screen_text(app).split())
        assert "Total knee replacement" not in screen_text(app)
        await press(pilot, "enter")
        assert in_front(app) is IdentifyScreen
        await press(pilot, "a")
        assert "The member agreed" in screen_text(app)
        await press(pilot, "enter")
        assert in_front(app) is ReferralPage
    (case,) = kept(open_ledger)
    assert case.caller is not None
    assert case.caller.member_agreed_at is not None
    assert case.access == ("interpreter",)


async def test_words_that_are_still_typed_are_no_need_of_the_caller_yet(open_ledger: OpenLedger) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        call = app.screen
        assert isinstance(call, CallScreen)
        await press(pilot, *"new knee")
        assert call.state.procedure is not None
        assert need_of(call) is None
        await press(pilot, "enter")
        assert need_of(call) == "new knee"


@pytest.mark.parametrize("public", [False, True])
async def test_words_of_suicide_bring_988_at_once_and_are_searched_nowhere(public: bool, tmp_path: Path) -> None:
    directory = FakeDirectory()
    ledger = lambda: Ledger.open(tmp_path / "r.db", tmp_path / "k.key")  # noqa: E731
    app = desk(directory, PUBLIC) if public else desk(directory, ledger=ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app.screen.query_one("#words", Input).value = "I want to kill myself"
        await settle(pilot)
        assert in_front(app) is CrisisScreen
        assert "988" in screen_text(app)
        assert not [words for name, words in directory.calls if name == "search_procedures"]
        await press(pilot, "escape")
        assert in_front(app) is not CrisisScreen
    if not public:
        (case,) = kept(ledger)
        assert case.safety is not None
        assert case.safety.outcome == "crisis"


async def test_a_second_line_parks_the_call_and_takes_it_back_as_it_was(open_ledger: OpenLedger) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        known = Identified("not_checked", "June Stellgate", None, "BF-1", datetime(2026, 11, 22, tzinfo=UTC), "jstone")
        assert call_of(app).change(transitions.identify, known)
        await press(pilot, "+", "o", "h", "2")
        assert call_of(app).state.offer is None
        await press(pilot, "ctrl+t")
        assert in_front(app) is CallsScreen
        assert "parked" in screen_text(app)
        assert "June Stellgate, Total knee" in screen_text(app)  # two parked knees are told apart
        await press(pilot, "enter")
        for _ in range(3):
            await settle(pilot)
        assert call_of(app).state.procedure is not None
        assert center_list(app).option_count
        assert (call_of(app).state.miles, call_of(app).state.sort) == (100, "distance")
    assert [case.standing for case in kept(open_ledger)] == ["open"]


async def test_a_caller_who_is_gone_is_called_back_and_the_tries_are_noted(open_ledger: OpenLedger) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "b", *"4145550100 after 4 pm Central", "enter")
        await press(pilot, "ctrl+t")
        assert "414-555-0100" in screen_text(app)
        await press(pilot, "u")
        assert "try 2 of 3" in screen_text(app)
        await press(pilot, "enter")
        await settle(pilot)
        assert "To call: 414-555-0100, after 4 pm" in screen_text(app)
    (case,) = kept(open_ledger)
    assert case.call_back is not None
    assert (case.call_back.time_zone, len(case.call_back.tries)) == ("America/Chicago", 1)


def locked_after(app: CoeApp, clock: Clock, seconds: float) -> None:
    clock.seconds += seconds
    app.look_for_lock()


async def test_the_desk_locks_after_ten_minutes_and_its_clock_runs_on(open_ledger: OpenLedger, tmp_path: Path) -> None:
    clock = Clock()
    app = desk(ledger=open_ledger, clock=clock)
    users = DeskUsers(tmp_path / "people.json")
    users.set_pin("Mara Quist", "4711")
    async with app.run_test(size=NARROW) as pilot:
        locked_after(app, clock, 600)
        await settle(pilot)
        assert "clock runs on" not in screen_text(app)  # nobody has called yet
        clock.seconds -= 600
        await press(pilot, "enter")
        await to_offer(pilot)
        locked_after(app, clock, 599)
        assert not app.locked
        app.desk_users = users
        locked_after(app, clock, 1)
        await pilot.pause()
        assert in_front(app) is LockScreen
        assert "Marquette" not in screen_text(app)
        assert "clock runs on" in screen_text(app)
        await press(pilot, "f5", "ctrl+p", *"4712", "enter")
        assert in_front(app) is LockScreen
        assert "nobody's" in screen_text(app)
        await press(pilot, *"4711", "enter")
        assert call_of(app).state.offer is not None
        assert app.who_works == "Mara Quist"
        assert "Mara Quist works here now." in screen_text(app)
        app.screen.query_one(CallHeader).refresh()  # as each second does
        await settle(pilot)
        assert "10:00" in screen_text(app).splitlines()[0]


async def test_a_closed_call_is_read_and_a_draft_without_a_call_gets_one_of_its_own(open_ledger: OpenLedger) -> None:
    june: dict[str, FieldValue] = {"member_name": "June Stellgate", "member_birth_date": date(1961, 3, 9)}
    with open_ledger() as ledger:
        draft = ledger.start(
            edition="e" * 64,
            demonstration=True,
            program=None,
            procedure=a_procedure(),
            facility=a_facility(),
            fields=june,
        )
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "f6", "enter")
        assert in_front(app) is ReferralPage
        await press(pilot, "enter")  # go on with the form
        assert in_front(app) is ReferralScreen
        assert app.screen.query_one("#field-member_name Input", Input).value == "June Stellgate"
        await press(pilot, "f4")
        await enter(pilot, "#look-up", "June Stellgate 3/9/1961")
        await press(pilot, "1", "escape", "escape", "ctrl+l", "f2")  # the call ends
        (ended,) = kept(open_ledger)
        await press(pilot, "f2")
        await enter(pilot, "#look-up", ended.id or "")
        await press(pilot, "enter")
        assert in_front(app) is CasePage
        assert "closed" in screen_text(app).splitlines()[0]
        assert "Ended as" in screen_text(app)
        await press(pilot, "escape")
    assert (ended.standing, draft.case_id) == ("closed", None)


async def test_who_leaves_the_desk_ends_the_call_and_one_that_was_left_open_is_listed(open_ledger: OpenLedger) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "f10")
    (case,) = kept(open_ledger)
    assert case.standing == "closed"
    with open_ledger() as ledger:  # as the power failed
        left = keeping.save(ledger, keeping.Kept(replace(case, id=None, standing="open", disposition=None)), TODAY)
        keeping.leave(ledger, left.case.id or "")
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+t")
        assert "left open" in screen_text(app)
        await press(pilot, "enter")
        await settle(pilot)
        assert call_of(app).case is not None
        await press(pilot, "ctrl+t")
        assert "Nobody waits" in screen_text(app)


async def test_a_public_screen_has_no_case() -> None:
    app = desk(mode=PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "f2", "s", "n", "h", "b", "d", "ctrl+t")
        assert call_of(app).case is None
        assert not call_of(app).query_one("#steps").display


async def test_a_second_open_referral_for_the_same_care_needs_a_reason(open_ledger: OpenLedger) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        for again in (False, True):
            await to_offer(pilot)
            await press(pilot, "f2")
            await enter(pilot, "#look-up", "BF-1001")
            await press(pilot, "escape", "enter")
            await settle(pilot)
            assert ("is open for the same care" in screen_text(app)) == again
            assert in_front(app) is ReferralScreen, "whoever types in the form is not asked over it"
            await press(pilot, "f2")
            if again:
                await press(pilot, *"the other knee", "enter")
            await press(pilot, "escape", "f5")
    newest = kept(open_ledger)[0]
    assert newest.second_referral_reason == "the other knee"
    assert len(newest.other_open) == 1


async def test_who_wants_to_think_gets_the_centers_on_a_page_and_no_referral(
    open_ledger: OpenLedger, tmp_path: Path
) -> None:
    app = desk(ledger=open_ledger)
    app.taken_away = tmp_path / "out"
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "d", "w", "f2")
        for _ in range(2):
            await settle(pilot)
        await press(pilot, "ctrl+y", "s")
        assert "Saved as" in screen_text(app)
    (case,) = kept(open_ledger)
    assert case.disposition is not None
    assert case.disposition.kind == "offer_sheet"
    (sheet,) = (tmp_path / "out").iterdir()
    assert (sheet.name[-7:], sheet.read_bytes()[:4]) == ("-es.pdf", b"%PDF")
    with open_ledger() as ledger:
        assert ledger.list() == ()
        (note,) = ledger.notes.of(case=case.id)
        assert note.text.startswith("Offer sheet in Spanish, saved: Marquette Lakes Orthopedic, ")


async def test_a_draft_from_the_work_list_goes_on_in_its_own_call_and_its_consent_can_be_taken_back(
    open_ledger: OpenLedger,
) -> None:
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "f2")
        await enter(pilot, "#look-up", "June Stellgate 3/9/1961")
        await press(pilot, "1", "escape", "enter", "escape", "d", "f2")
        (first,) = kept(open_ledger)
        assert first.standing == "closed"
        await to_offer(pilot)
        await press(pilot, "f6", "2", "enter")
        assert in_front(app) is ReferralPage
        steps = app.screen.query_one("#page-steps", OptionList)
        prompts = [str(steps.get_option_at_index(at).prompt) for at in range(steps.option_count)]
        steps.highlighted = next(at for at, words in enumerate(prompts) if "go on with the form" in words)
        await press(pilot, "enter")
        await settle(pilot)
        assert in_front(app) is ReferralScreen
        assert app.call is not None
        assert app.call.case is not None
        assert (app.call.case.draft, app.call.case.member) == (first.draft, first.member)
        answer = app.screen.query_one("#field-consent ChoiceLine", ChoiceLine)
        for letter in "yn":
            answer.focus()
            await press(pilot, letter, "shift+tab")
        await press(pilot, "escape")
    cases = {case.draft: case for case in kept(open_ledger)}
    taken_up = cases[first.draft]
    assert taken_up.standing == "open"
    assert taken_up.consent is not None
    assert taken_up.consent.withdrawn is not None
    assert taken_up.consent.withdrawn.disclosed == ()
    assert cases[None].standing == "parked"

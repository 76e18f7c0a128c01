"""Answers that come late: each is taken for what is asked now, or not at all, and nothing opens over another page."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from employer_rules import with_rules
from pilot_desk import NARROW, Employer, call_of, center_list, desk, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from navigator.app import CoeApp
from navigator.case.identify import understood
from navigator.hr.card import AnswerCard
from navigator.hr.questions import question_of
from navigator.keeping import LookedUp
from navigator.kiosk import flow
from navigator.kiosk.flow import Act, Flow
from navigator.ledger.ledger import Ledger
from navigator.messages import CallerLookedUp, EvidenceFound, OfferFound, PlaceFound, PriceFound, RuleFound
from navigator.mode import HR, KIOSK
from navigator.program import in_call
from navigator.program.member import MemberFacts
from navigator.program.rule_answer import RuleAnswer
from navigator.screens.call import CallScreen
from navigator.screens.hr_answers import HrAnswered
from navigator.screens.hr_desk import HrScreen
from navigator.screens.identify import IdentifyScreen
from navigator.screens.kiosk import KioskScreen
from navigator.screens.offer_part import OfferPart
from navigator.widgets.choice_list import ChoiceList
from navigator.widgets.offer_table import OfferTable
from provider_directory.errors import BadInput, Choice
from provider_directory.models import Offer, ProcedureAnswer, Question
from provider_directory.testing import TODAY, FakeDirectory, a_place, a_procedure, an_offer

HIP = "total-hip-replacement"


class SlowDirectory(FakeDirectory):
    """Answers at once, or after ``goes_on`` is set; finds no center where there is a ``fault``."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self.fault: BadInput | None = None

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        """Answer late."""
        await self.goes_on.wait()
        return await super().search_procedures(words)

    async def find_centers(self, question: Question) -> Offer:
        """Answer late, or raise the fault."""
        await self.goes_on.wait()
        if self.fault:
            raise self.fault
        return await super().find_centers(question)


def part_of(call: CallScreen) -> OfferPart:
    return call.query_one("#offer", OfferPart)


def paid_at_first(call: CallScreen) -> str | None:
    assert call.state.offer is not None
    return call.state.offer.centers[0].you_pay


async def type_words(pilot: Pilot[int], words: str) -> None:
    pilot.app.screen.query_one("#words", Input).value = words
    await pilot.pause()


async def test_no_answer_about_one_procedure_or_place_stands_beside_another() -> None:
    directory = SlowDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call = call_of(app)
        part, knee, offer = part_of(call), call.state.question, call.state.offer
        assert knee is not None
        assert offer is not None
        directory.goes_on.clear()
        elsewhere = knee.model_copy(update={"place": a_place(label="85001 Phoenix, AZ"), "procedure": HIP})
        center = offer.centers[0].facility.id
        evidence, price = call.state.ladder(center), await FakeDirectory().price(center, knee)
        assert evidence is not None
        part.post_message(EvidenceFound("f-other", evidence, elsewhere))
        part.post_message(PriceFound(center, price, elsewhere))
        part.post_message(RuleFound(center, None, None, (center, elsewhere, None)))
        call.post_message(OfferFound(elsewhere, an_offer(procedure=HIP)))
        call.post_message(PlaceFound("85001", a_place(label="85001 Phoenix, AZ")))
        await pilot.pause()
        assert app.screen is call
        assert (call.state.offer, call.state.question, call.state.ladder("f-other")) == (offer, knee, None)
        choices = call.query_one(ChoiceList)
        await type_words(pilot, "new hip")
        choices.post_message(ChoiceList.Chosen("procedure", offer.procedure))
        await pilot.pause()
        call.state = call.state.with_procedure(a_procedure(id=HIP, name="Total hip replacement"))
        await pilot.pause()
        assert (call.state.offer, call.state.rules) == (None, ())
        center_list(app).action_refer()
        app.open_referral_form(call, offer.centers[0])
        await pilot.pause()
        assert app.screen is call
        directory.goes_on.set()
        await settle(pilot)
        assert (call.state.words, call.state.procedure, call.state.offer) == ("new hip", None, None)


async def test_a_line_that_was_chosen_before_others_came_is_no_other_line() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call, lines = call_of(app), center_list(app)
        last = lines.option_count - 1
        gone = OptionList.OptionSelected(lines, lines.get_option_at_index(last), last)
        offer, question = call.state.offer, call.state.question
        assert offer is not None
        assert question is not None
        fewer = offer.model_copy(update={"centers": offer.centers[:2]})
        call.query_one(OfferTable).show(fewer.centers, False)
        lines.post_message(gone)
        choices = call.query_one(ChoiceList)
        places = tuple(Choice(f"place-{number}", f"Place {number}") for number in range(3))
        choices.show_places("Which is it?", places)
        listed = choices.query_one(OptionList)
        clicked = OptionList.OptionSelected(listed, listed.get_option_at_index(2), 2)
        choices.show_places("Which is it?", places[:2])
        listed.post_message(clicked)
        await settle(pilot)
        assert app.screen is call
        assert call.state.offer == offer


async def test_no_center_of_the_procedure_before_stays_where_none_can_be_found_for_the_next() -> None:
    directory = SlowDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call = call_of(app)
        directory.fault = BadInput("No answer.", "Ask again.")
        call.state = call.state.with_procedure(a_procedure(id=HIP, name="Total hip replacement"))
        await settle(pilot)
        assert call.state.offer is None
        assert "No answer." in screen_text(app)
        assert "Marquette" not in screen_text(app)


async def test_evidence_that_was_wished_of_one_center_opens_over_no_other() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call, lines = call_of(app), center_list(app)
        assert call.state.offer is not None
        center = call.state.offer.centers[0]
        call.state = replace(call.state, ladders=())
        part_of(call)._open_evidence(center)
        lines.action_cursor_down()
        await settle(pilot)
        lines.action_cursor_up()
        await settle(pilot)
        assert app.screen is call
        assert call.state.ladder(center.facility.id)


async def test_other_facts_keep_an_offer_that_is_still_looked_for_and_are_those_it_is_paid_by(tmp_path: Path) -> None:
    directory, facts = SlowDirectory(), MemberFacts(plan_option="ppo")
    app = desk(directory, program=with_rules(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call = call_of(app)
        by_nothing = paid_at_first(call)
        directory.goes_on.clear()
        call.state = replace(call.state, miles=250.0)
        await pilot.pause()
        part_of(call).take_facts(facts)
        await pilot.pause()
        directory.goes_on.set()
        await settle(pilot)
        assert call.state.question is not None
        assert call.state.question.miles == 250.0
        by_facts = paid_at_first(call)
        part_of(call).pay_again()
        await settle(pilot)
        assert by_nothing != by_facts == paid_at_first(call)


async def test_a_question_of_which_nobody_took_the_answer_is_asked_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, answer_at = threading.Event(), in_call.answer_at

    def late(*asked: Any) -> RuleAnswer:
        waits.wait(30)
        return answer_at(*asked)

    monkeypatch.setattr(in_call, "answer_at", late)
    app = desk(program=with_rules(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        call = call_of(app)
        for box, text in (("#words", "new knee"), ("#place", "53202")):
            call.query_one(box, Input).value = text
            await call.query_one(box, Input).action_submit()
        while part_of(call)._being_asked is None:
            await pilot.pause()
        asked = call.state.question
        await type_words(pilot, "")
        waits.set()
        await settle(pilot)
        assert call.state.rules == ()
        await type_words(pilot, "new knee")
        await settle(pilot)
        assert call.state.question == asked
        assert call.state.rule(part_of(call).query_one(OfferTable).in_hand.facility.id)  # type: ignore[union-attr]


async def test_a_look_up_takes_no_keys_from_who_types_the_next_and_only_the_last_one_counts(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key"))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        call = call_of(app)
        app.open_identify(call)
        await settle(pilot)
        identify = app.screen
        assert isinstance(identify, IdentifyScreen)
        first, last = understood("June Stellgate 3/9/1961"), understood("414-555-0100")
        identify._asked = last
        identify.query_one(Input).focus()
        identify.post_message(CallerLookedUp(LookedUp(first, (), None, ("The first.",))))
        await pilot.pause()
        assert identify._asked == last
        identify.post_message(CallerLookedUp(LookedUp(last, (), None, ("The last.",))))
        await pilot.press("2")
        assert identify.query_one(Input).value.endswith("2")
        assert call.case is not None
        assert call.case.caller is None


@pytest.mark.parametrize("is_elsewhere", [True, False])
async def test_a_card_opens_for_the_employer_in_hand_and_over_no_other_page(is_elsewhere: bool) -> None:
    app: CoeApp = desk(mode=HR)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        hr = app.screen
        assert isinstance(hr, HrScreen)
        question = question_of("usage")
        card = AnswerCard(
            id="usage",
            question=question.ask,
            state="answered",
            sentence="None.",
            employer=None,
            plan_year=None,
            on=TODAY,
            edition="e",
            demonstration=True,
        )
        if is_elsewhere:
            app.action_help()
        over = app.screen
        hr.post_message(HrAnswered(question, card, app.program if is_elsewhere else Employer(id="another")))
        await settle(pilot)
        assert app.screen is over


async def test_words_of_suicide_wait_for_no_answer_at_the_kiosk() -> None:
    app = desk(mode=KIOSK)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        kiosk = app.screen
        assert isinstance(kiosk, KioskScreen)
        for act in (Act("language", "en"), Act("search")):
            await kiosk._press(act)
        kiosk._flow = replace(kiosk._flow, pending="words")
        kiosk.query_one(Input).value = "i want to kill myself"
        await settle(pilot)
        assert (kiosk._flow.step, kiosk._flow.pending, kiosk._flow.words) == ("crisis", "", "")


async def test_an_answer_to_the_visitor_before_is_on_nobodys_page(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, looked_up = threading.Event(), flow.looked_up

    def late(*asked: Any) -> Flow:
        waits.wait(30)
        return looked_up(*asked)

    monkeypatch.setattr(flow, "looked_up", late)
    app = desk(mode=KIOSK)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        before = app.screen
        assert isinstance(before, KioskScreen)
        for act in (Act("language", "en"), Act("search"), Act("words", "new knee")):
            await before._press(act)
        assert before._flow.pending
        app.wipe()
        waits.set()
        await settle(pilot)
        now = app.screen
        assert isinstance(now, KioskScreen)
        assert now is not before
        assert now.holds_nothing
        assert "knee" not in screen_text(app).lower()

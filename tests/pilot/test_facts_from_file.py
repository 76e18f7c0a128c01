"""Whoever is identified brings along what the eligibility file says, and the rule is answered by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from employer_rules import with_rules
from pilot_desk import WIDE, Clock, call_of, settle, to_offer

from navigator.app import CoeApp
from navigator.mode import DESK
from navigator.program.member import MemberFacts
from provider_directory.testing import TODAY, FakeDirectory


async def test_facts_of_the_file_lie_over_what_was_said_and_another_person_begins_anew(tmp_path: Path) -> None:
    app = CoeApp(DESK, lambda _: FakeDirectory(), with_rules(tmp_path), None, Clock(), lambda: TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        call = call_of(app)
        call.take_file_facts(MemberFacts(answers={"bmi": 31}, employment="leave"), keep=True)
        await settle(pilot)
        call.take_file_facts(MemberFacts(plan_option="hsa", birth_date=date(1974, 3, 9)), keep=True)
        await settle(pilot)
        facts = call.state.member_facts
        assert facts == MemberFacts(
            answers={"bmi": 31}, employment="leave", plan_option="hsa", birth_date=date(1974, 3, 9)
        )
        offer = call.state.offer
        assert offer is not None
        assert offer.centers[0].you_pay not in (None, "$0")
        call.take_file_facts(None, keep=False)
        await settle(pilot)
        assert call.state.member_facts is None

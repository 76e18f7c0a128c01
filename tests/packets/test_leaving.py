"""What is gathered of one referral: its own call, its program, the eligibility file, and the audit's head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from whole_referrals import AT, DESK, a_case

from navigator.case.stored import as_json
from navigator.case.value import Case
from navigator.ledger.leaving import whole_referral
from navigator.ledger.ledger import Ledger
from navigator.ledger.values import CaseIndex, RosterPerson

ADA = {"member_name": "Ada Quill", "member_birth_date": date(1961, 3, 9), "member_id": "BF-1001"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("ledger")
    with Ledger.open(folder / "referrals.db", folder / "ledger.key", lambda: AT) as opened:
        yield opened


def begun(ledger: Ledger, case: Case, **fields: object) -> str:
    kept = ledger.cases.save(as_json(case), CaseIndex(kind="find_care", state="open"))
    draft = ledger.start(edition="e1", demonstration=True, program="brewline-foods", case_id=kept.id)
    for name, value in (ADA | fields).items():
        ledger.save_field(draft.number, name, value)  # type: ignore[arg-type] # checked as any typed text
    return draft.number


def test_the_program_file_and_the_eligibility_file_say_what_the_call_does_not(
    ledger: Ledger, demonstration_programs: Path
) -> None:
    facts = {"plan_option": "ppo", "relationship": "spouse"}
    person = RosterPerson(
        member_id="BF-1001", name="Ada Quill", birth_date=date(1961, 3, 9), effective=None, ends=None, facts=facts
    )
    ledger.roster.replace("brewline-foods", "eligible.csv", [person])
    whole = whole_referral(ledger, begun(ledger, a_case()), DESK, demonstration_programs)
    assert whole.case is not None
    assert whole.member is not None
    assert (whole.member.plan_option, whole.member.relationship) == ("ppo", "spouse")
    assert (whole.program.employer, whole.program.plan_year) == ("Brewline Foods", 2026)
    assert "ppo" in whole.program.plan_options
    assert whole.audit_head == ledger.audit_head().short
    assert whole_referral(ledger, whole.referral.number, DESK).program.employer is None


def test_a_call_that_turned_to_somebody_else_says_nothing_of_this_member(ledger: Ledger) -> None:
    call = a_case()
    assert call.member is not None
    brother = replace(call, member=replace(call.member, member_id="BF-2002", name="Otto Quill"))
    assert whole_referral(ledger, begun(ledger, brother), DESK).case is None
    unnamed = replace(call, member=replace(call.member, member_id=None, birth_date=date(1990, 1, 1)))
    assert whole_referral(ledger, begun(ledger, unnamed), DESK).case is None

"""What may be sent, and what is known of what was sent when a consent is taken back, on the screen or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cases import AT, BORN, ready
from sample_referrals import FIELDS
from typer.testing import CliRunner

from navigator.case.safety import checked
from navigator.case.stored import as_json
from navigator.case.value import Caller, Case, Paper, Speaker
from navigator.cli.referral import referral_app
from navigator.ledger import following
from navigator.ledger.here import open_here
from navigator.ledger.ledger import Ledger
from navigator.ledger.values import CaseIndex
from navigator.referral.delivery import a_try
from navigator.referral.making_moves import Told
from navigator.referral.record import Referral
from provider_directory.errors import BadInput
from provider_directory.testing import a_facility, a_procedure

OF_JUNE = FIELDS | {"member_name": "June Stellgate", "member_birth_date": BORN}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    with open_here() as opened:
        yield opened


def drafted(ledger: Ledger, case: Case) -> Referral:
    """Give a draft whose form is whole, begun in this call."""
    index = CaseIndex(kind="find_care", state="open", program=None, call_back_on=None, wait_ms=None)
    number = ledger.cases.save(as_json(case), index).id
    draft = ledger.start(
        edition="e" * 64,
        demonstration=True,
        program=None,
        procedure=a_procedure(),
        facility=a_facility(),
        fields=OF_JUNE,
        case_id=number,
    )
    ledger.attach_offer(draft.number, '{"offer": {}}')
    return draft


def send(ledger: Ledger, draft: Referral, safety_checked: bool = False) -> Referral:
    told = Told(
        safety_checked=safety_checked, delivery=a_try("fax", "sent", ledger.store.now(), "jstone", "414-555-0199")
    )
    return following.move(ledger, draft.number, "requested", told)


@pytest.mark.parametrize(
    ("caller", "owed"),
    [
        (None, "It is not noted who is calling."),
        (Caller("spouse"), "general answers only until the member agrees"),
        (Caller("parent_of_minor"), "The member is an adult"),
        (Caller("surgeon_office"), "nothing of plan or cost"),
        (Caller("representative"), "No paper was seen"),
        (Caller("representative", paper=Paper("power of attorney", AT.date(), AT.date() - timedelta(1))), "ended"),
    ],
)
def test_nothing_is_sent_on_the_consent_of_somebody_who_may_not_give_it(
    ledger: Ledger, caller: Caller | None, owed: str
) -> None:
    draft = drafted(ledger, replace(ready(), caller=caller))
    with pytest.raises(BadInput, match=owed):
        send(ledger, draft, safety_checked=True)
    assert ledger.get(draft.number).state == "draft"


@pytest.mark.parametrize("speaker", ["spouse", "parent_of_adult"])
def test_with_the_member_s_agreement_it_is_sent(ledger: Ledger, speaker: Speaker) -> None:
    draft = drafted(ledger, replace(ready(), caller=Caller(speaker, member_agreed_at=AT)))
    assert send(ledger, draft).state == "requested"


def test_who_was_never_looked_up_and_who_was_sent_to_urgent_help_is_not_referred(ledger: Ledger) -> None:
    nobody = drafted(ledger, replace(ready(), member=None))
    with pytest.raises(BadInput, match="not identified"):
        send(ledger, nobody)
    urgent = drafted(ledger, replace(ready(), safety=checked("stop", "en", AT, "jstone")))
    with pytest.raises(BadInput, match="urgent help"):
        send(ledger, urgent, safety_checked=True)
    assert send(ledger, drafted(ledger, replace(ready(), safety=None)), safety_checked=True).state == "requested"


def test_a_consent_that_is_taken_back_keeps_what_was_disclosed_and_stops_all_sending(ledger: Ledger) -> None:
    number = send(ledger, drafted(ledger, ready())).number
    ledger.close()
    result = CliRunner().invoke(referral_app, ["take-back-consent", number, "--said", "changed my mind"])
    assert result.exit_code == 0, result.output
    assert "sent by fax, to 414-555-0199" in " ".join(result.output.split())
    with open_here() as again:
        kept = again.get(number).consent
        assert kept is not None
        assert (kept.given, kept.stands, len(kept.disclosed)) == (True, False, 1)
        row = next(each for each in following.todays_work(again, "all").rows if each.id == number)
        assert (row.what, row.more) == ("tell the center to stop", 0)
        assert "changed my mind" in again.notes.of(referral=number)[0].text
        with pytest.raises(BadInput, match="was taken back"):
            following.deliver(again, number, a_try("email", "sent", again.store.now(), "jstone"))
        with pytest.raises(BadInput, match="no consent that could be taken back"):
            following.take_back_consent(again, number)

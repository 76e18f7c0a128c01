"""Cases by hand for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sample_referrals import a_draft

from navigator.case import transitions
from navigator.case.safety import checked
from navigator.case.value import Caller, Case, Chosen, Consented, Identified, Need, OfferShown
from navigator.referral.record import Member, Referral, SafeContact

AT = datetime(2026, 11, 3, 15, 4, tzinfo=UTC)
TODAY = AT.date()
BORN = date(1961, 3, 9)
BY = "jstone"


def opened() -> Case:
    return transitions.opened(AT, BY, "brewline-foods", demonstration=True)


def knee() -> Need:
    return Need("new knee", "total-knee-replacement", "Total knee replacement", "joint", "hip-knee", False, "53202")


def june(**known: object) -> Identified:
    facts: dict[str, Any] = {"match": "match", "name": "June Stellgate", "birth_date": BORN, "member_id": "BF-1001"}
    facts |= {"eligible": True, "file_as_of": date(2026, 11, 1)} | known
    return Identified(at=AT, by=BY, **facts)


def shown() -> OfferShown:
    return OfferShown("e" * 64, TODAY, 50.0, "recommended", ("f-marquette", "f-adalbert"))


def yes() -> Consented:
    return Consented(True, "2026-11", "en", "spoken", AT, BY)


def ready() -> Case:
    """Give a case that owes nothing but its end."""
    case = transitions.identify(opened(), june())
    case = transitions.take_need(case, knee())
    case = transitions.check_safety(case, checked("none", "en", AT, BY))
    case = transitions.show_offer(case, shown())
    case = transitions.speak(case, Caller("member"))
    case = transitions.choose(case, Chosen("f-marquette", "Marquette Lakes", AT), "CR-0000-0015-0")
    return transitions.consent(case, yes())


def referral() -> Referral:
    """Give the draft of the ready case."""
    return a_draft(
        created_by=BY,
        facility_id="f-marquette",
        member=Member(name="June Stellgate", birth_date=BORN, member_id="BF-1001"),
        safe_contact=SafeContact(method="phone", address="414-555-0100", voicemail_ok=True),
    )

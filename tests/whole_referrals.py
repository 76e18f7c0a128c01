"""One invented referral as the desk knows it whole, with much in it that no center gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from rule_answers import a_gate, a_rule_answer, an_explanation

from navigator.case.safety import checked
from navigator.case.value import Caller, Case, Chosen, Identified, NoneFits, OfferShown
from navigator.packets.values import Desk
from navigator.packets.whole import KnownProgram, WholeReferral
from navigator.program.member import MemberFacts
from navigator.program.rule_answer import UsedFact
from navigator.referral.delivery import Delivery
from navigator.referral.moves import Move
from navigator.referral.record import CONSENT_SCRIPT_VERSION, Consent, Member, Referral, SafeContact
from navigator.referral.snapshot import Shown, snapshot_json, taken_apart
from navigator.referral.tasks import Task
from provider_directory.testing import a_center, a_procedure, an_edition, an_evidence, an_offer

AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
TODAY = AT.date()
DESK = Desk(organization="Lakeshore Benefits Navigation", phone="414-555-0143", time_zone="America/Chicago")
CHOSEN = a_center().facility
ROUTES = "portal; fax 414-555-0151; phone 414-555-0150 (Mon-Fri 8:00-17:00 Central)"


def a_referral(**over: Any) -> Referral:
    """Give the record, sent and with every field filled in."""
    values: dict[str, Any] = {
        "number": "CR-7K3M-9QX3-0",
        "state": "requested",
        "created_at": AT,
        "created_by": "ines",
        "updated_at": AT,
        "edition": "e1",
        "demonstration": True,
        "program": "brewline-foods",
        "procedure": "total-knee-replacement",
        "procedure_name": "Total knee replacement",
        "sensitive": False,
        "facility_id": CHOSEN.id,
        "facility_name": CHOSEN.name,
        "facility_ccn": CHOSEN.ccn,
        "reason": "The knee gives way on stairs.",
        "urgency": "soon",
        "language": "es",
        "interpreter": True,
        "member": Member(
            name="Ada Quill",
            birth_date=date(1961, 3, 9),
            member_id="BF-1001",
            phone="414-555-0177",
            zip="53202",
            group="BF-0042",
        ),
        "safe_contact": SafeContact(
            method="phone", address="414-555-0101", voicemail_ok=False, best_times="after 4 pm"
        ),
        "notes": "Did not want the nearer hospital, it costs more.",
        "consent": Consent(given=True, script_version=CONSENT_SCRIPT_VERSION, at=AT, method="spoken"),
        "offer_sha256": "5f" * 32,
        "owner": "ines",
        "case_id": "CS-0000-0017-1",
        "center_number": "MLO-4411",
        "side": "left",
        "surgeon": "Thuy Kellrada",
        "recommending_surgeon": "Dr. Ines Hale",
        "home_doctor": "Dr. Omar Lindqvist",
        "companion": "Ned Quill, husband",
        "wanted_dates": "after Jan 11",
    }
    return Referral(**values | over)


def a_shown() -> Shown:
    """Give the snapshot: two centers, a rule whose words tell what the member pays, two gates answered."""
    own = UsedFact(fact="BMI", value="31.5", source="member's answer", as_of=None)
    told = an_explanation("5.2", used=(own,), counterfactual="With $1,500 less you would be in the other plan.")
    met = a_gate("bmi", "met", explanation=told)
    waiting = a_gate("tobacco_free_weeks", "not_yet", would_change="Then the plan shows $0 here.")
    contract = an_evidence().contracts[0].model_copy(update={"routes": ROUTES})
    text = snapshot_json(
        an_offer(),
        chosen=CHOSEN.id,
        procedure=a_procedure(),
        edition=an_edition(),
        rule=a_rule_answer(gates=(met, waiting)),
        contracts=(contract, contract.model_copy(update={"counts": False, "alliance": "Another Alliance"})),
    )
    return taken_apart(text)


def a_case() -> Case:
    """Give the call: a spouse called, the member agreed, another center was refused first."""
    found = Identified(
        match="match",
        name="Ada Quill",
        birth_date=date(1961, 3, 9),
        member_id="BF-1001",
        at=AT,
        by="ines",
        phone="414-555-0177",
        zip="53202",
        eligible=True,
        file_as_of=date(2026, 11, 1),
    )
    return Case(
        opened_at=AT,
        opened_by="ines",
        id="CS-0000-0017-1",
        program="brewline-foods",
        access=("interpreter", "large_print"),
        caller=Caller("spouse", "Ned Quill", member_agreed_at=AT),
        member=found,
        safety=checked("none", "en", AT, "ines"),
        offer=OfferShown("e1", TODAY, 50.0, "recommended", (CHOSEN.id, "f-rival")),
        chosen=Chosen(CHOSEN.id, CHOSEN.name, AT),
        none_fits=NoneFits("cost", "the other one costs too much", AT),
        second_referral_reason="the first center was too slow",
    )


def some_tasks() -> tuple[Task, ...]:
    """Give what is owed, and one thing that came."""
    values: dict[str, Any] = {"number": "CR-7K3M-9QX3-0", "made_at": AT, "made_by": "ines"}
    return (
        Task(id="t1", kind="receipt", due_on=date(2026, 11, 24), **values),
        Task(id="t2", kind="claims_administrator", due_on=date(2026, 11, 24), **values),
        Task(id="t3", kind="records", due_on=date(2026, 12, 2), what="notes", where_from="Dr. Hale", **values),
        Task(id="t4", kind="imaging", due_on=date(2026, 12, 2), done_at=AT, done_by="ines", outcome="on CD", **values),
        Task(id="t5", kind="edition_change", due_on=date(2026, 11, 24), what="the other one is suspended", **values),
    )


def some_tries() -> tuple[Delivery, ...]:
    """Give one try that failed and one that did not."""
    return (
        Delivery(route="portal", result="failed", at=AT, by="ines", note="the portal was down"),
        Delivery(route="fax", result="sent", at=AT, by="ines", to="414-555-0151"),
    )


def whole_referral(**over: Any) -> WholeReferral:
    """Give all of it; every part may be given otherwise."""
    sent = Move(
        from_state="draft",
        to="requested",
        actor="navigator",
        trigger="send",
        at=AT,
        by="ines",
        on=TODAY,
        delivery=some_tries()[1],
        safety_checked=True,
        gates_overridden="tobacco: the surgeon of the other hospital said so",
    )
    return replace(
        WholeReferral(
            referral=a_referral(),
            today=TODAY,
            audit_head="118:8c2f0a4b6d1e3f57",
            desk=DESK,
            shown=a_shown(),
            case=a_case(),
            member=MemberFacts(plan_option="ppo", relationship="subscriber"),
            program=KnownProgram("Brewline Foods", 2026, "Brewline Benefits Desk", {"ppo": "PPO 500"}),
            tasks=some_tasks(),
            deliveries=some_tries(),
            moves=(sent,),
        ),
        **over,
    )

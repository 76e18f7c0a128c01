"""A ledger in which every table has rows, for tests of what is done with the whole of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from navigator.ledger.ledger import Ledger
from navigator.ledger.values import CaseIndex, RosterPerson
from navigator.referral.delivery import Delivery
from navigator.referral.moves import Move
from navigator.referral.tasks import NewTask

BORN = date(1961, 3, 9)
DAY = date(2026, 11, 22)
PERSON = {
    "member_name": "Canaria Quillfeather",
    "member_birth_date": "1961-03-09",
    "member_id": "CANARY-77",
    "member_phone": "414-555-0177",
    "reason": "canary of a reason",
}
WORDS = ("Quillfeather", "CANARY-77", "canary", "414-555-0177", "1961-03-09")
INDEX = CaseIndex(kind="find_care", state="open", name="Canaria Quillfeather", birth_date=BORN, phone="4145550177")


def fill(ledger: Ledger) -> tuple[str, str]:
    """Write something of every kind about one person; gives the referral's number and the case's id."""
    case = ledger.cases.save('{"said":"canary knee"}', INDEX)
    number = ledger.start(edition="e1", demonstration=True, case_id=case.id).number
    for field_id, value in PERSON.items():
        ledger.save_field(number, field_id, value)
    ledger.attach_offer(number, '{"place":"canary square"}')
    ledger.moves.record(number, a_move("draft", "requested"), [NewTask(kind="receipt", due_on=DAY, what="canary fax")])
    ledger.tasks.done(ledger.tasks.of(number)[0].id, "canary came")
    ledger.tasks.add(NewTask(kind="records", due_on=DAY, what="canary scan"), case_id=case.id)
    ledger.notes.add("canary note", referral=number, case=case.id)
    ledger.notes.add("canary of the call", case=case.id)
    ledger.roster.replace(
        "brewline", "eligible.csv", [a_person("CANARY-77", "Canaria Quillfeather"), a_person("B-2", "B")]
    )
    return number, case.id


def a_person(member_id: str, name: str, ends: date | None = None) -> RosterPerson:
    """Give one person of an eligibility file."""
    return RosterPerson(
        member_id=member_id, name=name, birth_date=BORN, effective=date(2026, 1, 1), ends=ends, facts={"zip": "53202"}
    )


def a_move(before: str, after: str, **more: object) -> Move:
    """Give a move by the navigator, with a try where it is sent."""
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    tried = Delivery(route="fax", result="sent", at=at, by="desk", to="canary fax") if after == "requested" else None
    return Move.model_validate(
        {
            "from_state": before,
            "to": after,
            "actor": "navigator",
            "trigger": "send",
            "at": at,
            "by": "desk",
            "on": DAY,
            "delivery": tried,
            **more,
        }
    )

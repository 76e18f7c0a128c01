"""A referral followed in the ledger: moves with their tasks, the work list, waits, another edition - on every store."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from navigator.case.reasons import SENSITIVE
from navigator.ledger import edition_check, following
from navigator.ledger.errors import Overtaken, UnknownTask
from navigator.ledger.ledger import Ledger
from navigator.ledger.tasks import postpone_task
from navigator.ledger.values import CaseIndex
from navigator.referral.case_kinds import first_tasks
from navigator.referral.delivery import a_try
from navigator.referral.lifecycle import State
from navigator.referral.making_moves import Told
from navigator.referral.moves import Appointment
from navigator.referral.outcome import Outcome
from navigator.referral.record import FieldValue, Referral
from navigator.referral.snapshot import snapshot_json
from navigator.referral.worklist import WorkRow
from provider_directory.errors import BadInput, UnknownFacility
from provider_directory.models import Center, CredentialState, Question
from provider_directory.testing import a_center, a_credential, a_procedure, an_offer

pytest_plugins = ("ledger_kinds",)

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
FIELDS: dict[str, FieldValue] = {
    "member_name": "Ada Quill",
    "member_birth_date": date(1961, 3, 9),
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "en",
    "interpreter": False,
    "contact_method": "none",
    "consent": "spoken_yes",
}
ALLIANCES = {"brewline-foods": ("Lakeshore Health Alliance",)}


def begun(ledger: Ledger, member_id: str = "BF-1", sensitive: bool = False, key: str | None = None) -> Referral:
    """Give a draft with all that must be there, and its snapshot."""
    procedure, center = a_procedure(sensitive=sensitive), a_center()
    offer = an_offer(centers=(center,), program="brewline-foods")
    draft = ledger.start(
        edition=offer.edition,
        demonstration=True,
        program="brewline-foods",
        procedure=procedure,
        facility=center.facility,
        fields=FIELDS | {"member_id": member_id},
        request_key=key,
    )
    ledger.attach_offer(draft.number, snapshot_json(offer, chosen=center.facility.id, procedure=procedure))
    return ledger.get(draft.number)


def sent(ledger: Ledger, number: str, result: str = "sent") -> Referral:
    """Send a draft."""
    note = "line busy" if result == "failed" else None
    tried = a_try("fax", result, ledger.store.now(), ledger.store.by, note=note)
    return following.move(ledger, number, "requested", Told(safety_checked=True, delivery=tried))


def center_says(ledger: Ledger, number: str, to: State, told: Told | None = None) -> Referral:
    """Make a move of the center."""
    return following.move(ledger, number, to, (told or Told())._replace(center_person="Ines"))


def row_of(ledger: Ledger, number: str) -> WorkRow:
    """Give the row of the work list."""
    return next(row for row in following.todays_work(ledger, "all").rows if row.id == number)


def test_a_life_is_kept_with_its_tasks_and_nothing_of_it_is_lost(ledger: Ledger) -> None:
    number = begun(ledger).number
    assert row_of(ledger, number).what == "fill in and send"
    sent(ledger, number, "failed")
    assert {task.kind for task in following.open_tasks(ledger, number)} == {
        "send_again",
        "claims_administrator",
        "authorization",
    }
    following.deliver(ledger, number, a_try("email", "sent", ledger.store.now(), "jstone"))
    center_says(ledger, number, "accepted")
    visit = Appointment(kind="evaluation", on=TODAY + timedelta(days=3))
    center_says(ledger, number, "scheduled", Told(appointment=visit))
    before = {task.kind: task.due_on for task in following.open_tasks(ledger, number)}
    assert before["authorization"] == date(2026, 11, 24)  # the working day before the visit
    center_says(ledger, number, "visit-done", Told(visit="evaluation"))
    done = center_says(ledger, number, "completed", Told(outcome=Outcome(kind="surgery", done_on=TODAY)))
    assert [move.to for move in ledger.moves.events(number)] == [
        "requested",
        "accepted",
        "scheduled",
        "visit-done",
        "completed",
    ]
    assert [(tried.route, tried.result) for tried in ledger.deliveries.of(number)] == [
        ("fax", "failed"),
        ("email", "sent"),
    ]
    assert done.retain_until is not None
    left = [task.kind for task in following.open_tasks(ledger, number)]
    assert sorted(left) == ["authorization", "claims_administrator", *["follow_up"] * 4]
    assert "bill_risk" in row_of(ledger, number).sections  # completed, and still not authorized
    settled = next(task for task in ledger.tasks.of(number) if task.kind == "records")
    assert settled.outcome == "settled: the referral is completed"


def test_an_illegal_move_and_one_that_was_overtaken_change_nothing(ledger: Ledger) -> None:
    number = begun(ledger).number
    with pytest.raises(BadInput, match="draft cannot become scheduled"):
        center_says(ledger, number, "scheduled")
    move = sent(ledger, number)
    stale = ledger.moves.events(number)[0]
    tasks = following.open_tasks(ledger, number)
    with pytest.raises(Overtaken, match="no longer draft"):
        ledger.moves.record(number, stale, done=[task.id for task in tasks])
    assert ledger.get(number).state == move.state
    assert following.open_tasks(ledger, number) == tasks


def test_the_same_visit_told_at_two_desks_at_once_is_recorded_once(ledger: Ledger) -> None:
    number = begun(ledger).number
    sent(ledger, number)
    center_says(ledger, number, "accepted")
    center_says(ledger, number, "visit-done", Told(visit="evaluation"))
    center_says(ledger, number, "visit-done", Told(visit="evaluation"))
    told = ledger.moves.events(number)
    with pytest.raises(Overtaken, match="at the same moment"):
        ledger.moves.record(number, told[-1], after=len(told) - 1)
    assert ledger.moves.count(number) == len(told)


def test_the_authorization_number_is_the_outcome_of_its_task_and_ends_the_bill_risk(ledger: Ledger) -> None:
    number = begun(ledger).number
    sent(ledger, number)
    (task,) = (task for task in following.open_tasks(ledger, number) if task.kind == "authorization")
    with pytest.raises(BadInput, match="number is missing"):
        following.finish_task(ledger, task.id[:8], " ")
    assert "bill_risk" in row_of(ledger, number).sections
    assert following.finish_task(ledger, task.id[:8], "A-77").proposes is None
    assert ledger.get(number).authorization_number == "A-77"
    assert "bill_risk" not in row_of(ledger, number).sections
    receipt = next(task for task in following.open_tasks(ledger, number) if task.kind == "receipt")
    assert following.finish_task(ledger, receipt.id).proposes == "received"
    with pytest.raises(Overtaken):
        following.finish_task(ledger, receipt.id)
    with pytest.raises(UnknownTask):
        following.finish_task(ledger, "no such id")


def test_the_work_list_is_by_due_date_says_who_follows_and_names_no_sensitive_procedure(ledger: Ledger) -> None:
    first, second = begun(ledger, sensitive=True).number, begun(ledger).number
    sent(ledger, second)
    late = next(task for task in following.open_tasks(ledger, second) if task.kind == "receipt")
    with ledger.store.writing("move") as work:
        postpone_task(work, late.id, date(2026, 11, 18))
    ledger.set(second, "give", owner="jstone")
    case = ledger.cases.save("{}", CaseIndex(kind="bill", state="open", name="Bo Li"))
    for task in first_tasks("bill", TODAY):
        ledger.tasks.add(task, case_id=case.id)
    found = following.todays_work(ledger, "all")
    assert [(row.id, row.overdue_days) for row in found.rows] == [(second, 2), (first, 0), (case.id, 0)]
    assert (found.rows[1].procedure, found.rows[2].state) == (SENSITIVE, "a bill, open")
    assert found.counts == {"all": 3, "mine": 2, "overdue": 1, "new": 2, "bill_risk": 1, "waiting": 0}
    assert [row.id for row in following.todays_work(ledger, "overdue").rows] == [second]
    ledger.set(second, "away", away_until=TODAY + timedelta(days=1))
    assert following.todays_work(ledger, "mine").counts["mine"] == 3
    assert following.todays_work(ledger, "mine", "jstone").counts["mine"] == 1


def test_taking_over_needs_a_reason_that_is_kept_and_being_away_is_told_of_all_that_one_follows(ledger: Ledger) -> None:
    number = begun(ledger).number
    ledger.sign_as("jstone")
    for reason in ("  ", ""):
        with pytest.raises(BadInput, match="needs a reason"):
            following.take_over(ledger, number, reason)
    assert following.take_over(ledger, number, "on leave").owner == "jstone"
    assert "on leave" in ledger.notes.of(referral=number)[0].text
    with pytest.raises(BadInput, match="already"):
        following.take_over(ledger, number, "again")
    assert following.be_away(ledger, TODAY + timedelta(days=4)) == 1
    assert ledger.get(number).away_until == TODAY + timedelta(days=4)
    following.be_away(ledger, None)
    assert ledger.get(number).away_until is None


def test_a_referral_is_replaced_by_one_that_knows_it(ledger: Ledger) -> None:
    old, new = begun(ledger).number, begun(ledger).number
    sent(ledger, old)
    center_says(ledger, old, "declined", Told(reason_code="no_capacity"))
    with pytest.raises(BadInput, match="itself"):
        following.move(ledger, old, "re-referred", Told(replaced_by=old))
    others = begun(ledger, "BF-2").number
    ledger.save_field(others, "member_birth_date", "1/2/1970")
    with pytest.raises(BadInput, match="another member"):
        following.move(ledger, old, "re-referred", Told(replaced_by=others))
    assert (ledger.get(old).state, ledger.get(others).replaces) == ("declined", None)
    following.move(ledger, old, "re-referred", Told(replaced_by=new.lower()))
    assert ledger.get(new).replaces == old
    assert following.open_tasks(ledger, old) == ()


def test_the_wait_at_a_center_is_said_from_five_referrals_on(ledger: Ledger) -> None:
    for count in range(5):
        assert following.center_waits(ledger, "f-marquette") == ()
        number = begun(ledger, f"BF-{count}").number
        sent(ledger, number)
        center_says(ledger, number, "accepted")
    (wait,) = following.center_waits(ledger, "f-marquette")
    assert (wait.kind, wait.n, wait.median_days, wait.low_days, wait.high_days) == ("accepted", 5, 0.0, 0, 0)


def test_the_same_request_of_the_same_member_makes_one_referral(ledger: Ledger) -> None:
    first = begun(ledger, "BF-1", key="k1")
    assert begun(ledger, "BF-1", key="k1").number == first.number
    assert begun(ledger, "BF-2", key="k1").number != first.number
    assert begun(ledger, "BF-1", key="k2").number != first.number
    assert begun(ledger, "BF-1").number != first.number


@pytest.mark.parametrize(
    ("now", "label"),
    [("SUSPENDED", "suspended on 2026-11-20"), ("NOT_MET", "below public check: R2"), (None, "no longer in the")],
)
def test_an_edition_in_which_a_center_stands_worse_makes_one_task_and_cancels_nothing(
    ledger: Ledger, now: CredentialState | None, label: str
) -> None:
    worse, fine = begun(ledger).number, begun(ledger).number
    procedure, other = a_procedure(), a_center(id="f-fine")
    ledger.choose(fine, procedure, other.facility)
    offer = an_offer(centers=(other,), program="brewline-foods")
    ledger.attach_offer(fine, snapshot_json(offer, chosen="f-fine", procedure=procedure))

    async def ask(facility: str, question: Question) -> Center:
        assert (question.on, question.alliances) == (TODAY, ALLIANCES["brewline-foods"])
        if facility == "f-fine":
            return other
        if now is None:
            raise UnknownFacility("gone")
        return a_center(credential=a_credential(state=now, label=label))

    for tasks_made in (1, 0):
        pairs, cannot = edition_check.to_compare(ledger)
        found, unknown = asyncio.run(edition_check.compare_all(pairs, "another edition", TODAY, ALLIANCES, ask))
        assert (cannot, unknown) == ((), ())
        assert [each.number for each in found] == [worse]
        assert edition_check.keep_tasks(ledger, found, TODAY) == tasks_made
    (task,) = following.open_tasks(ledger, worse)
    assert (task.kind, task.due_on) == ("edition_change", MONDAY)
    assert "then under contract" in (task.what or "")
    assert f"now {label}" in (task.what or "")
    assert ledger.get(worse).state == "draft"
    unknown = asyncio.run(edition_check.compare_all(pairs, "another edition", TODAY, {}, ask))[1]
    assert {each.number for each in unknown} == {worse, fine}

"""A referral's life: only the moves of transitions.csv, each with what it needs, and never without a next step."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sample_referrals import a_draft

import navigator.referral
from navigator.referral import lifecycle
from navigator.referral.delivery import Delivery, a_try
from navigator.referral.lifecycle import ENDED, STATES, State, check_move, moves_from, state_named, transitions
from navigator.referral.making_moves import Told, make_move
from navigator.referral.moves import Appointment, Move
from navigator.referral.outcome import Outcome, an_outcome, avoided_surgery
from navigator.referral.reasons import REASONS, reason_in_words
from navigator.referral.record import Referral
from navigator.referral.task_rules import TaskChange, Terms, next_step, tasks_of, tasks_of_try, warranty_days
from navigator.referral.tasks import Task
from navigator.referral.working_days import is_working_day
from provider_directory.errors import BadInput

FILE = Path(navigator.referral.__file__).with_name("transitions.csv")
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
SENT = Delivery(route="fax", result="sent", at=NOW, by="jstone")
BUSY = Delivery(route="fax", result="failed", at=NOW, by="jstone", note="line busy")


def a_referral(state: State = "draft", held_from: State | None = None, complete: bool = True) -> Referral:
    """Give a referral; ``complete`` = with all that must be there before it is sent."""
    made = a_draft(state=state, held_from=held_from, created_at=NOW - timedelta(days=3), updated_at=NOW)
    return made if complete else made.model_copy(update={"consent": None})


def all_that_may_be_told(to: State, today: date = FRIDAY) -> Told:
    """Give whatever a move to a state could need."""
    return Told(
        reason="as told",
        delivery=SENT,
        appointment=Appointment(kind="evaluation", on=today + timedelta(days=20), at=time(9, 30)),
        visit="evaluation",
        outcome=Outcome(kind="surgery", done_on=today - timedelta(days=1)),
        safety_checked=True,
        replaced_by="CR-0000-0015-0" if to == "re-referred" else None,
    )


def move_of(referral: Referral, to: State, told: Told | None = None, now: datetime = NOW) -> Move:
    """Make a move, as the actor of the file."""
    found = next(each for each in moves_from(referral.state, referral.held_from) if each.to == to)
    told = told or all_that_may_be_told(to, now.date())
    return make_move(
        referral, to, told._replace(center_person="Ines" if found.actor == "center" else None), now, "jstone"
    )


def test_the_moves_are_those_of_the_file_and_every_state_is_reached() -> None:
    rows = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
    assert [(each.from_state, each.to, each.actor) for each in transitions()] == [
        (row["from"], row["to"], row["actor"]) for row in rows
    ]
    assert {row["to"] for row in rows} | {row["from"] for row in rows} == set(STATES)
    assert {state for state in STATES if not moves_from(state)} == {"completed", "re-referred"}
    assert set(lifecycle.WORDS) == set(STATES) == set(lifecycle.TASK_CODES)


@pytest.mark.parametrize("state", STATES)
def test_from_each_state_only_the_moves_of_the_file_are_legal_and_a_refusal_says_which(state: State) -> None:
    held: State | None = "received" if state == "on-hold" else None
    legal = {each.to: each for each in moves_from(state, held)}
    for to in STATES:
        if to in legal:
            assert check_move(state, held, to, legal[to].actor, "because").to == to
            with pytest.raises(BadInput, match="is made by"):
                check_move(state, held, to, "center" if legal[to].actor == "navigator" else "navigator", "because")
            if legal[to].reason_required:
                with pytest.raises(BadInput, match="needs a reason"):
                    check_move(state, held, to, legal[to].actor, " ")
        else:
            with pytest.raises(BadInput) as refused:
                check_move(state, held, to, "navigator", "because")
            assert {choice.id for choice in refused.value.choices} == set(legal)
            assert all(word in refused.value.next_step for word in legal)


def test_a_hold_goes_back_to_the_state_held_and_to_no_other() -> None:
    back = {each.to for each in moves_from("on-hold", "scheduled") if each.trigger.startswith("resume")}
    assert back == {"scheduled"}
    held = move_of(a_referral("scheduled"), "on-hold")
    assert (held.held_from, held.reason) == ("scheduled", "as told")
    with pytest.raises(BadInput, match="on-hold cannot become received"):
        move_of_any(a_referral("on-hold", "scheduled"), "received")


def move_of_any(referral: Referral, to: State) -> Move:
    return make_move(referral, to, Told(), NOW, "jstone")


def test_a_draft_is_sent_only_with_all_that_must_be_there() -> None:
    whole = all_that_may_be_told("requested")
    assert move_of(a_referral(), "requested", whole).safety_checked
    for referral, told, said in (
        (a_referral(complete=False), whole, "Consent to share"),
        (a_referral(), whole._replace(safety_checked=False), "safety questions"),
        (a_referral(), whole._replace(delivery=None), "route"),
        (a_referral(), whole._replace(gates_not_yet=("BMI is above 40",)), "Not yet: BMI is above 40"),
    ):
        with pytest.raises(BadInput, match=said):
            move_of(referral, "requested", told)
    gates = whole._replace(gates_not_yet=("BMI is above 40",), gates_overridden="the plan's nurse agreed")
    assert move_of(a_referral(), "requested", gates).gates_overridden == "the plan's nurse agreed"


@pytest.mark.parametrize(
    ("state", "to", "lacking"),
    [
        ("accepted", "scheduled", "appointment"),
        ("scheduled", "visit-done", "visit"),
        ("visit-done", "completed", "outcome"),
        ("declined", "re-referred", "replaced_by"),
    ],
)
def test_a_move_without_what_it_needs_is_refused(state: State, to: State, lacking: str) -> None:
    with pytest.raises(BadInput):
        move_of(a_referral(state), to, all_that_may_be_told(to)._replace(**{lacking: None}))  # type: ignore[arg-type]
    assert move_of(a_referral(state), to).to == to


def test_days_that_cannot_be_are_refused() -> None:
    whole = all_that_may_be_told("scheduled")
    for told, said in (
        (whole._replace(on=MONDAY), "in the future"),
        (whole._replace(on=FRIDAY - timedelta(days=9)), "before the referral began"),
        (whole._replace(appointment=Appointment(kind="evaluation", on=FRIDAY - timedelta(days=1))), "lies before"),
    ):
        with pytest.raises(BadInput, match=said):
            move_of(a_referral("accepted"), "scheduled", told)


def test_a_reason_is_a_code_words_or_both() -> None:
    assert reason_in_words("failed", "died", None) == "the member died"
    assert reason_in_words("declined", "clinical", "heart") == "the center found a clinical reason against it: heart"
    assert reason_in_words("on-hold", None, " waits \n for A1c ") == "waits for A1c"
    assert reason_in_words("received", None, None) is None
    for to, code, words, said in (
        ("failed", "nonsense", None, "no reason code"),
        ("on-hold", "died", None, "does not lead"),
        ("failed", "other", None, "nothing alone"),
        ("failed", None, "x" * 501, "more than 500"),
    ):
        with pytest.raises(BadInput, match=said):
            reason_in_words(to, code, words)  # type: ignore[arg-type]
    wanting = {each.to for each in transitions() if each.reason_required}
    assert wanting == {state for reason in REASONS for state in reason.leads_to}


def test_an_outcome_other_than_surgery_is_a_success() -> None:
    assert not avoided_surgery(an_outcome("surgery", FRIDAY, FRIDAY))
    assert avoided_surgery(an_outcome("other_care", None, FRIDAY))
    for kind, day in (("surgery", None), ("surgery", MONDAY), ("not_appropriate", FRIDAY), ("cured", None)):
        with pytest.raises(BadInput):
            an_outcome(kind, day, FRIDAY)


def test_a_try_says_its_route_and_a_failure_why() -> None:
    assert a_try("fax", "failed", NOW, "jstone", note="busy").note == "busy"
    for route, result, note in (("pigeon", "sent", None), ("fax", "lost", None), ("fax", "failed", " ")):
        with pytest.raises(BadInput):
            a_try(route, result, NOW, "jstone", note=note)


def kept(change: TaskChange, before: tuple[Task, ...] = ()) -> tuple[Task, ...]:
    """Give the tasks that are open after a change, as the ledger would keep them."""
    days = dict(change.moved_up)
    left = tuple(
        task.model_copy(update={"due_on": days.get(task.id, task.due_on)})
        for task in before
        if task.id not in change.settled
    )
    begun = len(before)
    made = (
        Task(**new.model_dump(), id=f"{begun}-{place}-{new.kind}", made_at=NOW, made_by="jstone")
        for place, new in enumerate(change.made)
    )
    return left + tuple(made)


def due(tasks: tuple[Task, ...]) -> dict[str, date]:
    return {task.kind: task.due_on for task in tasks}


def test_sending_makes_the_receipt_due_in_one_working_day_and_a_call_in_two() -> None:
    tasks = kept(tasks_of(move_of(a_referral(), "requested")))
    assert due(tasks) == {
        "receipt": MONDAY,
        "call_center": TUESDAY,
        "claims_administrator": MONDAY,
        "authorization": date(2026, 11, 30),  # five working days, Thanksgiving is none
    }
    received = kept(tasks_of(move_of(a_referral("requested"), "received"), tasks), tasks)
    assert set(due(received)) == {"acceptance", "claims_administrator", "authorization"}


def test_a_failed_try_is_a_task_for_today_and_a_sent_one_begins_the_wait_anew() -> None:
    tasks = kept(
        tasks_of(move_of(a_referral(), "requested", all_that_may_be_told("requested")._replace(delivery=BUSY)))
    )
    assert due(tasks)["send_again"] == FRIDAY
    assert "receipt" not in due(tasks)
    after = kept(tasks_of_try(SENT, MONDAY, tasks), tasks)
    assert "send_again" not in due(after)
    assert due(after)["receipt"] == TUESDAY


def test_what_is_sent_once_the_center_has_it_waits_for_no_receipt_but_fails_no_less_loudly() -> None:
    tasks = kept(tasks_of(move_of(a_referral("received"), "accepted")))
    failed = kept(tasks_of_try(BUSY, MONDAY, tasks, first=False), tasks)
    assert due(failed) == {**due(tasks), "send_again": MONDAY}
    assert due(kept(tasks_of_try(SENT, MONDAY, failed, first=False), failed)) == due(tasks)


def test_a_visit_pulls_forward_what_must_be_there_before_it_and_keeps_each_record() -> None:
    tasks = kept(tasks_of(move_of(a_referral("received"), "accepted")))
    knee = tasks[1].model_copy(update={"id": "knee", "what": "X-ray of the knee", "where_from": "Dr. Hale"})
    tasks = (*tasks, knee)
    visit = Appointment(kind="evaluation", on=TUESDAY)
    told = all_that_may_be_told("scheduled")._replace(appointment=visit)
    after = kept(tasks_of(move_of(a_referral("accepted"), "scheduled", told), tasks), tasks)
    records = [task for task in after if task.kind == "records"]
    assert [(task.what, task.where_from, task.due_on) for task in records] == [
        (None, None, MONDAY),
        ("X-ray of the knee", "Dr. Hale", MONDAY),
    ]
    assert due(after)["visit"] == date(2026, 11, 25)
    assert "evaluation_date" not in due(after)


def test_after_surgery_the_member_is_called_on_working_days_and_before_the_warranty_ends() -> None:
    told = all_that_may_be_told("completed")._replace(outcome=Outcome(kind="surgery", done_on=FRIDAY))
    move = move_of(a_referral("visit-done"), "completed", told)
    calls = {task.marker: task.due_on for task in tasks_of(move).made}
    assert calls == {
        "7": date(2026, 11, 27),
        "14": date(2026, 12, 4),
        "30": date(2026, 12, 21),
        "90": date(2027, 2, 18),
    }
    own = tasks_of(move, terms=Terms((10,), "60 days, related readmissions")).made
    assert [(task.kind, task.due_on) for task in own] == [
        ("follow_up", date(2026, 11, 30)),
        ("warranty_end", date(2027, 1, 19)),
    ]
    assert warranty_days("ninety") is None
    spared = told._replace(outcome=Outcome(kind="not_appropriate"))
    assert tasks_of(move_of(a_referral("visit-done"), "completed", spared)).made == ()


class Life(RuleBasedStateMachine):
    """Any legal life, with its tasks followed as the ledger would."""

    @initialize()
    def begin(self) -> None:
        self.referral = a_referral()
        self.now = NOW
        self.tasks: tuple[Task, ...] = ()
        self.count = 0

    @rule(pick=st.integers(0, 1000), days=st.integers(0, 20), failed=st.booleans())
    def go_on(self, pick: int, days: int, failed: bool) -> None:
        possible = moves_from(self.referral.state, self.referral.held_from)
        if not possible:
            return
        self.now += timedelta(days=days)
        to = possible[pick % len(possible)].to
        told = all_that_may_be_told(to, self.now.date())._replace(delivery=BUSY if failed else SENT)
        move = move_of(self.referral, to, told, self.now)
        assert (move.from_state, move.to) in {(each.from_state, each.to) for each in transitions()}
        self.tasks = self._kept(tasks_of(move, self.tasks))
        self.referral = self.referral.model_copy(update={"state": to, "held_from": move.held_from})

    def _kept(self, change: TaskChange) -> tuple[Task, ...]:
        self.count += 100
        return tuple(
            task.model_copy(update={"id": f"{task.id}-{self.count}"} if task not in self.tasks else {})
            for task in kept(change, self.tasks)
        )

    @invariant()
    def nothing_open_is_without_a_next_step(self) -> None:
        since = self.now.date()
        if self.referral.state in ENDED:
            assert next_step(self.referral.state, since) is None
        elif self.referral.state == "draft":
            assert next_step("draft", since) is not None
        else:
            assert self.tasks
        assert all(is_working_day(task.due_on) for task in self.tasks)

    @invariant()
    def a_hold_knows_what_it_holds(self) -> None:
        assert (self.referral.held_from is not None) == (self.referral.state == "on-hold")


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_every_state_has_words_for_its_moves() -> None:
    def sentences() -> Iterator[str]:
        for state in STATES:
            yield lifecycle.said_possible(state, "draft" if state == "on-hold" else None)

    assert sum("it is the end" in sentence for sentence in sentences()) == 2
    assert state_named("No Show") == state_named("no_show") == "no-show"
    assert (state_named("canceled"), state_named("visit canceled")) == ("cancelled", "visit-cancelled")
    with pytest.raises(BadInput, match="no state"):
        state_named("lost")


BSER = Path(__file__).parents[3] / "shared" / "method" / "bser_transitions.csv"


@pytest.mark.real
@pytest.mark.skipif(not BSER.exists(), reason="the method's files are not beside the project")
def test_the_moves_taken_from_bser_lead_between_the_codes_of_its_table() -> None:
    rows = {row["tid"]: row for row in csv.DictReader(BSER.read_text(encoding="utf-8").splitlines())}
    taken = [each for each in transitions() if each.source.startswith("BSeR T")]
    assert {each.source[-2:] for each in taken} == {f"{number:02}" for number in range(2, 31)}
    for each in taken:
        row, codes = rows[each.source[-2:]], lifecycle.TASK_CODES
        if each.from_state != "requested":  # ours; BSeR begins with what was received
            assert (row["from_status"], row["from_business"]) == codes[each.from_state]
        assert (row["to_status"], row["to_business"]) == codes[each.to]
        assert (row["actor"] == "recipient") == (each.actor == "center")

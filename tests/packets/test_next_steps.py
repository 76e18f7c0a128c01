"""Who calls whom and by when: for every state of a referral, in words that can be said on the phone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.packets.next_steps import next_steps
from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import STATES, State
from navigator.referral.moves import Appointment, Move
from navigator.referral.record import Consent, Member, Referral, SafeContact
from navigator.referral.task_rules import next_step, tasks_of
from navigator.referral.tasks import NewTask, Task
from navigator.referral.working_days import is_working_day

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


def a_referral(state: State, method: str = "phone") -> Referral:
    return Referral.model_validate(
        dict.fromkeys(Referral.model_fields)
        | {
            "number": "CR-7K3M-9QX3-0",
            "state": state,
            "created_at": AT,
            "created_by": "ines",
            "updated_at": AT,
            "edition": "e1",
            "demonstration": True,
            "sensitive": False,
            "member": Member(),
            "safe_contact": SafeContact.model_validate({"method": method}),
        }
    )


def kept(*new: NewTask) -> tuple[Task, ...]:
    return tuple(Task(id=str(n), made_at=AT, made_by="ines", **each.model_dump()) for n, each in enumerate(new))


def after(to: State, before: State = "draft", appointment: Appointment | None = None) -> tuple[Task, ...]:
    tried = Delivery(route="fax", result="sent", at=AT, by="ines") if to == "requested" else None
    made = Move(
        from_state=before,
        to=to,
        actor="center",
        trigger="t",
        at=AT,
        by="ines",
        on=MONDAY,
        delivery=tried,
        appointment=appointment,
    )
    return kept(*tasks_of(made).made)


def said(state: State, tasks: tuple[Task, ...], today: date = MONDAY, method: str = "phone") -> list[str]:
    return [step.words for step in next_steps(a_referral(state, method), tasks, today)]


def test_a_referral_that_was_just_sent_tells_three_dates_over_thanksgiving() -> None:
    assert said("requested", after("requested")) == [
        "by Tue Nov 24 we make sure that the center has it",
        "by Mon Nov 30 the center calls you and says whether it accepts",
        "by Mon Dec 7 the center calls you with a day for the first visit",
    ]


def test_a_draft_tells_the_same_from_the_day_on_which_it_is_to_be_sent() -> None:
    assert said("draft", ())[:2] == [
        "by Tue Nov 24 we send it to the center",
        "by Wed Nov 25 we make sure that the center has it",
    ]


def test_who_may_not_be_called_calls_and_the_center_answers_the_desk() -> None:
    steps = next_steps(a_referral("received", "none"), after("received", "requested"), MONDAY)
    assert (steps[0].who, steps[0].to) == ("center", "desk")
    assert steps[0].words == "by Fri Nov 27 the center tells us whether it accepts; you call us"
    assert not [step for step in steps if "calls you" in step.words or "we call you" in step.words]


def test_a_visit_is_told_with_the_centers_hour_and_the_call_after_it() -> None:
    visit = Appointment(kind="evaluation", on=date(2027, 1, 11), at=time(9, 30), time_zone="America/Chicago")
    steps = next_steps(a_referral("scheduled"), after("scheduled", "accepted", visit), MONDAY, visit)
    assert [step.words for step in steps] == [
        "by Wed Nov 25 we call you about the trip there",
        "Mon Jan 11, 2027 at 09:30, the center's time, you go to the center: evaluation",
        "by Tue Jan 12, 2027 we call you and ask how the visit went",
    ]
    assert [step.on_the_day for step in steps] == [False, True, False]


def test_no_call_about_the_way_is_told_where_the_plan_pays_no_travel() -> None:
    tasks = kept(NewTask(kind="travel", due_on=MONDAY), NewTask(kind="visit", due_on=MONDAY))
    for state, kinds in (("not_paid", ["visit"]), ("paid", ["travel", "visit"]), ("check_miles", ["travel", "visit"])):
        steps = next_steps(a_referral("scheduled"), tasks, MONDAY, rule={"travel": {"state": state}})
        assert [each.kind for each in steps] == kinds


def test_what_is_late_is_due_today_and_a_failed_try_is_sent_again() -> None:
    late = kept(NewTask(kind="send_again", due_on=MONDAY))
    first = next_steps(a_referral("requested"), late, MONDAY + timedelta(days=8))[0]
    assert first.late
    assert first.words == "today we send it again, for the last try failed"


def test_nobody_is_said_to_send_or_call_where_the_member_s_consent_does_not_stand() -> None:
    said_no = Consent(given=False, script_version="1", at=AT, method="spoken")
    for consent in (said_no, said_no.model_copy(update={"given": True, "withdrawn_at": AT})):
        for state in STATES:
            referral = a_referral(state).model_copy(update={"consent": consent})
            own = NewTask(kind="hold_review", due_on=MONDAY)
            told = next_steps(referral, (*after(state), *kept(own)), SUNDAY)
            assert "hold_review" in {each.kind for each in told}
            assert all({each.who, each.to} == {"desk", "member"} or each.kind == "cancel_confirmation" for each in told)


def test_the_desks_own_tasks_and_their_words_are_not_said() -> None:
    own = kept(
        NewTask(kind="other", due_on=MONDAY, what="rival is cheaper"),
        NewTask(kind="edition_change", due_on=MONDAY, what="suspended"),
        NewTask(kind="acceptance", due_on=MONDAY, what="hip, not knee"),
    )
    words = " ".join(said("received", own))
    assert words.startswith("today the center calls you")
    assert "rival" not in words
    assert "hip" not in words


@settings(max_examples=60)
@given(
    state=st.sampled_from(STATES),
    days=st.lists(st.integers(-30, 60), max_size=4),
    today=st.dates(date(2026, 11, 20), date(2027, 1, 5)),
)
def test_every_state_tells_at_most_three_days_in_order_and_none_in_the_past(
    state: State, days: list[int], today: date
) -> None:
    owed = next_step(state, MONDAY)
    tasks = kept(*(NewTask(kind="follow_up", due_on=MONDAY + timedelta(days=each)) for each in days))
    steps = next_steps(a_referral(state), tasks, today)
    assert len(steps) <= 3
    assert [step.by for step in steps] == sorted(step.by for step in steps)
    assert all(step.by >= today for step in steps)
    assert all(is_working_day(step.by) for step in steps if step.late)
    assert bool(steps) == bool(tasks or owed)

"""What follows from a referral without a store: the work list, waits, case kinds, requests by file, what was shown."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.referral.case_kinds import answer_due, case_kinds, first_tasks
from navigator.referral.edition_changes import Standing, is_worse
from navigator.referral.from_file import read_request
from navigator.referral.lifecycle import ENDED, STATES, WORDS, State, moves_from
from navigator.referral.moves import Move
from navigator.referral.record import FIELDS as FORM
from navigator.referral.shown import shown_lines
from navigator.referral.snapshot import center_shown, gates_not_yet, sha256, snapshot_json, taken_apart
from navigator.referral.task_rules import next_step
from navigator.referral.tasks import WORDS as TASK_WORDS
from navigator.referral.tasks import Task, a_task, task_kind, task_line
from navigator.referral.telling import fields_of_move
from navigator.referral.waits import FEWEST, spans_of, wait_of, wait_words
from navigator.referral.working_days import is_working_day
from navigator.referral.worklist import Subject, section_named, work_list
from provider_directory.errors import BadInput
from provider_directory.models import CredentialState
from provider_directory.testing import a_center, a_procedure, an_offer

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
DAYS = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


@given(
    st.lists(st.tuples(st.sampled_from(STATES), DAYS, st.lists(st.tuples(DAYS, st.booleans()), max_size=3)), max_size=8)
)
def test_nothing_past_its_due_date_goes_unseen(lives: list[tuple[State, date, list[tuple[date, bool]]]]) -> None:
    subjects: list[Subject] = []
    tasks: list[Task] = []
    for place, (state, since, owed) in enumerate(lives):
        number = f"CR-{place}"
        subjects.append(
            Subject(number, state, WORDS[state], since, False, "Ada Quill", None, None, "jstone", demonstration=True)
        )
        for due_on, done in owed:
            made = Task(
                id=f"{number}-{len(tasks)}", number=number, kind="other", due_on=due_on, made_at=NOW, made_by="j"
            )
            tasks.append(made.model_copy(update={"done_at": NOW}) if done else made)
    found = work_list(subjects, tasks, TODAY, "jstone", "all")
    seen = {row.id: row for row in found.rows}
    for place, (state, since, owed) in enumerate(lives):
        row = seen.get(f"CR-{place}")
        first = min((due_on for due_on, done in owed if not done), default=None)
        assert (row is None) == (state in ENDED and first is None)
        if step := next_step(state, since):  # a task of another kind hides nothing that the state owes
            first = min(first or step.due_on, step.due_on)
        if row and first:
            assert row.due_on == first
            assert ("overdue" in row.sections) == (first < TODAY)
    assert [row.due_on for row in found.rows] == sorted(row.due_on for row in found.rows)
    assert found.counts["all"] == len(found.rows) == found.counts["mine"]
    assert section_named("Bill risk") == "bill_risk"
    with pytest.raises(BadInput, match="no such section"):
        section_named("lost")


@pytest.mark.parametrize("state", [state for state in STATES if state not in ENDED])
def test_after_a_consent_is_taken_back_the_stop_leads_and_then_its_confirmation(state: State) -> None:
    subject = Subject("CR-1", state, "x", TODAY, False, None, None, None, "jstone", may_go_on=False)
    late = [
        Task(id=kind, number="CR-1", kind=kind, due_on=TODAY - timedelta(3), made_at=NOW, made_by="j")
        for kind in ("receipt", "call_center", "send_again", "records", "other")
    ]
    stop = Task(id="stop", number="CR-1", kind="stop", due_on=TODAY, made_at=NOW, made_by="j")
    (row,) = work_list([subject], [*late, stop], TODAY, "jstone", "all").rows
    assert (row.what, row.task_id, row.due_on, row.overdue_days) == ("tell the center to stop", "stop", TODAY, 0)
    (then,) = work_list([subject], late[:4], TODAY, "jstone", "all").rows
    assert then.what not in {TASK_WORDS[task.kind] for task in late} | {"fill in and send"}
    if state in ("requested", "received", "accepted"):
        assert then.what == "get the cancel confirmed"


def a_move(from_state: State, to: State, on: date, **over: Any) -> Move:
    return Move(from_state=from_state, to=to, actor="center", trigger="t", at=NOW, by="j", on=on, **over)


@given(st.lists(st.integers(0, 300), max_size=12))
def test_a_wait_is_a_median_with_its_range_and_never_of_fewer_than_five(days: list[int]) -> None:
    lives = [
        (a_move("draft", "requested", TODAY), a_move("requested", "accepted", TODAY + timedelta(days=each)))
        for each in days
    ]
    wait = wait_of(lives, "accepted")
    if len(days) < FEWEST:
        assert wait is None
        return
    assert wait is not None
    ordered, middle = sorted(days), len(days) // 2
    assert (wait.n, wait.low_days, wait.high_days) == (len(days), ordered[0], ordered[-1])
    assert wait.median_days in (ordered[middle], (ordered[middle - 1] + ordered[middle]) / 2)
    assert f"{len(days)} referrals" in wait_words(wait)


def test_only_what_came_after_sending_counts_as_a_wait() -> None:
    assert spans_of([a_move("requested", "accepted", TODAY)]) == {}
    resumed = a_move("on-hold", "accepted", TODAY)
    visit = a_move("scheduled", "visit-done", TODAY + timedelta(days=9), visit="evaluation")
    again = visit.model_copy(update={"on": TODAY + timedelta(days=30)})
    assert spans_of([a_move("draft", "requested", TODAY), resumed, visit, again]) == {"evaluation": 9}


STATES_SEEN: tuple[CredentialState, ...] = (
    "CONTRACT",
    "MEETS_PUBLIC",
    "NO_EVIDENCE",
    "NOT_MET",
    "SUSPENDED",
    "EXPIRED",
)


@pytest.mark.parametrize("then", STATES_SEEN)
@pytest.mark.parametrize("now", STATES_SEEN)
def test_a_standing_got_worse_where_a_warning_is_new_or_a_contract_is_gone(
    then: CredentialState, now: CredentialState
) -> None:
    warned = now in ("NOT_MET", "SUSPENDED", "EXPIRED") and now != then
    assert is_worse(Standing(then, ""), Standing(now, "")) == (warned or (then == "CONTRACT" and now != "CONTRACT"))
    assert is_worse(Standing(then, ""), Standing(None, ""))


@pytest.mark.parametrize("kind", case_kinds())
def test_each_kind_of_case_is_answered_on_a_working_day(kind: str) -> None:
    due = answer_due(kind, TODAY)
    assert is_working_day(due)
    assert TODAY < due <= TODAY + timedelta(days=31)
    tasks = first_tasks(kind, TODAY)
    assert tasks[-1].due_on == due
    assert all(task.due_on <= due for task in tasks)


def test_a_complaint_is_due_by_calendar_days_and_a_bill_by_working_days() -> None:
    assert answer_due("complaint", date(2026, 11, 2)) == date(2026, 12, 2)
    assert answer_due("bill", date(2026, 11, 2)) == date(2026, 11, 17)
    with pytest.raises(BadInput, match="no kind of case"):
        answer_due("lawsuit", TODAY)


REQUEST: dict[str, Any] = {
    "procedure": "new knee",
    "place": "53202",
    "facility": "90Z001",
    "member": {"name": "Ada Quill", "birth_date": "3/9/1961", "member_id": "BF-1"},
    "interpreter": False,
    "safe_contact": {"method": "none"},
    "consent": "spoken_yes",
}


def test_a_request_gives_checked_values_of_the_form() -> None:
    request, values = read_request(json.dumps(REQUEST), "r.json")
    assert request.procedure == "new knee"
    assert values == {
        "member_name": "Ada Quill",
        "member_birth_date": date(1961, 3, 9),
        "member_id": "BF-1",
        "interpreter": False,
        "contact_method": "none",
        "consent": "spoken_yes",
    }
    assert set(values) < {field.id for field in FORM}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"procedur": "x"}, "procedur: there is no such name"),
        ({"member": {"nam": "x"}}, "member.nam: there is no such name"),
        ({"procedure": None}, "procedure: found null"),
        ({"member": {"birth_date": "1961-13-40"}}, 'member.birth_date: "1961-13-40" is not a day'),
        ({"urgency": "at once", "consent": "maybe"}, 'urgency: "at once" is not among the choices'),
        ({"member": {"member_id": "123-45-6789"}}, "social security"),
        ({"client_key": "k", "member": {}}, "member.member_id is missing"),
        ({"client_key": ""}, "client_key: found an empty"),
        ({"miles": -1}, "miles: found -1"),
    ],
)
def test_each_bad_field_of_a_request_is_named_by_its_path_with_what_was_found(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_request(json.dumps(REQUEST | change), "r.json")
    assert "r.json" in refused.value.message
    assert said in refused.value.message
    if "consent" in change:
        assert "consent:" in refused.value.message


@pytest.mark.parametrize("text", ["", "[]", "{", '{"place": "a", "place": "b"}', "[" * 100_000, '{"miles": NaN}'])
def test_what_is_no_request_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match=r"r\.json"):
        read_request(text, "r.json")


def test_a_snapshot_shows_again_what_was_shown_from_its_json_alone() -> None:
    offer, center = an_offer(program="brewline-foods"), a_center()
    kept = snapshot_json(offer, chosen=center.facility.id, procedure=a_procedure())
    lines = list(shown_lines(kept))
    text = "\n".join(lines)
    assert lines[0].startswith("What was shown: Total knee replacement near 53202")
    assert "DEMONSTRATION" in lines[1]
    assert lines[-1].endswith(sha256(kept))
    for each in offer.centers:
        assert each.facility.name in text
        assert each.credential.label in text
        assert each.price.label in text
    assert sum("<- chosen" in line for line in lines) == 1
    assert center_shown(taken_apart(kept), "nobody") is None


def test_a_snapshot_of_the_offer_alone_still_opens_and_any_object_does_no_harm() -> None:
    first_form = an_offer().model_dump_json()
    lines = list(shown_lines(first_form))
    assert any("Marquette Lakes" in line for line in lines)
    assert not any("chosen" in line for line in lines)
    assert len(list(shown_lines('{"edition":"e1"}'))) == 5
    rule = {"form": 2, "rule": {"gates": [{"state": "not_yet", "words": "BMI"}, {"state": "met", "words": "age"}]}}
    assert gates_not_yet(taken_apart(json.dumps(rule))) == ("BMI",)
    with pytest.raises(BadInput):
        taken_apart("[]")


def test_a_task_says_what_is_to_be_done_and_fits_its_row() -> None:
    knee = a_task("records", TODAY, " X-ray\nof the knee ", "Dr. Hale", False)
    assert task_line(knee) == "gather the records: X-ray of the knee, from Dr. Hale, release not signed"
    assert max(map(len, TASK_WORDS.values())) <= 28
    assert task_kind("evaluation date") == "evaluation_date"
    for wrong in ("", "nonsense"):
        with pytest.raises(BadInput):
            task_kind(wrong)
    with pytest.raises(BadInput, match="says nothing"):
        a_task("other", TODAY, None, None, None)


def test_each_move_asks_for_what_it_needs_and_for_no_field_twice() -> None:
    for state in STATES:
        for move in moves_from(state, "scheduled" if state == "on-hold" else None):
            ids = [field.id for field in fields_of_move(move, ("BMI is above 40",))]
            assert len(ids) == len(set(ids))
            assert ("reason" in ids) == move.reason_required
            assert ("center_person" in ids) == (move.actor == "center")
            assert ids[-1] == "on"


@pytest.mark.parametrize(("field", "wrong", "right"), [("hour", "12/14/2026", "9:30"), ("hour", "25:70", "14:00")])
@pytest.mark.parametrize("zone", ["Nowhere", "0930"])
def test_an_hour_or_a_time_zone_that_does_not_exist_is_told_of_as_its_field_is_left(
    field: str, wrong: str, right: str, zone: str
) -> None:
    move = next(move for move in moves_from("accepted") if move.to == "scheduled")
    checked = {each.id: each.check for each in fields_of_move(move)}
    assert checked[field](right) == right
    assert checked["time_zone"]("America/Chicago") == "America/Chicago"
    for name, text in ((field, wrong), ("time_zone", zone)):
        with pytest.raises(BadInput):
            checked[name](text)

"""A center's messages: the moves that they tell, and those that are refused without a change (360X error cases)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from center_answers import answer, appointment, coded, outcome, output
from hypothesis import given
from hypothesis import strategies as st
from sample_referrals import FIELDS

from navigator.fhir import codes
from navigator.fhir.reading import MOST_CHARACTERS, MessageRefused, read_json
from navigator.fhir.status_in import read_status
from navigator.fhir.taking import MessageTaken
from navigator.ledger import following
from navigator.ledger.center_messages import take_message
from navigator.ledger.ledger import Ledger
from navigator.referral.delivery import a_try
from navigator.referral.making_moves import Told
from navigator.referral.snapshot import snapshot_json
from provider_directory.errors import BadInput
from provider_directory.testing import a_center, a_procedure, an_offer

Json = dict[str, Any]
CENTER = a_center()
CCN = CENTER.facility.ccn or ""
SENT = datetime(2026, 11, 23, 15, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 15, tzinfo=UTC)


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.moment = SENT

    def __call__(self) -> datetime:
        return self.moment


class Desk:
    """A ledger, its clock, and a referral that may be sent."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.ledger = Ledger.open(folder / "referrals.db", folder / "ledger.key", self.clock)

    def begun(self, demonstration: bool = True) -> str:
        procedure, offer = a_procedure(), an_offer(centers=(CENTER,))
        draft = self.ledger.start(
            edition="e1", demonstration=demonstration, procedure=procedure, facility=CENTER.facility, fields=FIELDS
        )
        shown = snapshot_json(offer, chosen=CENTER.facility.id, procedure=procedure)
        self.ledger.attach_offer(draft.number, shown)
        return draft.number

    def sent(self) -> str:
        self.clock.moment = SENT
        number = self.begun()
        tried = a_try("portal", "sent", self.clock(), "desk")
        following.move(self.ledger, number, "requested", Told(safety_checked=True, delivery=tried))
        self.clock.moment = LATER
        return number

    def takes(self, message: Json, dry_run: bool = False) -> MessageTaken:
        text = json.dumps(message)
        return take_message(self.ledger, read_status(read_json(text, "file"), text), dry_run)

    def says(self, number: str, state: str, **more: Any) -> MessageTaken:
        more.setdefault("message_id", f"m-{state}")
        return self.takes(answer(number, state, ccn=CCN, **more))

    def kept(self, number: str) -> tuple[object, ...]:
        """Give all that a refused message must leave as it is."""
        ledger = self.ledger
        return ledger.get(number), ledger.moves.events(number), ledger.tasks.of(number), ledger.notes.of(number)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("messages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COE_HOME", str(folder))
        found = Desk(folder)
        yield found
        found.ledger.close()


def test_a_life_told_by_messages_alone(desk: Desk) -> None:
    number = desk.sent()
    assert desk.says(number, "received").after == "received"
    taken = desk.says(number, "accepted", center_number="LK-5", task={"note": [{"text": "bring\u202e films"}]})
    assert (taken.before, taken.after, len(taken.said)) == ("received", "accepted", 2)
    assert desk.ledger.get(number).center_number == "LK-5"
    assert [note.text for note in desk.ledger.notes.of(number)] == ["From the center: bring films"]
    scheduled = desk.says(number, "scheduled", extra=(appointment(),))
    assert any("what the visit is for" in each for each in scheduled.said)
    assert desk.says(number, "no-show", task={"statusReason": {"text": "snow"}}).after == "no-show"
    desk.says(number, "scheduled", message_id="m-again", extra=(appointment("2027-01-11T15:00:00Z", "evaluation"),))
    assert desk.says(number, "visit-done", task={"executionPeriod": {"end": "2027-01-11"}}).after == "visit-done"
    desk.says(number, "scheduled", message_id="m-surgery", extra=(appointment("2027-02-02T08:00:00-06:00"),))
    assert (
        desk.says(number, "completed", at="2027-02-04T10:00:00Z", task=outcome("surgery", "2027-02-02")).after
        == "completed"
    )
    moves = desk.ledger.moves.events(number)
    assert [move.to for move in moves] == [
        *("requested", "received", "accepted", "scheduled", "no-show", "scheduled", "visit-done", "scheduled"),
        "completed",
    ]
    assert {(move.actor, move.center_person) for move in moves[1:]} == {("center", "Ines Hale")}
    first, second, surgery = (move.appointment for move in moves if move.appointment)
    assert first is not None
    assert (first.kind, first.on, first.at) == ("evaluation", date(2026, 12, 14), time(9, 30))
    assert second is not None
    assert surgery is not None
    assert (second.kind, surgery.kind) == ("evaluation", "surgery")
    assert (moves[4].reason, moves[6].visit, moves[6].on) == ("snow", "evaluation", date(2027, 1, 11))
    assert moves[8].outcome is not None
    assert moves[8].outcome.done_on == date(2027, 2, 2)
    assert {"follow_up", "warranty"} & {task.kind for task in desk.ledger.tasks.of(number)}


def test_the_same_message_twice_is_told_once_and_the_same_news_by_another_changes_nothing(desk: Desk) -> None:
    number = desk.sent()
    assert not desk.says(number, "accepted").known_already
    before = desk.kept(number)
    assert desk.says(number, "accepted").known_already
    assert desk.says(number, "accepted", message_id="another").known_already
    assert desk.kept(number) == before
    desk.says(number, "visit-done", task=output("visit", valueCodeableConcept=coded(codes.VISIT, "evaluation")))
    assert desk.says(number, "accepted").known_already  # late, and known
    assert desk.says(number, "visit-done", message_id="second visit").after == "visit-done"
    assert [move.to for move in desk.ledger.moves.events(number)] == [
        "requested",
        "accepted",
        "visit-done",
        "visit-done",
    ]


def test_a_dry_run_tells_the_move_and_writes_nothing(desk: Desk) -> None:
    number = desk.sent()
    before = desk.kept(number)
    taken = desk.takes(
        answer(number, "declined", ccn=CCN, center_number="LK-1", task=_because("no room")), dry_run=True
    )
    assert (taken.after, taken.dry_run, taken.said) == ("declined", True, ("The center's own number: LK-1.",))
    assert desk.kept(number) == before
    assert desk.says(number, "declined", task=_because("no room", "no_capacity")).after == "declined"
    assert desk.ledger.moves.events(number)[-1].reason == "the center has no room in time: no room"


@pytest.mark.parametrize(
    ("state", "task"),
    [
        ("accepted", {}),
        ("declined", {"statusReason": {"text": "full"}}),
        ("visit-done", {}),
        ("completed", outcome("other_care")),
    ],
)
def test_an_answer_without_a_request_is_refused(desk: Desk, state: str, task: Json) -> None:
    """360X: accept, decline, interim and complete without a request."""
    desk.clock.moment = SENT
    number = desk.begun()
    before = desk.kept(number)
    with pytest.raises(MessageRefused, match="was never sent"):
        desk.says(number, state, task=task)
    assert desk.kept(number) == before


def test_refused_without_a_change_is_what_cannot_be_about_this_referral_now(desk: Desk) -> None:
    """360X: interim after complete, right number with wrong patient, unknown number; and their likes."""
    number, ended, real = desk.sent(), desk.sent(), desk.begun(demonstration=False)
    desk.says(ended, "accepted")
    desk.says(ended, "completed", task=outcome("not_appropriate"))
    before = desk.kept(number), desk.kept(ended)
    test_message = answer(real, "accepted", ccn=CCN)
    test_message["meta"] = {"tag": [{"code": "HTEST"}]}
    no_sender = answer(number, "accepted", ccn=CCN)
    no_sender["entry"][4]["resource"]["identifier"] = []
    no_patient = answer(number, "accepted", ccn=CCN)
    no_patient["entry"][2]["resource"] = {"resourceType": "Patient", "id": "p", "name": [{"text": "Ada Quill"}]}
    mistyped = f"{number[:-1]}{'1' if number[-1] == '0' else '0'}"
    refused: dict[str, Json] = {
        "is completed already": answer(ended, "visit-done", ccn=CCN),
        "another patient": answer(number, "accepted", ccn=CCN, born="1961-03-10"),
        "names another patient": answer(number, "accepted", ccn=CCN, name="Hale"),
        "clearly enough": no_patient,
        "no referral of this desk": answer("CR-7K3M-9QX3-0", "accepted", ccn=CCN),
        "should be": answer(mistyped, "accepted", ccn=CCN),
        "from another center": answer(number, "accepted", ccn="90Z099"),
        "does not say which center": no_sender,
        "is a real referral": test_message,
        "says visit-cancelled": answer(number, "visit-cancelled", ccn=CCN),
        "take them in order": answer(number, "scheduled", ccn=CCN, extra=(appointment(),)),
        "says completed": answer(number, "completed", ccn=CCN),
        "before the referral began": answer(number, "accepted", ccn=CCN, at="2026-11-01T09:00:00Z"),
        "in the future": answer(number, "accepted", ccn=CCN, at="2031-01-01T09:00:00Z"),
        "needs a reason": answer(number, "declined", ccn=CCN),
    }
    for words, message in refused.items():
        with pytest.raises(BadInput, match=words) as told:
            desk.takes(message)
        assert "Quill" not in str(told.value)
    assert (desk.kept(number), desk.kept(ended)) == before


def test_what_a_center_claims_is_checked_against_the_record(desk: Desk) -> None:
    number = desk.sent()
    desk.says(number, "accepted", center_number="LK-5")
    refused: dict[str, Json] = {
        "this message says LK-6": answer(number, "scheduled", ccn=CCN, center_number="LK-6", message_id="a"),
        "needs its day": answer(number, "scheduled", ccn=CCN, message_id="b"),
        "lies before": answer(
            number, "scheduled", ccn=CCN, message_id="c", extra=(appointment("2026-11-01T09:00:00Z"),)
        ),
        "several appointments": answer(
            number, "scheduled", ccn=CCN, message_id="d", extra=(appointment(), appointment() | {"id": "b"})
        ),
        "needs its outcome": answer(number, "completed", ccn=CCN, message_id="e"),
        "lacks its day": answer(number, "completed", ccn=CCN, message_id="f", task=outcome("surgery")),
        "lies before the referral": answer(
            number, "completed", ccn=CCN, message_id="g", task=outcome("surgery", "2026-01-05")
        ),
        "is in the future": answer(number, "completed", ccn=CCN, message_id="h", task=outcome("surgery", "2031-01-05")),
    }
    before = desk.kept(number)
    for words, message in refused.items():
        with pytest.raises(BadInput, match=words):
            desk.takes(message)
    assert desk.kept(number) == before
    desk.says(number, "scheduled", extra=(appointment("2032-06-01T15:00:00Z"),))
    with pytest.raises(MessageRefused, match="Nobody can have missed it yet"):
        desk.says(number, "no-show", task={"statusReason": {"text": "did not come"}})
    desk.says(number, "completed", task=outcome("other_care"))
    assert desk.says(number, "completed", message_id="again", task=outcome("other_care")).known_already
    with pytest.raises(MessageRefused, match="completed already"):
        desk.says(number, "completed", message_id="other", task=outcome("not_appropriate"))


def test_a_cancelation_is_confirmed_and_a_task_alone_is_taken_too(desk: Desk) -> None:
    number = desk.sent()
    following.move(desk.ledger, number, "cancel-requested", Told(reason_code="not_wanted"))
    assert desk.says(number, "cancelled").after == "cancelled"
    assert desk.ledger.moves.events(number)[-1].reason == "the center's message gives no reason"
    other = desk.sent()
    task = answer(other, "accepted", ccn=CCN)["entry"][1]["resource"]
    task["contained"] = [
        {"resourceType": "Patient", "id": "p", "name": [{"text": "Quill, Ada"}], "birthDate": "1961-03-09"}
    ]
    task |= {"for": {"reference": "#p"}, "owner": {"identifier": {"system": codes.CCN, "value": CCN}}}
    assert not desk.takes(task).known_already
    assert desk.takes(task).known_already


def test_the_message_of_the_document_is_understood() -> None:
    document = (Path(__file__).resolve().parents[2] / "docs/fhir.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", document, flags=re.DOTALL)
    found = read_status(read_json(example, "docs/fhir.md"), example)
    assert (found.number, found.to, found.center_number) == ("CR-7K3M-9QX3-0", "completed", "LK-5")
    assert (found.outcome, found.surgery_on, found.member.name) == ("surgery", date(2027, 2, 2), "Ada Quill")
    assert (found.sender.identifiers, found.at) == (frozenset({"1999999992"}), datetime(2027, 2, 4, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (coded(codes.VISIT, "follow_up"), "follow_up"),
        (coded(codes.VISIT, "surgery"), "surgery"),
        (coded(codes.V2_APPOINTMENT, "FOLLOWUP"), "follow_up"),
        (coded(codes.V2_APPOINTMENT, "ROUTINE"), None),
        (coded(codes.VISIT, "party"), None),
    ],
)
def test_what_a_visit_is_for_is_read_from_our_codes_and_those_of_v2(typed: Json, kind: str | None) -> None:
    planned = appointment() | {"appointmentType": typed}
    found = read_status(answer("CR-7K3M-9QX3-0", "scheduled", extra=(planned,)), "")
    assert found.appointment is not None
    assert found.appointment.kind == kind


def _because(text: str, code: str | None = None) -> Json:
    return {"statusReason": coded(codes.REASON, code, text) if code else {"text": text}}


def _changed(change: Any) -> Json:
    message = answer("CR-7K3M-9QX3-0", "accepted")
    change(message, message["entry"][0]["resource"], message["entry"][1]["resource"])
    return message


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("neither a message", lambda message, header, task: message.update(type="batch")),
        ("no MessageHeader", lambda message, header, task: message["entry"].pop(0)),
        ("no id", lambda message, header, task: header.pop("id")),
        ("another event", lambda message, header, task: header["eventCoding"].update(code="A01")),
        ("could not take our message", lambda message, header, task: header.update(response={"code": "fatal-error"})),
        ("no Task", lambda message, header, task: header.pop("focus")),
        ("names no referral", lambda message, header, task: task.pop("identifier")),
        ("two things", lambda message, header, task: task.update(status="requested")),
        (
            "5.1 is not among",
            lambda message, header, task: task.update(businessStatus=coded(codes.BUSINESS_STATUS, "5.1")),
        ),
        (
            "by who refers",
            lambda message, header, task: task.update(businessStatus=coded(codes.BUSINESS_STATUS, "5.2")),
        ),
        ("says nothing", lambda message, header, task: task.update(status="in-progress", businessStatus={})),
        ("says nothing", lambda message, header, task: task.update(status="on-hold", businessStatus={})),
        ("says nothing", lambda message, header, task: task.update(businessStatus=coded(codes.BUSINESS_STATUS, "2.0"))),
    ],
)
def test_a_message_that_says_nothing_sure_is_refused(words: str, change: Any) -> None:
    with pytest.raises(MessageRefused, match=words):
        read_status(_changed(change), "")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("more than", '{"a": "' + "x" * MOST_CHARACTERS + '"}'),
        ("without end", "[" * 100_000),
        ("without end", '{"a":' * 100_000 + "1" + "}" * 100_000),
        ("no number of JSON", '{"a": NaN}'),
        ("twice in one table", '{"id": 1, "id": 2}'),
        ("no FHIR resource", "[1]"),
        ("is not JSON", "<html>"),
        ("is not JSON", '{"a": ' + "9" * 5000 + "}"),
    ],
)
def test_a_file_that_is_no_json_or_too_much_of_it_is_refused(words: str, text: str) -> None:
    with pytest.raises(MessageRefused, match=words) as told:
        read_json(text, "message.json")
    assert len(str(told.value)) < 300


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["Task", "p", "2026-13-01T00:00:00Z"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["reference", "coding", "value", "x"]), inner)
    ),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_in_a_part_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    message = deepcopy(answer("CR-7K3M-9QX3-0", "scheduled", extra=(appointment(),)))
    resource = data.draw(st.sampled_from([each["resource"] for each in message["entry"]]))
    resource[data.draw(st.sampled_from(sorted(resource)))] = data.draw(ANYTHING)
    try:
        found = read_status(message, "")
    except MessageRefused:
        return
    assert found.number == "CR-7K3M-9QX3-0"
    assert found.appointment is None or abs(found.appointment.start.utcoffset() or timedelta(0)) < timedelta(days=1)

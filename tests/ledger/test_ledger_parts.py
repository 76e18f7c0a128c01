"""Cases, notes, tasks, moves, rosters, look-up and presence: kept, found again, and never overwritten unseen."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from filling import BORN, DAY, INDEX, PERSON, a_move, a_person, fill
from sqlalchemy import insert, select
from store_desk import Desk

from navigator.ledger.errors import Overtaken, UnknownCase, UnknownReferral, UnknownTask
from navigator.ledger.ledger import Ledger
from navigator.ledger.member_copy import copy_for_member
from navigator.ledger.presence import STALE
from navigator.ledger.schema import audit, presence
from navigator.ledger.tasks import postpone_task
from navigator.referral.record import FieldValue
from navigator.referral.tasks import NewTask
from provider_directory.errors import BadInput, NothingFound

pytest_plugins = ("ledger_kinds",)

UNKNOWN = "CR-0000-0015-0"


def audited(ledger: Ledger) -> list[tuple[str, str]]:
    with ledger.store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(audit.c.action, audit.c.subject).order_by(audit.c.seq))]


def test_a_case_is_saved_whole_and_found_by_its_person_and_state(ledger: Ledger) -> None:
    first = ledger.cases.save('{"a":1}', INDEX)
    parked = ledger.cases.save("{}", INDEX.model_copy(update={"state": "parked", "owner": "ann", "member_id": "M 1"}))
    later = {"state": "call_back", "call_back_on": DAY, "wait_ms": 40, "phone": None}
    back = ledger.cases.save("{}", INDEX.model_copy(update=later))
    assert first.id.startswith("CS-")
    assert (first.version, first.index.owner, first.case_json) == (1, ledger.store.by, '{"a":1}')
    assert ledger.cases.get(first.id.lower().replace("-", " ")) == first
    assert {each.id for each in ledger.cases.not_closed()} == {first.id, parked.id, back.id}
    assert (
        [each.id for each in ledger.cases.parked("ann")] == [parked.id] == [each.id for each in ledger.cases.parked()]
    )
    assert ledger.cases.parked("bob") == ledger.cases.call_backs(DAY - timedelta(days=1)) == ()
    assert [each.id for each in ledger.cases.call_backs(DAY)] == [back.id]
    assert [each.id for each in ledger.cases.recent(2)] == [back.id, parked.id]
    assert ledger.cases.waits(DAY) == (40,)
    closed = ledger.cases.close(first.id, '{"a":2}', first.index)
    assert (closed.index.state, closed.version, closed.closed_at) == ("closed", 2, closed.updated_at)
    assert first.id not in {each.id for each in ledger.cases.not_closed()}


def test_a_case_that_somebody_else_saved_is_not_overwritten(desk: Desk) -> None:
    with desk.open() as mine, desk.open() as theirs:
        case = mine.cases.save('{"a":1}', INDEX)
        theirs.cases.save('{"a":2}', INDEX, case.id, case.version)
        with pytest.raises(Overtaken, match="nothing was overwritten"):
            mine.cases.save('{"a":3}', INDEX, case.id, case.version)
        assert mine.cases.get(case.id).case_json == '{"a":2}'
        taken = theirs.cases.take_over(case.id, "bob", "ann is ill")
        assert (taken.index.owner, taken.version) == ("bob", 3)


def test_what_the_ledger_does_not_hold_is_said(ledger: Ledger) -> None:
    with pytest.raises(UnknownCase):
        ledger.cases.get("CS-0000-0015-0")
    with pytest.raises(UnknownReferral):
        ledger.moves.record(UNKNOWN, a_move("draft", "requested"))
    with pytest.raises(UnknownTask):
        ledger.tasks.done("no such id")
    with pytest.raises(BadInput, match="belongs to no"):
        ledger.tasks.add(NewTask(kind="records", due_on=DAY))
    with pytest.raises(BadInput, match="empty"):
        ledger.notes.add(" ", case="CS-0000-0015-0")
    with pytest.raises(BadInput, match="belongs to no"):
        ledger.notes.add("x")


def test_a_move_goes_to_disk_with_its_tasks_and_its_try_or_not_at_all(ledger: Ledger) -> None:
    number = ledger.start(edition="e1", demonstration=True).number
    receipt = NewTask(kind="receipt", due_on=DAY, marker="first try")
    moved = ledger.moves.record(number, a_move("draft", "requested"), [receipt], changes={"center_number": "C-9"})
    assert (moved.state, moved.center_number) == ("requested", "C-9")
    assert ledger.get(number) == moved
    assert [move.to for move in ledger.moves.events(number)] == ["requested"]
    assert [tried.to for tried in ledger.deliveries.of(number)] == ["canary fax"]
    (open_task,) = ledger.tasks.due(DAY)
    before = len(audited(ledger))
    with pytest.raises(Overtaken, match="is requested by now"):
        ledger.moves.record(number, a_move("draft", "failed", reason="x"), [NewTask(kind="other", due_on=DAY)])
    with pytest.raises(UnknownTask):
        ledger.moves.record(number, a_move("requested", "received"), done=["no such task"])
    assert (ledger.get(number).state, len(ledger.moves.events(number)), len(ledger.tasks.of(number))) == (
        "requested",
        1,
        1,
    )
    assert len(audited(ledger)) == before + 1  # the reading
    ledger.moves.record(number, a_move("requested", "on-hold", held_from="requested"), done=[open_task.id])
    assert ledger.get(number).held_from == "requested"
    assert ledger.tasks.due(DAY) == ()


def test_a_task_is_made_once_per_marker_done_once_and_seen_by_its_owner(ledger: Ledger) -> None:
    number = ledger.start(edition="e1", demonstration=True).number
    marked = NewTask(kind="edition_change", due_on=DAY, marker="e2", what="stay or move")
    first = ledger.tasks.add(marked, number)
    assert ledger.tasks.add(marked, number).id == first.id
    assert ledger.tasks.add(NewTask(kind="edition_change", due_on=DAY, marker="e3"), number).id != first.id
    assert ledger.tasks.get(first.id[:8]) == first
    with ledger.store.writing("move") as work:
        postpone_task(work, first.id, DAY + timedelta(days=1))
    assert first.id not in {task.id for task in ledger.tasks.due(DAY)}
    done = ledger.tasks.done(first.id, "stays")
    assert (done.outcome, done.done_by, done.what) == ("stays", ledger.store.by, "stay or move")
    with pytest.raises(Overtaken, match="done already"):
        ledger.tasks.done(first.id)
    assert ledger.tasks.due(DAY, owner="somebody else") == ()
    ledger.set(number, "away", owner="ann", away_until=DAY + timedelta(days=3))
    assert len(ledger.tasks.due(DAY, owner="ann")) == len(ledger.tasks.due(DAY, owner="bob")) == 1
    assert ledger.tasks.due(DAY + timedelta(days=3), owner="bob") == ()
    assert [each.number for each in ledger.open_referrals("bob", DAY)] == [number]
    with pytest.raises(ValueError, match="state"):
        ledger.set(number, "cheat", state="completed")


def test_one_box_finds_a_person_by_any_of_five_ways_open_ones_first(ledger: Ledger) -> None:
    number, case = fill(ledger)
    ended = ledger.start(edition="e1", demonstration=True).number
    ledger.save_field(ended, "member_id", PERSON["member_id"])
    ledger.moves.record(ended, a_move("draft", "failed", reason="none fits"))
    for text in (number, number.lower().replace("-", ""), "canary 77", "414.555.0177"):
        assert next(row.number for row in ledger.look_up(text).referrals) == number
    assert [row.number for row in ledger.look_up("CANARY77").referrals] == [number, ended]
    assert (
        [each.id for each in ledger.look_up(case).cases] == [each.id for each in ledger.look_up(number).cases] == [case]
    )
    by_name = ledger.look_up(name="quillfeather canaria", birth_date=BORN)
    assert ([row.number for row in by_name.referrals], [each.id for each in by_name.cases]) == ([number], [case])
    assert (ledger.look_up("4145550199").referrals, ledger.look_up("?").cases) == ((), ())
    with pytest.raises(BadInput, match="Nothing was given"):
        ledger.look_up("  ", name="Canaria")


def test_a_member_id_that_looks_like_a_referral_number_is_found_all_the_same(ledger: Ledger) -> None:
    number = ledger.start(edition="e1", demonstration=True).number
    ledger.save_field(number, "member_id", UNKNOWN.removeprefix("CR-"))
    assert [row.number for row in ledger.look_up("0000-0015-0").referrals] == [number]


def test_who_reads_and_writes_about_a_person_stands_in_the_audit(ledger: Ledger) -> None:
    number = ledger.start(edition="e1", demonstration=True).number
    ledger.sign_as("Ann at the desk")
    ledger.get(number)
    ledger.save_field(number, "reason", "x")
    ledger.look_up(number)
    ledger.list()
    assert audited(ledger)[1:] == [("start", number), ("read", number), ("save field", number), ("look up", "")]
    with ledger.store.reading() as connection:
        rows = connection.execute(select(audit.c.by, audit.c.detail).order_by(audit.c.seq.desc()).limit(1)).all()
    assert [row.by for row in rows] == ["Ann at the desk"]
    assert json.loads(rows[0].detail)["found"] == [number]


def test_a_roster_is_replaced_as_a_whole_and_matched_without_reading_it_out(ledger: Ledger) -> None:
    ended = date(2026, 10, 31)
    ledger.roster.replace("brewline", "old.csv", [a_person("A-1", "Ann Low"), a_person("A-2", "Bo High")])
    file = ledger.roster.replace(
        "brewline", "new.csv", [a_person("A-1", "Ann Low", ended), a_person("A-3", "Low Ann")], DAY, "0" * 64
    )
    ledger.roster.replace("copperline", "c.csv", [a_person("A-1", "Ann Low")])
    assert ledger.roster.status("brewline") == file
    assert (file.people, file.as_of, ledger.roster.status("other")) == (2, DAY, None)
    assert ledger.roster.programs() == ("brewline", "copperline")
    assert [person.member_id for person in ledger.roster.people("brewline")] == ["A-1", "A-3"]
    ((_, person),) = ledger.roster.match("brewline", member_id="a1")
    assert (person.ends, person.facts) == (ended, {"zip": "53202"})
    assert len(ledger.roster.match("brewline", name="Low, Ann", birth_date=BORN)) == 2
    assert {program for program, _ in ledger.roster.match(member_id="A-1")} == {"brewline", "copperline"}
    assert ledger.roster.match("brewline", member_id="A-2") == ledger.roster.match() == ()


def test_a_second_desk_sees_who_is_in_a_case_until_that_desk_leaves_or_falls_silent(desk: Desk) -> None:
    moments = [datetime(2026, 11, 22, 9, tzinfo=UTC)]
    with desk.open(lambda: moments[-1]) as mine, desk.open(lambda: moments[-1]) as theirs:
        mine.sign_as("Ann")
        assert mine.presence.enter("CS-1") == ()
        moments.append(moments[-1] + timedelta(seconds=30))
        (seen,) = theirs.presence.enter("CS-1")
        assert (seen.who, seen.since, seen.subject) == ("Ann", moments[0], "CS-1")
        assert (mine.presence.may_write("CS-1"), theirs.presence.may_write("CS-1")) == (True, False)
        assert len(mine.presence.enter("CS-1")) == 1
        mine.presence.leave("CS-1")
        assert theirs.presence.others("CS-1") == ()
        assert theirs.presence.may_write("CS-1")
        moments.append(moments[-1] + STALE + timedelta(seconds=1))
        assert mine.presence.enter("CS-1") == ()
        assert mine.presence.may_write("CS-1")
        mine.presence.leave()


HOLDS_A_CASE = """
import sys
from pathlib import Path
from navigator.ledger.running import RunningDesks

desks = RunningDesks(Path(sys.argv[1]))
desks.hold(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_desk_of_this_machine_that_was_killed_leaves_its_case_at_once(desk: Desk) -> None:
    with desk.open() as mine, desk.open() as theirs:
        theirs.presence.enter("CS-1")
        theirs.presence.leave()
        theirs.presence.close()  # another program takes a file of this name
        name, elsewhere = theirs.presence._desk, "../../ledger.key"
        moment = mine.store.now()
        with mine.store.unaudited() as connection:
            for each in (name, elsewhere, str(uuid4())):
                row = {"subject": "CS-1", "desk": each, "who": "Ann", "host": "here"}
                connection.execute(insert(presence).values(**row, since=moment, renewed_at=moment))
        command = [sys.executable, "-c", HOLDS_A_CASE, str(desk.folder), name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == b"held\n"
            assert len(mine.presence.others("CS-1")) == 3
            program.kill()
        assert len(mine.presence.others("CS-1")) == len(mine.presence.others("CS-1")) == 2
        assert len(mine.presence.enter("CS-1")) == 2
        assert [file.name for file in (desk.folder / "desks").iterdir()] == [mine.presence._desk]
        assert desk.key_file.exists()
    with desk.open() as later:
        assert len(later.presence.enter("CS-1")) == 2, "of mine, which ended without leaving, nothing is left"
        assert [file.name for file in (desk.folder / "desks").iterdir()] == [later.presence._desk]


def test_a_member_gets_a_copy_of_all_that_is_kept(ledger: Ledger) -> None:
    number, case = fill(ledger)
    other = ledger.start(edition="e1", demonstration=True).number
    of_a_sister: dict[str, FieldValue] = {"member_name": "Bo Quillfeather", "member_birth_date": BORN}
    sisters = ledger.start(edition="e1", demonstration=True, case_id=case, fields=of_a_sister).number
    for copied in (
        copy_for_member(ledger.store, member_id="canary-77"),
        copy_for_member(ledger.store, name="Quillfeather Canaria", birth_date=BORN),
    ):
        (referral,) = copied["referrals"]
        assert (referral["number"], referral["member"]["name"]) == (number, PERSON["member_name"])
        assert [move["to_state"] for move in referral["moves"]] == ["requested"]
        assert [referral[part][0]["id"] != "" for part in ("tasks", "notes_taken", "tries")] == [True] * 3
        assert referral["offers_shown"][0]["shown"] == {"place": "canary square"}
        assert copied["rosters"][0]["facts"] == {"zip": "53202"}
        assert {entry["subject"] for entry in copied["who_read_and_wrote"]} >= {number}
        assert not any(word in json.dumps(copied) for word in (other, sisters))
    assert copied["cases"][0]["case"] == {"said": "canary knee"}
    assert copied["cases"][0]["id"] == case
    with pytest.raises(NothingFound):
        copy_for_member(ledger.store, member_id="nobody")
    with pytest.raises(BadInput, match="Nobody was named"):
        copy_for_member(ledger.store, name="Canaria Quillfeather")


def test_a_clock_that_jumps_back_changes_no_order(desk: Desk) -> None:
    moments = iter([datetime(2026, 11, 22 - turn % 7, 2, tzinfo=UTC) for turn in range(40)])
    with desk.open(lambda: next(moments)) as ledger:
        number = ledger.start(edition="e1", demonstration=True).number
        for before, after in (("draft", "requested"), ("requested", "received"), ("received", "accepted")):
            ledger.moves.record(number, a_move(before, after))
        assert [move.to for move in ledger.moves.events(number)] == ["requested", "received", "accepted"]
        assert [action for action, _ in audited(ledger)][1:] == ["start", "move", "move", "move"]

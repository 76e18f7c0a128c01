"""Eight desks at once, a full disk, flipped bits, a clock that jumps: nothing is lost and nothing is silent (B4)."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from at_once import write_at_once
from flips import flip_bits
from kills import Place
from sizes import Sizes
from writing import look_over, write_call

from navigator.ledger.ledger import Ledger
from navigator.ledger.verifying import verify
from navigator.referral.tasks import NewTask

pytest_plugins = ("trial_conditions",)

FILLING = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kills import Place
from writing import write_call
from navigator.ledger.errors import LedgerProblem
most_bytes = int(sys.argv[3])
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
say = lambda step, number: print(step, number, flush=True)
with Place(Path(sys.argv[2])).open() as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes or hard, hard))
    try:
        for turn in range(10_000):
            write_call(ledger, turn, say)
    except LedgerProblem as problem:
        print("told", problem, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    if most_bytes:
        write_call(ledger, 0, say)
"""


def fill(folder: Path, most_bytes: int) -> tuple[str, list[str]]:
    """Write until a file may not grow, or, with 0, the disk is full; gives what was told and what acknowledged."""
    command = [sys.executable, "-c", FILLING, str(Path(__file__).parent), str(folder), str(most_bytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    (told,) = (line for line in lines if line.startswith("told"))
    return told, [line for line in lines if line != told]


def test_eight_writers_at_once_are_never_refused_and_get_no_number_twice(tmp_path: Path, sizes: Sizes) -> None:
    found = write_at_once(Place(tmp_path), sizes.referrals_a_writer)
    assert (found.referrals, found.refused, found.twice, found.lost) == (8 * sizes.referrals_a_writer, 0, 0, 0)


def test_no_flipped_bit_is_silent(tmp_path: Path, sizes: Sizes) -> None:
    found = flip_bits(sizes.flips, tmp_path, seed=20261122)
    assert found.silent == 0
    assert min(found.refused, found.found) > 0


def test_a_full_disk_is_told_loses_nothing_and_work_goes_on_when_there_is_space(tmp_path: Path) -> None:
    told, acknowledged = fill(tmp_path, 600_000)
    assert "does not take what is written; nothing was saved" in told
    with Place(tmp_path).open() as ledger:
        assert not look_over(ledger, acknowledged).any
        assert len(ledger.list()) > 2


def test_a_clock_that_jumps_changes_no_order_and_no_due_day(tmp_path: Path) -> None:
    moments = [
        datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # the hour that comes twice in New York
        datetime(2026, 3, 8, 7, 30, tzinfo=UTC),  # the hour that never comes
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    ]
    now = moments[0]
    with Ledger.open(tmp_path / "r.db", tmp_path / "key", lambda: now) as ledger:
        numbers = []
        for moment in moments:
            now = moment
            write_call(ledger, 0, lambda step, number: numbers.append(number) if step == "start" else None)
            ledger.tasks.add(NewTask(kind="other", due_on=date(2026, 12, 1) + timedelta(len(numbers))), numbers[-1])
        assert [row.number for row in ledger.list()] == numbers[::-1]
        assert [referral.created_at for referral in ledger.open_referrals()] == moments
        assert [len(ledger.tasks.due(date(2026, 12, day))) for day in (1, 2, 6)] == [10, 11, 15]
        assert not look_over(ledger, [f"start {number}" for number in numbers]).broken
        assert verify(ledger.store, ledger.audit_head().short).problems == ()


def test_a_disk_without_space_is_told_too(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        told, acknowledged = fill(tmp_path, 0)
        assert told == "told The disk is full; nothing was saved. Free some space, then save again."
        subprocess.run(["mount", "-o", "remount,size=9m", str(tmp_path)], check=True)
        with Place(tmp_path).open() as ledger:
            write_call(ledger, 0, lambda step, number: acknowledged.append(f"{step} {number}"))
            assert not look_over(ledger, acknowledged).any
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)

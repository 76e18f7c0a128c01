"""Answers of the ledger that come late: what was asked in one call is never taken for another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pilot_desk import NARROW, desk, settle, to_offer

from navigator import keeping
from navigator.case.stored import from_json
from navigator.case.transitions import opened
from navigator.case.value import Case
from navigator.ledger.errors import Overtaken
from navigator.ledger.ledger import Ledger
from provider_directory.testing import TODAY

OpenLedger = Callable[[], Ledger]


@pytest.fixture
def open_ledger(tmp_path: Path) -> OpenLedger:
    return lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")


def kept(open_ledger: OpenLedger) -> list[Case]:
    with open_ledger() as ledger:
        return [from_json(each.case_json) for each in ledger.cases.recent()]


async def test_a_call_that_begins_while_the_one_before_is_saved_is_a_case_of_its_own(
    open_ledger: OpenLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_disk, save = threading.Event(), keeping.save_alone

    def save_slowly(ledger: Ledger, case: keeping.Kept, today: date) -> keeping.Kept:
        slow_disk.wait(10)
        return save(ledger, case, today)

    monkeypatch.setattr(keeping, "save_alone", save_slowly)
    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*"new knee", "enter", *"53202", "enter", "f5")
        assert kept(open_ledger) == []
        slow_disk.set()
        await to_offer(pilot)
        await pilot.press("n", *"gate code 4411", "enter")
        await settle(pilot)
    newer, older = kept(open_ledger)
    assert (newer.standing, older.standing) == ("open", "closed")
    assert newer.id != older.id
    with open_ledger() as ledger:
        assert [len(ledger.notes.of(case=each.id)) for each in (newer, older)] == [1, 0]


async def test_a_case_with_a_number_is_not_saved_over_a_version_that_nobody_read(open_ledger: OpenLedger) -> None:
    with open_ledger() as ledger:
        first = keeping.save(ledger, keeping.Kept(opened(datetime.now(UTC), "root", None, False)), TODAY)
        with pytest.raises(Overtaken):
            keeping.save(ledger, keeping.Kept(first.case), TODAY)

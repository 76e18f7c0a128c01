"""What the ledger of a test holds of calls."""

from __future__ import annotations

from collections.abc import Callable

from navigator.case.stored import from_json
from navigator.case.value import Case
from navigator.ledger.ledger import Ledger

OpenLedger = Callable[[], Ledger]


def kept(open_ledger: OpenLedger) -> list[Case]:
    """Give the cases, newest first."""
    with open_ledger() as ledger:
        return [from_json(each.case_json) for each in ledger.cases.recent()]

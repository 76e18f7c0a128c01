"""The ledger that this machine is set to: its own file, or the shared one that COE_LEDGER_URL names."""

from __future__ import annotations

from navigator import locations
from navigator.ledger.ledger import Ledger


def open_here() -> Ledger:
    """Open it; raises LedgerProblem, BadInput for an address that cannot be used."""
    return Ledger.open(locations.ledger_file(), locations.ledger_key_file(), url=locations.ledger_url())

"""The ledger that this machine is set to: its own file, or the shared one that COE_LEDGER_URL names."""

from __future__ import annotations

from contextlib import suppress

from navigator import locations
from navigator.ledger.ledger import Ledger
from navigator.program.model import load_program
from provider_directory.errors import BadInput


def open_here() -> Ledger:
    """Open it; raises LedgerProblem, BadInput for an address that cannot be used."""
    ledger = Ledger.open(locations.ledger_file(), locations.ledger_key_file(), url=locations.ledger_url())
    ledger.store.years_kept = _years_kept
    return ledger


def _years_kept(program: str | None) -> int | None:
    with suppress(BadInput):  # a file that is gone or wrong does not keep a referral from its end
        return load_program(program, locations.programs()).retention_years if program else None
    return None

"""Faults of a database told as LedgerProblem; no value of a row gets into the words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from navigator.ledger.errors import LedgerProblem

BUSY_SECONDS = 20.0
"""How long a writer waits for its turn: SQLite keeps no queue, and of eight that never pause one may be late."""
_NOTHING_SAVED = "Nothing was saved; try again."


@contextmanager
def faults_in_words(place: str) -> Iterator[None]:
    """Turn a fault of the database into a LedgerProblem; a number that is taken stays an IntegrityError."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as fault:
        raise in_words(str(fault.orig), place) from None


@contextmanager
def driver_faults_in_words(engine: Engine, place: str) -> Iterator[None]:
    """The same for a connection of the driver's own, for what cannot run inside a transaction."""
    try:
        yield
    except engine.dialect.loaded_dbapi.Error as fault:
        raise in_words(str(fault), place) from None


def in_words(found: str, place: str) -> LedgerProblem:
    """Give the LedgerProblem for what a driver answered."""
    if "not a database" in found:
        return LedgerProblem(
            f"The ledger {place} does not open: its key was changed since this program began, the key file is not its "
            "own, or the file is damaged.",
            "Open the program again; if that does not help, restore the key file or the ledger from the backup.",
        )
    if "malformed" in found:
        return LedgerProblem(f"The ledger {place} is damaged.", "Close the app and restore the ledger from the backup.")
    if "locked" in found or "lock timeout" in found:
        return LedgerProblem(
            f"Another program held the ledger for more than {BUSY_SECONDS:.0f} seconds; nothing was saved.",
            "Try again; if it happens again, close the other program.",
        )
    if "disk I/O error" in found:
        return LedgerProblem(
            f"The disk under the ledger {place} does not take what is written; nothing was saved.",
            "See whether it has space and is not write-protected, then save again.",
        )
    if "full" in found or "No space left" in found:
        return LedgerProblem("The disk is full; nothing was saved.", "Free some space, then save again.")
    if "authentication failed" in found or "no password supplied" in found:
        return LedgerProblem(
            f"The ledger's server {place} refuses the user or the password.",
            "Check COE_LEDGER_URL, or the password in ~/.pgpass.",
        )
    if "does not exist" in found and "database" in found:
        return LedgerProblem(f"There is no database {place}.", "Check COE_LEDGER_URL, or ask who runs the server.")
    if any(words in found for words in ("connection", "server closed", "resolve host")):
        return LedgerProblem(
            f"The ledger's server {place} does not answer.",
            "What was acknowledged is kept. Check the network or ask who runs the server, then try again.",
        )
    # Of a server's answer only the first line is about the fault; the next ones may quote the row.
    return LedgerProblem(
        f"The ledger {place} answered: {found.splitlines()[0] if found else 'nothing'}.", _NOTHING_SAVED
    )

"""Eight desks that write to one ledger at once, each a program of its own (TRUST B4)."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import NamedTuple

from kills import Place, processes

from navigator.ledger.errors import LedgerProblem

WRITERS = 8


class AtOnce(NamedTuple):
    """What writers at once did."""

    writers: int
    referrals: int
    """Acknowledged."""
    refused: int
    """Writes that ended with a LedgerProblem, e.g. "held the ledger"."""
    twice: int
    """Numbers that were given twice."""
    lost: int


def write_at_once(at: Place, referrals_each: int) -> AtOnce:
    """Let the writers make the ledger and begin together, each with the given number of referrals, and count them."""
    ends = [processes.Pipe(duplex=False) for _ in range(WRITERS)]
    writers = [processes.Process(target=_write, args=(at, referrals_each, tell)) for _, tell in ends]
    for writer in writers:
        writer.start()
    numbers, refused = list[str](), 0
    for told, _ in ends:
        written, problems = told.recv()
        numbers += written
        refused += problems
    for writer in writers:
        writer.join()
    with at.open() as ledger:
        there = {row.number for row in ledger.list(limit=WRITERS * referrals_each + 1)}
    return AtOnce(WRITERS, len(numbers), refused, len(numbers) - len(set(numbers)), len(set(numbers) - there))


def _write(at: Place, referrals: int, tell: Connection) -> None:
    numbers, refused = [], 0
    with at.open() as ledger:
        for turn in range(referrals):
            try:
                numbers.append(ledger.start(edition="e1", demonstration=True, fields={"notes": f"turn {turn}"}).number)
            except LedgerProblem:
                refused += 1
    tell.send((numbers, refused))

"""Counts for the HR desk: the referrals of a program and year that were sent, with nothing about a person."""

from __future__ import annotations

from sqlalchemy import select

from navigator.ledger.ledger import Ledger
from navigator.ledger.referral_rows import referral_from
from navigator.ledger.schema import referral
from navigator.referral.tally import Tally


def tallies(ledger: Ledger, program: str, year: int) -> tuple[Tally, ...]:
    """Give the referrals of a program that were sent first in a year; one that another replaces is not counted twice.

    Raises LedgerProblem where what is kept does not open.
    """
    sent: set[str] = set()
    outcomes: dict[str, Tally] = {}
    for number, move in ledger.moves.all_events():
        if move.from_state == "draft" and move.to == "requested" and move.on.year == year:
            sent.add(number)
        if move.outcome is not None:
            outcomes[number] = Tally(None, None, move.to, move.outcome.kind)
    with ledger.store.reading() as connection:
        rows = connection.execute(select(referral).where(referral.c.program == program).order_by(referral.c.seq))
        kept = [referral_from(row, ledger.store) for row in rows.mappings() if row["number"] in sent]
    return tuple(
        Tally(each.procedure, each.facility_id, each.state, found.outcome if found else None)
        for each in kept
        if each.state != "re-referred"
        for found in (outcomes.get(each.number),)
    )

"""Open referrals compared with another edition: what got worse becomes a task, once, and nothing is canceled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from navigator.ledger.ledger import Ledger
from navigator.referral.edition_changes import AskCenter, ChangedStanding, changed_standing, standing_shown
from navigator.referral.record import Referral
from navigator.referral.snapshot import Shown, taken_apart
from provider_directory.models import Value


class NotCompared(Value):
    """An open referral that cannot be compared, and why."""

    number: str
    reason: str


class EditionCheck(Value):
    """What comparing all open referrals with an edition found."""

    edition: str
    compared: int
    worse: tuple[ChangedStanding, ...]
    tasks_made: int
    """Fewer than ``worse`` where an earlier check of the same edition made them."""
    not_compared: tuple[NotCompared, ...]


class Compared(NamedTuple):
    """An open referral with the snapshot to compare."""

    referral: Referral
    shown: Shown


def to_compare(ledger: Ledger) -> tuple[tuple[Compared, ...], tuple[NotCompared, ...]]:
    """Give the open referrals that can be compared, and the others with the reason."""
    can, cannot = [], []
    for referral in ledger.open_referrals():
        snapshot = ledger.shown_offer(referral.number) if referral.facility_id else None
        shown = taken_apart(snapshot) if snapshot else None
        if shown is None or standing_shown(shown, referral.facility_id) is None:
            why = "no center is chosen yet" if referral.facility_id is None else "the snapshot does not hold its center"
            cannot.append(NotCompared(number=referral.number, reason=why))
        else:
            can.append(Compared(referral, shown))
    return tuple(can), tuple(cannot)


async def compare_all(
    pairs: Iterable[Compared], edition: str, today: date, alliances: Mapping[str, tuple[str, ...]], ask: AskCenter
) -> tuple[tuple[ChangedStanding, ...], tuple[NotCompared, ...]]:
    """Compare each with the edition that ``ask`` answers from.

    ``alliances`` holds those of each program by its id; a referral of a program that is not in it is not compared:
    without its alliances every contract would seem gone.
    """
    worse, cannot = [], []
    for referral, shown in pairs:
        program = shown.offer.get("program")
        if program is not None and program not in alliances:
            cannot.append(NotCompared(number=referral.number, reason=f"the program {program} is not on this machine"))
            continue
        mine = alliances[program] if program is not None else ()
        if found := await changed_standing(referral, shown, edition, today, mine, ask):
            worse.append(found)
    return tuple(worse), tuple(cannot)


def keep_tasks(ledger: Ledger, worse: Iterable[ChangedStanding], today: date) -> int:
    """Make a task due today for each, unless there is one for this edition; gives how many are new."""
    made = 0
    for found in worse:
        new = found.task(today)
        if not any(task.kind == new.kind and task.marker == new.marker for task in ledger.tasks.of(found.number)):
            ledger.tasks.add(new, number=found.number)
            made += 1
    return made

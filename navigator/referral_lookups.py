"""What the work list and a referral's page ask of the ledger; each runs in the ledger's thread and posts a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

from navigator.lookups import ask, one_at_a_time

if TYPE_CHECKING:
    from textual.widget import Widget

    from navigator.ledger.ledger import Ledger
    from navigator.referral.record import Referral
    from navigator.referral.tasks import Task
    from navigator.referral.worklist import Section, WorkList

OpenLedger = Callable[[], "Ledger"]


@dataclass
class WorkListed(Message):
    """What is to be done, by due date."""

    work: WorkList


@dataclass
class ReferralShown(Message):
    """A referral as the ledger holds it, with what is owed and what happened; ``said`` = what was just done."""

    referral: Referral
    tasks: tuple[Task, ...]
    """Those that are not done."""
    history: tuple[str, ...]
    waits: tuple[str, ...]
    """How long others waited at this center, in words."""
    gates_not_yet: tuple[str, ...]
    today: date
    me: str
    said: str = ""


@dataclass
class OfferShownAgain(Message):
    """The snapshot of a referral in plain lines; None = none is kept."""

    lines: tuple[str, ...] | None


def list_work(node: Widget, open_ledger: OpenLedger, section: Section) -> None:
    """List what is to be done; posts WorkListed."""

    def work() -> Message:
        from navigator.ledger.following import todays_work  # deferred: SQLAlchemy, with the ledger

        return WorkListed(todays_work(open_ledger(), section))

    _run(node, "list", work)


def show(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Read one referral; posts ReferralShown."""
    _run(node, "show", lambda: _shown(open_ledger(), number, ""))


def change(node: Widget, open_ledger: OpenLedger, number: str, work: Callable[[Ledger], str]) -> None:
    """Do something to a referral in the ledger; ``work`` gives what to say. Posts ReferralShown as it is after."""

    def done() -> Message:
        ledger = open_ledger()
        return _shown(ledger, number, work(ledger))

    _run(node, "change", done)


def show_offer(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Read what was shown when the center was chosen; posts OfferShownAgain."""

    def lines() -> Message:
        from navigator.referral.shown import shown_lines  # deferred: with the ledger

        kept = open_ledger().shown_offer(number)
        return OfferShownAgain(None if kept is None else tuple(shown_lines(kept)))

    _run(node, "offer again", lines)


def _shown(ledger: Ledger, number: str, said: str) -> ReferralShown:
    from navigator.ledger.following import center_waits  # deferred: as above
    from navigator.referral.history import history_lines, today_of
    from navigator.referral.snapshot import gates_not_yet, taken_apart
    from navigator.referral.waits import wait_words

    referral = ledger.get(number)
    known = referral.number
    tasks = ledger.tasks.of(known)
    notes = tuple((note.at, f"note by {note.by}: {note.text}") for note in ledger.notes.of(referral=known))
    kept = ledger.shown_offer(known)
    return ReferralShown(
        referral=referral,
        tasks=tuple(task for task in tasks if task.done_at is None),
        history=tuple(history_lines(referral, ledger.moves.events(known), ledger.deliveries.of(known), tasks, notes)),
        waits=tuple(map(wait_words, center_waits(ledger, referral.facility_id))) if referral.facility_id else (),
        gates_not_yet=gates_not_yet(taken_apart(kept)) if kept else (),
        today=today_of(ledger.store.now()),
        me=ledger.store.by,
        said=said,
    )


def _run(node: Widget, group: str, work: Callable[[], Message]) -> None:
    async def question() -> Message:
        return await one_at_a_time(work)

    ask(node, group, question, exclusive=False)

"""What a call asks of the ledger beside the referral itself; each runs in the ledger's thread and posts a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from navigator.lookups import ask, one_at_a_time
from navigator.messages import CallerLookedUp, CallsListed, CaseOpened, CaseSaved, NoteKept

if TYPE_CHECKING:
    from textual.widget import Widget

    from navigator.case.identify import Query
    from navigator.keeping import Kept
    from navigator.ledger.ledger import Ledger

OpenLedger = Callable[[], "Ledger"]


def save_case(node: Widget, open_ledger: OpenLedger, kept: Callable[[], Kept], today: date) -> None:
    """Save the case as it stands when its turn comes; posts CaseSaved, or LookupFailed about "case"."""

    def save() -> Message:
        from navigator import keeping  # deferred: with the ledger

        now = kept()
        return CaseSaved(keeping.save(open_ledger(), now, today, now.case.waited.total_ms))

    _run(node, "case", save)


def open_case(node: Widget, open_ledger: OpenLedger, number: str, by: str, reason: str | None) -> None:
    """Take a case in hand, with a reason where it is somebody else's; posts CaseOpened."""

    def load() -> Message:
        from navigator import keeping  # deferred: as above

        ledger = open_ledger()
        return CaseOpened(keeping.take_over(ledger, number, by, reason) if reason else keeping.load(ledger, number))

    _run(node, "open_case", load)


def look_up(node: Widget, open_ledger: OpenLedger, query: Query, program: str | None, today: date) -> None:
    """Look up who calls; posts CallerLookedUp."""

    def found() -> Message:
        from navigator import keeping  # deferred: as above

        return CallerLookedUp(keeping.look_up(open_ledger(), query, program, today, datetime.now(UTC)))

    _run(node, "look_up", found, query.text)


def list_calls(node: Widget, open_ledger: OpenLedger, today: date) -> None:
    """List the parked calls and the call backs; posts CallsListed."""

    def rows() -> Message:
        from navigator import keeping  # deferred: as above

        return CallsListed(keeping.listed(open_ledger(), today))

    _run(node, "calls", rows)


def change_case(
    node: Widget, open_ledger: OpenLedger, number: str, change: Callable[[Kept], Kept], today: date
) -> None:
    """Change a case that is not in hand; posts CallsListed as the list is afterwards."""

    def done() -> Message:
        from navigator import keeping  # deferred: as above

        ledger = open_ledger()
        kept = change(keeping.load(ledger, number))
        keeping.save(ledger, kept, today, kept.case.waited.total_ms)
        return CallsListed(keeping.listed(ledger, today))

    _run(node, "calls", done, number)


def keep_note(node: Widget, open_ledger: OpenLedger, text: str, case: str | None, referral: str | None) -> None:
    """Keep a note, timed and signed by the ledger; posts NoteKept."""

    def add() -> Message:
        open_ledger().notes.add(text, referral, case)
        return NoteKept()

    _run(node, "note", add)


def _run(node: Widget, group: str, work: Callable[[], Message], subject: str = "") -> None:
    async def question() -> Message:
        return await one_at_a_time(work)

    ask(node, group, question, subject, exclusive=False)

"""What a call asks of the ledger beside the referral itself; each runs in the ledger's thread and posts a message."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from navigator.lookups import ask, one_at_a_time, write
from navigator.messages import CallerLookedUp, CallsListed, CaseOpened, CaseSaved, NoteKept, OthersOpen
from provider_directory.errors import DirectoryError

if TYPE_CHECKING:
    from textual.widget import Widget

    from navigator.case.identify import Query
    from navigator.case.value import Identified
    from navigator.keeping import Kept
    from navigator.ledger.ledger import Ledger
    from navigator.program_in_use import ProgramInUse
    from navigator.referral.record import Referral

OpenLedger = Callable[[], "Ledger"]
InHand = Callable[[], str | None]
"""Gives the number of the case in hand, in the ledger's thread: it may be drawn just before."""


def save_case(node: Widget, open_ledger: OpenLedger, save: Callable[[Ledger, date], Kept], today: date) -> None:
    """Save the case as it stands when its turn comes; posts CaseSaved, or LookupFailed about "case"."""
    write(node, "case", lambda: CaseSaved(save(open_ledger(), today)))


def open_case(
    node: Widget, open_ledger: OpenLedger, number: str, by: str, reason: str | None, draft: Referral | None = None
) -> None:
    """Take a case in hand, with a reason where it is somebody else's, to finish a draft in it; posts CaseOpened."""

    def load() -> Message:
        from navigator import keeping  # deferred: as above

        ledger = open_ledger()
        kept = keeping.take_over(ledger, number, by, reason) if reason else keeping.load(ledger, number)
        return CaseOpened(kept, draft)

    _run(node, "open_case", load)


def look_up(node: Widget, open_ledger: OpenLedger, query: Query, program: str | None, today: date) -> None:
    """Look up who calls; posts CallerLookedUp."""

    def found() -> Message:
        from navigator import keeping  # deferred: as above

        return CallerLookedUp(keeping.look_up(open_ledger(), query, program, today, datetime.now(UTC)))

    _run(node, "look_up", found, query.text)


def open_ahead(node: Widget, open_ledger: OpenLedger) -> None:
    """Open the ledger while a name is typed, 0.4 s the first time; what is wrong with it the look-up says."""

    def opened() -> None:
        from navigator import keeping  # noqa: F401  # deferred: as above

        with suppress(Exception):  # the look-up meets it again, and says it
            open_ledger()

    node.app.run_worker(one_at_a_time(opened), group="open_ahead", exit_on_error=False, description="open_ahead")


def others_open(node: Widget, open_ledger: OpenLedger, member: Identified, criteria_set: str, number: str) -> None:
    """Look for the member's other open referrals for procedures of one criteria set; posts OthersOpen."""

    def found() -> Message:
        from navigator import keeping
        from provider_directory.catalog import load  # deferred: as above

        same = [each.id for each in load().procedures if each.criteria_set == criteria_set]
        return OthersOpen(keeping.open_of_set(open_ledger(), member, same, number))

    _run(node, "others_open", found)


def list_calls(node: Widget, open_ledger: OpenLedger, today: date, in_hand: InHand) -> None:
    """List the parked calls, the call backs, and those that were left open but ``in_hand``; posts CallsListed."""

    def rows() -> Message:
        from navigator import keeping  # deferred: as above

        return CallsListed(keeping.listed(open_ledger(), today, in_hand()))

    _run(node, "calls", rows)


def change_case(
    node: Widget,
    open_ledger: OpenLedger,
    number: str,
    change: Callable[[Kept], Kept],
    today: date,
    in_hand: InHand,
) -> None:
    """Change a case that is not ``in_hand``; posts CallsListed as the list is afterwards."""

    def done() -> Message:
        from navigator import keeping  # deferred: as above

        ledger = open_ledger()
        kept = change(keeping.read_only(ledger, number))
        keeping.save(ledger, kept, today)
        keeping.leave(ledger, number)
        return CallsListed(keeping.listed(ledger, today, in_hand()))

    write(node, "calls", done, number)


def keep_note(node: Widget, open_ledger: OpenLedger, text: str, case: str | None, referral: str | None) -> None:
    """Keep a note, timed and signed by the ledger; posts NoteKept."""

    def add() -> Message:
        open_ledger().notes.add(text, referral, case)
        return NoteKept()

    write(node, "note", add)


def show_sign(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Tell other desks that this one still has a case in hand; a failure is told when something is saved."""

    async def sign() -> None:
        with suppress(DirectoryError):
            await one_at_a_time(lambda: open_ledger().presence.enter(number))

    node.run_worker(sign(), group="sign", exclusive=True, exit_on_error=False, description="sign")


def _run(node: Widget, group: str, work: Callable[[], Message], subject: str = "") -> None:
    async def question() -> Message:
        return await one_at_a_time(work)

    ask(node, group, question, subject, exclusive=False)


def employer_of(program: str, in_use: ProgramInUse | None) -> str:
    """Name the employer of a program by its id, from the file beside the one in use; the id where there is none."""
    if in_use is None or program == in_use.id:
        return in_use.employer if in_use else program
    from navigator.program.model import load_program  # deferred: a second plan is rare

    with suppress(DirectoryError):
        return load_program(program, in_use.file.parent).employer if in_use.file else program
    return program

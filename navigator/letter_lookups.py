"""What a letter's page asks of ledger, rules and printer; each in a worker that posts a message, never a widget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from navigator import files_out
from navigator.lookups import ask, one_at_a_time, write
from navigator.messages import TakenAway
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget

    from navigator.ledger.ledger import Ledger
    from navigator.letters.letter import Letter
    from navigator.packets.member_values import MemberPacket
    from navigator.packets.transfer import TransferCard
    from navigator.packets.values import CenterPacket
    from navigator.packets.whole import WholeReferral
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program_in_use import ProgramInUse
    from navigator.settings import Settings
    from provider_directory.errors import DirectoryError
    from provider_directory.models import Center, Procedure, Question

OpenLedger = Callable[[], "Ledger"]
Noted = Callable[[str], None]
"""Told "save" or "print" before something leaves, in the ledger's thread."""


@dataclass
class SheetAnswered(Message):
    """The program's rules answered for the centers of a sheet; empty where they cannot, or there are none."""

    answers: tuple[RuleAnswer, ...]


@dataclass
class LettersGathered(Message):
    """What the letters of a referral are made of; ``problem`` says why nothing may go to the center."""

    whole: WholeReferral
    center: CenterPacket | None
    member: MemberPacket
    problem: DirectoryError | None = None


@dataclass
class CardGathered(Message):
    """The card for handing a caller over."""

    card: TransferCard


@dataclass
class CopyNoted(Message):
    """It stands in the audit that this letter is copied; now it may be."""

    letter: Letter


@dataclass
class PrintersFound(Message):
    """The printers of this machine, as the print system names them."""

    names: tuple[str, ...]


@dataclass
class HandedOut(TakenAway):
    """A letter left the desk; ``way`` is "save" or "print"."""

    way: str
    letter: Letter


def gather(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Read a referral whole, with what center and member get of it; posts LettersGathered."""

    def gathered() -> Message:
        from navigator.ledger.leaving import whole_here  # deferred: SQLAlchemy, with the ledger
        from navigator.packets.for_center import center_packet
        from navigator.packets.for_member import member_packet

        whole = whole_here(open_ledger(), number)
        member = member_packet(whole)
        try:
            return LettersGathered(whole, center_packet(whole), member)
        except BadInput as problem:
            return LettersGathered(whole, None, member, problem)

    _in_ledger(node, "letters", gathered)


def gather_card(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Make the transfer card of a referral as it is now; posts CardGathered."""

    def gathered() -> Message:
        from navigator.ledger.leaving import whole_here  # deferred: as above
        from navigator.packets.transfer import transfer_card

        ledger = open_ledger()
        return CardGathered(transfer_card(whole_here(ledger, number), ledger.store.now()))

    _in_ledger(node, "transfer", gathered)


def _in_ledger(node: Widget, group: str, work: Callable[[], Message]) -> None:
    async def question() -> Message:
        return await one_at_a_time(work)

    ask(node, group, question)


def answer_sheet(
    node: Widget,
    program: ProgramInUse | None,
    centers: Sequence[Center],
    question: Question,
    procedure: Procedure,
    around: Surroundings | None,
    facts: MemberFacts | None,
) -> None:
    """Ask the rules about each center of a sheet; posts SheetAnswered."""

    def answers() -> Message:
        from navigator.program import in_call  # deferred: the engine, with the first sheet

        rules = in_call.rules_of(program).rules
        if rules is None or around is None:
            return SheetAnswered(())
        return SheetAnswered(in_call.answers_at(centers, question, procedure, around, rules, facts))

    async def work() -> Message:
        return await asyncio.to_thread(answers)

    ask(node, "sheet", work)


def find_printers(node: Widget) -> None:
    """Ask which printers there are; posts PrintersFound."""

    async def work() -> Message:
        return PrintersFound(await asyncio.to_thread(files_out.printers))

    ask(node, "printers", work)


def save(node: Widget, letter: Letter, folder: Path, note: Noted | None) -> None:
    """Save a letter as PDF, as text where none can be made here; posts HandedOut or LookupFailed."""

    def saved() -> str:
        content, why = letter_content(letter, as_text=False)
        path = files_out.save(folder, letter.file_stem, content, "txt" if isinstance(content, str) else "pdf")
        return f"Saved as {path}" + (f" ({why})" if why else "")

    _hand_out(node, "save", letter, saved, note)


def send_to_printer(node: Widget, letter: Letter, settings: Settings, printer: str | None, note: Noted | None) -> None:
    """Print a letter, as text where the settings or the machine want it so; posts HandedOut or LookupFailed."""

    def printed() -> str:
        content, why = letter_content(letter, as_text=settings.print_as == "text")
        by = files_out.print_out(settings.print_command, content, printer)
        return f"Sent to the printer by {by}" + (f", as plain text ({why})" if why else "")

    _hand_out(node, "print", letter, printed, note)


def note_copy(node: Widget, letter: Letter, note: Noted) -> None:
    """Note that a letter is copied; posts CopyNoted or LookupFailed."""

    def noted() -> Message:
        note("copy")
        return CopyNoted(letter)

    write(node, "hand out", noted)


def letter_content(letter: Letter, as_text: bool) -> tuple[str | bytes, str]:
    """Give a letter's PDF, or its text and why it is that."""
    from navigator.letters.letter import to_print  # deferred: with the first letter

    return to_print(letter, as_text)


def _hand_out(node: Widget, way: str, letter: Letter, work: Callable[[], str], note: Noted | None) -> None:
    async def question() -> Message:
        if note:
            await one_at_a_time(lambda: note(way))
        return HandedOut(await asyncio.to_thread(work), way, letter)

    ask(node, "hand out", question, exclusive=False)

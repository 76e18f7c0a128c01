"""Asks for the answer card of a question in a worker; it comes back as a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.message import Message

from navigator import locations, lookups
from navigator.hr.questions import HrQuestion

if TYPE_CHECKING:
    from navigator.hr.card import AnswerCard
    from navigator.program.model import Program
    from navigator.program_in_use import ProgramInUse
    from navigator.screens.desk_screen import DeskScreen


@dataclass
class HrAnswered(Message):
    """The card of a question."""

    question: HrQuestion
    card: AnswerCard
    program: ProgramInUse | None
    """Of the employer for whom it was asked."""


def answer(screen: DeskScreen[Any], question: HrQuestion, facts: Mapping[str, str]) -> None:
    """Answer a question at the employer of the desk; posts HrAnswered, or LookupFailed with the choices."""
    desk = screen.desk
    directory, program, today = desk.directory, cast("Program | None", desk.program), desk.today()
    if directory is None:
        return

    async def card() -> Message:
        # Deferred: pydantic and the rules' engine, 100 ms after the first frame.
        from navigator.hr.answering import answered
        from navigator.hr.desk import open_desk

        usage = locations.usage_file(program.id) if program else None
        # At a browser the keys are a visitor's, and the files are the server's.
        folder = locations.people_files() if screen.app.is_web else None
        at_desk = await open_desk(directory, program, today, locations.gaps_file(), usage, folder)
        return HrAnswered(question, await answered(at_desk, question, facts), program)

    lookups.ask(screen, "hr", card)

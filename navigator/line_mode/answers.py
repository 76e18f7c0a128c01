"""What line mode asks of the directory and of a program's rules; nothing that is typed is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from navigator import ticket
from navigator.program import in_call, sites
from navigator.program.engagement import not_done_yet
from navigator.program.member import MemberFacts
from navigator.program.model import Program
from navigator.program.rules import PlanOption, ProgramRules
from navigator.program_in_use import asked_for
from provider_directory.catalog import load
from provider_directory.errors import BadInput
from provider_directory.models import Comparison, Offer, Place, Procedure, ProcedureAnswer, Question

if TYPE_CHECKING:
    from navigator.languages.translating import Language
    from navigator.program.rule_answer import RuleAnswer
    from provider_directory.directory import Directory

CENTERS = 3
_ZIP_DIGITS = 5


@dataclass(frozen=True)
class Asked:
    """One question: what, where, and by which plan."""

    procedure: Procedure
    place: Place
    program: Program | None = None
    option: str | None = None
    """Id of one of the program's plan options; None = not sure."""
    miles: float = 50.0
    limit: int = CENTERS
    show_contract_price: bool = True
    """False on a public screen."""


@dataclass(frozen=True)
class Answered:
    """The centers of a question with what the program's rules say at each."""

    asked: Asked
    offer: Offer
    rules: tuple[RuleAnswer | None, ...]
    """One for each center; None where no rule answers."""
    lacking: tuple[str, ...]
    """What keeps the rules from answering, and what the program does not do yet; sentences in English."""
    zip: str | None
    """Of the place, where it is one ZIP's: what a claim ticket holds."""
    site: int
    """Number of the place of work that was named, 0 = none."""

    def ticket(self, language: Language) -> str | None:
        """Give the claim ticket that opens the question again; None where the place has no ZIP (CONTRACT 6)."""
        if self.zip is None:
            return None
        return ticket.written(ticket.Ticket(self.asked.procedure.number, self.zip, language, self.site))


class Answers:
    """The directory and the programs of one machine, asked for one day."""

    def __init__(self, directory: Directory, programs: Sequence[Program], on: date) -> None:
        self._directory = directory
        self.programs = tuple(programs)
        self.on = on

    def search(self, words: str) -> ProcedureAnswer:
        """Find procedures by words."""
        return asyncio.run(self._directory.search_procedures(words))

    def procedure(self, key: str) -> Procedure:
        """Give a procedure by its id; raises UnknownProcedure."""
        return asyncio.run(self._directory.procedure(key))

    def of_ticket(self, held: ticket.Ticket, program: Program | None) -> tuple[Procedure, Place]:
        """Give the procedure and the place that a claim ticket holds, the place of work by its name.

        Raises BadInput for a procedure that this version does not know, UnknownPlace for a ZIP that the edition does
        not.
        """
        number = held.procedure_number
        found = next((each for each in load().procedures if each.number == number), None)
        if found is None:
            raise BadInput("The ticket names no procedure of this version.", "Ask what is planned.")
        return found, self.locate(asyncio.run(sites.words_of_ticket(held.site, held.zip, program)), program)

    def locate(self, text: str, program: Program | None) -> Place:
        """Find a place, or a place of work; raises AmbiguousPlace, UnknownPlace, BadInput."""
        return asyncio.run(sites.locate(text, self._directory, program))

    def options(self, program: Program | None) -> tuple[PlanOption, ...]:
        """Give the plan options between which a member may have chosen; none where there are no two."""
        rules = in_call.rules_of(program).rules
        return rules.plan_options if rules and len(rules.plan_options) > 1 else ()

    def answer(self, asked: Asked) -> Answered:
        """Answer; raises what the directory raises. Rules that cannot answer are told in ``lacking``."""
        program, question = asked.program, self._question(asked)
        offer = asyncio.run(self._directory.find_centers(question))
        plain = Answered(asked, offer, tuple(None for _ in offer.centers), (), *self._of_ticket(asked))
        if program is None:
            return plain
        read = in_call.rules_of(program)
        if read.problem is not None:
            return replace(plain, lacking=(str(read.problem),))
        if read.rules is None:
            return replace(plain, lacking=_not_done_yet(program))
        return self._under_rules(plain, question, program, read.rules)

    def _of_ticket(self, asked: Asked) -> tuple[str | None, int]:
        """Give the ZIP and the site's number for a ticket."""
        site = asyncio.run(sites.site_at(asked.place, asked.program))
        code = site.zip if site else asked.place.label[:_ZIP_DIGITS] if asked.place.precision == "zip" else ""
        if len(code) != _ZIP_DIGITS or not code.isdecimal():
            return None, 0
        return code, site.number if site and site.number < ticket.MOST_SITES else 0

    def _under_rules(self, plain: Answered, question: Question, program: Program, rules: ProgramRules) -> Answered:
        asked, offer = plain.asked, plain.offer
        around = asyncio.run(in_call.surroundings(self._directory, question, offer))
        try:
            member = MemberFacts(plan_option=asked.option)
            answers = tuple(
                in_call.answer_at(center, question, asked.procedure, around, rules, member) for center in offer.centers
            )
        except BadInput as problem:
            # As in `coe find`: the year's rules or limits are not loaded; the centers stay.
            warned = offer.model_copy(update={"warnings": (*offer.warnings, problem.code)})
            return replace(plain, offer=warned, lacking=(str(problem),))
        paid = tuple(
            center.model_copy(update={"you_pay": answer.here.short})
            for center, answer in zip(offer.centers, answers, strict=True)
        )
        filled = offer.model_copy(update={"centers": paid})
        return replace(plain, offer=filled, rules=answers, lacking=not_done_yet(program, rules))

    def compare(self, answered: Answered, one: int, other: int) -> Comparison:
        """Put two centers of an answer, counted from 0, side by side."""
        centers = answered.offer.centers
        pair = (centers[one].facility.id, centers[other].facility.id)
        return asyncio.run(self._directory.compare(pair, self._question(answered.asked)))

    def _question(self, asked: Asked) -> Question:
        return Question(
            procedure=asked.procedure.id,
            place=asked.place,
            miles=asked.miles,
            limit=asked.limit,
            on=self.on,
            show_contract_price=asked.show_contract_price,
            **asked_for(asked.program),
        )


def _not_done_yet(program: Program) -> tuple[str, ...]:
    from navigator.program.rule_file import load_rules  # deferred: only a program without rules comes here

    return not_done_yet(program, load_rules(program)) if program.file else ()

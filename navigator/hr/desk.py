"""What an answer card is made from: the directory, one employer's program with its rules, the date, and the facts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.hr.card import AnswerCard, CardState, CardTable, distinct
from navigator.hr.questions import HrQuestion
from navigator.program import in_call, sites
from navigator.program.gathering import question_under
from provider_directory.crediting import covers_care
from provider_directory.errors import AmbiguousProcedure, BadInput, Choice, UnknownProcedure

if TYPE_CHECKING:
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.model import Program
    from navigator.program.rule_answer import Explanation, RuleAnswer
    from navigator.program.rules import PlanOption, ProgramRules, Rule
    from provider_directory.directory import Directory
    from provider_directory.models import Center, EditionInfo, Offer, Place, Procedure, Question

NEAR_MILES = 50.0
"""How far "near our site" reaches."""
MOST_CENTERS = 100
"""As many as are counted; a card names a few of them."""
NO_PROGRAM_STEP = "Choose an employer: --program ID, or the key for the employer on the screen."


class NoProgram(BadInput):
    """A question about a plan is asked where no employer's program is chosen."""

    code = "no_program"
    title = "No employer is chosen"


@dataclass(frozen=True)
class HrDesk:
    """The desk at one employer; it holds nothing about a person."""

    directory: Directory
    edition: EditionInfo
    program: Program | None
    rules: ProgramRules | None
    on: date
    gaps_file: Path | None = None
    """Counts of questions without a center in reach (`coe gaps`)."""
    usage_file: Path | None = None
    """Counts that `coe usage` wrote at the desk that holds the ledger."""
    people_folder: Path | None = None
    """The one folder whose files may be named, where HR sits at a browser; None = any file of this user."""

    def ruled(self) -> tuple[Program, ProgramRules]:
        """Give the program with its rules; raises NoProgram, BadInput where the file has none."""
        if self.program is None:
            raise NoProgram("This question is about a plan.", NO_PROGRAM_STEP)
        if self.rules is None:
            raise BadInput(
                f"{self.program.employer}'s program file has no rules, so what a member pays is not known.",
                "Ask the plan, or have the rules written: `coe template program`.",
            )
        return self.program, self.rules

    @property
    def ask(self) -> str:
        """Say whom to ask what no card knows."""
        return (self.rules.ask if self.rules else None) or "the plan"

    @property
    def options(self) -> tuple[PlanOption, ...]:
        """Give the plan options of the program."""
        return self.rules.plan_options if self.rules else ()


async def open_desk(
    directory: Directory,
    program: Program | None,
    on: date,
    gaps_file: Path | None = None,
    usage_file: Path | None = None,
    people_folder: Path | None = None,
) -> HrDesk:
    """Open the desk at an employer; raises BadInput where its rules cannot be read."""
    read = await asyncio.to_thread(in_call.rules_of, program)
    if read.problem is not None:
        raise read.problem
    return HrDesk(directory, await directory.about(), program, read.rules, on, gaps_file, usage_file, people_folder)


class Facts(NamedTuple):
    """What was filled into the form, as typed, by the names of ``questions.FACTS``."""

    given: Mapping[str, str]

    def text(self, name: str) -> str:
        """Give one fact, "" where it was left empty."""
        return self.given.get(name, "").strip()


class AtCenter(NamedTuple):
    """A procedure at a place, and the center that the employer's program would send there; None = none in reach."""

    procedure: Procedure
    place: Place
    question: Question
    offer: Offer
    center: Center | None
    around: Surroundings

    @property
    def about(self) -> str:
        """Say what was asked for."""
        return f"{self.procedure.name}, from {self.place.label}"


async def procedure_of(desk: HrDesk, facts: Facts) -> Procedure:
    """Give the procedure of the form; raises UnknownProcedure, AmbiguousProcedure with the choices."""
    words = facts.text("procedure")
    if not words:
        raise BadInput("No procedure is given.", 'Say it in your own words, e.g. "knee replacement".')
    try:
        return await desk.directory.procedure(words)
    except UnknownProcedure:
        answer = await desk.directory.search_procedures(words)
    if answer.sure:
        return await desk.directory.procedure(answer.matches[0].id)
    if not answer.matches:
        raise UnknownProcedure(f'No procedure fits "{answer.query}".', "Say it in other words, or give a code.")
    choices = tuple(Choice(match.id, match.name) for match in answer.matches)
    raise AmbiguousProcedure(f'"{answer.query}" may mean several procedures.', "Choose one.", choices)


async def place_of(desk: HrDesk, facts: Facts) -> Place | None:
    """Give the place of the form, None where it was left empty; raises UnknownPlace, AmbiguousPlace."""
    text = facts.text("place")
    return await sites.locate(text, desk.directory, desk.program) if text else None


def anywhere() -> Place:
    """Give a point to ask from where the question is about a whole edition: the middle of the country."""
    from provider_directory.models import Place

    return Place(label="anywhere", lat=39.83, lon=-98.58, precision="city")


async def at_center(desk: HrDesk, facts: Facts) -> AtCenter:
    """Look around the place for the center that the program would send a member to: under contract, the first."""
    procedure, place = await procedure_of(desk, facts), await place_of(desk, facts)
    if place is None:
        raise BadInput("No place is given.", "Give a site of the employer, a ZIP, or City, ST.")
    question = question_of_desk(desk, procedure.id, place)
    offer = await desk.directory.find_centers(question)
    reach = offer.no_contract_in_reach
    held = [] if reach else [center for center in offer.centers if covers_care(center.credential)]
    center = next(iter([*held, *(reach.nearest if reach else ())]), None)
    around = await in_call.surroundings(desk.directory, question, offer)
    return AtCenter(procedure, place, question, offer, center, around)


def question_of_desk(desk: HrDesk, procedure: str, place: Place, miles: float = NEAR_MILES) -> Question:
    """Make the directory's question; without a program no contract counts."""
    from provider_directory.models import Question

    if desk.program is None:
        return Question(procedure=procedure, place=place, on=desk.on, miles=miles, limit=MOST_CENTERS)
    asked = question_under(desk.program, procedure, place, desk.on, None)
    return asked.model_copy(update={"miles": miles, "limit": MOST_CENTERS})


def answer_for(at: AtCenter, rules: ProgramRules, member: MemberFacts | None = None) -> RuleAnswer:
    """Answer the rules at the center of the place, or at any center under contract where none is in reach."""
    if at.center is None:
        return in_call.answer_before_center(at.procedure, at.question.on, rules, member)
    return in_call.answer_at(at.center, at.question, at.procedure, at.around, rules, member)


def rule_about(rules: ProgramRules, procedure: Procedure) -> Rule | None:
    """Give the rule that is most about a procedure, whoever the member is; None where no rule is."""
    from navigator.program.engine.choosing_rule import specificity

    fits = [
        (found, rule)
        for rule in rules.rules
        if (found := specificity(rule.scope, procedure.id, procedure.criteria_set, procedure.service_line)) is not None
    ]
    return max(fits, key=lambda pair: pair[0])[1] if fits else None


def cited(*explanations: Explanation | None) -> tuple[str, ...]:
    """Give the clauses of explanations, each with the plan's own words."""
    found = []
    for each in explanations:
        if each is not None and each.clause:
            version = f" ({each.version})" if each.version else ""
            found.append(f"{each.clause}{version}{f': “{each.words}”' if each.words else ''}")
    return distinct(found)


def law_of(*explanations: Explanation | None) -> tuple[str, ...]:
    """Give what answers where the plan's file says nothing: a law or a method."""
    return distinct([each.words for each in explanations if each is not None and not each.clause])


def card(
    desk: HrDesk,
    question: HrQuestion,
    sentence: str,
    *,
    more: Sequence[str] = (),
    tables: Sequence[CardTable] = (),
    clauses: Sequence[str] = (),
    sources: Sequence[str] = (),
    caveats: Sequence[str] = (),
    about: str = "",
    state: CardState = "answered",
) -> AnswerCard:
    """Make a card of the desk."""
    program = desk.program
    return AnswerCard(
        id=question.id,
        question=question.ask,
        state=state,
        sentence=sentence,
        more=distinct(more),
        tables=tuple(tables),
        clauses=distinct(clauses),
        sources=distinct(sources),
        caveats=distinct(caveats),
        about=about,
        employer=program.employer if program else None,
        plan_year=program.plan_year if program else None,
        on=desk.on,
        edition=desk.edition.name,
        demonstration=desk.edition.demonstration,
    )

"""`coe offer-sheet`: two or three centers on one page for somebody who wants to think; no referral, no name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import (
    MEMBER_WITHOUT_PROGRAM,
    EditionFile,
    MemberFile,
    OnDate,
    ProgramName,
    days_asked,
    edition_path,
    program_of,
    settle,
)
from navigator.cli.letter_output import AsText, Lang, Out, Printer, ToPrinter, Wished, hand_out, language_asked
from provider_directory.errors import BadInput, NothingFound

if TYPE_CHECKING:
    from navigator.program.model import Program
    from navigator.program.rule_answer import RuleAnswer
    from provider_directory.directory import Directory
    from provider_directory.models import Center, Offer, Question

MOST_LISTED = 25


def offer_sheet(
    question: Annotated[list[str], typer.Argument(metavar="WORDS... PLACE", help="What is planned, and where")],
    centers: Annotated[
        str | None, typer.Option(metavar="IDS", help="One to three facility ids or CCNs; default: the first three")
    ] = None,
    program: ProgramName = None,
    member: MemberFile = None,
    miles: Annotated[float, typer.Option(help="Radius in miles")] = 50.0,
    on: OnDate = None,
    lang: Lang = None,
    as_text: AsText = False,
    out: Out = None,
    to_printer: ToPrinter = False,
    printer: Printer = None,
    edition: EditionFile = None,
) -> None:
    """Put two or three centers on one page to think about: phones, miles, what is paid, questions to ask."""
    if len(question) < 2:
        raise BadInput("A sheet needs words and a place.", 'Try `coe offer-sheet "knee replacement" 53202`.')
    if not 0 < miles <= 13_000:
        raise BadInput(f"Miles {miles:g} are out of range.", "Give 1 to 13,000.")
    language = language_asked(lang) or "en"
    asked_on, _ = days_asked(on, None)
    from navigator.letters.offer_sheet import offer_sheet as sheet_of
    from navigator.program import sites
    from navigator.program_in_use import asked_for
    from provider_directory.catalog import load
    from provider_directory.models import Question
    from provider_directory.opening import open_directory

    words = " ".join(question[:-1])
    chosen = settle(load().search(words), words)
    directory = open_directory(edition_path(edition))
    used = program_of(program)
    place = asyncio.run(sites.locate(question[-1], directory, used))
    asked = Question(procedure=chosen, place=place, miles=miles, limit=MOST_LISTED, on=asked_on, **asked_for(used))
    found = asyncio.run(directory.find_centers(asked))
    if not found.centers:
        raise NothingFound(f"No center is known within {miles:g} miles of {place.label}.", "Give more --miles.")
    on_sheet = _on_sheet(found, centers)
    answers = _answers(directory, on_sheet, asked, used, member)
    letter = sheet_of(found, [each.facility.id for each in on_sheet], answers, used, language)
    hand_out(letter, Wished(as_text, out, to_printer, printer), lambda _way: None)


def _on_sheet(found: Offer, named: str | None) -> tuple[Center, ...]:
    """Give the centers of the sheet; one that was named is known by its id or its CCN."""
    from navigator.letters.offer_sheet import MOST

    if named is None:
        return found.centers[:MOST]
    beyond = found.no_contract_in_reach.nearest if found.no_contract_in_reach else ()
    known = {key: each for each in (*beyond, *found.centers) for key in (each.facility.id, each.facility.ccn) if key}
    ids = [word.strip() for word in named.split(",") if word.strip()]
    if missing := [each for each in ids if each not in known]:
        raise BadInput(
            f'"{missing[0]}" is not among the centers found.', "Take ids as `coe find` shows them, or more --miles."
        )
    if not 0 < len(ids) <= MOST:
        raise BadInput(f"A sheet has one to {MOST} centers, not {len(ids)}.", "Name the ones to think about.")
    return tuple(known[each] for each in dict.fromkeys(ids))


def _answers(
    directory: Directory, centers: Sequence[Center], question: Question, program: Program | None, member: str | None
) -> tuple[RuleAnswer, ...]:
    if program is None:
        if member is not None:
            raise BadInput(MEMBER_WITHOUT_PROGRAM, "Name the program: --program ID.")
        return ()
    from navigator.cli.member_facts import facts_of
    from navigator.program.gathering import look_around
    from navigator.program.in_call import answers_at
    from navigator.program.member_file import fit_to
    from navigator.program.rule_file import load_rules

    rules, facts = load_rules(program), facts_of(member, "")
    fit_to(facts, rules, question.on)
    if not rules.rules:
        return ()
    around = asyncio.run(look_around(directory, question, tuple(centers)))
    procedure = asyncio.run(directory.procedure(question.procedure))
    return answers_at(centers, question, procedure, around, rules, facts)

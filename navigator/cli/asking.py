"""`coe procedures`, `coe find`, `coe evidence`: one question, one answer (CONTRACT 6)."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from navigator import locations
from navigator.cli.output import print_json
from navigator.cli.typed import LONGEST_LINE
from navigator.program_in_use import asked_for
from provider_directory.bounded_files import why_unread
from provider_directory.errors import AmbiguousProcedure, BadInput, Choice, NothingFound, UnknownProcedure

# The vocabulary is pydantic, 100 ms: `--help` and the app's first frame do without, so commands import it themselves.
if TYPE_CHECKING:
    from navigator.program.model import Program
    from provider_directory.directory import Directory
    from provider_directory.models import Offer, ProcedureAnswer, Question, Sort

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]
OnDate = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The question's date, YYYY-MM-DD")]
EditionFile = Annotated[str | None, typer.Option("--edition", metavar="FILE", help="Edition; default: the published")]
ProgramName = Annotated[str | None, typer.Option("--program", metavar="ID", help="Program id or file")]
MemberFile = Annotated[
    str | None, typer.Option("--member", metavar="FILE", help="The member's facts, JSON or TOML; - = standard input")
]

MEMBER_WITHOUT_PROGRAM = "A member's facts need a program's rules."


def procedures(
    words: Annotated[list[str] | None, typer.Argument(help="The caller's own words, or a code")] = None,
    batch: Annotated[Path | None, typer.Option(help="File with one query a line; - = standard input")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the procedures that fit a caller's words."""
    from provider_directory.catalog import load

    catalog = load()
    if batch is not None:
        for line in _queries(batch):
            print_json(catalog.search(line), indent=None)
        return
    if not words:
        raise BadInput("No words were given.", 'Try `coe procedures "new knee"`.')
    answer = catalog.search(" ".join(words))
    if as_json:
        print_json(answer)
    elif answer.matches:
        from navigator.cli.text_answers import print_procedures

        print_procedures(answer)
    if not answer.matches:
        if not as_json:
            raise NothingFound(f'No procedure fits "{answer.query}".', "Say it in other words, or give a code.")
        raise typer.Exit(1)


def find(
    question: Annotated[list[str], typer.Argument(metavar="WORDS... PLACE", help="What is planned, and where")],
    miles: Annotated[float, typer.Option(help="Radius in miles")] = 50.0,
    limit: Annotated[int, typer.Option(help="How many centers at the most")] = 10,
    sort: Annotated[str, typer.Option(help="recommended, distance, quality, volume or price")] = "recommended",
    on: OnDate = None,
    care_day: Annotated[
        str | None, typer.Option(metavar="DATE", help="Likely day of care; default: 90 days on")
    ] = None,
    program: ProgramName = None,
    member: MemberFile = None,
    recover_at: Annotated[
        str | None, typer.Option(metavar="PLACE", help="A second place to look near: where the member will recover")
    ] = None,
    surgeon: Annotated[str | None, typer.Option(help="Only centers with this surgeon under contract")] = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Find the centers for a procedure near a place."""
    if len(question) < 2:
        raise BadInput("A question needs words and a place.", 'Try `coe find "knee replacement" 53202`.')
    order = check_reach(miles, limit, sort)
    asked_on, care_on = days_asked(on, care_day)
    from provider_directory.catalog import load

    chosen = settle(load().search(" ".join(question[:-1])), " ".join(question[:-1]))
    from navigator.program import sites
    from provider_directory.models import Question
    from provider_directory.opening import open_directory
    from provider_directory.places import two_places

    # Before the program: on a fresh machine the demonstration brings its programs along.
    directory = open_directory(edition_path(edition))
    asked_program = program_of(program)
    first, second = two_places(question[-1])
    place = asyncio.run(sites.locate(first, directory, asked_program))
    recovery = recover_at or second
    asked = Question(
        procedure=chosen,
        place=place,
        miles=miles,
        limit=limit,
        sort=order,
        on=asked_on,
        care_day=care_on,
        recover_at=asyncio.run(sites.locate(recovery, directory, asked_program)) if recovery else None,
        surgeon=surgeon,
        **asked_for(asked_program),
    )
    found = asyncio.run(directory.find_centers(asked))
    offer, rule = _under_rules(directory, found, asked, asked_program, member, with_rule=not as_json)
    if as_json:
        print_json(offer)
    else:
        from navigator.cli.text_answers import print_offer

        print_offer(offer, asyncio.run(directory.procedure(chosen)).name, miles, rule)
    if not offer.centers:
        raise typer.Exit(1)


def _under_rules(
    directory: Directory,
    offer: Offer,
    question: Question,
    program: Program | None,
    member: str | None,
    with_rule: bool,
) -> tuple[Offer, tuple[str, ...]]:
    """Fill what the member pays, and give the rule in a few sentences; without a program neither."""
    if program is None:
        if member is not None:
            raise BadInput(MEMBER_WITHOUT_PROGRAM, "Name the program: --program ID.")
        return offer, ()
    # Deferred: the rules' engine, which a question without a program never needs.
    from navigator.cli.member_facts import facts_of
    from navigator.cli.rules_in_answers import rule_paragraph, ruled_offer

    ruled, rule = ruled_offer(directory, offer, question, program, facts_of(member, ""), with_rule)
    return ruled, tuple(rule_paragraph(rule))


def evidence(
    facility: Annotated[str, typer.Argument(help="Facility id, or a CCN")],
    procedure: Annotated[list[str], typer.Argument(help="Procedure id, words or a code")],
    on: OnDate = None,
    program: ProgramName = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Open the ladder under a label: criteria, measures, source rows and steps."""
    from provider_directory.catalog import load

    words = " ".join(procedure)
    chosen = settle(load().search(words), words)
    from provider_directory.opening import open_directory

    directory = open_directory(edition_path(edition))
    asked_program = program_of(program)
    ladder = asyncio.run(
        directory.evidence(
            facility,
            chosen,
            parse_day(on, "--on") or date.today(),
            asked_program.alliances if asked_program else (),
        )
    )
    if as_json:
        print_json(ladder)
    else:
        from navigator.cli.text_answers import print_evidence

        print_evidence(ladder)


def check_reach(miles: float, limit: int, sort: str) -> Sort:
    from provider_directory.models import Sort

    orders: tuple[Sort, ...] = get_args(Sort)
    if sort not in orders:
        raise BadInput(f'There is no order "{sort}".', f"Choose one of {', '.join(orders)}.")
    if not 0 < miles <= 13_000 or not 1 <= limit <= 10_000:
        raise BadInput(f"Miles {miles:g} and limit {limit} are out of range.", "Miles 0 to 13,000; limit 1 to 10,000.")
    return orders[orders.index(sort)]


def settle(answer: ProcedureAnswer, words: str) -> str:
    """Give the procedure that the words surely mean; else raise with the choices (CONTRACT 6)."""
    from provider_directory.catalog import load

    if any(procedure.id == words.strip() for procedure in load().procedures):
        return words.strip()
    if answer.sure:
        return answer.matches[0].id
    if not answer.matches:
        raise UnknownProcedure(f'No procedure fits "{answer.query}".', "Say it in other words, or give a code.")
    choices = tuple(Choice(match.id, match.name) for match in answer.matches)
    raise AmbiguousProcedure(f'"{answer.query}" may mean several procedures.', "Ask which one it is.", choices)


def days_asked(on: str | None, care_day: str | None) -> tuple[date, date | None]:
    """Read the question's day, by default today, and the day of care; raises BadInput where they contradict."""
    asked_on, care_on = parse_day(on, "--on") or date.today(), parse_day(care_day, "--care-day")
    if care_on is not None and care_on < asked_on:
        raise BadInput(f"--care-day {care_on} lies before {asked_on}.", "Give a day of care after the question's date.")
    return asked_on, care_on


def parse_day(text: str | None, option: str) -> date | None:
    """Read an ISO date; raises BadInput that names the option."""
    if text is None:
        return None
    try:
        # The pattern too: fromisoformat also reads 20261122 and 2026-W47-7, which nobody means.
        if re.fullmatch(r"20\d\d-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInput(f'{option}: "{text}" is not a date of this century.', "Write it as YYYY-MM-DD, e.g. 2026-11-22.")


def edition_path(given: str | None) -> Path:
    """Give the edition to answer from: the file given, else the published one, else the demonstration, made now."""
    if given is not None:
        return Path(given)
    from navigator.first_run import edition_in_use

    return edition_in_use(lambda words, done: print(f"{done:4.0%} {words}", file=sys.stderr))


def program_of(name: str | None) -> Program | None:
    """Load the program that was named; None where none was."""
    if name is None:
        return None
    from navigator.program.model import load_program

    return load_program(name, locations.programs())


def _queries(batch: Path) -> Iterator[str]:
    """Give the queries of a file line by line, each as soon as it is there; raises BadInput."""
    shown = "standard input" if str(batch) == "-" else str(batch)
    step = "Give a UTF-8 text file with one query a line."
    try:
        with nullcontext(sys.stdin) if str(batch) == "-" else batch.open(encoding="utf-8-sig") as lines:
            for number in count(1):
                if not (line := lines.readline(LONGEST_LINE + 1)):
                    return
                if len(line) > LONGEST_LINE:
                    raise BadInput(f"{shown}: line {number} has more than {LONGEST_LINE:,} characters.", step)
                yield line.removesuffix("\n")
    except (OSError, ValueError) as fault:
        raise BadInput(f"{shown} cannot be read: {why_unread(fault)}.", step) from None

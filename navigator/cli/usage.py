"""`coe usage`: counts of a program's referrals for the HR desk, made where the ledger is; no person is in them."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile, edition_path, program_of
from navigator.cli.output import print_json, print_sentence, print_table
from provider_directory.errors import BadInput, DirectoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from navigator.hr.usage import CaseSaving, Ending, Usage
    from navigator.program.model import Program
    from navigator.referral.tally import Tally
    from provider_directory.directory import Directory


def usage(
    program: Annotated[str, typer.Option(metavar="ID", help="Program id or file")],
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="Year of sending; default: the plan year")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write; default: usage/ID.json")] = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Count a program's referrals for the HR desk: used, avoided, saved as a range; small counts are hidden."""
    from navigator.cli.referral_answers import open_ledger
    from navigator.ledger.tallies import tallies
    from provider_directory.opening import open_directory

    directory = open_directory(edition_path(edition))
    asked = program_of(program)
    assert asked is not None  # noqa: S101 - the option is needed
    with open_ledger() as ledger:
        found = tallies(ledger, asked.id, year or asked.plan_year)
        head = ledger.audit_head().short
    counts = asyncio.run(_counted(directory, asked, year or asked.plan_year, found, head))
    file = out or locations.usage_file(asked.id)
    # Also beside the file that HR has by custom, wherever this one goes.
    stays = any(_stays(each, counts) for each in dict.fromkeys((file, locations.usage_file(asked.id))))
    if not stays:
        _write(file, counts)
    if as_json:
        print_json(counts)
    else:
        _print(counts, asked.employer)
        if not stays:
            print_sentence(f"Written for the HR desk: {file}. It holds these counts and nothing else.")


async def _counted(directory: Directory, program: Program, year: int, found: tuple[Tally, ...], head: str) -> Usage:
    from navigator.hr.usage import Usage, Used, counted, saved

    about = await directory.about()
    rows = counted([Used(await _service_line(directory, each), _ending(each)) for each in found])
    return Usage(
        program=program.id,
        year=year,
        counted_on=date.today(),
        edition=about.name,
        demonstration=about.demonstration,
        ledger_head=head,
        rows=rows,
        saved=saved(await _savings(directory, program, found), rows[-1].counts[0]),
    )


def _stays(file: Path, counts: Usage) -> bool:
    """Say whether HR may have counts already from which these differ by few, and tell so; else these are written."""
    from navigator.gaps import FEWEST_SHOWN
    from navigator.hr.usage import differs_by_few, read_usage

    try:
        former = read_usage(file)
    except BadInput:  # it is written anew
        return False
    if former is None or (former.program, former.year) != (counts.program, counts.year):
        return False
    if not differs_by_few(former, counts):
        return False
    print(
        f"The file for the HR desk stays that of {former.counted_on}: a count differs by fewer than {FEWEST_SHOWN},"
        " and who had both could tell those few. Do not hand over what is shown here; count again later.",
        file=sys.stderr,
    )
    return True


def _print(counts: Usage, employer: str) -> None:
    from navigator.hr.usage import usage_table

    table = usage_table(counts)
    print(f"{employer}, referrals sent in {counts.year}")
    print_table(table.head, table.rows, right=frozenset(table.right))
    print_sentence(counts.saved.words)


def _write(file: Path, counts: Usage) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(counts.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as fault:
        raise BadInput(f"{file} cannot be written: {fault.strerror}.", "Give another file: --out FILE.") from None


def _ending(tally: Tally) -> Ending:
    from navigator.referral.lifecycle import ENDED

    if tally.outcome is not None:
        return "surgery" if tally.outcome == "surgery" else "avoided"
    return "ended_otherwise" if tally.state in ENDED else "on_the_way"


async def _service_line(directory: Directory, tally: Tally) -> str:
    from navigator.hr.usage import NOT_KEPT

    if tally.procedure is None:
        return NOT_KEPT
    try:
        return (await directory.procedure(tally.procedure)).service_line
    except DirectoryError:
        return NOT_KEPT


async def _savings(directory: Directory, program: Program, found: Iterable[Tally]) -> list[CaseSaving]:
    """Give for each kind of operation at each center what a case may save (METHOD 3.4), over nobody in particular."""
    from navigator.hr.usage import CaseSaving

    done = Counter((each.procedure, each.facility_id) for each in found if each.outcome == "surgery")
    savings = []
    for (procedure, facility), operations in sorted(done.items(), key=str):
        known = await _span(directory, program, procedure, facility) if procedure and facility else None
        savings.append(CaseSaving(operations, known))
    return savings


async def _span(directory: Directory, program: Program, procedure: str, facility: str) -> tuple[int, int] | None:
    from navigator.program.engine.answering import answer_rule
    from navigator.program.gathering import gather
    from navigator.program.member import MemberFacts
    from navigator.program.rule_file import load_rules
    from navigator.program.tax_limits import limits_of

    try:
        gathered = await gather(directory, program, procedure, facility, date.today(), None, None, None)
        answer = answer_rule(load_rules(program), MemberFacts(), gathered.care, limits_of)
    except DirectoryError:
        return None
    saving = answer.savings
    if saving is None or saving.low_cents is None or saving.high_cents is None:
        return None
    return saving.low_cents, saving.high_cents

"""`coe members`: a program's eligibility file, checked, taken into the encrypted ledger, and what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson, parse_day, program_of
from navigator.cli.output import print_json, print_sentence, print_table
from provider_directory.errors import BadInput, SourceProblem

# The vocabulary is pydantic, 100 ms: `--help` does without, so the commands import it themselves.
if TYPE_CHECKING:
    from navigator.cli.members_answer import ChangedMember, MembersCheck
    from navigator.ledger.ledger import Ledger
    from navigator.ledger.values import RosterPerson
    from navigator.program.eligibility import MemberChange
    from navigator.program.roster import EligiblePerson
    from provider_directory.sources.reading import Reading

members_app = typer.Typer(help="The eligibility files of programs.", no_args_is_help=True)
ProgramNeeded = Annotated[str, typer.Option("--program", metavar="ID", help="Program id or file")]
MembersFile = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or workbook; `coe template members` writes one")]
_MOST_CHANGES = 20


@members_app.command()
def check(file: MembersFile, program: ProgramNeeded, as_json: AsJson = False) -> None:
    """Read an eligibility file and account for every row; nothing is kept. Exit code 2 where a row is set aside."""
    reading, program_id = _read(file, program)
    answer = _check_of(reading, program_id)
    if as_json:
        print_json(answer)
    else:
        _print_check(answer)
    if answer.faulty:
        raise typer.Exit(2)


@members_app.command("import")
def import_members(
    file: MembersFile,
    program: ProgramNeeded,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day that the file speaks of; default: today")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take the accepted rows into the encrypted ledger, in place of the program's former file."""
    day = parse_day(as_of, "--as-of") or date.today()
    if day > date.today():
        raise BadInput(f"--as-of {day} lies in the future.", "Give the day that the file speaks of.")
    reading, program_id = _read(file, program)
    check_answer = _check_of(reading, program_id)
    if not reading.facts:
        raise BadInput(
            f"No row of {check_answer.file} is of a member of {program_id}; the former file stays in force.",
            "`coe members check` tells what is wrong with each row.",
        )
    from navigator.cli.members_answer import MembersImport
    from navigator.cli.referral_answers import open_ledger
    from navigator.program.eligibility import changes_between

    with open_ledger() as ledger:
        former = ledger.roster.status(program_id)
        if former is not None and former.as_of is not None and former.as_of > day:
            raise BadInput(
                f"The file in force is of {former.as_of}, newer than {day}.",
                "Give --as-of, the day that this file speaks of; an older file is not taken.",
            )
        old = ledger.roster.people(program_id) if former is not None else ()
        people = [_person(one) for one in reading.facts]
        taken = ledger.roster.replace(program_id, check_answer.file, people, day, reading.sha256)
        changes = _with_open(changes_between(old, people, day), ledger)
    if as_json:
        print_json(MembersImport(check=check_answer, in_force=taken, changes=changes))
        return
    _print_check(check_answer)
    print(f"\nIn force for {program_id}: {taken.people:,} people, file of {day}, in the encrypted ledger.")
    _print_changes(changes)
    print_sentence(f"Nothing of {file} was copied: delete it where it lies in the open.")


def _with_open(changes: list[MemberChange], ledger: Ledger) -> tuple[ChangedMember, ...]:
    """Give the changes with the open referrals and cases of each person, those that have one first."""
    from navigator.cli.members_answer import ChangedMember
    from navigator.program.eligibility import person_keys

    if not changes:
        return ()
    known: dict[tuple[str, str], list[str]] = {}
    for referral in ledger.open_referrals():
        who = referral.member
        for key in person_keys(who.member_id, who.name, who.birth_date):
            known.setdefault(key, []).append(referral.number)
    for case in ledger.cases.not_closed():
        for key in person_keys(case.index.member_id, case.index.name, case.index.birth_date):
            known.setdefault(key, []).append(case.id)
    told = []
    for change in changes:
        keys = person_keys(change.member_id, change.name, change.birth_date)
        open_now = dict.fromkeys(number for key in keys for number in known.get(key, ()))
        told.append(ChangedMember(**change._asdict(), open=tuple(open_now)))
    return tuple(sorted(told, key=lambda change: not change.open))


@members_app.command()
def status(as_json: AsJson = False) -> None:
    """Say which eligibility file is in force for each program."""
    from navigator.cli.members_answer import MembersStatus
    from navigator.cli.referral_answers import open_ledger
    from navigator.program.rule_answer import NOT_A_GUARANTEE

    with open_ledger() as ledger:
        files = [file for name in ledger.roster.programs() if (file := ledger.roster.status(name)) is not None]
    if as_json:
        print_json(MembersStatus(files=tuple(files)))
        return
    if not files:
        print("No eligibility file is in force; `coe members import` takes one.")
        return
    print_table(
        ("program", "people", "file of", "file", "taken", "by"),
        [
            (
                *(file.program, f"{file.people:,}", file.as_of.isoformat() if file.as_of else "not known"),
                *(file.file_name, f"{file.imported_at:%Y-%m-%d}", file.imported_by),
            )
            for file in files
        ],
        right=frozenset({1}),
    )
    print(NOT_A_GUARANTEE)


def _read(file: Path, program: str) -> tuple[Reading[EligiblePerson], str]:
    from navigator.program.roster import OfProgram, read_eligible
    from navigator.program.rule_file import load_rules

    asked = program_of(program)
    assert asked is not None  # noqa: S101 - the option is needed
    options = {option.id: option.name for option in load_rules(asked).plan_options}
    reading = read_eligible(file, OfProgram(asked.id, options))
    if reading.conflict:
        raise SourceProblem(reading.conflict, "Correct the file and try again.")
    return reading, asked.id


def _check_of(reading: Reading[EligiblePerson], program_id: str) -> MembersCheck:
    from navigator.cli.members_answer import MembersCheck, SetAsideRow
    from navigator.program.roster import another_program

    others = another_program(reading)
    return MembersCheck(
        program=program_id,
        file=reading.source.name,
        sha256=reading.sha256,
        read=reading.read,
        accepted=reading.kept,
        twins=reading.duplicates,
        of_another_program=others,
        faulty=sum(reading.set_aside.values()) - others,
        reasons=dict(reading.set_aside),
        examples=tuple(
            SetAsideRow(
                place=one.place or f"row {one.row}",
                column=one.column,
                found=one.found,
                expected=one.expected,
                reason=one.reason,
                next_step=one.next_step,
            )
            for one in reading.examples
        ),
        notes=tuple(reading.notes),
    )


def _person(found: EligiblePerson) -> RosterPerson:
    from navigator.ledger.values import RosterPerson
    from navigator.program.eligibility import FACTS

    said = {name: value for name in FACTS if (value := getattr(found, name)) is not None}
    return RosterPerson(
        member_id=found.member_id,
        name=found.name,
        birth_date=found.birth_date,
        effective=found.effective,
        ends=found.ends,
        facts=said,
    )


def _print_check(answer: MembersCheck) -> None:
    others = f" + {answer.of_another_program:,} of another program" if answer.of_another_program else ""
    print_sentence(
        f"{answer.file}, program {answer.program}: {answer.read:,} rows read = {answer.accepted:,} accepted"
        f" + {answer.twins:,} twins + {answer.faulty:,} set aside{others}"
    )
    for one in answer.examples:
        if one.reason == "of_another_program":
            continue
        found = f"found {one.found!r}, " if one.found else ""
        print_sentence(f"{one.place}, {one.column or 'the row'}: {found}expected {one.expected}. {one.next_step}", 2)
    more = {reason: rows for reason, rows in answer.reasons.items() if reason != "of_another_program" and rows > 3}
    for reason, rows in more.items():
        print(f"  {rows:,} rows in all: {reason.replace('_', ' ')}")
    for note in answer.notes:
        print_sentence(note, 2)


def _print_changes(changes: Sequence[ChangedMember]) -> None:
    if not changes:
        return
    bearing = [change for change in changes if change.open]
    print(f"\n{len(changes):,} changes since the former file, {len(bearing):,} of them on an open referral or case")
    for change in bearing:
        who = change.member_id or "a member without an id"
        print_sentence(f"{', '.join(change.open)} ({who}): {change.words}", 2)
    others = [change for change in changes if not change.open]
    for change in others[:_MOST_CHANGES]:
        print_sentence(f"{change.member_id or 'a member without an id'}: {change.words}", 2)
    if len(others) > _MOST_CHANGES:
        print(f"  and {len(others) - _MOST_CHANGES:,} more; --json lists them all")

"""The eligibility file of a program: who may have the benefit, read row by row with the least data that will do.

Nothing is kept here: the rows go to the encrypted ledger (`coe members import`). A file that holds Social Security
numbers or diagnoses is refused as a whole, and no value of a person is repeated in an error, only its shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.sources.layouts import MEMBER_COLUMNS, fold_column, named_columns
from provider_directory.sources.reading import Reading, Table, reading_of
from provider_directory.sources.recognise import MEMBERS, SourceFile, recognise_file
from provider_directory.sources.typed_cells import BadCell, Cells, read_typed

_STEP = "`coe template members` writes a file to fill in."
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])", re.ASCII)
_NINE_DIGITS = re.compile(r"(?!000|666|9)\d{9}", re.ASCII)
_SSN_COLUMNS = ("ssn", "socialsecurity", "socialsec", "taxid", "sin")
_HEALTH_COLUMNS = ("diagnos", "icd", "condition", "medication", "claim", "disease", "medicalrecord", "bmi", "tobacco")
_ANOTHER_PROGRAM = "of_another_program"
_NOT_PERSONAL = frozenset({"", "coverage_tier", "plan_option", "relationship", "employment", "effective", "ends"})
"""Columns whose cells may be repeated; the cells of the others are told by their shape."""
_OLDEST = date(1900, 1, 1)
_TIERS = {
    "self": ("self", "employee", "employee only", "subscriber only", "single", "individual", "ee"),
    "self_spouse": ("self spouse", "employee spouse", "employee plus spouse", "couple", "ee sp", "two party"),
    "self_children": ("self children", "employee children", "employee child", "employee plus children", "ee ch"),
    "family": ("family", "employee family", "employee plus family", "ee fam"),
}
_RELATIONSHIPS = {
    "subscriber": ("subscriber", "employee", "self", "member", "retiree"),
    "spouse": ("spouse", "husband", "wife", "partner", "domestic partner"),
    "child": ("child", "son", "daughter", "dependent child", "stepchild"),
    "other": ("other", "dependent", "other dependent"),
}
_EMPLOYMENTS = {
    "active": ("active", "employed", "full time", "part time"),
    "cobra": ("cobra", "continuation"),
    "retiree": ("retiree", "retired"),
    "leave": ("leave", "on leave", "leave of absence"),
}


class EligiblePerson(NamedTuple):
    """One row of an eligibility file; None = not said."""

    member_id: str | None
    name: str | None
    birth_date: date | None
    zip: str | None
    coverage_tier: str | None
    plan_option: str | None
    relationship: str | None
    other_coverage: str | None
    effective: date | None
    ends: date | None
    employment: str | None
    row: int


class OfProgram(NamedTuple):
    """What of a program its eligibility file must agree with."""

    id: str
    plan_options: Mapping[str, str]
    """Id -> name; empty = the program's file names none, and any is taken."""


def read_eligible(path: Path, program: OfProgram) -> Reading[EligiblePerson]:
    """Read the people of one program; rows of another program, and rows that cannot be right, are set aside.

    accepted + identical twins + set aside = read. Raises SourceProblem for a file that is no eligibility file, or that
    holds what it must not.
    """
    source = _source(path)
    may_be_ssn = _refuse_what_nobody_may_send(source)
    seen: set[str] = set()

    def person(cells: Cells, number: int) -> EligiblePerson:
        found = _person(cells, number, program)
        if found.member_id and found.member_id.casefold() in seen:
            raise BadCell("member_id", "", "a row a member", "member_id_twice", "Keep the row that is right.")
        seen.add((found.member_id or "").casefold())
        return found

    reading = read_typed(source, lambda header: named_columns(header, MEMBER_COLUMNS), person)
    reading.examples = [
        one if one.column in _NOT_PERSONAL else one._replace(found=_shape(one.found)) for one in reading.examples
    ]
    if may_be_ssn:
        reading.notes.append(
            f"{may_be_ssn:,} member ids are nine digits, as Social Security numbers are: make sure that they are none."
        )
    return reading


def another_program(reading: Reading[EligiblePerson]) -> int:
    """Give how many rows were set aside as another program's."""
    return reading.set_aside[_ANOTHER_PROGRAM]


def _source(path: Path) -> SourceFile:
    if not path.is_file():
        raise SourceProblem(f"There is no file {clean(str(path), 200)}.", "Check the path.")
    found, skipped = recognise_file(path)
    for source in found:
        if source.dataset == MEMBERS:
            return source
    why = f" {skipped[0].reason}" if skipped else ""
    needed = "It needs member_id or birth_date, and one of coverage_tier, plan_option, relationship."
    raise SourceProblem(f"{clean(path.name, 80)} is no eligibility file.{why} {needed}", _STEP)


def _refuse_what_nobody_may_send(source: SourceFile) -> int:
    """Look at every cell, also of columns that are not read; gives how many member ids may be what they must not be."""
    with reading_of(source) as (table, reading):
        for name in table.header:
            _refuse_column(source, name)
        ids = named_columns(table.header, MEMBER_COLUMNS).get("member_id")
        return sum(_looks_like_ssn(source, table, reading, number, row, ids) for number, row in table.rows())


def _refuse_column(source: SourceFile, name: str) -> None:
    folded = fold_column(name)
    if folded == "sin" or any(
        folded.startswith(word) or folded.endswith(word) for word in _SSN_COLUMNS if word != "sin"
    ):
        what = "Social Security numbers, which are never needed here"
    elif any(folded.startswith(word) for word in _HEALTH_COLUMNS):
        what = "health data, which no eligibility file needs"
    else:
        return
    raise SourceProblem(
        f'{source.name}: the column "{clean(name, 40)}" is of {what}. Nothing of the file was kept.',
        f"Delete the column, and the file as it is. {_STEP}",
    )


def _looks_like_ssn(
    source: SourceFile, table: Table, reading: Reading[EligiblePerson], number: int, row: Sequence[str], ids: int | None
) -> bool:
    for column, cell in zip(table.header, row, strict=False):
        if _SSN.search(cell):
            where = (reading.place_of(number, column) if reading.place_of else "") or f"row {number}"
            raise SourceProblem(
                f'{source.name}, {where}, column "{clean(column, 40)}": a value is written as a Social Security number.'
                " Nothing of the file was kept.",
                "Take these numbers out, give the plan's own member ids, and delete the file as it is.",
            )
    return ids is not None and _NINE_DIGITS.fullmatch(row[ids].strip()) is not None


def _person(cells: Cells, number: int, program: OfProgram) -> EligiblePerson:
    named = cells.text("program_id", 120)
    if named and named.casefold() != program.id.casefold():
        raise BadCell("program_id", "", program.id, _ANOTHER_PROGRAM, "Import these rows under their own program.")
    member_id, name = cells.text("member_id", 80), cells.text("name", 120)
    born = _birth_date(cells)
    if not member_id and not (name and born):
        raise BadCell("member_id, name, birth_date", "", "a member id, or a name with a birth date", "nobody_named")
    effective, ends = _day(cells, "effective"), _day(cells, "ends")
    if effective and ends and ends < effective:
        raise BadCell("ends", ends.isoformat(), f"a day from {effective} on", "ends_before_it_starts")
    return EligiblePerson(
        member_id or None,
        name or None,
        born,
        cells.zip() or None,
        _word(cells, "coverage_tier", _TIERS),
        _plan_option(cells, program),
        _word(cells, "relationship", _RELATIONSHIPS),
        cells.text("other_coverage", 200) or None,
        effective,
        ends,
        _word(cells, "employment", _EMPLOYMENTS),
        number,
    )


def _day(cells: Cells, column: str) -> date | None:
    found = cells.day(column)
    return date.fromisoformat(found) if found else None


def _birth_date(cells: Cells) -> date | None:
    born = _day(cells, "birth_date")
    if born is not None and not _OLDEST <= born <= date.today():
        raise BadCell("birth_date", born.isoformat(), "a day of the past, from 1900 on", "bad_birth_date")
    return born


def _word(cells: Cells, column: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """Give our word for one of the words that files use; blanks, signs and capitals do not matter."""
    found = cells.text(column, 60)
    folded = " ".join(re.findall(r"[a-z]+", found.lower()))
    if not folded:
        return None
    for word, others in known.items():
        if folded in others:
            return word
    raise BadCell(column, found, " | ".join(known), f"bad_{column}")


def _plan_option(cells: Cells, program: OfProgram) -> str | None:
    found = cells.text("plan_option", 80)
    if not found or not program.plan_options:
        return found or None
    for key, name in program.plan_options.items():
        if fold_column(found) in (fold_column(key), fold_column(name)):
            return key
    expected = f"one of the program's plan options: {', '.join(program.plan_options)}"
    raise BadCell("plan_option", found, expected, "unknown_plan_option")


def _shape(text: str) -> str:
    """Give the shape of a text, e.g. "99/99/9999": enough to find the fault, nothing of the person."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", text))

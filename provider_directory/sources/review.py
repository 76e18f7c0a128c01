"""The review list filled in by a person: which facility a row means that no rule could tie to one."""

from __future__ import annotations

import hashlib

from provider_directory.facts import ReviewDecision
from provider_directory.sources.layouts import REVIEW_COLUMNS, named_columns
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.typed_cells import BadCell, Cells, read_typed

NONE_FITS = "none"
"""Stands in the column facility_id where a person says that no facility fits."""
_MARK_LETTERS = 16
_LEAVE_MARK = "Make the list anew with `coe build --review FILE`, and fill in the column facility_id only."


def mark_of(found: str) -> str:
    """Give the mark of a row's words; a row whose words have changed since it was decided has another one."""
    # It begins with a letter that no number has: a spreadsheet keeps it as text.
    return f"r{hashlib.sha256(found.encode()).hexdigest()}"[:_MARK_LETTERS]


def mark_of_price_file(found: str) -> str:
    """Give the mark of what a price file says of itself; no row of a table has one like it."""
    return f"p{mark_of(found)[1:]}"


def is_about_price_file(decision: ReviewDecision) -> bool:
    """Say whether a decision is about a price file and not about a row of a table."""
    return decision.found_mark.startswith("p")


def read_decisions(source: SourceFile) -> Reading[ReviewDecision]:
    """Read a review list; rows without a facility_id are counted as set aside: they are still to be decided.

    Raises SourceProblem where the file as a whole cannot be read.
    """
    return read_typed(source, lambda header: named_columns(header, dict.fromkeys(REVIEW_COLUMNS, ())), _decision)


def _decision(cells: Cells, number: int) -> ReviewDecision:
    # A spreadsheet may keep the apostrophe that made a cell text.
    facility_id = cells.text("facility_id").removeprefix("'").lower()
    mark = cells.text("found_mark").removeprefix("'").lower()
    if not facility_id:
        step = f'Put the facility_id there, or "{NONE_FITS}".'
        raise BadCell("facility_id", "", f'the id of a facility, or "{NONE_FITS}"', "not_decided", step)
    if len(mark) != _MARK_LETTERS:
        raise BadCell("found_mark", mark, "the mark that the list was written with", "bad_mark", _LEAVE_MARK)
    return ReviewDecision(mark, facility_id, f"{cells.text('file')} row {cells.text('row')}", number)

"""Reader of an employer's paid-claims summary: what its plan paid, by facility and procedure (METHOD 3.2 rank 2)."""

from __future__ import annotations

from provider_directory.facts import PaidClaims
from provider_directory.sources.layouts import CLAIMS_COLUMNS, named_columns
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.typed_cells import BadCell, Cells, known, read_typed

FEWEST_CASES = 11
"""METHOD 3.2 rank 2; the smallest count that Medicare publishes, too."""
_SETTINGS = ("inpatient", "outpatient")
_COUNTS = ("facility_and_professional", "facility")
_TOO_FEW = "A figure from fewer cases may point to a person: leave the row out, or take a longer period."


def read_claims(source: SourceFile, procedure_ids: frozenset[str]) -> Reading[PaidClaims]:
    """Read a summary; dates come as ISO, money as cents. A row from fewer than FEWEST_CASES cases is set aside.

    How old a row is, is judged at the question's date. Raises SourceProblem where the file as a whole cannot be read.
    """
    return read_typed(
        source,
        lambda header: named_columns(header, CLAIMS_COLUMNS),
        lambda cells, number: _fact(cells, number, procedure_ids),
    )


def _fact(cells: Cells, number: int, procedure_ids: frozenset[str]) -> PaidClaims:
    facility = (cells.text("facility_id"), cells.ccn(), cells.npi(), cells.text("name"))
    if not any(facility):
        raise BadCell("facility_id, ccn, npi, name", "", "at least one of them", "no_facility")
    setting = cells.word("setting", _SETTINGS, "")
    if not setting:
        raise BadCell("setting", "", " | ".join(_SETTINGS), "bad_setting")
    return PaidClaims(
        _needed(cells, "program", "the program's id"),
        *facility,
        cells.zip(),
        known(_needed(cells, "procedure", "a procedure id").lower(), procedure_ids, "procedure"),
        setting,
        _cases(cells),
        *_amounts(cells),
        *_period(cells),
        number,
        cells.word("counts", _COUNTS, ""),
    )


def _needed(cells: Cells, column: str, expected: str) -> str:
    if found := cells.text(column):
        return found
    raise BadCell(column, "", expected, f"no_{column}")


def _cases(cells: Cells) -> int:
    cases = cells.count("cases")
    if cases is None:
        raise BadCell("cases", "", f"a whole number, {FEWEST_CASES} or more", "bad_number")
    if cases < FEWEST_CASES:
        raise BadCell("cases", str(cases), f"{FEWEST_CASES} or more", "too_few_cases", _TOO_FEW)
    return cases


def _amounts(cells: Cells) -> tuple[int, int | None, int | None]:
    """Read median, tenth and ninetieth percentile."""
    median, low, high = (cells.price(f"allowed_{name}") for name in ("median", "p10", "p90"))
    if median is None:
        raise BadCell("allowed_median", "", "dollars, e.g. 28500", "bad_price")
    if (low is not None and low > median) or (high is not None and high < median):
        found = ", ".join("-" if amount is None else f"{amount / 100:.2f}" for amount in (low, median, high))
        raise BadCell("allowed_p10, allowed_median, allowed_p90", found, "rising amounts", "amounts_out_of_order")
    return median, low, high


def _period(cells: Cells) -> tuple[str, str]:
    start, end = cells.day("period_start"), cells.day("period_end")
    for column, day in (("period_start", start), ("period_end", end)):
        if not day:
            raise BadCell(column, "", "a date, YYYY-MM-DD or M/D/YYYY", "bad_date")
    if end < start:
        raise BadCell("period_end", end, f"a date from {start} on", "ends_before_it_starts")
    return start, end

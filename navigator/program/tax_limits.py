"""Limits of the tax and insurance law by year: a dated table; a year that is not loaded is refused (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from navigator import locations
from navigator.program.reading_table import Finding, Table
from navigator.program.rules import TaxLimits
from provider_directory.bounded_files import why_unread
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.strict_toml import read_toml

_OURS = Path(__file__).with_name("tax_limits.toml")
_AMOUNTS = (
    "hdhp_minimum_deductible_self",
    "hdhp_minimum_deductible_family",
    "hdhp_out_of_pocket_self",
    "hdhp_out_of_pocket_family",
    "aca_out_of_pocket_self",
    "aca_out_of_pocket_family",
    "lodging_person_night",
)
_FORM = 'docs/program.md, "Tax limits", shows the file\'s form.'


class TaxYearNotLoaded(BadInput):
    """The limits of a year are asked for that no table holds; they are never guessed."""

    code = "tax_year_not_loaded"
    title = "The tax limits of this year are not loaded"


def limits_of(year: int, own: Path | None = None) -> TaxLimits:
    """Give the limits of a year; ``own``, by default tax_limits.toml of the data folder, adds years or corrects ours.

    Raises TaxYearNotLoaded naming the years that are there, BadInput for a table that cannot be read.
    """
    own = own or locations.tax_limits_file()
    found = loaded_limits(own)
    if year not in found:
        raise TaxYearNotLoaded(
            f"The tax limits of {year} are not loaded; those of {_years(found)} are.",
            f"Write them as [{year}] into {own}, from their sources: {_FORM}",
            tuple(Choice(str(known), str(known)) for known in sorted(found)),
        )
    return found[year]


def loaded_limits(own: Path) -> dict[int, TaxLimits]:
    """Give the limits of every year that is loaded; raises BadInput naming file, year and key."""
    return _read(_OURS, 0) | (_read(own, own.stat().st_mtime_ns) if own.is_file() else {})


def _years(found: dict[int, TaxLimits]) -> str:
    return " and ".join(str(year) for year in sorted(found))


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[int, TaxLimits]:
    try:
        content = read_toml(path, parse_float=Decimal)
    except (ValueError, OSError) as fault:
        raise BadInput(f"{path.name} cannot be read: {clean(why_unread(fault))}.", _FORM) from None
    findings: list[Finding] = []
    top = Table(content, (), findings)
    limits = {int(key): top.table(key, _reader(int(key))) for key in content if key.isdecimal() and len(key) == 4}
    top.close()
    if findings:
        first = findings[0]
        place = ", ".join(clean(str(part), 40) for part in first.place)
        raise BadInput(f"{path}, {place}: found {first.found}, expected {first.expected}.", _FORM)
    return {year: found for year, found in limits.items() if found is not None}


def _reader(year: int) -> Callable[[Table], TaxLimits]:
    def read(table: Table) -> TaxLimits:
        rate = _needed(table, "mileage_cents", table.number("mileage_cents", 0, 1_000, "cents a mile"))
        if rate * 10 != int(rate * 10):
            table.wrong("mileage_cents", "cents with at most one decimal, e.g. 20.5")
        checked = table.day("checked")
        if checked is None and "checked" not in table:
            table.missing("checked", "the day on which somebody held the figures to their sources")
        return TaxLimits(
            year,
            **{f"{key}_cents": int(_needed(table, key, table.cents(key))) for key in _AMOUNTS},
            mileage_tenth_cents=int(rate * 10),
            source=table.needed_text("source", "where the figures stand"),
            checked=checked or date.min,
        )

    return read


def _needed(table: Table, key: str, found: Decimal | int | None) -> Decimal | int:
    if found is None and key not in table:
        table.missing(key, "dollars" if key in _AMOUNTS else "cents a mile")
    return found or 0

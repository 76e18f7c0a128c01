"""What the check of a hospital's price file found."""

from __future__ import annotations

from datetime import date

from provider_directory.models.base import Value


class PriceFileFinding(Value):
    """One thing that the check of a price file found."""

    row: int | None
    """CSV: the row as a spreadsheet numbers it. JSON: the place of the item, from 1. None = the file as a whole."""
    column: str | None
    """CSV: the column's name as written. JSON: the path. None = the whole row."""
    code: str
    """The stable word of its rule (docs/price-files.md)."""
    message: str


class PriceFileCheck(Value):
    """A price file held against CMS's data dictionary; valid = no errors."""

    format: str
    """"csv tall", "csv wide" or "json"."""
    version: str
    """The schema version that it was checked as."""
    hospital: str
    last_updated_on: date | None
    """None = none that can be read."""
    valid: bool
    errors: tuple[PriceFileFinding, ...]
    """As many as were asked for; ``error_count`` counts all."""
    alerts: tuple[PriceFileFinding, ...]
    rows: int
    """Rows, or items of a JSON file, that were checked; 0 where the header is at fault."""
    payers: int
    """Different payer names."""
    error_count: int
    alert_count: int

"""What an edition is, and what it was made from."""

from __future__ import annotations

from datetime import date

from provider_directory.models.base import Value


class SourceInfo(Value):
    """One source file of an edition, with its row account: read = kept + duplicates + set aside."""

    file: str
    dataset: str
    release: str | None
    rows_read: int
    kept: int
    duplicates: int
    set_aside: int
    period_start: date | None
    period_end: date | None


class EditionInfo(Value):
    """What an edition is: its name, sources, dates and rule versions."""

    name: str
    demonstration: bool
    default_date: date | None
    """The date that its tables take when none is given; None = the day on which they are asked for."""
    release: str | None
    schema_version: int
    facilities: int
    reference: str
    """Where mu, tau and sigma come from (CONTRACT 5)."""
    sources: tuple[SourceInfo, ...]

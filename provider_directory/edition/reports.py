"""How the account of a source file stands in the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provider_directory.edition.manifest import FileReport, Rejected
from provider_directory.price_import.store import Extract
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile


def report_of(reading: Reading[Any]) -> FileReport:
    """Give the account of a table that was read row by row."""
    source = reading.source
    return FileReport(
        file=source.name,
        dataset=source.dataset,
        title=source.title,
        release=source.release,
        sha256=reading.sha256,
        read=reading.read,
        kept=reading.kept,
        duplicates=reading.duplicates,
        set_aside=dict(sorted(reading.set_aside.items())),
        examples=tuple(Rejected(**example._asdict()) for example in reading.examples),
        conflict=reading.conflict,
        period_start=reading.start,
        period_end=reading.end,
        notes=tuple(reading.notes),
    )


def report_of_price_file(source: SourceFile, extract: Extract, notes: Sequence[str]) -> FileReport:
    """Give the account of a hospital's price file; kept are the rows that give a rate."""
    account, head = extract.account, extract.head
    of = head.hospital or "a hospital it does not name"
    dated = f"dated {head.updated_on}" if head.updated_on else "without a date"
    return FileReport(
        file=source.name,
        dataset=source.dataset,
        title=f"Price file of {of} ({head.format}, {head.version}), {dated}",
        release=None,
        sha256=account.sha256,
        read=account.read,
        kept=account.kept,
        duplicates=account.duplicates,
        set_aside=dict(account.set_aside),
        examples=tuple(Rejected(**example._asdict()) for example in account.examples),
        conflict=None,
        period_start="",
        period_end="",
        notes=tuple(notes),
    )

"""Whether what came is what was asked for: the right table, whole, and not a shadow of the one before it."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

from provider_directory.cleaning import clean
from provider_directory.edition.by_hand import DATASET as BY_HAND
from provider_directory.edition.manifest import FileReport
from provider_directory.errors import FetchProblem, SourceProblem
from provider_directory.fetching import Connection, Fetched
from provider_directory.sources.layouts import BY_DATASET, fold_column
from provider_directory.sources.opening import open_text
from provider_directory.sources.recognise import SourceFile, recognise
from provider_directory.sources.values import whole_number
from provider_directory.sync.datasets import COUNT, Dataset

_STAYS = "The edition in use stays."
_FEWEST_COLUMNS = 3
"""With fewer it is no table whose columns were renamed."""


def recognised(fetched: Fetched, dataset: Dataset) -> SourceFile:
    """Find by its header that a file is of its data set; raises SourceProblem naming what differs."""
    found, skipped = recognise(fetched.path.parent)
    if len(found) == 1 and found[0].dataset == dataset.name:
        return found[0]
    why = _missing_columns(fetched.path, dataset)
    if not why:
        why = skipped[0].reason if skipped else f"It is {found[0].title}." if found else "It is no table."
    raise SourceProblem(
        f"What CMS sends as {dataset.title} is not read: {why}", f"{_STAYS} A newer version of coe may read it."
    )


def _missing_columns(path: Path, dataset: Dataset) -> str:
    """Name the columns that the table should have; "" where it has them all or its header cannot be read."""
    try:
        with open_text(path, None, path.name) as text:
            header = [clean(name) for name in next(csv.reader(text.text), [])]
    except (csv.Error, SourceProblem):
        return ""
    names = {fold_column(name) for name in header}
    missing = [column for column in BY_DATASET[dataset.name].needed if fold_column(column) not in names]
    if not missing or len(header) < _FEWEST_COLUMNS:
        return ""
    listed = ", ".join(f'"{column}"' for column in missing)
    return f"It lacks {'the column' if len(missing) == 1 else 'the columns'} {listed}; found were {', '.join(header)}."


def rows_of(source: SourceFile, most: int) -> int:
    """Count the rows below the header; raises FetchProblem for none and for more than ``most``."""
    try:
        with open_text(source.path, source.member, source.name) as text:
            rows = -1
            for rows, _ in enumerate(csv.reader(text.text)):
                if rows > most:
                    raise FetchProblem(f"{source.name} has more than {most:,} rows.", "Check what the server sends.")
    except csv.Error as problem:
        raise FetchProblem(f"{source.name} is damaged: {problem}.", "Try again later.") from None
    if rows < 1:
        raise FetchProblem(f"{source.name} has no rows.", "Try again later.")
    return rows


async def check_whole(
    connection: Connection, base: str, dataset: Dataset, fetched: Fetched, expected_bytes: int | None, rows: int
) -> None:
    """Raise FetchProblem for a file that was cut off without anybody saying so (TRUST A2).

    A body without a length just ends. Then the length that was told before is asked, else the last line end and the
    catalog's own count of rows.
    """
    if fetched.says_its_end:
        return
    if expected_bytes is not None:
        cut = fetched.bytes != expected_bytes
    else:
        count = await _rows_said(connection, base, dataset)
        cut = not _ends_a_line(fetched.path) or (count is not None and rows < count)
    if cut:
        raise FetchProblem(f"{dataset.file_name} was cut off at {fetched.bytes:,} bytes.", "Try again later.")


def collapsed(before: Sequence[FileReport], now: Sequence[FileReport]) -> dict[str, str]:
    """Give the data sets of which fewer than half the rows are left: our name -> a sentence with both counts."""
    told: dict[str, str] = {}
    # Changes by hand come from no file: they are carried over when the build is published.
    for dataset, title in {report.dataset: report.title for report in before if report.dataset != BY_HAND}.items():
        for what in ("read", "kept"):
            was, left = (sum(getattr(r, what) for r in of if r.dataset == dataset) for of in (before, now))
            if 2 * left < was:
                told.setdefault(dataset, f"{title}: {left:,} rows {what}, in the edition in use {was:,}.")
    return told


async def _rows_said(connection: Connection, base: str, dataset: Dataset) -> int | None:
    """Ask the catalog how many rows the table has; None when it does not say."""
    try:
        answer = await connection.json(base + COUNT.format(id=dataset.cms_id), f"The row count of {dataset.title}")
    except FetchProblem:
        return None
    return whole_number(str(answer.get("count"))) if isinstance(answer, dict) else None


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) in (b"\n", b"\r")

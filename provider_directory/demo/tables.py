"""Reading the tables beside this file, and writing the files of the demonstration."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of one packaged table by column name."""
    text = files("provider_directory.demo").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write one CSV file, the same bytes on every system; gives the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count

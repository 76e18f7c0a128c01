"""Reading the tables beside this file, and writing the files of the demonstration."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TextIO


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of one packaged table by column name."""
    text = files("provider_directory.demo").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write one CSV file, the same bytes on every system; gives the number of rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        return _write(stream, header, rows)


def csv_content(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Give the content of such a file."""
    stream = io.StringIO()
    _write(stream, header, rows)
    return stream.getvalue().encode()


def _write(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count

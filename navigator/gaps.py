"""Where members had no center under contract in reach, kept for the program manager: never a name, never a whole ZIP.

One line a question in ``gaps.csv`` of the data folder: month, program, criteria set, ZIP3, radius (CONTRACT 7).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from provider_directory.cleaning import clean

HEADER = ("month", "program", "criteria_set", "zip3", "miles")
FEWEST_SHOWN = 11
"""Smaller counts are not printed: in a small place they may point at one person (PRODUCT "HR questions")."""
_LONGEST_LINE = 4096
_ZIP = re.compile(r"(\d{3})\d{2}\b", re.ASCII)


class Gap(NamedTuple):
    """One question that found no center under contract within the radius."""

    month: str
    """YYYY-MM: the day would say too much."""
    program: str
    criteria_set: str
    zip3: str
    """The first three digits of the ZIP; "" where the place was no ZIP."""
    miles: int


class GapCount(NamedTuple):
    """How many questions of one program, criteria set and ZIP3 found none; ``asked`` None = fewer than FEWEST_SHOWN."""

    program: str
    criteria_set: str
    zip3: str
    asked: int | None
    last_month: str


def gap_of(on: date, program: str, criteria_set: str, place_label: str, miles: float) -> Gap:
    """Make the record of one question; of the place nothing but the ZIP3 is taken."""
    found = _ZIP.match(place_label)
    return Gap(f"{on:%Y-%m}", program, criteria_set, found[1] if found else "", int(miles))


def record_gap(file: Path, gap: Gap) -> None:
    """Append one record; two desks may write at once, since a line is one write at the end of the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    line = ",".join(str(cell).replace(",", " ") for cell in gap)
    head = "" if file.exists() and file.stat().st_size else f"{','.join(HEADER)}\n"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{head}{line}\n")


def count_gaps(file: Path) -> list[GapCount]:
    """Count the records by program, criteria set and ZIP3, the most frequent first; no file is no record."""
    counts: Counter[tuple[str, str, str]] = Counter()
    latest: dict[tuple[str, str, str], str] = {}
    for gap in _read(file):
        key = (gap.program, gap.criteria_set, gap.zip3)
        counts[key] += 1
        latest[key] = max(latest.get(key, ""), gap.month)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1] if pair[1] >= FEWEST_SHOWN else 0, pair[0]))
    return [GapCount(*key, asked if asked >= FEWEST_SHOWN else None, latest[key]) for key, asked in ordered]


def _read(file: Path) -> Iterator[Gap]:
    if not file.exists():
        return
    with file.open(encoding="utf-8", errors="replace") as stream:
        while line := stream.readline(_LONGEST_LINE):
            month, program, criteria_set, zip3, miles = (clean(cell, 60) for cell in _cells(line))
            # The header, and a line that another program left there, are no records.
            if miles.isascii() and miles.isdigit():
                yield Gap(month, program, criteria_set, zip3, int(miles))


def _cells(line: str) -> list[str]:
    cells = line.rstrip("\n").split(",")
    return cells if len(cells) == len(HEADER) else [""] * len(HEADER)

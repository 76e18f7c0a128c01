"""Hospitals, a roster and price files whose free texts are evil words, and the edition imported from them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from evil_words import Words, one_after_another

from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.sources.zips import ListedZip

PRICE_WORDS = (
    "description",
    "payer_name",
    "plan_name",
    "standard_charge | negotiated_algorithm",
    "additional_generic_notes",
)
ZIPS: list[ListedZip] = [("53202", "STANDARD", "Milwaukee", [], "WI", "Milwaukee", "43.05", "-87.9")]


def build_evil_edition(sources: Path, prices: Path, home: Path, words: Sequence[str]) -> Path:
    """Build ``home``/evil.sqlite of the demonstration's ``sources`` and of two of its ``prices``, with evil words."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("provider_directory.edition.gather.list_zips", lambda: ZIPS)
        evil = home / "evil.sqlite"
        build_edition(_evil_sources(sources, prices, home, words), evil, BuildOptions("2026-01"), lambda *_: None)
    return evil


def _evil_sources(from_folder: Path, prices: Path, home: Path, words: Sequence[str]) -> Path:
    """Give the demonstration's hospitals, roster and two price files with evil words, for the importer to let in."""
    folder, said = home / "sources", one_after_another(words)
    shutil.copytree(from_folder, folder)
    for name, columns in (
        ("Hospital_General_Information.csv", ("Facility Name", "Address", "City/Town", "Telephone Number")),
        ("roster.csv", ("alliance", "facility_name", "warranty", "included", "source_note", "routes")),
    ):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, list(rows[0]))
            written.writeheader()
            written.writerows([row | {column: said() for column in columns if column in row} for row in rows])
    for posted in sorted(prices.glob("90Z00[12]_*.csv")):
        _evil_price_file(posted, folder / posted.name, said)
    return folder


def _evil_price_file(posted: Path, evil: Path, said: Words) -> None:
    """Write a price file anew, with evil words in its head, its items, its payers and its notes."""
    with posted.open(encoding="utf-8", newline="") as file:
        names, values, columns, *rows = csv.reader(file)
    head = {names.index(name): said() for name in ("hospital_name", "location_name", "attester_name")}
    free = {columns.index(name) for name in PRICE_WORDS}
    with evil.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                names,
                [head.get(at, cell) for at, cell in enumerate(values)],
                columns,
                *([said() if at in free else cell for at, cell in enumerate(row)] for row in rows),
            ]
        )

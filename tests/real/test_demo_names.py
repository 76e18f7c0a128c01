"""No invented name is the name of a hospital that exists."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from provider_directory.demo.hospitals import hospitals
from provider_directory.demo.names import place_words
from provider_directory.demo.tables import table

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
HOSPITAL_FILES = (
    DATA / "cms_quality_2026" / "Hospital_General_Information.csv.gz",
    DATA / "cms_quality_2019_provider_id" / "Hospital_General_Information.csv.gz",
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not all(path.is_file() for path in HOSPITAL_FILES), reason="the public files are not here"),
]


def fold(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@pytest.fixture(scope="module")
def real_names() -> set[str]:
    names = set()
    for path in HOSPITAL_FILES:
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                names.add(fold(row.get("Facility Name") or row["Hospital Name"]))
    return names


def test_no_invented_hospital_bears_a_real_name(real_names: set[str]) -> None:
    assert len(real_names) > 4_000
    unlisted = {row["name"] for row in table("unlisted.csv")}
    invented = unlisted | {hospital.name for hospital in hospitals()}
    assert not {name for name in invented if fold(name) in real_names}


def test_no_invented_place_word_stands_in_a_real_name(real_names: set[str]) -> None:
    together = " ".join(real_names)
    assert [word for word in place_words() if fold(word) in together] == []

"""Open water on the real map: no hospital lies in it, and the hospitals across from Milwaukee do (CONTRACT 7)."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from navigator.program.water import holds, water_between, waters
from provider_directory.places import miles_between

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cms_quality_2026"
MILWAUKEE = (-87.91, 43.04)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the public files are not here"),
]


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_no_hospital_lies_in_the_water_and_those_of_michigan_lie_across_it_from_milwaukee() -> None:
    placed = [row for row in rows("hospital_points_derived.csv.gz") if row["lat"]]
    points = {row["ccn"]: (float(row["lon"]), float(row["lat"])) for row in placed}
    states = {row["Facility ID"]: row["State"] for row in rows("Hospital_General_Information.csv.gz")}
    kinds = {row["Facility ID"]: row["Hospital Type"] for row in rows("Hospital_General_Information.csv.gz")}
    wet = {ccn for ccn, point in points.items() if any(holds(water.ring, point) for water in waters())}
    assert not wet
    near = {
        ccn
        for ccn, (lon, lat) in points.items()
        if kinds.get(ccn) == "Acute Care Hospitals" and miles_between(MILWAUKEE[1], MILWAUKEE[0], lat, lon) <= 100
    }
    across = {ccn for ccn in near if water_between(MILWAUKEE, points[ccn])}
    assert across == {ccn for ccn in near if states[ccn] == "MI"}
    assert len(across) == 5

"""Open water between two places: a kept table of coarse rings (CONTRACT 7)."""

from __future__ import annotations

import pytest

from navigator.program.water import holds, water_between, waters

PLACES = {
    "Milwaukee": (-87.90, 43.04),
    "Muskegon": (-86.25, 43.23),
    "Chicago": (-87.63, 41.88),
    "St. Joseph, MI": (-86.48, 42.10),
    "Michigan City": (-86.90, 41.70),
    "Green Bay": (-88.02, 44.51),
    "Madison": (-89.40, 43.07),
    "Honolulu": (-157.86, 21.31),
    "Hilo": (-155.08, 19.71),
    "Lihue": (-159.37, 21.98),
    "New Haven": (-72.93, 41.30),
    "Stony Brook": (-73.12, 40.91),
    "Stamford": (-73.54, 41.05),
    "New York": (-73.98, 40.75),
    "Seattle": (-122.33, 47.60),
    "Bremerton": (-122.63, 47.57),
    "Tacoma": (-122.44, 47.25),
    "Cleveland": (-81.70, 41.50),
    "Detroit": (-83.05, 42.33),
    "Toledo": (-83.55, 41.65),
    "Annapolis": (-76.50, 38.98),
    "Baltimore": (-76.61, 39.29),
    "Norfolk": (-76.29, 36.85),
    "Salisbury": (-75.60, 38.37),
    "Cleveland Clinic's post office": (-81.6728, 41.6857),
}


@pytest.mark.parametrize(
    ("here", "there", "water"),
    [
        ("Milwaukee", "Muskegon", "Lake Michigan"),
        ("Chicago", "St. Joseph, MI", "Lake Michigan"),
        ("Honolulu", "Hilo", "Kaiwi Channel"),
        ("Honolulu", "Lihue", "Kauai Channel"),
        ("New Haven", "Stony Brook", "Long Island Sound"),
        ("Seattle", "Bremerton", "Puget Sound"),
        ("Cleveland", "Detroit", "Lake Erie"),
        ("Norfolk", "Salisbury", "Chesapeake Bay"),
    ],
)
def test_a_line_over_water_names_it_from_either_side(here: str, there: str, water: str) -> None:
    assert water_between(PLACES[here], PLACES[there]) == water
    assert water_between(PLACES[there], PLACES[here]) == water


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Milwaukee", "Chicago"),
        ("Milwaukee", "Green Bay"),
        ("Milwaukee", "Madison"),
        ("Michigan City", "St. Joseph, MI"),
        ("New York", "Stamford"),
        ("Seattle", "Tacoma"),
        ("Toledo", "Detroit"),
        ("Annapolis", "Baltimore"),
        ("Milwaukee", "Milwaukee"),
    ],
)
def test_a_line_over_land_or_along_a_shore_crosses_none(here: str, there: str) -> None:
    assert water_between(PLACES[here], PLACES[there]) is None


def test_of_a_zip_whose_point_lies_in_a_lake_nothing_is_known() -> None:
    there = PLACES["Cleveland Clinic's post office"]
    assert any(holds(water.ring, there) for water in waters())
    assert water_between(PLACES["Toledo"], there) is None

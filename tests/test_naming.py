"""A hospital is found by its name as it is said: whole words first, misspelled ones too, the nearest of equals."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider_directory.models import Place
from provider_directory.naming import MOST, called


class Hospital(NamedTuple):
    """A name with a point, or without one."""

    name: str
    lat: float | None = None
    lon: float | None = None


EAST, WEST = (40.7, -74.0), (37.8, -122.4)
HOSPITALS = [
    Hospital("NEW HARROW-PELLBRIDGE HOSPITAL", *EAST),
    Hospital("HARROW GENERAL HEALTH CARE SERVICES", *WEST),
    Hospital("Mercymoor Hospital", *EAST),
    Hospital("Mercymoor Hospital", *WEST),
    Hospital("Froedrick Memorial Lutheran Hospital", *EAST),
    Hospital("St. Adalbert's Medical Center"),
]


@pytest.mark.parametrize(
    ("said", "at"),
    [("new harrow pellbridge", [0]), ("froedick", [4]), ("st adalberts", [5]), ("mercymoor", [2, 3]), ("zzyzx", [])],
)
def test_a_name_is_found_by_its_words_however_they_are_written(said: str, at: list[int]) -> None:
    assert called(said, HOSPITALS, None) == [HOSPITALS[each] for each in at]


def test_the_one_near_the_place_is_meant_and_one_far_away_where_none_is_near() -> None:
    there = Place(label="there", lat=WEST[0], lon=WEST[1], precision="city")
    assert called("mercymoor", HOSPITALS, there) == [HOSPITALS[3]]
    assert called("froedrick", HOSPITALS, there) == [HOSPITALS[4]]


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_no_words_make_it_fail_or_give_more_than_can_be_asked(said: str) -> None:
    assert len(called(said, HOSPITALS, None)) <= MOST

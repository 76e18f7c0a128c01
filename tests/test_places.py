"""What a caller says of a place becomes one point, or a question."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.cleaning import fold_city
from provider_directory.errors import AmbiguousPlace, UnknownPlace
from provider_directory.facts import CityPoint, ZipPoint
from provider_directory.places import EARTH_MILES, box, locate, miles_between, miles_from, miles_words
from provider_directory.states import STATES, state_of


def _city(name: str, state: str, lat: float, lon: float, zips: int) -> CityPoint:
    return CityPoint(fold_city(name), name, state, lat, lon, zips)


CITIES = [
    _city("Milwaukee", "WI", 43.05, -87.97, 28),
    _city("Milwaukee", "NC", 36.4, -77.2, 1),
    _city("Springfield", "MA", 42.1, -72.6, 13),
    _city("Springfield", "IL", 39.8, -89.6, 7),
    *(_city("Springfield", state, 40.0, -90.0, 1) for state in ("AR", "CO", "FL", "GA", "ID", "KY", "LA", "ME", "MI")),
    _city("Saint Paul", "MN", 44.95, -93.1, 31),
    _city("Fort Worth", "TX", 32.8, -97.3, 40),
    _city("Mount Vernon", "NY", 40.9, -73.8, 4),
    _city("New York", "NY", 40.76, -73.98, 101),
    _city("Virginia", "MN", 47.5, -92.5, 1),
    _city("Port Washington", "WI", 43.4, -87.9, 1),
    _city("Kansas City", "KS", 39.1, -94.7, 11),
    _city("Kansas City", "MO", 39.1, -94.6, 52),
    _city("Washington", "DC", 38.9, -77.0, 25),
    _city("Charleston", "WV", 38.4, -81.6, 13),
    _city("O Fallon", "IL", 38.6, -89.9, 1),
    _city("Hagatna", "GU", 13.45, 144.75, 1),
    _city("Pago Pago", "AS", -14.27, -170.7, 1),
    _city("San Juan", "PR", 18.42, -66.06, 16),
]
ZIPS = {
    point.zip: point
    for point in (
        ZipPoint("53202", "STANDARD", "Milwaukee", (), "WI", "", 43.05, -87.89),
        ZipPoint("53201", "PO BOX", "Milwaukee", (), "WI", "", 43.04, -87.91),
        ZipPoint("96799", "PO BOX", "Pago Pago", (), "AS", "", -14.27, -170.7),
        ZipPoint("09001", "MILITARY", "Apo", (), "AE", "", None, None),
        ZipPoint("09905", "PO BOX", "Apo", (), "NJ", "", None, None),
        ZipPoint("99999", "UNIQUE", "Nowhere", (), "AK", "", None, None),
    )
}


class Table:
    """The places of this test."""

    def zip_point(self, zip5: str) -> ZipPoint | None:
        return ZIPS.get(zip5)

    def cities(self, folded: str, state: str | None) -> list[CityPoint]:
        return [city for city in CITIES if city.folded == folded and state in (None, city.state)]

    def cities_like(self, start: str, state: str | None) -> list[CityPoint]:
        return [city for city in CITIES if city.folded.startswith(start) and state in (None, city.state)]


TABLE = Table()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("53202", "53202 Milwaukee, WI"),
        ("53202-1234", "53202 Milwaukee, WI"),
        (" 532021234 ", "53202 Milwaukee, WI"),
        ("53202 Milwaukee, WI", "53202 Milwaukee, WI"),
        ("Milwaukee WI 53202", "53202 Milwaukee, WI"),
        ("100 Pier Street, Milwaukee 53202", "53202 Milwaukee, WI"),
        ("53201", "53201 Milwaukee, WI"),
        ("96799", "96799 Pago Pago, AS"),
        ("Milwaukee, WI", "Milwaukee, WI"),
        ("milwaukee wi", "Milwaukee, WI"),
        ("Milwaukee Wisconsin", "Milwaukee, WI"),
        ("Milwaukee, WI, USA", "Milwaukee, WI"),
        ("100 Pier Street, Milwaukee, WI", "Milwaukee, WI"),
        ("Milwaukee, NC", "Milwaukee, NC"),
        ("MILWAUKEE", "Milwaukee, WI"),
        ("St. Paul", "Saint Paul, MN"),
        ("Ft Worth", "Fort Worth, TX"),
        ("Mt. Vernon, ny", "Mount Vernon, NY"),
        ("O'Fallon", "O Fallon, IL"),
        ("Hagåtña, Guam", "Hagatna, GU"),
        ("Pago Pago AS", "Pago Pago, AS"),
        ("san juan puerto rico", "San Juan, PR"),
        ("New York", "New York, NY"),
        ("NYC", "New York, NY"),
        ("Washington, D.C.", "Washington, DC"),
        ("Port Washington", "Port Washington, WI"),
        ("Kansas City Kansas", "Kansas City, KS"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("43.05,-87.9", "43.0500, -87.9000"),
        ("( 43 , -87 )", "43.0000, -87.0000"),
    ],
)
def test_a_place_is_found_in_every_usual_form(text: str, label: str) -> None:
    assert locate(text, TABLE).label == label


@pytest.mark.parametrize(
    ("text", "precision", "lat"),
    [("53202", "zip", 43.05), ("Milwaukee", "city", 43.05), ("1.5,2", "point", 1.5), ("96799", "zip", -14.27)],
)
def test_a_place_says_how_it_was_found(text: str, precision: str, lat: float) -> None:
    place = locate(text, TABLE)
    assert (place.precision, place.lat) == (precision, lat)


@pytest.mark.parametrize("text", ["53202", "Milwaukee", "Saint Paul, MN", "Pago Pago"])
def test_our_own_label_finds_the_same_place(text: str) -> None:
    place = locate(text, TABLE)
    assert locate(place.label, TABLE) == place


def test_a_name_of_many_places_asks_and_names_the_biggest_first() -> None:
    with pytest.raises(AmbiguousPlace, match=r"11 places; the 9 largest are here") as raised:
        locate("Springfield", TABLE)
    choices = raised.value.choices
    assert len(choices) == 9
    assert choices[0] == ("Springfield, MA", "Springfield, Massachusetts")
    assert choices[1].id == "Springfield, IL"
    assert [locate(choice.id, TABLE).label for choice in choices] == [choice.id for choice in choices]


def test_a_city_five_times_its_namesake_is_still_asked_for() -> None:
    with pytest.raises(AmbiguousPlace):
        locate("Kansas City", TABLE)


def test_a_state_that_is_also_a_small_town_asks() -> None:
    with pytest.raises(AmbiguousPlace, match="or a state") as raised:
        locate("Virginia", TABLE)
    assert [choice.id for choice in raised.value.choices] == ["Virginia, MN"]


def test_a_zip_of_another_state_than_the_words_asks() -> None:
    with pytest.raises(AmbiguousPlace, match='ZIP 53202 is in Wisconsin, and "Springfield, IL" is not') as raised:
        locate("Springfield, IL 53202", TABLE)
    assert [locate(choice.id, TABLE).label for choice in raised.value.choices] == [
        "53202 Milwaukee, WI",
        "Springfield, IL",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "No place was given"),
        ("12345", "ZIP 12345 is not known"),
        ("1234", "a ZIP has five digits"),
        ("09001", "military address"),
        ("09905", "military address"),
        ("99999", "No point is known for ZIP 99999"),
        ("91,0", "latitude is within"),
        ("Wisconsin", "is a state, too large"),
        ("WI", "is a state, too large"),
        ("Milwaukee, TX", 'No city "Milwaukee" is known in Texas'),
        ("qqqqqqqq", 'No city "qqqqqqqq" is known'),
    ],
)
def test_a_place_that_is_not_known_is_said_with_the_next_step(text: str, words: str) -> None:
    with pytest.raises(UnknownPlace) as raised:
        locate(text, TABLE)
    assert words in raised.value.message
    assert raised.value.next_step


@pytest.mark.parametrize(
    ("text", "closest"),
    [("Milwakee", "Milwaukee, WI"), ("Nilwaukee, WI", "Milwaukee, WI"), ("Milwaukee, TX", "Milwaukee, WI")],
)
def test_a_misspelled_city_offers_the_close_names(text: str, closest: str) -> None:
    with pytest.raises(UnknownPlace) as raised:
        locate(text, TABLE)
    assert raised.value.choices[0].id == closest


@given(st.text(max_size=200))
def test_any_text_is_a_place_or_a_question(text: str) -> None:
    try:
        place = locate(text, TABLE)
    except (AmbiguousPlace, UnknownPlace):
        return  # asked
    assert abs(place.lat) <= 90
    assert abs(place.lon) <= 180


def test_every_state_is_known_by_name_and_letters() -> None:
    for letters, name in STATES.items():
        assert state_of(letters.lower()) == letters
        assert state_of(f" {name.upper()} ") == letters
    assert state_of("Atlantis") is None


def test_miles_are_those_of_the_great_circle() -> None:
    assert miles_between(43.05, -87.9, 41.88, -87.63) == pytest.approx(82.002, abs=0.001)
    assert miles_between(0, 179, 0, -179) == pytest.approx(math.radians(2) * EARTH_MILES, abs=0.001)


_LAT = st.floats(-90, 90)
_LON = st.floats(-180, 180)


@given(lat=_LAT, lon=_LON, miles=st.floats(0, 13_000), other_lat=_LAT, other_lon=_LON, near=st.booleans())
def test_no_point_within_the_miles_is_outside_the_box(
    lat: float, lon: float, miles: float, other_lat: float, other_lon: float, near: bool
) -> None:
    if near:  # far points alone would hardly ever test the edges
        other_lat = max(-90.0, min(90.0, lat + other_lat / 40))
        other_lon = math.remainder(lon + other_lon / 40, 360)
    south, north, west, east = box(lat, lon, miles)
    if miles_between(lat, lon, other_lat, other_lon) <= miles:
        assert south <= other_lat <= north
        assert any(west <= other_lon + turn <= east for turn in (-360, 0, 360))


def test_a_box_at_the_date_line_reaches_over_it() -> None:
    _south, _north, west, _east = box(51.9, -176.6, 500)
    assert west < -180


def test_a_box_over_a_pole_holds_every_longitude() -> None:
    assert box(89.9, 10, 100)[1:] == (90.0, -180.0, 180.0)


@pytest.mark.parametrize(
    ("miles", "zip_level", "words"),
    [
        (0.4, True, "under 3"),
        (2.99, True, "under 3"),
        (3.0, True, "about 3"),
        (46.5, True, "about 47"),
        (2.44, False, "2.4"),
        (46.2, False, "46"),
    ],
)
def test_miles_to_a_zip_are_never_said_to_be_exact(miles: float, zip_level: bool, words: str) -> None:
    assert miles_words(miles, zip_level) == words


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_the_quick_measure_gives_the_very_figures_of_geopy(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    assert miles_from(lat, lon)(other_lat, other_lon) == miles_between(lat, lon, other_lat, other_lon)


def test_a_place_is_no_mile_from_itself() -> None:
    assert miles_from(43.05, -87.9)(43.05, -87.9) == pytest.approx(0.0, abs=1e-6)

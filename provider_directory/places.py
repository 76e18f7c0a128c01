"""Turns what a caller says of a place into a point, offline, and measures miles between points (CONTRACT 7)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NoReturn, Protocol

from provider_directory.cleaning import clean, fold_city
from provider_directory.errors import AmbiguousPlace, Choice, UnknownPlace
from provider_directory.facts import CityPoint, ZipPoint
from provider_directory.models import Place
from provider_directory.states import STATES, state_of

_EARTH_KILOMETERS, _KILOMETERS_A_MILE = 6371.009, 1.609344
EARTH_MILES = _EARTH_KILOMETERS / _KILOMETERS_A_MILE
"""Mean radius of the Earth, the one that geopy's great circle uses."""
MOST_CHOICES = 9
FAR_BIGGER = 10
"""A namesake is passed over without asking where the city has ten times its ZIPs or more.

Measured on 25,806 names: Milwaukee (28 to 1), Boston (16 to 1) and Washington, DC (25 to 2) answer; Springfield (13 to
7), Columbus (30 to 6), Portland (35 to 4), Kansas City and Charleston ask.
"""
_CLOSE_NAMES = 5
_LIKENESS = 72
_MOST_CHARACTERS = 200
_POINT = re.compile(r"\(?\s*([+-]?\d+(?:\.\d+)?)°?\s*,\s*([+-]?\d+(?:\.\d+)?)°?\s*\)?", re.ASCII)
_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-?\d{4})?(?!\d)", re.ASCII)
_SECOND_PLACE = re.compile(r"(?<=[^\s,])\s*\+")  # not the sign of a latitude or longitude
_MILITARY = re.compile(r"09|340|96[2-6]")
_COUNTRY = re.compile(r"[\s,]+(?:u\.?s\.?a?\.?|united states(?: of america)?)$", re.IGNORECASE)
_CITY_OF_MANY_NAMES = {"nyc": "newyork", "newyorkcity": "newyork"}


class PlaceTable(Protocol):
    """What an edition knows of ZIPs and cities."""

    def zip_point(self, zip5: str) -> ZipPoint | None:
        """Give a ZIP, None where it is not known."""
        ...

    def cities(self, folded: str, state: str | None) -> list[CityPoint]:
        """Give the cities of this folded name, of one state or of all."""
        ...

    def cities_like(self, start: str, state: str | None) -> list[CityPoint]:
        """Give the cities whose folded name starts with ``start`` ("" = all), of one state or of all."""
        ...


def two_places(text: str) -> tuple[str, str]:
    """Split "53202 + Phoenix, AZ" into the place and the one where the member will recover, "" where none is named."""
    first, *second = _SECOND_PLACE.split(text, maxsplit=1)
    return first.strip(), "".join(second).strip()


def locate(text: str, table: PlaceTable) -> Place:
    """Turn a ZIP, ZIP+4, "City, ST", a city, "lat,lon" or a label of ours into a point.

    A bare city answers where it is the only one of its name or FAR_BIGGER than every other. Raises AmbiguousPlace
    with choices whose ids are texts that locate them, and UnknownPlace, with the close names as choices.
    """
    asked = _COUNTRY.sub("", clean(text, _MOST_CHARACTERS)).strip(" ,;.")
    if not asked:
        raise UnknownPlace("No place was given.", _FORMS)
    zips = _ZIP.findall(asked)
    if zips:
        return _at_zip(zips[-1], _ZIP.sub(" ", asked), table)
    if point := _POINT.fullmatch(asked):
        return _at_point(float(point[1]), float(point[2]))
    if not any(letter.isalpha() for letter in asked):
        raise UnknownPlace(f'"{asked}" is no ZIP: a ZIP has five digits.', _FORMS)
    return _at_city(asked, table)


_FORMS = 'Give a ZIP, a city with its state ("Milwaukee, WI"), or "latitude,longitude".'


def _at_zip(zip_code: str, beside: str, table: PlaceTable) -> Place:
    point = table.zip_point(zip_code)
    if point is None:
        raise UnknownPlace(f"ZIP {zip_code} is not known.", "Check the digits, or give the city and state.")
    if point.lat is None or point.lon is None:
        if point.kind == "MILITARY" or _MILITARY.match(zip_code):
            message = f"ZIP {zip_code} is a military address (APO, FPO, DPO), which is no place on the map."
            raise UnknownPlace(message, "Ask near which ZIP or city the care is wanted.")
        raise UnknownPlace(f"No point is known for ZIP {zip_code}.", "Give a ZIP nearby, or the city and state.")
    label = f"{zip_code} {point.city}, {point.state}"
    _, said = _city_and_state(beside.strip(" ,"))
    if said is not None and said != point.state:
        other = beside.strip(" ,")
        raise AmbiguousPlace(
            f'ZIP {zip_code} is in {STATES.get(point.state, point.state)}, and "{other}" is not.',
            "Choose the one that is meant.",
            (Choice(zip_code, label), Choice(other, other)),
        )
    return Place(label=label, lat=point.lat, lon=point.lon, precision="zip")


def _at_point(lat: float, lon: float) -> Place:
    if abs(lat) > 90 or abs(lon) > 180:
        raise UnknownPlace(
            f"{lat:g},{lon:g} is no point: latitude is within -90 to 90, longitude within -180 to 180.",
            'Give latitude first, e.g. "43.05,-87.90".',
        )
    return Place(label=f"{lat:.4f}, {lon:.4f}", lat=lat, lon=lon, precision="point")


def _at_city(asked: str, table: PlaceTable) -> Place:
    found: list[CityPoint] = []
    for name, state in _readings(asked):
        folded = fold_city(name)
        found = table.cities(_CITY_OF_MANY_NAMES.get(folded, folded), state) if folded else []
        if found:
            break
    if not found:
        _not_found(asked, table)
    found.sort(key=lambda city: (-city.zips, city.state))
    others = found[1].zips if len(found) > 1 else 0
    # A word that also names a state ("Virginia", a town in Minnesota) must be a big city to be taken for one.
    enough = FAR_BIGGER if state_of(asked) else 1
    if found[0].zips < max(enough, FAR_BIGGER * others):
        more = f"; the {MOST_CHOICES} largest are here" if len(found) > MOST_CHOICES else ""
        raise AmbiguousPlace(
            f'"{asked}" may be {len(found)} place{"s" if len(found) > 1 else " or a state"}{more}.',
            "Add the state, or give a ZIP.",
            tuple(_choice(city) for city in found[:MOST_CHOICES]),
        )
    city = found[0]
    return Place(label=f"{city.name}, {city.state}", lat=city.lat, lon=city.lon, precision="city")


def _readings(asked: str) -> list[tuple[str, str | None]]:
    """Give the ways to read a text as city and state, the likeliest first."""
    parts = [part.strip() for part in asked.split(",") if part.strip()]
    state = state_of(parts[-1]) if len(parts) > 1 else None
    if state:
        # "100 Main Street, Milwaukee, WI": the city stands before the state.
        return [(parts[-2], state), (parts[0], state)]
    # The whole first: "Port Washington" is a city and not a port in Washington.
    city, state = _city_and_state(asked)
    return [(asked, None), (city, state)] if state and city else [(asked, None)]


def _city_and_state(words: str) -> tuple[str, str | None]:
    """Split "milwaukee wi" or "Charleston West Virginia"; the state is None where none is said."""
    parts = words.replace(",", " ").split()
    for length in (3, 2, 1):
        state = state_of(" ".join(parts[-length:])) if len(parts) >= length else None
        if state:
            return " ".join(parts[:-length]), state
    return words, None


def _not_found(asked: str, table: PlaceTable) -> NoReturn:
    name, state = _readings(asked)[-1]
    if not fold_city(name) or state_of(asked):
        raise UnknownPlace(f'"{asked}" is a state, too large to measure miles from.', _FORMS)
    close = tuple(_choice(city) for city in _close_names(fold_city(name), state, table))
    where = f" in {STATES[state]}" if state else ""
    next_step = "Choose one of the close names, or give a ZIP." if close else _FORMS
    raise UnknownPlace(f'No city "{clean(name, 60)}" is known{where}.', next_step, close)


def _close_names(folded: str, state: str | None, table: PlaceTable) -> list[CityPoint]:
    from rapidfuzz import fuzz, process  # deferred: 14 ms that only a misspelled city pays

    for start, within in ((folded[:2], state), ("", state), (folded, None)):
        candidates = table.cities_like(start, within)
        likeness = process.extract(
            folded, [city.folded for city in candidates], scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=50
        )
        ranked = sorted(likeness, key=lambda hit: (-round(hit[1]), -candidates[hit[2]].zips, candidates[hit[2]].state))
        if ranked:
            return [candidates[index] for _name, _likeness, index in ranked[:_CLOSE_NAMES]]
    return []


def _choice(city: CityPoint) -> Choice:
    return Choice(f"{city.name}, {city.state}", f"{city.name}, {STATES.get(city.state, city.state)}")


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Measure straight-line miles between two points in degrees, unrounded."""
    from geopy.distance import great_circle  # deferred: 62 ms

    return float(great_circle((lat1, lon1), (lat2, lon2)).miles)


def miles_from(lat: float, lon: float) -> Callable[[float, float], float]:
    """Give a quick measure of the miles from one point, for hundreds of others.

    It is geopy's great circle (CONTRACT 7) without its import and its parsing of each pair of points, which would be a
    third of a whole answer. Its steps stand in geopy's order, so that a property test finds the very same figures.
    """
    here, sin_here, cos_here = math.radians(lon), math.sin(math.radians(lat)), math.cos(math.radians(lat))

    def measured(other_lat: float, other_lon: float) -> float:
        there = math.radians(other_lat)
        sin_there, cos_there = math.sin(there), math.cos(there)
        turn = math.radians(other_lon) - here
        cos_turn = math.cos(turn)
        across = (cos_there * math.sin(turn)) ** 2 + (cos_here * sin_there - sin_here * cos_there * cos_turn) ** 2
        along = sin_here * sin_there + cos_here * cos_there * cos_turn
        return _EARTH_KILOMETERS * math.atan2(math.sqrt(across), along) / _KILOMETERS_A_MILE

    return measured


def box(lat: float, lon: float, miles: float) -> tuple[float, float, float, float]:
    """Give south, north, west, east in degrees of a box that surely contains every point within ``miles``.

    Near the date line west may be below -180 or east above 180 (Guam, the Aleutians). A caller asks for
    ``south <= lat <= north`` and for ``west <= lon + turn <= east`` with any turn of -360, 0, 360.
    """
    angle = miles / EARTH_MILES * (1 + 1e-9) + 1e-9
    south, north = lat - math.degrees(angle), lat + math.degrees(angle)
    if south <= -90 or north >= 90:  # a pole is inside: every longitude is
        return max(south, -90.0), min(north, 90.0), -180.0, 180.0
    width = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat))))) + 1e-9
    return south, north, lon - width, lon + width


def miles_words(miles: float, zip_level: bool) -> str:
    """Say a distance as the screen does: "under 3" and "about 46" where the point is a ZIP's, else "46" or "2.4"."""
    if zip_level:
        return "under 3" if miles < 3 else f"about {math.floor(miles + 0.5)}"
    return f"{miles:.1f}" if miles < 10 else f"{math.floor(miles + 0.5)}"

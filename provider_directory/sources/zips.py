"""Points of ZIPs and cities, offline: Census points where there are any, GeoNames points for the others."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import NamedTuple

from provider_directory.cleaning import clean, fold_city
from provider_directory.errors import SourceProblem
from provider_directory.facts import CityPoint, Reject, ZipPoint
from provider_directory.sources.reading import IdForm, Reading, reading_of
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import degrees, zip5

FAR_MILES = 25
"""Farther apart, the town's point is taken and not the Census point.

That is so for 121 ZIPs: areas of mountains or water around a PO box, and plain faults, as the lost minus sign that puts
Pago Pago (96799) north of the equator.
"""
_MILES_A_DEGREE = 69.1
_CHILD_SECONDS = 120
_LIST_ALL = """
import json, sys, zipcodes
keys = "zip_code", "zip_code_type", "city", "acceptable_cities", "state", "county", "lat", "long"
sys.stdout.write(json.dumps([[one[key] for key in keys] for one in zipcodes.list_all()]))
"""


class CensusPoint(NamedTuple):
    """The internal point of a Census ZIP area, degrees."""

    zip: str
    lat: float
    lon: float
    row: int


def read_zip_points(source: SourceFile) -> Reading[CensusPoint]:
    """Read the Census file zcta5, lat, lon; raises SourceProblem where the file as a whole cannot be read."""
    form = IdForm(lambda text: zip5(text) or None, "five digits", "bad_zip")
    with reading_of(source) as (table, reading):
        zip_column, lat_column, lon_column = table.column("zcta5"), table.column("lat"), table.column("lon")
        for number, zip_code, row in table.distinct_rows((zip_column,), ("zcta5",), form):
            point = degrees(row[lat_column], row[lon_column])
            if point is None:
                found = clean(f"{row[lat_column]},{row[lon_column]}")
                step = "Correct the point."
                reading.reject(Reject(number, "lat, lon", found, "degrees, e.g. 43.05,-87.90", "no_point", step))
            else:
                reading.facts.append(CensusPoint(zip_code, *point, number))
        reading.kept = len(reading.facts)
    return reading


ListedZip = tuple[str, str, str, list[str], str, str, str, str]
"""ZIP, kind, city, aliases, state, county, latitude and longitude as the package gives them."""


def load_zip_points(
    census: Mapping[str, tuple[float, float]] | None = None, listed: Iterable[ListedZip] | None = None
) -> tuple[list[ZipPoint], str]:
    """Give every ZIP, ordered, with the name and version of the package they come from, e.g. "zipcodes 3.0.0".

    A Census point wins where ``census`` has one, unless it is over FAR_MILES from the town's point. ZIPs without any
    point (military) keep None. ``listed`` is what ``list_zips`` gave, when a caller had it run beside other work.
    Raises SourceProblem where the package cannot be read.
    """
    known = census or {}
    points = []
    for zip_code, kind, city, aliases, state, county, lat, lon in list_zips() if listed is None else listed:
        of_census, of_town = known.get(zip_code), degrees(lat, lon)
        if of_census and of_town and _far_apart(of_census, of_town):
            of_census = None
        names = tuple(clean(alias) for alias in aliases)
        points.append(ZipPoint(zip_code, kind, clean(city), names, state, clean(county), *_first(of_census, of_town)))
    return sorted(points), f"zipcodes {version('zipcodes')}"


def _far_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Judge roughly, on a flat map; only points within one ZIP are compared."""
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return math.hypot(one[0] - other[0], east) * _MILES_A_DEGREE > FAR_MILES


def _first(*points: tuple[float, float] | None) -> tuple[float, float] | tuple[None, None]:
    return next((point for point in points if point), (None, None))


def list_zips() -> list[ListedZip]:
    """List every ZIP of the package in a child process: here its 147 MiB would never be given back."""
    try:
        child = subprocess.run(  # noqa: S603  # our own interpreter and our own words
            [sys.executable, "-c", _LIST_ALL], check=True, capture_output=True, timeout=_CHILD_SECONDS
        )
        return [tuple(one) for one in json.loads(child.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError) as problem:
        raise SourceProblem(
            f"The list of ZIPs cannot be read: {clean(str(problem))}.", "Install the package zipcodes again."
        ) from problem


def cities(zip_points: Iterable[ZipPoint]) -> list[CityPoint]:
    """Give each city of each state, ordered by folded name and state, at the mean of its STANDARD ZIPs.

    A city without STANDARD ZIPs (only PO boxes) is the mean of all of them. A name that is no ZIP's own city but an
    accepted alias of it is a city too. ZIPs without a point are left out.
    """
    own: dict[tuple[str, str], list[tuple[str, ZipPoint]]] = defaultdict(list)
    other: dict[tuple[str, str], list[tuple[str, ZipPoint]]] = defaultdict(list)
    for point in zip_points:
        if point.lat is None:
            continue
        own[fold_city(point.city), point.state].append((point.city, point))
        for alias in point.aliases:
            other[fold_city(alias), point.state].append((alias, point))
    return [_mean(folded, state, named) for (folded, state), named in sorted((other | own).items())]


def _mean(folded: str, state: str, named: list[tuple[str, ZipPoint]]) -> CityPoint:
    points = [point for _name, point in named if point.kind == "STANDARD"] or [point for _name, point in named]
    lats = [point.lat for point in points if point.lat is not None]
    lons = [point.lon for point in points if point.lon is not None]
    # A plain mean of degrees: no city spans the date line or a pole.
    return CityPoint(folded, named[0][0], state, sum(lats) / len(lats), sum(lons) / len(lons), len(points))

"""Whether a straight line between two places crosses open water, so that its miles say little of the way by road.

A kept table of coarse rings (water.toml, which says what it leaves out); CONTRACT 7.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

Point = tuple[float, float]
"""Longitude and latitude, degrees."""


class Water(NamedTuple):
    """One stretch of open water."""

    name: str
    ring: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


def water_between(here: Point, there: Point) -> str | None:
    """Name the open water that the straight line between two points crosses; None where it crosses none of the table.

    On the plane of longitude and latitude: over the lengths that plans count, the great circle is nearly that line.
    """
    west, east = sorted((here[0], there[0]))
    south, north = sorted((here[1], there[1]))
    for water in waters():
        apart = water.west > east or water.east < west or water.south > north or water.north < south
        if not apart and _meets(here, there, water.ring):
            return water.name
    return None


def _meets(here: Point, there: Point, ring: tuple[Point, ...]) -> bool:
    if not any(_cross(here, there, start, end) for start, end in zip(ring, (*ring[1:], ring[0]), strict=True)):
        return False
    # A ZIP whose point lies in a lake (44195, Cleveland) is a post office's, not a place there: nothing is known then.
    return not (holds(ring, here) or holds(ring, there))


def holds(ring: tuple[Point, ...], point: Point) -> bool:
    """Say whether a point lies inside a ring: a line from it to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


@lru_cache(maxsize=1)
def waters() -> tuple[Water, ...]:
    table = tomllib.loads(resources.files("navigator.program").joinpath("water.toml").read_text(encoding="utf-8"))
    found = []
    for entry in table["water"]:
        ring = tuple((float(lon), float(lat)) for lon, lat in entry["ring"])
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        found.append(Water(entry["name"], ring, min(lons), min(lats), max(lons), max(lats)))
    return tuple(found)

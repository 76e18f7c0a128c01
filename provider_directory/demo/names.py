"""Invented names. Place words are compounds that no hospital in the public file bears (tests/real looks)."""

from __future__ import annotations

from functools import cache

from provider_directory.demo.drawing import Draw
from provider_directory.demo.tables import table

_KINDS = {
    "acute": (
        "Regional Medical Center",
        "General Hospital",
        "Medical Center",
        "Memorial Hospital",
        "Community Hospital",
        "Hospital and Clinics",
        "Health Center",
    ),
    "flagship": ("University Hospital", "University Medical Center"),
    "critical_access": ("County Hospital", "Valley Hospital", "Community Hospital"),
    "childrens": ("Children's Hospital",),
    "psychiatric": ("Behavioral Hospital",),
    "va": ("Veterans Medical Center",),
}


def place_words() -> list[str]:
    """Give every invented place word once, in a drawn order."""
    draw = Draw("place words")
    words = [first + last for first in _words("place_first") for last in _words("place_last")]
    return [word for _, word in sorted((draw.share(), word) for word in words)]


def hospital_name(place: str, kind: str, draw: Draw) -> str:
    """Give a hospital its name from its place word and its kind or role."""
    return f"{place} {draw.pick(_KINDS[kind])}"


def person_name(draw: Draw) -> str:
    """Give an invented person's name."""
    return f"{draw.pick(_words('given'))} {draw.pick(_words('family_first'))}{draw.pick(_words('family_last'))}"


def npi(serial: int) -> str:
    """Give a number that passes the NPI check (Luhn with 80840 before it) and belongs to nobody.

    NPIs issued so far begin with 1; these begin with 29.
    """
    body = f"29{serial:07d}"
    total = 24  # what the prefix 80840 adds
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{body}{-total % 10}"


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(next(row["words"] for row in table("words.csv") if row["list"] == name).split())

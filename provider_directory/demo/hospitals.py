"""The invented hospitals: where they stand, how big they are, how good they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from provider_directory.demo.drawing import Draw
from provider_directory.demo.names import hospital_name, place_words
from provider_directory.demo.tables import table

_STREETS = ("Avenue", "Drive", "Parkway", "Road", "Street")
AXES = ("joint", "heart", "surgery", "medicine", "experience", "spine")


class Hospital(NamedTuple):
    """One invented hospital; size and axes are standard deviations from the middling acute hospital, high is good."""

    ccn: str
    name: str
    kind: str
    address: str
    city: str
    state: str
    state_fips: str
    zip: str
    county: str
    phone: str
    lat: str
    lon: str
    hub: str
    """The metropolitan area that it belongs to; "" outside of them."""
    size: float
    axes: dict[str, float]
    lines: dict[str, float]
    """Size of one service line, beside the hospital's own."""

    @property
    def offered(self) -> bool:
        """Whether it is of a kind that a question about an operation is answered with."""
        return self.kind in ("acute", "critical_access")


class Trait(NamedTuple):
    """What is set and not drawn for a hospital of the showpiece."""

    size: float
    joint_size: float
    quality: float


# Around Milwaukee every kind of answer stands side by side: order of sites.csv.
SHOWPIECE = {
    "90Z001": Trait(0.9, 2.6, 0.6),  # Marquette Lakes: under contract, best
    "90Z002": Trait(1.1, 2.1, 0.25),  # St. Adalbert: under contract that ends soon
    "90Z003": Trait(0.4, 1.9, 0.2),  # Kettle Ridge: passes the public check
    "90Z004": Trait(0.8, 1.6, -0.2),  # Lakemere: passes it, no clear difference from average
    "90Z005": Trait(-0.1, 0.6, 0.0),  # Foxtail Valley: partly checked
    "90Z006": Trait(0.2, 0.4, -0.9),  # Northgate Commons: near, cheap, below the public check
    "90Z007": Trait(-1.3, -2.2, 0.0),  # Cedar Prairie: too few cases to say
    "90Z008": Trait(0.5, 1.3, -0.3),  # Harrow Point: suspended
    "90Z009": Trait(0.3, 1.2, 0.5),  # Wrenfield: contract with another alliance
    "90Z010": Trait(0.9, 0.7, 0.0),  # Sorrelwick: partly checked
}


@cache
def hospitals() -> tuple[Hospital, ...]:
    """Give all invented hospitals, in the order of sites.csv.

    CCNs are 90Z001 and on: no state has the code 90 and no CMS number has a Z there; a veterans hospital ends in F.
    """
    words = iter(place_words())
    return tuple(_hospital(number, site, words) for number, site in enumerate(table("sites.csv"), start=1))


def _hospital(number: int, site: dict[str, str], words: Iterator[str]) -> Hospital:
    kind = site["kind"] or "acute"
    ccn = f"90Z{number:03d}" if kind != "va" else f"90Z{number % 100:02d}F"
    draw = Draw("hospital", ccn)
    name = hospital_name(next(words), site["role"] or kind, draw)
    size, lines, axes = _strengths(ccn, site, draw)
    return Hospital(
        ccn=ccn,
        name=site["name"] or name,
        kind=kind,
        address=f"{draw.whole(1, 98) * 100} Demonstration {draw.pick(_STREETS)}",
        city=site["city"],
        state=site["state"],
        state_fips=site["state_fips"],
        zip=site["zip"],
        county=site["county"],
        phone=f"({site['area_code']}) 555-01{number % 100:02d}",
        lat=site["lat"],
        lon=site["lon"],
        hub=site["hub"],
        size=size,
        axes=axes,
        lines=lines,
    )


def _strengths(ccn: str, site: dict[str, str], draw: Draw) -> tuple[float, dict[str, float], dict[str, float]]:
    """Draw size, size by line, and quality by axis; a hospital of the showpiece has its own."""
    size, quality = _size(site["kind"], site["hub"], draw), draw.normal()
    if site["role"] == "flagship":
        # Every metropolitan area has one hospital that an alliance would contract with.
        size, quality = max(size, 1.1), max(quality, 0.6)
    lines = {line: 0.7 * size + 0.75 * draw.normal() for line in ("joint", "heart", "spine")} | {"all": size}
    axes = {axis: 0.60 * quality + 0.70 * draw.normal() for axis in AXES}
    if site["role"] == "flagship":
        lines = {line: max(value, 1.0) for line, value in lines.items()}
        axes = {axis: max(value, 0.0) for axis, value in axes.items()}
    axes["joint"] += 0.33 * (lines["joint"] - 0.4)
    axes["heart"] += 0.25 * (lines["heart"] - 0.4)
    if trait := SHOWPIECE.get(ccn):
        size = trait.size
        lines |= {"joint": trait.joint_size, "all": size}
        axes = dict.fromkeys(AXES, trait.quality)
    return size, lines, axes


def _size(kind: str, hub: str, draw: Draw) -> float:
    if kind == "critical_access":
        return -2.3 + 0.4 * draw.normal()
    if kind in ("childrens", "psychiatric"):
        return -0.5 + 0.3 * draw.normal()
    return (-0.1 if hub else 0.2) + 0.95 * draw.normal()

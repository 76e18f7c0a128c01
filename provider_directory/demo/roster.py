"""The contracts of three invented alliances with invented centers, as one roster file (docs/roster.md)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from provider_directory.demo.drawing import Draw
from provider_directory.demo.hospitals import Hospital, hospitals
from provider_directory.demo.names import npi, person_name
from provider_directory.demo.tables import table, write_rows

LAKESHORE = "Lakeshore Health Alliance"
PRAIRIE = "Prairie Purchasers Coalition"
HARBOR = "Harbor Employers Alliance"
COLUMNS = (
    *("facility_id", "ccn", "npi", "name", "zip", "kind", "address", "city", "state", "phone"),
    *("latitude", "longitude", "alliance", "criteria_set", "procedure", "status", "effective", "ends"),
    *("suspended_on", "reason", "bundle_price", "price_effective", "price_includes", "price_excludes"),
    *("run_out", "warranty", "visibility", "routes", "intake_phone", "attested_cases_per_year"),
    *("attested_on", "surgeons"),
)
_HUBS = {
    LAKESHORE: ("Minneapolis", "Detroit", "Cleveland", "Columbus", "Indianapolis", "Cincinnati", "Pittsburgh"),
    PRAIRIE: ("Chicago", "Dallas", "Houston", "Denver", "Kansas City", "Saint Louis", "Phoenix", "Oklahoma City"),
    HARBOR: ("New York", "Boston", "Philadelphia", "Atlanta", "Miami", "Los Angeles", "Seattle", "San Francisco"),
}
# What is contracted in a metropolitan area, in turn: every one has joints and hearts, the rest alternates.
_LINES = (
    ("hip-knee", "lumbar-fusion-single-level", "cervical-fusion", "cabg", "tavr", "transplant-kidney"),
    ("hip-knee", "bariatric", "cabg", "valve", "colorectal"),
    ("hip-knee", "lumbar-fusion-single-level", "lumbar-fusion-multi-level", "cabg", "bariatric"),
    ("hip-knee", "hysterectomy", "cabg", "tavr", "bariatric"),
)
_ENDS = ("2027-06-30", "2027-12-31", "2028-06-30", "2027-09-30", "2028-12-31", "2027-03-31", "2028-03-31")
_LANGUAGES = ("English", "English,Spanish", "English,Spanish", "English,Vietnamese", "English,Polish", "English,Hmong")
_ROUTES = (
    "portal; secure e-mail; phone {phone} (Mon-Fri 8:00-17:00)",
    "secure e-mail; fax; phone {phone} (Mon-Fri 7:30-16:30, Sat 9:00-12:00)",
    "portal; fax",
)
"""Time zones are left to the center's state."""

Row = dict[str, str]


def write_roster_file(path: Path) -> int:
    """Write roster.csv: about 120 contracts; gives the number of rows."""
    rows = [*_near_milwaukee(), *_unlisted(), *_metropolitan()]
    return write_rows(path, COLUMNS, ([row.get(column, "") for column in COLUMNS] for row in rows))


def _metropolitan() -> Iterator[Row]:
    number = 0
    for alliance, hubs in _HUBS.items():
        for hub in hubs:
            taken: dict[str, Hospital] = {}
            for covers in _LINES[number % len(_LINES)]:
                line = _offer(covers)["line"]
                taken.setdefault(line, _center(hub, line, list(taken.values())))
                yield _contract(taken[line], alliance, covers, _ENDS[(number + len(covers)) % len(_ENDS)])
            number += 1


def _center(hub: str, line: str, taken: list[Hospital]) -> Hospital:
    """Choose the hospital that a careful alliance would: big in the line and not weak in it, others for the rest."""
    own = line in ("joint", "heart", "spine")
    axis = line if own else "surgery"
    found = [each for each in hospitals() if each.hub == hub and each.kind == "acute"]
    fresh = [each for each in found if own or each not in taken]
    return max(fresh or found, key=lambda each: (each.lines.get(line, each.size) + 0.8 * each.axes[axis], each.ccn))


def _near_milwaukee() -> Iterator[Row]:
    """Give one contract of each kind that a navigator meets; what the table says overrides what is drawn."""
    for row in table("near_milwaukee.csv"):
        center = _in_city(row["city"]) if row["city"] else next(each for each in hospitals() if each.ccn == row["ccn"])
        said = {column: row[column] for column in COLUMNS if row.get(column) and column not in ("ccn", "city")}
        yield _contract(center, row["alliance"], row["covers"], row["ends"], like=row["like"]) | said


def _in_city(city: str) -> Hospital:
    found = [each for each in hospitals() if each.city == city and each.kind == "acute"]
    return max(found, key=lambda each: (each.lines["joint"], each.ccn))


def _unlisted() -> Iterator[Row]:
    """Give contracts that make facilities which no hospital file lists."""
    for row in table("unlisted.csv"):
        said = {column: row[column] for column in COLUMNS if row.get(column)}
        who = said | {"npi": npi(int(row["serial"]))}
        yield _terms(who, row["alliance"], row["covers"], row["ends"], like=row["like"]) | said


def _contract(hospital: Hospital, alliance: str, covers: str, ends: str, like: str = "") -> Row:
    """Give one contract with a hospital, on terms like those of another offer where it is said."""
    number = hospitals().index(hospital)
    who: Row = {
        "ccn": hospital.ccn,
        "npi": npi(number + 1),
        "name": hospital.name,
        "zip": hospital.zip,
        "intake_phone": f"{hospital.phone[:-4]}01{(number + 50) % 100:02d}",
    }
    return _terms(who, alliance, covers, ends, like=like or covers)


def _terms(who: Row, alliance: str, covers: str, ends: str, *, like: str) -> Row:
    offer = _offer(like)
    draw = Draw("contract", who.get("ccn") or who["npi"], alliance, covers)
    began = f"{int(ends[:4]) - draw.whole(2, 3)}-{draw.pick(('01', '04', '07'))}-01"
    names_a_set = covers in _sets()
    price_year = min(int(ends[:4]), 2026)
    return who | {
        "alliance": alliance,
        "criteria_set": covers if names_a_set else "",
        "procedure": "" if names_a_set else covers,
        "status": "active",
        "effective": began,
        "ends": ends,
        "bundle_price": str(50 * round(draw.between(float(offer["lowest_price"]), float(offer["highest_price"])) / 50)),
        "price_effective": f"{price_year}-01-01",
        "price_includes": offer["includes"],
        "price_excludes": offer["excludes"],
        "warranty": offer["warranty"],
        "visibility": "public",
        "routes": draw.pick(_ROUTES).format(phone=who["intake_phone"]),
        "attested_cases_per_year": str(draw.whole(int(offer["fewest_cases"]), int(offer["most_cases"]))),
        "attested_on": f"2026-0{draw.whole(2, 6)}-15",
        "surgeons": _surgeons(covers, draw),
    }


def _surgeons(covers: str, draw: Draw) -> str:
    """Give one to three surgeons: Name|NPI|procedures|languages|new patients|wait in days."""
    procedures = {"hip-knee": "total-knee-replacement,total-hip-replacement", "cabg": "cabg"}.get(covers, "")
    if not procedures and covers not in _sets():
        procedures = covers
    serial = 20000 + draw.whole(0, 79999) * 10
    return "; ".join(
        f"{person_name(draw)}|{npi(serial + each)}|{procedures}|{draw.pick(_LANGUAGES)}"
        f"|{'yes' if draw.share() < 0.8 else 'no'}|{draw.whole(6, 58)}"
        for each in range(draw.whole(1, 3))
    )


def _offer(covers: str) -> dict[str, str]:
    return next(row for row in table("offers.csv") if row["covers"] == covers)


@cache
def _sets() -> frozenset[str]:
    return frozenset({row["covers"] for row in table("offers.csv") if row["kind"] == "set"} | {"colonoscopy"})

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
    "portal; secure e-mail; phone",
    "secure e-mail; fax; phone",
    "portal; fax",
)

Row = dict[str, str]


def write_roster_file(path: Path) -> int:
    """Write roster.csv: about 120 contracts; gives the number of rows."""
    rows = [*_showpiece(), *_created(), *_metropolitan()]
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


def _showpiece() -> Iterator[Row]:
    """Give the contracts in reach of Milwaukee: one of each kind that a navigator meets."""
    near = {each.ccn: each for each in hospitals()[:12]}
    yield _contract(
        near["90Z001"], LAKESHORE, "hip-knee", "2027-06-30", bundle_price="24100", attested_cases_per_year="905"
    )
    yield _contract(near["90Z001"], LAKESHORE, "lumbar-fusion-single-level", "2027-06-30")
    yield _contract(near["90Z001"], LAKESHORE, "cervical-fusion", "2027-06-30")
    # Ends soon: before the likely day of care of a question asked in the autumn of 2026.
    yield _contract(
        near["90Z002"], LAKESHORE, "hip-knee", "2026-12-31", bundle_price="26850", attested_cases_per_year="610"
    )
    yield _contract(near["90Z002"], LAKESHORE, "cabg", "2028-06-30")
    yield _contract(near["90Z002"], LAKESHORE, "bariatric", "2028-06-30")
    yield _contract(
        near["90Z008"],
        LAKESHORE,
        "hip-knee",
        "2027-12-31",
        status="suspended",
        suspended_on="2026-09-14",
        reason="surgeon volume under review by the credentialing committee",
    )
    # One procedure of a set, and nothing else in it.
    yield _contract(
        near["90Z010"],
        LAKESHORE,
        "partial-knee-replacement",
        "2028-03-31",
        like="hip-knee",
        bundle_price="18700",
        price_excludes="rehabilitation",
    )
    yield _contract(near["90Z009"], PRAIRIE, "hip-knee", "2027-12-31", bundle_price="25300")
    # Cheap and near, and its public figures fail: the contract carries a review flag.
    yield _contract(near["90Z006"], PRAIRIE, "hip-knee", "2027-12-31", bundle_price="19900")
    yield _contract(
        _in_city("Green Bay"),
        LAKESHORE,
        "hip-knee",
        "2027-01-31",
        bundle_price="27400",
        run_out="surgery scheduled by the last day is honored for 120 days",
    )
    yield _contract(_in_city("Madison"), LAKESHORE, "hip-knee", "2025-12-31")
    yield _contract(_in_city("La Crosse"), LAKESHORE, "cabg", "2026-06-30")
    yield _contract(_in_city("Des Moines"), PRAIRIE, "hip-knee", "2026-12-31")
    yield _contract(_in_city("Providence"), HARBOR, "hip-knee", "2027-06-30", visibility="members")


def _in_city(city: str) -> Hospital:
    found = [each for each in hospitals() if each.city == city and each.kind == "acute"]
    return max(found, key=lambda each: (each.lines["joint"], each.ccn))


def _created() -> Iterator[Row]:
    """Give rows that make facilities which no hospital file lists."""
    surgery_center: Row = {
        "name": "Linnetmere Surgery Center",
        "kind": "surgery_center",
        "npi": npi(9001),
        "address": "2600 Demonstration Street",
        "city": "Milwaukee",
        "state": "WI",
        "zip": "53226",
        "phone": "(414) 555-0181",
        "latitude": "43.0493",
        "longitude": "-88.0414",
        "intake_phone": "(414) 555-0182",
    }
    for procedure, price in (
        ("rotator-cuff-repair", "11900"),
        ("meniscus-surgery", "5400"),
        ("acl-reconstruction", "12800"),
    ):
        yield _terms(surgery_center, LAKESHORE, procedure, "2027-12-31", like="hysterectomy") | {
            "bundle_price": price,
            "price_includes": "surgery center; surgeon; anesthesia; implant; 60 days after surgery",
            "price_excludes": "physical therapy; brace",
        }
    eye_center: Row = {
        "name": "Pebblewold Day Surgery",
        "kind": "surgery_center",
        "npi": npi(9002),
        "address": "4100 Demonstration Parkway",
        "city": "Dallas",
        "state": "TX",
        "zip": "75231",
        "phone": "(214) 555-0183",
        "latitude": "32.8756",
        "longitude": "-96.7496",
        "intake_phone": "(214) 555-0184",
    }
    for covers, price, parts in (
        ("cataract-surgery", "3600", "surgery center; surgeon; anesthesia; standard lens; 30 days after surgery"),
        ("colonoscopy", "1850", "surgery center; physician; sedation; pathology"),
    ):
        yield _terms(eye_center, PRAIRIE, covers, "2028-06-30", like="hysterectomy") | {
            "bundle_price": price,
            "price_includes": parts,
            "price_excludes": "premium lens" if covers == "cataract-surgery" else "hospital stay",
        }
    cancer_hospital: Row = {
        "name": "Vespermoor Cancer Hospital",
        "kind": "cancer",
        "npi": npi(9003),
        "address": "700 Demonstration Avenue",
        "city": "Chicago",
        "state": "IL",
        "zip": "60612",
        "phone": "(312) 555-0185",
        "latitude": "41.8805",
        "longitude": "-87.6873",
        "intake_phone": "(312) 555-0186",
    }
    for procedure, price in (("cancer-second-opinion", "1200"), ("stem-cell-transplant-donor", "")):
        yield _terms(cancer_hospital, PRAIRIE, procedure, "2028-12-31", like="transplant-kidney") | {
            "bundle_price": price,
            "price_includes": "record review; pathology review; written opinion" if price else "",
            "price_excludes": "",
            "price_effective": "2026-01-01" if price else "",
        }


def _contract(hospital: Hospital, alliance: str, covers: str, ends: str, *, like: str = "", **said: str) -> Row:
    """Give one contract with a hospital; what is said overrides what is drawn."""
    number = hospitals().index(hospital)
    who: Row = {
        "ccn": hospital.ccn,
        "npi": npi(number + 1),
        "name": hospital.name,
        "zip": hospital.zip,
        "intake_phone": f"{hospital.phone[:-4]}01{(number + 50) % 100:02d}",
    }
    return _terms(who, alliance, covers, ends, like=like or covers) | said


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
        "routes": draw.pick(_ROUTES),
        "attested_cases_per_year": str(draw.whole(int(offer["fewest_cases"]), int(offer["most_cases"]))),
        "attested_on": f"2026-0{draw.whole(2, 6)}-15",
        "surgeons": _surgeons(who, covers, draw),
    }


def _surgeons(who: Row, covers: str, draw: Draw) -> str:
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

"""The layouts of the files that are read: by which columns each is known, and what other files are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_PACKING = re.compile(r"[^a-z0-9]+")


def fold_column(name: str) -> str:
    """Fold a column's name: "City/Town", "citytown" and " City_Town" are one column."""
    return _PACKING.sub("", name.lower())


class Layout(NamedTuple):
    """A kind of file: its columns by their published names."""

    dataset: str
    title: str
    needed: tuple[str, ...]
    absent: tuple[str, ...] = ()
    """Columns that a wider file has; with one of them the file is of another layout."""
    optional: tuple[str, ...] = ()


_FACILITY = ("Facility ID", "Facility Name", "Address", "City/Town", "State", "ZIP Code", "Telephone Number")
_PERIOD = ("Footnote", "Start Date", "End Date")
_ESTIMATE = ("Measure ID", "Compared to National", "Denominator", "Score", "Lower Estimate", "Higher Estimate")
_OTHER_MEASURES = ("Sample", "Condition", "Denominator", "Compared to National", "HCAHPS Measure ID")

LAYOUTS = (
    Layout(
        "hospital_general",
        "Hospital General Information",
        (*_FACILITY, "Hospital Type", "Hospital overall rating"),
        optional=("Meets criteria for birthing friendly designation",),
    ),
    Layout(
        "complications",
        "Complications and Deaths",
        ("Facility ID", *_ESTIMATE, *_PERIOD),
        absent=("Number of Patients",),
    ),
    Layout(
        "unplanned_visits",
        "Unplanned Hospital Visits",
        ("Facility ID", *_ESTIMATE, "Number of Patients", "Number of Patients Returned", *_PERIOD),
    ),
    Layout(
        "hai",
        "Healthcare Associated Infections",
        ("Facility ID", "Measure ID", "Compared to National", "Score", *_PERIOD),
        absent=("Denominator", "Sample", "Condition"),
    ),
    Layout(
        "hcahps",
        "HCAHPS patient survey",
        (
            "Facility ID",
            "HCAHPS Measure ID",
            "HCAHPS Answer Percent",
            "HCAHPS Answer Percent Footnote",
            "Number of Completed Surveys",
            "Start Date",
            "End Date",
        ),
    ),
    Layout(
        "mspb",
        "Medicare Hospital Spending Per Patient",
        ("Facility ID", "Measure ID", "Score", *_PERIOD),
        absent=_OTHER_MEASURES,
    ),
    Layout(
        "inpatient",
        "Medicare Inpatient Hospitals by Provider and Service",
        ("Rndrng_Prvdr_CCN", "DRG_Cd", "Tot_Dschrgs", "Avg_Tot_Pymt_Amt"),
        optional=("Avg_Submtd_Cvrd_Chrg", "Avg_Mdcr_Pymt_Amt"),
    ),
    Layout("cash_prices", "Gross and cash prices by facility", ("ccn", "hcpcs", "price_type", "price")),
    Layout("points", "Facility points", ("ccn", "lat", "lon"), absent=("alliance",), optional=("precision",)),
    Layout("zip_points", "Census ZIP points", ("zcta5", "lat", "lon")),
)
BY_DATASET = {layout.dataset: layout for layout in LAYOUTS}

ROSTER_TITLE = "Alliance roster"
ROSTER_COLUMNS: dict[str, tuple[str, ...]] = {
    "facility_id": ("facility",),
    "ccn": ("medicare number", "cms certification number"),
    "npi": ("facility npi", "organization npi"),
    "name": ("facility name", "hospital name", "center name"),
    "zip": ("zip code", "postal code"),
    "kind": ("facility kind", "facility type"),
    "address": ("street", "street address"),
    "city": ("city/town", "town"),
    "state": (),
    "phone": ("telephone", "phone number", "telephone number"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng"),
    "alliance": ("coalition", "alliance name"),
    "criteria_set": ("criteria", "set"),
    "procedure": ("procedure id",),
    "status": ("contract status",),
    "effective": ("effective date", "start date", "starts"),
    "ends": ("end date", "end", "expires", "expiry", "expiration date"),
    "suspended_on": ("suspended", "suspension date"),
    "reason": ("suspension reason",),
    "bundle_price": ("bundle", "price", "bundled price", "contract price"),
    "price_effective": ("price effective date", "price date"),
    "price_includes": ("includes", "included"),
    "price_excludes": ("excludes", "excluded", "extra"),
    "run_out": ("run out terms",),
    "warranty": (),
    "visibility": (),
    "routes": ("route",),
    "intake_phone": ("intake telephone", "intake"),
    "attested_cases_per_year": ("attested cases", "cases per year"),
    "attested_on": ("attestation date", "attested date"),
    "surgeons": ("surgeon",),
}
"""Column -> its other names."""
_CONTRACT_PRICE = "contractprice"
"""A roster with this column is a list of contracts, in which every row has a price."""
CLAIMS_COLUMNS: dict[str, tuple[str, ...]] = {
    "program": ("program id",),
    "facility_id": ("facility",),
    "ccn": ROSTER_COLUMNS["ccn"],
    "npi": ROSTER_COLUMNS["npi"],
    "name": ROSTER_COLUMNS["name"],
    "zip": ROSTER_COLUMNS["zip"],
    "procedure": ("procedure id",),
    "setting": (),
    "cases": ("n", "count", "number of cases"),
    "period_start": ("from", "start"),
    "period_end": ("to", "end"),
    "allowed_median": ("median", "median allowed"),
    "allowed_p10": ("p10",),
    "allowed_p90": ("p90",),
}
SITE_COLUMNS: dict[str, tuple[str, ...]] = {
    "site": ("site name",),
    "address": ROSTER_COLUMNS["address"],
    "city": ROSTER_COLUMNS["city"],
    "state": (),
    "zip": ROSTER_COLUMNS["zip"],
    "latitude": ROSTER_COLUMNS["latitude"],
    "longitude": ROSTER_COLUMNS["longitude"],
}
REVIEW_COLUMNS = ("file", "row", "found", "facility_id", "found_mark")
_SITES = (
    "It is a list of sites: they belong to a program; keep it as programs/ID.sites.csv or .xlsx in the data folder."
)

_OLD_IDS = {"providerid": "Provider ID", "providernumber": "Provider Number"}
_KNOWN_AND_UNUSED = (
    ("excessreadmissionratio", "a Hospital Readmissions Reduction Program file; its penalty ratios are in no score"),
    ("totalhacscore", "a Hospital-Acquired Condition Reduction Program file; it is in no score"),
    ("totalperformancescore", "a Hospital Value-Based Purchasing file; it is in no score"),
    ("sample", "a process-of-care measure file; it is in no score"),
    ("hospitalname", "no table of hospitals or measures; a hospital price file is read by the price import"),
)


def roster_columns(header: list[str]) -> dict[str, int]:
    """Find the roster's columns in a header: our name -> index; the first of several wins."""
    return named_columns(header, ROSTER_COLUMNS)


def named_columns(header: list[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Find columns in a header by their names or other names: our name -> index; the first of several wins."""
    names = {fold_column(spelled): column for column, others in columns.items() for spelled in (column, *others)}
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        column = names.get(fold_column(name))
        if column:
            places.setdefault(column, index)
    return places


def layout_of(header: list[str]) -> tuple[str, str] | str:
    """Tell dataset and title of a header, or, as one sentence, why a file with this header is not read."""
    names = {fold_column(name) for name in header}
    for layout in LAYOUTS:
        if _has_all(names, layout.needed) and not any(fold_column(column) in names for column in layout.absent):
            return layout.dataset, layout.title
    if typed := _typed_layout(names, header):
        return typed
    roster = roster_columns(header)
    if "alliance" in roster and roster.keys() & {"criteria_set", "procedure"}:
        if roster.keys() & {"facility_id", "ccn", "npi", "name"}:
            return ("contracts", "Alliance contracts") if _CONTRACT_PRICE in names else ("roster", ROSTER_TITLE)
        return "It looks like an alliance roster, but has none of the columns facility_id, ccn, npi, name."
    return _why_not(names, header)


def _typed_layout(names: set[str], header: list[str]) -> tuple[str, str] | str | None:
    """Tell the tables that people fill in beside the roster."""
    if _has_all(names, REVIEW_COLUMNS):
        return "review_decisions", "Review list, filled in"
    if {"program", "procedure", "allowed_median"} <= named_columns(header, CLAIMS_COLUMNS).keys():
        return "paid_claims", "Paid-claims summary"
    sites = named_columns(header, SITE_COLUMNS).keys()
    if "site" in sites and "alliance" not in names and sites & {"zip", "city", "latitude"}:
        return _SITES
    return None


def _has_all(names: set[str], columns: tuple[str, ...]) -> bool:
    return all(fold_column(column) in names for column in columns)


def _why_not(names: set[str], header: list[str]) -> str:
    old = next((spelled for folded, spelled in _OLD_IDS.items() if folded in names), None)
    for column, what in _KNOWN_AND_UNUSED:
        if column in names and not (old and column == "hospitalname"):
            return f"It is {what}."
    if old:
        return _old_layout(names, old)
    large = [one for one in LAYOUTS if len(one.needed) > 3]  # three columns in common are chance
    shares = [(sum(fold_column(c) in names for c in one.needed) / len(one.needed), one) for one in large]
    share, nearest = max(shares, key=lambda pair: pair[0])
    if share >= 0.6:
        missing = [column for column in nearest.needed if fold_column(column) not in names]
        found = ", ".join(header[:12])
        if missing:
            return f"It looks like {nearest.title}, but lacks {_listed(missing)}; found were {found}."
        return f"It looks like {nearest.title}, but has columns of another file; found were {found}."
    return f"Its columns ({', '.join(header[:6])}) are of no file that is read here."


def _old_layout(names: set[str], old: str) -> str:
    newer = "complications"
    if "hospitaltype" in names:
        newer = "hospital_general"
    elif names & {"drg", "drgdefinition"}:
        newer = "inpatient"
    missing = [column for column in BY_DATASET[newer].needed if fold_column(column) not in names]
    return f'It is of an older layout ("{old}"): {_listed(missing)} missing. Take the current release of the file.'


def _listed(columns: list[str]) -> str:
    return ("column " if len(columns) == 1 else "columns ") + ", ".join(f'"{column}"' for column in columns)

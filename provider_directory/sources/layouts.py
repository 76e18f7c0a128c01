"""The layouts of the files that are read: by which columns each is known, and what other files are called."""

from __future__ import annotations

import re
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
    "bundle_price": ("bundle", "price", "bundled price"),
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
_ROSTER_NAMES = {
    fold_column(spelled): column for column, others in ROSTER_COLUMNS.items() for spelled in (column, *others)
}

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
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        column = _ROSTER_NAMES.get(fold_column(name))
        if column:
            places.setdefault(column, index)
    return places


def layout_of(header: list[str]) -> tuple[str, str] | str:
    """Tell dataset and title of a header, or, as one sentence, why a file with this header is not read."""
    names = {fold_column(name) for name in header}
    for layout in LAYOUTS:
        if _has_all(names, layout.needed) and not any(fold_column(column) in names for column in layout.absent):
            return layout.dataset, layout.title
    roster = roster_columns(header)
    if "alliance" in roster and roster.keys() & {"criteria_set", "procedure"}:
        if roster.keys() & {"facility_id", "ccn", "npi", "name"}:
            return "roster", ROSTER_TITLE
        return "It looks like an alliance roster, but has none of the columns facility_id, ccn, npi, name."
    return _why_not(names, header)


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

"""The layouts of the files that are read: by which columns each is known, and what other files are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from provider_directory.sources.unused_files import why_unused

_PACKING = re.compile(r"[^a-z0-9]+")
LOOKS_LIKE = "It looks like "
"""How the reason begins for a file that is nearly one of ours."""


@lru_cache(maxsize=4096)  # the same few hundred names are asked for each table of a build
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
_BOUNDS = ("Lower Estimate", "Higher Estimate")
_OTHER_MEASURES = ("Sample", "Condition", "Denominator", "Compared to National", "HCAHPS Measure ID", *_BOUNDS)

LAYOUTS = (
    Layout(
        "hospital_general",
        "Hospital General Information",
        (*_FACILITY, "Hospital Type"),
        optional=("Hospital overall rating", "Meets criteria for birthing friendly designation"),
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
        absent=("Denominator", "Sample", "Condition", *_BOUNDS),
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

OLDER_NAMES: dict[str, tuple[str, ...]] = {
    "Facility ID": ("Provider ID", "Provider Number"),
    "Facility Name": ("Hospital Name",),
    "Address": ("Address 1",),
    "City/Town": ("City",),
    "County/Parish": ("County Name", "County"),
    "Telephone Number": ("Phone Number",),
    "Start Date": ("Measure Start Date",),
    "End Date": ("Measure End Date",),
}
"""Published column -> its names in older releases, 2011 to 2020."""
OLDER_LAYOUT = " (older layout)"
"""Stands at the end of the title of a file in which a needed column has an older name."""

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
    "counts": ("amounts count",),
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
MEMBER_COLUMNS: dict[str, tuple[str, ...]] = {
    "program_id": ("program",),
    "member_id": ("member number", "member", "subscriber id"),
    "name": ("member name", "full name"),
    "birth_date": ("date of birth", "dob", "birthdate"),
    "zip": ROSTER_COLUMNS["zip"],
    "coverage_tier": ("tier", "coverage level", "coverage"),
    "plan_option": ("plan", "option", "benefit plan"),
    "relationship": ("relation",),
    "other_coverage": ("other plan", "other insurance"),
    "effective": ROSTER_COLUMNS["effective"],
    "ends": (*ROSTER_COLUMNS["ends"], "termination date", "term date"),
    "employment": ("employment status", "work status"),
}
REVIEW_COLUMNS = ("file", "row", "found", "facility_id", "found_mark")

_NO_TABLE_OF_OURS = "It is no table of hospitals or measures, and no price file with the columns of CMS's template."
_MOST_OTHERS = 40
_NEAR = 70
"""Likeness, 0 to 100, from which a column counts as the nearest to a missing one."""


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
    known = _known(header)
    for layout in LAYOUTS:
        if _has_all(known, layout.needed) and not any(fold_column(column) in names for column in layout.absent):
            older = any(older_name(column, header) for column in layout.needed)
            return layout.dataset, f"{layout.title}{OLDER_LAYOUT if older else ''}"
    if typed := _typed_layout(names, header):
        return typed
    roster = roster_columns(header)
    if "alliance" in roster and roster.keys() & {"criteria_set", "procedure"}:
        if roster.keys() & {"facility_id", "ccn", "npi", "name"}:
            return ("contracts", "Alliance contracts") if _CONTRACT_PRICE in names else ("roster", ROSTER_TITLE)
        return "It looks like an alliance roster, but has none of the columns facility_id, ccn, npi, name."
    return _why_not(names, header)


def _typed_layout(names: set[str], header: list[str]) -> tuple[str, str] | None:
    """Tell the tables that people fill in beside the roster."""
    if _has_all(names, REVIEW_COLUMNS):
        return "review_decisions", "Review list, filled in"
    if {"program", "procedure", "allowed_median"} <= named_columns(header, CLAIMS_COLUMNS).keys():
        return "paid_claims", "Paid-claims summary"
    sites = named_columns(header, SITE_COLUMNS).keys()
    if "site" in sites and "alliance" not in names and sites & {"zip", "city", "latitude"}:
        return "sites", "Sites of an employer"
    people = named_columns(header, MEMBER_COLUMNS).keys()
    if people & {"coverage_tier", "plan_option", "relationship"} and people & {"member_id", "birth_date"}:
        return "members", "Eligible members of a program"
    return None


def older_name(column: str, header: Sequence[str]) -> str | None:
    """Give the older name under which a column stands in a header; None where it has its own name or is missing."""
    spelled = {fold_column(name): name for name in header}
    if fold_column(column) in spelled:
        return None
    return next((spelled[old] for old in map(fold_column, OLDER_NAMES.get(column, ())) if old in spelled), None)


def _known(header: Sequence[str]) -> set[str]:
    """Give the folded names of a header, and of the columns that stand in it under an older name."""
    return {fold_column(name) for name in header} | {fold_column(c) for c in OLDER_NAMES if older_name(c, header)}


def _has_all(names: set[str], columns: tuple[str, ...]) -> bool:
    return all(fold_column(column) in names for column in columns)


def _why_not(names: set[str], header: list[str]) -> str:
    if unused := why_unused(header, names):
        return unused
    known = _known(header)
    large = [one for one in LAYOUTS if len(one.needed) > 3]  # three columns in common are chance
    # A column of a wider file tells that file, of which then another column is missing.
    alone = [one for one in large if not any(fold_column(column) in known for column in one.absent)]
    shares = [(sum(fold_column(c) in known for c in one.needed) / len(one.needed), one) for one in alone or large]
    share, nearest = max(shares, key=lambda pair: pair[0])
    if share >= 0.6:
        missing = [column for column in nearest.needed if fold_column(column) not in known]
        if missing:
            others = ", ".join(_others(nearest, header)[:_MOST_OTHERS]) or "none"
            said = _missing(missing, nearest, header)
            return f"{LOOKS_LIKE}{nearest.title}, but lacks {said}; its other columns are {others}."
        found = ", ".join(header[:12])
        return f"{LOOKS_LIKE}{nearest.title}, but has columns of another file; found were {found}."
    if "hospitalname" in names:
        return _NO_TABLE_OF_OURS
    return f"Its columns ({', '.join(header[:6])}) are of no file that is read here."


def _others(layout: Layout, header: list[str]) -> list[str]:
    """Give the columns of a header that a layout does not use: a renamed one is among them."""
    taken = {fold_column(column) for column in (*layout.needed, *layout.optional)}
    return [name for name in header if name and fold_column(name) not in taken]


def _missing(columns: list[str], layout: Layout, header: list[str]) -> str:
    """List missing columns, each with the column of the header that it may be by another name."""
    from rapidfuzz import fuzz, process, utils  # deferred: 20 ms that no file in order costs

    free = _others(layout, header)
    listed = []
    for column in columns:
        near = process.extractOne(
            column, free, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=_NEAR
        )
        listed.append(f'"{column}" (perhaps "{near[0]}")' if near else f'"{column}"')
    return ("column " if len(columns) == 1 else "columns ") + ", ".join(listed)

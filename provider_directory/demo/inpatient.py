"""The Medicare inpatient file of the invented hospitals: stays, charges and payments by MS-DRG."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from provider_directory.demo.drawing import Draw
from provider_directory.demo.figures import figures_by_ccn
from provider_directory.demo.hospitals import Hospital, hospitals
from provider_directory.demo.tables import table, write_rows

HEADER = (
    "Rndrng_Prvdr_CCN",
    "Rndrng_Prvdr_Org_Name",
    "Rndrng_Prvdr_City",
    "Rndrng_Prvdr_St",
    "Rndrng_Prvdr_State_FIPS",
    "Rndrng_Prvdr_Zip5",
    "Rndrng_Prvdr_State_Abrvtn",
    "Rndrng_Prvdr_RUCA",
    "Rndrng_Prvdr_RUCA_Desc",
    "DRG_Cd",
    "DRG_Desc",
    "Tot_Dschrgs",
    "Avg_Submtd_Cvrd_Chrg",
    "Avg_Tot_Pymt_Amt",
    "Avg_Mdcr_Pymt_Amt",
)
# Rows of fewer stays are left out of the file, so an absent row is not zero (METHOD 3.1).
FEWEST_STAYS = 11
_JOINT_WINDOW_YEARS = 3
_DOLLARS_PER_WEIGHT = 8100.0


def write_inpatient_file(path: Path) -> int:
    """Write the 15-column file; amounts in dollars with eight decimals as CMS prints them, here rounded to cents."""
    return write_rows(path, HEADER, (row for hospital in hospitals() for row in _stays(hospital)))


def paid_by_medicare(hospital: Hospital) -> dict[str, float]:
    """Give the average total payment in dollars for each MS-DRG that the hospital has in the file."""
    return {row[9]: float(row[13]) for row in _stays(hospital)}


def _stays(hospital: Hospital) -> Iterator[tuple[str, ...]]:
    # Critical access hospitals, children's, psychiatric and veterans hospitals are paid otherwise.
    if hospital.kind != "acute":
        return
    draw = Draw("payments", hospital.ccn)
    cost = math.exp(0.17 * draw.normal() + 0.04 * hospital.size) * (1.55 if hospital.state == "MD" else 1.0)
    if hospital.ccn == "90Z006":
        cost = 0.82
    markup = math.exp(1.54 + 0.45 * draw.normal())
    region = ("1", "Metropolitan area core: primary flow within an urbanized area of 50,000 and greater")
    for row in table("stays.csv"):
        stays = _count(hospital, row, draw)
        if stays < FEWEST_STAYS:
            continue
        payment = _DOLLARS_PER_WEIGHT * float(row["weight"]) * cost * math.exp(0.07 * draw.normal())
        yield (
            *(hospital.ccn, hospital.name, hospital.city, hospital.address, hospital.state_fips, hospital.zip),
            *(hospital.state, *region, row["drg"], row["title"], str(stays)),
            *(f"{payment * markup:.2f}", f"{payment:.2f}", f"{payment * draw.between(0.84, 0.94):.2f}"),
        )


def _count(hospital: Hospital, row: dict[str, str], draw: Draw) -> int:
    if row["drg"] == "470":
        return round(_joint_cases(hospital) / _JOINT_WINDOW_YEARS * draw.between(0.96, 1.12))
    size = hospital.lines.get(row["line"], hospital.size)
    if size + 0.3 * draw.normal() < float(row["offered_from"]):
        return 0
    return round(float(row["typical_stays"]) * math.exp(0.75 * size + 0.35 * draw.normal()))


def _joint_cases(hospital: Hospital) -> int:
    """Give the cases behind the published complication rate: the same patients fill DRG 470."""
    rate = next(figure for figure in figures_by_ccn()[hospital.ccn] if figure.measure == "COMP_HIP_KNEE")
    return int(rate.cases) if rate.cases.isdigit() else 0

"""Short files in the true layouts of the outside world, with invented hospitals."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from provider_directory.sources.recognise import SourceFile, recognise


def _columns(*lines: str) -> list[str]:
    return [name for line in lines for name in line.split(",")]


FACILITY = _columns("Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,Telephone Number")
GENERAL = FACILITY + _columns(
    "Hospital Type,Hospital Ownership,Emergency Services,Meets criteria for birthing friendly designation",
    "Hospital overall rating,Hospital overall rating footnote",
)
COMPLICATIONS = FACILITY + _columns(
    "Measure ID,Measure Name,Compared to National,Denominator,Score,Lower Estimate,Higher Estimate",
    "Footnote,Start Date,End Date",
)
VISITS = [*COMPLICATIONS[:15], "Number of Patients", "Number of Patients Returned", *COMPLICATIONS[15:]]
INFECTIONS = FACILITY + _columns(
    "Measure ID,Measure Name,Compared to National,Score,Footnote,Start Date,End Date",
)
SPENDING = FACILITY + _columns("Measure ID,Measure Name,Score,Footnote,Start Date,End Date")
SURVEY = FACILITY + _columns(
    "HCAHPS Measure ID,HCAHPS Question,HCAHPS Answer Description,Patient Survey Star Rating",
    "Patient Survey Star Rating Footnote,HCAHPS Answer Percent,HCAHPS Answer Percent Footnote",
    "HCAHPS Linear Mean Value,Number of Completed Surveys,Number of Completed Surveys Footnote",
    "Survey Response Rate Percent,Survey Response Rate Percent Footnote,Start Date,End Date",
)
INPATIENT = _columns(
    "Rndrng_Prvdr_CCN,Rndrng_Prvdr_Org_Name,Rndrng_Prvdr_City,Rndrng_Prvdr_State_Abrvtn,Rndrng_Prvdr_Zip5",
    "DRG_Cd,DRG_Desc,Tot_Dschrgs,Avg_Submtd_Cvrd_Chrg,Avg_Tot_Pymt_Amt,Avg_Mdcr_Pymt_Amt",
)
ROSTER = _columns(
    "facility_id,ccn,npi,name,zip,kind,address,city,state,phone,latitude,longitude,alliance,criteria_set,procedure",
    "status,effective,ends,suspended_on,reason,bundle_price,price_effective,price_includes,price_excludes,run_out",
    "warranty,visibility,routes,intake_phone,attested_cases_per_year,attested_on,surgeons",
)
HEADERS = {
    "hospital_general": GENERAL,
    "complications": COMPLICATIONS,
    "unplanned_visits": VISITS,
    "hai": INFECTIONS,
    "hcahps": SURVEY,
    "mspb": SPENDING,
    "inpatient": INPATIENT,
    "points": ["ccn", "name", "city", "state", "zip", "lat", "lon"],
    "zip_points": ["zcta5", "lat", "lon"],
    "roster": ROSTER,
}
CELLS = {
    "Facility ID": "990001",
    "Facility Name": "HARBOR LIGHT HOSPITAL",
    "Address": "1 PIER STREET",
    "City/Town": "MILWAUKEE",
    "State": "WI",
    "ZIP Code": "53202",
    "County/Parish": "MILWAUKEE",
    "Telephone Number": "(414) 555-0101",
    "Hospital Type": "Acute Care Hospitals",
    "Hospital overall rating": "4",
    "Measure ID": "COMP_HIP_KNEE",
    "Compared to National": "No Different Than the National Rate",
    "Denominator": "120",
    "Score": "2.4",
    "Lower Estimate": "1.7",
    "Higher Estimate": "3.5",
    "Start Date": "04/01/2021",
    "End Date": "03/31/2024",
    "HCAHPS Measure ID": "H_RECMND_DY",
    "HCAHPS Answer Percent": "72",
    "Number of Completed Surveys": "1,196",
    "Rndrng_Prvdr_CCN": "990001",
    "DRG_Cd": "470",
    "Tot_Dschrgs": "57",
    "Avg_Submtd_Cvrd_Chrg": "62296.4286",
    "Avg_Tot_Pymt_Amt": "14760.71429",
    "Avg_Mdcr_Pymt_Amt": "12389.285",
    "zcta5": "53202",
    "ccn": "990001",
    "lat": "43.05",
    "lon": "-87.9",
}
"""A plausible cell for each column that a test does not speak of."""


def row(dataset: str, **cells: str) -> list[str]:
    """Make one row; a cell is named by its column with blanks and slashes as underscores ("Facility_ID")."""
    named = {name.replace(" ", "_").replace("/", "_"): name for name in HEADERS[dataset]}
    unknown = cells.keys() - named.keys()
    assert not unknown, unknown
    plain = {} if dataset == "roster" else CELLS
    return [cells.get(column, plain.get(name, "")) for column, name in named.items()]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV text."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def write(path: Path, dataset: str, *rows: Sequence[str], header: Sequence[str] | None = None) -> Path:
    """Write a file of a dataset: plain, or packed where its name ends in .gz or .zip (member "table.csv")."""
    data = text_of([header or HEADERS[dataset], *rows]).encode()
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("table.csv", data)
    else:
        path.write_bytes(data)
    return path


def source_of(path: Path) -> SourceFile:
    """Recognise the one file of a folder that is at ``path``."""
    found, skipped = recognise(path.parent)
    assert [item.path for item in found] == [path], skipped
    return found[0]


def written(folder: Path, dataset: str, *rows: Sequence[str]) -> SourceFile:
    """Write rows of a dataset and recognise the file."""
    return source_of(write(folder / f"{dataset}.csv", dataset, *rows))

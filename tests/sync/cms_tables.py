"""Short tables in the true layouts of CMS, with invented hospitals, as its file server and data API send them."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

_HOSPITALS = (
    ("90Z701", "ALDERWICK MEDICAL CENTER", "1 ELM ST", "MILWAUKEE", "WI", "53202", "MILWAUKEE", "(414) 555-0101"),
    ("90Z702", "BIRCHMOOR HOSPITAL", "2 OAK ST", "MADISON", "WI", "53703", "DANE", "(608) 555-0102"),
    ("90Z703", "CEDARHOLT CLINIC", "9 ASH ST", "WAUSAU", "WI", "54401", "MARATHON", "(715) 555-0103"),
    ("90Z704", "DUNMERE GENERAL", "4 FIR ST", "MILWAUKEE", "WI", "53202", "MILWAUKEE", "(414) 555-0104"),
    ("90Z705", "ELLINGROVE HOSPITAL", "7 YEW ST", "MADISON", "WI", "53703", "DANE", "(608) 555-0105"),
    ("90Z706", "FARROWDALE MEDICAL CENTER", "3 BAY ST", "WAUSAU", "WI", "54401", "MARATHON", "(715) 555-0106"),
)


def _columns(*lines: str) -> list[str]:
    return [name for line in lines for name in line.split(",")]


_FACILITY = _columns("Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,Telephone Number")
_ESTIMATE = _columns("Measure ID,Measure Name,Compared to National,Denominator,Score,Lower Estimate,Higher Estimate")
_PERIOD = ["Footnote", "Start Date", "End Date"]
_SAME = "No Different Than the National Rate"


def tables(complication: str = "2.4") -> dict[str, bytes]:
    """Give the files by our names of the data sets; ``complication`` is the first hospital's hip and knee rate."""
    return {
        "hospital_general": _csv(
            [
                *_FACILITY,
                "Hospital Type",
                "Hospital Ownership",
                "Emergency Services",
                "Meets criteria for birthing friendly designation",
                "Hospital overall rating",
                "Hospital overall rating footnote",
            ],
            [[*one, "Acute Care Hospitals", "Church", "Yes", "Y", "4", ""] for one in _HOSPITALS],
        ),
        "complications": _csv(
            [*_FACILITY, *_ESTIMATE, *_PERIOD],
            [
                [*one, "COMP_HIP_KNEE", "Complications", _SAME, "600", rate, "1.8", "3.9", "", *_YEARS]
                for one, rate in zip(_HOSPITALS, (complication, "3.1", "2.9", "3.3", "2.8", "3.0"), strict=True)
            ],
        ),
        "unplanned_visits": _csv(
            [*_FACILITY, *_ESTIMATE, "Number of Patients", "Number of Patients Returned", *_PERIOD],
            [
                [*one, "READM_30_HIP_KNEE", "Readmission", _SAME, "580", "4.4", "3.5", "5.6", "", "", "", *_YEARS]
                for one in _HOSPITALS
            ],
        ),
        "hai": _csv(
            [*_FACILITY, "Measure ID", "Measure Name", "Compared to National", "Score", *_PERIOD],
            [[*one, "HAI_1_SIR", "CLABSI", "No Different", "0.8", "", *_YEAR] for one in _HOSPITALS],
        ),
        "hcahps": _csv(
            [
                *_FACILITY,
                *_columns(
                    "HCAHPS Measure ID,HCAHPS Question,HCAHPS Answer Description,Patient Survey Star Rating",
                    "Patient Survey Star Rating Footnote,HCAHPS Answer Percent,HCAHPS Answer Percent Footnote",
                    "HCAHPS Linear Mean Value,Number of Completed Surveys,Number of Completed Surveys Footnote",
                    "Survey Response Rate Percent,Survey Response Rate Percent Footnote,Start Date,End Date",
                ),
            ],
            [
                [*one, "H_RECMND_DY", "Would recommend", "Yes", "Not Applicable", "", "72", "", "", *_COUNTS, *_YEAR]
                for one in _HOSPITALS
            ],
        ),
        "mspb": _csv(
            [*_FACILITY, "Measure ID", "Measure Name", "Score", *_PERIOD],
            [[*one, "MSPB-1", "Spending", "0.98", "", *_YEAR] for one in _HOSPITALS],
        ),
    }


_YEARS = ("04/01/2021", "03/31/2024")
_COUNTS = ("1,196", "", "24", "")
_YEAR = ("04/01/2024", "03/31/2025")


def stays(complication: str = "2.4") -> list[dict[str, Any]]:
    """Give the rows of the data API: flat objects, every value a text."""
    return [
        {
            "Rndrng_Prvdr_CCN": ccn,
            "Rndrng_Prvdr_Org_Name": name.title(),
            "Rndrng_Prvdr_City": city.title(),
            "Rndrng_Prvdr_St": street,
            "Rndrng_Prvdr_State_FIPS": "55",
            "Rndrng_Prvdr_Zip5": code,
            "Rndrng_Prvdr_State_Abrvtn": state,
            "Rndrng_Prvdr_RUCA": "1",
            "Rndrng_Prvdr_RUCA_Desc": "Metropolitan area core",
            "DRG_Cd": drg,
            "DRG_Desc": "MAJOR HIP AND KNEE JOINT REPLACEMENT",
            "Tot_Dschrgs": "57" if complication == "2.4" else "58",
            "Avg_Submtd_Cvrd_Chrg": "62296.4286",
            "Avg_Tot_Pymt_Amt": "14760.71429",
            "Avg_Mdcr_Pymt_Amt": "12389.285",
        }
        for ccn, name, street, city, state, code, _, _ in _HOSPITALS
        for drg in ("469", "470")
    ]


def table_of_stays(rows: list[dict[str, Any]]) -> bytes:
    """Give the rows of the data API as the CSV that is published beside it."""
    return _csv(list(rows[0]), [list(row.values()) for row in rows])


def archive_of(files: dict[str, bytes]) -> bytes:
    """Pack files by name as a monthly archive, with a table beside them that nobody asked for."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Footnote_Crosswalk.csv", b"Footnote,Footnote Text\n1,Too few\n")
        for name, content in files.items():
            archive.writestr(f"Hospitals/{name}", content)
    return buffer.getvalue()


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    return text.getvalue().encode()

"""Short price files and hospital files in the true layouts, with invented hospitals, for the tests of this room."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HOSPITALS = """\
"Facility ID","Facility Name","Address","City/Town","State","ZIP Code","County/Parish","Telephone Number",\
"Hospital Type","Hospital Ownership","Emergency Services","Meets criteria for birthing friendly designation",\
"Hospital overall rating","Hospital overall rating footnote"
90Z701,ALDERWICK MEDICAL CENTER,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,Acute Care Hospitals,Church,Yes,Y,4,
90Z702,BIRCHMERE HOSPITAL,22 OAK AVE,MADISON,WI,53703,D,(608) 555-0102,Acute Care Hospitals,Church,Yes,,3,
90Z703,CEDARHOLT HOSPITAL,9 ASH ST,WAUSAU,WI,54401,M,(715) 555-0109,Acute Care Hospitals,Church,Yes,,3,
90Z704,DOGWOOD HOSPITAL,9 FIR ST,WAUSAU,WI,54401,M,(715) 555-0110,Acute Care Hospitals,Church,Yes,,3,
90Z705,EBONY HOSPITAL,9 FIG ST,WAUSAU,WI,54401,M,(715) 555-0111,Acute Care Hospitals,Church,Yes,,3,
90Z801,CEDARHOLT HOSPITAL,4 MAIN ST,DULUTH,MN,55802,S,(218) 555-0112,Acute Care Hospitals,Church,Yes,,3,
"""
STAYS = "Rndrng_Prvdr_CCN,DRG_Cd,Tot_Dschrgs,Avg_Submtd_Cvrd_Chrg,Avg_Tot_Pymt_Amt,Avg_Mdcr_Pymt_Amt\n" + "".join(
    f"{ccn},470,40,60000,15000,14000\n" for ccn in ("90Z701", "90Z702", "90Z703")
)
COLUMNS = (
    "description",
    "code|1",
    "code|1|type",
    "modifiers",
    "setting",
    "standard_charge|gross",
    "standard_charge|discounted_cash",
    "payer_name",
    "plan_name",
    "standard_charge|negotiated_dollar",
    "standard_charge|negotiated_percentage",
    "standard_charge|negotiated_algorithm",
    "median_amount",
    "10th_percentile",
    "90th_percentile",
    "count",
    "standard_charge|methodology",
    "standard_charge|min",
    "standard_charge|max",
    "additional_generic_notes",
)
KNEE_STAY = {
    "description": "Major joint replacement",
    "code|1": "470",
    "code|1|type": "MS-DRG",
    "setting": "inpatient",
    "standard_charge|gross": "90000",
    "payer_name": "Lakeland Health",
    "plan_name": "PPO",
    "standard_charge|negotiated_dollar": "33000",
    "standard_charge|methodology": "case rate",
}
SCOPE = {
    "description": "Colonoscopy",
    "code|1": "45378",
    "code|1|type": "CPT",
    "setting": "outpatient",
    "standard_charge|gross": "4000",
    "payer_name": "Lakeland Health",
    "plan_name": "PPO",
    "standard_charge|negotiated_dollar": "1500",
    "standard_charge|methodology": "fee schedule",
}
NOT_WANTED = {**SCOPE, "code|1": "99213", "description": "Office visit"}


def tall(
    hospital: str,
    address: str,
    rows: Iterable[Mapping[str, str]] = (KNEE_STAY,),
    *,
    npi: str = "",
    licence: str = "",
    updated: str = "2026-04-01",
    location: str = "",
) -> str:
    """Write a version 3 price file, CSV tall; several locations and addresses are separated by bars."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = ("hospital_name", "last_updated_on", "version", "location_name", "hospital_address", "license_number|WI")
    writer.writerow([*names, "type_2_npi"])
    writer.writerow([hospital, updated, "3.0.0", location or hospital, address, licence, npi])
    writer.writerow(COLUMNS)
    writer.writerows([row.get(column, "") for column in COLUMNS] for row in rows)
    return text.getvalue()


def write_sources(folder: Path) -> Path:
    """Write six hospitals and their Medicare stays into a folder; gives it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hospitals.csv").write_text(HOSPITALS)
    (folder / "stays.csv").write_text(STAYS)
    return folder


def with_dollars(row: Mapping[str, str], dollars: Sequence[str]) -> list[dict[str, str]]:
    """Give a row once for each dollar, each of another payer."""
    return [
        {**row, "standard_charge|negotiated_dollar": dollar, "payer_name": f"Payer {number}"}
        for number, dollar in enumerate(dollars, 1)
    ]

"""The Care Compare files of the invented hospitals, in the layouts of the 2026 release (FORMATS 1, METHOD 2.1)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from provider_directory.demo.drawing import Draw
from provider_directory.demo.figures import NOT_AVAILABLE, figures_by_ccn
from provider_directory.demo.hospitals import Hospital, hospitals
from provider_directory.demo.infections import END, START, InfectionRow, infections, verdict
from provider_directory.demo.tables import table, write_rows

_WHO = (
    "Facility ID",
    "Facility Name",
    "Address",
    "City/Town",
    "State",
    "ZIP Code",
    "County/Parish",
    "Telephone Number",
)
_TYPES = {
    "acute": "Acute Care Hospitals",
    "critical_access": "Critical Access Hospitals",
    "childrens": "Childrens",
    "psychiatric": "Psychiatric",
    "va": "Acute Care - Veterans Administration",
}
_OWNERS = (
    "Voluntary non-profit - Private",
    "Voluntary non-profit - Private",
    "Proprietary",
    "Government - Local",
    "Voluntary non-profit - Other",
)
# Measures whose better / no different / worse counts the hospital file sums up, besides the infections.
_GROUPS = {
    "MORT": ("MORT_30_AMI", "MORT_30_CABG", "MORT_30_COPD", "MORT_30_HF", "MORT_30_PN", "MORT_30_STK", "PSI_04"),
    "Safety": ("COMP_HIP_KNEE", "PSI_90"),
    "READM": (
        *("EDAC_30_AMI", "EDAC_30_HF", "EDAC_30_PN", "Hybrid_HWR", "OP_32", "OP_35_ADM", "OP_35_ED", "OP_36"),
        *("READM_30_CABG", "READM_30_HIP_KNEE"),
    ),
}


def write_hospital_file(path: Path) -> int:
    """Write Hospital_General_Information.csv (38 columns)."""
    counts = tuple(
        column
        for group in _GROUPS
        for column in (
            f"{group} Group Measure Count",
            f"Count of Facility {group} Measures",
            f"Count of {group} Measures Better",
            f"Count of {group} Measures No Different",
            f"Count of {group} Measures Worse",
            f"{group} Group Footnote",
        )
    )
    header = (
        *(*_WHO, "Hospital Type", "Hospital Ownership", "Emergency Services"),
        *("Meets criteria for birthing friendly designation", "Hospital overall rating"),
        *("Hospital overall rating footnote", *counts),
        *("Pt Exp Group Measure Count", "Count of Facility Pt Exp Measures", "Pt Exp Group Footnote"),
        *("TE Group Measure Count", "Count of Facility TE Measures", "TE Group Footnote"),
    )
    return write_rows(path, header, (_hospital_row(hospital) for hospital in hospitals()))


def write_figure_file(path: Path, file: str) -> int:
    """Write the complications and deaths file (``file`` "complications") or the unplanned visits file ("visits")."""
    patients = ("Number of Patients", "Number of Patients Returned") if file == "visits" else ()
    header = (
        *(*_WHO, "Measure ID", "Measure Name", "Compared to National", "Denominator", "Score"),
        *("Lower Estimate", "Higher Estimate", *patients, "Footnote", "Start Date", "End Date"),
    )
    rows = (
        (
            *(*_who(hospital), figure.measure, figure.name, figure.compared, figure.cases, figure.value),
            *(figure.low, figure.high, *("Not Applicable" for _ in patients)),
            *(figure.footnote, figure.start, figure.end),
        )
        for hospital in hospitals()
        for figure in figures_by_ccn()[hospital.ccn]
        if figure.file == file
    )
    return write_rows(path, header, rows)


def write_infection_file(path: Path) -> int:
    """Write the infection file: limits, device or patient days, predicted, observed and ratio of six infections."""
    header = (
        *(*_WHO, "Measure ID", "Measure Name", "Compared to National", "Score", "Footnote"),
        *("Start Date", "End Date"),
    )
    rows = (
        (*_who(hospital), row.measure, row.name, row.compared, row.score, row.footnote, START, END)
        for hospital in hospitals()
        for row in _all_infections()[hospital.ccn]
    )
    return write_rows(path, header, rows)


def write_survey_file(path: Path) -> int:
    """Write HCAHPS-Hospital.csv: the answer percents of the patient survey."""
    header = (
        *(*_WHO, "HCAHPS Measure ID", "HCAHPS Question", "HCAHPS Answer Description", "Patient Survey Star Rating"),
        *("Patient Survey Star Rating Footnote", "HCAHPS Answer Percent", "HCAHPS Answer Percent Footnote"),
        *("HCAHPS Linear Mean Value", "Number of Completed Surveys", "Number of Completed Surveys Footnote"),
        *("Survey Response Rate Percent", "Survey Response Rate Percent Footnote", "Start Date", "End Date"),
    )
    return write_rows(path, header, (row for hospital in hospitals() for row in _survey_rows(hospital)))


def write_spending_file(path: Path) -> int:
    """Write the spending file: MSPB-1, where 1.00 is the nation's."""
    header = (*_WHO, "Measure ID", "Measure Name", "Score", "Footnote", "Start Date", "End Date")
    name = "Medicare hospital spending per patient (Medicare Spending per Beneficiary)"
    return write_rows(
        path,
        header,
        (
            (*_who(hospital), "MSPB-1", name, *_spending(hospital), "01/01/2024", "12/31/2024")
            for hospital in hospitals()
        ),
    )


@cache
def _all_infections() -> dict[str, tuple[InfectionRow, ...]]:
    return {hospital.ccn: tuple(infections(hospital)) for hospital in hospitals()}


def _who(hospital: Hospital) -> tuple[str, ...]:
    return (
        *(hospital.ccn, hospital.name, hospital.address, hospital.city, hospital.state),
        *(hospital.zip, hospital.county, hospital.phone),
    )


def _hospital_row(hospital: Hospital) -> Sequence[str]:
    draw = Draw("general", hospital.ccn)
    owner = draw.pick(_OWNERS) if hospital.kind != "va" else "Veterans Health Administration"
    births = "Y" if hospital.kind == "acute" and draw.share() < 0.55 else ""
    verdicts = {figure.measure: figure.verdict for figure in figures_by_ccn()[hospital.ccn]}
    infected = [verdict(row.compared) for row in _all_infections()[hospital.ccn] if row.measure.endswith("_SIR")]
    groups: list[str] = []
    reported = 0
    for group, measures in _GROUPS.items():
        found = [verdicts[measure] for measure in measures] + (infected if group == "Safety" else [])
        known = [value for value in found if value is not None]
        reported += len(known) >= 3
        groups += _group(len(found), known)
    rating = _rating(hospital, reported, draw)
    experience = "8" if hospital.offered and hospital.size > -2 else NOT_AVAILABLE
    return (
        *(*_who(hospital), _TYPES[hospital.kind], owner, "No" if hospital.kind == "psychiatric" else "Yes", births),
        *(*rating, *groups, "8", experience, "" if experience == "8" else "5", "12", str(draw.whole(3, 12)), ""),
    )


def _group(measures: int, known: list[int]) -> list[str]:
    if not known:
        return [str(measures), *[NOT_AVAILABLE] * 4, "5"]
    return [str(measures), str(len(known)), *(str(known.count(verdict)) for verdict in (0, 1, 2)), ""]


def _rating(hospital: Hospital, groups: int, draw: Draw) -> tuple[str, str]:
    if hospital.kind in ("childrens", "psychiatric"):
        return NOT_AVAILABLE, "19"
    if groups < 2:
        return NOT_AVAILABLE, "16"
    level = (
        3.1 + 0.55 * sum(hospital.axes[axis] for axis in ("surgery", "medicine", "experience")) + 0.5 * draw.normal()
    )
    return str(min(5, max(1, round(level)))), ""


def _survey_rows(hospital: Hospital) -> Iterator[tuple[str, ...]]:
    draw = Draw("survey", hospital.ccn)
    surveys = round(math.exp(6.0 + 0.85 * hospital.size + 0.3 * draw.normal()))
    if hospital.kind in ("childrens", "psychiatric"):
        surveys = 0
    left = 0
    for row in table("survey.csv"):
        if row["mean"]:
            top = _top_answer(row, hospital, surveys, draw) if surveys >= 25 else 0
            percent, left = top, 100 - top
        elif row["share"]:
            percent = round(left * float(row["share"]))
            left -= percent
        else:
            percent = left
        told = surveys >= 25
        footnote = "" if told else "19" if surveys == 0 else "1"
        yield (
            *(*_who(hospital), row["measure"], row["answer"], row["answer"], "Not Applicable", ""),
            *(str(percent) if told else NOT_AVAILABLE, footnote, "Not Applicable"),
            *(str(surveys) if told else NOT_AVAILABLE, footnote, NOT_AVAILABLE, "", START, END),
        )


def _top_answer(row: dict[str, str], hospital: Hospital, surveys: int, draw: Draw) -> int:
    mean, spread, tie = float(row["mean"]), float(row["spread"]), float(row["tie"])
    luck = tie * hospital.axes["experience"] + math.sqrt(1 - tie * tie) * draw.normal()
    sampling = math.sqrt(mean * (100 - mean) / surveys)
    # Small hospitals are liked better (METHOD 2.7: patients of specialty and rural hospitals are not the same).
    return min(99, max(20, round(mean - 0.15 * spread * hospital.size + spread * luck + sampling * draw.normal())))


def _spending(hospital: Hospital) -> tuple[str, str]:
    if hospital.kind != "acute":
        return NOT_AVAILABLE, "19"
    draw = Draw("spending", hospital.ccn)
    return f"{0.99 + 0.085 * draw.normal() - 0.02 * hospital.axes['medicine']:.2f}", ""

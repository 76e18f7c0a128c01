"""The fictional demonstration data: invented hospitals, alliances, employers and people, in the true file layouts.

The edition made from it carries the demonstration flag; every address in it is on a Demonstration street, every
telephone number is one of the 555-01 numbers kept for fiction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from provider_directory.demo.hospitals import hospitals
from provider_directory.demo.inpatient import write_inpatient_file
from provider_directory.demo.price_files import write_cash_table, write_price_files
from provider_directory.demo.programs import DemonstrationMember, demonstration_members, write_programs
from provider_directory.demo.quality_files import (
    write_figure_file,
    write_hospital_file,
    write_infection_file,
    write_spending_file,
    write_survey_file,
)
from provider_directory.demo.roster import write_roster_file
from provider_directory.demo.tables import table, write_rows

__all__ = ["DemonstrationMember", "demonstration_members", "write_demonstration", "write_programs"]


def write_demonstration(folder: Path, progress: Callable[[str, float], None]) -> None:
    """Write the source files of the demonstration into a folder, the same bytes on every run.

    ``progress`` is told what is being made and how much of it is done, 0 to 1. Raises OSError when the folder cannot
    be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: tuple[tuple[str, str, Callable[[Path], object]], ...] = (
        ("inventing hospitals", "Hospital_General_Information.csv", write_hospital_file),
        (
            "inventing complications",
            "Complications_and_Deaths-Hospital.csv",
            lambda path: write_figure_file(path, "complications"),
        ),
        (
            "inventing readmissions",
            "Unplanned_Hospital_Visits-Hospital.csv",
            lambda path: write_figure_file(path, "visits"),
        ),
        ("inventing infections", "Healthcare_Associated_Infections-Hospital.csv", write_infection_file),
        ("inventing patient surveys", "HCAHPS-Hospital.csv", write_survey_file),
        ("inventing spending", "Medicare_Hospital_Spending_Per_Patient-Hospital.csv", write_spending_file),
        ("inventing Medicare payments", "Medicare_Inpatient_by_Provider_and_Service.csv", write_inpatient_file),
        ("placing hospitals", "hospital_points.csv", _write_points),
        ("inventing contracts", "roster.csv", write_roster_file),
        ("inventing posted prices", "prices", write_price_files),
        ("inventing cash prices", "gross_cash_prices.csv", write_cash_table),
        ("inventing paid claims", "paid_claims.csv", _write_claims),
    )
    for done, (words, name, write) in enumerate(files):
        progress(words, done / len(files))
        write(folder / name)
    progress("demonstration data written", 1.0)


def _write_claims(path: Path) -> None:
    claims = table("paid_claims.csv")
    write_rows(path, list(claims[0]), (list(row.values()) for row in claims))


def _write_points(path: Path) -> None:
    write_rows(
        path,
        ("ccn", "name", "city", "state", "zip", "lat", "lon"),
        ((each.ccn, each.name, each.city, each.state, each.zip, each.lat, each.lon) for each in hospitals()),
    )

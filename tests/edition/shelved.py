"""Editions of two invented hospitals on a shelf, built in a blink."""

from __future__ import annotations

from pathlib import Path

from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.carrying import PublishedBuild, publish_build
from provider_directory.edition.publish import Shelf

HOSPITALS = """\
Facility ID,Facility Name,Address,City/Town,State,ZIP Code,Telephone Number,Hospital Type,Hospital overall rating
90Z701,ALDERWICK MEDICAL CENTER,1 ELM ST,MILWAUKEE,WI,53202,(414) 555-0101,Acute Care Hospitals,4
90Z702,BIRCHMOOR HOSPITAL,2 OAK ST,MADISON,WI,53703,(608) 555-0102,Acute Care Hospitals,Not Available
"""
ROSTER_HEAD = "ccn,alliance,criteria_set,procedure,status,effective,ends,suspended_on,bundle_price,surgeons\n"
ROSTER = (
    "90Z701,Lakeshore,hip-knee,,,2025-01-01,2027-06-30,,24100,Thuy Kellrada||||yes|10\n"
    "90Z701,Harbor,,total-knee-replacement,,2025-01-01,2027-06-30,,23000,\n"
    "90Z702,Lakeshore,cabg,,,2025-01-01,2027-06-30,,61000,\n"
)


def build(folder: Path, roster: str = ROSTER, hospitals: str = HOSPITALS) -> Path:
    """Build an edition of the hospitals and a roster in ``folder``, unpublished."""
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "hospitals.csv").write_text(hospitals)
    (sources / "roster.csv").write_text(ROSTER_HEAD + roster)
    built = Shelf(folder / "editions").part_file()
    build_edition(sources, built, BuildOptions(release="2026-01"), lambda words, done: None)
    return built


def publish(folder: Path, roster: str = ROSTER, hospitals: str = HOSPITALS, drop: bool = False) -> PublishedBuild:
    """Build and publish."""
    return publish_build(Shelf(folder / "editions"), build(folder, roster, hospitals), drop)

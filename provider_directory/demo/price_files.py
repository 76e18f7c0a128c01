"""Price files of invented hospitals in the layout of CMS's version 3.0.0, CSV tall: rates, placeholders, traps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from provider_directory.demo.drawing import Draw
from provider_directory.demo.hospitals import SHOWPIECE, Hospital, hospitals
from provider_directory.demo.inpatient import paid_by_medicare
from provider_directory.demo.names import npi
from provider_directory.demo.tables import table, write_rows
from provider_directory.sources.price_file.rules import ATTESTATION

PAYER, PLAN = "Meadowlark Mutual", "Open PPO"
"""The payer and plan of the invented programs."""
_COLUMNS = (
    *("description", "code | 1", "code | 1 | type", "code | 2", "code | 2 | type", "setting"),
    *("drug_unit_of_measurement", "drug_type_of_measurement", "standard_charge | gross"),
    *("standard_charge | discounted_cash", "payer_name", "plan_name", "modifiers"),
    *("standard_charge | negotiated_dollar", "standard_charge | negotiated_percentage"),
    *("standard_charge | negotiated_algorithm", "median_amount", "10th_percentile", "90th_percentile", "count"),
    *("standard_charge | min", "standard_charge | max", "standard_charge | methodology", "additional_generic_notes"),
)
# Every so many acute hospitals post a file beside those of the showpiece.
_ONE_IN = 20
# A knee joint's own line is not the operation (METHOD 3.7), so no hospital is shown with it alone.
_NOT_ALONE = frozenset({"27447"})
_UPDATED = ("2026-02-01", "2026-03-15", "2026-04-01", "2026-05-01", "2026-06-15")
# At two of the showpiece the age of a file shows: one is old by now, one too old to be used.
_OLD_FILES = {"90Z009": "2025-04-01", "90Z010": "2024-03-01"}


class _Plan(NamedTuple):
    """One payer's plan: how its rates lie to what Medicare pays, and how they are written."""

    payer: str
    plan: str
    times_medicare: float
    method: str


_PLANS = (
    _Plan(PAYER, PLAN, 2.35, "case rate"),
    _Plan(PAYER, "Select HMO", 2.05, "case rate"),
    _Plan("Thistledown Health", "PPO", 2.75, "case rate"),
    _Plan("Thistledown Health", "EPO", 2.45, "fee schedule"),
    _Plan("Quillstone Insurance", "All plans", 2.20, "other"),
    _Plan("Larchfield Benefit Trust", "Base", 2.60, "percent of total billed charges"),
    _Plan("Ferncastle Life", "PPO", 0.17, "per diem"),
    _Plan("Meadowlark Mutual Medicare Advantage", "HMO", 1.02, "case rate"),
    _Plan("State Medicaid", "Managed care", 0.74, "fee schedule"),
)
# The format asks for words where the methodology says nothing.
_NOTES = {"other": "Rate of a direct agreement, renewed each year"}


def write_price_files(folder: Path) -> int:
    """Write one price file for each hospital that posts one; gives how many."""
    folder.mkdir(exist_ok=True)
    posting = [each for number, each in enumerate(hospitals()) if _posts(number, each)]
    for hospital in posting:
        _write(folder / f"{hospital.ccn}_invented-hospital_standardcharges.csv", hospital)
    return len(posting)


def write_cash_table(path: Path) -> int:
    """Write list and cash prices of outpatient services at every acute hospital; gives the number of rows."""
    lines = [item for item in table("prices.csv") if item["type"] == "CPT" and item["code"] not in _NOT_ALONE]
    return write_rows(path, ("ccn", "state", "hcpcs", "price_type", "price"), _cash_rows(lines))


def _cash_rows(lines: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    for hospital in (each for each in hospitals() if each.kind == "acute"):
        draw = Draw("cash prices", hospital.ccn)
        level = math.exp(0.25 * draw.normal())
        for item in lines:
            gross = float(item["facility_fee"]) * level * draw.between(1.6, 2.6)
            # Placeholders, as real tables are full of them.
            cash = "0.01" if draw.share() < 0.04 else f"{gross * draw.between(0.4, 0.75):.2f}"
            for kind, price in (("cash", cash), ("gross", f"{gross:.2f}")):
                yield (hospital.ccn, hospital.state, item["code"], kind, price)


def _posts(number: int, hospital: Hospital) -> bool:
    return hospital.kind == "acute" and (hospital.ccn in SHOWPIECE or number % _ONE_IN == 0)


def _write(path: Path, hospital: Hospital) -> None:
    draw = Draw("price file", hospital.ccn)
    address = f"{hospital.address}, {hospital.city}, {hospital.state} {hospital.zip}"
    about = {
        "hospital_name": hospital.name,
        "last_updated_on": _OLD_FILES.get(hospital.ccn) or draw.pick(_UPDATED),
        "version": "3.0.0",
        "location_name": hospital.name,
        "hospital_address": address,
        f"license_number|{hospital.state}": f"D{hospital.ccn}",
        "type_2_npi": npi(hospitals().index(hospital) + 1),
        ATTESTATION: "TRUE",
        "attester_name": "Invented Person",
    }
    write_rows(path, list(about), [list(about.values()), _COLUMNS, *_rows(hospital, draw)])


def _rows(hospital: Hospital, draw: Draw) -> Iterator[Sequence[object]]:
    medicare = paid_by_medicare(hospital)
    level, markup = math.exp(0.16 * draw.normal()), draw.between(3.2, 6.0)
    for item in table("prices.csv"):
        stay = item["type"] == "MS-DRG"
        base = medicare.get(item["code"], 0.0) if stay else float(item["facility_fee"]) / 2.35
        if base:
            yield from _item(item, stay, base, level, markup, draw)


def _item(
    item: dict[str, str], stay: bool, base: float, level: float, markup: float, draw: Draw
) -> Iterator[Sequence[object]]:
    gross = _dollars(base * markup * 1.3)
    cash = _dollars(base * markup * draw.between(0.5, 0.7))
    found = [(plan, _dollars(base * level * plan.times_medicare * draw.between(0.92, 1.08))) for plan in _PLANS]
    ends = (min(amount for _, amount in found), max(amount for _, amount in found))
    for plan, amount in found:
        paid = [""] * 7
        if plan.method.startswith("percent"):
            count = draw.whole(1, 60)
            cases = str(count) if count >= 11 else "1 through 10"
            paid[1] = f"{amount / gross * 100:.1f}"
            paid[3:] = [f"{amount:.2f}", f"{amount * 0.88:.2f}", f"{amount * 1.21:.2f}", cases]
        else:
            # A traded placeholder now and then, as real files have it.
            paid[0] = "999999999" if draw.share() < 0.02 else f"{amount:.2f}"
        yield (
            *(item["title"], item["code"], item["type"], "", "", "inpatient" if stay else "outpatient", "", ""),
            *(f"{gross:.2f}", f"{cash:.2f}", plan.payer, plan.plan, "", *paid),
            *(f"{ends[0]:.2f}", f"{ends[1]:.2f}", plan.method, _NOTES.get(plan.method, "")),
        )


def _dollars(amount: float) -> float:
    return round(amount, 2)

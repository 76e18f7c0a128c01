"""What stands under a label or a price: the evidence and the prices that were weighed."""

from __future__ import annotations

from datetime import date
from typing import Any

from provider_directory.models import (
    Benchmark,
    ContractEvidence,
    CriterionEvidence,
    Evidence,
    Footnote,
    MeasureEvidence,
    PostedCell,
    Price,
    PriceCandidate,
    PriceLadder,
    SourceRow,
    Step,
)
from provider_directory.testing.centers import TODAY, a_credential, a_facility, a_price, a_score
from provider_directory.testing.offers import EDITION


def a_source_row(**over: Any) -> SourceRow:
    """Give a row of the complications file."""
    values: dict[str, Any] = {
        "file": "Complications_and_Deaths-Hospital.csv",
        "release": "2026-01",
        "row": 1207,
        "key": "Facility ID 520901, Measure ID COMP_HIP_KNEE",
    }
    return SourceRow(**values | over)


def a_measure(**over: Any) -> MeasureEvidence:
    """Give the complication rate of the showpiece center."""
    values: dict[str, Any] = {
        "id": "COMP_HIP_KNEE",
        "name": "Complications after hip or knee replacement",
        "unit": "percent",
        "lower_is_better": True,
        "value": 2.4,
        "low": 1.8,
        "high": 3.1,
        "cases": 1236,
        "raw": "2.4",
        "national": 3.6,
        "compared": "Better Than the National Rate",
        "footnotes": (),
        "period_start": date(2021, 4, 1),
        "period_end": date(2024, 3, 31),
        "grey": False,
        "stale": False,
        "about": "Medicare patients, 65 and over",
        "weight": 0.3,
        "z": 0.916,
        "contribution": 0.275,
        "source": a_source_row(),
    }
    return MeasureEvidence(**values | over)


def a_criterion(**over: Any) -> CriterionEvidence:
    """Give the criterion that the complication rate decides."""
    values: dict[str, Any] = {
        "id": "R1",
        "text": "Complications no worse than the nation",
        "outcome": "pass",
        "threshold": "not “worse than the national rate”",
        "reason": "2.4%, better than the national rate",
        "measures": ("COMP_HIP_KNEE",),
    }
    return CriterionEvidence(**values | over)


def _readmissions() -> MeasureEvidence:
    return a_measure(
        id="READM_30_HIP_KNEE",
        name="Readmissions after hip or knee replacement",
        value=None,
        low=None,
        high=None,
        cases=None,
        raw="Number of Cases Too Small",
        national=4.8,
        compared=None,
        footnotes=(Footnote(code="1", words="too few cases to report"),),
        z=0.0,
        contribution=0.0,
        weight=0.2,
        source=a_source_row(
            file="Unplanned_Hospital_Visits-Hospital.csv",
            row=3310,
            key="Facility ID 520901, Measure ID READM_30_HIP_KNEE",
        ),
    )


def an_evidence(**over: Any) -> Evidence:
    """Give the ladder of the showpiece center."""
    contract = ContractEvidence(
        alliance="Lakeshore Health Alliance",
        status="active",
        covers="hip-knee",
        effective=date(2024, 7, 1),
        ends=date(2027, 6, 30),
        run_out="episodes begun before the end are finished",
        warranty="90 days",
        routes="secure e-mail",
        counts=True,
        source=a_source_row(file="roster-lakeshore.csv", row=2, key="facility 520901, set hip-knee"),
    )
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "procedure": "total-knee-replacement",
        "facility": a_facility(),
        "credential": a_credential(),
        "public_state": "PROVISIONAL",
        "score": a_score(),
        "score_reason": None,
        "criteria": (
            a_criterion(),
            a_criterion(
                id="R2",
                text="Readmissions no worse than the nation",
                outcome="unknown",
                reason="too few cases to report",
                measures=("READM_30_HIP_KNEE",),
            ),
            a_criterion(
                id="R3",
                text="Serious complications no worse than the nation",
                reason="0.91, no different than the national value",
                measures=("PSI_90",),
            ),
            a_criterion(
                id="R4",
                text="At least 50 cases a year",
                threshold="50 a year",
                reason="412 a year",
                measures=("COMP_HIP_KNEE",),
            ),
        ),
        "contracts": (contract,),
        "measures": (
            a_measure(),
            _readmissions(),
            a_measure(
                id="PSI_90",
                name="Serious complications (PSI 90)",
                unit="ratio",
                value=0.91,
                low=0.7,
                high=1.12,
                cases=None,
                national=1.0,
                compared="No Different Than the National Value",
                period_start=date(2022, 7, 1),
                period_end=date(2024, 6, 30),
                weight=0.1,
                source=a_source_row(row=1212, key="Facility ID 520901, Measure ID PSI_90"),
            ),
        ),
        "steps": (
            Step(text="Z = sum of weight × z over the profile's measures", result="0.642"),
            Step(text="score = 100 × Φ(Z / sigma), sigma 0.478", result="91.0, 90% range 78 to 97"),
        ),
        "notes": ("The range treats the measures as independent, so it is somewhat too narrow.",),
        "price": a_price(),
        "benchmark": Benchmark(amount_cents=1_506_300, drg="470", year=2023, source="inpatient.csv, row 12"),
    }
    return Evidence(**values | over)


def a_price_candidate(**over: Any) -> PriceCandidate:
    """Give a posted rate that Medicare's payment refuses."""
    values: dict[str, Any] = {
        "verdict": "refused",
        "rule": "below_0.4_medicare",
        "words": "it is below 0.4 times what Medicare pays for the stay",
        "kind": "posted_negotiated",
        "amount_cents": 189,
        "low_cents": None,
        "high_cents": None,
        "payer": "Meadowlark Mutual",
        "plan": "Open PPO",
        "match": "other",
        "code": "MS-DRG 470",
        "setting": "inpatient",
        "cases": None,
        "flags": (),
        "as_of": date(2026, 3, 1),
        "source": SourceRow(file="marquette_prices.csv", release=None, row=812, key="Marquette Lakes, version 3.0.0"),
        "posted": (
            PostedCell(column="payer", text="Meadowlark Mutual"),
            PostedCell(column="dollar", text="1.89"),
            PostedCell(column="methodology", text="case rate"),
        ),
    }
    return PriceCandidate(**values | over)


def a_bundle_candidate(price: Price) -> PriceCandidate:
    """Give a contract bundle that made the price."""
    return a_price_candidate(
        verdict="chosen",
        rule="made_the_price",
        words="the price is made of it",
        kind="contract_bundle",
        amount_cents=price.amount_cents,
        payer=None,
        plan=None,
        match=None,
        code=None,
        setting=None,
        as_of=price.as_of,
        source=SourceRow(file="roster.csv", release=None, row=2, key="Lakeshore Health Alliance, its roster"),
        posted=(),
    )


def a_price_ladder(**over: Any) -> PriceLadder:
    """Give the ladder under a bundle price, with one refused rate."""
    price = over.get("price") or a_price()
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "procedure": "total-knee-replacement",
        "facility": a_facility(),
        "program": None,
        "payer": None,
        "plan": None,
        "price": price,
        "reason": "A contract of the program's alliance that runs on this date names a bundle price.",
        "benchmark": None,
        "candidates": (a_bundle_candidate(price), a_price_candidate()),
        "notes": (),
    }
    return PriceLadder(**values | over)

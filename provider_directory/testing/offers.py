"""An offer of ten centers that differ in every way that a screen must show, and the edition that it is of."""

from __future__ import annotations

from datetime import date
from typing import Any

from provider_directory.models import Cases, Center, EditionInfo, Offer, Score, SourceInfo
from provider_directory.testing.centers import (
    TODAY,
    a_center,
    a_credential,
    a_place,
    a_price,
    a_public_credential,
    a_score,
    no_price,
)

EDITION = "3f2a9c41d8" + "0" * 54


def _unpriced(name: str, key: str, miles: float, **over: Any) -> Center:
    words = f"Not under contract with your plan; it is {over['credential'].label}."
    return a_center(
        **{"name": name, "id": key, "miles": miles, "price": no_price(), "surgeons": (), "spoken": words} | over
    )


def a_shortlist() -> tuple[Center, ...]:
    """Give ten centers that differ in every way that a screen must show: states, scores, prices, gaps."""
    passes = a_public_credential("MEETS_PUBLIC", "passes public check")
    partly = a_public_credential("PROVISIONAL", "partly checked")
    below = a_public_credential("NOT_MET", "below public check: serious complications (PSI 90)")
    nothing = a_public_credential("NO_EVIDENCE", "no public data")
    suspended = a_credential(
        state="SUSPENDED",
        label="suspended on 2026-10-01",
        expires=None,
        flags=("passes public check",),
        reason="its warranty is being renewed",
    )
    ended = a_credential(state="EXPIRED", label="contract ended 2026-03-31", expires=None, flags=("partly checked",))

    def score(value: int, low: int, high: int, tier: str, patients: str) -> Score:
        label = f"{value} of 100, likely {low} to {high}, 50 is average, from {patients} Medicare patients"
        return a_score(value=value, low=low, high=high, tier=tier, label=label)

    def cases(count: int) -> Cases:
        return Cases(per_year=count, label="Medicare hip and knee a year")

    thin: dict[str, Any] = {"score": None, "score_reason": "Not enough public data.", "cases": None, "benchmark": None}
    return (
        a_center(),
        a_center(
            name="St. Adalbert Medical Center",
            id="f-adalbert",
            rank=2,
            miles=11.6,
            credential=a_credential(label="under contract to Dec 2026", expires=date(2026, 12, 31)),
            score=score(84, 66, 94, "A", "804"),
            cases=cases(268),
            price=a_price(amount_cents=2_685_000),
        ),
        _unpriced(
            "Kettle Moraine Joint Hospital",
            "f-kettle",
            27.9,
            rank=3,
            rank_range=(3, 6),
            credential=passes,
            score=score(77, 52, 91, "B", "570"),
            cases=cases(190),
        ),
        _unpriced(
            "Lakeshore General",
            "f-lakeshore",
            33.0,
            miles_precision="zip",
            rank=4,
            rank_range=(3, 6),
            credential=passes,
            score=score(70, 44, 88, "B", "429"),
            cases=cases(143),
        ),
        _unpriced(
            "Fox Valley Regional",
            "f-fox",
            41.2,
            rank=5,
            rank_range=(3, 6),
            credential=suspended,
            score=score(66, 40, 85, "C", "300"),
            cases=cases(100),
        ),
        _unpriced(
            "Grand Portage Community Hospital and Clinics",
            "f-portage",
            44.8,
            rank=6,
            rank_range=(3, 6),
            credential=ended,
            score=score(61, 37, 81, "C", "255"),
            cases=cases(85),
        ),
        _unpriced(
            "Prairie Junction Hospital",
            "f-prairie",
            48.3,
            miles_precision="zip",
            rank=7,
            rank_range=(7, 7),
            credential=partly,
            score=score(58, 29, 83, "C", "183"),
            cases=cases(61),
        ),
        _unpriced(
            "Cedar Creek Community", "f-cedar", 9.7, rank=None, rank_range=None, credential=nothing, as_of=None, **thin
        ),
        _unpriced(
            "Wauwatosa Children's Annex",
            "f-annex",
            2.2,
            miles_precision="zip",
            rank=None,
            rank_range=None,
            credential=nothing,
            as_of=None,
            **thin,
        ),
        _unpriced(
            "Northgate Hospital",
            "f-northgate",
            5.3,
            rank=None,
            rank_range=None,
            credential=below,
            score=score(18, 6, 38, "E", "105"),
            cases=cases(35),
        ),
    )


def an_offer(**over: Any) -> Offer:
    """Give the offer of the showpiece call."""
    centers = over.get("centers", a_shortlist())
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "care_day": date(2027, 2, 18),
        "procedure": "total-knee-replacement",
        "place": a_place(),
        "program": None,
        "warnings": (),
        "note": None,
        "total": len(centers),
        "centers": centers,
    }
    return Offer(**values | over)


def an_edition(**over: Any) -> EditionInfo:
    """Give the demonstration edition."""
    values: dict[str, Any] = {
        "name": EDITION,
        "demonstration": True,
        "default_date": TODAY,
        "release": "2026-01",
        "schema_version": 1,
        "facilities": 404,
        "reference": "reference_params.csv, release 2026-01",
        "sources": (
            SourceInfo(
                file="Complications_and_Deaths-Hospital.csv",
                dataset="complications",
                release="2026-01",
                rows_read=8080,
                kept=8076,
                duplicates=2,
                set_aside=2,
                period_start=date(2021, 4, 1),
                period_end=date(2024, 6, 30),
            ),
        ),
    }
    return EditionInfo(**values | over)

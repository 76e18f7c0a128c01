"""One procedure, place, center and its parts, each with whatever a test lays over it; all names are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from provider_directory.models import (
    Benchmark,
    Cases,
    Center,
    Credential,
    Facility,
    Place,
    Price,
    Procedure,
    Question,
    Score,
    Surgeon,
)

TODAY = date(2026, 11, 20)


def a_procedure(**over: Any) -> Procedure:
    """Give the procedure of the showpiece call, total knee replacement, with ``over`` laid over it."""
    values: dict[str, Any] = {
        "number": 1,
        "id": "total-knee-replacement",
        "name": "Total knee replacement",
        "clinical_name": "Primary total knee arthroplasty",
        "service_line": "joint",
        "settings": ("inpatient", "outpatient", "asc"),
        "drgs": ("469", "470"),
        "pcs_prefixes": ("0SRC", "0SRD"),
        "cpt_hcpcs": ("27447",),
        "profile": "joint",
        "evidence_class": "specific",
        "criteria_set": "hip-knee",
        "price_drg": "470",
        "pools": (),
        "sensitive": False,
    }
    return Procedure(**values | over)


def a_place(**over: Any) -> Place:
    """Give the ZIP of the showpiece call."""
    values: dict[str, Any] = {"label": "53202 Milwaukee, WI", "lat": 43.05, "lon": -87.9, "precision": "zip"}
    return Place(**values | over)


def a_question(**over: Any) -> Question:
    """Give the question of the showpiece call."""
    values: dict[str, Any] = {"procedure": "total-knee-replacement", "place": a_place(), "on": TODAY}
    return Question(**values | over)


def a_facility(**over: Any) -> Facility:
    """Give one hospital."""
    values: dict[str, Any] = {
        "id": "f-marquette",
        "kind": "acute",
        "ccn": "520901",
        "npi": "1000000001",
        "name": "Marquette Lakes Orthopedic",
        "address": "100 Lakeside Avenue, Milwaukee, WI 53202",
        "phone": "(414) 555-0100",
        "intake_phone": "(414) 555-0142",
    }
    return Facility(**values | over)


def a_credential(**over: Any) -> Credential:
    """Give a contract to June 2027."""
    values: dict[str, Any] = {
        "state": "CONTRACT",
        "label": "under contract to Jun 2027",
        "criteria_set": "hip-knee",
        "basis": "contract with Lakeshore Health Alliance",
        "expires": date(2027, 6, 30),
        "flags": (),
    }
    return Credential(**values | over)


def a_public_credential(state: str, label: str, **over: Any) -> Credential:
    """Give a credential that public data alone decides."""
    return a_credential(**{"state": state, "label": label, "basis": "public data", "expires": None} | over)


def a_score(**over: Any) -> Score:
    """Give a good score with its range."""
    values: dict[str, Any] = {
        "value": 91,
        "low": 78,
        "high": 97,
        "tier": "A",
        "coverage": 0.95,
        "profile": "joint",
        "evidence_class": "specific",
        "label": "91 of 100, likely 78 to 97, 50 is average, from 1,236 Medicare patients",
    }
    return Score(**values | over)


def a_price(**over: Any) -> Price:
    """Give a contract bundle with what is in it."""
    values: dict[str, Any] = {
        "kind": "contract_bundle",
        "amount_cents": 2_410_000,
        "low_cents": None,
        "high_cents": None,
        "label": "Contract bundle price, Lakeshore Health Alliance",
        "scope": "included: hospital, surgeon, anesthesia, implant, 90 days; extra: rehabilitation",
        "as_of": date(2026, 1, 1),
        "source": "roster-lakeshore.csv, row 2",
        "included": ("hospital", "surgeon", "anesthesia", "implant", "90 days"),
        "extra": ("rehabilitation",),
    }
    return Price(**values | over)


def no_price(**over: Any) -> Price:
    """Give the price that is not known."""
    values: dict[str, Any] = {
        "kind": "none",
        "amount_cents": None,
        "label": "No price available. Ask the CoE desk for a quote.",
        "scope": None,
        "as_of": None,
        "source": None,
        "included": (),
        "extra": (),
    }
    return a_price(**values | over)


def a_center(**over: Any) -> Center:
    """Give the first center of the showpiece offer; ``name`` and ``id`` go to its facility."""
    named = {key: over.pop(key) for key in ("name", "id") if key in over}
    values: dict[str, Any] = {
        "rank": 1,
        "rank_range": (1, 2),
        "facility": a_facility(**named),
        "miles": 4.1,
        "miles_precision": "address",
        "credential": a_credential(),
        "score": a_score(),
        "score_reason": None,
        "cases": Cases(per_year=412, label="Medicare hip and knee a year"),
        "price": a_price(),
        "benchmark": Benchmark(amount_cents=1_506_300, drg="470", year=2023, source="inpatient.csv, row 12"),
        "you_pay": None,
        "surgeons": (
            Surgeon(
                name="Dr. Ada Nordquist",
                npi="1000000011",
                procedures=("total-knee-replacement",),
                languages=("English", "Spanish"),
                new_patients=True,
                wait_days=18,
            ),
        ),
        "spoken": (
            "Under contract with your plan until June 2027. Of Medicare patients, 65 and over, who had a hip or knee "
            "replaced there, 2.4 in 100 had a complication; nationally 3.6. The contract price is $24,100 for "
            "hospital, surgeon, anesthesia, implant and 90 days. Rehabilitation is extra. This is an estimate, not a "
            "promise of payment."
        ),
        "as_of": date(2024, 3, 31),
    }
    return Center(**values | over)

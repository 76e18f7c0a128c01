"""What every value is: frozen, with no field that is not known; and the words that several of them share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "acute",
    "critical_access",
    "childrens",
    "psychiatric",
    "surgery_center",
    "cancer",
    "long_term",
    "rural_emergency",
    "va",
    "dod",
]
NEVER_OFFERED: frozenset[Kind] = frozenset({"long_term", "rural_emergency", "va", "dod"})
"""Kinds that no answer offers (CONTRACT 1)."""
EvidenceClass = Literal["specific", "related", "general", "none"]
CredentialState = Literal["CONTRACT", "MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE", "SUSPENDED", "EXPIRED"]
MilesPrecision = Literal["address", "zip"]
PriceKind = Literal[
    "contract_bundle",
    "paid_by_plan",
    "posted_negotiated",
    "posted_typical",
    "posted_average",
    "list_share",
    "other_insurers",
    "posted_few_cases",
    "cash",
    "rough_guess",
    "none",
]
PriceSetting = Literal["inpatient", "outpatient"]
PayerMatch = Literal["exact", "family", "other"]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

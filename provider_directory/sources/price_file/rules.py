"""The words and numbers that CMS's data dictionary allows, by schema version (FORMATS 3)."""

from __future__ import annotations

import re
from typing import NamedTuple

SETTINGS = ("inpatient", "outpatient", "both")
METHODOLOGIES = ("case rate", "fee schedule", "percent of total billed charges", "per diem", "other")
DRUG_TYPES = ("GR", "ME", "ML", "UN", "F2", "EA", "GM")
_CODE_TYPES = (
    *("CPT", "HCPCS", "ICD", "DRG", "MS-DRG", "R-DRG", "S-DRG", "APS-DRG", "AP-DRG", "APR-DRG", "APC", "NDC"),
    *("HIPPS", "LOCAL", "EAPG", "CDT", "RC", "CDM", "TRIS-DRG"),
)
STATES = (
    *("AL", "AK", "AS", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "GU", "HI", "ID", "IL", "IN", "IA"),
    *("KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC"),
    *("ND", "MP", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VI", "VA", "WA", "WV"),
    *("WI", "WY"),
)
STATES_OF_JSON = (*STATES, "FM", "MH", "PW")
"""The JSON schema allows three more than the CSV dictionary."""

AFFIRMATION = (
    "To the best of its knowledge and belief, the hospital has included all applicable standard charge information in"
    " accordance with the requirements of 45 CFR 180.50, and the information encoded is true, accurate, and complete as"
    " of the date indicated."
)
ATTESTATION = (
    "To the best of its knowledge and belief, this hospital has included all applicable standard charge information in"
    " accordance with the requirements of 45 CFR 180.50, and the information encoded is true, accurate, and complete as"
    " of the date in the file. This hospital has included all payer-specific negotiated charges in dollars that can be"
    " expressed as a dollar amount. For payer-specific negotiated charges that cannot be expressed as a dollar amount"
    " in the machine-readable file or not knowable in advance, the hospital attests that the payer-specific negotiated"
    " charge is based on a contractual algorithm, percentage or formula that precludes the provision of a dollar amount"
    " and has provided all necessary information available to the hospital for the public to be able to derive the"
    " dollar amount, including, but not limited to, the specific fee schedule or components referenced in such"
    " percentage, algorithm or formula."
)
NINE_NINES = 999_999_999
"""Hospitals write it for "not known"; an alert since May 2025."""

is_positive = re.compile(r"(?=[0-9.]*[1-9])(?:[0-9]+\.?[0-9]*|\.[0-9]+)").fullmatch
"""A number above 0 as a CSV cell may write it: no sign, no comma, no dollar mark."""
is_count = re.compile(r"0|1 through 10|1[1-9]|[2-9][0-9]+|[1-9][0-9]{2,}").fullmatch
"""The count of allowed amounts of version 3."""


class Rules(NamedTuple):
    """What a schema version asks for."""

    version: str
    conditional: bool
    """2.1 and later: methodology, notes, minimum and maximum where a charge asks for them."""
    drugs_and_modifiers: bool
    """2.2 and later."""
    estimates: bool
    """2.2 only: estimated_amount."""
    amounts: bool
    """3.0 and later: median, percentiles and count."""
    code_types: tuple[str, ...]
    stated_csv: tuple[str, ...]
    """What the version cell may say; empty = anything."""
    stated_json: tuple[str, ...]

    @property
    def confirmation(self) -> str:
        """The sentence that the hospital confirms."""
        return ATTESTATION if self.amounts else AFFIRMATION

    @property
    def location(self) -> str:
        """The name of the element for the hospital's places."""
        return "location_name" if self.amounts else "hospital_location"


def rules_of(version: str) -> Rules:
    """Give the rules of a version; 2.2.1 changed no rule of 2.2.0."""
    if version.startswith("3"):
        return Rules(version, True, True, False, True, (*_CODE_TYPES, "CMG", "MS-LTC-DRG"), ("3.0.0",), ("3.0.0",))
    if version.startswith("2.2"):
        stated = ("2.0.0", "2.2.0", "2.2.1")
        return Rules(version, True, True, True, False, _CODE_TYPES, ("2.0.0",), stated)
    if version.startswith("2.1"):
        return Rules(version, True, False, False, False, _CODE_TYPES, ("2.0.0",), ("2.0.0", "2.1.0"))
    return Rules(version, False, False, False, False, _CODE_TYPES, (), ())

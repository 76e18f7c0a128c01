"""Posted and kept rates as builders; every payer and hospital in them is invented."""

from __future__ import annotations

from typing import Any

from provider_directory.facts import JudgedRate, PostedRate
from provider_directory.pricing.choosing import KeptRate
from provider_directory.pricing.judging import FileContext, judge

MEDICARE = 1_500_000
"""What Medicare pays for the stay in ``CONTEXT``, in cents."""
CONTEXT = FileContext(
    version="3.0.0",
    medicare={"470": MEDICARE, "469": 2_800_000},
    own_drgs={"470": frozenset({"469", "470"}), "469": frozenset({"469", "470"})},
)


def a_rate(**over: Any) -> PostedRate:
    """Give a case rate of a commercial plan for MS-DRG 470: 31,500 dollars of a list price of 90,000."""
    values: dict[str, Any] = dict.fromkeys(PostedRate._fields, "") | {
        "row": 4,
        "description": "MAJOR HIP AND KNEE JOINT REPLACEMENT WITHOUT MCC",
        "code_type": "MS-DRG",
        "code": "470",
        "setting": "inpatient",
        "payer": "Meadowlark Mutual",
        "plan": "Open PPO",
        "dollar": "31500",
        "methodology": "case rate",
    }
    return PostedRate(**values | over)


def a_line(**over: Any) -> PostedRate:
    """Give a fee schedule rate of the same plan for an outpatient knee arthroscopy, CPT 29881."""
    values = {
        "description": "KNEE ARTHROSCOPY",
        "code_type": "CPT",
        "code": "29881",
        "setting": "outpatient",
        "dollar": "4200",
        "methodology": "fee schedule",
    }
    return a_rate(**values | over)


def an_item(**over: Any) -> PostedRate:
    """Give the item of MS-DRG 470 itself, without a payer: its list and its cash price."""
    return a_rate(
        **{"payer": "", "plan": "", "dollar": "", "methodology": "", "gross": "90000", "cash": "28000"} | over
    )


def judged(rate: PostedRate, **context: Any) -> JudgedRate:
    """Judge one row that gives one rate."""
    values = {name: getattr(CONTEXT, name) for name in FileContext.__dataclass_fields__}
    found = judge([rate], FileContext(**values | context))
    assert len(found) == 1
    return found[0]


def kept(**over: Any) -> KeptRate:
    """Give a kept rate of ``a_rate``."""
    values: dict[str, Any] = {
        "file": 1,
        "row": 4,
        "code": "470",
        "setting": "inpatient",
        "kind": "posted_negotiated",
        "payer": "Meadowlark Mutual",
        "plan": "Open PPO",
        "amount": 3_150_000,
        "low": None,
        "high": None,
        "cases": None,
        "flags": "",
    }
    return KeptRate(**values | over)

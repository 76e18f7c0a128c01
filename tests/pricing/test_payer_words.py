"""Payers are classed by the word list, also where real names are run together (METHOD 5, payer_words.csv)."""

from __future__ import annotations

import pytest

from provider_directory.pricing.payer_words import COMMERCIAL, payer_class


@pytest.mark.parametrize(
    ("payer", "plan", "expected"),
    [
        ("BCBSMCRADVONCOR", "", "medicare"),
        ("MGMCRHMO", "", "medicare"),
        ("CignaHIX", "", "exchange"),
        ("TexasWC", "", "workers_comp"),
        ("Aetna", "Medicare_Advantage", "medicare"),
        ("Meadowlark", "Managed  Medicaid", "medicaid"),
        ("Medi-Cal", "", "medicaid"),
        ("TriWest", "VA CCN", "tricare_va"),
        ("Anybody", "Marketplace Silver", "exchange"),
        ("Self pay", "", "not_a_plan"),
        ("Department of Labor", "", "other_public"),
        ("AARP", "Complete", "medicare"),
    ],
)
def test_names_of_no_employers_plan_are_refused(payer: str, plan: str, expected: str) -> None:
    assert payer_class(payer, plan) == expected


@pytest.mark.parametrize(
    ("payer", "plan"),
    [
        ("Medical Resources", "PPO"),
        ("Blue Advantage", "HMO"),
        ("Meadowlark", "Gold small group"),
        ("WCCandNFM", ""),
        ("AETNA", "SELF-PAY PLAN FOR EMPLOYEES"),
        ("", ""),
    ],
)
def test_what_no_word_names_is_commercial(payer: str, plan: str) -> None:
    assert payer_class(payer, plan) == COMMERCIAL

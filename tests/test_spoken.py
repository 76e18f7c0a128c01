"""What is said aloud, and the words of a credential (CONTRACT 3, 8)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.contracts import ContractStanding, ContractTerms
from provider_directory.crediting import ENDS_EARLY, credential
from provider_directory.models import Credential, CredentialState, Price
from provider_directory.pricing.offered import NO_PRICE, contract_bundle
from provider_directory.spoken import dollars, spoken
from provider_directory.testing import a_credential, a_public_credential, a_score

CARE = date(2027, 2, 20)


def terms(**over: object) -> ContractTerms:
    """Give a running contract with a bundle price."""
    values = dict.fromkeys(ContractTerms._fields) | {"id": 1, "facility_id": "f", "alliance": "Lakeshore", "row": 2}
    values |= {"criteria_set": "hip-knee", "status": "active", "effective": date(2025, 1, 1), "ends": date(2027, 6, 30)}
    values |= {"bundle_cents": 2_410_000, "included": "hospital; surgeon", "extra": "rehabilitation", "source_id": 1}
    return ContractTerms(**(values | {"visibility": "public"} | over))  # type: ignore[arg-type]


def credited(
    state: CredentialState | None, covers: bool = True, public: CredentialState = "MEETS_PUBLIC", **over: object
) -> Credential:
    """Judge a contract beside a public state."""
    row = terms(**over) if state else None
    standing = ContractStanding(state, row, covers, ("Prairie",), ends=row.ends if row else None)
    label = "below public check: complications" if public == "NOT_MET" else "passes public check"
    return credential(standing, public, label, (), "hip-knee", CARE)


def test_a_contract_is_said_with_its_end_and_the_others_are_named_beside() -> None:
    found = credited("CONTRACT")
    assert (found.label, found.basis) == ("under contract to Jun 2027", "contract with Lakeshore")
    assert found.flags == ("under contract with Prairie, for its members",)


def test_a_contract_that_ends_before_the_care_day_says_so() -> None:
    assert ENDS_EARLY in credited("CONTRACT", covers=False, ends=date(2026, 12, 31)).flags
    run_out = credited("CONTRACT", ends=date(2026, 12, 31), run_out="90 days")
    assert run_out.flags[0] == f"{ENDS_EARLY}; run-out terms: 90 days"


def test_public_data_never_overrides_a_contract_silently() -> None:
    found = credited("CONTRACT", public="NOT_MET")
    assert found.state == "CONTRACT"
    assert found.flags[0] == "review: below public check: complications"


def test_suspended_and_ended_contracts_show_their_date_and_the_public_state() -> None:
    assert credited("SUSPENDED", suspended_on=date(2026, 9, 14)).label == "suspended on 2026-09-14"
    ended = credited("EXPIRED", ends=date(2025, 12, 31))
    assert (ended.label, ended.flags[0]) == ("contract ended 2025-12-31", "passes public check")


def test_the_sentence_of_the_contract_is_spoken_whole() -> None:
    said = spoken(
        a_credential(),
        True,
        "Of Medicare patients, 65 and over, who had a hip or knee replaced there, 2.4 in 100 had a complication;"
        " nationally 3.6.",
        a_score(),
        contract_bundle(terms(), "roster.csv, row 2"),
    )
    assert said == (
        "Under contract with your plan until June 2027. Of Medicare patients, 65 and over, who had a hip or knee"
        " replaced there, 2.4 in 100 had a complication; nationally 3.6. The contract price is $24,100 for hospital"
        " and surgeon. Rehabilitation is extra. This is an estimate, not a promise of payment."
    )


@pytest.mark.parametrize(
    ("state", "label", "program", "said"),
    [
        ("MEETS_PUBLIC", "passes public check", True, "Not under contract with your plan; it passes the public check."),
        ("MEETS_PUBLIC", "passes public check", False, "It passes the public check."),
        ("PROVISIONAL", "no warning in public data", False, "There is no warning in public data."),
        ("NOT_MET", "below public check: deaths", False, "It is below public check: deaths."),
        ("NO_EVIDENCE", "no public data", True, "Not under contract with your plan; there is no public data."),
    ],
)
def test_nobody_without_a_contract_is_called_credentialed(state: str, label: str, program: bool, said: str) -> None:
    assert spoken(a_public_credential(state, label), program, None, None, NO_PRICE) == said


def test_a_score_is_said_where_there_is_no_single_figure() -> None:
    score = a_score(label="72 of 100, likely 51 to 87, 50 is average, from 1,240 Medicare patients")
    assert "72 of 100, likely 51 to 87, 50 is average" in spoken(a_credential(), True, None, score, NO_PRICE)


@pytest.mark.parametrize("word", ["everything", "you pay nothing", "percentile"])
def test_some_words_are_never_said(word: str) -> None:
    said = spoken(a_credential(), True, None, a_score(), contract_bundle(terms(included="", extra=""), "r"))
    assert word not in said


def test_a_bundle_names_what_is_in_what_is_extra_and_its_source() -> None:
    price = contract_bundle(terms(), "roster.csv, row 2")
    assert (price.kind, price.amount_cents, price.source) == ("contract_bundle", 2_410_000, "roster.csv, row 2")
    assert price.scope == "included: hospital, surgeon; extra: rehabilitation"


def test_a_public_screen_is_told_where_to_ask_and_no_amount() -> None:
    price = contract_bundle(terms(), "roster.csv, row 2", public_screen=True)
    assert (price.kind, price.amount_cents) == ("none", None)
    assert "ask" in price.label


def test_no_bundle_is_no_price_and_never_zero() -> None:
    for price in (contract_bundle(None, None), contract_bundle(terms(bundle_cents=None), "r")):
        assert price == NO_PRICE
        assert isinstance(price, Price)


@given(st.integers(0, 10**12))
def test_dollars_lose_no_cent(cents: int) -> None:
    assert round(float(dollars(cents).replace("$", "").replace(",", "")) * 100) == cents

"""The price and the telephone of a contract come from whichever of its running rows has them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.contracts import ContractTerms, intake_phone, pricing_row, standing

ON, CARE = date(2026, 6, 1), date(2026, 9, 1)
LAKE = ("Lakeshore",)


def row(number: int, **said: object) -> ContractTerms:
    """Make a row of Lakeshore's for hip-knee that began in 2025."""
    values = dict.fromkeys(ContractTerms._fields) | {
        "id": number,
        "facility_id": "ccn-90z701",
        "alliance": "Lakeshore",
        "criteria_set": "hip-knee",
        "status": "active",
        "effective": date(2025, 1, 1),
        "visibility": "public",
        "source_id": 1,
        "row": number,
    }
    return ContractTerms(**(values | said))  # type: ignore[arg-type]


ROSTER = row(1, intake_phone="(414) 555-0150")
PRICE = row(2, bundle_cents=24_100_00)
NEW_PRICE = row(3, bundle_cents=25_000_00, price_effective=date(2026, 1, 1))


def cents(rows: list[ContractTerms], on: date = ON) -> int | None:
    priced = pricing_row(standing(rows, LAKE, on, CARE), on)
    return priced.bundle_cents if priced else None


def test_a_price_list_beside_a_roster_keeps_price_and_telephone() -> None:
    held = standing([ROSTER, PRICE], LAKE, ON, CARE)
    assert (cents([ROSTER, PRICE]), intake_phone(held)) == (24_100_00, "(414) 555-0150")


def test_an_amendment_that_names_no_price_leaves_the_price() -> None:
    amended = ROSTER._replace(id=4, effective=date(2026, 3, 1))
    assert cents([PRICE, amended]) == 24_100_00


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 12, 31), 24_100_00), (date(2026, 1, 1), 25_000_00)])
def test_a_price_holds_from_its_own_first_day(on: date, expected: int) -> None:
    assert cents([PRICE, NEW_PRICE], on) == expected


def test_the_price_of_the_procedure_goes_before_that_of_its_set() -> None:
    own = row(5, criteria_set=None, procedure="partial-knee-replacement", bundle_cents=19_000_00)
    assert cents([PRICE, NEW_PRICE, own]) == 19_000_00


@pytest.mark.parametrize(
    "rows",
    [
        [PRICE._replace(ends=date(2025, 12, 31))],
        [PRICE._replace(alliance="Prairie")],
        [PRICE._replace(status="suspended")],
        [PRICE._replace(price_effective=date(2027, 1, 1))],
        [ROSTER, PRICE._replace(alliance="Prairie")],
    ],
)
def test_no_price_of_an_ended_foreign_suspended_or_coming_contract_shows(rows: list[ContractTerms]) -> None:
    assert cents(rows) is None


@given(st.permutations([ROSTER, PRICE, NEW_PRICE, ROSTER._replace(id=6, effective=date(2026, 3, 1))]))
def test_the_order_of_the_rows_does_not_matter(rows: list[ContractTerms]) -> None:
    assert cents(rows) == 25_000_00
    assert intake_phone(standing(rows, LAKE, ON, CARE)) == "(414) 555-0150"

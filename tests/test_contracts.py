"""Whose contract counts, on which date, until when (CONTRACT 2, 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provider_directory.contracts import ContractTerms, bears_on, standing

ON = date(2026, 11, 22)
CARE = date(2027, 2, 20)
OURS = ("Lakeshore",)


def terms(**over: Any) -> ContractTerms:
    """Give a running row of our alliance for hip and knee replacement."""
    values: dict[str, Any] = dict.fromkeys(ContractTerms._fields)
    values |= {"id": 1, "facility_id": "f", "alliance": "Lakeshore", "criteria_set": "hip-knee", "status": "active"}
    values |= {"effective": date(2025, 1, 1), "ends": date(2027, 6, 30), "visibility": "public"}
    return ContractTerms(**(values | {"source_id": 1, "row": 2} | over))


def test_a_running_row_of_the_program_is_a_contract() -> None:
    found = standing([terms()], OURS, ON, CARE)
    assert (found.state, found.covers_care_day) == ("CONTRACT", True)


def test_upper_and_lower_case_of_an_alliance_are_alike() -> None:
    assert standing([terms()], ("LAKESHORE",), ON, CARE).state == "CONTRACT"


def test_no_contract_counts_without_a_program_but_a_public_one_is_named() -> None:
    found = standing([terms()], (), ON, CARE)
    assert found.state is None
    assert found.other_alliances == ("Lakeshore",)


def test_a_contract_for_members_only_is_not_named_to_others() -> None:
    assert standing([terms(visibility="members")], (), ON, CARE).other_alliances == ()


def test_the_last_day_of_a_contract_still_counts() -> None:
    assert standing([terms(ends=ON)], OURS, ON, ON).state == "CONTRACT"
    assert standing([terms(ends=date(2026, 11, 21))], OURS, ON, ON).state == "EXPIRED"


def test_a_contract_that_has_not_begun_does_not_count() -> None:
    assert standing([terms(effective=date(2026, 11, 23))], OURS, ON, CARE).state is None


def test_a_contract_that_ends_before_the_care_day_covers_it_only_by_run_out_terms() -> None:
    early = terms(ends=date(2026, 12, 31))
    assert not standing([early], OURS, ON, CARE).covers_care_day
    assert standing([early._replace(run_out="90 days")], OURS, ON, CARE).covers_care_day


def test_a_suspension_stops_the_contract_from_its_date() -> None:
    suspended = terms(status="suspended", suspended_on=ON)
    assert standing([suspended], OURS, ON, CARE).state == "SUSPENDED"
    assert standing([suspended], OURS, date(2026, 11, 21), CARE).state == "CONTRACT"


def test_another_alliance_of_the_program_goes_on_where_one_has_suspended_and_it_is_said() -> None:
    rows = [terms(status="suspended"), terms(id=2, alliance="Harbor")]
    found = standing(rows, ("Lakeshore", "Harbor"), ON, CARE)
    assert (found.state, found.suspended_with) == ("CONTRACT", ("Lakeshore",))
    assert [row.id for row in found.running] == [2]


def test_where_all_have_suspended_it_stopped_with_the_last_of_them() -> None:
    stop = terms(status="suspended", suspended_on=date(2026, 10, 1))
    rows = [stop, stop._replace(id=2, alliance="Harbor", suspended_on=date(2026, 11, 15))]
    found = standing(rows, ("Lakeshore", "Harbor"), ON, CARE)
    assert found.state == "SUSPENDED"
    assert found.terms is not None
    assert found.terms.suspended_on == date(2026, 11, 15)


def test_a_suspension_of_one_row_stops_a_running_twin() -> None:
    rows = [terms(), terms(id=2, status="suspended")]
    assert standing(rows, OURS, ON, CARE).state == "SUSPENDED"


def test_the_row_that_reaches_the_care_day_decides_before_one_that_names_the_procedure() -> None:
    short = terms(id=1, procedure="total-knee-replacement", criteria_set=None, ends=date(2026, 12, 31))
    found = standing([short, terms(id=2)], OURS, ON, CARE)
    assert found.terms is not None
    assert found.terms.id == 2


@pytest.mark.parametrize(
    ("row", "bears"),
    [
        (terms(), True),
        (terms(criteria_set="cabg"), False),
        (terms(criteria_set=None, procedure="total-knee-replacement"), True),
        (terms(criteria_set=None, procedure="partial-knee-replacement"), False),
    ],
)
def test_a_row_is_about_its_procedure_or_all_of_its_set(row: ContractTerms, bears: bool) -> None:
    assert bears_on(row, "total-knee-replacement", "hip-knee") is bears


def test_a_shoulder_never_wears_the_badge_of_another_unchecked_procedure() -> None:
    assert not bears_on(terms(criteria_set="none"), "total-shoulder-replacement", "none")

"""Several rows of one alliance for one facility are a history: on any date one of them decides (CONTRACT 2, 3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provider_directory.contracts import ContractTerms, standing
from provider_directory.crediting import credential

ALLIANCES = ("Lakeshore", "Harbor")
FIRST_DAY = date(2026, 1, 1)


def terms(effective: date | None, ends: date | None, cents: int | None = None, **over: Any) -> ContractTerms:
    """Give an active row of Lakeshore for hip and knee replacement."""
    values: dict[str, Any] = dict.fromkeys(ContractTerms._fields)
    values |= {"id": 1, "facility_id": "f", "alliance": "Lakeshore", "criteria_set": "hip-knee", "status": "active"}
    values |= {"effective": effective, "ends": ends, "bundle_cents": cents, "visibility": "public"}
    return ContractTerms(**(values | {"source_id": 1, "row": 2} | over))


def suspension(day: date, **over: Any) -> ContractTerms:
    """Give a row that is a suspension alone."""
    return terms(day, None, status="suspended", suspended_on=day, **over)


def price_on(rows: list[ContractTerms], day: date) -> int | None:
    found = standing(rows, ALLIANCES, day, day)
    return found.terms.bundle_cents if found.state == "CONTRACT" and found.terms else None


def state_on(rows: list[ContractTerms], day: date) -> str | None:
    return standing(rows, ALLIANCES, day, day).state


def test_an_amendment_decides_from_its_first_day_and_the_date_asked_gives_the_price_of_that_date() -> None:
    rows = [
        terms(date(2025, 1, 1), date(2027, 12, 31), 24_000_00),
        terms(date(2026, 7, 1), date(2027, 6, 30), 22_000_00),
    ]
    assert price_on(rows, date(2026, 6, 30)) == 24_000_00
    assert price_on(rows, date(2026, 7, 1)) == 22_000_00


def test_of_rows_that_took_effect_on_one_day_the_one_with_a_price_decides() -> None:
    rows = [terms(FIRST_DAY, date(2029, 1, 1)), terms(FIRST_DAY, date(2027, 1, 1), 20_000_00)]
    assert price_on(rows, date(2026, 6, 1)) == 20_000_00


def test_a_renewal_without_a_gap_lengthens_the_contract_and_covers_the_care_day() -> None:
    rows = [terms(FIRST_DAY, date(2026, 12, 31), 1), terms(date(2027, 1, 1), date(2027, 12, 31), 2)]
    found = standing(rows, ALLIANCES, date(2026, 11, 22), date(2027, 2, 20))
    assert (found.covers_care_day, found.ends) == (True, date(2027, 12, 31))
    assert found.terms_change_on == date(2027, 1, 1)
    shown = credential(found, "MEETS_PUBLIC", "passes public check", (), "hip-knee", date(2027, 2, 20))
    assert shown.label == "under contract to Dec 2027"
    assert shown.flags == ("its terms change on 2027-01-01, before the likely surgery date",)


def test_a_gap_before_the_care_day_is_said() -> None:
    rows = [terms(FIRST_DAY, date(2026, 12, 31)), terms(date(2027, 2, 1), date(2027, 12, 31))]
    found = standing(rows, ALLIANCES, date(2026, 11, 22), date(2027, 2, 20))
    shown = credential(found, "MEETS_PUBLIC", "passes public check", (), "hip-knee", date(2027, 2, 20))
    assert shown.expires == date(2026, 12, 31)
    assert "a gap in the contract after 2026-12-31" in shown.flags[0]


def test_a_suspension_announced_before_the_care_day_is_said_and_does_not_cover_it() -> None:
    rows = [terms(FIRST_DAY, date(2028, 1, 1)), suspension(date(2027, 1, 1))]
    found = standing(rows, ALLIANCES, date(2026, 11, 22), date(2027, 2, 20))
    assert (found.state, found.covers_care_day) == ("CONTRACT", False)
    shown = credential(found, "MEETS_PUBLIC", "passes public check", (), "hip-knee", date(2027, 2, 20))
    assert shown.flags == ("suspended from 2027-01-01, before the likely surgery date",)


def test_a_suspension_ends_where_a_later_active_row_takes_effect() -> None:
    rows = [terms(FIRST_DAY, date(2028, 1, 1), 1), suspension(date(2026, 3, 1)), terms(date(2026, 5, 1), None, 2)]
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1))
    assert [state_on(rows, day) for day in days] == ["CONTRACT", "SUSPENDED", "SUSPENDED", "CONTRACT"]


def test_a_row_of_the_same_day_lifts_no_suspension() -> None:
    assert state_on([suspension(FIRST_DAY), terms(FIRST_DAY, None)], FIRST_DAY) == "SUSPENDED"


def test_a_price_for_the_set_lifts_no_suspension_of_one_procedure_but_a_row_for_the_procedure_does() -> None:
    stop = suspension(date(2026, 3, 1), criteria_set=None, procedure="total-knee-replacement")
    rows = [terms(FIRST_DAY, None), stop, terms(date(2026, 5, 1), None)]
    assert state_on(rows, date(2026, 6, 1)) == "SUSPENDED"
    rows.append(terms(date(2026, 5, 15), None, criteria_set=None, procedure="total-knee-replacement"))
    assert state_on(rows, date(2026, 6, 1)) == "CONTRACT"


def test_an_amendment_of_another_alliance_lifts_no_suspension() -> None:
    rows = [terms(FIRST_DAY, None), suspension(date(2026, 3, 1)), terms(date(2026, 5, 1), None, alliance="Harbor")]
    found = standing(rows, ALLIANCES, date(2026, 6, 1), date(2026, 6, 1))
    assert (found.state, found.suspended_with) == ("CONTRACT", ("Lakeshore",))


def test_a_suspension_outlives_no_contract() -> None:
    rows = [terms(FIRST_DAY, date(2026, 12, 31)), suspension(date(2026, 3, 1))]
    assert state_on(rows, date(2026, 12, 31)) == "SUSPENDED"
    assert state_on(rows, date(2027, 1, 1)) == "EXPIRED"


days = st.integers(0, 60).map(lambda number: FIRST_DAY + timedelta(days=number))


@st.composite
def histories(draw: st.DrawFn) -> list[ContractTerms]:
    rows = []
    for number in range(draw(st.integers(1, 7))):
        begins = draw(days)
        over: dict[str, Any] = {"id": number, "row": number, "alliance": draw(st.sampled_from(ALLIANCES))}
        if draw(st.booleans()):
            over |= {"criteria_set": None, "procedure": "total-knee-replacement"}
        if draw(st.integers(0, 3)) == 0:
            over |= {"status": "suspended", "suspended_on": draw(st.none() | days)}
        length = draw(st.none() | st.integers(0, 40))
        ends = None if length is None else begins + timedelta(days=length)
        rows.append(terms(begins, ends, draw(st.none() | st.integers(1, 9)), **over))
    return rows


@given(histories(), days, days, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_in_the_file_does_not_matter(
    rows: list[ContractTerms], on: date, care_day: date, chance: Any
) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    mixed = [row._replace(id=number, row=number) for number, row in enumerate(mixed)]
    first, again = (standing(each, ALLIANCES, on, care_day) for each in (rows, mixed))
    bare = [found.terms._replace(id=0, row=0) if found.terms else None for found in (first, again)]
    assert bare[0] == bare[1]
    assert first._replace(terms=None, running=()) == again._replace(terms=None, running=())


@given(histories(), days)
def test_one_row_decides_it_runs_on_the_date_and_no_later_amendment_of_it_runs(
    rows: list[ContractTerms], on: date
) -> None:
    found = standing(rows, ALLIANCES, on, on)
    if found.state != "CONTRACT":
        assert found.running == ()
        return
    deciding = found.terms
    assert deciding is not None
    assert found.running[0] is deciding
    assert deciding.begun(on)
    assert not deciding.ended(on)
    rivals = [row for row in found.running if (row.alliance, row.procedure) == (deciding.alliance, deciding.procedure)]
    assert all((row.effective or date.min) <= (deciding.effective or date.min) for row in rivals)


@given(histories())
def test_before_the_first_row_takes_effect_nothing_counts(rows: list[ContractTerms]) -> None:
    before = min(row.effective for row in rows if row.effective) - timedelta(days=1)
    assert state_on(rows, before) is None


@given(histories(), days)
def test_from_a_suspension_of_all_by_every_alliance_on_nothing_runs(rows: list[ContractTerms], on: date) -> None:
    begun = [row for row in rows if row.begun(on)]
    stopped = [suspension(on, alliance=alliance) for alliance in ALLIANCES]
    assert state_on([*begun, *stopped], on) in ("SUSPENDED", "EXPIRED")

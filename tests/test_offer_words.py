"""The lines of an offer as words: which columns there are, and how a center is reached and how long one waits there."""

from __future__ import annotations

import pytest

from navigator.days import with_days_in_words
from navigator.referral.waits import Wait
from navigator.widgets.card_words import contact_lines, reach
from navigator.widgets.offer_cells import center_line, columns_for
from provider_directory.pricing.offered import NO_PRICE, ON_REQUEST
from provider_directory.testing import a_center, a_credential

LEARNED = (
    Wait(kind="accepted", n=9, median_days=2, low_days=0, high_days=4),
    Wait(kind="evaluation", n=7, median_days=12.5, low_days=5, high_days=31),
)


@pytest.mark.parametrize("cells", [79, 118, 198])
def test_what_is_paid_has_a_column_wherever_there_are_rules_and_says_to_ask_where_they_cannot(cells: int) -> None:
    unknown = [a_center().model_copy(update={"you_pay": None})]
    assert "you pay" not in [column.title for column in columns_for(cells, unknown, paid=False)]
    columns = columns_for(cells, unknown, paid=True)
    assert "you pay" in [column.title for column in columns]
    assert "ask" in center_line(unknown[0], columns, cells).plain
    assert "$0" not in center_line(unknown[0], columns, cells).plain


@pytest.mark.parametrize("recovers", [None, 3207.0], ids=["one place", "two places"])
@pytest.mark.parametrize("cells", [79, 118])
def test_no_digit_of_a_long_way_is_cut(cells: int, recovers: float | None) -> None:
    center = a_center().model_copy(update={"miles": 4771.0, "recover_miles": recovers, "miles_precision": "zip"})
    shown = center_line(center, columns_for(cells, [center], paid=True), cells).plain
    nearest = "+~3207" if recovers and cells == 79 else "4771"
    assert nearest in shown
    assert ("3207" in shown) is bool(recovers)


def test_a_contract_price_that_is_not_for_who_hears_is_not_called_no_price() -> None:
    kept_back, none = (a_center().model_copy(update={"price": price}) for price in (ON_REQUEST, NO_PRICE))
    for center, words in ((kept_back, "not said"), (none, "no price")):
        assert words in center_line(center, columns_for(118, [center], paid=False), 118).plain


def test_the_wait_that_was_learned_stands_before_the_one_that_is_stated() -> None:
    center = a_center()
    assert "wait 18 days" in reach(center)[0].plain
    whole, shorter, shortest = reach(center, LEARNED)
    assert "wait 12.5 days (5–31, n 7)" in whole.plain
    assert shorter.plain.endswith("wait 12.5 days")
    assert "wait" not in shortest.plain
    told = "\n".join(line.plain for line in contact_lines(center, LEARNED))
    assert "from sending to the evaluation: 12.5 days (5 to 31, 7 referrals)" in told
    assert "the center says: 18 days" in told


@pytest.mark.parametrize("cells", [98, 118, 144, 198])
def test_a_name_is_cut_last(cells: int) -> None:
    centers = [a_center().model_copy(update={"miles_precision": "zip", "you_pay": "$0-3,400"})]
    shown = center_line(centers[0], columns_for(cells, centers, paid=True), cells).plain
    assert centers[0].facility.name in shown
    assert "$0-3,400" in shown
    assert len(shown) <= cells


def test_a_credential_tells_its_day_in_words() -> None:
    center = a_center().model_copy(
        update={"credential": a_credential(state="SUSPENDED", label="suspended on 2026-10-01")}
    )
    for cells in (118, 198):
        assert "suspended on Oct 1, 2026" in center_line(center, columns_for(cells, [center], paid=False), cells).plain
    assert with_days_in_words("run-out terms: file 2026-99-01") == "run-out terms: file 2026-99-01"

"""Each row of a price file is kept as one kind or refused by one rule (METHOD 3.3, 5.1 to 5.15)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rates import CONTEXT, MEDICARE, a_line, a_rate, an_item, judged

from provider_directory.facts import PostedRate
from provider_directory.pricing.judging import FileContext, judge, judge_cash, own_drgs


def test_a_case_rate_in_dollars_is_a_posted_negotiated_rate() -> None:
    found = judged(a_rate())
    assert (found.kind, found.amount_cents, found.refused, found.flags) == ("posted_negotiated", 3_150_000, "", ())
    assert (found.code, found.setting, found.payer_class) == ("470", "inpatient", "commercial")


@pytest.mark.parametrize("code", ["470", "0470", " 470 "])
def test_leading_zeros_of_a_stay_are_nothing(code: str) -> None:
    assert judged(a_rate(code=code)).code == "470"


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"code_type": "APR-DRG"}, "other_code_type"),
        ({"code_type": "TRIS-DRG"}, "other_code_type"),
        ({"code_type": "RC"}, "other_code_type"),
        ({"code_type": "LOCAL"}, "other_code_type"),
        ({"code": "470-1"}, "not_a_code"),
        ({"code_type": "DRG", "code": "302"}, "not_a_code"),
        ({"setting": "outpatient"}, "other_setting"),
        ({"setting": ""}, "other_setting"),
        ({"modifiers": "50"}, "has_modifiers"),
        ({"billing_class": "Professional"}, "professional"),
        ({"description": "PR ARTHRP KNE"}, "professional"),
        ({"plan": "PPO ProFee"}, "professional"),
        ({"payer": "Meadowlark Medicare"}, "payer_medicare"),
        ({"payer": "", "plan": ""}, "no_payer"),
        ({"methodology": "Per Diem"}, "per_diem"),
        ({"methodology": ""}, "no_methodology"),
        ({"dollar": "call us"}, "not_a_number"),
        ({"dollar": "1.00"}, "at_most_1_dollar"),
        ({"dollar": "99,999,999"}, "placeholder"),
        ({"dollar": "999999999"}, "placeholder"),
        ({"dollar": "31500.004", "gross": "31500"}, "equals_list_price"),
        ({"dollar": "5999.99"}, "below_0.4_medicare"),
        ({"dollar": "150000.01"}, "above_10_medicare"),
        ({"dollar": "", "percentage": "52"}, "no_amount"),
        ({"dollar": "", "median": "30000"}, "count_not_said"),
        ({"dollar": "", "median": "30000", "case_count": "0"}, "no_cases"),
        ({"dollar": "", "median": "30000", "case_count": "40", "p10": "31000"}, "percentiles_out_of_order"),
        ({"dollar": "", "median": "30000", "case_count": "40", "p90": "29000"}, "percentiles_out_of_order"),
    ],
)
def test_a_row_is_refused_by_its_rule(cells: dict[str, str], rule: str) -> None:
    found = judged(a_rate(**cells))
    assert found.refused == rule


@pytest.mark.parametrize(
    ("dollar", "flags"),
    [
        ("6000", ("below_0.8_medicare",)),
        ("11999.99", ("below_0.8_medicare",)),
        ("12000", ()),
        ("90000", ()),
        ("90000.01", ("above_6_medicare",)),
        ("150000", ("above_6_medicare",)),
    ],
)
def test_limits_are_strict_and_on_unrounded_numbers(dollar: str, flags: tuple[str, ...]) -> None:
    found = judged(a_rate(dollar=dollar))
    assert (found.refused, found.flags) == ("", flags)


def test_maryland_has_no_ratio_and_an_unknown_yardstick_is_said() -> None:
    assert judged(a_rate(dollar="2000"), maryland=True).refused == ""
    assert judged(a_rate(), medicare={}).flags == ("medicare_not_known",)


def test_methodology_is_read_in_any_case_and_other_is_flagged() -> None:
    assert judged(a_rate(methodology="FEE  SCHEDULE")).flags == ()
    assert judged(a_rate(methodology="Other")).flags == ("method_other",)


def test_a_dollar_paid_by_percent_of_charges_is_an_estimate() -> None:
    found = judged(a_rate(methodology="percent of total billed charges", gross="93217"))
    assert (found.kind, found.refused) == ("posted_average", "")


@pytest.mark.parametrize(
    "cells",
    [
        {"gross": "60000", "percentage": "52.5", "methodology": "other"},
        {"gross": "60000", "methodology": "percent of total billed charges"},
        {"gross": "60000.02", "methodology": "Percent of total billed charges"},
    ],
)
def test_a_share_of_the_list_price_is_its_own_kind(cells: dict[str, str]) -> None:
    found = judged(a_rate(**cells))
    assert found.kind == "list_share"
    assert "share_of_list_price" in found.flags


def test_a_round_share_alone_makes_no_case_rate_a_share_of_list() -> None:
    assert judged(a_rate(gross="60000")).kind == "posted_negotiated"


def test_version_3_gives_medians_with_their_cases_and_range() -> None:
    row = a_rate(dollar="", percentage="", median="30000", p10="28000", p90="35000", case_count="40")
    found = judged(row)
    assert (found.kind, found.amount_cents, found.low_cents, found.high_cents, found.cases) == (
        *("posted_typical", 3_000_000, 2_800_000, 3_500_000),
        40,
    )
    few = judged(row._replace(case_count="1 through 10"))
    assert (few.kind, few.cases, few.low_cents) == ("posted_few_cases", None, 2_800_000)


def test_estimated_amounts_are_of_version_2_alone() -> None:
    row = a_rate(dollar="", estimated="30000", percentage="33")
    assert judged(row, version="2.2.0").kind == "posted_average"
    assert judged(row).refused == "no_amount"


def test_a_dollar_wins_over_an_algorithm() -> None:
    assert judged(a_rate(algorithm="see contract", median="99000", case_count="0")).kind == "posted_negotiated"


def test_the_dollar_of_twenty_unrelated_stays_is_no_price() -> None:
    shared = frozenset(f"{number:03}" for number in range(100, 119))
    key = ("Meadowlark Mutual", "Open PPO", "31500")
    assert judged(a_rate(), repeated={key: shared | {"469", "470"}}).refused == ""
    assert judged(a_rate(), repeated={key: shared | {"469", "470", "330"}}).refused == "same_dollar_in_20_drgs"


def test_the_first_days_of_a_stay_are_flagged() -> None:
    assert judged(a_rate(note="Days 1-5; then per diem")).flags == ("rate_for_part_of_the_stay",)


def test_an_outpatient_line_waits_for_its_band() -> None:
    found = judged(a_line(setting="both"))
    assert (found.setting, found.kind, found.refused) == ("outpatient", "posted_negotiated", "")
    assert judged(a_line(setting="inpatient")).refused == "other_setting"


def test_the_cash_price_of_an_item_is_held_to_medicare_and_to_the_list_price() -> None:
    assert (judged(an_item()).kind, judged(an_item()).amount_cents) == ("cash", 2_800_000)
    assert judged(an_item(cash="90000")).refused == "equals_list_price"
    assert judged(an_item(cash="0.01")).refused == "at_most_1_dollar"
    assert judged(an_item(cash="500")).refused == "below_0.4_medicare"
    assert judged(an_item(cash="")).refused == "no_cash_price"
    assert "share_of_list_price" in judged(an_item(cash="45000")).flags


def test_a_cash_price_repeated_on_every_row_is_told_once() -> None:
    rows = [a_rate(row=row, plan=f"Plan {row}", gross="90000", cash="28000") for row in range(4, 9)]
    kinds = [found.kind for found in judge(rows, CONTEXT)]
    assert kinds == ["posted_negotiated"] * 5 + ["cash"]


def test_a_table_of_cash_prices_knows_no_setting() -> None:
    assert judge_cash("29881", "9000", "4211.37", 7).kind == "cash"
    assert judge_cash("29881", "9000", "9000", 7).refused == "equals_list_price"
    assert judge_cash("29881", "9000", "", 7).refused == "no_cash_price"
    assert judge_cash("ABC", "9000", "4000", 7).refused == "not_a_code"


def test_own_drgs_are_those_of_every_procedure_that_holds_the_number() -> None:
    own = own_drgs([("469", "470"), ("470", "521", "522"), ("215",)])
    assert own["470"] == {"469", "470", "521", "522"}
    assert own["469"] == {"469", "470"}


CELLS = st.sampled_from(
    ["", "470", "0", "-1", "1e9", "999999999", "12,50", "inpatient", "both", "case rate", "\u202e", "x"]
)
ROWS = st.builds(PostedRate, st.integers(1, 9), *[CELLS] * (len(PostedRate._fields) - 1))


@given(st.lists(ROWS, max_size=8))
def test_any_cells_at_all_are_judged_and_no_absurd_amount_is_kept(rows: list[PostedRate]) -> None:
    found = judge(rows, FileContext(version="2.0.0", medicare={"470": MEDICARE}))
    assert len([each for each in found if each.kind != "cash" or each.refused == "no_cash_price"]) <= len(rows)
    for each in found:
        if not each.refused:
            assert each.amount_cents is not None
            assert 100 < each.amount_cents < 9_999_999_900

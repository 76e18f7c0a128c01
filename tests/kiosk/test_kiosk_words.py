"""What a tile of the kiosk says of the cost is a sentence, whatever the rules found."""

from __future__ import annotations

import pytest
from rule_answers import a_cost, a_rule_answer

from navigator.kiosk.said import pay_line
from navigator.languages.translating import translator
from navigator.program.engine.cost_answer import SHORT_MAYBE_WHOLE_BILL
from navigator.program.rule_answer import MemberCost, OptionCost, RuleAnswer

UNKNOWN = "What you would pay is not known: ask your plan."


def costs(*by_option: MemberCost) -> RuleAnswer:
    amounts = (each.model_dump(include={"state", "low_cents", "high_cents"}) for each in by_option)
    options = tuple(OptionCost(option=f"plan {at}", **amount) for at, amount in enumerate(amounts))
    return a_rule_answer(here=by_option[0].model_copy(update={"by_option": options}))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, UNKNOWN),
        (costs(a_cost("x", 0, 0)), "You pay $0 if approved (estimate)"),
        (costs(a_cost("x", 0, 340_000)), "You pay up to $3,400 if approved (estimate)"),
        (
            costs(a_cost("x", 100_000, 200_000), a_cost("x", 150_000, 340_000)),
            "You pay $1,000 to $3,400 if approved (estimate)",
        ),
        (costs(a_cost("x", 0, 0), a_cost("x", 0, None)), UNKNOWN),
        (costs(a_cost("x", None, None)), UNKNOWN),
        (costs(a_cost("x", 0, 0), a_cost("x", 0, 0).model_copy(update={"state": "not_estimated"})), UNKNOWN),
        (
            costs(a_cost("x", 0, 0), a_cost("x", None, None).model_copy(update={"state": "whole_bill"})),
            "It may be the whole bill: ask your plan.",
        ),
        (
            costs(a_cost("x", None, None).model_copy(update={"short": SHORT_MAYBE_WHOLE_BILL})),
            "It may be the whole bill: ask your plan.",
        ),
    ],
)
def test_the_cost_is_a_range_over_the_plans_or_said_to_be_unknown(found: RuleAnswer | None, said: str) -> None:
    assert pay_line(translator("en"), found) == said

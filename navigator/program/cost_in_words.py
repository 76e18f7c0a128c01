"""What a member pays, in the middle of a sentence and in the hearer's language (METHOD 3.5, CONTRACT 8)."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.languages import sentences
from navigator.languages.translating import Translator
from navigator.program.engine.cost_answer import SHORT_MAYBE_WHOLE_BILL
from navigator.program.rule_answer import Amount, MemberCost, PlanWords
from navigator.program.said_to_member import PlanSaid


def cost_in_words(say: Translator, cost: MemberCost, spanish: Iterable[PlanWords] = ()) -> str:
    """Say a cost, or each plan option's: "$0 with PPO and up to $3,400 with HSA plan", by the employer's own names."""
    if cost.short == SHORT_MAYBE_WHOLE_BILL:
        return in_all(say, cost)
    plan = PlanSaid(say, spanish)
    each = (
        say("{amount} with {option}", amount=amount(say, own), option=plan.own(own.option) or own.option)
        for own in cost.by_option
    )
    return say.listed(each) or amount(say, cost)


def in_all(say: Translator, cost: MemberCost) -> str:
    """Say a cost as one range over all plan options."""
    return sentences.cost(say, state_of(cost.state, cost.short), cost.low_cents, cost.high_cents)


def state_of(state: str, short: str | None) -> str:
    """Give the state of a cost as it is said: where the whole bill may come, that is more than "not known"."""
    return sentences.MAYBE_WHOLE_BILL if short == SHORT_MAYBE_WHOLE_BILL else state


def amount(say: Translator, cost: Amount) -> str:
    """Say a range of cents: "up to $3,400", "$1,500 to $4,000"."""
    if cost.low_cents == 0 and cost.high_cents and cost.state != "at_most":
        return say("up to {high}", high=say.dollars(cost.high_cents))
    return sentences.cost(say, cost.state, cost.low_cents, cost.high_cents)

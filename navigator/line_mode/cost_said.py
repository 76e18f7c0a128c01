"""What the member pays, said aloud: in English the rule's own sentences, else made from its values (CONTRACT 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from navigator.languages import sentences
from navigator.languages.translating import Translator
from navigator.line_mode.answers import Costs
from navigator.program.engine.cost_answer import MAYBE_WHOLE_BILL
from navigator.program.rule_answer import MemberCost
from provider_directory.models import Center
from provider_directory.spoken import ESTIMATE, extra_sentence


def cost_said(say: Translator, costs: Costs, center: Center) -> Iterator[str]:
    """Say the cost at a center without the sentence that it is an estimate, which closes what is said."""
    answer = costs.answer
    if say.language == "en":
        said, extra = answer.spoken.removesuffix(ESTIMATE).rstrip(), " ".join(extra_sentence(center.price.extra))
        yield said.removesuffix(extra).rstrip()
        if extra and said.endswith(extra):
            yield extra
        return
    cost = answer.here
    if cost.short == MAYBE_WHOLE_BILL:
        yield say("Your plan may pay nothing at this hospital: the whole bill may be yours.")
    elif cost.state == "whole_bill":
        yield say("Your plan pays nothing at this hospital: the whole bill would be yours.")
    elif sentences.nothing_known(cost.state, cost.low_cents, cost.high_cents):
        yield say("What you would pay there is not known: ask your plan.")
    elif not answer.under_contract or answer.coverage.state not in ("covered", "ask"):
        yield say("By the plan's rules you would pay {amount} there.", amount=here(say, costs))
    else:
        yield from _under_contract(say, here(say, costs), center)


def here(say: Translator, costs: Costs) -> str:
    """Say the amount at the center, or each plan option's: "$0 with PPO and up to $3,400 with HSA plan"."""
    return _by_option(say, costs.here()) or amount(say, costs.answer.here)


def elsewhere(say: Translator, costs: Costs) -> str:
    """Say the amount at other hospitals, likewise."""
    return _by_option(say, costs.elsewhere()) or amount(say, costs.answer.elsewhere)


def _by_option(say: Translator, known: Iterable[tuple[str, MemberCost]]) -> str:
    return say.listed(say("{amount} with {option}", amount=amount(say, cost), option=option) for option, cost in known)


def amount(say: Translator, cost: MemberCost) -> str:
    """Say a range of cents: "up to $3,400", "$1,500 to $4,000"."""
    if cost.low_cents == 0 and cost.high_cents and cost.state != "at_most":
        return say("up to {high}", high=say.dollars(cost.high_cents))
    return sentences.cost(say, cost.state, cost.low_cents, cost.high_cents)


def _under_contract(say: Translator, shown: str, center: Center) -> Iterator[str]:
    covered = sentences.parts(say, center.price.included)
    if center.price.kind == "contract_bundle" and covered:
        yield say(
            "If you qualify and the plan approves it first, the plan shows {amount} for {covered}.",
            amount=shown,
            covered=covered,
        )
        yield from extra_sentence(center.price.extra, say)
    else:
        yield say("If you qualify and the plan approves it first, the plan shows {amount}.", amount=shown)

"""What the member pays, said aloud: in English the rule's own sentences, else made from its values (CONTRACT 8)."""

from __future__ import annotations

from collections.abc import Iterator

from navigator.languages import sentences
from navigator.languages.translating import Translator
from navigator.program.cost_in_words import cost_in_words
from navigator.program.engine.cost_answer import SHORT_MAYBE_WHOLE_BILL
from navigator.program.rule_answer import RuleAnswer
from provider_directory.models import Center
from provider_directory.spoken import ESTIMATE, extra_sentence


def cost_said(say: Translator, answer: RuleAnswer, center: Center) -> Iterator[str]:
    """Say the cost at a center without the sentence that it is an estimate, which closes what is said."""
    if say.language == "en":
        said, extra = answer.spoken.removesuffix(ESTIMATE).rstrip(), " ".join(extra_sentence(center.price.extra))
        yield said.removesuffix(extra).rstrip()
        if extra and said.endswith(extra):
            yield extra
        return
    cost = answer.here
    if cost.short == SHORT_MAYBE_WHOLE_BILL:
        yield say("Your plan may pay nothing at this hospital: the whole bill may be yours.")
    elif cost.state == "whole_bill":
        yield say("Your plan pays nothing at this hospital: the whole bill would be yours.")
    elif sentences.nothing_known(cost.state, cost.low_cents, cost.high_cents):
        yield say("What you would pay there is not known: ask your plan.")
    elif not answer.under_contract or answer.coverage.state not in ("covered", "ask"):
        yield say("By the plan's rules you would pay {amount} there.", amount=here(say, answer))
    else:
        yield from _under_contract(say, here(say, answer), center)


def here(say: Translator, answer: RuleAnswer) -> str:
    """Say the amount at the center, or each plan option's: "$0 with PPO and up to $3,400 with HSA plan"."""
    return cost_in_words(say, answer.here, answer.spanish)


def elsewhere(say: Translator, answer: RuleAnswer) -> str:
    """Say the amount at other hospitals, likewise."""
    return cost_in_words(say, answer.elsewhere, answer.spanish)


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

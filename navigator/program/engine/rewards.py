"""What the plan gives for using a center under contract, after the year's cap."""

from __future__ import annotations

from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import first_that_holds, judge
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Facts, contract_fact, question_of
from navigator.program.engine.wording import listed, once
from navigator.program.rule_answer import RewardAnswer, UsedFact
from navigator.program.rules import Reward, Rule
from provider_directory.spoken import dollars

_ACCOUNTS = {
    "hsa": "into a health savings account",
    "hra": "into a health reimbursement account",
    "gift_card": "as a gift card",
    "paycheck": "with the paycheck",
}


def reward(asked: Asked, rule: Rule, facts: Facts) -> RewardAnswer | None:
    """Answer for the first reward whose conditions hold; None where the rule gives this member none."""
    possible = first_that_holds(rule.rewards, lambda each: each.when, facts)
    if not possible:
        return None
    sure = possible[-1] if judge(possible[-1].when, facts).holds else None
    if len(possible) > 1 or sure is None:
        return _asked_for(asked, possible, facts)
    return _given(asked, sure, facts)


def _asked_for(asked: Asked, possible: list[Reward], facts: Facts) -> RewardAnswer:
    names = once(name for each in possible for name in judge(each.when, facts).missing)
    amounts = listed(once(dollars(each.amount_cents) for each in possible), "or")
    questions = " ".join(once(question_of(asked.rules, name) for name in names))
    words = f"The plan may give {amounts} for using a center under contract. {questions}"
    told = because(asked, possible[0].cited, _rule_words(possible[0]), judge(possible[0].when, facts).used)
    return RewardAnswer(state="ask", amount_cents=None, account=possible[0].account, words=words, explanation=told)


def _given(asked: Asked, named: Reward, facts: Facts) -> RewardAnswer:
    into = _into(named.account)
    used = (contract_fact(asked), *judge(named.when, facts).used)
    given = asked.accumulators.reward_cents if asked.accumulators else None
    amount, cap = named.amount_cents, named.annual_cap_cents
    if cap is not None:
        amount = max(0, min(amount, cap - (given or 0)))
    if not asked.center.under_contract:
        words = f"No reward here: the {dollars(named.amount_cents)} is for using a center under contract."
        reverse = f"At a center under contract the plan gives {dollars(amount)}." if amount else None
        told = because(asked, named.cited, _rule_words(named), used, reverse)
        return RewardAnswer(state="not_given", amount_cents=0, account=named.account, words=words, explanation=told)
    if cap is not None and given is None:
        limit = f" At most {dollars(cap)} a year in all; what was given this year is not known."
    else:
        limit = f" At most {dollars(cap)} a year in all, {dollars(given or 0)} given so far." if cap is not None else ""
    law = (
        " What the law allows into a health savings account in a year still holds."
        if named.account.casefold() == "hsa"
        else ""
    )
    words = (
        f"The plan gives {dollars(amount)} {into}.{limit}{law}" if amount else f"No reward is left this year.{limit}"
    )
    if cap is not None and asked.accumulators and given is not None:
        known = asked.accumulators
        used = (*used, UsedFact(fact="given this year", value=dollars(given), source=known.source, as_of=known.as_of))
    other = "At a hospital that is not under contract there is no reward."
    if amount != named.amount_cents:
        most = min(named.amount_cents, cap or 0)
        other = f"With no other reward this year it would be {dollars(most)}."
    told = because(asked, named.cited, _rule_words(named), used, other)
    state = "given" if amount else "used_up"
    return RewardAnswer.model_validate(
        {"state": state, "amount_cents": amount, "account": named.account, "words": words, "explanation": told}
    )


def _into(account: str) -> str:
    """Say where a reward goes, however the file writes the account: "HRA", "gift card", "a gift card"."""
    key = account.casefold().removeprefix("a ").replace(" ", "_").replace("-", "_")
    return _ACCOUNTS.get(key, f"as {account.replace('_', ' ')}")


def _rule_words(named: Reward) -> str:
    cap = f", at most {dollars(named.annual_cap_cents)} a year" if named.annual_cap_cents is not None else ""
    return f"{dollars(named.amount_cents)} for using a center under contract{cap}."

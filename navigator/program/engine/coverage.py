"""Whether the procedure is in the program for this member, and how the program steers."""

from __future__ import annotations

from navigator.days import day_words
from navigator.program.engine.asked import Asked
from navigator.program.engine.choosing_rule import as_usual, left_out, possible_rules
from navigator.program.engine.conditions import condition_words, judge
from navigator.program.engine.cost_answer import is_maybe_whole_bill
from navigator.program.engine.facts import Facts, contract_fact, question_of
from navigator.program.engine.member_cost import Estimate, option_of, possible_options, tier_here
from navigator.program.engine.wording import listed, once, sentence
from navigator.program.rule_answer import Coverage, Explanation, UsedFact
from navigator.program.rules import Cited, Rule

_MODES = {
    "mandatory": "Mandatory: the plan covers it at centers under contract",
    "voluntary": "Voluntary: the member may use a center under contract, or any other hospital of the network",
    "tiered": "Tiered: what the member pays depends on the hospital's tier",
}


def coverage(asked: Asked, rule: Rule | None, here: Estimate) -> Coverage:
    """Answer for the rule that counts; ``here``: the estimate at the center, for what the plan pays there."""
    if rule is None:
        return _not_in_program(asked)
    facts = Facts(asked, option_of(asked))
    hangs_on = _hangs_on(asked)
    if hangs_on:
        questions = " ".join(once(question_of(asked.rules, name) for name in hangs_on))
        words = f"{_MODES[rule.mode]}. Whether that holds for this member is not known. {questions}"
        return _answer(asked, "ask", rule, rule.cited, words, (), None)
    provision, verdict = left_out(rule, facts)
    if provision and verdict.holds:
        reasons = listed([condition_words(asked.rules, each) for each in provision.conditions])
        words = f"The rule is not for this member ({reasons}). {provision.instead or 'The normal benefit holds.'}"
        other = "Without that the rule would hold: " + _MODES[rule.mode].split(":")[0].lower() + "."
        return _answer(asked, "left_out", rule, provision.cited, words, verdict.used, other)
    if here.cases and all(case.terms.kind == "whole_bill" for case in here.cases):
        words = f"{_MODES[rule.mode]}. {asked.center.name} is not under contract: the plan pays nothing there."
        cited = here.cases[0].cited or rule.cited
        because = (contract_fact(asked), *here.cases[0].chosen_by)
        return _answer(asked, "not_covered", rule, cited, words, because, "At a center under contract it is covered.")
    used = (contract_fact(asked), *as_usual(asked))
    used = tuple(dict.fromkeys((*used, *(fact for case in here.cases for fact in case.chosen_by))))
    if is_maybe_whole_bill(here):
        words = f"{_covered_words(asked, rule)} The plan may pay nothing there."
        return _answer(asked, "ask", rule, rule.cited, words, used, "At a center under contract it is covered.")
    words = _covered_words(asked, rule)
    if rule.mode == "mandatory" and not asked.center.under_contract and tier_here(asked, rule) is None:
        words = f"{words} {sentence(listed(once(case.reason for case in here.cases), 'or'))}"
    return _answer(asked, "covered", rule, rule.cited, words, used, _after(asked))


def _after(asked: Asked) -> str:
    return (
        f"After {day_words(asked.rules.valid_to)} the rules and limits of the next plan year hold, and what is met "
        "toward the limits starts again."
    )


def _hangs_on(asked: Asked) -> tuple[str, ...]:
    """Name the facts that decide whether the rule is for this member, where the possible options differ in it."""
    verdicts: set[bool] = set()
    missing: list[str] = []
    for option in possible_options(asked):
        facts = Facts(asked, option)
        rules = possible_rules(asked.rules, asked.care, facts)
        sure = bool(rules) and judge(rules[-1].members, facts).holds is True
        missing += [name for rule in rules for name in judge(rule.members, facts).missing]
        verdict = left_out(rules[0], facts)[1] if rules else None
        missing += verdict.missing if verdict and verdict.holds is None else ()
        verdicts.add(sure and not (verdict and verdict.holds))
    if len(verdicts) > 1:
        missing.append("plan_option")
    return once(missing)


def _not_in_program(asked: Asked) -> Coverage:
    whom = f"Ask {asked.rules.ask}." if asked.rules.ask else "Ask the plan."
    words = f"{asked.care.procedure_name} is not in the program: the plan's normal benefits hold. {whom}"
    because = Explanation(
        clause=None,
        version=asked.rules.version,
        words=f"The program file of {asked.rules.employer} has no rule for this procedure on this day.",
        used=(UsedFact(fact="procedure", value=asked.care.procedure, source="the question", as_of=None),),
        counterfactual=None,
    )
    return Coverage(state="not_in_program", mode=None, tier=None, words=words, explanation=because)


def _covered_words(asked: Asked, rule: Rule) -> str:
    tier = tier_here(asked, rule)
    if tier is not None:
        return f"{_MODES[rule.mode]}. {asked.center.name} is in the tier “{tier.name}”."
    # A contract that ends before stands beside this sentence as one that runs.
    missing = "is not under contract for this program on the day of care"
    said = "is under contract" if asked.center.under_contract else missing
    return f"{_MODES[rule.mode]}. {asked.center.name} {said}."


def _answer(
    asked: Asked,
    state: str,
    rule: Rule,
    cited: Cited,
    words: str,
    used: tuple[UsedFact, ...],
    counterfactual: str | None,
) -> Coverage:
    tier = tier_here(asked, rule)
    because = Explanation(
        clause=cited.clause,
        version=cited.version or asked.rules.version,
        words=cited.words or sentence(rule.title),
        used=used,
        counterfactual=counterfactual,
    )
    return Coverage.model_validate(
        {"state": state, "mode": rule.mode, "tier": tier.name if tier else None, "words": words, "explanation": because}
    )

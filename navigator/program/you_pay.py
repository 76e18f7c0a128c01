"""What a member pays at one center, without the rest of the rule's answer: for the column of an offer."""

from __future__ import annotations

from collections.abc import Callable

from navigator.program.care import Care
from navigator.program.engine.asked import asked
from navigator.program.engine.cost_answer import told
from navigator.program.engine.member_cost import estimate
from navigator.program.member import MemberFacts
from navigator.program.rule_answer import MemberCost
from navigator.program.rules import ProgramRules, TaxLimits


def you_pay(rules: ProgramRules, member: MemberFacts, care: Care, limits: Callable[[int], TaxLimits]) -> MemberCost:
    """Give ``answer_rule``'s cost at the center, without gates and counterfactual; raises as ``answer_rule`` does."""
    question = asked(rules, member, care, limits)
    return told(question, estimate(question, "here"), "here")

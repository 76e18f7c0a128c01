"""The program's gates: met, not yet, or to be asked; never a final word (PRODUCT "What we never do")."""

from __future__ import annotations

from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import condition_words, judge, one
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Facts, value_words
from navigator.program.rule_answer import ASK_FOR_DECISION, GateAnswer
from navigator.program.rules import Gate, Rule


def gates(asked: Asked, rule: Rule, facts: Facts) -> tuple[GateAnswer, ...]:
    """Judge each gate that is, or may be, for this member; facts are taken as said, none as usual."""
    strict = Facts(facts.asked, facts.option, usual=False)
    return tuple(_judged(asked, gate, strict) for gate in rule.gates if judge(gate.when, strict).holds is not False)


def _holds(gate: Gate, facts: Facts) -> bool | None:
    """Judge the condition, or the other way through the gate where there is one."""
    holds = one(gate.condition, facts.get(gate.condition.fact))
    if holds or not gate.or_when:
        return holds
    other = judge(gate.or_when, facts).holds
    return other if holds is False or other else None


def _judged(asked: Asked, gate: Gate, facts: Facts) -> GateAnswer:
    fact = facts.get(gate.condition.fact)
    for_whom, holds = judge(gate.when, facts), _holds(gate, facts)
    asks = condition_words(gate.condition)
    would_change = gate.would_change or f"It is met with {asks}"
    if holds:
        state, words, counterfactual = "met", f"Met: {asks}.", None
    elif holds is None or for_whom.holds is None:
        state, words = "ask", f"Ask: {gate.ask}"
        counterfactual = f"It is met with {asks}."
    else:
        yours = "" if isinstance(gate.condition.value, bool) else f"; yours: {value_words(fact.value or 0)}"
        state, words = "not_yet", gate.not_yet or f"Not yet: the plan asks for {asks}{yours}."
        counterfactual = f"{would_change.rstrip('.')}. {ASK_FOR_DECISION}"
    used = (fact.used,) if fact.value is not None else ()
    return GateAnswer.model_validate(
        {
            "id": gate.id,
            "state": state,
            "ask": gate.ask,
            "words": words,
            "would_change": counterfactual if state == "not_yet" else None,
            "explanation": because(asked, gate.cited, asks, used, counterfactual),
        }
    )

"""The program's gates: met, not yet, or to be asked; never a final word (PRODUCT "What we never do")."""

from __future__ import annotations

from dataclasses import dataclass

from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import condition_words, judge, one
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Fact, Facts, value_words
from navigator.program.engine.wording import sentence
from navigator.program.rule_answer import ASK_FOR_DECISION, GateAnswer
from navigator.program.rules import Gate, Rule


@dataclass(frozen=True)
class JudgedGate:
    """A gate with its outcome; ``met`` None = to be asked."""

    gate: Gate
    met: bool | None
    fact: Fact
    asks: str
    """What the plan asks for, e.g. "a BMI below 40"."""


def judged_gates(asked: Asked, rule: Rule, facts: Facts) -> tuple[JudgedGate, ...]:
    """Judge each gate that is, or may be, for this member; facts are taken as said, none as usual."""
    strict = Facts(asked, facts.option, usual=False)
    found = []
    for gate in rule.gates:
        for_whom = judge(gate.when, strict).holds
        met = _met(gate, strict)
        if for_whom is not False:
            outcome = True if met else None if for_whom is None else met
            asks = condition_words(asked.rules, gate.condition)
            found.append(JudgedGate(gate, outcome, strict.get(gate.condition.fact), asks))
    return tuple(found)


def _met(gate: Gate, facts: Facts) -> bool | None:
    """Judge the condition, or the other way through the gate where there is one."""
    holds = one(gate.condition, facts.get(gate.condition.fact))
    if holds or not gate.or_when:
        return holds
    other = judge(gate.or_when, facts).holds
    return other if holds is False or other else None


def not_yet(judged: tuple[JudgedGate, ...]) -> tuple[str, ...]:
    """Give what the gates that are not met ask for."""
    return tuple(each.asks for each in judged if each.met is False)


def told_gates(asked: Asked, judged: tuple[JudgedGate, ...], here: str) -> tuple[GateAnswer, ...]:
    """Tell the gates; ``here``: what the plan shows here once they are met."""
    waiting = len(not_yet(judged))
    return tuple(_told(asked, each, here if waiting == 1 else "") for each in judged)


def _told(asked: Asked, judged: JudgedGate, here: str) -> GateAnswer:
    gate, fact, asks = judged.gate, judged.fact, judged.asks
    yours = "" if fact.value is None else f"; yours: {value_words(fact.value)}"
    then = f", and the plan then shows {here}" if here and asked.center.under_contract else ""
    otherwise: str | None = None
    would_change: str | None = None
    match judged.met:
        case True:
            state, words = "met", f"The plan asks for {asks}{yours}."
        case None:
            state, words, otherwise = "ask", gate.ask, f"It is met with {asks}."
        case False:
            change = f" {gate.would_change}" if gate.would_change else ""
            state, words = "not_yet", f"{(gate.not_yet or f'The plan asks for {asks}').rstrip('.')}{yours}."
            otherwise = f"With {asks} it is met{then}."
            would_change = f"{otherwise}{change} {ASK_FOR_DECISION}"
    if gate.or_when and judged.met is not True:
        words += f" Or: {', '.join(condition_words(asked.rules, each) for each in gate.or_when)}."
    used = (fact.used,) if fact.value is not None else ()
    return GateAnswer.model_validate(
        {
            "id": gate.id,
            "state": state,
            "ask": gate.ask,
            "words": words,
            "would_change": would_change,
            "explanation": because(asked, gate.cited, sentence(asks), used, otherwise),
        }
    )

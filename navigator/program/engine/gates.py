"""The program's gates: met, not yet, or to be asked; never a final word (PRODUCT "What we never do")."""

from __future__ import annotations

from dataclasses import dataclass

from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import Verdict, condition_words, judge, one
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Fact, Facts, question_of, value_words
from navigator.program.engine.wording import listed, once, sentence
from navigator.program.known_questions import values_of
from navigator.program.rule_answer import ASK_FOR_DECISION, GateAnswer, GateTest, UsedFact
from navigator.program.rules import Gate, Rule


@dataclass(frozen=True)
class JudgedGate:
    """A gate with its outcome; ``met`` None = to be asked."""

    gate: Gate
    met: bool | None
    fact: Fact
    asks: str
    """What the plan asks for, e.g. "a BMI below 40"."""
    used: tuple[UsedFact, ...] = ()
    """The facts of its own condition and, where those opened it, of the other way through."""
    other_way: str = ""
    """The other way through in words where the gate is met by it."""
    missing: tuple[str, ...] = ()
    """The facts to ask for, beside or instead of its own, where it is to be asked."""


def judged_gates(asked: Asked, rule: Rule, facts: Facts) -> tuple[JudgedGate, ...]:
    """Judge each gate that is, or may be, for this member; facts are taken as said, none as usual."""
    strict = Facts(asked, facts.option, usual=False)
    found = []
    for gate in rule.gates:
        for_whom = judge(gate.when, strict)
        if for_whom.holds is not False:
            found.append(_judged(asked, gate, for_whom, strict))
    return tuple(found)


def _judged(asked: Asked, gate: Gate, for_whom: Verdict, facts: Facts) -> JudgedGate:
    """Judge the condition, or the other way through the gate where there is one."""
    fact = facts.get(gate.condition.fact)
    holds = one(gate.condition, fact)
    other = judge(gate.or_when, facts) if gate.or_when else Verdict(False)
    by_other = not holds and bool(other.holds)
    met = True if holds or by_other else None if holds is None else other.holds
    outcome = None if met is False and for_whom.holds is None else met
    missing = for_whom.missing if met is False else (*for_whom.missing, *(other.missing if holds is False else ()))
    own = (fact.used,) if fact.value is not None else ()
    return JudgedGate(
        gate,
        outcome,
        fact,
        condition_words(asked.rules, gate.condition),
        used=tuple(dict.fromkeys((*own, *(other.used if by_other else ())))),
        other_way=_other_way(asked, gate) if by_other else "",
        missing=missing if outcome is None else (),
    )


def _other_way(asked: Asked, gate: Gate) -> str:
    return listed([condition_words(asked.rules, each) for each in gate.or_when])


def not_yet(judged: tuple[JudgedGate, ...]) -> tuple[str, ...]:
    """Give what the gates that are not met ask for."""
    return tuple(each.asks for each in judged if each.met is False)


def told_gates(asked: Asked, judged: tuple[JudgedGate, ...], here: str) -> tuple[GateAnswer, ...]:
    """Tell the gates; ``here``: what the plan shows here once they are met."""
    waiting = len(not_yet(judged))
    return tuple(_told(asked, each, here if waiting == 1 else "") for each in judged)


def _told(asked: Asked, judged: JudgedGate, here: str) -> GateAnswer:
    gate, fact, asks = judged.gate, judged.fact, judged.asks
    questions = _questions(asked, judged)
    ask = " ".join(questions)
    yours = "" if fact.value is None else f"; yours: {value_words(fact.value)}"
    then = f", and the plan then shows {here}" if here and asked.center.under_contract else ""
    otherwise: str | None = None
    would_change: str | None = None
    match judged.met:
        case True:
            otherwise_met = f"; met another way: {judged.other_way}" if judged.other_way else ""
            state, words = "met", f"The plan asks for {asks}{yours}{otherwise_met}."
        case None:
            state, words, otherwise = "ask", ask, f"It is met with {asks}."
        case False:
            change = f" {gate.would_change}" if gate.would_change else ""
            state, words = "not_yet", f"{(gate.not_yet or f'The plan asks for {asks}').rstrip('.')}{yours}."
            otherwise = f"With {asks} it is met{then}."
            would_change = f"{otherwise}{change} {ASK_FOR_DECISION}"
    if gate.or_when and (judged.met is False or ask == gate.ask) and judged.met is not True:
        words += f" Or: {_other_way(asked, gate)}."
    return GateAnswer.model_validate(
        {
            "id": gate.id,
            "state": state,
            "ask": ask,
            "words": words,
            "would_change": would_change,
            "test": GateTest(
                fact=gate.condition.fact, operator=gate.condition.operator, values=values_of(gate.condition)
            ),
            "questions": questions,
            "change": gate.would_change,
            "explanation": because(asked, gate.cited, sentence(asks), judged.used, otherwise),
        }
    )


def _questions(asked: Asked, judged: JudgedGate) -> tuple[str, ...]:
    """Give the gate's own question, or those that would settle it where its own is answered."""
    if judged.met is not None or not judged.missing or judged.fact.value is None:
        return (judged.gate.ask,)
    return once(question_of(asked.rules, name) for name in judged.missing)

"""The answer of a program's rules in plain lines of 80 columns: each part with clause, because, and would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from navigator.days import day_words
from navigator.program.rule_answer import ASK_FOR_DECISION, Explanation, MemberCost, RuleAnswer, TravelAnswer, UsedFact
from provider_directory.models import Step
from provider_directory.spoken import dollars

CELLS = 80
LABEL = 14
_INDENT = " " * LABEL
_STATES = {
    "met": "met",
    "not_yet": "not yet",
    "to_do": "to do",
    "ask": "ask",
    "applies": "applies",
    "may_apply": "may apply",
    "does_not_apply": "does not apply",
}


def rule_lines(answer: RuleAnswer, procedure: str, contract: str, lacking: Sequence[str] = ()) -> Iterator[str]:
    """Give the lines, the most needed first.

    ``contract`` says how the center stands, ``lacking`` what the program does not do yet.
    """
    yield from wrap(f"{procedure} at {answer.facility_name}", CELLS)
    yield from wrap(_asked(answer), CELLS)
    yield ""
    yield from wrap(f"{answer.headline[:1].upper()}{answer.headline[1:]}", CELLS)
    for warning in (*lacking, *answer.warnings):
        yield from wrap(f"! {warning}", CELLS, subsequent_indent="  ")
    groups = (_who(answer, contract), _costs(answer), _given(answer), _asked_of_member(answer), _ways_around(answer))
    for group in groups:
        if lines := list(group):
            yield ""
            yield from lines
    yield ""
    yield from _row("To say", f"“{answer.spoken}”")
    yield ""
    for note in answer.notes:
        yield from wrap(note, CELLS)


def _who(answer: RuleAnswer, contract: str) -> Iterator[str]:
    yield from _row("Center", f"{answer.facility_name}: {contract}.")
    yield from _part("Eligible", answer.eligibility.words, answer.eligibility.explanation)
    yield from _part("In program", answer.coverage.words, answer.coverage.explanation)


def _costs(answer: RuleAnswer) -> Iterator[str]:
    yield from _cost("Here", answer.here)
    if answer.hsa:
        yield from _part("HSA", "An HSA-qualified plan cannot waive everything.", answer.hsa)
    yield from _cost("Elsewhere", answer.elsewhere)
    if answer.savings:
        yield from _row("Savings", answer.savings.words)
        yield from _steps(answer.savings.steps)


def _asked(answer: RuleAnswer) -> str:
    version = f", rules {answer.program.version}" if answer.program.version else ""
    return (
        f"{answer.program.employer}, plan year {answer.program.plan_year}{version};"
        f" asked on {day_words(answer.on)}, care about {day_words(answer.care_day)}"
    )


def _given(answer: RuleAnswer) -> Iterator[str]:
    if answer.reward:
        yield from _part("Reward", answer.reward.words, answer.reward.explanation)
    if answer.travel:
        yield from _travel(answer.travel)


def _travel(travel: TravelAnswer) -> Iterator[str]:
    yield from _row("Travel", travel.words)
    if travel.miles_warning and travel.miles_warning not in travel.words:
        yield from _row("", f"! {travel.miles_warning}")
    for line in travel.lines:
        taxable = f"; {dollars(line.may_be_taxable_cents)} of it may be taxable" if line.may_be_taxable_cents else ""
        yield from _row("", f"{line.what}: {dollars(line.paid_cents)} ({line.how}){taxable}")
    for ask in travel.ask:
        yield from _row("", f"ask: {ask}")
    yield from _why(travel.explanation, travel.words)


def _asked_of_member(answer: RuleAnswer) -> Iterator[str]:
    for duty in answer.duties:
        yield from _part("Duty", _with_state(_STATES[duty.state], duty.words), duty.explanation)
    if answer.second_opinion:
        yield from _part("2nd opinion", answer.second_opinion.words, answer.second_opinion.explanation)
    for gate in answer.gates:
        said = f"ask: {gate.ask}" if gate.state == "ask" else _with_state(_STATES[gate.state], gate.words)
        yield from _row("Gate", said)
        if gate.state != "met" and gate.would_change:
            yield from _row("", f"would change it: {gate.would_change}")
        yield from _why(gate.explanation, said, with_change=gate.would_change is None)
    if any(gate.state == "not_yet" and ASK_FOR_DECISION not in (gate.would_change or "") for gate in answer.gates):
        yield from _row("", ASK_FOR_DECISION)


def _ways_around(answer: RuleAnswer) -> Iterator[str]:
    for exception in answer.exceptions:
        yield from _part("Exception", _with_state(_STATES[exception.state], exception.words), exception.explanation)
    if answer.appeal:
        to = f" To: {answer.appeal.to}." if answer.appeal.to and answer.appeal.to not in answer.appeal.words else ""
        yield from _part("Appeal", f"{answer.appeal.words}{to}", answer.appeal.explanation)
    if answer.follow_up_days:
        yield from _row("Follow-up", f"calls {', '.join(map(str, answer.follow_up_days))} days after the operation")


def _cost(label: str, cost: MemberCost) -> Iterator[str]:
    yield from _row(label, cost.words)
    yield from _steps(cost.steps)
    for ask in cost.ask:
        yield from _row("", ask if ask.startswith("Ask ") else f"ask: {ask}")
    yield from _why(cost.explanation, cost.words)


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield from _row("", f"{step.text}: {step.result}")


def _part(label: str, words: str, explanation: Explanation) -> Iterator[str]:
    yield from _row(label, words)
    yield from _why(explanation, words)


def _with_state(state: str, words: str) -> str:
    return words if words.lower().startswith(state) else f"{state}: {words}"


def _why(explanation: Explanation, said: str, with_change: bool = True) -> Iterator[str]:
    """Say the clause with the plan's words where ``said`` does not hold them, the facts, and what would change it."""
    words = explanation.words if explanation.words and not _same(explanation.words, said) else None
    if explanation.clause:
        version = f" ({explanation.version})" if explanation.version else ""
        yield from _row("", f"clause {explanation.clause}{version}{f': “{words}”' if words else ''}")
    elif words:
        yield from _row("", f"by: {words}")
    if explanation.used:
        yield from _row("", f"because: {'; '.join(map(_fact, explanation.used))}")
    if explanation.counterfactual and with_change:
        yield from _row("", f"would change it: {explanation.counterfactual}")


def _same(words: str, said: str) -> bool:
    return words.rstrip(".").casefold() in said.casefold()


def _fact(fact: UsedFact) -> str:
    source = ", ".join(part for part in (fact.source, f"of {day_words(fact.as_of)}" if fact.as_of else None) if part)
    named = fact.value if fact.fact == "contract" else f"{fact.fact} {fact.value}"
    return f"{named}{f' ({source})' if source else ''}"


def _row(label: str, text: str) -> Iterator[str]:
    first = f"{label:<{LABEL}}"
    yield from wrap(
        text,
        CELLS,
        initial_indent=first,
        subsequent_indent=_INDENT if label else f"{_INDENT}  ",
        break_on_hyphens=False,
    )

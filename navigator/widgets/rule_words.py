"""The lines of the rule card, from the answer of a program's rules (PRODUCT "The call", CONTRACT 7, 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from navigator.text import line, safe, shortened

if TYPE_CHECKING:
    from navigator.program.rule_answer import Explanation, GateAnswer, RuleAnswer, TravelAnswer

LABEL_CELLS = 10
"""The width of the word before a line; further lines stand under the line's own words."""
MOST_CELLS = 96
"""A part says no more on the card; the rest stands on its ladder."""
GATE_MARKS = {"met": ("✓", "$success"), "not_yet": ("◔", "$warning"), "ask": ("?", "$warning")}
DUTY_MARKS = {"met": ("✓", "$success"), "to_do": ("○", "$warning"), "ask": ("?", "$warning")}
EXCEPTION_WORDS = {"applies": "applies", "may_apply": "may apply", "does_not_apply": "does not apply"}
COVERAGE_MARKS = {
    "covered": ("●", "$success"),
    "not_in_program": ("·", "$muted"),
    "left_out": ("○", "$warning"),
    "not_covered": ("✕", "$error"),
    "ask": ("?", "$warning"),
}
NO_RULE = "The program's file has no rule for this: ask the plan."
NO_GATES = "The program's file has no rule, so it asks nothing of the member: ask the plan."
NO_PROGRAM = "No program was named, so no rule is known."


class RuleHints(NamedTuple):
    """The keys in force that the card names, and whether it may show what the program asks of the body."""

    opens: str
    asks: str
    gates: bool = True


def rule_lines(answer: RuleAnswer, hints: RuleHints) -> list[Content]:
    """Say the rule for the center in hand: mode, here, elsewhere, what the caller must know, each with its clause."""
    found = [_headline(answer)]
    if answer.eligibility.state in ("ended", "not_yet"):
        found.append(_warning(answer.eligibility.words))
    found.append(_part("here", answer.here.words, answer.here.explanation, "bold"))
    found.append(_part("elsewhere", answer.elsewhere.words, answer.elsewhere.explanation))
    found += [_warning(words) for words in answer.warnings]
    found += [*_gates(answer, hints), *_travel(answer.travel)]
    if answer.hsa:
        found.append(_part("HSA plan", answer.hsa.words or "", answer.hsa))
    found += [*_duties(answer), *_ways_around(answer)]
    return [*found, _foot(hints)]


def failed_lines(message: str, next_step: str) -> list[Content]:
    """Say why the rules of the program's file cannot be read, and what to do."""
    return [line(("! ", "$warning"), message), safe(next_step, "$muted")]


def mode_words(answer: RuleAnswer) -> str:
    """Give the rule in a word or two: "voluntary", "tiered, tier 1", "not in the program"."""
    coverage = answer.coverage
    if coverage.state == "not_in_program" or coverage.mode is None:
        return "not in the program"
    if coverage.state == "left_out":
        return f"{coverage.mode}, not for this member"
    return f"{coverage.mode}, {coverage.tier}" if coverage.tier else coverage.mode


def pay_words(answer: RuleAnswer, where: str) -> tuple[str, ...]:
    """Say what is paid here and elsewhere, from the longest to the shortest words, for a line that may be short.

    ``where`` is how the line calls the center: "here", or "inside" while none is in hand.
    """
    here, elsewhere = answer.here.short, answer.elsewhere.short
    if here == "ask":
        return ()
    at_center = f"{here} {where}"
    shortest = here if where == "here" else at_center
    return (f"{at_center}, {elsewhere} elsewhere", at_center, shortest) if elsewhere != "ask" else (at_center, shortest)


def marked(mark: tuple[str, str], words: str) -> Content:
    """Put a sign with its color before words."""
    return line(mark, " ", words)


def _headline(answer: RuleAnswer) -> Content:
    """Give the mode; why a rule does not count is said at once, what it says where it counts stands on its ladder."""
    mark = COVERAGE_MARKS[answer.coverage.state]
    words = "" if answer.coverage.state == "covered" else f"  {answer.coverage.words}"
    clause = _clause(answer.coverage.explanation)
    return line((f"{mark[0]} ", mark[1]), (mode_words(answer), "bold"), words, clause)


def _part(label: str, words: str, because: Explanation, style: str = "") -> Content:
    return line((f"{label:<{LABEL_CELLS}}", "$muted"), shortened(safe(words, style), MOST_CELLS), _clause(because))


def _clause(because: Explanation) -> Content:
    return line((f"  {because.clause}", "$muted")) if because.clause else line("")


def _warning(words: str) -> Content:
    return line((f"{'!':<{LABEL_CELLS}}", "$warning"), shortened(safe(words), MOST_CELLS))


def _gates(answer: RuleAnswer, hints: RuleHints) -> Iterator[Content]:
    """Give one line for all gates that are met, one for all to be asked, and one for each that is not yet met."""
    if not hints.gates or not answer.gates:
        return
    to_ask = [gate for gate in answer.gates if gate.state == "ask"]
    met = sum(gate.state == "met" for gate in answer.gates)
    counts = [f"{met} met"] if met else []
    counts += [f"{len(to_ask)} to ask"] if to_ask else []
    if counts:
        names = ", ".join(gate_name(gate) for gate in to_ask)
        mark = GATE_MARKS["ask" if to_ask else "met"]
        label = (f"{'gates':<{LABEL_CELLS}}", "$muted")
        yield line(label, mark, f" {', '.join(counts)}", (f": {names}" if names else "", "$muted"))
    for gate in answer.gates:
        if gate.state == "not_yet":
            change = (f"  {gate.would_change}" if gate.would_change else "", "$muted")
            yield line((f"{'not yet':<{LABEL_CELLS}}", "$warning"), gate.words, change, _clause(gate.explanation))


def gate_name(gate: GateAnswer) -> str:
    """Name a gate in a word or two: by the fact that it asks about, else by its id."""
    from navigator.program.engine.facts import label_of  # deferred: pydantic, 56 ms before the first frame

    return label_of(gate.id.replace("-", "_"))


def _travel(travel: TravelAnswer | None) -> Iterator[Content]:
    if travel is None:
        return
    yield _part("travel", travel.words, travel.explanation)
    if travel.miles_warning:
        yield _warning(travel.miles_warning)


def _duties(answer: RuleAnswer) -> Iterator[Content]:
    for duty in answer.duties:
        label = (f"{'duty':<{LABEL_CELLS}}", "$muted")
        words = shortened(marked(DUTY_MARKS[duty.state], duty.words), MOST_CELLS)
        yield line(label, words, _clause(duty.explanation))
    opinion = answer.second_opinion
    if opinion and opinion.required:
        yield _part("opinion", opinion.words, opinion.explanation)


def _ways_around(answer: RuleAnswer) -> Iterator[Content]:
    if reward := answer.reward:
        yield _part("reward", reward.words, reward.explanation)
    for exception in answer.exceptions:
        if exception.state != "does_not_apply":
            words = f"{exception.title} ({EXCEPTION_WORDS[exception.state]})"
            yield _part("exception", words, exception.explanation)
    if answer.appeal:
        yield _part("appeal", answer.appeal.words, answer.appeal.explanation)


def _foot(hints: RuleHints) -> Content:
    asks: Sequence[tuple[str, str]] = (
        ((f"  {hints.asks}", "$accent"), (" asks the member", "$muted")) if hints.asks else ()
    )
    return line((hints.opens, "$accent"), (" opens every clause, and what would change it", "$muted"), *asks)

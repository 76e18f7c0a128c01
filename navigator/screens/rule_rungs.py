"""The rule for one center as rungs: each part with its clause, the facts it rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.screens.ladder import Rung
from navigator.text import line
from navigator.widgets import phrases, rule_words

if TYPE_CHECKING:
    from navigator.languages.translating import Translator
    from navigator.program.rule_answer import Explanation, MemberCost, RuleAnswer, TravelAnswer
    from provider_directory.models import Step

DETAIL_INDENT = 12
"""The width of the words before a detail."""
_MOST_NUMBERED = 9
_NAME_CELLS = 11


def rule_rungs(answer: RuleAnswer, gates: bool, savings: bool) -> list[Rung]:
    """Give the parts in the order of the call; the first nine bear their digit.

    ``gates``: what the program asks of the body may be shown; ``savings``: what the plan may save, too.
    """
    parts = [*_costs(answer), *_duties(answer)]
    if gates:
        parts += _gates(answer)
    parts += _ways_around(answer)
    if savings and answer.savings:
        parts.append(("saving", line(answer.savings.words), tuple(_steps(answer.savings.steps))))
    parts.append(("file", line((_file_words(answer), "$muted")), tuple(_file(answer))))
    return [_rung(number, *part) for number, part in enumerate(parts, 1)]


def aloud_rungs(answer: RuleAnswer, say: Translator) -> list[Rung]:
    """Give the whole rule a sentence a rung, as it is read aloud to a caller of another language than English."""
    from navigator.line_mode.rule_said import rule_said  # deferred: the vocabulary, after the first frame

    name = f"{'aloud':<{_NAME_CELLS}}"
    return [
        Rung(f"aloud-{number}", line("  ", (name, "$muted"), f"“{words}”"), (line(f"“{words}”"),))
        for number, words in enumerate(rule_said(say, answer))
    ]


Part = tuple[str, Content, tuple[Content, ...]]
"""What a part is called, its words, and what stands under it."""


def _rung(number: int, name: str, words: Content, detail: tuple[Content, ...]) -> Rung:
    digit = (f"{number} ", "bold $accent") if number <= _MOST_NUMBERED else "  "
    return Rung(f"part-{number}", line(digit, (f"{name:<{_NAME_CELLS}}", "$muted"), words), detail)


def _costs(answer: RuleAnswer) -> Iterator[Part]:
    """Give whether and how the rule counts, and what the member pays and gets."""
    coverage, eligibility = answer.coverage, answer.eligibility
    mark = rule_words.COVERAGE_MARKS[coverage.state]
    mode = line(mark, " ", (rule_words.mode_words(answer), "bold"), f"  {coverage.words}")
    yield "rule", mode, _said(coverage.words, coverage.explanation)
    yield "here", line((answer.here.words, "bold")), _cost(answer.here)
    yield "elsewhere", line(answer.elsewhere.words), _cost(answer.elsewhere)
    if answer.hsa:
        yield "HSA plan", line(answer.hsa.words or ""), _said(answer.hsa.words or "", answer.hsa)
    if travel := answer.travel:
        yield "travel", line(travel.words), (line(travel.words), *_travel(travel))
    if reward := answer.reward:
        yield "reward", line(reward.words), _said(reward.words, reward.explanation)
    yield "eligible", line(eligibility.words), _said(eligibility.words, eligibility.explanation)


def _duties(answer: RuleAnswer) -> Iterator[Part]:
    for duty in answer.duties:
        words = rule_words.marked(rule_words.DUTY_MARKS[duty.state], duty.words)
        yield "duty", words, _said(duty.words, duty.explanation)
    if opinion := answer.second_opinion:
        yield "opinion", line(opinion.words), _said(opinion.words, opinion.explanation)


def _gates(answer: RuleAnswer) -> Iterator[Part]:
    for gate in answer.gates:
        words = gate.ask if gate.state == "ask" else gate.words
        detail = [line(gate.words), _row("asked", gate.ask)]
        if gate.would_change:
            detail.append(_row("change", gate.would_change))
        mark = rule_words.GATE_MARKS[gate.state]
        yield "gate", rule_words.marked(mark, words), (*detail, *_because(gate.explanation, gate.words))


def _ways_around(answer: RuleAnswer) -> Iterator[Part]:
    for exception in answer.exceptions:
        state = (f"  {rule_words.EXCEPTION_WORDS[exception.state]}", "$muted")
        detail = _because(exception.explanation, exception.words)
        how = (line(exception.title), _row("how", exception.words))
        yield "exception", line(exception.title, state), (*how, *detail)
    if appeal := answer.appeal:
        yield "appeal", line(appeal.words), _said(appeal.words, appeal.explanation)


def _said(words: str, because: Explanation) -> tuple[Content, ...]:
    """Give the whole words, of which a rung may show the beginning only, and why."""
    return line(words), *_because(because, words)


def _cost(cost: MemberCost) -> tuple[Content, ...]:
    asked = [_row("to ask" if number == 0 else "", question) for number, question in enumerate(cost.ask)]
    return (line(cost.words), *asked, *_steps(cost.steps), *_because(cost.explanation, cost.words))


def _steps(steps: Sequence[Step]) -> Iterator[Content]:
    for number, step in enumerate(steps):
        name = (f"{'reckoned' if number == 0 else '':<{DETAIL_INDENT}}", "$muted")
        yield line(name, step.text, ("  = ", "$muted") if step.result else "", (step.result, "bold"))


def _travel(travel: TravelAnswer) -> Iterator[Content]:
    if travel.miles_warning:
        yield line((f"{'!':<{DETAIL_INDENT}}", "$warning"), travel.miles_warning)
    if travel.road_miles is not None:
        source = f", {travel.road_miles_source}" if travel.road_miles_source else ""
        yield _row("by road", f"{travel.road_miles:g} miles{source}")
    yield _row("people", str(travel.people))
    for each in travel.lines:
        taxed = each.may_be_taxable_cents
        beside = f"; {phrases.dollars_and_cents(taxed)} may be taxable" if taxed else ""
        yield _row(each.what, f"{phrases.dollars_and_cents(each.paid_cents)}, {each.how}{beside}")
    if travel.cap_left_cents is not None:
        yield _row("left of cap", phrases.dollars_and_cents(travel.cap_left_cents))
    for question in travel.ask:
        yield _row("to ask", question)
    yield from _because(travel.explanation, travel.words)


def _because(because: Explanation, said: str = "") -> Iterator[Content]:
    """Give clause and version, the plan's own words where they are others, each fact with its source, the change."""
    if because.clause:
        version = f", version {because.version}" if because.version else ""
        yield line((f"{'clause':<{DETAIL_INDENT}}", "$accent"), (because.clause, "bold"), version)
    if because.words and because.words != said:
        yield _row("it says", f"“{because.words}”" if because.clause else because.words)
    for number, fact in enumerate(because.used):
        source = ", ".join(filter(None, (fact.source, phrases.day_words(fact.as_of) if fact.as_of else None)))
        name = (f"{'because' if number == 0 else '':<{DETAIL_INDENT}}", "$muted")
        yield line(name, fact.fact, (": ", "$muted"), (fact.value, "bold"), (f"  {source}" if source else "", "$muted"))
    if because.counterfactual:
        yield _row("otherwise", because.counterfactual)


def _file_words(answer: RuleAnswer) -> str:
    version = f", version {answer.program.version}" if answer.program.version else ""
    return f"{answer.program.employer}, plan year {answer.program.plan_year}{version}"


def _file(answer: RuleAnswer) -> Iterator[Content]:
    yield _row("program", f"{answer.program.id}: {_file_words(answer)}")
    yield _row("SHA-256", answer.program.sha256)
    yield _row("asked on", phrases.day_words(answer.on))
    yield _row("care day", phrases.day_words(answer.care_day))
    if answer.follow_up_days:
        yield _row("follow-up", f"day {', '.join(map(str, answer.follow_up_days))}")
    for words in (*answer.warnings, *answer.notes):
        yield _row("", words)


def _row(name: str, words: str) -> Content:
    return line((f"{name:<{DETAIL_INDENT}}", "$muted"), words)

"""Whether the member is covered on the day of care, by dates; a match is no guarantee."""

from __future__ import annotations

from navigator.days import day_words
from navigator.program.engine.asked import Asked
from navigator.program.engine.facts import date_used
from navigator.program.rule_answer import NOT_A_GUARANTEE, Eligibility, Explanation, UsedFact

_OPEN_CASE = (
    "An open case stays open and nothing in it is lost, but no care is arranged until the coverage is confirmed; "
    "ask whether COBRA or another plan covers the day of care."
)


def eligibility(asked: Asked) -> Eligibility:
    """Answer by the dates of the eligibility file."""
    member, day, on = asked.member, asked.care.care_day, asked.care.on
    start, end = member.covered_from, member.covered_to
    likely = "the day of care" if asked.care.care_day_given else "the likely day of care"
    if end is not None and end < day:
        if end < on:
            words = f"Coverage ended on {day_words(end)}. {_OPEN_CASE}"
        else:
            words = f"Coverage ends on {day_words(end)}, before {likely}, {day_words(day)}. {_OPEN_CASE}"
        within = "falls within the coverage" if start else "comes before the coverage ends"
        return _answer(asked, "ended", words, f"Care up to {day_words(end)} {within}.")
    if start is not None and start > day:
        words = f"Coverage begins on {day_words(start)}, after {likely}, {day_words(day)}."
        return _answer(asked, "not_yet", words, f"Care from {day_words(start)} on falls within the coverage.")
    if start is None:
        words = "Whether the member is covered on the day of care is not known: check the eligibility file."
        return _answer(asked, "not_known", words, "A match with the eligibility file would show the dates.")
    words = f"Covered on {likely}, {day_words(day)}, by the eligibility file. {NOT_A_GUARANTEE}"
    return _answer(asked, "eligible", words, _would_end(asked))


def eligibility_warnings(asked: Asked) -> tuple[str, ...]:
    """Say what employment and Medicare change, and what a coverage that ends in time means for the answer."""
    member, warnings = asked.member, []
    if member.employment == "cobra":
        warnings.append(
            "COBRA: the plan's rules hold while the premiums are paid; check that they are paid to the day."
        )
    if member.employment == "retiree":
        warnings.append("Retiree: check that the retiree plan has this program.")
    if member.employment == "leave":
        warnings.append("On leave: check that coverage goes on to the day of care.")
    if member.medicare_primary:
        warnings.append(
            "Medicare pays first: this plan pays after it, and the program's cost may not hold. Ask the plan."
        )
    if asked.payable and asked.day != asked.care.care_day and asked.day in (member.covered_to, member.covered_from):
        warnings.append(f"Costs are for care on {day_words(asked.day)}, within the coverage.")
    return tuple(warnings)


def _answer(asked: Asked, state: str, words: str, counterfactual: str | None) -> Eligibility:
    member = asked.member
    used: list[UsedFact] = []
    if member.covered_from:
        used.append(date_used("covered from", member.covered_from, "eligibility file", member.eligibility_as_of))
    if member.covered_to:
        used.append(date_used("covered to", member.covered_to, "eligibility file", member.eligibility_as_of))
    used.append(date_used("day of care", asked.care.care_day, "given" if asked.care.care_day_given else "likely"))
    because = Explanation(
        clause=None,
        version=asked.rules.version,
        words="Coverage is judged by the first and last day in the employer's eligibility file.",
        used=tuple(used),
        counterfactual=counterfactual,
    )
    return Eligibility.model_validate({"state": state, "words": words, "explanation": because})


def _would_end(asked: Asked) -> str | None:
    end = asked.member.covered_to
    return f"Care after {day_words(end)} is not covered." if end else None

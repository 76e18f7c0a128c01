"""What a program's rules add to `coe find` and `coe compare`: what the member pays, and the rule in a few lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from navigator.program.engagement import not_done_yet
from navigator.program.engine.errors import PlanYearNotLoaded
from navigator.program.gathering import look_around
from navigator.program.in_offer import cares_of, paid_at
from navigator.program.member_file import fit_to
from navigator.program.rule_file import load_rules
from navigator.program.tax_limits import TaxYearNotLoaded, limits_of
from provider_directory.cleaning import clean

if TYPE_CHECKING:
    from navigator.program.member import MemberFacts
    from navigator.program.model import Program
    from navigator.program.rule_answer import RuleAnswer
    from provider_directory.directory import Directory
    from provider_directory.models import Center, Comparison, Offer, Question


class Ruled(NamedTuple):
    """Centers with what the member pays, and the rule's answer for the first of them."""

    centers: tuple[Center, ...]
    answer: RuleAnswer | None
    """None where the program has no rules, or none for this day."""
    warning: str | None
    """The stable word of what keeps the rules from answering."""
    said: tuple[str, ...]
    """What must be said with the centers, as sentences."""


def ruled_offer(
    directory: Directory, offer: Offer, question: Question, program: Program, member: MemberFacts, with_answer: bool
) -> tuple[Offer, Ruled]:
    """Fill ``you_pay`` of an offer; a year whose rules or limits are not loaded is a warning, the centers stay.

    ``with_answer``: the rule's whole answer at the first center is wanted too.
    Raises BadInput for rules that cannot be read, and for facts of the member that cannot be.
    """
    found = _ruled(directory, offer.centers, question, program, member, with_answer)
    warnings = (*offer.warnings, found.warning) if found.warning else offer.warnings
    return offer.model_copy(update={"centers": found.centers, "warnings": warnings}), found


def ruled_comparison(
    directory: Directory, comparison: Comparison, question: Question, program: Program, member: MemberFacts
) -> tuple[Comparison, tuple[str, ...]]:
    """Fill ``you_pay`` of the centers of a comparison, and give what must be said with it; as ``ruled_offer``."""
    centers = tuple(each.center for each in comparison.centers)
    found = _ruled(directory, centers, question, program, member, with_answer=True)
    pairs = zip(comparison.centers, found.centers, strict=True)
    filled = tuple(each.model_copy(update={"center": center}) for each, center in pairs)
    return comparison.model_copy(update={"centers": filled}), (*found.said, *_warnings(found))


def _ruled(
    directory: Directory,
    centers: tuple[Center, ...],
    question: Question,
    program: Program,
    member: MemberFacts,
    with_answer: bool,
) -> Ruled:
    rules = load_rules(program)
    fit_to(member, rules, question.on)
    lacking = not_done_yet(program, rules)
    if not rules.rules or not centers:
        return Ruled(centers, None, None, lacking)
    around = asyncio.run(look_around(directory, question, centers))
    cares = cares_of(centers, question, asyncio.run(directory.procedure(question.procedure)), member, around)
    try:
        filled = paid_at(centers, cares, rules, limits_of, member)
        if not with_answer:
            return Ruled(filled, None, None, lacking)
        from navigator.program.engine.answering import answer_rule  # deferred: what JSON never shows

        return Ruled(filled, answer_rule(rules, member, cares[0], limits_of), None, lacking)
    except (PlanYearNotLoaded, TaxYearNotLoaded) as unknown:
        return Ruled(centers, None, unknown.code, (*lacking, f"What the member pays is not known: {unknown}"))


def _warnings(ruled: Ruled) -> tuple[str, ...]:
    return ruled.answer.warnings if ruled.answer else ()


def rule_paragraph(ruled: Ruled) -> Iterator[str]:
    """Give the rule in a few sentences for the end of a plain answer; a mandatory one with its ways around."""
    yield from ruled.said
    answer = ruled.answer
    if answer is None:
        return
    program = answer.program
    yield f"The rule of {program.employer}, {program.plan_year}, at {answer.facility_name}: {answer.headline}."
    if clause := answer.coverage.explanation.clause:
        yield f"{answer.coverage.words} (clause {clause})"
    if answer.coverage.mode == "mandatory":
        for exception in answer.exceptions:
            state = exception.state.replace("_", " ")
            yield f"Exception, {state}: {exception.words} (clause {exception.explanation.clause})"
        if answer.appeal:
            yield f"Appeal: {answer.appeal.words}"
    yield from (f"! {warning}" for warning in _warnings(ruled))
    yield (
        f"`coe rule --program {clean(program.id, 60)} --procedure {answer.procedure} --center {answer.facility}`"
        " explains each part."
    )

"""One question as the engine's rooms share it: rules, member, care, the law's limits and the day that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from navigator.days import day_words
from navigator.program.care import Care, CenterFacts
from navigator.program.engine.errors import PlanYearNotLoaded
from navigator.program.member import Accumulators, MemberFacts
from navigator.program.rules import ProgramRules, TaxLimits

OLD_DAYS = 60
"""Accumulators older than this are used, and their age is said."""


@dataclass(frozen=True)
class Asked:
    """Rules x member x care, with the day whose rules and limits answer; ``warnings`` are sentences about the day."""

    rules: ProgramRules
    member: MemberFacts
    care: Care
    limits_of: Callable[[int], TaxLimits]
    day: date
    warnings: tuple[str, ...] = ()
    payable: bool = True
    """False: the member is not covered on any day that the question may mean, so no cost is estimated."""
    granted: str | None = None
    """Id of an exception that is taken as confirmed, for what it would change."""

    @property
    def limits(self) -> TaxLimits:
        """The law's limits in the tax year of the day; raises BadInput (tax_year_not_loaded)."""
        return self.limits_of(self.day.year)

    @property
    def center(self) -> CenterFacts:
        """The center of the question."""
        return self.care.center

    @property
    def accumulators(self) -> Accumulators | None:
        """The member's accumulators where they are of the plan year of the day; else None."""
        found = self.member.accumulators
        first, last = plan_year(self.rules)
        return found if found and first <= found.as_of <= last else None

    def as_if(self, *, member: MemberFacts | None = None, center: CenterFacts | None = None) -> Asked:
        """Give the same question with one thing changed, for a counterfactual."""
        care = replace(self.care, center=center) if center else self.care
        return replace(self, member=member or self.member, care=care)


def asked(rules: ProgramRules, member: MemberFacts, care: Care, limits_of: Callable[[int], TaxLimits]) -> Asked:
    """Settle which day's rules answer; raises PlanYearNotLoaded for a day outside the rules' dates."""
    day, warnings = _day_words(rules, care)
    payable = True
    if member.covered_to and member.covered_to < day:
        payable = not care.care_day_given and care.on <= member.covered_to >= rules.valid_from
        day = member.covered_to if payable else day
    if member.covered_from and member.covered_from > day:
        payable = not care.care_day_given and member.covered_from <= rules.valid_to
        day = member.covered_from if payable else day
    return Asked(rules, member, care, limits_of, day, (*warnings, *_accumulator_warnings(rules, member, care)), payable)


def plan_year(rules: ProgramRules) -> tuple[date, date]:
    """Give the first and last day of the plan year: the calendar year unless the rules' dates reach beyond it."""
    first, last = date(rules.plan_year, 1, 1), date(rules.plan_year, 12, 31)
    if first <= rules.valid_from and rules.valid_to <= last:
        return first, last
    return rules.valid_from, rules.valid_to


def _day_words(rules: ProgramRules, care: Care) -> tuple[date, tuple[str, ...]]:
    day = care.care_day
    if rules.valid_from <= day <= rules.valid_to:
        return day, ()
    dates = f"{day_words(rules.valid_from)} to {day_words(rules.valid_to)}"
    if care.care_day_given or care.on > rules.valid_to:
        told = f"the day of care is {day_words(day)}" if care.care_day_given else f"you ask on {day_words(care.on)}"
        raise PlanYearNotLoaded(
            f"The rules of {rules.employer} are loaded for {dates}; {told}.",
            "Load the program file of that plan year, or ask for a day within these dates.",
        )
    if day > rules.valid_to:
        return rules.valid_to, (
            f"Care after {day_words(rules.valid_to)} falls under the next plan year, whose rules and limits are not "
            f"loaded; this answer is for care up to that day. The likely day is {day_words(day)}.",
        )
    return rules.valid_from, (
        f"These rules begin on {day_words(rules.valid_from)}; this answer is for care from that day on. "
        f"The likely day is {day_words(day)}.",
    )


def _accumulator_warnings(rules: ProgramRules, member: MemberFacts, care: Care) -> tuple[str, ...]:
    found = member.accumulators
    if found is None:
        return ()
    first, last = plan_year(rules)
    if not first <= found.as_of <= last:
        return (
            f"What is met toward the limits is of {day_words(found.as_of)}, outside the plan year "
            f"{day_words(first)} to {day_words(last)}: it is not used.",
        )
    if care.on - found.as_of > timedelta(days=OLD_DAYS):
        age = (care.on - found.as_of).days
        return (
            f"What is met toward the limits is of {day_words(found.as_of)}, {age} days old: ask for newer figures.",
        )
    return ()

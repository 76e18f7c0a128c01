"""What is known of the member and the care, fact by fact, each with its source and date; unknown stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from navigator.days import day_words
from navigator.languages.translating import to_say
from navigator.program.engine.asked import Asked
from navigator.program.rule_answer import UsedFact
from navigator.program.rules import FactValue, PlanOption, ProgramRules

MINOR_BELOW = 18
NEAR_SHARE = Decimal("0.2")
"""Straight miles within this share of a threshold decide nothing: the road decides (CONTRACT 7)."""
USUAL: dict[str, FactValue] = {"employment": "active", "medicare_primary": False}
"""What is taken, and said to be taken, where a cost hangs on it and nobody has said (PRODUCT "Kiosk")."""
TAKEN_AS_USUAL = "taken as usual; nobody has said"
QUESTIONS = {
    "age_years": to_say("What is the member's birth date?"),
    "plan_option": to_say("Which plan option does the member have?"),
    "plan_type": to_say("Which plan option does the member have?"),
    "hsa_qualified": to_say("Which plan option does the member have?"),
    "coverage_tier": to_say("Does the plan cover the member alone, or a family?"),
    "relationship": to_say("Is the member the employee, the spouse or a child?"),
    "employment": to_say("Is the member an active employee, on COBRA, retired or on leave?"),
    "medicare_primary": to_say("Does Medicare pay first for the member?"),
    "miles": to_say("How many miles is it by road to this center?"),
    "nearest_contract_miles": to_say("How far is the nearest center under contract by road?"),
    "setting": to_say("Will it be a hospital stay or an outpatient operation?"),
    "in_network": to_say("Is this hospital in the plan's network?"),
}
LABELS = {
    "age_years": "age",
    "bmi": "BMI",
    "a1c_percent": "A1c percent",
    "tobacco_free_weeks": "weeks without tobacco",
    "pain_weeks": "weeks of pain",
    "joints_at_once": "joints at once",
    "medicare_primary": "Medicare pays first",
    "hsa_qualified": "plan with a health savings account",
    "miles": "miles to this center",
    "nearest_contract_miles": "miles to the nearest center under contract",
}
COVERED_MONTHS = "covered_months"
"""The months in the plan are counted from the first day of coverage where the member has not said them."""
ABOUT_MILES = frozenset({"miles", "nearest_contract_miles"})


@dataclass(frozen=True)
class Fact:
    """One fact; ``value`` None = not known. ``road`` is False for straight miles, which decide no near threshold."""

    name: str
    value: FactValue | None
    source: str | None = None
    as_of: date | None = None
    road: bool = True
    across_water: bool = False

    @property
    def used(self) -> UsedFact:
        """The fact in words."""
        said = "not known" if self.value is None else value_words(self.value)
        return UsedFact(fact=label_of(self.name), value=said, source=self.source, as_of=self.as_of)


@dataclass(frozen=True)
class Facts:
    """All facts of a question, with the plan option that it is answered for; None = it is not known."""

    asked: Asked
    option: PlanOption | None
    usual: bool = True
    """Whether unknown facts of USUAL are taken as usual."""

    def get(self, name: str) -> Fact:
        """Look one fact up; of MEMBER_FACTS, CARE_FACTS or the member's answers."""
        fact = self._found(name)
        if fact.value is None and self.usual and name in USUAL:
            return Fact(name, USUAL[name], TAKEN_AS_USUAL)
        return fact

    def _found(self, name: str) -> Fact:
        if name in ("plan_option", "plan_type", "hsa_qualified"):
            return self._of_option(name)
        if name in ABOUT_MILES:
            return miles_fact(self.asked) if name == "miles" else nearest_fact(self.asked)
        member, care = self.asked.member, self.asked.care
        if name == "age_years":
            years = age_on(member.birth_date, self.asked.day) if member.birth_date else None
            return Fact(name, years, "birth date, on the day of care" if years is not None else None)
        if name in ("coverage_tier", "employment", "relationship", "medicare_primary"):
            value = getattr(member, name)
            return Fact(name, value, "member's file" if value is not None else None, member.eligibility_as_of)
        if name in ("service_line", "procedure"):
            return Fact(name, getattr(care, name), "the question")
        if name == "setting":
            return Fact(name, care.setting, "the question" if care.setting else None)
        answer = member.answers.get(name)
        if name == COVERED_MONTHS and answer is None and member.covered_from is not None:
            source = f"covered from {day_words(member.covered_from)}, to the day of care"
            return Fact(name, months_to(member.covered_from, self.asked.day), source, member.eligibility_as_of)
        return Fact(name, answer, "member's answer" if answer is not None else None)

    def _of_option(self, name: str) -> Fact:
        if self.option is None:
            return Fact(name, None)
        values: dict[str, FactValue] = {
            "plan_option": self.option.id,
            "plan_type": self.option.type,
            "hsa_qualified": self.option.hsa_qualified,
        }
        source = "member's file" if self.asked.member.plan_option else "one of the program's options"
        return Fact(name, values[name], source)


def age_on(birth: date, day: date) -> int:
    """Give the age in full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_to(first: date, day: date) -> int:
    """Give the full months from one day to another; 0 where the other comes first."""
    return max(0, (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day))


def miles_fact(asked: Asked) -> Fact:
    """Give the miles to this center, one way: by road where they are known, else straight."""
    care, center = asked.care, asked.center
    if care.road_miles is not None:
        return Fact("miles", care.road_miles, care.road_miles_source or "by road")
    for known in asked.member.road_miles:
        if known.facility in (center.facility, center.ccn):
            return Fact("miles", known.miles, known.source)
    if center.straight_miles is None:
        return Fact("miles", None)
    straight = _straight(center.straight_miles)
    return Fact("miles", straight, "straight line", road=False, across_water=center.across_water)


def contract_fact(asked: Asked) -> UsedFact:
    """Give how the center stands with the program's alliances."""
    center = asked.center
    return UsedFact(fact="contract", value=center.contract_words, source=center.contract_source, as_of=None)


def nearest_fact(asked: Asked) -> Fact:
    """Give the straight miles to the nearest center under contract; Infinity where there is none anywhere."""
    care, name = asked.care, "nearest_contract_miles"
    if not care.nearest_contract_known:
        return Fact(name, None)
    if care.nearest_contract_miles is None:
        return Fact(name, Decimal("Infinity"), "this edition holds no center under contract")
    return Fact(name, _straight(care.nearest_contract_miles), "straight line", road=False)


def _straight(miles: float) -> Decimal:
    """Give straight miles to a tenth: they decide nothing near a threshold, so more says nothing (CONTRACT 7)."""
    return Decimal(str(miles)).quantize(Decimal("0.1"))


def label_of(name: str) -> str:
    """Give a fact's name in words."""
    return LABELS.get(name, name.replace("_", " "))


def value_words(value: FactValue) -> str:
    """Give a fact's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(word.replace("_", " ") for word in value)
    if isinstance(value, Decimal):
        return "none anywhere" if value.is_infinite() else number_words(value)
    return str(value).replace("_", " ")


def number_words(number: Decimal | int) -> str:
    """Write a number exactly, without zeros at its end: a rounded one could seem to meet a limit that it does not."""
    text = f"{Decimal(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def question_of(rules: ProgramRules, name: str) -> str:
    """Give the question that makes a fact known: the program's own, else ours."""
    own = next((question.ask for question in rules.questions if question.fact == name), None)
    return own or QUESTIONS.get(name) or f"What is known of: {label_of(name)}?"


def date_used(name: str, day: date, source: str | None, as_of: date | None = None) -> UsedFact:
    """Give a date as a used fact."""
    return UsedFact(fact=name, value=day_words(day), source=source, as_of=as_of)

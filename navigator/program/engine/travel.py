"""Travel to a center: whether the plan pays it, for whom, how much, and what of it may be taxable (METHOD 3.5)."""

from __future__ import annotations

from decimal import Decimal

from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import first_that_holds, judge, undecided
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import (
    MINOR_BELOW,
    Fact,
    Facts,
    age_on,
    contract_fact,
    miles_fact,
    number_words,
    question_of,
)
from navigator.program.engine.sharing import least
from navigator.program.engine.travel_lines import estimated, within
from navigator.program.engine.wording import once
from navigator.program.rule_answer import TravelAnswer, UsedFact
from navigator.program.rules import Rule, Travel
from provider_directory.spoken import dollars

_ROAD = "How many miles is it by road to this center, and where do they come from?"
_BIRTH = "What is the member's birth date? A minor may bring more companions."
_COUNTED = {1: "one", 2: "two", 3: "three", 4: "four"}
_COST = "How many nights, and what does a night's lodging cost?"


def travel(asked: Asked, rule: Rule, facts: Facts) -> TravelAnswer | None:
    """Answer for the first provision whose conditions hold; None where the rule names no travel for this member."""
    possible = first_that_holds(rule.travel, lambda each: each.when, facts)
    if not possible:
        return None
    named = possible[0]
    verdict = judge(named.when, facts)
    miles = miles_fact(asked)
    people, ask_age = people_paid(asked, named)
    state, reason, would_change = _state(asked, named, miles, verdict.holds)
    cap = _cap_left(asked, named)
    lines = within(estimated(asked, named, miles, people), cap) if state in ("paid", "check_miles") else ()
    asks = [question_of(asked.rules, name) for name in verdict.missing]
    asks += [_ROAD] if state in ("check_miles", "ask", "paid") and not (miles.road and miles.value is not None) else []
    asks += [_BIRTH] if ask_age and state != "not_paid" else []
    asks += [_COST] if state in ("paid", "check_miles") and asked.member.travel_nights is None else []
    says = _says(asked, named, people, cap)
    words = " ".join([reason, *says] if state != "not_paid" else [reason])
    start = f"from {number_words(named.min_miles)} miles" if named.min_miles is not None else ""
    start = start or ("by its conditions" if _by_miles(named) else "from the first mile")
    rule_words = " ".join([f"Travel {start}.", *says])
    used = (contract_fact(asked), *verdict.used)
    used = (*used, miles.used) if miles.value is not None and named.min_miles is not None else used
    return TravelAnswer.model_validate(
        {
            "state": state,
            "straight_miles": asked.center.straight_miles,
            "road_miles": float(str(miles.value)) if miles.road and miles.value is not None else None,
            "road_miles_source": miles.source if miles.road and miles.value is not None else None,
            "miles_warning": miles_warning(asked, named, miles),
            "people": people,
            "cap_left_cents": cap,
            "lines": lines,
            "words": words,
            "ask": once(asks),
            "explanation": because(asked, named.cited, rule_words, _with_age(asked, named, used), would_change),
        }
    )


def people_paid(asked: Asked, named: Travel) -> tuple[int, bool]:
    """Give the member and the companions that the plan pays for, and whether the age must be asked for."""
    companions, ask_age = named.companions, False
    if named.companions_if_minor is not None:
        birth = asked.member.birth_date
        ask_age = birth is None and named.companions_if_minor != named.companions
        if birth is not None and age_on(birth, asked.day) < MINOR_BELOW:
            companions = named.companions_if_minor
    return 1 + (0 if asked.member.companion_available is False else companions), ask_age


def miles_warning(asked: Asked, named: Travel, miles: Fact) -> str | None:
    """Say that straight miles do not decide near the threshold or across water (CONTRACT 7)."""
    if named.min_miles is None or miles.road or not isinstance(miles.value, Decimal) or not asked.center.under_contract:
        return None
    if not undecided(miles.value, named.min_miles, miles.across_water):
        return None
    over = " across open water" if miles.across_water else ""
    start = number_words(named.min_miles)
    return f"{_straight_words(asked, miles.value)}{over}; your plan counts by road from {start}: check"


def _state(asked: Asked, named: Travel, miles: Fact, holds: bool | None) -> tuple[str, str, str | None]:
    """Give the state, the reason in a sentence and what would change it."""
    start = number_words(named.min_miles) if named.min_miles is not None else None
    if not asked.center.under_contract:
        return (
            "not_paid",
            "Travel is paid to centers under contract only.",
            "To a center under contract it may be paid.",
        )
    if holds is None:
        return "ask", "Whether travel is paid depends on what is not known.", None
    if named.min_miles is None or start is None:
        return "paid", "Travel is paid." if _by_miles(named) else "Travel is paid from the first mile.", None
    if miles.value is None:
        return "ask", f"Travel is paid from {start} miles; how far it is is not known.", None
    found = Decimal(str(miles.value))
    if not miles.road and undecided(found, named.min_miles, miles.across_water):
        otherwise = f"By road {start} miles or more: it is paid. Less: it is not."
        return "check_miles", f"Travel is paid from {start} miles by road; check the road.", otherwise
    how = f"{number_words(found)} miles by road" if miles.road else _straight_words(asked, found)
    by_road = "" if miles.road else " by road"
    below, beyond = f"Below {start} miles by road it is not paid.", f"From {start} miles by road it is paid."
    if found < named.min_miles:
        return "not_paid", f"Travel is not paid: {how}, and the plan pays from {start}{by_road}.", beyond
    longer = "" if miles.road else "; the road is never shorter"
    return "paid", f"Travel is paid: {how}, and the plan pays from {start}{by_road}{longer}.", below


def _straight_words(asked: Asked, miles: Decimal) -> str:
    """Say straight miles as the offer says them: "about 601 miles straight"."""
    said = asked.center.miles_words or f"about {number_words(miles)} miles"
    return said if "straight" in said else f"{said} straight"


def _by_miles(named: Travel) -> bool:
    """Say whether a provision without min_miles has its own test of the miles, e.g. a band of them."""
    return any(test.fact == "miles" for test in named.when)


def _cap_left(asked: Asked, named: Travel) -> int | None:
    paid = (asked.accumulators.travel_paid_cents if asked.accumulators else None) or 0
    year = max(0, named.cap_year_cents - paid) if named.cap_year_cents is not None else None
    return least(named.cap_case_cents, year)


def _says(asked: Asked, named: Travel, people: int, cap: int | None) -> list[str]:
    """Give the provision in sentences: people, cap, lodging, meals, who arranges it."""
    said = [f"For {'the member alone' if people == 1 else f'{people} people'}."]
    if people == 1 and named.companions:
        said = [f"For the member; the plan would pay for {named.companions} going along too."]
    if cap is not None:
        used = asked.accumulators.travel_paid_cents if asked.accumulators else None
        less = ", less what was paid this year" if named.cap_year_cents is not None and used is None else ""
        said.append(f"At most {dollars(cap)}{less}.")
    if named.lodging_night_cents is not None or named.nights is not None:
        night = f"up to {dollars(named.lodging_night_cents)} a night" if named.lodging_night_cents is not None else ""
        nights = f"at most {named.nights} nights" if named.nights is not None else ""
        said.append(f"Lodging {', '.join(part for part in (night, nights) if part)}.")
    if named.per_diem_cents is not None:
        said.append(f"{dollars(named.per_diem_cents)} a person and day; it may be taxable.")
    if named.meals_per_person_day is not None:
        said.append(f"{named.meals_per_person_day} meals a person and day; they may be taxable.")
    if named.travel_class:
        said.append(f"Travel class: {named.travel_class}.")
    if named.preapproval:
        said.append("It must be approved before the trip.")
    if named.arranged_by:
        said.append(f"Arranged by {named.arranged_by}.")
    return said


def _with_age(asked: Asked, named: Travel, used: tuple[UsedFact, ...]) -> tuple[UsedFact, ...]:
    if named.companions_if_minor is None or asked.member.birth_date is None:
        return used
    return (*used, Facts(asked, None).get("age_years").used)


def travel_phrase(rule: Rule | None, answer: TravelAnswer | None) -> str | None:
    """Give travel in a few words for the card's line, e.g. "travel for two from 50 mi"; None where none is paid."""
    if rule is None or answer is None or answer.state == "not_paid":
        return None
    named = next((each for each in rule.travel if each.cited.clause == answer.explanation.clause), None)
    start = f" from {number_words(named.min_miles)} mi" if named and named.min_miles is not None else ""
    whom = _COUNTED.get(answer.people, str(answer.people))
    return f"travel for {whom}{start}" + (": check the miles" if answer.state == "check_miles" else "")

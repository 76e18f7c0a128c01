"""The form of what the rules ask of a member: its fields, what each may hold, and the facts that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.languages.translating import to_say
from navigator.program.engine.facts import label_of
from navigator.program.member import Accumulated, Accumulators, MemberFacts, RoadMiles
from navigator.referral import checks
from navigator.referral.record import Field
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program.rules import ProgramRules, Question

TIERS = (("self", "Self"), ("self_spouse", "+ spouse"), ("self_children", "+ children"), ("family", "Family"))
EMPLOYMENTS = (("active", "Active"), ("cobra", "COBRA"), ("retiree", "Retiree"), ("leave", "On leave"))
MILES_SOURCES = (("map", "Map"), ("plan", "Plan's tool"), ("caller", "Caller says"))
AS_OF = "as_of"
ANSWER = "answer-"
"""Before the fact's name in the id of a field that answers a question of the program."""
_MOST_DOLLARS = 1_000_000
_MONEY = re.compile(r"\$?\s*([0-9][0-9,]*)(?:\.([0-9]{1,2}))?")
_MET = {
    "deductible_met": ("individual", "deductible_met_cents", "Deductible met"),
    "out_of_pocket_met": ("individual", "out_of_pocket_met_cents", "Out-of-pocket met"),
    "family_deductible_met": ("family", "deductible_met_cents", "Family deductible met"),
    "family_out_of_pocket_met": ("family", "out_of_pocket_met_cents", "Family out-of-pocket met"),
}
FAMILY_ONLY = ("family_deductible_met", "family_out_of_pocket_met")


class Asked(NamedTuple):
    """A field with what is to be asked aloud for it; "" = its label is enough."""

    field: Field
    aloud: str = ""


def fields_for(rules: ProgramRules, answer: RuleAnswer | None, questions: tuple[Question, ...]) -> list[Asked]:
    """Give the fields of a desk in speech order: the plan, the year so far, the program's questions, the way."""
    found = [*plan_fields(rules), Asked(_field("birth_date", "Birth date", checks.birth_date, "3/9/1961"))]
    found += [Asked(_field(key, label, money, "1,200")) for key, (_whose, _name, label) in _MET.items()]
    found.append(Asked(_field(AS_OF, "Met as of", _past_day, "11/1/2026"), to_say("As of which day is that?")))
    found += [_asked(question) for question in questions if question.fact != "age_years"]
    return [*found, *_way_fields(answer)]


def plan_fields(rules: ProgramRules) -> list[Asked]:
    """Give the fields about the plan, which say nothing of a body: they may stand before anybody."""
    options = tuple((option.id, option.name) for option in rules.plan_options)
    found = [Asked(_choice("plan_option", "Plan option", options))] if options else []
    return [
        *found,
        Asked(_choice("coverage_tier", "Covered", TIERS)),
        Asked(_choice("employment", "Employment", EMPLOYMENTS)),
        Asked(_yes_no("medicare_primary", "Medicare pays first")),
    ]


def _asked(question: Question) -> Asked:
    key, name = f"{ANSWER}{question.fact}", label_of(question.fact)
    label = name[:1].upper() + name[1:]
    if question.form == "yes_no":
        return Asked(_yes_no(key, label), question.ask)
    if question.form == "number":
        return Asked(_field(key, label, number, question.unit or ""), question.ask)
    if question.choices:
        choices = tuple((word, word.replace("_", " ")) for word in question.choices)
        return Asked(_choice(key, label, choices), question.ask)
    return Asked(_field(key, label, lambda text: checks.text_within(label, text, 60), ""), question.ask)


def _way_fields(answer: RuleAnswer | None) -> Iterator[Asked]:
    """Give what travel and duties hang on, where the rule speaks of them."""
    if answer and (answer.travel or any(duty.id == "caregiver" for duty in answer.duties)):
        yield Asked(
            _yes_no(f"{ANSWER}companion_available", "Somebody goes along"),
            to_say("Is there somebody who can go along?"),
        )
    if answer and answer.travel:
        yield Asked(
            _field("road_miles", "Road miles to this center", number, "one way"), to_say("How far is it by road?")
        )
        yield Asked(_choice("road_source", "Miles are from", MILES_SOURCES))
        yield Asked(_field("travel_nights", "Nights away", _nights, "3"), to_say("How many nights away from home?"))
        yield Asked(_field("lodging_night", "A night costs", money, "140"), to_say("What does a night's lodging cost?"))


def money(text: str) -> int:
    """Give cents from "$1,200" or "1200.50"; raises BadInput for anything else, and above a million dollars."""
    found = _MONEY.fullmatch(clean(text))
    dollars = int(found[1].replace(",", "")) if found else _MOST_DOLLARS + 1
    if not found or dollars > _MOST_DOLLARS:
        raise BadInput(f'"{clean(text, 40)}" is no amount in dollars.', "Type it as 1200 or 1,200.50.")
    return dollars * 100 + int((found[2] or "0").ljust(2, "0"))


def number(text: str) -> Decimal:
    """Give a number that is not negative, e.g. "31.5"; raises BadInput."""
    found = clean(text)
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", found):
        raise BadInput(f'"{clean(text, 40)}" is no number.', "Type it as 6 or 31.5.")
    return Decimal(found)


def _nights(text: str) -> int:
    nights = number(text)
    if nights != nights.to_integral_value() or nights > 60:
        raise BadInput(f'"{clean(text, 40)}" is no number of nights.', "Type a whole number up to 60.")
    return int(nights)


def _past_day(text: str) -> date:
    return checks.birth_date(text)  # the same forms of a date, and not in the future either


def taken(facts: MemberFacts, field: Field, text: str, facility: str, today: date) -> MemberFacts:
    """Give the facts with what a field holds; "" = not known. Raises BadInput for a text that the field cannot hold."""
    key, value = field.id, field.check(text) if text.strip() else None
    if key.startswith(ANSWER):
        return _answered(facts, key.removeprefix(ANSWER), value)
    if key in _MET:
        whose, name, _label = _MET[key]
        return _accumulated(facts, whose, name, value, today)
    if key == AS_OF:
        known = facts.accumulators or Accumulators(as_of=today)
        return facts.model_copy(update={"accumulators": known.model_copy(update={"as_of": value or today})})
    if key in ("road_miles", "road_source"):
        return _by_road(facts, key, value, facility)
    name = {"lodging_night": "lodging_night_cents"}.get(key, key)
    return facts.model_copy(update={name: value})


def text_of(facts: MemberFacts, key: str, facility: str) -> str:
    """Give what a field shows of the facts; "" = not known."""
    if key.startswith(ANSWER):
        return _shown(facts.answers.get(key.removeprefix(ANSWER)))
    known = facts.accumulators
    if key in _MET:
        whose, name, _label = _MET[key]
        limits = getattr(known, whose) if known else None
        cents = getattr(limits, name) if limits else None
        return "" if cents is None else _dollars(cents)
    if key == AS_OF:
        return known.as_of.isoformat() if known else ""
    if key in ("road_miles", "road_source"):
        road = next((each for each in facts.road_miles if each.facility == facility), None)
        return "" if road is None else str(road.miles) if key == "road_miles" else road.source
    if key == "lodging_night":
        return "" if facts.lodging_night_cents is None else _dollars(facts.lodging_night_cents)
    return _shown(getattr(facts, key))


def _answered(facts: MemberFacts, fact: str, value: Any) -> MemberFacts:
    answers = {name: known for name, known in facts.answers.items() if name != fact}
    if value is not None:
        answers[fact] = value
    update: dict[str, Any] = {"answers": answers}
    if fact == "companion_available":
        update["companion_available"] = answers.get(fact)
    return facts.model_copy(update=update)


def _accumulated(facts: MemberFacts, whose: str, name: str, cents: Any, today: date) -> MemberFacts:
    known = facts.accumulators or Accumulators(as_of=today, source="the caller")
    limits = (getattr(known, whose) or Accumulated()).model_copy(update={name: cents})
    return facts.model_copy(update={"accumulators": known.model_copy(update={whose: limits})})


def _by_road(facts: MemberFacts, key: str, value: Any, facility: str) -> MemberFacts:
    others = tuple(each for each in facts.road_miles if each.facility != facility)
    known = next((each for each in facts.road_miles if each.facility == facility), None)
    if key == "road_miles":
        source = known.source if known else MILES_SOURCES[0][0]
        road = (RoadMiles(facility=facility, miles=value, source=source),) if value is not None else ()
    else:
        road = (known.model_copy(update={"source": value or MILES_SOURCES[0][0]}),) if known else ()
    return facts.model_copy(update={"road_miles": (*others, *road)})


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _dollars(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def _field(key: str, label: str, check: Callable[[str], Any], hint: str) -> Field:
    return Field(key, label, False, "text", check, (), hint)


def _choice(key: str, label: str, choices: tuple[tuple[str, str], ...]) -> Field:
    return Field(key, label, False, "choice", lambda text: checks.one_of(text, choices), choices)


def _yes_no(key: str, label: str) -> Field:
    return Field(key, label, False, "yes_no", checks.yes_or_no)

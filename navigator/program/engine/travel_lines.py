"""What the plan pays of a trip, line by line, with what is tax-free and what may be taxable (METHOD 3.5 Travel)."""

from __future__ import annotations

from decimal import Decimal

from navigator.program.engine.asked import Asked
from navigator.program.engine.facts import Fact, number_words
from navigator.program.engine.sharing import least, rounded
from navigator.program.rule_answer import TravelLine
from navigator.program.rules import Travel
from provider_directory.spoken import dollars

LODGED_TAX_FREE = 2
"""The patient and one companion (Pub 502, IRC 213(d)(2); METHOD 3.5)."""


def estimated(asked: Asked, named: Travel, miles: Fact, people: int) -> tuple[TravelLine, ...]:
    """Give the lines that can be estimated, before any cap: mileage by road miles only, lodging by known nights."""
    lines = [_mileage(asked, named, miles), _lodging(asked, named, people), _per_diem(asked, named, people)]
    return tuple(line for line in lines if line is not None)


def within(lines: tuple[TravelLine, ...], cap: int | None) -> tuple[TravelLine, ...]:
    """Cut the lines to the cap, in their order; what is tax-free is kept first."""
    if cap is None:
        return lines
    cut, left = [], cap
    for line in lines:
        paid = min(line.paid_cents, left)
        left -= paid
        free = min(line.tax_free_cents, paid)
        how = line.how if paid == line.paid_cents else f"{line.how}; cut to the cap"
        change = {"paid_cents": paid, "tax_free_cents": free, "may_be_taxable_cents": paid - free, "how": how}
        cut.append(line.model_copy(update=change))
    return tuple(cut)


def _mileage(asked: Asked, named: Travel, miles: Fact) -> TravelLine | None:
    if named.mileage == "none" or not miles.road or miles.value is None:
        return None
    law = asked.limits.mileage_tenth_cents
    rate = law if named.mileage == "irs" else named.mileage_tenth_cents
    if rate is None:
        return None
    both_ways = Decimal(str(miles.value)) * 2
    paid, free = rounded(both_ways * rate / 10), rounded(both_ways * min(rate, law) / 10)
    how = f"{number_words(both_ways)} miles at {number_words(Decimal(rate) / 10)} cents"
    return _line("mileage, both ways", paid, free, how)


def _lodging(asked: Asked, named: Travel, people: int) -> TravelLine | None:
    asked_nights = asked.member.travel_nights
    rate = least(asked.member.lodging_night_cents, named.lodging_night_cents)
    if asked_nights is None or rate is None:
        return None
    nights = min(asked_nights, named.nights) if named.nights is not None else asked_nights
    paid = rate * nights
    free = min(paid, asked.limits.lodging_person_night_cents * min(people, LODGED_TAX_FREE) * nights)
    return _line("lodging", paid, free, f"{nights} nights at {dollars(rate)}")


def _per_diem(asked: Asked, named: Travel, people: int) -> TravelLine | None:
    nights = asked.member.travel_nights
    if named.per_diem_cents is None or nights is None:
        return None
    days = 1 + (min(nights, named.nights) if named.nights is not None else nights)
    how = f"{days} days at {dollars(named.per_diem_cents)} for {people}"
    return _line("meals and small costs", named.per_diem_cents * people * days, 0, how)


def _line(what: str, paid: int, free: int, how: str) -> TravelLine:
    return TravelLine(what=what, paid_cents=paid, tax_free_cents=free, may_be_taxable_cents=paid - free, how=how)

"""What of an allowed amount the member pays, between a least and a most: METHOD 3.5 in integer cents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple, TypeVar

from navigator.program.engine.errors import FactsContradict
from navigator.program.member import Accumulated, Accumulators
from navigator.program.rules import PlanOption, TaxLimits
from provider_directory.spoken import dollars

HUNDRED = Decimal(100)
Cents = TypeVar("Cents", int, Decimal)


class Span(NamedTuple):
    """An amount between two, cents; ``high`` None = no upper bound is known."""

    low: int
    high: int | None


class Left(NamedTuple):
    """What is left of the year's limits for one member, and what the law's minimum deductible still asks, cents."""

    deductible: Span
    out_of_pocket: Span
    law: Span
    """What is left of the law's minimum deductible; (0, 0) for a plan that goes with no health savings account."""


@dataclass(frozen=True)
class Terms:
    """How a member shares in an allowed amount; percent is the member's."""

    kind: Literal["waived", "shared", "whole_bill", "not_said"]
    deductible_first: bool | None = True
    """None = not said."""
    copay_cents: int = 0
    percent: Decimal | None = Decimal(0)
    """None = the plan option does not say."""
    limited: bool | None = True
    """Whether the out-of-pocket maximum limits it; None = not said."""
    penalty_cents: int = 0
    penalty_percent: Decimal = Decimal(0)
    at_most_cents: int | None = None
    """A cap for a case, below any maximum of the year."""
    up_to_cents: int | None = None
    """A reference price: what is above it the member pays in full."""
    normal_share: bool = True
    """Whether the share below a penalty is the plan's normal one, which the out-of-pocket maximum always limits."""


class Corner(NamedTuple):
    """One end of what may be: the allowed amount and what is left of the limits; None = without end."""

    allowed: int | None
    deductible: int | None
    out_of_pocket: int | None
    law: int


def share(percent: Decimal, cents: int) -> Decimal:
    """Give a percentage of cents, not rounded."""
    return percent * cents / HUNDRED


def rounded(cents: Decimal) -> int:
    """Round to whole cents, half up; done once, at the end of a formula."""
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def least(*cents: Cents | None) -> Cents | None:
    """Give the smallest of amounts of which None has no end."""
    return min((each for each in cents if each is not None), default=None)


def pays(terms: Terms, option: PlanOption | None, allowed: Span, left: Left) -> Span:
    """Give the least and the most that the member pays under these terms."""
    low = _pay(terms, option, Corner(allowed.low, left.deductible.low, left.out_of_pocket.low, left.law.low), False)
    corner = Corner(allowed.high, left.deductible.high, left.out_of_pocket.high, left.law.high or 0)
    return Span(low or 0, _pay(terms, option, corner, True))


def normal_terms(option: PlanOption | None) -> Terms:
    """Give the plan option's own cost share; without an option nothing of it is known."""
    if option is None:
        return Terms("shared", percent=None)
    unsaid = option.coinsurance_percent is None and option.copay_cents is None
    percent = None if unsaid else option.coinsurance_percent or Decimal(0)
    return Terms("shared", copay_cents=option.copay_cents or 0, percent=percent)


def _pay(terms: Terms, option: PlanOption | None, at: Corner, most: bool) -> int | None:
    if terms.kind == "whole_bill":
        return at.allowed
    if terms.kind == "waived":
        return least(at.law, at.allowed, _formula(normal_terms(option), at, most, at.deductible))
    # A plan that goes with a health savings account may set aside only what is above the law's minimum.
    first = terms.deductible_first if terms.deductible_first is not None else most
    deductible = at.deductible if first else least(at.deductible, at.law)
    limited = terms.limited if terms.limited is not None else not most
    if terms.penalty_cents or terms.penalty_percent or terms.up_to_cents is not None:
        return _above_normal(terms, at, most, deductible, limited)
    paid = _formula(terms, at if limited else at._replace(out_of_pocket=None), most, deductible)
    return paid if terms.at_most_cents is None else least(paid, max(terms.at_most_cents, at.law))


def _formula(terms: Terms, at: Corner, most: bool, deductible: int | None) -> int | None:
    exact = _share(terms, at, most, deductible)
    return None if exact is None else rounded(exact)


def _share(terms: Terms, at: Corner, most: bool, deductible: int | None) -> Decimal | None:
    """pay = min(A, out-of-pocket left, D + copay + coinsurance x max(0, A - D)), D = min(A, deductible left).

    Not rounded: that is done once, at the end.
    """
    first = least(at.allowed, deductible)
    percent = terms.percent if terms.percent is not None else (HUNDRED if most else Decimal(0))
    if first is None or (at.allowed is None and percent):
        return _decimal(at.out_of_pocket)
    rest = Decimal(0) if at.allowed is None else share(percent, max(0, at.allowed - first))
    return least(_decimal(at.allowed), _decimal(at.out_of_pocket), first + terms.copay_cents + rest)


def _decimal(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents)


def _above_normal(terms: Terms, at: Corner, most: bool, deductible: int | None, limited: bool) -> int | None:
    """Add a penalty, or what is above a reference price, to the share below it.

    Where the out-of-pocket maximum does not limit it, it stands above the maximum, which limits the normal share alone.
    """
    reference = terms.up_to_cents
    below = at._replace(allowed=least(at.allowed, reference))
    if not terms.normal_share and not limited:
        below = below._replace(out_of_pocket=None)
    normal = _share(terms, below, most, deductible)
    open_ended = at.allowed is None and (terms.penalty_percent or reference is not None)
    if normal is None or open_ended:
        return at.out_of_pocket if limited else None
    allowed = at.allowed or 0
    above = max(0, allowed - reference) if reference is not None else 0
    paid = rounded(normal + terms.penalty_cents + above + share(terms.penalty_percent, allowed))
    return least(at.allowed, at.out_of_pocket if limited else None, paid)


def left_of(option: PlanOption | None, family: bool, known: Accumulators | None, limits: TaxLimits | None) -> Left:
    """Give what is left for one member of a plan option, alone or in a family (METHOD 3.5).

    ``limits``: the law's, for an option that goes with a health savings account. Raises FactsContradict.
    """
    own = known.individual if known else Accumulated()
    whole = (known.family if known else None) or Accumulated()
    option = option or _NOT_KNOWN
    embedded = option.embedded_deductible if family else True
    embedded_maximum = (
        embedded if not family or option.embedded_out_of_pocket is None else option.embedded_out_of_pocket
    )
    # Where a limit is not embedded one member of a family has none of their own, only the family's.
    deductible = _toward("deductible", option.deductible_self_cents if embedded is not False else None, own)
    paid = _toward("out_of_pocket", option.out_of_pocket_self_cents if embedded_maximum is not False else None, own)
    if not family:
        return Left(deductible.left, paid.left, _law_left(limits, False, deductible.met))
    of_family = _toward("deductible", option.deductible_family_cents, whole, deductible.met)
    paid_family = _toward("out_of_pocket", option.out_of_pocket_family_cents, whole, paid.met)
    if own.out_of_pocket_left_cents is not None:
        embedded_maximum = True  # the administrator says what is left for this member: there is such a limit
    return Left(
        _in_family(embedded, deductible.left, of_family.left),
        _in_family(embedded_maximum, paid.left, paid_family.left),
        _law_left(limits, True, of_family.met),
    )


def of_tiers(option: PlanOption | None, tier: str | None) -> tuple[PlanOption | None, ...]:
    """Give a plan option with the amounts of a coverage tier as its family's; for an unknown tier each that may be."""
    if option is None or not _has_tiers(option):
        return (option,)
    spouse = _sized(option, option.deductible_self_spouse_cents, option.out_of_pocket_self_spouse_cents)
    children = _sized(option, option.deductible_self_children_cents, option.out_of_pocket_self_children_cents)
    if tier is None:
        return tuple(dict.fromkeys((option, spouse, children)))
    return ({"self_spouse": spouse, "self_children": children}.get(tier, option),)


def _has_tiers(option: PlanOption) -> bool:
    own = (
        option.deductible_self_spouse_cents,
        option.deductible_self_children_cents,
        option.out_of_pocket_self_spouse_cents,
        option.out_of_pocket_self_children_cents,
    )
    return any(amount is not None for amount in own)


def _sized(option: PlanOption, deductible: int | None, out_of_pocket: int | None) -> PlanOption:
    return replace(
        option,
        deductible_family_cents=option.deductible_family_cents if deductible is None else deductible,
        out_of_pocket_family_cents=option.out_of_pocket_family_cents if out_of_pocket is None else out_of_pocket,
    )


def _in_family(embedded: bool | None, own: Span, family: Span) -> Span:
    """Give what is left for one member of a family; where it is not said whether a limit is embedded, either may be."""
    if embedded is False:
        return family
    both = _smaller(own, family)
    return both if embedded else Span(both.low, family.high)


class _Toward(NamedTuple):
    """What is met of one limit and what is left of it."""

    met: Span
    left: Span


_NOT_KNOWN = PlanOption("", "", "ppo")
_NONE_KNOWN = Span(0, None)
_LIMIT_WORDS = {"deductible": "deductible", "out_of_pocket": "out-of-pocket maximum"}


def _toward(limit: str, full: int | None, known: Accumulated, part: Span = _NONE_KNOWN) -> _Toward:
    """Give what is met and left of a limit, from what is said; at least ``part`` of it is met."""
    met: int | None = getattr(known, f"{limit}_met_cents")
    left: int | None = getattr(known, f"{limit}_left_cents")
    if full is not None:
        _check(_LIMIT_WORDS[limit], full, met, left)
        met = full - left if met is None and left is not None else met
        left = full - met if left is None and met is not None else left
    if met is None:
        met_span = Span(part.low if full is None else min(part.low, full), full)
    else:
        met_span = Span(met, met)
        _check_part(_LIMIT_WORDS[limit], met, part.low)
    if left is not None:
        return _Toward(met_span, Span(left, left))
    return _Toward(met_span, Span(0, None if full is None else full - met_span.low))


def _check(words: str, full: int, met: int | None, left: int | None) -> None:
    most = max(met or 0, left or 0)
    if most > full:
        raise FactsContradict(
            f"{dollars(most)} is met or left of a {words} of {dollars(full)}.",
            "Check the plan option, the coverage tier and the figures.",
        )
    if met is not None and left is not None and met + left != full:
        raise FactsContradict(
            f"Of the {words} of {dollars(full)}, {dollars(met)} is met and {dollars(left)} left.",
            "Give one of the two, or figures that agree.",
        )


def _check_part(words: str, met: int, own: int) -> None:
    if own > met:
        raise FactsContradict(
            f"The member has met {dollars(own)} of the {words}, the whole family {dollars(met)}.",
            "Check the figures: what one member has met counts for the family.",
        )


def _smaller(one: Span, other: Span) -> Span:
    return Span(min(one.low, other.low), least(one.high, other.high))


def _law_left(limits: TaxLimits | None, family: bool, met: Span) -> Span:
    if limits is None:
        return Span(0, 0)
    minimum = limits.hdhp_minimum_deductible_family_cents if family else limits.hdhp_minimum_deductible_self_cents
    return Span(max(0, minimum - met.high) if met.high is not None else 0, max(0, minimum - met.low))

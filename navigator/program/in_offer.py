"""The offer with what the member pays at each center: pure, for the command line and the screen alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from navigator.program.gathering import Surroundings, care_of, nearest_contract
from navigator.program.member import MemberFacts
from navigator.program.you_pay import you_pay

if TYPE_CHECKING:
    from navigator.program.care import Care
    from navigator.program.rules import ProgramRules, TaxLimits
    from provider_directory.models import Center, Offer, Procedure, Question

NOTHING_KNOWN = MemberFacts()


def with_you_pay(
    offer: Offer,
    question: Question,
    procedure: Procedure,
    rules: ProgramRules,
    limits: Callable[[int], TaxLimits],
    member: MemberFacts = NOTHING_KNOWN,
    around: Surroundings | None = None,
) -> Offer:
    """Fill ``you_pay`` of every center, e.g. "$0", "$0-1,700" or "ask"; an offer under a program without rules stays.

    ``question`` is the one that the offer answers. Without ``around`` the nearest center under contract is known as
    far as the offer tells it. Raises BadInput: plan_year_not_loaded, tax_year_not_loaded, facts_contradict.
    """
    if not rules.rules:
        return offer
    known = around or Surroundings(None, *nearest_contract(offer))
    cares = cares_of(offer.centers, question, procedure, member, known)
    return offer.model_copy(update={"centers": paid_at(offer.centers, cares, rules, limits, member)})


def cares_of(
    centers: Sequence[Center], question: Question, procedure: Procedure, member: MemberFacts, around: Surroundings
) -> list[Care]:
    """Give the question of benefits for each center of an answer, in their order."""
    return [care_of(procedure, center, question, around, member) for center in centers]


def paid_at(
    centers: Sequence[Center],
    cares: Sequence[Care],
    rules: ProgramRules,
    limits: Callable[[int], TaxLimits],
    member: MemberFacts,
) -> tuple[Center, ...]:
    """Give the centers with what the member pays there; raises as ``with_you_pay`` does."""
    return tuple(
        center.model_copy(update={"you_pay": you_pay(rules, member, care, limits).short})
        for center, care in zip(centers, cares, strict=True)
    )

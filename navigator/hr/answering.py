"""From a question and its facts to the card: one builder for each question of the list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from navigator.hr import (
    center_cards,
    engagement_card,
    flyer,
    mandatory_card,
    plan_cards,
    reach_cards,
    travel_cards,
    value_cards,
)
from navigator.hr.card import AnswerCard
from navigator.hr.desk import Facts, HrDesk
from navigator.hr.questions import HrQuestion

Builder = Callable[[HrDesk, HrQuestion, Facts], Awaitable[AnswerCard]]
BUILDERS: Mapping[str, Builder] = {
    "in-program": plan_cards.in_program,
    "cost": plan_cards.cost,
    "hdhp": plan_cards.hdhp,
    "centers-near": center_cards.centers_near,
    "travel": travel_cards.travel,
    "nobody-along": travel_cards.nobody_along,
    "hospital": center_cards.hospital,
    "bill": plan_cards.bill,
    "saving": value_cards.saving,
    "price": center_cards.price,
    "usage": value_cards.usage,
    "kff": value_cards.kff,
    "far": reach_cards.far,
    "mandatory": mandatory_card.mandatory,
    "coverage": plan_cards.coverage,
    "flyer": flyer.flyer_card,
    "small-employer": value_cards.small_employer,
    "engagement": engagement_card.engagement,
    "who-called": value_cards.who_called,
}


async def answered(desk: HrDesk, question: HrQuestion, given: Mapping[str, str]) -> AnswerCard:
    """Answer a question; raises what the directory raises, BadInput for a fact that is missing or cannot be used."""
    return await BUILDERS[question.id](desk, question, Facts(given))

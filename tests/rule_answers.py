"""Answers of an employer's rules, made by hand, for tests of what draws and carries them."""

from __future__ import annotations

from datetime import date
from typing import Any

from navigator.program.rule_answer import (
    AppealAnswer,
    Coverage,
    DutyAnswer,
    Eligibility,
    ExceptionAnswer,
    Explanation,
    GateAnswer,
    MemberCost,
    ProgramCited,
    RewardAnswer,
    RuleAnswer,
    SecondOpinionAnswer,
    TravelAnswer,
    UsedFact,
)
from provider_directory.models import Step

ON = date(2026, 11, 22)


def an_explanation(clause: str | None = "4.1", **over: Any) -> Explanation:
    """Give the reasons of one part."""
    values: dict[str, Any] = {
        "clause": clause,
        "version": "2026-1",
        "words": "The plan waives the member's share at a center under contract.",
        "used": (UsedFact(fact="plan option", value="PPO", source="member's file", as_of=ON),),
        "counterfactual": "Without a contract here it would be $3,000.",
    }
    return Explanation(**values | over)


def a_cost(short: str = "$0", low: int | None = 0, high: int | None = 0, **over: Any) -> MemberCost:
    """Give what the member pays, cents."""
    values: dict[str, Any] = {
        "state": "known" if low == high else "range",
        "low_cents": low,
        "high_cents": high,
        "words": f"{short}.",
        "short": short,
        "steps": (Step(text="The plan waives the member's share", result="$0"),),
        "ask": (),
        "explanation": an_explanation(),
    }
    return MemberCost(**values | over)


def a_gate(id: str = "bmi", state: str = "ask", **over: Any) -> GateAnswer:  # noqa: A002 - the field's own name
    """Give one gate."""
    words = {"ask": "Not known.", "met": "Met: BMI 31.", "not_yet": "Not yet: BMI below 40; it is 41.2."}
    values: dict[str, Any] = {
        "id": id,
        "state": state,
        "ask": f"What is the member's {id}?",
        "words": words[state],
        "would_change": "A new BMI below 40." if state == "not_yet" else None,
        "explanation": an_explanation("5.2"),
    }
    return GateAnswer(**values | over)


def a_travel(**over: Any) -> TravelAnswer:
    """Give travel whose miles are to be checked."""
    values: dict[str, Any] = {
        "state": "check_miles",
        "straight_miles": 46.0,
        "road_miles": None,
        "road_miles_source": None,
        "miles_warning": "about 46 miles straight; your plan counts by road from 50: check",
        "people": 2,
        "cap_left_cents": 500_000,
        "lines": (),
        "words": "Travel for two is paid from 50 miles by road.",
        "ask": ("How many miles is it by road to this center?",),
        "explanation": an_explanation("6.2"),
    }
    return TravelAnswer(**values | over)


def a_rule_answer(**over: Any) -> RuleAnswer:
    """Give the answer of a voluntary program for a center under contract, every part of it there."""
    values: dict[str, Any] = {
        "program": ProgramCited(
            id="brewline-foods", employer="Brewline Foods", plan_year=2026, version="2026-1", sha256="ab" * 32
        ),
        "on": ON,
        "care_day": date(2026, 12, 20),
        "procedure": "total-knee-replacement",
        "facility": "f-marquette",
        "facility_name": "Marquette Lakes Orthopedic",
        "under_contract": True,
        "eligibility": Eligibility(
            state="not_known", words="Not checked with an eligibility file.", explanation=an_explanation(None)
        ),
        "coverage": Coverage(
            state="covered",
            mode="voluntary",
            tier=None,
            words="Joint replacement is in the program, by choice.",
            explanation=an_explanation("2.1"),
        ),
        "here": a_cost(),
        "elsewhere": a_cost("$1.5k-4k", 150_000, 400_000, words="About $1,500-4,000."),
        "hsa": an_explanation("4.3", words="With an HSA plan the law's deductible comes first, $1,700."),
        "reward": RewardAnswer(
            state="given",
            amount_cents=50_000,
            account="hra",
            words="$500 into the HRA.",
            explanation=an_explanation("4.6"),
        ),
        "travel": a_travel(),
        "duties": (
            DutyAnswer(id="caregiver", state="ask", words="An adult goes along.", explanation=an_explanation("6.4")),
        ),
        "second_opinion": SecondOpinionAnswer(
            required=False, words="A second opinion by video is free.", explanation=an_explanation("6.5")
        ),
        "gates": (a_gate(), a_gate("tobacco_free_weeks", "met", words="Met: 6 weeks without tobacco.")),
        "exceptions": (
            ExceptionAnswer(
                id="cannot-travel",
                title="A doctor says that the member must not travel",
                state="may_apply",
                words="The desk asks for it in writing.",
                explanation=an_explanation("9.2"),
            ),
        ),
        "appeal": AppealAnswer(
            words="Ask for a written decision; appeal it within 180 days.",
            within_days=180,
            to="Lakeshore Benefits",
            explanation=an_explanation("10.1"),
        ),
        "savings": None,
        "follow_up_days": (30, 90),
        "warnings": (),
        "headline": "you pay $0 here, about $1,500-4,000 elsewhere; travel for two from 50 mi",
        "spoken": "If you qualify and the plan approves it first, the plan shows $0 here.",
        "notes": ("Estimate, not a promise of payment; final bill may differ",),
    }
    return RuleAnswer(**values | over)

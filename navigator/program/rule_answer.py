"""The answer of an employer's rules to one question, each part with its clause, facts and counterfactual.

The wire format of `coe rule --json` (`coe schema rule`). Money is cents; None = not known or not said, with the reason
in the words.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from navigator.program.rules import Mode, Operator
from provider_directory.models import Step, Value

ESTIMATE = "Estimate, not a promise of payment; final bill may differ"
NOT_A_GUARANTEE = "A match with the eligibility file is not a guarantee of coverage."
ASK_FOR_DECISION = "You can ask for a written decision, and appeal it."


CostState = Literal["known", "range", "at_most", "whole_bill", "not_estimated"]


class PlanWords(Value):
    """A sentence of the program's file, and the employer's own Spanish of it."""

    en: str
    es: str


class GateTest(Value):
    """What a gate tests: the fact, how it is compared, and with which values, in words as the file has them."""

    fact: str
    operator: Operator
    values: tuple[str, ...]


class UsedFact(Value):
    """One fact that an answer rests on, in words, with where it comes from."""

    fact: str
    value: str
    source: str | None
    as_of: date | None


class Explanation(Value):
    """Why an answer is what it is: the clause, the facts used, and what would make it another."""

    clause: str | None
    """None where the program file says nothing and the answer comes from a law or a method, named in ``words``."""
    version: str | None
    words: str | None
    """The plan's own words, or the rule in ours."""
    used: tuple[UsedFact, ...]
    counterfactual: str | None
    """What would change the answer; None where nothing that the member can learn or do would."""


class Eligibility(Value):
    """Whether the member is covered on the day of care."""

    state: Literal["eligible", "not_yet", "ended", "not_known"]
    words: str
    explanation: Explanation


class Coverage(Value):
    """Whether the procedure is in the program for this member, and how the program steers."""

    state: Literal["covered", "not_in_program", "left_out", "not_covered", "ask"]
    """left_out: the rule is not for this member; not_covered: outside a mandatory program."""
    mode: Mode | None
    tier: str | None
    words: str
    explanation: Explanation


class Amount(Value):
    """What the member pays, cents; low = high where it is one amount."""

    state: CostState
    low_cents: int | None
    high_cents: int | None


class OptionCost(Amount):
    """What the member pays who has this plan option."""

    option: str
    """Its name."""


class MemberCost(Amount):
    """What the member pays, with its words, its arithmetic and what it rests on."""

    words: str
    """A sentence; METHOD 3.5."""
    short: str
    """For a column of 12 cells, e.g. "$0", "$0-1,700"; "ask" where nothing can be said."""
    steps: tuple[Step, ...]
    ask: tuple[str, ...]
    """What to ask, and whom, to know more."""
    explanation: Explanation
    by_option: tuple[OptionCost, ...] = ()
    """For each plan option that the member may have; empty where it is known, or all cost the same."""


class RewardAnswer(Value):
    """What the plan gives for using a center under contract."""

    state: Literal["given", "used_up", "not_given", "ask"]
    """used_up: the year's cap is reached; ask: it hangs on what is not known."""
    amount_cents: int | None
    """After the year's cap; 0 for used_up and not_given, None for ask, with the reason in words."""
    account: str
    words: str
    explanation: Explanation


class TravelLine(Value):
    """One kind of travel cost: what the plan pays, and which part of it may be taxable."""

    what: str
    paid_cents: int
    tax_free_cents: int
    may_be_taxable_cents: int
    how: str
    """E.g. "500 miles at 20.5 cents"."""


class TravelAnswer(Value):
    """Travel to this center."""

    state: Literal["paid", "not_paid", "check_miles", "ask"]
    straight_miles: float | None
    road_miles: float | None
    road_miles_source: str | None
    miles_warning: str | None
    """CONTRACT 7: within 20% of the threshold, or across open water."""
    people: int
    """The member and the companions."""
    cap_left_cents: int | None
    lines: tuple[TravelLine, ...]
    """An estimate where nights and lodging are known; empty otherwise."""
    words: str
    ask: tuple[str, ...]
    explanation: Explanation


class DutyAnswer(Value):
    """What the member must have or do."""

    id: str
    state: Literal["met", "to_do", "ask"]
    words: str
    says: str = ""
    """The duty alone, as the plan says it; "" in answers that were kept before it was told apart."""
    expenses_covered: bool = False
    questions: tuple[str, ...] = ()
    """What is to be asked of the member, one by one."""
    explanation: Explanation


class SecondOpinionAnswer(Value):
    """Whether another opinion is asked for."""

    required: bool
    words: str
    by: str | None = None
    """E.g. "video, at no cost"."""
    explanation: Explanation


class GateAnswer(Value):
    """One gate: met, not yet, or to be asked; never "denied"."""

    id: str
    state: Literal["met", "not_yet", "ask"]
    ask: str
    words: str
    would_change: str | None
    test: GateTest | None = None
    """None in answers that were kept before it was told."""
    questions: tuple[str, ...] = ()
    """``ask``, one by one."""
    change: str | None = None
    """What would meet it, as the plan says it or in our sentence for its fact."""
    explanation: Explanation


class ExceptionAnswer(Value):
    """One way around the rule."""

    id: str
    title: str
    state: Literal["applies", "may_apply", "does_not_apply"]
    words: str
    gives: Literal["normal_benefit", "inside_benefit", "review"] = "review"
    how: str | None = None
    """What the member or the desk does to ask for it."""
    questions: tuple[str, ...] = ()
    explanation: Explanation


class AppealAnswer(Value):
    """How to ask for a written decision and appeal it."""

    words: str
    says: str = ""
    """As the plan says it."""
    within_days: int | None
    to: str | None
    explanation: Explanation


class Savings(Value):
    """What the plan may save, as a range, or why nothing is said (METHOD 3.4)."""

    state: Literal["range", "no_clear_saving", "not_said"]
    low_cents: int | None
    high_cents: int | None
    words: str
    steps: tuple[Step, ...]


class ProgramCited(Value):
    """Which program file answered."""

    id: str
    employer: str
    plan_year: int
    version: str | None
    sha256: str


class RuleAnswer(Value):
    """Member x procedure x center x day of care, answered under one program."""

    program: ProgramCited
    on: date
    care_day: date
    procedure: str
    facility: str
    facility_name: str
    under_contract: bool
    eligibility: Eligibility
    coverage: Coverage
    here: MemberCost
    elsewhere: MemberCost
    hsa: Explanation | None
    """Why an HSA-qualified plan cannot waive everything; None where that plays no part."""
    reward: RewardAnswer | None
    travel: TravelAnswer | None
    duties: tuple[DutyAnswer, ...]
    second_opinion: SecondOpinionAnswer | None
    gates: tuple[GateAnswer, ...]
    exceptions: tuple[ExceptionAnswer, ...]
    appeal: AppealAnswer | None
    savings: Savings | None
    follow_up_days: tuple[int, ...]
    warnings: tuple[str, ...]
    """Sentences that must be said with the answer, e.g. that care may fall into the next plan year."""
    headline: str
    """One line for the rule card, e.g. "you pay $0 here, about $3,000 elsewhere; travel for two from 50 mi"."""
    spoken: str
    notes: tuple[str, ...]
    """The estimate's sentence, the data's dates, that a match is no guarantee."""
    spanish: tuple[PlanWords, ...] = ()
    """The employer's own Spanish of the plan's sentences in this answer, where the program's file has it."""

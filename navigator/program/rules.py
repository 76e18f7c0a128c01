"""An employer's benefit rules for a plan year, as the program file says them (PRODUCT "Program rules").

Frozen dataclasses: the first frame and `coe find` read them without pydantic. Money is integer cents, shares are
percent, distances are miles, None = the file does not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Mode = Literal["mandatory", "voluntary", "tiered"]
Engagement = Literal["awareness", "participation", "navigation", "benefit_design", "value_purchasing"]
PlanType = Literal["ppo", "hmo", "epo", "pos", "hdhp", "indemnity"]
Operator = Literal["is", "is_not", "at_least", "at_most", "below", "above", "one_of", "none_of"]
CostShareKind = Literal["waived", "after_deductible", "coinsurance", "copay", "normal"]
FactValue = bool | int | Decimal | str | tuple[str, ...]

MEMBER_FACTS = {
    "age_years": "the member's age on the day of care",
    "plan_option": "the plan option",
    "plan_type": "ppo, hmo, epo, pos, hdhp or indemnity",
    "hsa_qualified": "whether the plan option goes with a health savings account",
    "coverage_tier": "self, self_spouse, self_children or family",
    "relationship": "subscriber, spouse, child or other",
    "employment": "active, cobra, retiree or leave",
    "medicare_primary": "whether Medicare pays first",
}
"""Facts that every member file may hold; any other fact of a condition is a question whose answer the file holds."""
CARE_FACTS = {
    "miles": "miles to this center, by road where they are known",
    "nearest_contract_miles": "straight miles to the nearest center under contract",
    "service_line": "the procedure's service line",
    "procedure": "the procedure's id",
    "setting": "inpatient or outpatient, where it is known",
}
"""Facts that come with the question."""


@dataclass(frozen=True)
class Condition:
    """One test of one fact: of MEMBER_FACTS, of CARE_FACTS, or of the answer to a question of the program's own."""

    fact: str
    operator: Operator
    value: FactValue


@dataclass(frozen=True)
class Cited:
    """Where a provision stands in the plan document, in the plan's own words where the file gives them."""

    clause: str
    version: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Scope:
    """Which procedures a rule is about; a rule that names nothing is about every procedure."""

    procedures: tuple[str, ...] = ()
    criteria_sets: tuple[str, ...] = ()
    service_lines: tuple[str, ...] = ()
    except_procedures: tuple[str, ...] = ()


@dataclass(frozen=True)
class CostShare:
    """What the member pays of an allowed amount; of several the first whose conditions hold counts."""

    cited: Cited
    kind: CostShareKind
    when: tuple[Condition, ...] = ()
    percent: Decimal | None = None
    """The member's share after any deductible, for kind coinsurance."""
    copay_cents: int | None = None
    deductible_first: bool | None = None
    """For coinsurance and copay; None = as the plan option does."""
    at_most_cents: int | None = None
    """What the member pays at most for a case, below any out-of-pocket maximum; None = no such cap."""


@dataclass(frozen=True)
class OutsidePay:
    """What the plan pays at a hospital that is not under contract for the program."""

    cited: Cited
    plan_pays: Literal["normal", "percent", "nothing", "up_to"] = "normal"
    percent: Decimal | None = None
    """Of the allowed amount, for "percent"."""
    up_to_cents: int | None = None
    """For "up_to" (a reference price): the normal cost share to this allowed amount, and all of what is above it."""
    deductible_first: bool | None = None
    """For "percent": whether the member pays the deductible before the plan's share; None = not said."""
    penalty_cents: int | None = None
    penalty_percent: Decimal | None = None
    """Of the allowed amount, on top of the normal cost share."""
    counts_toward_out_of_pocket: bool | None = None
    """Whether the out-of-pocket maximum caps what the member pays then; None = not said, so both are shown."""
    exempt_beyond_miles: Decimal | None = None
    """A member farther than this from every center under contract has the normal benefit outside."""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Tier:
    """One tier of a tiered rule; a center belongs to the first tier that it fits."""

    cited: Cited
    name: str
    centers: Literal["contract", "public_check", "listed", "all"]
    facilities: tuple[str, ...] = ()
    """Ids or CCNs, for "listed"."""
    cost: tuple[CostShare, ...] = ()


@dataclass(frozen=True)
class Gate:
    """A condition that the program asks about; a fail is "not yet", never "denied"."""

    cited: Cited
    id: str
    condition: Condition
    ask: str
    not_yet: str | None = None
    would_change: str | None = None
    when: tuple[Condition, ...] = ()
    """Whom the gate is for; empty = everybody."""
    or_when: tuple[Condition, ...] = ()
    """Where all of these hold the gate is met too, e.g. a surgeon's clearance; empty = there is no other way."""


@dataclass(frozen=True)
class NotFor:
    """Members whom the rule leaves out: all conditions hold."""

    cited: Cited
    conditions: tuple[Condition, ...]
    instead: str | None = None
    """What they have instead, e.g. the normal benefit."""


@dataclass(frozen=True)
class Reward:
    """What the plan gives a member who uses a center under contract."""

    cited: Cited
    amount_cents: int
    account: str
    """hsa, hra, gift_card, paycheck or other words."""
    when: tuple[Condition, ...] = ()
    annual_cap_cents: int | None = None


@dataclass(frozen=True)
class Travel:
    """What the plan pays of the way to a center under contract and back."""

    cited: Cited
    when: tuple[Condition, ...] = ()
    min_miles: Decimal | None = None
    """One way; None = from the first mile."""
    cap_case_cents: int | None = None
    cap_year_cents: int | None = None
    companions: int = 0
    companions_if_minor: int | None = None
    per_diem_cents: int | None = None
    """A person and day, for meals and small costs."""
    meals_per_person_day: int | None = None
    lodging_night_cents: int | None = None
    """At most, a night for all together; None = not said."""
    nights: int | None = None
    travel_class: str | None = None
    mileage: Literal["irs", "cents", "none"] = "none"
    mileage_tenth_cents: int | None = None
    """Tenths of a cent a mile, for "cents"."""
    preapproval: bool = False
    arranged_by: str | None = None


@dataclass(frozen=True)
class Duty:
    """What the member must have or do: a caregiver, a doctor at home, a call before seeing a surgeon, an approval."""

    cited: Cited
    id: Literal["caregiver", "home_doctor", "call_first", "preapproval", "evaluation_first", "other"]
    says: str
    expenses_covered: bool | None = None
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class SecondOpinion:
    """Whether another doctor's opinion is asked for or offered."""

    cited: Cited
    required: bool
    by: str | None = None
    """E.g. "video, at no cost"."""


@dataclass(frozen=True)
class RuleException:
    """A way around the rule: what opens it, and what it gives."""

    cited: Cited
    id: str
    title: str
    when: tuple[Condition, ...] = ()
    """Empty = it is always judged by a person."""
    gives: Literal["normal_benefit", "inside_benefit", "review"] = "review"
    how: str | None = None
    """What the member or the desk does to ask for it."""


@dataclass(frozen=True)
class Appeal:
    """How a written decision is asked for and appealed."""

    cited: Cited
    says: str
    within_days: int | None = None
    to: str | None = None


@dataclass(frozen=True)
class PlanOption:
    """One plan that a member may have chosen; amounts are the year's, in network."""

    id: str
    name: str
    type: PlanType
    hsa_qualified: bool = False
    deductible_self_cents: int | None = None
    deductible_family_cents: int | None = None
    embedded_deductible: bool | None = None
    """Whether one member of a family has the individual deductible; None = not said."""
    out_of_pocket_self_cents: int | None = None
    out_of_pocket_family_cents: int | None = None
    coinsurance_percent: Decimal | None = None
    copay_cents: int | None = None
    embedded_out_of_pocket: bool | None = None
    """The same of the out-of-pocket maximum; None = as the deductible."""
    deductible_self_spouse_cents: int | None = None
    """For member and spouse, where a plan has amounts of its own for them; None = as a family."""
    deductible_self_children_cents: int | None = None
    out_of_pocket_self_spouse_cents: int | None = None
    out_of_pocket_self_children_cents: int | None = None
    name_es: str | None = None
    """The employer's own Spanish of the name; None = the file has none."""

    def name_in(self, language: str) -> str:
        """Give the name as a member who speaks the language ("en", "es") reads it."""
        return self.name_es if language == "es" and self.name_es else self.name


@dataclass(frozen=True)
class Question:
    """How a fact is asked that stands neither in MEMBER_FACTS nor in CARE_FACTS; every such fact of a rule has one."""

    fact: str
    ask: str
    form: Literal["number", "yes_no", "word"]
    choices: tuple[str, ...] = ()
    """For "word": the answers that the rules tell apart; others may be given."""
    unit: str | None = None
    """For "number", e.g. "weeks"."""


@dataclass(frozen=True)
class Rule:
    """The rule for some procedures and some members; the most specific scope that fits counts."""

    cited: Cited
    title: str
    mode: Mode
    scope: Scope = Scope()
    members: tuple[Condition, ...] = ()
    """Whom the rule is for; empty = everybody."""
    valid_from: date | None = None
    valid_to: date | None = None
    inside: tuple[CostShare, ...] = ()
    outside: tuple[OutsidePay, ...] = ()
    tiers: tuple[Tier, ...] = ()
    gates: tuple[Gate, ...] = ()
    not_for: tuple[NotFor, ...] = ()
    rewards: tuple[Reward, ...] = ()
    travel: tuple[Travel, ...] = ()
    duties: tuple[Duty, ...] = ()
    second_opinion: SecondOpinion | None = None
    exceptions: tuple[RuleException, ...] = ()
    appeal: Appeal | None = None
    follow_up_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class TaxLimits:
    """What federal law says for one tax year (METHOD 3.5); a year that is not loaded is refused, never guessed."""

    year: int
    hdhp_minimum_deductible_self_cents: int
    hdhp_minimum_deductible_family_cents: int
    hdhp_out_of_pocket_self_cents: int
    hdhp_out_of_pocket_family_cents: int
    aca_out_of_pocket_self_cents: int
    aca_out_of_pocket_family_cents: int
    mileage_tenth_cents: int
    """Medical mileage, tenths of a cent a mile: 205 = 20.5 cents."""
    lodging_person_night_cents: int
    """Tax-free lodging a night for each of two people at most."""
    source: str
    checked: date


@dataclass(frozen=True)
class ProgramRules:
    """All that a program file says of benefits; what ``Program`` holds is not repeated."""

    program_id: str
    employer: str
    plan_year: int
    version: str | None
    valid_from: date
    valid_to: date
    engagement: Engagement | None
    plan_options: tuple[PlanOption, ...] = ()
    rules: tuple[Rule, ...] = ()
    questions: tuple[Question, ...] = ()
    """One for each fact of a condition that a member's file or the question does not bring."""
    ask: str | None = None
    """Whom to ask what the file does not say, e.g. "Lakeshore Benefits, 414-555-0143"."""
    appeal: Appeal | None = None
    sha256: str = ""
    """Of the file's bytes."""
    notes: tuple[str, ...] = field(default=())
    administration_fee_cents: int | None = None
    """What the program costs the plan for a case beside the center's price (METHOD 3.4)."""
    spanish: tuple[tuple[str, str], ...] = ()
    """Sentences of the file with the employer's own Spanish of each."""

"""The nine published rule sets and what they say to at least five members each, worked out by hand beforehand.

Every expectation stands in ``published/NAME.json``, in dollars, written from the published facts and METHOD 3.5.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from navigator.program.care import Care, CenterFacts, KnownPrice, MarketPrice
from navigator.program.engine import answer_rule
from navigator.program.member import MemberFacts, RoadMiles
from navigator.program.rule_answer import MemberCost, RuleAnswer
from navigator.program.rule_file import read_rules
from navigator.program.tax_limits import limits_of
from provider_directory.catalog import load

FOLDER = Path(__file__).with_name("published")
CASES = [
    pytest.param(path, number, id=f"{path.stem}-{number + 1}")
    for path in sorted(FOLDER.glob("*.json"))
    for number in range(len(json.loads(path.read_text(encoding="utf-8"))["members"]))
]


def care_of(said: dict[str, Any]) -> Care:
    procedure = load().get(said["procedure"])
    on = date.fromisoformat(said["on"])
    price, market = said["price"] * 100, [dollars * 100 for dollars in said["market"]]
    under_contract, road = said.get("under_contract", True), said.get("road_miles")
    center = CenterFacts(
        facility="90Z001",
        name="Marquette Lakes Orthopedic Hospital",
        under_contract=under_contract,
        contract_words="under contract" if under_contract else "no contract",
        contract_source=None,
        public_state="MEETS_PUBLIC",
        straight_miles=said["miles"],
        price=KnownPrice(price, price, "contract_bundle", True, on, "roster.csv, row 2"),
    )
    return Care(
        procedure=procedure.id,
        procedure_name=procedure.name,
        service_line=procedure.service_line,
        criteria_set=procedure.criteria_set,
        on=on,
        care_day=date.fromisoformat(said["care_day"]),
        care_day_given=True,
        center=center,
        market=MarketPrice(market[0], market[1], market[2], 20, "paid_by_plan", True, "claims.csv", on),
        nearest_contract_miles=said["miles"],
        nearest_contract_known=said["miles"] is not None,
        road_miles=Decimal(str(road)) if road is not None else None,
        road_miles_source="a route planner" if road is not None else None,
    )


def member_of(said: dict[str, Any], care: Care) -> MemberFacts:
    facts = MemberFacts.model_validate(said)
    if care.road_miles is None:
        return facts
    road = RoadMiles(facility=care.center.facility, miles=care.road_miles, source="a route planner")
    return facts.model_copy(update={"road_miles": (road,)})


def dollars(cost: MemberCost) -> list[float | None]:
    return [None if cents is None else cents / 100 for cents in (cost.low_cents, cost.high_cents)]


def answered(answer: RuleAnswer, expected: dict[str, Any]) -> dict[str, Any]:
    """Give what the answer says of everything that is expected, in the form of the expectation."""
    travel, reward = answer.travel, answer.reward
    duties = {duty.id: duty.state for duty in answer.duties}
    said: dict[str, Any] = {
        "coverage": answer.coverage.state,
        "mode": answer.coverage.mode,
        "here": dollars(answer.here),
        "here_state": answer.here.state,
        "elsewhere": dollars(answer.elsewhere),
        "elsewhere_state": answer.elsewhere.state,
        "gates": {gate.id: gate.state for gate in answer.gates},
        "reward": reward.amount_cents / 100 if reward and reward.amount_cents is not None else None,
        "duties": {name: duties.get(name) for name in expected.get("duties", {})},
        "follow_up_days": list(answer.follow_up_days),
    }
    if travel is not None:
        cap = None if travel.cap_left_cents is None else travel.cap_left_cents / 100
        all_of_it = {"state": travel.state, "people": travel.people, "cap_left": cap}
        said["travel"] = {key: all_of_it[key] for key in expected.get("travel", {})}
    return {key: said.get(key) for key in expected}


@pytest.mark.parametrize(("path", "number"), CASES)
def test_a_published_rule_answers_as_was_worked_out_by_hand(path: Path, number: int) -> None:
    said = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    member = said["members"][number]
    care = care_of({**said["care"], **member.get("care", {})})
    rules = read_rules(path.with_suffix(".toml"))
    answer = answer_rule(rules, member_of(member["facts"], care), care, lambda year: limits_of(year, Path("none")))
    assert answered(answer, member["expected"]) == member["expected"], member["case"]


def test_each_published_rule_set_has_five_members_or_more() -> None:
    files = sorted(FOLDER.glob("*.toml"))
    assert len(files) == 10  # nine, and the earlier year of one
    for path in files:
        assert len(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["members"]) >= 5

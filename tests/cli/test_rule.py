"""`coe rule`, `coe expected-cost`, and what a member pays in `coe find` and `coe compare`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from command_line import CommandLine

from navigator.program.rule_answer import RuleAnswer
from provider_directory.models import Comparison, Offer

ON = ("--on", "2026-11-22")


@pytest.fixture
def rule(demonstration_edition: Path) -> tuple[str, ...]:
    """Give the arguments of a question to the voluntary program."""
    edition = ("--edition", str(demonstration_edition))
    return ("rule", "--program", "brewline-foods", "--procedure", "new knee", "--center", "90Z001", *ON, *edition)


@pytest.fixture
def june(demonstration_programs: Path) -> tuple[str, str]:
    """Give the member option of the showpiece's caller."""
    return "--member", str(demonstration_programs / "members" / "june-stellgate.json")


def test_the_rule_is_answered_for_a_member_with_every_part_explained(
    coe: CommandLine, rule: tuple[str, ...], june: tuple[str, str]
) -> None:
    assert coe(*rule, *june, "--json") == 0
    answer = RuleAnswer.model_validate(coe.json)
    assert (answer.here.short, answer.elsewhere.short) == ("$0", "$3,000")
    assert answer.coverage.mode == "voluntary"
    for part in (answer.here, answer.elsewhere, answer.coverage, answer.travel, *answer.gates, *answer.duties):
        assert part is not None
        assert part.explanation.clause
        assert part.explanation.version == "2026-2"
    assert "1974" not in coe.out


def test_the_plain_answer_fits_80_columns_and_ends_with_what_must_be_said(
    coe: CommandLine, rule: tuple[str, ...], june: tuple[str, str]
) -> None:
    assert coe(*rule, *june, "--plain") == 0
    lines = coe.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("DEMONSTRATION")
    assert "You pay $0 here, $3,000 elsewhere" in lines
    for word in ("clause 6.2", "because: ", "would change it: ", "next plan year", "not a promise of payment"):
        assert word in coe.out
    assert "denied" not in coe.out.lower()


def test_with_nothing_known_of_the_member_the_answer_is_a_range_and_asks(
    coe: CommandLine, rule: tuple[str, ...]
) -> None:
    assert coe(*rule) == 0
    assert "PPO: $0; HSA plan: up to $3,400" in coe.out
    assert "ask: Which plan option does the member have?" in coe.out
    assert "ask: Ask" not in coe.out


def test_a_waiver_of_an_hsa_plan_leaves_the_deductible_of_the_law(
    coe: CommandLine, rule: tuple[str, ...], demonstration_programs: Path
) -> None:
    # METHOD 3.5: 1,700 for one person in 2026, of which 500 are met.
    file = str(demonstration_programs / "members" / "marisol-ninnovak.json")
    assert coe(*rule, "--member", file, "--json") == 0
    assert coe.json["here"]["low_cents"] == coe.json["here"]["high_cents"] == 120_000
    states = {gate["id"]: gate["state"] for gate in coe.json["gates"]}
    assert states["bmi"] == "not_yet"
    assert states["a1c_percent"] == "ask"


def test_a_mandatory_rule_outside_says_the_whole_bill_its_exceptions_and_the_appeal(
    coe: CommandLine, demonstration_edition: Path, demonstration_programs: Path
) -> None:
    edition = ("--edition", str(demonstration_edition), *ON)
    asked = ("--program", "copperline-rail", "--procedure", "total-knee-replacement", "--center", "90Z003")
    member = ("--member", str(demonstration_programs / "members" / "verena-mottberg.json"))
    assert coe("rule", *asked, *member, *edition, "--json") == 0
    answer = RuleAnswer.model_validate(coe.json)
    assert answer.coverage.state == "not_covered"
    assert answer.here.state == "whole_bill"
    assert {exception.id for exception in answer.exceptions} == {
        *("far", "emergency", "center-declines", "minor", "in-treatment", "cannot-travel")
    }
    assert answer.appeal is not None
    assert answer.appeal.within_days == 180
    assert coe("find", "new knee", "60611", "--program", "copperline-rail", *member, *edition) == 0
    for word in (
        "Mandatory",
        "Exception, does not apply: ",
        "(clause 9.4)",
        "Appeal: ",
        "whole bill",
        "coe rule --program",
    ):
        assert word in coe.out


def test_a_saving_is_a_range_after_the_members_waived_share_and_of_the_same_scope_only(
    coe: CommandLine, rule: tuple[str, ...], june: tuple[str, str]
) -> None:
    spine = [*rule, *june, "--json"]
    spine[spine.index("new knee")] = "lumbar-fusion-single-level"
    assert coe(*spine) == 0
    saving = coe.json["savings"]
    # 71,400 to 83,500 paid elsewhere, less the bundle of 45,150 and the 3,000 that the member would have paid.
    assert (saving["state"], saving["low_cents"], saving["high_cents"]) == ("range", 2_325_000, 3_535_000)
    assert coe(*rule, *june, "--json") == 0
    assert coe.json["savings"]["state"] == "not_said"


def test_miles_by_road_and_the_place_may_be_given_with_the_question(coe: CommandLine, rule: tuple[str, ...]) -> None:
    assert coe(*rule, "--near", "Muskegon, MI", "--json") == 0
    across = coe.json["travel"]
    assert across["state"] == "check_miles"
    assert "open water" in across["miles_warning"]
    assert coe(*rule, "--near", "53202", "--road-miles", "61.5", "--json") == 0
    assert coe.json["travel"]["road_miles"] == 61.5


def test_a_member_may_come_by_standard_input(
    coe: CommandLine, rule: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"plan_option": "ppo"}')))
    assert coe(*rule, "--member", "-", "--json") == 0
    assert coe.json["here"]["short"] == "$0"


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--care-day", "2027-03-01"), "plan_year_not_loaded", "2027"),
        (("--on", "2027-03-01"), "plan_year_not_loaded", "you ask on Mar 1, 2027"),
        (("--care-day", "2026-11-01"), "bad_input", "lies before"),
        (("--member", "absent.json"), "bad_input", "no file"),
        (("--road-miles", "far"), "bad_input", "no miles"),
        (("--plain",), "bad_input", "Choose one"),
    ],
)
def test_what_cannot_be_answered_is_exit_two_with_its_reason(
    coe: CommandLine, rule: tuple[str, ...], options: tuple[str, ...], code: str, told: str
) -> None:
    assert coe(*rule, *options, "--json") == 2
    assert coe.json["error"]["code"] == code
    assert told in coe.json["error"]["message"]


def test_find_shows_what_the_member_pays_and_keeps_its_centers_where_the_rules_cannot_say(
    coe: CommandLine, demonstration_edition: Path, june: tuple[str, str]
) -> None:
    find = ("find", "new knee", "53202", "--program", "brewline-foods", "--edition", str(demonstration_edition), *ON)
    assert coe(*find, *june, "--json") == 0
    assert [center.you_pay for center in Offer.model_validate(coe.json).centers][:3] == ["$0", "≤$3,000", "$3,000"]
    assert coe(*find, *june) == 0
    assert "you pay" in coe.out
    assert "you pay $0 here, $3,000 elsewhere" in " ".join(coe.out.split())
    assert coe(*find, "--care-day", "2027-03-01", "--json") == 0
    assert "plan_year_not_loaded" in coe.json["warnings"]
    assert {center["you_pay"] for center in coe.json["centers"]} == {None}


def test_a_program_without_rules_keeps_its_centers_and_says_whom_to_ask(
    coe: CommandLine, demonstration_edition: Path, tmp_path: Path
) -> None:
    (tmp_path / "p.toml").write_text(
        'id = "p"\nemployer = "Pinewright"\nalliances = []\nplan_year = 2026\nmode = "voluntary"\n', encoding="utf-8"
    )
    given = ("--program", str(tmp_path / "p.toml"), "--edition", str(demonstration_edition), *ON)
    assert coe("find", "new knee", "53202", *given, "--json") == 0
    assert {center["you_pay"] for center in coe.json["centers"]} == {None}
    assert coe("find", "new knee", "53202", *given) == 0
    for asked in (("find", "new knee", "53202"), ("rule", "--procedure", "new knee", "--center", "90Z001")):
        assert coe(*asked, *given) == 0
        said = " ".join(coe.out.split())
        assert "Pinewright has no contracts with centers yet: no contract counts" in said
        assert "program file has no rules: what a member pays is not known; ask the plan." in said
        assert "No roster" not in said


def test_a_comparison_shows_what_the_member_pays(
    coe: CommandLine, demonstration_edition: Path, june: tuple[str, str]
) -> None:
    edition = ("--edition", str(demonstration_edition), *ON)
    asked = ("compare", "90Z001", "90Z003", "new knee", "--near", "53202", *edition)
    assert coe(*asked, "--program", "brewline-foods", *june, "--json") == 0
    assert [each.center.you_pay for each in Comparison.model_validate(coe.json).centers] == ["$0", "$3,000"]
    assert coe(*asked, *june) == 2
    assert "need a program" in coe.err


def test_a_published_program_is_worked_out_with_its_caveats_and_own_figures_may_be_given(coe: CommandLine) -> None:
    assert coe("expected-cost", "--example", "walmart-spine") == 0
    for word in ("$2,407 more", "49.7%", "Self-reported", "$34,043,266", "not a promise"):
        assert word in coe.out
    own = ("expected-cost", "--cases", "100", "--surgery-share", "80", "--inside", "24100", "--elsewhere", "31000.50")
    assert coe(*own, "--elsewhere-share", "90-100", "--json") == 0
    assert coe.json["state"] == "less"
    assert coe.json["asked"]["elsewhere"]["cost_per_case_cents"] == 3_100_050
    for wrong in (("--inside", "much"), ("--surgery-share", "101"), ("--elsewhere", "1.005"), ("--readmissions", "3")):
        assert coe(*own, *wrong) == 2
        assert wrong[0] in coe.err
    assert coe("expected-cost", "--cases", "100") == 2


@pytest.mark.parametrize("name", ["rule", "member", "members-check", "members-import", "expected-cost"])
def test_the_schemas_are_printed(coe: CommandLine, name: str) -> None:
    assert coe("schema", name) == 0
    assert coe.json["properties"]

"""Rule files: the whole grammar is read as it is written, and what cannot be right is refused with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.program.known_questions import known_questions
from navigator.program.model import load_program
from navigator.program.opened_file import open_program_file
from navigator.program.program_toml import toml_of
from navigator.program.reading_conditions import WORDS
from navigator.program.reading_rules import read_content
from navigator.program.reading_table import Finding
from navigator.program.rule_alerts import alerts_of
from navigator.program.rule_file import catalogued, load_rules, read_rules
from navigator.program.rule_form import PROGRAM, SHEETS, Entry, Sheet
from navigator.program.rule_words import program_words
from navigator.program.rules import CARE_FACTS, MEMBER_FACTS, Condition, ProgramRules
from navigator.program.tax_limits import limits_of
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

TOP = 'id = "acme"\nemployer = "Acme"\nalliances = ["Lakeshore"]\nplan_year = 2026\nversion = "7"\nmode = "voluntary"\n'
PPO = '[[plan_option]]\nid = "ppo"\ntype = "ppo"\n'
RULE = '[[rule]]\nclause = "4"\ntitle = "Knees"\ncriteria_sets = ["hip-knee"]\n'


def read(tmp_path: Path, text: str) -> ProgramRules:
    path = tmp_path / "acme.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(load_program(str(path), tmp_path))


def findings(content: Mapping[str, object]) -> tuple[Finding, ...]:
    return read_content(content, catalogued()).findings


def test_a_file_without_rules_is_a_program_without_rules_whatever_else_it_holds(tmp_path: Path) -> None:
    rules = read(tmp_path, f'{TOP}demonstration = true\nwarehouse = "B"\nplan_name = "PPO"\n')
    assert (rules.rules, rules.plan_options) == ((), ())
    assert (rules.valid_from, rules.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(BadInput, match=r"line 7: found rules"):
        read(tmp_path, f'{TOP}[[rules]]\nclause = "4"\n')


def test_money_is_read_to_the_cent_and_shares_as_percent(tmp_path: Path) -> None:
    amounts = "deductible_self = 1700.5\nout_of_pocket_self = 8_500\ncoinsurance = 12.5\n"
    (option,) = read(tmp_path, TOP + PPO + amounts).plan_options
    assert (option.deductible_self_cents, option.out_of_pocket_self_cents) == (170_050, 850_000)
    assert option.coinsurance_percent == Decimal("12.5")
    assert option.deductible_family_cents is None


@given(st.integers(min_value=0, max_value=10**9))
def test_every_amount_to_ten_million_dollars_keeps_its_cents(cents: int) -> None:
    content = {
        "id": "a", "employer": "A", "alliances": [], "plan_year": 2026,
        "plan_option": [{"id": "ppo", "type": "ppo", "deductible_self": Decimal(cents).scaleb(-2)}],
    }  # fmt: skip
    reading = read_content(content, catalogued())
    assert (reading.findings, reading.rules.plan_options[0].deductible_self_cents) == ((), cents)


def test_a_provision_has_the_rules_clause_unless_it_names_its_own(tmp_path: Path) -> None:
    travel = '[[rule.travel]]\nmin_miles = 50\nclause = "6.2"\nwords = "From 50 miles."\n'
    (rule,) = read(tmp_path, f'{TOP}{RULE}inside = "waived"\nwords = "In full."\n{travel}').rules
    assert (rule.inside[0].cited.clause, rule.inside[0].cited.words) == ("4", "In full.")
    assert (rule.travel[0].cited.clause, rule.travel[0].cited.words) == ("6.2", "From 50 miles.")
    assert {rule.cited.version, rule.travel[0].cited.version} == {"7"}


def test_words_stand_for_conditions_and_a_gate_finds_its_question(tmp_path: Path) -> None:
    text = (
        f'{TOP}{RULE}not_for = ["medicare_primary", "hdhp", "cobra"]\n'
        'gate = [{ fact = "bmi", below = 40, or_when = { fact = "clearance", is = true } }]\n'
        'inside = [{ kind = "normal", when = ["minor", { fact = "plan_type", one_of = ["hmo", "epo"] }] }, "waived"]\n'
    )
    rules = read(tmp_path, text)
    (rule,) = rules.rules
    assert [one.conditions[0].value for one in rule.not_for] == [True, "hdhp", "cobra"]
    assert rule.inside[0].when == (
        Condition("age_years", "below", 18),
        Condition("plan_type", "one_of", ("hmo", "epo")),
    )
    assert (rule.inside[1].kind, rule.gates[0].id) == ("waived", "bmi")
    assert "BMI" in rule.gates[0].ask
    assert "below 40" in (rule.gates[0].not_yet or "")
    assert [question.fact for question in rules.questions] == ["bmi", "clearance"]


def test_a_rule_takes_over_what_it_does_not_say_itself(tmp_path: Path) -> None:
    first = f'{RULE}mode = "mandatory"\noutside = "nothing"\nduty = ["call_first"]\nfollow_up_days = [7]\n'
    other = '[[rule]]\nclause = "5"\ntitle = "Others"\nsame_as = "4"\noutside = "normal"\nfollow_up_days = []\n'
    rule = read(tmp_path, TOP + first + other).rules[1]
    assert (rule.mode, rule.outside[0].plan_pays, rule.follow_up_days) == ("voluntary", "normal", ())
    assert (rule.duties[0].id, rule.duties[0].cited.clause) == ("call_first", "4")


WRONG = [
    (f'{TOP}{RULE}insde = "waived"\n', "line 11: found insde", "inside"),
    (f'{TOP}{RULE}inside = "wavied"\n', 'line 11: found "wavied"', "waived"),
    (f'{TOP}{RULE}procedures = ["total-knee-replacment"]\n', "line 11", "total-knee-replacement"),
    (f'{TOP}{RULE}service_lines = ["spin"]\n', "line 11", "spine"),
    (f"{TOP}{PPO}deductible_self = 1700.555\n", "line 10: found 1700.555", "two decimals"),
    (f'{TOP}{PPO}deductible_self = "1,700"\n', "line 10", "without quotes"),
    (f"{TOP}{PPO}deductible_self = -1\n", "line 10: found -1", "from 0"),
    (f"{TOP}{PPO}deductible_self = inf\n", "line 10: found Infinity", "number"),
    (f"{TOP}{PPO}hsa_qualified = 1\n", "line 10: found 1", "true or false"),
    (f'{TOP}{PPO}coinsurance = "20%"\n', "line 10", "percent"),
    (f"{TOP}{PPO}{PPO}", "line 11", "an id of its own"),
    (f'{TOP}[[rule]]\ntitle = "Knees"\n', "line 7: found nothing", "clause"),
    (f"{TOP}{RULE}valid_from = 2026-02-30\n", "cannot be read", ""),
    (f'{TOP}{RULE}valid_from = "March"\n', "line 11", "2026-01-01"),
    (f"{TOP}{RULE}valid_from = 2026-07-01\nvalid_to = 2026-06-30\n", "line 12", "on or after"),
    (f'{TOP}{RULE}mode = "obligatory"\n', "line 11", "mandatory"),
    (f'{TOP}{RULE}same_as = "3"\n', "line 11", "further up"),
    (f'{TOP}{RULE}inside = {{ kind = "coinsurance" }}\n', "line 11", "percent"),
    (f'{TOP}{RULE}inside = {{ kind = "waived", percent = 10 }}\n', "line 11", "Take one"),
    (f'{TOP}{RULE}outside = {{ plan_pays = "normal", percent = 50 }}\n', "line 11", "Keep one"),
    (f'{TOP}{RULE}gate = {{ fact = "bmi", below = "40" }}\n', "line 11", "number"),
    (f'{TOP}{RULE}gate = {{ fact = "bmi", below = 40, above = 20 }}\n', "line 11: found 2 tests", "second condition"),
    (f'{TOP}{RULE}gate = {{ fact = "bmi" }}\n', "line 11: found no test", "below = 40"),
    (f'{TOP}{RULE}gate = {{ fact = "karma", is = true }}\n', "line 11: found nothing", "question"),
    (f'{TOP}{RULE}members = [{{ fact = "plan_type", is = "ppp" }}]\n', "line 11", "ppo"),
    (f'{TOP}{PPO}{RULE}members = [{{ fact = "plan_option", is = "pp0" }}]\n', "line 14", "ppo"),
    (f'{TOP}{RULE}members = ["hsa_plan"]\n', "line 11", "hsa"),
    (f'{TOP}{RULE}members = [{{ fact = "medicare_primary", is = "yes" }}]\n', "line 11", "is = true"),
    (f'{TOP}{RULE}[[rule.travel]]\nmileage = "irs"\nmileage_cents = 20.5\n', "line 13", "one of the two"),
    (f'{TOP}{RULE}[[rule.travel]]\n\nmin_miles = "50"\n', "line 13", "miles"),
    (f'{TOP}{RULE}[[rule.reward]]\namount = 500\n', "line 11: found nothing", "account"),
    (f'{TOP}{RULE}[rule.appeal]\nwithin_days = 180\n', "line 11: found nothing", "says"),
    (f'{TOP}{RULE}duty = ["carer"]\n', "line 11", "caregiver"),
    (f'{TOP}[[question]]\nfact = "age_years"\nform = "number"\nask = "?"\n{RULE}', "line 8", "another name"),
    (f'{TOP}format = 2\n{RULE}', "line 7", "Update coe"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "word"), WRONG, ids=[f"{number}" for number in range(len(WRONG))])
def test_what_cannot_be_right_is_refused_with_its_line_and_what_to_do(
    tmp_path: Path, text: str, place: str, word: str
) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        read_rules(path)
    assert place in refusal.value.message
    assert word in str(refusal.value)
    assert refusal.value.next_step


def test_a_text_from_outside_is_cleaned(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, TOP + RULE.replace("Knees", "Kn\\u001b[31mees\\u202e")).rules
    assert rule.title == "Knees"


def example(entry: Entry) -> object:
    """Give a value of an entry's form that is no contradiction to any other."""
    by_form: dict[str, object] = {"dollars": 1, "number": 1, "percent": 1, "date": date(2026, 1, 1), "yes_no": True}
    words = "total-knee-replacement" if entry.key.endswith("procedures") else entry.choices[0] if entry.choices else "x"
    return by_form.get(entry.form, {"numbers": [1], "conditions": [], "words": [], "list": []}.get(entry.form, words))


def table(sheet: Sheet) -> dict[str, object]:
    content: dict[str, object] = {"zzz": 1}
    for entry in sheet.entries:
        *outer, key = entry.key.split(".")
        inner = content
        for part in outer:
            inner = inner.setdefault(part, {})  # type: ignore[assignment]
        inner[key] = example(entry)
    return content


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_the_form_names_every_key_that_the_reader_knows_and_no_other(sheet: Sheet) -> None:
    top: dict[str, object] = {"id": "a", "employer": "A", "alliances": [], "plan_year": 2026}
    rule: dict[str, object] = {"clause": "1", "title": "t", "mode": "tiered"}
    inner = table(sheet)
    for key in ("rule", "tier", "test", "value"):
        inner.pop(key, None)
    if sheet.key == "gate":
        inner |= {"fact": "bmi", "below": 40}
    tables = {sheet.key: [inner]}
    content = (
        top | inner if sheet is PROGRAM else top | tables if not sheet.of_rule else top | {"rule": [rule | tables]}
    )
    unknown = [one for one in findings(content) if one.code == "unknown_key"]
    assert [one.found for one in unknown] == ["zzz"]
    known = set(unknown[0].expected.removeprefix("one of ").replace(" or ", ", ").split(", "))
    named = {entry.key.split(".")[0] for entry in sheet.entries} - {"test", "value"}
    elsewhere = {
        "": {"plan_option", "question", "rule"},
        "rule": {"tier", "gate", "reward", "travel", "exception"},
        "tier": {"cost"},
        "gate": {"is", "is_not", "at_least", "at_most", "below", "above", "one_of", "none_of"},
    }.get(sheet.key, set())
    own = {"rule"} if sheet.of_rule or sheet.key == "rule" else set()
    assert known == (named - own - ({"tier"} if sheet.of_rule else set())) | elsewhere


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.decimals(0, 10**6, places=2)
    | st.dates()
    | st.text(st.characters(codec="utf-8"), max_size=20).map(clean),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_ é.", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcwhen_", min_size=1, max_size=6), VALUES, max_size=4))
def test_what_is_written_as_toml_is_read_as_it_was(content: dict[str, object]) -> None:
    assert tomllib.loads(toml_of(content, "a test"), parse_float=Decimal) == content


def test_the_manual_names_every_key_and_every_ready_question_and_its_example_is_without_finding(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "program.md").read_text(encoding="utf-8")
    keys = {entry.key.split(".")[-1] for sheet in SHEETS for entry in sheet.entries} - {"test", "value"}
    assert {
        name for name in (*keys, *known_questions(), *WORDS, *MEMBER_FACTS, *CARE_FACTS) if f"`{name}`" not in manual
    } == set()
    example_file = tmp_path / "example.toml"
    example_file.write_text("\n".join(re.findall(r"```toml\n(.*?)```", manual, flags=re.DOTALL)), encoding="utf-8")
    reading = read_content(open_program_file(example_file).content, catalogued())
    assert (reading.findings, len(reading.rules.rules)) == ((), 2)


ANY = (
    st.none()
    | VALUES
    | st.sampled_from(
        ["waived", "hsa", "ppo", "irs", "is", "mandatory", "required", ["hmo"], {"fact": "bmi", "below": 4}]
    )
)
NAMED = st.sampled_from(
    sorted({entry.key.split(".")[-1] for sheet in SHEETS for entry in sheet.entries} | {"is", "one_of", "cost"})
)
PARTS = st.dictionaries(NAMED, ANY, max_size=4)
RULES_OF_ANYTHING = st.lists(
    st.dictionaries(
        st.sampled_from(
            [
                "inside",
                "outside",
                "tier",
                "gate",
                "not_for",
                "reward",
                "travel",
                "duty",
                "exception",
                "appeal",
                "second_opinion",
            ]
        ),
        st.lists(PARTS | ANY, max_size=2) | PARTS | ANY,
        max_size=4,
    )
    | PARTS,
    max_size=3,
)


@settings(max_examples=40)
@given(
    st.dictionaries(NAMED, ANY, max_size=6),
    RULES_OF_ANYTHING,
    st.lists(PARTS, max_size=2) | ANY,
    st.lists(PARTS, max_size=2),
)
def test_whatever_a_file_holds_is_read_or_told_and_never_breaks_the_reading(
    top: dict[str, object], rules: object, options: object, questions: object
) -> None:
    content = top | {"rule": rules, "plan_option": options, "question": questions}
    reading = read_content(content, catalogued())
    assert {finding.severity for finding in reading.findings} <= {"error", "alert"}
    assert all(finding.expected and finding.next_step for finding in reading.findings)
    alerts_of(reading.rules, content, lambda year: limits_of(year, Path("none")))
    assert all(sentence is not None for _, sentence in program_words(reading.rules))

"""`coe program check`: all findings at once, each with its line, and alerts for what is likely not meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine

from navigator.program.check_answer import ProgramCheck
from navigator.program.reading_table import likeliest
from navigator.program.rule_check import check_program
from navigator.program.rule_file import read_rules
from navigator.program.rule_places import lines_of
from navigator.program.rule_words import program_words
from navigator.program.tax_limits import limits_of
from provider_directory import demo
from provider_directory.errors import BadInput

DEMONSTRATION = sorted((Path(demo.__file__).parent / "program_files").glob("*.toml"))
PUBLISHED = sorted(Path(__file__).with_name("published").glob("*.toml"))
GOOD = """id = "acme"
employer = "Acme"
alliances = ["Lakeshore", "Prairie"]
plan_year = 2026
ask = "the desk"

[[plan_option]]
id = "ppo"
type = "ppo"
deductible_self = 1000
deductible_family = 2000
embedded_deductible = true
out_of_pocket_self = 4000
coinsurance = 20

[[plan_option]]
id = "hsa"
type = "hdhp"
hsa_qualified = true
deductible_self = 1700
deductible_family = 3400
embedded_deductible = false
out_of_pocket_self = 8500
out_of_pocket_family = 17000
coinsurance = 20

[[rule]]
clause = "4"
title = "Knees"
mode = "mandatory"
criteria_sets = ["hip-knee"]
inside = "after_deductible"
outside = "nothing"

[[rule.travel]]
min_miles = 50
cap_case = 5000

[[rule.exception]]
title = "Emergency"
when = [{ fact = "emergency", is = true }]

[rule.appeal]
says = "In writing."
"""


def checked(tmp_path: Path, text: str, *alliances: str) -> ProgramCheck:
    path = tmp_path / "acme.toml"
    path.write_text(text, encoding="utf-8")
    found = alliances or ("Lakeshore", "Prairie")
    return check_program(path, lambda year: limits_of(year, tmp_path / "none"), found, {"010001"}.__contains__)


def test_a_good_file_has_no_finding(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD)
    assert (found.valid, found.errors, found.alerts) == (True, (), ())
    assert (found.rules, found.plan_options, found.questions, found.alliances_checked) == (1, 2, 1, "yes")


def test_all_errors_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = (
        GOOD.replace("plan_year = 2026", 'plan_year = "26"')
        .replace("min_miles", "min_milse")
        .replace("= 5000", '= "5"')
    )
    found = checked(tmp_path, text.replace('title = "Emergency"\n', ""))
    lines = text.splitlines()
    assert not found.valid
    assert [(one.line, one.place) for one in found.errors] == [
        (4, "plan_year"),
        (lines.index("min_milse = 50") + 1, "rule 1, travel 1, min_milse"),
        (lines.index('cap_case = "5"') + 1, "rule 1, travel 1, cap_case"),
        (lines.index("[[rule.exception]]") + 1, "rule 1, exception 1, title"),
    ]
    assert "min_miles" in found.errors[1].next_step


BROKEN = [
    ('employer = "Acme"', "employer = “Acme”", 2, "straight quotes"),
    ('title = "Knees"', 'title = "Knees"\ntitle = "Hips"', 30, "Take one out"),
    ("[[rule]]", "[rule]\n[rule]", 28, "[[rule]]"),
    ('employer = "Acme"', "employer = '\udce9'", 2, "UTF-8"),
    ("plan_year = 2026", "plan_year = " + "9" * 5_000, None, "number that is meant"),
    ("plan_year = 2026", "a = " + "[" * 5_000, None, "docs/program.md"),
]


@pytest.mark.parametrize(("old", "new", "line", "step"), BROKEN)
def test_a_break_of_the_grammar_says_what_to_do_in_words(
    tmp_path: Path, old: str, new: str, line: int | None, step: str
) -> None:
    path = tmp_path / "acme.toml"
    path.write_bytes(GOOD.replace(old, new, 1).encode("utf-8", "surrogateescape"))
    found = check_program(path)
    assert [one.line for one in found.errors] == [line]
    assert step in found.errors[0].next_step
    assert found.alliances_checked == "not_read"


def test_a_key_that_stands_twice_in_json_is_refused_not_chosen_from(tmp_path: Path) -> None:
    path = tmp_path / "acme.json"
    path.write_text('{"id": "a", "id": "b", "employer": "Acme", "alliances": [], "plan_year": 2026}', encoding="utf-8")
    assert 'the key "id" twice' in check_program(path).errors[0].found


@pytest.mark.parametrize(("typed", "meant"), [("plan_yaer", "plan_year"), ("deductible", "deductible_self")])
def test_a_misspelled_key_is_told_by_its_likeliest_even_where_it_holds_another(typed: str, meant: str) -> None:
    assert likeliest(typed, ("plan", "plan_year", "deductible_self", "deductible_family")) == meant


def test_a_key_of_the_top_that_slipped_below_a_table_is_sent_back(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD.replace('says = "In writing."', 'says = "In writing."\nengagement = "navigation"'))
    assert [one.place for one in found.errors] == ["rule 1, appeal, engagement"]
    assert "at the top of the file" in found.errors[0].next_step


def test_what_cannot_be_read_is_not_told_again_as_absent(tmp_path: Path) -> None:
    text = GOOD.replace("deductible_self = 1000", 'deductible_self = "1000"').replace('"after_deductible"', '"free"')
    found = checked(tmp_path, text)
    assert (len(found.errors), found.alerts) == (2, ())


def test_a_waiver_for_other_plans_is_no_waiver_of_the_plan_with_an_account(tmp_path: Path) -> None:
    waived = GOOD.replace('inside = "after_deductible"', 'inside = "waived"\nmembers = "not_hsa"')
    assert checked(tmp_path, waived).alerts == ()


def test_travel_by_bands_of_miles_needs_no_least_miles(tmp_path: Path) -> None:
    by_miles = GOOD.replace("min_miles = 50", 'when = { fact = "miles", above = 60 }')
    assert checked(tmp_path, by_miles).alerts == ()


def test_a_clause_of_two_rules_is_a_doubtful_source_for_a_third(tmp_path: Path) -> None:
    more = '\n[[rule]]\nclause = "{}"\ntitle = "More"\nmode = "voluntary"\nprocedures = ["{}"]\ninside = "normal"\n{}'
    text = GOOD + more.format("4", "cabg", "") + more.format("5", "pci", 'same_as = "4"\n')
    assert [one.code for one in checked(tmp_path, text).alerts] == ["clause_twice"]


ALERTS = [
    ("deductible_self = 1700\n", "deductible_self = 1650\n", "deductible_below_law", 20),
    ("out_of_pocket_family = 17000", "out_of_pocket_family = 17001", "out_of_pocket_above_law", 24),
    ("out_of_pocket_self = 4000", "out_of_pocket_self = 10601", "out_of_pocket_above_law", 13),
    ("embedded_deductible = false", "embedded_deductible = true", "embedded_below_law", 22),
    ("hsa_qualified = true\n", "", "hsa_not_said", 16),
    ("embedded_deductible = true\n", "", "embedded_not_said", 7),
    ('inside = "after_deductible"', 'inside = "waived"', "waiver_with_hsa", 32),
    ('inside = "after_deductible"\n', "", "inside_not_said", 27),
    ('"after_deductible"', '["after_deductible", { kind = "waived", when = "hsa" }]', "never_reached", 32),
    ('"after_deductible"', '{ kind = "coinsurance", percent = 0.1 }', "small_percent", 32),
    ('"nothing"', "{ percent = 50 }", "cap_not_said", 33),
    ("min_miles = 50\n", "", "no_min_miles", 35),
    ("cap_case = 5000\n", "", "no_travel_cap", 35),
    ('[rule.appeal]\nsays = "In writing."\n', "", "no_appeal", 27),
    ('"emergency"', '"emergencies"', "unasked_fact", 41),
    ('mode = "mandatory"', 'mode = "mandatory"\nvalid_from = 2025-07-01', "outside_plan_year", 27),
    ("plan_year = 2026", "plan_year = 2026\nvalid_to = 2027-06-30", "tax_year_not_loaded", 4),
    ("plan_year = 2026", "plan_year = 2026\nvalid_from = 2027-01-01\nvalid_to = 2027-06-30", "outside_plan_year", 5),
    ('"Prairie"', '"Prarie"', "unknown_alliance", 3),
    ('ask = "the desk"\n', "", "nobody_to_ask", None),
    (
        'mode = "mandatory"',
        'mode = "tiered"\ntier = [{ name = "1", centers = "listed", facilities = ["999999"] }]',
        "unknown_facility",
        31,
    ),
    ('mode = "mandatory"', 'mode = "tiered"', "no_tiers", 27),
    ("[[rule.travel]]", '[[rule]]\nclause = "5"\ntitle = "Hips"\nmode = "voluntary"\n'
     'criteria_sets = ["hip-knee"]\ninside = "normal"\n\n[[rule.travel]]', "same_scope", 35),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), ALERTS, ids=[f"{one[2]}-{one[3]}" for one in ALERTS])
def test_what_is_likely_not_meant_is_an_alert_and_leaves_the_file_valid(
    tmp_path: Path, old: str, new: str, code: str, line: int | None
) -> None:
    assert GOOD.count(old) == 1
    found = checked(tmp_path, GOOD.replace(old, new))
    assert found.valid, found.errors
    assert (code, line) in [(one.code, one.line) for one in found.alerts]
    assert all(one.next_step for one in found.alerts)


def test_a_mandatory_rule_without_a_way_around_it_is_told(tmp_path: Path) -> None:
    start, end = GOOD.index("[[rule.exception]]"), GOOD.index("[rule.appeal]")
    assert [one.code for one in checked(tmp_path, GOOD[:start] + GOOD[end:]).alerts] == ["no_exception"]


def test_every_place_of_a_file_has_its_line() -> None:
    lines = lines_of(
        '# a comment\na = 1\nlong = """\n[b]\n"""\n[b.c]\nd.e = { f = [1, 2] }\n\n[[r]]\n[[r.s]]\nw = [\n  # no item\n'
        '  { x = 1 },\n\n  { x = 2, y = [3] }, { x = 4 },\n]\n[[r]]\n[[r.s]]\nq = 1\n[r.t]\nu = "]"\n'
    )
    assert [lines["a",], lines["long",], lines["b", "c"], lines["b", "c", "d", "e", "f", 1]] == [2, 3, 6, 7]
    assert [lines["r", 0], lines["r", 0, "s", 0], lines["r", 0, "s", 0, "w"]] == [9, 10, 11]
    assert [lines["r", 0, "s", 0, "w", index] for index in range(3)] == [13, 15, 15]
    assert lines["r", 0, "s", 0, "w", 1, "y", 0] == 15
    assert [lines["r", 1], lines["r", 1, "s", 0, "q"], lines["r", 1, "t", "u"]] == [17, 19, 21]


@pytest.mark.parametrize("path", [*DEMONSTRATION, *PUBLISHED], ids=lambda path: path.stem)
def test_the_rule_sets_that_we_ship_are_valid_and_every_clause_is_said(path: Path, tmp_path: Path) -> None:
    found = check_program(path, lambda year: limits_of(year, tmp_path / "none"), None)
    assert (found.errors, found.alliances_checked) == ((), "no_edition")
    rules = read_rules(path)
    words = "\n".join(sentence for _, sentence in program_words(rules))
    for rule in rules.rules:
        assert f"Clause {rule.cited.clause}: {rule.title}" in words
        assert all(f"Needed: {gate.ask}" not in words and gate.ask in words for gate in rule.gates)


def test_the_command_tells_in_words_and_json_and_by_its_exit_code(coe: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(GOOD.replace("min_miles", "min_milse"), encoding="utf-8")
    assert coe("program", "check", str(path)) == 2
    assert "Not valid: 1 error" in coe.out
    assert "line 36 (rule 1, travel 1, min_milse)" in coe.out
    assert max(map(len, coe.out.splitlines())) <= 80
    assert coe("program", "check", str(path), "--json") == 2
    assert coe.json["errors"][0]["line"] == 36
    path.write_text(GOOD, encoding="utf-8")
    assert coe("program", "show", str(path)) == 0
    assert "Clause 4: Knees" in coe.out


def test_alliances_are_looked_for_in_the_edition_that_is_named(
    coe: CommandLine, demonstration_edition: Path, tmp_path: Path
) -> None:
    edition = ("--edition", str(demonstration_edition))
    assert coe("program", "check", "copperline-rail", *edition, "--json") == 0
    assert coe.json["alliances_checked"] == "yes"
    assert "unknown_alliance" not in [alert["code"] for alert in coe.json["alerts"]]
    path = tmp_path / "acme.toml"
    path.write_text(GOOD.replace("Lakeshore", "Lakeshore Health Aliance"), encoding="utf-8")
    assert coe("program", "check", str(path), *edition) == 0
    assert 'Write "Lakeshore Health Alliance" if that is meant.' in coe.out
    assert coe("program", "check", str(path), "--edition", str(path)) == 2


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [("a.toml", 'id = "a"\n\n[[rule]', 3), ("a.toml", "id = 1\nid = 2\n", 2), ("a.json", '{\n"id": }', 2)],
)
def test_a_break_of_the_grammar_is_one_error_on_its_line(tmp_path: Path, name: str, text: str, line: int) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = check_program(tmp_path / name, limits_of, None)
    assert (found.valid, [one.line for one in found.errors]) == (False, [line])


def test_a_file_that_is_no_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_text('"only"', encoding="utf-8")
    for path in (tmp_path / "acme.json", tmp_path / "absent.toml"):
        with pytest.raises(BadInput, match=path.name):
            check_program(path, limits_of, None)

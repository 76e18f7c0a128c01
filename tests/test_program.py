"""Program files: found by id or path, TOML or JSON, and refused in words."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from navigator.program.model import load_program
from navigator.program.rule_check import check_program
from navigator.program.tax_limits import limits_of
from provider_directory import demonstration_files
from provider_directory.demo import write_programs
from provider_directory.demonstration_files import RECORD, is_outdated_program, put_files
from provider_directory.errors import BadInput

PROGRAM = 'id = "acme"\nemployer = "Acme"\nalliances = ["Lakeshore"]\nplan_year = 2026\n'


def test_a_program_is_found_by_its_id_or_its_path(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(PROGRAM)
    by_id = load_program("acme", tmp_path)
    assert by_id == load_program(str(tmp_path / "acme.toml"), Path("nowhere"))
    assert (by_id.employer, by_id.alliances, by_id.plan_year) == ("Acme", ("Lakeshore",), 2026)


def test_json_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"id": "acme", "employer": "Acme", "alliances": ["A", "B"], "plan_year": 2027}')
    assert load_program(str(path), tmp_path).alliances == ("A", "B")


def test_the_invented_programs_load(demonstration_programs: Path) -> None:
    names = sorted(path.stem for path in demonstration_programs.glob("*.toml"))
    assert len(names) == 3
    for name in names:
        assert load_program(name, demonstration_programs).alliances


def test_an_invented_program_is_made_anew_by_another_version_and_never_over_a_person_s_changes(tmp_path: Path) -> None:
    folder = tmp_path / "programs"
    write_programs(folder)
    own, other = folder / "brewline-foods.toml", folder / "copperline-rail.toml"
    now, record = own.read_bytes(), (folder / RECORD).read_bytes()
    put_files(folder, {own.name: b"# as another version wrote it\n"})
    assert is_outdated_program(own)
    other.write_text("# ours now\n")
    (folder / "acme.toml").write_text(PROGRAM)
    (folder / "harborlight-schools.toml").unlink()
    assert not any(map(is_outdated_program, (other, folder / "acme.toml", folder / "harborlight-schools.toml")))
    write_programs(folder)
    assert (own.read_bytes(), (folder / RECORD).read_bytes()) == (now, record)
    assert other.read_text() == "# ours now\n"
    assert load_program("harborlight-schools", folder)
    assert not is_outdated_program(own)


def test_an_invented_program_of_before_there_was_a_record_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "brewline-foods.toml"
    own.write_text("# as it was written\n")
    assert not is_outdated_program(own)
    digest = sha256(own.read_bytes()).hexdigest()
    monkeypatch.setattr(demonstration_files, "_WITHOUT_A_RECORD", frozenset({digest[:12]}))
    assert is_outdated_program(own)
    write_programs(tmp_path)
    assert load_program("brewline-foods", tmp_path)


def test_an_unknown_program_names_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(PROGRAM)
    with pytest.raises(BadInput) as refusal:
        load_program("nobody", tmp_path)
    assert [choice.id for choice in refusal.value.choices] == ["acme"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (PROGRAM.replace("plan_year = 2026", 'plan_year = "soon"'), "plan_year"),
        (PROGRAM.replace('["Lakeshore"]', '"Lakeshore"'), "alliances"),
        (PROGRAM.replace('employer = "Acme"', ""), "employer"),
        (f"{PROGRAM}retention_years = 5\n", "retention_years is a number from 6"),
        (f"{PROGRAM}retention_years = true\n", "retention_years"),
        ("id = [", "cannot be read"),
    ],
)
def test_a_broken_program_file_is_refused_naming_the_field(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "acme.toml").write_text(text)
    with pytest.raises(BadInput, match=named):
        load_program("acme", tmp_path)


def test_a_name_with_escapes_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(PROGRAM.replace('"Acme"', '"Acme \\u001b[31mCo"'))
    assert load_program("acme", tmp_path).employer == "Acme Co"


def test_what_a_plan_does_for_a_member_far_from_any_center_is_read_in_the_order_of_the_card(tmp_path: Path) -> None:
    far = '\n[no_center_in_reach]\nsecond_opinion = "By video (clause 6.5)."\ntravel = "Paid from 50 miles."\n'
    (tmp_path / "acme.toml").write_text(PROGRAM + far)
    read = load_program("acme", tmp_path).far_from_contract
    assert read == (("travel", "Paid from 50 miles."), ("second_opinion", "By video (clause 6.5)."))


@pytest.mark.parametrize(
    "far", ["no_center_in_reach = 1", '[no_center_in_reach]\nfood = "yes"', "[no_center_in_reach]\ntravel = 5"]
)
def test_a_topic_that_the_card_does_not_have_is_refused(tmp_path: Path, far: str) -> None:
    (tmp_path / "acme.toml").write_text(f"{PROGRAM}{far}\n")
    with pytest.raises(BadInput, match="no_center_in_reach") as refusal:
        load_program("acme", tmp_path)
    assert "travel" in refusal.value.next_step


@pytest.mark.parametrize("name", ["brewline-foods", "copperline-rail", "harborlight-schools"])
def test_the_invented_rules_are_whole_and_the_sentences_for_far_members_name_their_clauses(
    name: str, demonstration_programs: Path
) -> None:
    program = load_program(name, demonstration_programs)
    checked = check_program(demonstration_programs / f"{name}.toml", limits_of, None)
    assert {alert.code for alert in checked.alerts} <= {"waiver_with_hsa"}
    assert checked.valid
    text = (demonstration_programs / f"{name}.toml").read_text(encoding="utf-8")
    clauses = set(re.findall(r'clause = "([^"]+)"', text))
    named = {
        clause for _topic, words in program.far_from_contract for clause in re.findall(r"clause ([\d.]+)\)", words)
    }
    assert named <= clauses

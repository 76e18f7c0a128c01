"""`coe procedures`, `find`, `evidence`, `schema`: answers, words and exit codes (CONTRACT 6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CommandLine

from provider_directory.models import Evidence, Offer, ProcedureAnswer


@pytest.fixture
def knee(demonstration_edition: Path) -> tuple[str, ...]:
    """Give the arguments of the showpiece question."""
    edition = str(demonstration_edition)
    return ("find", "knee replacement", "53202", "--edition", edition, "--on", "2026-11-22", "--miles", "100")


def test_words_find_procedures_in_the_contracted_shape(coe: CommandLine) -> None:
    assert coe("procedures", "new", "knee", "--json") == 0
    answer = ProcedureAnswer.model_validate(coe.json)
    assert answer.query == "new knee"
    assert answer.matches[0].id == "total-knee-replacement"
    assert set(coe.json) == {"query", "sure", "matches"}
    assert set(coe.json["matches"][0]) == {"id", "name", "why", "confidence"}


def test_a_batch_gives_one_answer_a_line_in_order(coe: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "queries").write_text("27447\nqwerty\n\ncolonoscopia\n", encoding="utf-8")
    assert coe("procedures", "--batch", str(tmp_path / "queries"), "--json") == 0
    answers = [json.loads(line) for line in coe.out.splitlines()]
    assert [answer["query"] for answer in answers] == ["27447", "qwerty", "", "colonoscopia"]
    assert [bool(answer["matches"]) and answer["matches"][0]["id"] for answer in answers][::3] == [
        "total-knee-replacement",
        "colonoscopy",
    ]


def test_nothing_found_is_exit_one(coe: CommandLine) -> None:
    assert coe("procedures", "99214") == 1
    assert "No procedure fits" in coe.err


def test_find_answers_in_the_contracted_shape(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe(*knee, "--program", "brewline-foods", "--json") == 0
    offer = Offer.model_validate(coe.json)
    first = coe.json["centers"][0]
    assert offer.demonstration
    assert offer.program == "brewline-foods"
    assert offer.procedure == "total-knee-replacement"
    assert {"label", "lat", "lon", "precision"} == set(coe.json["place"])
    assert {"id", "kind", "ccn", "npi", "name", "address", "phone", "intake_phone"} == set(first["facility"])
    assert first["credential"]["state"] == "CONTRACT"
    assert first["price"]["kind"] == "contract_bundle"
    assert first["price"]["amount_cents"] == 2_410_000
    assert first["you_pay"] == "$0-3,400"


def test_without_a_program_no_contract_counts_and_no_bundle_is_shown(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe(*knee, "--json") == 0
    offer = Offer.model_validate(coe.json)
    kinds = {center.price.kind for center in offer.centers}
    assert not kinds & {"contract_bundle", "paid_by_plan", "posted_negotiated"}
    assert all(center.credential.state not in ("CONTRACT", "SUSPENDED", "EXPIRED") for center in offer.centers)
    flags = [flag for center in offer.centers for flag in center.credential.flags]
    assert "under contract with Lakeshore Health Alliance, for its members" in flags


def test_the_date_of_the_question_decides_about_contracts(coe: CommandLine, knee: tuple[str, ...]) -> None:
    later = [*knee, "--program", "brewline-foods", "--json"]
    later[later.index("2026-11-22")] = "2028-11-22"
    assert coe(*later) == 0
    assert all(center["credential"]["state"] != "CONTRACT" for center in coe.json["centers"])


def test_ambiguous_words_ask_with_choices(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("find", "bypass", *knee[2:], "--json") == 2
    assert coe.json["error"]["code"] == "ambiguous_procedure"
    assert {choice["id"] for choice in coe.json["error"]["choices"]} >= {"cabg", "gastric-bypass"}
    assert coe("find", "bypass", *knee[2:]) == 2
    assert coe.err.startswith('Which procedure is it? "bypass" may mean')


def test_ambiguous_places_ask_with_choices(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("find", "knee replacement", "Springfield", *knee[3:], "--json") == 2
    assert coe.json["error"]["code"] == "ambiguous_place"
    assert "Springfield, IL" in {choice["id"] for choice in coe.json["error"]["choices"]}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("find", "qwertyuiop", "53202"), "unknown_procedure"),
        (("find", "knee replacement", "Xyzzyville"), "unknown_place"),
        (("find", "knee replacement", "53202", "--on", "tomorrow"), "bad_input"),
        (("find", "knee replacement", "53202", "--on", "9999-12-31"), "bad_input"),
        (("find", "knee replacement", "53202", "--on", "20261122"), "bad_input"),
        (("find", "knee replacement", "53202", "--care-day", "2020-01-01"), "bad_input"),
        (("find", "knee replacement", "53202", "--surgeon", ""), "bad_input"),
        (("find", "knee replacement", "53202", "--sort", "beauty"), "bad_input"),
        (("find", "knee replacement", "53202", "--miles", "-3"), "bad_input"),
        (("find", "knee replacement", "53202", "--program", "nobody"), "bad_input"),
        (("find", "knee replacement", "53202", "--surgeon", "Thuy"), "bad_input"),
        (("find", "knee replacement", "53202", "--nonsense"), "bad_input"),
        (("find", "knee replacement"), "bad_input"),
        (("evidence", "no-such-place", "27447"), "unknown_facility"),
        (("schema", "everything"), "bad_input"),
    ],
)
def test_bad_input_is_exit_two_with_a_code_and_a_sentence(
    coe: CommandLine, demonstration_edition: Path, arguments: tuple[str, ...], code: str
) -> None:
    edition = () if arguments[0] == "schema" else ("--edition", str(demonstration_edition))
    assert coe(*arguments, *edition, "--json") == 2
    assert coe.json["error"]["code"] == code
    assert coe.json["error"]["message"]


def test_nobody_near_is_answered_with_the_nearest_and_a_warning(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("find", "knee replacement", "Hilo, HI", *knee[3:], "--json") == 0
    assert coe.json["warnings"] == ["none_within_radius"]
    assert coe.json["total"] == 0
    assert len(coe.json["centers"]) == 10


def test_a_surgeon_under_contract_is_found_by_part_of_the_name(coe: CommandLine, knee: tuple[str, ...]) -> None:
    ours = (*knee, "--program", "brewline-foods", "--json")
    assert coe(*ours) == 0
    first = coe.json["centers"][0]
    family_name = first["surgeons"][0]["name"].split()[-1]
    assert coe(*ours, "--surgeon", family_name.upper()) == 0
    assert first["facility"]["id"] in {center["facility"]["id"] for center in coe.json["centers"]}
    for center in coe.json["centers"]:
        assert any(family_name in surgeon["name"] for surgeon in center["surgeons"])


def test_a_surgeon_counts_for_the_procedures_that_the_roster_names_only(
    coe: CommandLine, knee: tuple[str, ...]
) -> None:
    ours = (*knee, "--program", "brewline-foods", "--json")
    assert coe(*ours) == 0
    surgeon = coe.json["centers"][0]["surgeons"][0]
    assert "knee-replacement-revision" not in surgeon["procedures"]
    revision = ("find", "knee-replacement-revision", *ours[2:])
    assert coe(*revision, "--surgeon", surgeon["name"]) == 1


def test_nobody_near_shows_the_same_first_centers_whatever_the_limit(coe: CommandLine, knee: tuple[str, ...]) -> None:
    far = ("find", "knee replacement", "Hilo, HI", *knee[3:], "--program", "brewline-foods", "--json", "--limit")
    assert coe(*far, "3") == 0
    three = [center["facility"]["id"] for center in coe.json["centers"]]
    assert coe.json["centers"][0]["credential"]["state"] == "CONTRACT"
    assert coe(*far, "20") == 0
    assert [center["facility"]["id"] for center in coe.json["centers"]][:3] == three


def test_a_surgeon_whom_no_contract_names_is_not_found(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe(*knee, "--program", "brewline-foods", "--surgeon", "Zzyzx") == 1


def test_a_program_whose_alliances_no_roster_knows_is_warned_of(
    coe: CommandLine, knee: tuple[str, ...], tmp_path: Path
) -> None:
    program = tmp_path / "typo.toml"
    program.write_text('id = "typo"\nemployer = "Typo"\nalliances = ["Lakeshoer"]\nplan_year = 2026\n')
    assert coe(*knee, "--program", str(program), "--json") == 0
    assert coe.json["warnings"] == ["no_roster_of_program"]
    assert coe(*knee, "--program", str(program)) == 0
    assert "no list of centers from the program's alliances: no contract counts" in coe.out


def test_a_line_without_public_ratings_says_so(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("find", "gastric sleeve", *knee[2:], "--json") == 0
    assert coe.json["note"] == "No public data rates hospitals for this procedure."
    assert all(center["rank"] is None for center in coe.json["centers"])


def test_the_answer_in_words_names_the_demonstration_and_the_limits(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe(*knee, "--program", "brewline-foods") == 0
    assert "DEMONSTRATION" in coe.out
    assert "$24,100 contract bundle" in coe.out
    assert "not medical advice" in coe.out


def test_evidence_goes_from_the_label_to_the_source_row(coe: CommandLine, demonstration_edition: Path) -> None:
    asked = ("evidence", "90Z001", "total-knee-replacement", "--edition", str(demonstration_edition))
    assert coe(*asked, "--on", "2026-11-22", "--json") == 0
    ladder = Evidence.model_validate(coe.json)
    assert [criterion.id for criterion in ladder.criteria] == ["R1", "R2", "R3", "R4", "R5"]
    first = ladder.measures[0]
    assert first.source is not None
    assert "COMP_HIP_KNEE" in first.source.key
    assert ladder.contracts
    total = sum(measure.contribution or 0.0 for measure in ladder.measures)
    steps = {step.text.partition(",")[0]: step.result for step in ladder.steps}
    volume = next(float(step.result.split("= ")[1]) for step in ladder.steps if step.text.startswith("VOLUME"))
    assert float(steps["Z"]) == pytest.approx(total + volume, abs=1e-3)
    assert coe(*asked) == 0
    assert "Steps of the score" in coe.out


def test_a_fault_of_ours_tells_an_incident_and_no_values(
    coe: CommandLine, knee: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("Jane Canary, born 1970")

    monkeypatch.setattr("provider_directory.embedded.EmbeddedDirectory.find_centers", broken)
    assert coe(*knee) == 3
    assert "incident" in coe.err
    assert "Canary" not in coe.err + coe.out


@pytest.mark.parametrize(
    "command", [("procedures", "--batch"), ("kiosk", "--site"), ("referral", "create", "--from")], ids=" ".join
)
def test_why_a_file_cannot_be_read_is_said_in_words(coe: CommandLine, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    for name, why in (("none.toml", "No such file or directory"), ("bytes.toml", "it is no text in UTF-8")):
        assert coe(*command, str(tmp_path / name)) == 2
        assert f"{name} cannot be read: {why}." in coe.err

"""`coe members`: check, import into the ledger, and what is in force."""

from __future__ import annotations

from pathlib import Path

from command_line import CommandLine

from navigator.cli.referral_answers import open_ledger
from provider_directory.testing import a_facility, a_procedure

HEADER = "member_id,name,birth_date,coverage_tier,plan_option,effective,ends\n"
JUNE = "A-1,June Stellgate,1974-03-09,family,ppo,2019-02-01,\n"
PROGRAM = ("--program", "brewline-foods")


def test_a_file_is_checked_without_keeping_anything(coe: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(f"{HEADER}{JUNE}A-2,Ola Fennrick,9/9/1999,family,gold,,\n", encoding="utf-8")
    assert coe("members", "check", str(file), *PROGRAM, "--json") == 2
    answer = coe.json
    assert (answer["read"], answer["accepted"], answer["faulty"]) == (2, 1, 1)
    assert answer["examples"][0]["place"] == "row 3"
    assert coe("members", "check", str(file), *PROGRAM) == 2
    assert "row 3, plan_option: found 'gold'" in coe.out
    assert "Fennrick" not in coe.out
    assert not (tmp_path / "ledger").exists()
    file.write_text(HEADER + JUNE, encoding="utf-8")
    assert coe("members", "check", str(file), *PROGRAM) == 0


def test_a_newer_file_takes_the_place_of_the_former_and_tells_the_changes(
    coe: CommandLine, tmp_path: Path, demonstration_programs: Path
) -> None:
    assert coe("members", "status") == 0
    assert "No eligibility file" in coe.out
    first = str(demonstration_programs / "members.csv")
    assert coe("members", "import", first, *PROGRAM, "--as-of", "2026-10-01", "--json") == 0
    assert (coe.json["check"]["accepted"], coe.json["check"]["of_another_program"]) == (10, 14)
    assert coe.json["changes"] == []
    with open_ledger() as ledger:
        draft = ledger.start(
            edition="e", demonstration=True, program=None, procedure=a_procedure(), facility=a_facility()
        ).number
        ledger.save_field(draft, "member_id", "blf-100214")
    second = tmp_path / "m.csv"
    second.write_text(
        f"{HEADER}BLF-100214,June Stellgate,1974-03-09,self_spouse,ppo,2019-02-01,2026-09-30\n", encoding="utf-8"
    )
    assert coe("members", "import", str(second), *PROGRAM, "--as-of", "2026-11-01", "--json") == 0
    changes = [(change["member_id"], change["what"]) for change in coe.json["changes"]]
    assert changes[0] == ("BLF-100214", "ended_backward")
    assert coe.json["changes"][0]["open"] == [draft]
    assert [each["open"] for each in coe.json["changes"] if each["member_id"] == "BLF-100377"] == [[]]
    assert ("BLF-100377", "gone") in changes
    assert "BLF-100611" not in dict(changes)  # whose coverage had ended before
    assert coe("members", "status", "--json") == 0
    (in_force,) = coe.json["files"]
    assert (in_force["program"], in_force["people"], in_force["as_of"]) == ("brewline-foods", 1, "2026-11-01")
    assert coe("members", "import", str(second), *PROGRAM, "--as-of", "2026-10-15") == 2
    assert "newer" in coe.err
    # Nothing of a person lies in the open.
    kept = b"".join(path.read_bytes() for path in (tmp_path / "ledger").rglob("*") if path.is_file())
    assert b"Stellgate" not in kept
    assert b"BLF-100377" not in kept


def test_a_file_that_nobody_may_send_or_without_a_row_leaves_the_former_in_force(
    coe: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEADER.replace("name", "SSN") + JUNE, encoding="utf-8")
    assert coe("members", "import", str(file), *PROGRAM) == 2
    assert "Social Security" in coe.err
    file.write_text(HEADER + JUNE.replace("ppo", "gold"), encoding="utf-8")
    assert coe("members", "import", str(file), *PROGRAM) == 2
    assert "stays in force" in coe.err
    file.write_text(HEADER + JUNE, encoding="utf-8")
    assert coe("members", "import", str(file), *PROGRAM, "--as-of", "2199-01-01") == 2

"""`coe referral letter` and `coe offer-sheet`: as text, as a file for its owner, to a printer, and as an e-mail."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from command_line import CommandLine

from navigator import locations
from navigator.ledger.here import open_here

DESK = '[desk]\norganization = "Lakeshore Benefits Navigation"\nphone = "414-555-0143"\n'
PERSONAL = ("Quillfeather", "1961", "canary", "knee", "Marquette")
"""What stands in no e-mail, no name of a file, and no audit."""


@pytest.fixture
def number(coe: CommandLine, demonstration_edition: Path, tmp_path: Path) -> str:
    """Begin a referral from a file, with a consent."""
    (tmp_path / "settings.toml").write_text(DESK)
    request = {
        "procedure": "knee replacement",
        "place": "53202",
        "facility": "90Z001",
        "program": "brewline-foods",
        "member": {"name": "Ada Quillfeather", "birth_date": "1961-03-09", "member_id": "BF-1001"},
        "reason": "canary: the knee gives way",
        "urgency": "soon",
        "language": "es",
        "interpreter": False,
        "safe_contact": {"method": "phone", "address": "414-555-0101", "voicemail_ok": False},
        "consent": "spoken_yes",
    }
    (tmp_path / "request.json").write_text(json.dumps(request))
    asked = ("referral", "create", "--from", str(tmp_path / "request.json"), "--edition", str(demonstration_edition))
    assert coe(*asked, "--json") == 0, coe.err
    with open_here() as ledger:
        return ledger.list()[0].number


def a_printer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a print system with one printer into the path."""
    for name, body in (("lp", f'echo "$@" > "{folder}/options"; cat > "{folder}/printed"'), ("lpstat", "echo desk")):
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_each_letter_is_text_here_and_a_pdf_for_its_owner_elsewhere(
    coe: CommandLine, number: str, tmp_path: Path
) -> None:
    assert coe("referral", "letter", number) == 0, coe.err
    assert coe.out.startswith("DEMONSTRATION")
    assert all(said in coe.out for said in ("Ada Quillfeather", "canary: the knee gives way", number))
    assert coe("referral", "letter", number, "--for", "member") == 0
    assert "Su referencia" in coe.out
    out = tmp_path / "letters"
    out.mkdir()
    for more in ((), ("--for", "member", "--lang", "en"), ("--text",)):
        assert coe("referral", "letter", number, *more, "--out", str(out)) == 0, coe.err
        assert ("Write it down by: coe referral move" in coe.out) is (more[:1] != ("--for",))
    made = {path.name: path for path in out.iterdir()}
    stem = number.lower()
    assert set(made) == {f"referral-{stem}.pdf", f"confirmation-{stem}-en.pdf", f"referral-{stem}.txt"}
    assert made[f"referral-{stem}.pdf"].read_bytes().startswith(b"%PDF")
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.values()} == {0o600}
    with open_here() as ledger:
        assert ledger.get(number).state == "draft"
    assert coe("ledger", "audit") == 0
    assert "save center letter" in coe.out
    assert not any(word in coe.out for word in PERSONAL)


def test_a_printer_gets_the_bytes_on_its_standard_input(
    coe: CommandLine, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_printer(tmp_path, monkeypatch)
    assert coe("referral", "letter", number, "--printer", "desk") == 0, coe.err
    assert (tmp_path / "printed").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "options").read_text() == "-d desk\n"
    (tmp_path / "settings.toml").write_text(f'print_as = "text"\n{DESK}')
    assert coe("referral", "letter", number, "--for", "member", "--print") == 0, coe.err
    assert "Ada Quillfeather" in (tmp_path / "printed").read_text()
    assert coe("referral", "letter", number, "--printer", "hall") == 2
    assert 'no printer "hall"' in coe.err


@pytest.mark.parametrize("whom", ["center", "member"])
def test_the_e_mail_asks_for_a_call_and_names_nothing(coe: CommandLine, number: str, tmp_path: Path, whom: str) -> None:
    assert coe("referral", "letter", number, "--email", "--for", whom, "--lang", "en") == 0, coe.err
    subject, _, body = coe.out.partition("\n")
    assert subject == f"Referral {number}: please call us"
    assert "414-555-0143" in body
    assert not any(word.casefold() in coe.out.casefold() for word in (*PERSONAL, "mailto", "surgery"))
    (tmp_path / "settings.toml").write_text("")
    assert coe("referral", "letter", number, "--email") == 2
    assert "Set phone in the table [desk]" in coe.err


def test_without_a_consent_that_stands_no_letter_goes_to_the_center(coe: CommandLine, number: str) -> None:
    with open_here() as ledger:
        ledger.save_field(number, "consent", "spoken_no")
    assert coe("referral", "letter", number) == 2
    assert coe("referral", "letter", number, "--for", "member") == 0
    assert coe("referral", "letter", number, "--for", "employer") == 2
    assert coe("referral", "letter", number, "--lang", "es") == 2
    assert "The center's letter is in English" in coe.err


def test_the_sheet_has_the_centers_that_were_named_and_nothing_about_a_person(
    coe: CommandLine, demonstration_edition: Path, tmp_path: Path
) -> None:
    asked = ("offer-sheet", "knee replacement", "53202", "--edition", str(demonstration_edition))
    assert coe(*asked, "--program", "brewline-foods", "--centers", "90Z002, 90Z001", "--lang", "es") == 0, coe.err
    first, second = coe.out.index("St. Adalbert"), coe.out.index("Marquette Lakes")
    assert first < second
    assert "Wrenfield" not in coe.out
    assert coe(*asked, "--out", str(tmp_path / "sheet.pdf")) == 0, coe.err
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert coe(*asked, "--centers", "90Z001,nowhere") == 2
    assert '"nowhere" is not among the centers found' in coe.err
    assert coe(*asked, "--member", "facts.toml") == 2
    assert not locations.ledger_file().exists()

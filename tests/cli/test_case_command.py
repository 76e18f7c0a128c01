"""`coe case` and `coe desk`: what was kept of calls, in plain lines, and who works at a desk."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from command_line import CommandLine

sys.path.insert(0, str(Path(__file__).parents[1] / "case"))
from cases import TODAY, ready

from navigator import keeping, locations
from navigator.case.desk_user import DeskUsers
from navigator.case.meter import waited_more
from navigator.case.transitions import waited
from navigator.ledger import following
from navigator.ledger.here import open_here
from navigator.ledger.ledger import Ledger
from navigator.referral.making_moves import Told
from provider_directory.testing import a_facility, a_procedure


def test_a_kept_call_is_listed_without_the_member_shown_in_words_and_its_wait_reckoned(coe: CommandLine) -> None:
    case = waited(ready(), waited_more(ready().waited, 1240))
    with Ledger.open(locations.ledger_file(), locations.ledger_key_file()) as ledger:
        kept = keeping.save(ledger, keeping.Kept(case), TODAY, ["gate code 4411"])
    number = kept.case.id or ""
    assert coe("case", "list") == 0
    assert number in coe.out
    assert "Total knee replacement, Marquette Lakes" in coe.out
    assert "June" not in coe.out
    coe("case", "show", number.lower())
    assert "Member: June Stellgate; eligible, file of Nov 1." in coe.out
    assert "Safety check: none of the red flags." in coe.out
    assert "gate code 4411" in coe.out
    coe("case", "show", number, "--json")
    assert coe.json["case"]["chosen"]["name"] == "Marquette Lakes"
    coe("case", "waits", "--since", "2020-01-01", "--json")
    assert (coe.json["calls"], coe.json["p50_ms"], coe.json["p95_ms"]) == (1, 1240, 1240)
    coe("case", "waits", "--since", "2020-01-01")
    assert "half of the calls  at most 1.2 s" in coe.out


def test_a_consent_taken_back_on_the_referral_stands_in_the_story_of_its_call(coe: CommandLine) -> None:
    with Ledger.open(locations.ledger_file(), locations.ledger_key_file()) as ledger:
        draft = ledger.start(
            edition="e" * 64,
            demonstration=True,
            program=None,
            procedure=a_procedure(),
            facility=a_facility(),
            fields={"consent": "spoken_yes"},
        )
        kept = keeping.save(ledger, keeping.Kept(replace(ready(), draft=draft.number)), TODAY)
    assert coe("referral", "take-back-consent", draft.number, "--said", "changed my mind") == 0
    coe("case", "show", kept.case.id or "")
    assert "Consent taken back" in coe.out
    assert coe("case", "show", "CS-7K3M-9QX3-1") == 2
    assert "case" in coe.err
    assert "referral" not in coe.err


def test_what_is_kept_after_the_end_is_kept_as_long_as_the_program_says(coe: CommandLine) -> None:
    locations.programs().mkdir(parents=True, exist_ok=True)
    text = 'id = "{0}"\nemployer = "Acme"\nalliances = []\nplan_year = 2026\nretention_years = {1}\n'
    for name, years in (("acme", 7), ("wrong", 1)):
        (locations.programs() / f"{name}.toml").write_text(text.format(name, years), encoding="utf-8")
    found = {}
    with open_here() as ledger:
        for program in ("acme", "wrong", "gone", None):
            draft = ledger.start(
                edition="e" * 64,
                demonstration=True,
                program=program,
                procedure=a_procedure(),
                facility=a_facility(),
                fields={},
            )
            ended = following.move(ledger, draft.number, "failed", Told(reason="moved away"))
            found[program] = (ended.retain_until.year if ended.retain_until else 0) - ledger.store.now().year
    assert found == {"acme": 7, "wrong": 10, "gone": 10, None: 10}


def test_an_empty_ledger_says_so_and_a_pin_is_never_piped(coe: CommandLine) -> None:
    coe("case", "list")
    assert "No call is open" in coe.out
    coe("case", "waits")
    assert "No call was kept" in coe.out
    assert coe("desk", "pin", "Mara Quist") == 2
    assert "not piped" in coe.err
    DeskUsers(locations.desk_people()).set_pin("Mara Quist", "4711")
    coe("desk", "who")
    assert coe.out == "Mara Quist\n"
    coe("desk", "pin", "Mara Quist", "--remove")
    coe("desk", "who")
    assert "Nobody has a PIN" in coe.out

"""`coe referral export --fhir` and `import`: a message for the center as a new file, and its answer taken once."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from center_answers import answer
from command_line import CommandLine
from sample_referrals import FIELDS

from navigator import locations
from navigator.ledger import following
from navigator.ledger.here import open_here
from navigator.referral.delivery import a_try
from navigator.referral.making_moves import Told
from navigator.referral.snapshot import snapshot_json
from provider_directory.testing import a_center, a_procedure, an_offer


@pytest.fixture
def sent(coe: CommandLine, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the number of a referral that was sent, in the ledger of this test."""
    monkeypatch.setenv("TZ", "UTC")
    procedure, center = a_procedure(sensitive=True), a_center()
    with open_here() as ledger:
        draft = ledger.start(
            edition="e1", demonstration=True, procedure=procedure, facility=center.facility, fields=FIELDS
        )
        shown = snapshot_json(an_offer(centers=(center,)), chosen=center.facility.id, procedure=procedure)
        ledger.attach_offer(draft.number, shown)
        tried = a_try("portal", "sent", ledger.store.now(), "desk")
        following.move(ledger, draft.number, "requested", Told(safety_checked=True, delivery=tried))
    return draft.number


def test_the_message_is_a_new_file_for_its_owner_alone_whose_name_tells_nothing(coe: CommandLine, sent: str) -> None:
    assert coe("referral", "export", sent) == 2
    assert "Add --fhir" in coe.err
    assert coe("referral", "export", sent, "--fhir") == 0
    (written,) = locations.taken_away().iterdir()
    assert written.name == f"referral-{sent.lower()}-fhir.json"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert coe("referral", "export", sent, "--fhir", "--out", str(written)) == 2
    assert "not written over" in coe.err
    assert coe("referral", "export", sent, "--fhir", "--out", "-") == 0
    message = coe.json
    kept = json.loads(written.read_text(encoding="utf-8"))
    assert message["entry"][0]["resource"]["id"] == kept["entry"][0]["resource"]["id"]
    assert [each["resource"]["resourceType"] for each in message["entry"][:3]] == [
        "MessageHeader",
        "Task",
        "ServiceRequest",
    ]
    with open_here() as ledger:
        assert ledger.get(sent).state == "requested"  # to export sends nothing


def test_what_may_not_leave_is_refused_and_no_file_is_made(coe: CommandLine, sent: str) -> None:
    with open_here() as ledger:
        following.take_back_consent(ledger, sent)
    assert coe("referral", "export", sent, "--fhir", "--out", str(locations.home() / "m.json")) == 2
    assert "nothing" in coe.err
    assert not (locations.home() / "m.json").exists()
    assert coe("referral", "export", "CR-7K3M-9QX3-0", "--fhir") == 2


def test_an_answer_is_tried_taken_and_known_again(
    coe: CommandLine, sent: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    with open_here() as ledger:
        now = ledger.store.now().isoformat()
    ccn = a_center().facility.ccn or ""
    file.write_text(json.dumps(answer(sent, "accepted", ccn=ccn, at=now, center_number="LK-5")), encoding="utf-8")
    assert coe("referral", "import", str(file), "--dry-run") == 0
    assert "would become: accepted by the center. Nothing was written." in coe.out
    assert coe("referral", "import", str(file)) == 0
    assert "accepted by the center." in coe.out
    assert "The center's own number: LK-5." in coe.out
    assert "Possible from accepted" in coe.out
    monkeypatch.setattr("sys.stdin", io.StringIO(file.read_text(encoding="utf-8")))
    assert coe("referral", "import", "-", "--json") == 0
    assert (coe.json["known_already"], coe.json["after"], coe.json["message_id"]) == (True, "accepted", "m-1")
    assert coe("schema", "referral-import") == 0
    assert set(coe.json["properties"]) >= {"number", "before", "after", "known_already", "dry_run", "said"}


def test_what_cannot_be_taken_ends_with_2_and_a_reason(coe: CommandLine, sent: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(1 << 30)
    assert coe("referral", "import", str(huge), "--json") == 2
    assert coe.json["error"]["code"] == "message_refused"
    assert coe("referral", "import", str(tmp_path / "none.json")) == 2
    assert "cannot be read" in coe.err
    other = tmp_path / "other.json"
    other.write_text(json.dumps(answer(sent, "accepted", ccn="90Z099")), encoding="utf-8")
    assert coe("referral", "import", str(other)) == 2
    assert "another center" in coe.err


def test_help_and_find_load_no_fhir() -> None:
    asked = "import sys, navigator.cli.main, navigator.cli.asking, navigator.cli.referral\n"
    told = "print([name for name in sys.modules if 'fhir' in name and name != 'navigator.cli.referral_fhir'])"
    found = subprocess.run([sys.executable, "-c", asked + told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

"""`coe referral list | show`: the ledger read from the command line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navigator import locations
from navigator.cli.referral import referral_app
from navigator.ledger.errors import UnknownReferral
from navigator.ledger.here import open_here
from navigator.ledger.ledger import Ledger
from navigator.ledger.verifying import verify
from navigator.referral.record import Referral
from navigator.referral.summary import text_lines
from provider_directory.errors import BadInput
from provider_directory.models import Facility, Procedure

FIELDS = {
    "member_name": "Ada Quill",
    "member_birth_date": "3/9/1961",
    "member_id": "BF-1001",
    "member_phone": "414-555-0100",
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "es",
    "interpreter": "yes",
    "contact_method": "phone",
    "contact_address": "414-555-0101",
    "contact_voicemail_ok": "no",
    "contact_best_times": "after 5",
    "notes": "asked about parking",
    "consent": "spoken_yes",
}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")


def coe_referral(*arguments: str) -> str:
    result = CliRunner().invoke(referral_app, arguments)
    if result.exception is not None:
        raise result.exception
    return result.output


def kept(sensitive: bool = False, demonstration: bool = True, complete: bool = True) -> Referral:
    procedure = Procedure(
        number=1,
        id="weight-loss-surgery",
        name="Weight loss surgery",
        clinical_name="",
        service_line="bariatric",
        settings=(),
        drgs=(),
        pcs_prefixes=(),
        cpt_hcpcs=(),
        profile="bariatric",
        evidence_class="none",
        criteria_set="none",
        price_drg=None,
        pools=(),
        sensitive=sensitive,
    )
    facility = Facility(
        id="ccn-90Z001",
        kind="acute",
        ccn="90Z001",
        npi=None,
        name="Marquette Lakes",
        address=None,
        phone=None,
        intake_phone=None,
    )
    with Ledger.open(locations.ledger_file(), locations.ledger_key_file()) as ledger:
        if not complete:
            return ledger.start(edition="e1", demonstration=demonstration)
        number = ledger.start(
            edition="e1", demonstration=demonstration, program="brewline", procedure=procedure, facility=facility
        ).number
        for field_id, value in FIELDS.items():
            ledger.save_field(number, field_id, value)
        ledger.attach_offer(number, '{"edition": "e1"}')
        return ledger.get(number)


def test_an_empty_ledger_says_how_a_referral_begins() -> None:
    assert coe_referral("list").startswith("No referral yet")
    assert json.loads(coe_referral("list", "--json")) == {"referrals": []}


def test_the_list_shows_one_line_a_referral_newest_first() -> None:
    older, newer = kept(), kept(demonstration=False, complete=False)
    first, second = coe_referral("list").splitlines()
    assert first.startswith(f"{newer.number} · draft · ")
    assert first.endswith("no name yet · no procedure yet · no center yet")
    assert second.startswith(older.number)
    assert second.endswith("Ada Quill · Weight loss surgery · Marquette Lakes · DEMONSTRATION")
    assert coe_referral("list", "--limit", "1").splitlines() == [first]


def test_a_sensitive_procedure_is_named_in_no_row_of_either_form() -> None:
    kept(sensitive=True)
    for form in (coe_referral("list"), coe_referral("list", "--json")):
        assert "a sensitive procedure" in form
        assert "weight" not in form.lower()


def test_the_text_form_says_everything_in_plain_lines_and_the_least_about_the_member() -> None:
    referral = kept()
    lines = coe_referral("show", referral.number.lower().replace("-", " "), "--text").splitlines()
    spelled = ", ".join(" ".join(group) for group in referral.number.split("-"))
    assert lines[0].startswith("DEMONSTRATION")
    assert f"Referral {referral.number}, spelled {spelled}." in lines
    assert "Member: Ada Quill, born Mar 9, 1961." in lines
    assert "Center: Marquette Lakes, CCN 90Z001." in lines
    assert "Language: Spanish; interpreter yes." in lines
    assert "Safe contact: Phone 414-555-0101, voicemail safe: no, best times: after 5." in lines
    assert lines[-2] == "Nothing is missing."
    with open_here() as ledger:
        assert verify(ledger.store, lines[-1].removeprefix("Audit: ")).problems == ()
    assert not any(private in "\n".join(lines) for private in ("BF-1001", "414-555-0100"))


def test_a_draft_says_what_is_missing_and_never_demonstration_over_real_data() -> None:
    lines = text_lines(kept(demonstration=False, complete=False))
    assert "Missing before it may be sent: 12." in lines
    assert lines[-1] == "The offer as it was shown is not kept with the referral."
    assert "Member: name not known yet, birth date not known yet." in lines
    assert not any("DEMONSTRATION" in line for line in lines)


def test_the_json_form_is_the_record() -> None:
    referral = kept()
    assert Referral.model_validate_json(coe_referral("show", referral.number, "--json")) == referral


def test_the_offer_is_printed_byte_for_byte_as_it_was_hashed() -> None:
    referral = kept()
    offer = coe_referral("show", referral.number, "--offer")
    assert hashlib.sha256(offer.encode()).hexdigest() == referral.offer_sha256


def test_what_cannot_be_shown_is_told() -> None:
    bare = kept(complete=False).number
    with pytest.raises(UnknownReferral):
        coe_referral("show", "CR-0000-0015-0")
    with pytest.raises(BadInput, match="characters"):
        coe_referral("show", "CR-00")
    with pytest.raises(BadInput, match="More than one form"):
        coe_referral("show", bare, "--json", "--text")
    with pytest.raises(BadInput, match="No offer is kept"):
        coe_referral("show", bare, "--offer")
    with pytest.raises(BadInput, match="cannot be listed"):
        coe_referral("list", "--limit", "0")


def test_what_would_not_be_kept_with_a_move_is_refused_and_words_may_be_piped() -> None:
    number = kept().number
    for strange in (["--appointment", "2026-12-14"], ["--note", "asked twice"], ["--outcome", "surgery"]):
        with pytest.raises(BadInput, match=rf"{strange[0]} would not be kept with a move to on-hold"):
            coe_referral("move", number, "on-hold", "--reason", "waits", *strange)
    assert Referral.model_validate_json(coe_referral("show", number, "--json")).state == "draft"
    typed = CliRunner().invoke(referral_app, ["move", number, "on-hold", "--reason", "-"], input="waits for A1c\n")
    assert typed.exit_code == 0
    assert "reason: waits for A1c" in coe_referral("history", number)
    added = CliRunner().invoke(referral_app, ["task", "add", number, "records", "--what", "-"], input="X-ray\n")
    assert "gather the records: X-ray" in added.output
    with pytest.raises(BadInput, match="there are none"):
        coe_referral("move", number, "draft", "--reason", "-")

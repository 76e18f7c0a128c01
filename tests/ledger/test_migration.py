"""A ledger of the first step, with rows, opens as one of today: sealed, searchable, vouched for."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from navigator.ledger import opening
from navigator.ledger.ledger import Ledger
from navigator.ledger.retention import keep_until
from navigator.ledger.storage import open_engine
from navigator.ledger.verifying import verify

KEY = bytes(range(32))
NUMBERS = ("CR-7K3M-9QX3-0", "CR-0000-0015-0")
SHOWN = '{"place":"canary square"}'
FULL = {
    "number": NUMBERS[0],
    "state": "draft",
    "created_at": "2026-11-20 09:00:00.000000",
    "created_by": "ann",
    "updated_at": "2026-11-20 09:05:00.000000",
    "edition": "e1",
    "demonstration": True,
    "program": "brewline",
    "procedure": "total-knee-replacement",
    "procedure_name": "Knee replacement",
    "sensitive": False,
    "facility_id": "ccn-90Z001",
    "facility_name": "Marquette Lakes",
    "facility_ccn": "90Z001",
    "member_name": "Zoë Quill",
    "member_birth_date": "1961-03-09",
    "member_id": "BF-1001",
    "member_phone": None,
    "member_zip": "53202",
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "Hmong",
    "interpreter": True,
    "contact_method": "phone",
    "contact_address": "414-555-0101",
    "contact_voicemail_ok": False,
    "contact_best_times": "after 5",
    "notes": "asked about parking",
    "consent_given": True,
    "consent_method": "spoken",
    "consent_script_version": "2026-11",
    "consent_at": "2026-11-20 09:04:00.000000",
    "offer_sha256": hashlib.sha256(SHOWN.encode()).hexdigest(),
}
EMPTY = dict.fromkeys(FULL) | {
    "number": NUMBERS[1],
    "state": "draft",
    "created_at": "2026-11-21 09:00:00.000000",
    "created_by": "bob",
    "updated_at": "2026-11-21 09:00:00.000000",
    "edition": "e1",
    "demonstration": False,
    "sensitive": True,
}


@pytest.fixture(params=["sqlcipher", "plain"])
def first_step(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a ledger as the first step of the tables had it."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "key").write_text(KEY.hex() + "\n")
    (folder / "key").chmod(0o600)
    if request.param == "plain":
        monkeypatch.setattr("navigator.ledger.storage._sqlcipher", lambda: None)
    engine = open_engine(folder / "r.db", KEY)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(opening.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        columns = ", ".join(FULL)
        for row in (FULL, EMPTY):
            statement = f"INSERT INTO referral ({columns}) VALUES (:{', :'.join(FULL)})"
            connection.execute(text(statement), row)
        offer = {"sha256": FULL["offer_sha256"], "shown": SHOWN, "at": "2026-11-20 09:01:00.000000"}
        connection.execute(
            text("INSERT INTO offer (referral_seq, sha256, shown, attached_at) VALUES (1, :sha256, :shown, :at)"), offer
        )
    engine.dispose()
    return folder


def test_a_ledger_of_the_first_step_comes_along_whole(first_step: Path) -> None:
    with Ledger.open(first_step / "r.db", first_step / "key") as ledger:
        full, empty = ledger.get(NUMBERS[0]), ledger.get(NUMBERS[1])
        assert verify(ledger.store).problems == ()
        assert ledger.shown_offer(NUMBERS[0]) == SHOWN
        assert [row.number for row in ledger.look_up("bf 1001").referrals] == [NUMBERS[0]]
        assert [row.number for row in ledger.look_up("414 555 0101").referrals] == [NUMBERS[0]]
        assert [row.number for row in ledger.look_up(name="quill zoe", birth_date=date(1961, 3, 9)).referrals] == [
            NUMBERS[0]
        ]
        assert [row.number for row in ledger.list()] == [*NUMBERS[::-1]]
        assert ledger.start(edition="e2", demonstration=True).number not in NUMBERS
    assert (full.member.name, full.member.birth_date) == ("Zoë Quill", date(1961, 3, 9))
    assert (full.safe_contact.address, full.safe_contact.voicemail_ok, full.interpreter) == (
        "414-555-0101",
        False,
        True,
    )
    assert full.consent is not None
    assert full.consent.at == datetime(2026, 11, 20, 9, 4, tzinfo=UTC)
    assert (full.created_at, full.owner) == (datetime(2026, 11, 20, 9, tzinfo=UTC), "ann")
    assert (empty.sensitive, empty.member.name, empty.consent, empty.owner) == (True, None, None, "bob")
    content = b"".join(entry.read_bytes() for entry in first_step.iterdir())
    assert not [word for word in ("Quill", "BF-1001", "parking", "canary") if word.encode() in content]


def test_what_is_kept_ten_years_is_kept_from_a_leap_day_too() -> None:
    assert keep_until(None) is None
    assert keep_until(datetime(2028, 2, 29, tzinfo=UTC)) == date(2038, 2, 28)
    assert keep_until(datetime(2026, 12, 31, tzinfo=UTC)) == date(2036, 12, 31)
    assert keep_until(datetime(2026, 12, 31, tzinfo=UTC), 6) == date(2032, 12, 31)

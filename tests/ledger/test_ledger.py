"""The ledger keeps what the form says, field by field, and gives it back."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import stat
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from store_desk import Desk

from navigator.case.reasons import SENSITIVE
from navigator.ledger import ledger as ledger_module
from navigator.ledger.errors import LedgerProblem, UnknownReferral
from navigator.ledger.faults import BUSY_SECONDS
from navigator.ledger.ledger import Ledger
from navigator.ledger.schema import REVISION, metadata
from navigator.referral.record import FIELDS, Referral, field_values
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.models import Facility, Procedure

pytest_plugins = ("ledger_kinds",)

TYPED = {
    "member_name": "Zoë Quill",
    "member_birth_date": "3/9/1961",
    "member_id": "BF-1001",
    "member_group": "BF-0042",
    "member_phone": "414 555 0100",
    "member_zip": "53202",
    "reason": "knee gives way",
    "side": "left",
    "urgency": "soon",
    "language": "Hmong",
    "interpreter": "yes",
    "relay": "no",
    "large_print": "yes",
    "contact_method": "phone",
    "contact_address": "414-555-0101",
    "contact_voicemail_ok": "no",
    "contact_best_times": "after 5",
    "companion": "her husband",
    "recommending_surgeon": "Dr. Ines Hale",
    "home_doctor": "Dr. Omar Lindqvist",
    "surgeon": "Thuy Kellrada",
    "wanted_dates": "after Jan 11",
    "notes": "asked about parking",
    "consent": "written_no",
}
HOSTILE = "[@click=app.quit]Ev\x1b]52;c;UFdORUQ=\x07il[/]\u202e'; DROP TABLE referral;--"


def a_procedure(procedure_id: str = "total-knee-replacement", sensitive: bool = False) -> Procedure:
    return Procedure(
        number=1,
        id=procedure_id,
        name=procedure_id.replace("-", " ").capitalize(),
        clinical_name="",
        service_line="joint",
        settings=("inpatient",),
        drgs=("470",),
        pcs_prefixes=(),
        cpt_hcpcs=(),
        profile="joint",
        evidence_class="specific",
        criteria_set="hip-knee",
        price_drg="470",
        pools=(),
        sensitive=sensitive,
    )


def a_facility(name: str = "Marquette Lakes") -> Facility:
    return Facility(
        id="ccn-90Z001",
        kind="acute",
        ccn="90Z001",
        npi=None,
        name=name,
        address=None,
        phone=None,
        intake_phone=None,
    )


def begun(ledger: Ledger) -> Referral:
    return ledger.start(
        edition="e1", demonstration=True, program="brewline", procedure=a_procedure(), facility=a_facility()
    )


def test_a_draft_begins_with_what_the_offer_says(ledger: Ledger) -> None:
    referral = begun(ledger)
    assert referral.state == "draft"
    assert referral.created_at == referral.updated_at > datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert (referral.edition, referral.demonstration, referral.program) == ("e1", True, "brewline")
    assert (referral.procedure, referral.procedure_name) == ("total-knee-replacement", "Total knee replacement")
    assert (referral.facility_id, referral.facility_name, referral.facility_ccn) == (
        "ccn-90Z001",
        "Marquette Lakes",
        "90Z001",
    )
    assert referral.created_by == pwd.getpwuid(os.getuid()).pw_name
    assert set(field_values(referral).values()) == {None}


def test_every_field_comes_back_as_it_was_checked_also_after_the_ledger_was_closed(desk: Desk) -> None:
    with desk.open() as ledger:
        number = begun(ledger).number
        assert list(TYPED) == [field.id for field in FIELDS]
        for field_id, typed in TYPED.items():
            saved = ledger.save_field(number, field_id, typed)
    with desk.open() as ledger:
        kept = ledger.get(number.lower())
    assert kept == saved
    assert field_values(kept) == TYPED | {
        "member_birth_date": date(1961, 3, 9),
        "member_phone": "414-555-0100",
        "interpreter": True,
        "relay": False,
        "large_print": True,
        "contact_voicemail_ok": False,
    }
    assert kept.consent is not None
    assert kept.consent.at.tzinfo is not None
    assert kept.updated_at > kept.created_at


def test_a_checked_value_is_saved_like_typed_text_and_a_field_can_be_emptied(ledger: Ledger) -> None:
    number = begun(ledger).number
    assert ledger.save_field(number, "member_birth_date", date(1961, 3, 9)).member.birth_date == date(1961, 3, 9)
    assert ledger.save_field(number, "interpreter", False).interpreter is False
    assert ledger.save_field(number, "interpreter", None).interpreter is None
    assert ledger.save_field(number, "consent", "spoken_yes").consent is not None
    assert ledger.save_field(number, "consent", "").consent is None


def test_a_refused_value_changes_nothing(ledger: Ledger) -> None:
    number = begun(ledger).number
    before = ledger.save_field(number, "member_zip", "53202")
    with pytest.raises(BadInput):
        ledger.save_field(number, "member_zip", "5320")
    with pytest.raises(BadInput, match='no field "state"'):
        ledger.save_field(number, "state", "sent")
    assert ledger.get(number) == before


def test_another_center_can_be_chosen(ledger: Ledger) -> None:
    number = begun(ledger).number
    chosen = ledger.choose(number, a_procedure("spinal-fusion"), a_facility("Prairie Bend"))
    assert (chosen.procedure, chosen.facility_name) == ("spinal-fusion", "Prairie Bend")


def test_consent_goes_with_the_center_it_was_given_for_and_stays_with_the_same(ledger: Ledger) -> None:
    number = ledger.start(edition="e", demonstration=True, procedure=a_procedure(), facility=a_facility()).number
    ledger.save_field(number, "consent", "spoken_yes")
    assert ledger.choose(number, a_procedure(), a_facility()).consent is not None
    assert ledger.choose(number, a_procedure("spinal-fusion"), a_facility()).consent is None


def test_an_unknown_number_is_said_so_by_every_method(ledger: Ledger) -> None:
    unknown = "CR-0000-0015-0"
    for call in (
        lambda: ledger.get(unknown),
        lambda: ledger.save_field(unknown, "reason", "x"),
        lambda: ledger.choose(unknown, a_procedure(), a_facility()),
        lambda: ledger.attach_offer(unknown, "{}"),
        lambda: ledger.shown_offer(unknown),
        lambda: ledger.list(after=unknown),
    ):
        with pytest.raises(UnknownReferral, match=unknown):
            call()


def test_a_number_that_the_ledger_holds_is_drawn_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = begun(ledger).number
    drawn = iter([taken, taken, "CR-0000-0015-0"])
    monkeypatch.setattr("navigator.referral.number.draw", lambda: next(drawn))
    assert begun(ledger).number == "CR-0000-0015-0"
    monkeypatch.setattr("navigator.referral.number.draw", lambda: taken)
    with pytest.raises(LedgerProblem, match="No free number"):
        begun(ledger)
    assert len(ledger.list()) == 2


def test_the_list_is_newest_first_page_by_page_whatever_the_clock_does(desk: Desk) -> None:
    moments = iter([datetime(2026, 11, 22 - day, tzinfo=UTC) for day in range(5)])
    with desk.open(lambda: next(moments)) as ledger:
        numbers = [begun(ledger).number for _ in range(5)][::-1]
        first = ledger.list(limit=2)
        assert [row.number for row in first] == numbers[:2]
        assert [row.number for row in ledger.list(limit=2, after=first[-1].number)] == numbers[2:4]
        assert [row.number for row in ledger.list(after=numbers[3])] == numbers[4:]
        assert ledger.list(after=numbers[4]) == ()


def test_a_sensitive_procedure_is_not_named_in_the_list(ledger: Ledger) -> None:
    ledger.start(edition="e1", demonstration=False, procedure=a_procedure("bariatric-surgery", sensitive=True))
    plain = begun(ledger)
    newest, oldest = ledger.list()
    assert (newest.number, newest.procedure) == (plain.number, "Total knee replacement")
    assert oldest.procedure == SENSITIVE
    assert "bariatric" not in oldest.model_dump_json().lower()


def test_the_offer_is_kept_in_canonical_form_with_its_sha_256(ledger: Ledger) -> None:
    number = begun(ledger).number
    assert ledger.shown_offer(number) is None
    digest = ledger.attach_offer(number, '{"b": [1.50, null],\n "a": "Zoë"}')
    shown = '{"a":"Zoë","b":[1.5,null]}'
    assert digest == hashlib.sha256(shown.encode()).hexdigest() == ledger.get(number).offer_sha256
    assert ledger.shown_offer(number) == shown
    assert ledger.attach_offer(number, shown) == digest


def test_the_last_offer_counts_and_an_earlier_one_may_be_shown_again(ledger: Ledger) -> None:
    number, other = begun(ledger).number, begun(ledger).number
    first = ledger.attach_offer(number, '{"a": 1}')
    ledger.attach_offer(number, '{"a": 2}')
    assert ledger.shown_offer(number) == '{"a":2}'
    assert ledger.attach_offer(other, '{"a": 1}') == first
    assert ledger.attach_offer(number, '{"a": 1}') == first
    assert ledger.shown_offer(number) == '{"a":1}'


@pytest.mark.parametrize("text", ["", "[1]", '{"a": NaN}', '{"a": 1e999}', "[" * 100_000, '{"a"'])
def test_an_offer_that_is_no_json_object_is_refused(ledger: Ledger, text: str) -> None:
    number = begun(ledger).number
    with pytest.raises(BadInput, match="offer is not"):
        ledger.attach_offer(number, text)
    assert ledger.get(number).offer_sha256 is None


def test_hostile_text_is_stored_clean_wherever_it_comes_in(ledger: Ledger) -> None:
    referral = ledger.start(
        edition=HOSTILE,
        demonstration=True,
        program=HOSTILE,
        procedure=a_procedure().model_copy(update={"name": HOSTILE}),
        facility=a_facility(HOSTILE),
    )
    for field_id in ("member_name", "member_id", "reason", "contact_best_times", "notes"):
        with_text = ledger.save_field(referral.number, field_id, HOSTILE[:36] if field_id == "member_id" else HOSTILE)
    ledger.attach_offer(referral.number, json.dumps({"spoken": HOSTILE}))
    assert with_text.notes == clean(HOSTILE) == with_text.facility_name
    assert "DROP TABLE" in clean(HOSTILE)
    everything = with_text.model_dump_json() + str(ledger.shown_offer(referral.number)) + str(ledger.list())
    assert not any(bad in everything for bad in ("\x1b", "\\u001b", "\x07", "\u202e", "\\u202e"))
    assert len(ledger.list()) == 1


def test_threads_may_share_the_ledger(ledger: Ledger) -> None:
    number = begun(ledger).number
    faults: list[BaseException] = []

    def write(field_id: str) -> None:
        try:
            for turn in range(10):
                ledger.save_field(number, field_id, f"turn {turn}")
                ledger.list()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("reason", "notes", "member_name")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = ledger.get(number)
    assert faults == []
    assert (kept.reason, kept.notes, kept.member.name) == ("turn 9", "turn 9", "turn 9")


def test_a_reader_waits_for_no_writer_and_a_writer_that_waits_too_long_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("storage", "postgres"):
        monkeypatch.setattr(f"navigator.ledger.{module}.BUSY_SECONDS", 0.05)
    with desk.open() as ledger, desk.open() as holder:
        number = begun(ledger).number
        with holder.store.engine.begin():
            assert ledger.list()[0].number == number
            with pytest.raises(LedgerProblem, match="nothing was saved") as caught:
                ledger.save_field(number, "reason", "secret words")
        assert caught.value.next_step
        assert "secret words" not in str(caught.value)
        assert ledger.save_field(number, "reason", "secret words").reason == "secret words"


def test_the_migrations_make_exactly_the_tables_of_the_schema(ledger: Ledger) -> None:
    with ledger.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == REVISION


def test_a_number_of_a_row_is_never_given_twice(new_ledgers: dict[str, Path]) -> None:
    desk = Desk("sqlcipher", new_ledgers["sqlcipher"])
    with desk.open() as ledger, ledger.store.engine.connect() as connection:
        made = {name: sql for name, sql in connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema") if sql}
    numbered = [table.name for table in metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]]
    assert len(numbered) == 9
    assert all("AUTOINCREMENT" in made[table] for table in numbered)


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    folder = Path(ledger_module.__file__).with_name("migrations")
    assert ScriptDirectory(str(folder)).get_heads() == [REVISION]


def test_an_interrupted_first_start_is_made_good_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = tmp_path / "r.db", tmp_path / "key"
    with monkeypatch.context() as broken:
        broken.setattr("alembic.command.upgrade", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Ledger.open(path, key)
    with Ledger.open(path, key) as ledger:
        assert ledger.list() == ()


def test_a_ledger_of_a_newer_program_is_left_alone(desk: Desk) -> None:
    with desk.open() as ledger, ledger.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerProblem, match="newer version"):
        desk.open()


def test_every_file_belongs_to_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "ledger"
    before = os.umask(0)
    try:
        with Ledger.open(folder / "referrals.db", folder / "ledger.key") as ledger:
            begun(ledger)
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in folder.iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(("ledger.key", "referrals.db", "referrals.db-shm", "referrals.db-wal"), 0o600)


def test_the_settings_that_durability_rests_on_are_in_force(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "r.db", tmp_path / "key") as ledger, ledger.store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store")
        }
    full, memory = 2, 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": BUSY_SECONDS * 1000,
        "temp_store": memory,
    }

"""The ledger as a whole: verified, copied, restored, given another key, emptied when its time is over."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filling import DAY, PERSON, WORDS, a_move, fill
from postgres_server import PostgresServer
from sqlalchemy import text
from store_desk import Desk, SteppingClock

from navigator.ledger import keys, restoring, retention, rotation
from navigator.ledger.append_only import allow_changes
from navigator.ledger.backup import back_up
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.ledger import Ledger
from navigator.ledger.verifying import Verified, verify
from provider_directory.errors import BadInput

pytest_plugins = ("ledger_kinds",)


def verified(desk: Desk, anchor: str | None = None) -> Verified:
    with desk.open() as ledger:
        return verify(ledger.store, anchor)


def tamper(ledger: Ledger, *statements: str) -> None:
    """Change rows as another program would that knows the database's password and takes the guards away."""
    with ledger.store.engine.begin() as connection:
        allow_changes(connection)
        for statement in statements:
            connection.execute(text(statement))


def test_a_ledger_that_only_this_program_wrote_is_whole(ledger: Ledger) -> None:
    fill(ledger)
    found = verify(ledger.store, ledger.audit_head().short)
    assert found.problems == ()
    assert found.rows["referral"] == found.rows["case_file"] == found.rows["event"] == found.rows["delivery"] == 1
    assert (found.rows["task"], found.rows["note"], found.rows["roster"]) == (2, 2, 2)
    assert found.head == ledger.audit_head()


def test_whatever_another_program_changes_in_a_row_is_found(ledger: Ledger) -> None:
    number, case = fill(ledger)
    other = ledger.start(edition="e1", demonstration=True).number
    tamper(
        ledger,
        f"UPDATE referral SET state = 'completed' WHERE number = '{other}'",
        f"UPDATE referral SET member_key = 'x' WHERE number = '{number}'",
        f"UPDATE case_file SET owner = 'x' WHERE id = '{case}'",
        "UPDATE note SET sealed = (SELECT sealed FROM task WHERE done_at IS NULL) WHERE referral IS NULL",
        "UPDATE task SET done_at = NULL",
        "UPDATE offer SET sealed = NULL",
        "DELETE FROM delivery",
        "UPDATE roster SET ends = '2026-01-31'",
    )
    problems = verify(ledger.store).problems
    for told in (
        f"referral/{other} is not what the audit says",
        f"referral/{number} is not found by its person",
        f"case_file/{case} is not what the audit says",
        "note/",
        "does not open",
        "task/",
        "offer/1/",
        "is missing",
        "roster of brewline is not the one",
        "guard of table audit is gone",
    ):
        assert any(told in problem for problem in problems), (told, problems)
    assert not any(word in problem for problem in problems for word in WORDS)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET by = 'nobody' WHERE seq = 3", "does not hold at entry 3"),
        ("DELETE FROM audit WHERE seq = 3", "does not hold at entry 4"),
        ("UPDATE audit SET seq = seq + 1000 WHERE seq = 3", "does not hold at entry 4"),
        ("UPDATE audit SET detail = '{}' WHERE action = 'take roster'", "does not hold at entry"),
        ("DELETE FROM audit WHERE seq > 10", "its tail is missing"),
        ("UPDATE audit SET mac = 'x' WHERE seq = (SELECT max(seq) FROM audit)", "is not the one that was noted"),
    ],
)
def test_an_audit_that_is_edited_cut_or_put_in_another_order_is_found(
    new_ledgers: dict[str, Path], tmp_path: Path, statement: str, told: str
) -> None:
    shutil.copytree(new_ledgers["plain"], tmp_path / "desk")
    with Desk("plain", tmp_path / "desk").open() as ledger:
        fill(ledger)
        head = ledger.audit_head().short
        tamper(ledger, statement)
        problems = verify(ledger.store, head).problems
    assert any(told in problem for problem in problems), problems


def test_an_older_sealed_text_put_back_is_found(ledger: Ledger) -> None:
    number, _ = fill(ledger)
    with ledger.store.engine.connect() as connection:
        before = connection.execute(text("SELECT sealed FROM referral")).scalar_one()
    ledger.save_field(number, "reason", "another reason")
    with ledger.store.engine.begin() as connection:
        connection.execute(text("UPDATE referral SET sealed = :before"), {"before": before})
    assert ledger.get(number).reason == PERSON["reason"]
    assert any("was changed by another program" in problem for problem in verify(ledger.store).problems)


def test_rows_that_are_added_and_never_changed_are_guarded_by_the_database(ledger: Ledger) -> None:
    fill(ledger)
    for statement in (
        "UPDATE note SET by = 'x'",
        "DELETE FROM event",
        "UPDATE audit SET by = 'x'",
        "DELETE FROM offer",
    ):
        with pytest.raises(Exception, match="added, never changed"), ledger.store.engine.begin() as connection:
            connection.execute(text(statement))
    assert verify(ledger.store).problems == ()


def test_an_anchor_of_another_form_is_refused(ledger: Ledger) -> None:
    with pytest.raises(BadInput, match="no head of the audit"):
        verify(ledger.store, "yesterday")


def test_no_word_about_a_person_stands_in_a_row_or_in_the_audit(ledger: Ledger) -> None:
    fill(ledger)
    ledger.look_up("CANARY-77")
    said = []
    with ledger.store.engine.connect() as connection:
        for table in ("referral", "case_file", "offer", "event", "delivery", "task", "note", "roster", "audit"):
            said += [str(tuple(row)).casefold() for row in connection.execute(text(f"SELECT * FROM {table}"))]
    assert len(said) > 20
    assert not [word for word in WORDS if any(word.casefold() in row for row in said)]


def test_a_backup_holds_all_and_comes_back_to_a_wiped_machine(desk: Desk, tmp_path: Path) -> None:
    with desk.open() as ledger:
        number, case = fill(ledger)
        backup = back_up(ledger.store, tmp_path / "monday.db")
        kept = (ledger.get(number), ledger.cases.get(case), ledger.notes.of(case=case), ledger.shown_offer(number))
        content = verify(ledger.store).content_sha256
    assert backup.verified.content_sha256 == content
    assert not [word for word in WORDS if word.encode() in backup.file.read_bytes()]
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "desk"] == ["monday.db"]
    machine = tmp_path / "wiped" / "ledger"
    restored = restoring.restore_file(
        backup.file, machine / "referrals.db", machine / "ledger.key", SteppingClock(), own_key=desk.key_file
    )
    assert restored.aside is None
    with Ledger.open(machine / "referrals.db", machine / "ledger.key") as ledger:
        assert verify(ledger.store).content_sha256 == content
        assert verify(ledger.store, backup.verified.head.short).problems == ()
        assert (
            ledger.get(number),
            ledger.cases.get(case),
            ledger.notes.of(case=case),
            ledger.shown_offer(number),
        ) == kept


def test_a_file_ledger_moves_to_the_server_of_several_desks(
    new_ledgers: dict[str, Path], postgres_server: PostgresServer, tmp_path: Path
) -> None:
    shutil.copytree(new_ledgers["sqlcipher"], tmp_path / "desk")
    with Desk("sqlcipher", tmp_path / "desk").open() as ledger:
        number, _ = fill(ledger)
        backup = back_up(ledger.store, tmp_path / "monday.db")
    url = postgres_server.address(postgres_server.fresh())
    shared = Desk("postgresql", tmp_path / "desk", url)
    restoring.restore_server(backup.file, url, shared.key_file, tmp_path / "scratch", SteppingClock())
    with shared.open() as ledger:
        assert verify(ledger.store, backup.verified.head.short).content_sha256 == backup.verified.content_sha256
        assert ledger.start(edition="e2", demonstration=True).number in {row.number for row in ledger.list()}
        with pytest.raises(LedgerProblem, match="is newer"):
            restoring.restore_server(backup.file, url, shared.key_file, tmp_path / "scratch", SteppingClock())
    restored = restoring.restore_server(
        backup.file, url, shared.key_file, tmp_path / "scratch", SteppingClock(), replace=True
    )
    assert restored.aside is not None
    with shared.open() as ledger:
        assert [row.number for row in ledger.list()] == [number]
        assert verify(ledger.store).problems == ()


@pytest.fixture
def file_desk(new_ledgers: dict[str, Path], tmp_path: Path) -> Desk:
    shutil.copytree(new_ledgers["sqlcipher"], tmp_path / "desk")
    return Desk("sqlcipher", tmp_path / "desk")


def test_a_newer_ledger_is_replaced_only_when_asked_and_then_kept_aside(file_desk: Desk, tmp_path: Path) -> None:
    with file_desk.open() as ledger:
        backup = back_up(ledger.store, tmp_path / "monday.db").file
        number, _ = fill(ledger)
    paths = (backup, file_desk.path, file_desk.key_file, SteppingClock())
    with pytest.raises(LedgerProblem, match="newer than the backup"):
        restoring.restore_file(*paths)
    with file_desk.open() as ledger:
        with pytest.raises(LedgerProblem, match="held the ledger"):
            restoring.restore_file(*paths, replace=True)
        assert ledger.get(number).number == number
    aside = restoring.restore_file(*paths, replace=True).aside
    assert aside is not None
    with file_desk.open() as ledger, Ledger.open(aside, file_desk.key_file) as old:
        assert ledger.list() == ()
        assert old.get(number).member.name == PERSON["member_name"]


def test_a_damaged_ledger_is_replaced_only_when_asked(file_desk: Desk, tmp_path: Path) -> None:
    with file_desk.open() as ledger:
        number, _ = fill(ledger)
        backup = back_up(ledger.store, tmp_path / "monday.db").file
    file_desk.path.write_bytes(b"x" * 8192)
    paths = (backup, file_desk.path, file_desk.key_file, SteppingClock())
    with pytest.raises(LedgerProblem, match="cannot be read") as caught:
        restoring.restore_file(*paths)
    assert "--replace" in caught.value.next_step
    aside = restoring.restore_file(*paths, replace=True).aside
    assert aside is not None
    assert aside.read_bytes() == b"x" * 8192
    with file_desk.open() as ledger:
        assert ledger.get(number).number == number


def test_a_backup_that_was_changed_is_not_restored(file_desk: Desk, tmp_path: Path) -> None:
    with file_desk.open() as ledger:
        fill(ledger)
        backup = back_up(ledger.store, tmp_path / "monday.db").file
        with pytest.raises(BadInput, match="is there already"):
            back_up(ledger.store, backup)
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    with pytest.raises(LedgerProblem):
        restoring.restore_file(backup, file_desk.path, file_desk.key_file, SteppingClock(), replace=True)
    assert verified(file_desk).problems == ()
    assert not [entry for entry in file_desk.folder.iterdir() if "monday" in entry.name or entry.name.startswith(".")]


def test_the_key_can_be_changed_and_the_chain_and_its_printed_heads_go_on(desk: Desk) -> None:
    with desk.open() as ledger:
        number, case = fill(ledger)
        head, before = ledger.audit_head().short, verify(ledger.store).content_sha256
    old = keys.load(desk.key_file)
    with desk.open() as ledger, desk.open() as other:
        rotation.rotate(ledger.store, desk.key_file, None if desk.url else desk.path)
        with pytest.raises(LedgerProblem):
            other.save_field(number, "reason", "with the old key")
    assert keys.load(desk.key_file) != old
    assert verified(desk, head).problems == ()
    assert verified(desk).content_sha256 == before
    with desk.open() as ledger:
        assert ledger.get(number).reason == PERSON["reason"]
        assert [each.id for each in ledger.look_up("canary 77").cases] == []
        assert [row.number for row in ledger.look_up("canary 77").referrals] == [number]
        assert [each.id for each in ledger.look_up("(414) 555-0177").cases] == [case]
        assert len(ledger.roster.match("brewline", member_id="canary-77")) == 1
    desk.key_file.write_text(old.hex())
    with pytest.raises(LedgerProblem, match="key"):
        desk.open()


@pytest.mark.parametrize("step", ["_seal_anew", "change_file_key", "_promote"])
@pytest.mark.parametrize("kind", ["sqlcipher", "plain"])
def test_a_change_of_the_key_that_breaks_off_leaves_a_ledger_that_opens(
    new_ledgers: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, kind: str
) -> None:
    shutil.copytree(new_ledgers[kind], tmp_path / "desk")
    desk = Desk(kind, tmp_path / "desk")
    with desk.open() as ledger:
        number, _ = fill(ledger)
    if kind == "plain" and step == "change_file_key":
        step = "_promote"  # a plain file has no key of its own
    with desk.open() as ledger, monkeypatch.context() as broken:
        broken.setattr(rotation, step, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate(ledger.store, desk.key_file, desk.path)
    assert rotation.coming(desk.key_file).exists()
    assert verified(desk).problems == ()
    assert not rotation.coming(desk.key_file).exists()
    with desk.open() as ledger:
        assert ledger.get(number).reason == PERSON["reason"]


def test_contents_go_when_their_time_is_over_and_what_happened_stays_provable(ledger: Ledger) -> None:
    number, case = fill(ledger)
    assert ledger.get(number).retain_until is None
    ledger.moves.record(number, a_move("requested", "failed", reason="moved away"))
    ledger.cases.close(case, '{"said":"canary knee"}', ledger.cases.get(case).index)
    over = ledger.get(number).retain_until
    assert over == date(2036, 11, 22)
    assert retention.purge(ledger.store, date(2036, 11, 22)) == (0, 0)
    assert retention.due(ledger.store, date(2036, 11, 23)) == (1, 1)
    assert retention.purge(ledger.store, date(2036, 11, 23)) == (1, 1)
    assert verify(ledger.store).problems == ()
    gone = ledger.get(number)
    assert (gone.state, gone.member.name, gone.reason) == ("failed", None, None)
    assert (ledger.notes.of(case=case), ledger.shown_offer(number)) == ((), None)
    assert [move.to for move in ledger.moves.events(number)] == ["requested", "failed"]
    assert ledger.cases.get(case).case_json == "{}"
    assert ledger.look_up("CANARY-77").referrals == ()
    with pytest.raises(LedgerProblem, match="time of keeping was over"):
        ledger.save_field(number, "reason", "x")
    assert ledger.tasks.due(DAY)[0].what is None


ROTATING = """
import sys
from pathlib import Path
from navigator.ledger.ledger import Ledger
from navigator.ledger.rotation import rotate

path, key = Path(sys.argv[1]), Path(sys.argv[2])
while True:
    with Ledger.open(path, key) as ledger:
        print("open", flush=True)
        rotate(ledger.store, key, path)
"""


def test_a_change_of_the_key_that_is_killed_anywhere_leaves_a_whole_ledger(file_desk: Desk) -> None:
    with file_desk.open() as ledger:
        number, _ = fill(ledger)
    command = [sys.executable, "-c", ROTATING, str(file_desk.path), str(file_desk.key_file)]
    for turns in (1, 3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(turns):
            process.stdout.readline()
        process.kill()
        process.communicate()
        assert verified(file_desk).problems == ()
        with file_desk.open() as ledger:
            assert ledger.get(number).reason == PERSON["reason"]
    assert {entry.name for entry in file_desk.folder.iterdir()} == {"referrals.db", "ledger.key"}

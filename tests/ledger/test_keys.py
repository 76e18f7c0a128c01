"""Where the key lies: a file, the system's keyring, or under a passphrase; the ledger opens from each."""

from __future__ import annotations

import shutil
from pathlib import Path

import keyring
import pytest
from filling import fill
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError
from store_desk import Desk

from navigator.ledger import keys, passphrase, rotation
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.verifying import verify

pytest_plugins = ("ledger_kinds",)

PHRASE = "correct horse battery staple"


class RingInMemory(KeyringBackend):
    """A keyring as a desktop has it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def desk(new_ledgers: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a file ledger; nothing that another test typed is remembered."""
    monkeypatch.setattr(passphrase, "_given", {})
    monkeypatch.setitem(passphrase._COST, "memory_kib", 64)
    shutil.copytree(new_ledgers["sqlcipher"], tmp_path / "desk")
    return Desk("sqlcipher", tmp_path / "desk")


@pytest.fixture
def ring() -> RingInMemory:
    return RingInMemory()


def test_a_key_goes_to_the_keyring_and_back(desk: Desk, ring: RingInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    monkeypatch.setattr(keyring, "delete_password", ring.delete_password)
    key = keys.load(desk.key_file)
    keys.move(desk.key_file, "keyring", str)
    assert key.hex() not in desk.key_file.read_text()
    assert keys.kind_of(desk.key_file) == "keyring"
    with desk.open() as ledger:
        number, _ = fill(ledger)
        rotation.rotate(ledger.store, desk.key_file, desk.path)
    assert len(ring.held) == 1
    with desk.open() as ledger:
        assert ledger.get(number).member.name
        assert verify(ledger.store).problems == ()
    ring.held.clear()
    with pytest.raises(LedgerProblem, match="holds no key"):
        desk.open()
    ring.held[("coe-navigator ledger", str(keys.entry_of(desk.key_file)))] = key.hex()
    keys.move(desk.key_file, "file", str)
    assert ring.held == {}
    assert keys.load(desk.key_file) == key


def test_a_machine_without_a_keyring_is_told_what_else_there_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: str) -> str:
        raise NoKeyringError

    monkeypatch.setattr(keyring, "set_password", none)
    with pytest.raises(LedgerProblem, match="no keyring") as caught:
        keys.move(desk.key_file, "keyring", str)
    assert "--passphrase" in caught.value.next_step
    desk.open().close()


def test_a_passphrase_opens_the_ledger_and_no_other_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = keys.load(desk.key_file)
    keys.move(desk.key_file, "passphrase", lambda: PHRASE)
    assert key.hex() not in desk.key_file.read_text()
    with pytest.raises(LedgerProblem, match="nobody can be asked"):
        desk.open()
    monkeypatch.setenv(passphrase.VARIABLE, "wrong horse battery staple")
    with pytest.raises(LedgerProblem, match="does not open the ledger's key"):
        desk.open()
    monkeypatch.setenv(passphrase.VARIABLE, PHRASE)
    with desk.open() as ledger:
        number, _ = fill(ledger)
        rotation.rotate(ledger.store, desk.key_file, desk.path)
    assert keys.kind_of(desk.key_file) == "passphrase"
    with desk.open() as ledger:
        assert ledger.get(number).member.name
    assert keys.load(desk.key_file) != key


def test_a_passphrase_is_not_left_in_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.move(desk.key_file, "passphrase", lambda: PHRASE)
    monkeypatch.setenv(passphrase.VARIABLE, PHRASE)
    desk.open().close()
    import os

    assert passphrase.VARIABLE not in os.environ
    desk.open().close()


@pytest.mark.parametrize("phrase", ["", "too short"])
def test_a_passphrase_that_is_too_short_changes_nothing(desk: Desk, phrase: str) -> None:
    before = desk.key_file.read_text()
    with pytest.raises(LedgerProblem, match="passphrase"):
        keys.move(desk.key_file, "passphrase", lambda: phrase)
    assert desk.key_file.read_text() == before
    assert [entry.name for entry in desk.folder.iterdir() if entry.name.startswith(".")] == []


@pytest.mark.parametrize("damage", ['{"kind": "passphrase"}', '{"kind": "other"}', "[]", "{"])
def test_a_key_file_that_says_nothing_useful_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setenv(passphrase.VARIABLE, PHRASE)
    desk.key_file.write_text(damage)
    with pytest.raises(LedgerProblem, match="key"):
        desk.open()

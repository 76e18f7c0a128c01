"""What a ledger on a server says when the server, the user or the address is not right; no password is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from filling import PERSON, WORDS, fill
from postgres_server import PostgresServer

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.ledger import Ledger
from navigator.ledger.postgres import place_of_server, read_url
from provider_directory.errors import BadInput, DirectoryError

pytest_plugins = ("ledger_kinds",)


def told(url: str, folder: Path) -> str:
    with pytest.raises(DirectoryError) as caught:
        Ledger.open(folder / "unused.db", folder / "key", url=url)
    assert caught.value.next_step
    assert "secret" not in str(caught.value)
    return caught.value.message


def test_each_fault_of_the_address_is_told_as_what_it_is(postgres_server: PostgresServer, tmp_path: Path) -> None:
    here = f"127.0.0.1:{postgres_server.port}"
    assert "refuses the user or the password" in told(f"postgresql://desk:secret@{here}/postgres", tmp_path)
    absent = postgres_server.address("no_such_database")
    assert "no database" in told(absent, tmp_path)
    assert "does not answer" in told("postgresql://desk:secret@127.0.0.1:1/ledger", tmp_path)
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://u:secret@h/db",
        "postgresql://u:secret@h",
        "postgresql://u:secret@h:x/d",
        "postgresql://u:top@secret@h/d",
        "postgresql://u/secret@h/d",
    ],
)
def test_an_address_of_another_form_is_refused(url: str, tmp_path: Path) -> None:
    assert "COE_LEDGER_URL" in told(url, tmp_path)


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://desk@ledger.example/coe", "require"),
        ("postgresql://desk@ledger.example/coe?sslmode=verify-full", "verify-full"),
        ("postgresql://desk@127.0.0.1/coe", None),
        ("postgresql:///coe", None),
    ],
)
def test_a_server_elsewhere_is_reached_by_tls(url: str, mode: str | None) -> None:
    assert read_url(url).query.get("sslmode") == mode


def test_a_place_names_no_user_and_no_password() -> None:
    assert place_of_server(read_url("postgres://desk:to%40p@ledger.example/coe")) == "ledger.example/coe"
    assert place_of_server(read_url("postgresql://desk:secret@ledger.example:5433/coe")) == "ledger.example:5433/coe"


def test_a_desk_with_another_key_is_refused(postgres_server: PostgresServer, tmp_path: Path) -> None:
    url = postgres_server.address(postgres_server.fresh())
    Ledger.open(tmp_path / "unused.db", tmp_path / "one" / "key", url=url).close()
    (tmp_path / "two").mkdir()
    with pytest.raises(LedgerProblem, match="is missing"):
        Ledger.open(tmp_path / "unused.db", tmp_path / "two" / "key", url=url)
    (tmp_path / "two" / "key").write_text("0" * 64)
    (tmp_path / "two" / "key").chmod(0o600)
    with pytest.raises(LedgerProblem, match="sealed with another key"):
        Ledger.open(tmp_path / "unused.db", tmp_path / "two" / "key", url=url)


def test_no_word_about_a_person_reaches_the_disk_or_the_log_of_the_server(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    name = postgres_server.fresh()
    with Ledger.open(tmp_path / "unused.db", tmp_path / "key", url=postgres_server.address(name)) as ledger:
        number, _ = fill(ledger)
        ledger.look_up(PERSON["member_id"])
    postgres_server.run("CHECKPOINT")
    ((number_of_database,),) = postgres_server.run(f"SELECT oid FROM pg_database WHERE datname = '{name}'")
    data = postgres_server.folder / "data"
    files = [*(data / "base" / str(number_of_database)).iterdir(), *(data / "pg_wal").iterdir()]
    content = [entry.read_bytes() for entry in files if entry.is_file()]
    content.append((postgres_server.folder / "log").read_bytes())
    assert any(number.encode() in each for each in content)
    assert not [word for word in (*WORDS, "canary square") if any(word.encode() in each for each in content)]


def test_only_postgresql_is_taken() -> None:
    with pytest.raises(BadInput, match="names no PostgreSQL database"):
        read_url("sqlite:///ledger.db")

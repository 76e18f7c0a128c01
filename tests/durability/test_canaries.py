"""What is known of a person stands in no file at rest, no log, no name and no list of processes (TRUST S16)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from at_the_desk import desk_in, to_form
from canaries import ADDRESS, NOTE, REASON, REQUESTED, TOLD, TYPED, WORDS, standing_in, words_in
from command_line import CommandLine

from navigator.ledger.ledger import Ledger
from navigator.referral.record import FIELDS

CRASHING = """
import sys
from navigator.cli import main
from navigator.ledger.ledger import Ledger

def crash(ledger, **known):
    raise ValueError(f"cannot save {known} and {sys.stdin.read()}")

Ledger.start = crash
main()
"""


class Machine:
    """A command line whose data and temporary files lie in one folder."""

    def __init__(self, home: Path, edition: Path, coe: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.edition = str(edition)
        (home / "tmp").mkdir()
        self._coe = coe
        self._patch = monkeypatch
        for name, folder in (("COE_HOME", home), ("TMPDIR", home / "tmp")):
            monkeypatch.setenv(name, str(folder))
        monkeypatch.setattr(tempfile, "tempdir", None)
        monkeypatch.chdir(home)

    def __call__(self, *arguments: str, typed: str = "") -> Any:
        """Run a command in this process; gives what it printed where that is JSON."""
        self._patch.setattr(sys, "stdin", io.StringIO(typed))
        assert self._coe(*arguments) == 0
        assert list(words_in(self._coe.err.encode())) == []
        return self._coe.json if "--json" in arguments else None


@pytest.fixture
def machine(
    tmp_path: Path,
    demonstration_edition: Path,
    demonstration_programs: Path,
    coe: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
) -> Machine:
    home = tmp_path / "home"
    home.mkdir()
    (home / "programs").symlink_to(demonstration_programs)
    return Machine(home, demonstration_edition, coe, monkeypatch)


def request() -> str:
    return json.dumps(
        {
            "client_key": "one",
            "procedure": "knee replacement",
            "place": "53202",
            "facility": "90Z001",
            "program": "brewline-foods",
            "member": REQUESTED,
            "reason": REASON,
            "urgency": "soon",
            "language": "en",
            "interpreter": False,
            "safe_contact": {"method": "email", "address": ADDRESS},
            "consent": "spoken_yes",
        }
    )


def test_the_search_finds_what_lies_about(tmp_path: Path) -> None:
    assert len(WORDS) >= 20
    (tmp_path / "log").write_text(f"saved {REASON}")
    (tmp_path / "page").write_text(NOTE, encoding="utf-16-le")
    (tmp_path / "canaria-quillfeather.txt").touch()
    assert len(standing_in(tmp_path)) == 4  # the name, and the family name in it


def test_what_is_typed_at_the_desk_is_in_no_file_while_it_works_nor_after_it_is_killed(tmp_path: Path) -> None:
    with desk_in(tmp_path) as terminal:
        to_form(terminal)
        terminal.type("".join(f"{TYPED.get(field.id, '')}\t" for field in FIELDS))
        terminal.wait_for(b"keeps it", terminal.type("\x0f"))
        terminal.wait_for(NOTE.encode(), terminal.type(NOTE))
        terminal.wait_for(b"Note kept", terminal.type("\r"))
        terminal.wait_for(b"Missing before", terminal.type("\x1bOQ"))  # F2: the page with the number, which y copies
        terminal.wait_for(b"saved as", terminal.type("y"))
        process = Path("/proc") / str(terminal.child)
        if process.exists():
            assert list(words_in((process / "cmdline").read_bytes() + (process / "environ").read_bytes())) == []
        assert (tmp_path / "ledger" / "referrals.db-wal").stat().st_size > 0
        assert standing_in(tmp_path) == []
    assert standing_in(tmp_path) == []
    with Ledger.open(tmp_path / "ledger" / "referrals.db", tmp_path / "ledger" / "ledger.key") as ledger:
        (row,) = ledger.list()
        said = [ledger.get(row.number).model_dump_json(), ledger.cases.recent()[0].case_json]
        said += [note.text for note in ledger.notes.of(case=ledger.cases.recent()[0].id)]
    typed = {text for field, text in TYPED.items() if text and field not in ("member_birth_date", "member_zip")}
    assert typed | {NOTE, "1947-03-17"} <= set(words_in("".join(said).encode()))


def test_what_the_command_line_takes_is_in_no_file(machine: Machine) -> None:
    created = machine("referral", "create", "--from", "-", "--edition", machine.edition, "--json", typed=request())
    number = created["number"]
    machine("referral", "move", number, "requested", "--route", "fax", "--safety-checked")
    machine("referral", "deliver", number, "email", "--result", "failed", "--note", TOLD["note"])
    machine("referral", "move", number, "accepted", "--by-center", TOLD["by-center"])
    machine("referral", "move", number, "cancel-requested", "--reason-code", "other", "--reason", TOLD["reason"])
    history = json.dumps(machine("referral", "history", number, "--json"))
    assert {TOLD["note"], TOLD["by-center"]} <= set(words_in(history.encode()))
    for command in (("list",), ("worklist",), ("show", number)):
        machine("referral", *command)
    backup = machine("ledger", "backup", "backup.coe", "--json")
    assert backup["rows"]["referral"] == 1
    machine("find", "knee replacement", "59901", "--program", "brewline-foods", "--edition", machine.edition)
    assert standing_in(machine.home) == []


def test_a_fault_of_the_command_line_tells_no_word_of_the_request(machine: Machine) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, "referral", "create", "--from", "-", "--edition", machine.edition],
        input=request(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "incident" in done.stderr
    assert "ValueError" in done.stderr
    assert list(words_in((done.stdout + done.stderr).encode())) == []
    assert standing_in(machine.home) == []

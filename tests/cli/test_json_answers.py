"""Every command that prints JSON has a schema, and prints what it says; CommandLine holds each test's answers to it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, command_of, hold_to_schema
from sample_referrals import REQUEST

sys.path.insert(0, str(Path(__file__).parents[1] / "case"))
from cases import TODAY, ready

from navigator import keeping
from navigator.cli.commands import COMMANDS, loaded
from navigator.cli.schema import ANSWERS, PRINTED_BY, answers_of
from navigator.ledger.here import open_here
from navigator.referral.tasks import a_task, task_kind
from navigator.ticket import Ticket, written
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf

NOT_HERE = {
    ("build",): "test_publishing.py",
    ("edition", "use"): "test_credential.py",
    ("referral", "import"): "../fhir/test_fhir_commands.py",
    ("price-file", "check"): "test_price_file.py",
    ("sync",): "../sync/test_sync.py",
}
"""Commands that need files, a server or a second edition, and the tests that run them with --json."""
KNEE = ("knee replacement", "53202", "--program", "brewline-foods")
OURS = ("--program", "brewline-foods", "--procedure", "knee replacement", "--place", "53202")
SUSPENSION = ("90Z001", "--set", "hip-knee", "--from", "2026-11-01", "--reason", "under review")
ABOUT_NOBODY: tuple[tuple[str, ...], ...] = (
    ("procedures", "new knee"),
    ("find", *KNEE),
    ("find", "knee replacement", "Hilo, HI", "--program", "brewline-foods"),
    ("ask", *KNEE, "--lang", "es"),
    ("ticket", "{ticket}"),
    ("evidence", "90Z001", "total-knee-replacement"),
    ("price", "90Z001", "total-knee-replacement"),
    ("rule", "--program", "copperline-rail", "--procedure", "knee replacement", "--center", "90Z001"),
    ("compare", "90Z001", "90Z002", "knee replacement", "--near", "53202", "--program", "brewline-foods"),
    ("expected-cost", "--example", "walmart-spine"),
    ("program", "check", "brewline-foods"),
    ("gaps",),
    ("hr", "list"),
    ("hr", "kff", *OURS[:2]),
    ("hr", "cost", *OURS),
    ("settings",),
    ("edition", "list"),
    ("edition", "show"),
    ("edition", "verify"),
    ("edition", "table", "scores"),
    ("edition", "diff", "current", "current"),
    ("credential", "suspend", *SUSPENSION),
    ("credential", "list", "90Z001"),
    ("credential", "reinstate", *SUSPENSION[:3], "--from", "2026-11-02", "--reason", "settled"),
)
ABOUT_PERSONS: tuple[tuple[str, ...], ...] = (
    ("members", "check", "{members}", *OURS[:2]),
    ("members", "import", "{members}", *OURS[:2], "--as-of", "2026-11-01"),
    ("members", "status"),
    ("referral", "create", "--from", "-"),
    ("referral", "list"),
    ("referral", "show", "{number}"),
    ("referral", "offer", "{number}"),
    ("referral", "move", "{number}", "requested", "--route", "portal", "--safety-checked"),
    ("referral", "deliver", "{number}", "fax"),
    ("referral", "task", "add", "{number}", "records", "--what", "X-ray"),
    ("referral", "task", "done", "{of_referral}"),
    ("referral", "task", "done", "{of_case}"),
    ("referral", "worklist", "--section", "all"),
    ("referral", "packet", "{number}", "--for", "center"),
    ("referral", "packet", "{number}", "--for", "member"),
    ("referral", "packet", "{number}", "--for", "administrator"),
    ("referral", "transfer", "{number}"),
    ("referral", "history", "{number}"),
    ("referral", "take", "{number}", "--reason", "on leave"),
    ("referral", "take-back-consent", "{number}", "--said", "changed my mind"),
    ("referral", "waits", "ccn-90z001"),
    ("referral", "check-edition"),
    ("usage", *OURS[:2]),
    ("case", "list"),
    ("case", "show", "{case}"),
    ("case", "waits"),
    ("ledger", "status"),
    ("ledger", "audit"),
    ("ledger", "verify"),
    ("ledger", "backup", "{backup}"),
    ("ledger", "restore", "{backup}", "--replace"),
)


def printing() -> Iterator[str]:
    """Give every command that takes --json, as its schema is named."""

    def below(command: Any, path: tuple[str, ...]) -> Iterator[str]:
        if any("--json" in each.opts for each in command.params):
            yield "-".join(path)
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, (*path, name))

    for command in COMMANDS:
        yield from below(loaded(command.name), (command.name,))


def test_no_command_takes_json_without_a_schema() -> None:
    commands = set(printing())
    assert {name for name in commands if not answers_of(name)} == set()
    assert set(PRINTED_BY) <= commands - set(ANSWERS), "a name of its own needs no other"
    assert {name for names in PRINTED_BY.values() for name in names} <= set(ANSWERS)
    for words, place in NOT_HERE.items():
        written = (Path(__file__).parent / place).read_text(encoding="utf-8")
        assert all(f'"{word}"' in written for word in (*words, "--json")), words


def test_every_command_prints_what_its_schema_says(
    coe: CommandLine, tmp_path: Path, demonstration_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path / "editions")
    part = shelf.part_file()
    shutil.copy(demonstration_edition, part)
    shutil.copy(sidecar_of(demonstration_edition), sidecar_of(part))
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(REQUEST)))
    shelf.put(part)
    known = {
        "members": str(tmp_path / "programs" / "members.csv"),
        "backup": str(tmp_path / "backup.coe"),
        "ticket": written(Ticket(procedure_number=1, zip="53202", language="en", site=0)),
    }
    with open_here() as ledger:
        known["case"] = keeping.save(ledger, keeping.Kept(ready()), TODAY).case.id or ""
        call_back = a_task(task_kind("other"), TODAY, "call back", None, None)
        known["of_case"] = ledger.tasks.add(call_back, case_id=known["case"]).id
    run = {"-".join(words) for words in NOT_HERE}
    for command in (*ABOUT_NOBODY, *ABOUT_PERSONS):
        if command[:2] == ("referral", "take"):
            monkeypatch.setattr("navigator.ledger.opening.os_user", lambda: "omar")
        arguments = (*(word.format_map(known) for word in command), "--json")
        assert coe(*arguments) == 0, (command, coe.out, coe.err)
        run.add(command_of(arguments))
        if command[:2] == ("referral", "create"):
            known["number"] = coe.json["number"]
        if command[:3] == ("referral", "task", "add"):
            known["of_referral"] = coe.json["tasks"][0]["id"]
    assert set(printing()) - run == set()
    assert coe("member", "export", "--member-id", "BF-1001") == 0
    hold_to_schema("member-export", coe.json)


def test_a_schema_is_asked_for_by_the_words_of_its_command(coe: CommandLine) -> None:
    assert coe("schema", "referral", "take") == 0
    taken = coe.json
    assert coe("schema", "referral-move") == 0
    assert coe.json == taken
    assert coe("schema", "referral", "packet") == 2
    assert "packet-administrator" in coe.err
    assert coe("schema", "everything") == 2

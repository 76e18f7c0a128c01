"""`coe ledger`: back up, restore, verify, change the key, read the audit (TRUST B3, B4)."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from navigator import locations
from navigator.cli.asking import AsJson, parse_day
from navigator.cli.output import FAULT_EXIT, print_json, print_sentence, print_table
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.ledger.keys import Kind
    from navigator.ledger.verifying import Verified

MOST_ENTRIES = 1000
_ROW_WORDS = {
    "referral": "referrals",
    "case_file": "cases",
    "offer": "offers shown",
    "event": "moves",
    "delivery": "tries to deliver",
    "task": "tasks",
    "note": "notes",
    "roster": "people of rosters",
    "roster_file": "roster files",
    "audit": "audit entries",
}

ledger_app = typer.Typer(
    help="Back up, restore and verify what this desk keeps about people.", no_args_is_help=True, rich_markup_mode=None
)

File = Annotated[Path, typer.Argument(help="The backup's file")]


@ledger_app.command("status")
def status(as_json: AsJson = False) -> None:
    """Say where the ledger lies, where its key is, how much is kept, and the head of the audit."""
    from navigator.ledger import keys
    from navigator.ledger.counting import counts, kind_of_store
    from navigator.ledger.here import open_here
    from navigator.ledger.retention import due

    with open_here() as ledger:
        store = ledger.store
        rows, head = counts(store), ledger.audit_head().short
        over = due(store, datetime.now(UTC).date())
        kind = kind_of_store(store)
    key = keys.kind_of(locations.ledger_key_file())
    if as_json:
        from navigator.cli.kept_answers import KeepingIsOver, LedgerStatus

        closed = KeepingIsOver(referrals=over.referrals, cases=over.cases)
        print_json(
            LedgerStatus(place=store.place, kind=kind, key=key, rows=rows, audit_head=head, keeping_is_over=closed)
        )
        return
    print(f"Ledger      {store.place}")
    print(f"Kept as     {kind}")
    print(f"Key         {_KEY_WORDS[key]}")
    print(f"Audit head  {head}")
    print()
    _print_rows(rows)
    if any(over):
        print()
        print_sentence(
            f"The time of keeping is over for {over.referrals} referrals and {over.cases} cases: "
            "`coe ledger purge --before DATE` removes their contents."
        )


@ledger_app.command("backup")
def backup(file: File, as_json: AsJson = False) -> None:
    """Write everything into one new encrypted file, while the desks work, and verify it."""
    from navigator.ledger.backup import back_up
    from navigator.ledger.here import open_here

    with open_here() as ledger:
        made = back_up(ledger.store, file)
    if as_json:
        from navigator.cli.kept_answers import LedgerBackup

        print_json(LedgerBackup(file=str(made.file), sha256=made.sha256, **_content(made.verified)))
        return
    print(f"Written and verified: {made.file}")
    print(f"SHA-256     {made.sha256}")
    print(f"Content     {made.verified.content_sha256}")
    print(f"Audit head  {made.verified.head.short}")
    print()
    _print_rows(made.verified.rows)
    print()
    print_sentence(
        f"Only the ledger's key opens it: keep {locations.ledger_key_file()} too, but not beside it. "
        "Note the audit head: with it `coe ledger verify --head` finds a tail that was cut off."
    )


@ledger_app.command("restore")
def restore(
    file: File,
    key: Annotated[Path | None, typer.Option(metavar="KEYFILE", help="Key file of a backup with another key")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Even where the ledger here is newer or damaged")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in place of the ledger here; the old ledger is kept aside."""
    from navigator.ledger.restoring import restore_file, restore_server

    path, key_file, url = locations.ledger_file(), locations.ledger_key_file(), locations.ledger_url()
    if url is None:
        done = restore_file(file, path, key_file, _now, own_key=key, replace=replace)
    elif key is not None:
        raise BadInput(
            "A ledger on a server keeps its key.",
            f"Put the backup's key file in place of {key_file} and leave out --key.",
        )
    else:
        done = restore_server(file, url, key_file, path.parent, _now, replace=replace)
    if as_json:
        from navigator.cli.kept_answers import LedgerRestored

        print_json(LedgerRestored(aside=None if done.aside is None else str(done.aside), **_content(done.verified)))
        return
    print(f"Restored from {file}.")
    print(f"Content     {done.verified.content_sha256}")
    print(f"Audit head  {done.verified.head.short}")
    print()
    _print_rows(done.verified.rows)
    if done.aside is not None:
        print(f"\nThe ledger that was here is kept aside: {done.aside}")


@ledger_app.command("verify")
def verify(
    head: Annotated[
        str | None, typer.Option(metavar="SEQ:MAC", help="An audit head that was printed or noted before")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Go through every row, seal, offer and audit entry; exit code 3 where something does not hold."""
    from navigator.ledger.here import open_here
    from navigator.ledger.verifying import verify as verified

    with open_here() as ledger:
        found = verified(ledger.store, head)
    if as_json:
        from navigator.cli.kept_answers import LedgerVerified

        print_json(LedgerVerified(**_content(found), problems=found.problems))
    else:
        _print_rows(found.rows)
        print(f"\nContent     {found.content_sha256}")
        print(f"Audit head  {found.head.short}\n")
        for problem in found.problems:
            print_sentence(f"- {problem}")
        if found.problems:
            print_sentence("Do not work on: keep a copy of the ledger, and restore it from the last good backup.")
        else:
            print("The ledger is whole: every row is what the audit says it is.")
    if found.problems:
        raise typer.Exit(FAULT_EXIT)


@ledger_app.command("rotate-key")
def rotate_key() -> None:
    """Change the ledger's key and seal every row anew; other programs must open the ledger again after it."""
    from navigator.ledger.here import open_here
    from navigator.ledger.rotation import rotate

    url, key_file = locations.ledger_url(), locations.ledger_key_file()
    with open_here() as ledger:
        key_id = rotate(ledger.store, key_file, None if url else locations.ledger_file())
    print(f"The ledger has a new key ({key_id}) and everything is sealed with it.")
    print_sentence(
        "Make a backup now: earlier ones are opened by the old key alone, so keep a copy of it with them. "
        + ("Copy the key file to every other desk of this server." if url else "")
    )


@ledger_app.command("key")
def key(
    in_file: Annotated[bool, typer.Option("--file", help="Keep it in a file that only its owner can read")] = False,
    in_keyring: Annotated[bool, typer.Option("--keyring", help="Keep it in the system's keyring")] = False,
    under_passphrase: Annotated[bool, typer.Option("--passphrase", help="Keep it under a passphrase")] = False,
) -> None:
    """Say where the ledger's key is kept, or keep it elsewhere; the key itself stays the same."""
    from navigator.ledger import keys
    from navigator.ledger.key_file import held

    wanted: list[Kind] = []
    wanted += ["file"] if in_file else []
    wanted += ["keyring"] if in_keyring else []
    wanted += ["passphrase"] if under_passphrase else []
    if len(wanted) > 1:
        raise BadInput("More than one place was named.", "Choose one of --file, --keyring and --passphrase.")
    key_file = locations.ledger_key_file()
    if not key_file.exists():
        raise BadInput(f"There is no key yet at {key_file}.", "It is made with the first referral.")
    if wanted:
        with held(key_file.parent):
            keys.move(key_file, wanted[0], _new_passphrase)
    print(f"The ledger's key is {_KEY_WORDS[keys.kind_of(key_file)]}.")
    if wanted and wanted[0] != "file":
        print_sentence(
            "Copies of the old key file still open the ledger: `coe ledger rotate-key` makes them worthless."
        )


@ledger_app.command("audit")
def audit(
    limit: Annotated[int, typer.Option(help="How many of the newest entries")] = 30,
    of: Annotated[str | None, typer.Option("--of", metavar="NUMBER", help="Only of this referral or case")] = None,
    as_json: AsJson = False,
) -> None:
    """Print who did what and when; no entry says anything about a member but a number."""
    from navigator.ledger.counting import audit_entries
    from navigator.ledger.here import open_here

    if not 1 <= limit <= MOST_ENTRIES:
        raise BadInput(f"{limit} entries cannot be listed.", f"Give a limit from 1 to {MOST_ENTRIES}.")
    with open_here() as ledger:
        entries = audit_entries(ledger.store, limit, of)
    if as_json:
        from navigator.cli.kept_answers import AuditEntry, LedgerAudit

        told = tuple(AuditEntry(**{**entry, "detail": json.loads(entry["detail"])}) for entry in entries)
        print_json(LedgerAudit(entries=told))
        return
    rows = [(str(entry["seq"]), f"{entry['at'].astimezone():%Y-%m-%d %H:%M:%S}", *_said(entry)) for entry in entries]
    print_table(("entry", "when", "who", "did", "to", "MAC"), rows, right=frozenset({0}))


@ledger_app.command("purge")
def purge(
    before: Annotated[str, typer.Option(metavar="DATE", help="Those whose time of keeping ended before this day")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
) -> None:
    """Remove the contents of closed referrals and cases whose time of keeping is over; numbers and dates stay."""
    from navigator.ledger.here import open_here
    from navigator.ledger.retention import due
    from navigator.ledger.retention import purge as remove

    day = parse_day(before, "--before")
    if day is None or day > datetime.now(UTC).date():
        raise BadInput(
            f'"{before}" is in the future.', "Nothing may be removed before its time: give a day up to today."
        )
    with open_here() as ledger:
        over = due(ledger.store, day)
        words = f"{over.referrals} referrals and {over.cases} cases"
        if not any(over):
            print(f"Nothing is past its time of keeping before {day}.")
            return
        if not yes and not _agreed(f"Remove the contents of {words} for good?"):
            raise typer.Exit(1)
        remove(ledger.store, day)
    print(f"The contents of {words} were removed. Earlier backups still hold them.")


_KEY_WORDS: dict[Kind | None, str] = {
    "file": "in the key file",
    "keyring": "in the system's keyring",
    "passphrase": "in the key file, under a passphrase",
    None: "not there",
}


def _now() -> datetime:
    return datetime.now(UTC)


def _content(found: Verified) -> dict[str, Any]:
    return {"rows": found.rows, "content_sha256": found.content_sha256, "audit_head": found.head.short}


def _print_rows(rows: dict[str, int]) -> None:
    for name, count in rows.items():
        print(f"{count:>9,}  {_ROW_WORDS[name]}")


def _said(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    return entry["by"], entry["action"], entry["subject"], entry["mac"][:8]


def _new_passphrase() -> str:
    from navigator.ledger import passphrase

    if not sys.stdin.isatty():
        raise BadInput("A new passphrase is typed in a terminal.", "Run this command in one.")
    phrase = getpass.getpass(f"New passphrase, {passphrase.SHORTEST} characters or more: ", stream=sys.stderr)
    if getpass.getpass("The same again: ", stream=sys.stderr) != phrase:
        raise BadInput("The two are not the same.", "Nothing was changed; try again.")
    passphrase.remember(locations.ledger_key_file(), phrase)
    return phrase


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise BadInput(question, "Add --yes where nobody can be asked.")
    return typer.confirm(question, err=True)

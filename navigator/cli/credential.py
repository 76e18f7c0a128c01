"""`coe credential`: suspend or reinstate a center at once, and read its history (CONTRACT 3, 4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile, OnDate, edition_path, parse_day, settle
from navigator.cli.output import print_json, print_sentence
from provider_directory.errors import BadInput, Choice, UnknownFacility

if TYPE_CHECKING:
    from provider_directory.edition.history import CredentialChange, CredentialHistory, NamedFacility
    from provider_directory.edition.reader import EditionReader
    from provider_directory.edition.suspend import Decision, Subject

MOST_CHOICES = 10

credential_app = typer.Typer(
    help="Suspend or reinstate a center, and read its history.", no_args_is_help=True, rich_markup_mode=None
)

Facility = Annotated[str, typer.Argument(help="Facility id, or a CCN")]
CriteriaSet = Annotated[str | None, typer.Option("--set", metavar="SET", help="Every procedure of this criteria set")]
Procedure = Annotated[str | None, typer.Option(help="This procedure only: id, words or a code")]
FirstDay = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day, YYYY-MM-DD")]
Reason = Annotated[str, typer.Option(help="Why, in a few words, without a person's name: it is shown")]
Alliance = Annotated[str | None, typer.Option(help="This alliance only; default: every one")]


@credential_app.command("suspend")
def suspend(
    facility: Facility,
    first_day: FirstDay,
    reason: Reason,
    criteria_set: CriteriaSet = None,
    procedure: Procedure = None,
    alliance: Alliance = None,
    as_json: AsJson = False,
) -> None:
    """Suspend a center's contract from a day on; an edition that says so is published at once."""
    from provider_directory.edition.suspend import decide_suspension

    what = (_subject(criteria_set, procedure), _day(first_day), reason, alliance)
    _change(decide_suspension, facility, what, as_json)


@credential_app.command("reinstate")
def reinstate(
    facility: Facility,
    first_day: FirstDay,
    reason: Reason,
    criteria_set: CriteriaSet = None,
    procedure: Procedure = None,
    alliance: Alliance = None,
    as_json: AsJson = False,
) -> None:
    """Let a suspended contract count again from a day on; an edition that says so is published at once."""
    from provider_directory.edition.suspend import decide_reinstatement

    what = (_subject(criteria_set, procedure), _day(first_day), reason, alliance)
    _change(decide_reinstatement, facility, what, as_json)


@credential_app.command("list")
def list_history(facility: Facility, on: OnDate = None, edition: EditionFile = None, as_json: AsJson = False) -> None:
    """Tell the history of a center's credentials: contracts, changes and suspensions, with their sources."""
    from provider_directory.edition.history import history_of

    with closing(_reader(edition_path(edition))) as reader:
        history = history_of(reader, _facility(reader, facility), parse_day(on, "--on") or date.today())
    if as_json:
        print_json(history)
    else:
        _print_history(history)


def _change(
    decide: Callable[..., Decision],
    facility: str,
    what: tuple[Subject, date, str, str | None],
    as_json: bool,
) -> None:
    """Decide about the edition in use and publish the one that says so; ``what`` is handed to ``decide``."""
    base = edition_path(None)
    with closing(_reader(base)) as reader:
        decision = decide(reader, _facility(reader, facility), *what)
    _publish(base, decision, as_json)


def _subject(criteria_set: str | None, procedure: str | None) -> Subject:
    from provider_directory.catalog import load
    from provider_directory.edition.suspend import subject_of

    # The set first: a set that cannot be named is told before the words of a procedure are looked up.
    chosen = (
        settle(load().search(procedure), procedure) if procedure is not None and criteria_set is None else procedure
    )
    return subject_of(criteria_set, chosen)


def _day(text: str) -> date:
    day = parse_day(text, "--from")
    if day is None:
        raise BadInput("No day was given.", "Give --from YYYY-MM-DD.")
    return day


def _reader(path: Path) -> EditionReader:
    from provider_directory.edition.reader import EditionReader

    return EditionReader(path)


def _facility(reader: EditionReader, key: str) -> str:
    """Give the id of the facility; an unknown one is told with those under contract whose name has the words."""
    try:
        return reader.facility(key).id
    except UnknownFacility as unknown:
        under_contract = reader.rows(
            "SELECT id, name, city FROM facility WHERE id IN (SELECT facility_id FROM contract) ORDER BY name"
        )
        words = key.casefold().split()
        found = [row for row in under_contract if all(word in row[1].casefold() for word in words)]
        choices = tuple(Choice(row[0], ", ".join(part for part in row[1:] if part)) for row in found[:MOST_CHOICES])
        raise UnknownFacility(unknown.message, "Give an id or a CCN.", choices) from None


def _publish(base: Path, decision: Decision, as_json: bool) -> None:
    from provider_directory.edition.history import change_of
    from provider_directory.edition.publish import Shelf
    from provider_directory.edition.suspend import publish

    published = publish(Shelf(locations.editions()), base, decision)
    change = change_of(decision, published)
    if as_json:
        print_json(change)
    else:
        _print_change(change)


def _print_change(change: CredentialChange) -> None:
    from navigator.languages.demonstration import LONG as DEMONSTRATION

    if change.demonstration:
        print(DEMONSTRATION)
    done = "suspended" if change.action == "suspend" else "reinstated"
    print_sentence(f"{_named(change.facility)}, {change.covers}: {done} from {change.effective.isoformat()}.")
    for alliance in change.alliances:
        print_sentence(f"with {alliance}: {change.reason}", 2)
    if change.lifted_on:
        again = f"--from {change.lifted_on.isoformat()}"
        print_sentence(f"A contract row that begins on {change.lifted_on.isoformat()} lifts it again.")
        print_sentence(f"If it shall hold on, give the command once more with {again}.")
    print(f"Published: edition {change.edition[:12]} is in use; a desk takes it with its next call.")
    print(f"`coe edition use {change.previous[:12]}` goes back to the one before.")


def _print_history(history: CredentialHistory) -> None:
    from navigator.languages.demonstration import LONG as DEMONSTRATION

    print_sentence(f"{_named(history.facility)}, id {history.facility.id}, on {history.on.isoformat()}")
    if history.demonstration:
        print(DEMONSTRATION)
    if not history.rows:
        print("No alliance has a contract with it in this edition.")
    for state in history.states:
        print()
        print_sentence(f"{state.alliance}, {state.covers}: {state.words}")
        for row in history.rows:
            if (row.alliance.casefold(), row.covers) == (state.alliance.casefold(), state.covers):
                print_sentence(row.words, 2)
                print_sentence(f"{row.source}, row {row.row}", 4)
    print(f"\nEdition {history.edition[:12]}.")


def _named(facility: NamedFacility) -> str:
    place = ", ".join(part for part in (facility.city, facility.state) if part)
    return f"{facility.name} ({place})" if place else facility.name

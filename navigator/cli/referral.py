"""`coe referral`: the referrals of the ledger, their history, and what was shown."""

from __future__ import annotations

from typing import Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json
from navigator.cli.referral_answers import open_ledger, print_lines
from navigator.cli.referral_create import create
from navigator.cli.referral_fhir import export, take_in
from navigator.cli.referral_letter import letter
from navigator.cli.referral_moves import deliver, move
from navigator.cli.referral_packet import packet, transfer
from navigator.cli.referral_work import away, check_edition, take, take_back_consent, task_app, waits, worklist
from provider_directory.errors import BadInput

MOST_ROWS = 1000

referral_app = typer.Typer(help="The referrals of this machine.", no_args_is_help=True, rich_markup_mode=None)


@referral_app.command("list")
def list_referrals(
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(help="How many at the most")] = 50,
) -> None:
    """List the referrals, the newest first; a sensitive procedure is not named."""
    if not 1 <= limit <= MOST_ROWS:
        raise BadInput(f"{limit} referrals cannot be listed.", f"Give a limit from 1 to {MOST_ROWS}.")
    with open_ledger() as ledger:
        rows = ledger.list(limit)
    if as_json:
        from navigator.cli.kept_answers import ReferralList

        print_json(ReferralList(referrals=rows))
        return
    from navigator.referral.summary import row_line

    if not rows:
        print("No referral yet: one begins in the app, with the center in hand.")
    for row in rows:
        print(row_line(row))


@referral_app.command("show")
def show_referral(
    number: Annotated[str, typer.Argument(help="The referral's number, as it was heard")],
    as_json: AsJson = False,
    as_text: Annotated[bool, typer.Option("--text", help="Print plain lines for a screen reader (default)")] = False,
    as_offer: Annotated[
        bool, typer.Option("--offer", help="Print the offer as it was shown, byte for byte as it was hashed")
    ] = False,
) -> None:
    """Show one referral."""
    if as_json + as_text + as_offer > 1:
        raise BadInput("More than one form was asked for.", "Choose one of --json, --text and --offer.")
    with open_ledger() as ledger:
        referral = ledger.get(number)
        offer = ledger.shown_offer(number) if as_offer else None
        head = ledger.audit_head()
    if as_offer:
        if offer is None:
            raise BadInput(f"No offer is kept with {referral.number}.", "Show the referral without --offer.")
        print(offer, end="")
    elif as_json:
        print_json(referral)
    else:
        from navigator.referral.summary import text_lines

        print_lines(text_lines(referral))
        print(f"Audit: {head.short}")


@referral_app.command("offer")
def show_offer(
    number: Annotated[str, typer.Argument(help="The referral's number, as it was heard")], as_json: AsJson = False
) -> None:
    """Show again what was shown when the center was chosen; --json prints it byte for byte as it was hashed."""
    with open_ledger() as ledger:
        referral = ledger.get(number)
        kept = ledger.shown_offer(referral.number)
    if kept is None:
        raise BadInput(f"No offer is kept with {referral.number}.", "A draft keeps one when a center is chosen.")
    if as_json:
        print(kept, end="")
        return
    from navigator.referral.shown import shown_lines

    print_lines(shown_lines(kept))


@referral_app.command("history")
def show_history(
    number: Annotated[str, typer.Argument(help="The referral's number, as it was heard")], as_json: AsJson = False
) -> None:
    """Tell all that happened to a referral: moves, tries to send, tasks and notes."""
    with open_ledger() as ledger:
        referral = ledger.get(number)
        moves, tries = ledger.moves.events(referral.number), ledger.deliveries.of(referral.number)
        tasks, notes = ledger.tasks.of(referral.number), ledger.notes.of(referral=referral.number)
        today = ledger.store.now().astimezone().date()
        head = ledger.audit_head()
    if as_json:
        from navigator.referral.answers import History, KeptNote

        kept = tuple(KeptNote(at=note.at.isoformat(), by=note.by, text=note.text) for note in notes)
        print_json(
            History(
                number=referral.number, state=referral.state, moves=moves, deliveries=tries, tasks=tasks, notes=kept
            )
        )
        return
    from navigator.referral.history import history_lines, now_lines

    said = [(note.at, f"note by {note.by}: {note.text}") for note in notes]
    print_lines(history_lines(referral, moves, tries, tasks, said))
    print_lines(now_lines(referral, tasks, today))
    print(f"Audit: {head.short}")


referral_app.command("create")(create)
referral_app.command("move")(move)
referral_app.command("deliver")(deliver)
referral_app.command("export")(export)
referral_app.command("import")(take_in)
referral_app.command("letter")(letter)
referral_app.command("packet")(packet)
referral_app.command("transfer")(transfer)
referral_app.command("take-back-consent")(take_back_consent)
referral_app.command("worklist")(worklist)
referral_app.command("take")(take)
referral_app.command("away")(away)
referral_app.command("waits")(waits)
referral_app.command("check-edition")(check_edition)
referral_app.add_typer(task_app, name="task")

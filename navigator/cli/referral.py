"""`coe referral`: read the ledger of this machine; the app writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.ledger.ledger import Ledger

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
    with _ledger() as ledger:
        rows = ledger.list(limit)
    if as_json:
        print_json({"referrals": [row.model_dump(mode="json") for row in rows]})
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
    with _ledger() as ledger:
        referral = ledger.get(number)
        offer = ledger.shown_offer(number) if as_offer else None
    if as_offer:
        if offer is None:
            raise BadInput(f"No offer is kept with {referral.number}.", "Show the referral without --offer.")
        print(offer, end="")
    elif as_json:
        print_json(referral)
    else:
        from navigator.referral.summary import text_lines

        print("\n".join(text_lines(referral)))


def _ledger() -> Ledger:
    from navigator.ledger.here import open_here  # deferred: SQLAlchemy, 300 ms that no other command pays

    return open_here()

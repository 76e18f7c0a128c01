"""`coe referral packet` and `transfer`: what each recipient gets, and the card for handing a caller over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json
from navigator.cli.referral_answers import open_ledger, print_lines
from navigator.cli.referral_moves import Number
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

if TYPE_CHECKING:
    from navigator.packets.administrator_values import AdministratorPacket
    from navigator.packets.member_values import MemberPacket
    from navigator.packets.values import CenterPacket
    from navigator.packets.whole import WholeReferral


def packet(
    number: Number,
    recipient: Annotated[str, typer.Option("--for", help="center, member or administrator")],
    as_json: AsJson = False,
) -> None:
    """Print what a recipient gets of a referral, and nothing else of it; printing it sends nothing."""
    from navigator.ledger.leaving import whole_here

    with open_ledger() as ledger:
        found = _packet_for(recipient, whole_here(ledger, number))
    if as_json:
        print_json(found)
        return
    from navigator.packets.text import packet_lines

    print_lines(packet_lines(found))


def transfer(number: Number, as_json: AsJson = False) -> None:
    """Print the card for handing a caller over: whom to call, what is said, what was sent, what the member knows."""
    from navigator.ledger.leaving import whole_here
    from navigator.packets.transfer import card_lines, transfer_card

    with open_ledger() as ledger:
        card = transfer_card(whole_here(ledger, number), ledger.store.now())
    if as_json:
        print_json(card)
    else:
        print_lines(card_lines(card))


def _packet_for(recipient: str, whole: WholeReferral) -> CenterPacket | MemberPacket | AdministratorPacket:
    """Give a packet by the recipient's word; HR and employers get none about a person (REFERRAL "Who gets what")."""
    from navigator.packets.for_administrator import administrator_packet
    from navigator.packets.for_center import center_packet
    from navigator.packets.for_member import member_packet
    from navigator.packets.values import RECIPIENTS

    match recipient.strip().casefold():
        case "center":
            return center_packet(whole)
        case "member":
            return member_packet(whole)
        case "administrator":
            return administrator_packet(whole)
    raise BadInput(
        f'There is no packet for "{clean(recipient, 40)}".',
        f"Choose one of {', '.join(RECIPIENTS)}; an employer gets nothing about a person.",
        tuple(Choice(word, word) for word in RECIPIENTS),
    )

"""`coe referral letter`: the page for the center or the member, as text, a file or on paper; and the e-mail about it.

Nothing counts as sent by it: sent is a try, which somebody writes down (REFERRAL "Delivery").
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.letter_output import AsText, Lang, Out, Printer, ToPrinter, Wished, hand_out, language_asked
from navigator.cli.output import print_sentence
from navigator.cli.referral_answers import open_ledger
from navigator.cli.referral_moves import Number
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

if TYPE_CHECKING:
    from navigator.languages.translating import Language
    from navigator.letters.letter import Letter
    from navigator.packets.whole import WholeReferral

FOR = ("center", "member")


def letter(
    number: Number,
    recipient: Annotated[str, typer.Option("--for", help="center or member")] = "center",
    lang: Lang = None,
    as_text: AsText = False,
    as_email: Annotated[
        bool, typer.Option("--email", help="Print an e-mail without health data: please call, and the number")
    ] = False,
    out: Out = None,
    to_printer: ToPrinter = False,
    printer: Printer = None,
) -> None:
    """Give the letter for the center, or the member's confirmation; printing or saving it counts as nothing sent."""
    whom, language = recipient.strip().casefold(), language_asked(lang)
    wished = Wished(as_text, out, to_printer, printer)
    if whom not in FOR:
        raise BadInput(
            f'There is no letter for "{clean(recipient, 40)}".',
            f"Choose one of {', '.join(FOR)}.",
            tuple(Choice(word, word) for word in FOR),
        )
    if as_email and (as_text or wished.hands_out):
        raise BadInput("The e-mail is a text to copy.", "Leave out --text, --out and --print.")
    if whom == "center" and language not in (None, "en"):
        raise BadInput("The center's letter is in English.", "Leave out --lang, or give --for member.")
    from navigator.ledger.exports import note_handed_out
    from navigator.ledger.leaving import whole_here

    with open_ledger() as ledger:
        whole = whole_here(ledger, number)
        if as_email:
            _print_email(whole, whom, language)
            return
        made = _letter(whole, whom, language)
        kept = whole.referral.number
        hand_out(made, wished, lambda way: note_handed_out(ledger, f"{whom} letter", way, kept))
    if wished.hands_out and whom == "center":
        tried = "move {} requested --route ROUTE" if whole.referral.state == "draft" else "deliver {} ROUTE"
        print_sentence(f"Write it down by: coe referral {tried.format(kept)}")


def _letter(whole: WholeReferral, whom: str, language: Language | None) -> Letter:
    from navigator.languages.translating import language_of
    from navigator.letters.for_center import referral_letter
    from navigator.letters.for_member import confirmation
    from navigator.packets.for_center import center_packet
    from navigator.packets.for_member import member_packet

    if whom == "center":
        return referral_letter(center_packet(whole), whole.today)
    return confirmation(member_packet(whole), language or language_of(whole.referral.language), whole.today)


def _print_email(whole: WholeReferral, whom: str, language: Language | None) -> None:
    from navigator.languages.translating import language_of
    from navigator.letters.e_mail import please_call
    from navigator.referral.number import spelled

    referral = whole.referral
    ask = partial(please_call, referral.number, spelled(referral.number), desk=whole.desk)
    spoken = language or language_of(referral.language)
    print((ask(to="center") if whom == "center" else ask(to="member", language=spoken)).text(), end="")

"""`coe referral export` and `import`: a referral as a FHIR message for its center, and the center's answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json, print_sentence
from navigator.cli.referral_answers import open_ledger, print_lines
from navigator.cli.referral_moves import Number
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from navigator.fhir.taking import MessageTaken

TO_PRINT = "-"


def export(
    number: Number,
    as_fhir: Annotated[bool, typer.Option("--fhir", help="As a FHIR R4 message (BSeR) for the center")] = False,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="A new file, a folder, or - to print; default: the folder out/")
    ] = None,
) -> None:
    """Write a referral as a message for its center, and for nobody else; to write it sends nothing."""
    if not as_fhir:
        raise BadInput("It is not said in which form.", "Add --fhir; a letter is written by `coe referral letter`.")
    from navigator import files_out, locations
    from navigator.fhir.bundle import message_text
    from navigator.ledger.exports import note_handed_out
    from navigator.ledger.leaving import whole_here
    from navigator.packets.for_center import center_packet

    with open_ledger() as ledger:
        packet = center_packet(whole_here(ledger, number))
        text = message_text(packet)
        note_handed_out(ledger, "center message", "export", packet.number)
    if packet.requester.organization is None:
        print("Who refers is not named in it: set organization and phone in [desk] of the settings.", file=sys.stderr)
    if out == TO_PRINT:
        sys.stdout.write(text)
        return
    name = files_out.file_name("referral", packet.number, "fhir")
    folder = str(locations.taken_away())
    files_out.make_folder(locations.taken_away())
    written = files_out.save_as(out or folder, name, text, "json")
    print_sentence(
        f"The message is in {written}. The member's data stand in it: bring it to the center by one of its own routes, "
        "and delete the file then."
    )


def take_in(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON as the center sent it; - = standard input")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a center's status message (FHIR R4): the same moves and checks as by hand; a second copy changes nothing."""
    from navigator.fhir.reading import read_file
    from navigator.fhir.status_in import read_status

    message = read_status(*read_file(file))
    with open_ledger() as ledger:
        from navigator.ledger.center_messages import take_message
        from navigator.ledger.following import open_tasks
        from navigator.referral.history import now_lines

        taken = take_message(ledger, message, dry_run)
        referral = ledger.get(taken.number)
        lines = now_lines(referral, open_tasks(ledger, taken.number), ledger.store.now().astimezone().date())
    if as_json:
        print_json(taken)
        return
    for line in _said(taken):
        print_sentence(line)
    print_lines(lines)


def _said(taken: MessageTaken) -> Iterator[str]:
    from navigator.referral.lifecycle import WORDS

    if taken.known_already:
        yield f"{taken.number}: {WORDS[taken.before]}. This is known already; nothing was moved."
    elif taken.dry_run:
        yield f"{taken.number} would become: {WORDS[taken.after]}. Nothing was written."
    else:
        yield f"{taken.number}: {WORDS[taken.after]}."
    yield from taken.said

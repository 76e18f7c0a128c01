"""`coe referral create --from FILE`: a draft from JSON, with the offer as it would be shown (REFERRAL)."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from navigator.cli.asking import AsJson, EditionFile, edition_path, program_of, settle
from navigator.cli.output import print_json, print_sentence
from navigator.cli.referral_answers import open_ledger, print_lines
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.referral.from_file import ReferralRequest
    from provider_directory.models import Center, Offer, Procedure


class Asked(NamedTuple):
    """What the directory answered to a request."""

    offer: Offer
    procedure: Procedure
    center: Center
    snapshot: str


def create(
    file: Annotated[str, typer.Option("--from", metavar="FILE", help="JSON file; - = standard input")],
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Begin a referral from a file, with the same checks as the form; the same request makes it once."""
    from navigator.referral.from_file import read_request

    request, fields = read_request(_text(file), "standard input" if file == "-" else Path(file).name)
    asked = asyncio.run(_ask(request, edition))
    with open_ledger() as ledger:
        draft = ledger.start(
            edition=asked.offer.edition,
            demonstration=asked.offer.demonstration,
            program=asked.offer.program,
            procedure=asked.procedure,
            facility=asked.center.facility,
            fields=fields,
            request_key=request.client_key,
        )
        created = draft.offer_sha256 is None
        if created:  # also where an earlier run was ended before it kept the offer
            ledger.attach_offer(draft.number, asked.snapshot)
            draft = ledger.get(draft.number)
        tasks = ledger.tasks.of(draft.number)
        today = ledger.store.now().astimezone().date()
    if as_json:
        from navigator.referral.answers import created_answer

        print_json(created_answer(draft, tasks, created))
        return
    from navigator.referral.history import now_lines
    from navigator.referral.summary import text_lines

    print_sentence("A draft is begun." if created else "This request had made a referral already; here it is.")
    print_lines(text_lines(draft))
    print_lines(now_lines(draft, tasks, today))


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as fault:
        raise BadInput(f"{file} cannot be read: {fault}.", "Give a UTF-8 JSON file.") from None


async def _ask(request: ReferralRequest, edition: str | None) -> Asked:
    """Ask the directory what would be shown; the chosen center joins the offer where it is not among the first."""
    from navigator.program import sites
    from navigator.referral.snapshot import snapshot_json
    from provider_directory.catalog import load
    from provider_directory.models import Question
    from provider_directory.opening import open_directory

    chosen = settle(load().search(request.procedure), request.procedure)
    directory = open_directory(edition_path(edition))
    program = program_of(request.program)
    question = Question(
        procedure=chosen,
        place=await sites.locate(request.place, directory, program),
        miles=request.miles,
        limit=10,
        on=date.today(),
        program=program.id if program else None,
        alliances=program.alliances if program else (),
        payer=program.payer if program else None,
        plan=program.plan if program else None,
    )
    offer = await directory.find_centers(question)
    center = await directory.center(request.facility, question)
    procedure = await directory.procedure(chosen)
    if all(each.facility.id != center.facility.id for each in offer.centers):
        offer = offer.model_copy(update={"centers": (*offer.centers, center)})
    evidence = await directory.evidence(center.facility.id, chosen, question.on, question.alliances)
    return Asked(
        offer,
        procedure,
        center,
        snapshot_json(
            offer,
            chosen=center.facility.id,
            procedure=procedure,
            edition=await directory.about(),
            contracts=evidence.contracts,
        ),
    )

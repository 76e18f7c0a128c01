"""`coe referral create --from FILE`: a draft from JSON, with the offer as it would be shown (REFERRAL)."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from navigator.cli.asking import AsJson, EditionFile, edition_path, program_of, settle
from navigator.cli.output import print_json, print_sentence
from navigator.cli.referral_answers import open_ledger, print_lines
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.program.member import MemberFacts
    from navigator.referral.from_file import ReferralRequest
    from navigator.referral.record import Referral
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
    from navigator.program.member import MemberFacts
    from navigator.referral.from_file import read_request

    request, fields = read_request(_text(file), "standard input" if file == "-" else Path(file).name)
    born, home = fields.get("member_birth_date"), fields.get("member_zip")
    facts = MemberFacts(
        birth_date=born if isinstance(born, date) else None, zip=home if isinstance(home, str) else None
    )
    asked = asyncio.run(_ask(request, facts, edition))
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
        _check_same(draft, asked, request.client_key)
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


def _check_same(draft: Referral, asked: Asked, key: str | None) -> None:
    """Refuse a key that stands for another referral; a key is of one request (CONTRACT 6: exit code 2)."""
    wanted = (asked.procedure.id, asked.center.facility.id)
    if (draft.procedure, draft.facility_id) != wanted:
        raise BadInput(
            f'client_key "{key}" made {draft.number}, to {draft.facility_name}: this request is another one.',
            "Give another client_key, or none; a move of the first is `coe referral move`.",
        )


def _text(file: str) -> str:
    from navigator.referral.from_file import MOST_BYTES
    from provider_directory.bounded_files import read_bounded, why_unread

    try:  # one more of standard input than is taken, so that it is refused
        return sys.stdin.read(MOST_BYTES + 1) if file == "-" else read_bounded(Path(file), MOST_BYTES)
    except (OSError, ValueError) as fault:
        raise BadInput(f"{file} cannot be read: {why_unread(fault)}.", "Give a UTF-8 JSON file.") from None


async def _ask(request: ReferralRequest, facts: MemberFacts, edition_file: str | None) -> Asked:
    """Ask the directory and the program's rules what would be shown.

    The chosen center joins the offer where it is not among the first.
    """
    from navigator.program import in_call, sites
    from navigator.program_in_use import asked_for
    from navigator.referral.snapshot import snapshot_json
    from provider_directory.catalog import load
    from provider_directory.models import Question
    from provider_directory.opening import open_directory

    chosen = settle(load().search(request.procedure), request.procedure)
    directory = open_directory(edition_path(edition_file))
    program = program_of(request.program)
    question = Question(
        procedure=chosen,
        place=await sites.locate(request.place, directory, program),
        miles=request.miles,
        limit=10,
        on=date.today(),
        **asked_for(program),
    )
    offer = await directory.find_centers(question)
    center = await directory.center(request.facility, question)
    procedure = await directory.procedure(chosen)
    if all(each.facility.id != center.facility.id for each in offer.centers):
        offer = offer.model_copy(update={"centers": (*offer.centers, center)})
    rule = None
    if (rules := in_call.rules_of(program).rules) is not None:
        around = await in_call.surroundings(directory, question, offer)
        offer = in_call.paid(offer, around, question, procedure, rules, facts)
        with suppress(BadInput):  # facts that contradict, a year that is not loaded: the snapshot holds no answer
            rule = in_call.answer_at(center, question, procedure, around, rules, facts)
    evidence = await directory.evidence(center.facility.id, chosen, question.on, question.alliances)
    snapshot = snapshot_json(
        offer,
        chosen=center.facility.id,
        procedure=procedure,
        edition=await directory.about(),
        rule=rule,
        contracts=evidence.contracts,
    )
    return Asked(offer, procedure, center, snapshot)

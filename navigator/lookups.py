"""Questions to the directory and the ledger, each in a worker of its own group; answers come back as messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from navigator.case.meter import KEEPS_WAITING
from navigator.incidents import incident_of
from navigator.messages import (
    AnswerTook,
    ComparisonFound,
    EvidenceFound,
    LookupFailed,
    OfferFound,
    OfferPaid,
    PlaceFound,
    PriceFound,
    ProceduresFound,
    ReferralSaved,
    RuleFound,
    RulesRead,
)
from navigator.program import in_call, sites
from provider_directory.errors import BadInput, Choice, DirectoryError

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget
    from textual.worker import Worker

    from navigator.ledger.ledger import Ledger
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program.rules import ProgramRules
    from navigator.program.sites import HasSites
    from provider_directory.directory import Directory
    from provider_directory.models import Facility, Offer, Place, Procedure, Question

Answer = TypeVar("Answer")
MOST_LETTERS = 200
"""A longer text is cut before it is searched (TRUST S18)."""


class OurFault(DirectoryError):
    """A fault of ours: told by an incident id, never by the values that were at hand."""

    code = "fault"
    title = "A fault of ours"
    exit_code = 3


def as_words(error: Exception) -> DirectoryError:
    """Give any error as one that can be shown; an unforeseen one by its kind and an incident id only."""
    if isinstance(error, DirectoryError):
        return error
    words = f"{type(error).__name__}, incident {incident_of(error)}."
    return OurFault(words, "Go on, and tell the desk's manager the incident.")


def ask(
    node: Widget, group: str, question: Callable[[], Awaitable[Message]], subject: str = "", exclusive: bool = True
) -> None:
    """Run a question in a worker; its answer, or LookupFailed, is posted to ``node``. A newer question cancels it."""

    began = time.monotonic()

    async def work() -> None:
        await _answer(node, group, question, subject, began)

    # Not called here: a worker that is cancelled before it began would leave a coroutine that nobody awaits.
    _asked: Worker[None] = node.run_worker(
        work, group=group, exclusive=exclusive, exit_on_error=False, description=group
    )


async def answered(app: App[int]) -> None:
    """Wait until every question is answered and every screen has heard its answers; not for an edition to open."""
    asked = [worker for worker in app.workers if worker.group != "opening"]
    await asyncio.gather(*(worker.wait() for worker in asked), return_exceptions=True)
    heard = [asyncio.Event() for _ in app.screen_stack]
    for screen, event in zip(app.screen_stack, heard, strict=True):
        screen.call_later(event.set)
    await asyncio.gather(*(event.wait() for event in heard))


def write(node: Widget, group: str, work: Callable[[], Message], subject: str = "") -> None:
    """Write into the ledger behind what was asked of it before; the answer, or LookupFailed, is posted to ``node``.

    The worker is the app's: what was typed is written although its screen is left. Then nobody waits for the answer,
    and the screen in front would take it for its own; only a failure is told there, about "``group``_before", also
    where that screen lies over the one that asked.
    """
    began = time.monotonic()

    async def at_work() -> None:
        answer = await _answer(node, group, lambda: one_at_a_time(work), subject, began)
        if isinstance(answer, LookupFailed) and not (node.is_attached and node.screen.is_active):
            node.app.screen.post_message(LookupFailed(f"{group}_before", answer.error, subject))

    # Not called here, as in ``ask``.
    _asked: Worker[None] = node.app.run_worker(at_work, group=group, exit_on_error=False, description=group)


async def _answer(
    node: Widget, group: str, question: Callable[[], Awaitable[Message]], subject: str, began: float
) -> Message:
    """Post the answer to ``node``, or LookupFailed, and how long it took since ``began``, a monotonic second."""
    try:
        answer = await question()
    except Exception as error:  # the funnel: whatever a source does, the screen says it in words
        answer = LookupFailed(group, as_words(error), subject)
    _post(node, answer)
    if group in KEEPS_WAITING:
        _post(node, AnswerTook(group, round((time.monotonic() - began) * 1000)))
    return answer


def _post(node: MessagePump, message: Message) -> None:
    if node.is_attached:
        node.post_message(message)


def search_procedures(node: Widget, directory: Directory, words: str) -> None:
    """Search for what the caller said; posts ProceduresFound."""

    async def question() -> Message:
        answer = await directory.search_procedures(words[:MOST_LETTERS])
        return ProceduresFound(answer, tuple([await directory.procedure(match.id) for match in answer.matches]))

    ask(node, "words", question, words)


def locate(node: Widget, directory: Directory, text: str, program: HasSites | None = None) -> None:
    """Find a place, or a site of the program, and after a "+" the one to recover at; posts PlaceFound."""

    async def question() -> Message:
        from provider_directory.places import two_places  # deferred: pydantic, 56 ms before the first frame

        first, second = two_places(text[:MOST_LETTERS])
        beside = f" + {second}" if second else ""
        place = await _located(directory, program, first, lambda chosen: f"{chosen}{beside}")
        recover_at = (
            await _located(directory, program, second, lambda chosen: f"{place.label} + {chosen}") if second else None
        )
        return PlaceFound(text, place, recover_at)

    ask(node, "place", question, text)


async def _located(directory: Directory, program: HasSites | None, text: str, whole: Callable[[str], str]) -> Place:
    """Find one place; a choice that is offered instead stands for the whole text of the box, as ``whole`` makes it."""
    try:
        return await sites.locate(text, directory, program)
    except DirectoryError as error:
        choices = tuple(Choice(whole(choice.id), choice.name) for choice in error.choices)
        raise type(error)(error.message, error.next_step, choices) from None


def find_centers(
    node: Widget,
    directory: Directory,
    question_asked: Question,
    program: in_call.HasFile | None = None,
    procedure: Procedure | None = None,
    facts: MemberFacts | None = None,
) -> None:
    """Find the centers, and what the member pays at each where the program has rules; posts OfferFound."""

    async def question() -> Message:
        offer = await directory.find_centers(question_asked)
        rules = (await asyncio.to_thread(in_call.rules_of, program)).rules if program and procedure else None
        if rules is None or procedure is None:
            return OfferFound(question_asked, offer, facts=facts)
        around = await in_call.surroundings(directory, question_asked, offer)
        paid = await asyncio.to_thread(in_call.paid, offer, around, question_asked, procedure, rules, facts)
        return OfferFound(question_asked, paid, around, facts)

    ask(node, "offer", question)


def pay_again(
    node: Widget,
    offer: Offer,
    around: Surroundings,
    question_asked: Question,
    program: in_call.HasFile,
    procedure: Procedure,
    facts: MemberFacts | None,
) -> None:
    """Say of each center of an offer what is paid by other facts of the member; posts OfferPaid."""

    async def question() -> Message:
        rules = (await asyncio.to_thread(in_call.rules_of, program)).rules
        paid = await asyncio.to_thread(in_call.paid, offer, around, question_asked, procedure, rules, facts)
        return OfferPaid(question_asked, paid, facts)

    ask(node, "pay", question)


def answer_rule(
    node: Widget, program: in_call.HasFile, facility: str, asked: object, answered: Callable[[ProgramRules], RuleAnswer]
) -> None:
    """Answer the program's rules for a center, or for any; posts RuleFound, with the reason where they cannot.

    ``asked`` comes back with it, to tell it from an answer that was asked for before.
    """

    async def question() -> Message:
        read = await asyncio.to_thread(in_call.rules_of, program)
        if read.rules is None:
            return RuleFound(facility, None, read.problem, asked)
        try:
            return RuleFound(facility, await asyncio.to_thread(answered, read.rules), asked=asked)
        except BadInput as problem:  # facts that contradict, a year that is not loaded: the card says so
            return RuleFound(facility, None, problem, asked)

    ask(node, "rule", question, facility)


def read_rules(node: Widget, program: in_call.HasFile) -> None:
    """Read the program's rules, so that later answers need not; posts RulesRead."""

    async def question() -> Message:
        read = await asyncio.to_thread(in_call.rules_of, program)
        return RulesRead(in_call.modes(read.rules) if read.rules else "", read.problem)

    ask(node, "rules", question)


def find_evidence(node: Widget, directory: Directory, facility: str, question_asked: Question) -> None:
    """Open the ladder of a center; posts EvidenceFound."""

    async def question() -> Message:
        evidence = await directory.evidence(
            facility, question_asked.procedure, question_asked.on, question_asked.alliances
        )
        return EvidenceFound(facility, evidence, question_asked)

    ask(node, "evidence", question, facility)


def find_price(node: Widget, directory: Directory, facility: str, question_asked: Question) -> None:
    """Open the ladder under a center's price; posts PriceFound."""

    async def question() -> Message:
        return PriceFound(facility, await directory.price(facility, question_asked), question_asked)

    ask(node, "price", question, facility)


def compare(node: Widget, directory: Directory, facilities: tuple[str, ...], question_asked: Question) -> None:
    """Put centers side by side; posts ComparisonFound."""

    async def question() -> Message:
        return ComparisonFound(await directory.compare(facilities, question_asked))

    ask(node, "compare", question)


def start_referral(
    node: Widget,
    open_ledger: Callable[[], Ledger],
    offer: Offer,
    procedure: Procedure,
    facility: Facility,
    number: str | None,
    case_id: Callable[[], str | None] | None = None,
    shown: Callable[[], str] | None = None,
) -> None:
    """Save a draft with its number, or another choice in the draft of this call, and what was shown (else the offer).

    ``case_id`` gives the number of the call's case, which may be drawn just before, and ``shown`` the snapshot; both
    are called in the ledger's thread. Posts ReferralSaved, or LookupFailed about "start".
    """

    def save() -> Message:
        ledger = open_ledger()
        if number is None:
            draft = ledger.start(
                edition=offer.edition,
                demonstration=offer.demonstration,
                program=offer.program,
                procedure=procedure,
                facility=facility,
                case_id=case_id() if case_id else None,
            )
        else:
            draft = ledger.choose(number, procedure, facility)
        ledger.attach_offer(draft.number, shown() if shown else offer.model_dump_json())
        return ReferralSaved(ledger.get(draft.number))

    write(node, "start", save)


def save_field(node: Widget, open_ledger: Callable[[], Ledger], number: str, field: str, value: str) -> None:
    """Save one field of the form as it is left; posts ReferralSaved with the field, or LookupFailed about it.

    Every field that is left is saved, in the order in which it was left.
    """
    write(node, "field", lambda: ReferralSaved(open_ledger().save_field(number, field, value), field), field)


def show_referral(node: Widget, open_ledger: Callable[[], Ledger], number: str) -> None:
    """Read one referral; posts ReferralSaved."""

    async def question() -> Message:
        return ReferralSaved(await one_at_a_time(lambda: open_ledger().get(number)))

    ask(node, "show", question)


_LEDGER_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")


async def one_at_a_time(work: Callable[[], Answer]) -> Answer:
    """Run ledger work in the order in which it was asked for; leaving a screen never cancels a write."""
    return await asyncio.shield(asyncio.get_running_loop().run_in_executor(_LEDGER_THREAD, work))

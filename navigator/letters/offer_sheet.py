"""The offer sheet: two or three centers to think about, without a referral and with nothing about a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from navigator.languages import sentences
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Language, Translator, translator
from navigator.letters import wording
from navigator.letters.fields import Fields
from navigator.letters.letter import Letter
from navigator.letters.page import Lines, Page, Points, Section, SideBySide
from navigator.program.cost_in_words import in_all
from provider_directory.catalog import load
from provider_directory.errors import BadInput
from provider_directory.spoken import credential_sentence

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program_in_use import ProgramInUse
    from provider_directory.models import Center, Offer, Procedure

MOST = 3
"""Centers that one sheet compares."""
_WITHOUT_SURGERY = frozenset(
    {"behavioral", "cellular-therapy", "fertility", "gi", "imaging", "maternity", "msk", "second-opinion"}
)
"""Service lines in which there is mostly no surgeon to ask."""


def offer_sheet(
    offer: Offer,
    chosen: Sequence[str],
    answers: Iterable[RuleAnswer],
    program: ProgramInUse | None,
    language: Language,
) -> Letter:
    """Give the sheet of the centers with these facility ids, in their order; none named = the first three shown.

    ``answers`` are the rule's answers about these centers, where the program has rules; of a member's own facts only
    the amounts that follow from them stand on the sheet. Raises BadInput for a center that the offer does not show,
    and for none or more than three.
    """
    say, fields = translator(language), Fields()
    centers = _centers(offer, chosen)
    procedure = load().get(offer.procedure)
    by_center = {answer.facility: answer for answer in answers}
    told = [by_center.get(center.facility.id) for center in centers]
    sections = (
        Section(say("The centers side by side"), "top", (_side_by_side(say, fields, offer, centers, by_center),)),
        Section(say("What “under contract” means"), "left", (Lines(_contract(say, fields, offer, program, centers)),)),
        Section(say("What you pay"), "left", (Lines(_pay(say, offer, program, told)),)),
        Section(say("What is extra"), "left", (Lines(_extra(say, fields, centers)),)),
        Section(_whom_to_ask(say, procedure), "right", (Points(wording.questions(say)),)),
        Section(say("How to read this page"), "right", (Lines(_reading(say, centers, procedure)),)),
    )
    sentence, mark = wording.demonstration(say, offer.demonstration)
    employer = fields(program.employer, 60) if program else None
    page = Page(
        language=language,
        on=offer.on,
        day="",
        subject=say("Centers to think about"),
        sender=(say("Center of Excellence Navigator"), *((employer,) if employer else ())),
        to=(),
        number=None,
        spelled=None,
        number_label="",
        title=say("Centers to think about"),
        opening=_opening(say, procedure),
        sections=sections,
        foot=wording.foot(say, fields),
        proof=(_edition(say, offer.on, offer.edition),),
        demonstration=sentence,
        watermark=mark,
    )
    return Letter(page, f"offer-sheet-{offer.on.isoformat()}-{language}")


def _whom_to_ask(say: Translator, procedure: Procedure) -> str:
    return say("Ask the doctor") if procedure.service_line in _WITHOUT_SURGERY else say("Ask the surgeon")


def _centers(offer: Offer, chosen: Sequence[str]) -> tuple[Center, ...]:
    beyond = offer.no_contract_in_reach.nearest if offer.no_contract_in_reach else ()
    shown = {center.facility.id: center for center in (*beyond, *offer.centers)}
    found = [shown[each] for each in chosen if each in shown]
    if len(found) < len(chosen):
        missing = next(each for each in chosen if each not in shown)
        raise BadInput(f'The offer does not show "{missing}".', "Name centers by the id that the offer shows.")
    found = found or list(offer.centers[:MOST])
    if not 0 < len(found) <= MOST:
        raise BadInput(f"A sheet compares one to {MOST} centers, not {len(found)}.", f"Choose at most {MOST}.")
    return tuple(found)


def _opening(say: Translator, procedure: Procedure) -> tuple[str, ...]:
    # The sheet may be mailed: what is sensitive is named below the first fold only, with how the page is read.
    thinking = say("Take your time. You do not have to choose now, and you can ask us any question.")
    if procedure.sensitive:
        return (thinking,)
    return (say("For: {procedure}.", procedure=procedure_name(say.language, procedure.id, procedure.name)), thinking)


def _side_by_side(
    say: Translator, fields: Fields, offer: Offer, centers: Sequence[Center], answers: Mapping[str, RuleAnswer]
) -> SideBySide:
    def row(name: str, values: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        return name, tuple(values)

    you_pay = say("You pay (estimate)")
    return SideBySide(
        tuple(fields(center.facility.name, 60) for center in centers),
        (
            row(say("Distance"), (sentences.miles(say, center) for center in centers)),
            row(say("Phone"), (_phone(say, fields, center) for center in centers)),
            row(say("Contract"), (_credential(say, offer, center) for center in centers)),
            row(say("Quality"), (sentences.quality(say, center) for center in centers)),
            row(you_pay, (_you_pay(say, answers.get(center.facility.id)) for center in centers)),
        ),
        strong=you_pay,
    )


def _phone(say: Translator, fields: Fields, center: Center) -> str:
    return fields(center.facility.phone_to_call or say(wording.NOT_KNOWN), 30)


def _credential(say: Translator, offer: Offer, center: Center) -> str:
    told = center.credential
    return " ".join((credential_sentence(told, offer.program is not None, say), *sentences.doubts(say, told)))


def _you_pay(say: Translator, answer: RuleAnswer | None) -> str:
    if answer is None:
        return say("not known yet: ask your plan")
    return in_all(say, answer.here)


def _contract(
    say: Translator, fields: Fields, offer: Offer, program: ProgramInUse | None, centers: Sequence[Center]
) -> tuple[str, ...]:
    if program is None:
        return (say("No plan was named for this page, so it cannot say who is under contract with yours."),)
    under: dict[bool, list[str]] = {True: [], False: []}
    for center in centers:
        under[center.credential.state == "CONTRACT"].append(fields(center.facility.name, 60))
    if under[True] and under[False]:
        chose = say(
            "Your plan's health alliance chose {centers}. It also agreed on what care there costs and includes.",
            centers=say.listed(under[True]),
        )
        others = [say("Not under contract with your plan: {centers}.", centers=say.listed(under[False]))]
    else:
        chose = say("Your plan's health alliance chose the center and agreed with it what care costs and includes.")
        others = []
    found = [chose, say("It is no promise that all goes well."), *others]
    if not under[True]:
        found.append(say("No center on this page is under contract with your plan."))
        for nearest in offer.no_contract_in_reach.nearest[:1] if offer.no_contract_in_reach else ():
            name = fields(nearest.facility.name, 60)
            found.append(
                say("The nearest under contract is {name}, {miles}.", name=name, miles=sentences.miles(say, nearest))
            )
    return tuple(found)


def _pay(
    say: Translator, offer: Offer, program: ProgramInUse | None, told: Sequence[RuleAnswer | None]
) -> tuple[str, ...]:
    answer = next((each for each in told if each), None)
    if answer is None:
        return (say("What you pay is not known here. Ask your plan before you choose."),)
    found = [
        say("These are estimates. They apply if you qualify and the plan approves the care first."),
        say("At other hospitals you pay: {amount}.", amount=in_all(say, answer.elsewhere)),
        wording.mode_words(say, answer.coverage.state, answer.coverage.mode),
    ]
    if any(each and each.here.low_cents != each.here.high_cents for each in told):
        found.append(say("The amount depends on your plan option and on what you have paid this year."))
    year = wording.next_year(say, program.plan_year if program else None, offer.care_day.year)
    return (*found, *((year,) if year else ()))


def _extra(say: Translator, fields: Fields, centers: Sequence[Center]) -> tuple[str, ...]:
    """Say what the agreed prices leave out; centers that leave out the same are named together."""
    same: dict[tuple[str, ...], list[str]] = {}
    for center in centers:
        if center.price.kind == "contract_bundle" and center.price.extra:
            same.setdefault(center.price.extra, []).append(fields(center.facility.name, 40))
    if not same:
        return (say("What is extra is not known here. Ask each center."),)
    found = []
    for extra, names in same.items():
        listed = fields(say.listed(map(say.term, extra)), 120)
        if len(same) == 1 and len(names) == len(centers):
            found.append(say("Not in the agreed price: {extra}.", extra=listed))
        else:
            found.append(say("Not in the agreed price at {center}: {extra}.", center=say.listed(names), extra=listed))
    return tuple(found)


def _reading(say: Translator, centers: Sequence[Center], procedure: Procedure) -> tuple[str, ...]:
    name = procedure_name(say.language, procedure.id, procedure.name)
    found = [say("The care that was asked about: {procedure}.", procedure=name)] if procedure.sensitive else []
    if procedure.evidence_class in ("general", "none"):
        found.append(say("No public data rates hospitals for this procedure."))
    if any(center.score for center in centers):
        # Whether one is clearly better is told by comparing (CONTRACT 2); of ranges that meet it may still be so.
        found.append(
            say(
                "Quality goes from 0 to 100, and 50 is average. The true figure likely lies in the range. Where ranges "
                "meet, the difference may be chance."
            )
        )
        found.append(say("The figures come from Medicare patients, 65 and over. They may differ for you."))
    found.append(say("The miles are a straight line from the place that you named."))
    return tuple(found)


def _edition(say: Translator, on: date, edition: str) -> str:
    return say("Made on {day} from edition {edition}.", day=say.day(on), edition=edition[:12])

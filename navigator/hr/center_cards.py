"""Cards about centers: which are near, is this hospital one and until when, and what its price is beside others'."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from navigator.days import day_words, with_days_in_words
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import (
    AtCenter,
    Facts,
    HrDesk,
    answer_for,
    anywhere,
    at_center,
    card,
    place_of,
    procedure_of,
    question_of_desk,
)
from navigator.hr.questions import HrQuestion
from navigator.program import in_call
from navigator.program.published_figures import published_figures
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice, NothingFound, UnknownFacility
from provider_directory.places import miles_words
from provider_directory.saying import lower_first, upper_first
from provider_directory.spoken import dollars, reason_sentence, short_month

if TYPE_CHECKING:
    from provider_directory.models import Center, Credential, Evidence, PriceCandidate, PriceLadder

ROWS = 8
PRICE_ROWS = 8
_KINDS = {
    "contract_bundle": "contract bundle, all-in",
    "paid_by_plan": "paid by your plan",
    "posted_negotiated": "posted negotiated rate",
    "posted_typical": "posted typical payment",
    "posted_average": "posted average",
    "list_share": "computed from list price",
    "other_insurers": "other insurers here",
    "posted_few_cases": "posted, fewer than 11 cases",
    "cash": "cash price",
}
_CREDENTIAL_WORDS = "Only a contract makes a hospital a center of the program; public data alone never does."


async def centers_near(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """List the centers near a site: under contract first, with miles, credential and what a member pays."""
    at = await at_center(desk, facts)
    offer, reach = at.offer, at.offer.no_contract_in_reach
    far = reach.nearest if reach else ()
    # The nearest under contract stand first, however far: the others are no answer to the question.
    named = {center.facility.id for center in far}
    near = [center for center in offer.centers if center.facility.id not in named]
    shown = offer.model_copy(update={"centers": (*far, *near)[:ROWS]})
    if desk.rules:
        shown = await asyncio.to_thread(in_call.paid, shown, at.around, at.question, at.procedure, desk.rules, None)
    held = [] if reach else [center for center in offer.centers if center.credential.state == "CONTRACT"]
    promised = desk.program.far_from_contract if desk.program and not held else ()
    left_over = offer.total - len(shown.centers) + len(far)
    return card(
        desk,
        question,
        _nearest(desk, at, held, far),
        more=tuple(words for _topic, words in promised),
        tables=_center_table(shown.centers),
        sources=(f"contracts and scores of this edition, judged on {day_words(desk.on)}",),
        caveats=(
            offer.note or "",
            f"{left_over} more hospitals lie within reach: `coe find` lists them." if left_over > 0 else "",
            "Miles are straight lines, not roads.",
        ),
        about=at.about,
    )


def _nearest(desk: HrDesk, at: AtCenter, held: Sequence[Center], far: Sequence[Center]) -> str:
    if held:
        nearest = min(held, key=lambda center: center.miles)
        count = "one center is" if len(held) == 1 else f"{len(held)} centers are"
        return (
            f"Within {at.question.miles:g} miles {count} under contract; the nearest is {nearest.facility.name},"
            f" {_miles(nearest)} miles."
        )
    if far:
        return (
            f"No center under contract lies within {at.question.miles:g} miles; the nearest is"
            f" {far[0].facility.name}, {_miles(far[0])} miles."
        )
    if desk.program is None:
        return "No employer is chosen, so no contract counts; these hospitals are near, by public data alone."
    if not desk.program.alliances:
        return f"{desk.program.employer} has no contracts with centers yet: these hospitals are near, by public data."
    return f"No center in this edition is under contract for {lower_first(at.procedure.name)}."


def _center_table(centers: Sequence[Center]) -> tuple[CardTable, ...]:
    rows = tuple(
        (center.facility.name, _miles(center), _label(center.credential), center.you_pay or "not known")
        for center in centers
    )
    return (CardTable(head=("center", "miles", "credential", "member pays"), rows=rows, right=(1,)),) if rows else ()


async def hospital(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say whether a hospital is a center for a procedure, why, until when, and what it was before."""
    procedure, hospital_id = await procedure_of(desk, facts), await hospital_of(desk, facts)
    alliances = desk.program.alliances if desk.program else ()
    ladder = await desk.directory.evidence(hospital_id, procedure.id, desk.on, alliances)
    others = "not this employer's" if desk.program else "for its members"
    history = tuple(
        (
            each.alliance if each.counts or each.alliance in alliances else f"{each.alliance} ({others})",
            each.covers,
            f"{each.status} {_day(each.suspended_on)}" if each.suspended_on else each.status,
            _day(each.effective),
            _day(each.ends),
        )
        for each in ladder.contracts
    )
    tables = []
    if history:
        tables.append(CardTable(title="Contracts", head=("alliance", "for", "status", "from", "to"), rows=history))
    criteria = tuple((each.text, each.outcome, each.reason) for each in ladder.criteria)
    if criteria:
        tables.append(CardTable(title="Public check", head=("criterion", "outcome", "why"), rows=criteria))
    flags = tuple(f"{upper_first(with_days_in_words(flag))}." for flag in ladder.credential.flags)
    return card(
        desk,
        question,
        _standing(desk, ladder, procedure.name),
        more=(*_why_stopped(ladder), *flags),
        tables=tables,
        sources=(
            ladder.credential.basis,
            *(f"{row.source.file}, row {row.source.row}" for row in ladder.contracts if row.source.row is not None),
        ),
        caveats=(
            _CREDENTIAL_WORDS,
            f"A contract counts for the procedures that it names: this is about {lower_first(procedure.name)} alone.",
            *ladder.notes[:1],
        ),
        about=f"{procedure.name} at {ladder.facility.name}",
    )


async def hospital_of(desk: HrDesk, facts: Facts) -> str:
    """Give the id of a hospital by its id or CCN, or by its name, near the place first where one is given.

    Raises BadInput with the names that are like it, NothingFound where none is.
    """
    named = facts.text("hospital")
    if not named:
        raise BadInput("No hospital is given.", "Give its name, or its id or CCN.")
    procedure, place = await procedure_of(desk, facts), await place_of(desk, facts)
    try:
        found = await desk.directory.center(named, question_of_desk(desk, procedure.id, place or anywhere()))
    except UnknownFacility:
        like = await desk.directory.facilities_called(named, place)
    else:
        return found.facility.id
    if not like:
        raise NothingFound(f'No hospital of this edition is called "{clean(named, 60)}".', "Give its id or CCN.")
    if len(like) == 1:
        return like[0].id
    choices = tuple(Choice(each.id, ", ".join(part for part in (each.name, each.address) if part)) for each in like)
    raise BadInput(f'"{clean(named, 60)}" may be several hospitals.', "Choose one, or give a place near it.", choices)


async def price(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Put the price here beside Medicare's payment and other insurers' rates, each under its own kind."""
    at = await at_center(desk, facts)
    center = at.center or next(iter(at.offer.centers), None)
    if center is None:
        raise NothingFound(f"No hospital for {at.procedure.name} lies near {at.place.label}.", "Ask for another place.")
    ladder = await desk.directory.price(center.facility.id, at.question)
    figure = published_figures()["F33"]
    savings = answer_for(at, desk.rules).savings if desk.rules and at.center else None
    return card(
        desk,
        question,
        _fairness(center, savings.words if savings else None),
        tables=(CardTable(head=("what it is", "amount", "of", "dated"), rows=tuple(_price_rows(ladder))), *_market(at)),
        sources=(
            f"{figure.topic}: commercial prices are {figure.value} {figure.unit} of Medicare's over all hospital"
            f" services, {figure.period}; {figure.source}",
            ladder.price.source or "",
            ladder.benchmark.source if ladder.benchmark else "",
        ),
        caveats=(
            "What Medicare pays is a benchmark, not a price; no multiple of it stands beside a bundle, whose scope is"
            " another.",
            "Kinds are never mixed: a bundle is all-in, what a hospital posts is its own fee alone.",
            f"{figure.topic}: {figure.caveat}.",
        ),
        about=f"{at.procedure.name} at {center.facility.name}",
    )


def _fairness(center: Center, savings: str | None) -> str:
    own = center.price
    if own.kind == "none" or own.amount_cents is None:
        return f"It cannot be told: no price is known at {center.facility.name}. Ask the center desk for a quote."
    here = f"{center.facility.name}: {dollars(own.amount_cents)}, {_KINDS.get(own.kind, own.label)}."
    if savings is None or savings.startswith("No figure"):
        why = f":{savings.removeprefix('No figure:')}" if savings else "."
        return f"{here} Whether that is fair cannot be said in one figure{why}"
    return f"{here} {savings}"


def _price_rows(ladder: PriceLadder) -> list[tuple[str, str, str, str]]:
    """Give one row for each kind and code: amounts of another kind or code never stand in one range."""
    groups: dict[tuple[str, str | None], list[PriceCandidate]] = {}
    for each in ladder.candidates:
        if each.verdict != "refused" and each.kind is not None:
            groups.setdefault((each.kind, each.code), []).append(each)
    rows = [
        (_KINDS.get(kind, kind), _span(same), _whose(same, code), _dated(same)) for (kind, code), same in groups.items()
    ]
    own = ladder.price
    if own.amount_cents is not None and own.kind not in {kind for kind, _code in groups}:
        rows.insert(0, (_KINDS.get(own.kind, own.label), dollars(own.amount_cents), own.scope or "", _day(own.as_of)))
    words = ("not known", "fewer than 11 stays, or not loaded", "")
    if mark := ladder.benchmark:
        words = (dollars(mark.amount_cents), f"MS-DRG {mark.drg}", str(mark.year or "year not said"))
    return [*rows[:PRICE_ROWS], ("benchmark: paid by Medicare", *words)]


def _span(candidates: list[PriceCandidate]) -> str:
    amounts = sorted(each.amount_cents for each in candidates if each.amount_cents is not None)
    if not amounts:
        return "not known"
    return dollars(amounts[0]) if amounts[0] == amounts[-1] else f"{dollars(amounts[0])} to {dollars(amounts[-1])}"


def _whose(candidates: list[PriceCandidate], code: str | None) -> str:
    payers = {each.payer.casefold(): each.payer for each in candidates if each.payer}
    who = f"{len(payers)} payers" if len(payers) > 1 else next(iter(payers.values()), "")
    return ", ".join(part for part in (who, code) if part) or "all-in"


def _dated(candidates: list[PriceCandidate]) -> str:
    days = [each.as_of for each in candidates if each.as_of]
    return short_month(min(days)) if days else "not known"


def _market(at: AtCenter) -> tuple[CardTable, ...]:
    found = at.around.market.without(at.center.facility.id) if at.around.market and at.center else None
    if found is None:
        return ()
    middle = f"{dollars(found.p25_cents)} to {dollars(found.p75_cents)}, middle {dollars(found.p50_cents)}"
    scope = "surgeon and anesthesia in it" if found.whole else "the hospital's fee alone"
    rows = ((found.source, middle, scope),)
    return (CardTable(title="Other hospitals", head=("what it is", "middle half", "what is in it"), rows=rows),)


def _standing(desk: HrDesk, ladder: Evidence, procedure: str) -> str:
    name, credential = ladder.facility.name, ladder.credential
    label = _label(credential)
    if desk.program is None:
        return f"No employer is chosen, so no contract counts. {name}, by public data: {label}."
    whose, procedure = f"the program of {desk.program.employer}", lower_first(procedure)
    match credential.state:
        case "CONTRACT":
            return f"Yes: for {procedure} {name} is a Center of Excellence of {whose}, {label}."
        case "SUSPENDED":
            return f"Not now: {name}'s contract with {whose} was {label}."
        case "EXPIRED":
            return f"Not any more: {label}. {name} was a center of {whose} until then."
        case _:
            return f"No: {name} has no contract with {whose} for {procedure}. Public data says: {label}."


def _why_stopped(ladder: Evidence) -> tuple[str, ...]:
    """Quote why a contract does not count any more, or say that nobody wrote it down; nothing where one counts."""
    credential = ladder.credential
    if credential.state not in ("SUSPENDED", "EXPIRED"):
        return ()
    alliance = credential.basis.removeprefix("contract with ")
    return (reason_sentence(credential) or f"The roster gives no reason: ask {alliance}.",)


def _label(credential: Credential) -> str:
    return with_days_in_words(credential.label)


def _miles(center: Center) -> str:
    return miles_words(center.miles, center.miles_precision == "zip")


def _day(day: date | None) -> str:
    return day_words(day) if day else "not said"

"""What a question of benefits needs to know of a center, gathered from the directory's answers (CONTRACT 2, 4, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from navigator.program.care import Care, CenterFacts, KnownPrice
from navigator.program.market import MARKET_MILES, Market, is_whole, market_of
from navigator.program.water import water_between
from provider_directory.crediting import ENDS_EARLY, REVIEW, covers_care
from provider_directory.errors import DirectoryError
from provider_directory.models import Place, Question
from provider_directory.places import miles_words
from provider_directory.spoken import listed

if TYPE_CHECKING:
    from navigator.program.member import MemberFacts
    from provider_directory.directory import Directory
    from provider_directory.models import Center, Credential, Facility, Offer, Price, Procedure

LIKELY_CARE_AFTER = timedelta(days=90)
"""The likely day of care, where none is given (CONTRACT 2)."""
_MARKET_CENTERS = 200
_ANYWHERE = Place(label="not known", lat=0.0, lon=0.0, precision="point")
_ZIP_AT_END = re.compile(r"(\d{5})(?:-\d{4})?$", re.ASCII)
_ALLOWED_KINDS = frozenset(
    {"contract_bundle", "paid_by_plan", "posted_negotiated", "posted_typical", "posted_average", "other_insurers"}
)
"""Kinds that say something of the allowed amount; cash prices and guesses do not (METHOD 3.2)."""
_PUBLIC_LABELS = (
    ("passes public check", "MEETS_PUBLIC"),
    ("partly checked", "PROVISIONAL"),
    ("no warning in public data", "PROVISIONAL"),
    ("below public check", "NOT_MET"),
    ("no public", "NO_EVIDENCE"),
)
PUBLIC_STATE_NOT_SAID = "NOT_SAID"


class AsksUnder(Protocol):
    """What is asked of a program here."""

    @property
    def id(self) -> str: ...
    @property
    def alliances(self) -> tuple[str, ...]: ...
    @property
    def payer(self) -> str | None: ...
    @property
    def plan(self) -> str | None: ...


@dataclass(frozen=True)
class Surroundings:
    """What lies around the member's place, the same for every center of an offer."""

    market: Market | None = None
    nearest_contract_miles: float | None = None
    nearest_contract_known: bool = False
    """False: nobody looked; True with None: there is no center under contract anywhere in the edition."""
    across_water: frozenset[str] = frozenset()
    """Ids of facilities that lie across open water."""


def question_under(program: AsksUnder, procedure: str, place: Place, on: date, care_day: date | None) -> Question:
    """Make the directory's question under a program."""
    return Question(
        procedure=procedure,
        place=place,
        on=on,
        care_day=care_day,
        program=program.id,
        alliances=program.alliances,
        payer=program.payer,
        plan=program.plan,
    )


async def look_around(directory: Directory, question: Question, centers: Iterable[Center] = ()) -> Surroundings:
    """Look at the market and at the nearest center under contract around the question's place.

    ``centers`` are those of which it is said whether they lie across water.
    """
    plain = {"miles": MARKET_MILES, "limit": _MARKET_CENTERS, "sort": "recommended", "surgeon": None}
    offer = await directory.find_centers(question.model_copy(update=plain | {"recover_at": None}))
    ours = [center.facility.id for center in offer.centers if covers_care(center.credential)]
    return Surroundings(
        market_of(offer.centers, ours),
        *nearest_contract(offer),
        frozenset([c.facility.id for c in centers if await _is_across(directory, question.place, c.facility)]),
    )


def nearest_contract(offer: Offer) -> tuple[float | None, bool]:
    """Give the miles to the nearest center under contract as far as an offer tells them, and whether it does."""
    held = [center.miles for center in offer.centers if center.credential.state == "CONTRACT"]
    if held:
        return min(held), True
    gap = offer.no_contract_in_reach
    if gap is None:
        return None, False
    return (gap.nearest[0].miles if gap.nearest else None), True


async def _is_across(directory: Directory, place: Place, facility: Facility) -> bool:
    there = await place_of_facility(directory, facility)
    return there is not None and water_between((place.lon, place.lat), (there.lon, there.lat)) is not None


async def place_of_facility(directory: Directory, facility: Facility) -> Place | None:
    """Give the point of a facility's ZIP, which is what an answer tells of where it stands."""
    found = _ZIP_AT_END.search(facility.address or "")
    if found is None:
        return None
    try:
        return await directory.locate(found[1])
    except DirectoryError:
        return None


def care_of(
    procedure: Procedure,
    center: Center,
    question: Question,
    around: Surroundings,
    member: MemberFacts | None = None,
    public_state: str | None = None,
) -> Care:
    """Give the question of benefits for one center of an answer; its miles are those of the question's place."""
    price = known_price(center)
    road = road_miles(center.facility, member)
    known_place = question.place is not _ANYWHERE
    miles = miles_words(center.miles, center.miles_precision == "zip")
    return Care(
        procedure=procedure.id,
        procedure_name=procedure.name,
        service_line=procedure.service_line,
        criteria_set=procedure.criteria_set,
        on=question.on,
        care_day=question.care_day or question.on + LIKELY_CARE_AFTER,
        care_day_given=question.care_day is not None,
        center=CenterFacts(
            facility=center.facility.id,
            name=center.facility.name,
            under_contract=covers_care(center.credential),
            contract_words=_contract_words(center.credential),
            contract_source=_contract_source(center),
            public_state=public_state or _public_state(center.credential),
            ccn=center.facility.ccn,
            straight_miles=center.miles if known_place else None,
            miles_words=f"{miles} miles" if known_place else None,
            across_water=center.facility.id in around.across_water,
            price=price,
        ),
        market=around.market.without(center.facility.id, center.price.setting) if around.market else None,
        nearest_contract_miles=around.nearest_contract_miles,
        nearest_contract_known=around.nearest_contract_known,
        setting=center.price.setting,
        road_miles=road[0] if road else None,
        road_miles_source=road[1] if road else None,
    )


def known_price(center: Center) -> KnownPrice | None:
    """Give the allowed amount as far as the center's price tells it; None for other kinds of price.

    A price that may not be ranked is none, nor is a bundle for care after its contract has ended.
    """
    price = center.price
    if price.kind not in _ALLOWED_KINDS or price.amount_cents is None or not price.comparable:
        return None
    if price.kind == "contract_bundle" and not covers_care(center.credential):
        return None
    low, high = _range(price, price.amount_cents)
    scope, extra = listed(price.included) or price.scope, listed(price.extra) or None
    return KnownPrice(low, high, price.kind, is_whole(price), price.as_of, price.source, scope, extra)


def _range(price: Price, amount: int) -> tuple[int, int]:
    if price.low_cents is None or price.high_cents is None:
        return amount, amount
    return min(price.low_cents, amount), max(price.high_cents, amount)


def road_miles(facility: Facility, member: MemberFacts | None) -> tuple[Decimal, str] | None:
    """Give the miles by road to a facility that the member's file holds, with their source."""
    names = {facility.id, facility.ccn}
    found = [each for each in member.road_miles if each.facility in names] if member else []
    return (found[-1].miles, found[-1].source) if found else None


def _contract_words(credential: Credential) -> str:
    doubts = [flag for flag in credential.flags if flag.startswith(ENDS_EARLY)]
    return "; ".join((credential.label, *doubts)) if credential.state == "CONTRACT" else credential.label


def _contract_source(center: Center) -> str | None:
    if center.credential.state != "CONTRACT":
        return None
    rows = center.price.source if center.price.kind == "contract_bundle" else None
    return f"{center.credential.basis} ({rows})" if rows else center.credential.basis


def _public_state(credential: Credential) -> str:
    """Give the public state of a credential; of a contract's it is known only where a flag names it."""
    if credential.state not in ("CONTRACT", "SUSPENDED", "EXPIRED"):
        return credential.state
    flags = [flag.removeprefix(REVIEW) for flag in credential.flags]
    found = [state for flag in flags for words, state in _PUBLIC_LABELS if flag.startswith(words)]
    return found[0] if found else PUBLIC_STATE_NOT_SAID


class Gathered(NamedTuple):
    """A question of benefits with the edition that it rests on."""

    care: Care
    edition: str
    demonstration: bool


async def gather(
    directory: Directory,
    program: AsksUnder,
    procedure: str,
    facility: str,
    on: date,
    care_day: date | None,
    place: Place | None,
    member: MemberFacts | None,
) -> Gathered:
    """Gather what is known of one facility (id, or a CCN where it is unique) for a member at a place.

    Without a place no miles are said, and the market is the one around the center. Raises what the directory raises.
    """
    question = question_under(program, procedure, place or _ANYWHERE, on, care_day)
    center = await directory.center(facility, question)
    ladder = await directory.evidence(center.facility.id, procedure, on, program.alliances)
    around = question
    if place is None and (there := await place_of_facility(directory, center.facility)):
        around = question.model_copy(update={"place": there})
    seen = await look_around(directory, around, [center] if place else [])
    if place is None:
        seen = replace(seen, nearest_contract_miles=None, nearest_contract_known=False)
    care = care_of(await directory.procedure(procedure), center, question, seen, member, ladder.public_state)
    return Gathered(care, ladder.edition, ladder.demonstration)

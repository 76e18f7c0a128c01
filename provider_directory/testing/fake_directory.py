"""A directory over the values of this package: it answers like a true one, late or with an error if it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

from provider_directory.comparing import Entry, Standing, check_count, compare
from provider_directory.errors import (
    AmbiguousPlace,
    Choice,
    DirectoryError,
    UnknownFacility,
    UnknownPlace,
    UnknownProcedure,
)
from provider_directory.models import (
    Center,
    Comparison,
    EditionInfo,
    Evidence,
    Facility,
    NoContractInReach,
    Offer,
    Place,
    PriceCandidate,
    PriceLadder,
    Procedure,
    ProcedureAnswer,
    ProcedureMatch,
    Question,
    Score,
)
from provider_directory.testing.centers import a_place, a_procedure, no_price
from provider_directory.testing.ladders import a_bundle_candidate, a_price_candidate, a_price_ladder, an_evidence
from provider_directory.testing.offers import a_shortlist, an_edition, an_offer


def a_match(**over: Any) -> ProcedureMatch:
    """Give the first match for "knee replacement"."""
    values: dict[str, Any] = {
        "id": "total-knee-replacement",
        "name": "Total knee replacement",
        "why": "also called “new knee”",
        "confidence": 0.97,
    }
    return ProcedureMatch(**values | over)


_BYPASSES = (
    a_match(id="coronary-bypass", name="Heart bypass surgery", why="“bypass” in the name", confidence=0.6),
    a_match(id="gastric-bypass", name="Gastric bypass", why="“bypass” in the name", confidence=0.6),
)

_KNEES = (
    a_match(),
    a_match(id="partial-knee-replacement", name="Partial knee replacement", why="“knee” in the name", confidence=0.5),
    a_match(id="knee-revision", name="Redo of a knee replacement", why="“knee” in the name", confidence=0.4),
)

_SPRINGFIELDS = (
    Choice("Springfield, IL", "Springfield, Illinois"),
    Choice("Springfield, MA", "Springfield, Massachusetts"),
    Choice("Springfield, MO", "Springfield, Missouri"),
)


def _standing(score: Score | None) -> Standing | None:
    """Give the standing, in units of sigma, that would be shown as this score."""
    if score is None:
        return None
    value, low, high = (NormalDist().inv_cdf(min(max(at, 1), 99) / 100) for at in (score.value, score.low, score.high))
    return Standing(value, (high - low) / (2 * 1.645))


class FakeDirectory:
    """Implements ``Directory`` over builders; knows "knee", "bypass" (asks), ZIP 53202 and "Springfield" (asks).

    ``delay`` seconds pass before each answer, ``fail_with`` is raised instead of it, ``calls`` records what was asked.
    """

    def __init__(
        self,
        *,
        delay: float = 0.0,
        fail_with: DirectoryError | None = None,
        centers: Sequence[Center] | None = None,
        note: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.delay = delay
        self.fail_with = fail_with
        self.centers = a_shortlist() if centers is None else tuple(centers)
        self.note = note
        self.warnings = warnings
        self.no_contract: NoContractInReach | None = None
        self.evidence_answer = an_evidence()
        self.ladders: dict[str, Evidence] = {}
        """Evidence of single facilities, by id; the others have ``evidence_answer``."""
        self.procedures = {"total-knee-replacement": a_procedure()}
        self.matches: dict[str, tuple[ProcedureMatch, ...]] = {"knee": _KNEES, "bypass": _BYPASSES}
        self.calls: list[tuple[str, object]] = []

    async def _asked(self, method: str, argument: object) -> None:
        self.calls.append((method, argument))
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.fail_with:
            raise self.fail_with

    async def about(self) -> EditionInfo:
        """Give the demonstration edition."""
        await self._asked("about", None)
        return an_edition()

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        """Find the procedures whose key is in the words; sure when the first match has a high confidence."""
        await self._asked("search_procedures", words)
        found = next((matches for key, matches in self.matches.items() if key in words.lower()), ())
        return ProcedureAnswer(query=words, sure=bool(found) and found[0].confidence > 0.9, matches=found[:5])

    async def procedure(self, procedure_id: str) -> Procedure:
        """Give one procedure; any id of a match is known."""
        await self._asked("procedure", procedure_id)
        if known := self.procedures.get(procedure_id):
            return known
        for match in (match for matches in self.matches.values() for match in matches):
            if match.id == procedure_id:
                return a_procedure(id=match.id, name=match.name)
        raise UnknownProcedure(f'There is no procedure "{procedure_id}".', "Search for it with words.")

    async def locate(self, text: str) -> Place:
        """Know ZIP 53202 and three Springfields."""
        await self._asked("locate", text)
        if text.strip() in {"53202", "53202 Milwaukee, WI"}:
            return a_place()
        if text.strip().lower() == "springfield":
            raise AmbiguousPlace('"Springfield" may be 3 places.', "Add the state, or give a ZIP.", _SPRINGFIELDS)
        if any(text.strip() == choice.id for choice in _SPRINGFIELDS):
            return a_place(label=text.strip(), precision="city")
        raise UnknownPlace(
            f'No city "{text.strip()}" is known.', 'Give a ZIP, or a city with its state ("Milwaukee, WI").'
        )

    async def find_centers(self, question: Question) -> Offer:
        """Give the shortlist within the radius, without contract prices where the question asks for none."""
        await self._asked("find_centers", question)
        centers = [center for center in self.centers if center.miles <= question.miles]
        if question.recover_at:
            centers = [center.model_copy(update={"recover_miles": center.miles + 10}) for center in centers]
        if not question.show_contract_price:
            hidden = no_price(label="Contract price: ask the CoE desk.")
            said = {center.facility.id: center.spoken.partition(" The contract price")[0] for center in centers}
            centers = [
                center.model_copy(update={"price": hidden, "spoken": said[center.facility.id]}) for center in centers
            ]
        return an_offer(
            centers=tuple(centers[: question.limit]),
            total=len(centers),
            note=self.note,
            warnings=self.warnings,
            place=question.place,
            recover_at=question.recover_at,
            procedure=question.procedure,
            on=question.on,
            program=question.program,
            no_contract_in_reach=self.no_contract,
        )

    async def center(self, facility: str, question: Question) -> Center:
        """Give one center of the shortlist, unranked; raises UnknownFacility."""
        await self._asked("center", facility)
        for center in self.centers:
            if facility in (center.facility.id, center.facility.ccn):
                return center.model_copy(update={"rank": None, "rank_range": None})
        raise UnknownFacility(f'No facility has the id or CCN "{facility}".', "Look it up in an offer.")

    async def facilities_called(self, name: str, near: Place | None = None) -> tuple[Facility, ...]:
        """Find the facilities of the shortlist whose names hold the words."""
        await self._asked("facilities_called", (name, near))
        words = name.casefold().strip()
        held = (center.facility for center in self.centers if words and words in center.facility.name.casefold())
        return tuple(held)[:5]

    async def compare(self, facilities: tuple[str, ...], question: Question) -> Comparison:
        """Put centers of the shortlist side by side; their standings are read back from their shown scores."""
        await self._asked("compare", facilities)
        shown = (await self.find_centers(question.model_copy(update={"miles": 13_000.0, "limit": 10_000}))).centers
        known = {key: center for center in shown for key in (center.facility.id, center.facility.ccn) if key}
        for key in facilities:
            if key not in known:
                raise UnknownFacility(f'No facility has the id or CCN "{key}".', "Look it up in an offer.")
        centers = [known[key].model_copy(update={"rank": None, "rank_range": None}) for key in facilities]
        check_count([center.facility.id for center in centers])
        entries = [
            Entry(
                center,
                await self.evidence(center.facility.id, question.procedure, question.on, question.alliances),
                _standing(center.score),
            )
            for center in centers
        ]
        return compare(question, question.care_day or question.on + timedelta(days=90), entries)

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Give a ladder under the price of the center that was asked for; none of a contract on a public screen."""
        center = await self.center(facility, question)
        price = center.price
        candidates: tuple[PriceCandidate, ...] = (a_price_candidate(),)
        if price.kind == "contract_bundle":
            if question.show_contract_price:
                candidates = (a_bundle_candidate(price), *candidates)
            else:
                price = no_price(label="Contract price: ask the CoE desk.")
        return a_price_ladder(
            facility=center.facility,
            price=price,
            candidates=candidates,
            on=question.on,
            procedure=question.procedure,
            program=question.program,
            payer=question.payer,
            plan=question.plan,
        )

    async def evidence(self, facility: str, procedure: str, on: date, alliances: tuple[str, ...] = ()) -> Evidence:
        """Give the one ladder, under the name of the center that was asked for."""
        await self._asked("evidence", facility)
        center = next((center for center in self.centers if center.facility.id == facility), None)
        if center is None:
            raise UnknownFacility(f'No facility has the id or CCN "{facility}".', "Look it up in an offer.")
        own: dict[str, object] = {"facility": center.facility}
        if facility not in self.ladders and center.credential.state == "SUSPENDED":
            own["credential"] = center.credential
        return self.ladders.get(facility, self.evidence_answer).model_copy(update=own)

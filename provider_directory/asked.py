"""One question being answered over an edition: who may be offered, how they stand, what is shown of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import cast

from provider_directory import places
from provider_directory.catalog.folding import fold_words
from provider_directory.centers import CANCER_LINES, CenterContext, center_context, center_of, surgeons_under_contract
from provider_directory.contracts import ContractStanding, ContractTerms, bears_on, standing
from provider_directory.edition.reader import EditionReader, FacilityRow, ScoreRow
from provider_directory.errors import BadInput
from provider_directory.finding import Candidate, Ranked
from provider_directory.like_with_like import ranking_group
from provider_directory.models import (
    NEVER_OFFERED,
    Center,
    CredentialState,
    NoContractInReach,
    Price,
    Procedure,
    Question,
    Tier,
)
from provider_directory.offered_prices import prices_of
from provider_directory.pricing.offered import NO_PRICE
from provider_directory.public_check import figures_of, judged, stale_measures, stored_state
from provider_directory.quality.credentials import criteria_sets, public_state

LIKELY_CARE_AFTER = timedelta(days=90)
_ALWAYS_OFFERED = frozenset({"acute", "critical_access"})
_WORLD = (-90.0, 90.0, -180.0, 180.0)
_NEAREST = 25
_NEAREST_CONTRACTS = 5
_NEAREST_CONTRACTS_SHOWN = 3
_ROSTER_KINDS = frozenset({"surgery_center", "cancer", "childrens", "psychiatric"})


class AskedQuestion:
    """One question being answered: what was looked up so far."""

    def __init__(self, reader: EditionReader, procedure: Procedure, question: Question) -> None:
        if question.surgeon is not None and not question.alliances:
            raise BadInput("A surgeon is looked up in a program's contracts.", "Name the program: --program ID.")
        if question.surgeon is not None and not fold_words(question.surgeon):
            raise BadInput("No surgeon was named.", "Give the name or a part of it.")
        self.reader = reader
        self.procedure = procedure
        self.question = question
        self.places = (question.place, question.recover_at) if question.recover_at else (question.place,)
        self._miles_to = places.miles_from(question.place.lat, question.place.lon)
        self.care_day = question.care_day or question.on + LIKELY_CARE_AFTER
        self.rated = procedure.evidence_class in ("specific", "related")
        self.criteria_set = criteria_sets()[procedure.criteria_set]
        self.stale = stale_measures(reader, question.on)
        self.terms: dict[str, list[ContractTerms]] = {}
        for terms in reader.contracts_for(procedure.id, procedure.criteria_set):
            if bears_on(terms, procedure.id, procedure.criteria_set):
                self.terms.setdefault(terms.facility_id, []).append(terms)
        self.facilities: dict[str, FacilityRow] = {}
        self.standings: dict[str, ContractStanding] = {}
        self.contexts: dict[str, CenterContext] = {}
        self._priced: dict[str, Price] = {}
        self._marks: dict[str, dict[str, ScoreRow | None]] = {}

    def warnings(self) -> tuple[str, ...]:
        """Say what the answer cannot know: the age of figures without a release, a program that no roster names."""
        ages = () if any(source.release for source in self.reader.sources.values()) else ("release_unknown",)
        return (*ages, *self._program_warnings())

    def _program_warnings(self) -> tuple[str, ...]:
        if not self.question.program or not self.question.alliances:
            return ()  # a program without alliances lacks no roster
        ours = {alliance.casefold() for alliance in self.question.alliances}
        known = {name.casefold() for (name,) in self.reader.rows("SELECT DISTINCT alliance FROM contract")}
        return () if ours & known else ("no_roster_of_program",)

    def nearby(self, radius: float) -> dict[str, float]:
        """Give the miles to every facility within a radius that may be offered, from the nearer place (CONTRACT 1)."""
        return self._in_reach(radius, [places.box(place.lat, place.lon, radius) for place in self.places])

    def _in_reach(self, radius: float, boxes: Sequence[tuple[float, float, float, float]]) -> dict[str, float]:
        found: dict[str, float] = {}
        for place, box in zip(self.places, boxes, strict=True):
            miles_to = places.miles_from(place.lat, place.lon)
            for row in self.reader.facilities_in(box, _ALWAYS_OFFERED | _ROSTER_KINDS):
                if row.lat is None or row.lon is None or not self._may_be_offered(row):
                    continue
                miles = miles_to(row.lat, row.lon)
                if miles <= radius:
                    self.facilities[row.id] = row
                    found[row.id] = min(miles, found.get(row.id, miles))
        return found

    def nearest_anywhere(self) -> dict[str, float]:
        """Give the nearest that may be offered and the nearest under contract, however far, whatever the limit."""
        reach = self._in_reach(math.inf, [_WORLD] * len(self.places))
        everywhere = sorted(reach.items(), key=lambda pair: (pair[1], pair[0]))
        contracts = [pair for pair in everywhere if self._standing(pair[0]).state == "CONTRACT"]
        return dict(everywhere[:_NEAREST] + contracts[:_NEAREST_CONTRACTS])

    def no_contract_in_reach(self, found: Iterable[str], radius_holds: bool) -> NoContractInReach | None:
        """Say what there is where no center under contract lies within the radius (CONTRACT 7); None where one does.

        ``radius_holds``: the facilities found lie within the radius; False when they are the nearest anywhere.
        """
        if not self.question.alliances or self.question.surgeon is not None:
            return None
        if radius_holds and any(self.standings[key].state == "CONTRACT" for key in found):
            return None
        miles: dict[str, float] = {}
        for key in self.terms:
            row = self.reader.facilities_named(key)[0]
            placed = row.listed and row.lat is not None and row.lon is not None
            if placed and self._standing(key).state == "CONTRACT" and self._may_be_offered(row):
                self.facilities[key] = row
                miles[key] = min(places.miles_from(p.lat, p.lon)(row.lat or 0.0, row.lon or 0.0) for p in self.places)
        nearest = sorted(miles, key=lambda key: (miles[key], key))[:_NEAREST_CONTRACTS_SHOWN]
        shown = self.candidates({key: miles[key] for key in nearest})
        centers = self.centers([Ranked(candidate, None, None) for candidate in shown])
        return NoContractInReach(criteria_set=self.criteria_set.name, nearest=centers)

    def _may_be_offered(self, row: FacilityRow) -> bool:
        if row.kind in NEVER_OFFERED or (self.question.surgeon is not None and not self._has_surgeon(row.id)):
            return False
        if row.kind in _ALWAYS_OFFERED or row.kind in self.procedure.pools:
            return True
        # A facility that only a roster brings is not shown to those from whom the roster keeps it.
        if any(t.visibility == "public" or t.is_of(self.question.alliances) for t in self.terms.get(row.id, ())):
            return True
        return row.kind == "cancer" and self.procedure.service_line in CANCER_LINES

    def _standing(self, facility_id: str) -> ContractStanding:
        rows = self.terms.get(facility_id, ())
        return standing(rows, self.question.alliances, self.question.on, self.care_day)

    def _has_surgeon(self, facility_id: str) -> bool:
        asked = fold_words(self.question.surgeon or "")
        found = surgeons_under_contract(self.reader, self.procedure, self._standing(facility_id))
        return any(all(word in fold_words(surgeon.name) for word in asked) for surgeon in found)

    def candidates(self, miles: Mapping[str, float]) -> list[Candidate]:
        """Give what the order needs of each facility."""
        ids = list(miles)
        scores = self._scores(self.procedure.profile, ids)
        states = self._public_states(ids)
        by_volume = ids if self.question.sort == "volume" else ()
        self.standings |= {key: self._standing(key) for key in ids}
        prices = self._prices(ids if self.question.sort == "price" else ())
        cases = {key: context.cases for key, context in self._contexts(by_volume).items()}
        found = []
        for key in ids:
            now = self.standings[key]
            score = scores.get(key)
            shown = score if score and score.shown else None
            price = prices.get(key, NO_PRICE)
            known_cases = cases.get(key)
            found.append(
                Candidate(
                    facility_id=key,
                    miles=miles[key],
                    state=now.state or states[key],
                    public_state=states[key],
                    covers_care_day=now.covers_care_day,
                    z=shown.z if shown else None,
                    tier=cast(Tier, shown.tier) if shown else None,
                    cases_per_year=known_cases.per_year if known_cases else None,
                    price_kind=price.kind,
                    price_cents=price.amount_cents if price.comparable else None,
                    price_group=ranking_group(price),
                )
            )
        return found

    def _prices(self, ids: Collection[str]) -> dict[str, Price]:
        if kinds := {key: self.facilities[key].kind for key in ids if key not in self._priced}:
            self._priced |= prices_of(self.reader, self.procedure, kinds, self.standings, self.question)
        return {key: self._priced[key] for key in ids}

    def _public_states(self, ids: Sequence[str]) -> dict[str, CredentialState]:
        """Give public states: as stored, but judged anew where staleness or an attestation bears on them."""
        attested = self.reader.attestations(self.criteria_set.name)
        fresh = [] if self.stale else [key for key in ids if key not in attested]
        checks = self.reader.checks(self.criteria_set.name, fresh)
        states = {key: stored_state(self.criteria_set, checks.get(key)) for key in fresh}
        contexts = self._contexts([key for key in ids if key not in states])
        return states | {key: public_state(self.criteria_set, held.results) for key, held in contexts.items()}

    def _scores(self, profile: str, ids: Sequence[str]) -> dict[str, ScoreRow]:
        """Give the scores of these facilities; each is looked up once for a question."""
        known = self._marks.setdefault(profile, {})
        if missing := [key for key in ids if key not in known]:
            found = self.reader.scores(profile, missing)
            known |= {key: found.get(key) for key in missing}
        return {key: score for key in ids if (score := known[key]) is not None}

    def _contexts(self, ids: Sequence[str]) -> dict[str, CenterContext]:
        missing = [key for key in ids if key not in self.contexts]
        if missing:
            drgs = {*self.procedure.drgs, self.procedure.price_drg or ""}
            figures = figures_of(self.reader, self.criteria_set, self.procedure.profile, drgs, missing)
            # The set's R5 looks at the tier of the set's own profile, which a procedure need not share.
            marks = self._scores(self.criteria_set.profile, missing)
            results = judged(self.reader, self.criteria_set, figures, marks, self.stale, self.question.on)
            scores = self._scores(self.procedure.profile, missing)
            for key in missing:
                facility, score = self.facilities[key], scores.get(key)
                self.contexts[key] = center_context(self.procedure, facility, score, results[key], figures[key])
        return {key: self.contexts[key] for key in ids}

    def centers(self, ranked: Sequence[Ranked]) -> tuple[Center, ...]:
        """Give the centers that are shown, with all that an offer says of them."""
        ids = [entry.candidate.facility_id for entry in ranked]
        contexts = self._contexts(ids)
        prices = self._prices(ids)
        centers = tuple(
            center_of(
                self.reader,
                self.question,
                self.procedure,
                self._with_shown_miles(entry),
                contexts[entry.candidate.facility_id],
                self.standings[entry.candidate.facility_id],
                self.care_day,
                prices[entry.candidate.facility_id],
            )
            for entry in ranked
        )
        return tuple(self._with_recover_miles(center) for center in centers) if self.question.recover_at else centers

    def _with_recover_miles(self, center: Center) -> Center:
        row, place = self.facilities[center.facility.id], self.question.recover_at
        if place is None or row.lat is None or row.lon is None:
            return center
        miles = places.miles_from(place.lat, place.lon)(row.lat, row.lon)
        return center.model_copy(update={"recover_miles": miles})

    def _with_shown_miles(self, entry: Ranked) -> Ranked:
        """Show the miles from the place itself, though the order may know other ones; without a point, those."""
        row = self.facilities[entry.candidate.facility_id]
        if row.lat is None or row.lon is None:
            return entry
        miles = self._miles_to(row.lat, row.lon)
        if miles == entry.candidate.miles:
            return entry
        return entry._replace(candidate=entry.candidate._replace(miles=miles))

"""The directory over an edition file: questions in, offers out, in milliseconds (DESIGN "Ask")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from provider_directory import catalog, places
from provider_directory.asked import AskedQuestion
from provider_directory.centers import facility_of
from provider_directory.comparing import NO_RATING, Entry, Standing, check_count, compare
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.errors import BadInput
from provider_directory.finding import Ranked, recommended, sorted_by
from provider_directory.ladder import evidence_of
from provider_directory.models import (
    Center,
    Comparison,
    EditionInfo,
    Evidence,
    Facility,
    Offer,
    Place,
    PriceLadder,
    Procedure,
    ProcedureAnswer,
    Question,
)
from provider_directory.naming import called
from provider_directory.price_ladder import price_ladder_of


class EmbeddedDirectory:
    """Implements ``Directory`` over one edition; opening raises EditionProblem."""

    def __init__(self, edition: Path) -> None:
        self._reader = EditionReader(edition)
        self._catalog = catalog.load()

    def close(self) -> None:
        """Close the edition file."""
        self._reader.close()

    async def about(self) -> EditionInfo:
        """Say which edition answers."""
        return self._reader.about()

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        """Find procedures by a caller's words."""
        return self._catalog.search(words)

    async def procedure(self, procedure_id: str) -> Procedure:
        """Give one procedure; raises UnknownProcedure."""
        return self._catalog.get(procedure_id)

    async def locate(self, text: str) -> Place:
        """Turn a text into a point; raises UnknownPlace or AmbiguousPlace."""
        return places.locate(text, self._reader)

    async def find_centers(self, question: Question) -> Offer:
        """Answer one question in the order of CONTRACT 2."""
        asked = AskedQuestion(self._reader, self._catalog.get(question.procedure), question)
        found = asked.nearby(question.miles)
        warnings = asked.warnings()
        total = len(found)
        if not found:
            found = asked.nearest_anywhere()
            warnings = ("none_within_radius", *warnings)
        ranked = sorted_by(recommended(asked.candidates(found), asked.procedure.evidence_class), question.sort)
        centers = asked.centers(ranked[: question.limit])
        return Offer(
            edition=self._reader.name,
            demonstration=self._reader.demonstration,
            on=question.on,
            care_day=asked.care_day,
            procedure=question.procedure,
            place=question.place,
            recover_at=question.recover_at,
            program=question.program,
            warnings=warnings,
            note=None if asked.rated else NO_RATING,
            total=total,
            centers=centers,
            no_contract_in_reach=asked.no_contract_in_reach(found, radius_holds=total > 0),
        )

    async def center(self, facility: str, question: Question) -> Center:
        """Give one facility as the answer to a question, unranked."""
        return self._centers(self._ask(question, [self._reader.facility(facility)]))[0]

    async def facilities_called(self, name: str, near: Place | None = None) -> tuple[Facility, ...]:
        """Find facilities by a name."""
        listed = self._reader.rows("SELECT * FROM facility WHERE listed = 1 ORDER BY id")
        found = called(name, [FacilityRow(*row) for row in listed], near)
        return tuple(facility_of(row, None) for row in found)

    async def compare(self, facilities: tuple[str, ...], question: Question) -> Comparison:
        """Put two or three facilities side by side."""
        rows = [self._reader.facility(key) for key in facilities]
        check_count([row.id for row in rows])
        asked = self._ask(question, rows)
        scores = self._reader.scores(asked.procedure.profile, list(asked.facilities))
        entries = []
        for center in self._centers(asked):
            key = center.facility.id
            terms, context = asked.terms.get(key, []), asked.contexts[key]
            ladder = evidence_of(self._reader, asked.procedure, center, terms, context, question.on, question.alliances)
            standing = Standing(scores[key].z, scores[key].sd) if center.score else None
            entries.append(Entry(center, ladder, standing))
        return compare(question, asked.care_day, entries)

    def _ask(self, question: Question, rows: Sequence[FacilityRow]) -> AskedQuestion:
        """Begin to answer a question about these facilities only."""
        asked = AskedQuestion(self._reader, self._catalog.get(question.procedure), question)
        for row in rows:
            if row.lat is None or row.lon is None:
                raise BadInput(f"{row.name} has no point on the map.", "Ask for its evidence instead: `coe evidence`.")
            asked.facilities[row.id] = row
        return asked

    def _centers(self, asked: AskedQuestion) -> tuple[Center, ...]:
        """Give the facilities of a question begun by ``_ask`` as its answers, unranked, in the order asked."""
        here = asked.question.place
        miles = {
            row.id: places.miles_between(here.lat, here.lon, row.lat, row.lon)
            for row in asked.facilities.values()
            if row.lat is not None and row.lon is not None
        }
        return asked.centers([Ranked(found, None, None) for found in asked.candidates(miles)])

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Open the ladder under a price."""
        row = self._reader.facility(facility)
        asked, center = self._alone(row, question)
        terms = asked.terms.get(row.id, [])
        return price_ladder_of(
            self._reader, asked.procedure, center, row.kind, terms, asked.standings[row.id], question
        )

    def _alone(self, row: FacilityRow, question: Question) -> tuple[AskedQuestion, Center]:
        """Ask about one facility wherever it lies, even where it has no point on the map."""
        asked = AskedQuestion(self._reader, self._catalog.get(question.procedure), question)
        asked.facilities[row.id] = row
        return asked, asked.centers([Ranked(asked.candidates({row.id: 0.0})[0], None, None)])[0]

    async def evidence(self, facility: str, procedure: str, on: date, alliances: tuple[str, ...] = ()) -> Evidence:
        """Open the ladder under a label."""
        row = self._reader.facility(facility)
        here = Place(label=row.name, lat=row.lat or 0.0, lon=row.lon or 0.0, precision="point")
        asked, center = self._alone(row, Question(procedure=procedure, place=here, on=on, alliances=alliances))
        terms = asked.terms.get(row.id, [])
        return evidence_of(self._reader, asked.procedure, center, terms, asked.contexts[row.id], on, alliances)

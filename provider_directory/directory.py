"""The seam between what is known and those who ask: one protocol, whatever stands behind it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

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


class Directory(Protocol):
    """Answers questions from one edition; holds nothing about a person.

    Every method may raise ``DirectoryError`` subclasses, each with a title and a next step.
    """

    async def about(self) -> EditionInfo:
        """Say which edition answers, with its sources and dates."""
        ...

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        """Find the procedures that fit a caller's words, at most five, best first, each with the reason."""
        ...

    async def procedure(self, procedure_id: str) -> Procedure:
        """Give one procedure; raises UnknownProcedure."""
        ...

    async def locate(self, text: str) -> Place:
        """Turn a ZIP, "City, ST", a city or "lat,lon" into a point; raises UnknownPlace or AmbiguousPlace."""
        ...

    async def find_centers(self, question: Question) -> Offer:
        """Answer one question with the centers in the order of CONTRACT 2."""
        ...

    async def center(self, facility: str, question: Question) -> Center:
        """Give one facility (id, or a CCN where it is unique) as the answer to a question, rank None."""
        ...

    async def facilities_called(self, name: str, near: Place | None = None) -> tuple[Facility, ...]:
        """Find facilities by a name, near a place first where one is given: at most five, the most like it first.

        One alone = it stands out; none = nothing is like it.
        """
        ...

    async def compare(self, facilities: tuple[str, ...], question: Question) -> Comparison:
        """Put two or three facilities side by side; raises BadInput for any other number or one named twice."""
        ...

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Open the ladder under a price: every price that was weighed, the rule and the source row of each.

        The place of the question plays no part.
        """
        ...

    async def evidence(self, facility: str, procedure: str, on: date, alliances: tuple[str, ...] = ()) -> Evidence:
        """Open the ladder under a label: criteria, measures, source rows and steps."""
        ...

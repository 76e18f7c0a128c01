"""The procedures, their codes and rules, and the way from a caller's words to them."""

from __future__ import annotations

from functools import cache, cached_property

from provider_directory.catalog.codes import CodeBook
from provider_directory.catalog.procedures import NEWEST_FISCAL_YEAR, read_drg_spans, read_procedures
from provider_directory.catalog.search import MOST_MATCHES, ProcedureSearch
from provider_directory.errors import Choice, UnknownProcedure
from provider_directory.models import Procedure, ProcedureAnswer

__all__ = ["Catalog", "load"]


class Catalog:
    """The 146 procedures of METHOD 1, by frozen number, with search."""

    def __init__(self, procedures: tuple[Procedure, ...]) -> None:
        self.procedures = procedures
        self._by_id = {procedure.id: procedure for procedure in procedures}
        self._spans = read_drg_spans(procedures)

    @cached_property
    def _search(self) -> ProcedureSearch:
        return ProcedureSearch(self.procedures, CodeBook(self.procedures, self._spans))

    def get(self, procedure_id: str) -> Procedure:
        """Give one procedure; raises UnknownProcedure with the nearest ids as choices."""
        found = self._by_id.get(procedure_id)
        if found is None:
            near = self.search(procedure_id.replace("-", " ")).matches
            raise UnknownProcedure(
                f'No procedure has the id "{procedure_id}".',
                "Choose one of the procedures named, or search by words with: coe procedures WORDS.",
                tuple(Choice(match.id, match.name) for match in near),
            )
        return found

    def drgs(self, procedure_id: str, fiscal_year: int) -> frozenset[str]:
        """Give the MS-DRGs that held the procedure's stays in one federal fiscal year (October to September).

        A file by calendar year mixes two: take the union of that year and the next (METHOD 1 "DRG history").
        Years after FY2026 give the FY2026 set, because the later numbers are not confirmed. Raises UnknownProcedure.
        """
        year = min(fiscal_year, NEWEST_FISCAL_YEAR)
        spans = self._spans[self.get(procedure_id).id]
        return frozenset(span.drg for span in spans if span.first_year <= year <= span.last_year)

    def search(self, words: str, limit: int = MOST_MATCHES) -> ProcedureAnswer:
        """Find the procedures that fit a caller's words, at most five, best first, each with the reason.

        ``sure`` means that the first may be taken without asking; words that fit several procedures are never sure.
        """
        return self._search.search(words, limit)


@cache
def load() -> Catalog:
    """Give the catalogue; read once, the search index on the first search."""
    return Catalog(read_procedures())

"""What the engine refuses, one class a stable code of the answer in JSON (CONTRACT 6)."""

from __future__ import annotations

from provider_directory.errors import BadInput


class PlanYearNotLoaded(BadInput):
    """The day of care lies outside the dates that the program file's rules hold for."""

    code = "plan_year_not_loaded"
    title = "The rules of this day are not loaded"


class FactsContradict(BadInput):
    """Two facts of the member's file, or a fact and the program's, cannot both be true."""

    code = "facts_contradict"
    title = "The member's facts contradict each other"

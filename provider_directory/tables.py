"""Tables of an edition for actuaries and other programs: every score and every public check, as rows (CONTRACT 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from provider_directory.edition.assess import pool
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.public_check import figures_of, judged, stale_measures
from provider_directory.quality.credentials import criteria_sets, public_state

_FIGURES = ("z", "sd", "sigma", "score", "low", "high", "p", "coverage", "tier")
SCORE_COLUMNS = ("ccn", "profile", *_FIGURES, "shown", "reason")


def scores(reader: EditionReader, on: date) -> Iterator[tuple[object, ...]]:
    """Give a head and one row per facility and profile with at least one core measure; floats unrounded.

    Scores belong to the edition and do not depend on ``on``.
    """
    yield SCORE_COLUMNS
    figures_sql = ", ".join(f"s.{name}" for name in _FIGURES)
    sql = (
        f"SELECT f.ccn, s.profile, {figures_sql}, s.shown, s.reason"
        " FROM score s JOIN facility f ON f.id = s.facility_id ORDER BY s.profile, f.ccn"
    )
    for *figures, shown, reason in reader.rows(sql):
        yield (*figures, "true" if shown else "false", reason or "")


CRITERIA = ("R1", "R2", "R3", "R4", "R5")


def credentials(reader: EditionReader, on: date) -> Iterator[tuple[object, ...]]:
    """Give a head and one row per facility of the pool and criteria set: public state and each criterion, on a date.

    A criterion that the set does not have is blank.
    """
    yield ("ccn", "criteria_set", "state", *CRITERIA)
    facilities = [FacilityRow(*row) for row in reader.rows("SELECT * FROM facility ORDER BY ccn, id")]
    stale = stale_measures(reader, on)
    for criteria_set in criteria_sets().values():
        if criteria_set.name == "none":
            continue
        members = pool(facilities, criteria_set.name)
        marks = reader.scores(criteria_set.profile, [facility.id for facility in members])
        figures = figures_of(reader, criteria_set, criteria_set.profile, (), [facility.id for facility in members])
        results = judged(reader, criteria_set, figures, marks, stale, on)
        for facility in members:
            outcomes = {result.id: result.outcome for result in results[facility.id]}
            state = public_state(criteria_set, results[facility.id])
            yield (facility.ccn, criteria_set.name, state, *(outcomes.get(number, "") for number in CRITERIA))

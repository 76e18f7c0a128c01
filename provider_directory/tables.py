"""Tables of an edition for actuaries and other programs: every score and every public check, as rows (CONTRACT 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from provider_directory.edition.assess import pool
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.public_check import CRITERIA, stale_measures, states_on
from provider_directory.quality.credentials import criteria_sets

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
        members = [facility.id for facility in pool(facilities, criteria_set.name)]
        ccns = {facility.id: facility.ccn for facility in facilities}
        attested = reader.attestations(criteria_set.name)
        # Cases that nobody attests are blank, not judged (METHOD 4.9).
        not_stated = any(criterion.kind == "attested" for criterion in criteria_set.criteria)
        states = states_on(reader, criteria_set, members, stale, on)
        for key in members:
            state, outcomes = states[key]
            if not_stated and key not in attested:
                outcomes = outcomes | {"R4": ""}
            yield (ccns[key], criteria_set.name, state, *(outcomes.get(number, "") for number in CRITERIA))

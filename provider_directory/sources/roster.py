"""Reader of an alliance's roster: contracts, suspensions, bundles, attested cases, surgeons (CONTRACT 1, 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from provider_directory.facts import RosterFact, SurgeonFact
from provider_directory.models import Kind
from provider_directory.routes import read_routes
from provider_directory.sources.layouts import roster_columns
from provider_directory.sources.reading import EXAMPLES, Reading
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.roster_matching import match_roster
from provider_directory.sources.typed_cells import (
    LONG_TEXT,
    BadCell,
    Cells,
    checked_npi,
    is_npi,
    known,
    read_typed,
    split,
)
from provider_directory.sources.values import whole_number

__all__ = ["is_npi", "match_roster", "read_roster"]

_NO_CHECK_SET = "none"
_NO_PRICE = "Give the price; a contract without one belongs in the roster."
_SURGEON_PARTS = 6
_SURGEON_FORM = "Name|NPI|procedure,procedure|language,language|yes or no|wait in days"
_NEW_PATIENTS = {"": None, "yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_roster(
    source: SourceFile, procedure_ids: frozenset[str], criteria_sets: frozenset[str]
) -> Reading[RosterFact]:
    """Read a roster, or a list of contracts with their prices, in which every row needs one.

    Dates come as ISO, money as cents, lists joined by "; ". Blank status is active, blank visibility public. Rows
    are set aside and collapse as ``read_typed`` says. Routes that cannot be read stay as text, and a note says which: a
    contract holds however its referrals travel. Raises SourceProblem where the file as a whole cannot be read.
    """
    priced = source.dataset == "contracts"
    named_sets = criteria_sets - {_NO_CHECK_SET}

    def fact(cells: Cells, number: int) -> RosterFact:
        if priced and not cells.text("bundle_price"):
            raise BadCell("bundle_price", "", "the price of the bundle in dollars", "no_price", _NO_PRICE)
        return _fact(cells, number, procedure_ids, named_sets)

    reading = read_typed(source, roster_columns, fact)
    reading.notes += _route_notes(reading.facts)
    return reading


def _route_notes(facts: Iterable[RosterFact]) -> list[str]:
    """Say of the first rows, and of how many more, which of their routes are kept as text only."""
    told = [(each.row, problem) for each in facts for problem in read_routes(each.routes).problems]
    notes = [f"Row {row}, routes: {problem} It is kept as text." for row, problem in told[:EXAMPLES]]
    more = len(told) - len(notes)
    return [*notes, f"{more:,} more routes are kept as text only."] if more else notes


def _fact(cells: Cells, number: int, procedure_ids: frozenset[str], criteria_sets: frozenset[str]) -> RosterFact:
    alliance = cells.text("alliance")
    if not alliance:
        raise BadCell("alliance", "", "the name of the alliance", "no_alliance")
    criteria_set, procedure = _covers(cells, procedure_ids, criteria_sets)
    effective, ends = cells.day("effective"), cells.day("ends")
    if effective and ends and ends < effective:
        raise BadCell("ends", ends, f"a date from {effective} on", "ends_before_effective")
    return RosterFact(
        *_facility(cells),
        alliance=alliance,
        criteria_set=criteria_set,
        procedure=procedure,
        status=cells.word("status", ("active", "suspended"), "active"),
        effective=effective,
        ends=ends,
        suspended_on=cells.day("suspended_on"),
        reason=cells.text("reason"),
        bundle_cents=cells.price("bundle_price"),
        price_effective=cells.day("price_effective"),
        included=cells.items("price_includes"),
        extra=cells.items("price_excludes"),
        run_out=cells.text("run_out"),
        warranty=cells.text("warranty"),
        visibility=cells.word("visibility", ("public", "members"), "public"),
        routes=cells.text("routes", LONG_TEXT),
        intake_phone=cells.text("intake_phone"),
        attested_cases=cells.count("attested_cases_per_year"),
        attested_on=cells.day("attested_on"),
        surgeons=_surgeons(cells.text("surgeons", 20 * LONG_TEXT), procedure_ids),
        row=number,
    )


_FacilityCells = tuple[str, str, str, str, str, str, str, str, str, str, float | None, float | None]


def _facility(cells: Cells) -> _FacilityCells:
    """Read what a row says of its facility, in the order of RosterFact from facility_id to lon."""
    keys = (cells.text("facility_id"), cells.ccn(), cells.npi(), cells.text("name"))
    if not any(keys):
        raise BadCell("facility_id, ccn, npi, name", "", "at least one of them", "no_facility")
    kind = cells.word("kind", get_args(Kind), "")
    where = (cells.text("address"), cells.text("city"), cells.text("state").upper(), cells.text("phone"))
    return (*keys, cells.zip(), kind, *where, *cells.point())


def _covers(cells: Cells, procedure_ids: frozenset[str], criteria_sets: frozenset[str]) -> tuple[str, str]:
    """Read what a row is about: exactly one of criteria set and procedure (CONTRACT 3)."""
    criteria_set, procedure = cells.text("criteria_set").lower(), cells.text("procedure").lower()
    if criteria_set and procedure:
        found = f"{criteria_set}, {procedure}"
        raise BadCell("criteria_set, procedure", found, "only one of the two", "set_and_procedure")
    if criteria_set == _NO_CHECK_SET:
        step = "Name the procedure in the column procedure instead."
        raise BadCell("criteria_set", criteria_set, "a set with public criteria", "set_none", step)
    if criteria_set:
        return known(criteria_set, criteria_sets, "criteria_set"), ""
    if procedure:
        return "", known(procedure, procedure_ids, "procedure")
    raise BadCell("criteria_set, procedure", "", "one of the two", "no_set_or_procedure")


def _surgeons(text: str, procedure_ids: frozenset[str]) -> tuple[SurgeonFact, ...]:
    return tuple(_surgeon(entry, procedure_ids) for entry in split(text, ";"))


def _surgeon(entry: str, procedure_ids: frozenset[str]) -> SurgeonFact:
    parts = [part.strip() for part in entry.split("|")]
    if len(parts) > _SURGEON_PARTS or not parts[0]:
        raise BadCell("surgeons", entry, _SURGEON_FORM, "bad_surgeon")
    name, npi, procedures, languages, new, wait = parts + [""] * (_SURGEON_PARTS - len(parts))
    days = whole_number(wait)
    if new.lower() not in _NEW_PATIENTS or (wait and (days is None or days < 0)):
        raise BadCell("surgeons", entry, _SURGEON_FORM, "bad_surgeon")
    return SurgeonFact(
        name=name,
        npi=checked_npi("surgeons", npi),
        procedures="; ".join(
            known(one.lower(), procedure_ids, "procedure", "surgeons") for one in split(procedures, ",")
        ),
        languages="; ".join(split(languages, ",")),
        new_patients=_NEW_PATIENTS[new.lower()],
        wait_days=days,
    )

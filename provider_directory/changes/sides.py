"""The two editions side by side, and the facilities that are looked at in both."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from provider_directory.changes.values import Change
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.errors import UnknownFacility


class Side:
    """One edition, with its facilities by id; with ``only`` it shows that one facility."""

    def __init__(self, reader: EditionReader, on: date, only: str | None) -> None:
        self.reader = reader
        self.on = on
        self.only = only

    @cached_property
    def facilities(self) -> dict[str, FacilityRow]:
        """Every facility, unlisted ones too, or the one that is asked about."""
        where, values = (" WHERE id = ?", (self.only,)) if self.only else ("", ())
        rows = self.reader.rows(f"SELECT * FROM facility{where}", values)
        return {row[0]: FacilityRow(*row) for row in rows}

    @cached_property
    def listed(self) -> dict[str, FacilityRow]:
        """The facilities that are open: in the hospital file, or made by a roster."""
        return {key: row for key, row in self.facilities.items() if row.listed}


class Sides:
    """The edition before and the one after."""

    def __init__(self, before: EditionReader, after: EditionReader, on: date, facility: str | None) -> None:
        only = _id_of(facility, before, after) if facility else None
        self.before = Side(before, on, only)
        self.after = Side(after, on, only)
        self.on = on

    @cached_property
    def under_contract(self) -> frozenset[str]:
        """The facilities that some roster of either edition names: theirs are the changes that matter first."""
        readers = (self.before.reader, self.after.reader)
        return frozenset(row[0] for each in readers for row in each.rows("SELECT DISTINCT facility_id FROM contract"))

    def in_both(self) -> list[str]:
        """Give the ids of the facilities that are open in both, in order."""
        return sorted(self.before.listed.keys() & self.after.listed.keys())

    def named(self, facility_id: str) -> str:
        """Name a facility with its town, as the later edition lists it, else the earlier one."""
        known = (self.after.listed, self.before.listed, self.after.facilities, self.before.facilities)
        row = next((rows[facility_id] for rows in known if facility_id in rows), None)
        return facility_words(row) if row else facility_id

    def change(
        self, facility_id: str, about: str, before: str | None, after: str | None, why: str | None = None
    ) -> Change:
        """Make a change of one facility, with its sentence."""
        name = self.named(facility_id)
        return Change(
            facility_id=facility_id,
            facility=name,
            about=about,
            before=before,
            after=after,
            why=why,
            sentence=sentence(f"{name}: {about}", before, after, why),
        )


def edition_change(about: str, before: str | None, after: str | None) -> Change:
    """Make a change of an edition as a whole, with its sentence."""
    return Change(
        facility_id=None,
        facility=None,
        about=about,
        before=before,
        after=after,
        why=None,
        sentence=sentence(about, before, after, None),
    )


def sentence(about: str, before: str | None, after: str | None, why: str | None) -> str:
    """Say a change: "A: before -> after, because why"."""
    if before is not None and after is not None:
        said = f"{about}: {before} -> {after}"
    else:
        said = f"{about}: {after if after is not None else before}"
    return f"{said}, because {why}" if why else said


def facility_words(row: FacilityRow) -> str:
    """Name a facility with its town: "Alderwick Medical Center (Milwaukee, WI)"."""
    place = ", ".join(part for part in (row.city, row.state) if part)
    return f"{row.name} ({place})" if place else row.name


def _id_of(key: str, *readers: EditionReader) -> str:
    for reader in reversed(readers):
        try:
            return reader.facility(key).id
        except UnknownFacility:
            continue
    raise UnknownFacility(f'Neither edition has a facility with the id or CCN "{key}".', "`coe find` gives the ids.")

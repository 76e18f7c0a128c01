"""Posted prices and paid claims: which hospital's files are newer, and how many amounts differ."""

from __future__ import annotations

from typing import NamedTuple

from provider_directory import catalog
from provider_directory.changes.sides import Side, Sides
from provider_directory.changes.values import Change
from provider_directory.spoken import dollars


class _Posted(NamedTuple):
    """What one hospital posts: the newest date of its files, and its kept rates."""

    updated_on: str | None
    rates: int
    total: int
    """The sum of all amounts, in cents: another sum is another price."""

    @property
    def words(self) -> str:
        dated = f"of {self.updated_on}" if self.updated_on else "of an unknown date"
        return f"{self.rates:,} usable prices, {dated}"


def posted_changes(sides: Sides) -> list[Change]:
    """Tell every hospital whose posted prices differ; the amounts themselves `coe price` shows."""
    old, new = (_posted(side) for side in (sides.before, sides.after))
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        words = [each.words if each else None for each in (was, now)]
        why = "amounts differ" if was and now and words[0] == words[1] else None
        found.append(sides.change(key, "posted prices", words[0], words[1] or "none are left", why))
    return found


def _posted(side: Side) -> dict[str, _Posted]:
    where, values = (" WHERE facility_id = ?", (side.only,)) if side.only else ("", ())
    dated = dict(
        side.reader.rows(f"SELECT facility_id, max(updated_on) FROM price_file{where} GROUP BY facility_id", values)
    )
    kept = f"{where} AND refused IS NULL" if where else " WHERE refused IS NULL"
    rates = side.reader.rows(
        f"SELECT facility_id, count(*), coalesce(sum(amount_cents), 0) FROM posted_rate{kept} GROUP BY facility_id",
        values,
    )
    return {key: _Posted(dated.get(key), count, total) for key, count, total in rates}


def claims_changes(sides: Sides) -> list[Change]:
    """Tell every median that a plan paid and that differs."""
    old, new = (_paid(side) for side in (sides.before, sides.after))
    found = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            facility, procedure, program, setting = key
            about = f"paid by {program} for {catalog.load().get(procedure).name}, {setting}"
            found.append(sides.change(facility, about, old.get(key), new.get(key) or "no longer known"))
    return found


def _paid(side: Side) -> dict[tuple[str, str, str, str], str]:
    where, values = (" WHERE facility_id = ?", (side.only,)) if side.only else ("", ())
    rows = side.reader.rows(
        "SELECT facility_id, procedure, program, setting, median_cents, cases, period_end FROM paid_claims"
        f"{where} ORDER BY period_end",
        values,
    )
    return {
        (facility, procedure, program, setting): f"median {dollars(median)} of {cases:,} cases to {end}"
        for facility, procedure, program, setting, median, cases, end in rows
    }

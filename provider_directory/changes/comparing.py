"""Two editions compared at one date, group by group."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from provider_directory.changes.contracts import contract_changes
from provider_directory.changes.facilities import facility_changes
from provider_directory.changes.makeup import reference_changes, source_changes
from provider_directory.changes.prices import claims_changes, posted_changes
from provider_directory.changes.public_states import state_changes
from provider_directory.changes.sides import Sides
from provider_directory.changes.tiers import tier_changes
from provider_directory.changes.values import Change, ChangeGroup, ComparedEdition, EditionDiff
from provider_directory.edition.reader import EditionReader

_GROUPS: tuple[tuple[str, str, Callable[[Sides], list[Change]]], ...] = (
    ("facilities", "Facilities opened, closed or renamed", facility_changes),
    ("contracts", "Contracts", contract_changes),
    ("public_states", "Public check", state_changes),
    ("tiers", "Quality score", tier_changes),
    ("posted_prices", "Posted prices", posted_changes),
    ("paid_claims", "Paid by a plan", claims_changes),
    ("sources", "Sources", source_changes),
    ("reference", "Reference and rules", reference_changes),
)


def compare_editions(before: Path, after: Path, on: date, facility: str | None = None) -> EditionDiff:
    """Tell what differs between two editions, both judged on one date; with ``facility`` (id or CCN) of it alone.

    Raises EditionProblem for a file that is no edition of this schema, UnknownFacility where neither has it.
    """
    with closing(EditionReader(before)) as old, closing(EditionReader(after)) as new:
        same = old.name == new.name
        sides = Sides(old, new, on, facility)
        groups = [] if same else [(key, title, _first_things_first(find(sides), sides)) for key, title, find in _GROUPS]
        return EditionDiff(
            before=_edition(old),
            after=_edition(new),
            on=on,
            facility=sides.after.only,
            same_content=same,
            groups=tuple(
                ChangeGroup(id=key, title=title, changes=changes) for key, title, changes in groups if changes
            ),
        )


def _first_things_first(changes: list[Change], sides: Sides) -> tuple[Change, ...]:
    """Put what is about the edition first, then facilities under contract, else as found."""
    named = sides.under_contract
    return tuple(sorted(changes, key=lambda each: each.facility_id is not None and each.facility_id not in named))


def _edition(reader: EditionReader) -> ComparedEdition:
    return ComparedEdition(
        name=reader.name, demonstration=reader.demonstration, release=reader.meta.get("release") or None
    )

"""The difference of two editions as values; the wire format of `coe edition diff --json`."""

from __future__ import annotations

from datetime import date

from provider_directory.models import Value


class Change(Value):
    """One thing that is otherwise: what it was, what it is, why, and all of it as one sentence."""

    facility_id: str | None
    """None = it is about the edition as a whole."""
    facility: str | None
    about: str
    """What changed: a criteria set, a profile, an alliance's contract, a source."""
    before: str | None
    """None = it was not there."""
    after: str | None
    """None = it is gone."""
    why: str | None
    """None = no reason is known beyond the change itself."""
    sentence: str


class ChangeGroup(Value):
    """Changes of one kind."""

    id: str
    title: str
    changes: tuple[Change, ...]


class ComparedEdition(Value):
    """One of the two editions."""

    name: str
    demonstration: bool
    release: str | None


class EditionDiff(Value):
    """Answer of `coe edition diff A B`; groups without a change are left out."""

    before: ComparedEdition
    after: ComparedEdition
    on: date
    """The date on which both are judged."""
    facility: str | None
    """The one facility that was asked about; None = all."""
    same_content: bool
    groups: tuple[ChangeGroup, ...]

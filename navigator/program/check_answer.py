"""What `coe program check` answers: all that is wrong with a program file, and where (`coe schema program-check`)."""

from __future__ import annotations

from typing import Literal

from provider_directory.models import Value


class ProgramFinding(Value):
    """One thing to mend (error) or to look at (alert)."""

    code: str
    where: str
    """E.g. "line 14" or "sheet Rules, cell C4"; the place in words where neither is known."""
    line: int | None
    """Of a TOML file, from 1."""
    sheet: str | None
    cell: str | None
    place: str
    """As people count, e.g. "rule 2, travel 1, min_miles"."""
    found: str
    expected: str
    next_step: str


class ProgramCheck(Value):
    """A program file held against its form, the catalog, the law and the edition in use."""

    file: str
    valid: bool
    """False where there is an error; alerts do not matter to it."""
    program: str | None
    employer: str | None
    plan_year: int | None
    version: str | None
    rules: int
    plan_options: int
    questions: int
    alliances_checked: Literal["yes", "no_edition", "not_read"]
    """Whether the alliances were looked for in the contracts of an edition; not_read: the file cannot be read."""
    errors: tuple[ProgramFinding, ...]
    alerts: tuple[ProgramFinding, ...]

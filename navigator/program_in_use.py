"""What a screen needs of an employer's program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypedDict


class ProgramInUse(Protocol):
    """An employer's program, as the app is given it."""

    @property
    def id(self) -> str: ...
    @property
    def employer(self) -> str: ...
    @property
    def alliances(self) -> Sequence[str]: ...
    @property
    def plan_year(self) -> int: ...
    @property
    def payer(self) -> str | None: ...
    @property
    def plan(self) -> str | None: ...
    @property
    def far_from_contract(self) -> Sequence[tuple[str, str]]: ...
    @property
    def file(self) -> Path | None: ...


class AskedFor(TypedDict):
    """What a program adds to a question to the directory."""

    program: str | None
    alliances: tuple[str, ...]
    payer: str | None
    plan: str | None


def asked_for(program: ProgramInUse | None) -> AskedFor:
    """Give what a program adds to a question; without one no contract counts (CONTRACT 3)."""
    if program is None:
        return {"program": None, "alliances": (), "payer": None, "plan": None}
    return {
        "program": program.id,
        "alliances": tuple(program.alliances),
        "payer": program.payer,
        "plan": program.plan,
    }

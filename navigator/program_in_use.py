"""What a screen needs of an employer's program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


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

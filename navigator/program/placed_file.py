"""The content of a program file of any form, and where each of its values stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from navigator.program.reading_table import Place

if TYPE_CHECKING:
    from navigator.program.reading_table import Finding


class Where(NamedTuple):
    """Where a value stands in its file; None = the form of the file does not tell."""

    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def words(self) -> str:
        """E.g. "line 14" or "sheet Rules, cell C4"; "" where nothing is known."""
        if self.sheet:
            return f"sheet {self.sheet}, cell {self.cell}" if self.cell else f"sheet {self.sheet}"
        return f"line {self.line}" if self.line else ""


@dataclass(frozen=True)
class OpenedFile:
    """The content of a program file with its SHA-256 and the place of every value."""

    content: Mapping[str, object]
    sha256: str
    where: Callable[[Place], Where]
    findings: tuple[tuple[Finding, Where], ...] = ()
    """What is wrong with the form of a workbook itself."""

"""One page as data: the facts of a letter in reading order, before it is laid out or written as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from navigator.languages.translating import Language

Area = Literal["top", "left", "right", "wide"]
"""Where a section stands: above the fold, in one of two columns, or below both over the whole width."""


@dataclass(frozen=True)
class Lines:
    """Sentences or short lines, one below the other."""

    lines: tuple[str, ...]
    strong: bool = False
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class Facts:
    """What something is, each with its name before it."""

    rows: tuple[tuple[str, str], ...]
    wide: bool = False
    """The names are days, and lead."""
    strong: bool = False
    """The values are looked for first."""
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Points:
    """A list of points; numbered where their order counts."""

    points: tuple[str, ...]
    numbered: bool = False
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class SideBySide:
    """Two or three things side by side: a name for each column, then rows of what each is."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    strong: str
    """The row that is looked for first, by its name."""
    kind: Literal["side_by_side"] = "side_by_side"


Part = Lines | Facts | Points | SideBySide


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    area: Area
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Page:
    """All that stands on one page; no field is ever read as anything but text."""

    language: Language
    on: date
    day: str
    """``on`` as it is written; "" where another sentence says it."""
    subject: str
    """Title of the document; names nobody and no procedure, for it stands in window titles and lists of files."""
    sender: tuple[str, ...]
    to: tuple[str, ...]
    """Name and address for an envelope's window, and nothing else."""
    number: str | None
    spelled: str | None
    number_label: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    proof: tuple[str, ...]
    """Edition, hashes: by what the page can be held against what is kept."""
    demonstration: str | None
    watermark: str | None
    qr_words: str | None = None
    """What the QR code is, for who does not see it."""

"""What a page of the kiosk is made of: its tiles, its box, its lines, and the tiles that every foot has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from navigator.kiosk.flow import Act
from navigator.languages.translating import Translator

Box = Literal["", "words", "zip"]
Picture = Literal["", "phone", "ticket"]
KEY_OF_START = "0"
KEY_OF_START_IN_A_BOX = "F9"
"""Where digits are typed, 0 is one of them."""


@dataclass(frozen=True)
class TileWords:
    """One tile: the key that presses it ("" = none, "Enter"), what it does, and its lines, the first in bold."""

    key: str
    act: Act
    lines: tuple[str, ...]
    leads: bool = False
    """The way on, drawn so that it is seen first."""


@dataclass(frozen=True)
class KioskPage:
    """One page as it is shown."""

    title: str
    lines: tuple[str, ...] = ()
    tiles: tuple[TileWords, ...] = ()
    foot: tuple[TileWords, ...] = ()
    columns: int = 1
    box: Box = ""
    typed: str = ""
    hint: str = ""
    letters: tuple[str, ...] = ()
    """Rows of keys to be touched."""
    picture: Picture = ""
    fault: str = ""


def to_back(say: Translator) -> TileWords:
    """Give the tile that goes back a page."""
    return TileWords("Esc", Act("back"), (say("Back"),))


def to_start(say: Translator, leads: bool = False, key: str = KEY_OF_START) -> TileWords:
    """Give the tile that clears everything; ``leads``: nothing else leads on from here."""
    return TileWords(key, Act("again"), (say("Start over"),), leads)


def go_on(say: Translator) -> TileWords:
    """Give the tile that takes what stands in the box."""
    return TileWords("Enter", Act("enter"), (say("Go on"),), leads=True)

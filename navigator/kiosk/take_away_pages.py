"""The pages on which a visitor takes the answer along: a ticket, a code for a phone, a printed page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from navigator.kiosk.flow import Act, Flow
from navigator.kiosk.page import KioskPage, TileWords, to_back
from navigator.languages.translating import Translator
from navigator.ticket import grouped

if TYPE_CHECKING:
    from navigator.kiosk.site import KioskSite


def take_page(say: Translator, prints: bool, draws: bool) -> KioskPage:
    """Give the ways to take an answer along. ``prints``: there is a printer, ``draws``: codes can be drawn."""
    ways: list[tuple[Act, tuple[str, ...]]] = [
        (Act("ticket"), (say("A ticket"), say("A navigator can continue from it.")))
    ]
    if draws:
        ways.append((Act("phone"), (say("On my phone"), say("Its camera reads a code."))))
    if prints:
        ways.append((Act("print"), (say("On paper"), say("One page, printed now."))))
    tiles = tuple(TileWords(str(number), act, lines) for number, (act, lines) in enumerate(ways, 1))
    return KioskPage(
        title=say("What will you take with you?"),
        tiles=tiles,
        foot=(to_back(say), *_finish(say)),
    )


def _finish(say: Translator) -> tuple[TileWords, ...]:
    return (TileWords("9", Act("again"), (say("Done"),), leads=True),)


def phone_page(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    """Give the page whose picture a phone reads."""
    return KioskPage(
        title=say("Point your phone's camera here."),
        lines=(say("It is plain text: no page is opened, and nobody is told."),),
        foot=(to_back(say), *_finish(say)),
        picture="phone",
    )


def ticket_page(say: Translator, flow: Flow, site: KioskSite, now: datetime) -> KioskPage:
    """Give the ticket, and where the desk is reached; without a ZIP there is none."""
    from navigator.kiosk import said

    code = flow.answered.ticket(flow.language) if flow.answered else None
    if code is None:
        lines: tuple[str, ...] = (say("A ticket needs a ZIP: go back to the place, and type your ZIP."),)
    else:
        lines = (
            grouped(code),
            say("Write it down, or photograph it. It holds no name."),
            *said.desk_lines(say, site.desk, now),
        )
    return KioskPage(
        title=say("Your ticket"),
        lines=lines,
        foot=(to_back(say), *_finish(say)),
        picture="ticket" if code else "",
    )


def printed_page(say: Translator, flow: Flow, site: KioskSite, now: datetime) -> KioskPage:
    """Say that the page comes out of the printer."""
    from navigator.kiosk import said

    return KioskPage(
        title=say("Your page is being printed."),
        lines=(say("Take it with you: it stays nowhere else."), *said.desk_lines(say, site.desk, now)),
        foot=(to_back(say), *_finish(say)),
    )

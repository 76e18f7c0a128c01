"""What can be asked of the centers that were said: the menu."""

from __future__ import annotations

from typing import Literal, NamedTuple

from navigator.languages.translating import to_say
from navigator.line_mode.answers import Answered
from navigator.line_mode.state import PageKind

Act = Literal["more", "center", "pair", "page", "place", "language", "new", "quit"]


class Item(NamedTuple):
    """One line of the menu; ``act``: what it begins, ``page``: what is said in the end."""

    words: str
    act: Act
    page: PageKind = "none"


MOST_CENTERS = 12
"""A voice says no more of them; a screen is better then."""
MORE = Item(to_say("More centers"), "more")
WHY = Item(to_say("Why a center is named here"), "center", "why")
COMPARE = Item(to_say("Compare two centers"), "pair", "compare")
PRICE = Item(to_say("The price"), "center", "price")
RULE = Item(to_say("What the rule of your plan says"), "center", "rule")
SLOW = Item(to_say("Say a center again slowly, with its phone digit by digit"), "center", "slow")
CENTERS = Item(to_say("Say all centers again"), "page", "centers")
PLACE = Item(to_say("Another place"), "place")
SHEET = Item(to_say("A sheet to take away"), "page", "sheet")
TICKET = Item(to_say("A ticket for a navigator"), "page", "ticket")
LANGUAGE = Item(to_say("En español"), "language")
NEW = Item(to_say("A new question"), "new")
QUIT = Item(to_say("Quit"), "quit")


def items(answered: Answered) -> tuple[Item, ...]:
    """Give the menu for an answer; what would say nothing is left out."""
    if not answered.offer.centers:
        return (PLACE, TICKET, LANGUAGE, NEW, QUIT)
    count = len(answered.offer.centers)
    more = (MORE,) if count == answered.asked.limit < MOST_CENTERS else ()
    compare = (COMPARE,) if count > 1 else ()
    rule = (RULE,) if any(answered.rules) else ()
    return (WHY, *more, *compare, PRICE, *rule, SLOW, CENTERS, PLACE, SHEET, TICKET, LANGUAGE, NEW, QUIT)

"""The price ladder of one center: every price that was weighed, the chosen one first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from navigator.actions import PRICE_ACTIONS, bindings
from navigator.screens.ladder import LadderScreen
from navigator.screens.price_rungs import DETAIL_INDENT, price_rungs

if TYPE_CHECKING:
    from provider_directory.models import PriceLadder


class PriceScreen(LadderScreen):
    """Opens on the price with its reason; a digit goes to the candidate of that number and its source row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PRICE_ACTIONS)

    def __init__(self, ladder: PriceLadder, procedure_name: str) -> None:
        title = (("Price  ", "$muted"), (ladder.facility.name, "bold"), (f" · {procedure_name}", "$muted"))
        super().__init__(price_rungs(ladder), title, ladder.demonstration, DETAIL_INDENT)

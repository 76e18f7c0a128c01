"""The transfer card: whom to call, what to say first and then, what was sent, what the member knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator import letter_lookups
from navigator.actions import PAGE_ACTIONS, bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.letter_lookups import CardGathered
from navigator.messages import LookupFailed
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.packets.transfer import TransferCard

NAME_CELLS = 11


class TransferScreen(DeskScreen[None]):
    """Reads the card from the ledger; the center's clock is that of the moment in which it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE_ACTIONS)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        """Give title, card and keys."""
        yield Static(line(("Transfer  ", "bold"), (self._number, "bold $accent")), id="list-title")
        yield Notice(id="page-notice")
        with VerticalScroll(id="transfer", can_focus=True):
            yield HangingLines(NAME_CELLS, id="transfer-lines", labels=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one("#transfer").focus()
        letter_lookups.gather_card(self, self.desk.ledger, self._number)

    @on(CardGathered)
    def _show(self, event: CardGathered) -> None:
        event.stop()
        card = event.card
        if card.demonstration:
            title = line((f"{DEMONSTRATION}  ", "bold $warning"), ("Transfer  ", "bold"), (card.number, "bold $accent"))
            self.query_one("#list-title", Static).update(title)
        self.query_one(HangingLines).show(card_content(card))

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    @property
    def shown_number(self) -> str:
        """Give the number, for a note."""
        return self._number

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def card_content(card: TransferCard) -> list[Content]:
    """Give the card as lines with their names before them."""
    whom = "intake" if card.is_intake else "switchboard"
    standing = f"{card.local_time or 'the time zone is not known'}{f', {card.standing}' if card.hours else ''}"
    found = [
        _named("center", (card.center or "not named", "bold")),
        _named(whom, (card.phone or "not known", "bold $accent")),
        _named("", (card.phone_spelled or "", "$muted")),
        _named("there now", standing),
        _named("hours", card.hours or "not in the roster"),
        line(""),
        _named("say", (f"“{card.say_first}”", "bold")),
        line(""),
        _named("then", f"“{card.say_then}”"),
        line(""),
        *_listed("sent", card.sent, "nothing yet"),
        line(""),
        *_listed("was told", card.told, "nothing is noted"),
        *_listed("tell them", card.to_tell, ""),
        *(_listed("aloud", card.to_tell_aloud, "") if card.to_tell_aloud else ()),
    ]
    return [each for each in found if each.plain.strip() or each.plain == ""]


def _listed(name: str, lines: tuple[str, ...], none: str) -> list[Content]:
    return [_named(name if at == 0 else "", each) for at, each in enumerate(lines or (none,))]


def _named(name: str, words: str | tuple[str, str]) -> Content:
    return line((f"{name}{' ' * (NAME_CELLS - len(name))}", "$muted"), words)

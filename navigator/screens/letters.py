"""The letters of a referral: for the center and for the member, each as it goes onto paper.

Gives True where a try to send is to be written down: nothing counts as sent because it was printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import BindingType

from navigator import files_out, letter_lookups, take_away
from navigator.actions import LETTER_ACTIONS, PAPER_ACTIONS, bindings
from navigator.languages.translating import Language, language_of
from navigator.letter_lookups import CopyNoted, LettersGathered
from navigator.letters.e_mail import please_call
from navigator.letters.for_center import referral_letter
from navigator.letters.for_member import confirmation
from navigator.referral.number import spelled
from navigator.screens.paper import PaperScreen
from navigator.widgets.notice import Notice
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.letters.letter import Letter

Whom = Literal["center", "member"]
_TITLES: dict[Whom, str] = {"center": "Letter for the center", "member": "Confirmation for the member"}


class LettersScreen(PaperScreen[bool]):
    """Opens on the center's letter, or on the member's where nothing may go to the center."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*PAPER_ACTIONS, *LETTER_ACTIONS))

    def __init__(self, number: str) -> None:
        super().__init__("en")
        self._number = number
        self._whom: Whom = "center"
        self._gathered: LettersGathered | None = None

    def on_mount(self) -> None:
        """Read the referral."""
        super().on_mount()
        letter_lookups.gather(self, self.desk.ledger, self._number)

    @on(LettersGathered)
    def _show(self, event: LettersGathered) -> None:
        event.stop()
        self._gathered = event
        self.language = language_of(event.whole.referral.language)
        self._whom = "center" if event.center else "member"
        self._draw()

    def _draw(self) -> None:
        notice, gathered = self.query_one(Notice), self._gathered
        notice.clear()
        if self._whom == "member" and self.desk.caller_warning:
            notice.tell(self.desk.caller_warning)
        elif gathered and gathered.problem:
            notice.fail(gathered.problem)
        self.draw_letter()

    # -- what the paper asks ---------------------------------------------------------------------------------------

    @property
    def title_words(self) -> str:
        """Say whose letter this is."""
        return _TITLES[self._whom]

    @property
    def languages(self) -> tuple[Language, ...]:
        """Give both for the member; a center is written to in English."""
        return ("en", "es") if self._whom == "member" else ("en",)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the try to send of what goes to the member."""
        if action == "tried" and self._whom == "member":
            return False
        return super().check_action(action, parameters)

    def made(self) -> Letter | None:
        """Give the letter in hand; none of the member's while somebody speaks who may not hear of plan and cost."""
        gathered = self._gathered
        if gathered is None:
            return None
        if self._whom == "center":
            return referral_letter(gathered.center, gathered.whole.today) if gathered.center else None
        if self.desk.caller_warning:
            return None
        return confirmation(gathered.member, self.language, gathered.whole.today)

    def note_of(self, letter: Letter) -> letter_lookups.Noted | None:
        """Note in the audit that it leaves."""
        number, what = self._number, f"{self._whom} letter"

        def note(way: str) -> None:
            from navigator.ledger.exports import note_handed_out  # deferred: SQLAlchemy, with the ledger

            note_handed_out(self.desk.ledger(), what, way, number)

        return note

    def handed_out(self, way: str, letter: Letter | None) -> str:
        """Say that a letter for the center is not sent by this."""
        if self._whom == "member":
            return ""
        return f"Not counted as sent: {self.key('letter.tried')} writes down the try."

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_other_letter(self) -> None:
        """Show the other letter."""
        self._whom = "member" if self._whom == "center" else "center"
        self._draw()

    def action_copy_letter(self) -> None:
        """Copy it as text, for a portal or a secure e-mail; noted as what is printed is."""
        if self._letter and (note := self.note_of(self._letter)):
            self._going_out += 1
            letter_lookups.note_copy(self, self._letter, note)

    @on(CopyNoted)
    def _copy(self, event: CopyNoted) -> None:
        event.stop()
        self.copy(event.letter)

    def action_take_e_mail(self) -> None:
        """Copy the e-mail that asks for a call and names nothing."""
        if self._gathered is None:
            return
        referral, desk = self._gathered.whole.referral, self._gathered.whole.desk
        try:
            mail = please_call(referral.number, spelled(referral.number), self._whom, desk, self.language)
        except BadInput as problem:
            self.query_one(Notice).fail(problem)
            return
        self._copied = None
        self._going_out += 1
        take_away.copy(self, files_out.file_name("e-mail", referral.number), mail.text())

    def action_tried(self) -> None:
        """Go and write down a try to send."""
        self.dismiss(True)

"""A letter on the screen as it will be on paper; from here it is printed, saved or copied."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from navigator import letter_lookups, take_away
from navigator.actions import PAPER_ACTIONS, bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.languages.translating import Language
from navigator.letter_lookups import HandedOut, PrintersFound
from navigator.letters.letter import Letter
from navigator.messages import LookupFailed, TakenAway
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine
from navigator.widgets.letter_paper import LetterPaper
from navigator.widgets.notice import Notice

Result = TypeVar("Result")
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "es": "Spanish"}


class PaperScreen(DeskScreen[Result]):
    """Shows one letter at a time; what it is about, and what is noted when it leaves, say its children."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAPER_ACTIONS)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language: Language = language
        self._letter: Letter | None = None
        self._copied: Letter | None = None
        self._going_out = 0
        """How many copies, prints and files are on their way."""
        self._leaves_when_out = False

    def compose(self) -> ComposeResult:
        """Give title, paper and keys."""
        yield Static(id="paper-title")
        yield Notice(id="paper-notice")
        with VerticalScroll(id="paper", can_focus=True):
            yield LetterPaper(id="paper-page")
            yield HangingLines(id="paper-handling")
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys, which read on."""
        self.query_one("#paper").focus()

    # -- what a child says -----------------------------------------------------------------------------------------

    def made(self) -> Letter | None:
        """Give the letter in the language in hand; None while what it needs is being read."""
        raise NotImplementedError

    @property
    def title_words(self) -> str:
        """Say which paper this is."""
        raise NotImplementedError

    @property
    def languages(self) -> tuple[Language, ...]:
        """Give the languages in which there is this paper."""
        return ("en", "es")

    def note_of(self, letter: Letter) -> letter_lookups.Noted | None:
        """Give what is noted in the ledger before the letter leaves; None: it is about nobody."""
        return None

    def handed_out(self, way: str, letter: Letter | None) -> str:
        """Take it that a letter left by "save", "print" or "copy"; gives what is to be said beside that.

        It may be another one than is shown by now; None = not this paper.
        """
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what this paper does not have."""
        if action == "paper_language" and len(self.languages) < 2:
            return False
        return super().check_action(action, parameters)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def draw_letter(self) -> None:
        """Show the letter anew."""
        self._letter = self.made()
        self.query_one(LetterPaper).page = self._letter.page if self._letter else None
        self.query_one("#paper", VerticalScroll).scroll_home(animate=False)
        handling = self._letter.handling if self._letter else ()
        self.query_one(HangingLines).show([line(("! ", "$warning"), (each, "$muted")) for each in handling])
        self.refresh_bindings()
        page = self._letter.page if self._letter else None
        marked = (f"{DEMONSTRATION}  ", "bold $warning") if page and page.demonstration else ""
        spoken = f"  {LANGUAGE_NAMES[self.language]}" if len(self.languages) > 1 else ""
        beyond = f"   {self.key('paper.language')} changes it" if len(self.languages) > 1 else ""
        self.query_one("#paper-title", Static).update(
            line(marked, (self.title_words, "bold"), (spoken, "$accent"), (beyond, "$muted"))
        )

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_print_letter(self) -> None:
        """Print it, by a printer that is chosen where there are several and no command is set."""
        if self._letter and self.desk.settings.print_command:
            self._print(None)
        elif self._letter:
            letter_lookups.find_printers(self)

    @on(PrintersFound)
    def _choose_printer(self, event: PrintersFound) -> None:
        event.stop()
        if not self.is_active:
            return  # whoever went on presses again; nothing opens over another page
        if len(event.names) < 2:
            self._print(None)
            return
        from navigator.screens.pick import PickScreen  # deferred: only where there is a choice

        choices = [(name, name) for name in event.names]
        self.app.push_screen(PickScreen("Which printer?", choices, self.desk.printer), self._chose_printer)

    def _chose_printer(self, name: str | None) -> None:
        if name:
            self.desk.printer = name
            self._print(name)

    def _print(self, printer: str | None) -> None:
        if self._letter:
            note = self.note_of(self._letter)
            self._going_out += 1
            letter_lookups.send_to_printer(self, self._letter, self.desk.settings, printer, note)

    def action_save_letter(self) -> None:
        """Save it into the folder of what was taken away."""
        if self._letter and self.desk.taken_away:
            self._going_out += 1
            letter_lookups.save(self, self._letter, self.desk.taken_away, self.note_of(self._letter))

    def action_copy_letter(self) -> None:
        """Copy it as text."""
        if self._letter:
            self._going_out += 1
            self.copy(self._letter)

    def copy(self, letter: Letter) -> None:
        """Copy a letter as text, which was counted among what goes out."""
        self._copied = letter
        take_away.copy(self, letter.file_stem, letter.text())

    def action_paper_language(self) -> None:
        """Show it in the other language."""
        others = [each for each in self.languages if each != self.language]
        if others:
            self.language = others[0]
            self.draw_letter()

    @on(TakenAway)
    def _left(self, event: TakenAway) -> None:
        event.stop()
        way, letter = (event.way, event.letter) if isinstance(event, HandedOut) else ("copy", self._copied)
        beside = self.handed_out(way, letter)
        self.query_one(Notice).done(f"{event.words}. {beside}" if beside else event.words)
        self._is_out()

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)
        if event.about in ("hand out", "take away"):
            self._leaves_when_out = False  # what went wrong is read first
            self._is_out()

    def _is_out(self) -> None:
        self._going_out = max(self._going_out - 1, 0)
        if self._leaves_when_out and not self._going_out:
            self.dismiss()

    def action_back(self) -> None:
        """Go back, once what goes out is out and noted; pressed again at once, for a printer may hang."""
        if self._going_out and not self._leaves_when_out:
            self._leaves_when_out = True
            self.query_one(Notice).wait("Handing it out, then back")
            return
        self.dismiss()

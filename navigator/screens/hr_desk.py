"""The HR desk: the questions with a search over them, for one employer and site; a question opens its answer card."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from navigator import locations, lookups
from navigator.actions import HR_ACTIONS, bindings
from navigator.hr.questions import FACTS, HrQuestion, question_of, questions, search
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import LookupFailed
from navigator.program import sites
from navigator.program.model import Program, load_program
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.hr_answers import HrAnswered, answer
from navigator.screens.pick import PickScreen
from navigator.text import line, rows, spread
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import MarkedList
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox
from provider_directory.errors import BadInput, DirectoryError

if TYPE_CHECKING:
    from navigator.hr.card import AnswerCard
    from navigator.program_in_use import ProgramInUse

SEARCH_HINT = "Ask in your own words, e.g. is travel taxed"
NO_FACTS = "nothing else"
MOST_LETTERS = 200


class HrScreen(DeskScreen[None]):
    """Opens on all questions; typing narrows them, Enter answers the one in hand."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(HR_ACTIONS)

    class EmployersKnown(Message):
        """The program files of this machine were read."""

        def __init__(self, programs: tuple[Program, ...]) -> None:
            super().__init__()
            self.programs = programs

    class SitesKnown(Message):
        """The employer's list of sites was read."""

        def __init__(self, names: tuple[str, ...], program: ProgramInUse | None) -> None:
            super().__init__()
            self.names = names
            self.program = program

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[HrQuestion, ...] = questions()
        self._failure: DirectoryError | None = None

    def compose(self) -> ComposeResult:
        """Give whose desk it is, the search, the questions, and what the one in hand needs."""
        yield Static(id="hr-title")
        yield TextBox(id="hr-search", compact=True, placeholder=SEARCH_HINT, max_length=MOST_LETTERS)
        yield Notice(id="hr-notice")
        with Horizontal(id="hr-body"):
            yield MarkedList(id="hr-questions", compact=True)
            yield Static(id="hr-side")
        yield Static(id="hr-needs")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the keys into the search, and follow the edition: it opens after the first frame."""
        self._show(questions())
        self.query_one(Input).focus()
        self.watch(self.desk, "directory", self._opened)
        self.watch(self.desk, "opening", self._draw_notice, init=False)

    def _opened(self) -> None:
        self._draw_notice()
        self._draw_title()

    # -- whose desk ------------------------------------------------------------------------------------------------

    def _draw_title(self) -> None:
        program, edition = self.desk.program, self.desk.edition
        whose = f"{program.employer} · {program.plan_year}" if program else "no employer chosen"
        site = self.desk.hr_facts.get("place") or "no site chosen"
        left = line(("HR desk  ", "$muted"), (whose, "bold"), (f" · {site}", "$muted"))
        invented = edition is not None and edition.demonstration
        named = f"  edition {edition.name[:8]}" if edition and (self.has_class("-wide") or not invented) else ""
        right = line((DEMONSTRATION if invented else "", "bold $warning"), (named, "$muted"))
        self.query_one("#hr-title", Static).update(spread(left, right, max(self.size.width - 2, 20)))

    def on_resize(self) -> None:
        """Lay title and list out for another size."""
        self._draw_title()
        self.call_after_refresh(self._show, self._listed)

    def _draw_notice(self) -> None:
        """Say what keeps the desk from answering, or that no question is like the words."""
        notice, opening = self.query_one(Notice), self.desk.opening
        if self.desk.directory is not None:
            self._failure = None
        if self._failure is not None:
            notice.fail(self._failure)
        elif not self._listed:
            notice.tell("No question is like these words. Empty the box to see all.")
        elif self.desk.directory is None and opening is not None:
            notice.wait(*opening)
        else:
            notice.clear()
            self.say_what_is_left_out()

    def action_hr_employer(self) -> None:
        """Ask whose desk it shall be."""

        async def question() -> Message:
            return self.EmployersKnown(await asyncio.to_thread(_programs))

        lookups.ask(self, "hr employers", question)

    @on(EmployersKnown)
    def _pick_employer(self, event: EmployersKnown) -> None:
        if not self.is_active:
            return  # whoever went on presses again; nothing opens over another page
        by_id = {program.id: program for program in event.programs}
        if not by_id:
            self.query_one(Notice).fail(
                BadInput("There is no program file here.", f"Put one into {locations.programs()}.")
            )
            return

        def taken(program_id: str | None) -> None:
            if program_id and (not self.desk.program or program_id != self.desk.program.id):
                self.desk.program = by_id[program_id]
                self.desk.hr_facts.clear()
                self.query_one(Notice).clear()
                self._draw_title()

        choices = [(each.id, f"{each.employer}, plan year {each.plan_year}") for each in event.programs]
        current = self.desk.program.id if self.desk.program else None
        self.app.push_screen(PickScreen("Which employer?", choices, current), taken)

    def action_hr_site(self) -> None:
        """Ask from which site of the employer the questions come."""
        program = self.desk.program

        async def question() -> Message:
            file = program.file if program else None
            known = await asyncio.to_thread(sites.sites_of, file) if file else sites.NO_SITES
            return self.SitesKnown(tuple(site.name for site in known.sites), program)

        lookups.ask(self, "hr sites", question)

    @on(SitesKnown)
    def _pick_site(self, event: SitesKnown) -> None:
        if not self.is_active or event.program is not self.desk.program:
            return
        if not event.names:
            self.query_one(Notice).tell("This employer has no list of sites: give a ZIP or a city in the form.")
            return

        def taken(name: str | None) -> None:
            if name is not None:
                self.desk.hr_facts["place"] = name
                self._draw_title()

        names = [(name, name) for name in event.names]
        self.app.push_screen(PickScreen("Which site?", names, self.desk.hr_facts.get("place")), taken)

    # -- the questions ---------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._show(search(event.value))

    def _show(self, listed: tuple[HrQuestion, ...]) -> None:
        self._listed = listed
        shown = self.query_one(OptionList)
        shown.set_options(_options(listed, with_headings=not self.has_class("-low") and listed == questions()))
        shown.action_first()
        if not listed:
            self.query_one("#hr-needs", Static).update(line(""))
            self.query_one("#hr-side", Static).update(line(""))
        self._draw_notice()

    @on(OptionList.OptionHighlighted)
    def _say_needs(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is None:
            return
        question = question_of(event.option_id)
        needs = ", ".join(FACTS[name].lower() for name in question.needs) or NO_FACTS
        self.query_one("#hr-needs", Static).update(line(("Needs ", "$accent"), needs))
        may = ", ".join(FACTS[name].lower() for name in question.may)
        said = [line((question.ask, "bold")), line(""), line(("Needs  ", "$accent"), needs)]
        said += [line(("Takes along  ", "$accent"), may)] if may else []
        said += [line(""), line(("Also asked as", "$accent"))]
        self.query_one("#hr-side", Static).update(rows([*said, *(line((each, "$muted")) for each in question.words)]))

    def action_hr_move(self, by: int) -> None:
        """Move in the questions while the search has the keys."""
        shown = self.query_one(OptionList)
        for _step in range(abs(by)):
            if by > 0:
                shown.action_cursor_down()
            else:
                shown.action_cursor_up()

    @on(Input.Submitted)
    def _open_in_hand(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(OptionList).highlighted_option
        if chosen is not None and chosen.id is not None:
            self._open(question_of(chosen.id))

    @on(OptionList.OptionSelected)
    def _open_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self._open(question_of(event.option_id))

    def _open(self, question: HrQuestion) -> None:
        if self.desk.directory is None:
            self._draw_notice()
        elif question.facts:
            from navigator.screens.hr_form import HrFormScreen  # deferred: with the first question

            def answered(card: AnswerCard | None) -> None:
                self._draw_title()
                if card is not None:
                    self._show_card(question, card)

            self.app.push_screen(HrFormScreen(question), answered)
        else:
            self.query_one(Notice).wait("Looking it up")
            answer(self, question, {})

    @on(HrAnswered)
    def _answered(self, event: HrAnswered) -> None:
        event.stop()
        self._draw_notice()
        if self.is_active and event.program is self.desk.program:  # else another page is open, or another employer's
            self._show_card(event.question, event.card)

    def _show_card(self, question: HrQuestion, card: AnswerCard) -> None:
        from navigator.screens.hr_card import HrCardScreen  # deferred: the cards' models, after the first frame

        def left(again: bool | None) -> None:
            if again:
                self._open(question)

        self.app.push_screen(HrCardScreen(card, bool(question.facts)), left)

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        if self.desk.directory is None:
            self._failure = event.error
        self.query_one(Notice).fail(event.error)

    def action_back(self) -> None:
        """Go to the search for centers."""
        self.dismiss()


def _options(listed: tuple[HrQuestion, ...], with_headings: bool) -> list[Option]:
    """Give the questions, on a tall screen each group under its heading."""
    options, group = [], ""
    for each in listed:
        if with_headings and each.group != group:
            options += [Option(line(" "), disabled=True)] if group else []
            options.append(Option(line((each.group, "$accent")), disabled=True))
            group = each.group
        options.append(Option(line(("  " if with_headings else "", ""), each.ask), id=each.id))
    return options


def _programs() -> tuple[Program, ...]:
    """Read the programs of this machine; one that cannot be read is left out, `coe program check` names its faults."""
    found = []
    for file in sorted(locations.programs().glob("*.toml")):
        try:
            found.append(load_program(str(file), file.parent))
        except DirectoryError:
            continue
    return tuple(found)

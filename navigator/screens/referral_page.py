"""One referral: its number big and spelled, its state, what can be done now, what happened, and what it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator import referral_lookups
from navigator.actions import bindings
from navigator.days import day_words, short_day
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import LookupFailed, TakenAway
from navigator.referral.lifecycle import ENDED, WORDS, moves_from
from navigator.referral.number import spelled
from navigator.referral.record import missing
from navigator.referral.summary import text_lines
from navigator.referral.tasks import task_line
from navigator.referral_actions import NUMBER_ACTIONS, REFERRAL_ACTIONS
from navigator.referral_lookups import OfferShownAgain, ReferralShown
from navigator.screens import form_case
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows, safe, shortened
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import still_listed
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import steps_aloud
from navigator.widgets.row_list import RowList

if TYPE_CHECKING:
    from navigator.ledger.ledger import Ledger
    from navigator.referral.lifecycle import Transition
    from navigator.referral.making_moves import Told
    from navigator.referral.record import Referral
    from navigator.referral.tasks import Task


NEXT_CELLS = 6
"""Of "next: ", under which the dates hang."""


class Choice(NamedTuple):
    """One thing that can be done now, and how it is begun."""

    words: Content
    begin: Callable[[], None]


class ReferralPage(DeskScreen[None]):
    """Reads the referral from the ledger, so that what is shown is what was kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*REFERRAL_ACTIONS, *NUMBER_ACTIONS))

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._shown: ReferralShown | None = None
        self._choices: tuple[Choice, ...] = ()
        self._offer: tuple[str, ...] = ()
        self._writes = False
        """What was told last is being written down; nothing else is begun before it stands there."""

    def compose(self) -> ComposeResult:
        """Give number, what can be done, what is missing and the rest."""
        yield Static(id="page-number")
        yield HangingLines(NEXT_CELLS, id="page-next", labels=True)
        yield Notice(id="page-notice")
        yield RowList(id="page-steps", compact=True)
        with VerticalScroll(id="page", can_focus=True):
            yield Static(id="page-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys to what can be done."""
        self.query_one("#page-steps").focus()

    @on(ScreenResume)
    def _read(self) -> None:
        """Read it, and again after another screen lay over it: a form may have changed it."""
        referral_lookups.show(self, self.desk.ledger, self._number)

    @on(ReferralShown)
    def _show(self, event: ReferralShown) -> None:
        event.stop()
        self._shown, referral = event, event.referral
        form_case.taken_back(self.desk.call, referral)
        self.query_one("#page-number", Static).update(rows(_head(referral)))
        dates, aloud = _next_steps(event)
        self.query_one("#page-next", HangingLines).show(dates + aloud)
        self.set_class(bool(aloud), "-aloud")
        if event.said:
            self._writes = False
            self.query_one(Notice).done(event.said)
        elif warning := self.desk.caller_warning:
            self.query_one(Notice).tell(warning)
        before, self._choices = self._choices, tuple(self._what_can_be_done(event))
        if [choice.words for choice in before] != [choice.words for choice in self._choices]:
            steps = self.query_one("#page-steps", OptionList)
            cells = max(self.size.width - 5, 30)
            steps.set_options([Option(shortened(choice.words, cells)) for choice in self._choices])
            steps.highlighted = 0 if self._choices else None
        self._draw_lines()

    def _draw_lines(self) -> None:
        if shown := self._shown:
            self.query_one("#page-lines", Static).update(rows([*map(_indented, self._offer), *_lines(shown)]))

    def _what_can_be_done(self, shown: ReferralShown) -> list[Choice]:
        referral = shown.referral
        found = [Choice(_task_words(task, shown), self._finishing(task)) for task in shown.tasks]
        if referral.state == "draft":
            form = line(("→ ", "$accent"), "go on with the form")
            found.append(Choice(form, partial(self.desk.open_draft, referral)))
        if referral.state == "requested" and referral.may_go_on:
            found.append(Choice(line(("→ ", "$accent"), "another try to send"), self._deliver))
        for move in moves_from(referral.state, referral.held_from):
            if move.to == "requested" and not referral.may_go_on:
                continue
            words = line(("→ ", "$accent"), WORDS[move.to], (f"   {move.trigger}; by the {move.actor}", "$muted"))
            found.append(Choice(words, self._moving(move)))
        if referral.consent and referral.consent.stands and referral.state not in ENDED:
            words = line(("⊘ ", "$warning"), "the member takes the consent back")
            found.append(Choice(words, self._take_consent_back))
        if referral.owner != shown.me:
            found.append(
                Choice(line(("⇄ ", "$accent"), f"take it over from {referral.owner or 'nobody'}"), self._take_over)
            )
        return found

    # -- what is done ----------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _begin(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._writes:
            self.query_one(Notice).wait("Writing it down")
        elif still_listed(event) and self.is_active:  # a second click finds the question that the first one opened
            self._choices[event.option_index].begin()

    def _moving(self, move: Transition) -> Callable[[], None]:
        def begin() -> None:
            from navigator.screens.referral_step import move_screen  # deferred: only where something is done

            if shown := self._shown:
                form = move_screen(shown.referral, move, shown.gates_not_yet, shown.next_route, shown.safety_checked)
                self.app.push_screen(form, made)

        def made(told: Told | None) -> None:
            if told is not None:
                self._change(lambda ledger: _move(ledger, self._number, move, told))

        return begin

    def _deliver(self) -> None:
        from navigator.referral.delivery import Delivery, try_line
        from navigator.screens.referral_step import try_screen

        def tried(delivery: Delivery | None) -> None:
            def keep(ledger: Ledger) -> str:
                from navigator.ledger import following  # deferred: SQLAlchemy, with the ledger

                assert delivery is not None  # noqa: S101 - asked below; tells the type
                signed = delivery.model_copy(update={"at": ledger.store.now(), "by": ledger.store.by})
                following.deliver(ledger, self._number, signed)
                return f"Written down: {try_line(signed)}."

            if delivery is not None:
                self._change(keep)

        if shown := self._shown:
            self.app.push_screen(try_screen(self._number, shown.next_route, shown.referral.demonstration), tried)

    def _finishing(self, task: Task) -> Callable[[], None]:
        def begin() -> None:
            from navigator.screens.ask import AskScreen

            beside = "The number of the authorization." if task.kind == "authorization" else "May stay empty."
            self.app.push_screen(AskScreen(f"Done: {task_line(task)}. What came of it?", beside), done)

        def done(outcome: str | None) -> None:
            if outcome is not None:
                self._change(lambda ledger: _finish(ledger, task, outcome))

        return begin

    def _take_consent_back(self) -> None:
        from navigator.screens.ask import AskScreen

        def taken(said: str | None) -> None:
            def take(ledger: Ledger) -> str:
                from navigator.ledger import following

                referral = following.take_back_consent(ledger, self._number, said)
                before = "; ".join(referral.consent.disclosed) if referral.consent else ""
                return f"The consent is taken back: nothing more is sent. Disclosed before: {before or 'nothing'}."

            if said is not None:
                self._change(take)

        self.app.push_screen(AskScreen("The member takes the consent back. What was said?", "May stay empty."), taken)

    def _take_over(self) -> None:
        from navigator.screens.ask import AskScreen

        def taken(reason: str | None) -> None:
            def take(ledger: Ledger) -> str:
                from navigator.ledger import following

                return f"Followed by {following.take_over(ledger, self._number, reason or '').owner} now."

            if reason is not None:
                self._change(take)

        self.app.push_screen(AskScreen("Why do you take it over?", "It is kept as a note."), taken)

    def _change(self, work: Callable[[Ledger], str]) -> None:
        self.query_one(Notice).clear()
        self._writes = True
        referral_lookups.change(self, self.desk.ledger, self._number, work)

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        if event.about == "change":
            self._writes = False
        self.query_one(Notice).fail(event.error)

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begin what is in hand, by whatever key that is."""
        self.query_one("#page-steps", OptionList).action_select()

    def action_offer_again(self) -> None:
        """Show what was shown when the center was chosen, or hide it again."""
        if warning := self.desk.caller_warning:  # what was shown holds plan and cost
            self.query_one(Notice).tell(warning)
        elif self._offer:
            self._offer = ()
            self._draw_lines()
        else:
            referral_lookups.show_offer(self, self.desk.ledger, self._number)

    @on(OfferShownAgain)
    def _show_offer(self, event: OfferShownAgain) -> None:
        event.stop()
        if event.lines is None:
            self.query_one(Notice).tell("No offer is kept with it: no center is chosen yet.")
            return
        self._offer = event.lines
        self._draw_lines()
        self.query_one("#page").scroll_home(animate=False)
        self.query_one("#page").focus()

    def action_letters(self) -> None:
        """Show the letters for center and member; whoever sent one goes on to write down the try."""
        from navigator.screens.letters import LettersScreen  # deferred: the letters' texts

        self.app.push_screen(LettersScreen(self._number), lambda tried: self._write_down_try() if tried else None)

    def _write_down_try(self) -> None:
        if self._shown is None:
            return
        state = self._shown.referral.state
        sending = next((move for move in moves_from(state, None) if (state, move.to) == ("draft", "requested")), None)
        (self._moving(sending) if sending else self._deliver)()

    def action_transfer(self) -> None:
        """Show the card for handing the caller over to the center."""
        from navigator.screens.transfer_card import TransferScreen  # deferred: as above

        self.app.push_screen(TransferScreen(self._number))

    @property
    def shown_number(self) -> str:
        """Give the number, for a note."""
        return self._number

    def action_take_number(self) -> None:
        """Copy the number; nothing else of a referral leaves the screen."""
        from navigator import files_out, take_away  # deferred: not needed to read

        spoken = f"{self._number}\nsay: {spelled(self._number)}\n"
        take_away.copy(self, files_out.file_name("referral", self._number), spoken)

    @on(TakenAway)
    def _say_where(self, event: TakenAway) -> None:
        self.query_one(Notice).done(event.words)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def _move(ledger: Ledger, number: str, move: Transition, told: Told) -> str:
    from navigator.ledger import following  # deferred: SQLAlchemy, with the ledger

    signed = told.delivery and told.delivery.model_copy(update={"at": ledger.store.now(), "by": ledger.store.by})
    moved = following.move(ledger, number, move.to, told._replace(delivery=signed))
    return f"Now: {WORDS[moved.state]}."


def _finish(ledger: Ledger, task: Task, outcome: str) -> str:
    from navigator.ledger import following  # deferred: as above

    proposes = following.finish_task(ledger, task.id, outcome).proposes
    return "Done." + (f" Likely next: {WORDS[proposes]}." if proposes else "")


def _head(referral: Referral) -> list[Content]:
    marked = (f"   {DEMONSTRATION}" if referral.demonstration else "", "bold $warning")
    held = f" (was: {WORDS[referral.held_from]})" if referral.held_from else ""
    return [
        line((" ".join(referral.number), "bold $accent")),
        line(("say: ", "$muted"), spelled(referral.number)),
        line(("state: ", "$muted"), WORDS[referral.state], held, marked),
    ]


def _next_steps(shown: ReferralShown) -> tuple[list[Content], list[Content]]:
    """Say the next dates and who calls whom, as they are told to the member; then the same in the member's language."""
    found = []
    for number, step in enumerate(shown.next_steps):
        label = ("next: " if number == 0 else "      ", "$accent" if number == 0 else "")
        found.append(line(label, ("▲ late, ", "$warning") if step.late else "", step.words))
    if not found:
        return [line(("next: ", "$accent"), ("nothing more is owed", "$muted"))], []
    return found, steps_aloud(shown.next_steps, shown.referral.language)


def _task_words(task: Task, shown: ReferralShown) -> Content:
    late = task.due_on < shown.today
    day = "today" if task.due_on == shown.today else short_day(task.due_on)
    mark = (f"▲ {day}  ", "bold $error") if late else (f"○ {day}  ", "$warning")
    return line(mark, task_line(task))


def _lines(shown: ReferralShown) -> list[Content]:
    referral = shown.referral
    waiting = [entry.partition(": ")[2] for entry in missing(referral)] if referral.state == "draft" else []
    waiting += shown.owed_by_call
    found: list[Content] = []
    if referral.state == "draft":
        found.append(
            safe(f"Missing before it may be sent: {len(waiting)}" if waiting else "Nothing is missing", "bold")
        )
        found += [line(("○ ", "$warning"), entry) for entry in waiting]
    found += [line(("Not yet: ", "$warning"), gate) for gate in shown.gates_not_yet]
    found += [line(("wait here: ", "$muted"), wait) for wait in shown.waits]
    found.append(line(("followed by: ", "$muted"), _owner(referral)))
    if referral.authorization_number:
        found.append(line(("authorization: ", "$muted"), referral.authorization_number))
    for text in text_lines(referral):
        if (
            text.startswith(("DEMONSTRATION", "Referral ", "State:", "Missing", "Nothing is missing"))
            or text in waiting
        ):
            continue
        name, colon, rest = text.partition(": ")
        found.append(line((f"{name}{colon}", "$muted"), rest))
    found.append(safe("What happened", "bold"))
    found += map(_indented, shown.history)
    return found


def _owner(referral: Referral) -> str:
    away = f", away until {day_words(referral.away_until)}" if referral.away_until else ""
    return f"{referral.owner or 'nobody'}{away}"


def _indented(text: str) -> Content:
    inner = text.lstrip(" ")
    return line(" " * (len(text) - len(inner)), inner)

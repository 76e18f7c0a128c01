"""The call: words, place, radius, order, and under them the choices or the offer with its cards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import var
from textual.widgets import ContentSwitcher, Input

from navigator import lookups
from navigator.actions import CALL_ACTIONS, bindings
from navigator.keymap import keys_in_force
from navigator.messages import LookupFailed, OfferFound, PlaceFound, ProceduresFound
from navigator.screens.call_keys import CallKeys
from navigator.screens.call_state import CallState
from navigator.widgets import phrases
from navigator.widgets.call_boxes import CallBoxes
from navigator.widgets.call_header import CallHeader, quality_figures_to
from navigator.widgets.choice_list import ChoiceList
from navigator.widgets.heard_row import HeardRow
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import WAIT_SHOWS_AFTER, Notice
from navigator.widgets.start_panel import StartPanel
from navigator.widgets.stepper import Stepper

if TYPE_CHECKING:
    from navigator.case.speaker import Reach
    from navigator.keeping import Kept
    from navigator.program.member import MemberFacts
    from navigator.screens.offer_part import OfferPart
    from provider_directory.directory import Directory
    from provider_directory.errors import DirectoryError
    from provider_directory.models import Procedure, ProcedureAnswer, Sort


class CallScreen(CallKeys):
    """One call from words to the center that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CALL_ACTIONS)
    state: var[CallState] = var(CallState(), init=False)  # reactive() would draw the whole screen at every change

    def __init__(self, taken: Kept | None = None) -> None:
        """Take the case that was put aside; None begins an empty call."""
        super().__init__(taken)
        self._began: float | None = None
        self._answer: tuple[ProcedureAnswer, tuple[Procedure, ...]] | None = None
        self._go_on_when_sure = False
        self._waiting = ""
        self._is_restored = False
        """What the case asked is asked again, and not answered yet."""
        self._place_entered = ""
        """What stood in the box of the place as Enter was pressed there."""

    def compose(self) -> ComposeResult:
        """Give header, boxes, the line of what was heard, the notice, and one of start, choices and offer."""
        yield CallHeader(self._seconds, self.desk.today, id="header")
        yield CallBoxes(self.desk.settings.miles, lookups.MOST_LETTERS)
        yield HeardRow()
        yield Notice(id="notice")
        with ContentSwitcher(id="main", initial="start"):
            yield StartPanel(id="start")
            yield ChoiceList(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin the call's clock and fill in what the app knows."""
        self._began = self.desk.clock()
        self.set_reactive(CallScreen.state, CallState(miles=float(self.desk.settings.miles)))
        program = self.desk.program
        header = self.query_one(CallHeader)
        header.title = program.employer if program else self.desk.mode.title
        header.plan = program.plan_year if program else None
        header.shows_member = self.desk.mode.shows_member_data
        start = self.query_one(StartPanel)
        start.may_refer = self.desk.mode.may_refer
        start.keys = (self.key("offer.evidence"), self.key("offer.refer"))
        start.problems = self.desk.setting_problems
        if not self.about:  # else letters are keys, as after the reason was given
            self.query_one("#words").focus()
        self.call_after_refresh(self._add_offer)
        self.begin_case()
        self.watch(self.app, "directory", self._directory_changed)
        self.watch(self.app, "opening", self._opening_changed)
        self.watch(self.app, "another_edition", self._another_edition_seen)
        self.say_what_is_taken()

    async def _add_offer(self) -> None:
        """Add the part with the most widgets after the first frame, which needs none of them."""
        from navigator.screens.offer_part import OfferPart  # deferred: 67 ms before the first frame

        offer = OfferPart(id="offer")
        if self.is_attached and self.is_running:  # left before the first frame was over
            await self.query_one("#main", ContentSwitcher).add_content(offer)
            if self._taken and self.case and (need := self.case.need):
                self.set_reactive(CallScreen.state, self.state.resumed(self.case))
                self._is_restored = True
                self.restore(need.procedure_name, need.place or "")
                if self.case.offer:
                    self.look_again(self.case.offer)

    @property
    def _offer_part(self) -> OfferPart:
        return cast("OfferPart", self.query_one("#offer"))

    def _seconds(self) -> float:
        return 0.0 if self._began is None else self.desk.clock() - self._began

    def _another_edition_seen(self, there_is: bool) -> None:
        new_call = next(action for action in CALL_ACTIONS if action.id == "call.new")
        self.query_one(CallHeader).newer = keys_in_force(new_call, self.desk.keymap) if there_is else ""

    def _opening_changed(self, opening: tuple[str, float] | None) -> None:
        notice = self.query_one(Notice)
        if opening and self.desk.directory is None:
            notice.wait(*opening)

    def _directory_changed(self, directory: Directory | None) -> None:
        edition = self.desk.edition
        if directory is None or edition is None:
            return
        header = self.query_one(CallHeader)
        header.demonstration = edition.demonstration
        header.edition = edition.name
        header.release = edition.release or ""
        header.figures_to = quality_figures_to(edition)
        self.query_one(StartPanel).edition = edition
        self.query_one(Notice).clear()
        if words := self.query_one("#words", Input).value.strip():
            lookups.search_procedures(self, directory, words)
        place = self.query_one("#place", Input)
        if not place.has_focus or place.value == self._place_entered:  # else it is still being typed
            self._locate()

    def watch_state(self, before: CallState, now: CallState) -> None:
        """Draw what changed; load the offer when its question changed."""
        if before.procedure != now.procedure:
            self.query_one(HeardRow).show(now.procedure)
        if (before.procedure, before.place) != (now.procedure, now.place) and not self.query_one("#words").has_focus:
            self._settle_need()  # words that are still being typed are no need yet
        self.note_rule(before, now)
        if before.member != now.member:
            self.query_one(CallHeader).member = now.member or ""
        asked = now.asks(self.desk.today(), self.desk.program, self.desk.mode.shows_contract_price)
        if asked is None:
            return
        if asked != before.asks(self.desk.today(), self.desk.program, self.desk.mode.shows_contract_price):
            self._wait("Looking for centers")
            if directory := self.desk.directory:
                program = self.desk.program if now.tells_cost else None
                lookups.find_centers(self, directory, asked, program, now.procedure, now.facts_told)

    @on(Input.Blurred, "#words")
    def _settle_need(self) -> None:
        if procedure := self.state.procedure:
            self.note_need(self.state.words, procedure, self.state.place_label or None)

    @property
    def _shows_centers(self) -> bool:
        return self.query_one("#main", ContentSwitcher).current == "offer"

    def _show(self, part: str) -> None:
        self.query_one("#main", ContentSwitcher).current = part

    def _wait(self, words: str) -> None:
        self._waiting = words
        self.set_timer(WAIT_SHOWS_AFTER, lambda: self._still_waiting(words))

    def _still_waiting(self, words: str) -> None:
        if self._waiting == words:
            self.query_one(Notice).wait(words)

    def _answered(self) -> None:
        self._waiting = ""
        self.query_one(Notice).clear()
        self.say_what_is_left_out()

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self._answered()
        if event.about == "place":
            if self.query_one("#place", Input).value.strip() != event.subject:
                return  # another place is being typed
            # No center of another place may stand beside a place that is not known.
            self.state = replace(
                self.state, place_text=event.subject, place=None, recover_at=None, offer=None, question=None
            )
        if event.about in ("place", "offer") and self.state.offer is None and self._shows_centers:
            self._show("start")
        if event.about == "place" and event.error.choices:
            self._ask_place(event.error)
            return
        self.query_one(Notice).fail(event.error)

    @on(Input.Changed, "#words")
    def _words_changed(self, event: Input.Changed) -> None:
        from navigator.case.safety import speaks_of_suicide  # deferred: its words are read at the first key

        words = "" if speaks_of_suicide(event.value) else event.value.strip()
        self.state = replace(self.state, words=words)
        self._answer = None
        if not words:
            self.state = self.state.with_procedure(None)
            self._show("start")
            self.query_one(Notice).clear()
        elif directory := self.desk.directory:
            self._wait("Looking for the procedure")
            lookups.search_procedures(self, directory, words)

    @on(Input.Submitted, "#words")
    def _words_done(self) -> None:
        self._go_on_when_sure = bool(self.state.words)  # else it would end words that are typed later
        if self._answer is None and self.state.words and self.state.place is None:
            self.query_one("#place").focus()  # while the words are looked up: what is typed now is the place
        self._go_on()

    @on(ProceduresFound)
    def _procedures_found(self, event: ProceduresFound) -> None:
        if event.answer.query.strip() != self.state.words[: lookups.MOST_LETTERS].strip():
            return
        self._answered()
        self._answer = (event.answer, event.procedures)
        self.state = self.state.with_procedure(event.procedures[0] if event.answer.sure else None)
        if not (event.answer.sure and self.state.place and self._shows_centers):
            self._show_procedures("Which is it?" if not event.answer.sure else "Heard; ↓ for another")
        self._go_on()

    def _show_procedures(self, title: str) -> None:
        if self._answer is None:
            return
        answer, procedures = self._answer
        if not answer.matches:
            title = "No procedure fits these words. Say the part of the body and what is done to it."
        self.query_one(ChoiceList).show_procedures(title, answer.matches, procedures)
        self._show("choices")

    def _go_on(self) -> None:
        """After Enter on the words: go to the place or the centers if the procedure is sure, else to the choices."""
        if not self._go_on_when_sure or self._answer is None:
            return
        self._go_on_when_sure = False
        if self._answer[0].sure:
            self._after_procedure()
        elif self.state.place is None and self.query_one("#place", Input).value:
            return  # the place is being typed; the choices come after it
        elif self._answer[0].matches:
            self.query_one(ChoiceList).focus()
        else:
            self.query_one("#words").focus()

    def _after_procedure(self) -> None:
        if self.state.place is None:
            self.query_one("#place").focus()
        else:
            self._show("offer" if self.state.offer else "choices")
            self._offer_part.focus()

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if event.kind == "place":
            self.query_one("#place", Input).value = event.id
            self._locate()
            return
        _answer, procedures = self._answer or (None, ())
        chosen = next((known for known in procedures if known.id == event.id), None)
        if chosen:  # else other words were typed meanwhile, and the list is about to change
            self.state = self.state.with_procedure(chosen)
            self._after_procedure()

    @on(Input.Submitted, "#place")
    @on(Input.Blurred, "#place")
    def _place_left(self, event: Input.Submitted | Input.Blurred) -> None:
        if isinstance(event, Input.Submitted):
            self._place_entered = event.value
            if self.state.place and event.value.strip() in (self.state.place_text, self.state.place_label):
                self._after_place()
                return
            self.state = replace(self.state, place_text="")
        self._locate()

    def _locate(self) -> None:
        text = self.query_one("#place", Input).value.strip()
        known = self.state.place and text == self.state.place_label
        directory = self.desk.directory
        if text and text != self.state.place_text and not known and directory:
            self._wait("Looking for the place")
            lookups.locate(self, directory, text, self.desk.program)

    @on(PlaceFound)
    def _place_found(self, event: PlaceFound) -> None:
        self._answered()
        place = self.query_one("#place", Input)
        if place.value.strip() != event.text:
            return
        self.state = replace(self.state, place_text=event.text, place=event.place, recover_at=event.recover_at)
        with self.prevent(Input.Changed):
            place.value = self.state.place_label
        # Whoever has gone on to another box keeps it: the keys typed there are not for the centers.
        if self.focused is None or self.place_is_done:
            self._after_place()

    def _after_place(self) -> None:
        if self.state.procedure is None and not self.query_one("#words", Input).value:
            self.query_one("#words").focus()
        elif self.state.procedure is not None:
            self._offer_part.focus()
        elif self._answer and self._answer[0].matches:
            self._show_procedures("Which is it?")
            self.query_one(ChoiceList).focus()

    def _ask_place(self, error: DirectoryError) -> None:
        self.query_one(ChoiceList).show_places(f"{error.title} {error.message}", error.choices)
        self._show("choices")
        self.query_one(ChoiceList).focus()

    @on(Stepper.Changed, "#miles")
    def _miles_changed(self, event: Stepper.Changed) -> None:
        self.state = replace(self.state, miles=float(event.value))

    @on(Stepper.Changed, "#order")
    def _order_changed(self, event: Stepper.Changed) -> None:
        self.state = replace(self.state, sort=cast("Sort", event.value))

    @on(OfferFound)
    def _offer_found(self, event: OfferFound) -> None:
        mode, question = self.desk.mode, event.question
        if question != self.state.asks(question.on, self.desk.program, mode.shows_contract_price):
            return  # something else is asked by now
        self._answered()
        self.state = self.state.with_offer(event.question, event.offer, event.around)
        self.note_offer(event.question, event.offer)
        self._show("offer")
        self._offer_part.show(event.question, event.offer)
        if event.facts != self.state.facts_told:
            self._offer_part.pay_again()
        if words := phrases.beside_offer(event.offer, event.question.miles, self.key("offer.radius")):
            self.query_one(Notice).tell(words)
        restored, self._is_restored = self._is_restored, False
        if restored:
            self.say_what_is_taken()
        if restored and self.about:
            self._offer_part.focus()  # nothing is typed: letters are keys, as before the answer came
        if self.focused is None or self.focused.id == "offer-list" or self.place_is_done:
            self._offer_part.focus()

    def take_words(self, words: str) -> None:
        """Take words as if they had been typed and entered."""
        self._go_on_when_sure = True
        box = self.query_one("#words", Input)
        box.value = words
        box.focus()

    def take_reach(self, reach: Reach) -> None:
        """Show from now on no more than this caller may hear."""
        if reach != self.state.hears:
            self.state = self.state.heard_by(reach)
            self.query_one(Notice).clear()
            if self.query("#offer"):
                self._offer_part.answer_again()

    def take_language(self) -> None:
        """Say the center in hand in the language of the call."""
        if self.query("#offer"):
            self._offer_part.show_again()

    def take_file_facts(self, facts: MemberFacts | None, keep: bool) -> None:
        """Answer the rules by what the eligibility file says of the member; ``keep``: beside what the member said."""
        said = self.state.member_facts if keep else None
        if facts and said:
            facts = said.model_copy(update={name: value for name, value in facts if value not in (None, (), {})})
        if facts or not keep:
            self._offer_part.take_facts(facts)

    def restore(self, words: str, place: str) -> None:
        """Ask again what was asked before, of a case that was put aside or a kiosk's ticket."""
        self.take_words(words)
        self.query_one("#place", Input).value = place
        self._locate()

    def key_down(self) -> None:
        """From the words, go to what they may mean; from the place, to the centers."""
        if self.focused and self.focused.id == "words" and self._answer and self._answer[0].matches:
            self._show_procedures("Which is it?")
            self.query_one(ChoiceList).focus()
        elif self.focused and self.focused.id == "place" and self.state.offer:
            self._offer_part.focus()

    def key_escape(self) -> None:
        """Leave the choices for the offer, if there is one."""
        if self.state.offer and self.state.procedure:
            self._show("offer")
            self._offer_part.focus()
        elif self.focused and self.focused.id == "choice-list":
            self.query_one("#place" if self.state.procedure else "#words").focus()
        else:
            self.desk.open_cards()

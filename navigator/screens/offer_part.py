"""The part of a call that shows the offer: the table, the cards of the center in hand, and what its keys open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from navigator import lookups, referral_lookups
from navigator.gaps import Gap, gap_of
from navigator.messages import EvidenceFound, OrderAsked, PriceFound, RadiusAsked
from navigator.screens.rule_part import RulePart
from navigator.widgets.card_words import reach_lines
from navigator.widgets.center_cards import CenterCards
from navigator.widgets.notice import Notice
from navigator.widgets.offer_marks import ALONE, FULL
from navigator.widgets.offer_plot import OfferPlot
from navigator.widgets.offer_table import CenterList, OfferTable
from navigator.widgets.plot import PointTaken

if TYPE_CHECKING:
    from provider_directory.models import Center, Offer, Question

CARD_STEP = 4


class OfferPart(RulePart):
    """Shows what the call's state holds; the state itself stays with the call."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._open_when_found = ""
        self._gaps_noted: set[Gap] = set()

    def compose(self) -> ComposeResult:
        """Give the table and the cards."""
        yield OfferTable(id="table")
        yield CenterCards(id="cards")
        yield OfferPlot(id="offer-plot")

    @property
    def _notice(self) -> Notice:
        return self._call.query_one(Notice)

    def focus(self, scroll_visible: bool = True) -> OfferPart:
        """Put the keys on the lines."""
        self.query_one(OfferTable).focus(scroll_visible)
        return self

    def show(self, question: Question, offer: Offer) -> None:
        """Show another offer; what was wished of the one before opens no more."""
        self._open_when_found = ""
        self.query_one(OfferPlot).show(offer.centers)
        self.query_one(OfferTable).show(offer.centers, self.tells_pay)
        self._tell_gap(question, offer)

    def _tell_gap(self, question: Question, offer: Offer) -> None:
        """Show what there is for a member without a center under contract in reach, and keep a record of the gap."""
        gap, program = offer.no_contract_in_reach, self._desk.program
        plan = program.far_from_contract if program else ()
        lines = reach_lines(gap, question.miles, plan, self._call.key("offer.reach")) if gap else ()
        self.query_one(CenterCards).tell_gap(lines)
        if gap and program:
            noted = gap_of(question.on, program.id, gap.criteria_set, question.place.label, question.miles)
            if noted not in self._gaps_noted:
                self._gaps_noted.add(noted)
                self._desk.note_gap(noted)

    def _reach_contract(self) -> None:
        offer = self._state.offer
        gap = offer.no_contract_in_reach if offer else None
        if gap and gap.nearest:
            nearest = gap.nearest[0]
            self.post_message(RadiusAsked(reach=min(nearest.miles, nearest.recover_miles or nearest.miles)))

    @on(OfferTable.InHand)
    def _in_hand(self, event: OfferTable.InHand) -> None:
        center, question = event.center, self._state.question
        if self._state.offer is None:
            return
        if center.facility.id != self._open_when_found:
            self._open_when_found = ""  # whoever has gone on to another center wants that one's
        self.query_one(OfferPlot).take(center.facility.id)
        self.ask_rule(center)
        if self._desk.keeps_cases and center.facility.id not in self._waits:
            self._waits[center.facility.id] = ()  # asked once; few tell more in the course of one call
            referral_lookups.learn_waits(self, self._desk.ledger, center.facility.id)
        opened = self._state.ladder(center.facility.id) is not None
        if (directory := self._desk.directory) and question and not opened:
            lookups.find_evidence(self, directory, center.facility.id, question)

    @on(referral_lookups.WaitsLearned)
    def _waits_learned(self, event: referral_lookups.WaitsLearned) -> None:
        self._waits[event.facility] = event.waits
        center = self.query_one(OfferTable).in_hand
        if event.waits and center and center.facility.id == event.facility:
            self.show_rule(center)

    @on(EvidenceFound)
    def _evidence_found(self, event: EvidenceFound) -> None:
        if event.question != self._state.question:
            return  # of another procedure or place
        self._call.state = replace(self._call.state, ladders=(*self._state.ladders, (event.facility, event.evidence)))
        center = self.query_one(OfferTable).in_hand
        if center and self._state.offer and center.facility.id == event.facility:
            self.show_rule(center)
            if self._open_when_found == event.facility and self._call.is_active:
                self._open_evidence(center)

    @on(OfferTable.Chosen)
    def _refer(self, event: OfferTable.Chosen) -> None:
        # A second Enter while the form opens is no second referral.
        if self._call.is_active and self._desk.mode.may_refer and self._state.offer and self._state.procedure:
            self._desk.open_referral_form(self._call, event.center)

    @on(CenterList.Asked)
    def _wished(self, event: CenterList.Asked) -> None:
        match event.wish:
            case "evidence":
                self._open_evidence(event.center)
            case "price":
                self._ask_price(event.center)
            case "next_card":
                self.query_one(CenterCards).turn(1)
            case "previous_card":
                self.query_one(CenterCards).turn(-1)
            case "cards_down":
                self.query_one(CenterCards).scroll_cards(CARD_STEP)
            case "cards_up":
                self.query_one(CenterCards).scroll_cards(-CARD_STEP)
            case "wider":
                self.post_message(RadiusAsked(steps=1))
            case "narrower":
                self.post_message(RadiusAsked(steps=-1))
            case "next_order":
                self.post_message(OrderAsked())
            case "reach_contract":
                self._reach_contract()

    @on(CenterList.Asked)
    def _wished_beside_others(self, event: CenterList.Asked) -> None:
        match event.wish:
            case "mark":
                if event.center and not self.query_one(OfferTable).mark(event.center):
                    self._notice.tell(FULL.format(key=self._call.key("offer.mark")))
            case "compare":
                self._open_comparison()
            case "plot":
                self._open_plot()
            case "offer_sheet":
                self._desk.open_offer_sheet(self._call, self._state, self.query_one(OfferTable).marked)

    @on(CenterList.Asked)
    def _wished_to_take(self, event: CenterList.Asked) -> None:
        center, offer, procedure = event.center, self._state.offer, self._state.procedure
        if not (event.wish in ("take_center", "take_offer", "print_center") and center and offer and procedure):
            return
        from navigator import files_out, take_away  # deferred: not needed for the first frame

        employer = self._desk.program.employer if self._desk.program else None
        text = take_away.center_text(center, offer, procedure.name, employer)
        if event.wish == "print_center":
            take_away.send_to_printer(self._call, text)
        elif event.wish == "take_center":
            take_away.copy(self._call, files_out.file_name("center", center.facility.id, offer.on.isoformat()), text)
        else:
            text = take_away.offer_text(offer, procedure.name, employer)
            take_away.copy(self._call, files_out.file_name("centers", offer.on.isoformat()), text)

    def _open_evidence(self, center: Center | None) -> None:
        evidence = self._state.ladder(center.facility.id) if center else None
        procedure = self._state.procedure
        if center and evidence is None:
            self._open_when_found = center.facility.id
        if center and evidence and procedure:
            self._open_when_found = ""
            from navigator.screens.evidence import EvidenceScreen  # deferred: not needed for the first frame

            self._call.note_evidence()
            self.app.push_screen(EvidenceScreen(center, evidence, procedure.name, self._call.key))

    def _ask_price(self, center: Center | None) -> None:
        question = self._state.question
        if (directory := self._desk.directory) and center and question:
            lookups.find_price(self, directory, center.facility.id, question)

    @on(PriceFound)
    def _open_price(self, event: PriceFound) -> None:
        center, procedure = self.query_one(OfferTable).in_hand, self._state.procedure
        stands = event.question == self._state.question and self._call.is_active
        if stands and center and procedure and center.facility.id == event.facility:
            from navigator.screens.price import PriceScreen  # deferred: not needed for the first frame

            self.app.push_screen(PriceScreen(event.ladder, procedure.name))

    def _open_comparison(self) -> None:
        centers, note = self.query_one(OfferTable).to_compare(self._call.key("offer.mark"))
        question, procedure = self._state.question, self._state.procedure
        if len(centers) < 2:
            self._notice.tell(ALONE.format(key=self._call.key("offer.radius")))
        elif question and procedure and self._call.is_active:
            from navigator.screens.compare import CompareScreen  # deferred: not needed for the first frame

            self.app.push_screen(CompareScreen(self._call, centers, question, procedure.name, note))

    def _open_plot(self) -> None:
        center, offer, procedure = (
            self.query_one(OfferTable).in_hand,
            self._state.offer,
            self._state.procedure,
        )
        if center and offer and procedure and self._call.is_active:
            from navigator.screens.plot import PlotScreen  # deferred: not needed for the first frame

            self.app.push_screen(PlotScreen(offer, procedure.name, center.facility.id), self._take_in_hand)

    @on(PointTaken)
    def _point_taken(self, event: PointTaken) -> None:
        self._take_in_hand(self.query_one(OfferPlot).facility_of(event.letter))

    def _take_in_hand(self, facility: str | None) -> None:
        if facility:
            self.query_one(OfferTable).take(facility)

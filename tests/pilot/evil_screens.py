"""Every screen of every mode over evil answers, one after the other in one app, and all texts that reach a widget."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

from evil_words import EvilDirectory, evil_fields, evil_program, made_of
from pilot_desk import Clock, Employer, EmptyShelf, call_of, desk, enter, settle
from rule_answers import a_rule_answer
from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList
from whole_referrals import a_case, whole_referral

from navigator.app import CoeApp
from navigator.case.desk_user import PinTries
from navigator.case.identify import understood
from navigator.case.value import CallBack
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.questions import question_of
from navigator.keeping import LookedUp, StatusRow
from navigator.kiosk.flow import Flow, Step
from navigator.kiosk.site import Desk as OfficeDesk
from navigator.kiosk.site import KioskSite
from navigator.ledger.ledger import Ledger
from navigator.letter_lookups import CardGathered
from navigator.letters.page import Facts, Lines, Page, Points, Section, SideBySide
from navigator.line_mode.answers import Answered, Asked
from navigator.messages import CallerLookedUp, CallsListed, LookupFailed, RuleFound
from navigator.mode import DESK, HR, KIOSK
from navigator.packets.transfer import transfer_card
from navigator.program.rules import PlanOption
from navigator.referral.lifecycle import moves_from
from navigator.referral.worklist import SECTIONS, WorkList, WorkRow
from navigator.referral_lookups import ReferralShown, WorkListed
from navigator.screens.ask import AskScreen
from navigator.screens.calls import CallsScreen
from navigator.screens.case_page import CasePage
from navigator.screens.compare import CompareScreen
from navigator.screens.evidence import EvidenceScreen
from navigator.screens.gates import GatesScreen
from navigator.screens.help import HelpScreen
from navigator.screens.hold import HoldScreen
from navigator.screens.hr_card import HrCardScreen
from navigator.screens.hr_desk import HrScreen
from navigator.screens.hr_form import HrFormScreen
from navigator.screens.identify import IdentifyScreen
from navigator.screens.idle import IdleCountdown
from navigator.screens.kiosk import KioskScreen
from navigator.screens.letters import LettersScreen
from navigator.screens.lock import LockScreen
from navigator.screens.not_here import NotHere
from navigator.screens.offer_part import OfferPart
from navigator.screens.offer_sheet import OfferSheetScreen, sheet_asked
from navigator.screens.pick import PickScreen
from navigator.screens.plot import PlotScreen
from navigator.screens.price import PriceScreen
from navigator.screens.referral import ReferralScreen
from navigator.screens.referral_page import ReferralPage
from navigator.screens.referral_step import move_screen
from navigator.screens.referrals import ReferralsScreen
from navigator.screens.rule import RuleScreen
from navigator.screens.safety import CrisisScreen, SafetyScreen
from navigator.screens.staff import OutOfOrderScreen, StaffScreen
from navigator.screens.transfer_card import TransferScreen
from navigator.screens.welcome import WelcomeScreen
from navigator.screens.wrap import WrapScreen
from navigator.settings import Settings
from navigator.widgets.call_header import CallHeader
from navigator.widgets.letter_paper import LetterPaper
from navigator.widgets.start_panel import StartPanel
from provider_directory.errors import BadInput
from provider_directory.testing import TODAY, a_facility, a_price_ladder, a_procedure

AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


class Said(NamedTuple):
    """One place on a screen where a text stands, by screen and widget."""

    sink: str
    shown: Content


def evil_app(folder: Path, words: Sequence[str]) -> CoeApp:
    """Give a desk whose edition, program, ledger and settings hold evil words."""
    joined = " ".join(words)
    program = Employer(
        employer=joined,
        payer=joined,
        plan=joined,
        far_from_contract=(("travel", joined),),
        file=evil_program(folder, words),
    )
    app = desk(EvilDirectory(words), DESK, lambda: evil_ledger(folder, words), Clock())
    app.program = program
    app.settings = Settings(print_command="true")
    app.setting_problems = (BadInput(joined, joined),)
    app.taken_away = folder / "out"
    return app


def evil_ledger(folder: Path, words: Sequence[str]) -> Ledger:
    """Open a ledger that holds one draft of evil words."""
    ledger = Ledger.open(folder / "l" / "r.db", folder / "l" / "k.key")
    joined = " ".join(words)
    draft = ledger.start(edition="e1", demonstration=True, procedure=a_procedure(), facility=a_facility(name=joined))
    for field, text in evil_fields(joined[:100]).items():
        ledger.save_field(draft.number, field, text)
    return ledger


async def every_screen(pilot: Pilot[int], words: Sequence[str]) -> AsyncIterator[str]:
    """Put up one screen after the other and give its name once it shows all that it has."""
    app, joined = pilot.app, " ".join(words)
    assert isinstance(app, CoeApp)
    await settle(pilot)
    app.screen.query_one(StartPanel).problems = app.setting_problems
    yield "start"
    for name, about in (("choices", "bypass"), ("places", "new knee"), ("offer", "new knee")):
        await enter(pilot, "#words", about)
        if name != "choices":
            await enter(pilot, "#place", "ask" if name == "places" else "53202")
        yield name
    await _fill_call(pilot, joined)
    yield "cards"
    for name, made in _over_the_call(app, words):
        screen = made()
        await app.push_screen(screen)
        await app.workers.wait_for_complete()  # else what the ledger says comes behind what is said here
        await pilot.pause()
        for message in _answers(screen, words):
            screen.post_message(message)
        await settle(pilot)
        _paper(screen, joined)
        yield name
        app.mode = DESK
        while len(app.screen_stack) > 2:
            await app.pop_screen()
    await settle(pilot)
    await pilot.press("ctrl+p")
    await pilot.press(*"bypass")
    await settle(pilot)
    yield "palette"


async def _fill_call(pilot: Pilot[int], joined: str) -> None:
    call = call_of(pilot.app)  # type: ignore[arg-type]
    header = call.query_one(CallHeader)
    header.member = header.eligibility = header.rule = header.release = header.edition = joined
    header.you_pay = (joined,)
    offer = call.state.offer
    assert offer is not None
    answer = made_of(lambda: joined, a_rule_answer(facility=offer.centers[0].facility.id))
    call.query_one(OfferPart).post_message(RuleFound(offer.centers[0].facility.id, answer))
    await settle(pilot)


def _over_the_call(app: CoeApp, words: Sequence[str]) -> Iterator[tuple[str, Callable[[], Screen[Any]]]]:
    joined = " ".join(words)
    call = call_of(app)
    offer, question, directory = call.state.offer, call.state.question, app.directory
    assert offer is not None
    assert question is not None
    assert isinstance(directory, EvilDirectory)
    assert call.state.place is not None
    procedure = a_procedure(name=joined)
    found = Answered(Asked(procedure, call.state.place), offer, (None,) * len(offer.centers), (joined,), "53202", 0)
    center, evidence = offer.centers[0], directory.evidence_answer
    rule = made_of(lambda: joined, a_rule_answer())
    case = made_of(lambda: joined, a_case(), frozenset({"created", "other_open", "member_facts"}))
    case = replace(
        case, draft="CR-1", created=("CR-7K3M-9QX3-0",), call_back=CallBack("414-555-0100", AT, joined, joined)
    )
    tries = PinTries(app.clock)
    asked = sheet_asked(call.state, offer.centers[:3])
    assert asked is not None
    assert app.program is not None
    ladder = made_of(lambda: joined, a_price_ladder())
    program, move = app.program, moves_from("draft")[0]
    yield "evidence", lambda: EvidenceScreen(center, evidence, joined, call.key)
    yield "price", lambda: PriceScreen(ladder, joined)
    yield "rule", lambda: RuleScreen(rule, joined, DESK, True)
    yield "compare", lambda: CompareScreen(call, offer.centers[:3], question, joined, joined)
    yield "plot", lambda: PlotScreen(offer, joined, center.facility.id)
    yield "gates", lambda: GatesScreen(call, call.query_one(OfferPart), center, program)
    yield "pick", lambda: PickScreen(joined, [(each, each) for each in words])
    yield "ask", lambda: AskScreen(joined, joined, joined)
    yield "identify", lambda: IdentifyScreen(call)
    yield "safety", lambda: SafetyScreen(None, "en", joined)
    yield "crisis", lambda: CrisisScreen("en")
    yield "calls", CallsScreen
    yield "case", lambda: CasePage(case)
    yield "wrap", lambda: WrapScreen(call, case, 1.0)
    yield "hold", lambda: HoldScreen(app.clock)
    yield "lock", lambda: LockScreen(None, tries, joined)
    yield "form", lambda: ReferralScreen(call, center)
    yield "referrals", ReferralsScreen
    yield "referral", lambda: ReferralPage("CR-7K3M-9QX3-0")
    yield "step", lambda: move_screen(whole_referral().referral, move, (joined,))
    yield "transfer", lambda: TransferScreen("CR-7K3M-9QX3-0")
    yield "letters", lambda: LettersScreen("CR-7K3M-9QX3-0")
    yield "sheet", lambda: OfferSheetScreen(asked, "en", None)
    yield "not here", NotHere
    yield "countdown", lambda: IdleCountdown(lambda: 9.0)
    yield "welcome", lambda: WelcomeScreen(EmptyShelf())
    yield "help", lambda: HelpScreen(frozenset())
    app.mode = HR
    app.hr_facts = {"place": joined}
    yield "hr", HrScreen
    app.mode = HR
    app.hr_facts = {"place": joined, "procedure": joined, "option": joined}
    yield "hr form", lambda: HrFormScreen(question_of("cost"))
    app.mode = HR
    yield "hr card", lambda: HrCardScreen(evil_card(words), True)
    app.mode = KIOSK
    yield "staff", lambda: StaffScreen(None, tries)
    yield "why out of order", lambda: OutOfOrderScreen(BadInput(joined, joined))
    for step in KIOSK_STEPS:
        app.mode = KIOSK
        yield f"kiosk {step}", lambda step=step: _kiosk(found, step, words)  # type: ignore[misc]


KIOSK_STEPS: tuple[Step, ...] = get_args(Step)


def _kiosk(found: Answered, step: Step, words: Sequence[str]) -> KioskScreen:
    joined = " ".join(words)
    pairs = tuple((each, each) for each in words[:6])
    office = OfficeDesk(joined, joined, None)
    screen = KioskScreen(KioskSite(joined, "53202", desk=office))
    options = tuple(PlanOption(each, each, "ppo", name_es=each) for each in words[:6])
    screen._flow = Flow(step=step, answered=found, choices=pairs, options=options, words=joined)
    return screen


def evil_card(words: Sequence[str]) -> AnswerCard:
    """Give an answer card that says nothing else."""
    joined = " ".join(words)
    table = CardTable(title=joined, head=("a", joined), rows=tuple((each, each) for each in words))
    return AnswerCard(
        id="cost",
        question=joined,
        state="answered",
        sentence=joined,
        more=(joined,),
        tables=(table,),
        clauses=(joined,),
        sources=(joined,),
        caveats=(joined,),
        about=joined,
        employer=joined,
        plan_year=2026,
        on=TODAY,
        edition="e1",
        demonstration=False,
    )


def evil_page(words: str) -> Page:
    """Give a letter that says nothing else."""
    parts = (
        Lines((words,)),
        Facts(((words, words),)),
        Points((words,)),
        SideBySide(("a", "b"), ((words, (words, words)),), words),
    )
    page = Page(
        "en",
        TODAY,
        "x",
        "x",
        ("x",),
        ("x",),
        "x",
        "x",
        "x",
        "x",
        ("x",),
        (Section("x", "wide", parts),),
        ("x",),
        ("x",),
        "x",
        "x",
    )
    return made_of(lambda: words, page, frozenset({"kind"}))


def _paper(screen: Screen[Any], joined: str) -> None:
    for paper in screen.query(LetterPaper):
        paper.page = evil_page(joined)


def _answers(screen: Screen[Any], words: Sequence[str]) -> Iterator[Any]:
    """Give what the ledger would answer, with evil words, and then a failure of evil words."""
    joined = " ".join(words)
    rows = tuple(StatusRow(each, False, False, each, each, each, each) for each in words)
    match screen:
        case CallsScreen():
            yield CallsListed(rows)
        case IdentifyScreen():
            member = made_of(lambda: joined, a_case().member)
            yield CallerLookedUp(LookedUp(understood("414-555-0177"), rows, member, (joined,)))
        case TransferScreen():
            yield CardGathered(made_of(lambda: joined, transfer_card(whole_referral(), AT)))
        case ReferralsScreen():
            yield WorkListed(_work(words))
        case ReferralPage():
            yield _referral_shown(joined)
    yield LookupFailed("evil", BadInput(joined, joined))


def _work(words: Sequence[str]) -> WorkList:
    row = WorkRow(
        id="CR-7K3M-9QX3-0",
        state="x",
        what="x",
        task_id=None,
        due_on=TODAY,
        overdue_days=1,
        more=1,
        sections=("mine",),
        member_name="x",
        procedure="x",
        center="x",
        owner="x",
        away_until=date(2026, 12, 1),
        demonstration=True,
    )
    made = tuple(made_of(lambda each=each: each, row) for each in words)  # type: ignore[misc]
    return WorkList(
        on=TODAY,
        me="ines",
        section="mine",
        counts=dict.fromkeys(dict(SECTIONS), 1),
        rows=made,
    )


def _referral_shown(joined: str) -> ReferralShown:
    whole = whole_referral()
    referral = made_of(lambda: joined, whole.referral, frozenset({"number", "language", "offer_sha256", "facility_id"}))
    task = made_of(lambda: joined, whole.tasks[2])
    referral = referral.model_copy(update={"state": "requested"})
    line = (joined,)
    return ReferralShown(referral, (task,), line, line, line, (), None, line, True, TODAY, joined)


def acting_cells(app: App[int]) -> Iterator[str]:
    """Name the cells, as a driver would write them, that have a link, an action or a control character."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        for segment in strip:
            style = segment.style
            if style and ("@click" in style.meta or style.link):
                yield f"line {y}: {segment.text!r} {style.meta} {style.link}"
            if not segment.text.replace("\u200d", "").isprintable():
                yield f"line {y}: {segment.text!r}"


def sinks(app: CoeApp, name: str) -> Iterator[Said]:
    """Give every text of the screen in front, by the place where it stands."""
    for widget in (app.screen, *app.screen.query(Widget)):
        place = f"{name}: {widget.id or '.'.join(sorted(widget.classes - {'-h'})) or type(widget).__name__}"
        for kind in ("_border_title", "_border_subtitle", "tooltip"):
            text = getattr(widget, kind, None)
            if text is not None:
                yield Said(f"{place} {kind.strip('_')}", _content(text))
        if isinstance(widget, Input):
            yield Said(f"{place} hint", _content(widget.placeholder))
            yield Said(f"{place} value", Content(widget.value))
        elif isinstance(widget, OptionList):
            for option in widget.options:
                yield Said(f"{place} rows", _content(option.prompt))
        elif isinstance(widget, CallHeader):
            yield Said(place, widget.facts_in(5000))
        elif not widget.children or type(widget).render is not Widget.render:
            rendered = widget.render()
            visual = getattr(widget, "visual", rendered)
            yield Said(place, _content(visual if isinstance(visual, Content) else rendered))


def _content(text: object) -> Content:
    return text if isinstance(text, Content) else Content(str(text))

"""Where a session at the kiosk stands, as a frozen value, and what a press makes of it; pure, and without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.case.safety import speaks_of_emergency, speaks_of_suicide
from navigator.kiosk.topics import TOPICS
from navigator.languages.translating import Language
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, DirectoryError, UnknownPlace, UnknownProcedure

if TYPE_CHECKING:
    from navigator.kiosk.site import KioskSite
    from navigator.line_mode.answers import Answered, Answers
    from navigator.program.model import Program
    from navigator.program.rules import PlanOption
    from provider_directory.models import Place, Procedure

Step = Literal[
    "attract",
    "topics",
    "words",
    "which",
    "safety",
    "stop",
    "crisis",
    "place",
    "plan",
    "centers",
    "why",
    "take",
    "phone",
    "ticket",
    "printed",
    "help",
]
Pending = Literal["", "words", "procedure", "place", "answer", "print"]
Fault = Literal["", "words", "place", "zip", "printer", "other"]
Kind = Literal[
    "language",
    "large",
    "topic",
    "search",
    "words",
    "choice",
    "safe",
    "stop",
    "zip",
    "office",
    "option",
    "center",
    "take",
    "phone",
    "ticket",
    "print",
    "back",
    "again",
    "help",
    "type",
    "erase",
    "enter",
    "more",
]
LONGEST_WORDS = 200
ZIP_DIGITS = 5
MILES = 50.0


class Act(NamedTuple):
    """What a tile does when it is pressed."""

    kind: Kind
    value: str = ""


@dataclass(frozen=True)
class Flow:
    """One session: what is known of the question, and which screen is shown; nothing of it is kept."""

    step: Step = "attract"
    pending: Pending = ""
    """What is being looked up; "" = nothing."""
    fault: Fault = ""
    """What went wrong with the last answer."""
    language: Language = "en"
    large: bool = False
    words: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Id and English name of procedures, one of which is meant; "" = as the catalog names it."""
    chosen: str = ""
    """Id of the one that was pressed."""
    procedure: Procedure | None = None
    zip: str = ""
    place: Place | None = None
    options: tuple[PlanOption, ...] = ()
    """Of the program, where one is to be chosen."""
    option: str | None = None
    option_settled: bool = False
    answered: Answered | None = None
    center: int = 0
    """Counted from 0: the one whose reasons are shown."""
    before: Flow | None = None
    """Where Back leads."""


Does = Callable[[Flow, str, "KioskSite"], Flow]
"""What a press with its value makes of a session."""


def pressed(flow: Flow, act: Act, site: KioskSite) -> Flow:
    """Give the session after a press; what is not to be pressed there changes nothing."""
    does = _ACTS.get(act.kind)
    return does(replace(flow, fault=""), act.value, site) if does else flow


def _language(flow: Flow, value: str, _site: KioskSite) -> Flow:
    spoken = spoken_in(flow, "es" if value == "es" else "en")
    return _to(spoken, "topics") if flow.step == "attract" else spoken


def _topic(flow: Flow, value: str, _site: KioskSite) -> Flow:
    return _to(flow, "which", choices=tuple((each, "") for each in TOPICS[int(value)].procedures), words="")


def _choice(flow: Flow, value: str, _site: KioskSite) -> Flow:
    return replace(flow, words="", chosen=value, pending="procedure")


def _zip(flow: Flow, value: str, _site: KioskSite) -> Flow:
    if len(value) == ZIP_DIGITS and value.isascii() and value.isdecimal():
        return replace(flow, zip=value, pending="place")
    return replace(flow, zip=value[:ZIP_DIGITS], fault="zip")


def _option(flow: Flow, value: str, _site: KioskSite) -> Flow:
    return replace(flow, option=value or None, option_settled=True, pending="answer")


def _center(flow: Flow, value: str, _site: KioskSite) -> Flow:
    return _to(flow, "why", center=int(value)) if flow.answered else flow


def _to_answered(step: Step) -> Does:
    """Give the press that leads to a step which needs an answer."""
    return lambda flow, _value, _site: _to(flow, step) if flow.answered else flow


def _to(flow: Flow, step: Step, **known: object) -> Flow:
    """Go on to a step, from where Back leads here again."""
    return replace(flow, step=step, before=replace(flow, pending=""), **known)  # type: ignore[arg-type] # by name


def _back(flow: Flow, _value: str, _site: KioskSite) -> Flow:
    """Go back one step; the language and the size of the text stay as they are. While waiting, stop waiting."""
    if flow.pending:
        return replace(flow, pending="")
    if flow.before is None:
        return flow
    return replace(flow.before, language=flow.language, large=flow.large, fault="", pending="")


def _words(flow: Flow, typed: str, _site: KioskSite) -> Flow:
    text = clean(typed, LONGEST_WORDS)
    if not text:
        return flow
    flow = replace(flow, words=text)
    if speaks_of_suicide(text):
        return _to(replace(flow, words=""), "crisis")
    if speaks_of_emergency(text):
        return _to(flow, "safety")
    return replace(flow, pending="words")


_ACTS: dict[Kind, Does] = {
    "language": _language,
    "large": lambda flow, _value, _site: replace(flow, large=not flow.large),
    "back": _back,
    "again": lambda _flow, _value, site: Flow(language=site.language),
    "help": lambda flow, _value, _site: flow if flow.step == "help" else _to(flow, "help"),
    "topic": _topic,
    "search": lambda flow, _value, _site: _to(flow, "words", words=""),
    "words": _words,
    "safe": lambda flow, _value, _site: replace(flow, pending="words"),
    "stop": lambda flow, _value, _site: _to(flow, "stop"),
    "choice": _choice,
    "zip": _zip,
    "office": lambda flow, _value, _site: replace(flow, zip="", pending="place"),
    "option": _option,
    "center": _center,
    "take": _to_answered("take"),
    "phone": _to_answered("phone"),
    "ticket": _to_answered("ticket"),
    "print": lambda flow, _value, _site: replace(flow, pending="print") if flow.answered else flow,
}


# -- what is looked up -------------------------------------------------------------------------------------------------


def looked_up(flow: Flow, answers: Answers, site: KioskSite, program: Program | None) -> Flow:
    """Give the session after what is pending was looked up; blocks. What cannot be found is told by ``fault``."""
    asked = replace(flow, pending="")
    try:
        match flow.pending:
            case "words":
                return _heard(asked, answers)
            case "procedure":
                return _to(asked, "place", procedure=answers.procedure(asked.chosen))
            case "place":
                return _placed(asked, answers, site, program)
            case "answer":
                return _answered(asked, answers, program)
    except UnknownProcedure:
        return _again_from("words", asked)
    except UnknownPlace:
        return replace(asked, fault="place")
    except DirectoryError:
        return replace(asked, fault="other")
    return asked


def _heard(flow: Flow, answers: Answers) -> Flow:
    found = answers.search(flow.words)
    if not found.matches:
        raise UnknownProcedure("", "")
    if found.sure:
        return _to(flow, "place", procedure=answers.procedure(found.matches[0].id))
    return _to(flow, "which", choices=tuple((match.id, match.name) for match in found.matches))


def _again_from(step: Step, flow: Flow) -> Flow:
    """Ask for the words again where nothing fits them; the safety card is not shown twice."""
    before = flow.before if flow.step == "safety" else flow
    return replace(before or flow, step=step, words=flow.words, fault="words")


def _placed(flow: Flow, answers: Answers, site: KioskSite, program: Program | None) -> Flow:
    text = flow.zip or site.place
    if not text:
        raise UnknownPlace("", "")
    flow = replace(flow, place=answers.locate(text, program), before=replace(flow, pending=""))
    known = answers.options(program)
    if site.plan is not None:
        if site.plan not in {option.id for option in known}:
            raise BadInput("The plan of the site file is not one of the program's.", "Correct the site file.")
        return _answered(replace(flow, option=site.plan, option_settled=True), answers, program)
    if not known:
        return _answered(replace(flow, option_settled=True), answers, program)
    return replace(flow, step="plan", options=known)


def _answered(flow: Flow, answers: Answers, program: Program | None) -> Flow:
    from navigator.line_mode.answers import Asked  # deferred: the vocabulary, after the first frame

    if flow.procedure is None or flow.place is None:
        return flow
    asked = Asked(flow.procedure, flow.place, program, flow.option, MILES, show_contract_price=False)
    found = answers.answer(asked)
    # From the plan's question Back leads to it, else to the place.
    before = replace(flow, option=None, option_settled=False) if flow.step == "plan" else flow.before
    return replace(flow, step="centers", answered=found, before=before)


def printed(flow: Flow) -> Flow:
    """Give the session after its page went to the printer."""
    return _to(replace(flow, pending=""), "printed")


def failed(flow: Flow) -> Flow:
    """Give the session after what was pending could not be done."""
    return replace(flow, pending="", fault="printer" if flow.pending == "print" else "other")


def spoken_in(flow: Flow, language: Language) -> Flow:
    """Give the session in a language."""
    return replace(flow, language=language)

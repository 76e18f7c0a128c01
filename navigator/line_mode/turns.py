"""A state as it is heard: the lines of its page, the choices, the question; pure, in the state's language."""

from __future__ import annotations

from collections.abc import Iterator

from navigator.case.safety import red_flags
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Translator, to_say, translator
from navigator.letters.offer_sheet import offer_sheet
from navigator.line_mode import menu
from navigator.line_mode.answers import Answered, Answers
from navigator.line_mode.comparison_said import comparison_lines
from navigator.line_mode.rule_said import rule_lines
from navigator.line_mode.said import more_lines, offer_lines, price_lines, slow_lines, ticket_lines, why_lines
from navigator.line_mode.state import State, Turn
from provider_directory.errors import DirectoryError
from provider_directory.models import Procedure

_PROMPTS = {
    "words": to_say("What is planned? Say it in your own words."),
    "safety": to_say("Is any of this true right now?"),
    "procedure": to_say("Which one is it? Give a number, or say it in other words."),
    "place": to_say("Where? Give a ZIP, a city with its state, or a place of work."),
    "which_place": to_say("Which place is it? Give a number."),
    "program": to_say("Whose program is it? Give a number."),
    "option": to_say("Which plan do you have? Give a number."),
    "menu": to_say("What else? Give a number, or press Enter to hear the choices."),
    "center": to_say("Which center? Give a number."),
    "pair": to_say("Which two? Give both numbers, as in: 1 and 2."),
}
_FAULTS = {
    "unknown_procedure": to_say("I found nothing for these words. Please say it another way."),
    "unknown_place": to_say("I do not know this place. Give a ZIP, or a city with its state."),
    "ambiguous_procedure": to_say("These words may mean several things. Say which one it is."),
    "ambiguous_place": to_say("This may be several places. Say which one it is."),
    "wrong_ticket": to_say("This is not a ticket. Give its 8 characters again."),
}


def turn(state: State, answers: Answers) -> Turn:
    """Give what is heard in a state; the same state is heard again in the same words."""
    say = translator(state.language)
    lines = (*_page_lines(say, state), *_fault_lines(say, state.fault))
    if state.asks == "end":
        return Turn((*lines, say("Goodbye. Nothing that you typed was kept.")), (), "")
    return Turn(lines, choices(state, answers), say(_PROMPTS[state.asks]), _sheet(state))


def _fault_lines(say: Translator, fault: DirectoryError | None) -> Iterator[str]:
    """Say what went wrong: in English as everywhere, else by its kind."""
    if fault is None:
        return
    if say.language == "en":
        yield fault.message
        if fault.next_step:
            yield fault.next_step
    else:
        yield fault_words(say, fault) or say("This cannot be answered now.")


def fault_words(say: Translator, fault: DirectoryError) -> str | None:
    """Say by its kind what went wrong with words or a place; None for other faults."""
    return say(_FAULTS[fault.code]) if fault.code in _FAULTS else None


def crisis_lines(say: Translator) -> Iterator[str]:
    """Say where somebody who speaks of suicide is heard."""
    yield say("You can call or text 988 at any hour, free.")
    yield say("If you are in danger now, call 911.")


def emergency_lines(say: Translator, service_line: str | None) -> Iterator[str]:
    """Say the signs that are no matter for a directory; None = of every service line."""
    yield say("If one of these is true right now, call 911, or your own doctor today:")
    yield from (f"{flag}." for flag in red_flags(service_line, say))


def _page_lines(say: Translator, state: State) -> Iterator[str]:
    match state.page.kind:
        case "welcome":
            yield say("Center of Excellence Navigator, in lines.")
            yield from _help(say)
        case "help":
            yield from _help(say)
        case "crisis":
            yield from crisis_lines(say)
        case "stop":
            yield say("Please call 911 now.")
            yield say("If it is not that bad, call your own doctor today.")
        case "unclear":
            yield say("That is none of the numbers.")
        case "first":
            yield say("This is the first question.")
    if state.answered is not None:
        yield from _answer_lines(say, state, state.answered)
    elif state.procedure is not None and state.page.kind == "understood":
        yield from _procedure_lines(say, state, state.procedure)


def _answer_lines(say: Translator, state: State, answered: Answered) -> Iterator[str]:
    page = state.page
    match page.kind:
        case "centers":
            yield from offer_lines(say, answered)
        case "more":
            yield from more_lines(say, answered, page.center)
        case "why":
            yield from why_lines(say, answered, page.center)
        case "price":
            yield from price_lines(say, answered, page.center)
        case "rule":
            yield from rule_lines(say, answered, page.center)
        case "slow":
            yield from slow_lines(say, answered, page.center)
        case "compare" if state.comparison:
            yield from comparison_lines(say, answered, (page.center, page.other), state.comparison)
        case "ticket":
            yield from ticket_lines(say, answered.ticket(state.language))


def _help(say: Translator) -> Iterator[str]:
    yield say("Answer with a number, or in your own words.")
    yield say("At any time: again, back, help, new, español, quit.")
    yield say("Nothing that you type is kept.")


def _procedure_lines(say: Translator, state: State, procedure: Procedure) -> Iterator[str]:
    """Say what was understood, and the signs that are no matter for a directory."""
    yield f"{procedure_name(say.language, procedure.id, procedure.name)}."
    yield say("If that is not it, say new.")
    yield from emergency_lines(say, procedure.service_line)


def choices(state: State, answers: Answers) -> tuple[str, ...]:
    """Give the numbered choices of a state in its language."""
    return tuple(_choices(translator(state.language), state, answers))


def _choices(say: Translator, state: State, answers: Answers) -> Iterator[str]:
    answered = state.answered
    match state.asks:
        case "safety":
            yield say("None of these: go on.")
            yield say("One of these is true: {flags}.", flags="; ".join(red_flags(None, say)))
        case "procedure":
            for match in state.matches:
                yield procedure_name(say.language, match.id, match.name)
            yield say("None of these")
        case "which_place":
            yield from (choice.name for choice in state.places)
            yield say("None of these")
        case "program":
            yield from (program.employer for program in answers.programs)
            yield say("None of these, or not sure")
        case "option":
            yield from (option.name_in(say.language) for option in answers.options(state.program))
            yield say("Not sure")
        case "menu" if answered and state.page.kind in ("centers", "more", "menu", "unclear"):
            for item in menu.items(answered):
                yield say(item.words)
        case "center" | "pair" if answered:
            yield from (center.facility.name for center in answered.offer.centers)


def _sheet(state: State) -> str:
    answered = state.answered
    if answered is None or state.page.kind != "sheet":
        return ""
    answers = [answer for answer in answered.rules if answer]
    return offer_sheet(answered.offer, (), answers, answered.asked.program, state.language).text()

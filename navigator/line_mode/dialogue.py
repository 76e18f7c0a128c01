"""The dialogue: an answer in, the next state out; pure but for what it asks of ``Answers``, and without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from navigator import ticket
from navigator.case.safety import speaks_of_emergency, speaks_of_suicide
from navigator.languages.translating import translator
from navigator.line_mode import menu
from navigator.line_mode.answers import CENTERS, Answered, Answers, Asked
from navigator.line_mode.short_answers import (
    Command,
    before_number,
    chosen,
    command,
    is_none,
    numbered,
    numbers,
    yes_or_no,
)
from navigator.line_mode.state import NOTHING, Asks, Page, State
from navigator.line_mode.turns import choices
from provider_directory.cleaning import clean
from provider_directory.errors import AmbiguousPlace, BadInput, DirectoryError, UnknownPlace, UnknownProcedure

LONGEST_ANSWER = 300
_LEAST_PLACE = 4
"""Shorter words than a ZIP or a city are a slip in a number."""
_OF_A_PAGE: frozenset[Asks] = frozenset({"center", "pair"})


def answered(state: State, typed: str, answers: Answers) -> State:
    """Give the state after an answer; raises nothing that a person can act on: it is said, and asked again."""
    text = clean(typed, LONGEST_ANSWER)
    if speaks_of_suicide(text):
        return replace(state, page=Page("crisis"), fault=None)
    if (said := command(text)) is not None:
        return _commanded(state, said)
    if not text and state.asks in ("words", "place"):
        return replace(state, page=NOTHING, fault=None)
    if state.asks not in _HEARS_WORDS and speaks_of_emergency(text):
        return replace(state, page=Page("stop"), fault=None)
    try:
        found = _STEPS[state.asks](replace(state, page=NOTHING, fault=None), text, answers)
    except DirectoryError as fault:
        return replace(state, page=NOTHING, fault=fault)
    if found.asks in (state.asks, "words", "end") or _OF_A_PAGE & {found.asks, state.asks}:
        return found
    # A change of place forgets what was before the answer, so that nothing grows with the questions of a day.
    return replace(found, before=replace(state, before=None) if state.answered else state)


def _commanded(state: State, said: Command) -> State:
    match said:
        case "quit":
            return replace(state, asks="end", page=NOTHING, fault=None)
        case "again":
            return state
        case "back":
            return _back(state)
        case "help":
            return replace(state, page=Page("help"), fault=None)
        case "new":
            return _new(state)
        case "en" | "es":
            return replace(state, language=said)


def _back(state: State) -> State:
    """Go from a page to the centers, else to the question before; the language stays."""
    if state.answered and (state.asks in _OF_A_PAGE or (state.asks == "menu" and state.page.kind != "centers")):
        return replace(state, asks="menu", page=Page("centers"), wants="none", fault=None)
    if state.before is None:
        return replace(state, page=Page("first"), fault=None)
    page = Page("centers") if state.before.answered else NOTHING
    return replace(state.before, language=state.language, page=page, fault=None)


def _new(state: State) -> State:
    """Begin again; language, program and plan stay."""
    return State(
        language=state.language,
        page=NOTHING,
        program=state.program,
        program_settled=state.program_settled,
        option=state.option,
        option_settled=state.option_settled,
    )


def _next(state: State, answers: Answers) -> State:
    """Ask for what is not known yet, or answer."""
    procedure = state.procedure
    if procedure is None:
        return replace(state, asks="words")
    if not state.program_settled:
        if answers.programs:
            return replace(state, asks="program")
        state = replace(state, program_settled=True)
    if not state.option_settled:
        if answers.options(state.program):
            return replace(state, asks="option")
        state = replace(state, option_settled=True)
    if state.held is not None:  # its place of work is known by the program's list alone
        _procedure_of_it, place = answers.of_ticket(state.held, state.program)
        state = replace(state, place=place, held=None)
    if state.place is None:
        return replace(state, asks="place")
    found = answers.answer(Asked(procedure, state.place, state.program, state.option, limit=state.limit))
    return replace(state, answered=found, asks="menu", page=Page("centers"))


def _unclear(state: State) -> State:
    return replace(state, page=Page("unclear"))


# -- the steps ---------------------------------------------------------------------------------------------------------


def _words(state: State, text: str, answers: Answers) -> State:
    if speaks_of_emergency(text):
        return replace(state, asks="safety", words=text)
    if not ticket.is_like_one(text):
        return _heard(state, text, answers)
    try:
        held = ticket.read(text)
        procedure, _place = answers.of_ticket(held, state.program)
    except BadInput as wrong:
        try:
            return _heard(state, text, answers)  # a code may have the form of a ticket
        except UnknownProcedure:
            raise wrong from None
    return _next(replace(state, procedure=procedure, held=held, language=held.language), answers)


def _heard(state: State, text: str, answers: Answers) -> State:
    found = answers.search(text)
    if not found.matches:
        raise UnknownProcedure(f'No procedure fits "{found.query}".', "Say it in other words.")
    if found.sure:
        return _understood(state, found.matches[0].id, answers)
    return replace(state, asks="procedure", words=text, matches=found.matches)


def _understood(state: State, key: str, answers: Answers) -> State:
    known = replace(state, procedure=answers.procedure(key), matches=(), words="")
    return _next(replace(known, page=Page("understood")), answers)


def _safety(state: State, text: str, answers: Answers) -> State:
    at, is_true = numbered(text, 2), yes_or_no(text)
    if at == 1 or is_true:
        return replace(_new(state), page=Page("stop"))
    if at is None and is_true is None and not is_none(text):
        return _unclear(state)
    state = replace(state, asks="words")
    try:
        return _heard(state, state.words, answers)
    except UnknownProcedure as fault:
        return replace(state, fault=fault)


def _procedure(state: State, text: str, answers: Answers) -> State:
    at = numbered(text, len(state.matches) + 1)
    if at == len(state.matches) or is_none(text):
        return replace(state, asks="words", matches=())
    if at is None:
        return _unclear(state) if numbers(text) or not text else _words(state, text, answers)
    return _understood(state, state.matches[at].id, answers)


def _place(state: State, text: str, answers: Answers) -> State:
    try:
        place = answers.locate(text, state.program)
    except (AmbiguousPlace, UnknownPlace) as asked:
        if not asked.choices:
            raise
        fault = asked if isinstance(asked, UnknownPlace) else None
        return replace(state, asks="which_place", places=asked.choices, fault=fault)
    return _next(replace(state, place=place, places=()), answers)


def _which_place(state: State, text: str, answers: Answers) -> State:
    at = chosen(text, choices(state, answers), last_is_none=True)
    if at == len(state.places):
        return replace(state, asks="place", places=())
    if at is None and (numbers(text) or len(text) < _LEAST_PLACE):
        return _unclear(state)
    return _place(state, text if at is None else state.places[at].id, answers)


def _program(state: State, text: str, answers: Answers) -> State:
    at = chosen(text, choices(state, answers), last_is_none=True)
    if at is None:
        return _unclear(state)
    program = answers.programs[at] if at < len(answers.programs) else None
    return _next(replace(state, program=program, program_settled=True), answers)


def _option(state: State, text: str, answers: Answers) -> State:
    at = chosen(text, choices(state, answers), last_is_none=True)
    if at is None:
        return _unclear(state)
    options = answers.options(state.program)
    option = options[at].id if at < len(options) else None
    return _next(replace(state, option=option, option_settled=True), answers)


def _menu(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    offered = menu.items(state.answered)
    if not text:
        return replace(state, page=Page("menu"))
    at, beside = _item(text, choices(replace(state, page=Page("menu")), answers))
    count = len(state.answered.offer.centers)
    if at is None:
        asks_more = not numbers(text) and chosen(text, (translator(state.language)(menu.MORE.words),)) is not None
        all_said = asks_more and count < state.answered.asked.limit
        return replace(state, page=Page("more", count)) if all_said else _unclear(state)
    item = offered[at]
    match item.act:
        case "more":
            return _more(replace(state, limit=state.answered.asked.limit + CENTERS), state.answered, answers)
        case "center":
            wanted = replace(state, asks="center", wants=item.page)
            alone = count == 1
            return _center(wanted, "1" if alone else beside, answers) if alone or beside else wanted
        case "pair":
            wanted = replace(state, asks="pair")
            both = count == 2
            return _pair(wanted, "1 2" if both else beside, answers) if both or beside else wanted
        case "place":
            return replace(state, asks="place", place=None, limit=CENTERS)
        case "language":
            return replace(state, language="en" if state.language == "es" else "es", page=Page("centers"))
        case "new":
            return _new(state)
        case "quit":
            return replace(state, asks="end")
    return replace(state, page=Page(item.page))


def _item(text: str, names: tuple[str, ...]) -> tuple[int | None, str]:
    """Give the line of the menu, by number or words, and what follows it: "1 2" and "why the second" name a center."""
    words, numbered_part = before_number(text)
    if words:
        return chosen(words, names), numbered_part
    first, _, rest = numbered_part.partition(" ")
    return chosen(first, names) if first else None, rest


def _more(state: State, before: Answered, answers: Answers) -> State:
    """Say the next centers, which stand behind those that were said."""
    found = answers.answer(replace(before.asked, limit=state.limit))
    return replace(state, answered=found, page=Page("more", len(before.offer.centers)))


def _center(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    at = chosen(text, choices(state, answers))
    if at is None:
        return _unclear(state)
    return replace(state, asks="menu", page=Page(state.wants, at), wants="none")


def _pair(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    named = sorted(set(numbers(text)))
    if len(named) != 2 or not 1 <= named[0] < named[1] <= len(state.answered.offer.centers):
        return _unclear(state)
    one, other = named[0] - 1, named[1] - 1
    found = answers.compare(state.answered, one, other)
    return replace(state, asks="menu", page=Page("compare", one, other), comparison=found)


def _ended(state: State, _text: str, _answers: Answers) -> State:
    return state


_HEARS_WORDS: frozenset[Asks] = frozenset({"words", "procedure", "safety"})
"""Where an emergency brings the safety card before anything is looked up."""
_STEPS: dict[Asks, Callable[[State, str, Answers], State]] = {
    "words": _words,
    "safety": _safety,
    "procedure": _procedure,
    "place": _place,
    "which_place": _which_place,
    "program": _program,
    "option": _option,
    "menu": _menu,
    "center": _center,
    "pair": _pair,
    "end": _ended,
}

"""The dialogue: an answer in, the next state out; pure but for what it asks of ``Answers``, and without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from navigator import ticket
from navigator.case.safety import speaks_of_emergency, speaks_of_suicide
from navigator.line_mode import menu
from navigator.line_mode.answers import Answers, Asked
from navigator.line_mode.state import NOTHING, Asks, Page, State
from provider_directory.cleaning import clean
from provider_directory.errors import AmbiguousPlace, BadInput, DirectoryError, UnknownPlace, UnknownProcedure

QUIT = frozenset({"q", "quit", "exit", "bye", "salir"})
AGAIN = frozenset({"r", "again", "repeat", "otra vez", "repetir"})
HELP = frozenset({"?", "help", "ayuda"})
NEW = frozenset({"new", "nueva", "nuevo"})
ENGLISH = frozenset({"en", "english", "ingles", "inglés"})
SPANISH = frozenset({"es", "spanish", "espanol", "español"})
LONGEST_ANSWER = 300


def begun(state: State, answers: Answers) -> State:
    """Give the state in which a dialogue begins: a question that is known already is answered."""
    return _next(state, answers) if state.procedure else state


def answered(state: State, typed: str, answers: Answers) -> State:
    """Give the state after an answer; raises nothing that a person can act on: it is said, and asked again."""
    text = clean(typed, LONGEST_ANSWER)
    if speaks_of_suicide(text):
        return replace(state, page=Page("crisis"), fault=None)
    word = text.casefold().strip(" .!")
    if word in QUIT:
        return replace(state, asks="end", page=NOTHING, fault=None)
    if word in AGAIN:
        return state
    if word in HELP:
        return replace(state, page=Page("help"), fault=None)
    if word in NEW:
        return _new(state)
    if word in ENGLISH | SPANISH:
        return replace(state, language="es" if word in SPANISH else "en")
    try:
        return _STEPS[state.asks](replace(state, page=NOTHING, fault=None), text, answers)
    except DirectoryError as fault:
        return replace(state, page=NOTHING, fault=fault)


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
    if state.place is None:
        return replace(state, asks="place")
    found = answers.answer(Asked(procedure, state.place, state.program, state.option))
    return replace(state, answered=found, asks="menu", page=Page("centers"))


def _number(text: str, most: int) -> int | None:
    """Read "2", "2." or "2 please" as the number of a choice, counted from 0; None where it is none."""
    first = text.split(maxsplit=1)[0].rstrip(".,)") if text else ""
    if not (first.isascii() and first.isdecimal() and len(first) <= 3):
        return None
    return int(first) - 1 if 1 <= int(first) <= most else None


def _unclear(state: State) -> State:
    return replace(state, page=Page("unclear"))


# -- the steps ---------------------------------------------------------------------------------------------------------


def _words(state: State, text: str, answers: Answers) -> State:
    if (held := _ticket(text)) is not None:
        procedure, place = answers.of_ticket(held, state.program)
        return _next(replace(state, procedure=procedure, place=place, language=held.language), answers)
    if speaks_of_emergency(text):
        return replace(state, asks="safety", words=text)
    return _heard(state, text, answers)


def _ticket(text: str) -> ticket.Ticket | None:
    """Read a claim ticket that is given for the words; a word of letters alone is none."""
    if not any(letter.isdecimal() for letter in text):
        return None
    try:
        return ticket.read(text)
    except BadInput:
        return None


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
    match _number(text, 2):
        case 0:
            state = replace(state, asks="words")
            try:
                return _heard(state, state.words, answers)
            except UnknownProcedure as fault:
                return replace(state, fault=fault)
        case 1:
            return replace(_new(state), page=Page("stop"))
    return _unclear(state)


def _procedure(state: State, text: str, answers: Answers) -> State:
    chosen = _number(text, len(state.matches) + 1)
    if chosen == len(state.matches):
        return replace(state, asks="words", matches=())
    if chosen is None:
        return _unclear(state) if text.isdecimal() or not text else _words(state, text, answers)
    return _understood(state, state.matches[chosen].id, answers)


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
    chosen = _number(text, len(state.places) + 1) if len(text) < 4 else None
    if chosen == len(state.places):
        return replace(state, asks="place", places=())
    if chosen is None and len(text) < 4:
        return _unclear(state)
    return _place(state, text if chosen is None else state.places[chosen].id, answers)


def _program(state: State, text: str, answers: Answers) -> State:
    chosen = _number(text, len(answers.programs) + 1)
    if chosen is None:
        return _unclear(state)
    program = answers.programs[chosen] if chosen < len(answers.programs) else None
    return _next(replace(state, program=program, program_settled=True), answers)


def _option(state: State, text: str, answers: Answers) -> State:
    options = answers.options(state.program)
    chosen = _number(text, len(options) + 1)
    if chosen is None:
        return _unclear(state)
    option = options[chosen].id if chosen < len(options) else None
    return _next(replace(state, option=option, option_settled=True), answers)


def _menu(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    offered = menu.items(state.answered)
    if not text:
        return replace(state, page=Page("menu"))
    chosen = _number(text, len(offered))
    if chosen is None:
        return _unclear(state)
    item, beside = offered[chosen], text.split()[1:2]
    match item.act:
        case "center":
            wanted = replace(state, asks="center", wants=item.page)
            alone = len(state.answered.offer.centers) == 1
            return _center(wanted, "1" if alone else beside[0], answers) if alone or beside else wanted
        case "pair":
            wanted = replace(state, asks="pair")
            return _pair(wanted, "1", answers) if len(menu.pairs(state.answered)) == 1 else wanted
        case "place":
            return replace(state, asks="place", place=None)
        case "language":
            return replace(state, language="en" if state.language == "es" else "es", page=Page("centers"))
        case "new":
            return _new(state)
        case "quit":
            return replace(state, asks="end")
    return replace(state, page=Page(item.page))


def _center(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    chosen = _number(text, len(state.answered.offer.centers))
    if chosen is None:
        return _unclear(state)
    return replace(state, asks="menu", page=Page(state.wants, chosen), wants="none")


def _pair(state: State, text: str, answers: Answers) -> State:
    if state.answered is None:
        return _next(state, answers)
    pairs = menu.pairs(state.answered)
    chosen = _number(text, len(pairs))
    if chosen is None:
        return _unclear(state)
    one, other = pairs[chosen]
    found = answers.compare(state.answered, one, other)
    return replace(state, asks="menu", page=Page("compare", one, other), comparison=found)


def _ended(state: State, _text: str, _answers: Answers) -> State:
    return state


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

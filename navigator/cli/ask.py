"""`coe ask`, `coe ticket`: the same answers as spoken lines, at once or as a dialogue in lines (PRODUCT 16)."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import (
    AsJson,
    EditionFile,
    OnDate,
    ProgramName,
    check_reach,
    edition_path,
    parse_day,
    program_of,
    settle,
)
from navigator.cli.letter_output import Lang, language_asked
from navigator.cli.output import print_json
from provider_directory.errors import BadInput, Choice, DirectoryError

# The vocabulary is pydantic, 100 ms: `--help` does without, so the commands import it themselves.
if TYPE_CHECKING:
    from collections.abc import Iterable

    from navigator.languages.translating import Language
    from navigator.line_mode.answers import Answered, Answers
    from navigator.line_mode.state import State, Turn
    from navigator.program.model import Program


class InDanger(BadInput):
    """The words are those of somebody who needs help now, not a center."""

    code = "in_danger"
    title = "Help first"


WIDTH = 76
LONGEST_LINE = 4096
INTERRUPTED_EXIT = 130
_NARROWEST = 20

Plain = Annotated[bool, typer.Option("--plain", help="Print spoken lines, as without --json")]
Miles = Annotated[float, typer.Option(help="Radius in miles")]
Limit = Annotated[int, typer.Option(help="How many centers at the most")]


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS... PLACE]", help="What is planned, and where; none: asked")
    ] = None,
    program: ProgramName = None,
    lang: Lang = None,
    miles: Miles = 50.0,
    limit: Limit = 3,
    on: OnDate = None,
    edition: EditionFile = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Ask in plain lines: one sentence a line, numbered choices; for screen readers, ssh, pipes, scripts."""
    language = _language(lang, plain, as_json)
    if question is None:
        if plain or as_json:
            raise BadInput("A question needs words and a place.", 'Try `coe ask "knee replacement" 53202`.')
        _converse(language, program, on, edition)
        return
    if len(question) < 2:
        raise BadInput("A question needs words and a place.", "Give both, or none to be asked for them.")
    check_reach(miles, limit, "recommended")
    from navigator.line_mode.answers import Asked
    from provider_directory.catalog import load

    words = " ".join(question[:-1])
    if _is_in_danger(" ".join(question), language, as_json):
        return
    try:
        chosen = settle(load().search(words), words)
        answers, asked_program = _answers(program, on, edition)
        place = answers.locate(question[-1], asked_program)
    except DirectoryError as fault:
        raise _in_language(fault, language) from None
    asked = Asked(answers.procedure(chosen), place, asked_program, None, miles, limit)
    _tell(answers.answer(asked), language, as_json)


def ticket(
    code: Annotated[str, typer.Argument(metavar="TICKET", help="The 8 characters, as they were heard")],
    program: ProgramName = None,
    on: OnDate = None,
    edition: EditionFile = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Open the question that a claim ticket holds, in the language of its holder."""
    from navigator.line_mode.answers import Asked
    from navigator.ticket import read

    held = read(code)
    language = _language(held.language, plain, as_json)
    answers, asked_program = _answers(program, on, edition)
    procedure, place = answers.of_ticket(held, asked_program)
    _tell(answers.answer(Asked(procedure, place, asked_program)), language, as_json)


def _language(given: str | None, plain: bool, as_json: bool) -> Language:
    if as_json and plain:
        raise BadInput("--json and --plain are both given.", "Choose one.")
    return language_asked(given) or "en"


def _is_in_danger(words: str, language: Language, as_json: bool) -> bool:
    """Say 988 for words of suicide, which are looked up nowhere, and before the answer 911 for those of an emergency.

    Raises InDanger for words of suicide where JSON is asked for.
    """
    from navigator.case.safety import speaks_of_emergency, speaks_of_suicide
    from navigator.languages.translating import translator
    from navigator.line_mode.turns import crisis_lines, emergency_lines

    say, suicide = translator(language), speaks_of_suicide(words)
    if suicide and as_json:
        raise InDanger(" ".join(crisis_lines(say)))
    if suicide:
        _write(crisis_lines(say))
    elif speaks_of_emergency(words) and not as_json:
        _write(emergency_lines(say, None))
    return suicide


def _in_language(fault: DirectoryError, language: Language) -> DirectoryError:
    """Give a fault of words or place in the language, its choices too; any other, and English, as it is."""
    from navigator.languages.procedure_names import procedure_name
    from navigator.languages.translating import translator
    from navigator.line_mode.turns import fault_words

    said = fault_words(translator(language), fault) if language != "en" else None
    if said is None:
        return fault
    choices = tuple(Choice(each.id, procedure_name(language, each.id, each.name)) for each in fault.choices)
    told = type(fault)(said, "", choices)
    told.title = ""
    return told


def _answers(
    program: str | None, on: str | None, edition: str | None, offers_programs: bool = False
) -> tuple[Answers, Program | None]:
    """Open what answers, and the program that was named; ``offers_programs``: without a name one may be chosen."""
    from navigator.line_mode.answers import Answers
    from provider_directory.opening import open_directory

    # Before the programs: on a fresh machine the demonstration brings them along.
    directory = open_directory(edition_path(edition))
    asked_on = parse_day(on, "--on") or date.today()
    return Answers(directory, _installed() if offers_programs else (), asked_on), program_of(program)


def _installed() -> list[Program]:
    """Give the programs of this machine; one that cannot be read is told, and cannot be chosen."""
    from navigator.program.model import load_program

    found = []
    for path in sorted(locations.programs().glob("*.toml")):
        try:
            found.append(load_program(str(path), locations.programs()))
        except BadInput as problem:
            print(problem, file=sys.stderr)
    return found


def _tell(found: Answered, language: Language, as_json: bool) -> None:
    """Print an answer whole: the shape of `coe find --json`, or spoken lines. Exit 1 without a center (CONTRACT 6)."""
    from navigator.languages.translating import translator

    say = translator(language)
    if as_json:
        from navigator.line_mode.said import spoken_in

        print_json(spoken_in(say, found.offer))
    else:
        from navigator.line_mode.said import offer_lines

        _write(offer_lines(say, found))
    if not found.offer.centers:
        raise typer.Exit(1)


def _converse(language: Language, program: str | None, on: str | None, edition: str | None) -> None:
    """Ask and answer line by line until the end of the answers, or until it is left."""
    from navigator.line_mode import dialogue, turns
    from navigator.line_mode.state import State

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte of another encoding is no reason to end
    answers, asked_program = _answers(program, on, edition, offers_programs=program is None)
    state: State = State(language=language, program=asked_program, program_settled=asked_program is not None)
    while True:
        heard = turns.turn(state, answers)
        _say(heard)
        if not heard.prompt:
            return
        try:
            typed = _line()
        except KeyboardInterrupt:
            print()
            raise typer.Exit(INTERRUPTED_EXIT) from None
        if typed is None:
            return
        state = dialogue.answered(state, typed, answers)


def _say(heard: Turn) -> None:
    print()
    _write(heard.lines)
    _write_sheet(heard.sheet)
    _write(f"{number}. {choice}" for number, choice in enumerate(heard.choices, 1))
    if heard.prompt:
        _write((heard.prompt,))  # and no sign behind it: a voice would say "greater than" each time


def _write(lines: Iterable[str]) -> None:
    """Print one sentence a line; in a terminal wrapped by words, in a pipe whole, for whoever reads it aloud."""
    width = _width()
    for line in lines:
        shown = _printable(line)
        # At once: a voice at the other end of the pipe is not kept waiting for the last sentence.
        print(textwrap.fill(shown, width, break_on_hyphens=False) if width else shown, flush=True)


def _write_sheet(text: str) -> None:
    """Print a text of finished lines as it is, and narrower only where the terminal is: its indents stay."""
    width = _width()
    for line in map(_printable, text.splitlines()):
        if not width or len(line) <= width:
            print(line)
        elif set(line) <= set("=-"):
            print(line[:width])
        else:
            indent = " " * (len(line) - len(line.lstrip()))
            print(textwrap.fill(line.strip(), width, initial_indent=indent, subsequent_indent=indent))


def _width() -> int:
    """Give the columns to write in; 0 = as many as a sentence has."""
    return max(_NARROWEST, min(WIDTH, shutil.get_terminal_size().columns)) if sys.stdout.isatty() else 0


def _printable(line: str) -> str:
    # Data was cleaned when it was read; a directory may be remote.
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _line() -> str | None:
    """Give the next line that is typed or piped, its beginning where it is endless; None at the end of them."""
    typed = sys.stdin.readline(LONGEST_LINE)
    rest = typed
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(LONGEST_LINE)
    if not typed:
        print()
        return None
    return typed

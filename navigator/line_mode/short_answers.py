"""Short answers as they are said or typed: a number or a word for one, a choice by name, what is said at any time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from provider_directory.catalog.folding import fold

Command = Literal["quit", "again", "back", "help", "new", "en", "es"]

_COMMANDS: dict[Command, str] = {
    "quit": "q;quit;exit;bye;goodbye;stop;end;hang up;salir;adios;terminar;colgar",
    "again": "r;again;repeat;repeat that;say that again;otra vez;repetir;repita;de nuevo",
    "back": "b;back;go back;volver;atras;regresar",
    "help": "help;ayuda;ayudame",
    "new": "new;new question;start over;nueva;nuevo;nueva pregunta;pregunta nueva;empezar de nuevo",
    "en": "en;english;in english;ingles;en ingles",
    "es": "es;spanish;in spanish;espanol;en espanol",
}
_COMMAND_OF = {said: command for command, words in _COMMANDS.items() for said in words.split(";")}
_NUMBERS = (
    "one first uno una un primero primera primer",
    "two second dos segundo segunda",
    "three third tres tercero tercera tercer",
    "four fourth cuatro cuarto cuarta",
    "five fifth cinco quinto quinta",
    "six sixth seis sexto sexta",
    "seven seventh siete septimo septima",
    "eight eighth ocho octavo octava",
    "nine ninth nueve noveno novena",
    "ten tenth diez decimo decima",
    "eleven eleventh once",
    "twelve twelfth doce",
    "thirteen thirteenth trece",
    "fourteen fourteenth catorce",
)
_NUMBER_OF = {word: number for number, words in enumerate(_NUMBERS, 1) for word in words.split()}
_ORDINALS = frozenset(words.split()[1] for words in _NUMBERS)
_BESIDE = frozenset({"number", "no", "nr", "option", "choice", "center", "the", "and", "with", "please"})
_BESIDE |= {"numero", "opcion", "centro", "el", "la", "los", "las", "y", "con"}
"""What may stand beside a number without meaning anything."""
_PLEASE = re.compile(r"\bpor favor\b", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|a|o)?")
_YES = frozenset({"y", "yes", "yeah", "yep", "s", "si", "claro"})
_NO = frozenset({"n", "no", "nope", "none", "nothing", "ninguno", "ninguna", "nada"})
_NOT_SURE = _NO | {"not sure", "i am not sure", "im not sure", "dont know", "i dont know", "i do not know", "no idea"}
_NOT_SURE |= {"none of these", "none of them", "no se", "no lo se", "no estoy seguro", "no estoy segura"}
_NOT_SURE |= {"ninguno de estos", "ninguna de estas"}
_LEAST_LETTERS = 3


def command(text: str) -> Command | None:
    """Give what may be said at any time and is no answer to the question."""
    return "help" if text.strip() == "?" else _COMMAND_OF.get(fold(text))


def numbers(text: str) -> tuple[int, ...]:
    """Read "2", "2.", "number two please", "the second one", "1 and 3", "la segunda"; () where other words stand."""
    found: list[int] = []
    words = fold(_PLEASE.sub(" ", text)).split()
    for at, word in enumerate(words):
        digits = _DIGITS.fullmatch(word)
        if digits or word in _NUMBER_OF:
            if word != "one" or at == 0 or words[at - 1] not in _ORDINALS:
                found.append(int(digits[1]) if digits else _NUMBER_OF[word])
        elif word not in _BESIDE:
            return ()
    return tuple(found)


def before_number(text: str) -> tuple[str, str]:
    """Split "why the second" into "why" and "second"; without a number the second part is empty."""
    words = _PLEASE.sub(" ", text).split()
    at = next((at for at, word in enumerate(words) if numbers(word)), len(words))
    return " ".join(word for word in words[:at] if fold(word) not in _BESIDE), " ".join(words[at:])


def numbered(text: str, most: int) -> int | None:
    """Give the one number of a choice, counted from 0; None where it is none of them."""
    found = numbers(text)
    return found[0] - 1 if len(found) == 1 and 1 <= found[0] <= most else None


def chosen(text: str, names: Sequence[str], last_is_none: bool = False) -> int | None:
    """Give the choice, counted from 0, by its number or by words that begin a word of one name alone.

    ``last_is_none``: the last choice is "none of these", which "no" and "I don't know" mean too.
    """
    if numbers(text):
        return numbered(text, len(names))
    if last_is_none and is_none(text):
        return len(names) - 1
    words, folded = fold(text), [fold(name) for name in names]
    if words in folded:
        return folded.index(words)
    fitting = [at for at, name in enumerate(folded) if f" {words}" in f" {name}"]
    return fitting[0] if len(fitting) == 1 and len(words) >= _LEAST_LETTERS else None


def is_none(text: str) -> bool:
    """Say whether an answer means none of the choices."""
    return fold(text) in _NOT_SURE


def yes_or_no(text: str) -> bool | None:
    """Read a yes or a no; None where it is neither."""
    word = fold(text)
    return True if word in _YES else False if word in _NO else None

"""The claim ticket of a kiosk: 35 bits and a check character in 8 characters, nothing stored (CONTRACT 6)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32, as in referral numbers."""
LENGTH = 8
MODULUS = 29
_APART = str.maketrans("", "", " -‐‑‒–—−./")
_SOUND_ALIKE = str.maketrans("OIL", "011")
_NEXT_STEP = "Ask the caller to read the 8 characters of the ticket again."
_BITS = (("procedure", 10), ("zip", 17), ("language", 1), ("site", 7))
MOST_SITES = 1 << 7
"""A site's number lies below."""


class WrongTicket(BadInput):
    """What was given is no ticket, or one that was misheard."""

    code = "wrong_ticket"


class Ticket(NamedTuple):
    """What a person chose at a kiosk, without who they are."""

    procedure_number: int
    """``Procedure.number``."""
    zip: str
    language: Literal["en", "es"]
    site: int
    """Number of the place of work among its employer's sites (``navigator.program.sites``), 0 = none."""


def written(ticket: Ticket) -> str:
    """Give the 8 characters of a ticket; raises BadInput where a part does not fit its bits."""
    parts = (ticket.procedure_number, int(ticket.zip), int(ticket.language == "es"), ticket.site)
    value = 0
    for (name, bits), part in zip(_BITS, parts, strict=True):
        if not 0 <= part < 1 << bits:
            raise BadInput(f"The {name} {part} does not fit a ticket.", f"It has to be below {1 << bits}.")
        value = value << bits | part
    body = "".join(DIGITS[value >> shift & 31] for shift in range(30, -1, -5))
    return body + DIGITS[value % MODULUS]


def grouped(text: str) -> str:
    """Give a ticket as it is shown: "01CZ-MM01"."""
    return f"{text[:4]}-{text[4:]}"


def spelled(text: str) -> str:
    """Give a ticket as it is read aloud: "0 1 C Z, M M 0 1"."""
    return f"{' '.join(text[:4])}, {' '.join(text[4:])}"


def is_like_one(text: str) -> bool:
    """Say whether a text has the form of a ticket with a digit in it: a word of 8 letters alone is none."""
    packed = _packed(text)
    return _has_the_form(packed) and any(letter.isdecimal() for letter in clean(text))


def _packed(text: str) -> str:
    return clean(text).upper().translate(_APART).translate(_SOUND_ALIKE)


def _has_the_form(packed: str) -> bool:
    return len(packed) == LENGTH and all(letter in DIGITS for letter in packed)


def read(text: str) -> Ticket:
    """Read a ticket however it was typed: lower case, blanks, dashes, O for 0, I and L for 1.

    Of wrong characters and of swapped neighbors the check finds all but those of a pair that are 29 apart (0 and X, 1
    and Y, 2 and Z): about 1 in 150 is not found. Raises WrongTicket that says what does not fit.
    """
    heard, packed = clean(text), _packed(text)
    if not _has_the_form(packed):
        raise WrongTicket(f'"{heard}" is no ticket: a ticket has {LENGTH} letters and digits.', _NEXT_STEP)
    value = 0
    for letter in packed[:-1]:
        value = value << 5 | DIGITS.index(letter)
    if DIGITS[value % MODULUS] != packed[-1]:
        raise WrongTicket(f'One character of the ticket "{heard}" was misheard.', _NEXT_STEP)
    parts = {}
    for name, bits in reversed(_BITS):
        parts[name] = value & (1 << bits) - 1
        value >>= bits
    if parts["zip"] > 99_999:
        raise WrongTicket(f'The ticket "{heard}" names no ZIP.', _NEXT_STEP)
    return Ticket(parts["procedure"], f"{parts['zip']:05}", "es" if parts["language"] else "en", parts["site"])

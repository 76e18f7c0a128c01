"""The referral number CR-XXXX-XXXX-C: drawn at random, checked by mod 37, forgiving to the ear (CONTRACT 6)."""

from __future__ import annotations

import re
import secrets

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

PREFIX = "CR"
CASE_PREFIX = "CS"
"""Cases have numbers of the same kind, drawn apart from the referrals'."""
BODY_LENGTH = 8
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U."""
MODULUS = 37
"""A prime above 32, so that no change of one character and no swap of two neighbors keeps the check character."""

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−./]+")
_SOUND_ALIKE = str.maketrans("OIL", "011")
_UNDERSTOOD = frozenset(DIGITS + DIGITS.lower() + "OILoil")
_NEXT_STEP = "Read the number again from the {of}; it looks like {prefix}-7K3M-9QX3-0."


def draw() -> str:
    """Draw a random number; about 2^39.8 of them exist, the ledger refuses one that it already holds."""
    while True:
        body = "".join(secrets.choice(DIGITS) for _ in range(BODY_LENGTH))
        if (remainder := _remainder(body)) < len(DIGITS):
            return f"{PREFIX}-{_grouped(body)}-{DIGITS[remainder]}"


def check_character(body: str) -> str:
    """Give the check character of an 8-character body; raises BadInput where it would be one of ``* ~ $ = U``.

    Such numbers are never given out (CONTRACT 6).
    """
    remainder = _remainder(body)
    if remainder >= len(DIGITS):
        raise BadInput(f'No number "{_grouped(body)}" is given out.', "Read the number again.")
    return DIGITS[remainder]


def normalise(text: str) -> str:
    """Give the number as it is written, from lower case, blanks, missing dashes, O for 0 and I or L for 1.

    Raises BadInput saying which character does not fit.
    """
    return f"{PREFIX}-{_heard(text, 'referral', PREFIX)}"


def normalise_case(text: str) -> str:
    """Give a case's number as it is written; as ``normalise``."""
    return f"{CASE_PREFIX}-{_heard(text, 'case', CASE_PREFIX)}"


def _heard(text: str, of: str, prefix: str) -> str:
    """Give what stands behind the prefix: "7K3M-9QX3-0"."""
    step = _NEXT_STEP.format(of=of, prefix=prefix)
    heard = clean(text)
    typed = _SEPARATORS.sub("", heard)
    if foreign := [character for character in typed if character not in _UNDERSTOOD]:
        raise BadInput(f'"{foreign[0]}" in "{heard}" is not a character of a {of} number.', step)
    packed = typed.upper().translate(_SOUND_ALIKE)
    if len(packed) == len(prefix) + BODY_LENGTH + 1 and packed.startswith(prefix):
        packed = packed.removeprefix(prefix)
    if len(packed) != BODY_LENGTH + 1:
        raise BadInput(
            f'"{heard}" has {len(packed)} characters, dashes left out; a {of} number has 11, or 9 without {prefix}.',
            step,
        )
    body, found = packed[:BODY_LENGTH], packed[BODY_LENGTH]
    if (expected := check_character(body)) != found:
        raise BadInput(
            f'The last character of "{heard}" should be {expected} but is {found}: one of the characters was misheard.',
            step,
        )
    return f"{_grouped(body)}-{found}"


def spelled(number: str) -> str:
    """Give a number as it is read aloud, character by character: "C R, 7 K 3 M, 9 Q X 3, 0"."""
    return ", ".join(" ".join(group) for group in number.split("-"))


def _remainder(body: str) -> int:
    value = 0
    for character in body:
        value = value * len(DIGITS) + DIGITS.index(character)
    return value % MODULUS


def _grouped(body: str) -> str:
    half = BODY_LENGTH // 2
    return f"{body[:half]}-{body[half:]}"

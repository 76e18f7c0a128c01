"""Turns the words of a cell into values: what is not of the form is None, never 0 (METHOD 4, "What an importer")."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_CCN = re.compile(r"[0-9A-Z]{5,6}|[0-9A-Z]{2}C[0-9]{7}|[0-9]C[0-9]{7}")
_DAY_OF_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_DAY_OF_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ZIP = re.compile(r"(\d{3,5})(?:-?\d{4})?", re.ASCII)
_TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
_DRG = re.compile(r"\d{1,3}", re.ASCII)
_NULL_WORDS = frozenset({"", "not available", "n/a", "not applicable", "too few to report"})
_MOST_CENTS = 10**15


@lru_cache(maxsize=65536)
def number(text: str) -> float | None:
    """Read a number, thousands commas allowed; every other word is None, "24,10" too."""
    bare = _without_commas(text.strip())
    if not _NUMBER.fullmatch(bare):
        return None
    value = float(bare)
    return value if math.isfinite(value) else None


def whole_number(text: str) -> int | None:
    """Read a number without a fraction ("12", "12.0"); every other word is None."""
    value = number(text)
    return int(value) if value is not None and value.is_integer() and abs(value) < _MOST_CENTS else None


def cents(text: str) -> int | None:
    """Read dollars ("$29,760.71429") as cents, half up; every other word is None, "24,10" too."""
    bare = _without_commas(text.strip().replace("$", ""))
    if not _NUMBER.fullmatch(bare):
        return None
    amount = Decimal(bare)
    if abs(amount) >= _MOST_CENTS // 100:
        return None
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _without_commas(text: str) -> str:
    """Take out commas that part thousands; another comma stays, for nobody knows what it means."""
    return text.replace(",", "") if "," in text and _THOUSANDS.fullmatch(text) else text


@lru_cache(maxsize=4096)
def iso_day(text: str) -> str | None:
    """Read M/D/YYYY or YYYY-MM-DD as an ISO date; "" for a blank or null word, None for what is no date."""
    bare = text.strip()
    if bare.lower() in _NULL_WORDS:
        return ""
    if us := _DAY_OF_US.fullmatch(bare):
        month, day, year = us.groups()
    elif iso := _DAY_OF_ISO.fullmatch(bare):
        year, month, day = iso.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def ccn(text: str) -> str | None:
    """Read a CMS certification number: upper-case text, its lost leading zero restored; 6 or 10 characters.

    Ten characters are an ambulatory surgery center's ("05C0001234"). None for every other form.
    """
    bare = text.strip().upper()
    if not _CCN.fullmatch(bare) or sum(letter.isdigit() for letter in bare) < 4:  # "CLOSED" is a word, not a number
        return None
    return bare.zfill(10 if len(bare) > 6 else 6)


def zip5(text: str) -> str:
    """Read a ZIP or ZIP+4 as five digits, lost leading zeros restored; "" for every other word."""
    found = _ZIP.fullmatch(text.strip())
    return found[1].zfill(5) if found else ""


def phone(text: str) -> str:
    """Write ten bare digits, as older files have them, as "(414) 555-0101"; everything else stays as it is."""
    return f"({text[:3]}) {text[3:6]}-{text[6:]}" if _TEN_DIGITS.fullmatch(text) else text


def drg(text: str) -> str | None:
    """Read an MS-DRG number as three characters ("5" is "005"); None for every other word."""
    bare = text.strip()
    return bare.zfill(3) if _DRG.fullmatch(bare) else None


def degrees(lat: str, lon: str) -> tuple[float, float] | None:
    """Read a point in degrees; None when it is off the globe, or 0,0, which files write for "not known"."""
    north, east = number(lat), number(lon)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def in_america(lat: float, lon: float) -> bool:
    """Say whether a point may lie in the states and territories; a lost minus sign leads to China."""
    return -15 <= lat <= 72 and (-180 <= lon <= -64 or 144 <= lon <= 180)

"""What one field of the form may hold: text as typed in, a value that may be kept out, or BadInput that says both."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from navigator.days import day_words
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

OLDEST_YEARS = 120

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_US_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?([2-9][0-9]{2})\)?[ .-]*([2-9][0-9]{2})[ .-]*([0-9]{4})")
_ZIP = re.compile(r"([0-9]{5})(?:-?[0-9]{4})?")
_SOCIAL_SECURITY = re.compile(r"[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}")
_YES = {"yes", "y", "true"}
_NO = {"no", "n", "false"}


def text_within(label: str, text: str, limit: int) -> str:
    """Give the cleaned text; raises BadInput above ``limit`` characters, for nothing is cut in silence."""
    cleaned = clean(text, limit + 2)  # the first letter too many may be a blank, which is cut off
    if len(cleaned) > limit:
        raise BadInput(f"{label} has more than {limit} characters.", f"Say it in at most {limit} characters.")
    return cleaned


def person_name(text: str) -> str:
    """Give a person's name, at most 120 characters with at least one letter."""
    name = text_within("The name", text, 120)
    if not any(character.isalpha() for character in name):
        raise BadInput(f'"{name}" has no letter.', "Type the name as the plan's card shows it.")
    return name


def calendar_day(text: str) -> date:
    """Give a day from 1961-03-09 or 3/9/1961; raises BadInput for what is no day of the calendar."""
    found = clean(text)
    if iso := _ISO_DATE.fullmatch(found):
        year, month, day = (int(part) for part in iso.groups())
    elif us := _US_DATE.fullmatch(found):
        month, day, year = (int(part) for part in us.groups())
    else:
        raise BadInput(f'"{found}" is not a date.', "Type it as 3/9/1961 or 1961-03-09.")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(f'"{found}" is not a day of the calendar.', "Ask for month, day and year again.") from None


def not_past(day: date, today: date) -> date:
    """Give a day that is today or later; raises BadInput for another."""
    if day < today:
        raise BadInput(f"{day_words(day)} is past.", "Give today or a later day.")
    return day


def birth_date(text: str) -> date:
    """Give a birth date from 1961-03-09 or 3/9/1961; it is not in the future and less than 120 years back."""
    found, born = clean(text), calendar_day(text)
    today = datetime.now(UTC).astimezone().date()
    if born > today:
        raise BadInput(f'"{found}" is in the future.', "Ask for the birth date again.")
    if (born.year + OLDEST_YEARS, born.month, born.day) <= (today.year, today.month, today.day):
        raise BadInput(f'"{found}" is {OLDEST_YEARS} years back or more.', "Ask for the birth year again.")
    return born


def phone(text: str) -> str:
    """Give a US phone number as 414-555-0100."""
    found = clean(text)
    if not (match := _PHONE.fullmatch(found)):
        raise BadInput(
            f'"{found}" is not a US phone number.', "Type 10 digits, area code first, for example 414-555-0100."
        )
    return "-".join(match.groups())


def zip_code(text: str) -> str:
    """Give a 5-digit ZIP; the four digits behind it are more than is needed and are left off."""
    found = clean(text)
    if not (match := _ZIP.fullmatch(found)):
        raise BadInput(f'"{found}" is not a ZIP.', "Type 5 digits, for example 53202.")
    return match.group(1)


def member_id(text: str) -> str:
    """Give the plan's member ID, at most 40 characters; a social security number is refused (REFERRAL)."""
    found = text_within("The member ID", text, 40)
    if _SOCIAL_SECURITY.fullmatch(found):
        raise BadInput(
            "This looks like a social security number, which is never kept.", "Ask for the number on the plan's card."
        )
    return found


def yes_or_no(text: str) -> bool:
    """Give an answer to a yes/no question."""
    found = clean(text)
    word = found.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadInput(f'"{found}" is neither yes nor no.', "Type yes or no, or leave it empty while it is not known.")


def one_of(text: str, choices: tuple[tuple[str, str], ...]) -> str:
    """Give the word of the choice that the text names by word or by label."""
    found = clean(text)
    for word, label in choices:
        if found.casefold() in (word.casefold(), label.casefold()):
            return word
    names = ", ".join(label for _, label in choices)
    raise BadInput(f'"{found}" is not among the choices.', f"Choose one of: {names}.")

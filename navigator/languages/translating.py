"""The translator: a text in the language of who reads it, from the gettext catalogue, with figures put in by name.

English texts are the keys of the catalogue (docs/translating.md). A text is found for it by the calls ``say("...")``,
``many("...", "...", count)`` and ``to_say("...")``, so the translator is named ``say`` wherever it is used. It is
also the ``Say`` of ``provider_directory.saying``.
"""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Iterable
from datetime import date, time
from importlib import resources
from typing import Literal, get_args

from navigator.languages.locales import LOCALES

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "coe"
_SPAN = re.compile(r"(\d{1,4}) (days|months)( after (?:surgery|the procedure))?")


def language_of(tag: str | None) -> Language:
    """Give the language in which a member reads, from a BCP 47 tag or its name; English where it is neither of ours."""
    said = (tag or "").casefold().replace("_", "-").partition("-")[0].strip()
    return "es" if said in ("es", "spa", "spanish", "español", "espanol") else "en"


class Translator:
    """Gives texts and figures in one language; figures are put into ``{name}`` of a text and are never read as text.

    Written in Spanish as in the United States: "$3,000", "24 de noviembre de 2026".
    """

    def __init__(self, language: Language, catalogue: gettext.NullTranslations) -> None:
        self.language: Language = language
        self._catalogue = catalogue
        self._locale = LOCALES[language]

    def __call__(self, text: str, /, **values: str | int) -> str:
        """Give a text in the language, with the values put in."""
        return self._filled(self._catalogue.gettext(text), values)

    def many(self, one: str, several: str, count: int, /, **values: str | int) -> str:
        """Give the form of a text that the count asks for; ``{count}`` is written with its thousands."""
        return self._filled(self._catalogue.ngettext(one, several, count), {"count": self.count(count), **values})

    def term(self, words: str) -> str:
        """Give words of a table or a contract, e.g. "implant", "90 days after surgery"; others stay as they are."""
        if span := _SPAN.fullmatch(words):
            return self._span(int(span[1]), span[2] == "days", bool(span[3]))
        return self._catalogue.gettext(words) if words else ""

    def _span(self, count: int, of_days: bool, after_surgery: bool) -> str:
        if of_days and after_surgery:
            return self.many("{count} day after surgery", "{count} days after surgery", count)
        if after_surgery:
            return self.many("{count} month after surgery", "{count} months after surgery", count)
        if of_days:
            return self.many("{count} day", "{count} days", count)
        return self.many("{count} month", "{count} months", count)

    def knows(self, words: str) -> bool:
        """Say whether words are a text of the catalogue; in English all are."""
        return self.language == "en" or self._catalogue.gettext(words) != words

    def count(self, number: int) -> str:
        """Write a whole number, e.g. "1,236"."""
        return f"{number:,}"

    def dollars(self, cents: int) -> str:
        """Write an amount, e.g. "$3,000" or "$24,100.50"; it stands with its kind, never alone."""
        from provider_directory.spoken import dollars  # deferred: pydantic, 56 ms before the first frame

        return dollars(cents)

    def day(self, day: date) -> str:
        """Write "November 24, 2026" or "24 de noviembre de 2026"."""
        return self._locale.day.format(day=day.day, month=self._locale.months[day.month - 1], year=day.year)

    def weekday(self, day: date) -> str:
        """Write a near day, "Tuesday, November 24" or "martes 24 de noviembre"."""
        name, month = self._locale.weekdays[day.weekday()], self._locale.months[day.month - 1]
        return self._locale.near_day.format(weekday=name, day=day.day, month=month)

    def month(self, day: date) -> str:
        """Write "June 2027" or "junio de 2027"."""
        return self._locale.month.format(month=self._locale.months[day.month - 1], year=day.year)

    def hour(self, at: time) -> str:
        """Write a time of the day as it stands behind "at": "9:30 a.m.", "las 9:30 a.m.", "la 1:00 p.m."."""
        of_one, of_others = self._locale.hours
        written = f"{at.hour % 12 or 12}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}"
        return (of_one if at.hour % 12 == 1 else of_others).format(hour=written)

    def listed(self, parts: Iterable[str]) -> str:
        """List parts as they are said: "hospital, surgeon and implant"."""
        return self._joined(tuple(parts), self._locale.joins)

    def either(self, parts: Iterable[str]) -> str:
        """List parts of which one holds: "phone, e-mail or letter"."""
        return self._joined(tuple(parts), self._locale.separates)

    def _joined(self, parts: tuple[str, ...], words: tuple[tuple[str, str], ...]) -> str:
        if len(parts) < 2:
            return "".join(parts)
        # Spanish says "e" before the sound i and "u" before the sound o: "riesgo e implante".
        last = parts[-1].casefold()
        word = next(word for word, starts in words if last.startswith(tuple(starts.split())) or not starts)
        return f"{', '.join(parts[:-1])} {word} {parts[-1]}"

    @staticmethod
    def _filled(text: str, values: dict[str, str | int]) -> str:
        return text.format(**values) if values else text


def to_say(text: str) -> str:
    """Mark a text for the catalogue that is said elsewhere."""
    return text


@functools.cache
def translator(language: Language) -> Translator:
    """Give the translator of a language; the catalogue is read once."""
    if language == "en":
        return Translator(language, gettext.NullTranslations())
    folder = resources.files("navigator.languages") / language / "LC_MESSAGES"
    with (folder / f"{DOMAIN}.mo").open("rb") as file:
        return Translator(language, gettext.GNUTranslations(file))

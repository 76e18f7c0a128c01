"""How days are written and lists are joined in each language (CLDR, en-US and es-US)."""

from __future__ import annotations

from typing import NamedTuple


class Locale(NamedTuple):
    """The words and patterns of one language."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """From Monday."""
    day: str
    near_day: str
    month: str
    joins: tuple[tuple[str, str], ...]
    """The word for "and", with the beginnings before which it stands; "" = before any other."""
    separates: tuple[tuple[str, str], ...]
    """The word for "or", likewise."""
    hours: tuple[str, str]
    """How an hour stands behind "at": of one o'clock, and of any other."""


LOCALES = {
    "en": Locale(
        months=tuple(
            "January February March April May June July August September October November December".split()  # noqa: SIM905 - twelve words read better so
        ),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        day="{month} {day}, {year}",
        near_day="{weekday}, {month} {day}",
        month="{month} {year}",
        joins=(("and", ""),),
        separates=(("or", ""),),
        hours=("{hour}", "{hour}"),
    ),
    "es": Locale(
        months=tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905 - as above
        ),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        day="{day} de {month} de {year}",
        near_day="{weekday} {day} de {month}",
        month="{month} de {year}",
        joins=(("y", "hie hia hio"), ("e", "i í hi hí"), ("y", "")),
        separates=(("u", "o ó ho hó 8"), ("o", "")),
        hours=("la {hour}", "las {hour}"),
    ),
}

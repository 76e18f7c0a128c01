"""When a desk is open: read from lines such as "mon-fri 8:00-17:00", and when it opens next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.time_zones import is_time_zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LINE = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?\s+(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.ASCII)
_STEP = 'Write lines such as "mon-fri 8:00-17:00", and time_zone = "America/Chicago".'


class Span(NamedTuple):
    """One day's hours; ``weekday`` from Monday = 0."""

    weekday: int
    opens: time
    closes: time


class Hours(NamedTuple):
    """The hours of a week in the desk's own time zone (IANA name)."""

    spans: tuple[Span, ...]
    time_zone: str

    def closes_at(self, now: datetime) -> time | None:
        """Give when the desk closes today; None where it is closed. ``now`` is aware."""
        here = now.astimezone(ZoneInfo(self.time_zone))
        return next(
            (
                span.closes
                for span in self.spans
                if span.weekday == here.weekday() and span.opens <= here.time() < span.closes
            ),
            None,
        )

    def opens_next(self, now: datetime) -> datetime:
        """Give when the desk opens next, in its own time zone; ``now`` is aware."""
        here = now.astimezone(ZoneInfo(self.time_zone))
        coming = (
            datetime.combine(here.date() + timedelta(days=day), span.opens, here.tzinfo)
            for day in range(8)
            for span in self.spans
            if span.weekday == (here.weekday() + day) % 7
        )
        return min(moment for moment in coming if moment > here)


def read_hours(lines: Iterable[str], time_zone: str) -> Hours:
    """Read the hours; raises BadInput that names what cannot be read."""
    if not is_time_zone(time_zone):
        raise BadInput(f'There is no time zone "{clean(time_zone, 60)}".', _STEP)
    spans = [span for line in lines for span in _spans(line)]
    if not spans:
        raise BadInput("The desk has no hours.", _STEP)
    return Hours(tuple(sorted(spans)), time_zone)


def _spans(line: str) -> list[Span]:
    found = _LINE.fullmatch(" ".join(line.casefold().split()))
    try:
        if found is None:
            raise ValueError
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        opens, closes = time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6]))
    except ValueError:
        raise BadInput(f'"{clean(line, 60)}" is no opening hour.', _STEP) from None
    if opens >= closes or first > last:
        raise BadInput(f'"{clean(line, 60)}" ends before it begins.', _STEP)
    return [Span(day, opens, closes) for day in range(first, last + 1)]

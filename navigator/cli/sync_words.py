"""What `coe sync` says: the table of what it will fetch, a line that moves while it does, and what changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from navigator.cli.output import print_table
from navigator.cli.streams import LINE_ANEW

if TYPE_CHECKING:
    from provider_directory.sync import Planned, Synced, Transfer

_BETWEEN_LINES = 10.0
"""Seconds, where the line cannot move: in a log."""
_BETWEEN_MOVES = 0.1


class Teller:
    """Hears a sync and tells it: the plan on stdout, what goes on in one line of stderr."""

    def __init__(self, quiet: bool) -> None:
        """``quiet``: stdout is for JSON, and stderr, unless a person sits before it, stays empty."""
        self._prints = not quiet
        self._live = sys.stderr.isatty()
        self._tells = self._live or not quiet
        self._last = 0.0
        self._subject = ""
        self._open = False

    def planned(self, plan: Sequence[Planned]) -> None:
        """Print what will be fetched, and how large it is."""
        self.end_line()
        if not self._prints:
            return
        print_table(
            ("data set", "--only", "release", "size", "is here"),
            [
                (
                    planned.dataset.title,
                    planned.dataset.name,
                    planned.release or "not said",
                    size(planned.bytes) if planned.bytes is not None else "not said",
                    _is_here(planned),
                )
                for planned in plan
            ],
            right=frozenset({3}),
        )
        for planned in plan:
            if planned.trouble:
                print(f"{planned.dataset.title}: {planned.trouble} {_way_around(planned)}")
        print(_to_fetch(plan), flush=True)

    def transfer(self, transfer: Transfer) -> None:
        """Show how far a file is."""
        if transfer.name != self._subject:
            self.end_line()
        total = f" of {size(transfer.total)}" if transfer.total is not None else ""
        left = f", {_clock(transfer.seconds_left)} left" if transfer.seconds_left is not None else ""
        words = f"{transfer.name}: {size(transfer.done)}{total}, {size(transfer.rate)}/s{left}"
        self._show(words, transfer.name, is_last=transfer.done == transfer.total)

    def step(self, words: str, done: float) -> None:
        """Show what the build does."""
        self._show(f"{done:4.0%} {words}", "build", is_last=done == 1)

    def says(self, words: str) -> None:
        """Tell a sentence on a line of its own."""
        self.end_line()
        if self._tells:
            print(words, file=sys.stderr, flush=True)

    def end_line(self) -> None:
        """Leave the line that moves."""
        if self._open:
            print(file=sys.stderr)
            self._open = False

    def _show(self, words: str, subject: str, *, is_last: bool) -> None:
        now = time.monotonic()
        wait = _BETWEEN_MOVES if self._live else _BETWEEN_LINES
        if subject != self._subject:
            # In a log a file is worth a line when it is there, or when it takes long.
            self._subject, self._last = subject, 0.0 if self._live else now
        if not self._tells or (not is_last and now - self._last < wait):
            return
        self._last = now
        if self._live:
            print(f"{LINE_ANEW}{words[:79]}", end="", file=sys.stderr, flush=True)
            self._open = True
        else:
            print(words, file=sys.stderr, flush=True)


def size(count: float) -> str:
    """Write bytes as people read them: "812 kB", "98.1 MB"."""
    if count < 1_000_000:
        return f"{count / 1_000:,.0f} kB" if count >= 1_000 else f"{count:,.0f} B"
    return f"{count / 1e6:,.1f} MB" if count < 1e9 else f"{count / 1e9:,.1f} GB"


def print_changes(synced: Synced) -> None:
    """Print, table by table, how many rows there are now and were before."""
    from provider_directory.sync import changes

    rows = [
        (
            change.title,
            change.release or "not said",
            f"{change.rows:,}",
            "-" if change.rows_before is None else f"{change.rows_before:,}",
        )
        for change in changes(synced)
    ]
    print_table(("table", "release", "rows now", "before"), rows, right=frozenset({2, 3}))


def _way_around(planned: Planned) -> str:
    return "The monthly archive is asked." if planned.url is None else "The file of the table is taken instead."


def _is_here(planned: Planned) -> str:
    if planned.held is None:
        return "no"
    return "yes" if planned.state == "here" else planned.held.release or "older"


def _to_fetch(plan: Sequence[Planned]) -> str:
    wanted = [planned for planned in plan if planned.state != "here"]
    if not wanted:
        return "Nothing to fetch: all of it is here."
    known = [planned.bytes for planned in wanted if planned.bytes is not None]
    unsaid = len(wanted) - len(known)
    sizes = [size(sum(known))] if known else []
    if unsaid:
        sizes.append(f"{unsaid} of a size that is not said")
    return f"To fetch: {len(wanted)} of {len(plan)} data sets, {' and '.join(sizes)}."


def _clock(seconds: float | None) -> str:
    minutes, rest = divmod(round(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

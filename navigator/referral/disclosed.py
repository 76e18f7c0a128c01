"""What of a referral had left the desk when its consent was taken back (REFERRAL "People")."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.days import moment_words
from navigator.referral.delivery import Delivery, try_line
from navigator.referral.tasks import Task


def disclosed(center: str | None, tries: Iterable[Delivery], tasks: Iterable[Task]) -> tuple[str, ...]:
    """Say to whom something was sent, how and when, oldest first; a failed try may have reached somebody, and counts.

    Sendings are the tries to reach the center, and the claims administrator once the task to tell them is done.
    """
    sent = [(each.at, f"{center or 'the center'}: {try_line(each)}") for each in tries]
    sent += [
        (task.done_at, "the claims administrator")
        for task in tasks
        if task.kind == "claims_administrator" and task.done_at and not task.was_settled
    ]
    return tuple(f"{words}, {moment_words(at)}" for at, words in sorted(sent))

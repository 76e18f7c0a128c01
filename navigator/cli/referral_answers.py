"""How the commands about referrals say what they did: as JSON, or in plain lines wrapped at 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.cli.output import print_json, print_sentence
from navigator.days import day_words
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from navigator.ledger.ledger import Ledger
    from navigator.referral.record import Referral
    from navigator.referral.worklist import WorkList, WorkRow


def open_ledger() -> Ledger:
    """Open the ledger that this machine is set to."""
    from navigator.ledger.here import open_here  # deferred: SQLAlchemy, 300 ms that no other command pays

    return open_here()


def print_now(ledger: Ledger, referral: Referral, said: str, as_json: bool) -> None:
    """Say what was done, what is owed now, and which moves are possible."""
    from navigator.ledger.following import open_tasks

    tasks = open_tasks(ledger, referral.number)
    if as_json:
        from navigator.referral.answers import referral_now

        print_json(referral_now(referral, tasks))
        return
    from navigator.referral.history import now_lines

    print_sentence(said)
    print_lines(now_lines(referral, tasks, ledger.store.now().astimezone().date()))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines wrapped at 80 columns, each at its own indent."""
    for line in lines:
        text = line.lstrip(" ")
        print_sentence(text, len(line) - len(text))


def print_work(found: WorkList) -> None:
    """Print the work list: the counts, then three lines at the most for each row."""
    from navigator.referral.worklist import SECTIONS

    counts = ", ".join(f"{words} {found.counts[section]}" for section, words in SECTIONS)
    print_sentence(f"Work list of {found.me} on {day_words(found.on)}: {counts}.")
    if not found.rows:
        print(f"Nothing in {dict(SECTIONS)[found.section]}.")
    for row in found.rows:
        print()
        print_lines(_row_lines(row))


def _row_lines(row: WorkRow) -> Iterable[str]:
    late = f", {row.overdue_days} working days late" if row.overdue_days else ""
    risk = " · BILL RISK" if "bill_risk" in row.sections else ""
    yield f"{day_words(row.due_on)}{late} · {row.what}{risk}"
    more = f" · {row.more} more to do" if row.more else ""
    yield f"  {row.id} · {row.state}{more}" + (" · DEMONSTRATION" if row.demonstration else "")
    whom = [row.member_name or "no name yet", row.procedure, row.center]
    away = f" (away until {day_words(row.away_until)})" if row.away_until else ""
    yield "  " + " · ".join(part for part in [*whom, f"with {row.owner or 'nobody'}{away}"] if part)


def read_today(ledger: Ledger) -> date:
    """Give today by the ledger's clock, where this desk stands."""
    return ledger.store.now().astimezone().date()


def yes_no(text: str | None, option: str) -> bool | None:
    """Read yes or no; None where nothing was given; raises BadInput that names the option."""
    if text is None:
        return None
    from navigator.referral.checks import yes_or_no

    try:
        return yes_or_no(text)
    except BadInput as problem:
        raise BadInput(f"{option}: {problem.message}", "Say yes or no.") from None

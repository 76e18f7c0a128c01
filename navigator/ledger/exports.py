"""What was handed out of the ledger, noted in the audit: by whom, what, how much; nothing about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from navigator.ledger.ledger import Ledger


def note_export(ledger: Ledger, what: str, form: str, count: int) -> None:
    """Note that a list of ``count`` rows leaves the ledger in a form ("csv", "xlsx"), before it does."""
    with ledger.store.writing(f"export {what}: {count} rows, {form}"):
        pass  # the entry is all that is written


def note_handed_out(ledger: Ledger, what: str, way: str, number: str) -> None:
    """Note that a document about a referral leaves the desk, e.g. "print" a "center letter", before it does."""
    with ledger.store.writing(f"{way} {what}", number):
        pass  # as above

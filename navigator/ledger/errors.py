"""What can go wrong with the ledger, each with the next step; one renderer shows them with the directory's own."""

from __future__ import annotations

from provider_directory.errors import DirectoryError


class UnknownReferral(DirectoryError):
    """The ledger holds no referral of this number."""

    code = "unknown_referral"
    title = "This referral is not known"


class UnknownCase(DirectoryError):
    """The ledger holds no case of this id."""

    code = "unknown_case"
    title = "This case is not known"


class UnknownTask(DirectoryError):
    """The ledger holds no task of this id."""

    code = "unknown_task"
    title = "This task is not known"


class Overtaken(DirectoryError):
    """Somebody else changed the record since it was read; nothing was saved."""

    code = "overtaken"
    title = "Somebody else was faster"


class LedgerProblem(DirectoryError):
    """The ledger cannot be opened, read or written; nothing was stored in clear instead."""

    code = "ledger_problem"
    title = "The ledger cannot be used"
    exit_code = 3

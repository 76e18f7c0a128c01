"""What can go wrong with referrals, each with the next step; one renderer shows them with the directory's own."""

from __future__ import annotations

from provider_directory.errors import DirectoryError


class UnknownReferral(DirectoryError):
    """The ledger holds no referral of this number."""

    code = "unknown_referral"
    title = "This referral is not known"


class LedgerProblem(DirectoryError):
    """The ledger cannot be opened, read or written; nothing was stored in clear instead."""

    code = "ledger_problem"
    title = "The ledger cannot be used"
    exit_code = 3

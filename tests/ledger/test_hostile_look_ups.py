"""Words that mean something to a database are words to every look-up of the ledger, on every store (TRUST S12)."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from filling import DAY

from navigator.ledger.ledger import Ledger
from provider_directory.errors import BadInput, DirectoryError

pytest_plugins = ("ledger_kinds",)

STORED = ("A%", "A_B", "AxB", "A*", "a' OR '1'='1", "'; DROP TABLE referral; --", 'A"B', "A\\B", "NEAR(A B)", "Ä7")
ASKED = (
    *STORED,
    *("%", "_", "*", "\\", "'", '"', "A", "A%B", "a_b", "-A", "^A", "mrn:A", "{name}:A", "A OR B", "A NOT B", "(("),
    *("' OR ''='", "1' UNION SELECT seq, sealed FROM referral --", "x'; WAITFOR DELAY '0:0:5' --", "1 AND SLEEP(5)"),
    *(
        "admin'/*",
        "') OR ('a'='a",
        "1;SELECT pg_sleep(5)",
        "||chr(65)||",
        "$1",
        "?1",
        ":id",
        "%s",
        "\0",
        "A\0B",
        "a" * 5000,
    ),
)


def folded(text: str) -> str:
    """Give what of a member id counts, said once more and in plain words."""
    known = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in known if letter.isalnum())


def test_a_look_up_finds_the_equal_and_nothing_else(ledger: Ledger) -> None:
    kept = {}
    for member_id in STORED:
        number = ledger.start(edition="e1", demonstration=True, fields={"member_id": member_id}).number
        kept[number] = folded(member_id)
    for asked in ASKED:
        like = {number for number, said in kept.items() if folded(asked) and said == folded(asked)}
        with suppress(BadInput):  # nothing is left of it to look up
            assert {row.number for row in ledger.look_up(asked).referrals} == like, asked
        for numbered in (ledger.get, ledger.cases.get):
            with suppress(DirectoryError):
                assert not numbered(asked), asked
    for owner in STORED:
        assert ledger.open_referrals(owner, DAY) == ()
    assert [ledger.get(number).number for number in kept] == [*kept]

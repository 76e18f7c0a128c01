"""A text that is too long is refused, never cut in silence, whatever its first letter too many is (TRUST S18)."""

from __future__ import annotations

import pytest

from navigator.referral.checks import text_within
from navigator.referral.reasons import LONGEST, reason_in_words
from provider_directory.errors import BadInput


@pytest.mark.parametrize("too_many", ["b", " b", "\n b", " \x1b[2Jb"])
def test_a_text_whose_first_letter_too_many_is_a_blank_is_refused_like_any(too_many: str) -> None:
    with pytest.raises(BadInput, match="more than 9 characters"):
        text_within("The note", "a" * 9 + too_many, 9)
    with pytest.raises(BadInput, match=f"more than {LONGEST} characters"):
        reason_in_words("failed", None, "a" * LONGEST + too_many)
    assert text_within("The note", "a" * 9 + " \n", 9) == "a" * 9

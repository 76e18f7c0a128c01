"""A judged rate lies in an edition as it was judged, its cells as posted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provider_directory.cleaning import clean
from provider_directory.edition.posted_rates import judged, stored
from provider_directory.facts import JudgedRate, PostedRate

CELL = st.text(max_size=8).map(clean)
CENTS = st.none() | st.integers(0, 10**12)
WORD = st.sampled_from(("", "a_word", "below_0.4_medicare"))


@given(
    cells=st.lists(CELL, min_size=len(PostedRate._fields) - 1, max_size=len(PostedRate._fields) - 1),
    amounts=st.tuples(CENTS, CENTS, CENTS, CENTS),
    flags=st.lists(st.sampled_from(("one", "two", "three")), unique=True),
    words=st.tuples(WORD, WORD, WORD),
    judged_as=st.sampled_from((None, ("470", "inpatient"), ("27447", "outpatient"))),
)
def test_what_is_stored_comes_back(
    cells: list[str],
    amounts: tuple[int | None, int | None, int | None, int | None],
    flags: list[str],
    words: tuple[str, str, str],
    judged_as: tuple[str, str] | None,
) -> None:
    rate = PostedRate(7, *cells)
    code, setting = judged_as or (rate.code, rate.setting)
    before = JudgedRate(rate, code, setting, words[0], words[1], *amounts, tuple(flags), words[2])
    assert judged(stored(before, "f", 1, 2)) == before

"""The order of an offer: bands never crossed, ranks as ranges (CONTRACT 2)."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provider_directory.finding import Candidate, recommended, sorted_by


def candidate(facility_id: str, **over: Any) -> Candidate:
    """Give a center that passes the public check, tier A, 10 miles away."""
    values: dict[str, Any] = {"miles": 10.0, "state": "MEETS_PUBLIC", "covers_care_day": False, "z": 1.0, "tier": "A"}
    values |= {"cases_per_year": 100, "price_kind": "none", "price_cents": None} | over
    values.setdefault("public_state", values["state"])
    return Candidate(facility_id=facility_id, **values)


def contract(facility_id: str, **over: Any) -> Candidate:
    """Give a center under contract that covers the day of care."""
    values = {"state": "CONTRACT", "public_state": "MEETS_PUBLIC", "covers_care_day": True} | over
    return candidate(facility_id, **values)


def order(*candidates: Candidate) -> list[str]:
    return [entry.candidate.facility_id for entry in recommended(candidates, "specific")]


def test_bands_stand_in_the_order_of_the_contract_whatever_the_miles() -> None:
    bands = [
        contract("covers", miles=49.0),
        contract("ends-early", covers_care_day=False, miles=40.0),
        contract("fails-public", public_state="NOT_MET", miles=1.0),
        candidate("meets-ab", tier="B", miles=48.0),
        candidate("meets-c", tier="C", miles=30.0),
        candidate("partly-ab", state="PROVISIONAL", miles=20.0),
        candidate("partly", state="PROVISIONAL", tier="C", miles=15.0),
        candidate("nothing", state="NO_EVIDENCE", z=None, tier=None, miles=3.0),
        candidate("below", state="NOT_MET", tier="E", miles=2.0),
    ]
    assert order(*reversed(bands)) == [each.facility_id for each in bands]


def test_inside_a_band_five_mile_steps_come_before_quality_and_quality_before_the_id() -> None:
    far = candidate("far", miles=5.0, z=3.0)
    good = candidate("good", miles=4.9, z=2.0)
    near = candidate("near", miles=0.1, z=1.0)
    unscored = candidate("a-unscored", miles=1.0, z=None)
    assert order(far, near, unscored, good) == ["good", "near", "a-unscored", "far"]
    assert order(candidate("b"), candidate("a")) == ["a", "b"]


def test_the_rank_range_is_that_of_the_band() -> None:
    ranked = recommended([contract("c"), candidate("x"), candidate("y", miles=30.0)], "specific")
    assert [(entry.rank, entry.rank_range) for entry in ranked] == [(1, (1, 1)), (2, (2, 3)), (3, (2, 3))]


def test_centers_without_evidence_or_below_the_check_are_shown_unranked_nearest_first() -> None:
    ranked = recommended(
        [candidate("b", state="NO_EVIDENCE", miles=9.0), candidate("a", state="NO_EVIDENCE", miles=8.0)], "specific"
    )
    assert [(entry.candidate.facility_id, entry.rank, entry.rank_range) for entry in ranked] == [
        ("a", None, None),
        ("b", None, None),
    ]


def test_suspended_and_ended_contracts_stand_where_public_data_puts_them() -> None:
    suspended = candidate("suspended", state="SUSPENDED", public_state="PROVISIONAL", miles=1.0)
    ended = candidate("ended", state="EXPIRED", public_state="NOT_MET", miles=1.0)
    assert order(ended, suspended, candidate("meets", miles=40.0)) == ["meets", "suspended", "ended"]


def test_without_public_ratings_contracts_come_first_and_then_the_nearest_unranked() -> None:
    near = candidate("near", state="NO_EVIDENCE", z=-2.0, miles=2.0)
    good = candidate("good", state="NO_EVIDENCE", z=2.0, miles=4.0)
    ranked = recommended([good, near, contract("c", public_state="NO_EVIDENCE", miles=40.0)], "general")
    assert [entry.candidate.facility_id for entry in ranked] == ["c", "near", "good"]
    assert [entry.rank for entry in ranked] == [1, None, None]


def test_other_orders_keep_the_recommended_rank_and_put_unknown_last() -> None:
    cheap = contract("cheap", price_kind="contract_bundle", price_cents=100, miles=20.0, cases_per_year=None)
    dear = contract("dear", price_kind="contract_bundle", price_cents=200, miles=3.0, z=None)
    plain = candidate("plain", miles=1.0, z=5.0)
    ranked = recommended([cheap, dear, plain], "specific")
    names = {
        sort: [entry.candidate.facility_id for entry in sorted_by(ranked, sort)]
        for sort in ("recommended", "distance", "quality", "volume", "price")
    }
    assert names == {
        "recommended": ["dear", "cheap", "plain"],
        "distance": ["plain", "dear", "cheap"],
        "quality": ["plain", "cheap", "dear"],
        "volume": ["plain", "dear", "cheap"],
        "price": ["cheap", "dear", "plain"],
    }
    assert {entry.rank for entry in sorted_by(ranked, "price")} == {1, 2, 3}


def test_by_price_unlike_things_are_not_mixed_and_what_may_not_be_ranked_stands_last_in_its_kind() -> None:
    listed = [
        candidate("own", price_kind="posted_negotiated", price_cents=300, price_group=(0, 0, 0, "470")),
        candidate("family", price_kind="posted_negotiated", price_cents=100, price_group=(1, 0, 0, "470")),
        candidate("line", price_kind="posted_negotiated", price_cents=50, price_group=(1, 0, 1, "27447")),
        candidate("too-doubtful", price_kind="posted_negotiated", price_cents=None, price_group=(0, 0, 0, "470")),
        candidate("cash", price_kind="cash", price_cents=10),
    ]
    ranked = sorted_by(recommended(listed[::-1], "specific"), "price")
    assert [entry.candidate.facility_id for entry in ranked] == [each.facility_id for each in listed]


states = st.sampled_from(["CONTRACT", "MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE", "SUSPENDED", "EXPIRED"])
public_states = st.sampled_from(["MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE"])
candidates = st.lists(
    st.builds(
        candidate,
        st.uuids().map(str),
        miles=st.floats(0, 500),
        state=states,
        public_state=public_states,
        covers_care_day=st.booleans(),
        z=st.none() | st.floats(-4, 4),
        tier=st.none() | st.sampled_from("ABCDE"),
    ),
    max_size=30,
)


@given(candidates)
def test_nobody_is_lost_and_ranks_run_from_one_without_gaps(found: list[Candidate]) -> None:
    ranked = recommended(found, "specific")
    assert sorted(entry.candidate.facility_id for entry in ranked) == sorted(each.facility_id for each in found)
    numbers = [entry.rank for entry in ranked if entry.rank is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(entry.rank is None for entry in ranked[len(numbers) :])
    for entry in ranked[: len(numbers)]:
        assert entry.rank_range is not None
        assert entry.rank_range[0] <= (entry.rank or 0) <= entry.rank_range[1]

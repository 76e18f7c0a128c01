"""Which centers are in reach: of one place, of a second one, and what is said where no contract is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provider_directory.embedded import EmbeddedDirectory
from provider_directory.models import Offer, Question
from provider_directory.places import two_places

ON = date(2026, 11, 22)
ALLIANCE = "Lakeshore Health Alliance"
MILWAUKEE, PHOENIX, BIG_BEND = "53202", "85004", "79834"


async def ask(edition: Path, place: str, recover_at: str | None = None, **over: object) -> Offer:
    directory = EmbeddedDirectory(edition)
    values = {
        "procedure": "total-knee-replacement",
        "place": await directory.locate(place),
        "recover_at": await directory.locate(recover_at) if recover_at else None,
        "on": ON,
        "limit": 100,
        "program": "p",
        "alliances": (ALLIANCE,),
    }
    return await directory.find_centers(Question.model_validate(values | over))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("53202", "53202", ""),
        ("53202 + Phoenix, AZ", "53202", "Phoenix, AZ"),
        ("53202+85004", "53202", "85004"),
        ("53202 +", "53202", ""),
        ("+43.05,-87.90", "+43.05,-87.90", ""),
        ("43.05, +87.90", "43.05, +87.90", ""),
    ],
)
def test_a_plus_names_the_place_of_recovery_and_the_sign_of_a_latitude_does_not(
    text: str, first: str, second: str
) -> None:
    assert two_places(text) == (first, second)


async def test_two_places_offer_what_either_offers_and_nothing_else(demonstration_edition: Path) -> None:
    both = await ask(demonstration_edition, MILWAUKEE, PHOENIX)
    one = await ask(demonstration_edition, MILWAUKEE)
    other = await ask(demonstration_edition, PHOENIX)
    ids = {center.facility.id for center in both.centers}
    assert ids == {center.facility.id for offer in (one, other) for center in offer.centers}
    assert both.total == one.total + other.total
    for center in both.centers:
        assert center.recover_miles is not None
        assert min(center.miles, center.recover_miles) <= 50


async def test_the_nearer_place_decides_the_order_inside_a_band(demonstration_edition: Path) -> None:
    offer = await ask(demonstration_edition, MILWAUKEE, PHOENIX)
    ends = {center.rank_range for center in offer.centers if center.rank_range}
    for first, last in ends:
        band = [center for center in offer.centers if center.rank and first <= center.rank <= last]
        steps = [min(center.miles, center.recover_miles or 0) // 5 for center in band]
        assert steps == sorted(steps)


async def test_a_contract_in_reach_leaves_no_gap_to_tell(demonstration_edition: Path) -> None:
    assert (await ask(demonstration_edition, MILWAUKEE)).no_contract_in_reach is None


async def test_without_a_contract_in_reach_the_nearest_ones_anywhere_are_named(demonstration_edition: Path) -> None:
    gap = (await ask(demonstration_edition, BIG_BEND)).no_contract_in_reach
    assert gap is not None
    assert gap.criteria_set == "hip-knee"
    assert 1 <= len(gap.nearest) <= 3
    assert [center.miles for center in gap.nearest] == sorted(center.miles for center in gap.nearest)
    for center in gap.nearest:
        assert center.credential.state == "CONTRACT"
        assert center.miles > 50
        assert center.rank is None


async def test_without_a_program_no_contract_is_missed(demonstration_edition: Path) -> None:
    offer = await ask(demonstration_edition, BIG_BEND, program=None, alliances=())
    assert offer.no_contract_in_reach is None


async def test_an_alliance_without_contracts_says_that_there_is_none_anywhere(demonstration_edition: Path) -> None:
    gap = (await ask(demonstration_edition, MILWAUKEE, alliances=("Nobody's Alliance",))).no_contract_in_reach
    assert gap is not None
    assert gap.nearest == ()

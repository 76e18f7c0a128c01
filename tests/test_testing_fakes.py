"""The fakes that are shipped for tests keep the promises that tests rely on."""

from __future__ import annotations

import pytest

from provider_directory.errors import AmbiguousPlace, EditionProblem, UnknownFacility, UnknownPlace, UnknownProcedure
from provider_directory.models import Center, Offer
from provider_directory.testing import (
    HOSTILE_NAMES,
    FakeDirectory,
    a_center,
    a_question,
    a_shortlist,
    an_evidence,
    an_offer,
)


def test_a_builder_lays_the_given_over_the_rest() -> None:
    center = a_center(name="Another Hospital", miles=9.0)
    assert (center.facility.name, center.miles, center.rank) == ("Another Hospital", 9.0, 1)


def test_the_values_survive_the_wire() -> None:
    assert Offer.model_validate_json(an_offer().model_dump_json()) == an_offer()
    assert type(an_evidence()).model_validate_json(an_evidence().model_dump_json()) == an_evidence()


def test_the_shortlist_has_every_state_and_unranked_centers_last() -> None:
    centers = a_shortlist()
    states = {center.credential.state for center in centers}
    assert states == {"CONTRACT", "MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE", "SUSPENDED", "EXPIRED"}
    ranks = [center.rank for center in centers]
    assert ranks[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert ranks[7:] == [None, None, None]


def test_there_are_hostile_names_enough_and_none_twice() -> None:
    assert len(HOSTILE_NAMES) == len(set(HOSTILE_NAMES)) >= 12


async def test_it_records_what_was_asked_and_keeps_to_radius_and_limit() -> None:
    directory = FakeDirectory()
    question = a_question(miles=30.0, limit=2)
    offer = await directory.find_centers(question)
    assert directory.calls == [("find_centers", question)]
    assert len(offer.centers) == 2
    assert offer.total == 6
    assert all(center.miles <= 30 for center in offer.centers)


async def test_a_public_question_gets_no_contract_price() -> None:
    offer = await FakeDirectory().find_centers(a_question(show_contract_price=False))
    assert all(center.price.amount_cents is None for center in offer.centers)


async def test_it_asks_and_refuses_where_a_directory_would() -> None:
    directory = FakeDirectory()
    assert not (await directory.search_procedures("bypass")).sure
    with pytest.raises(AmbiguousPlace) as asked:
        await directory.locate("Springfield")
    assert [(await directory.locate(choice.id)).label for choice in asked.value.choices]
    with pytest.raises(UnknownPlace):
        await directory.locate("nowhere")
    with pytest.raises(UnknownProcedure):
        await directory.procedure("none such")
    with pytest.raises(UnknownFacility):
        await directory.evidence("none", "total-knee-replacement", a_question().on)


async def test_it_fails_when_told_to() -> None:
    with pytest.raises(EditionProblem):
        await FakeDirectory(fail_with=EditionProblem("Damaged.", "Publish again.")).about()


async def test_a_center_is_found_by_id_unranked() -> None:
    center = await FakeDirectory().center("f-adalbert", a_question())
    assert isinstance(center, Center)
    assert center.rank is None

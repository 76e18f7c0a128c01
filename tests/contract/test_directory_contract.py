"""What every directory must do, whatever stands behind it: one suite over the fake and the embedded one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provider_directory.directory import Directory
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.errors import AmbiguousPlace, BadInput, UnknownFacility, UnknownPlace, UnknownProcedure
from provider_directory.models import Question
from provider_directory.testing import FakeDirectory

ON = date(2026, 11, 22)
KNEE = "total-knee-replacement"


@pytest.fixture(params=["fake", "embedded"])
def directory(request: pytest.FixtureRequest, demonstration_edition: Path) -> Directory:
    return FakeDirectory() if request.param == "fake" else EmbeddedDirectory(demonstration_edition)


async def knee_at_home(directory: Directory, **over: object) -> Question:
    values = {"procedure": KNEE, "place": await directory.locate("53202"), "on": ON, "miles": 100.0, "limit": 25}
    return Question.model_validate(values | over)


async def test_it_says_which_edition_answers_and_that_it_is_invented(directory: Directory) -> None:
    about = await directory.about()
    assert about.demonstration
    assert about.sources
    for source in about.sources:
        assert source.rows_read == source.kept + source.duplicates + source.set_aside


async def test_it_is_sure_of_a_knee_replacement_and_knows_the_procedure(directory: Directory) -> None:
    answer = await directory.search_procedures("knee replacement")
    assert answer.sure
    assert answer.matches[0].id == KNEE
    assert len(answer.matches) <= 5
    assert (await directory.procedure(KNEE)).id == KNEE


async def test_it_asks_when_the_words_fit_several_procedures(directory: Directory) -> None:
    answer = await directory.search_procedures("bypass")
    assert not answer.sure
    assert len(answer.matches) >= 2


async def test_an_unknown_procedure_is_refused_with_a_next_step(directory: Directory) -> None:
    with pytest.raises(UnknownProcedure) as refusal:
        await directory.procedure("new-wings")
    assert refusal.value.next_step


async def test_a_zip_is_a_place_and_its_own_label_finds_it_again(directory: Directory) -> None:
    place = await directory.locate("53202")
    assert place.label == "53202 Milwaukee, WI"
    assert place.precision == "zip"
    assert await directory.locate(place.label) == place


async def test_springfield_asks_and_each_choice_answers(directory: Directory) -> None:
    with pytest.raises(AmbiguousPlace) as question:
        await directory.locate("Springfield")
    assert len(question.value.choices) >= 3
    for choice in question.value.choices:
        await directory.locate(choice.id)


async def test_an_unknown_place_is_refused_with_a_next_step(directory: Directory) -> None:
    with pytest.raises(UnknownPlace) as refusal:
        await directory.locate("Xyzzyville")
    assert refusal.value.next_step


async def test_every_center_is_within_the_radius_and_ranks_run_from_one(directory: Directory) -> None:
    offer = await directory.find_centers(await knee_at_home(directory, miles=40.0))
    assert offer.centers
    assert all(center.miles <= 40.0 for center in offer.centers)
    ranks = [center.rank for center in offer.centers if center.rank is not None]
    assert ranks == list(range(1, len(ranks) + 1))


async def test_every_center_says_its_state_its_price_kind_and_a_sentence(directory: Directory) -> None:
    offer = await directory.find_centers(await knee_at_home(directory))
    for center in offer.centers:
        assert center.credential.label
        assert center.price.label
        assert center.spoken.endswith(".")
        assert (center.score is None) == (center.score_reason is not None)
        assert (center.price.amount_cents is None) == (center.price.kind == "none")


async def test_a_public_screen_gets_no_contract_price(directory: Directory) -> None:
    question = await knee_at_home(directory, show_contract_price=False, alliances=("Lakeshore Health Alliance",))
    offer = await directory.find_centers(question)
    assert offer.centers
    assert all(center.price.kind != "contract_bundle" for center in offer.centers)
    assert "24,100" not in offer.model_dump_json()
    assert "2410000" not in offer.model_dump_json()


async def test_the_limit_cuts_the_list_and_the_total_still_counts_all(directory: Directory) -> None:
    offer = await directory.find_centers(await knee_at_home(directory, limit=2))
    assert len(offer.centers) == 2
    assert offer.total > 2


async def test_evidence_opens_down_to_a_source_row(directory: Directory) -> None:
    offer = await directory.find_centers(await knee_at_home(directory))
    ladder = await directory.evidence(offer.centers[0].facility.id, KNEE, ON, ("Lakeshore Health Alliance",))
    assert ladder.criteria
    assert ladder.steps
    reported = [measure for measure in ladder.measures if measure.value is not None]
    assert reported
    assert all(measure.source and measure.source.file and measure.source.row for measure in reported)


async def test_a_suspended_center_gives_the_alliances_own_reason_and_no_other_has_one(directory: Directory) -> None:
    alliances = ("Lakeshore Health Alliance",)
    asked = await knee_at_home(directory, program="brewline-foods", alliances=alliances, limit=100)
    offer = await directory.find_centers(asked)
    told = {center.credential.state for center in offer.centers if center.credential.reason}
    assert told == {"SUSPENDED"}
    stopped = next(center for center in offer.centers if center.credential.reason)
    assert stopped.credential.reason not in (*stopped.credential.flags, stopped.credential.label)
    ladder = await directory.evidence(stopped.facility.id, KNEE, ON, alliances)
    assert ladder.credential.reason == stopped.credential.reason
    assert (await directory.center(stopped.facility.id, asked)).credential.reason


async def test_two_or_three_centers_stand_side_by_side_as_answered(directory: Directory) -> None:
    question = await knee_at_home(directory, alliances=("Lakeshore Health Alliance",), program="brewline-foods")
    offer = await directory.find_centers(question)
    asked = tuple(center.facility.id for center in offer.centers[:3])
    found = await directory.compare(asked, question)
    assert tuple(each.center.facility.id for each in found.centers) == asked
    assert [each.center.credential for each in found.centers] == [c.credential for c in offer.centers[:3]]
    assert [each.center.price for each in found.centers] == [c.price for c in offer.centers[:3]]
    assert all(each.center.rank is None for each in found.centers)
    pairs = [(asked[0], asked[1]), (asked[0], asked[2]), (asked[1], asked[2])]
    assert [(verdict.first, verdict.second) for verdict in found.quality] == pairs
    assert [(verdict.first, verdict.second) for verdict in found.prices] == pairs
    assert found.measures
    assert all(len(measure.figures) == len(asked) for measure in found.measures)
    assert found.applies
    for verdict in found.quality:
        if verdict.chance is not None:
            assert (verdict.better is not None) == (max(verdict.chance, 1 - verdict.chance) >= 0.90)


async def test_a_comparison_of_one_or_of_the_same_twice_is_refused(directory: Directory) -> None:
    question = await knee_at_home(directory)
    known = (await directory.find_centers(question)).centers[0].facility.id
    for asked in ((known,), (known, known)):
        with pytest.raises(BadInput) as refusal:
            await directory.compare(asked, question)
        assert refusal.value.next_step
    with pytest.raises(UnknownFacility):
        await directory.compare((known, "no-such-place"), question)


async def test_a_comparison_on_a_public_screen_has_no_contract_price(directory: Directory) -> None:
    over = {"alliances": ("Lakeshore Health Alliance",), "show_contract_price": False}
    question = await knee_at_home(directory, **over)
    offer = await directory.find_centers(question)
    found = await directory.compare(tuple(center.facility.id for center in offer.centers[:2]), question)
    assert all(each.center.price.kind != "contract_bundle" for each in found.centers)
    assert not any(verdict.comparable for verdict in found.prices)
    assert "24,100" not in found.model_dump_json()
    assert "2410000" not in found.model_dump_json()


async def test_a_facility_is_found_by_its_name_wherever_the_place_is(directory: Directory) -> None:
    found = await directory.facilities_called("marquette lakes")
    assert [each.name.removesuffix(" Hospital") for each in found] == ["Marquette Lakes Orthopedic"]
    assert await directory.facilities_called("marquette lakes", await directory.locate("53202")) == found
    assert 1 < len(await directory.facilities_called("hospital")) <= 5
    assert await directory.facilities_called("Zzyzx") == await directory.facilities_called("  ") == ()


async def test_an_unknown_facility_is_refused(directory: Directory) -> None:
    with pytest.raises(UnknownFacility):
        await directory.evidence("no-such-place", KNEE, ON)


async def test_a_second_place_brings_the_miles_from_where_the_member_will_recover(directory: Directory) -> None:
    home = await directory.locate("53202")
    question = await knee_at_home(directory, recover_at=home.model_copy(update={"label": "her daughter's"}))
    offer = await directory.find_centers(question)
    assert offer.recover_at == question.recover_at
    assert offer.centers
    assert all(center.recover_miles is not None for center in offer.centers)
    without = await directory.find_centers(await knee_at_home(directory))
    assert all(center.recover_miles is None for center in without.centers)


async def test_a_price_opens_to_all_that_was_weighed_and_to_source_rows(directory: Directory) -> None:
    question = await knee_at_home(directory, alliances=("Lakeshore Health Alliance",))
    offer = await directory.find_centers(question)
    priced = next(center for center in offer.centers if center.price.kind == "contract_bundle")
    ladder = await directory.price(priced.facility.id, question)
    assert ladder.price == priced.price
    assert ladder.reason.endswith(".")
    chosen = [candidate for candidate in ladder.candidates if candidate.verdict == "chosen"]
    assert [candidate.amount_cents for candidate in chosen] == [priced.price.amount_cents]
    assert all(candidate.words and candidate.source.file for candidate in ladder.candidates)


async def test_a_price_ladder_of_a_public_screen_holds_no_contract_price(directory: Directory) -> None:
    question = await knee_at_home(directory, alliances=("Lakeshore Health Alliance",))
    offer = await directory.find_centers(question)
    priced = next(center for center in offer.centers if center.price.kind == "contract_bundle")
    hidden = await directory.price(priced.facility.id, question.model_copy(update={"show_contract_price": False}))
    assert hidden.price.amount_cents is None
    assert all(candidate.kind != "contract_bundle" for candidate in hidden.candidates)
    assert "public" not in hidden.reason, "a surgeon's office is not told it either, on the desk's own screen"


async def test_the_price_of_an_unknown_facility_is_refused(directory: Directory) -> None:
    with pytest.raises(UnknownFacility):
        await directory.price("no-such-place", await knee_at_home(directory))

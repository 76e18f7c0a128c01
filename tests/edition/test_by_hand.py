"""A suspension is published at once as a small edition, and no later build loses it silently (CONTRACT 4)."""

from __future__ import annotations

import asyncio
import hashlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelved import ROSTER, publish

from provider_directory.contracts import ContractTerms, bears_on, standing
from provider_directory.edition.by_hand import extend
from provider_directory.edition.history import history_of
from provider_directory.edition.manifest import Manifest
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf, verify
from provider_directory.edition.reader import EditionReader
from provider_directory.edition.suspend import (
    Decision,
    Published,
    Subject,
    decide_reinstatement,
    decide_suspension,
    subject_of,
)
from provider_directory.edition.suspend import publish as publish_decision
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.errors import BadInput, EditionProblem, UnknownFacility
from provider_directory.models import Center, Place, Question

pytestmark = pytest.mark.usefixtures("few_zips")

HIP_KNEE = Subject("hip-knee", None)
KNEE = Subject("hip-knee", "total-knee-replacement")
STOP = date(2026, 12, 1)
AGAIN = date(2027, 1, 15)
BOTH = ("Lakeshore", "Harbor")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(tmp_path)
    return tmp_path


def in_use(folder: Path) -> Path:
    path = Shelf(folder / "editions").current()
    assert path is not None
    return path


def decide(folder: Path, subject: Subject, alliance: str | None = None) -> Decision:
    with closing(EditionReader(in_use(folder))) as reader:
        return decide_suspension(reader, "90Z701", subject, STOP, " outcomes\x1b[31m under review ", alliance)


def suspend(folder: Path, subject: Subject = HIP_KNEE, alliance: str | None = None) -> Manifest:
    decision = decide(folder, subject, alliance)
    return publish_decision(Shelf(folder / "editions"), in_use(folder), decision).manifest


def reinstate(folder: Path, subject: Subject = HIP_KNEE, day: date = AGAIN) -> Manifest:
    with closing(EditionReader(in_use(folder))) as reader:
        decision = decide_reinstatement(reader, "90Z701", subject, day, "mended")
    return publish_decision(Shelf(folder / "editions"), in_use(folder), decision).manifest


def rows_of(folder: Path) -> list[ContractTerms]:
    with closing(EditionReader(in_use(folder))) as reader:
        return reader.contracts_at("ccn-90z701")


def state(folder: Path, procedure: str, on: date, alliances: tuple[str, ...] = BOTH) -> str | None:
    rows = [row for row in rows_of(folder) if bears_on(row, procedure, "hip-knee")]
    return standing(rows, alliances, on, on).state


def test_a_suspension_of_a_set_stops_every_alliance_from_its_day_on(folder: Path) -> None:
    suspend(folder)
    for procedure in ("total-knee-replacement", "total-hip-replacement"):
        assert state(folder, procedure, date(2026, 11, 30)) == "CONTRACT"
        assert state(folder, procedure, STOP) == "SUSPENDED"


def test_a_suspension_of_a_procedure_stops_only_that_procedure(folder: Path) -> None:
    suspend(folder, KNEE)
    assert state(folder, "total-knee-replacement", STOP) == "SUSPENDED"
    assert state(folder, "total-hip-replacement", STOP) == "CONTRACT"


def test_a_suspension_of_one_alliance_leaves_the_other(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "HARBOR")
    assert state(folder, "total-knee-replacement", STOP, ("Harbor",)) == "SUSPENDED"
    assert state(folder, "total-knee-replacement", STOP, ("Lakeshore",)) == "CONTRACT"


def test_the_small_edition_verifies_and_accounts_for_its_row(folder: Path) -> None:
    manifest = suspend(folder)
    assert verify(in_use(folder)).name == manifest.name
    by_hand = manifest.files[-1]
    assert (by_hand.dataset, by_hand.read, by_hand.kept) == ("by_hand", 2, 2)
    assert by_hand.title == "Suspended from 2026-12-01: outcomes under review"
    assert manifest.counts["contract"] == 5


def test_the_edition_before_stays_as_it_was_and_can_be_gone_back_to(folder: Path) -> None:
    before = in_use(folder)
    content = before.read_bytes()
    suspend(folder)
    assert before.read_bytes() == content
    Shelf(folder / "editions").use(before)
    assert state(folder, "total-knee-replacement", STOP) == "CONTRACT"


def test_the_same_suspension_of_the_same_edition_has_the_same_name(folder: Path) -> None:
    before = in_use(folder)
    name = suspend(folder).name
    Shelf(folder / "editions").use(before)
    assert suspend(folder).name == name


def test_a_suspension_is_refused_when_another_edition_came_in_between(folder: Path) -> None:
    base, decision = in_use(folder), decide(folder, HIP_KNEE)
    suspend(folder, KNEE)
    with pytest.raises(EditionProblem, match="in the meantime"):
        publish_decision(Shelf(folder / "editions"), base, decision)
    assert state(folder, "total-knee-replacement", STOP) == "SUSPENDED"


def test_of_two_suspensions_at_once_neither_hides_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base, first, second = in_use(folder), decide(folder, HIP_KNEE), decide(folder, KNEE)
    begun: list[Future[Published]] = []
    with ThreadPoolExecutor(1) as other_desk:

        def extend_while_another_begins(*arguments: Any) -> Manifest:
            begun.append(other_desk.submit(publish_decision, Shelf(folder / "editions"), base, second))
            return extend(*arguments)

        monkeypatch.setattr("provider_directory.edition.suspend.extend", extend_while_another_begins)
        published = publish_decision(Shelf(folder / "editions"), base, first)
        with pytest.raises(EditionProblem, match="in the meantime"):
            begun[0].result()
    assert in_use(folder) == published.path
    assert len(begun) == 1


def test_a_renewal_that_lifts_a_suspension_is_told_when_it_is_made(tmp_path: Path) -> None:
    publish(tmp_path, ROSTER + "90Z701,Lakeshore,hip-knee,,,2027-07-01,2028-06-30,,25000,\n")
    assert decide(tmp_path, HIP_KNEE).lifted_on == date(2027, 7, 1)
    assert decide(tmp_path, HIP_KNEE, "Harbor").lifted_on is None
    suspend(tmp_path)
    assert state(tmp_path, "total-hip-replacement", date(2027, 7, 1)) == "CONTRACT"


def test_what_is_suspended_already_is_said_and_not_suspended_twice(folder: Path) -> None:
    suspend(folder)
    with pytest.raises(BadInput, match="already suspended by Lakeshore since 2026-12-01"):
        decide(folder, HIP_KNEE)


def test_nothing_under_contract_is_an_error(folder: Path) -> None:
    with pytest.raises(BadInput, match="no contract for Heart bypass surgery"):
        decide(folder, Subject("cabg", None))


@pytest.mark.parametrize(
    ("criteria_set", "procedure", "words"),
    [
        ("none", None, "--procedure P"),
        ("knees", None, "no criteria set"),
        (None, None, "either"),
        ("hip-knee", "total-knee-replacement", "either"),
    ],
)
def test_a_subject_that_cannot_be_named_is_refused_in_words(
    criteria_set: str | None, procedure: str | None, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        subject_of(criteria_set, procedure)


def test_an_unknown_facility_and_an_empty_reason_are_refused(folder: Path) -> None:
    with closing(EditionReader(in_use(folder))) as reader:
        with pytest.raises(UnknownFacility):
            decide_suspension(reader, "90Z799", HIP_KNEE, STOP, "why")
        with pytest.raises(BadInput, match="reason"):
            decide_suspension(reader, "90Z701", HIP_KNEE, STOP, " \x1b[0m ")


def test_a_reinstatement_lets_the_contract_run_again_with_its_price_and_surgeons(folder: Path) -> None:
    suspend(folder)
    reinstate(folder)
    assert state(folder, "total-hip-replacement", date(2027, 1, 14)) == "SUSPENDED"
    assert state(folder, "total-hip-replacement", AGAIN) == "CONTRACT"
    with closing(EditionReader(in_use(folder))) as reader:
        rows = [row for row in reader.contracts_at("ccn-90z701") if row.criteria_set == "hip-knee"]
        found = standing(rows, BOTH, AGAIN, AGAIN)
        assert found.terms is not None
        assert (found.terms.bundle_cents, found.terms.effective) == (24_100_00, AGAIN)
        assert found.terms.price_effective == date(2025, 1, 1)
        assert [surgeon.name for surgeon in reader.surgeons_of([found.terms.id])] == ["Thuy Kellrada"]


def test_a_suspension_cannot_be_lifted_on_its_first_day(folder: Path) -> None:
    suspend(folder)
    with pytest.raises(BadInput, match="next day"):
        reinstate(folder, day=STOP)


def test_what_is_not_suspended_cannot_be_reinstated(folder: Path) -> None:
    with pytest.raises(BadInput, match="Nothing is suspended"):
        reinstate(folder)


def test_the_history_tells_every_row_with_its_source(folder: Path) -> None:
    suspend(folder, KNEE, "Lakeshore")
    with closing(EditionReader(in_use(folder))) as reader:
        history = history_of(reader, "90Z701", STOP)
    told = {(row.alliance, row.words, row.source) for row in history.rows}
    assert ("Lakeshore", "from 2026-12-01: suspended (outcomes under review)", "by hand") in told
    assert ("Harbor", "from 2025-01-01 to 2027-06-30: under contract, bundle $23,000", "roster.csv") in told
    states = {(each.alliance, each.covers): each.words for each in history.states}
    assert states["Lakeshore", "Total knee replacement"] == "suspended from 2026-12-01"
    assert states["Lakeshore", "Hip and knee replacement"] == "under contract to 2027-06-30"


def test_a_later_build_carries_the_suspension_over_and_says_so(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "Lakeshore")
    published = publish(folder, ROSTER.replace("24100", "23900"))
    assert state(folder, "total-hip-replacement", STOP) == "SUSPENDED"
    (said,) = published.said
    assert said.startswith("Carried over: ALDERWICK MEDICAL CENTER, hip-knee, suspended with Lakeshore from 2026-12-01")
    assert said in published.manifest.notes
    verify(published.path)
    publish(folder)
    assert state(folder, "total-hip-replacement", STOP) == "SUSPENDED"


def test_a_reinstatement_is_carried_with_the_terms_of_the_new_roster(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "Lakeshore")
    reinstate(folder)
    publish(folder, ROSTER.replace("24100", "23900"))
    assert state(folder, "total-hip-replacement", date(2026, 12, 24)) == "SUSPENDED"
    found = standing([row for row in rows_of(folder) if row.criteria_set], BOTH, AGAIN, AGAIN)
    assert found.terms is not None
    assert found.terms.bundle_cents == 23_900_00


def test_a_roster_row_that_takes_effect_later_ends_a_carried_suspension_on_its_day(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "Lakeshore")
    publish(folder, ROSTER + "90Z701,Lakeshore,hip-knee,,,2027-02-01,2028-06-30,,25000,\n")
    assert state(folder, "total-hip-replacement", date(2027, 1, 31)) == "SUSPENDED"
    assert state(folder, "total-hip-replacement", date(2027, 2, 1)) == "CONTRACT"


def test_a_suspension_that_the_roster_states_itself_is_not_carried(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "Lakeshore")
    published = publish(folder, ROSTER + "90Z701,Lakeshore,hip-knee,,suspended,,,2026-12-01,,\n")
    assert published.said[0].startswith("Not carried over, the roster states it now")
    assert [row.source_id for row in rows_of(folder) if row.status == "suspended"] == [2]


def test_suspensions_may_be_dropped_and_are_named_then(folder: Path) -> None:
    suspend(folder, HIP_KNEE, "Lakeshore")
    published = publish(folder, drop=True)
    assert state(folder, "total-hip-replacement", STOP) == "CONTRACT"
    assert published.said[0].startswith("Dropped, as asked: ALDERWICK MEDICAL CENTER")


def test_the_price_of_a_date_is_that_of_the_row_that_decides_on_it(tmp_path: Path) -> None:
    place = publish(tmp_path, ROSTER + "90Z701,Lakeshore,hip-knee,,,2026-07-01,2027-06-30,,22500,\n").path
    directory = EmbeddedDirectory(place)

    def asked(on: date) -> Center:
        here = Place(label="53202", lat=43.05, lon=-87.9, precision="zip")
        question = Question(procedure="total-hip-replacement", place=here, on=on, alliances=("Lakeshore",))
        return asyncio.run(directory.center("90Z701", question))

    assert asked(date(2026, 6, 30)).price.amount_cents == 24_100_00
    assert asked(date(2026, 7, 1)).price.amount_cents == 22_500_00
    assert asked(date(2024, 12, 31)).credential.state != "CONTRACT"
    directory.close()


def test_a_sidecar_written_before_a_field_was_added_still_verifies(folder: Path) -> None:
    sidecar = sidecar_of(in_use(folder))
    said = json.loads(sidecar.read_bytes())
    del said["extends"]
    said["seal"] = ""
    said["seal"] = hashlib.sha256(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
    sidecar.write_text(json.dumps(said))
    assert verify(in_use(folder)).extends is None


def test_a_build_without_changes_by_hand_keeps_the_name_of_its_content(folder: Path) -> None:
    before = in_use(folder)
    assert publish(folder).path == before

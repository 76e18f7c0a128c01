"""The national edition from the 2026 files: the goldens of METHOD 2.6 and 4.9, and the order check of CONTRACT 2."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from provider_directory import tables
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.reader import EditionReader
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.models import Offer, Question

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ON = date(2026, 5, 8)

pytestmark = [
    pytest.mark.real,
    pytest.mark.costly_fixture,
    pytest.mark.skipif(not (DATA / "cms_quality_2026").is_dir(), reason="the public files are not here"),
]


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the national edition once."""
    folder = tmp_path_factory.mktemp("national")
    sources = folder / "sources"
    sources.mkdir()
    stays = DATA / "cms_inpatient" / "MUP_INP_PrvSvc_DRG469_470_national.csv"
    for path in (*(DATA / "cms_quality_2026").glob("*.gz"), stays):
        (sources / path.name).symlink_to(path)
    out = folder / "national.sqlite"
    build_edition(sources, out, BuildOptions(release="2026-01", as_of=ON), lambda words, done: None)
    return out


async def asked(edition: Path, procedure: str, place: str, **over: object) -> Offer:
    directory = EmbeddedDirectory(edition)
    values = {"procedure": procedure, "place": await directory.locate(place), "on": ON, "limit": 25} | over
    return await directory.find_centers(Question.model_validate(values))


def test_new_england_baptist_has_the_golden_score(national: Path) -> None:
    rows = {(row[0], row[1]): row for row in tables.scores(EditionReader(national), ON)}
    _, _, z, sd, sigma, score, low, high, p, coverage, tier, shown, reason = rows["220088", "joint"]
    assert (z, sd, sigma) == pytest.approx((0.984151, 0.129214, 0.478443), abs=1e-5)
    assert (score, low, high, coverage) == pytest.approx((98.016, 94.66, 99.38, 0.95), abs=5e-3)
    assert (tier, shown, reason) == ("A", "true", "")
    assert isinstance(p, float)
    assert p > 0.999


def test_hip_and_knee_states_are_those_of_the_method(national: Path) -> None:
    reader = EditionReader(national)
    acute = {ccn for (ccn,) in reader.rows("SELECT ccn FROM facility WHERE kind = 'acute' AND listed = 1")}
    rows = [row for row in tables.credentials(reader, ON) if row[1] == "hip-knee" and row[0] in acute]
    assert Counter(row[2] for row in rows) == {
        "MEETS_PUBLIC": 383,
        "PROVISIONAL": 950,
        "NOT_MET": 174,
        "NO_EVIDENCE": 1613,
    }


async def test_no_tier_c_stands_above_the_leading_hospitals_of_new_york(national: Path) -> None:
    offer = await asked(national, "total-knee-replacement", "10016")
    names = [center.facility.name for center in offer.centers]
    tiers = [center.score.tier if center.score else None for center in offer.centers]
    leading = max(names.index("HOSPITAL FOR SPECIAL SURGERY"), names.index("NYU LANGONE HOSPITALS"))
    assert set(tiers[: leading + 1]) <= {"A", "B"}


async def test_cancer_hospitals_show_for_cancer_with_their_own_words_only(national: Path) -> None:
    cancer = await asked(national, "chemotherapy", "77030", limit=200)
    mine = [center for center in cancer.centers if center.facility.kind == "cancer"]
    assert [center.credential.label for center in mine] == [
        "cancer hospital: reports to CMS separately, not in this score"
    ]
    knee = await asked(national, "total-knee-replacement", "77030", limit=200)
    assert all(center.facility.kind != "cancer" for center in knee.centers)


async def test_only_kinds_that_may_be_offered_are(national: Path) -> None:
    for procedure, kinds in (
        ("total-knee-replacement", {"acute", "critical_access"}),
        ("tonsillectomy", {"acute", "critical_access", "childrens"}),
        ("inpatient-mental-health", {"acute", "critical_access", "psychiatric"}),
    ):
        offer = await asked(national, procedure, "60611", limit=1000, miles=200)
        assert {center.facility.kind for center in offer.centers} == kinds


async def test_the_medicare_benchmark_stands_beside_and_never_as_a_price(national: Path) -> None:
    offer = await asked(national, "total-knee-replacement", "10016")
    assert {center.price.kind for center in offer.centers} == {"none"}
    benchmarks = [center.benchmark for center in offer.centers if center.benchmark]
    assert benchmarks
    assert all(benchmark.drg == "470" and benchmark.amount_cents > 1_000_000 for benchmark in benchmarks)


async def test_far_from_everything_the_nearest_anywhere_are_given(national: Path) -> None:
    offer = await asked(national, "total-knee-replacement", "99723", limit=5)
    assert offer.warnings == ("none_within_radius",)
    assert len(offer.centers) == 5

"""The whole national table of cash prices in an edition: no absurd figure is kept (METHOD 3.7, 5.8, 5.10)."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.manifest import Manifest, read_manifest
from provider_directory.edition.posted_rates import COLUMNS, judged
from provider_directory.edition.reader import EditionReader

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
CASH = DATA / "hpt_mrf" / "prices_by_ccn" / "gross_cash_prices_coe_hcpcs_by_ccn.csv.gz"
HOSPITALS = DATA / "cms_quality_2026" / "Hospital_General_Information.csv.gz"

pytestmark = [
    pytest.mark.real,
    pytest.mark.costly_fixture,
    pytest.mark.skipif(not CASH.is_file(), reason="the public files are not here"),
]


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an edition of the hospital file and the cash table."""
    folder = tmp_path_factory.mktemp("cash")
    sources = folder / "sources"
    sources.mkdir()
    for path in (CASH, HOSPITALS):
        (sources / path.name).symlink_to(path)
    out = folder / "cash.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("provider_directory.edition.gather.list_zips", list)
        build_edition(sources, out, BuildOptions(), lambda words, done: None)
    return out


@pytest.fixture(scope="module")
def manifest(national: Path) -> Manifest:
    return read_manifest(national)


def test_every_one_of_the_271307_rows_is_in_the_account(manifest: Manifest) -> None:
    (report,) = [report for report in manifest.files if report.dataset == "cash_prices"]
    assert report.read == 271_307
    assert report.read == report.kept + report.duplicates + sum(report.set_aside.values())
    assert manifest.prices is not None
    assert manifest.prices.rates == manifest.prices.offered + sum(manifest.prices.refused.values())
    assert manifest.prices.facilities > 3_000


def test_every_kept_amount_is_inside_the_band_of_its_code(national: Path) -> None:
    reader = EditionReader(national)
    bands = {row[1]: (row[2], row[3]) for row in reader.rows("SELECT * FROM band WHERE kind = 'cash'")}
    kept = [judged(row) for row in reader.rows(f"SELECT {COLUMNS} FROM posted_rate WHERE refused IS NULL")]
    assert len(kept) > 70_000
    for rate in kept:
        assert rate.kind == "cash"
        assert rate.amount_cents is not None
        assert 100 < rate.amount_cents < 9_999_999_900
        median, hospitals = bands[rate.code]
        if "band_not_tested" in rate.flags:
            assert hospitals < 5
        else:
            assert Fraction(1, 10) <= Fraction(rate.amount_cents, median) <= 10


def test_the_bands_are_those_of_a_plain_count_over_the_file(national: Path) -> None:
    listed = {row[0] for row in EditionReader(national).rows("SELECT ccn FROM facility WHERE ccn IS NOT NULL")}
    gross: dict[tuple[str, str], set[str]] = defaultdict(set)
    cash: dict[tuple[str, str], set[str]] = defaultdict(set)
    with gzip.open(CASH, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["hcpcs"] == "45378" and row["ccn"] in listed:
                (gross if row["price_type"] == "gross" else cash)[row["ccn"], row["hcpcs"]].add(row["price"])
    medians = []
    for key, amounts in cash.items():
        left = sorted({round(float(one) * 100) for one in amounts - gross[key] if 1 < float(one) < 99_999_999})
        if left:
            middle = len(left) // 2
            medians.append(left[middle] if len(left) % 2 else (left[middle - 1] + left[middle] + 1) // 2)
    medians.sort()
    middle = len(medians) // 2
    expected = medians[middle] if len(medians) % 2 else (medians[middle - 1] + medians[middle] + 1) // 2
    sql = "SELECT median_cents, hospitals FROM band WHERE kind = 'cash' AND code = '45378'"
    assert EditionReader(national).rows(sql) == [(expected, len(medians))]

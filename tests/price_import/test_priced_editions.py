"""From price files to an edition: tied, judged, held to bands, the newest of a location, the same whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from posted_files import KNEE_STAY, NOT_WANTED, SCOPE, STAYS, tall, with_dollars, write_sources

from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.manifest import Manifest
from provider_directory.edition.posted_rates import COLUMNS, judged
from provider_directory.edition.reader import EditionReader
from provider_directory.facts import JudgedRate

ALDERWICK = ("Alderwick Medical Center", "1 Elm St, Milwaukee, WI 53202")
BIRCHMERE = ("Birchmere Hospital", "22 Oak Ave, Madison, WI 53703")
_KILLED = """
import os, signal, sys
from pathlib import Path
import provider_directory.edition.gather as gather
import provider_directory.price_import.extracting as extracting
import provider_directory.price_import.store as store
import provider_directory.edition.prices as prices
from provider_directory.edition.build import BuildOptions, build_edition

folder, out, cache, moment = sys.argv[1:]
gather.list_zips = lambda: []
left = [6 if moment == "in the middle of a file" else 2]

def die_at_third(real):
    def working(*given):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return real(*given)
    return working

if moment == "between two files":
    extracting.extract = die_at_third(extracting.extract)
elif moment == "in the middle of a file":
    store.json.dumps = die_at_third(store.json.dumps)
else:
    prices.judge = die_at_third(prices.judge)
build_edition(Path(folder), Path(out), BuildOptions(price_cache=Path(cache)), lambda words, done: None)
"""


@pytest.fixture(autouse=True)
def no_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without the table of ZIPs, which is nearly all of a small build's time."""
    monkeypatch.setattr("provider_directory.edition.gather.list_zips", list)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path / "sources")


def built(folder: Path, out: Path, *prices: Path, cache: Path | None = None) -> Manifest:
    options = BuildOptions(prices=prices, price_cache=cache)
    return build_edition(folder, out, options, lambda words, done: None)


def rates_of(edition: Path, facility: str = "ccn-90z701") -> list[JudgedRate]:
    sql = f"SELECT {COLUMNS} FROM posted_rate WHERE facility_id = ? ORDER BY id"
    return [judged(row) for row in EditionReader(edition).rows(sql, (facility,))]


def test_a_price_file_of_the_folder_gives_judged_rates_with_their_rows(sources: Path, tmp_path: Path) -> None:
    rows = [KNEE_STAY, NOT_WANTED, {**KNEE_STAY, "payer_name": "Medicare Advantage"}]
    rows += with_dollars(KNEE_STAY, ["5000"])
    (sources / "prices.csv").write_text(tall(*ALDERWICK, rows))
    manifest = built(sources, tmp_path / "e.sqlite")
    found = rates_of(tmp_path / "e.sqlite")
    assert [(one.rate.row, one.kind, one.amount_cents, one.refused) for one in found] == [
        (4, "posted_negotiated", 3_300_000, ""),
        (6, "", None, "payer_medicare"),
        (7, "posted_negotiated", 500_000, "below_0.4_medicare"),
    ]
    assert found[0].rate.description == "Major joint replacement"
    assert found[0].rate.gross == "90000"
    assert manifest.prices is not None
    assert (manifest.prices.rates, manifest.prices.offered) == (3, 1)
    (report,) = [report for report in manifest.files if report.dataset == "price_file"]
    assert report.read == report.kept + sum(report.set_aside.values()) == 4
    assert report.refused == {"below_0.4_medicare": 1, "payer_medicare": 1}
    assert any("known by its name and address" in note for note in report.notes)


def test_every_cell_of_a_rate_comes_back_as_posted(sources: Path, tmp_path: Path) -> None:
    rate = {
        **KNEE_STAY,
        "code|1": "0470",
        "setting": "both",
        "additional_generic_notes": "a\tnote",
        "standard_charge|min": "1",
    }
    (sources / "prices.csv").write_text(tall(*ALDERWICK, [rate]))
    built(sources, tmp_path / "e.sqlite")
    (found,) = rates_of(tmp_path / "e.sqlite")
    assert (found.code, found.setting) == ("470", "inpatient")
    assert (found.rate.code, found.rate.setting, found.rate.note, found.rate.minimum) == ("0470", "both", "a note", "1")


def test_of_two_files_of_one_location_the_newest_counts(sources: Path, tmp_path: Path) -> None:
    for name, dollar, day in (("a.csv", "33000", "2026-04-01"), ("b.csv", "44000", "2025-04-01")):
        rows = [{**KNEE_STAY, "standard_charge|negotiated_dollar": dollar}]
        (sources / name).write_text(tall(*ALDERWICK, rows, updated=day))
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [one.amount_cents for one in rates_of(tmp_path / "e.sqlite")] == [3_300_000]
    (older,) = [report for report in manifest.files if report.file == "b.csv"]
    assert "a.csv is newer" in older.notes[0]


def test_a_file_of_two_hospitals_prices_each_by_its_own_medicare(sources: Path, tmp_path: Path) -> None:
    both = ("Alderwick Medical Center", f"{ALDERWICK[1]}|9 Fir St, Wausau, WI 54401")
    rows = with_dollars(KNEE_STAY, ["5900"])
    (sources / "prices.csv").write_text(tall(*both, rows, location="Alderwick Medical Center|Dogwood Hospital"))
    (sources / "stays.csv").write_text(f"{STAYS}90Z704,470,40,60000,10000,9000\n")
    built(sources, tmp_path / "e.sqlite")
    assert [one.refused for one in rates_of(tmp_path / "e.sqlite")] == ["below_0.4_medicare"]
    assert [one.flags for one in rates_of(tmp_path / "e.sqlite", "ccn-90z704")] == [("below_0.8_medicare",)]


def test_a_file_of_no_hospital_that_is_known_goes_to_a_person(sources: Path, tmp_path: Path) -> None:
    (sources / "prices.csv").write_text(tall("Nowhere Hospital", "1 Road, Reno, NV 89501"))
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [item.file for item in manifest.review] == ["prices.csv"]
    assert manifest.prices is None
    (report,) = [report for report in manifest.files if report.dataset == "price_file"]
    assert report.set_aside == {"to_be_reviewed": 1}
    listing = tmp_path / "list.csv"
    listing.write_text("ccn,path\n90Z702,sources/prices.csv\n")
    assert built(sources, tmp_path / "e.sqlite", listing).prices is not None
    assert [one.amount_cents for one in rates_of(tmp_path / "e.sqlite", "ccn-90z702")] == [3_300_000]


def test_an_outpatient_price_far_from_all_others_is_refused_by_the_band(sources: Path, tmp_path: Path) -> None:
    for number, dollar in ((1, "1500"), (2, "1600"), (3, "1700"), (4, "1800"), (5, "40000")):
        rows = [{**SCOPE, "standard_charge|gross": "", "standard_charge|negotiated_dollar": dollar}]
        (sources / f"90Z70{number}_prices.csv").write_text(tall("Any", "", rows))
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [one.refused for one in rates_of(tmp_path / "e.sqlite", "ccn-90z705")] == ["above_10_of_hospitals"]
    assert [one.refused for one in rates_of(tmp_path / "e.sqlite", "ccn-90z704")] == [""]
    assert EditionReader(tmp_path / "e.sqlite").rows("SELECT * FROM band") == [("negotiated", "45378", 170_000, 5)]
    assert manifest.prices is not None
    assert manifest.prices.refused == {"above_10_of_hospitals": 1}


def test_a_table_of_cash_prices_is_shared_out_to_its_facilities(sources: Path, tmp_path: Path) -> None:
    (sources / "cash.csv").write_text(
        "ccn,state,hcpcs,price_type,price\n"
        "90Z701,WI,45378,gross,2000\n90Z701,WI,45378,cash,1200.5\n"
        "90Z702,WI,45378,gross,2000\n90Z702,WI,45378,cash,2000\n"
        "90Z703,WI,45378,cash,0.01\n90Z703,WI,45378,gross,999999999\n"
        "90Z704,WI,45378,gross,1\n90Z705,WI,99213,cash,80\n90Z999,WI,45378,cash,900\n"
        "90Z701,WI,45378,cash,1200.5\n"
    )
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [(one.kind, one.amount_cents, one.rate.gross, one.rate.row) for one in rates_of(tmp_path / "e.sqlite")] == [
        ("cash", 120_050, "2000", 3)
    ]
    (report,) = [report for report in manifest.files if report.dataset == "cash_prices"]
    assert report.read == report.kept + report.duplicates + sum(report.set_aside.values())
    assert report.set_aside == {
        "facility_not_in_the_hospital_file": 1,
        "gross_price_only": 1,
        "not_a_wanted_code": 1,
    }
    assert report.refused == {"at_most_1_dollar": 1, "equals_list_price": 1}


def test_the_name_depends_on_what_is_posted_and_on_nothing_else(sources: Path, tmp_path: Path) -> None:
    rows = with_dollars(KNEE_STAY, ["30000", "31000"])
    (sources / "a.csv").write_text(tall(*ALDERWICK, rows))
    (sources / "b.csv").write_text(tall(*BIRCHMERE, rows))
    first = built(sources, tmp_path / "1.sqlite")
    os.utime(sources / "a.csv", (1, 1))
    assert built(sources, tmp_path / "2.sqlite", cache=tmp_path / "cache").name == first.name
    assert built(sources, tmp_path / "3.sqlite", cache=tmp_path / "cache").name == first.name
    (sources / "a.csv").write_text(tall(*ALDERWICK, with_dollars(KNEE_STAY, ["30000", "31001"])))
    assert built(sources, tmp_path / "4.sqlite", cache=tmp_path / "cache").name != first.name


@pytest.mark.parametrize("moment", ["between two files", "in the middle of a file", "while judging"])
def test_after_a_kill_the_next_build_ends_as_a_clean_one(sources: Path, tmp_path: Path, moment: str) -> None:
    for number in range(1, 5):
        rows = with_dollars(KNEE_STAY, ["30000", "31000", "32000"])
        (sources / f"90Z70{number}_prices.csv").write_text(tall("Any", "", rows))
    clean = built(sources, tmp_path / "clean.sqlite")
    out, cache = tmp_path / "e.sqlite", tmp_path / "cache"
    killed = subprocess.run([sys.executable, "-c", _KILLED, sources, out, cache, moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not out.exists()
    assert built(sources, out, cache=cache).name == clean.name

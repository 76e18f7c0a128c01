"""One question beside a full geopy scan and one SQL statement over the same edition.

``python tests/benchmarks/find_benchmark.py [EDITION]``; without an edition the public files beside the project are
built first. Budgets (PERFORMANCE): ranked ids at most the SQL's time, whole answer of 25 centers p99 at most 5 ms,
nearby search at most a thousandth of geopy's geodesic over all.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from geopy.distance import geodesic, great_circle
from measured import SHARED, alternating, print_table

from provider_directory import catalog
from provider_directory.asked import AskedQuestion
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.reader import EditionReader
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.finding import recommended
from provider_directory.models import Place, Question

ON = date(2026, 5, 8)
MILES = 50.0
PLACES = 200
SCANS = 6
"""Places over which geopy measures every facility; it takes seconds."""
KNEE = "total-knee-replacement"
SQL = """
WITH near AS (
    SELECT id, 7917.5 * asin(sqrt(
        pow(sin(radians(lat - :lat) / 2), 2)
        + cos(radians(:lat)) * cos(radians(lat)) * pow(sin(radians(lon - :lon) / 2), 2))) AS miles
    FROM facility
    WHERE listed = 1 AND kind IN ('acute', 'critical_access')
      AND lat BETWEEN :lat - :miles / 69.0 AND :lat + :miles / 69.0
      AND lon BETWEEN :lon - :miles / (69.0 * cos(radians(:lat))) AND :lon + :miles / (69.0 * cos(radians(:lat)))
), judged AS (
    SELECT near.id, miles, score.z, CASE
        WHEN 'f' IN (r1, r2, r3, r4, r5) THEN 7
        WHEN coalesce(datum, 0) = 0 THEN 6
        WHEN 'u' IN (r1, r2, r3, r4, r5) THEN CASE WHEN tier IN ('A', 'B') THEN 4 ELSE 5 END
        ELSE CASE WHEN tier IN ('A', 'B') THEN 2 ELSE 3 END END AS band
    FROM near
    LEFT JOIN public_check ON public_check.facility_id = near.id AND criteria_set = 'hip-knee'
    LEFT JOIN score ON score.facility_id = near.id AND profile = 'joint' AND shown = 1
    WHERE miles <= :miles
)
SELECT id FROM judged
ORDER BY band, CASE WHEN band < 6 THEN CAST(miles / 5 AS INTEGER) ELSE miles END, -coalesce(z, -9), id LIMIT 25
"""


def national_edition(folder: Path) -> Path:
    """Build the public files beside the project."""
    sources = folder / "sources"
    sources.mkdir()
    for file in (
        *(SHARED / "data/cms_quality_2026").glob("*.csv.gz"),
        *(SHARED / "data/cms_inpatient").glob("MUP*.csv"),
    ):
        (sources / file.name).symlink_to(file)
    if not list(sources.iterdir()):
        raise SystemExit("The public files are not beside the project: give an edition.")
    out = folder / "national.sqlite"
    build_edition(sources, out, BuildOptions(release="2026-01", as_of=ON), lambda _words, _done: None)
    return out


def measure(edition: Path) -> None:
    """Print every engine's time for the same places."""
    reader, directory, loop = EditionReader(edition), EmbeddedDirectory(edition), asyncio.new_event_loop()
    knee = catalog.load().get(KNEE)
    sql = "SELECT zip, lat, lon FROM zip WHERE kind = 'STANDARD' AND lat IS NOT NULL ORDER BY zip"
    zips = random.Random(1).sample(reader.rows(sql), PLACES)  # noqa: S311 - the same places each time
    places = {row[0]: Place(label=row[0], lat=row[1], lon=row[2], precision="zip") for row in zips}
    points = reader.rows("SELECT lat, lon FROM facility WHERE lat IS NOT NULL")

    def question(zip_code: str) -> Question:
        return Question(procedure=KNEE, place=places[zip_code], on=ON, miles=MILES, limit=25)

    def nearby(zip_code: str) -> object:
        return AskedQuestion(reader, knee, question(zip_code)).nearby(MILES)

    def ranked(zip_code: str) -> object:
        asked = AskedQuestion(reader, knee, question(zip_code))
        return recommended(asked.candidates(asked.nearby(MILES)), knee.evidence_class)

    def one_statement(zip_code: str) -> object:
        place = places[zip_code]
        return reader._connection.execute(SQL, {"lat": place.lat, "lon": place.lon, "miles": MILES}).fetchall()

    def whole(zip_code: str) -> object:
        return loop.run_until_complete(directory.find_centers(question(zip_code)))

    def scan(measured: type[geodesic] | type[great_circle], zip_code: str) -> object:
        here = (places[zip_code].lat, places[zip_code].lon)
        return [point for point in points if measured(here, (point[0], point[1])).miles <= MILES]

    engines = {"nearby": nearby, "ranked ids": ranked, "one SQL statement, 25 ids": one_statement, "25 centers": whole}
    for ask in engines.values():
        ask(zips[0][0])
    times = alternating(engines, places)
    scans = {
        "geopy great circle over all": partial(scan, great_circle),
        "geopy geodesic over all": partial(scan, geodesic),
    }
    times |= alternating(scans, list(places)[:SCANS])
    print(f"{len(points):,} facilities with a point, {MILES:g} miles, {PLACES} places ({SCANS} for geopy)\n")
    against = times["one SQL statement, 25 ids"].p50
    rows = [(name, f"{t.p50:.2f}", f"{t.p99:.2f}", f"{t.p50 / against:.3f}") for name, t in times.items()]
    print_table(("engine", "p50 ms", "p99 ms", "of the SQL"), rows)


def main() -> None:
    """Measure the edition given, or the national one."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(sys.argv[1]) if len(sys.argv) > 1 else national_edition(Path(folder)))


if __name__ == "__main__":
    main()

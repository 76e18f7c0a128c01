"""Reader of the points of facilities: CCN, latitude, longitude."""

from __future__ import annotations

from provider_directory.cleaning import clean
from provider_directory.facts import PointFact, Reject
from provider_directory.sources.reading import Reading, reading_of
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import degrees


def read_points(source: SourceFile) -> Reading[PointFact]:
    """Read points in degrees; they are ZIP points unless a column "precision" says "address" (CONTRACT 7).

    A row without a point on the globe is set aside. Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        ccn_column, lat_column, lon_column = table.column("ccn"), table.column("lat"), table.column("lon")
        precision_column = table.column_if_there("precision")
        for number, ccn, row in table.distinct_rows((ccn_column,), ("ccn",)):
            point = degrees(row[lat_column], row[lon_column])
            if point is None:
                found = clean(f"{row[lat_column]},{row[lon_column]}")
                step = "Add the point, or leave the row: the facility takes its ZIP's point."
                reading.reject(Reject(number, "lat, lon", found, "degrees, e.g. 43.05,-87.90", "no_point", step))
                continue
            stated = "" if precision_column is None else row[precision_column].strip().lower()
            precision = "address" if stated == "address" else "zip"
            reading.facts.append(PointFact(ccn, *point, precision, number))
        reading.kept = len(reading.facts)
    return reading

"""Words that mean something to SQL or to a search index find what equals them, and nothing else (TRUST S12, S18)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from evil_words import MEANT_FOR_SQL

from navigator.hr import questions
from provider_directory.catalog import load
from provider_directory.edition.manifest import APPLICATION_ID, schema_sql
from provider_directory.edition.pointer import SCHEMA_VERSION
from provider_directory.edition.reader import EditionReader

STORED = (
    "a%",
    "a_b",
    "axb",
    "a*",
    "a' or '1'='1",
    "'; drop table facility; --",
    'a"b',
    "a\\b",
    "near(a b)",
    "ab",
    "%%",
)
ASKED = (
    *STORED,
    *MEANT_FOR_SQL,
    *("a%%", "a__", "a\0b", "\ud800"),
    *("' OR ''='", "x'; ATTACH DATABASE 'x' AS y --", "1;SELECT load_extension('x')", "') OR ('a'='a", "admin'/*"),
    "a" * 5_000,
    "knee [/] \x1b[2J" * 400,
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditionReader]:
    """Give an edition whose cities, ZIPs and facilities have such names."""
    path = tmp_path_factory.mktemp("edition") / "edition.sqlite"
    meta = {"schema_version": f"{SCHEMA_VERSION}", "demonstration": "1", "default_date": "", "reference": "x"}
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.executescript(schema_sql())
        made.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        made.executemany(
            "INSERT INTO city (folded, name, state, lat, lon, zips) VALUES (?, ?, 'WI', 43, -88, 1)",
            [(name, name) for name in STORED],
        )
        made.executemany(
            "INSERT INTO facility (id, kind, name, listed, ccn) VALUES (?, 'hospital', ?, 1, ?)",
            [(name, name, name.upper()) for name in STORED],
        )
        made.commit()
    with closing(EditionReader(path)) as opened:
        yield opened


def test_the_directory_finds_the_equal_and_nothing_else(reader: EditionReader) -> None:
    for asked in ASKED:
        assert {row.folded for row in reader.cities(asked, None)} == {name for name in STORED if name == asked}
        like = {name for name in STORED if name.startswith(asked[:2])}
        assert {row.folded for row in reader.cities_like(asked, "WI")} == like, asked
        named = {name for name in STORED if asked.lower() == name} or {
            name for name in STORED if asked.upper().rjust(6, "0") == name.upper()
        }
        assert {row.id for row in reader.facilities_named(asked)} == named, asked
        assert reader.zip_point(asked) is None
        assert reader.contracts_for(asked, asked) == reader.contracts_at(asked) == []


def test_the_searches_take_any_words_and_no_word_is_a_command() -> None:
    catalog, plain = load(), load().search("knee replacement")
    for asked in ASKED:
        assert len(catalog.search(asked).query) <= 200
        assert all(0 <= match.confidence <= 1 for match in catalog.search(asked).matches)
        assert set(questions.search(asked)) <= set(questions.questions())
    for sign in ("%", "*", '"', "'", "^", "((", ":", ";", "--", "\\"):
        found = catalog.search(f"{sign}knee{sign} replacement{sign}")
        assert [match.id for match in found.matches] == [match.id for match in plain.matches], sign

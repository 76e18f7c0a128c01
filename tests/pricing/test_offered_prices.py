"""Posted prices and paid claims in the offer and under it: order, age, files, who sees what (METHOD 3.2, 5)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from command_line import CommandLine
from rates import CONTEXT, a_line, a_rate, an_item

from provider_directory.edition.posted_answers import write_answers
from provider_directory.edition.posted_rates import PriceFileRow, stored
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.facts import PostedRate
from provider_directory.models import Place, PriceLadder, Question
from provider_directory.pricing.judging import judge

KNEE = "total-knee-replacement"
CENTER = "ccn-90z003"
CONTRACTED = "ccn-90z001"
LAKESHORE = ("Lakeshore Health Alliance",)
ON = date(2026, 11, 22)
OUR_PLAN = {"payer": "meadowlark mutual [3]", "plan": "OPEN PPO"}

Posted: TypeAlias = tuple[str, str | None, Sequence[PostedRate]]
"""Facility, the day of the file, its rows."""
Priced: TypeAlias = Callable[..., EmbeddedDirectory]


@pytest.fixture
def priced(demonstration_edition: Path, tmp_path: Path) -> Priced:
    """Give the demonstration with these price files, and these paid claims, instead of its own."""

    def opened(*files: Posted, claims: Sequence[tuple[Any, ...]] = ()) -> EmbeddedDirectory:
        # Named as on the shelf, so that no name is worked out of its content.
        path = tmp_path / f"{'0' * 64}.sqlite"
        shutil.copy(demonstration_edition, path)
        with closing(sqlite3.connect(path)) as connection, connection:
            for name in ("price_file", "posted_rate", "posted_answer", "payer", "paid_claims"):
                connection.execute(f"DELETE FROM {name}")
            number = 0
            for file_id, (facility, updated_on, rows) in enumerate(files, 1):
                row = PriceFileRow(file_id, facility, 1, "Invented", "", "csv tall", "3.0.0", updated_on, 1, "NPI")
                connection.execute(f"INSERT INTO price_file VALUES ({','.join('?' * len(row))})", row)
                for judged in judge(rows, CONTEXT):
                    number += 1
                    kept = stored(judged, facility, file_id, number)
                    connection.execute(f"INSERT INTO posted_rate VALUES ({','.join('?' * len(kept))})", kept)
            write_answers(connection)
            connection.executemany(f"INSERT INTO paid_claims VALUES ({','.join('?' * 13)})", claims)
        return EmbeddedDirectory(path)

    return opened


def question(**over: Any) -> Question:
    place = Place(label="53202", lat=43.05, lon=-87.9, precision="zip")
    return Question.model_validate({"procedure": KNEE, "place": place, "on": ON, "miles": 60.0, "limit": 25} | over)


async def ladder(directory: EmbeddedDirectory, facility: str = CENTER, **over: Any) -> PriceLadder:
    """Give the ladder, after seeing that the offer says the same price."""
    asked = question(**over)
    found = await directory.price(facility, asked)
    offer = await directory.find_centers(asked)
    assert [center.price for center in offer.centers if center.facility.id == facility] == [found.price]
    return found


def three_payers(**over: Any) -> list[PostedRate]:
    names = ("Thistle", "Sedge", "Rush")
    return [a_rate(row=10 + at, payer=name, dollar=f"{30 + at}000", **over) for at, name in enumerate(names)]


async def test_the_own_plans_rate_is_the_price_with_all_that_limits_it(priced: Priced) -> None:
    found = await ladder(priced((CENTER, "2026-05-01", [*three_payers(), a_rate(methodology="other")])), **OUR_PLAN)
    price = found.price
    assert (price.kind, price.amount_cents, price.match) == ("posted_negotiated", 3_150_000, "exact")
    assert (price.setting, price.code, price.flags) == ("inpatient", "470", ("method_other",))
    assert price.scope == "hospital stay, MS-DRG 470; surgeon and anesthesia may be extra"
    assert price.source is not None
    assert price.source.endswith("row 4")
    assert (price.as_of, price.old, price.comparable) == (date(2026, 5, 1), False, True)


async def test_without_a_payer_the_other_insurers_answer(priced: Priced) -> None:
    found = await ladder(priced((CENTER, "2026-05-01", three_payers())))
    price = found.price
    assert (price.kind, price.amount_cents, price.low_cents, price.high_cents, price.payers) == (
        *("other_insurers", 3_100_000, 3_000_000, 3_200_000),
        3,
    )
    assert [each.verdict for each in found.candidates] == ["chosen"] * 3
    assert found.reason.startswith("No payer was named")


async def test_every_row_is_told_with_its_rule_and_as_posted(priced: Priced) -> None:
    rows = [a_rate(), a_rate(row=5, payer="State Medicaid"), a_rate(row=6, code="469", dollar="52000"), an_item(row=7)]
    found = await ladder(priced((CENTER, "2026-05-01", rows)), **OUR_PLAN)
    assert [(each.source.row, each.verdict, each.rule) for each in found.candidates] == [
        (4, "chosen", "made_the_price"),
        (6, "kept", "with_major_complications"),
        (7, "kept", "better_kind"),
        (5, "refused", "payer_medicaid"),
    ]
    refused = {cell.column: cell.text for cell in found.candidates[-1].posted}
    assert refused["payer"] == "State Medicaid"
    assert refused["dollar"] == "31500"


async def test_a_refused_row_never_changes_the_price(priced: Priced) -> None:
    rows = [a_rate(), *three_payers()]
    before = (await ladder(priced((CENTER, "2026-05-01", rows)))).price
    absurd = [a_rate(row=30, payer="Cheap", dollar="0.01"), a_rate(row=31, payer="Dear", dollar="999999999")]
    after = (await ladder(priced((CENTER, "2026-05-01", [*absurd, *rows])))).price
    assert after == before


@pytest.mark.parametrize(
    ("updated_on", "kind", "old", "comparable"),
    [
        ("2025-08-22", "posted_negotiated", False, True),
        ("2025-08-21", "posted_negotiated", True, True),
        ("2024-11-22", "posted_negotiated", True, True),
        ("2024-11-21", "none", False, True),
        ("2026-11-23", "posted_negotiated", False, False),
        (None, "posted_negotiated", False, False),
    ],
)
async def test_a_file_ages_with_the_question(
    priced: Priced, updated_on: str | None, kind: str, old: bool, comparable: bool
) -> None:
    price = (await ladder(priced((CENTER, updated_on, [a_rate()])), **OUR_PLAN)).price
    assert (price.kind, price.old, price.comparable) == (kind, old, comparable)


async def test_files_are_never_pooled_and_the_newer_of_two_equals_wins(priced: Priced) -> None:
    older, newer = [a_rate(dollar="31500")], [a_rate(dollar="29500")]
    both = priced((CENTER, "2026-02-01", older), (CENTER, "2026-05-01", newer))
    found = await ladder(both, **OUR_PLAN)
    assert found.price.amount_cents == 2_950_000
    assert [each.rule for each in found.candidates] == ["made_the_price", "other_file_comes_first"]
    payers = three_payers()
    apart = priced((CENTER, "2026-02-01", payers[:2]), (CENTER, "2026-05-01", payers[2:]))
    alone = await ladder(apart)
    assert alone.price.kind == "none"
    assert "fewer than three" in alone.reason


async def test_a_line_of_the_bill_is_no_stay_and_is_ordered_after_stays(priced: Priced) -> None:
    line = a_line(code="27447", dollar="2500")
    directory = priced((CENTER, "2026-05-01", [line]), ("ccn-90z004", "2026-05-01", [a_rate(dollar="45000")]))
    found = await ladder(directory, **OUR_PLAN)
    assert (found.price.setting, found.price.code) == ("outpatient", "27447")
    assert found.price.scope == "facility fee only, code 27447; surgeon, anesthesia, implant may be extra"
    assert (found.price.flags, found.price.comparable) == (("outpatient_only",), False)
    assert "inpatient" in found.reason
    offer = await directory.find_centers(question(sort="price", **OUR_PLAN))
    with_price = [center.facility.id for center in offer.centers if center.price.amount_cents is not None]
    assert with_price == ["ccn-90z004", CENTER]


async def test_cash_is_the_same_whoever_asks_though_a_payers_row_says_it(priced: Priced) -> None:
    refused = a_rate(dollar="999999999", gross="90000", cash="28000")
    directory = priced((CENTER, "2026-05-01", [refused, an_item(row=5, cash="32000")]))
    prices = [(await ladder(directory, **plan)).price for plan in ({}, OUR_PLAN)]
    assert [(price.kind, price.amount_cents, price.low_cents) for price in prices] == [
        ("cash", 3_000_000, 2_800_000)
    ] * 2


async def test_a_stay_with_a_price_leaves_the_line_out(priced: Priced) -> None:
    found = await ladder(priced((CENTER, "2026-05-01", [a_line(row=3, code="27447"), a_rate()])), **OUR_PLAN)
    assert found.price.setting == "inpatient"
    assert [each.rule for each in found.candidates] == ["made_the_price", "other_setting_comes_first"]


CLAIMS = (
    "brewline-foods",
    CENTER,
    KNEE,
    "inpatient",
    34,
    2_900_000,
    2_500_000,
    3_600_000,
    "2025-01-01",
    "2025-12-31",
    1,
    9,
    "",
)


async def test_what_the_own_plan_paid_comes_before_what_is_posted(priced: Priced) -> None:
    directory = priced((CENTER, "2026-05-01", [a_rate()]), claims=[CLAIMS])
    found = await ladder(directory, program="brewline-foods", **OUR_PLAN)
    price = found.price
    assert (price.kind, price.amount_cents, price.low_cents, price.cases) == ("paid_by_plan", 2_900_000, 2_500_000, 34)
    assert [each.rule for each in found.candidates] == ["made_the_price", "claims_come_first"]


@pytest.mark.parametrize(
    "over",
    [
        {"program": "copperline-rail"},
        {"program": None},
        {"program": "brewline-foods", "on": date(2028, 1, 1)},
        {"program": "brewline-foods", "show_contract_price": False},
    ],
)
async def test_paid_claims_are_for_their_own_program_for_two_years_and_not_public(
    priced: Priced, over: dict[str, Any]
) -> None:
    found = await ladder(priced(claims=[CLAIMS]), **over)
    assert found.price.kind == "none"
    shown = [each for each in found.candidates if each.verdict != "refused"]
    assert shown == []
    if "on" not in over:
        assert "2900000" not in found.model_dump_json()


async def test_a_bundle_comes_first_and_no_other_alliance_or_public_screen_sees_it(priced: Priced) -> None:
    directory = priced((CONTRACTED, "2026-05-01", [a_rate()]))
    ours = await ladder(directory, CONTRACTED, alliances=LAKESHORE, **OUR_PLAN)
    assert (ours.price.kind, ours.price.amount_cents) == ("contract_bundle", 2_410_000)
    assert [each.rule for each in ours.candidates] == ["made_the_price", "bundle_comes_first"]
    for over in (
        {"alliances": ("Harbor Employers Alliance",)},
        {},
        {"alliances": LAKESHORE, "show_contract_price": False},
    ):
        theirs = await ladder(directory, CONTRACTED, **over, **OUR_PLAN)
        assert "2410000" not in theirs.model_dump_json()
        assert "24,100" not in theirs.model_dump_json()


def test_the_command_shows_the_price_its_reason_and_its_row(coe: CommandLine, demonstration_edition: Path) -> None:
    words = ("price", "90Z003", "knee", "replacement", "--program", "brewline-foods", "--on", "2026-11-22")
    where = ("--edition", str(demonstration_edition))
    assert coe(*words, *where) == 0
    assert "DEMONSTRATION" in coe.out
    assert "Posted negotiated rate, your payer and plan" in coe.out
    assert "90Z003_invented-hospital_standardcharges.csv, row 4" in coe.out
    assert all(len(line) <= 80 for line in coe.out.splitlines())
    assert coe(*words, *where, "--json") == 0
    found = PriceLadder.model_validate(coe.json)
    assert (found.payer, found.plan) == ("Meadowlark Mutual", "Open PPO")
    assert coe("price", "90Z003", KNEE, "--plan", "Open PPO", *where, "--json") == 2


def test_the_tables_of_an_edition_hold_no_price(coe: CommandLine, demonstration_edition: Path) -> None:
    for name in ("scores", "credentials"):
        assert coe("edition", "table", name, "--csv", "--edition", str(demonstration_edition)) == 0
        heads = coe.out.partition("\n")[0].split(",")
        assert not [head for head in heads if "price" in head or "cents" in head or "bundle" in head]

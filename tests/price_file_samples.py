"""Items that tests of price files speak of, and short ways to write, read and check them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from price_file_texts import Charge, Item, csv_text, json_text, tall_rows, wide_rows

from provider_directory.facts import PostedRate, PriceFileHead
from provider_directory.sources.price_file import WantedCodes, open_price_file
from provider_directory.sources.price_file.checking import PriceFileCheck, check_price_file
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile

WANTED = WantedCodes(frozenset({"470", "469"}), frozenset({"27447", "J7325"}))
STAY = Item(
    "Joint replacement without MCC",
    (("470", "MS-DRG"),),
    "inpatient",
    (
        Charge("Invented Mutual", "PPO", dollar="20000.50"),
        Charge("Invented Mutual", "HMO", "", "55.5", "", "other", "19000", "15000.25", "31000", "24", "by contract"),
        Charge("Lake Plan", "Silver", "", "", "days x 900", "per diem", "8100", "7200", "9000", "1 through 10"),
    ),
    "88000",
    "41000",
    "20000.50",
    "20000.50",
)
LINE = Item("Total knee", (("0360", "RC"), ("27447", "CPT")), "outpatient", (), "9000", "4000.10")
OTHER = Item(
    "Office visit", (("99213", "CPT"),), "outpatient", (Charge("Lake Plan", "Silver", "80"),), "", "", "80", "80"
)
ITEMS = (STAY, LINE, OTHER)


def plans_of(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Give each payer and plan once."""
    return list(dict.fromkeys(charge[:2] for item in items for charge in item.charges)) or [("Nobody", "None")]


def texts(items: Sequence[Item]) -> dict[str, str]:
    """Write items in every layout: name of the file -> its text."""
    return {
        "tall.csv": csv_text(tall_rows(items)),
        "wide.csv": csv_text(wide_rows(items, plans_of(items))),
        "items.json": json_text(items),
    }


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def reading() -> Reading[Any]:
    """Begin an account."""
    return Reading(SourceFile(Path("x"), None, "x", "price_file", "Price file", None))


def read(path: Path, version: str | None = None) -> tuple[PriceFileHead, list[PostedRate], Reading[Any]]:
    """Read the wanted rates; the account must be closed."""
    account = reading()
    with open_price_file(path, None, version) as file:
        rates = list(file.rates(WANTED, account))
    assert account.read == account.kept + sum(account.set_aside.values())
    return file.head, rates, account


def checked(folder: Path, name: str, text: str, version: str | None = "3.0.0") -> PriceFileCheck:
    """Write a text and check it."""
    return check_price_file(written(folder, name, text), None, version)


def codes(outcome: PriceFileCheck) -> list[str]:
    """Give the codes of the errors, each once."""
    return list(dict.fromkeys(found.code for found in outcome.findings.errors))

"""Opens a hospital's price file, whatever its layout, and tells one by its content."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.facts import PostedRate, PriceFileHead, Reject
from provider_directory.sources.opening import DAMAGE, open_text
from provider_directory.sources.price_file.codes import WantedCodes
from provider_directory.sources.price_file.csv_rates import CsvRates
from provider_directory.sources.price_file.head import csv_head, json_head, version_named
from provider_directory.sources.price_file.json_rates import JsonRates, walk_as_written
from provider_directory.sources.price_file.json_text import ITEMS
from provider_directory.sources.price_file.repeated import RepeatedDollars
from provider_directory.sources.price_file.table import PriceTable
from provider_directory.sources.reading import Reading

HEAD_KEYS = frozenset(
    {"hospital_name", "hospital_address", "hospital_location", "location_name", "affirmation", "attestation", ITEMS}
)
BARRED = "bar_in_payer_name"
_START = 1 << 20
"""Characters in which a JSON file must show what it is."""
_KEY = re.compile(r'"([a-z_]{7,40})"\s*:')
_ARCHIVE = b"PK\x03\x04"


class PriceFile:
    """An open price file: its head, then its wanted rates, once."""

    def __init__(self, head: PriceFileHead, rates: CsvRates | JsonRates, faults: tuple[Reject, ...] = ()) -> None:
        self.head = head
        self.faults = faults
        """What of the column row cannot be used; also among the examples of the reading, in no count of rows."""
        self._rates = rates

    @property
    def repeated(self) -> RepeatedDollars:
        """Which dollars so many MS-DRGs share (METHOD 5.12); whole once all rates are read."""
        return self._rates.repeated

    def rates(self, wanted: WantedCodes, reading: Reading[Any]) -> Iterator[PostedRate]:
        """Give the rates of the wanted codes, cells as posted; ``reading`` is filled with the account of every row.

        A row (JSON: an item) is kept when it gives a rate; the others are set aside by reason. Raises SourceProblem
        where the file breaks off or passes a limit.
        """
        reading.examples.extend(self.faults)
        return self._rates.read(wanted, reading)


@contextlib.contextmanager
def open_price_file(path: Path, member: str | None = None, version: str | None = None) -> Iterator[PriceFile]:
    """Open a price file, or the ``member`` of a zip (None = its only one): CSV tall, wide or JSON, 2.0 to 3.0.

    ``version`` is the schema version to read it as; None = by METHOD 5.14. Raises SourceProblem for a file whose head
    cannot be read, BadInput for a version that is not known.
    """
    asked = version_named(version) if version else None
    member = member or only_member(path)
    name = shown_name(path, member)
    if is_json(path, member):
        head = json_head(json_said(path, member, name), asked)
        with open_text(path, member, name, in_lines=False) as source:
            yield PriceFile(head, JsonRates(walk_as_written(source, name), averages=_has_averages(head)))
    else:
        with open_text(path, member, name) as source:
            table = PriceTable(source, name)
            columns = table.columns()
            head = csv_head(*table.header[:2], columns, asked)
            faults = tuple(
                Reject(
                    table.row_number,
                    columns.names[index],
                    "more bars than payer and plan need",
                    "standard_charge|PAYER|PLAN|negotiated_dollar",
                    BARRED,
                    "Have the hospital write the payer and the plan without a bar.",
                )
                for index in columns.barred
            )
            yield PriceFile(head, CsvRates(table, columns, averages=_has_averages(head)), faults)


def _has_averages(head: PriceFileHead) -> bool:
    return not head.version.startswith("3")


def shown_name(path: Path, member: str | None) -> str:
    """Give the name of a file as it is shown."""
    return clean(path.name if member is None else f"{path.name}/{member}")


def only_member(path: Path) -> str | None:
    """Give the one table or JSON of a zip; None for a file that is no zip. Raises SourceProblem for several or none."""
    try:
        with path.open("rb") as start:
            if start.read(len(_ARCHIVE)) != _ARCHIVE:
                return None
        with zipfile.ZipFile(path) as archive:
            members = [entry.filename for entry in archive.infolist() if not (entry.is_dir() or _is_of_mac(entry))]
    except DAMAGE as problem:
        raise SourceProblem(
            f"{clean(str(path))} cannot be read: {clean(str(problem))}.", "Check the name."
        ) from problem
    fitting = [member for member in members if member.lower().endswith((".csv", ".json"))] or members
    if len(fitting) != 1:
        raise SourceProblem(
            f"{clean(path.name)} holds {len(fitting)} files, not one price file.", "Unpack it and name the file."
        )
    return fitting[0]


def _is_of_mac(entry: zipfile.ZipInfo) -> bool:
    """Say whether a member is what macOS adds to an archive: the attributes of a file, under the file's name."""
    return entry.filename.startswith("__MACOSX/") or PurePosixPath(entry.filename).name.startswith("._")


def is_json(path: Path, member: str | None) -> bool:
    """Say whether a text begins as a JSON object or list does."""
    with open_text(path, member, shown_name(path, member), in_lines=False) as source:
        return source.text.read(_START).lstrip()[:1] in ("{", "[")


def is_price_file(path: Path, member: str | None = None) -> str | None:
    """Tell by its content what a file is: "csv tall", "csv wide", "json"; None = no price file, or none to be read."""
    try:
        member = member or only_member(path)
        name = shown_name(path, member)
        if is_json(path, member):
            with open_text(path, member, name, in_lines=False) as source:
                said = {match[1] for match in _KEY.finditer(source.text.read(_START))} & HEAD_KEYS
            return "json" if ITEMS in said or len(said) > 2 else None
        with open_text(path, member, name) as source:
            table = PriceTable(source, name)
            columns = table.columns()
    except SourceProblem:
        return None
    return "csv tall" if columns.tall else "csv wide"


def json_said(path: Path, member: str | None, name: str) -> dict[str, Any]:
    """Read the top level; past the items only where something of the head was not said before them."""
    said: dict[str, Any] = {}
    with open_text(path, member, name, in_lines=False) as source:
        for key, place, value in walk_as_written(source, name).values():
            if key != ITEMS:
                said[key] = value
            elif place == 1 and _is_whole(said):
                break
    return said


def _is_whole(said: dict[str, Any]) -> bool:
    of_version = {"location_name", "type_2_npi"} if "location_name" in said else {"hospital_location"}
    return {"hospital_name", "last_updated_on", "version", "hospital_address", "license_information"} | of_version <= (
        said.keys()
    )

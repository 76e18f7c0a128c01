"""Keeps what was read out of each price file, so that a build of thousands goes on where it was interrupted.

A price file of a gigabyte holds some thousand rates of interest; these lie here, under a name made of the file's path,
size and time, of the codes asked for and of the version of this reading. An entry is whole or not there.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from provider_directory.errors import SourceProblem
from provider_directory.facts import PostedRate, PriceFileHead, Reject
from provider_directory.sources.price_file.repeated import Posted, RepeatedDollars
from provider_directory.strict_json import read_json

READING_VERSION = 2
"""To be raised when the readers read a price file otherwise than before: what is stored is then read anew."""
_UNUSED_FOR_SECONDS = 90 * 86_400
_PART_IS_DEAD_AFTER_SECONDS = 86_400


class StoreProblem(Exception):
    """The store cannot be written: no room, or not ours; true of every file that follows."""


class Account(NamedTuple):
    """The account of one price file: read == kept + duplicates + sum(set_aside.values())."""

    sha256: str
    read: int
    kept: int
    duplicates: int
    set_aside: Mapping[str, int]
    examples: tuple[Reject, ...]


class Extract(NamedTuple):
    """What one price file says of the codes asked for."""

    head: PriceFileHead
    account: Account
    valid: bool | None
    """The verdict of the check (METHOD 5.15); None = not checked."""
    repeated: RepeatedDollars
    """Which dollars of a payer's plan many MS-DRGs of the whole file share (METHOD 5.12)."""
    rates: Path
    """Where the rates lie; ``stored_rates`` reads them."""


class ExtractStore:
    """A folder of extracts; several processes may write to it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key_of(self, path: Path, member: str | None, asked: str) -> str:
        """Name the extract of a file; ``asked`` stands for what is read of it. Raises OSError."""
        stat = path.stat()
        said = (str(path.resolve()), member, stat.st_size, stat.st_mtime_ns, asked, READING_VERSION)
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:40]

    def load(self, key: str) -> Extract | None:
        """Give an extract; None where it is not there, or not readable and so to be made again."""
        said, rates = self._paths(key)
        try:
            kept = read_json(said)
            account = kept["account"]
            examples = tuple(Reject._make(example) for example in account.pop("examples"))
            repeated = RepeatedDollars()
            for payer, plan, dollar, drgs in kept["repeated"]:
                for drg in drgs:
                    repeated.add(payer, plan, dollar, drg)
            extract = Extract(
                head=PriceFileHead._make(tuple(one) if isinstance(one, list) else one for one in kept["head"]),
                account=Account(**account, examples=examples),
                valid=kept["valid"],
                repeated=repeated,
                rates=rates,
            )
            os.utime(rates)  # says that it is still used
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return extract

    def keep_rates(self, key: str, rates: Iterable[PostedRate]) -> None:
        """Write the rates of an extract; nothing is there until ``keep`` is called too. Raises StoreProblem."""
        _, place = self._paths(key)
        part = _part(place)
        with _writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            file = part.open("wb")
        try:
            stream = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0)
            for rate in rates:  # what this raises is the price file's fault, what writing raises is not
                line = json.dumps(rate, ensure_ascii=False, separators=(",", ":"))
                with _writing():
                    stream.write(f"{line}\n".encode())
            with _writing():
                stream.close()
                file.flush()
                os.fsync(file.fileno())  # so that no power cut leaves half the rates under a whole name
                file.close()
                part.replace(place)
        finally:
            with contextlib.suppress(OSError):
                file.close()
            part.unlink(missing_ok=True)

    def keep(
        self,
        key: str,
        head: PriceFileHead,
        account: Account,
        valid: bool | None,
        repeated: Mapping[Posted, Iterable[str]],
    ) -> None:
        """Write the rest of an extract, after its rates: from here on it is there. Raises StoreProblem."""
        said, _ = self._paths(key)
        text = json.dumps(
            {
                "head": head,
                "account": account._asdict(),
                "valid": valid,
                "repeated": [[*shared, sorted(drgs)] for shared, drgs in sorted(repeated.items())],
            },
            ensure_ascii=False,
        )
        part = _part(said)
        try:
            with _writing():
                part.write_text(text, encoding="utf-8")
                part.replace(said)
        finally:
            part.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what nothing has used for a quarter of a year, and what dead processes left half-written."""
        now = time.time()
        for path in self.folder.glob("*"):
            dead = _PART_IS_DEAD_AFTER_SECONDS if ".part-" in path.name else _UNUSED_FOR_SECONDS
            rates = path.with_name(f"{path.stem}.rates.gz") if path.suffix == ".json" else path
            used = max((one.stat().st_mtime for one in (path, rates) if one.exists()), default=now)
            if now - used > dead:
                path.unlink(missing_ok=True)

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self.folder / f"{key}.json", self.folder / f"{key}.rates.gz"


def stored_rates(extract: Extract) -> Iterator[PostedRate]:
    """Give the rates of an extract in the order of the file; raises SourceProblem where it was damaged since."""
    try:
        with gzip.open(extract.rates, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield PostedRate._make(json.loads(line))
    except (EOFError, OSError, zlib.error, ValueError, TypeError, RecursionError):
        raise SourceProblem(
            f"What was read out of a price file and kept as {extract.rates.name} is damaged.",
            f"Delete {extract.rates.parent} and build again.",
        ) from None


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StoreProblem(fault.strerror or str(fault)) from fault


def _part(place: Path) -> Path:
    return place.with_name(f"{place.name}.part-{os.getpid()}")

"""`coe build` and `coe edition`: make an edition from files, keep the shelf in order, write its tables (CONTRACT 5)."""

from __future__ import annotations

import csv
import hashlib
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile, OnDate, edition_path, parse_day
from navigator.cli.edition_changes import diff
from navigator.cli.output import print_json, print_table
from navigator.cli.review import check_review_file, write_review
from navigator.cli.streams import LINE_ANEW
from provider_directory.errors import BadInput, FetchProblem

edition_app = typer.Typer(help="The shelf of editions.", no_args_is_help=True, rich_markup_mode=None)


def build(
    source: Annotated[Path, typer.Option("--from", metavar="FOLDER", help="Folder of source files")],
    out: Annotated[Path | None, typer.Option(help="Write the edition here, without publishing it")] = None,
    release: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Release of the quality files")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The edition's default date")] = None,
    allow_missing: Annotated[bool, typer.Option(help="Publish without a file that contradicts itself")] = False,
    prices: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH", help="Price file, folder of them, or list of ccn and path or url; may be repeated"
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Price files read at once")] = 2,
    check_prices: Annotated[
        bool, typer.Option("--check-prices", help="Check price files over 32 MB against CMS's rules too")
    ] = False,
    drop_suspensions: Annotated[
        bool, typer.Option("--drop-suspensions", help="Do not carry over what was suspended or reinstated by hand")
    ] = False,
    review: Annotated[
        Path | None,
        typer.Option(
            "--review", "--review-out", metavar="FILE", help="Write the rows for a person to decide here (.xlsx, .csv)"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build an edition from a folder of source files and publish it."""
    check_review_file(review)
    from provider_directory.edition.build import BuildOptions, build_edition
    from provider_directory.edition.carrying import publish_build
    from provider_directory.edition.publish import Shelf

    options = BuildOptions(
        release=release,
        as_of=parse_day(as_of, "--as-of"),
        allow_missing=allow_missing,
        prices=tuple(prices or ()),
        price_cache=locations.price_cache(),
        jobs=jobs,
        check_prices=check_prices,
        fetch=_fetched_price_file,
    )
    shelf = Shelf(locations.editions())
    target = out or shelf.part_file()
    progress = _Progress(quiet=as_json and not sys.stderr.isatty())
    manifest = build_edition(source, target, options, progress.tell)
    progress.done()
    place = target
    changes_by_hand: tuple[str, ...] = ()
    if out is None:
        place, manifest, changes_by_hand = publish_build(shelf, target, drop_suspensions)
    review_list = write_review(manifest, review, place)
    if as_json:
        said = {"published": out is None, "changes_by_hand": changes_by_hand}
        listed = {"review_list": str(review_list) if review_list else None}
        account = manifest.model_dump(mode="json", exclude={"name", "seal"})
        print_json({"edition": manifest.name, "path": str(place), **said, **listed, **account})
        return
    from navigator.cli.text_answers import print_build

    print_build(manifest, place, published=out is None)
    for sentence in changes_by_hand:
        print(sentence)
    if review_list:
        print(f"\nReview list: {review_list}")
        print(f"Fill in its column facility_id, put it into {source}, and build again.")


def _fetched_price_file(url: str) -> Path:
    """Bring the price file of an address; without the network the one of an earlier build serves."""
    # deferred: httpx, 100 ms that only a list of addresses pays
    from provider_directory.fetching import DiskFull, fetch

    written = url.partition("?")[0].rpartition("/")[2]
    # ASCII alone: of other letters a hundred may be more bytes than a name of a file has.
    name = "".join(letter for letter in written if letter.isascii() and (letter.isalnum() or letter in "-_."))
    name = name[-100:].strip(".")
    target = locations.price_downloads() / hashlib.sha256(url.encode()).hexdigest()[:16] / (name or "price-file")
    try:
        fetch(url, target)
    except DiskFull as problem:  # true of every file that follows, so that none is skipped for it
        raise BadInput(problem.message, problem.next_step) from None
    except FetchProblem:
        if not target.is_file():
            raise
    return target


@edition_app.command("list")
def list_editions(as_json: AsJson = False) -> None:
    """List the editions on the shelf, the newest first."""
    from provider_directory.edition.publish import Shelf

    shelved = Shelf(locations.editions()).editions()
    if as_json:
        print_json(
            [
                {
                    "name": entry.manifest.name,
                    "in_use": entry.in_use,
                    "demonstration": entry.manifest.demonstration,
                    "built_at": entry.manifest.built_at,
                    "default_date": entry.manifest.default_date,
                    "path": str(entry.path),
                }
                for entry in shelved
            ]
        )
        return
    if not shelved:
        print("No edition yet: run `coe build --from FOLDER`, or `coe` for the demonstration.")
        return
    print_table(
        ("", "name", "built", "date", "what"),
        [
            (
                "*" if entry.in_use else "",
                entry.manifest.name[:12],
                entry.manifest.built_at[:16].replace("T", " "),
                str(entry.manifest.default_date or "as asked"),
                "DEMONSTRATION, invented" if entry.manifest.demonstration else "public data",
            )
            for entry in shelved
        ],
    )


@edition_app.command("show")
def show_edition(
    name: Annotated[str | None, typer.Argument(help="Name or its beginning; default: the one in use")] = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what an edition is made of: sources, row accounts, rejects, rule versions."""
    from provider_directory.edition.manifest import read_manifest
    from provider_directory.edition.publish import Shelf

    path = Shelf(locations.editions()).find(name) if name else edition_path(edition)
    manifest = read_manifest(path)
    if as_json:
        print_json(manifest)
    else:
        from navigator.cli.text_answers import print_build

        print_build(manifest, path, published=False)


@edition_app.command("use")
def use_edition(name: Annotated[str, typer.Argument(help="Name or its beginning")], as_json: AsJson = False) -> None:
    """Make an edition of the shelf the one that answers, after verifying it."""
    from provider_directory.edition.carrying import left_behind
    from provider_directory.edition.publish import Shelf

    shelf = Shelf(locations.editions())
    path, previous = shelf.find(name), shelf.current()
    lost = left_behind(previous, path) if previous else ()
    shelf.use(path)
    if as_json:
        print_json(
            {
                "name": path.stem,
                "previous": previous.stem if previous else None,
                "path": str(path),
                "without_changes_by_hand": lost,
            }
        )
        return
    print(f"In use: {path.stem}")
    for change in lost:
        print(f"Not in it: {change}")


@edition_app.command("verify")
def verify_edition(
    name: Annotated[
        str | None, typer.Argument(help="Name or its beginning, or a file; default: the one in use")
    ] = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Check an edition against its sidecar: one flipped bit is found."""
    from provider_directory.edition.publish import Shelf, verify

    if name is not None and Path(name).is_file():
        path = Path(name)
    else:
        path = Shelf(locations.editions()).find(name) if name else edition_path(edition)
    manifest = verify(path)
    if as_json:
        print_json({"name": manifest.name, "verified": True, "file_sha256": manifest.file_sha256, "path": str(path)})
    else:
        print(f"Verified: {manifest.name}, file SHA-256 {manifest.file_sha256}")


@edition_app.command("table")
def edition_table(
    table: Annotated[str, typer.Argument(help="scores or credentials")],
    on: OnDate = None,
    edition: EditionFile = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV (default)")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a table of the edition as CSV or JSON: every score, or every public check (CONTRACT 6)."""
    if as_csv and as_json:
        raise BadInput("More than one form was asked for.", "Choose one of --csv and --json.")
    from provider_directory import tables
    from provider_directory.edition.reader import EditionReader

    makers = {"scores": tables.scores, "credentials": tables.credentials}
    if table not in makers:
        raise BadInput(f'There is no table "{table}".', f"Choose one of {', '.join(makers)}.")
    reader = EditionReader(edition_path(edition))
    day: date = parse_day(on, "--on") or reader.default_date or date.today()
    rows = makers[table](reader, day)
    if as_json:
        head = [str(column) for column in next(rows)]
        as_objects = [
            {column: _json_value(column, cell) for column, cell in zip(head, row, strict=True)} for row in rows
        ]
        print_json(
            {
                "edition": reader.name,
                "demonstration": reader.demonstration,
                "table": table,
                "on": day.isoformat(),
                "rows": as_objects,
            }
        )
        return
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


def _json_value(column: str, cell: object) -> object:
    """Give a cell of a table as JSON says it: a blank is null, "shown" a truth."""
    if column == "shown":
        return cell == "true"
    return None if cell == "" else cell


class _Progress:
    """A single line on stderr that says what is being done."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty()

    def tell(self, words: str, done: float) -> None:
        if not self._quiet:
            end = "" if self._live else "\n"
            start = LINE_ANEW if self._live else ""
            print(f"{start}{done:4.0%} {words}", end=end, file=sys.stderr, flush=True)

    def done(self) -> None:
        if self._live and not self._quiet:
            print(file=sys.stderr)


edition_app.command("diff")(diff)

"""Where `coe build` writes the rows that a person must tie to a facility."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.template import write_new
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from provider_directory.edition.manifest import Manifest

_FORMS = (".xlsx", ".csv")


def check_review_file(given: Path | None) -> None:
    """Refuse, before the work, a place where the review list cannot be written: what a person filled in stays."""
    if given is None:
        return
    if given.suffix.lower() not in _FORMS:
        raise BadInput(f"--review: {given} is neither .xlsx nor .csv.", "Give a file name that ends so.")
    if given.exists():
        raise BadInput(f"--review: {given} is there already.", "Give another name, or move it away.")
    if not given.parent.is_dir():
        raise BadInput(f"--review: there is no folder {given.parent}.", "Give a file in a folder that is there.")


def write_review(manifest: Manifest, given: Path | None, edition: Path) -> Path | None:
    """Write the list where it was asked for, else beside the edition; gives its place, None where nothing is open.

    A list that lies beside the edition already is of the same rows, perhaps filled in: it stays.
    """
    from provider_directory.templates.review_list import review_csv, review_workbook, to_decide

    if not to_decide(manifest.review):
        return None
    place = given or edition.with_name(f"{edition.stem}.review.xlsx")
    if given is None and place.exists():
        return place
    if place.suffix.lower() == ".csv":
        write_new(place, review_csv(manifest.review).encode())
    else:
        write_new(place, review_workbook(manifest.review))
    return place

"""How many people have no center within reach, from a file of people by ZIP (the equity lens)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.gaps import FEWEST_SHOWN
from navigator.hr import small_cells
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, anywhere, card, procedure_of, question_of_desk
from navigator.hr.people import Distances, PeopleRead, measured, read_people
from navigator.hr.questions import HrQuestion
from provider_directory.errors import BadInput
from provider_directory.saying import upper_first
from provider_directory.sources.values import number

if TYPE_CHECKING:
    from provider_directory.models import Procedure

USUAL_MILES = 100.0
MOST_MILES = 5000.0
AREAS_SHOWN = 6
ROWS_TOLD = 3
"""Of those that were set aside; the others are counted."""
HIDDEN = (
    f"Counts of fewer than {FEWEST_SHOWN} people are hidden, and others with them, so that none can be worked out by"
    " subtraction."
)
COARSE = f"The others are rounded up to {small_cells.COARSE}, so that two such cards cannot be subtracted either."


async def far(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say how many people live farther than some miles from every center under contract for a procedure."""
    desk.ruled()
    procedure, miles = await procedure_of(desk, facts), miles_of(facts)
    read = await people_of(desk, facts)
    if read is None:
        raise BadInput("No file of people is given.", "Give a CSV file or a workbook with the columns zip and count.")
    found = await distances(desk, procedure, miles, read)
    return card(
        desk,
        question,
        upper_first(how_many(found, miles)),
        tables=by_area(found),
        sources=(
            f"file of people by ZIP: {read.read:,} rows read = {read.kept:,} kept + {len(read.set_aside):,} set aside",
            "straight miles between the ZIP's point and the center (CONTRACT 7)",
        ),
        caveats=(
            f"{HIDDEN} {COARSE}",
            *_told(read.set_aside),
            "People may live elsewhere than their ZIP's middle; roads are longer.",
        ),
        about=f"{procedure.name}, within {miles:g} miles",
    )


def _told(set_aside: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the first rows that were set aside, and how many more there are."""
    more = len(set_aside) - ROWS_TOLD
    return (*set_aside[:ROWS_TOLD], *([f"rows that could not be read beside these: {more:,}"] if more > 0 else []))


def miles_of(facts: Facts) -> float:
    """Give the miles of the form, 100 where none are given; raises BadInput."""
    text = facts.text("miles").removesuffix("miles").strip()
    miles = number(text) if text else USUAL_MILES
    if miles is None or not 1 <= miles <= MOST_MILES:
        raise BadInput(f'"{text[:20]}" are no miles.', f"Give a number from 1 to {MOST_MILES:,.0f}, e.g. 100.")
    return miles


async def people_of(desk: HrDesk, facts: Facts) -> PeopleRead | None:
    """Read the file of people that the form names; None where none is; raises BadInput."""
    name = facts.text("people")
    return await asyncio.to_thread(read_people, _people_file(desk.people_folder, name)) if name else None


def _people_file(folder: Path | None, name: str) -> Path:
    """Give the file of this name; raises BadInput for one outside the folder, whether or not it is there."""
    if folder is None:
        return Path(name).expanduser()
    file = folder / name
    if Path(name).name != name or name == ".." or file.is_symlink():
        step = f"Give the name alone, e.g. people.csv; who runs this server lays the file into {folder.name}/."
        raise BadInput("In a browser only files of one folder can be named.", step)
    return file


async def distances(desk: HrDesk, procedure: Procedure, miles: float, read: PeopleRead) -> Distances:
    """Count the people of a file by whether a center under contract for a procedure lies within the miles."""
    if not read.counts:
        raise BadInput("The file holds no row that can be read.", "Give a file with the columns zip and count.")
    asked = question_of_desk(desk, procedure.id, anywhere(), miles)
    return await measured(desk.directory, asked, read.counts.items())


def how_many(found: Distances, miles: float) -> str:
    """Say how many live farther away, and of how many that is not known; small counts are hidden, others rounded."""
    far, within, unknown = (sum(each.values()) for each in (found.farther, found.within, found.unknown))
    told = {name: count for name, count in (("within", within), ("far", far), ("unknown", unknown)) if count}
    shown = dict(zip(told, small_cells.hidden([[*told.values()]])[0], strict=False)) if told else {}
    lost = "some" if shown.get("unknown") is None else f"about {small_cells.coarse(unknown):,}"
    more = f"; of {lost} people the ZIP is not known" if unknown else ""
    if not far:
        return f"all people whose ZIP is known live within {miles:g} miles of a center under contract{more}."
    if shown["far"] is None:
        return f"a count that is hidden lives more than {miles:g} miles from every center under contract{more}."
    # A share of the whole would give away how many live within, where that is hidden, and an exact one both counts.
    about, beside = small_cells.coarse(far), small_cells.coarse(within)
    share = f", {about / (about + beside):.0%} of those whose ZIP is known," if shown.get("within") is not None else ""
    who = f"about {about:,} people{share}"
    return f"{who} live more than {miles:g} miles from every center under contract{more}."


def by_area(found: Distances) -> tuple[CardTable, ...]:
    """Give the areas with the most people farther away; small ones are counted together, never alone."""
    if found.farther.total() < FEWEST_SHOWN:
        return ()
    ordered = found.farther.most_common()
    shown = [(area, people) for area, people in ordered[:AREAS_SHOWN] if people >= FEWEST_SHOWN]
    rest = found.farther.total() - sum(people for _area, people in shown)
    while 0 < rest < FEWEST_SHOWN and shown:
        rest += shown.pop()[1]
    rows = [(f"ZIP {area}xx", f"{small_cells.coarse(people):,}") for area, people in shown]
    rows += [("other areas together", f"{small_cells.coarse(rest):,}")] if rest else []
    title = "People without a center in reach"
    return (CardTable(title=title, head=("area", "people, about"), rows=tuple(rows), right=(1,)),)

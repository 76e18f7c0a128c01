"""Cards about who has a center within reach, and what a mandatory rule would mean for them (the equity lens)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.gaps import FEWEST_SHOWN, count_gaps
from navigator.hr import small_cells
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, card, place_of, procedure_of, question_of_desk, rule_about
from navigator.hr.people import Distances, PeopleRead, measured, read_people
from navigator.hr.questions import HrQuestion
from navigator.program import sites
from navigator.program.published_figures import published_figures, source_of
from navigator.program.rule_words import EXCEPTION_GIVES
from provider_directory.errors import BadInput
from provider_directory.places import miles_words

if TYPE_CHECKING:
    from navigator.program.rules import Rule
    from provider_directory.models import Procedure

USUAL_MILES = 100.0
MOST_MILES = 5000.0
AREAS_SHOWN = 6
HIDDEN = (
    f"Counts of fewer than {FEWEST_SHOWN} people are hidden, and others with them, so that none can be worked out by"
    " subtraction."
)
_EFFECTS = ("F20", "F04", "F08", "F13", "F16", "F21", "F28", "F29", "F31")
_EXCEPTIONS = (
    ("emergency, trauma, cancer", "the rule does not count; the normal benefit is paid"),
    ("no center in reach", "beyond a distance that you set, any network hospital"),
    ("a doctor says the member cannot travel", "a person decides within five working days"),
    ("the operation is planned elsewhere already", "continuity of care: a person decides"),
    ("the center declines, or cannot see the member in time", "any network hospital"),
    ("Medicare or another plan pays first", "the rule does not count"),
)


async def far(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say how many people live farther than some miles from every center under contract for a procedure."""
    desk.ruled()
    procedure, miles = await procedure_of(desk, facts), miles_of(facts)
    read = await _people(facts)
    if read is None:
        raise BadInput("No file of people is given.", "Give a CSV file or a workbook with the columns zip and count.")
    found = await _distances(desk, procedure, miles, read)
    return card(
        desk,
        question,
        _how_many(found, miles),
        tables=_by_area(found),
        sources=(
            f"file of people by ZIP: {read.read:,} rows read = {read.kept:,} kept + {len(read.set_aside):,} set aside",
            "straight miles between the ZIP's point and the center (CONTRACT 7)",
        ),
        caveats=(HIDDEN, *read.set_aside[:3], "People may live elsewhere than their ZIP's middle; roads are longer."),
        about=f"{procedure.name}, within {miles:g} miles",
    )


async def mandatory(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what a mandatory rule would mean: who has no center first, then the exceptions it needs, then effects."""
    program, rules = desk.ruled()
    procedure, miles = await procedure_of(desk, facts), miles_of(facts)
    rule = rule_about(rules, procedure)
    read = await _people(facts)
    found = await _distances(desk, procedure, miles, read) if read else None
    if found is not None:
        first, reach = _how_many(found, miles), _by_area(found)
    else:
        first, reach = await _of_sites(desk, procedure, miles)
    now = f"it is {rule.mode} now (clause {rule.cited.clause})" if rule else "no rule is about it now"
    effects = tuple(
        (figure.figure, f"{figure.value} {figure.unit}".removesuffix(" -"), f"{figure.topic}, {figure.period}")
        for figure in map(published_figures().__getitem__, _EFFECTS)
    )
    return card(
        desk,
        question,
        f"Look first at who has no center: {first}",
        more=(
            f"{procedure.name}: {now}. A mandatory rule needs every exception below, and an appeal.",
            "What others saw: use more than doubled (+113%) after a 50% penalty, and a case cost from 8% more to 19%"
            " less.",
        ),
        tables=(
            *reach,
            _exceptions(rule),
            CardTable(title="What was published", head=("effect", "figure", "where"), rows=effects),
        ),
        clauses=(f"{rule.cited.clause}: {rule.cited.words or rule.title}",) if rule else (),
        sources=tuple(map(source_of, _EFFECTS)),
        caveats=(
            "None of these figures is a promise: selected patients, not randomised, a vendor behind some. A case at a"
            " center may cost more (F13: 8% higher).",
            *_figure_caveats(),
            *((HIDDEN,) if found is not None else ()),
            f"Who asked {program.employer}'s desk and found no center: {_gaps(desk, procedure)}.",
        ),
        about=f"{procedure.name}, within {miles:g} miles",
    )


def miles_of(facts: Facts) -> float:
    """Give the miles of the form, 100 where none are given; raises BadInput."""
    text = facts.text("miles").removesuffix("miles").strip()
    try:
        miles = float(text) if text else USUAL_MILES
    except ValueError:
        miles = -1.0
    if not 1 <= miles <= MOST_MILES:
        raise BadInput(f'"{text[:20]}" are no miles.', f"Give a number from 1 to {MOST_MILES:,.0f}, e.g. 100.")
    return miles


async def _people(facts: Facts) -> PeopleRead | None:
    name = facts.text("people")
    return await asyncio.to_thread(read_people, Path(name).expanduser()) if name else None


async def _distances(desk: HrDesk, procedure: Procedure, miles: float, read: PeopleRead) -> Distances:
    anywhere = await desk.directory.locate(next(iter(read.counts), "")) if read.counts else None
    if anywhere is None:
        raise BadInput("The file holds no row that can be read.", "Give a file with the columns zip and count.")
    asked = question_of_desk(desk, procedure.id, anywhere, miles)
    return await measured(desk.directory, asked, read.counts.items())


def _how_many(found: Distances, miles: float) -> str:
    far, within, unknown = (sum(each.values()) for each in (found.farther, found.within, found.unknown))
    told = {name: count for name, count in (("within", within), ("far", far), ("unknown", unknown)) if count}
    shown = dict(zip(told, small_cells.hidden([[*told.values()]])[0], strict=False)) if told else {}
    lost = "some" if shown.get("unknown") is None else f"{unknown:,}"
    more = f"; of {lost} people the ZIP is not known" if unknown else ""
    if not far:
        return f"all people whose ZIP is known live within {miles:g} miles of a center under contract{more}."
    if shown["far"] is None:
        return f"a count that is hidden lives more than {miles:g} miles from every center under contract{more}."
    # A share of the whole would give away how many live within, where that is hidden.
    share = f", {far / (far + within):.0%} of those whose ZIP is known," if shown.get("within") is not None else ""
    return f"{far:,} people{share} live more than {miles:g} miles from every center under contract{more}."


def _by_area(found: Distances) -> tuple[CardTable, ...]:
    """Give the areas with the most people farther away; small ones are counted together, never alone."""
    if found.farther.total() < FEWEST_SHOWN:
        return ()
    ordered = found.farther.most_common()
    shown = [(area, people) for area, people in ordered[:AREAS_SHOWN] if people >= FEWEST_SHOWN]
    rest = found.farther.total() - sum(people for _area, people in shown)
    while 0 < rest < FEWEST_SHOWN and shown:
        rest += shown.pop()[1]
    rows = [(f"ZIP {area}xx", f"{people:,}") for area, people in shown]
    rows += [("other areas together", f"{rest:,}")] if rest else []
    title = "People without a center in reach"
    return (CardTable(title=title, head=("area", "people"), rows=tuple(rows), right=(1,)),)


async def _of_sites(desk: HrDesk, procedure: Procedure, miles: float) -> tuple[str, tuple[CardTable, ...]]:
    """Say of each site how far the nearest center is, where nobody has counted the people."""
    program = desk.program
    known = sites.sites_of(program.file).sites if program and program.file else ()
    rows = []
    beyond = []
    for site in known:
        place = await place_of(desk, Facts({"place": site.name}))
        if place is None:
            continue
        offer = await desk.directory.find_centers(question_of_desk(desk, procedure.id, place, miles))
        reach = offer.no_contract_in_reach
        held = [] if reach else [each for each in offer.centers if each.credential.state == "CONTRACT"]
        nearest = min([*held, *(reach.nearest if reach else ())], key=lambda each: each.miles, default=None)
        if not held:
            beyond.append(site.name)
        words = miles_words(nearest.miles, True) if nearest else "none in this edition"
        rows.append((site.name, words, nearest.facility.name if nearest else ""))
    if not rows:
        said = "the program has no list of sites, and no file of people was given."
    elif beyond:
        said = f"within {miles:g} miles of {', '.join(beyond)} there is none."
    else:
        said = f"every site has a center under contract within {miles:g} miles."
    table = CardTable(title="Nearest center under contract", head=("site", "miles", "center"), rows=tuple(rows))
    return said, (table,) if rows else ()


def _exceptions(rule: Rule | None) -> CardTable:
    ours = tuple(
        (each.title, f"{EXCEPTION_GIVES[each.gives]} (clause {each.cited.clause})")
        for each in (rule.exceptions if rule else ())
    )
    return CardTable(
        title="Exceptions that it needs, the program file's own first",
        head=("when", "then"),
        rows=(*ours, *_EXCEPTIONS),
    )


def _figure_caveats() -> tuple[str, ...]:
    figures = [published_figures()[each] for each in _EFFECTS]
    return tuple(dict.fromkeys(f"{each.topic}: {each.caveat}." for each in figures if each.caveat))


def _gaps(desk: HrDesk, procedure: Procedure) -> str:
    counted = count_gaps(desk.gaps_file) if desk.gaps_file else []
    program = desk.program.id if desk.program else ""
    ours = [each for each in counted if each.program == program and each.criteria_set == procedure.criteria_set]
    shown = [each.asked for each in ours if each.asked is not None]
    if not ours:
        return "no question is on record here"
    return f"{sum(shown):,} questions" if len(shown) == len(ours) else "some questions; small counts are hidden"

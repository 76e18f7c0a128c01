"""What a mandatory rule would mean, for one operation or a whole service line: who has no center comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from navigator.gaps import FEWEST_SHOWN, count_gaps
from navigator.hr import small_cells
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, anywhere, card, place_of, procedure_of, question_of_desk, rule_about
from navigator.hr.exceptions import exceptions_table, lacking
from navigator.hr.questions import HrQuestion
from navigator.hr.reach_cards import COARSE, HIDDEN, by_area, distances, how_many, miles_of, people_of
from navigator.program import sites
from navigator.program.published_figures import published_figures, source_of
from provider_directory.places import miles_words
from provider_directory.saying import lower_first

if TYPE_CHECKING:
    from navigator.hr.people import Distances, PeopleRead
    from navigator.program.rules import ProgramRules, Rule
    from provider_directory.models import Procedure

ANY_LINE = ("F20", "F04", "F21")
OF_LINE = {"spine": ("F08", "F13", "F28", "F29"), "joint": ("F16", "F31")}
"""Published effects by the service line that they are about; of another line nothing was found."""
SAW = {
    "spine": "a spine case cost from 8% more to 19% less",
    "joint": "a joint case cost 15% less at one employer, and nothing less in a study of designated hospitals",
}
SAW_ELSEWHERE = "of this service line nothing was published; a joint or spine case cost from 8% more to 19% less"
OPERATIONS_SHOWN = 12
ANY_ASK = "What if we make it mandatory?"


class Asked(NamedTuple):
    """One operation, or the operations of a service line."""

    name: str
    service_line: str
    operations: tuple[Procedure, ...]

    @property
    def effects(self) -> tuple[str, ...]:
        """Give the published figures that are about it; of joints and spine where none is about its line."""
        return (*ANY_LINE, *OF_LINE.get(self.service_line, (*OF_LINE["joint"], *OF_LINE["spine"])))


class Reach(NamedTuple):
    """Who has a center for one operation within the miles: a sentence, the tables under it, a few words."""

    sentence: str
    tables: tuple[CardTable, ...]
    without: int
    """People, or sites, without one: the most are told first."""
    short: str


async def mandatory(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what a mandatory rule would mean: who has no center first, then the exceptions it needs, then effects."""
    program, rules = desk.ruled()
    asked, miles, read = await _asked(desk, facts, rules), miles_of(facts), await people_of(desk, facts)
    reached = {each.id: await _reach(desk, each, miles, read) for each in asked.operations}
    held = [each for each in asked.operations if await _is_held(desk, each)]
    worst = max(held or asked.operations, key=lambda each: reached[each.id].without)
    rule = rule_about(rules, worst)
    first = reached[worst.id]
    several = len(asked.operations) > 1 and first.without
    for_what = f" for {lower_first(worst.name)}, where they are the most" if several else ""
    return card(
        desk,
        # The question is the subject of the e-mail, where no operation but the usual one is named.
        question if asked.service_line == question.procedure else question._replace(ask=ANY_ASK),
        f"Look first at who has no center{for_what}: {first.sentence}",
        more=(
            _no_center(asked, held),
            f"{asked.name}: {_now(asked, rules)}. {_offered(rule, rules)}",
            "What others saw: use more than doubled (+113%) after a 50% penalty;"
            f" {SAW.get(asked.service_line, SAW_ELSEWHERE)}.",
        ),
        tables=(
            *first.tables,
            *_by_operation(asked, held, reached),
            exceptions_table(rule, rules),
            CardTable(
                title="What was published", head=("effect", "figure", "where"), rows=tuple(map(_effect, asked.effects))
            ),
        ),
        clauses=(f"{rule.cited.clause}: {rule.cited.words or rule.title}",) if rule else (),
        sources=tuple(map(source_of, asked.effects)),
        caveats=(
            "None of these figures is a promise: selected patients, not randomized, a vendor behind some. A case at a"
            " center may cost more (F13: 8% higher).",
            *_figure_caveats(asked),
            *((f"{HIDDEN} {COARSE}",) if read else ()),
            f"Who asked {program.employer}'s desk and found no center: {_gaps(desk, asked)}.",
        ),
        about=f"{asked.name}, within {miles:g} miles",
    )


async def _asked(desk: HrDesk, facts: Facts, rules: ProgramRules) -> Asked:
    """Give the operations of a service line where its name stands in the form, else the one procedure.

    Of a line that a rule is about, those that the rule names.
    """
    from provider_directory.catalog import load

    words = facts.text("procedure").casefold().replace(" ", "-")
    of_line = [each for each in load().procedures if each.service_line == words]
    if not of_line:
        one = await procedure_of(desk, facts)
        return Asked(one.name, one.service_line, (one,))
    ruled = [each for each in of_line if rule_about(rules, each) is not None]
    return Asked(f"Service line {words.replace('-', ' ')}", words, tuple(ruled or of_line))


async def _reach(desk: HrDesk, procedure: Procedure, miles: float, read: PeopleRead | None) -> Reach:
    if read is None:
        return await _of_sites(desk, procedure, miles)
    found = await distances(desk, procedure, miles, read)
    return Reach(how_many(found, miles), by_area(found), found.farther.total(), _short(found))


def _short(found: Distances) -> str:
    far, within = found.farther.total(), found.within.total()
    # A share that leaves few on either side would tell those few.
    hidden = min(far, within) < FEWEST_SHOWN and far and within
    if hidden or 0 < far < FEWEST_SHOWN:
        return "hidden"
    return f"about {small_cells.coarse(far):,} people" if far else "nobody"


async def _is_held(desk: HrDesk, procedure: Procedure) -> bool:
    """Say whether any center of the edition is under contract for an operation."""
    offer = await desk.directory.find_centers(question_of_desk(desk, procedure.id, anywhere()))
    reach = offer.no_contract_in_reach
    return reach is None or bool(reach.nearest)


async def _of_sites(desk: HrDesk, procedure: Procedure, miles: float) -> Reach:
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
        return Reach("the program has no list of sites, and no file of people was given.", (), 0, "not known")
    table = CardTable(title="Nearest center under contract", head=("site", "miles", "center"), rows=tuple(rows))
    if not beyond:
        return Reach(f"every site has a center under contract within {miles:g} miles.", (table,), 0, "no site")
    said = f"within {miles:g} miles of {', '.join(beyond)} there is none."
    return Reach(said, (table,), len(beyond), ", ".join(beyond))


def _by_operation(asked: Asked, held: Sequence[Procedure], reached: dict[str, Reach]) -> tuple[CardTable, ...]:
    if len(asked.operations) == 1:
        return ()
    rows = tuple((each.name, reached[each.id].short) for each in held[:OPERATIONS_SHOWN])
    title = "Without a center in reach, by operation"
    return (CardTable(title=title, head=("operation", "who"), rows=rows),) if rows else ()


def _no_center(asked: Asked, held: Sequence[Procedure]) -> str:
    none = [each.name for each in asked.operations if each not in held]
    if not none:
        return ""
    return f"No center is under contract for: {'; '.join(none)}. A rule has to leave that out."


def _now(asked: Asked, rules: ProgramRules) -> str:
    """Say what is the rule now, for each mode that the operations are under."""
    found = [rule_about(rules, each) for each in asked.operations]
    modes = {each.mode: each for each in found if each is not None}
    if not modes:
        return "no rule is about it now"
    said = [f"{mode} (clause {each.cited.clause})" for mode, each in modes.items()]
    return f"now it is {' and '.join(said)}{'' if None not in found else ', for some of it'}"


def _offered(rule: Rule | None, rules: ProgramRules) -> str:
    """Say what the program file still has to say before a mandatory rule is a plan to offer."""
    missing = lacking(rule, rules)
    if not missing:
        return "The program file has every exception that a mandatory rule needs, and the appeal."
    words = "; ".join(missing)
    if rule is not None and rule.mode == "mandatory":
        return f"As it stands the rule lacks exceptions that it needs: {words}."
    return f"Mandatory is no plan to offer before the program file has: {words}."


def _effect(figure_id: str) -> tuple[str, str, str]:
    figure = published_figures()[figure_id]
    return figure.figure, figure.words, f"{figure.topic}, {figure.period}"


def _figure_caveats(asked: Asked) -> tuple[str, ...]:
    figures = [published_figures()[each] for each in asked.effects]
    return tuple(dict.fromkeys(f"{each.topic}: {each.caveat}." for each in figures if each.caveat))


def _gaps(desk: HrDesk, asked: Asked) -> str:
    counted = count_gaps(desk.gaps_file) if desk.gaps_file else []
    program = desk.program.id if desk.program else ""
    sets = {each.criteria_set for each in asked.operations}
    ours = [each for each in counted if each.program == program and each.criteria_set in sets]
    shown = [each.asked for each in ours if each.asked is not None]
    if not ours:
        return "no question is on record here"
    return (
        f"about {small_cells.coarse(sum(shown)):,} questions"
        if len(shown) == len(ours)
        else "some questions; small counts are hidden"
    )

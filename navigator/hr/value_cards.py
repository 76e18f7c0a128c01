"""Cards about what the program is worth, savings, usage and benchmarks; and about what HR does not see."""

from __future__ import annotations

import asyncio
import re

from navigator.days import day_words
from navigator.gaps import FEWEST_SHOWN
from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, answer_for, at_center, card
from navigator.hr.pathways import freshness, pathways
from navigator.hr.plan_cards import deductibles
from navigator.hr.questions import FACTS, HrQuestion
from navigator.hr.reach_cards import HIDDEN
from navigator.hr.usage import Usage, read_usage, usage_table
from navigator.program.published_figures import published_figures, source_of
from provider_directory.errors import BadInput
from provider_directory.spoken import dollars

FOUND = ("F01", "F13", "F16", "F28", "F31", "F06")
CLAIMED = ("F05", "F22", "F23", "F61", "F66", "F67")
KFF = (
    ("F47", ("premium_single", "premium_family")),
    ("F48", ("worker_single", "worker_family")),
    ("F49", ()),
    ("F50", ()),
    ("F51", ()),
)
NO_PROMISE = "A vendor's or a press release's figure is a claim, never our promise."
_MONEY = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{2}))?", re.ASCII)


async def saving(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what studies found and what vendors claim, and what our own prices say where they can be compared."""
    at = await at_center(desk, facts)
    own = answer_for(at, desk.rules).savings if desk.rules and at.center else None
    figures = published_figures()
    return card(
        desk,
        question,
        "Only as a range: studies found a case at a center from 8% dearer to 19% cheaper, those who sell one claim 20%"
        " to 50%, and neither is a promise for us.",
        more=(f"Our own prices for this: {own.words}" if own else "",),
        tables=(
            CardTable(
                title="Found in studies or reported by an employer", head=("what", "figure", "where"), rows=_rows(FOUND)
            ),
            CardTable(
                title="Claimed by who sells or promotes it", head=("what", "figure", "where"), rows=_rows(CLAIMED)
            ),
        ),
        sources=tuple(map(source_of, (*FOUND, *CLAIMED))),
        caveats=(
            NO_PROMISE,
            "Whoever goes to a center chose to, or was chosen: groups differ. A waived cost share moves money from the"
            " member to the plan; it is no saving.",
            *(f"{figures[each].topic}: {figures[each].caveat}." for each in (*FOUND, *CLAIMED) if figures[each].caveat),
        ),
        about=at.about,
    )


async def usage(desk: HrDesk, question: HrQuestion, _facts: Facts) -> AnswerCard:
    """Say how many used the program, what came of it, and what was saved as a range: counts, never a person."""
    program, _rules = desk.ruled()
    found = await asyncio.to_thread(read_usage, desk.usage_file)
    if found is None or found.program != program.id:
        return card(
            desk,
            question,
            "Not known here: the counts are made where the referrals are kept, at the care desk.",
            more=(f"Ask the desk's manager to run `coe usage --program {program.id}` and to hand over the file.",),
            caveats=("This desk opens no referral: it sees counts only.",),
            state="not_known",
        )
    return card(
        desk,
        question,
        f"In {found.year}, to {day_words(found.counted_on)}: {_used(found)}.",
        more=(found.saved.words,),
        tables=(usage_table(found),),
        sources=(f"counted by `coe usage` from the ledger at {found.ledger_head}, edition {found.edition[:12]}",),
        caveats=(
            HIDDEN,
            "Avoided: the center found that surgery is not appropriate, or chose other care. Nobody knows whether they"
            " would have been operated on elsewhere.",
            "A saving is a range over what other hospitals near are paid, rounded outward, before any administration"
            " fee that the program file does not hold.",
        ),
    )


async def kff(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Put our figures beside KFF's survey, each with its year and source; what is not loaded is said to be so."""
    figures = published_figures()
    rows: list[tuple[str, str, str, str]] = []
    for figure_id, names in KFF:
        figure = figures[figure_id]
        if not names:
            rows.append((figure.figure, figure.words, figure.period, _ours(desk, figure_id)))
            continue
        for name, part in zip(names, figure.value.split("/"), strict=True):
            label = FACTS[name].removeprefix("Our ").replace("Worker", "worker")
            rows.append((label, f"{dollars(int(part) * 100)} a year", figure.period, _beside(facts, name, int(part))))
    own = "; ".join(f"{option.name} {deductibles(option)}" for option in desk.options)
    rows.append(("deductible", "not loaded", "2025", own or "not known here"))
    given = sum(1 for _id, names in KFF for name in names if facts.text(name))
    return card(
        desk,
        question,
        f"KFF counts a premium of {rows[0][1]} for one person and {rows[1][1]} for a family in 2025."
        + ("" if given else " Fill in your own figures to see them beside it."),
        tables=(CardTable(head=("figure", "KFF", "year", "ours"), rows=tuple(rows)),),
        sources=tuple(f"{each} {figures[each].topic}: {source_of(each)}" for each, _names in KFF),
        caveats=(
            "The figures of 2025 stand here as an article quotes them: check on kff.org.",
            "Those on CoE programs and navigation are of firms with 200 workers or more, 2024: they were not loaded for"
            " 2025.",
            "A premium says nothing about quality; plans, ages and regions differ.",
        ),
    )


async def small_employer(desk: HrDesk, question: HrQuestion, _facts: Facts) -> AnswerCard:
    """List the ways for a small insured employer, each with its limits, its source and when it was checked."""
    listed, _fresh = pathways()
    rows = tuple((f"{each.name} ({freshness(each, desk.on)})", f"{each.how} {each.limits}") for each in listed)
    return card(
        desk,
        question,
        "At 40 people and insured: use public evidence today, ask your insurer for its centers, and ask your region's"
        " coalition; contracts like ours are mostly for plans that pay their own claims.",
        tables=(CardTable(head=("way", "what it is, and its limits"), rows=rows),),
        sources=tuple(f"{each.name}: {each.source}" for each in listed),
        caveats=("General information, not legal or insurance advice: state law and each offer differ.",),
    )


async def who_called(desk: HrDesk, question: HrQuestion, _facts: Facts) -> AnswerCard:
    """Say no, why not, and who may know it."""
    return card(
        desk,
        question,
        "No. Who called, for what, and what was said stays with the care desk; no screen or command here shows it.",
        more=(
            "It is health information about one person: the plan may use it for care, an employer may not for work.",
        ),
        tables=(
            CardTable(
                head=("what", "where it is"),
                rows=(
                    ("a member asks for all that is kept on them", f"the member asks the desk: {desk.ask}"),
                    ("what somebody was shown on a day", "the desk has it with the referral; HR gets rule and edition"),
                    ("how many used it", "the card “How many used it ...?”: counts, small ones hidden"),
                    ("a complaint or an appeal", "the member, or whom the member names, asks the desk"),
                ),
            ),
        ),
        sources=("HIPAA privacy rule, 45 CFR 164.504(f): a plan's sponsor may not use it for employment",),
        caveats=("On this machine the ledger is not opened in this mode; docs/hr.md says how the two are kept apart.",),
    )


def _used(found: Usage) -> str:
    *_endings, sent = total = found.rows[-1].counts
    if sent is None:
        return f"fewer than {FEWEST_SHOWN} referrals were sent, or none: how many is hidden"
    avoided = total[1]
    spared = "how many of them avoided surgery is hidden" if avoided is None else f"{avoided:,} of them avoided surgery"
    return f"{sent:,} referrals were sent; {spared}"


def _rows(ids: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    figures = published_figures()
    return tuple(
        (
            figures[each].figure,
            figures[each].words,
            f"{figures[each].topic}, {figures[each].period}",
        )
        for each in ids
    )


def _ours(desk: HrDesk, figure_id: str) -> str:
    if figure_id == "F50" and desk.program is not None:
        return "yes" if desk.program.alliances else "no contracts yet"
    return "not known here"


def _beside(facts: Facts, name: str, kff_dollars: int) -> str:
    text = facts.text(name)
    if not text:
        return "not given"
    found = _MONEY.fullmatch(text)
    if found is None:
        raise BadInput(f'{FACTS[name]}: "{text[:20]}" is no amount.', "Write dollars a year, e.g. 9,325.")
    cents = int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
    apart = cents - kff_dollars * 100
    share = abs(apart) / kff_dollars / 100
    much = f"{share:.0%}" if share >= 0.005 else "under 1%"
    words = "the same" if not apart else f"{much} {'more' if apart > 0 else 'less'}"
    return f"{dollars(cents)}, {words}"

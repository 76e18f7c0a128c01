"""Reads a program's content - plan options, questions, rules - into values, and notes all that is wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol, get_args

from navigator.program.known_questions import known_questions
from navigator.program.model import RETENTION_YEARS
from navigator.program.reading_conditions import Named, conditions
from navigator.program.reading_provisions import (
    Reading,
    appeal_reader,
    cost_shares,
    duties,
    exceptions,
    gates,
    not_fors,
    outside_pays,
    rewards,
    second_opinion,
    tiers,
    travels,
)
from navigator.program.reading_table import Finding, Place, Table, likeliest, listed
from navigator.program.rules import (
    CARE_FACTS,
    MEMBER_FACTS,
    Cited,
    Condition,
    Engagement,
    Mode,
    PlanOption,
    PlanType,
    ProgramRules,
    Question,
    Rule,
    Scope,
)

FORMAT = 1
"""The version of this grammar, for the key ``format``."""
_MODES: tuple[Mode, ...] = get_args(Mode)
_ENGAGEMENTS: tuple[Engagement, ...] = get_args(Engagement)
_PLAN_TYPES: tuple[PlanType, ...] = get_args(PlanType)
_FORMS = ("number", "yes_no", "word")
PROVISIONS = {
    "inside": "inside",
    "outside": "outside",
    "tier": "tiers",
    "gate": "gates",
    "not_for": "not_for",
    "reward": "rewards",
    "travel": "travel",
    "duty": "duties",
    "second_opinion": "second_opinion",
    "exception": "exceptions",
    "appeal": "appeal",
    "follow_up_days": "follow_up_days",
}
"""Key of a rule's provision in the file -> field of ``Rule``; ``same_as`` takes over those that are not written."""


class Catalogued(NamedTuple):
    """The ids that a scope may name."""

    procedures: tuple[str, ...]
    criteria_sets: tuple[str, ...]
    service_lines: tuple[str, ...]


class _Conditional(Protocol):
    """A provision that counts where its conditions hold."""

    @property
    def when(self) -> tuple[Condition, ...]: ...


@dataclass(frozen=True)
class RulesReading:
    """What was read, and all that is wrong with it; the rules are to be used only where no finding is an error."""

    rules: ProgramRules
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Program:
    """What the top of the file hands to each rule."""

    version: str | None
    valid_from: date
    valid_to: date
    mode: Mode | None
    named: Named
    catalog: Catalogued


def read_content(content: Mapping[str, object], catalog: Catalogued, sha256: str = "") -> RulesReading:
    """Read a program's content, as TOML, JSON or a workbook gives it; docs/program.md names every key."""
    findings: list[Finding] = []
    top = Table(content, (), findings)
    program_id, employer, year = _identity(top)
    version = top.text("version", 40)
    first, last = _validity(top, date(year, 1, 1), date(year, 12, 31))
    options = _distinct(top, "plan_option", top.tables("plan_option", _plan_option))
    questions = {question.fact: question for question in top.tables("question", _question)}
    named = Named(tuple(option.id for option in options), catalog.service_lines, catalog.procedures, questions, [])
    program = _Program(version, first, last, top.choice("mode", _MODES), named, catalog)
    own = Reading(Cited("appeal", version), named)
    rules = _rules(top, program)
    read = ProgramRules(
        program_id=program_id,
        employer=employer,
        plan_year=year,
        version=version,
        valid_from=first,
        valid_to=last,
        engagement=top.choice("engagement", _ENGAGEMENTS),
        plan_options=options,
        rules=rules,
        questions=_questions(rules, questions),
        ask=top.text("ask", 300),
        appeal=top.table("appeal", appeal_reader(own.cite)),
        sha256=sha256,
        notes=top.texts("notes"),
        administration_fee_cents=top.cents("administration_fee"),
        spanish=tuple(top.spanish.items()),
    )
    findings += _unasked(rules, named)
    top.close()
    return RulesReading(read, tuple(_to_the_top(finding, top) for finding in findings))


def _to_the_top(finding: Finding, top: Table) -> Finding:
    """Say of a key of the top that stands below a table where it belongs: TOML counts it to the table above it."""
    key = finding.place[-1] if finding.place else None
    if finding.code != "unknown_key" or len(finding.place) == 1 or not isinstance(key, str) or not top.knows(key):
        return finding
    step = f"Write {key} at the top of the file, above the first line in brackets."
    return replace(finding, expected=f"{key} at the top of the file", next_step=step)


def _identity(top: Table) -> tuple[str, str, int]:
    """Read who the program is; what ``Program`` checks on its own is known here and not judged twice."""
    known_format = top.whole("format", 1, 99, "the version of this form")
    if known_format is not None and known_format > FORMAT:
        top.wrong("format", f"{FORMAT}, the newest form that this version of coe reads", "Update coe.")
    name, employer = top.needed_text("id", "a short name"), top.needed_text("employer", "the employer's name")
    alliances = 'a list of names in quotes, [] where there is none, e.g. ["Lakeshore Health Alliance"]'
    if "alliances" not in top:
        top.missing("alliances", alliances)
    elif not isinstance(top.value("alliances"), list):
        top.wrong("alliances", alliances)
    else:
        top.texts("alliances")
    for key in ("payer", "plan"):
        top.text(key, 120)
    top.yes_no("demonstration")
    top.table("no_center_in_reach", _far)
    top.whole("retention_years", *RETENTION_YEARS, "years")
    year = top.whole("plan_year", 2000, 2100, "a year")
    if year is None and "plan_year" not in top:
        top.missing("plan_year", "a year, e.g. 2026")
    return name, employer, year or 2000


def _far(table: Table) -> None:
    for topic in ("travel", "rule", "exemption", "second_opinion"):
        table.said(topic, 300)


def _validity(table: Table, first: date, last: date) -> tuple[date, date]:
    """Read ``valid_from`` and ``valid_to``; where one is not said, the first or last day that is given."""
    start, end = table.day("valid_from") or first, table.day("valid_to") or last
    if end < start:
        step = "Correct one of the two dates."
        table.note("valid_to", "dates_reversed", f"{end}, before {start}", "a day on or after valid_from", step)
    return start, end


def _plan_option(table: Table) -> PlanOption:
    option = table.needed_text("id", "a short name")
    plan_type = table.choice("type", _PLAN_TYPES)
    if plan_type is None and "type" not in table:
        table.missing("type", f"one of {listed(_PLAN_TYPES)}")
    name = table.said("name", 120)
    return PlanOption(
        option,
        name or option,
        plan_type or "ppo",
        table.yes_no("hsa_qualified") or False,
        table.cents("deductible_self"),
        table.cents("deductible_family"),
        table.yes_no("embedded_deductible"),
        table.cents("out_of_pocket_self"),
        table.cents("out_of_pocket_family"),
        table.percent("coinsurance"),
        table.cents("copay"),
        table.yes_no("embedded_out_of_pocket"),
        table.cents("deductible_self_spouse"),
        table.cents("deductible_self_children"),
        table.cents("out_of_pocket_self_spouse"),
        table.cents("out_of_pocket_self_children"),
        table.spanish.get(name) if name else None,
    )


def _distinct(top: Table, key: str, options: tuple[PlanOption, ...]) -> tuple[PlanOption, ...]:
    seen: set[str] = set()
    for number, option in enumerate(options):
        if option.id in seen:
            place: Place = (key, number, "id")
            step = "Give each plan option an id of its own."
            top.findings.append(Finding(place, "error", "id_twice", f'"{option.id}"', "an id of its own", step))
        seen.add(option.id)
    return options


def _question(table: Table) -> Question:
    fact = table.needed_text("fact", "the name by which conditions and member files call it")
    if fact in MEMBER_FACTS or fact in CARE_FACTS:
        step = "Choose another name; this one needs no question."
        table.note("fact", "fact_taken", f'"{fact}"', "a fact that no member file holds by itself", step)
    form = table.choice("form", _FORMS)
    if form is None and "form" not in table:
        table.missing("form", f"one of {listed(_FORMS)}")
    ask = table.needed_said("ask", "the question, as it is asked")
    return Question(fact, ask, form or "word", table.texts("choices"), table.text("unit", 40))


def _rules(top: Table, program: _Program) -> tuple[Rule, ...]:
    by_clause: dict[str, list[Rule]] = {}

    def read(table: Table) -> Rule:
        rule = _rule(table, program, by_clause)
        by_clause.setdefault(rule.cited.clause, []).append(rule)
        return rule

    return top.tables("rule", read)


def _rule(table: Table, program: _Program, earlier: Mapping[str, Sequence[Rule]]) -> Rule:
    clause = table.needed_text("clause", "where the rule stands in the plan document")
    cited = Cited(clause, table.text("version", 40) or program.version, table.said("words"))
    reading = Reading(cited, program.named)
    mode = table.choice("mode", _MODES) or program.mode
    if mode is None and "mode" not in table:
        table.missing("mode", f"one of {listed(_MODES)}, here or at the top of the file")
    first, last = _validity(table, program.valid_from, program.valid_to)
    rule = Rule(
        cited=cited,
        title=table.needed_text("title", "what the rule is about, in words"),
        mode=mode or "voluntary",
        scope=_scope(table, program.catalog),
        members=conditions(table, "members", program.named),
        valid_from=first,
        valid_to=last,
        inside=cost_shares(table, "inside", reading),
        outside=outside_pays(table, reading),
        tiers=tiers(table, reading),
        gates=gates(table, reading),
        not_for=not_fors(table, reading),
        rewards=rewards(table, reading),
        travel=travels(table, reading),
        duties=duties(table, reading),
        second_opinion=second_opinion(table, reading),
        exceptions=exceptions(table, reading),
        appeal=table.table("appeal", appeal_reader(reading.cite)),
        follow_up_days=table.wholes("follow_up_days", 1, 3_650, "days after the operation"),
    )
    return _taken_over(table, rule, earlier)


def _taken_over(table: Table, rule: Rule, earlier: Mapping[str, Sequence[Rule]]) -> Rule:
    """Take the provisions that are not written from the rule that ``same_as`` names by its clause."""
    named = table.text("same_as", 80)
    if named is None:
        return rule
    if not (others := earlier.get(named, ())):
        nearest = likeliest(named, tuple(earlier))
        step = f'Write "{nearest}" if that is meant.' if nearest else "Write that rule above this one."
        table.note("same_as", "unknown_clause", f'"{named}"', "the clause of a rule further up", step)
        return rule
    if len(others) > 1:
        found, step = f"{len(others)} rules above with the clause {named}", "Give each a clause of its own, e.g. 4.2a."
        table.note("same_as", "clause_twice", found, "one rule; the first of them is taken", step, "alert")
    taken = {field: getattr(others[0], field) for key, field in PROVISIONS.items() if key not in table}
    return replace(rule, **taken)


def _scope(table: Table, catalog: Catalogued) -> Scope:
    return Scope(
        _catalogued(table, "procedures", catalog.procedures),
        _catalogued(table, "criteria_sets", catalog.criteria_sets),
        _catalogued(table, "service_lines", catalog.service_lines),
        _catalogued(table, "except_procedures", catalog.procedures),
    )


def _catalogued(table: Table, key: str, known: Sequence[str]) -> tuple[str, ...]:
    """Read ids of the catalog; for an unknown one the likeliest is proposed."""
    ids = table.texts(key)
    for number, one in enumerate(ids):
        if one not in known:
            nearest = likeliest(one.replace(" ", "-"), known)
            step = f'Write "{nearest}" if that is meant.' if nearest else "`coe procedures WORDS` finds procedures."
            place = (*table.place, key, number)
            expected = f"one of {listed(known)}" if len(known) < 30 else "an id of the catalog"
            table.findings.append(Finding(place, "error", f"unknown_{key}", f'"{one}"', expected, step))
    return ids


def _questions(rules: Sequence[Rule], own: Mapping[str, Question]) -> tuple[Question, ...]:
    """Give the question of every fact that conditions name and that neither the member's file nor the care brings."""
    found: dict[str, Question] = {}
    for rule in rules:
        asks = {gate.condition.fact: gate.ask for gate in rule.gates}
        for one in conditions_of(rule):
            if one.fact not in MEMBER_FACTS and one.fact not in CARE_FACTS and one.fact not in found:
                found[one.fact] = _question_of(one, asks.get(one.fact), own)
    return tuple(found.values())


def _unasked(rules: Sequence[Rule], named: Named) -> list[Finding]:
    """Note facts that nobody asks: no gate, no question of the file or of ours, and no member file holds them."""
    ready = [*MEMBER_FACTS, *CARE_FACTS, *known_questions(), *named.questions]
    asked = {*ready, *(gate.condition.fact for rule in rules for gate in rule.gates)}
    found = []
    for fact, place in named.used:
        if fact not in asked:
            nearest = likeliest(fact, ready)
            step = "Add [[question]] with fact, form and ask, so that the member can be asked."
            step = f'Write "{nearest}" if that is meant. {step}' if nearest else step
            expected = "a fact of member files, or one with a question"
            found.append(Finding((*place, "fact"), "alert", "unasked_fact", f'"{fact}"', expected, step))
    return found


def _question_of(test: Condition, ask: str | None, own: Mapping[str, Question]) -> Question:
    if test.fact in own:
        return own[test.fact]
    if known := known_questions().get(test.fact):
        return replace(known.question, ask=ask) if ask else known.question
    words = ask or f"What about: {test.fact.replace('_', ' ')}?"
    if isinstance(test.value, bool):
        return Question(test.fact, words, "yes_no")
    if isinstance(test.value, str | tuple):
        return Question(test.fact, words, "word", (test.value,) if isinstance(test.value, str) else test.value)
    return Question(test.fact, words, "number")


def conditions_of(rule: Rule) -> list[Condition]:
    """Give every condition that stands anywhere in a rule."""
    found = [*rule.members]
    found += [one for left_out in rule.not_for for one in left_out.conditions]
    found += [one for gate in rule.gates for one in (gate.condition, *gate.when, *gate.or_when)]
    costs = [*rule.inside, *(cost for tier in rule.tiers for cost in tier.cost)]
    parts: list[_Conditional] = [*costs, *rule.outside, *rule.rewards, *rule.travel, *rule.duties, *rule.exceptions]
    return found + [one for part in parts for one in part.when]

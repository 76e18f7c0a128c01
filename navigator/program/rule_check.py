"""Checks a program file as a whole: every finding with its line or cell, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from navigator.program.check_answer import ProgramCheck, ProgramFinding
from navigator.program.model import load_program
from navigator.program.opened_file import NotReadable, open_program_file
from navigator.program.placed_file import OpenedFile, Where
from navigator.program.reading_rules import read_content
from navigator.program.reading_table import Finding, likeliest, place_words
from navigator.program.rule_alerts import Limits, alerts_of
from navigator.program.rule_file import catalogued
from navigator.program.rules import ProgramRules
from navigator.program.tax_limits import limits_of
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

KnowsFacility = Callable[[str], bool]
FOLLOWS_FROM_ERRORS = frozenset(
    {
        "amount_not_said",
        "embedded_not_said",
        "hsa_not_said",
        "inside_not_said",
        "never_reached",
        "no_tiers",
        "outside_not_said",
        "tax_year_not_loaded",
    }
)
"""Alerts about what is absent, which it also seems to be where it stands there and cannot be read."""


def check_program(
    path: Path,
    limits_of: Limits = limits_of,
    alliances: Collection[str] | None = None,
    knows_facility: KnowsFacility | None = None,
) -> ProgramCheck:
    """Check a TOML, JSON or Excel program file; ``alliances`` are those of the edition in use, None = there is none.

    Raises BadInput for a file that is none of these.
    """
    try:
        opened = open_program_file(path)
    except NotReadable as refused:
        return _not_readable(path, refused)
    reading = read_content(opened.content, catalogued(), opened.sha256)
    findings = [*reading.findings]
    if not any(finding.severity == "error" for finding in findings):
        findings += _refused(path)
    if isinstance(opened.content.get("plan_year"), int):
        findings += _own_alerts(alerts_of(reading.rules, opened.content, limits_of), findings)
    if alliances is not None:
        findings += _alliance_alerts(opened, alliances)
    if knows_facility is not None:
        findings += _facility_alerts(reading.rules, knows_facility)
    return _answer(path, opened, reading.rules, findings, alliances is not None)


def _own_alerts(alerts: list[Finding], findings: list[Finding]) -> list[Finding]:
    """Leave out alerts that only follow from an error below their place: what could not be read seems not said."""
    wrong = [finding.place for finding in findings if finding.severity == "error"]
    return [
        alert
        for alert in alerts
        if alert.code not in FOLLOWS_FROM_ERRORS or not any(place[: len(alert.place)] == alert.place for place in wrong)
    ]


def _not_readable(path: Path, refused: NotReadable) -> ProgramCheck:
    """Give the one finding of a file that breaks the grammar: what comes behind it cannot be judged."""
    expected = "TOML, or JSON in a file that ends in .json"
    finding = Finding((), "error", "not_readable", refused.reason, expected, refused.next_step)
    return ProgramCheck(
        file=path.name,
        valid=False,
        program=None,
        employer=None,
        plan_year=None,
        version=None,
        rules=0,
        plan_options=0,
        questions=0,
        alliances_checked="not_read",
        errors=(_told(finding, Where(refused.line))[1],),
        alerts=(),
    )


def _refused(path: Path) -> list[Finding]:
    """Tell what the loading of the program itself refuses."""
    try:
        load_program(str(path), path.parent)
    except BadInput as refused:
        return [Finding((), "error", "refused", refused.message, "a program file", refused.next_step)]
    return []


def _alliance_alerts(opened: OpenedFile, known: Collection[str]) -> list[Finding]:
    named = opened.content.get("alliances")
    found = []
    for number, alliance in enumerate(named if isinstance(named, list) else ()):
        if clean(str(alliance)) not in known:
            nearest = likeliest(str(alliance), sorted(known))
            step = f'Write "{nearest}" if that is meant.' if nearest else "Load the alliance's roster: `coe build`."
            expected = "an alliance with a contract in the edition in use"
            found.append(
                Finding(("alliances", number), "alert", "unknown_alliance", f'"{clean(str(alliance))}"', expected, step)
            )
    return found


def _facility_alerts(rules: ProgramRules, knows: KnowsFacility) -> list[Finding]:
    return [
        Finding(
            ("rule", number, "tier", index, "facilities"),
            "alert",
            "unknown_facility",
            f'"{facility}"',
            "an id or a CCN of the edition in use",
            "`coe find` shows the ids of hospitals.",
        )
        for number, rule in enumerate(rules.rules)
        for index, tier in enumerate(rule.tiers)
        for facility in tier.facilities
        if not knows(facility)
    ]


def _told(finding: Finding, where: Where) -> tuple[str, ProgramFinding]:
    words = place_words(finding.place)
    return finding.severity, ProgramFinding(
        code=finding.code,
        where=where.words or words,
        line=where.line,
        sheet=where.sheet,
        cell=where.cell,
        place=words,
        found=finding.found,
        expected=finding.expected,
        next_step=finding.next_step,
    )


def _answer(
    path: Path, opened: OpenedFile, rules: ProgramRules, findings: list[Finding], alliances_known: bool
) -> ProgramCheck:
    told = [_told(finding, where) for finding, where in opened.findings]
    told += [_told(finding, opened.where(finding.place)) for finding in findings]
    ordered = sorted(told, key=lambda one: one[1].line or 0)
    errors = tuple(finding for severity, finding in ordered if severity == "error")
    return ProgramCheck(
        file=path.name,
        valid=not errors,
        program=rules.program_id or None,
        employer=rules.employer or None,
        plan_year=rules.plan_year if isinstance(opened.content.get("plan_year"), int) else None,
        version=rules.version,
        rules=len(rules.rules),
        plan_options=len(rules.plan_options),
        questions=len(rules.questions),
        alliances_checked="yes" if alliances_known else "no_edition",
        errors=errors,
        alerts=tuple(finding for severity, finding in ordered if severity == "alert"),
    )

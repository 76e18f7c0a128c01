"""Whatever a member sees or hears in Spanish is translated: each face is rendered in a language of brackets.

What stands outside the brackets may be a figure, a name of the data, or the plan's own words that are named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from pseudo_language import in_brackets, in_one_line, unsaid
from whole_referrals import a_referral

from navigator.case import consent, safety, scripts
from navigator.case.red_flags import RED_FLAGS
from navigator.hr.flyer import flyer_words
from navigator.kiosk import said as kiosk_said
from navigator.kiosk.flow import Flow, Step
from navigator.kiosk.hours import read_hours
from navigator.kiosk.page import KioskPage
from navigator.kiosk.pages import FAULTS, page_of
from navigator.kiosk.paper import paper_of
from navigator.kiosk.site import Desk, KioskSite
from navigator.kiosk.topics import TOPICS
from navigator.languages import spoken
from navigator.languages.translating import translator
from navigator.line_mode import turns
from navigator.line_mode.answers import Answered, Answers, Asked
from navigator.line_mode.comparison_said import comparison_lines
from navigator.line_mode.rule_said import rule_lines
from navigator.line_mode.said import offer_lines, price_lines, slow_lines, ticket_lines, why_lines
from navigator.line_mode.state import Asks, Page, PageKind, State
from navigator.program.in_call import rules_of
from navigator.program.model import Program, load_program
from navigator.referral.record import SafeContact
from navigator.ticket import grouped
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.errors import AmbiguousPlace, UnknownPlace, UnknownProcedure
from provider_directory.models import Center

SAY = translator("es")
ON = date(2026, 11, 22)
NIGHT, NOON = datetime(2026, 11, 28, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
HOURS = read_hours(["mon-fri 8:00-17:00"], "America/Chicago")
SITE = KioskSite("Milwaukee brewery", "53202", desk=Desk("(414) 555-0177", "Room 104", HOURS), printer="front-desk")
QUESTIONS = (
    ("total-knee-replacement", "53202", "brewline-foods", 50.0),
    ("total-knee-replacement", "53202", None, 50.0),
    ("total-hip-replacement", "Hilo, HI", "brewline-foods", 50.0),
    ("total-knee-replacement", "Hilo, HI", "copperline-rail", 50.0),
    ("lumbar-fusion-single-level", "Chicago, IL", "copperline-rail", 400.0),
    ("cabg", "02134", "harborlight-schools", 400.0),
    ("colonoscopy", "53202", None, 50.0),
)
SIGNS = {"PPO", "HSA", "SHA", "QR", "CMS", "Medicare", "Room"}
"""Names that are the same in every language; the room is of the site file."""


@pytest.fixture(scope="module")
def programs(demonstration_programs: Path) -> dict[str, Program]:
    names = ("brewline-foods", "copperline-rail", "harborlight-schools")
    return {name: load_program(name, demonstration_programs) for name in names}


@pytest.fixture(scope="module")
def known(demonstration_edition: Path, programs: dict[str, Program]) -> Iterator[tuple[Answers, list[Answered]]]:
    """Give what answers, and the answers to the questions, six centers each."""
    directory = EmbeddedDirectory(demonstration_edition)
    answers = Answers(directory, tuple(programs.values()), ON)
    found = []
    for procedure, place, name, miles in QUESTIONS:
        program = programs[name] if name else None
        where = answers.locate(place, program)
        found.append(answers.answer(Asked(answers.procedure(procedure), where, program, None, miles, 6)))
    yield answers, found
    directory.close()


@pytest.fixture(autouse=True)
def bracketed() -> Iterator[None]:
    with in_brackets():
        yield


def names_of(centers: Iterable[Center]) -> Iterator[str]:
    for center in centers:
        facility = center.facility
        yield from filter(None, (facility.name, facility.address, *(each.name for each in center.surgeons)))
        basis = center.credential.basis.removeprefix("contract with ")
        yield from ([basis] if basis != center.credential.basis else [])
        yield from re.findall(r"under contract with (.+), for its members", " ".join(center.credential.flags))


def names_in(answered: Answered) -> set[str]:
    offer, program = answered.offer, answered.asked.program
    nearest = offer.no_contract_in_reach.nearest if offer.no_contract_in_reach else ()
    names = {*names_of((*offer.centers, *nearest)), offer.place.label, offer.edition[:12], *SIGNS, SITE.name or ""}
    names.add(grouped(answered.ticket("es") or ""))
    rules = rules_of(program).rules
    if program is None or rules is None:
        return names
    appeals = {appeal.to for appeal in (rules.appeal, *(rule.appeal for rule in rules.rules)) if appeal and appeal.to}
    clauses = {rule.cited.clause for rule in rules.rules}
    own_spanish = {words.rstrip(".") for _english, words in rules.spanish}
    names |= own_spanish | {f"{words[:1].upper()}{words[1:]}" for words in own_spanish}
    return {*names, program.employer, *clauses, *appeals, *(option.name for option in rules.plan_options)}


def sentences_of(program: Program | None) -> set[str]:
    """Give what the plan says in its own words."""
    rules = rules_of(program).rules if program else None
    if rules is None or program is None:
        return set()
    found = {words for _topic, words in program.far_from_contract}
    found |= {question.ask for question in rules.questions}
    for rule in rules.rules:
        found |= {duty.says for duty in rule.duties}
        found |= {way for each in rule.exceptions for way in (each.title.rstrip("."), each.how) if way}
        found |= {rule.second_opinion.by} if rule.second_opinion and rule.second_opinion.by else set()
    return found | {appeal.says for appeal in (rules.appeal, *(rule.appeal for rule in rules.rules)) if appeal}


def words_of(page: KioskPage) -> Iterator[str]:
    yield from (page.title, *page.lines, page.hint, page.fault)
    yield from (line for tile in (*page.tiles, *page.foot) for line in tile.lines)


def test_every_page_of_the_kiosk_is_said(known: tuple[Answers, list[Answered]]) -> None:
    answers, found = known
    for answered in found:
        program = answered.asked.program
        flow = Flow(
            language="es",
            procedure=answered.asked.procedure,
            place=answered.offer.place,
            answered=answered,
            choices=tuple((key, "") for topic in TOPICS for key in topic.procedures),
            options=answers.options(program),
        )
        names = names_in(answered)
        for step in get_args(Step):
            for now in (NIGHT, NOON):
                page = page_of(replace(flow, step=step), SITE, now, prints=True, draws=True)
                english = {"Start in English", "Larger text", "Find a good center for your care"} | {
                    "Two minutes. Nothing you type is kept.",
                    "Touch, or press 1.",
                    "In English",
                }
                assert unsaid(words_of(page), names | english) == [], step
        for at in range(len(answered.offer.centers)):
            assert unsaid(kiosk_said.why_lines(SAY, answered, at), names) == []
        texts = kiosk_said.texts_for_phone(SAY, answered, SITE.desk)
        assert unsaid(texts, names) == []
        assert unsaid([in_one_line(paper_of(answered, "es").text())], {*names, "es"}, sentences_of(program)) == []
    for fault in FAULTS:
        page = page_of(Flow(step="words", language="es", fault=fault), SITE, NOON, prints=True, draws=True)
        assert unsaid(words_of(page), ()) == [], fault


def test_every_answer_in_lines_is_said(known: tuple[Answers, list[Answered]]) -> None:
    answers, found = known
    for answered in found:
        names = names_in(answered)
        own = sentences_of(answered.asked.program) | {each.credential.reason or "-" for each in answered.offer.centers}
        assert unsaid(offer_lines(SAY, answered), names, own) == []
        assert unsaid(ticket_lines(SAY, answered.ticket("es")), names) == []
        for at, center in enumerate(answered.offer.centers):
            lines = [
                *why_lines(SAY, answered, at),
                *price_lines(SAY, answered, at),
                *rule_lines(SAY, answered, at),
                *spoken.center_said(SAY, center, answered.asked.program is not None),
            ]
            assert unsaid(lines, names, own) == []
            # Said slowly, names and addresses come apart.
            apart = re.findall(r"[\w'’.&-]+", f"{center.facility.name} {center.facility.address}")
            assert unsaid(slow_lines(SAY, answered, at), {*names, *apart}, own) == []
        if len(answered.offer.centers) > 1:
            compared = answers.compare(answered, 0, 1)
            assert unsaid(comparison_lines(SAY, answered, (0, 1), compared), names) == []


def test_every_turn_of_a_dialogue_is_said(known: tuple[Answers, list[Answered]]) -> None:
    answers, found = known
    answered = found[0]
    names = {*names_in(answered), *(program.employer for program in answers.programs), "english", "PPO"}
    state = State(language="es", procedure=answered.asked.procedure, answered=answered, program=answered.asked.program)
    alone = set(get_args(PageKind)) - {"why", "compare", "price", "rule", "slow", "sheet"}
    pages = [replace(state, page=Page(kind)) for kind in get_args(PageKind) if kind in alone]
    matches = answers.search("bypass").matches
    asked = [replace(state, asks=asks, page=Page("none"), matches=matches) for asks in get_args(Asks)]
    faults = [
        replace(state, asks="place", page=Page("none"), fault=fault("What was found.", "What to do."))
        for fault in (UnknownPlace, AmbiguousPlace, UnknownProcedure)
    ]
    for each in (*pages, *asked, *faults):
        turn = turns.turn(each, answers)
        assert unsaid((*turn.lines, *turn.choices, turn.prompt), names) == [], each.page.kind


def test_every_script_and_flyer_is_said(programs: dict[str, Program]) -> None:
    for program in programs.values():
        rules = rules_of(program).rules
        assert rules is not None
        assert unsaid(flyer_words(SAY, program, rules), {program.employer, rules.ask or ""}) == []
    around = (scripts.GREETING, scripts.HOLD, scripts.VOICEMAIL, scripts.HANDING_OVER, scripts.GOODBYE)
    said = [SAY(words) for words in (safety.ASK, safety.STOP, safety.CRISIS, *around)]
    said += [flag for line in RED_FLAGS for flag in safety.red_flags(line, SAY)]
    assert unsaid([*said, consent.script(SAY)], ()) == []
    for contact in (SafeContact(method="none"), SafeContact(), *(a_phone(safe) for safe in (True, False, None))):
        referral = a_referral(safe_contact=contact)
        names = {"Ada Quill", referral.facility_name or "", (referral.reason or "").rstrip(".")}
        assert unsaid([consent.read_back_sentence(SAY, referral)], names) == []


def a_phone(voicemail_ok: bool | None) -> SafeContact:
    return SafeContact(method="phone", address="414-555-0101", voicemail_ok=voicemail_ok)

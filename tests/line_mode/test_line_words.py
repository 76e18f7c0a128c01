"""What line mode says: the same figures in both languages, sentences that a voice can say, and never some words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from navigator import ticket
from navigator.languages import alphabet, spoken
from navigator.languages.sentences import by_digits
from navigator.languages.terms import PARTS_OF_A_PRICE, TERMS
from navigator.languages.translating import Language, Translator, translator
from navigator.line_mode.answers import Answered, Answers, Asked
from navigator.line_mode.comparison_said import comparison_lines
from navigator.line_mode.cost_said import cost_said
from navigator.line_mode.rule_said import rule_lines, rule_said, warning_lines
from navigator.line_mode.said import center_lines, offer_lines, price_lines, slow_lines, ticket_lines, why_lines
from navigator.program.model import load_program
from navigator.program.sites import sites_of
from navigator.widgets.card_words import say_lines
from provider_directory.catalog import load
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.models import Center, CredentialState, SaidFigure
from provider_directory.pricing.offered import NO_PRICE
from provider_directory.quality.criteria import criteria_sets
from provider_directory.quality.profiles import measures, profiles
from provider_directory.quality.words import spoken_figure
from provider_directory.testing import a_center, a_credential, a_price, a_score

ON = date(2026, 11, 22)
ENGLISH, SPANISH = translator("en"), translator("es")
QUESTIONS = (
    ("total-knee-replacement", "53202", "brewline-foods", 50.0),
    ("total-knee-replacement", "53202", None, 50.0),
    ("total-hip-replacement", "Hilo, HI", "brewline-foods", 50.0),
    ("cabg", "Chicago, IL", "copperline-rail", 400.0),
    ("lumbar-fusion-single-level", "10027", "harborlight-schools", 400.0),
    ("colonoscopy", "53202", None, 50.0),
)
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SPEAKABLE = re.compile(r"[\w ,.:;$%¿?!'’“”()&-]+")
_NEVER = re.compile(
    r"everything|you pay nothing|percentile|credentialed|denied|guarantee|gratis|percentil|acreditad|negad|garantiz",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def known(demonstration_edition: Path, demonstration_programs: Path) -> Iterator[tuple[Answers, list[Answered]]]:
    """Give what answers, and the answers to the questions, ten centers each."""
    directory = EmbeddedDirectory(demonstration_edition)
    answers = Answers(directory, (), ON)
    found = []
    for procedure, place, name, miles in QUESTIONS:
        program = load_program(name, demonstration_programs) if name else None
        where = answers.locate(place, program)
        found.append(answers.answer(Asked(answers.procedure(procedure), where, program, None, miles, 10)))
    yield answers, found
    directory.close()


def figures(lines: Iterator[str]) -> set[str]:
    return {found for line in lines for found in _FIGURE.findall(line)}


def test_english_says_of_every_center_what_the_directory_says(known: tuple[Answers, list[Answered]]) -> None:
    for answered in known[1]:
        program = answered.asked.program is not None
        for center in answered.offer.centers:
            said = " ".join(spoken.center_said(ENGLISH, center, program))
            assert said == center.spoken
            if center.score:
                assert spoken.score(ENGLISH, center.score, center.figure) == center.score.label


def test_every_figure_in_english_is_in_spanish(known: tuple[Answers, list[Answered]]) -> None:
    pages: tuple[Callable[[Translator, Answered, int], Iterator[str]], ...] = (
        lambda say, answered, at: center_lines(say, answered, at, answered.offer.centers[at]),
        why_lines,
        price_lines,
        slow_lines,
    )
    for answered in known[1]:
        for at in range(len(answered.offer.centers)):
            for page in pages:
                assert figures(page(ENGLISH, answered, at)) <= figures(page(SPANISH, answered, at))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_line_is_a_sentence_that_can_be_said(known: tuple[Answers, list[Answered]], language: Language) -> None:
    answers, found = known
    say = translator(language)
    for answered in found:
        lines = [*offer_lines(say, answered)]
        for at in range(len(answered.offer.centers)):
            for page in (why_lines, price_lines, slow_lines, rule_lines):
                lines += page(say, answered, at)
        if len(answered.offer.centers) > 1:
            lines += comparison_lines(say, answered, (0, 1), answers.compare(answered, 0, 1))
        for line in lines:
            assert _SPEAKABLE.fullmatch(line), line
            assert line.endswith((".", "?", "!", "…", ".”", ")")), line
            assert not _NEVER.search(line), line


def test_the_rule_in_spanish_names_the_clauses_and_amounts_of_the_english_one(
    known: tuple[Answers, list[Answered]],
) -> None:
    answered = known[1][0]
    english, spanish = (" ".join(rule_lines(say, answered, 0)) for say in (ENGLISH, SPANISH))
    for shown in ("$3,400", "$4,000", "$10,000", "$500", "6.1", "5.1", "6.3", "8.1"):
        assert shown in english
        assert shown in spanish
    assert "PPO" in spanish
    assert "sin costo. Cláusula 6.5." in spanish


def test_why_a_contract_was_suspended_is_the_alliances_own_word_and_asked_for(
    known: tuple[Answers, list[Answered]],
) -> None:
    answered = known[1][0]
    at = next(at for at, center in enumerate(answered.offer.centers) if center.credential.state == "SUSPENDED")
    quoted = "“surgeon volume under review by the credentialing committee”"
    for say, judged in ((ENGLISH, "That is no judgment of the care there."), (SPANISH, "no es un juicio")):
        said = " ".join(why_lines(say, answered, at))
        assert quoted in said
        assert judged in said
        assert quoted not in " ".join(offer_lines(say, answered))


def test_a_mandatory_rule_is_said_with_its_exceptions(
    known: tuple[Answers, list[Answered]], demonstration_programs: Path
) -> None:
    answers = known[0]
    for name, said in (("copperline-rail", True), ("brewline-foods", False)):
        program = load_program(name, demonstration_programs)
        procedure = answers.procedure("lumbar-fusion-single-level")
        answered = answers.answer(Asked(procedure, answers.locate("53202", program), program))
        assert ("Ask about exceptions." in " ".join(offer_lines(ENGLISH, answered))) is said
        chicago = answers.answer(
            replace(answered.asked, place=answers.locate("Chicago, IL", None), miles=400.0, limit=1)
        )
        assert ("The whole bill at other hospitals" in " ".join(rule_lines(ENGLISH, chicago, 0))) is said
        assert ("podría ser toda la cuenta" in " ".join(rule_lines(SPANISH, chicago, 0))) is said
        for rule in (each for each in chicago.rules if each):
            for state, words in (("applies", "Sus condiciones se cumplen."), ("does_not_apply", "Aquí no se aplica.")):
                judged = tuple(each.model_copy(update={"state": state}) for each in rule.exceptions)
                lines = rule_said(SPANISH, rule.model_copy(update={"exceptions": judged}))
                assert (words in " ".join(lines)) is said


_STATES: tuple[tuple[CredentialState, str], ...] = (
    ("CONTRACT", "under contract to Jun 2027"),
    ("SUSPENDED", "suspended on 2026-09-14"),
    ("EXPIRED", "contract ended 2025-12-31"),
    ("MEETS_PUBLIC", "passes public check"),
    ("PROVISIONAL", "partly checked"),
    ("PROVISIONAL", "no warning in public data"),
    ("NOT_MET", "below public check: complications, overall quality score"),
    ("NO_EVIDENCE", "no public data"),
    ("NO_EVIDENCE", "no public check for this procedure"),
    ("NO_EVIDENCE", "cancer hospital: reports to CMS separately, not in this score"),
)


@st.composite
def centers(draw: st.DrawFn) -> Center:
    state, label = draw(st.sampled_from(_STATES))
    ends = draw(st.none() | st.dates(date(2020, 1, 1), date(2035, 12, 31)))
    low, value, high = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    figure = SaidFigure(
        measure=draw(st.sampled_from(sorted(measures()))),
        value=draw(st.floats(-500, 500, allow_nan=False).map(lambda found: round(found, 2))),
        patients=draw(st.none() | st.integers(1, 90_000)),
        is_of_procedure=draw(st.booleans()),
    )
    score = a_score(value=value, low=low, high=high, evidence_class=draw(st.sampled_from(["specific", "general"])))
    parts = st.lists(st.sampled_from([*PARTS_OF_A_PRICE, "90 days after surgery", "a part of our own"]), max_size=4)
    price = a_price(amount_cents=draw(st.integers(0, 10**9)), included=tuple(draw(parts)), extra=tuple(draw(parts)))
    return a_center(
        credential=a_credential(state=state, label=label, expires=ends, flags=()),
        score=draw(st.none() | st.just(score)),
        figure=draw(st.none() | st.just(figure)),
        price=draw(st.sampled_from([price, NO_PRICE])),
    )


@hypothesis_settings(max_examples=80)
@given(centers(), st.booleans())
def test_whatever_a_center_is_both_languages_say_the_same_figures(center: Center, program: bool) -> None:
    english, spanish = (spoken.center_said(say, center, program) for say in (ENGLISH, SPANISH))
    assert figures(iter(english)) == figures(iter(spanish))
    assert len(english) == len(spanish)
    assert "{" not in " ".join((*english, *spanish))
    if center.figure and center.figure.is_of_procedure:
        measure = measures()[center.figure.measure]
        assert spoken_figure(measure, center.figure.value) in english


def test_all_words_of_the_tables_are_known_to_the_catalogue() -> None:
    inside = {about[0].lower() + about[1:] for each in measures().values() if (about := each.about)}
    words = {each.name for each in measures().values()} | {each.outcome for each in measures().values()}
    words |= {about if about in TERMS else about.replace("medicare", "Medicare", 1) for about in inside}
    words |= {each.name for criteria in criteria_sets().values() for each in criteria.criteria}
    words |= {profile.volume_label for profile in profiles().values() if profile.volume_label}
    assert words - TERMS == set()


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("(414) 555-0150", "4 1 4, 5 5 5, 0 1 5 0"),
        ("+1 414.555.0150 ext 12", "1, 4 1 4, 5 5 5, 0 1 5 0, ext, 1 2"),
        ("41455501501", "4 1 4, 5 5 5, 0 1 5 0, 1"),
        ("911", "9 1 1"),
        ("", ""),
    ],
)
def test_a_phone_is_read_by_its_digits(phone: str, said: str) -> None:
    assert by_digits(phone) == said


def test_the_ticket_of_every_procedure_place_office_and_language_opens_the_same_question(
    known: tuple[Answers, list[Answered]], demonstration_programs: Path
) -> None:
    answers, found = known
    program = load_program("brewline-foods", demonstration_programs)
    offices = [site.name for site in sites_of(demonstration_programs / "brewline-foods.toml").sites]
    assert len(offices) > 2
    places = itertools.cycle([answers.locate(each, program) for each in ("53202", "10027", "00501", *offices)])
    languages: itertools.cycle[Language] = itertools.cycle(["en", "en", "es"])
    for procedure, place, language in zip(load().procedures, places, languages, strict=False):
        asked = Asked(procedure, place, program)
        code = Answered(asked, found[0].offer, (), (), *answers._of_ticket(asked)).ticket(language)
        assert code is not None
        held = ticket.read(ticket.grouped(code).lower())
        assert (*answers.of_ticket(held, program), held.language) == (procedure, place, language)
        assert answers.of_ticket(held, None)[1].label.startswith(held.zip)


@pytest.mark.parametrize(
    ("travel", "english_cap", "spanish"),
    [
        ({"state": "paid", "people": 2, "cap_left_cents": 5_000_00}, "$5,000", "Para el viaje, como máximo $5,000."),
        ({"state": "ask", "cap_left_cents": 123_45}, "$123.45", "Para el viaje, como máximo $123.45."),
        ({"state": "paid", "people": 1, "cap_left_cents": None}, None, None),
        ({"state": "not_paid", "cap_left_cents": 5_000_00}, None, None),
    ],
)
def test_what_is_left_for_travel_is_said_where_travel_may_be_paid(
    known: tuple[Answers, list[Answered]], travel: dict[str, object], english_cap: str | None, spanish: str | None
) -> None:
    rule = known[1][0].rules[0]
    assert rule is not None
    assert rule.travel is not None
    told = rule.travel.model_copy(update=travel)
    answered = replace(known[1][0], rules=(rule.model_copy(update={"travel": told}),))
    caps = [line for line in rule_lines(SPANISH, answered, 0) if line.startswith("Para el viaje")]
    assert caps == ([spanish] if spanish else [])
    assert english_cap is None or english_cap in caps[0]


@pytest.mark.parametrize(
    ("state", "label", "flag", "english", "spanish"),
    [
        ("EXPIRED", "contract ended 2025-12-31", "", "Its contract with your plan ended in June 2027.", "terminó"),
        (
            "SUSPENDED",
            "suspended on 2026-09-14",
            "",
            "was suspended on September 14, 2026.",
            "14 de septiembre de 2026",
        ),
        (
            *("MEETS_PUBLIC", "passes public check", "under contract with Lakeshore, for its members"),
            "Under contract with Lakeshore, for its members.",
            "Bajo contrato con Lakeshore",
        ),
        (
            *("MEETS_PUBLIC", "passes public check", "a note that no table has"),
            "A note that no table has.",
            "en inglés: a note that no table has",
        ),
    ],
)
def test_why_says_what_a_contract_is_no_more_and_what_stands_beside_a_state(
    known: tuple[Answers, list[Answered]], state: CredentialState, label: str, flag: str, english: str, spanish: str
) -> None:
    credential = a_credential(state=state, label=label, flags=(flag,) if flag else ())
    center = a_center(credential=credential)
    offer = known[1][0].offer.model_copy(update={"centers": (center,)})
    answered = replace(known[1][0], offer=offer)
    assert english in " ".join(why_lines(ENGLISH, answered, 0))
    assert spanish in " ".join(why_lines(SPANISH, answered, 0))


def test_a_ticket_is_spelled_with_words_that_begin_with_its_letters() -> None:
    for words in alphabet.WORDS.values():
        assert all(word.upper().startswith(letter) for letter, word in words.items())
        assert set(ticket.DIGITS) <= {*words, *"0123456789"}
    assert list(ticket_lines(ENGLISH, "01CZN41N"))[1] == (
        "By its characters: 0, 1, C as in Charlie, Z as in Zulu; N as in November, 4, 1, N as in November."
    )
    assert "V de vaca, 7; B de burro" in list(ticket_lines(SPANISH, "01V7B41N"))[1]


def test_a_general_score_is_said_under_its_own_name() -> None:
    center = a_center(score=a_score(evidence_class="general", value=82, low=50, high=96), figure=None)
    assert spoken.quality(ENGLISH, center) == "General hospital safety: 82 of 100, likely 50 to 96, 50 is average."
    assert spoken.quality(ENGLISH, a_center(score=None)) is None


def test_a_procedure_without_any_contract_says_so(known: tuple[Answers, list[Answered]]) -> None:
    answers, found = known
    heart = answers.procedure("heart-transplant")
    nowhere = answers.answer(Asked(heart, answers.locate("60616", None), found[3].asked.program))
    assert "No center in this data is under contract." in list(offer_lines(ENGLISH, nowhere))


def test_that_none_lies_in_reach_is_told_once(known: tuple[Answers, list[Answered]]) -> None:
    told = [sum("lies within" in line for line in offer_lines(ENGLISH, answered)) for answered in known[1]]
    assert max(told) == 1


def test_what_is_extra_is_said_once_on_the_page_of_the_price(known: tuple[Answers, list[Answered]]) -> None:
    for say in (ENGLISH, SPANISH):
        said = list(price_lines(say, known[1][0], 0))
        assert "24,100" in " ".join(said)
        assert len(set(said)) == len(said)


def test_slowly_names_and_addresses_are_said_by_letters(known: tuple[Answers, list[Answered]]) -> None:
    said = list(slow_lines(ENGLISH, known[1][0], 0))
    assert "Lakes: L A K E S." in said
    assert "4500 Demonstration Road, Milwaukee, W I, 5 3 2 1 0." in said
    assert said[-1] == "Phone: 4 1 4, 5 5 5, 0 1 5 0."
    assert "St.: S T." in slow_lines(ENGLISH, known[1][0], 1)


def test_months_are_said_in_full(known: tuple[Answers, list[Answered]]) -> None:
    (warning,) = warning_lines(ENGLISH, known[1][0].rules[0])  # type: ignore[arg-type] # it has rules
    assert warning.startswith("Care after December 31, 2026 falls under the next plan year")
    assert warning.endswith("The likely day is February 20, 2027.")


def test_a_cost_is_said_by_plan_option_and_never_as_nothing(known: tuple[Answers, list[Answered]]) -> None:
    answered = known[1][0]
    rule = answered.rules[0]
    assert rule is not None
    shown = " ".join(cost_said(SPANISH, rule, answered.offer.centers[0]))
    assert "el plan indica $0 con PPO y hasta $3,400 con Plan HSA por hospital" in shown
    assert "promesa" not in shown
    card = "\n".join(each.plain for each in say_lines(answered.offer.centers[0], rule, "es", program=True))
    assert shown in card


def test_the_cost_of_each_plan_option_is_what_a_member_with_it_is_told(
    known: tuple[Answers, list[Answered]],
) -> None:
    answers, every = known
    answered = every[0]
    for option in answers.options(answered.asked.program):
        of_option = answers.answer(replace(answered.asked, option=option.id))
        for any_plan, one_plan in zip(answered.rules, of_option.rules, strict=True):
            assert any_plan is not None
            assert one_plan is not None
            for both, own in ((any_plan.here, one_plan.here), (any_plan.elsewhere, one_plan.elsewhere)):
                told = next((each for each in both.by_option if each.option == option.name), both)
                assert (told.state, told.low_cents, told.high_cents) == (own.state, own.low_cents, own.high_cents)
                assert not own.by_option

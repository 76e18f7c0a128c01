"""The session at a kiosk: from a tile to three centers and a ticket, in both languages, with no price and no person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from navigator import ticket
from navigator.kiosk import drawing, said
from navigator.kiosk.flow import Act, Flow, Pending, Step, failed, looked_up, pressed
from navigator.kiosk.hours import DAYS, read_hours
from navigator.kiosk.page import KioskPage
from navigator.kiosk.pages import page_of
from navigator.kiosk.paper import paper_of, print_paper
from navigator.kiosk.site import Desk, KioskSite, read_site
from navigator.kiosk.topics import TOPICS
from navigator.languages.translating import LANGUAGES, translator
from navigator.line_mode.answers import Answers
from navigator.program.model import Program, load_program
from provider_directory.catalog import load
from provider_directory.errors import BadInput
from provider_directory.testing import FakeDirectory

ON = date(2026, 11, 22)
EVENING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Monday, 9 in the evening in Chicago."""
HOURS = read_hours(["mon-fri 8:00-17:00", "sat 9:00-12:00"], "America/Chicago")
SITE = KioskSite("Milwaukee brewery", "53202", desk=Desk("(414) 555-0177", "Room 104", HOURS), printer="front-desk")
KNEE = (Act("language", "en"), Act("topic", "0"), Act("choice", "total-knee-replacement"))
TO_CENTERS = (*KNEE, Act("zip", "53202"), Act("option"))


@pytest.fixture(scope="module")
def program(demonstration_programs: Path) -> Program:
    """Give an employer with two plans."""
    return load_program("brewline-foods", demonstration_programs)


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Give answers over the showpiece centers."""
    return Answers(FakeDirectory(), (), ON)


def after(
    acts: Iterable[Act], answers: Answers, program: Program | None, site: KioskSite = SITE, flow: Flow | None = None
) -> Flow:
    flow = Flow() if flow is None else flow
    for act in acts:
        flow = pressed(flow, act, site)
        if flow.pending:
            flow = looked_up(flow, answers, site, program)
    return flow


def page(flow: Flow, site: KioskSite = SITE) -> KioskPage:
    return page_of(flow, site, EVENING, prints=True, draws=True)


def words_of(shown: KioskPage) -> str:
    tiles = [line for tile in (*shown.tiles, *shown.foot) for line in tile.lines]
    return "\n".join((shown.title, *shown.lines, *tiles, shown.fault))


def test_five_presses_lead_to_three_centers_with_a_range_to_pay_and_no_price(
    answers: Answers, program: Program
) -> None:
    steps = [after(TO_CENTERS[:count], answers, program).step for count in range(len(TO_CENTERS) + 1)]
    assert steps == ["attract", "topics", "which", "place", "plan", "centers"]
    there = after(TO_CENTERS, answers, program)
    assert there.answered
    assert not there.answered.asked.show_contract_price
    assert [each.price.kind for each in there.answered.offer.centers if each.price.kind.startswith("contract")] == []
    shown = page(there)
    assert [tile.lines[0].partition(",")[0] for tile in shown.tiles] == [
        "Marquette Lakes Orthopedic",
        "St. Adalbert Medical Center",
        "Kettle Moraine Joint Hospital",
    ]
    assert shown.tiles[0].lines[1:] == (
        "Under contract with your plan until June 2027.",
        "You pay up to $3,400 if approved (estimate)",
    )


def test_every_word_on_the_way_to_a_ticket_is_read_in_two_minutes(answers: Answers, program: Program) -> None:
    acts = (Act("language", "en"), *TO_CENTERS[1:], Act("center", "0"), Act("take"), Act("ticket"))
    shown = [words_of(page(after(acts[:count], answers, program))) for count in range(len(acts) + 1)]
    words = sum(len(each.split()) for each in shown)
    assert words / 200 * 60 + len(acts) + 1 < 120, "at 200 words a minute, and a second for each choice"


def test_back_goes_each_step_back_and_keeps_the_language(answers: Answers, program: Program) -> None:
    there = after((*TO_CENTERS, Act("center", "1"), Act("language", "es"), Act("large")), answers, program)
    assert pressed(there, Act("again"), SITE) == Flow(language=SITE.language)
    seen: list[Step] = [there.step]
    while there.before is not None:
        there = pressed(there, Act("back"), SITE)
        seen.append(there.step)
    assert seen == ["why", "centers", "plan", "place", "which", "topics", "attract"]
    assert there.language == "es"
    assert there.large
    assert pressed(there, Act("back"), SITE) == there
    waits = pressed(after(KNEE, answers, program), Act("zip", "53202"), SITE)
    assert pressed(waits, Act("back"), SITE).pending == ""


def test_the_office_and_its_plan_are_taken_from_the_site(answers: Answers, program: Program) -> None:
    site = replace(SITE, plan="ppo")
    there = after((*KNEE, Act("office")), answers, program, site)
    assert there.step == "centers"
    assert there.answered is not None
    assert there.answered.asked.option == "ppo"
    assert ticket.read(there.answered.ticket("en") or "").zip == "53202"
    assert after((*KNEE, Act("office")), answers, None).step == "centers", "no program, no plan is asked"
    wrong = after((*KNEE, Act("office")), answers, program, replace(SITE, plan="gold"))
    assert (wrong.step, wrong.fault, wrong.answered) == ("place", "other", None)


@pytest.mark.parametrize(
    ("typed", "step", "fault"),
    [
        ("new knee", "place", ""),
        ("bypass", "which", ""),
        ("xylophone", "words", "words"),
        ("   ", "words", ""),
        ("chest pain since this morning", "safety", ""),
        ("I want to kill myself", "crisis", ""),
        ("quiero morir", "crisis", ""),
        ("dolor de pecho", "safety", ""),
    ],
)
def test_words_lead_on_or_ask_or_bring_the_safety_card(typed: str, step: Step, fault: str, answers: Answers) -> None:
    there = after((Act("language", "en"), Act("search"), Act("words", typed)), answers, None)
    assert (there.step, there.fault) == (step, fault)
    if step == "crisis":
        assert typed not in str(there.before)
    if step == "safety":
        assert after((Act("stop"),), answers, None, flow=there).step == "stop"
        assert after((Act("safe"),), answers, None, flow=there).step != "safety"


def test_the_plans_are_named_in_the_employer_s_own_spanish(answers: Answers, program: Program) -> None:
    at_plan = after(TO_CENTERS[:-1], answers, program)
    shown = [[tile.lines[0] for tile in page(replace(at_plan, language=each)).tiles[:2]] for each in LANGUAGES]
    assert shown == [["PPO", "HSA plan"], ["PPO", "Plan HSA"]]


def test_a_zip_that_cannot_be_is_told_and_asked_again(answers: Answers, program: Program) -> None:
    at_place = after(KNEE, answers, program)
    for typed, fault in (("532", "zip"), ("５３２０２", "zip"), ("99999", "place")):
        there = after((Act("zip", typed),), answers, program, flow=at_place)
        assert (there.step, there.fault) == ("place", fault)
        assert page(there).fault


def test_every_page_is_whole_in_both_languages_and_shows_no_price_and_no_gate(
    answers: Answers, program: Program
) -> None:
    centers = after(TO_CENTERS, answers, program)
    searched = after((Act("language", "en"), Act("search")), answers, program)
    shown = [after(TO_CENTERS[:count], answers, program) for count in range(len(TO_CENTERS))]
    shown += [
        searched,
        *(after((Act("words", words),), answers, program, flow=searched) for words in ("bypass", "?!x")),
    ]
    shown += [after((Act("words", words),), answers, program, flow=searched) for words in ("chest pain", "suicide")]
    shown += [replace(centers, step="printed"), replace(centers, step="stop"), replace(centers, step="help")]
    for acts in ((), (Act("center", "0"),), (Act("take"),), (Act("ticket"),), (Act("phone"),)):
        shown.append(after(acts, answers, program, flow=centers))
    assert {flow.step for flow in shown} >= {"attract", "topics", "words", "which", "safety", "crisis", "why", "ticket"}
    for flow in shown:
        english, spanish = (words_of(page(replace(flow, language=each))) for each in LANGUAGES)
        assert english != spanish or flow.step == "attract"
        for words in (english, spanish):
            assert "{" not in words
            assert "24,100" not in words
            assert not any(each in words.casefold() for each in ("tobacco", "tabaco", "bmi"))
        keys = [tile.key for tile in (*page(flow).tiles, *page(flow).foot)]
        assert len(keys) == len(set(keys)), flow.step


def test_a_switch_of_language_on_any_page_keeps_everything_else(answers: Answers, program: Program) -> None:
    acts = (*TO_CENTERS, Act("center", "1"), Act("take"), Act("ticket"), Act("help"))
    for count in range(1, len(acts) + 1):
        flow = after(acts[:count], answers, program)
        there = pressed(flow, Act("language", "es"), SITE)
        assert there == replace(flow, language="es", fault="")
        assert pressed(there, Act("language", "en"), SITE) == replace(flow, fault="")


def test_the_first_page_speaks_the_site_s_language_first() -> None:
    for language in LANGUAGES:
        site = replace(SITE, language=language)
        shown = page_of(Flow(language=language), site, EVENING, prints=True, draws=True)
        assert shown.tiles[0].act == Act("language", language)
        assert shown.title.splitlines()[0] == translator(site.language)("Find a good center for your care")


def test_what_could_not_be_done_is_told_by_what_it_was() -> None:
    tried: tuple[Pending, ...] = ("print", "answer")
    stopped = [failed(Flow(step="take", pending=pending)) for pending in tried]
    assert [(each.fault, each.pending, each.step) for each in stopped] == [
        ("printer", "", "take"),
        ("other", "", "take"),
    ]


def test_why_is_said_in_five_lines(answers: Answers, program: Program) -> None:
    answered = after(TO_CENTERS, answers, program).answered
    assert answered is not None
    for language in LANGUAGES:
        for at in range(3):
            lines = said.why_lines(translator(language), answered, at)
            assert len([line for line in lines if line]) == 5
            assert lines[2].startswith(translator(language)("Quality: {score}.", score="").rstrip(". "))


def test_every_tile_leads_to_procedures_that_there_are() -> None:
    known = {procedure.id for procedure in load().procedures}
    assert len(TOPICS) == 8
    assert all(set(topic.procedures) <= known and len(topic.procedures) <= 7 for topic in TOPICS)


# -- to take away ------------------------------------------------------------------------------------------------------


def read_by_a_phone(lines: list[str]) -> str:
    """Read a code back from its half blocks, as drawn."""
    grid = [
        [("▀" if half == 0 else "▄") in (sign, "▀▄"[half] if sign == "█" else "") for sign in line]
        for line in lines
        for half in (0, 1)
    ]
    large = bytes(0 if dark else 255 for row in grid for _ in range(4) for dark in row for _ in range(4))
    found = zxingcpp.read_barcodes(memoryview(large).cast("B", (len(grid) * 4, len(grid[0]) * 4)))
    return found[0].text if found else ""


@pytest.mark.parametrize(("dots", "holds"), [(39, "Ticket"), (47, "Marquette"), (79, "Kettle Moraine")])
def test_a_phone_reads_from_each_screen_the_fullest_text_that_fits(
    dots: int, holds: str, answers: Answers, program: Program
) -> None:
    answered = after(TO_CENTERS, answers, program).answered
    assert answered is not None
    texts = said.texts_for_phone(translator("en"), answered, SITE.desk)
    code = drawing.fullest_code(texts, dots)
    assert code is not None
    text = read_by_a_phone(drawing.halved(code))
    assert text in texts
    assert holds in text
    assert ticket.grouped(answered.ticket("en") or "") in text


def test_each_letter_of_a_ticket_is_drawn_apart_from_every_other() -> None:
    drawn = {letter: tuple(drawing.letters(letter)) for letter in ticket.DIGITS}
    assert len(set(drawn.values())) == 32
    assert {len(line) for lines in drawn.values() for line in lines} == {5}
    assert len(drawing.letters("01CZ-MM01")[0]) <= 56


def test_the_page_bears_the_ticket_and_goes_to_the_printer_by_a_pipe(
    tmp_path: Path, answers: Answers, program: Program
) -> None:
    answered = after(TO_CENTERS, answers, program).answered
    assert answered is not None
    code = ticket.grouped(answered.ticket("es") or "")
    print_paper(answered, "es", None, f"tee {tmp_path / 'page'}", as_text=True)
    printed = (tmp_path / "page").read_text(encoding="utf-8")
    assert f"Boleto: {code}" in printed
    assert "24,100" not in printed
    assert paper_of(answered, "en").page.number == ticket.grouped(answered.ticket("en") or "")
    with pytest.raises(BadInput):
        print_paper(answered, "en", None, "false", as_text=True)


# -- the desk and the site ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "english"),
    [
        (EVENING, "We open at 8:00 Central. Your ticket still works."),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), "Open until 5:00 p.m. Central."),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), "We open at 8:00 Central. Your ticket still works."),
        (
            datetime(2026, 11, 28, 19, 0, tzinfo=UTC),
            "We open on Monday, November 30 at 8:00 Central. Your ticket still works.",
        ),
    ],
)
def test_after_hours_the_desk_says_when_it_opens(now: datetime, english: str) -> None:
    assert said.desk_lines(translator("en"), SITE.desk, now)[-1] == english
    assert "Central" not in said.desk_lines(translator("es"), SITE.desk, now)[-1]


def test_the_office_and_its_desk_are_named_in_their_own_spanish(answers: Answers, program: Program) -> None:
    site = replace(SITE, name_es="Cervecería", desk=replace(SITE.desk, where_es="Oficina 104"))
    for language, name, where in (("en", "Milwaukee brewery", "Room 104"), ("es", "Cervecería", "Oficina 104")):
        acts = (Act("language", language), *TO_CENTERS[1:3])
        assert page(after(acts, answers, program), site).tiles[0].lines[0].endswith(f": {name}")
        ticket_page = page(after((*acts, *TO_CENTERS[3:], Act("ticket")), answers, program), site)
        assert where in ticket_page.lines[-2]


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(0, 59)).map(
            lambda each: f"{DAYS[each[0]]} {each[1]}:{each[2]:02}-23:59"
        ),
        min_size=1,
        max_size=5,
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_opening_is_ahead_within_eight_days_and_open(lines: list[str], now: datetime) -> None:
    hours = read_hours(lines, "America/Chicago")
    opens = hours.opens_next(now)
    assert timedelta(0) < opens - now <= timedelta(days=7, hours=2)
    assert hours.closes_at(opens) is not None


@pytest.mark.parametrize(
    ("text", "said_of"),
    [
        ('plac = "53202"', 'has no "plac"'),
        ("touch = 1", "touch is 1"),
        ('language = "fr"', "language is 'fr'"),
        ('printer = "-d x"', "printer is"),
        ("name = [", "cannot be read"),
        ("desk = 4", "desk is 4"),
        ('[desk]\nhours = ["mon 9-5"]\ntime_zone = "America/Chicago"', "no opening hour"),
        ('[desk]\nhours = ["mon 9:00-8:00"]\ntime_zone = "America/Chicago"', "ends before"),
        ('[desk]\nhours = ["mon 9:00-17:00"]', "no time_zone"),
        ('[desk]\nhours = []\ntime_zone = "Mars/Base"', "no time zone"),
        ('[desk]\nfax = "x"', 'has no "fax"'),
    ],
)
def test_what_a_site_file_cannot_mean_is_told(text: str, said_of: str, tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=said_of.replace("[", r"\[")):
        read_site(file)


def test_the_site_file_of_the_document_is_read(tmp_path: Path) -> None:
    document = (Path(__file__).parents[2] / "docs" / "kiosk.md").read_text(encoding="utf-8")
    (tmp_path / "site.toml").write_text(document.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    site = read_site(tmp_path / "site.toml")
    assert (site.name, site.place, site.plan, site.desk.hours) == ("Milwaukee brewery", "53204", "ppo", HOURS)


def test_under_a_mandatory_rule_the_centers_come_with_the_word_that_there_are_exceptions(
    answers: Answers, program: Program, demonstration_programs: Path
) -> None:
    mandatory = load_program("copperline-rail", demonstration_programs)
    found = after(TO_CENTERS, answers, mandatory)
    assert page(found).lines[0].endswith("at centers under contract. Ask about exceptions.")
    spanish = replace(found, language="es")
    assert page(spanish).lines[0].endswith("Pregunte por las excepciones.")
    assert "exceptions" not in words_of(page(after(TO_CENTERS, answers, program))), "nobody has to use one there"

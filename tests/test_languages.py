"""What a member reads in Spanish is all there, and days, figures and lists are written as there."""

from __future__ import annotations

import ast
import csv
import re
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

import navigator
import provider_directory
from navigator.languages import gate_words, sentences
from navigator.languages.home_languages import HOME_LANGUAGES, language_name
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import LANGUAGES, Language, language_of, translator
from navigator.program.known_questions import for_one, known_questions
from provider_directory.catalog import load
from provider_directory.models import Credential
from provider_directory.spoken import credential_sentence

SOURCE = Path(navigator.__file__).parent
LIBRARY = Path(provider_directory.__file__).parent
_SAYS = re.compile(r"navigator\.languages|provider_directory\.saying")
CATALOGUE = SOURCE / "languages" / "es" / "LC_MESSAGES" / "coe.po"
KEYWORDS = {"say": None, "to_say": None, "many": (1, 2)}
_MADE = (ast.JoinedStr, ast.BinOp)
"""Texts that are put together: none of them has a key in the catalogue."""
_FIGURES = re.compile(r"\{\w+\}")


def who_says() -> list[Path]:
    """Give every module that has a translator."""
    every = (*SOURCE.rglob("*.py"), *LIBRARY.rglob("*.py"))
    return [path for path in every if _SAYS.search(path.read_text(encoding="utf-8"))]


def said_in_the_code() -> set[str]:
    """Give every text that some module has said by a translator; the first form of those with a plural."""
    found = set()
    for path in who_says():
        for _line, words, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            found.add(words if isinstance(words, str) else words[0])
    return found


def calls_that_say(path: Path) -> list[ast.Call]:
    """Give the calls of a module that say or mark a text, those within an f-string too."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [
        node
        for node in nodes
        if isinstance(node, ast.Call)
        and node.args
        and (getattr(node.func, "id", None) in KEYWORDS or getattr(node.func, "attr", None) in KEYWORDS)
    ]


def spanish() -> list[Message]:
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="es") if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_every_text_that_is_said_has_a_spanish_one_and_no_other_is_kept() -> None:
    assert {forms(message.id)[0] for message in spanish()} == said_in_the_code()


def test_no_text_is_said_where_the_catalogue_cannot_find_it() -> None:
    found = said_in_the_code()
    for path in who_says():
        for call in calls_that_say(path):
            text = call.args[0]
            assert not isinstance(text, _MADE), f"{path.name}:{call.lineno} says a text that is put together"
            assert not isinstance(text, ast.Constant) or text.value in found, f"{path.name}:{call.lineno}"


@pytest.mark.parametrize(
    "words",
    [
        r", no es seguro",  # "it is not safe", where not being certain is meant
        r"más o menos",  # "about"
        r"\bun navegador\b",  # a program that shows web pages
        r"dentro de \S+ (días|meses)",  # "so many days from now"
        r"\blas? \{hour\}",  # the article comes with the hour
        r"\b(gratis|negad[oa]|garantizad[oa])\b",
        r"\b(tú|tus?|te|ti|vos)\b",  # who is said usted to everywhere
        r"\b(pulse|presione|haga clic|aplicar para|rango|actualmente|eventualmente|severo|doctor)\b",
        r"\b(remisión|derivación|consejero|navegador de salud|copago de|instalación|proveedor)\b",
        r"\bpare\b",  # "gives birth"
    ],
)
def test_no_spanish_text_says_what_it_does_not_mean(words: str) -> None:
    assert [text for message in spanish() for text in forms(message.string) if re.search(words, text)] == []


@pytest.mark.parametrize(
    ("english", "word"),
    [
        (r"\bnavigator\b(?<!Excellence Navigator)", r"\basesor"),
        (r"\breferral", r"\breferencia"),
        (r"\bticket", r"\bboleto"),
        (r"\bZIP\b", r"\bcódigo postal"),
        (r"\bunder contract\b", r"\b(bajo|sin) contrato|\bcontrato con"),
        (r"\bcenters? (?!that|it)", r"\b[Cc]entros?\b"),
        (r"\bestimate", r"\bestimado"),
        (r"\bdeductible", r"\bdeducible"),
        (r"\bsecond opinion", r"\bsegunda opinión"),
        (r"\balliance\b", r"\balianza|\{alliance\}"),
        (r"\bappeal", r"\bapel"),
        (r"\bexception", r"\bexcepci"),
        (r"\bpress\b", r"\boprima"),
        (r"\byour own doctor", r"\bsu médico"),
    ],
)
def test_one_thing_has_one_name_in_spanish(english: str, word: str) -> None:
    said = [(forms(each.id)[0], text) for each in spanish() for text in forms(each.string)]
    named = [(text, there) for text, there in said if re.search(english, text, re.IGNORECASE)]
    assert named
    assert [text for text, there in named if not re.search(word, there, re.IGNORECASE)] == []


def test_each_spanish_text_is_whole_certain_and_puts_in_the_same_figures() -> None:
    for message in spanish():
        assert not message.fuzzy, message.id
        assert len(forms(message.string)) == len(forms(message.id))
        for text in forms(message.string):
            assert text.strip(), message.id
            assert set(_FIGURES.findall(text)) == set(_FIGURES.findall("".join(forms(message.id)))), message.id


def test_what_a_ready_gate_asks_and_says_is_a_text_of_the_catalogue() -> None:
    known = known_questions().values()
    assert {each.question.ask for each in known} == set(gate_words.QUESTIONS)
    assert {pattern for each in known for pattern in each.asks.values()} == set(gate_words.ASKED_FOR)
    many = (*gate_words.ASKED_FOR, *gate_words.WOULD_CHANGE)
    assert {one for each in many if (one := for_one(each, ("1",))) != each} == set(gate_words.FOR_ONE)
    assert for_one("{value} weeks", ("2",)) == "{value} weeks"
    assert {each.change for each in known if each.change} == set(gate_words.WOULD_CHANGE)


def test_the_compiled_catalogue_says_what_the_readable_one_says() -> None:
    compiled = read_mo(BytesIO(CATALOGUE.with_suffix(".mo").read_bytes()))
    assert {forms(m.id): forms(m.string) for m in compiled if m.id} == {forms(m.id): forms(m.string) for m in spanish()}


def test_every_procedure_has_a_spanish_name_of_its_own() -> None:
    path = SOURCE / "languages" / "procedures_es.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["id"]: row["name_es"] for row in csv.DictReader(file)}
    assert list(names) == [procedure.id for procedure in load().procedures]
    assert len(set(names.values())) == len(names)
    assert all(names.values())
    assert procedure_name("es", "cabg", "Heart bypass surgery") == "Cirugía de bypass del corazón"
    assert procedure_name("es", "new-one", "New one") == "New one"


@pytest.mark.parametrize(
    ("language", "day", "near", "month", "hour", "money", "count"),
    [
        ("en", "November 24, 2026", "Tuesday, November 24", "November 2026", "9:30 a.m.", "$3,000", "1,236"),
        (
            "es",
            "24 de noviembre de 2026",
            "martes 24 de noviembre",
            "noviembre de 2026",
            "las 9:30 a.m.",
            "$3,000",
            "1,236",
        ),
    ],
)
def test_days_hours_and_figures_are_written_as_in_the_language(
    language: str, day: str, near: str, month: str, hour: str, money: str, count: str
) -> None:
    say, on = translator(language_of(language)), date(2026, 11, 24)
    assert (say.day(on), say.weekday(on), say.month(on)) == (day, near, month)
    assert (say.hour(time(9, 30)), say.dollars(300_000), say.count(1_236)) == (hour, money, count)
    the = {"en": ("", ""), "es": ("la ", "las ")}[language]
    assert [say.hour(at) for at in (time(13), time(0, 5), time(12))] == [
        f"{the[0]}1:00 p.m.",
        f"{the[1]}12:05 a.m.",
        f"{the[1]}12:00 p.m.",
    ]


@settings(max_examples=60, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    day=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    at=st.times(),
    number=st.integers(0, 10**9),
)
def test_days_hours_and_figures_are_those_of_cldr_for_the_united_states(
    language: Language, day: date, at: time, number: int
) -> None:
    say, there = translator(language), Locale(language, "US")
    assert say.day(day) == format_date(day, "long", locale=there)
    weekday = {"en": "EEEE, MMMM d", "es": "EEEE d 'de' MMMM"}[language]
    assert say.weekday(day) == format_date(day, weekday, locale=there)
    assert say.month(day) == format_date(day, {"en": "MMMM y", "es": "MMMM 'de' y"}[language], locale=there)
    hour = format_time(at, "short", locale=there).replace("\u202f", " ")
    assert re.sub("^las? ", "", say.hour(at)) == hour.replace("AM", "a.m.").replace("PM", "p.m.")
    assert say.count(number) == format_decimal(number, locale=there)
    assert say.dollars(number) == format_currency(number / 100, "USD", locale=there).removesuffix(".00")
    plural = {"one": "1 milla", "other": f"{say.count(number)} millas", "many": f"{say.count(number)} millas"}
    if language == "es":
        assert say.many("{count} mile", "{count} miles", number) == plural[there.plural_form(number)]


def test_lists_and_names_of_languages_are_those_of_cldr() -> None:
    there = Locale("es", "US")
    say = translator("es")
    for parts in (["casa"], ["casa", "perro"], ["casa", "perro", "gato"]):
        assert say.listed(parts) == format_list(parts, locale=there)
        assert say.either(parts) == format_list(parts, style="or", locale=there)
    cldr = {tag: (Locale("en").languages[tag], there.languages[tag]) for tag in HOME_LANGUAGES}
    # The academies write "guyaratí", and members say "Bengali".
    assert cldr | {"gu": ("Gujarati", "guyaratí"), "bn": ("Bengali", "bengalí")} == HOME_LANGUAGES


def test_a_list_is_joined_as_it_is_said() -> None:
    english, spoken = translator("en"), translator("es")
    assert english.listed(["hospital", "surgeon", "implant"]) == "hospital, surgeon and implant"
    assert spoken.listed(["cirujano", "implante"]) == "cirujano e implante"
    assert spoken.listed(["agua", "hielo"]) == "agua y hielo"
    assert spoken.either(["correo", "otro"]) == "correo u otro"
    assert spoken.either(["7", "8"]) == "7 u 8"
    assert english.listed([]) == ""


def test_the_plural_follows_the_count() -> None:
    say = translator("es")
    assert [sentences.distance(say, far, of_zip=True) for far in (1.0, 46.2)] == [
        "menos de 3 millas",
        "cerca de 46 millas",
    ]
    assert [say.term(part) for part in ("implant", "1 months after surgery", "hydrotherapy", "")] == [
        "implante",
        "1 mes después de la cirugía",
        "hydrotherapy",
        "",
    ]


@pytest.mark.parametrize(
    ("state", "low", "high", "english", "spoken"),
    [
        ("known", 0, 0, "$0", "$0"),
        ("range", 0, 340_000, "$0 to $3,400", "de $0 a $3,400"),
        ("range", 150_000, None, "$1,500 or more", "$1,500 o más"),
        ("range", 0, None, "not known yet: ask your plan", "aún no se sabe; pregunte a su plan"),
        ("range", None, 340_000, "not known yet: ask your plan", "aún no se sabe; pregunte a su plan"),
        ("not_estimated", 0, 0, "not known yet: ask your plan", "aún no se sabe; pregunte a su plan"),
        ("at_most", 0, 350_000, "at most $3,500", "como máximo $3,500"),
        (
            "maybe_whole_bill",
            None,
            None,
            "it may be the whole bill: ask your plan",
            "podría ser toda la cuenta; pregunte a su plan",
        ),
        (
            "whole_bill",
            None,
            None,
            "the whole bill: the plan pays nothing there",
            "toda la cuenta; allí el plan no paga nada",
        ),
    ],
)
def test_a_cost_is_an_amount_a_range_or_said_to_be_unknown(
    state: str, low: int | None, high: int | None, english: str, spoken: str
) -> None:
    assert sentences.cost(translator("en"), state, low, high) == english
    assert sentences.cost(translator("es"), state, low, high) == spoken


@pytest.mark.parametrize(("tag", "language"), [("es-MX", "es"), ("Español", "es"), ("vi", "en"), (None, "en")])
def test_a_member_reads_in_spanish_or_else_in_english(tag: str | None, language: str) -> None:
    assert language_of(tag) == language


def test_a_language_is_written_by_its_name_and_what_has_none_here_as_it_was_typed() -> None:
    assert [language_name(each) for each in ("pl", "PT-br", "zh_Hant")] == [
        "Polish",
        "Portuguese (br)",
        "Chinese (Hant)",
    ]
    assert language_name("pl", "es") == "polaco"
    assert [language_name(each) for each in ("Polish", "xx", "Mixteco bajo")] == ["Polish", "xx", "Mixteco bajo"]
    assert len(HOME_LANGUAGES) == len({english for english, _ in HOME_LANGUAGES.values()}) == 30


def test_only_a_contract_is_said_to_be_one() -> None:
    told = Credential(
        state="CONTRACT",
        label="x",
        criteria_set="hip-knee",
        basis="x",
        expires=date(2027, 6, 30),
        flags=("ends before the likely surgery date",),
    )
    assert credential_sentence(told, True, translator("es")) == "Bajo contrato con su plan hasta junio de 2027."
    assert sentences.doubts(translator("en"), told) == ("It may end before your day of care: ask first.",)

"""What a navigator sees while typing: the right procedures with the reason, and a question where words fit several."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider_directory.catalog import load
from provider_directory.models import ProcedureAnswer


def search(words: str) -> ProcedureAnswer:
    return load().search(words)


def ids(words: str) -> list[str]:
    return [match.id for match in search(words).matches]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("knee replacement", "total-knee-replacement"),
        ("hip replacement", "total-hip-replacement"),
        ("heart bypass", "cabg"),
        ("colonoscopy", "colonoscopy"),
    ],
)
def test_plain_words_are_sure(words: str, expected: str) -> None:
    assert search(words).sure
    assert ids(words)[0] == expected


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("my knee hurts, new knee", "total-knee-replacement"),
        ("me duele la rodilla, rodilla nueva", "total-knee-replacement"),
        ("new knee, my knee hurts again", "total-knee-replacement"),
        ("my hip replacement hurts", "total-hip-replacement"),
        ("my shoulder was replaced and it hurts", "total-shoulder-replacement"),
        ("second knee replacement", "knee-replacement-revision"),
        ("otra vez la rodilla", "total-knee-replacement"),
        ("segunda operación de rodilla", "total-knee-replacement"),
        ("sleeve again", "bariatric-revision"),
        ("hernia came back", "reflux-surgery"),
        ("they want to put a stent in", "pci"),
        ("took an MRI now need back surgery", "lumbar-fusion-single-level"),
        ("need a tummy scope", "upper-endoscopy"),
        ("not my hip, my knee", "total-knee-replacement"),
        ("no es la cadera, es la rodilla", "total-knee-replacement"),
        ("it is not a tumor", "breast-lumpectomy"),
    ],
)
def test_words_that_stand_near_two_procedures_ask(words: str, first: str) -> None:
    assert not search(words).sure
    assert ids(words)[0] == first


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("redo my knee", "knee-replacement-revision"),
        ("knee replacement again", "knee-replacement-revision"),
        ("my new knee is loose", "knee-replacement-revision"),
        ("knee replacement not working", "knee-replacement-revision"),
        ("replace the other knee", "total-knee-replacement"),
        ("my other hip needs replacing", "total-hip-replacement"),
        ("had a knee replacement, need the other knee", "total-knee-replacement"),
        ("another c section", "cesarean-delivery"),
        ("another opinion", "expert-second-opinion"),
        ("not my hip my knee replacement", "total-knee-replacement"),
        ("it's not a knee replacement, it's a hip replacement", "total-hip-replacement"),
        ("reemplazo de rodilla, no de cadera", "total-knee-replacement"),
        ("knee replacement not hip", "total-knee-replacement"),
        ("gastric sleeve not bypass", "gastric-sleeve"),
        ("not a bypass, a sleeve", "gastric-sleeve"),
        ("manga gástrica, no bypass", "gastric-sleeve"),
        ("mitral valve, repaired not replaced", "mitral-valve-repair"),
        ("um so my uh doctor said I should get like a hip replaced", "total-hip-replacement"),
    ],
)
def test_what_stands_beside_the_words_or_is_denied_leads_nowhere_else(words: str, expected: str) -> None:
    assert search(words).sure
    assert ids(words)[0] == expected


@pytest.mark.parametrize(
    "words",
    [
        "bypass",
        "stent",
        "TAA",
        "AAA",
        "MVR",
        "SPK",
        "BMT",
        "MRI",
        "hernia",
        "breast cancer surgery",
        "DRG 470",
        "fusion",
        "aneurysm",
        "transplant",
        "knee",
        "heart",
        "valve",
        "ablation",
        "back surgery",
        "weight loss surgery",
        "fibroids",
        "second kidney pancreas",
        "colostomy",
        "cancer",
        "surgery",
    ],
)
def test_ambiguous_words_ask(words: str) -> None:
    assert not search(words).sure


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("colostomy", "colon-resection-cancer"),
        ("colonoscopy", "colonoscopy"),
        ("laminectomy", "lumbar-laminectomy"),
        ("lumpectomy", "breast-lumpectomy"),
        ("TAVR", "tavr"),
        ("TEER", "mitral-teer"),
        ("kidney donor", "living-kidney-donor"),
        ("donor kidney", "kidney-transplant"),
        ("kidney transplant", "kidney-transplant"),
        ("mastectomy", "mastectomy"),
        ("myomectomy", "myomectomy"),
    ],
)
def test_dangerous_near_misses_are_kept_apart(typed: str, expected: str) -> None:
    assert ids(typed)[0] == expected


@pytest.mark.parametrize(
    "typed",
    ["lumbectomy", "colonostmy", "TAER", "mystectomy", "lip replacement", "kidney donation transplant", "laimpectomy"],
)
def test_a_word_between_two_procedures_asks(typed: str) -> None:
    assert not search(typed).sure


def test_a_lip_is_not_a_hip() -> None:
    assert "total-hip-replacement" not in ids("lip surgery")


@pytest.mark.parametrize(
    "words",
    [
        "dentist",
        "oil change",
        "sore throat",
        "flu",
        "x-ray",
        "braces",
        "hair transplant",
        "LASIK",
        "allergy",
        "qwerty",
        "the",
        "a",
        "?",
        "mi carro",
        "99214",
    ],
)
def test_what_the_catalogue_does_not_hold_is_never_sure(words: str) -> None:
    assert not search(words).sure


@pytest.mark.parametrize(
    "words",
    [
        "Peter",
        "Keith",
        "Hernandez",
        "Williams",
        "society",
        "happy",
        "analysis",
        "corner",
        "union",
        "bilingual",
        "tradition",
        "suits",
        "cookies",
        "review",
        "sociedad",
        "año",
        "Venezuela",
        "película",
        "premio",
        "divertido",
        "contento",
        "víctima",
        "fecha",
        "juguetes",
        "sucede",
        "correa",
        "trampas",
    ],
)
def test_an_everyday_word_or_a_name_is_no_slip_in_a_medical_one(words: str) -> None:
    assert not search(words).sure


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("this is Keith calling about the hernia in my groin", "inguinal-hernia"),
        ("Peter Williams needs a pacemaker", "pacemaker"),
        ("soy Consuelo Hernandez y me van a operar de cataratas", "cataract-surgery"),
        ("knee replacement in Sacramento CA", "total-knee-replacement"),
    ],
)
def test_a_name_beside_the_wish_does_not_matter(words: str, expected: str) -> None:
    assert ids(words)[0] == expected
    assert search(words).sure


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("carpet tunnel", "carpal-tunnel-release"),
        ("various veins", "varicose-vein-treatment"),
        ("corner transplant", "cornea-transplant"),
    ],
)
def test_an_everyday_word_in_place_of_a_medical_one_is_understood(words: str, expected: str) -> None:
    assert ids(words)[0] == expected


@pytest.mark.parametrize("words", ["fusion columna lumbr", "trmor"])
def test_a_word_heard_faintly_settles_nothing(words: str) -> None:
    assert not search(words).sure


@pytest.mark.parametrize("words", ["", "   ", "\x1b[31m\u202e", "!!!", "zzzzqqqq"])
def test_words_that_say_nothing_give_nothing(words: str) -> None:
    answer = search(words)
    assert answer.matches == ()
    assert not answer.sure


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("My doctor says I need a new knee", 'heard "new knee"'),
        ("TKA", "abbreviation TKA"),
        ("rodilla nueva", 'Spanish "rodilla nueva"'),
        ("laminnectomy", 'spelled like "laminectomy"'),
        ("kneereplacement", 'spelled like "knee replacement"'),
        ("27447", "CPT 27447"),
    ],
)
def test_each_match_says_why(words: str, why: str) -> None:
    assert search(words).matches[0].why == why


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        ("colonosc", "colonoscopy"),
        ("knee rep", "total-knee-replacement"),
        ("pacem", "pacemaker"),
        ("catar", "cataract-surgery"),
    ],
)
def test_a_word_that_is_still_being_typed_finds_its_procedure(begun: str, expected: str) -> None:
    assert ids(begun)[0] == expected


def test_a_short_beginning_is_never_sure() -> None:
    assert not any(search("colonoscopy"[:length]).sure for length in range(1, 5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("knee replacement", "REPLACEMENT, KNEE!"),
        ("trasplante de riñón", "trasplante de rinon"),
        ("Crohn's surgery", "crohns surgery"),
        ("c-section", "C section"),
    ],
)
def test_order_case_accents_and_punctuation_do_not_matter(one: str, other: str) -> None:
    assert (ids(one), search(one).sure) == (ids(other), search(other).sure)


def test_a_refusal_is_not_taken_for_a_wish() -> None:
    assert not search("I do not want a knee replacement").sure


def test_everyday_words_around_the_wish_do_not_matter() -> None:
    sentence = "hello my husband's doctor told us last week that he is going to need a pacemaker pretty soon"
    assert ids(sentence)[0] == "pacemaker"
    assert search(sentence).sure


def test_no_more_matches_than_asked_for() -> None:
    assert len(load().search("surgery of the heart", limit=2).matches) == 2
    assert len(load().search("470", limit=1).matches) == 1


@pytest.mark.parametrize("piece", ["-", "1", "a", "drg ", "1 ", "0sr", "knee ", "zq ", "/", "470,"])
def test_a_long_row_of_one_piece_is_answered(piece: str) -> None:
    assert_well_formed(search(piece * (199 // len(piece)) + "!"))


def assert_well_formed(answer: ProcedureAnswer) -> None:
    confidences = [match.confidence for match in answer.matches]
    assert len(confidences) <= 5
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert confidences == sorted(confidences, reverse=True)
    assert len({match.id for match in answer.matches}) == len(answer.matches)
    assert all(match.why and match.name for match in answer.matches)
    assert answer.matches or not answer.sure
    assert len(answer.query) <= 200
    assert ProcedureAnswer.model_validate(answer.model_dump()) == answer


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=260))
def test_any_text_gives_a_well_formed_answer(text: str) -> None:
    answer = search(text)
    assert_well_formed(answer)
    assert search(answer.query) == answer


WORDS = st.sampled_from(
    [
        "new",
        "knee",
        "hip",
        "replace",
        "heart",
        "valve",
        "bypass",
        "rodilla",
        "de",
        "la",
        "kidny",
        "transplnt",
        "cancer",
        "my",
        "doctor",
        "says",
        "470",
        "27447",
        "drg",
        "0SR",
        "c",
        "section",
        "out",
        "removed",
        "no",
        "back",
        "fusion",
        "two",
        "levels",
        "colon",
        "scope",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_mixture_of_callers_words_gives_a_well_formed_answer(text: str) -> None:
    assert_well_formed(search(text))

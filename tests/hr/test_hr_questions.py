"""Each question of the HR desk is found in HR's own words, and has a builder; other words find none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.hr.answering import BUILDERS
from navigator.hr.ideas import ideas
from navigator.hr.questions import FACTS, questions, search, settled
from provider_directory.errors import BadInput

OWN_WORDS = {
    "in-program": ("Is it in the program, must she use it?", "is knee replacement covered", "must he go there"),
    "cost": ("what will it cost her", "how much does she pay", "copay"),
    "hdhp": ("HDHP: does the deductible apply?", "hsa", "deductable"),
    "centers-near": ("Which centers are near our Tulsa site?", "closest hospital under contract"),
    "travel": ("Does travel cover her husband, is it taxed?", "hotel", "mileage"),
    "nobody-along": ("Nobody can go with her?", "she lives alone"),
    "hospital": ("Is this hospital a CoE, why, until when, why not any more?", "is Mercy still in the program"),
    "bill": ("She got a bill: what now?", "she recieved an invoice"),
    "saving": ("Is the promised saving realistic?", "vendor roi"),
    "price": ("Is our price fair (Medicare, others)?", "compared to medicare"),
    "usage": ("How many used it, how many avoided surgery, what did we save", "utilization report"),
    "kff": ("How do we compare with KFF?", "average premium"),
    "far": ("How many of our people live more than 100 miles from a center?", "rural people"),
    "mandatory": ("What if we make spine mandatory?", "penalty for going elsewhere"),
    "coverage": ("COBRA, retiree, spouse on Medicare?", "cobra"),
    "flyer": ("A flyer in Spanish?", "folleto"),
    "small-employer": ("We are 40 people, insured: what can we join?", "PEO"),
    "engagement": ("what is our next step",),
    "who-called": ("Can I see who called?", "names of callers"),
}


@pytest.mark.parametrize("question_id", OWN_WORDS)
def test_every_question_is_found_in_hrs_own_words(question_id: str) -> None:
    assert [settled(words).id for words in OWN_WORDS[question_id]] == [question_id] * len(OWN_WORDS[question_id])


def test_every_question_has_a_builder_and_asks_for_known_facts_in_one_form() -> None:
    assert set(OWN_WORDS) == {question.id for question in questions()} == set(BUILDERS)
    for question in questions():
        assert set(question.facts) <= set(FACTS)
        assert len(question.facts) <= 4, "more would be no small form"


def test_no_fact_of_the_form_is_about_a_person() -> None:
    said = " ".join(FACTS.values()).casefold()
    assert not [word for word in ("name of", "birth", "member id", "diagnos", "phone", "e-mail") if word in said]


HEARD = {
    "in-program": ("can my employee choose any surgeon", "tiene que ir a ese hospital", "is hip a covered benefit"),
    "cost": ("how much will he have to pay for a hip", "cuanto le cuesta", "what's her copay for a knee replacment"),
    "hdhp": ("does HSA mean she pays first", "deductibel applies?", "deducible"),
    "travel": ("who pays for the hotel", "is travel money income", "can his wife come too", "le pagan el avion"),
    "nobody-along": ("widow lives alone", "no one can drive him home", "no tiene quien la acompañe"),
    "coverage": ("on cobra since june", "early retiree not on medicare yet", "his wife is on medicare", "jubilado"),
    "bill": ("got an invoice from anesthesia", "suprise bill", "llego una factura"),
    "centers-near": ("nearest center to Tulsa", "where can they go in Ohio", "que hospital esta cerca"),
    "hospital": ("is Sorrelwick Clinic a center of excellence", "why is Harrow Point suspended"),
    "price": ("are we overpaying", "price vs other insurers"),
    "far": ("how many employees are rural", "cuantos empleados viven lejos"),
    "saving": ("is the ROI real", "vendor says 30% savings"),
    "usage": ("how many used the program", "number of surgeries avoided", "cuántos lo usaron"),
    "kff": ("are our premiums high", "what do other companys pay for premiums"),
    "mandatory": ("what happens if spine becomes mandatory", "hacerlo obligatorio"),
    "engagement": ("how mature is our program",),
    "small-employer": ("we only have 35 employees", "somos una empresa pequeña"),
    "flyer": ("poster for the break room", "volante en español"),
    "who-called": ("who used the program", "is it confidential", "quien llamo"),
}
"""As people ask, misspelled and in Spanish."""


@pytest.mark.parametrize("question_id", HEARD)
def test_every_question_is_found_as_people_ask_it(question_id: str) -> None:
    assert [settled(words).id for words in HEARD[question_id]] == [question_id] * len(HEARD[question_id])


TOLD_BY_IDEAS = {
    "in-program": ("what happens if he just goes to the local hospital anyway", "is gastric bypass part of this"),
    "cost": ("will the operation be free for him", "what's the damage to her wallet"),
    "hdhp": ("can we pay from the first dollar", "would this mess up his HSA contributions"),
    "travel": ("who pays for the airplane", "can her mother ride along and get her meals paid", "airplain tickets"),
    "nobody-along": ("her sister backed out, who stays with her after surgery",),
    "coverage": ("she turns 65 in March, does anything change", "what about people who left us and took COBRA"),
    "bill": ("there is a statement from the hospital on her kitchen table", "le llegó una cuenta de 900 dólares"),
    "centers-near": ("dónde puede operarse cerca de Milwaukee",),
    "hospital": ("has the deal with that clinic run out", "what happened to Lakeshore, it used to be on the list"),
    "price": ("how many times Medicare are we paying", "are we being ripped off on the bundle"),
    "far": ("which share of our workforce has no hospital around",),
    "saving": ("our consultant claims 40 percent savings", "is there any proof that centers of excellence cut costs"),
    "usage": ("how many got out of having surgery", "how much have we saved up to now"),
    "kff": ("how do our contributions compare with the national survey",),
    "mandatory": ("what if spine surgery were only paid at centers",),
    "engagement": ("which step comes after this one",),
    "small-employer": ("we're a tiny shop with an insurance carrier, can we get in on this",),
    "flyer": ("something for open enrollment in Spanish",),
    "who-called": ("did anybody from accounting call you", "which of my people had surgery"),
}
"""In words of which hardly any stands in a way to ask: found by what they speak of."""


def test_every_question_is_found_by_what_the_words_speak_of() -> None:
    missed = [(each, words) for each, said in TOLD_BY_IDEAS.items() for words in said if settled(words).id != each]
    assert missed == []
    known = {question.id for question in questions()}
    assert {each for idea in ideas() for each in idea.tells} == known == set(TOLD_BY_IDEAS)
    assert all(idea.heard.search(word) for idea in ideas() for word in idea.words)


@pytest.mark.parametrize("words", ["pizza", "", "   ", "the of and", "printer is broken", "payroll error", "cat"])
def test_words_that_are_no_question_are_answered_with_the_list(words: str) -> None:
    with pytest.raises(BadInput) as refused:
        settled(words)
    assert len(refused.value.choices) == len(questions())


@given(st.text(max_size=300))
def test_no_words_make_the_search_fail(words: str) -> None:
    found = search(words)
    assert len(set(found)) == len(found)

"""The parts of a call: the look-up box, the safety card, call backs, tickets, consent, the meter, the PIN."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from cases import AT, BY, TODAY, june, opened, referral
from hypothesis import given
from hypothesis import strategies as st

from navigator import ticket
from navigator.case import call_backs, consent, identify
from navigator.case.desk_user import DeskUsers, PinTries
from navigator.case.meter import waited_more, waits_of
from navigator.case.reasons import REASONS
from navigator.case.safety import red_flags, speaks_of_suicide
from navigator.case.value import CallBack, Case, Try, Waited
from navigator.languages.translating import LANGUAGES, translator
from provider_directory.catalog import load
from provider_directory.errors import BadInput

# -- the look-up box ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("cr 0000 0015 0", "referral", "CR-0000-0015-0"),
        ("0000-oo15-0", "referral", "CR-0000-0015-0"),
        ("CS-0000-0015-0", "case", "CS-0000-0015-0"),
        ("(414) 555 0100", "phone", "414-555-0100"),
        ("4145550100", "phone", "414-555-0100"),
        ("BF-1001", "member_id", "BF-1001"),
        ("June Stellgate 3/9/1961", "person", "June Stellgate 3/9/1961"),
        ("June Stellgate, 1961-03-09", "person", "June Stellgate, 1961-03-09"),
        ("oi-czm mol", "ticket", "01CZMM01"),
        (ticket.written(ticket.Ticket(1000, "53202", "es", 0)), "member_id", "Z8CZMM0W"),
    ],
)
def test_one_box_understands_what_a_caller_says(typed: str, kind: str, kept: str) -> None:
    found = identify.understood(typed)
    assert found.kind == kind
    assert found.text == kept
    if kind == "person":
        assert (found.name, found.birth_date) == ("June Stellgate", date(1961, 3, 9))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Nothing was typed"),
        ("June Stellgate", "without a birth date"),
        ("078-05-1120", "social security number"),
        ("CR-0000-0015-1", "should be 0"),
        ("June Stellgate 13/40/1961", "not a day"),
    ],
)
def test_what_cannot_be_looked_up_is_told_with_what_to_ask(typed: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as problem:
        identify.understood(typed)
    assert problem.value.next_step


def test_the_roster_is_answered_with_a_match_and_never_with_a_row() -> None:
    match = june()
    assert identify.eligibility_words(match) == "eligible, file of Nov 1"
    assert "not a guarantee of coverage" in " ".join(identify.said_of(match))
    two = replace(match, other_roster="copperline-rail")
    employer = {"copperline-rail": "Copperline Rail"}.__getitem__
    assert identify.two_plans(two, employer) == ("Also on the roster of Copperline Rail: two plans. Which pays first?",)
    (first,) = identify.two_plans(replace(two, pays_first="copperline-rail"), employer)
    assert first.endswith("Copperline Rail pays first.")
    assert identify.two_plans(match, employer) == ()
    undated = replace(match, eligible=None)
    assert identify.eligibility_words(undated) == "first day not known, file of Nov 1"
    assert "without a first day" in " ".join(identify.said_of(undated))
    missed = replace(match, match="no_match", eligible=None)
    assert identify.eligibility_words(missed) == "not found, file of Nov 1"
    assert "1961" not in " ".join(identify.said_of(missed))
    assert "ask the employer" in " ".join(identify.said_of(missed))
    asked = replace(missed, employer_asked_at=AT)
    assert "employer asked" in identify.eligibility_words(asked)
    assert "A referral may be sent" in " ".join(identify.said_of(asked))
    assert identify.eligibility_words(replace(match, match="not_checked")) == ""


# -- safety ------------------------------------------------------------------------------------------------------------


def test_every_service_line_has_short_red_flags_in_both_languages() -> None:
    for line in {procedure.service_line for procedure in load().procedures}:
        english, spanish = red_flags(line, translator("en")), red_flags(line, translator("es"))
        assert 1 <= len(english) <= 4
        assert len(english) == len(spanish)
        assert red_flags(None, translator("en")) != english, f"{line} has no list of its own"
        assert all(len(flag) <= 60 for flag in (*english, *spanish))


@pytest.mark.parametrize(
    "words",
    [
        "I want to kill myself",
        "she said she'd be better off dead",
        "I don't want to live",
        "SUICIDAL thoughts",
        "no quiero vivir más",
        "quiere hacerse nada, me quiero morir",
        "hacerme daño",
        "me voy a matar",
        "estaría mejor muerta",
    ],
)
def test_words_of_suicide_are_heard_however_they_are_typed(words: str) -> None:
    assert speaks_of_suicide(words)


@pytest.mark.parametrize(
    "words", ["my knee is killing me", "new knee", "I'd die for a knee that works", "dolor de rodilla", "", "suicid"]
)
def test_everyday_words_bring_no_crisis_card(words: str) -> None:
    assert not speaks_of_suicide(words)


def test_no_name_or_word_of_a_procedure_brings_the_crisis_card() -> None:
    assert not [each.name for each in load().procedures if speaks_of_suicide(f"{each.name} {each.clinical_name}")]


# -- call backs --------------------------------------------------------------------------------------------------------


def attempt(day: int, outcome: str = "no_answer") -> Try:
    return Try(AT + timedelta(days=day), BY, outcome)  # type: ignore[arg-type]


def waiting(*days: int) -> Case:
    case = call_backs.ask_call_back(opened(), CallBack("414-555-0100", AT, "America/Chicago", "after 4 pm"))
    for day in days:
        case = call_backs.tried(case, attempt(day))
    return case


@pytest.mark.parametrize(
    ("days", "today", "what", "on"),
    [
        ((), 0, "call", date(2026, 11, 3)),
        ((), 4, "call", date(2026, 11, 9)),
        ((0,), 0, "call", date(2026, 11, 4)),
        ((0, 0, 0), 0, "call", date(2026, 11, 4)),
        ((0, 1, 2), 2, "letter", date(2026, 11, 5)),
        ((0,), 20, "letter", date(2026, 11, 18)),
    ],
)
def test_three_days_of_tries_within_ten_working_days_and_then_a_letter(
    days: tuple[int, ...], today: int, what: str, on: date
) -> None:
    listed = waiting(*days).call_back
    assert listed is not None
    due = call_backs.due(listed, TODAY + timedelta(days=today))
    assert (due.what, due.on) == (what, on)


def test_who_was_reached_is_off_the_list_and_a_second_wish_keeps_the_tries() -> None:
    again = call_backs.ask_call_back(waiting(0), CallBack("414-555-0199", AT + timedelta(days=3)))
    assert again.call_back is not None
    assert (len(again.call_back.tries), again.call_back.asked_at, again.call_back.number) == (1, AT, "414-555-0199")
    assert call_backs.tried(again, attempt(3, "reached")).standing == "open"
    with pytest.raises(BadInput, match="not on the call-back list"):
        call_backs.tried(opened(), attempt(0))


# -- meter, reasons, PIN -----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=80))
def test_half_and_nineteen_of_twenty_calls_waited_no_longer_than_said(totals: list[int]) -> None:
    said = waits_of(totals)
    assert said.p50_ms is not None
    assert said.p95_ms is not None
    for percent, limit in ((50, said.p50_ms), (95, said.p95_ms)):
        assert sum(total <= limit for total in totals) * 100 >= percent * len(totals)
        assert sum(total < limit for total in totals) * 100 < percent * len(totals)
    assert said.longest_ms == max(totals)


def test_the_meter_adds_and_a_clock_that_goes_back_takes_nothing_away() -> None:
    assert waited_more(waited_more(Waited(), 40), -7) == Waited(40, 40, 2)
    assert waits_of([]).p50_ms is None


def test_every_reason_has_a_digit_and_a_label_of_its_own() -> None:
    assert len({reason.label for reason in REASONS}) == len(REASONS) <= 9


def test_a_pin_says_who_works_and_stands_nowhere(tmp_path: Path) -> None:
    users = DeskUsers(tmp_path / "desk" / "people.json")
    assert users.people() == ()
    users.set_pin("Mara Quist", "4711")
    users.set_pin("Leo Varn", "90210")
    assert (users.whose("90210"), users.whose("4712")) == ("Leo Varn", None)
    kept = (tmp_path / "desk" / "people.json").read_text(encoding="utf-8")
    assert "4711" not in kept.replace("\\", "")
    assert "argon2id" in kept
    assert (tmp_path / "desk" / "people.json").stat().st_mode & 0o077 == 0
    with pytest.raises(BadInput, match="Another person"):
        users.set_pin("Ida Reck", "4711")
    users.remove("Leo Varn")
    assert users.whose("90210") is None
    (tmp_path / "desk" / "people.json").chmod(0o644)
    with pytest.raises(BadInput, match="Others may read"):
        users.people()


@pytest.mark.parametrize("pin", ["123", "1111", "12345", "abcd", "98765", "1234567890123"])
def test_a_pin_that_anybody_would_try_is_refused(pin: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        DeskUsers(tmp_path / "people.json").set_pin("Mara Quist", pin)


def test_after_five_wrong_pins_nobody_guesses_for_half_a_minute() -> None:
    now = [0.0]
    tries = PinTries(lambda: now[0])
    for _ in range(5):
        assert tries.seconds_to_wait() == 0.0
        tries.was_wrong()
    assert tries.seconds_to_wait() == 30.0
    now[0] = 31.0
    assert tries.seconds_to_wait() == 0.0


def test_the_sentence_read_back_is_in_the_language_of_the_call() -> None:
    english, spanish = (consent.read_back_sentence(translator(language), referral()) for language in LANGUAGES)
    assert "June Stellgate, born March 9, 1961" in english
    assert "a voicemail is safe" in english
    assert "9 de marzo de 1961" in spanish
    assert english.endswith("Is that right?")

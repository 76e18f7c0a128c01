"""The form's fields: what they take, what they refuse in words, and what is still missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_referrals import a_draft

from navigator.referral.record import (
    CONSENT_SCRIPT_VERSION,
    FIELDS,
    LANGUAGES,
    Consent,
    FieldValue,
    Member,
    Referral,
    SafeContact,
    as_text,
    check_field,
    field_values,
    missing,
)
from navigator.widgets.form_fields import shown_text
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

IDS = [field.id for field in FIELDS]
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field_id", "typed", "kept"),
    [
        ("member_name", "  Zoë   O’Brien-Nuñez ", "Zoë O’Brien-Nuñez"),
        ("member_birth_date", "3/9/1961", date(1961, 3, 9)),
        ("member_birth_date", "1961-03-09", date(1961, 3, 9)),
        ("member_birth_date", "2/29/2024", date(2024, 2, 29)),
        ("member_phone", "+1 (414) 555-0100", "414-555-0100"),
        ("member_phone", "4145550100", "414-555-0100"),
        ("member_zip", "53202", "53202"),
        ("member_zip", "53202-1234", "53202"),
        ("urgency", "Urgent", "urgent"),
        ("language", "spanish", "es"),
        ("language", "vi", "vi"),
        ("language", "Hmong", "Hmong"),
        ("interpreter", "Y", True),
        ("contact_method", "E-mail", "email"),
        ("contact_voicemail_ok", "no", False),
        ("consent", "Yes, spoken", "spoken_yes"),
        ("reason", "pain\x1b[31m at\nnight\u202e", "pain at night"),
        ("notes", "x" * 2000, "x" * 2000),
        ("member_name", " \u200b ", None),
    ],
)
def test_a_field_keeps_the_checked_value(field_id: str, typed: str, kept: FieldValue) -> None:
    assert check_field(field_id, typed) == kept


@pytest.mark.parametrize(
    ("field_id", "typed", "found"),
    [
        ("member_name", "123", "no letter"),
        ("member_name", "x" * 121, "more than 120"),
        ("member_birth_date", "9.3.1961", "not a date"),
        ("member_birth_date", "2/29/2023", "not a day of the calendar"),
        ("member_birth_date", "3/9/61", "not a date"),
        ("member_birth_date", "1/1/1850", "120 years back"),
        ("member_birth_date", "1/1/9998", "in the future"),
        ("member_phone", "555-0100", "not a US phone number"),
        ("member_phone", "014-555-0100", "not a US phone number"),
        ("member_zip", "5320", "not a ZIP"),
        ("member_zip", "٥٣٢٠٢", "not a ZIP"),
        ("member_id", "078-05-1120", "never kept"),
        ("urgency", "now", "not among the choices"),
        ("interpreter", "maybe", "neither yes nor no"),
        ("reason", "x" * 301, "more than 300"),
        ("color", "red", 'no field "color"'),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_found_and_the_next_step(field_id: str, typed: str, found: str) -> None:
    with pytest.raises(BadInput, match=found) as caught:
        check_field(field_id, typed)
    assert caught.value.next_step


def test_an_age_of_120_years_is_refused_and_a_month_less_is_taken() -> None:
    today = datetime.now(UTC).astimezone().date()
    edge = date(today.year - 120, today.month, min(today.day, 28))
    with pytest.raises(BadInput, match="120 years back"):
        check_field("member_birth_date", edge.isoformat())
    younger = date(today.year - 120, today.month, today.day if today.day < 29 else 28) + timedelta(days=32)
    assert check_field("member_birth_date", younger.isoformat()) == younger


@given(st.sampled_from(IDS), st.text(max_size=60) | st.from_regex(r"[0-9/() -]{5,12}", fullmatch=True))
def test_a_checked_value_is_clean_and_checks_to_itself(field_id: str, typed: str) -> None:
    try:
        kept = check_field(field_id, typed)
    except BadInput:
        return
    assert check_field(field_id, as_text(kept)) == kept
    if isinstance(kept, str):
        assert kept == clean(kept, 2000)


def test_an_empty_field_is_unknown_and_never_an_empty_text() -> None:
    assert {check_field(field_id, "") for field_id in IDS} == {None}


def test_nothing_is_missing_from_a_complete_referral() -> None:
    assert missing(a_draft()) == ()


def test_an_untouched_draft_lacks_every_required_field_and_the_choice() -> None:
    bare = a_draft().model_copy(
        update={
            "member": Member(),
            "safe_contact": SafeContact(),
            "consent": None,
            "procedure": None,
            "facility_id": None,
            "offer_sha256": None,
            **dict.fromkeys(("reason", "urgency", "language", "interpreter")),
        }
    )
    assert [line.partition(":")[0] for line in missing(bare)] == [
        "member_name",
        "member_birth_date",
        "member_id",
        "reason",
        "urgency",
        "language",
        "interpreter",
        "contact_method",
        "consent",
        "procedure",
        "center",
        "offer",
    ]


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (SafeContact(method="none"), ()),
        (SafeContact(method="mail", address="PO Box 1"), ()),
        (SafeContact(method="phone", address="414-555-0100"), ("contact_voicemail_ok",)),
        (SafeContact(method="phone", address="Elm Street", voicemail_ok=True), ("contact_address",)),
        (SafeContact(method="email", address="Elm Street"), ("contact_address",)),
        (SafeContact(method="email"), ("contact_address",)),
    ],
)
def test_the_safe_contact_must_fit_its_method(contact: SafeContact, expected: tuple[str, ...]) -> None:
    lines = missing(a_draft().model_copy(update={"safe_contact": contact}))
    assert tuple(line.partition(":")[0] for line in lines) == expected


def test_a_refused_consent_keeps_the_referral_from_being_sent() -> None:
    refused = Consent(given=False, script_version=CONSENT_SCRIPT_VERSION, at=MOMENT, method="spoken")
    assert missing(a_draft().model_copy(update={"consent": refused})) == (
        "consent: The member said no, so nothing may be sent.",
    )


def test_the_form_can_be_filled_again_from_a_referral() -> None:
    values = field_values(a_draft())
    assert list(values) == IDS
    assert values["consent"] == "spoken_yes"
    assert all(check_field(field_id, as_text(value)) == value for field_id, value in values.items())


def test_an_unknown_field_or_state_is_refused_by_the_record() -> None:
    with pytest.raises(ValueError, match="state"):
        Referral.model_validate(a_draft().model_dump() | {"state": "sent"})
    with pytest.raises(ValueError, match="diagnosis"):
        Referral.model_validate(a_draft().model_dump() | {"diagnosis": "x"})


def test_the_form_names_a_language_that_it_knows_and_shows_any_other_as_typed() -> None:
    language = FIELDS[IDS.index("language")]
    assert [shown_text(language, code) for code, _name in LANGUAGES] == ["English", "Spanish", "Chinese", "Vietnamese"]
    assert [check_field("language", shown_text(language, code)) for code, _name in LANGUAGES] == list(dict(LANGUAGES))
    assert (shown_text(language, "Hmong"), shown_text(FIELDS[IDS.index("reason")], "en")) == ("Hmong", "en")

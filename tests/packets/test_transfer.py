"""The transfer card, the routes of a roster, and the route that a try proposes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whole_referrals import AT, CHOSEN, a_referral, a_shown, whole_referral

from navigator.days import moment_words
from navigator.packets.transfer import card_lines, transfer_card
from navigator.packets.whole import WholeReferral
from navigator.referral.delivery import Delivery, proposed_route
from provider_directory.errors import BadInput
from provider_directory.routes import Route, hours_words, read_routes
from provider_directory.time_zones import zone_of_address, zone_words

FULL = (
    "portal refer.marquette.example; secure e-mail intake@marquette.example; fax (414) 555-0151; "
    "phone 414.555.0150 x12 (Mon-Fri 8-17, Sat 9 am-12 pm Central); letter 12 Alder St, Milwaukee"
)


def with_routes(routes: str | None) -> WholeReferral:
    shown = a_shown()
    contracts = [{**each, "routes": routes} for each in shown.contracts]
    return whole_referral(shown=shown._replace(contracts=contracts))


def at(hour: int, day: int = 23, month: int = 11) -> datetime:
    """Give a moment by the clock of Chicago in winter."""
    return datetime(2026, month, day, hour + 6, tzinfo=UTC)


def test_a_route_has_its_contact_hours_and_time_zone() -> None:
    routes, problems = read_routes(FULL)
    assert problems == ()
    assert [(each.route, each.contact) for each in routes] == [
        ("portal", "refer.marquette.example"),
        ("email", "intake@marquette.example"),
        ("fax", "414-555-0151"),
        ("phone", "414-555-0150 ext. 12"),
        ("mail", "12 Alder St, Milwaukee"),
    ]
    assert routes[3].time_zone == "America/Chicago"
    assert hours_words(routes[3].hours) == "Mon-Fri 8:00-17:00, Sat 9:00-12:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("call Ines", '"call Ines" names no route'),
        ("faxes", "names no route"),
        ("fax 12", "does not give a US number"),
        ("e-mail intake", "does not give an e-mail address"),
        ("phone (Mon-Fri 17-8)", "ends before it begins"),
        ("phone (Fri-Mon 8-17)", "ends before it begins"),
        ("phone (Mon-Fri 8-25)", "names no time of the day"),
        ("phone (Mon-Foo 8-17)", "names no day of the week"),
        ("phone (at any hour)", "does not give hours as"),
        ("phone 414-555-0150 (Mon 8-17) ask for Ines", "not at its end"),
    ],
)
def test_what_is_no_route_is_told_and_the_others_stay(text: str, said: str) -> None:
    read = read_routes(f"portal; {text}")
    assert [each.route for each in read.routes] == ["portal"]
    assert said in read.problems[0]


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("portalfxphne (Mon-Fri8:,7)@.;0", max_size=60))
def test_any_text_is_read_or_told_part_by_part(text: str) -> None:
    read = read_routes(text)
    assert len(read.routes) + len(read.problems) <= text.count(";") + 1
    assert all(each.closes > each.opens for route in read.routes for each in route.hours)


@pytest.mark.parametrize(
    ("tried", "proposed"),
    [
        ((), "portal"),
        (("portal",), "fax"),
        (("fax",), "portal"),
        (("portal", "fax"), "phone"),
        (("portal", "fax", "phone"), "portal"),
    ],
)
def test_a_try_proposes_the_first_route_then_the_back_up(tried: tuple[Route, ...], proposed: str) -> None:
    routes = read_routes("portal; fax 414-555-0151; phone").routes
    tries = [Delivery(route=each, result="failed", at=AT, by="ines") for each in tried]
    found = proposed_route(routes, tries)
    assert found is not None
    assert found.route == proposed
    assert proposed_route((), tries) is None


def test_the_card_says_whom_to_call_what_to_say_and_what_was_sent() -> None:
    lines = list(card_lines(transfer_card(whole_referral(), at(10))))
    assert lines == [
        "DEMONSTRATION: every hospital, figure and price is invented.",
        "Transfer of CR-7K3M-9QX3-0 to Marquette Lakes Orthopedic",
        "Intake: (414) 555-0142 (spelled 4 1 4, 5 5 5, 0 1 4 2)",
        "There now: Mon 10:00 Central, open now, until 17:00",
        "Hours: Mon-Fri 8:00-17:00",
        "Say: “This is Lakeshore Benefits Navigation. I have a referral, number C R, 7 K 3 M, 9 Q X 3, 0, for total "
        "knee replacement. Am I speaking with intake, and may I have your name?”",
        "Once they have said who they are: “It is for Ada Quill, born Mar 9, 1961: total knee replacement, left, "
        "evaluation first. They are on the line with me, and agreed that I share this with you.”",
        "Sent:",
        f"  {moment_words(AT)}: failed by the center's portal, the portal was down",
        f"  {moment_words(AT)}: sent by fax, to 414-555-0151",
        "The member was told:",
        f"  the consent script, and said yes: {moment_words(AT)}",
        "Tell the member:",
        "  by Tue Nov 24 we make sure that the center has it",
        "  by Mon Nov 30 the center calls you and says whether it accepts",
        "  by Mon Dec 7 the center calls you with a day for the first visit",
        "  I will connect you with the center now, and stay on the line until they have you.",
        "  “A más tardar el martes 24 de noviembre: Nos aseguramos de que el centro la haya recibido.”",
        "  “A más tardar el lunes 30 de noviembre: El centro le llama y le dice si puede atenderle.”",
        "  “A más tardar el lunes 7 de diciembre: El centro le llama y le da la fecha de la primera visita.”",
        "  “Ahora le comunico con el centro, y sigo en la línea hasta que le atiendan.”",
    ]


def test_the_first_sentence_names_no_sensitive_procedure_and_no_member() -> None:
    sensitive = a_referral(sensitive=True, procedure_name="Gender-affirming surgery", facility_id=CHOSEN.id)
    card = transfer_card(whole_referral(referral=sensitive), at(10))
    assert "ender" not in card.say_first
    assert "Quill" not in card.say_first
    assert "gender-affirming surgery" in card.say_then


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(7), "closed now, opens today at 8:00"),
        (at(17), "closed now, opens Tue at 8:00"),
        (at(17, 27), "closed now, opens Mon at 8:00"),
        (at(10, 26), "a federal holiday: it may be closed"),
        (at(17, 25), "closed now, opens Fri at 8:00"),
    ],
)
def test_the_card_says_whether_it_is_open_there(moment: datetime, said: str) -> None:
    assert transfer_card(whole_referral(), moment).standing == said


def test_without_hours_in_the_roster_the_time_there_follows_from_the_state() -> None:
    card = transfer_card(with_routes("portal; fax"), at(10))
    assert (card.local_time, card.hours, card.standing) == ("Mon 10:00 Central", None, "hours not known")
    assert zone_of_address("1 Main St, Austin, TX 78701") is None
    assert zone_of_address(None) is None
    assert any(line == "Hours: not in the roster" for line in card_lines(card))


def test_a_zone_is_named_as_people_name_it_by_its_hours() -> None:
    zones = ("America/Chicago", "America/Detroit", "America/Boise", "America/Phoenix", "Pacific/Guam", "Mars/Base")
    assert [zone_words(zone) for zone in zones] == [
        "Central",
        "Eastern",
        "Mountain",
        "Arizona",
        "Pacific/Guam",
        "Mars/Base",
    ]


def test_there_is_no_card_without_a_consent_that_stands() -> None:
    with pytest.raises(BadInput, match="was not asked yet"):
        transfer_card(whole_referral(referral=a_referral(consent=None)), at(10))

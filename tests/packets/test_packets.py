"""Who gets what: each packet holds its own share by an allow-list, whatever else the desk knows (REFERRAL)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from center_renderers import RENDERERS
from hypothesis import given, settings
from hypothesis import strategies as st
from whole_referrals import AT, CHOSEN, a_case, a_referral, a_shown, some_tasks, whole_referral

from navigator.case.stored import as_json, from_json
from navigator.case.value import Caller, Case
from navigator.packets.for_administrator import administrator_packet
from navigator.packets.for_center import center_packet
from navigator.packets.for_member import member_packet
from navigator.packets.text import packet_lines
from navigator.packets.transfer import transfer_card
from navigator.packets.values import NotKnown
from navigator.packets.whole import KnownProgram, WholeReferral
from navigator.referral.delivery import Delivery
from navigator.referral.moves import Move
from navigator.referral.record import Consent, Referral
from navigator.referral.snapshot import Shown, taken_apart
from navigator.referral.tasks import Task
from provider_directory.errors import BadInput
from provider_directory.models import Value
from provider_directory.spoken import dollars
from provider_directory.testing import a_center, an_offer

TO_THE_CENTER = {
    "case.caller.name",
    "contracts.alliance",
    "contracts.covers",
    "contracts.run_out",
    "contracts.warranty",
    "procedure.clinical_name",
    "chosen.facility.address",
    "chosen.facility.intake_phone",
    "chosen.facility.npi",
    "chosen.facility.phone",
    "chosen.price.amount_cents",
    "chosen.price.extra",
    "chosen.price.included",
    "chosen.price.scope",
    "rule.gates.ask",
    "rule.gates.explanation.used.fact",
    "rule.gates.explanation.used.value",
    "rule.program.employer",
    "referral.center_number",
    "referral.companion",
    "referral.facility_name",
    "referral.home_doctor",
    "referral.member.group",
    "referral.member.member_id",
    "referral.member.name",
    "referral.offer_sha256",
    "referral.procedure",
    "referral.procedure_name",
    "referral.program",
    "referral.reason",
    "referral.recommending_surgeon",
    "referral.safe_contact.address",
    "referral.safe_contact.best_times",
    "referral.surgeon",
    "referral.wanted_dates",
    "tasks.what",
    "tasks.where_from",
}
"""Every text and amount that may reach a center, by where the desk has it."""
CONSENT = Consent(given=True, script_version="2026-11", at=AT, method="spoken")
AS_IT_IS = re.compile(
    r"(id|number|state|kind|method|script_version|urgency|language|side|from_state|held_from|actor|match|speaker|"
    r"standing|outcome|version|precision|miles_precision|evidence_class|tier|source|basis|plan_option|relationship|"
    r"facility_id|facility_ccn|ccn|route|result|access|mode|visit|time_zone|case_id|replaces|sort|dis.*)"
)
"""Names whose values are words of a list, or bind the parts together; they are not changed into a canary."""
KEPT_IN = {"moves": "to", "case.none_fits": "reason"}
"""Further such names, by where they stand."""
DAY = re.compile(r"\d{4}-\d\d-\d\d.*")


class Canaries:
    """Changes every text and amount into one of its own, and remembers where it stood."""

    def __init__(self) -> None:
        self.at: dict[str, str] = {}

    def plant(self, value: Any, path: str) -> Any:
        """Give JSON values with every leaf changed that a person could read something from."""
        above, _, name = path.rpartition(".")
        if isinstance(value, dict):
            return {key: self.plant(each, f"{path}.{key}") for key, each in value.items()}
        if isinstance(value, list):
            return [self.plant(each, path) for each in value]
        kept = AS_IT_IS.fullmatch(name) or KEPT_IN.get(above) == name
        if isinstance(value, str) and not kept and not DAY.fullmatch(value):
            return self._new(f"canary{len(self.at):04}x", path)
        if isinstance(value, int) and name.endswith("_cents"):
            return int(self._new(str(700_000_01 + 100 * len(self.at)), path))
        return value

    def found_in(self, text: str) -> set[str]:
        """Give where the canaries of a text stood."""
        return {
            path
            for canary, path in self.at.items()
            if canary in text or (canary.isdigit() and dollars(int(canary)) in text)
        }

    def _new(self, canary: str, path: str) -> str:
        self.at[canary] = path
        return canary


def planted(canaries: Canaries) -> WholeReferral:
    """Give the whole referral with canaries in the snapshot, the call, the record, tasks, tries and moves."""
    whole, shown = whole_referral(), a_shown()
    centers = shown.offer["centers"]
    own = [canaries.plant(each, "chosen") for each in centers if each["facility"]["id"] == CHOSEN.id]
    others = [canaries.plant(each, "other") for each in centers if each["facility"]["id"] != CHOSEN.id]
    offer = canaries.plant({key: each for key, each in shown.offer.items() if key != "centers"}, "offer")
    case: Case = from_json(json.dumps(canaries.plant(json.loads(as_json(whole.case or a_case())), "case")))
    return replace(
        whole,
        shown=Shown(
            offer={**offer, "centers": [*others, *own], "pool_key": canaries.plant("k", "offer.pool_key")},
            chosen=shown.chosen,
            procedure=canaries.plant(shown.procedure, "procedure"),
            contracts=[canaries.plant(each, "contracts" if each["counts"] else "lapsed") for each in shown.contracts],
            rule=canaries.plant(shown.rule, "rule"),
            edition=canaries.plant(shown.edition, "edition"),
        ),
        case=case,
        referral=Referral.model_validate(_planted(canaries, whole.referral, "referral")),
        tasks=tuple(_task(canaries, each) for each in whole.tasks),
        deliveries=tuple(Delivery.model_validate(_planted(canaries, each, "tries")) for each in whole.deliveries),
        moves=tuple(Move.model_validate(_planted(canaries, each, "moves")) for each in whole.moves),
    )


def _planted(canaries: Canaries, value: Value, path: str) -> Any:
    return canaries.plant(value.model_dump(mode="json"), path)


def _task(canaries: Canaries, task: Task) -> Task:
    path = "tasks" if task.kind in ("records", "imaging") else "other_tasks"
    return Task.model_validate(_planted(canaries, task, path))


def test_no_canary_reaches_the_center_but_what_is_on_its_list_in_any_rendering() -> None:
    canaries = Canaries()
    packet = center_packet(planted(canaries))
    assert {"other.facility.name", "offer.pool_key", "rule.here.words", "case.none_fits.words"} <= {
        *canaries.at.values()
    }
    assert canaries.found_in(packet.model_dump_json()) == TO_THE_CENTER
    for name, render in RENDERERS.items():
        assert canaries.found_in(render(packet)) <= TO_THE_CENTER, name


def test_the_same_canaries_reach_the_member_or_are_there_to_be_found() -> None:
    canaries = Canaries()
    whole = planted(canaries)
    member = canaries.found_in(member_packet(whole).model_dump_json())
    assert {"other.facility.name", "other.price.amount_cents", "rule.here.words"} <= member
    assert not {path for path in member if path.startswith(("tries", "moves", "tasks", "referral.notes", "case"))}
    told = canaries.found_in(administrator_packet(whole).model_dump_json())
    assert not {
        path for path in told if path.startswith(("other", "case", "rule.gates.ask", "rule.gates.explanation.u"))
    }
    assert "referral.reason" not in told
    assert "rule.here.words" not in told


@settings(max_examples=20)
@given(
    rivals=st.lists(st.text("QXZ", min_size=6, max_size=12), min_size=1, max_size=4),
    cents=st.integers(7_000_001, 99_999_999),
    words=st.text("QXZ ", min_size=8, max_size=30).map(lambda text: f"QQ{text}"),
)
def test_whatever_the_shortlist_prices_and_words_are_the_center_sees_none(
    rivals: list[str], cents: int, words: str
) -> None:
    centers = (
        *(
            a_center(
                name=f"Rival {name}",
                id=f"f-{number}",
                price=a_center().price.model_copy(update={"amount_cents": cents}),
                you_pay=words,
            )
            for number, name in enumerate(rivals)
        ),
        a_center(you_pay=words),
    )
    shown = a_shown()._replace(offer=an_offer(centers=centers).model_dump(mode="json"))
    text = center_packet(whole_referral(shown=shown, referral=a_referral(notes=words))).model_dump_json()
    assert "Rival" not in text
    assert not re.search(rf"(?<!\d){cents}(?!\d)", text)
    assert words not in text


@settings(max_examples=60)
@given(lost=st.sets(st.integers(0, 400), max_size=120))
def test_a_snapshot_of_another_version_that_lacks_parts_still_gives_its_packets(lost: set[int]) -> None:
    left = iter(range(10_000))

    def without(value: Any) -> Any:
        if isinstance(value, list):
            return [without(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {name: without(each) for name, each in value.items() if next(left) % 401 not in lost}

    whole = whole_referral(shown=taken_apart(json.dumps({"form": 2, **without(a_shown()._asdict())})))
    assert center_packet(whole).number == member_packet(whole).number == administrator_packet(whole).number
    assert transfer_card(whole, AT).say_first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"consent": None}, "was not asked yet"),
        ({"consent": CONSENT.model_copy(update={"given": False})}, "said no"),
        ({"consent": CONSENT.model_copy(update={"withdrawn_at": AT})}, "took the consent back"),
        ({"facility_id": None}, "names no center yet"),
    ],
)
def test_nothing_is_given_for_the_center_without_a_center_and_a_consent_that_stands(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        center_packet(whole_referral(referral=a_referral(**change)))


def test_a_packet_says_what_is_not_known_and_why_and_invents_nothing() -> None:
    bare = a_referral(companion=None, relay=None, side=None)
    packet = center_packet(
        whole_referral(referral=bare, shown=None, case=None, member=None, moves=(), tasks=(), program=KnownProgram())
    )
    missing = {each.field for each in packet.not_known}
    assert {"companion", "procedure.side", "coverage.employer", "coverage.covered", "terms", "center.npi"} <= missing
    assert NotKnown(field="consent.treat", reason="the center asks for it itself") in packet.not_known
    assert (packet.caller, packet.gates, packet.records, packet.safety.done) == (None, (), (), False)
    assert member_packet(whole_referral(shown=None)).here is None


def test_the_center_gets_who_called_by_what_authority_and_the_needs_of_the_call() -> None:
    packet = center_packet(whole_referral())
    assert packet.caller is not None
    assert packet.caller.authority == "The member agreed Nov 23, 2026 that this person hears everything."
    assert packet.consent is not None
    assert packet.consent.given_by == "Ned Quill, spouse or partner"
    assert (packet.member.large_print, packet.member.relay, packet.member.interpreter) == (True, None, True)
    assert (packet.receipt_due, packet.answer_due) == (date(2026, 11, 24), date(2026, 11, 30))
    assert [(gate.id, gate.answer, gate.state) for gate in packet.gates] == [
        ("bmi", "BMI: 31.5", "met"),
        ("tobacco_free_weeks", None, "not_yet"),
    ]
    assert [(each.kind, each.got) for each in packet.records] == [("records", False), ("imaging", True)]
    assert packet.coverage.plan_option == "PPO 500"
    assert packet.member.contact.address == "414-555-0101"
    assert "414-555-0177" not in packet.model_dump_json()  # the member's own phone is not the safe one


@pytest.mark.parametrize(
    ("caller", "by"),
    [
        (Caller("spouse", "Ned Quill", member_agreed_at=AT), "Ned Quill, spouse or partner"),
        (Caller("spouse", None, member_agreed_at=AT), "spouse or partner"),
        (Caller("member", "Ada Quill"), "the member"),
        (Caller("surgeon_office", "Dr. Hale's office"), None),
        (Caller("representative", "Ned Quill"), None),
        (Caller("parent_of_minor", "Ned Quill"), None),
        (None, None),
    ],
)
def test_a_consent_says_by_whose_word_it_was_given(caller: Caller | None, by: str | None) -> None:
    packet = center_packet(whole_referral(case=replace(a_case(), caller=caller)))
    assert packet.consent is not None
    assert packet.consent.given_by == by
    assert (packet.caller is None) is (caller is None or caller.speaker == "member")
    if caller and by is None:
        draft = whole_referral(referral=a_referral(state="draft"), case=replace(a_case(), caller=caller))
        with pytest.raises(BadInput, match=r"own patient|No paper was seen|an adult"):
            center_packet(draft)


def test_who_may_not_be_contacted_has_no_address_in_any_packet() -> None:
    contact = a_referral().safe_contact.model_copy(update={"method": "none"})
    whole = whole_referral(referral=a_referral(safe_contact=contact))
    for packet in (center_packet(whole), member_packet(whole)):
        assert "414-555-0101" not in packet.model_dump_json()


def test_a_record_that_a_move_settled_is_not_asked_for() -> None:
    settled = some_tasks()[2].model_copy(update={"done_at": AT, "outcome": "settled: the referral is cancelled"})
    assert center_packet(whole_referral(tasks=(settled,))).records == ()


def test_a_packet_as_text_leaves_nothing_out() -> None:
    packet = member_packet(whole_referral())
    text = "\n".join(packet_lines(packet))
    values = [
        each for each in _leaves(packet.model_dump(exclude={"not_known", "demonstration"})) if isinstance(each, str)
    ]
    assert [each for each in values if each not in text] == []
    assert text.startswith("DEMONSTRATION")
    assert text.count("Not known:") == len(packet.not_known)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list | tuple):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]

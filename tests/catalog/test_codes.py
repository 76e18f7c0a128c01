"""Codes are known in any usual form, exactly or by prefix, and never guessed."""

from __future__ import annotations

import pytest

from provider_directory.catalog import load
from provider_directory.models import ProcedureAnswer


def search(words: str) -> ProcedureAnswer:
    return load().search(words)


def ids(words: str) -> list[str]:
    return [match.id for match in search(words).matches]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("27447", "total-knee-replacement"),
        ("CPT 27447", "total-knee-replacement"),
        ("cpt: 27447-RT", "total-knee-replacement"),
        ("  cpt code #27447", "total-knee-replacement"),
        ("CPT27447", "total-knee-replacement"),
        ("G0121", "colonoscopy"),
        ("hcpcs g0121", "colonoscopy"),
        ("S2118", "hip-resurfacing"),
        ("0537T", "car-t"),
        ("DRG 236", "cabg"),
        ("drg236", "cabg"),
        ("MS-DRG 236", "cabg"),
        ("msdrg 236", "cabg"),
        ("DRG 0236", "cabg"),
        ("236", "cabg"),
        ("0SRC0J9", "total-knee-replacement"),
        ("0src", "total-knee-replacement"),
        ("0SRC0L9", "partial-knee-replacement"),
        ("OSRC0L9", "partial-knee-replacement"),
        ("0RRJ00Z", "reverse-shoulder-replacement"),
        ("ICD-10-PCS 0SR9019", "total-hip-replacement"),
        ("GZ", "inpatient-mental-health"),
        ("drg 247", "pci"),
        ("they told me it is cpt 27447", "total-knee-replacement"),
    ],
)
def test_a_code_of_one_procedure_is_sure(typed: str, expected: str) -> None:
    answer = search(typed)
    assert [match.id for match in answer.matches] == [expected]
    assert answer.sure


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("DRG 470", {"total-knee-replacement", "total-hip-replacement", "partial-knee-replacement"}),
        ("0470", {"total-knee-replacement", "total-hip-replacement"}),
        ("DRG 5", {"liver-transplant", "intestine-transplant"}),
        ("5", {"liver-transplant", "intestine-transplant"}),
        ("005", {"liver-transplant", "intestine-transplant"}),
        ("DRG 521", {"total-hip-replacement", "hip-fracture-repair"}),
        ("drg 469/470", {"total-knee-replacement", "total-hip-replacement"}),
        ("23472", {"total-shoulder-replacement", "reverse-shoulder-replacement"}),
        ("0212", {"cabg", "surgical-aortic-valve"}),
    ],
)
def test_a_code_of_several_procedures_asks(typed: str, among: set[str]) -> None:
    answer = search(typed)
    assert among <= {match.id for match in answer.matches}
    assert not answer.sure


@pytest.mark.parametrize("typed", ["99214", "DRG 999", "12345", "J3301", "00000", "27448", "M17.11", "0XY", "E11.9"])
def test_a_code_that_the_catalogue_does_not_hold_gives_nothing(typed: str) -> None:
    assert search(typed).matches == ()
    assert not search(typed).sure


def test_a_code_is_never_mended_to_another_one() -> None:
    assert search("0SQC1J9").matches == ()
    assert search("CPT 27477").matches == ()


def test_a_code_that_is_still_being_typed_shows_where_it_leads_without_being_sure() -> None:
    answer = search("0SR")
    assert "total-hip-replacement" in [match.id for match in answer.matches]
    assert not answer.sure


def test_the_reason_names_the_code_and_who_shares_it() -> None:
    assert search("27447").matches[0].why == "CPT 27447"
    assert search("266").matches[0].why == "MS-DRG 266 (shared with mitral valve clip)"
    assert search("470").matches[0].why == "MS-DRG 470 (shared with partial knee replacement and 3 more)"
    assert search("drg 247").matches[0].why == "MS-DRG 247 (until FY2023)"


def test_words_that_speak_of_something_else_take_the_certainty_from_a_code() -> None:
    assert not search("27447 shoulder").sure
    assert search("27447 knee").sure


@pytest.mark.parametrize("kind", ["cpt_hcpcs", "drgs", "pcs_prefixes"])
def test_every_code_of_the_catalogue_leads_to_its_procedures(kind: str) -> None:
    catalog = load()
    label = "drg " if kind == "drgs" else ""
    lost = []
    for procedure in catalog.procedures:
        for code in getattr(procedure, kind):
            sharing = sum(code in getattr(other, kind) for other in catalog.procedures)
            if sharing <= 5 and procedure.id not in ids(label + code):
                lost.append((procedure.id, code))
    assert lost == []

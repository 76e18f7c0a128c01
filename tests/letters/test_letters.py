"""The three pages: each one page, tagged and easy to read, with the same facts in print and in plain text."""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_samples import a_sheet, the_center, the_member, the_offer
from packet_samples import center_packet as every_field
from pydantic import BaseModel
from pypdf import PdfReader
from reading_grade import ease, grade
from whole_referrals import TODAY, a_referral, whole_referral

from navigator.languages.translating import LANGUAGES
from navigator.letters.fields import CUT, Fields, room
from navigator.letters.for_center import referral_letter
from navigator.letters.for_member import confirmation
from navigator.letters.letter import Letter
from navigator.letters.offer_sheet import offer_sheet
from navigator.letters.page import Facts, Lines, Page, Points, SideBySide
from navigator.letters.plain_text import COLUMNS
from navigator.letters.printing import NO_GLYPH
from navigator.packets.for_center import center_packet
from navigator.packets.member_values import MemberPacket
from navigator.packets.values import CenterPacket
from provider_directory.errors import BadInput

FOLD = 11 * 72 - 3.67 * 72
"""Points from the foot: what stands higher may be seen through an envelope's window."""
FOOT = (
    "Information, not medical advice, not a claim decision, not a promise of payment. Your coverage on the day of "
    "care and your plan document decide. You may ask for a written decision and appeal it"
)
HOSTILE = '#read("/etc/passwd") $x^2$ \\ *b* _i_ <a> @ref `raw` [/] {y} #import "x"'

LETTERS = string.printable[:95] + "áéíóúñÑ¿¡żółćęśąńźĐđươạếỹệЖжΩλ“”…–—€½™→"


def the_letters() -> Iterator[Letter]:
    yield referral_letter(the_center(), TODAY)
    for language in LANGUAGES:
        yield confirmation(the_member(), language, TODAY)
        yield a_sheet(language)


@pytest.fixture(scope="module")
def printed() -> list[tuple[Letter, PdfReader]]:
    return [(letter, PdfReader(io.BytesIO(letter.pdf()))) for letter in the_letters()]


def flat(text: str) -> str:
    """Give a text without blanks, as no two renderers break lines alike."""
    return re.sub(r"[\s\u200b]+", "", text)


def facts_of(page: Page) -> Iterator[str]:
    """Give every text that a page shows."""
    yield from (
        page.title,
        *([page.day] if page.day else []),
        *page.sender,
        *page.to,
        *page.opening,
        *page.foot,
        *page.proof,
    )
    yield from (each for each in (page.number, page.demonstration) if each)
    for section in page.sections:
        yield section.heading
        for part in section.parts:
            if isinstance(part, Lines):
                yield from part.lines
            elif isinstance(part, Points):
                yield from part.points
            elif isinstance(part, Facts):
                yield from (each for row in part.rows for each in row)
            else:
                yield from (*part.names, *(each for name, values in part.rows for each in (name, *values)))


def test_print_and_plain_text_have_every_fact_of_the_page(printed: list[tuple[Letter, PdfReader]]) -> None:
    for letter, pdf in printed:
        on_paper, in_text = flat(pdf.pages[0].extract_text()), flat(letter.text())
        for fact in facts_of(letter.page):
            assert flat(fact) in on_paper, (letter.file_stem, fact)
            assert flat(fact) in in_text, (letter.file_stem, fact)
        assert max(map(len, letter.text().splitlines())) <= COLUMNS


def test_each_is_one_tagged_page_of_us_letter_with_title_and_language(printed: list[tuple[Letter, PdfReader]]) -> None:
    for letter, pdf in printed:
        assert len(pdf.pages) == 1
        assert (pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height) == (612, 792)
        root: Any = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value is True
        assert root["/Lang"] == letter.page.language
        assert pdf.metadata is not None
        assert pdf.metadata.title == letter.page.subject
        assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_same_page_gives_the_same_bytes_and_its_code_holds_the_number_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter, make, coded = referral_letter(the_center(), TODAY), segno.make, set()

    def noted(text: str, **how: Any) -> segno.QRCode:
        coded.add(text)
        return make(text, **how)

    monkeypatch.setattr(segno, "make", noted)
    assert letter.pdf() == letter.pdf()
    assert coded == {letter.page.number}


def test_above_the_fold_stand_sender_address_and_number_alone(printed: list[tuple[Letter, PdfReader]]) -> None:
    for letter, pdf in printed:
        page = letter.page
        if page.number is None:
            continue
        seen: list[str] = []

        def look(text: str, _at: Any, where: Any, *_: Any, seen: list[str] = seen) -> None:
            if where[5] > FOLD:
                seen.append(text)

        pdf.pages[0].extract_text(visitor_text=look)
        outside = [*page.sender, *page.to, page.number_label, page.number, page.spelled or "", page.watermark or ""]
        allowed = flat("".join(outside))
        assert all(flat(each) in allowed for each in seen), seen
        assert "knee" not in "".join(seen).lower()


def test_a_sensitive_procedure_is_named_low_on_the_sheet_and_in_no_title_or_file_name() -> None:
    for letter in (a_sheet(procedure="ivf"), a_sheet("es", procedure="ivf")):
        page = letter.page
        high = (page.title, page.subject, letter.file_stem, *page.sender, *page.opening)
        assert not any("vitro" in each.lower() for each in high)
        assert "vitro" in letter.text()
        assert not re.search("surgeon|cirujano", letter.page.sections[-2].heading)
    for letter in the_letters():
        assert not re.search(r"knee|rodilla|quill|ada", f"{letter.file_stem} {letter.page.subject}".lower())


def test_the_foot_stands_word_for_word_and_invented_data_says_so() -> None:
    for letter in (a_sheet(), confirmation(the_member(), "en", TODAY)):
        assert FOOT in " ".join(letter.text().split())
    for letter in the_letters():
        assert letter.page.demonstration is not None
        assert letter.page.watermark is not None
    real = whole_referral(referral=a_referral(demonstration=False))
    for letter in (a_sheet(demonstration=False), referral_letter(center_packet(real), TODAY)):
        assert (letter.page.demonstration, letter.page.watermark) == (None, None)
        assert "DEMONSTRATION" not in letter.text()


def test_no_page_promises_or_denies_and_every_amount_says_what_it_is() -> None:
    kinds = re.compile(
        r"pay|plan shows|price|reward|center|elsewhere|paga|precio|recompensa|centro|lugar", re.IGNORECASE
    )
    for letter in the_letters():
        text = letter.text()
        assert not re.search(r"\bdenied\b|you pay nothing|for everything|gratis|negad[oa]", text, re.IGNORECASE)
        for line in " ".join(text.split()).split("."):
            assert "$" not in line or kinds.search(line), line


def sentences(page: Page) -> str:
    """Give what is read as sentences: not the names of facts, and no names, numbers or addresses."""
    found = [*page.opening, *page.foot]
    for section in page.sections:
        for part in section.parts:
            if isinstance(part, Lines):
                found += part.lines
            elif isinstance(part, Points):
                found += part.points
            elif isinstance(part, SideBySide):
                found += [each for _name, values in part.rows for each in values]
    return " ".join(each if each[-1] in ".?!" else f"{each}." for each in found)


def test_a_twelve_year_old_can_read_every_page() -> None:
    for letter in the_letters():
        read = sentences(letter.page)
        if letter.page.language == "en":
            assert grade(read) <= 7, letter.file_stem
        else:
            assert ease(read) >= 70, letter.file_stem


def test_the_measure_of_reading_tells_hard_from_easy() -> None:
    hard = "Reimbursement determinations necessitate comprehensive documentation of medical necessity prior to service."
    assert grade(hard) > 12 > 3 > grade("The center calls you. You say your number.")
    difficult = (
        "La autorización previa del procedimiento hospitalario requiere documentación administrativa exhaustiva."
    )
    assert ease(difficult) < 50 < 80 < ease("El centro le llama. Usted dice su número.")


def emptied(packet: CenterPacket | MemberPacket) -> Any:
    """Give a packet in which all that may be unknown is unknown."""
    optional = {
        name: None
        for name, field in type(packet).model_fields.items()
        if "None" in str(field.annotation) and name != "consent"
    }
    parts = {
        name: part.model_copy(update={each: None for each, at in type(part).model_fields.items() if "None" in str(at)})
        for name in ("member", "coverage", "procedure", "center", "chosen", "requester", "desk", "contact")
        if isinstance(part := getattr(packet, name, None), BaseModel)
    }
    return packet.model_copy(update=optional | parts)


def test_what_is_not_known_is_said_in_words_on_every_page() -> None:
    for letter in (
        referral_letter(emptied(the_center()), TODAY),
        *(confirmation(emptied(the_member()), language, TODAY) for language in LANGUAGES),
        offer_sheet(the_offer(program=None), [], [], None, "es"),
    ):
        text = letter.text()
        assert re.search("not known|no se sabe", text)
        assert not re.search(r"\bNone\b", text)
        assert all(each.strip() for each in facts_of(letter.page))
        assert letter.pdf()


def stuffed(value: Any, text: str) -> Any:
    """Fill every text of a packet with one text, and repeat its lists."""
    if isinstance(value, tuple):
        return tuple(stuffed(each, text) for each in value) * (4 if len(value) < 4 else 1)
    if not isinstance(value, BaseModel):
        return text if isinstance(value, str) else value
    kept = {"number", "state", "offer_sha256", "audit_head", "edition"}
    free = (
        (name, field)
        for name, field in type(value).model_fields.items()
        if name not in kept and "Literal" not in str(field.annotation)
    )
    return value.model_copy(
        update={
            name: stuffed(text if "str | None" in str(field.annotation) else getattr(value, name), text)
            for name, field in free
        }
    )


@pytest.mark.parametrize(
    "text",
    ["W" * 2_000, "Nguyễn Thị Ánh Zażółć gęślą jaźń " * 9, f"{HOSTILE} " * 200],
    ids=["wide", "accents", "typst"],
)
def test_the_longest_fields_still_make_one_page_which_says_what_is_cut(text: str) -> None:
    member = (confirmation(stuffed(the_member(), text), "es", TODAY),) if text.startswith("W") else ()
    for letter in (referral_letter(stuffed(the_center(), text), TODAY), *member):
        pdf = PdfReader(io.BytesIO(letter.pdf()))
        assert len(pdf.pages) == 1
        assert flat(text[:18]) in flat(pdf.pages[0].extract_text())
        assert re.search("is shortened here|está recortado aquí", letter.text())


@settings(max_examples=8, deadline=None)
@given(words=st.text(st.sampled_from(LETTERS), min_size=1, max_size=120))
def test_whatever_a_member_says_is_printed_as_they_said_it(words: str) -> None:
    packet = the_center().model_copy(update={"reason": words})
    letter = referral_letter(packet, TODAY)
    assert flat(f"“{Fields()(words, 300)}”") in flat(letter.text())
    assert len(PdfReader(io.BytesIO(letter.pdf())).pages) == 1


def test_a_word_longer_than_its_column_is_broken_and_a_hash_is_printed_as_it_is() -> None:
    word = "Quillfeather" * 6
    packet = every_field(reason=word)
    text = PdfReader(io.BytesIO(referral_letter(packet, TODAY).pdf())).pages[0].extract_text()
    assert word not in text
    assert word in flat(text)
    assert packet.offer_sha256
    assert packet.offer_sha256 in "".join(text.split())


def test_letters_that_no_font_has_are_marked_and_said() -> None:
    packet = the_center()
    member = packet.member.model_copy(update={"name": "Ada \U00013080\U0001208d Quill"})
    text = PdfReader(io.BytesIO(referral_letter(packet.model_copy(update={"member": member}), TODAY).pdf())).pages[0]
    assert flat(f"Ada {NO_GLYPH}{NO_GLYPH} Quill") in flat(text.extract_text())
    assert flat("Letters that cannot be printed here") in flat(text.extract_text())


@given(text=st.text(max_size=80), most=st.integers(2, 60))
def test_a_field_takes_no_more_room_than_it_has(text: str, most: int) -> None:
    fields = Fields()
    kept = fields(text, most)
    assert sum(map(room, kept)) <= most
    assert fields.cut_any == (kept != text)
    assert kept == text or (kept.endswith(CUT) and text.startswith(kept[:-1]))


def test_without_the_libraries_the_plain_text_is_pointed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("typst", "segno"):
        with monkeypatch.context() as without:
            without.setitem(sys.modules, library, None)
            with pytest.raises(BadInput, match="plain text") as told:
                a_sheet().pdf() if library == "typst" else referral_letter(the_center(), TODAY).pdf()
        assert told.value.code == "print_not_installed"

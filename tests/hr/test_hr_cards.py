"""Every question of the HR desk is answered on one card: sentence first, sources at the foot, no person."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zipcodes
from rich.cells import cell_len
from rule_answers import a_cost

from navigator.hr.card import EMAIL_CELLS, FOOT, AnswerCard, card_lines
from navigator.hr.exceptions import MISSING, NEEDED
from navigator.hr.pathways import Pathway, freshness, pathways
from navigator.hr.plan_cards import _paid
from navigator.hr.questions import questions
from navigator.program.published_figures import published_figures, source_of
from provider_directory.errors import AmbiguousProcedure, BadInput, DirectoryError, NothingFound

if TYPE_CHECKING:
    from hr_desks import Ask

    from provider_directory.directory import Directory
    from provider_directory.models import Question

pytest_plugins = ("hr_desks",)
TODAY = date(2026, 11, 22)
KNEE = {"procedure": "knee replacement", "place": "53202", "hospital": "Marquette Lakes", "miles": "100"}
NEVER = ("denied", "you pay nothing", "for everything", "percentile", "None ", "(None)")


def text_of(card: AnswerCard, cells: int = 80) -> str:
    return "\n".join(each.text for each in card_lines(card, cells))


def people(folder: Path) -> str:
    path = folder / "people.csv"
    path.write_text("zip,count\n99999,12\n53202,120\n74103,25\n96720,4\n10027,300\nabc,3\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("program", ["brewline-foods", "copperline-rail", "harborlight-schools"])
def test_each_question_has_one_card_with_sentence_sources_date_and_edition(
    ask: Ask, program: str, tmp_path: Path
) -> None:
    for question in questions():
        facts = {**KNEE, "people": people(tmp_path)}
        card = ask(question.id, program, **{name: facts[name] for name in question.facts if name in facts})
        assert card.sentence.endswith((".", "?")), question.id
        assert card.clauses or card.sources or card.caveats, question.id
        assert card.demonstration
        for cells in (60, 80, 120):
            lines = [each.text for each in card_lines(card, cells)]
            assert max(map(cell_len, lines)) <= cells, question.id
        whole = text_of(card)
        assert lines[0].startswith("DEMONSTRATION")
        assert card.edition[:12] in whole
        assert "Nov 22, 2026" in whole or "22 Nov 2026" in whole
        assert not [word for word in NEVER if word in whole.replace("None of these", "")], question.id


def test_an_email_has_the_question_as_its_subject_and_fits_a_narrow_reader(ask: Ask) -> None:
    card = ask("cost", **KNEE)
    subject, _blank, *body = card.as_email().splitlines()
    assert subject == "Subject: What will it cost her here and elsewhere? (Brewline Foods)"
    assert "knee" not in subject
    assert max(map(len, body)) <= EMAIL_CELLS
    assert " ".join(body).endswith(FOOT)


def test_cost_and_deductible_are_ranges_over_the_plan_options(ask: Ask) -> None:
    cost = ask("cost", **KNEE)
    assert cost.table is not None
    assert cost.table.rows == (("PPO", "$0", "Up to $4,000"), ("HSA plan", "Up to $3,400", "Up to $10,000"))
    assert any("the price known is the hospital's fee alone" in each for each in cost.caveats)
    law = ask("hdhp", **KNEE)
    assert "$1,700 for one person, $3,400 for a family in 2026" in law.sentence
    assert any("Rev. Proc. 2025-19" in source for source in law.sources)
    only = ask("cost", option="hsa", **KNEE)
    assert only.table is not None
    assert only.table.rows == cost.table.rows[1:]
    assert "with HSA plan, a member pays up to $3,400. Elsewhere in the network a member pays up to" in only.sentence


def test_a_cost_that_is_not_known_is_told_after_the_name_of_the_plan() -> None:
    unknown = a_cost("ask the plan", None, None)
    assert _paid("At Lakeshore, with PPO,", unknown) == "At Lakeshore, with PPO: ask the plan."


def test_a_sentence_answers_first_and_as_a_person_would_say_it(ask: Ask) -> None:
    school = {"procedure": "knee replacement", "place": "Wynwood campus"}
    law = ask("hdhp", "harborlight-schools", **school)
    assert law.sentence.startswith("Yes: the plan's own deductible comes first. At a center under contract, with HSA")
    paid = ask("cost", "harborlight-schools", **school).sentence
    assert "a member pays up to $3,270 with PPO and up to $5,835 with HSA plan. Elsewhere in the network a" in paid
    no = ask("travel", "harborlight-schools", **school)
    assert no.sentence == "No: the program pays no travel for total knee replacement."
    rail = {"procedure": "knee replacement", "place": "Chicago yard"}
    assert "Elsewhere in the network a member pays the whole bill" in ask("cost", "copperline-rail", **rail).sentence
    near = ask("travel", "copperline-rail", **rail)
    assert near.sentence.startswith("Not from here: the program pays the way of the member and one companion from 75")
    assert "about 4 miles straight, and the plan pays from 75 by road" in near.more[0]
    assert [ask("flyer", language=each).question for each in ("es", "en")] == [
        "A flyer in Spanish?",
        "A flyer in English?",
    ]
    assert "in one figure: too few prices" in ask("price", "copperline-rail", **rail).sentence


def test_travel_says_what_the_law_leaves_free_and_what_may_be_taxable(ask: Ask) -> None:
    card = ask("travel", procedure="knee replacement", place="Tulsa plant")
    whole = text_of(card)
    assert card.sentence.startswith("Yes: the program pays the way of the member and one companion")
    assert "20.5 cents a mile" in whole
    assert "$50 a person and night, $100 for two" in text_of(card, 120)
    assert "may be taxable" in whole
    assert "no tax advice" in whole
    assert "No center under contract lies within 50 miles" in whole


def test_a_hospital_is_a_center_by_contract_alone_and_its_past_is_told(ask: Ask) -> None:
    held = ask("hospital", **KNEE)
    assert held.sentence.startswith(
        "Yes: for total knee replacement Marquette Lakes Orthopedic Hospital is a Center of"
    )
    other = ask("hospital", **{**KNEE, "hospital": "90Z006"})
    assert other.sentence.startswith(("No: ", "Not any more: ", "Not now: "))
    assert held.tables[0].title == "Contracts"
    stopped = ask("hospital", **{**KNEE, "hospital": "90Z008"})
    assert stopped.sentence.endswith("was suspended on Sep 14, 2026.")
    assert stopped.more[0].startswith("Lakeshore Health Alliance says why, in its own words: “surgeon volume under")
    assert "no judgment of the care" in stopped.more[0]
    assert "suspended Sep 14, 2026" in stopped.tables[0].rows[0]
    assert "surgeon volume" not in ask("hospital", "", **{**KNEE, "hospital": "90Z008"}).model_dump_json()
    with pytest.raises(BadInput, match="may be several hospitals") as several:
        ask("hospital", **{**KNEE, "hospital": "hospital"})
    assert len(several.value.choices) > 1
    assert all(", " in choice.name for choice in several.value.choices), "names alone may be the same"
    for place in ("Tulsa plant", ""):
        assert ask("hospital", **{**KNEE, "place": place}).sentence == held.sentence, "wherever the desk is"
    with pytest.raises(NothingFound, match="is called"):
        ask("hospital", **{**KNEE, "hospital": "Zzyzx"})


def test_a_price_stands_under_its_kind_and_code_and_medicare_is_no_price(ask: Ask) -> None:
    card = ask("price", **KNEE)
    assert card.table is not None
    kinds = [row[0] for row in card.table.rows]
    assert kinds[0] == "contract bundle, all-in"
    assert kinds[-1] == "benchmark: paid by Medicare"
    assert len({(row[0], row[2].rpartition(", ")[2]) for row in card.table.rows}) == len(kinds)
    assert "cannot be said in one figure" in card.sentence


def test_a_mandatory_rule_shows_who_has_no_center_first_and_every_exception(ask: Ask, tmp_path: Path) -> None:
    card = ask("mandatory", "copperline-rail", procedure="lumbar-fusion-single-level", people=people(tmp_path))
    assert card.sentence.startswith("Look first at who has no center: ")
    titles = [table.title for table in card.tables]
    assert titles.index("People without a center in reach") < titles.index("What was published")
    assert "None of these figures is a promise" in text_of(card)
    assert "hip complication" not in text_of(card), "of a spine rule"
    assert card.question == "What if we make spine mandatory?"
    assert ask("mandatory", procedure="gastric bypass").as_email().startswith("Subject: What if we make it mandatory?")
    sites = ask("mandatory", "copperline-rail", procedure="lumbar-fusion-single-level")
    assert "Kansas City shops" in text_of(sites)


def test_a_mandatory_rule_is_no_plan_without_all_its_exceptions(ask: Ask) -> None:
    known = {}
    for program in ("brewline-foods", "copperline-rail"):
        card = ask("mandatory", program, procedure="lumbar-fusion-single-level")
        table = next(table for table in card.tables if table.title.startswith("Exceptions"))
        known[program] = {row[0] for row in table.rows if row[2] != MISSING}
        assert {each.when for each in NEEDED} <= {row[0] for row in table.rows}
        for row in table.rows:
            assert (row[2] == MISSING) is (row[0] in card.more[0]), row
    assert known["brewline-foods"] == {"Medicare or another plan pays first", "every decision"}
    assert known["copperline-rail"] >= {each.when for each in NEEDED}
    whole = ask("mandatory", "copperline-rail", procedure="lumbar-fusion-single-level").more
    assert any("The program file has every exception that a mandatory rule needs" in each for each in whole)
    offered = ask("mandatory", "brewline-foods", procedure="knee replacement").more[0]
    assert "Mandatory is no plan to offer before the program file has: emergency" in offered


def test_a_whole_service_line_may_be_asked_and_is_told_by_operation(ask: Ask, tmp_path: Path) -> None:
    card = ask("mandatory", "copperline-rail", procedure="spine", people=people(tmp_path))
    assert "Neck fusion" in {row[0] for table in card.tables for row in table.rows}
    assert card.sentence.startswith("Look first at who has no center for lower back fusion, two or more levels")
    assert "No center is under contract for: Scoliosis" in card.more[0]
    assert "injection" not in text_of(card, 200), "the rule leaves it out"


def test_people_far_away_are_counted_with_small_areas_together(ask: Ask, tmp_path: Path) -> None:
    card = ask("far", procedure="knee replacement", people=people(tmp_path), miles="100")
    whole = text_of(card)
    assert "6 rows read = 5 kept + 1 set aside" in whole
    lost = tmp_path / "lost.csv"
    lost.write_text("zip,count\n53202,120\n" + "abc,3\n" * 5, encoding="utf-8")
    told = ask("far", procedure="knee replacement", people=str(lost), miles="100").caveats
    assert [each for each in told if each.startswith("row")][2:] == [
        'row 5: "abc" is no ZIP code',
        "rows that could not be read beside these: 2",
    ]
    assert not re.search(r"ZIP 967xx\s+4\b", whole), "four people in one place"
    assert card.table is not None
    assert all(int(row[1].replace(",", "")) >= 11 for row in card.table.rows)
    with pytest.raises(BadInput, match="No file of people"):
        ask("far", procedure="knee replacement")
    with pytest.raises(BadInput, match="no miles"):
        ask("far", procedure="knee replacement", people=people(tmp_path), miles="x")


@pytest.mark.parametrize(
    ("near", "far", "lost", "said"),
    [
        (120, 300, 12, "About 300 people, 71% of those whose ZIP is known, live more than 100 miles"),
        (4, 300, 50, "About 300 people live more than 100 miles"),
        (4, 20, 20, "A count that is hidden lives more than 100 miles"),
        (120, 4, 0, "A count that is hidden lives more than 100 miles"),
        (120, 0, 40, "live within 100 miles of a center under contract; of about 40 people the ZIP is not known"),
        *((60 - far, far, 0, "About 30 people, 43% of those whose ZIP is known, live") for far in (21, 22, 29)),
    ],
)
def test_no_sentence_gives_away_how_few_live_near_or_far(
    ask: Ask, tmp_path: Path, near: int, far: int, lost: int, said: str
) -> None:
    rows = (("53202", near), ("10027", far), ("99999", lost))
    lines = ["zip,count", *(f"{zip_code},{count}" for zip_code, count in rows if count)]
    (tmp_path / "people.csv").write_text("\n".join(lines), encoding="utf-8")
    sentence = ask("far", procedure="knee replacement", people=str(tmp_path / "people.csv"), miles="100").sentence
    assert said in sentence
    assert ("%" in sentence) is (min(near, far) >= 11)


def test_what_points_of_zips_tell_is_what_the_directory_measures(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = zipcodes.list_all()  # type: ignore[no-untyped-call] # the package has no types
    zips = [each["zip_code"] for each in every if each["zip_code_type"] == "STANDARD"][::700]
    lines = [f"{zip_code},{11 + at}" for at, zip_code in enumerate(zips)]
    (tmp_path / "people.csv").write_text("\n".join(["zip,count", *lines, "53202,50", "60616,70"]), encoding="utf-8")

    async def unknown(_directory: Directory, _question: Question) -> None:
        return None

    facts = {"procedure": "knee replacement", "people": str(tmp_path / "people.csv"), "miles": "100"}
    quick = ask("far", **facts)
    monkeypatch.setattr("navigator.hr.people._contract_points", unknown)
    assert ask("far", **facts) == quick


def test_a_site_across_the_sea_has_no_center_near(ask: Ask) -> None:
    card = ask("centers-near", procedure="knee replacement", place="Hilo depot")
    assert card.sentence.startswith("No center under contract lies within 50 miles")
    assert card.table is not None
    assert len({row[0] for row in card.table.rows}) == len(card.table.rows)
    assert "Tulsa plant, Hilo depot there is none" in text_of(ask("mandatory", procedure="knee replacement"), 200)


def test_figures_of_others_stand_with_year_source_and_caveat(ask: Ask) -> None:
    kff = ask("kff", premium_single="9,100", premium_family="$26,993")
    assert kff.table is not None
    assert kff.table.rows[0] == ("premium, single", "$9,325 a year", "2025", "$9,100, 2% less")
    assert kff.table.rows[1][3] == "$26,993, the same"
    assert kff.table.rows[-1][:2] == ("deductible", "not loaded")
    assert kff.table.rows[-1][3] == "PPO $1,500 single, $3,000 family; HSA plan $2,500 single, $5,000 family"
    with pytest.raises(BadInput, match="is no amount"):
        ask("kff", premium_single="a lot")
    saving = ask("saving", **KNEE)
    assert "neither is a promise for us" in saving.sentence
    assert "8% HIGHER" in published_figures()["F13"].value
    assert "19 (cervical fusion)" in published_figures()["F28"].value
    assert "claim 20% to 50%" in saving.sentence
    assert (published_figures()["F61"].value, published_figures()["F22"].value[:4]) == ("20", "49.5")
    assert "project" not in text_of(saving, 200)
    assert source_of("F14") == source_of("F19") == "beckersspine.com item 45089"
    assert published_figures()["F13"].words == "$32,177 vs $29,770 (CoE 8% HIGHER)"
    assert published_figures()["F08"].words == "46 / 54 percent"


def test_what_a_question_lacks_is_said_and_words_that_may_mean_several_are_asked(ask: Ask) -> None:
    with pytest.raises(DirectoryError, match="about a plan") as refused:
        ask("cost", "", **KNEE)
    assert refused.value.code == "no_program"
    with pytest.raises(AmbiguousProcedure):
        ask("cost", procedure="bypass", place="53202")
    with pytest.raises(BadInput, match="No place is given"):
        ask("cost", procedure="knee replacement")
    assert ask("centers-near", "", **KNEE).sentence.startswith("No employer is chosen, so no contract counts")
    assert ask("usage").state == "not_known"


def test_a_pathway_that_nobody_checked_for_a_year_says_so() -> None:
    listed, fresh = pathways()
    assert all(each.source and (each.checked is None or each.checked <= date.today()) for each in listed)
    entry = Pathway("x", "y", "z", "s", TODAY - fresh)
    assert freshness(entry, TODAY) == "checked Nov 22, 2025", "on its last fresh day"
    assert freshness(entry, TODAY + timedelta(days=1)) == "checked Nov 22, 2025 - STALE, check it again"
    assert freshness(entry._replace(checked=None), TODAY).startswith("not checked")


def test_the_flyer_is_in_spanish_unless_english_is_asked_for(ask: Ask) -> None:
    assert "Su empleador no ve quién llama" in text_of(ask("flyer"))
    assert "Your employer does not see who calls." in text_of(ask("flyer", language="en"))
    assert "There is no flyer in that language yet: this one is in Spanish." in text_of(ask("flyer", language="pl"))
    assert [ask("flyer", language=each).about for each in ("", "english")] == ["Flyer in Spanish", "Flyer in English"]


def test_whether_somebody_must_use_it_follows_the_mode_of_the_rule(ask: Ask) -> None:
    answers = {
        (
            "copperline-rail",
            "lumbar-fusion-single-level",
        ): "Yes, it is in the program, and only a center under contract counts.",
        ("brewline-foods", "knee replacement"): "Yes, it is in the program, and nobody has to use it.",
        ("brewline-foods", "cataract surgery"): "No, it is not in the program.",
    }
    for (program, procedure), sentence in answers.items():
        assert ask("in-program", program, procedure=procedure).sentence == sentence


def test_the_next_step_is_told_by_the_files_word_or_by_what_stands_in_it(ask: Ask, tmp_path: Path) -> None:
    assert ask("engagement").sentence.startswith("Brewline Foods is at “benefit design”; the next step: review")
    assert "at “value purchasing”; what remains:" in ask("engagement", "copperline-rail").sentence
    assert "benefit design (travel and second opinion)" in ask("engagement", "harborlight-schools").more[0]
    file = tmp_path / "curious.toml"
    file.write_text('id = "curious"\nemployer = "Curious Foods"\nalliances = []\nplan_year = 2026\n', encoding="utf-8")
    curious = ask("engagement", str(file))
    assert "by what stands in it, at “awareness”; the next step: load the alliance's contracts" in curious.sentence
    assert "It needs: an alliance." in curious.more
    near = ask("centers-near", str(file), **KNEE)
    assert near.sentence.startswith("Curious Foods has no contracts with centers yet")
    assert near.tables[0].rows[0][2] == "passes public check", "an employer without a contract gets public evidence"


def test_a_mandatory_rule_comes_with_its_exceptions_and_its_appeal(ask: Ask) -> None:
    card = ask("in-program", "copperline-rail", procedure="lumbar-fusion-single-level", place="53202")
    assert [row[0] for row in card.tables[0].rows].count("exception") == 6
    assert card.tables[0].rows[-1][0] == "appeal"

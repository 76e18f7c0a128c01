"""The price rules on 1,195 real rates of ten hospitals: the counts and ratios of METHOD 5, to the row."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from fractions import Fraction
from pathlib import Path
from statistics import quantiles

import pytest

from provider_directory import catalog
from provider_directory.facts import InpatientFact, JudgedRate, PostedRate
from provider_directory.pricing.judging import FileContext, judge, own_drgs
from provider_directory.pricing.medicare import MedicareYardstick
from provider_directory.sources.values import cents

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
RATES = DATA / "hpt_mrf" / "negotiated_rates_real" / "knee_replacement_27447_DRG469_470_10_hospitals.csv.gz"
STAYS = DATA / "cms_inpatient" / "MUP_INP_PrvSvc_DRG469_470_national.csv"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not RATES.is_file(), reason="the public files are not here")]


def posted(row: dict[str, str]) -> PostedRate:
    """Read a row of the derived table as the price file posted it; the table keeps no setting of most rows."""
    source = row["negotiated_value_source"]
    stay = row["procedure_code_type"] not in ("CPT", "HCPCS")
    blank = PostedRate(int(row["source_row_index"] or 0), *[""] * (len(PostedRate._fields) - 1))
    return blank._replace(
        description=row["procedure_description"],
        code_type=row["procedure_code_type"],
        code=row["procedure_code"],
        setting="inpatient" if stay else "outpatient",
        payer=row["payer_name"],
        plan=row["plan_name"],
        gross=row["gross_charge"],
        dollar=row["negotiated_amount"] if source == "negotiated_dollar" else "",
        estimated=row["negotiated_amount"] if source == "estimated_amount_fallback" else "",
        percentage=row["rate_raw"],
        methodology=row["charge_methodology"],
        note=row["rate_note"],
    )


def yardstick() -> MedicareYardstick:
    with STAYS.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    facts = [
        InpatientFact(
            row["Rndrng_Prvdr_CCN"],
            row["DRG_Cd"],
            int(row["Tot_Dschrgs"]),
            None,
            cents(row["Avg_Tot_Pymt_Amt"]) or 0,
            None,
            0,
        )
        for row in rows
    ]
    return MedicareYardstick(facts, {row["Rndrng_Prvdr_CCN"]: row["Rndrng_Prvdr_State_Abrvtn"] for row in rows})


@pytest.fixture(scope="module")
def judged_rates() -> list[tuple[JudgedRate, Fraction | None]]:
    """Judge every row in the context of its hospital; each comes with M."""
    medicare = yardstick()
    own = own_drgs(procedure.drgs for procedure in catalog.load().procedures)
    with gzip.open(RATES, "rt", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 1195
    found = []
    for row in rows:
        known = medicare.all_of(row["ccn"], ["469", "470"])
        version = "3.0.0" if row["template_family"] == "v3" else "2.0.0"
        context = FileContext(version, known, own_drgs=own)
        found += [(each, known.get(each.code)) for each in judge([posted(row)], context) if each.kind != "cash"]
    return found


def test_the_counts_and_ratios_of_the_method(judged_rates: list[tuple[JudgedRate, Fraction | None]]) -> None:
    stays = [
        (each, medicare)
        for each, medicare in judged_rates
        if (each.code, each.rate.code_type) == ("470", "MS-DRG")
        and (each.rate.dollar or each.rate.estimated)
        and medicare
    ]
    assert len(stays) == 355
    refused = Counter(each.refused for each, _ in stays)
    assert sum(count for rule, count in refused.items() if rule.startswith("payer_")) == 141
    assert (refused["per_diem"], refused["placeholder"], refused[""]) == (12, 14, 188)
    ratios = sorted(float(Fraction(each.amount_cents or 0) / medicare) for each, medicare in stays if not each.refused)
    tenths = quantiles(ratios, n=20, method="inclusive")
    found = [round(tenths[at], 2) for at in (1, 4, 9, 14, 17)]
    assert found == [1.12, 1.77, 2.54, 3.31, 4.88]
    flags = Counter(flag for each, _ in stays if not each.refused for flag in each.flags)
    assert (flags["below_0.8_medicare"], flags["above_6_medicare"]) == (0, 2)


def test_professional_rows_and_other_code_types_are_refused(
    judged_rates: list[tuple[JudgedRate, Fraction | None]],
) -> None:
    refused = Counter(each.refused for each, _ in judged_rates)
    # 125 descriptions begin with "PR ", 22 rows say professional fee elsewhere (METHOD 5.6).
    assert refused["professional"] == 147
    assert refused["other_code_type"] == 4

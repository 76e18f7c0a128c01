"""Values, a fake directory and hostile names for tests of everything that asks a directory; all names are invented."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

from provider_directory.comparing import Entry, Standing, check_count, compare
from provider_directory.errors import (
    AmbiguousPlace,
    Choice,
    DirectoryError,
    UnknownFacility,
    UnknownPlace,
    UnknownProcedure,
)
from provider_directory.models import (
    Benchmark,
    Cases,
    Center,
    Comparison,
    ContractEvidence,
    Credential,
    CriterionEvidence,
    EditionInfo,
    Evidence,
    Facility,
    Footnote,
    MeasureEvidence,
    NoContractInReach,
    Offer,
    Place,
    PostedCell,
    Price,
    PriceCandidate,
    PriceLadder,
    Procedure,
    ProcedureAnswer,
    ProcedureMatch,
    Question,
    Score,
    SourceInfo,
    SourceRow,
    Step,
    Surgeon,
)

TODAY = date(2026, 11, 20)
EDITION = "3f2a9c41d8" + "0" * 54

HOSTILE_NAMES = (
    "[@click=app.quit]HOSPITAL[/]",
    "[@click=app.screenshot('victim.conf','/tmp')]HOSPITAL[/]",
    "Foo [/] Bar",
    "[/bold] Clinic",
    "St. Mary's [closed]",
    "Aetna [PPO] Clinic [A]",
    "[type=x, v={'a[0]'}]",
    "[link=javascript:alert(1)]General[/link]",
    "[@click=(]General",
    "[red on red]Hidden[/]",
    "\\[bold]Escaped\\[/bold]",
    "Clear\x1b[2J\x1b[HHospital",
    "Clip\x1b]52;c;UFdORUQ=\x07board",
    "Link\x1b]8;;https://evil.example\x1b\\text\x1b]8;;\x1b\\",
    "C1\x9b31mred",
    "Reset\x1bcHospital",
    "Right\u202eot tfel\u202c",
    "Zero\u200bwidth",
    "Tab\tNew\nLine\rReturn",
    "東京第一総合病院 関節センター",
    "Zażółć Gęślą 👩🏽‍⚕️ Klinika",
    "$name ${x} %(name)s {0} {{}}",
    "A" * 400,
)
"""Names as a file or a server might send them: markup, escapes, controls, wide letters, too long."""


def a_procedure(**over: Any) -> Procedure:
    """Give the procedure of the showpiece call, total knee replacement, with ``over`` laid over it."""
    values: dict[str, Any] = {
        "number": 1,
        "id": "total-knee-replacement",
        "name": "Total knee replacement",
        "clinical_name": "Primary total knee arthroplasty",
        "service_line": "joint",
        "settings": ("inpatient", "outpatient", "asc"),
        "drgs": ("469", "470"),
        "pcs_prefixes": ("0SRC", "0SRD"),
        "cpt_hcpcs": ("27447",),
        "profile": "joint",
        "evidence_class": "specific",
        "criteria_set": "hip-knee",
        "price_drg": "470",
        "pools": (),
        "sensitive": False,
    }
    return Procedure(**values | over)


def a_place(**over: Any) -> Place:
    """Give the ZIP of the showpiece call."""
    values: dict[str, Any] = {"label": "53202 Milwaukee, WI", "lat": 43.05, "lon": -87.9, "precision": "zip"}
    return Place(**values | over)


def a_question(**over: Any) -> Question:
    """Give the question of the showpiece call."""
    values: dict[str, Any] = {"procedure": "total-knee-replacement", "place": a_place(), "on": TODAY}
    return Question(**values | over)


def a_facility(**over: Any) -> Facility:
    """Give one hospital."""
    values: dict[str, Any] = {
        "id": "f-marquette",
        "kind": "acute",
        "ccn": "520901",
        "npi": "1000000001",
        "name": "Marquette Lakes Orthopedic",
        "address": "100 Lakeside Avenue, Milwaukee, WI 53202",
        "phone": "(414) 555-0100",
        "intake_phone": "(414) 555-0142",
    }
    return Facility(**values | over)


def a_credential(**over: Any) -> Credential:
    """Give a contract to June 2027."""
    values: dict[str, Any] = {
        "state": "CONTRACT",
        "label": "under contract to Jun 2027",
        "criteria_set": "hip-knee",
        "basis": "contract with Lakeshore Health Alliance",
        "expires": date(2027, 6, 30),
        "flags": (),
    }
    return Credential(**values | over)


def a_public_credential(state: str, label: str, **over: Any) -> Credential:
    """Give a credential that public data alone decides."""
    return a_credential(**{"state": state, "label": label, "basis": "public data", "expires": None} | over)


def a_score(**over: Any) -> Score:
    """Give a good score with its range."""
    values: dict[str, Any] = {
        "value": 91,
        "low": 78,
        "high": 97,
        "tier": "A",
        "coverage": 0.95,
        "profile": "joint",
        "evidence_class": "specific",
        "label": "91 of 100, likely 78 to 97, 50 is average, from 1,236 Medicare patients",
    }
    return Score(**values | over)


def a_price(**over: Any) -> Price:
    """Give a contract bundle with what is in it."""
    values: dict[str, Any] = {
        "kind": "contract_bundle",
        "amount_cents": 2_410_000,
        "low_cents": None,
        "high_cents": None,
        "label": "Contract bundle price, Lakeshore Health Alliance",
        "scope": "included: hospital, surgeon, anesthesia, implant, 90 days; extra: rehabilitation",
        "as_of": date(2026, 1, 1),
        "source": "roster-lakeshore.csv, row 2",
        "included": ("hospital", "surgeon", "anesthesia", "implant", "90 days"),
        "extra": ("rehabilitation",),
    }
    return Price(**values | over)


def no_price(**over: Any) -> Price:
    """Give the price that is not known."""
    values: dict[str, Any] = {
        "kind": "none",
        "amount_cents": None,
        "label": "No price available. Ask the CoE desk for a quote.",
        "scope": None,
        "as_of": None,
        "source": None,
        "included": (),
        "extra": (),
    }
    return a_price(**values | over)


def a_center(**over: Any) -> Center:
    """Give the first center of the showpiece offer; ``name`` and ``id`` go to its facility."""
    named = {key: over.pop(key) for key in ("name", "id") if key in over}
    values: dict[str, Any] = {
        "rank": 1,
        "rank_range": (1, 2),
        "facility": a_facility(**named),
        "miles": 4.1,
        "miles_precision": "address",
        "credential": a_credential(),
        "score": a_score(),
        "score_reason": None,
        "cases": Cases(per_year=412, label="Medicare hip and knee a year"),
        "price": a_price(),
        "benchmark": Benchmark(amount_cents=1_506_300, drg="470", year=2023, source="inpatient.csv, row 12"),
        "you_pay": None,
        "surgeons": (
            Surgeon(
                name="Dr. Ada Nordquist",
                npi="1000000011",
                procedures=("total-knee-replacement",),
                languages=("English", "Spanish"),
                new_patients=True,
                wait_days=18,
            ),
        ),
        "spoken": (
            "Under contract with your plan until June 2027. Of Medicare patients, 65 and over, who had a hip or knee "
            "replaced there, 2.4 in 100 had a complication; nationally 3.6. The contract price is $24,100 for "
            "hospital, surgeon, anesthesia, implant and 90 days. Rehabilitation is extra. This is an estimate, not a "
            "promise of payment."
        ),
        "as_of": date(2024, 3, 31),
    }
    return Center(**values | over)


def _unpriced(name: str, key: str, miles: float, **over: Any) -> Center:
    words = f"Not under contract with your plan; it is {over['credential'].label}."
    return a_center(
        **{"name": name, "id": key, "miles": miles, "price": no_price(), "surgeons": (), "spoken": words} | over
    )


def a_shortlist() -> tuple[Center, ...]:
    """Give ten centers that differ in every way that a screen must show: states, scores, prices, gaps."""
    passes = a_public_credential("MEETS_PUBLIC", "passes public check")
    partly = a_public_credential("PROVISIONAL", "partly checked")
    below = a_public_credential("NOT_MET", "below public check: serious complications (PSI 90)")
    nothing = a_public_credential("NO_EVIDENCE", "no public data")
    suspended = a_credential(
        state="SUSPENDED",
        label="suspended on 2026-10-01",
        expires=None,
        flags=("passes public check",),
        reason="its warranty is being renewed",
    )
    ended = a_credential(state="EXPIRED", label="contract ended 2026-03-31", expires=None, flags=("partly checked",))

    def score(value: int, low: int, high: int, tier: str, patients: str) -> Score:
        label = f"{value} of 100, likely {low} to {high}, 50 is average, from {patients} Medicare patients"
        return a_score(value=value, low=low, high=high, tier=tier, label=label)

    def cases(count: int) -> Cases:
        return Cases(per_year=count, label="Medicare hip and knee a year")

    thin: dict[str, Any] = {"score": None, "score_reason": "Not enough public data.", "cases": None, "benchmark": None}
    return (
        a_center(),
        a_center(
            name="St. Adalbert Medical Center",
            id="f-adalbert",
            rank=2,
            miles=11.6,
            credential=a_credential(label="under contract to Dec 2026", expires=date(2026, 12, 31)),
            score=score(84, 66, 94, "A", "804"),
            cases=cases(268),
            price=a_price(amount_cents=2_685_000),
        ),
        _unpriced(
            "Kettle Moraine Joint Hospital",
            "f-kettle",
            27.9,
            rank=3,
            rank_range=(3, 6),
            credential=passes,
            score=score(77, 52, 91, "B", "570"),
            cases=cases(190),
        ),
        _unpriced(
            "Lakeshore General",
            "f-lakeshore",
            33.0,
            miles_precision="zip",
            rank=4,
            rank_range=(3, 6),
            credential=passes,
            score=score(70, 44, 88, "B", "429"),
            cases=cases(143),
        ),
        _unpriced(
            "Fox Valley Regional",
            "f-fox",
            41.2,
            rank=5,
            rank_range=(3, 6),
            credential=suspended,
            score=score(66, 40, 85, "C", "300"),
            cases=cases(100),
        ),
        _unpriced(
            "Grand Portage Community Hospital and Clinics",
            "f-portage",
            44.8,
            rank=6,
            rank_range=(3, 6),
            credential=ended,
            score=score(61, 37, 81, "C", "255"),
            cases=cases(85),
        ),
        _unpriced(
            "Prairie Junction Hospital",
            "f-prairie",
            48.3,
            miles_precision="zip",
            rank=7,
            rank_range=(7, 7),
            credential=partly,
            score=score(58, 29, 83, "C", "183"),
            cases=cases(61),
        ),
        _unpriced(
            "Cedar Creek Community", "f-cedar", 9.7, rank=None, rank_range=None, credential=nothing, as_of=None, **thin
        ),
        _unpriced(
            "Wauwatosa Children's Annex",
            "f-annex",
            2.2,
            miles_precision="zip",
            rank=None,
            rank_range=None,
            credential=nothing,
            as_of=None,
            **thin,
        ),
        _unpriced(
            "Northgate Hospital",
            "f-northgate",
            5.3,
            rank=None,
            rank_range=None,
            credential=below,
            score=score(18, 6, 38, "E", "105"),
            cases=cases(35),
        ),
    )


def an_offer(**over: Any) -> Offer:
    """Give the offer of the showpiece call."""
    centers = over.get("centers", a_shortlist())
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "care_day": date(2027, 2, 18),
        "procedure": "total-knee-replacement",
        "place": a_place(),
        "program": None,
        "warnings": (),
        "note": None,
        "total": len(centers),
        "centers": centers,
    }
    return Offer(**values | over)


def a_source_row(**over: Any) -> SourceRow:
    """Give a row of the complications file."""
    values: dict[str, Any] = {
        "file": "Complications_and_Deaths-Hospital.csv",
        "release": "2026-01",
        "row": 1207,
        "key": "Facility ID 520901, Measure ID COMP_HIP_KNEE",
    }
    return SourceRow(**values | over)


def a_measure(**over: Any) -> MeasureEvidence:
    """Give the complication rate of the showpiece center."""
    values: dict[str, Any] = {
        "id": "COMP_HIP_KNEE",
        "name": "Complications after hip or knee replacement",
        "unit": "percent",
        "lower_is_better": True,
        "value": 2.4,
        "low": 1.8,
        "high": 3.1,
        "cases": 1236,
        "raw": "2.4",
        "national": 3.6,
        "compared": "Better Than the National Rate",
        "footnotes": (),
        "period_start": date(2021, 4, 1),
        "period_end": date(2024, 3, 31),
        "grey": False,
        "stale": False,
        "about": "Medicare patients, 65 and over",
        "weight": 0.3,
        "z": 0.916,
        "contribution": 0.275,
        "source": a_source_row(),
    }
    return MeasureEvidence(**values | over)


def a_criterion(**over: Any) -> CriterionEvidence:
    """Give the criterion that the complication rate decides."""
    values: dict[str, Any] = {
        "id": "R1",
        "text": "Complications no worse than the nation",
        "outcome": "pass",
        "threshold": "not “worse than the national rate”",
        "reason": "2.4%, better than the national rate",
        "measures": ("COMP_HIP_KNEE",),
    }
    return CriterionEvidence(**values | over)


def _readmissions() -> MeasureEvidence:
    return a_measure(
        id="READM_30_HIP_KNEE",
        name="Readmissions after hip or knee replacement",
        value=None,
        low=None,
        high=None,
        cases=None,
        raw="Number of Cases Too Small",
        national=4.8,
        compared=None,
        footnotes=(Footnote(code="1", words="too few cases to report"),),
        z=0.0,
        contribution=0.0,
        weight=0.2,
        source=a_source_row(
            file="Unplanned_Hospital_Visits-Hospital.csv",
            row=3310,
            key="Facility ID 520901, Measure ID READM_30_HIP_KNEE",
        ),
    )


def an_evidence(**over: Any) -> Evidence:
    """Give the ladder of the showpiece center."""
    contract = ContractEvidence(
        alliance="Lakeshore Health Alliance",
        status="active",
        covers="hip-knee",
        effective=date(2024, 7, 1),
        ends=date(2027, 6, 30),
        run_out="episodes begun before the end are finished",
        warranty="90 days",
        routes="secure e-mail",
        counts=True,
        source=a_source_row(file="roster-lakeshore.csv", row=2, key="facility 520901, set hip-knee"),
    )
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "procedure": "total-knee-replacement",
        "facility": a_facility(),
        "credential": a_credential(),
        "public_state": "PROVISIONAL",
        "score": a_score(),
        "score_reason": None,
        "criteria": (
            a_criterion(),
            a_criterion(
                id="R2",
                text="Readmissions no worse than the nation",
                outcome="unknown",
                reason="too few cases to report",
                measures=("READM_30_HIP_KNEE",),
            ),
            a_criterion(
                id="R3",
                text="Serious complications no worse than the nation",
                reason="0.91, no different than the national value",
                measures=("PSI_90",),
            ),
            a_criterion(
                id="R4",
                text="At least 50 cases a year",
                threshold="50 a year",
                reason="412 a year",
                measures=("COMP_HIP_KNEE",),
            ),
        ),
        "contracts": (contract,),
        "measures": (
            a_measure(),
            _readmissions(),
            a_measure(
                id="PSI_90",
                name="Serious complications (PSI 90)",
                unit="ratio",
                value=0.91,
                low=0.7,
                high=1.12,
                cases=None,
                national=1.0,
                compared="No Different Than the National Value",
                period_start=date(2022, 7, 1),
                period_end=date(2024, 6, 30),
                weight=0.1,
                source=a_source_row(row=1212, key="Facility ID 520901, Measure ID PSI_90"),
            ),
        ),
        "steps": (
            Step(text="Z = sum of weight × z over the profile's measures", result="0.642"),
            Step(text="score = 100 × Φ(Z / sigma), sigma 0.478", result="91.0, 90% range 78 to 97"),
        ),
        "notes": ("The range treats the measures as independent, so it is somewhat too narrow.",),
        "price": a_price(),
        "benchmark": Benchmark(amount_cents=1_506_300, drg="470", year=2023, source="inpatient.csv, row 12"),
    }
    return Evidence(**values | over)


def an_edition(**over: Any) -> EditionInfo:
    """Give the demonstration edition."""
    values: dict[str, Any] = {
        "name": EDITION,
        "demonstration": True,
        "default_date": TODAY,
        "release": "2026-01",
        "schema_version": 1,
        "facilities": 404,
        "reference": "reference_params.csv, release 2026-01",
        "sources": (
            SourceInfo(
                file="Complications_and_Deaths-Hospital.csv",
                dataset="complications",
                release="2026-01",
                rows_read=8080,
                kept=8076,
                duplicates=2,
                set_aside=2,
                period_start=date(2021, 4, 1),
                period_end=date(2024, 6, 30),
            ),
        ),
    }
    return EditionInfo(**values | over)


def a_match(**over: Any) -> ProcedureMatch:
    """Give the first match for "knee replacement"."""
    values: dict[str, Any] = {
        "id": "total-knee-replacement",
        "name": "Total knee replacement",
        "why": "also called “new knee”",
        "confidence": 0.97,
    }
    return ProcedureMatch(**values | over)


_BYPASSES = (
    a_match(id="coronary-bypass", name="Heart bypass surgery", why="“bypass” in the name", confidence=0.6),
    a_match(id="gastric-bypass", name="Gastric bypass", why="“bypass” in the name", confidence=0.6),
)
_KNEES = (
    a_match(),
    a_match(id="partial-knee-replacement", name="Partial knee replacement", why="“knee” in the name", confidence=0.5),
    a_match(id="knee-revision", name="Redo of a knee replacement", why="“knee” in the name", confidence=0.4),
)
_SPRINGFIELDS = (
    Choice("Springfield, IL", "Springfield, Illinois"),
    Choice("Springfield, MA", "Springfield, Massachusetts"),
    Choice("Springfield, MO", "Springfield, Missouri"),
)


def _standing(score: Score | None) -> Standing | None:
    """Give the standing, in units of sigma, that would be shown as this score."""
    if score is None:
        return None
    value, low, high = (NormalDist().inv_cdf(min(max(at, 1), 99) / 100) for at in (score.value, score.low, score.high))
    return Standing(value, (high - low) / (2 * 1.645))


def a_price_candidate(**over: Any) -> PriceCandidate:
    """Give a posted rate that Medicare's payment refuses."""
    values: dict[str, Any] = {
        "verdict": "refused",
        "rule": "below_0.4_medicare",
        "words": "it is below 0.4 times what Medicare pays for the stay",
        "kind": "posted_negotiated",
        "amount_cents": 189,
        "low_cents": None,
        "high_cents": None,
        "payer": "Meadowlark Mutual",
        "plan": "Open PPO",
        "match": "other",
        "code": "MS-DRG 470",
        "setting": "inpatient",
        "cases": None,
        "flags": (),
        "as_of": date(2026, 3, 1),
        "source": SourceRow(file="marquette_prices.csv", release=None, row=812, key="Marquette Lakes, version 3.0.0"),
        "posted": (
            PostedCell(column="payer", text="Meadowlark Mutual"),
            PostedCell(column="dollar", text="1.89"),
            PostedCell(column="methodology", text="case rate"),
        ),
    }
    return PriceCandidate(**values | over)


def a_bundle_candidate(price: Price) -> PriceCandidate:
    """Give a contract bundle that made the price."""
    return a_price_candidate(
        verdict="chosen",
        rule="made_the_price",
        words="the price is made of it",
        kind="contract_bundle",
        amount_cents=price.amount_cents,
        payer=None,
        plan=None,
        match=None,
        code=None,
        setting=None,
        as_of=price.as_of,
        source=SourceRow(file="roster.csv", release=None, row=2, key="Lakeshore Health Alliance, its roster"),
        posted=(),
    )


def a_price_ladder(**over: Any) -> PriceLadder:
    """Give the ladder under a bundle price, with one refused rate."""
    price = over.get("price") or a_price()
    values: dict[str, Any] = {
        "edition": EDITION,
        "demonstration": True,
        "on": TODAY,
        "procedure": "total-knee-replacement",
        "facility": a_facility(),
        "program": None,
        "payer": None,
        "plan": None,
        "price": price,
        "reason": "A contract of the program's alliance that runs on this date names a bundle price.",
        "benchmark": None,
        "candidates": (a_bundle_candidate(price), a_price_candidate()),
        "notes": (),
    }
    return PriceLadder(**values | over)


class FakeDirectory:
    """Implements ``Directory`` over builders; knows "knee", "bypass" (asks), ZIP 53202 and "Springfield" (asks).

    ``delay`` seconds pass before each answer, ``fail_with`` is raised instead of it, ``calls`` records what was asked.
    """

    def __init__(
        self,
        *,
        delay: float = 0.0,
        fail_with: DirectoryError | None = None,
        centers: Sequence[Center] | None = None,
        note: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.delay = delay
        self.fail_with = fail_with
        self.centers = a_shortlist() if centers is None else tuple(centers)
        self.note = note
        self.warnings = warnings
        self.no_contract: NoContractInReach | None = None
        self.evidence_answer = an_evidence()
        self.ladders: dict[str, Evidence] = {}
        """Evidence of single facilities, by id; the others have ``evidence_answer``."""
        self.procedures = {"total-knee-replacement": a_procedure()}
        self.matches: dict[str, tuple[ProcedureMatch, ...]] = {"knee": _KNEES, "bypass": _BYPASSES}
        self.calls: list[tuple[str, object]] = []

    async def _asked(self, method: str, argument: object) -> None:
        self.calls.append((method, argument))
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.fail_with:
            raise self.fail_with

    async def about(self) -> EditionInfo:
        """Give the demonstration edition."""
        await self._asked("about", None)
        return an_edition()

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        """Find the procedures whose key is in the words; sure when the first match has a high confidence."""
        await self._asked("search_procedures", words)
        found = next((matches for key, matches in self.matches.items() if key in words.lower()), ())
        return ProcedureAnswer(query=words, sure=bool(found) and found[0].confidence > 0.9, matches=found[:5])

    async def procedure(self, procedure_id: str) -> Procedure:
        """Give one procedure; any id of a match is known."""
        await self._asked("procedure", procedure_id)
        if known := self.procedures.get(procedure_id):
            return known
        for match in (match for matches in self.matches.values() for match in matches):
            if match.id == procedure_id:
                return a_procedure(id=match.id, name=match.name)
        raise UnknownProcedure(f'There is no procedure "{procedure_id}".', "Search for it with words.")

    async def locate(self, text: str) -> Place:
        """Know ZIP 53202 and three Springfields."""
        await self._asked("locate", text)
        if text.strip() in {"53202", "53202 Milwaukee, WI"}:
            return a_place()
        if text.strip().lower() == "springfield":
            raise AmbiguousPlace('"Springfield" may be 3 places.', "Add the state, or give a ZIP.", _SPRINGFIELDS)
        if any(text.strip() == choice.id for choice in _SPRINGFIELDS):
            return a_place(label=text.strip(), precision="city")
        raise UnknownPlace(
            f'No city "{text.strip()}" is known.', 'Give a ZIP, or a city with its state ("Milwaukee, WI").'
        )

    async def find_centers(self, question: Question) -> Offer:
        """Give the shortlist within the radius, without contract prices where the question asks for none."""
        await self._asked("find_centers", question)
        centers = [center for center in self.centers if center.miles <= question.miles]
        if question.recover_at:
            centers = [center.model_copy(update={"recover_miles": center.miles + 10}) for center in centers]
        if not question.show_contract_price:
            hidden = no_price(label="Contract price: ask the CoE desk.")
            said = {center.facility.id: center.spoken.partition(" The contract price")[0] for center in centers}
            centers = [
                center.model_copy(update={"price": hidden, "spoken": said[center.facility.id]}) for center in centers
            ]
        return an_offer(
            centers=tuple(centers[: question.limit]),
            total=len(centers),
            note=self.note,
            warnings=self.warnings,
            place=question.place,
            recover_at=question.recover_at,
            procedure=question.procedure,
            on=question.on,
            program=question.program,
            no_contract_in_reach=self.no_contract,
        )

    async def center(self, facility: str, question: Question) -> Center:
        """Give one center of the shortlist, unranked; raises UnknownFacility."""
        await self._asked("center", facility)
        for center in self.centers:
            if facility in (center.facility.id, center.facility.ccn):
                return center.model_copy(update={"rank": None, "rank_range": None})
        raise UnknownFacility(f'No facility has the id or CCN "{facility}".', "Look it up in an offer.")

    async def compare(self, facilities: tuple[str, ...], question: Question) -> Comparison:
        """Put centers of the shortlist side by side; their standings are read back from their shown scores."""
        await self._asked("compare", facilities)
        shown = (await self.find_centers(question.model_copy(update={"miles": 13_000.0, "limit": 10_000}))).centers
        known = {key: center for center in shown for key in (center.facility.id, center.facility.ccn) if key}
        for key in facilities:
            if key not in known:
                raise UnknownFacility(f'No facility has the id or CCN "{key}".', "Look it up in an offer.")
        centers = [known[key].model_copy(update={"rank": None, "rank_range": None}) for key in facilities]
        check_count([center.facility.id for center in centers])
        entries = [
            Entry(
                center,
                await self.evidence(center.facility.id, question.procedure, question.on, question.alliances),
                _standing(center.score),
            )
            for center in centers
        ]
        return compare(question, question.care_day or question.on + timedelta(days=90), entries)

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Give a ladder under the price of the center that was asked for; none of a contract on a public screen."""
        center = await self.center(facility, question)
        price = center.price
        candidates: tuple[PriceCandidate, ...] = (a_price_candidate(),)
        if price.kind == "contract_bundle":
            if question.show_contract_price:
                candidates = (a_bundle_candidate(price), *candidates)
            else:
                price = no_price(label="Contract price: ask the CoE desk.")
        return a_price_ladder(
            facility=center.facility,
            price=price,
            candidates=candidates,
            on=question.on,
            procedure=question.procedure,
            program=question.program,
            payer=question.payer,
            plan=question.plan,
        )

    async def evidence(self, facility: str, procedure: str, on: date, alliances: tuple[str, ...] = ()) -> Evidence:
        """Give the one ladder, under the name of the center that was asked for."""
        await self._asked("evidence", facility)
        center = next((center for center in self.centers if center.facility.id == facility), None)
        if center is None:
            raise UnknownFacility(f'No facility has the id or CCN "{facility}".', "Look it up in an offer.")
        own: dict[str, object] = {"facility": center.facility}
        if facility not in self.ladders and center.credential.state == "SUSPENDED":
            own["credential"] = center.credential
        return self.ladders.get(facility, self.evidence_answer).model_copy(update=own)

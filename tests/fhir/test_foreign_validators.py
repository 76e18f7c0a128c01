"""Generated messages before validators of others: nothing is found in a good one, every seeded defect is found.

30 messages on every run, 6 of them by Medplum; with COE_FHIR_ALL=1 a thousand by each, and 20 by pyfhircheck.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
from foreign_validators import (
    by_fhir_resources,
    by_invariants,
    by_node,
    by_pyfhircheck,
    by_schema,
    needs_node,
    needs_pyfhircheck,
)
from generated_packets import packets
from seeded_defects import DEFECTS, spoiled

from navigator.fhir.bser_rules import violations
from navigator.fhir.bundle import message_bundle

Json = dict[str, Any]
ALL = bool(os.environ.get("COE_FHIR_ALL"))
COUNT, BY_MEDPLUM, BY_INVARIANTS = (1000, 1000, 100) if ALL else (30, 6, 3)
CAUGHT_BY = {
    "missing intent": "fhir.resources npm-fhir Medplum own",
    "status sent": "schema npm-fhir own",
    "gender F": "schema npm-fhir",
    "bad date": "fhir.resources schema Medplum",
    "unknown field": "fhir.resources schema npm-fhir Medplum",
    "field of R5": "fhir.resources schema npm-fhir Medplum",
    "wrong cardinality": "fhir.resources schema Medplum",
    "coverage without payor": "fhir.resources schema npm-fhir Medplum own",
    "latitude as text": "schema npm-fhir Medplum",
    "empty text": "fhir.resources schema",
    "the same address twice (bdl-7)": "Medplum invariants own",
    "header not first (bdl-12)": "Medplum invariants own",
    "organization without name and number (org-1)": "invariants",
    "phone of no kind (cpt-2)": "Medplum invariants",
    "reference into nothing": "own",
    "reference to the wrong type": "Medplum own",
    "script in the narrative": "",
}
"""By whom of those that run every time; a script is found by pyfhircheck alone."""


@cache
def messages() -> tuple[Json, ...]:
    return tuple(message_bundle(packet) for packet in packets(COUNT))


@cache
def spoiled_messages() -> dict[str, Json]:
    good = next(each for each in messages() if "telecom" in str(each))
    return {defect: spoiled(good, defect) for defect in DEFECTS}


@cache
def said_by_node() -> tuple[list[list[str]], list[list[str]], list[dict[str, list[str]]]]:
    """Give what npm fhir and Medplum say of the good messages, and both of the spoiled ones; Node starts once."""
    both = [*messages()[:BY_MEDPLUM], *spoiled_messages().values()]
    by_both = by_node(both)
    by_fhir = by_node(messages()[BY_MEDPLUM:], "fhir") if COUNT > BY_MEDPLUM else []
    good = by_both[:BY_MEDPLUM]
    return [each["fhir"] for each in (*good, *by_fhir)], [each["medplum"] for each in good], by_both[BY_MEDPLUM:]


def test_generated_messages_break_no_rule_of_bser_and_no_model_of_fhir_resources() -> None:
    assert [broken for bundle in messages() if (broken := violations(bundle))] == []
    assert [found for bundle in messages() if (found := by_fhir_resources(bundle))] == []


@needs_node
def test_generated_messages_fit_the_schema_and_the_invariants_of_r4() -> None:
    assert [found for bundle in messages() if (found := by_schema(bundle))] == []
    assert [found for bundle in messages()[:BY_INVARIANTS] if (found := by_invariants(bundle))] == []


@needs_node
def test_generated_messages_are_valid_to_npm_fhir_and_to_medplum_with_us_core_patient() -> None:
    by_fhir, by_medplum, _ = said_by_node()
    assert (len(by_fhir), len(by_medplum)) == (COUNT, BY_MEDPLUM)
    assert [found for found in (*by_fhir, *by_medplum) if found] == []


@pytest.mark.skipif(not ALL, reason="takes 8 seconds; asked with COE_FHIR_ALL=1, as .ci/run does")
@needs_pyfhircheck
def test_generated_messages_are_valid_to_pyfhircheck_which_finds_a_script() -> None:
    *good, script = by_pyfhircheck([*messages()[:20], spoiled_messages()["script in the narrative"]])
    assert [found for found in good if found] == []
    assert any("script" in each for each in script)


@needs_node
def test_every_seeded_defect_is_found_by_those_who_can() -> None:
    found = {}
    for (defect, bundle), others in zip(spoiled_messages().items(), said_by_node()[2], strict=True):
        verdicts = {
            "fhir.resources": by_fhir_resources(bundle),
            "schema": by_schema(bundle),
            "npm-fhir": others["fhir"],
            "Medplum": others["medplum"],
            "invariants": by_invariants(bundle),
            "own": [rule.words for rule in violations(bundle)],
        }
        found[defect] = " ".join(name for name, said in verdicts.items() if said)
    assert found == CAUGHT_BY

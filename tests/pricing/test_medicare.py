"""Medicare's payment as yardstick: own row, else by weight, else the state's median (METHOD 3.3, 5.9)."""

from __future__ import annotations

from fractions import Fraction

from provider_directory.facts import InpatientFact
from provider_directory.pricing.medicare import MedicareYardstick, drg_weights, with_major_complications


def stays(ccn: str, drg: str, discharges: int, dollars: int) -> InpatientFact:
    return InpatientFact(ccn, drg, discharges, None, dollars * 100, None, 2)


YARDSTICK = MedicareYardstick(
    [
        stays("a", "470", 40, 15_000),
        stays("b", "469", 10, 30_000),
        stays("b", "481", 30, 20_000),
        stays("c", "470", 20, 18_000),
    ],
    {"a": "WI", "b": "WI", "c": "WI", "d": "WI", "e": "IL"},
)


def test_the_hospitals_own_row_comes_first() -> None:
    assert YARDSTICK.of("a", "470") == 1_500_000


def test_else_its_payment_per_weight_over_its_other_stays() -> None:
    weights = drg_weights()
    paid = Fraction(30_000 * 10 + 20_000 * 30) * 100
    per_weight = paid / (weights["469"] * 10 + weights["481"] * 30)
    assert YARDSTICK.of("b", "470") == per_weight * weights["470"]


def test_else_the_unweighted_median_of_its_state() -> None:
    assert YARDSTICK.of("d", "470") == 1_650_000
    assert YARDSTICK.of("e", "470") is None
    assert YARDSTICK.all_of("d", ["470", "999"]) == {"470": 1_650_000, "999": None}


def test_the_same_stay_with_major_complications_is_known() -> None:
    assert with_major_complications("470") == "469"
    assert with_major_complications("236") == "235"
    assert with_major_complications("743") == "742"
    assert with_major_complications("652") is None

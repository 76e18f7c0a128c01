"""Tax limits: METHOD's figures, years of one's own, and no guess for a year that is not loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.program.tax_limits import TaxYearNotLoaded, limits_of
from provider_directory.errors import BadInput

OWN = """
[{year}]
hdhp_minimum_deductible_self = 1750
hdhp_minimum_deductible_family = 3500
hdhp_out_of_pocket_self = 8700
hdhp_out_of_pocket_family = 17400
aca_out_of_pocket_self = 11000
aca_out_of_pocket_family = 22000
mileage_cents = 20.5
lodging_person_night = 50
source = "Invented for this test"
checked = 2026-12-01
"""


def test_the_limits_of_2025_and_2026_are_those_of_the_method(tmp_path: Path) -> None:
    none = tmp_path / "none.toml"
    old, new = limits_of(2025, none), limits_of(2026, none)
    assert (old.hdhp_minimum_deductible_self_cents, new.hdhp_minimum_deductible_self_cents) == (165_000, 170_000)
    assert (new.hdhp_minimum_deductible_family_cents, new.hdhp_out_of_pocket_family_cents) == (340_000, 1_700_000)
    assert (new.aca_out_of_pocket_self_cents, new.aca_out_of_pocket_family_cents) == (1_060_000, 2_120_000)
    assert (old.mileage_tenth_cents, new.mileage_tenth_cents) == (210, 205)
    assert new.lodging_person_night_cents == 5_000
    assert new.source
    assert new.checked <= date(2026, 12, 31)


def test_a_year_that_is_not_loaded_is_refused_with_the_years_that_are_and_the_way_to_add_it(tmp_path: Path) -> None:
    own = tmp_path / "tax_limits.toml"
    with pytest.raises(TaxYearNotLoaded, match="2025 and 2026") as refusal:
        limits_of(2027, own)
    assert refusal.value.code == "tax_year_not_loaded"
    assert str(own) in refusal.value.next_step


def test_a_file_of_ones_own_adds_a_year_and_may_correct_one(tmp_path: Path) -> None:
    own = tmp_path / "tax_limits.toml"
    own.write_text(OWN.format(year=2027))
    assert limits_of(2027, own).hdhp_minimum_deductible_self_cents == 175_000
    assert limits_of(2026, own).hdhp_minimum_deductible_self_cents == 170_000
    own.write_text(OWN.format(year=2026) + "\n")
    assert limits_of(2026, own).source == "Invented for this test"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("hdhp_minimum_deductible_self = 1750\n", "", "hdhp_minimum_deductible_self"),
        ("= 8700", '= "8,700"', "hdhp_out_of_pocket_self"),
        ("= 20.5", "= 20.55", "mileage_cents"),
        ("source =", "sauce =", "source"),
        ("[2027]", "[next]", "next"),
        ("checked = 2026-12-01", "checked = soon", "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_by_year_and_key(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    own = tmp_path / "tax_limits.toml"
    own.write_text(OWN.format(year=2027).replace(old, new))
    with pytest.raises(BadInput, match=named):
        limits_of(2027, own)

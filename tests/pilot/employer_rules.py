"""An employer with a rule, and a gate of it, for the tests of what a call says of both."""

from __future__ import annotations

from pathlib import Path

from pilot_desk import Employer

PROGRAM = """
format = 1
id = "brewline-foods"
employer = "Brewline Foods"
alliances = ["Lakeshore Health Alliance"]
plan_year = 2026
version = "2026-2"
mode = "voluntary"

[[plan_option]]
id = "ppo"
name = "PPO"
type = "ppo"
deductible_self = 1500
deductible_family = 3000
embedded_deductible = true
out_of_pocket_self = 4000
out_of_pocket_family = 8000
coinsurance = 20

[[plan_option]]
id = "hsa"
name = "HSA plan"
type = "hdhp"
hsa_qualified = true
deductible_self = 2500
deductible_family = 5000
embedded_deductible = false
out_of_pocket_self = 5000
out_of_pocket_family = 10000
coinsurance = 20

[[rule]]
clause = "6.1"
title = "Joints"
words = "At a center under contract the plan waives the member's share."
criteria_sets = ["hip-knee"]
inside = "waived"
outside = "normal"

[[rule.gate]]
clause = "6.8"
fact = "bmi"
below = 40
"""


def with_rules(folder: Path) -> Employer:
    """Give the employer, whose program file is written into ``folder``."""
    file = folder / "brewline-foods.toml"
    file.write_text(PROGRAM, encoding="utf-8")
    return Employer(file=file)

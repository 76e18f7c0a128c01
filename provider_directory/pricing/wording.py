"""Prices and the rules that keep or refuse them, in words (METHOD 3.2, 3.3, 5; PRODUCT "Price provenance")."""

from __future__ import annotations

from provider_directory.models import PriceKind, PriceSetting
from provider_directory.pricing.choosing import Chosen

SCOPES: dict[PriceSetting, str] = {
    "inpatient": "hospital stay, MS-DRG {code}; surgeon and anesthesia may be extra",
    "outpatient": "facility fee only, code {code}; surgeon, anesthesia, implant may be extra",
}
_OF_KIND: dict[PriceKind, str] = {
    "posted_negotiated": "Posted negotiated rate",
    "posted_typical": "Posted typical payment",
    "posted_average": "Posted average",
    "list_share": "Rate computed from list price",
    "posted_few_cases": "Posted typical payment, fewer than 11 cases",
    "cash": "Cash price (not the plan price)",
}
PLURALS: dict[PriceKind, str] = {
    "posted_negotiated": "posted rates",
    "posted_typical": "posted typical payments",
    "posted_average": "posted averages",
}
REASONS: dict[str, str] = {
    "contract_bundle": "A contract of the program's alliance that runs on this date names a bundle price.",
    "paid_by_plan": "No contract names a price; the plan's own paid claims here come first after it.",
    "posted_negotiated": "The hospital posts a negotiated rate of this payer; no contract or paid claim comes first.",
    "posted_typical": "For this payer the hospital posts no dollar rate, but what it was typically paid.",
    "posted_average": "For this payer the hospital posts no rate or typical payment that holds, but an average.",
    "list_share": "For this payer the hospital posts only a rate that is a share of its list price.",
    "other_insurers": "Nothing plausible of the plan's own payer is known here; three other payers or more post one.",
    "posted_few_cases": "The plan's own typical payment here rests on fewer than 11 cases; nothing better is posted.",
    "cash": "No plan's price here is plausible and known; this is what somebody without insurance pays.",
    "none": "Nothing that was weighed is a plausible price of this procedure here.",
}
NO_PAYER_NAMED = "No payer was named; at least three payers post a plausible price here."
FLAGS: dict[str, str] = {
    "method_other": "methodology other than case rate or fee schedule",
    "share_of_list_price": "computed from the list price",
    "below_0.8_medicare": "unusually low: below 0.8 times what Medicare pays",
    "above_6_medicare": "unusually high: above 6 times what Medicare pays",
    "medicare_not_known": "not tested: what Medicare pays is not known",
    "band_not_tested": "not tested: fewer than five hospitals post this code",
    "rate_for_part_of_the_stay": "covers the first days of the stay only; later days cost extra",
    "outpatient_only": "one line of an outpatient bill, not the operation: never ranked beside hospital stays",
    "inpatient_only": "a hospital stay, where the operation is mostly done outpatient: never ranked beside those",
    "comma_in_number": "the amount is written with a comma",
}
RULES: dict[str, str] = {
    "other_code_type": "the code type is none of MS-DRG, CPT and HCPCS",
    "not_a_code": "the code is not the plain number of a stay or service",
    "other_setting": "the setting is not that of the code: stays are inpatient, lines outpatient",
    "has_modifiers": "it holds with a modifier only",
    "professional": "it is the physician's fee, not the hospital's",
    "payer_medicare": "the payer is Medicare or a Medicare plan",
    "payer_medicaid": "the payer is Medicaid or a plan of it",
    "payer_tricare_va": "the payer is TRICARE or Veterans Affairs",
    "payer_exchange": "the plan is sold on the exchange",
    "payer_workers_comp": "it is for accidents at work or in traffic",
    "payer_other_public": "the payer is another public program",
    "payer_not_a_plan": "no health plan pays it",
    "no_payer": "it names no payer",
    "per_diem": "it is a price per day, not of the stay",
    "no_methodology": "the row does not say how the rate is paid",
    "no_amount": "it gives a percentage or a formula without an amount",
    "not_a_number": "the amount is not a number",
    "no_cases": "it was paid in no case",
    "count_not_said": "it does not say how many cases the median rests on",
    "percentiles_out_of_order": "the 10th and 90th percentile do not enclose the median",
    "at_most_1_dollar": "the amount is a placeholder of one dollar or less",
    "placeholder": "the amount is a placeholder such as 999999999",
    "equals_list_price": "it is the list price itself",
    "below_0.4_medicare": "it is below 0.4 times what Medicare pays for the stay",
    "above_10_medicare": "it is above 10 times what Medicare pays for the stay",
    "same_dollar_in_20_drgs": "the same dollar stands for 20 or more unrelated stays: a base rate, not a price",
    "below_0.1_of_hospitals": "it is below a tenth of what other hospitals post for the code",
    "above_10_of_hospitals": "it is above ten times what other hospitals post for the code",
    "no_cash_price": "the row has neither a payer nor a cash price",
    "file_over_24_months": "the file is more than 24 months old",
    "claims_over_24_months": "the claims are more than 24 months old, or of a time to come",
    "contract_not_running": "the contract does not run on this date",
    "made_the_price": "the price is made of it",
    "bundle_comes_first": "a contract bundle comes first",
    "claims_come_first": "the plan's own paid claims come first",
    "better_kind": "a kind that comes first has a price",
    "other_setting_comes_first": "the other setting comes first for this procedure, and the two are never mixed",
    "other_code_comes_first": "another code of the procedure comes first",
    "other_file_comes_first": "another file of this hospital comes first",
    "with_major_complications": "the same stay with major complications; shown beside, never ranked",
    "other_payer_or_plan": "it is of another payer or plan than the price",
    "own_payer_only": "this kind counts for its own payer only, which is not the caller's",
    "too_few_payers": "fewer than three payers post this kind, and none is the plan's own",
}


def label_of(chosen: Chosen, names_payer: bool) -> str:
    """Name the kind of a posted price, with whose it is; ``names_payer``: the question names a payer."""
    if chosen.kind == "other_insurers":
        others = "other payers" if names_payer else "payers"
        return f"Other insurers here: median of {chosen.payers} {others}' {PLURALS[chosen.of_kind]}"
    words = _OF_KIND[chosen.kind]
    if chosen.kind == "posted_typical" and chosen.cases:
        words += f", {chosen.cases:,} cases"
    if chosen.kind == "cash" and "share_of_list_price" in chosen.flags:
        words += ", an exact share of the list price"
    if chosen.match == "exact":
        return f"{words}, your payer and plan"
    return f"{words}, other plans of your payer" if chosen.match == "family" else words


def scope_of(setting: PriceSetting, code: str) -> str:
    """Say what a posted price is of and what may be extra (METHOD 3.3 h)."""
    return SCOPES[setting].format(code=code)


def rule_words(rule: str) -> str:
    """Give a rule's word as a sentence part; a word that is not known is given as it is."""
    return RULES.get(rule, rule.replace("_", " "))


def flag_words(flag: str) -> str:
    """Give a flag in words."""
    return FLAGS.get(flag, flag.replace("_", " "))

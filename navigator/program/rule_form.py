"""The form of a program file, table by table and key by key: what the workbook's sheets ask and the manual names."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from navigator.program.known_questions import TEST_WORDS
from navigator.program.reading_provisions import DUTIES
from navigator.program.rules import CostShareKind, Engagement, Mode, PlanType

Form = Literal["text", "dollars", "number", "percent", "date", "yes_no", "list", "numbers", "conditions", "words"]
"""What a cell holds. words: shorthands, separated by ";"; conditions: tests, separated by ";"."""
Needed = Literal["yes", "no"]


class Entry(NamedTuple):
    """One key of a table; dots lead into an inner table, e.g. "appeal.says"."""

    key: str
    words: str
    """What it holds, as a sentence without its period."""
    example: str = ""
    form: Form = "text"
    needed: Needed = "no"
    choices: tuple[str, ...] = ()
    width: int = 16


class Sheet(NamedTuple):
    """One sheet of the workbook: a table of the file, one row a table, or the keys of the file's top."""

    name: str
    key: str
    """The table's key; "" = the top of the file, whose keys stand one below the other."""
    words: tuple[str, ...]
    entries: tuple[Entry, ...]
    of_rule: bool = False
    """Whether the table stands inside a rule, named by the sheet's first column."""


SPANISH = "The same in Spanish, where the plan has it in Spanish"
"""Of a key that ends in _es: the plan's own Spanish of the key before it."""
RULE_NAME = Entry(
    "rule", "The short name of the rule on the sheet Rules that this row belongs to", "joint", needed="yes"
)
TIER_NAME = Entry("tier", "Name of the tier that it is the cost of; empty = every center under contract")
_MODES: tuple[str, ...] = get_args(Mode)
_CITED = (
    Entry("clause", "Where it stands in the plan document; empty = the rule's clause", "4.2", width=12),
    Entry("version", "Version of that clause; empty = the rule's", width=10),
    Entry("words", "The plan's own words", width=34),
    Entry("words_es", SPANISH, width=34),
)
_WHEN = Entry(
    "when",
    "For whom or in which case; empty = always. Several, all of which hold: hsa; age_years below 18",
    form="conditions",
    width=28,
)

PROGRAM = Sheet(
    "Program",
    "",
    ("Who the program is. One row is one key: fill in the column value.",),
    (
        Entry("id", "Short name, best the file's own", "acme-foods", needed="yes"),
        Entry("employer", "The employer's name, as it shows on the screen", "Acme Foods", needed="yes"),
        Entry(
            "alliances",
            "Alliances whose contracts count, each exactly as in the roster",
            "Lakeshore Health Alliance",
            "list",
            "yes",
        ),
        Entry("plan_year", "The plan year", "2026", "number", "yes"),
        Entry("version", "Version of the plan document", "2026-1"),
        Entry("valid_from", "First day; empty = January 1 of the plan year", "2026-01-01", "date"),
        Entry("valid_to", "Last day; empty = December 31 of the plan year", "2026-12-31", "date"),
        Entry("mode", "The mode of every rule that names none", "voluntary", choices=_MODES),
        Entry(
            "engagement",
            "How far the employer goes with centers of excellence",
            "benefit_design",
            choices=get_args(Engagement),
        ),
        Entry("ask", "Whom a member asks what the file does not say", "Acme Benefits, 414-555-0143"),
        Entry("payer", "The plan's payer as hospitals write it in their price files", "Northern Mutual"),
        Entry("plan", "The plan as hospitals write it in their price files", "Commercial PPO"),
        Entry("demonstration", "Whether the employer is invented", "no", "yes_no"),
        Entry("format", "Version of this form", "1", "number"),
        Entry("notes", "Sentences to keep with the program", "", "list"),
        Entry("retention_years", "Years for which what is kept about a person stays after the end", "10", "number"),
        Entry(
            "administration_fee", "What the program costs the plan for a case beside the center's price", "", "dollars"
        ),
        Entry(
            "appeal.says", "How a written decision is asked for and appealed", "Ask in writing; we answer by letter."
        ),
        Entry("appeal.says_es", SPANISH),
        Entry("appeal.within_days", "Within how many days", "180", "number"),
        Entry("appeal.to", "To whom", "Appeals, Box 1, Madison WI 53703"),
        Entry("appeal.clause", "Where the appeal stands in the plan document", "11"),
        Entry("appeal.version", "Version of that clause"),
        Entry("appeal.words", "The plan's own words"),
        Entry("appeal.words_es", SPANISH),
        Entry("no_center_in_reach.travel", "What is paid of travel when no center is in reach", "Paid from 50 miles."),
        Entry("no_center_in_reach.travel_es", SPANISH),
        Entry("no_center_in_reach.rule", "What the rule is then", "Any network hospital counts beyond 100 miles."),
        Entry("no_center_in_reach.rule_es", SPANISH),
        Entry("no_center_in_reach.exemption", "How the exemption is asked for", "The desk asks in writing."),
        Entry("no_center_in_reach.exemption_es", SPANISH),
        Entry("no_center_in_reach.second_opinion", "What second opinion there is", "By video, at no cost."),
        Entry("no_center_in_reach.second_opinion_es", SPANISH),
    ),
)
PLAN_OPTIONS = Sheet(
    "Plan options",
    "plan_option",
    ("One row is one plan that a member may have chosen. Amounts are a year's, in network.",),
    (
        Entry("id", "Short name, as member files write it", "ppo", needed="yes"),
        Entry("name", "As people call it", "PPO", width=22),
        Entry("name_es", SPANISH, width=22),
        Entry("type", "Kind of plan", "ppo", needed="yes", choices=get_args(PlanType)),
        Entry("hsa_qualified", "Whether it goes with a health savings account", "no", "yes_no"),
        Entry("deductible_self", "Deductible of one person, dollars; 0 = none", "1000", "dollars"),
        Entry("deductible_family", "Deductible of a family", "2000", "dollars"),
        Entry("embedded_deductible", "Whether one member of a family has the single deductible", "yes", "yes_no"),
        Entry("out_of_pocket_self", "Out-of-pocket maximum of one person", "4000", "dollars"),
        Entry("out_of_pocket_family", "Out-of-pocket maximum of a family", "8000", "dollars"),
        Entry(
            "embedded_out_of_pocket",
            "Whether one member of a family has the single maximum; empty = as the deductible",
            "",
            "yes_no",
        ),
        Entry("deductible_self_spouse", "Deductible of member and spouse; empty = as a family", "", "dollars"),
        Entry("deductible_self_children", "Deductible of member and children; empty = as a family", "", "dollars"),
        Entry("out_of_pocket_self_spouse", "Maximum of member and spouse; empty = as a family", "", "dollars"),
        Entry("out_of_pocket_self_children", "Maximum of member and children; empty = as a family", "", "dollars"),
        Entry("coinsurance", "The member's share after the deductible, percent: 20 = 20%", "20", "percent"),
        Entry("copay", "The member's fixed amount for a stay, where there is one", "", "dollars"),
    ),
)
RULES = Sheet(
    "Rules",
    "rule",
    (
        "One row is one rule. Of several that fit a procedure the most specific counts.",
        "Costs that hang on conditions, gates, travel and the like stand on the other sheets.",
    ),
    (
        Entry("rule", "Short name of the rule, for the other sheets", "joint", needed="yes"),
        Entry("clause", "Where the rule stands in the plan document", "4", needed="yes", width=12),
        Entry("title", "What it is about, in words", "Hip and knee replacement", needed="yes", width=30),
        Entry("mode", "Empty = the mode of the sheet Program", "mandatory", choices=_MODES),
        Entry("procedures", "Ids of procedures; put ; between them", "", "list", width=26),
        Entry("criteria_sets", "Ids of criteria sets; put ; between them", "hip-knee", "list"),
        Entry("service_lines", "Ids of service lines; put ; between them", "", "list"),
        Entry("except_procedures", "Ids of procedures that are left out; put ; between them", "", "list", width=20),
        Entry("members", "Whom the rule is for; empty = everybody", "", "conditions", width=20),
        Entry("valid_from", "First day; empty = the program's", "", "date"),
        Entry("valid_to", "Last day; empty = the program's", "", "date"),
        Entry("same_as", "Clause of a rule above from which all that is not said here is taken"),
        Entry(
            "inside",
            "What the member pays at a center under contract, where it is the same for all; else sheet Cost",
            "",
            "words",
            choices=("waived", "after_deductible", "normal"),
        ),
        Entry(
            "outside",
            "What the plan pays elsewhere, where it is the same for all; else sheet Outside",
            "nothing",
            "words",
            choices=("normal", "nothing"),
        ),
        Entry("not_for", "Members left out, e.g. medicare_primary; hmo; cobra", "medicare_primary", "words", width=22),
        Entry("duty", f"Any of {', '.join(key for key in DUTIES if key != 'other')}", "call_first", "words", width=22),
        Entry("follow_up_days", "Days after the operation, ; between them", "7; 14; 30", "numbers"),
        Entry("second_opinion.required", "Whether a second opinion is required; no = offered", "no", "yes_no"),
        Entry("second_opinion.by", "How, e.g. by video", "video, at no cost"),
        Entry("second_opinion.by_es", SPANISH),
        Entry("second_opinion.clause", "Its clause"),
        Entry("second_opinion.version", "Version of that clause"),
        Entry("second_opinion.words", "The plan's own words"),
        Entry("second_opinion.words_es", SPANISH),
        Entry("appeal.says", "How a decision is appealed, where another way than the program's"),
        Entry("appeal.says_es", SPANISH),
        Entry("appeal.within_days", "Within how many days", "", "number"),
        Entry("appeal.to", "To whom"),
        Entry("appeal.clause", "Its clause"),
        Entry("appeal.version", "Version of that clause"),
        Entry("appeal.words", "The plan's own words"),
        Entry("appeal.words_es", SPANISH),
        Entry("version", "Version of the clause; empty = the program's"),
        Entry("words", "The plan's own words", "", width=34),
        Entry("words_es", SPANISH, width=34),
    ),
)
_COST = (
    _WHEN._replace(example="hsa"),
    Entry("kind", "What the member pays", "after_deductible", needed="yes", choices=get_args(CostShareKind), width=18),
    Entry("percent", "The member's share, percent, for coinsurance", "", "percent"),
    Entry("copay", "Dollars, for copay", "", "dollars"),
    Entry("deductible_first", "Whether the deductible comes first, for coinsurance and copay", "", "yes_no"),
    Entry("at_most", "What the member pays at most for a case, dollars", "", "dollars"),
    *_CITED,
)
COST = Sheet(
    "Cost",
    "inside",
    ("What the member pays at a center under contract. Of several rows of a rule the first whose case it is counts.",),
    (RULE_NAME, TIER_NAME, *_COST),
    of_rule=True,
)
OUTSIDE = Sheet(
    "Outside",
    "outside",
    ("What the plan pays at other hospitals. Of several rows of a rule the first whose case it is counts.",),
    (
        RULE_NAME,
        _WHEN,
        Entry(
            "plan_pays",
            "normal, percent, nothing, or up_to an amount",
            "percent",
            choices=("normal", "percent", "nothing", "up_to"),
        ),
        Entry("percent", "Percent of the allowed amount that the plan pays", "50", "percent"),
        Entry("up_to", "Dollars of a reference price: what is above is the member's", "", "dollars"),
        Entry("deductible_first", "Whether the deductible comes before the plan's percentage", "yes", "yes_no"),
        Entry("penalty", "Dollars that the member pays on top", "", "dollars"),
        Entry("penalty_percent", "Percent of the allowed amount that the member pays on top", "", "percent"),
        Entry("counts_toward_out_of_pocket", "Whether the out-of-pocket maximum limits it", "no", "yes_no"),
        Entry("exempt_beyond_miles", "Members farther from every center have the normal benefit", "100", "number"),
        *_CITED,
    ),
    of_rule=True,
)
TIERS = Sheet(
    "Tiers",
    "tier",
    ("The tiers of a tiered rule, the first tier first; what each costs stands on the sheet Cost.",),
    (
        RULE_NAME,
        Entry("name", "What the plan calls it", "Tier 1", needed="yes"),
        Entry(
            "centers",
            "Which hospitals belong to it",
            "contract",
            needed="yes",
            choices=("contract", "public_check", "listed", "all"),
        ),
        Entry("facilities", "Ids or CCNs, for listed; put ; between them", "", "list", width=24),
        *_CITED,
    ),
    of_rule=True,
)
GATES = Sheet(
    "Gates",
    "gate",
    ("What the program asks before the operation. A fact that is known needs no question: bmi, tobacco_free_weeks …",),
    (
        RULE_NAME,
        Entry("fact", "The fact that is tested", "bmi", needed="yes", width=22),
        Entry("test", "The test", "below", needed="yes", choices=tuple(TEST_WORDS)),
        Entry("value", "A number, yes, no, a word, or words with ; between them", "40", needed="yes", width=22),
        Entry("id", "Short name, where two gates of a rule test the same fact"),
        Entry("ask", "The question to the member; empty = the ready one", width=30),
        Entry("ask_es", SPANISH, width=30),
        Entry("not_yet", "What is said where it is not met; empty = the ready sentence", width=30),
        Entry("not_yet_es", SPANISH, width=30),
        Entry("would_change", "What would meet it; empty = the ready sentence", width=30),
        Entry("would_change_es", SPANISH, width=30),
        _WHEN,
        Entry("or_when", "Another way through the gate", "", "conditions", width=24),
        *_CITED,
    ),
    of_rule=True,
)
LEFT_OUT = Sheet(
    "Left out",
    "not_for",
    ("Whom the rule leaves out, where a word on the sheet Rules does not say it.",),
    (
        RULE_NAME,
        _WHEN._replace(needed="yes", words="Whom: all hold", example="plan_option is basic-hdhp"),
        Entry("instead", "What they have instead", "The normal benefit.", width=30),
        *_CITED,
    ),
    of_rule=True,
)
REWARDS = Sheet(
    "Rewards",
    "reward",
    ("What the plan gives a member who uses a center under contract.",),
    (
        RULE_NAME,
        _WHEN,
        Entry("amount", "Dollars", "500", "dollars", "yes"),
        Entry("account", "Where it goes: hsa, hra, gift card, paycheck", "gift card", needed="yes"),
        Entry("annual_cap", "Dollars a year at most", "1000", "dollars"),
        *_CITED,
    ),
    of_rule=True,
)
TRAVEL = Sheet(
    "Travel",
    "travel",
    ("What is paid of the way to a center under contract and back.",),
    (
        RULE_NAME,
        _WHEN,
        Entry("min_miles", "Miles one way from which it is paid", "50", "number"),
        Entry("cap_case", "Dollars a case at most", "5000", "dollars"),
        Entry("cap_year", "Dollars a year at most", "10000", "dollars"),
        Entry("companions", "How many may go along", "1", "number"),
        Entry("companions_if_minor", "How many may go along with a minor", "2", "number"),
        Entry("per_diem", "Dollars a person and day", "", "dollars"),
        Entry("meals_per_person_day", "Meals a person and day", "3", "number"),
        Entry("lodging_night", "Dollars a night for all together, at most", "180", "dollars"),
        Entry("nights", "Nights at most", "5", "number"),
        Entry("class", "Class of travel", "economy"),
        Entry("mileage", "irs = the medical rate of the tax law", "irs", choices=("irs", "none", "cents")),
        Entry("mileage_cents", "Cents a mile, for mileage cents", "", "number"),
        Entry("preapproval", "Whether it is approved beforehand", "yes", "yes_no"),
        Entry("arranged_by", "Who arranges it", "the program"),
        *_CITED,
    ),
    of_rule=True,
)
DUTY = Sheet(
    "Duties",
    "duty",
    ("What the member must have or do, where the plan says more than the word on the sheet Rules.",),
    (
        RULE_NAME,
        Entry("id", "Which duty", "caregiver", needed="yes", choices=tuple(DUTIES)),
        Entry("says", "The duty as a sentence; empty = the ready one", width=40),
        Entry("says_es", SPANISH, width=40),
        Entry("expenses_covered", "Whether its expenses are paid", "yes", "yes_no"),
        _WHEN,
        *_CITED,
    ),
    of_rule=True,
)
EXCEPTIONS = Sheet(
    "Exceptions",
    "exception",
    ("The ways around the rule.",),
    (
        RULE_NAME,
        Entry("title", "What it is, in words", "Emergency", needed="yes", width=30),
        Entry("title_es", SPANISH, width=30),
        Entry("id", "Short name; empty = made of the title"),
        _WHEN._replace(words="When it is open; empty = a person judges it", example="emergency is yes"),
        Entry(
            "gives", "What it opens", "normal_benefit", choices=("normal_benefit", "inside_benefit", "review"), width=18
        ),
        Entry("how", "What the member or the desk does to ask for it", "Call within 48 hours.", width=34),
        Entry("how_es", SPANISH, width=34),
        *_CITED,
    ),
    of_rule=True,
)
QUESTIONS = Sheet(
    "Questions",
    "question",
    ("Questions of the program's own, for facts that conditions name and that have no question ready.",),
    (
        Entry("fact", "The name by which conditions and member files call it", "union_member", needed="yes", width=22),
        Entry("form", "Form of the answer", "yes_no", needed="yes", choices=("number", "yes_no", "word")),
        Entry("ask", "The question, as it is asked", "Is the member in the union?", needed="yes", width=40),
        Entry("ask_es", SPANISH, width=30),
        Entry("choices", "The answers that the rules tell apart, for word; put ; between them", "", "list", width=24),
        Entry("unit", "For number, e.g. weeks"),
    ),
)
SHEETS = (
    PROGRAM,
    PLAN_OPTIONS,
    RULES,
    COST,
    OUTSIDE,
    TIERS,
    GATES,
    LEFT_OUT,
    REWARDS,
    TRAVEL,
    DUTY,
    EXCEPTIONS,
    QUESTIONS,
)
"""The sheets in their order; those of a rule come after the sheet that names the rules."""

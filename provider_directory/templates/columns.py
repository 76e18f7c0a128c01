"""What the templates ask for, column by column, in plain words; the columns are those that the readers know."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from provider_directory.models import Kind

Form = Literal["text", "date", "dollars", "number", "degrees"]
Needed = Literal["yes", "no", "one of these"]


class Column(NamedTuple):
    """One column of a template."""

    name: str
    words: str
    """What it holds, as a sentence."""
    example: str
    needed: Needed = "no"
    form: Form = "text"
    choices: str = ""
    """The list of ``lists.choice_lists`` that its cells are chosen from; "" = free."""
    width: int = 16


class Template(NamedTuple):
    """A workbook to fill in."""

    name: str
    sheet: str
    title: str
    words: tuple[str, ...]
    """What to know before filling it in, a sentence each."""
    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], ...]
    """Example rows: their first values; the others are those of ``Column.example``."""
    next_step: str


_FACILITY = (
    Column("ccn", "Medicare number of the facility, 6 or 10 characters; keep leading zeros", "90Z001", "one of these"),
    Column("npi", "National Provider Identifier of the facility, ten digits", "2900000011", "one of these"),
    Column("name", "Name of the facility", "Marquette Lakes Orthopedic Hospital", "one of these", width=34),
    Column("zip", "ZIP code of the facility; needed where only a name is given", "53210", width=9),
)
_ID = Column("facility_id", "Our id of the facility, where it is known", "EXAMPLE", "one of these", width=18)
_ALLIANCE = Column(
    "alliance", "Name of the alliance, as the programs write it", "Lakeshore Health Alliance", "yes", width=26
)
_COVERS = (
    Column(
        "criteria_set",
        "The contract covers all procedures of this set",
        "hip-knee",
        "one of these",
        choices="criteria_sets",
        width=18,
    ),
    Column(
        "procedure",
        "… or this one procedure; exactly one of the two",
        "",
        "one of these",
        choices="procedures",
        width=26,
    ),
)
_DATES = (
    Column("effective", "First day of the contract", "2025-04-01", form="date", width=12),
    Column("ends", "Last day of the contract; empty = no end is agreed", "2027-06-30", form="date", width=12),
)
_PARTS = (
    Column("price_effective", "Since when this price holds", "2026-01-01", form="date", width=14),
    Column(
        "price_includes",
        "What is in the price; put ; between the parts",
        "hospital; surgeon; anesthesia; implant",
        width=34,
    ),
    Column("price_excludes", "What is extra; put ; between the parts", "rehabilitation", width=22),
    Column("run_out", "Terms for care that was planned before the contract ends", "honored for 120 days", width=22),
    Column("warranty", "What happens after a complication", "90 days, related readmissions", width=26),
    Column(
        "visibility",
        "public, or members: others do not see that there is a contract; empty = public",
        "public",
        choices="visibility",
        width=11,
    ),
)

ROSTER = Template(
    "roster",
    "Roster",
    "The roster of an alliance",
    (
        "One row is one contract: one center, one alliance, one criteria set or one procedure.",
        "A change adds a row with a later first day; leave the old row as it is.",
    ),
    (
        _ID,
        *_FACILITY,
        Column(
            "kind",
            "Only for a facility that no hospital file lists, e.g. a surgery center: then give name, address"
            " and ZIP code too",
            "",
            choices="kinds",
            width=15,
        ),
        Column("address", "Street, for such a facility", "", width=24),
        Column("city", "City, for such a facility", "", width=14),
        Column("state", "Two letters, for such a facility", "", width=7),
        Column("phone", "Telephone, for such a facility", "", width=15),
        Column("latitude", "Its point on the map, degrees north", "", form="degrees", width=10),
        Column("longitude", "Its point on the map, degrees east (negative in America)", "", form="degrees", width=10),
        _ALLIANCE,
        *_COVERS,
        Column("status", "active, or suspended; empty = active", "active", choices="status", width=11),
        *_DATES,
        Column("suspended_on", "First day of the suspension, where status is suspended", "", form="date", width=13),
        Column("reason", "Why it is suspended", "", width=22),
        Column("bundle_price", "The price of the bundle in dollars", "24100", form="dollars", width=13),
        *_PARTS,
        Column(
            "routes",
            "How a referral reaches the center, best first; put ; between them",
            "portal; secure e-mail; phone",
            width=26,
        ),
        Column("intake_phone", "Whom a navigator calls", "(414) 555-0150", width=15),
        Column(
            "attested_cases_per_year",
            "Cases a year of all payers, as the center attests",
            "905",
            form="number",
            width=12,
        ),
        Column(
            "attested_on", "The day of that attestation; it counts for 12 months", "2026-04-15", form="date", width=12
        ),
        Column(
            "surgeons",
            "Surgeons under contract; put ; between them. Each is Name|NPI|procedure,procedure|language,language|yes or"
            " no (takes new patients)|wait in days",
            "Thuy Kellrada|2907124608|total-knee-replacement,total-hip-replacement|English|yes|10",
            width=44,
        ),
    ),
    (
        (),
        (
            *("EXAMPLE", "", "2900000029", "Fernlake Surgery Center", "53202", "surgery_center", "3 Fir Street"),
            *("Milwaukee", "WI", "(414) 555-0177"),
        ),
    ),
    "Fill it in, put it into the folder of your sources, and run `coe build --from FOLDER`.",
)
CONTRACTS = Template(
    "contracts",
    "Contracts",
    "The contracts of an alliance with their prices",
    (
        "One row is one price: one alliance, one facility, one criteria set or one procedure.",
        "It adds to the roster, which names surgeons and telephones; every row here needs a price.",
        "A new price is a new row with a later price_effective; leave the old row as it is.",
    ),
    (
        _ID,
        *_FACILITY,
        _ALLIANCE,
        *_COVERS,
        *_DATES,
        Column(
            "contract_price",
            "The price of the bundle in dollars, for all in price_includes",
            "24100",
            "yes",
            "dollars",
            width=14,
        ),
        *_PARTS,
    ),
    ((),),
    "Fill it in, put it into the folder of your sources, and run `coe build --from FOLDER`.",
)
SITES = Template(
    "sites",
    "Sites",
    "The places of work of an employer",
    (
        "One row is one site; a navigator may then say its name in place of a ZIP code.",
        "A site needs a ZIP code, or city and state, or latitude and longitude.",
    ),
    (
        Column("site", "The name that people say", "EXAMPLE: Tulsa plant", "yes", width=28),
        Column("address", "Street", "1400 Demonstration Street", width=28),
        Column("city", "City", "Tulsa", "one of these", width=16),
        Column("state", "Two letters", "OK", "one of these", width=7),
        Column("zip", "ZIP code", "74103", "one of these", width=9),
        Column("latitude", "Degrees north, where the point is known", "36.155", "one of these", "degrees", width=10),
        Column("longitude", "Degrees east (negative in America)", "-95.995", "one of these", "degrees", width=10),
    ),
    ((),),
    "Fill it in and keep it as programs/ID.sites.xlsx in the data folder, ID being the program's.",
)
CLAIMS = Template(
    "claims",
    "Paid claims",
    "What an employer's plan paid",
    (
        "One row is one program, one facility, one procedure and one setting over one period: counts and amounts only.",
        "Rows of fewer than 11 cases are not read: they may point to a person. Never put a person into this file.",
        "A figure counts for 24 months after its period has ended.",
    ),
    (
        Column("program", "Id of the program whose plan paid", "EXAMPLE: brewline-foods", "yes", width=26),
        _ID._replace(example=""),
        *_FACILITY,
        Column("procedure", "The procedure", "total-knee-replacement", "yes", choices="procedures", width=26),
        Column("setting", "inpatient or outpatient", "inpatient", "yes", choices="settings", width=12),
        Column("cases", "How many cases, 11 or more", "14", "yes", "number", width=8),
        Column("period_start", "First day of the period", "2025-07-01", "yes", "date", width=13),
        Column("period_end", "Last day of the period", "2026-06-30", "yes", "date", width=13),
        Column(
            "allowed_median",
            "The middle of the allowed amounts, in dollars: what plan and member paid together",
            "31500",
            "yes",
            "dollars",
            width=15,
        ),
        Column("allowed_p10", "One case in ten was allowed less", "27000", form="dollars", width=13),
        Column("allowed_p90", "One case in ten was allowed more", "44000", form="dollars", width=13),
        Column(
            "counts",
            "What the amounts count: the fees of hospital and doctors, or the hospital's alone; empty = not known, and"
            " then no saving is said",
            "facility_and_professional",
            choices="counts",
            width=24,
        ),
    ),
    ((),),
    "Fill it in, put it into the folder of your sources, and run `coe build --from FOLDER`.",
)
MEMBERS = Template(
    "members",
    "Members",
    "The people who may have the benefit",
    (
        "One row is one person: an employee, a spouse or a child.",
        "Give no Social Security numbers, no diagnoses and no other column: a file with them is refused.",
        "A match with this file is not a guarantee of coverage.",
    ),
    (
        Column("member_id", "The plan's own number of the member", "EXAMPLE: BLF-100214", "one of these", width=22),
        Column("name", "Given name and family name", "June Stellgate", "one of these", width=26),
        Column("birth_date", "Birth date; with the name it finds who has no number at hand", "1974-03-09", form="date"),
        Column("zip", "Home, five digits", "53202", width=9),
        Column("coverage_tier", "Who is covered", "self_spouse", choices="coverage_tiers", width=15),
        Column("plan_option", "Id or name of a plan option of the program", "ppo", width=14),
        Column("relationship", "To the employee", "subscriber", choices="relationships", width=13),
        Column("other_coverage", "Another plan, e.g. Medicare; empty = none is known", "", width=24),
        Column("effective", "First day of coverage", "2019-02-01", form="date", width=12),
        Column("ends", "Last day of coverage; empty = no end is known", "", form="date", width=12),
        Column("employment", "Of the employee; empty = not known", "active", choices="employments", width=12),
    ),
    ((),),
    "Fill it in and run `coe members check FILE --program ID`, then `coe members import`; then delete the file.",
)
TEMPLATES = {template.name: template for template in (ROSTER, CONTRACTS, SITES, CLAIMS, MEMBERS)}

FIXED_LISTS: dict[str, tuple[str, ...]] = {
    "status": ("active", "suspended"),
    "visibility": ("public", "members"),
    "settings": ("inpatient", "outpatient"),
    "counts": ("facility_and_professional", "facility"),
    "coverage_tiers": ("self", "self_spouse", "self_children", "family"),
    "relationships": ("subscriber", "spouse", "child", "other"),
    "employments": ("active", "cobra", "retiree", "leave"),
    "kinds": tuple(kind for kind in get_args(Kind) if kind not in ("va", "dod", "long_term", "rural_emergency")),
}


def example_rows(template: Template) -> list[list[str]]:
    """Give the example rows: each begins with EXAMPLE, by which a reader knows and ignores it."""
    first = [column.example for column in template.columns]
    return [[*changes, *first[len(changes) :]] for changes in template.examples]

"""Three invented employers with their programs, and the invented people of their eligibility file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

from provider_directory.demo.tables import csv_content
from provider_directory.demonstration_files import put_files


class DemonstrationMember(NamedTuple):
    """One invented person of an eligibility file; dates ISO, "" = open or none."""

    program_id: str
    member_id: str
    name: str
    birth_date: str
    zip: str
    coverage_tier: str
    plan_option: str
    relationship: str
    other_coverage: str
    effective: str
    ends: str
    employment: str


PROGRAMS = ("brewline-foods", "copperline-rail", "harborlight-schools")
_MEMBERS = (
    # The call of the showpiece: a PPO subscriber in Milwaukee.
    "brewline-foods|BLF-100214|June Stellgate|1974-03-09|53202|employee + spouse|PPO|subscriber||2019-02-01||active",
    # A spouse on two plans: which pays first?
    "brewline-foods|BLF-100214-02|Anselm Stellgate|1972-11-30|53202|employee + spouse|PPO|spouse"
    "|copperline-rail CPR-220871|2019-02-01||active",
    "copperline-rail|CPR-220871|Anselm Stellgate|1972-11-30|53202|employee only|HSA|subscriber"
    "|brewline-foods BLF-100214-02|2015-06-01||active",
    # A high-deductible plan with a health savings account: the deductible comes first.
    "brewline-foods|BLF-100377|Marisol Ninnovak|1986-07-21|53186|employee only|HSA|subscriber||2022-01-01||active",
    # A minor: a parent speaks, and two may travel with her.
    "brewline-foods|BLF-100402-03|Wrenna Kelldale|2012-05-17|53092|family|PPO|child||2020-09-01||active",
    "brewline-foods|BLF-100402|Gideon Kelldale|1980-01-25|53092|family|PPO|subscriber||2020-09-01||active",
    # A child who is of age: a parent hears general answers only.
    "brewline-foods|BLF-100402-02|Odette Kelldale|2005-10-02|53703|family|PPO|child||2020-09-01||active",
    # Nobody within 300 miles: Hilo.
    "brewline-foods|BLF-100555|Kenji Farraessen|1969-12-12|96720|employee only|PPO|subscriber||2017-04-01||active",
    # Medicare pays first.
    "brewline-foods|BLF-100009|Rosalind Haskholm|1957-08-04|53406|employee only|PPO"
    "|subscriber|Medicare|2001-01-01||retiree",
    # Coverage that has ended, and coverage that ends with the year.
    "brewline-foods|BLF-100611|Quentin Lorndale|1991-02-14|53215|employee only|PPO"
    "|subscriber||2021-01-01|2026-08-31|active",
    "brewline-foods|BLF-100618|Thuy Ornova|1978-06-06|53066|employee only|PPO|subscriber||2018-01-01|2026-12-31|COBRA",
    # The same name and birth date twice: the member id decides.
    "copperline-rail|CPR-220140|Verena Mottberg|1983-09-19|60611|employee only|PPO|subscriber||2014-01-01||active",
    "copperline-rail|CPR-220963|Verena Mottberg|1983-09-19|64108|employee only|HSA|subscriber||2023-03-01||active",
    "copperline-rail|CPR-220305|Yusuf Brackander|1965-04-28|75204|employee + spouse|PPO|subscriber||2009-01-01||active",
    "copperline-rail|CPR-220305-02|Farrah Brackander|1968-10-15|75204|employee + spouse|PPO|spouse||2009-01-01||active",
    "copperline-rail|CPR-220418|Soren Dunnkirk|1976-05-03|99723|employee only|PPO|subscriber||2016-07-01||active",
    "copperline-rail|CPR-220502|Corazon Rivvdale|1988-03-27|85013|employee + children|HSA"
    "|subscriber||2020-01-01||active",
    "copperline-rail|CPR-220502-02|Emeka Rivvdale|2017-01-08|85013|employee + children|HSA|child||2020-01-01||active",
    "harborlight-schools|HLS-330018|Delphine Corminham|1970-02-20|02118|employee only|PPO"
    "|subscriber||2003-09-01||active",
    "harborlight-schools|HLS-330207|Priya Quarrlowe|1981-12-01|10019|family|PPO|subscriber||2012-09-01||active",
    "harborlight-schools|HLS-330207-02|Nadir Quarrlowe|1979-07-13|10019|family|PPO|spouse||2012-09-01||active",
    "harborlight-schools|HLS-330207-03|Zelda Quarrlowe|2010-04-30|10019|family|PPO|child||2012-09-01||active",
    "harborlight-schools|HLS-330344|Lucinda Paskrada|1962-08-23|33136|employee only|HSA|subscriber||1998-09-01||active",
    "harborlight-schools|HLS-330391|Ulises Gormfield|1990-10-10|98122|employee only|PPO|subscriber||2024-09-01||active",
)


_SITES = (
    "brewline-foods|Milwaukee brewery|1200 Demonstration Street|Milwaukee|WI|53204",
    "brewline-foods|Tulsa plant|1400 Demonstration Street|Tulsa|OK|74103",
    "brewline-foods|Hilo depot|12 Demonstration Street|Hilo|HI|96720",
    "copperline-rail|Chicago yard|2100 Demonstration Street|Chicago|IL|60616",
    "copperline-rail|Kansas City shops|800 Demonstration Street|Kansas City|MO|64120",
    "copperline-rail|Dallas yard|560 Demonstration Street|Dallas|TX|75204",
    "harborlight-schools|Roxbury campus|77 Demonstration Street|Boston|MA|02119",
    "harborlight-schools|Harlem campus|410 Demonstration Street|New York|NY|10027",
    "harborlight-schools|Wynwood campus|300 Demonstration Street|Miami|FL|33127",
)


def demonstration_members() -> tuple[DemonstrationMember, ...]:
    """Give the invented people of all three programs."""
    return tuple(DemonstrationMember(*line.split("|")) for line in _MEMBERS)


def write_programs(folder: Path) -> None:
    """Write the program file and the list of sites of each invented employer, and their people; raises OSError.

    The people are members.csv, an eligibility file, and members/, a member file each for `coe rule`. A file that
    another version wrote is made anew; one that a person changed stays as it is.
    """
    contents = {f"{program_id}.toml": _packaged("program_files", f"{program_id}.toml") for program_id in PROGRAMS}
    for program_id in PROGRAMS:
        own = [line.split("|")[1:] for line in _SITES if line.startswith(f"{program_id}|")]
        contents[f"{program_id}.sites.csv"] = csv_content(("site", "address", "city", "state", "zip"), own)
    contents["members.csv"] = csv_content(DemonstrationMember._fields, demonstration_members())
    for file in sorted(resources.files(__package__).joinpath("member_files").iterdir(), key=lambda file: file.name):
        contents[f"members/{file.name}"] = file.read_bytes()
    put_files(folder, contents)


def _packaged(kind: str, name: str) -> bytes:
    return resources.files(__package__).joinpath(kind, name).read_bytes()

"""What the words and footnotes of the CMS files mean (METHOD 2.1, 4.11), and a figure as it is said (CONTRACT 8)."""

from __future__ import annotations

import re
from typing import Literal

from provider_directory.quality.profiles import Measure
from provider_directory.saying import ENGLISH, Say, upper_first

Compared = Literal["better", "same", "worse"]

# By first word: "number" (of cases too small) and "not" (available) say nothing about quality.
_COMPARED: dict[str, Compared] = {
    "better": "better",
    "fewer": "better",
    "no": "same",
    "average": "same",
    "worse": "worse",
    "more": "worse",
}

# Own wording of the list in METHOD 2.1.
_FOOTNOTES = {
    "1": "too few cases to publish",
    "2": "based on a sample of patients",
    "3": "based on a shorter period than usual",
    "4": "withheld by CMS",
    "5": "not available for this period",
    "6": "fewer than 100 patients answered the survey",
    "7": "no cases met the measure's criteria",
    "8": "no infections occurred, so the lower end of the range cannot be calculated; the value is valid",
    "10": "very few patients answered the survey: read with care",
    "11": "there were differences in how the data were collected",
    "12": "the measure does not apply to this hospital",
    "13": "cannot be calculated: less than one infection was predicted",
    "15": "fewer than 100 surveys, so no stars",
    "16": "too few measures for an overall star rating",
    "19": "does not take part in CMS quality reporting",
    "22": "Department of Defense hospital: overall stars are not calculated",
    "23": "differences in the claims data were found",
    "28": "partial data: extraordinary circumstances",
    "29": "partial data: extraordinary circumstances",
}
_CODE = re.compile(r"\d+")


def compared_class(text: str) -> Compared | None:
    """Read "Compared to National" by its first word, case-insensitive; None = it says nothing (METHOD 4.11).

    Return days (EDAC): more is worse, fewer better, average the same.
    """
    first, _, _ = text.strip().partition(" ")
    return _COMPARED.get(first.lower())


def footnotes(text: str) -> list[tuple[str, str]]:
    """Give (code, words) for each footnote in a cell such as "3, 29" or "1 - The number of cases ..."."""
    codes = []
    for piece in re.split(r"[,;]", text):
        match = _CODE.match(piece.strip())
        if match and match[0] not in codes:
            codes.append(match[0])
    return [(code, _FOOTNOTES.get(code, f"CMS footnote {code}, meaning not known")) for code in codes]


def spoken_figure(measure: Measure, value: float, say: Say = ENGLISH) -> str:
    """Say a figure in one sentence with whom it is about and the national figure.

    "Of Medicare patients, 65 and over, who had a hip or knee replaced there, 2.4 in 100 had a complication; nationally
    3.6." Ratios are said against their reference, return days as days for 100 patients (CONTRACT 8).
    """
    name, outcome = upper_first(say.term(measure.name)), say.term(measure.outcome)
    about, figure = say.term(_inside(measure.about)), f"{value:g}"
    if measure.unit == "percent":
        said = say("Of {about}, {figure} in 100 {outcome}", about=about, figure=figure, outcome=outcome)
    elif measure.unit == "per 1000":
        said = say("Of {about}, {figure} in 1,000 {outcome}", about=about, figure=figure, outcome=outcome)
    elif measure.unit == "ratio":
        said = say("{name}: ratio {figure}, lower is better", name=name, figure=figure)
    else:
        days = f"{abs(value):g}"
        fewer = say("{name}: {days} fewer days than expected for every 100 patients.", name=name, days=days)
        more = say("{name}: {days} more days than expected for every 100 patients.", name=name, days=days)
        return fewer if value < 0 else more
    if measure.national is None:
        return f"{said}."
    return f"{said}; {say.term(_NATIONALLY[measure.national_is])} {measure.national:g}."


_NATIONALLY = {
    "national rate": "nationally",
    "national value": "nationally",
    "national average": "nationally",
    "all hospitals together": "all hospitals together",
    "expected for its patients": "expected",
}


def _inside(about: str) -> str:
    # "Medicare" keeps its capital inside a sentence; "Patients", "Adults", "Women" do not.
    return about if about.startswith("Medicare") else about[0].lower() + about[1:]

"""Which kind of payer a price file names: commercial, or one that pays for no employer (METHOD 5, payer_words.csv).

The words of the list are matched in order on "payer | plan" in lower case; the first match names the class.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib import resources

COMMERCIAL = "commercial"
"""No word of the list fits: kept (METHOD 3.3 e)."""
_BLANKS = re.compile(r"[\s_]+")


# A file names some hundred payers and plans in a million rows.
@lru_cache(maxsize=65_536)
def payer_class(payer: str, plan: str) -> str:
    """Give the class of a payer and plan as written: a class of payer_words.csv, or "commercial"."""
    text = _BLANKS.sub(" ", f"{payer} | {plan}".lower()).strip()
    return next((name for name, pattern in _patterns() if pattern.search(text)), COMMERCIAL)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files(__package__).joinpath("payer_words.csv").read_text(encoding="utf-8")
    return tuple((row["class"], re.compile(row["pattern"])) for row in csv.DictReader(text.splitlines()))

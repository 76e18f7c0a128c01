"""What makes a pilot quick: shorter sleeps between keys, and style sheets that are parsed once for all apps of a run.

Both reach into Textual, whose version is pinned; nothing of it changes what a screen shows.
"""

from __future__ import annotations

from textual import _wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def _parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    what = (css, read_from, is_default_rules, tie_breaker, scope)
    key = (*what, *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *what)
    return _parsed[key]


def make_pilots_quick() -> None:
    """Let every app of this process start and be waited for quickly."""
    # A pilot sleeps twice so long for each key; a frame of ours is drawn in less than half of Textual's 20 ms.
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.01, 0.0005
    Stylesheet._parse_rules = _parse_once  # type: ignore[assignment]

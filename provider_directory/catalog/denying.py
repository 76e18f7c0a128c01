"""What a caller takes back in the same breath: "not my hip, my knee", "una rodilla, no la cadera"."""

from __future__ import annotations

import re
from collections.abc import Callable

_MINE = "a|an|the|my|his|her|our|your|their"
_MIO = "el|la|los|las|mi|mis|su|sus|un|una"
_END = r"(?=\s*(?:$|[,;:.!?]))"
_DENIED = re.compile(
    rf"\b(?:not|isnt|isn[’']t)\s+(?:for\s+|in\s+|on\s+)?(?:{_MINE})\s+.*?(?:{_END}|(?=\b(?:{_MINE}|but|its|it[’']s|it\s+is)\b))"
    rf"|\bno\s+(?:es\s+|son\s+|de\s+|en\s+)*(?:{_MIO}|del|de)\s+.*?(?:{_END}|(?=\b(?:{_MIO}|sino|pero|es|son)\b))"
    rf"|\bno\s+de\s+\w+{_END}",
    re.IGNORECASE,
)
"""With the word that says whose, a denial is one of a thing: "not working" and "no puedo" are none."""
_DENIED_BARE = re.compile(rf"\b(?:not|no)\s+(?P<what>\w+(?:\s\w+)?){_END}", re.IGNORECASE)


def without_denied(words: str, is_telling: Callable[[str], bool]) -> str:
    """Leave out what is denied; ``is_telling`` says whether words name a thing of the catalogue by themselves."""
    kept = _DENIED.sub(" ", words)
    return _DENIED_BARE.sub(lambda found: " " if is_telling(found["what"]) else found[0], kept)

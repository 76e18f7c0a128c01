"""Twenty words about a person that nobody else has, and where in a folder they stand in clear (TRUST S16)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

TYPED = {
    "member_name": "Canaria Quillfeather",
    "member_birth_date": "3/17/1947",
    "member_id": "CNRY-4471-ID",
    "member_phone": "414-555-0177",
    "member_zip": "59901",
    "reason": "canary hurts when it walks",
    "urgency": "",
    "language": "Canarian whistle",
    "interpreter": "",
    "contact_method": "",
    "contact_address": "77 Canary Row",
    "contact_voicemail_ok": "",
    "contact_best_times": "at canary dawn",
    "notes": "wary of the canary next door",
}
"""By field of the form; a choice, and what has no word of its own, is left as it is."""
NOTE = "the canary called twice"
REQUESTED = {
    "name": "Fulvio Pintassilgo",
    "birth_date": "1952-08-23",
    "member_id": "PNTS-9082-ID",
    "phone": "414-555-0182",
}
REASON = "pintassilgo cannot climb stairs"
ADDRESS = "pintassilgo@example.org"
TOLD = {"by-center": "Ines Sanhaco", "note": "sanhaco fell in the bath", "reason": "sanhaco moved away"}

WORDS = tuple(
    [text for text in TYPED.values() if text and text != "59901"]
    + ["Quillfeather", "1947-03-17", "4145550177", NOTE, *REQUESTED.values(), REASON, ADDRESS, *TOLD.values()]
)
"""A ZIP is not looked for: five digits stand in many a file by chance."""


def standing_in(folder: Path) -> list[str]:
    """Name each file below a folder that holds one of the words, in a text of 8 or 16 bits, with the word."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [f"{path.name}: {word}" for path in files for word in words_in(path.read_bytes())] + [
        f"name of {path.name}: {word}" for path in folder.rglob("*") for word in words_in(path.name.encode())
    ]


def words_in(content: bytes) -> Iterable[str]:
    """Give the words that stand in the content, small or capital."""
    small = content.lower()
    for word in WORDS:
        text = word.lower()
        if text.encode() in small or text.encode("utf-16-le") in small or text.replace(" ", "-").encode() in small:
            yield word

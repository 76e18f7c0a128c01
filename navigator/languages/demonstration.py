"""How invented data is marked, in one long and one short text, on every screen, page and answer (PRODUCT "never")."""

from __future__ import annotations

from navigator.languages.translating import to_say

LONG = to_say("DEMONSTRATION: every hospital, figure and price is invented.")
SHORT = to_say("DEMONSTRATION")

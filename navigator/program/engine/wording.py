"""Amounts and choices in words: sentences, a column of 12 cells, and never a bare zero for "not known"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from navigator.program.engine.sharing import Span
from provider_directory.spoken import dollars

NARROW_CELLS = 8
NOT_KNOWN = "ask"
"""Never a bare $0 for what has no upper end that is known."""


def amount_words(span: Span, open_price: bool = False) -> str:
    """Give a range of cents in words; ``open_price``: no price is known, so only the most is said."""
    low, high = span
    if low == high:
        return dollars(low)
    if high is None:
        return f"{dollars(low)} or more" if low else "not known"
    if open_price and not low:
        return f"at most {dollars(high)}"
    return f"{dollars(low)} to {dollars(high)}" if low else f"up to {dollars(high)}"


def about_words(span: Span) -> str:
    """Give an estimate in words, to the hundred dollars where it is a thousand or more."""
    low, high = span
    if high is None:
        return f"{_about(low)} or more"
    if low == high:
        return dollars(low) if low < 100_000 else f"about {_about(low)}"
    if not low:
        return f"up to {dollars(high)}"  # a most is never rounded: it could be rounded below itself
    one, other = _about(low), _about(high)
    return f"about {one}" if one == other else f"about {one}-{other[1:]}"


def short_words(span: Span, at_most: bool = False) -> str:
    """Give a range in at most 12 cells, and in 8 where thousands can be written with k."""
    low, high = span
    if high is None:
        return f"{_shortest(low)}+" if low else NOT_KNOWN
    if low == high:
        return dollars(low) if len(dollars(low)) <= NARROW_CELLS else _whole(low)
    if at_most:
        return f"≤{_whole(high)}" if len(_whole(high)) < NARROW_CELLS else f"≤{_in_thousands(high)}"
    long = f"{_whole(low)}-{_whole(high)[1:]}"
    return long if len(long) <= NARROW_CELLS else f"{_in_thousands(low)}-{_in_thousands(high)[1:]}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """Begin with a capital and end with a stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!")) else ".") if text else ""


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Keep the first of equal words, in order."""
    return tuple(dict.fromkeys(each for each in words if each))


def _about(cents: int) -> str:
    return _whole(cents) if cents < 100_000 else dollars((cents + 5_000) // 10_000 * 10_000)


def _whole(cents: int) -> str:
    return f"${(cents + 50) // 100:,}"


def _shortest(cents: int) -> str:
    return _whole(cents) if len(_whole(cents)) < NARROW_CELLS else _in_thousands(cents)


def _in_thousands(cents: int) -> str:
    """Write $12,345 as $12.3k, and less than a thousand as it is; to a tenth, half up."""
    if cents < 100_000:
        return _whole(cents)
    tenths = (cents + 5_000) // 10_000
    return f"${tenths // 10}k" if tenths >= 1_000 or tenths % 10 == 0 else f"${tenths // 10}.{tenths % 10}k"

"""Drawn in half blocks: the ticket in large letters, and the code that a phone reads; each a list of text lines."""

from __future__ import annotations

from collections.abc import Sequence

from navigator.ticket import DIGITS

Dots = tuple[tuple[bool, ...], ...]
"""Rows of dots from the top; True = dark."""
QUIET = 3
"""Light dots around a code; with the light ground of the screen a phone sees more than the four it asks for."""
LETTER_COLUMNS, LETTER_ROWS = 5, 7
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
# Five columns a letter, the lowest bit of a column is its top dot.
_FONT = {
    "-": "0808080808",
    **dict(
        zip(
            DIGITS,
            (
                *("3E5149453E", "00427F4000", "4261514946", "2141454B31", "1814127F10", "2745454539", "3C4A494930"),
                *("0171090503", "3649494936", "064949291E", "7E1111117E", "7F49494936", "3E41414122", "7F4141221C"),
                *("7F49494941", "7F09090901", "3E4149497A", "7F0808087F", "2040413F01", "7F08142241", "7F020C027F"),
                *("7F0408107F", "7F09090906", "3E4151215E", "7F09192946", "4649494931", "01017F0101", "1F2040201F"),
                *("3F4038403F", "6314081463", "0708700807", "6151494543"),
            ),
            strict=True,
        )
    ),
}


def letters(text: str) -> list[str]:
    """Draw a ticket of digits, letters of base32 and dashes: four lines, six columns a letter."""
    columns = [bytes.fromhex(_FONT[letter]) for letter in text]
    rows = []
    for bit in range(LETTER_ROWS):
        row: list[bool] = []
        for each in columns:
            row += [bool(column >> bit & 1) for column in each] + [False]
        rows.append(tuple(row[:-1]))
    return halved(tuple(rows))


def code(text: str, most: int) -> Dots | None:
    """Give the dots of a QR code with its quiet zone; None where it has more than ``most`` dots a side.

    Raises ImportError where the extra "print" is not installed.
    """
    import segno  # deferred: 20 ms, at the first code

    made = segno.make_qr(text, error="l")
    if made.symbol_size(border=QUIET)[0] > most:
        return None
    return tuple(tuple(bool(dot) for dot in row) for row in made.matrix_iter(border=QUIET))


def fullest_code(texts: Sequence[str], most: int) -> Dots | None:
    """Give the code of the first of the texts that fits."""
    return next((dots for text in texts if (dots := code(text, most))), None)


def halved(dots: Dots) -> list[str]:
    """Write two rows of dots as one line of text."""
    blank = (False,) * len(dots[0])
    upper, lower = dots[::2], (*dots[1::2], blank)
    return [
        "".join(_HALVES[pair] for pair in zip(above, below, strict=True))
        for above, below in zip(upper, lower, strict=False)
    ]

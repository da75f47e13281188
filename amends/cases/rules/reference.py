"""A case's reference: short, read aloud without doubt, never used again. Pure.

`C-7K4-Q92X`: six symbols that count and one that checks, of an alphabet of 29 without the
letters and digits that are mistaken for each other. 29 is a prime, so the check symbol shows every
wrong symbol and every two neighbours swapped.
"""

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
BASE = len(ALPHABET)
SYMBOLS = 6
LEAST_PIECE = 3
_SPACE = BASE**SYMBOLS
# A factor without a common divisor with 29, so that numbers one apart look nothing alike.
_FACTOR, _SHIFT = 387_420_489, 104_729_177
# Cyrillic letters that look like ours, and what people write for symbols we do not use.
_LOOK_ALIKE = str.maketrans("АВСЕНКМРТХУOОILS", "ABCEHKMPTXYQQ7J5")


def reference_of(number: int) -> str:
    """Return the reference of the case with this running `number` (1 and up)."""
    if not 0 < number < _SPACE:
        raise ValueError("no reference left for this number")
    left = (number * _FACTOR + _SHIFT) % _SPACE
    digits = []
    for _ in range(SYMBOLS):
        left, digit = divmod(left, BASE)
        digits.append(digit)
    digits.append(_check(digits))
    text = "".join(ALPHABET[digit] for digit in digits)
    return f"C-{text[:3]}-{text[3:]}"


def read_reference(text: str) -> str | None:
    """Return the reference that somebody meant by `text`, or None if it is none or mistyped."""
    symbols = symbols_in(text)
    if len(symbols) == SYMBOLS + 2 and symbols[0] == "C":
        symbols = symbols[1:]
    if len(symbols) != SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return None
    digits = [ALPHABET.index(symbol) for symbol in symbols]
    if digits[-1] != _check(digits[:-1]):
        return None
    return f"C-{symbols[:3]}-{symbols[3:]}"


def piece_of(text: str) -> str | None:
    """Return the piece of a reference that somebody may mean by `text`; None if it is none.

    Three symbols in a row say enough where a digit is among them; a word needs one more, because
    short names are looked for, too.
    """
    symbols = symbols_in(text)
    least = LEAST_PIECE if any(symbol.isdigit() for symbol in text) else LEAST_PIECE + 1
    if not least <= len(symbols) <= SYMBOLS + 2 or any(one not in ALPHABET for one in symbols):
        return None
    return symbols


def symbols_in(text: str) -> str:
    """Return the letters and digits of `text` as our alphabet writes them."""
    letters = text.upper().translate(_LOOK_ALIKE)
    return "".join(symbol for symbol in letters if symbol.isalnum())


def _check(digits: list[int]) -> int:
    return sum((place + 1) * digit for place, digit in enumerate(digits)) % BASE

"""Fold what people are called into keys, so that a name is found however it is typed. Pure.

One name has many spellings: with and without accents, in Latin and in Cyrillic letters, and in as
many Latin spellings as there are languages (Чехов: Chekhov, Czechow, Čechovas). A word is stored
under a few keys and looked for under a few; it is found when a key looked for begins a key stored.
The plain key follows the letters one by one and serves while one types; the sounding keys bring
the spellings of one sound together.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i"}
)
_CYRILLIC = str.maketrans(
    "абвгґдежзиіїйклмнопрстуфхцчшыэє", "abvggdezziiiiklmnoprstufhccsiee", "ъь"
) | str.maketrans({"щ": "sc", "ю": "iu", "я": "ia"})
_SOUNDS = (
    ("x", "ks"),
    ("ph", "f"),
    ("kh", "h"),
    ("shch", "sc"),
    ("sz", "s"),
    ("sh", "s"),
    ("cz", "c"),
    ("zh", "z"),
    ("tz", "c"),
    ("ts", "c"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`-][^\W_]+)*")
_JOINT = re.compile(r"['’ʼ`]")
_DOUBLE = re.compile(r"(.)\1+")
_IO = re.compile(r"(?<=[bcdfghklmnprstvz])io")
_PHONE = re.compile(r"[\d\s()+./-]+")
_LONGEST = 200
SHORTEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: words, each under its keys, or a mail address, or digits.

    number: the words as a customer number. A search that is empty finds nobody.
    """

    words: tuple[frozenset[str], ...] = ()
    number: str = ""
    mail: str = ""
    digits: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.mail or self.digits)


def plain(text: str) -> str:
    """Return `text` in small Latin letters without accents; Cyrillic letter by letter."""
    if text.isascii():
        return _JOINT.sub("", text.lower())
    composed = unicodedata.normalize("NFKC", text).casefold()
    latin = composed.replace("ё", "е").translate(_CYRILLIC).translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    return _JOINT.sub("", bare)


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`; the parts of a double-barrelled name are words of their own."""
    return tuple(part for word in _WORD.findall(text) for part in word.split("-") if part)


def keys_of(word: str) -> frozenset[str]:
    """Return the keys of one word: the plain one, and those of how it may sound."""
    lower = unicodedata.normalize("NFC", word).casefold()
    spellings = {plain(lower)}
    if "ё" in lower:
        spellings.add(plain(lower.replace("ё", "io")))
    return frozenset(
        key for spelling in spellings for key in (spelling, *_sounding(spelling)) if key
    )


def _sounding(spelling: str) -> Iterable[str]:
    """Return the keys of how `spelling` may sound; `ch` and `io` are each read in two ways."""
    text = spelling
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    for ch, io in product(("c", "h"), ("io", "e")):
        read = _IO.sub(io, text.replace("ch", ch))
        yield _DOUBLE.sub(r"\1", read.replace("ie", "e"))


def search_text(*, names: Iterable[str], numbers: Iterable[str], mails: Iterable[str]) -> str:
    """Return what a person is found by: each key between spaces, so that its ends are plain.

    numbers: customer numbers, and telephone numbers in any writing.
    """
    keys = {key for name in names for word in words(name[:_LONGEST]) for key in keys_of(word)}
    keys |= {key for number in numbers for key in (squeezed(number), digits_of(number)) if key}
    keys |= {mail.strip().casefold() for mail in mails if mail.strip()}
    return f" {' '.join(sorted(keys))} "


def squeezed(text: str) -> str:
    """Return a customer number as it is compared: small letters and digits only."""
    return "".join(c for c in plain(text) if c.isalnum())


def digits_of(text: str) -> str:
    """Return the digits of `text` when it is written like a telephone number."""
    found = "".join(c for c in text if c in "0123456789")
    return found if _PHONE.fullmatch(text.strip()) and len(found) >= SHORTEST_DIGITS else ""


def sought(text: str) -> Sought:
    """Return what the typed `text` looks for; empty when there is too little to look for."""
    typed = text.strip()[:_LONGEST]
    if "@" in typed:
        return Sought(mail=typed.casefold())
    if digits := digits_of(typed):
        return Sought(digits=_without_trunk(digits))
    found = tuple(keys_of(word) for word in words(typed))
    if not any(len(key) > 1 for keys in found for key in keys):
        return Sought()
    number = squeezed(typed) if any(c.isdigit() for c in typed) else ""
    return Sought(words=found, number=number)


def _without_trunk(digits: str) -> tuple[str, ...]:
    """Return `digits` and what remains without the prefix that is dialled inside a country."""
    trunkless = re.sub(r"^(?:00|0|8)", "", digits)
    return (
        tuple(dict.fromkeys((digits, trunkless))) if len(trunkless) > SHORTEST_DIGITS else (digits,)
    )


def sorting_name(name: str, *, given: str, family: str) -> str:
    """Return where a name stands in an alphabetical list: family name first, without accents."""
    ordered = f"{family} {given}" if family else name
    return " ".join(plain(part) for part in words(ordered))[:_LONGEST]

"""What a text is made of: words as people type them, sentences, clauses and quotations. Pure.

A word is compared in its folded form: small letters, no accents, no look-alike letter of another
alphabet, no letter repeated for effect. Every word keeps its place in the text as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "ø": "o", "’": "'", "ʼ": "'"})
_LOOK_ALIKE = str.maketrans("abcehikmopstxyё", "авсенікморѕтхуе".replace("ѕ", "с"))
_TO_LATIN = str.maketrans("авсенікморстхуё", "abcehikmopctxye")
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")

_LAST_WORD = re.compile(r"[\w'’]+$")
_END = re.compile(r"[.!?…]+[\"'”’»“)\]]*|\n+")
_INSIDE = re.compile(r"[,;:–—]|\s-\s")
_QUOTED = re.compile(
    r"«[^«»\n]{1,400}»|[„“\"][^„“”\"\n]{1,400}[”“\"]|(?<!\w)['‘][^'‘’\n]{2,200}['’](?!\w)"
)
_SHORT = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "no", "nr", "mon", "tue", "wed", "thu", "fri", "jan"}
    | {"feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ул"}
    | {"д", "кв", "г", "р", "руб", "коп", "т", "п", "им", "тел", "стр", "эт", "корп", "обл"}
    | {"доб", "ст", "ul", "al", "zl", "gr", "tel", "zam", "godz", "im", "pl", "os", "prof"}
    | {"mgr", "m", "ok", "np", "tzn", "z", "znj", "rr", "bul", "pall", "d", "val", "gerb"}
    | {"men", "mėn", "eur", "ct", "sav", "pvz", "vad", "p"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its folded form, its place in the text, its sentence, whether others said it."""

    form: str
    start: int
    end: int
    sentence: int
    clause: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text from one character to another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart once, for all the questions."""

    raw: str
    words: tuple[Word, ...]
    sentences: tuple[Stretch, ...]
    clauses: tuple[Stretch, ...]


@lru_cache(maxsize=20000)
def fold(word: str) -> str:
    """Return the form by which words are compared: `Прóшуу`, `PROSZĘ` and `prosze` are plain."""
    plain = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKD", word).lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _one_alphabet(plain.translate(_NOT_DECOMPOSED))
    return _LONG_RUN.sub(r"\1", plain)


def _one_alphabet(word: str) -> str:
    """Return a word of one alphabet: what looks like a letter of the other was meant as it."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(_LOOK_ALIKE if cyrillic >= latin else _TO_LATIN)


def take_apart(raw: str) -> Text:
    """Return the words, sentences and clauses of `raw`."""
    sentences = tuple(_sentences(raw))
    clauses = tuple(part for sentence in sentences for part in _clauses(raw, sentence))
    return Text(raw, tuple(_words(raw, sentences, clauses)), sentences, clauses)


def _words(
    raw: str, sentences: tuple[Stretch, ...], clauses: tuple[Stretch, ...]
) -> Iterator[Word]:
    quotes = [match.span() for match in _QUOTED.finditer(raw)]
    sentence = clause = quote = 0
    for match in _WORD.finditer(raw):
        start, end = match.span()
        while sentence < len(sentences) - 1 and start >= sentences[sentence].end:
            sentence += 1
        while clause < len(clauses) - 1 and start >= clauses[clause].end:
            clause += 1
        while quote < len(quotes) and start >= quotes[quote][1]:
            quote += 1
        quoted = quote < len(quotes) and quotes[quote][0] <= start
        yield Word(fold(match.group()), start, end, sentence, clause, quoted)


def _sentences(raw: str) -> Iterator[Stretch]:
    start = 0
    for match in _END.finditer(raw):
        if match.start() >= start and _ends(raw, match):
            yield from _trimmed(raw, start, match.end())
            start = match.end()
    yield from _trimmed(raw, start, len(raw))


def _ends(raw: str, match: re.Match[str]) -> bool:
    """Tell whether the mark ends a sentence, and is no point of a number or an abbreviation."""
    after = raw[match.end() : match.end() + 2]
    if match.group() != "." or after[:1].isalnum():
        return match.group() != "."
    follows = after.strip()[:1]
    last = _LAST_WORD.search(raw[max(0, match.start() - 12) : match.start()])
    word = last.group().lower() if last else ""
    if word in _SHORT or (len(word) == 1 and word.isalpha()):
        return not follows
    return not (word.isdigit() and follows.islower())


def _clauses(raw: str, sentence: Stretch) -> Iterator[Stretch]:
    start = sentence.start
    quotes = [match.span() for match in _QUOTED.finditer(raw, sentence.start, sentence.end)]
    for match in _INSIDE.finditer(raw, sentence.start, sentence.end):
        point = match.start()
        numeric = raw[point - 1 : point].isdigit() and raw[point + 1 : point + 2].isdigit()
        if numeric or any(first < point < last for first, last in quotes):
            continue
        yield from _trimmed(raw, start, point)
        start = match.end()
    yield from _trimmed(raw, start, sentence.end)


def _trimmed(raw: str, start: int, end: int) -> Iterator[Stretch]:
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    if start < end:
        yield Stretch(start, end)

"""Which of the five languages a text is written in. Pure, and shy: unsure is an answer."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 500
_LEAST_MARKS = 2
_ENOUGH_WORDS = 60
_FEW_WORDS = 12
_WORTH_OF_MARKS = 0.5
_WORTH_OF_KNOWN = 0.5
_NEIGHBOURHOOD = (
    "ENGLISH RUSSIAN POLISH ALBANIAN LITHUANIAN UKRAINIAN BELARUSIAN BULGARIAN SERBIAN MACEDONIAN"
    " LATVIAN ESTONIAN CZECH SLOVAK SLOVENE CROATIAN GERMAN DUTCH FRENCH ITALIAN SPANISH PORTUGUESE"
    " ROMANIAN GREEK TURKISH HUNGARIAN FINNISH SWEDISH DANISH"
)

# The commonest small words of each, those left out that two of them share.
_COMMON = {
    "en": "the and you your that have has was were with this from would please not are for we is it"
    " they will can what when there been",
    "ru": "и в не на что я с это как но по за у меня мне вы вас из уже мы был была все его от для"
    " же бы так если нет прошу когда",
    "pl": "i w nie na że się z do jest to od jak ale po przez są był była już mnie państwa proszę"
    " dla tego czy oraz jestem mam przy który która dzień dobry",
    "sq": "dhe në nuk që një me për të është jam janë kam ka por si nga kjo ky ju juve faleminderit"
    " përshëndetje çfarë kur edhe mua pse deri po",
    "lt": "ir ne kad yra su į iš bet aš jūs mano apie prie nuo per jau dar kaip tai prašau labas"
    " laba diena buvo esu man mus ar gal dėl",
}
_TONGUES_OF = {
    word: tuple(tongue for tongue, common in _COMMON.items() if word in common.split())
    for words in _COMMON.values()
    for word in words.split()
}
_LETTERS = {
    "pl": frozenset("łńśźżćó"),
    "lt": frozenset("ėįųūš"),
    "sq": frozenset("ëç"),
}
_CYRILLIC = re.compile(r"[а-яё]")
_NOT_RUSSIAN = re.compile(r"[іїєґўђјљњћџ]")


def tongue_of(text: str) -> str:
    """Return the code of the language of `text`: en, ru, pl, sq or lt; empty if it is unsure."""
    words = _WORD.findall(text.lower())[:_MOST_WORDS]
    marks = Counter(tongue for word in words for tongue in _TONGUES_OF.get(word, ()))
    special = [set(word) for word in words if not word.isascii()]
    for tongue, letters in _LETTERS.items():
        marks[tongue] += sum(1 for word in special if letters & word)
    together = " ".join(words)
    if not _CYRILLIC.search(together) or _NOT_RUSSIAN.search(together):
        del marks["ru"]
    return _surest(marks)


def _surest(marks: Counter[str]) -> str:
    """Return the language with the most marks, if they are enough and nobody else has as many."""
    (first, most), (_second, next_most) = [*marks.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _LEAST_MARKS and most > next_most else ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its code, empty if there is nothing to tell it by, and how sure that is."""

    code: str
    confidence: float


def language_of(text: str, known: str = "") -> Tongue:
    """Return the language of `text`, whichever it is; `known` is what the customer used before.

    Neighbours are told apart: Ukrainian is not Russian, Latvian is not Lithuanian.
    """
    words = _WORD.findall(text)[:_ENOUGH_WORDS]
    if not words:
        return Tongue(known, 0.0)
    values = _detector().compute_language_confidence_values(" ".join(words))
    sure = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
    marked = tongue_of(text)
    if marked:
        sure[marked] = sure.get(marked, 0.0) + _WORTH_OF_MARKS
    if known:
        sure[known] = sure.get(known, 0.0) + _WORTH_OF_KNOWN * min(1, _FEW_WORDS / len(words))
    code = max(sure, key=lambda code: sure[code])
    return Tongue(code, min(1.0, sure[code] / sum(sure.values())))


@cache
def _detector() -> Any:  # noqa: ANN401 - made by a library that is loaded on first use
    """Return the detector of the five languages and their neighbours, in its small form.

    The large form takes 700 MB for these and told no more texts of our own examples apart.
    """
    lingua = import_module("lingua")
    languages = [getattr(lingua.Language, name) for name in _NEIGHBOURHOOD.split()]
    builder = lingua.LanguageDetectorBuilder.from_languages(*languages)
    return builder.with_low_accuracy_mode().build()

"""Which of the five languages a text is written in. Pure, and shy: unsure is an answer."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 500
_LEAST_MARKS = 2

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
_WORDS = {tongue: frozenset(words.split()) for tongue, words in _COMMON.items()}
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
    marks = Counter(tongue for word in words for tongue, common in _WORDS.items() if word in common)
    for tongue, letters in _LETTERS.items():
        marks[tongue] += sum(1 for word in words if letters & set(word))
    together = " ".join(words)
    if not _CYRILLIC.search(together) or _NOT_RUSSIAN.search(together):
        del marks["ru"]
    return _surest(marks)


def _surest(marks: Counter[str]) -> str:
    """Return the language with the most marks, if they are enough and nobody else has as many."""
    (first, most), (_second, next_most) = [*marks.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _LEAST_MARKS and most > next_most else ""

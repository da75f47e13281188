"""Which law, which body's rules or which reviews a customer cites, in their own words.

By patterns and not by the lexicon: what is cited is written much alike in all languages, a sign or
a short word and a number. Source: S3-10.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from amends.language.words import fold


class Cited(StrEnum):
    """What kind of source somebody cites."""

    LAW = "law"
    REVIEWS = "reviews"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in the words in which it stands."""

    kind: Cited
    words: str


_NUMBER = r"\d+[a-zа-я]?(?:[./]\d+[a-z]?)*"
_LAW = re.compile(
    r"§+\s*" + _NUMBER + r"(?:\s+[A-ZА-ЯŁŚŻĖŠŽËÇ][\w-]+)?"
    r"|\b(?:art(?:icle|ykuł\w*|\.)?|ст(?:атья|атье|атьи|атью|атьёй|\.)|neni\w*|straipsn\w*)"
    r"\s*" + _NUMBER + r"(?:\s*(?:d\.|dal\w+))?"
    r"|\b" + _NUMBER + r"\s*(?:straipsn\w*|str\.)"
    r"|\b\d{1,4}\s?-\s?(?:FZ|ФЗ)\b"
    r"|\b(?:ligji\w*|law|закон\w*|ustaw\w*|įstatym\w*)\s+(?:no\.?|nr\.?|№)?\s*\d+(?:/\d+)?"
    r"|\b(?:directive|regulation|rozporządzeni\w*|dyrektyw\w*|direktyv\w*|reglament\w*)"
    r"\s+(?:\((?:EU|UE|ES|BE)\)\s*)?(?:no\.?|nr\.?|№)?\s*\d+/\d+"
    r"|\bDISP\s+\d+(?:\.\d+)*[A-Z]?"
    r"|\b(?:GDPR|RODO|BDAR)\b"
    r"|\b(?:\w+\s+){0,3}(?:rights|protection|services|consumer|contracts)\s+act(?:\s+\d{4})?\b"
    r"|\bзакон\w*\s+о\s+защите\s+прав\s+потребителей"
    r"|\bustaw\w*\s+o\s+\w+(?:\s+\w+){0,2}"
    r"|\b\w+\s+teisių\s+apsaugos\s+įstatym\w*"
    r"|\bligj\w*\s+(?:për|i)\s+mbrojtje\w*(?:\s+\w+){0,2}",
    re.IGNORECASE,
)
_REVIEWS = re.compile(
    r"\b(?:trustpilot|tripadvisor|google\s+(?:reviews?|maps)|"
    r"(?:your|online|bad|other|the)\s+reviews|"
    r"отзыв(?:ы|ов|ах|ам)|opini(?:e|i|ach)\s+(?:w|o|na|klient\w*|innych)\s?\w*|"
    r"atsiliepim\w+|(?:komente|vlerësime)t?\s+(?:e|në)\s+\w+)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:of|the|under|by)\s+)+", re.IGNORECASE)
_PAGE = re.compile(r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)
_SENTENCE_END = ".,;:!?)\u00bb\u201d"
_MOST = 8
_JOINED = re.compile(r"[.-]")
_BARE = re.compile(r"-?[^\W\d_]+$")
_IN_NUMBERS = re.compile(r"\d[\w./-]*")


def citations(text: str) -> tuple[Citation, ...]:
    """Return what is cited in `text`, each once, in its order; a few at most."""
    spans = [
        (match.start(), match.end(), kind)
        for kind, pattern in ((Cited.LAW, _LAW), (Cited.REVIEWS, _REVIEWS), (Cited.PAGE, _PAGE))
        for match in pattern.finditer(text)
    ]
    found: dict[str, Citation] = {}
    last = 0
    for start, end, kind in sorted(spans):
        words = _LEADING.sub("", " ".join(text[start:end].split())).rstrip(_SENTENCE_END)
        if start >= last and words:
            found.setdefault(fold(words), Citation(kind, words))
            last = end
    return tuple(found.values())[:_MOST]


def names_the_same(citation: Citation, source: str) -> bool:
    """Return whether `source`, as we keep it, may be the one that was cited.

    By the number that both name: an article, a paragraph, the number of a law.
    """
    return citation.kind is Cited.LAW and bool(_numbers(citation.words) & _numbers(source))


def same_sources(cited: Iterable[Citation], sources: Iterable[str]) -> frozenset[str]:
    """Return those of the `sources` that one of what was `cited` may name."""
    told = tuple(cited)
    return frozenset(
        source for source in sources if any(names_the_same(each, source) for each in told)
    )


def _numbers(text: str) -> set[str]:
    """Return the numbers in `text`: of 1.6.2R also 1.6.2 and 1.6, of 442-FZ also 442."""
    whole = {fold(each).rstrip("./-") for each in _IN_NUMBERS.findall(text)}
    bare = {_BARE.sub("", number) for number in whole if _JOINED.search(number)}
    parts = {number.rsplit(".", 1)[0] for number in bare if number.count(".") > 1}
    return whole | bare | parts

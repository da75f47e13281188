"""A text with everything of its language's lexicon that stands in it: what the questions ask."""

from dataclasses import dataclass

from amends.language.lexicon import Hit, lexicon
from amends.language.words import Stretch, Text, take_apart

_REACH_OF_NEGATION = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A text and its hits, by section, in the order of the text."""

    tongue: str
    text: Text
    hits: dict[str, list[Hit]]

    def of(self, *sections: str) -> list[Hit]:
        """Return the hits of the sections."""
        return [hit for section in sections for hit in self.hits.get(section, ())]

    def own(self, *sections: str) -> list[Hit]:
        """Return those hits that the writer says in words of their own, not in a quotation."""
        return [hit for hit in self.of(*sections) if not hit.quoted]

    def said_to_us(self, *sections: str) -> list[Hit]:
        """Return the own hits, and quoted ones that a note of a call takes down word by word."""
        noted = {hit.sentence for hit in self.of("verbatim")}
        near = noted | {sentence + 1 for sentence in noted}
        return [
            hit
            for hit in self.of(*sections)
            if not self.denied(hit) and (not hit.quoted or hit.sentence in near)
        ]

    def plain(self, *sections: str) -> list[Hit]:
        """Return the writer's own hits that are not denied by a word just before them."""
        return [hit for hit in self.own(*sections) if not self.denied(hit)]

    def denied(self, hit: Hit) -> bool:
        """Tell whether a negation stands shortly before `hit`, in the same clause."""
        return any(
            no.clause == hit.clause and 0 < hit.first - no.last <= _REACH_OF_NEGATION
            for no in self.of("negation")
        )

    def near(self, hit: Hit, section: str, words: int) -> bool:
        """Tell whether a hit of `section` stands within so many words, in the same sentence."""
        return any(
            other.sentence == hit.sentence
            and other.first - words <= hit.last
            and hit.first <= other.last + words
            for other in self.of(section)
        )

    def sentences_with(self, *sections: str) -> set[int]:
        """Return the numbers of the sentences with an own hit of one of the sections."""
        return {hit.sentence for hit in self.own(*sections)}

    def quote(self, hits: list[Hit]) -> tuple[str, ...]:
        """Return the words of the hits as they were typed, each once."""
        return tuple(dict.fromkeys(self.text.raw[hit.start : hit.end] for hit in hits))

    def said(self, stretch: Stretch) -> str:
        """Return the characters of a stretch."""
        return self.text.raw[stretch.start : stretch.end]


def look(raw: str, tongue: str, file: str) -> Found:
    """Take `raw` apart and find what the lexicon `file` of `tongue` knows of it."""
    text = take_apart(raw)
    return Found(tongue, text, lexicon(tongue, file).find(text))

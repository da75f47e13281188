"""The customer's words cut into sentences, so that facts and feelings can be told apart. Pure."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.!?…]+[\"'»”)]*|\n+|$)\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text; offsets in characters."""

    start: int
    end: int


def sentences_of(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text`; put together again they are the whole text.

    Source: requirements S3-27.
    """
    ends = [match.end() for match in _SENTENCE.finditer(text) if match.end() > match.start()]
    starts = [0, *ends[:-1]]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True)) if ends else ()

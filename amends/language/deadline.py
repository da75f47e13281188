"""By when the customer wants it: their own deadline, not a day of the story."""

from amends.language.found import Found
from amends.language.lexicon import Hit
from amends.language.words import Stretch, Word

_MOST_BETWEEN = 4
_MOST_AFTER = 3


def deadline(found: Found, days: list[Stretch]) -> Stretch | None:
    """Return the words that name the customer's deadline; `days` are the days in the text."""
    wishes = found.sentences_with("ask", "demand", "court_body", "court_act")
    due: Stretch | None = None
    for hit in sorted(found.own("deadline"), key=lambda hit: hit.first):
        wished = hit.sentence in wishes or hit.sentence - 1 in wishes
        if not wished or _past(found, hit) or any(d.start < hit.start < d.end for d in days):
            continue
        if end := _time_after(found, hit, days):
            due = due if due and due.end >= end else Stretch(hit.start, end)
    return due


def _past(found: Found, hit: Hit) -> bool:
    """Tell whether the clause tells a story and wishes nothing."""

    def here(section: str) -> bool:
        return any(other.clause == hit.clause for other in found.own(section))

    return here("past") and not any(map(here, ("ask", "demand", "court_act")))


def _time_after(found: Found, hit: Hit, days: list[Stretch]) -> int:
    """Return where the time ends that the word of a deadline opens, or 0."""
    words, end, last = found.text.words, 0, hit.last
    for place in range(hit.last + 1, len(words)):
        if words[place].sentence != hit.sentence or place - last > _MOST_BETWEEN:
            break
        if reached := _time_at(found, place, days):
            end, last = max(end, reached), place
    return end


def _time_at(found: Found, place: int, days: list[Stretch]) -> int:
    """Return where the time ends of which the word at `place` is the beginning, or 0."""
    word = found.text.words[place]
    for day in days:
        if day.start <= word.start < day.end:
            return day.end
    end = _last_of(found, "when", place, place + _MOST_AFTER)
    if _begins(found, "when", place):
        return end
    if word.form[0].isdigit() or _begins(found, "numeral", place):
        return max(_last_of(found, "span", place, place + _MOST_AFTER), _hour(word))
    return _last_of(found, "span", place, place)


def _hour(word: Word) -> int:
    return word.end if word.form.isdigit() and len(word.form) <= len("31") else 0


def _begins(found: Found, section: str, place: int) -> bool:
    return any(hit.first == place for hit in found.of(section))


def _last_of(found: Found, section: str, first: int, last: int) -> int:
    """Return the end of the last hit of the section among the words from `first` to `last`."""
    sentence = found.text.words[first].sentence
    ends = [h.end for h in found.of(section) if first <= h.first <= last and h.sentence == sentence]
    return max(ends, default=0)

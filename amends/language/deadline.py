"""By when the customer wants it: their own deadline, not a day of the story."""

from amends.language.found import Found
from amends.language.lexicon import Hit
from amends.language.words import Stretch, Word

_MOST_BETWEEN = 3
_MOST_AFTER = 3


def deadline(found: Found, days: list[Stretch]) -> Stretch | None:
    """Return the words that name the customer's deadline; `days` are the days in the text."""
    wishes = found.sentences_with("ask", "demand", "court_body", "court_act")
    for hit in sorted(found.own("deadline"), key=lambda hit: hit.first):
        end = _time_after(found, hit, days)
        if end and (hit.sentence in wishes or hit.sentence - 1 in wishes) and not _past(found, hit):
            return Stretch(hit.start, end)
    return None


def _past(found: Found, hit: Hit) -> bool:
    """Tell whether the clause tells a story and wishes nothing."""

    def here(section: str) -> bool:
        return any(other.clause == hit.clause for other in found.own(section))

    return here("past") and not here("ask") and not here("demand") and not here("court_act")


def _time_after(found: Found, hit: Hit, days: list[Stretch]) -> int:
    """Return where the time ends that the word of a deadline opens, or 0."""
    words = found.text.words
    end = 0
    for place in range(hit.last + 1, min(hit.last + 2 + _MOST_BETWEEN, len(words))):
        word = words[place]
        if word.sentence != hit.sentence:
            break
        end = max(end, _time_at(found, place, days))
        if end:
            break
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

"""Whether the staff is insulted. An insult told of others, or said of oneself, is none."""

from amends.language.found import Found
from amends.language.lexicon import Hit

_REACH = 4


def abuse(found: Found) -> list[Hit]:
    """Return the insults to staff."""
    excused = found.of("insult_not")
    weak = {hit.first for hit in found.of("weak_insult")}
    return [
        hit
        for hit in found.said_to_us("insult")
        if not any(other.first <= hit.last and hit.first <= other.last + 1 for other in excused)
        and (hit.first not in weak or found.near(hit, "staff", _REACH))
    ]

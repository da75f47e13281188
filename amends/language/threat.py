"""Whether somebody is threatened with violence; a figure of speech or the past is no threat."""

from amends.language.found import Found
from amends.language.lexicon import Hit


def threat(found: Found) -> list[Hit]:
    """Return the words that threaten a person."""
    excused = {hit.sentence for hit in found.of("threat_not")}
    return [hit for hit in found.said_to_us("threat") if hit.sentence not in excused]

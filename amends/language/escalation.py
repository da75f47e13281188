"""Whether the customer speaks of taking it to a court, a regulator, the press or the public."""

from amends.language.found import Found
from amends.language.lexicon import Hit


def escalation(found: Found) -> list[Hit]:
    """Return the bodies that are to hear of it, where the text says that they are to."""
    excused = found.of("court_not")
    free = [
        hit
        for hit in found.own("court_body", "court_always")
        if not any(other.first <= hit.last and hit.first <= other.last for other in excused)
    ]
    acting = found.sentences_with("court_act")
    return [hit for hit in free if hit.section == "court_always" or hit.sentence in acting]

"""The first words of a text, for lists. Pure."""

GIST_CHARACTERS = 200


def gist_of(text: str) -> str:
    """Return the beginning of `text` on one line, at most 200 characters, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= GIST_CHARACTERS:
        return line
    cut = line[: GIST_CHARACTERS - 1]
    head, space, _tail = cut.rpartition(" ")
    return (head if space else cut) + "…"

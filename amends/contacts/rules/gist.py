"""The first words of a text, for lists, and what it is about, for a title. Pure."""

import re

from amends.contacts.rules.spans import sentences_of

GIST_CHARACTERS = 200
# A sentence of fewer words is a cry or a greeting: it does not say what the matter is.
_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_CRIES = re.compile(r"\s*[!¡]+[!?¡¿.…]*")
_LOUD = re.compile(r"[^\W\d_]{3}")
_AGAIN = re.compile(r"([?.,…])(?:\s*[?!])+")


def gist_of(text: str) -> str:
    """Return the beginning of `text` on one line, at most 200 characters, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= GIST_CHARACTERS:
        return line
    cut = line[: GIST_CHARACTERS - 1]
    head, space, _tail = cut.rpartition(" ")
    return (head if space else cut) + "…"


def title_of(text: str) -> str:
    """Return what `text` is about, calmly: its first sentence that tells something, not shouted.

    The words themselves stay as they were said, in the contact; this is only how lists name it.
    """
    line = " ".join(text.split())
    said = [line[span.start : span.end].strip() for span in sentences_of(line)]
    telling = [each for each in said if len(_WORD.findall(each)) >= _LEAST_WORDS]
    calm = [each for each in telling if "!" not in each and not _is_shouted(each)]
    return gist_of(_calmed([*calm, *telling, line][0]))


def _is_shouted(text: str) -> bool:
    """Return whether most letters of `text` are capitals; an abbreviation alone does not shout."""
    letters = list(filter(str.isalpha, text))
    is_long = len(_WORD.findall(text)) >= _LEAST_WORDS
    return is_long and sum(map(str.isupper, letters)) * 2 > len(letters)


def _calmed(sentence: str) -> str:
    """Return `sentence` without exclamation marks, and in small letters if it was shouted."""
    quiet = _CRIES.sub(lambda cry: "?" if "?" in cry[0] else ".", _AGAIN.sub(r"\1", sentence))
    quiet = quiet.lower() if _is_shouted(quiet) else _together_in_small(quiet)
    return quiet[:1].upper() + quiet[1:]


def _together_in_small(text: str) -> str:
    """Return `text` with words in small letters that stand in capitals beside each other."""
    words = text.split(" ")
    loud = [False, *(_LOUD.search(word) is not None and word.isupper() for word in words), False]
    return " ".join(
        word.lower() if loud[place + 1] and (loud[place] or loud[place + 2]) else word
        for place, word in enumerate(words)
    )

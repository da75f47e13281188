"""Naming a colleague in a note: `@` and their handle, found however it is spelt. Pure.

A handle is the name in small Latin letters with dots between its words; a second colleague of the
same name has a number behind it, by who came first, and keeps it when somebody leaves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from amends.people.rules.folding import plain, words

NAMELESS = "colleague"
# What stands before an @ of a mail address is part of the address.
_MENTION = re.compile(r"(?<![\w@.])@([^\W_]+(?:[.-][^\W_]+)*)")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Whom a text mentions: their keys in the order named, and what names nobody, as typed."""

    found: tuple[int, ...]
    unknown: tuple[str, ...]


def handles(colleagues: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Return the key of each of `colleagues` (key, name) by handle.

    Whoever came first has the plain one, so pass all who ever worked here.
    """
    taken: dict[str, int] = {}
    for key, name in sorted(colleagues):
        base = handle_of(name)
        numbered = (f"{base}.{number}" for number in count(2))
        handle = base if base not in taken else next(one for one in numbered if one not in taken)
        taken[handle] = key
    return taken


def handle_of(name: str) -> str:
    """Return the handle of somebody called `name`, if nobody has it yet."""
    return ".".join(plain(word) for word in words(name) if plain(word)) or NAMELESS


def mentioned_in(text: str, known: Mapping[str, int]) -> Mentioned:
    """Return whom `text` mentions, by their handles as `known`, each once."""
    typed = dict.fromkeys(_MENTION.findall(text))
    keys = {each: known.get(plain(each).replace("-", ".")) for each in typed}
    return Mentioned(
        found=tuple(dict.fromkeys(key for key in keys.values() if key is not None)),
        unknown=tuple(each for each, key in keys.items() if key is None),
    )


def begins(name: str, typed: str) -> bool:
    """Return whether each word of `typed`, spelt as a handle, begins a word of `name`."""
    parts = [plain(part) for part in words(name)]
    sought = [part for part in re.split(r"[.\s-]+", plain(typed)) if part]
    return all(any(part.startswith(each) for part in parts) for each in sought)

"""The facts of a reply on which its remarks stand: what it says, to whom, in which words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from amends.language.dates import dates
from amends.language.found import Found
from amends.language.lexicon import Hit
from amends.language.words import Stretch, fold

_STEM_LETTERS = 2
_NAME = re.compile(r"[^\W\d_]{2,}")
_MOST_DROPPED = 3
_OPENING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Context:
    """To whom a reply goes. `known` are the names and numbers of others that must not leave.

    `open_issues` are the key words of each issue that is to be answered, by its name.
    `formal` says how the customer is to be addressed: True, False, or None if it is all one.
    """

    customer_name: str = ""
    language: str = ""
    is_complaint: bool = True
    formal: bool | None = None
    limits: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    open_issues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recorded_days: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply taken apart, with its context."""

    found: Found
    context: Context
    days: tuple[Stretch, ...]

    @property
    def raw(self) -> str:
        """Return the text as it was typed."""
        return self.found.text.raw


def draft_of(found: Found, context: Context) -> Draft:
    """Return the draft with its days."""
    return Draft(found, context, tuple(dates(found)))


def calls_by_name(draft: Draft) -> bool:
    """Tell whether the customer is called by a name, in whichever case of the language."""
    written = [word for word in draft.found.text.words if draft.raw[word.start].isupper()]
    forms = {word.form for word in (written or draft.found.text.words)}
    parts = [fold(part) for part in _NAME.findall(draft.context.customer_name)]
    return not parts or any(_same_name(part, form) for part in parts for form in forms)


def _same_name(name: str, form: str) -> bool:
    """Tell whether `form` is the name in one of its cases: `Ewa` in `Ewo`, `Edek` in `Edku`."""
    kept = max(_STEM_LETTERS, len(name) - _MOST_DROPPED)
    return form[:kept] == name[:kept] and abs(len(form) - len(name)) <= _MOST_DROPPED


def free(found: Found, section: str) -> list[Hit]:
    """Return the writer's own hits of a section, each place once."""
    once: dict[int, Hit] = {}
    for hit in found.own(section):
        if hit.first not in once or hit.last > once[hit.first].last:
            once[hit.first] = hit
    return sorted(once.values(), key=lambda hit: hit.first)

"""What a customer cites: a law, reviews or a page, and what we keep of the law beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.cases.queries.clocks import laws_on
from amends.language.citations import Citation, Cited, citations, same_sources
from amends.standards.queries import profiles_that_hold

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.coach.queries import ReadContact

KINDS: dict[Cited, Words] = {
    Cited.LAW: _("a law or a rule"),
    Cited.REVIEWS: _("what others say of us"),
    Cited.PAGE: _("a page"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A source as we keep it. runs: whether a clock of it runs on this case."""

    source: str
    verified_on: date | None
    runs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that is cited, as it is shown."""

    name: Words
    words: str
    language: str
    is_page: bool


def cited_in(case: "Case", contacts: "Sequence[ReadContact]") -> dict[str, object]:
    """Return what is cited in `contacts` and the same source as we keep it; empty as a rule."""
    found: dict[str, tuple[Citation, str]] = {}
    for one in contacts:
        for citation in citations(one.contact.words.text):
            found.setdefault(citation.words, (citation, one.reading.language))
    if not found:
        return {}
    laws = [citation for citation, _language in found.values() if citation.kind is Cited.LAW]
    return {
        "them": [
            Shown(KINDS[each.kind], each.words, language, each.kind is Cited.PAGE)
            for each, language in found.values()
        ],
        "law": bool(laws),
        "kept": _kept(case, laws) if laws else [],
    }


def _kept(case: "Case", laws: Sequence[Citation]) -> list[Kept]:
    """Return the sources that name the same, and those whose clocks run here; each once."""
    runs = {profile.source for profile in laws_on(case)}
    profiles = [profile for profile in profiles_that_hold() if not profile.custom]
    same = same_sources(laws, (profile.source for profile in profiles))
    known = {profile.source: profile.verified_on for profile in profiles}
    return [
        Kept(source, verified_on, runs=source in runs)
        for source, verified_on in known.items()
        if source and (source in same or source in runs)
    ]

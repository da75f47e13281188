"""Read what a customer wrote: all questions at once, each answer with the words that made it so."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.language.abuse import abuse
from amends.language.amounts import amounts
from amends.language.anger import Anger, anger
from amends.language.dates import dates
from amends.language.deadline import deadline
from amends.language.escalation import escalation
from amends.language.found import look
from amends.language.kind import Kind, kind
from amends.language.lanes import Lanes, lanes
from amends.language.lexicon import TONGUES
from amends.language.manners import manners
from amends.language.missing import missing
from amends.language.references import references
from amends.language.remedy import NONE, Remedy, remedy
from amends.language.threat import threat
from amends.language.tongue import Tongue, language_of
from amends.language.words import Stretch


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. In a language that is not ours only the language is told."""

    text: str
    language: Tongue
    kind: Kind
    anger: Anger
    abuse: tuple[str, ...]
    threat: tuple[str, ...]
    escalation: tuple[str, ...]
    manners: Mapping[str, tuple[str, ...]]
    lanes: Lanes
    remedy: Remedy
    need_by: Stretch | None
    amounts: tuple[Stretch, ...]
    references: tuple[Stretch, ...]
    dates: tuple[Stretch, ...]
    missing: tuple[str, ...]

    def said(self, parts: tuple[Stretch, ...]) -> list[str]:
        """Return the characters of the parts."""
        return [self.text[part.start : part.end] for part in parts]


def read(text: str, hints: Mapping[str, str] | None = None) -> Reading:
    """Read `text`; `hints` may name the `language` that is known of the customer."""
    language = language_of(text, known=(hints or {}).get("language", ""))
    if language.code not in TONGUES:
        return _unread(text, language)
    found = look(text, language.code, "reading")
    insults, threats, bodies = abuse(found), threat(found), escalation(found)
    sort = kind(found, escalated=bool(bodies), outburst=bool(insults or threats))
    mood = anger(found, sort.name, [*insults, *threats], escalated=bool(bodies))
    sums, days = amounts(found), dates(found)
    numbers = references(found, [*sums, *days])
    due = deadline(found, days) if sort.name != "thanks" else None
    days = [day for day in days if due is None or day.end <= due.start or day.start >= due.end]
    wish = remedy(found, sort.name)
    return Reading(
        text=text,
        language=language,
        kind=sort,
        anger=mood,
        abuse=found.quote(insults),
        threat=found.quote(threats),
        escalation=found.quote(bodies),
        manners=manners(
            found,
            mood,
            offended=bool(insults or threats),
            escalated=bool(bodies),
            due=due is not None,
        ),
        lanes=lanes(found, sort.name, {"day": days, "sum": sums, "reference": numbers}),
        remedy=wish,
        need_by=due,
        amounts=tuple(sums),
        references=tuple(numbers),
        dates=tuple(days),
        missing=missing(sort.name, wish.name, sums, numbers, days),
    )


def _unread(text: str, language: Tongue) -> Reading:
    return Reading(
        text=text,
        language=language,
        kind=Kind("enquiry", 0.0, ()),
        anger=Anger(0, ()),
        abuse=(),
        threat=(),
        escalation=(),
        manners={},
        lanes=Lanes((), (), (Stretch(0, len(text)),) if text else ()),
        remedy=Remedy(NONE, ()),
        need_by=None,
        amounts=(),
        references=(),
        dates=(),
        missing=(),
    )

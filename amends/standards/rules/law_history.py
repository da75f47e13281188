"""The clocks of the law for a case, told from its history. Pure.

Only what a law looks at is read here; of waiting, pausing and merging of teams it knows nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from amends.standards.rules.history import Entry, What
from amends.standards.rules.law import ClockProfile, Happening, LawClock, Notice, Place, law_clock

_HAPPENINGS: Mapping[What, tuple[Happening, ...]] = {
    What.RECEIVED: (Happening.RECEIVED,),
    What.REGISTERED: (Happening.REGISTERED,),
    What.ACKNOWLEDGED: (Happening.ACKNOWLEDGED,),
    What.ANSWERED: (Happening.ACKNOWLEDGED,),
    What.RESPONSE_SENT: (Happening.ACKNOWLEDGED, Happening.SENT),
    What.RESPONSE_DELIVERED: (Happening.DELIVERED,),
    What.ACCEPTED: (Happening.ACCEPTED,),
    What.SUMMARY_SENT: (Happening.SUMMARY_SENT,),
    What.RESOLVED: (Happening.SATISFIED,),
}


def happenings(entries: Iterable[Entry]) -> dict[Happening, datetime]:
    """Return when each of what laws look at happened for the first time.

    Of cases merged into one the earliest receipt counts.
    """
    found: dict[Happening, datetime] = {}
    for entry in entries:
        for each in _HAPPENINGS.get(entry.what, ()):
            found.setdefault(each, entry.at)
        if entry.received_at and entry.received_at < found.get(Happening.RECEIVED, entry.at):
            found[Happening.RECEIVED] = entry.received_at
    return found


def law_clocks(
    profiles: Iterable[ClockProfile], entries: Iterable[Entry], place: Place
) -> list[LawClock]:
    """Return the clocks that have started, of the profiles that run for a case."""
    told = list(entries)
    happened = happenings(told)
    clocks = (law_clock(each, happened, place, _notice(told)) for each in profiles)
    return [each for each in clocks if each]


def _notice(entries: Iterable[Entry]) -> Notice | None:
    """Return the last notice by which a term was extended."""
    notices = [
        Notice(entry.at, entry.notice_until, entry.reason, entry.circumstances)
        for entry in entries
        if entry.what is What.EXTENDED
    ]
    return notices[-1] if notices else None

"""Who hears of what happened, without waiting for a worker."""

from amends.journal.models import Entry
from amends.notices.actions.telling import tell_of
from amends.notices.models import Notice
from amends.notices.queries.news import TELLING
from amends.notices.rules.reasons import Reason
from amends.staff.models import Staff

_KINDS = {kind.__name__: kind for kind in TELLING}


def told() -> list[tuple[Staff, Reason]]:
    """Let all that happened so far reach colleagues; return who was told what, in that order."""
    for entry in Entry.objects.filter(kind__in=_KINDS).order_by("pk"):
        event = _KINDS[entry.kind](**entry.facts)
        tell_of(event, by=entry.by, at=entry.at, now=entry.at)
    notices = Notice.objects.select_related("to").order_by("pk")
    return [(notice.to, Reason(notice.reason)) for notice in notices]

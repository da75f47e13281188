"""What happens on cases reaches whoever it is news for; what answers it ends the waiting."""

from django.utils import timezone

from amends.journal.events import Event, Moment, on, on_moment
from amends.notices.actions.telling import end_waiting, tell_of
from amends.notices.queries.news import ANSWERING, TELLING


def tell_colleagues(event: Event, moment: Moment) -> None:
    tell_of(event, by=moment.by, at=moment.at, now=timezone.now())


def take_as_answered(event: Event) -> None:
    end_waiting(event, at=timezone.now())


for kind in TELLING:
    on_moment(kind)(tell_colleagues)
for kind in ANSWERING:
    on(kind)(take_as_answered)

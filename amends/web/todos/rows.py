"""What is to be done inside, as rows of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.cases.queries.todos import TodoRow
from amends.web.templatetags.amends import due_html

if TYPE_CHECKING:
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to do as it is printed. instead: whose it was, if they lost the case."""

    url: str
    done_url: str
    when: SafeString
    what: str
    about: str
    instead: str


def tonight_of(now: datetime) -> datetime:
    """Return when the day ends of a reader whose time is `now`."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def shown(rows: Iterable[TodoRow], staff: "Staff", now: datetime) -> list[Shown]:
    """Return `rows` as they are printed for `staff`, whose time is `now`."""
    return [
        Shown(
            url=reverse("case", args=[row.reference]),
            done_url=reverse("case-todo-done", args=[row.reference, row.pk]),
            when=due_html(row.due_at, now),
            what=row.what,
            about=" · ".join((row.customer or _("Nobody known yet"), row.gist)),
            instead="" if row.owner_id == staff.pk else row.owner,
        )
        for row in rows
    ]

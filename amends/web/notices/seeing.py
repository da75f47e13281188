"""What the reader of a page has not seen yet, asked once for each request."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from amends.notices.actions.telling import see_case
from amends.notices.queries.telling import Unread, unread_for
from amends.web.http import StaffRequest

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff


def unread_by(request: HttpRequest, reader: "Staff") -> Unread:
    """Return what the `reader` of this page has not seen yet."""
    found: Unread = getattr(request, "unread", None) or unread_for(reader)
    cast(StaffRequest, request).unread = found
    return found


def has_seen(request: StaffRequest, case: "Case", at: datetime) -> None:
    """Take what the reader was told of `case` as seen, because they look at it."""
    unread = unread_by(request, request.user)
    if unread.may_be_on(case.pk):
        see_case(case, by=request.user, at=at)
        request.unread = unread.without(case.pk)

"""What a page gives its reader along so that it can be followed."""

from typing import TYPE_CHECKING

from django.urls import reverse

from amends.staff.queries import teams_of
from amends.web.live.passes import LIVE, write_pass
from amends.web.live.stream import PATH

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.web.http import StaffRequest

EVERY_CASE = "cases"


def follow_case(request: "StaffRequest", case: "Case", *, began: float) -> dict[str, str]:
    """Return what a page of `case` needs to be followed; nothing where the server has no streams.

    began: when the page was begun; what happens from then on is told.
    """
    mine = f"case:{case.pk}"
    topics = (mine, f"draft:{case.reference}:reply")
    return _followed(request, topics, began, place=mine) | {
        "again": reverse("case-watching", args=[case.reference]),
        "news": reverse("case-news", args=[case.reference]),
        "company": reverse("case-company", args=[case.reference]),
    }


def follow_lists(
    request: "StaffRequest", *, began: float, teams: bool = False, every: bool = False
) -> dict[str, str]:
    """Return what a list needs to be followed: one's own, of one's teams, or of every case."""
    topics = [f"staff:{request.user.pk}"]
    if teams and request.META.get(LIVE):
        keys = teams_of(request.user).values_list("pk", flat=True)
        topics += [f"team:{key}" for key in keys]
    if every:
        topics.append(EVERY_CASE)
    asked = f"?teams={int(teams)}&every={int(every)}"
    return _followed(request, tuple(topics), began) | {"again": reverse("watching") + asked}


def _followed(
    request: "StaffRequest", topics: tuple[str, ...], began: float, place: str = ""
) -> dict[str, str]:
    session = request.session.session_key
    if not (request.META.get(LIVE) and session):
        return {"pass": ""}
    shown = write_pass(request.user.pk, session, topics=topics, place=place, made_at=began)
    return {"pass": shown, "stream": PATH}

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.base.time_words import ago_words
from amends.cases.actions.evidence import note_reading
from amends.cases.actions.within import may_help_on
from amends.cases.queries.blind import case_that_keeps, is_kept_from
from amends.cases.queries.care import Care, care_of
from amends.cases.queries.pieces import Writing, writing_in
from amends.cases.queries.tags import tags_in
from amends.cases.queries.timeline import timeline_of
from amends.cases.queries.ways import way_of
from amends.cases.rules.lifecycle import State
from amends.contacts.rules.kinds import Channel
from amends.people.rules.kinds import PointKind
from amends.staff.queries import absence_of
from amends.staff.rules.permissions import Act
from amends.web.away.words import absence_words
from amends.web.cases.acting import found, kept_for_later
from amends.web.cases.came_from import came_from
from amends.web.cases.composer import composer_of
from amends.web.cases.deep import deep_said
from amends.web.cases.ended import ended
from amends.web.cases.erased import or_erased
from amends.web.cases.needed_by import offered
from amends.web.cases.out_of_sight import snoozed_words
from amends.web.cases.own_fields import panel
from amends.web.cases.rail.desk import Desk
from amends.web.cases.rail.whole import rail
from amends.web.cases.sharing import shared_here
from amends.web.cases.timeline import Reader, shown
from amends.web.cases.turnings import after_the_end, standing
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.live.following import follow_case
from amends.web.live.passes import now as live_now
from amends.web.notices.seeing import has_seen
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case


@needs(Act.SEE_CASES)
@require_safe
@or_erased
def case(request: StaffRequest, reference: str) -> HttpResponse:
    """Show a case: what happened, what is next, and all one needs to take the next step."""
    began = live_now()
    case_ = found(request, reference)
    staff, now = request.user, timezone.localtime()
    if grave := case_that_keeps(case_, staff):
        return kept_for_later(request, grave)
    _is_looked_at(request, case_, now)
    care = care_of(case_, staff=staff)
    handles = staff.may(Act.WORK_ON_CASE) and may_help_on(case_, staff)
    works = case_.is_open and handles
    desk, stands = Desk(case_, care, staff, works=works, now=now), way_of(case_)
    timeline = timeline_of(case_, before=request.GET.get("before", ""))
    writing = writing_in(case_, staff)
    reader = Reader(staff, now, blind=is_kept_from(case_, staff))
    promises = {promise.pk: promise for promise in care.promises}
    context = {
        "case": case_,
        "care": care,
        "rail": rail(desk),
        "plan": stands.plan,
        "standing": standing(desk, stands),
        "after_the_end": after_the_end(desk),
        "items": shown(timeline.items, promises, reader),
        "before": timeline.before,
        "works": works,
        "deep": deep_said(case_, care),
        **panel(desk, handles=handles),
        "composer": _composer(case_, care, writing) if works else [],
        "owner_said": _owner(case_, request),
        "ended": ended(case_, care.file, staff, now),
        "read_only": "" if works else _why_read_only(case_, request),
        **_written_here(writing, works=works),
        "snoozed": snoozed_words(case_, now),
        "live": follow_case(request, case_, began=began),
        "tags": tags_in(get_language() or "").of(case_.tags) if case_.tags else [],
        "may_tag": staff.may(Act.WORK_ON_CASE) and may_help_on(case_, staff),
        **_around(request, desk),
    }
    return render(request, page_or_part(request, "web/cases/case.html", "case"), context)


def _is_looked_at(request: StaffRequest, case_: "Case", now: datetime) -> None:
    """Note who reads a sensitive case, and take what the reader was told of it as seen."""
    if case_.sensitive_since:
        note_reading(case_, by=request.user, at=now)
    has_seen(request, case_, now)


def _composer(case_: "Case", care: Care, writing: Writing) -> list[dict[str, object]]:
    """Return the composer, with what the reader was writing here."""
    has_mail = any(point.kind == PointKind.EMAIL for point in care.customer.points)
    wrote = case_.channel == Channel.EMAIL
    return composer_of(case_, writing, may_mail=has_mail or wrote)


def _written_here(writing: Writing, *, works: bool) -> dict[str, object]:
    """Return what is written on the case and has not left, and the newest entry about it."""
    sharing = shared_here(writing) if works else None
    return {"seen": writing.seen, "planned": writing.planned, "sharing": sharing}


def _owner(case_: "Case", request: StaffRequest) -> str:
    """Return who answers for the case, and since when."""
    if case_.owner is None or case_.owned_since is None:
        duty = case_.team.duty_owner.name
        return _("not taken yet; %(name)s answers for it") % {"name": duty}
    since = {"since": ago_words(case_.owned_since, timezone.localtime())}
    if case_.owner == request.user:
        return _("yours, taken %(since)s") % since
    now = timezone.localtime()
    if case_.is_open and (absence := absence_of(case_.owner, at=now)):
        return absence_words(absence, today=now.date())
    return _("%(name)s, taken %(since)s") % {"name": case_.owner.name, **since}


def _why_read_only(case_: "Case", request: StaffRequest) -> str:
    """Return why the reader can only read."""
    if not case_.is_open:
        state = word(State(case_.state))
        return _("This case has ended: %(state)s. What happened stays as it is.") % {"state": state}
    if not request.user.may(Act.WORK_ON_CASE):
        return _("You read everything here and change nothing.")
    name = case_.owner.name if case_.owner else ""
    return _("This case belongs to %(name)s. Ask them, or write them a note.") % {"name": name}


def _around(request: StaffRequest, desk: Desk) -> dict[str, object]:
    """Return the list that the reader came from, and by when the customer asks for it."""
    asked = offered(desk.case, desk.care.file.asked_by, desk.now) if desk.works else None
    return {**came_from(request), "asked_by": asked}

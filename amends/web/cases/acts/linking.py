"""Joining, parting and linking cases, and opening one that follows an old one."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.base.refusal import Refused
from amends.cases.actions.linking import link_cases, open_next_case, remove_link
from amends.cases.actions.merging import merge_case, undo_merge
from amends.cases.actions.splitting import Portion, split_case, undo_split
from amends.cases.queries.linked import link_in, may_be_joined_to
from amends.cases.queries.reading import case_for
from amends.cases.rules.reference import read_reference
from amends.cases.rules.turns import Linkage
from amends.contacts.actions.recording import Telling
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import ways as forms
from amends.web.cases.forms.linking import Split
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

either = require_http_methods(["GET", "HEAD", "POST"])


class NoSuchCase(Refused):
    text = gettext_lazy("There is no case of this reference. Look at it once more.")


@needs(Permission.WORK_ON_CASE)
@either
def merge(request: StaffRequest, reference: str) -> HttpResponse:
    """Join a case to another one of the same story."""
    case = found(request, reference)
    act = Act(
        title=_("One story, one case"),
        button=_("Join them"),
        done=_("Joined. You can part them again."),
        about=_(
            "What was said goes along to the other case, and the earlier day counts. "
            "Only what the same customer told of the same facts is joined."
        ),
    )

    def run(said: dict[str, Any]) -> None:
        into = named(request, said["into"])
        merge_case(case, into=into, reason=said["reason"], by=request.user, at=timezone.now())

    others = may_be_joined_to(case, request.user)
    return perform(request, case, act, forms.Merge(given(request), others=others), run)


@needs(Permission.WORK_ON_CASE)
@either
def part_again(request: StaffRequest, reference: str) -> HttpResponse:
    """Part two cases that were joined by mistake."""
    case = found(request, reference)
    act = Act(
        title=_("Two stories after all"),
        button=_("Part them"),
        done=_("Parted. It stands where it stood."),
        about=_("It takes back what it brought, and goes on from where it was."),
    )

    def run(_said: dict[str, Any]) -> None:
        undo_merge(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def split(request: StaffRequest, reference: str) -> HttpResponse:
    """Let a part of a case go on as a case of its own."""
    case = found(request, reference)
    act = Act(
        title=_("Two stories, two cases"),
        button=_("Split it"),
        done=_("Split. The other case stands under the links."),
        about=_(
            "Choose what goes on as a case of its own. Both keep the day on which it came, "
            "who is in it, and their links. It can be put back for a day, while nothing happened."
        ),
    )

    def run(said: dict[str, Any]) -> None:
        portion = Portion(
            issues=list(said["issues"]),
            contacts=list(said.get("contacts") or ()),
            promises=list(said.get("promises") or ()),
            gist=said["gist"],
        )
        split_case(case, portion=portion, reason=said["reason"], by=request.user, at=timezone.now())

    return perform(request, case, act, Split(given(request), case=case), run)


@needs(Permission.WORK_ON_CASE)
@either
def put_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Put what was split off back to where it came from."""
    case = found(request, reference)
    act = Act(
        title=_("One story after all"),
        button=_("Put it back"),
        done=_("Put back. This reference leads to the other case from now on."),
        about=_("Within a day, and only while nothing happened on it."),
    )

    def run(_said: dict[str, Any]) -> None:
        undo_split(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def link(request: StaffRequest, reference: str) -> HttpResponse:
    """Say what a case is to another one."""
    case = found(request, reference)
    act = Act(
        title=_("Link another case"),
        button=_("Link them"),
        done=_("Linked."),
        about=_(
            "A whole does not end before its parts, nor one before what must end first. "
            "What does not begin yet can still be answered, assessed and promised."
        ),
    )

    def run(said: dict[str, Any]) -> None:
        link_cases(
            case,
            other=named(request, said["other"]),
            linkage=Linkage(said["linkage"]),
            why=said["why"],
            by=request.user,
            at=timezone.now(),
        )

    return perform(request, case, act, forms.LinkCase(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def unlink(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Remove a link between two cases."""
    case = found(request, reference)
    one = found_row(lambda: link_in(case, pk))
    act = Act(
        title=_("Remove the link"),
        button=_("Remove it"),
        done=_("Removed."),
        about=f"{one.case.reference}, {one.other.reference}",
    )

    def run(_said: dict[str, Any]) -> None:
        remove_link(one, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.RECORD_CONTACT)
@either
def next_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Open a new case on what is told now of one that has ended."""
    case = found(request, reference)
    act = Act(
        title=_("A new case that follows"),
        button=_("Open it"),
        done=_("Opened, and linked to this one."),
        about=_("For what comes up again after the time in which a case is opened again."),
    )

    def run(said: dict[str, Any]) -> None:
        at = timezone.now()
        telling = Telling(
            channel=Channel(said["channel"]),
            direction=Direction.IN,
            text=said["text"],
            source=Source.TAKEN_DOWN,
            started_at=at,
            ended_at=at,
            person=case.person,
            handled_by=request.user,
            language=case.language,
        )
        open_next_case(case, telling=telling, wish=said["wish"], by=request.user, at=at)

    return perform(request, case, act, forms.NextCase(given(request)), run)


def named(request: StaffRequest, text: str) -> "Case":
    """Return the case that somebody means by `text`, if the reader may see it."""
    try:
        return case_for(request.user, read_reference(text) or "")
    except ObjectDoesNotExist:
        raise NoSuchCase from None

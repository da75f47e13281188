"""Promising, and all that becomes of a promise."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.time_words import by_words
from amends.cases.actions.letters import send_apology_for_broken, send_slip
from amends.cases.actions.promises import (
    Offer,
    accept_promise,
    apologise_for_broken,
    counter_promise,
    keep_promise,
    make_promise,
    renegotiate_promise,
)
from amends.cases.queries.pieces import promise_in
from amends.cases.rules.kinds import Basis, How
from amends.cases.rules.meanwhile import Concern
from amends.people.queries import mail_address_of
from amends.staff.queries import absence_of, absences_ahead, colleagues_for, limits_of
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act as Permission
from amends.staff.rules.permissions import Role
from amends.web.away.words import absence_words, away_words
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms import promises as forms
from amends.web.cases.forms.fields import usual_how
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.promises import Promise

either = require_http_methods(["GET", "HEAD", "POST"])
PROMISE = "web/cases/fields/promise.html"
ANOTHER_DAY = "web/cases/fields/another_day.html"


@needs(Permission.MAKE_PROMISE)
@either
def promise(request: StaffRequest, reference: str) -> HttpResponse:
    """Promise the customer something."""
    case = found(request, reference)
    form = _promise_form(request, case)

    def run(said: dict[str, Any]) -> None:
        at = timezone.now()
        made = make_promise(case, offer=_offer(said), by=request.user, at=at)
        _tell(made, said["told"], request, at)
        _hint(request, made)

    act = Act(
        title=_("A promise"),
        button=_("Promise it"),
        done=_("Promised. Amends asks them afterwards whether it is put right."),
        fields=PROMISE,
        shows={"away": _own_absence(request)},
        concern=Concern.PROMISES,
    )
    return perform(request, case, act, form, run)


@needs(Permission.MAKE_PROMISE)
@either
def anew(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put a new promise in the place of one that is open or was broken."""
    case = found(request, reference)
    old = _promise(case, pk)
    form = _promise_form(request, case, old)

    def run(said: dict[str, Any]) -> None:
        at = timezone.now()
        made = renegotiate_promise(old, offer=_offer(said), by=request.user, at=at)
        _tell(made, said["told"], request, at)
        _hint(request, made)

    act = Act(
        title=_("A new promise instead"),
        button=_("Promise this instead"),
        done=_("Promised anew. The old promise stays on record."),
        fields=PROMISE,
        shows={"old": old, "away": _own_absence(request)},
        concern=Concern.PROMISES,
    )
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def kept(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a promise was kept, and what was done."""
    case = found(request, reference)
    old = _promise(case, pk)
    act = Act(
        title=_("It is done"),
        button=_("It is done"),
        done=_("Kept. Amends asks them whether it is put right."),
        about=old.what,
        concern=Concern.PROMISES,
    )

    def run(said: dict[str, Any]) -> None:
        keep_promise(old, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.KeepPromise(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def sorry_first(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say first, before anything else, that a promise was not kept."""
    case = found(request, reference)
    old = _promise(case, pk)
    form = forms.SaySorryFirst(given(request), has_mail=bool(mail_address_of(case.person)))

    def run(said: dict[str, Any]) -> None:
        at = timezone.now()
        apologise_for_broken(old, by=request.user, at=at)
        if said["said"] == forms.SEND:
            send_apology_for_broken(old, by=request.user, at=at)

    act = Act(
        title=_("Say so first"),
        button=_("Say sorry"),
        done=_("Written down. Now promise them a new day, one that holds."),
        fields="web/cases/fields/sorry_first.html",
        shows={"sentence": _sentence(case, old)},
        concern=Concern.PROMISES,
    )
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def their_yes(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down the customer's yes to a promise."""
    case = found(request, reference)
    made = _promise(case, pk)
    act = Act(
        title=_("They said yes"),
        button=_("They said yes"),
        done=_("Agreed."),
        about=made.what,
        concern=Concern.PROMISES,
    )

    def run(said: dict[str, Any]) -> None:
        accept_promise(made, how=How(said["how"]), by=request.user, at=timezone.now())

    usual = {"how": usual_how(case.channel)}
    return perform(request, case, act, forms.TheirYes(given(request), initial=usual), run)


@needs(Permission.WORK_ON_CASE)
@either
def another_day(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down that the customer asks for another day."""
    case = found(request, reference)
    made = _promise(case, pk)
    act = Act(
        title=_("They need another day"),
        button=_("Write it down"),
        done=_("Written down. Answer them: their day, or the nearest that holds."),
        fields=ANOTHER_DAY,
        about=made.what,
        concern=Concern.PROMISES,
    )

    def run(said: dict[str, Any]) -> None:
        counter_promise(
            made,
            wished=said["due_at"],
            words=said["words"],
            by=request.user,
            at=timezone.now(),
        )

    return perform(request, case, act, forms.AnotherDay(given(request)), run)


def _promise(case: "Case", pk: int) -> "Promise":
    try:
        return promise_in(case, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def _promise_form(
    request: StaffRequest, case: "Case", old: "Promise | None" = None
) -> forms.MakePromise:
    instead = {"what": old.what, "remedy": old.remedy, "basis": old.basis} if old else {}
    if old and old.amount is not None:
        instead["amount"] = str(old.amount)
    return forms.MakePromise(
        given(request),
        initial=instead,
        limits=limits_of(Role(request.user.role)),
        colleagues=colleagues_for(request.user).exclude(pk=request.user.pk),
        has_mail=bool(mail_address_of(case.person)),
        wished=old.counter_for if old and old.waits_for_answer else case.need_by,
    )


def _offer(said: dict[str, Any]) -> Offer:
    return Offer(
        what=said["what"],
        due_at=said["due_at"],
        owner=said["owner"],
        remedy=RemedyKind(said["remedy"]),
        basis=Basis(said["basis"]),
        amount=said["amount"],
    )


def _tell(made: "Promise", told: str, request: StaffRequest, at: datetime) -> None:
    """Let the customer hear of a promise: by the slip, or as they just did."""
    if told == forms.SEND:
        send_slip(made, by=request.user, at=at)
    elif told:
        accept_promise(made, how=How(told), by=request.user, at=at)


def _own_absence(request: StaffRequest) -> str:
    """Return when the reader is away, now or next; empty where they are not."""
    now = timezone.localtime()
    mine = absences_ahead(at=now).filter(staff=request.user.pk).first()
    return away_words(mine.first_on, mine.last_on, today=now.date()) if mine else ""


def _hint(request: StaffRequest, made: "Promise") -> None:
    """Say that who keeps the promise is away when it falls due, if they are."""
    if absence := absence_of(made.owner, at=made.due_at):
        say(request, absence_words(absence, today=timezone.localdate()))


def _sentence(case: "Case", broken: "Promise") -> str:
    """Return what to say first, in the customer's language."""
    with translation.override(case.language):
        return _("We promised you “%(what)s” %(by)s, and we did not do it. I am sorry.") % {
            "what": broken.what,
            "by": by_words(broken.due_at, timezone.localtime()),
        }

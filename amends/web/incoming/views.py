"""What arrived and became no contact: it stays here with its reason, and can be read again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases.queries.filed import mail_filed
from amends.contacts.actions.arrivals import read_again, release_spam
from amends.contacts.queries.arrivals import arrivals_by_day, arrivals_for
from amends.contacts.rules.arriving import SPAM
from amends.contacts.rules.holding import BY_RULE
from amends.contacts.rules.kinds import ArrivalState
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found
from amends.web.http import StaffRequest, needs, say
from amends.web.incoming.reasons import reason_in_words
from amends.web.templatetags.amends import Tab

PAGE = 50
MOST_AT_ONCE = 200
DAYS = timedelta(days=7)
BECAME = (
    ArrivalState.FILED, ArrivalState.AUTOMATIC, ArrivalState.BOUNCE, ArrivalState.HELD,
    ArrivalState.FAILED, ArrivalState.WAITING,
)  # fmt: skip
NOT_FILED = (
    ArrivalState.HELD, ArrivalState.FAILED, ArrivalState.BOUNCE, ArrivalState.AUTOMATIC,
    ArrivalState.WAITING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One arrival in the list."""

    pk: int
    sender: str
    subject: str
    name: str
    received_at: datetime
    state: str
    reason: str
    is_spam: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What arrived on one day: how much, and what became of it in the order of BECAME."""

    on: date
    arrived: int
    became: list[int]


@needs(Act.SEE_CASES)
@require_safe
def incoming(request: StaffRequest) -> HttpResponse:
    """Show what arrived and became no contact, the newest first."""
    arrivals = arrivals_for(request.user, NOT_FILED)
    before = request.GET.get("before", "")
    if before.isdecimal():
        arrivals = arrivals.filter(pk__lt=int(before[:18]))
    page = list(arrivals[: PAGE + 1])
    rows = [
        Row(
            pk=each.pk,
            sender=each.sender,
            subject=each.subject,
            name=each.name,
            received_at=each.received_at,
            state=each.state,
            reason=reason_in_words(each.reason),
            is_spam=each.state == ArrivalState.HELD
            and (each.reason == SPAM or each.reason.startswith(BY_RULE)),
        )
        for each in page[:PAGE]
    ]
    further = f"{reverse('incoming-mail')}?before={rows[-1].pk}" if len(page) > PAGE else ""
    may = request.user.may(Act.RECORD_CONTACT)
    context = {
        "rows": rows,
        "may_release": may and any(row.is_spam for row in rows),
        "days": [] if before else _days(request, timezone.now()),
        "became": BECAME,
        "first": reverse("incoming-mail") if before else "",
        "further": further,
        "may_read_again": may,
        "tabs": _tabs("incoming-mail"),
    }
    return render(request, "web/incoming/incoming.html", context)


@needs(Act.SEE_CASES)
@require_safe
def filed(request: StaffRequest) -> HttpResponse:
    """Show on which case each mail was put, the last first, and lead to moving it elsewhere."""
    told = request.GET.get("before", "")
    before = int(told[:18]) if told.isdecimal() else None
    page = mail_filed(request.user, before=before, most=PAGE + 1)
    rows = page[:PAGE]
    context = {
        "rows": rows,
        "may_move": request.user.may(Act.WORK_ON_CASE),
        "first": reverse("incoming-filed") if told else "",
        "further": f"{reverse('incoming-filed')}?before={rows[-1].key}" if len(page) > PAGE else "",
        "tabs": _tabs("incoming-filed"),
    }
    return render(request, "web/incoming/filed.html", context)


def _tabs(shown: str) -> list[Tab]:
    named = {"incoming-mail": _("Not filed"), "incoming-filed": _("Filed")}
    return [Tab(label, reverse(name), current=name == shown) for name, label in named.items()]


def _days(request: StaffRequest, at: datetime) -> list[Day]:
    """Return the figures of the last days, each adding up to what arrived."""
    since = timezone.localtime(at - DAYS).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        Day(on=on, arrived=states.total(), became=[states[state] for state in BECAME])
        for on, states in arrivals_by_day(request.user, since + timedelta(days=1)).items()
    ]


@needs(Act.RECORD_CONTACT)
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Let something be read once more."""
    arrival = found(lambda: arrivals_for(request.user, NOT_FILED).get(pk=pk))
    attempt(
        request,
        lambda: read_again(arrival, by=request.user, at=timezone.now()),
        said=_("It is read again within minutes."),
    )
    return redirect("incoming-mail")


@needs(Act.RECORD_CONTACT)
@require_POST
def wanted(request: StaffRequest) -> HttpResponse:
    """File what a filter or a rule holds and a colleague wants: one, or all that are ticked."""
    keys = {int(key[:18]) for key in request.POST.getlist("pk")[:MOST_AT_ONCE] if key.isdecimal()}
    released = release_spam(keys, by=request.user, at=timezone.now())
    told = ngettext(
        "%(number)s mail is filed within minutes.",
        "%(number)s mails are filed within minutes.",
        released,
    ) % {"number": released}
    say(request, told if released else _("Tick what is wanted first."))
    return redirect("incoming-mail")

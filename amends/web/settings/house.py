"""What stands behind More, and who we are."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from amends.staff.actions.organisation import correct_organisation
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, say
from amends.web.settings import forms


@dataclass(frozen=True, slots=True)
class Door:
    """One page behind More; `act` None means that everybody may go there."""

    name: str
    icon: str
    label: Promise
    text: Promise
    act: Act | None = None


DOORS = (
    Door(
        "todos",
        "note",
        gettext_lazy("To do, inside"),
        gettext_lazy("What you are to do for cases, besides what is promised."),
        Act.WORK_ON_CASE,
    ),
    Door(
        "outgoing-mail",
        "send",
        gettext_lazy("Outgoing mail"),
        gettext_lazy("What leaves by mail, what left, and what did not."),
        Act.SEE_OUTGOING_MAIL,
    ),
    Door(
        "incoming-mail",
        "inbox",
        gettext_lazy("Mail not filed"),
        gettext_lazy("What arrived and became no contact, and why."),
        Act.SEE_CASES,
    ),
    Door(
        "settings-organisation",
        "settings",
        gettext_lazy("Organisation"),
        gettext_lazy("Who we are, as customers see it."),
        Act.EDIT_ORGANISATION,
    ),
    Door(
        "settings-mailboxes",
        "mail",
        gettext_lazy("Mailboxes"),
        gettext_lazy("Which mail is fetched, and how it goes."),
        Act.EDIT_ORGANISATION,
    ),
    Door(
        "settings-colleagues",
        "people",
        gettext_lazy("People"),
        gettext_lazy("Who works here, with which role."),
        Act.EDIT_STAFF,
    ),
    Door(
        "settings-teams",
        "handover",
        gettext_lazy("Teams and departments"),
        gettext_lazy("Who answers for what comes in."),
        Act.EDIT_TEAMS,
    ),
    Door(
        "settings-hours",
        "clock",
        gettext_lazy("Opening hours"),
        gettext_lazy("When we are open, and on which days we are not."),
        Act.EDIT_TEAMS,
    ),
    Door(
        "settings-standards",
        "clock",
        gettext_lazy("Our standards"),
        gettext_lazy("What we hold ourselves to, tried on the last month before it is saved."),
        Act.EDIT_TEAMS,
    ),
    Door(
        "kept-standards",
        "eye",
        gettext_lazy("How standards are kept"),
        gettext_lazy("Each with who answers for it, its share kept, month by month."),
        Act.SEE_JOURNAL,
    ),
    Door(
        "returns",
        "note",
        gettext_lazy("Returns for regulators"),
        gettext_lazy("How many complaints came in and ended, how soon, and what was paid."),
        Act.SEE_JOURNAL,
    ),
    Door(
        "what-helped",
        "thanks",
        gettext_lazy("What helped"),
        gettext_lazy("Of the advice on the cards: what was followed, and how the mood moved."),
        Act.SEE_CASES,
    ),
    Door(
        "settings-clocks",
        "clock",
        gettext_lazy("Clocks of the law"),
        gettext_lazy("How long laws give us, and where that is written."),
        Act.EDIT_ORGANISATION,
    ),
    Door(
        "settings-authority",
        "key",
        gettext_lazy("Authority"),
        gettext_lazy("What each role may give and promise."),
        Act.EDIT_AUTHORITY,
    ),
    Door(
        "settings-procedures",
        "eye",
        gettext_lazy("Procedures"),
        gettext_lazy("Which steps each kind of case has, and what closing asks."),
        Act.SEE_PROCEDURES,
    ),
    Door(
        "settings-fields",
        "note",
        gettext_lazy("Our own fields"),
        gettext_lazy("What is asked of cases besides."),
        Act.EDIT_PROCEDURES,
    ),
    Door(
        "approvals",
        "key",
        gettext_lazy("Approvals"),
        gettext_lazy("What waits for your yes or no."),
        Act.MAKE_PROMISE,
    ),
    Door(
        "settings-lists",
        "filter",
        gettext_lazy("Products and topics"),
        gettext_lazy("By what complaints are sorted."),
        Act.EDIT_AUTHORITY,
    ),
    Door(
        "settings-sending",
        "send",
        gettext_lazy("How mail leaves"),
        gettext_lazy("The server, the pace and the signature of each mailbox."),
        Act.EDIT_ORGANISATION,
    ),
    Door(
        "settings-holding",
        "filter",
        gettext_lazy("Unwanted mail"),
        gettext_lazy("What is held to be looked at before it is filed."),
        Act.EDIT_ORGANISATION,
    ),
    Door(
        "settings-answers",
        "send",
        gettext_lazy("Ready answers"),
        gettext_lazy("What replies often say, in five languages."),
        Act.EDIT_PROCEDURES,
    ),
    Door(
        "settings-checklists",
        "note",
        gettext_lazy("Checklists"),
        gettext_lazy("What is to be done inside on each kind of case."),
        Act.EDIT_PROCEDURES,
    ),
    Door(
        "settings-tags",
        "filter",
        gettext_lazy("Tags"),
        gettext_lazy("By which words cases are found together."),
        Act.EDIT_PROCEDURES,
    ),
    Door(
        "settings-learning",
        "eye",
        gettext_lazy("Suggestions"),
        gettext_lazy("What is learnt here from your own cases, how good it is, and the switch."),
        Act.EDIT_PROCEDURES,
    ),
    Door(
        "settings-records",
        "lock",
        gettext_lazy("Keeping records"),
        gettext_lazy("How long, which are past their time, and which must not go."),
        Act.EDIT_TEAMS,
    ),
    Door(
        "settings-bodies",
        "globe",
        gettext_lazy("Outside bodies"),
        gettext_lazy("Whom customers may turn to if they do not agree."),
        Act.EDIT_AUTHORITY,
    ),
    Door(
        "away",
        "people",
        gettext_lazy("Who is away"),
        gettext_lazy("When, and who stands in; also for yourself."),
    ),
    Door(
        "profile",
        "person",
        gettext_lazy("My profile"),
        gettext_lazy("Your name, language, time zone, keys and password."),
    ),
    Door(
        "first-five-minutes",
        "sun",
        gettext_lazy("Your first five minutes"),
        gettext_lazy("What Amends is about, tried once."),
    ),
)


@login_required
@require_GET
def more(request: StaffRequest) -> HttpResponse:
    """Show what else there is, for those who may use it."""
    doors = [door for door in DOORS if door.act is None or request.user.may(door.act)]
    shown = [(door, url) for door in doors if (url := _address(door.name))]
    return render(request, "web/settings/more.html", {"doors": shown})


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "POST"])
def house(request: StaffRequest) -> HttpResponse:
    """Show who we are, and correct it."""
    ours = organisation()
    written = {name: getattr(ours, name) for name in forms.Organisation.base_fields}
    outside = {forms.OUTSIDE + code: text for code, text in ours.outside_body.items()}
    form = forms.Organisation(request.POST or None, initial=written | outside)
    if form.is_valid():
        correct_organisation(form.house(), by=request.user, at=timezone.now())
        say(request, _("Saved"))
        return redirect("settings-organisation")
    status = 422 if form.errors else 200
    return render(request, "web/settings/organisation.html", {"form": form}, status=status)


def _address(name: str) -> str:
    """Return where a page is; empty while nothing is behind its name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

"""All that hangs on one case, in two statements however much it is."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models import Case as Choice
from django.db.models.functions import Now

from amends.base.questions import Question
from amends.cases.models.admissibility import Ruling
from amends.cases.models.attention import Follower
from amends.cases.models.case import Case, CaseContact, CaseLink, Issue, PartyOfCase
from amends.cases.models.causes import Cause
from amends.cases.models.clocks import CaseClock
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.conduct import PassedOver
from amends.cases.models.contributing import Contribution
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import Hold, IdentityCheck
from amends.cases.queries.fields import FieldLine, lines_in
from amends.cases.queries.file_lines import (
    Asked,
    AskedFor,
    Checked,
    Complained,
    Counted,
    Follows,
    HadAHand,
    Held,
    Help,
    Linked,
    Offered,
    Party,
    Passed,
    Standing,
    Ticking,
)
from amends.cases.queries.lessons import Learned, lessons_on_case
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.queries.todos import ListLine, TodoLine, lines_in_case, lists_in_case
from amends.contacts.models import AskedBy, Note
from amends.contacts.rules.kinds import Channel, Direction, MailState
from amends.standards.queries import hours_that_hold
from amends.standards.rules.calendar import Calendar
from amends.standards.rules.hours import calendar_of, read_kept
from amends.standards.rules.law import Happening
from amends.standards.rules.warnings import Whose

WAITING = {"accepted_at": None, "declined_at": None, "withdrawn_at": None}
_SPOKEN = [Channel.TELEPHONE.value, Channel.DESK.value, Channel.CHAT.value]
_BY_US = Q(contact__automatic=False, contact__handled_by__isnull=False) & (
    Q(contact__direction=Direction.OUT) | Q(contact__channel__in=_SPOKEN)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All that hangs on one case but its contacts.

    heard_at: when the customer's own words were first taken down or written. read_back_at: when
    they were first read back. noted: whether anybody took notes. replied_at: when a colleague last
    wrote to or spoke with the customer. written_at: when the customer wrote more than what the case
    began with, and no colleague wrote or spoke to them since. identity_checks: newest first.
    calendar: when its team is open; none while nobody has said so. clocks: those of the law and of
    our standards, of each measure the newest. checklists: those that can be put on it yet.
    asked_by: by when the customer asks for it in their own words, the newest first.
    """

    promises: tuple[Promise, ...]
    follow_ups: tuple[Asked, ...]
    handover: Offered | None
    holds: tuple[Held, ...]
    parties: tuple[Party, ...]
    followers: tuple[Follows, ...]
    identity_checks: tuple[Checked, ...]
    help_requests: tuple[Help, ...]
    ruling: Standing | None
    issues: tuple[Complained, ...]
    cause: Counted | None
    links: tuple[Linked, ...]
    todos: tuple[TodoLine, ...]
    checklists: tuple[ListLine, ...]
    fields: tuple[FieldLine, ...]
    passed_over: tuple[Passed, ...]
    lessons: tuple[Learned, ...]
    contributions: tuple[HadAHand, ...]
    heard_at: datetime | None
    read_back_at: datetime | None
    noted: bool
    replied_at: datetime | None
    written_at: tuple[datetime, ...]
    calendar: Calendar | None
    clocks: tuple[Ticking, ...]
    asked_by: tuple[AskedFor, ...]


def file_of(case: Case) -> CaseFile:
    """Return all that hangs on `case` but its contacts."""
    promises = Promise.objects.filter(case=case).select_related("owner").order_by("due_at", "pk")
    (values,) = _HANGS_ON_IT.answer(case=case.pk, team=case.team_id)
    row = dict(zip(_PARTS, values, strict=True))
    handovers = read_lines(Offered, row["handovers_"])
    causes = read_lines(Counted, row["causes_"])
    return CaseFile(
        promises=tuple(promises),
        follow_ups=read_lines(Asked, row["follow_ups_"]),
        handover=handovers[0] if handovers else None,
        holds=read_lines(Held, row["holds_"]),
        parties=read_lines(Party, row["parties_"]),
        followers=read_lines(Follows, row["followers_"]),
        identity_checks=read_lines(Checked, row["identity_checks_"]),
        help_requests=read_lines(Help, row["help_requests_"]),
        ruling=next(iter(read_lines(Standing, row["rulings_"])), None),
        issues=read_lines(Complained, row["issues_"]),
        cause=causes[0] if causes else None,
        links=read_lines(Linked, row["links_"]),
        todos=read_lines(TodoLine, row["todos_"]),
        checklists=read_lines(ListLine, row["checklists_"]),
        fields=read_lines(FieldLine, row["fields_"]),
        passed_over=read_lines(Passed, row["passed_over_"]),
        clocks=read_lines(Ticking, row["clocks_"]),
        asked_by=read_lines(AskedFor, row["asked_by_"]),
        lessons=read_lines(Learned, row["lessons_"]),
        contributions=read_lines(HadAHand, row["contributions_"]),
        heard_at=row["heard_at"],
        read_back_at=row["read_back_at"],
        noted=row["noted"],
        replied_at=row["replied_at"],
        written_at=tuple(row["written_at"]),
        calendar=calendar_of(read_kept(json.loads(row["hours"]))) if row["hours"] else None,
    )


def asked_of(case: Case) -> tuple[AskedFor, ...]:
    """Return by when the customer of `case` asks for it, the newest first."""
    asked = AskedBy.objects.filter(contact__case_contacts__case=case)
    newest = asked.order_by("-contact__ended_at", "-pk")
    lines = newest.values_list("words", "until", "contact__language")
    return tuple(AskedFor(*line) for line in lines)


def _lists() -> dict[str, Subquery]:
    """Return the small lists of a case, each as one subquery of the case's row."""
    of_case = {"case": OuterRef("pk")}
    follow_ups = FollowUp.objects.filter(**of_case).annotate(
        attempts_=Count("attempts"), last_attempt_at=Max("attempts__at")
    )
    handovers = Handover.objects.filter(**of_case, **WAITING)
    holds = Hold.objects.filter(**of_case, lifted_at=None).order_by("until", "pk")
    return {
        "follow_ups_": lines_of(follow_ups.order_by("pk"), Asked, attempts="attempts_"),
        "handovers_": lines_of(handovers, Offered, giver="giver__name", taker="taker__name"),
        "holds_": lines_of(holds, Held),
        "help_requests_": _calls_for_help(),
        "clocks_": _clocks(),
        "rulings_": lines_of(
            Ruling.objects.filter(**of_case, taken_back_at=None),
            Standing,
            by="by__name",
            earlier="earlier__reference",
        ),
        "issues_": lines_of(Issue.objects.filter(**of_case).order_by("pk"), Complained),
        "causes_": lines_of(Cause.objects.filter(**of_case), Counted),
        "links_": _links(),
        "todos_": lines_in_case(),
        "checklists_": lists_in_case(),
        "fields_": lines_in(),
        "asked_by_": _asked_by(),
        "passed_over_": lines_of(
            PassedOver.objects.filter(**of_case).order_by("at"), Passed, by="by__name"
        ),
    }


def _calls_for_help() -> Subquery:
    return lines_of(
        HelpRequest.objects.filter(case=OuterRef("pk"), in_confidence=False).order_by(
            "asked_at", "pk"
        ),
        Help,
        asked_by="asked_by__name",
        asked_of="asked_of__name",
        answered_by="answered_by__name",
    )


def _links() -> Subquery:
    """Return the links of a case, each with the case at its far end."""
    case = OuterRef("pk")
    links = CaseLink.objects.filter(Q(case=case) | Q(other=case)).order_by("at", "pk")
    here = ExpressionWrapper(Q(case=case), output_field=BooleanField())
    far = {
        name: Choice(When(case=case, then=F(f"other__{name}")), default=F(f"case__{name}"))
        for name in ("reference", "state")
    }
    return lines_of(
        links.annotate(from_here_=here, reference_=far["reference"], state_=far["state"]),
        Linked,
        from_here="from_here_",
        reference="reference_",
        state="state_",
    )


def _clocks() -> Subquery:
    """Return the clocks of the law and of our standards, of each measure the newest."""
    of_case = CaseClock.objects.filter(case=OuterRef("pk"), whose__in=[Whose.LAW, Whose.STANDARD])
    which = ("whose", "what", "profile")
    short = Q(profile__stops_on__contains=[Happening.SUMMARY_SENT.value])
    may_sum_up = short & Q(met_at=None, due_at__gte=Now())
    newest = of_case.order_by(*which, "-number").distinct(*which).annotate(may_sum_up_=may_sum_up)
    return lines_of(
        newest,
        Ticking,
        profile="profile__key",
        standard="standard__name",
        may_sum_up="may_sum_up_",
    )


def _asked_by() -> Subquery:
    asked = AskedBy.objects.filter(contact__case_contacts__case=OuterRef("pk"))
    newest = asked.order_by("-contact__ended_at", "-pk")
    return lines_of(newest, AskedFor, language="contact__language")


def _people() -> dict[str, Subquery]:
    """Return who is in a case or had a hand in it, who follows it, and of whom we made sure."""
    of_case = {"case": OuterRef("pk")}
    parties = PartyOfCase.objects.filter(**of_case).order_by("since", "pk")
    followers = Follower.objects.filter(**of_case, staff__is_active=True).order_by("since", "pk")
    steps = Contribution.objects.filter(**of_case, dropped_at=None).order_by("at", "pk")
    checks = IdentityCheck.objects.filter(**of_case).order_by("-at", "-pk")
    return {
        "parties_": lines_of(parties, Party, person="person__name", staff="staff__name"),
        "contributions_": lines_of(
            steps, HadAHand, department="department__name", supplier="supplier__name"
        ),
        "lessons_": lines_of(lessons_on_case(), Learned, by="by__name"),
        "followers_": lines_of(followers, Follows, name="staff__name"),
        "identity_checks_": lines_of(checks, Checked, person="person__name", by="by__name"),
    }


def _of_contacts() -> dict[str, Subquery | Exists | ArraySubquery]:
    """Return what the steps ask of a case's contacts."""
    contacts = CaseContact.objects.filter(case=OuterRef("pk"))
    heard = contacts.filter(contact__direction=Direction.IN).exclude(contact__words__text="")
    read_back = contacts.filter(contact__words__read_back_at__isnull=False)
    ours = contacts.filter(_BY_US).exclude(contact__mail__state=MailState.WITHDRAWN)
    answers = (
        CaseContact.objects.filter(_BY_US, case=OuterRef("case"))
        .filter(contact__ended_at__gte=OuterRef("at"))
        .exclude(contact__mail__state=MailState.WITHDRAWN)
    )
    written = contacts.filter(
        ~Exists(answers),
        at__gt=OuterRef("received_at"),
        contact__direction=Direction.IN,
        contact__automatic=False,
        contact__as_history=False,
    ).exclude(contact__channel__in=_SPOKEN)
    return {
        "heard_at": Subquery(heard.order_by("at", "pk").values("at")[:1]),
        "read_back_at": Subquery(
            read_back.order_by("at").values("contact__words__read_back_at")[:1]
        ),
        "noted": Exists(Note.objects.filter(contact__case_contacts__case=OuterRef("pk"))),
        "replied_at": Subquery(ours.order_by("-at", "-pk").values("contact__ended_at")[:1]),
        "written_at": ArraySubquery(written.order_by("at").values("at")),
    }


def _of_the_team(team: int) -> dict[str, Subquery]:
    return {"hours": Subquery(hours_that_hold(team).values("hours")[:1])}


_PARTS = (*_lists(), *_people(), *_of_contacts(), "hours")
_HANGS_ON_IT = Question(
    lambda case, team: (
        Case.objects.filter(pk=case)
        .annotate(**_lists(), **_people(), **_of_contacts(), **_of_the_team(team))
        .values_list(*_PARTS)
    ),
    case=-7_000_001,
    team=-7_000_002,
)

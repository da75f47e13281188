"""How a case was handled, and which steps are passed over how often and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from amends.cases.models.case import Case, CaseContact
from amends.cases.models.colleagues import Handover
from amends.cases.models.conduct import ContactReview, PassedOver
from amends.cases.models.safety import SeniorCall
from amends.cases.models.turns import Forwarding
from amends.cases.queries.file import CaseFile
from amends.cases.rules.conduct import (
    TOO_QUICK,
    Conduct,
    ConductFacts,
    evidence_of,
    is_passed_on_too_quickly,
    read_conduct,
)
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.their_time import Met, TheirTime, their_time
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Channel, Direction, MailState
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

REASONS_SHOWN = 5
MONTHS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Handled:
    """How a case was handled: the evidence there is, and what reviewers saw, by do and don't."""

    evidence: Mapping[Conduct, datetime | bool]
    reviews: Mapping[Conduct, Sequence[ContactReview]]


@dataclass(frozen=True, slots=True)
class Often:
    """How often one step was passed over in a month on cases of one kind, and the last reasons."""

    month: date
    kind: str
    step: str
    times: int
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Quickly:
    """How often a case was passed on within minutes in a month, without a word to its customer."""

    month: date
    times: int


def handled_of(case: Case, file: CaseFile, *, staff: Staff) -> Handled:
    """Return how `case` was handled, as `staff` may read it.

    What was seen on a contact is read by whoever handled it and by those who review.
    """
    shown = ContactReview.objects.filter(case=case).select_related("contact__handled_by", "by")
    if not staff.may(Act.ASSIGN_CASE):
        shown = shown.filter(contact__handled_by=staff)
    reviews: dict[Conduct, list[ContactReview]] = {}
    for review in shown.order_by("contact__started_at", "pk"):
        reviews.setdefault(read_conduct(review.item), []).append(review)
    return Handled(evidence_of(_facts(case, file)), reviews)


def reviewable_in(case: Case, *, by: Staff) -> QuerySet[Contact]:
    """Return the contacts of `case` that `by` may review: those of colleagues, in their order."""
    ours = Contact.objects.filter(case_contacts__case=case, handled_by__isnull=False)
    return ours.exclude(handled_by=by).order_by("started_at", "pk")


def their_time_of(case: Case, file: CaseFile) -> TheirTime:
    """Return what `case` took its customer so far."""
    contacts = Contact.objects.filter(case_contacts__case=case, automatic=False)
    facts = contacts.values_list("channel", "direction", "started_at", "ended_at")
    met = [Met(Channel(how), Direction(way), end - start) for how, way, start, end in facts]
    said = [each.answered_at for each in file.follow_ups if each.verdict == Verdict.YES]
    moments = [moment for moment in said if moment]
    yes_at = max(moments, default=None) if case.verdict == Verdict.YES else None
    return their_time(met, received_at=case.received_at, said_yes_at=yes_at)


def passed_over_lately(at: datetime) -> list[Often]:
    """Return how often each step was passed over in the last year, newest month first; no names."""
    rows = (
        PassedOver.objects.filter(at__gt=at - MONTHS)
        .values("kind", "step", month=TruncMonth("at"))
        .annotate(times=Count("pk"), reasons=ArrayAgg("reason", order_by=["-at"]))
        .order_by("-month", "-times", "kind", "step")
    )
    return [
        Often(
            month=row["month"].date(),
            kind=row["kind"],
            step=row["step"],
            times=row["times"],
            reasons=tuple(dict.fromkeys(row["reasons"]))[:REASONS_SHOWN],
        )
        for row in rows
    ]


def is_passed_on_quickly(case: Case, *, at: datetime) -> bool:
    """Return whether `case`, passed on at `at`, would be so before its customer heard from us."""
    return is_passed_on_too_quickly(
        received_at=case.received_at,
        at=at,
        heard_from_us=_heard_from_us().filter(case=case, at__lte=at).exists(),
        fled=SeniorCall.objects.filter(case=case).exists(),
    )


def passed_on_quickly(at: datetime) -> list[Quickly]:
    """Return how often a case was handed over or passed on so, in the last year, by month."""
    found: Counter[date] = Counter()
    for rows, moment in ((Handover.objects, "offered_at"), (Forwarding.objects, "at")):
        heard = _heard_from_us().filter(case=OuterRef("case"), at__lte=OuterRef(moment))
        fled = SeniorCall.objects.filter(case=OuterRef("case"))
        soon = Q(
            **{f"{moment}__gt": at - MONTHS, f"{moment}__lte": F("case__received_at") + TOO_QUICK}
        )
        quick = rows.filter(soon, ~Exists(heard), ~Exists(fled))
        months = quick.values(month=TruncMonth(moment)).annotate(times=Count("pk"))
        for row in months.order_by("month"):
            found[row["month"].date()] += row["times"]
    return [Quickly(month, found[month]) for month in sorted(found, reverse=True)]


def _heard_from_us() -> QuerySet[CaseContact]:
    """Return when customers heard from us: somebody wrote to them, or spoke with them."""
    wrote = Q(contact__direction=Direction.OUT)
    spoke = Q(contact__channel__in=[Channel.TELEPHONE, Channel.DESK])
    return CaseContact.objects.filter(wrote | spoke, contact__automatic=False)


def _facts(case: Case, file: CaseFile) -> ConductFacts:
    made = [promise.made_at for promise in file.promises]
    asked = [question.asked_at for question in file.follow_ups if question.asked_at]
    return ConductFacts(
        heard_at=file.heard_at,
        noted=file.noted,
        apology_at=case.apology_at,
        clarified_at=case.clarified_at or file.read_back_at,
        acted_at=min([*made, *([case.done_at] if case.done_at else [])], default=None),
        named_at=_named_at(case),
        asked_at=min(asked, default=None),
        owned_at=case.owned_since,
    )


def _named_at(case: Case) -> datetime | None:
    """Return when the customer was first written to: every letter of ours begins with the name."""
    if case.person_id is None:
        return None
    left = Q(contact__direction=Direction.OUT) & ~Q(state=MailState.WITHDRAWN)
    mails = OutgoingMail.objects.filter(left, contact__case_contacts__case=case)
    return mails.order_by("contact__ended_at").values_list("contact__ended_at", flat=True).first()

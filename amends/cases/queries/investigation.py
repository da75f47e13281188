"""All that the investigation of one case shows, and what like cases were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from amends.cases.models.case import Case, Issue, PartyOfCase
from amends.cases.models.deciding import Approval, Decision, FinalResponse, Option, Proposal, Remedy
from amends.cases.models.findings import (
    AgreedPoint,
    Disclosure,
    Evidence,
    HistoryOpened,
    OthersAffected,
    Reading,
)
from amends.cases.models.turns import InternalReview
from amends.cases.queries.approving import approval_state
from amends.cases.queries.proposing import (
    draft_of_decision,
    findings_of,
    last_decision_of,
    proposal_of,
    proposing_facts,
)
from amends.cases.queries.reading import cases_for
from amends.cases.queries.ways import review_of
from amends.cases.rules.findings import Found, is_blind, is_hard
from amends.cases.rules.kinds import Part, Track
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Approved, Unready, obstacles_to_proposing, usual
from amends.contacts.models import Attachment
from amends.staff.models import Staff

LIKE_SHOWN = 8
LIKE_FOR = timedelta(days=730)
READINGS_SHOWN = 20
EARLIER_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Weighed:
    """One option with all that it gives, and where its approval stands for the reader."""

    option: Option
    remedies: tuple[Remedy, ...]
    approved: Approved
    approval: Approval | None


@dataclass(frozen=True, slots=True)
class Investigation:
    """What the investigation page of a case shows.

    found: what was found on each of the `issues`. blind: whether earlier cases of the customer are
    kept from the reader; then `earlier` is empty. obstacles: why nothing may be proposed yet,
    whichever option is chosen. responses: newest first. review:
    the one that runs, if one does.
    """

    issues: tuple[Issue, ...]
    found: tuple[Found, ...]
    evidence: tuple[Evidence, ...]
    others: OthersAffected | None
    agreed: tuple[AgreedPoint, ...]
    about: tuple[PartyOfCase, ...]
    options: tuple[Weighed, ...]
    left_aside: tuple[Option, ...]
    hard: bool
    obstacles: tuple[Unready, ...]
    proposal: Proposal | None
    draft: Decision | None
    decision: Decision | None
    responses: tuple[FinalResponse, ...]
    blind: bool
    earlier: tuple[Case, ...]
    readings: tuple[Reading, ...]
    review: InternalReview | None


@dataclass(frozen=True, slots=True)
class GivenBefore:
    """What a like case was given. outcome: what was found there."""

    reference: str
    outcome: str
    kind: str
    basis: str
    amount: Decimal | None
    currency: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class LikeCases:
    """The remedies given in like cases, newest first, and the usual sum among them."""

    given: tuple[GivenBefore, ...]
    usual: Decimal | None
    currency: str


def investigation_of(case: Case, *, staff: Staff) -> Investigation:
    """Return what the investigation page of `case` shows to `staff`."""
    found = findings_of(case)
    options = tuple(_weighed(option, staff) for option in _options(case))
    first = options[0].option if options else None
    decision = last_decision_of(case)
    blind = _is_blind(case, staff, found)
    return Investigation(
        issues=tuple(case.issues.order_by("pk")),
        found=found,
        evidence=tuple(_evidence(case)),
        others=OthersAffected.objects.filter(case=case).first(),
        agreed=tuple(case.agreed_points.filter(dropped_at=None).order_by("pk")),
        about=tuple(_about(case)),
        options=options,
        left_aside=tuple(case.options.exclude(dropped_at=None).order_by("pk")),
        hard=is_hard(Track(case.track), case.severity),
        obstacles=_obstacles(case, first, staff),
        proposal=proposal_of(case),
        draft=draft_of_decision(case),
        decision=decision,
        responses=tuple(_responses(case)) if decision else (),
        blind=blind,
        earlier=() if blind else tuple(_earlier(case, staff)),
        readings=tuple(_readings(case)) if case.sensitive_since else (),
        review=review_of(case) if case.state == State.INTERNAL_REVIEW else None,
    )


def files_of(case: Case) -> QuerySet[Attachment]:
    """Return the files that came with the contacts of `case` or left with them, newest first."""
    return Attachment.objects.filter(contact__case_contacts__case=case).order_by("-pk")


def like_cases(case: Case, *, staff: Staff) -> LikeCases:
    """Return what was given in cases of the kind of `case` on the same topic, as `staff` may see.

    The customer's own cases are left out: what one was given before says nothing of what is right.
    """
    topics = [topic for topic in case.issues.values_list("topic", flat=True) if topic]
    alike = (
        cases_for(staff)
        .filter(kind=case.kind, issues__topic__in=topics)
        .exclude(pk=case.pk)
        .exclude(person__isnull=False, person=case.person_id)
    )
    decided = Q(
        option__proposals__decisions__decided_at__gt=case.received_at - LIKE_FOR,
        option__case__in=alike.values("pk"),
    )
    rows = Remedy.objects.filter(decided, dropped_at=None).values_list(
        "option__case__reference",
        "option__case__outcome",
        "kind",
        "basis",
        "amount",
        "currency",
        "option__proposals__decisions__decided_at",
    )
    given = tuple(GivenBefore(*row) for row in rows.order_by("-option__case", "pk")[:LIKE_SHOWN])
    sums = [each.amount for each in given if each.amount is not None]
    return LikeCases(
        given, usual(sums), next((each.currency for each in given if each.currency), "")
    )


def response_in(case: Case, pk: int) -> FinalResponse:
    """Return one version of the final response of `case`.

    Raises FinalResponse.DoesNotExist.
    """
    responses = FinalResponse.objects.select_related("decision__case")
    return responses.get(decision__case=case, pk=pk)


def _options(case: Case) -> QuerySet[Option]:
    given = Remedy.objects.filter(dropped_at=None).select_related("owner", "promise")
    return (
        case.options.filter(dropped_at=None)
        .prefetch_related(
            Prefetch("remedies", given.order_by("pk"), to_attr="given"),
            Prefetch("approvals", _approvals(), to_attr="asked"),
        )
        .order_by("pk")
    )


def _approvals() -> QuerySet[Approval]:
    asked = Approval.objects.select_related("asked_of", "deputy", "answered_by")
    return asked.order_by("-asked_at", "-pk")


def _weighed(option: Option, staff: Staff) -> Weighed:
    given: Sequence[Remedy] = option.given  # type: ignore[attr-defined] # prefetched
    asked: Sequence[Approval] = option.asked  # type: ignore[attr-defined] # prefetched
    return Weighed(
        option=option,
        remedies=tuple(given),
        approved=approval_state(option, by=staff),
        approval=asked[0] if asked else None,
    )


def _obstacles(case: Case, option: Option | None, staff: Staff) -> tuple[Unready, ...]:
    """Return what is missing whichever option is chosen; approval stands with each of them."""
    approval = {Unready.APPROVAL_NEEDED, Unready.APPROVAL_WAITS, Unready.APPROVAL_DECLINED}
    found = obstacles_to_proposing(proposing_facts(case, option, by=staff))
    return tuple(obstacle for obstacle in found if obstacle not in approval)


def _is_blind(case: Case, staff: Staff, found: Sequence[Found]) -> bool:
    opened = HistoryOpened.objects.filter(case=case, staff=staff).exists()
    decides = case.owner_id == staff.pk
    return is_blind(severity=case.severity, decides=decides, found=found, opened=opened)


def _evidence(case: Case) -> QuerySet[Evidence]:
    shown = Disclosure.objects.select_related("by").order_by("pk")
    return (
        Evidence.objects.filter(case=case)
        .select_related("issue", "file", "redacted")
        .prefetch_related(Prefetch("disclosures", shown), "own_files")
        .order_by("obtained_on", "pk")
    )


def _about(case: Case) -> QuerySet[PartyOfCase]:
    parties = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT)
    return parties.select_related("staff", "person").order_by("pk")


def _responses(case: Case) -> QuerySet[FinalResponse]:
    return (
        FinalResponse.objects.filter(decision__case=case)
        .select_related("by", "contact__mail")
        .prefetch_related("contact__attachments")
        .order_by("-sent_at", "-pk")
    )


def _earlier(case: Case, staff: Staff) -> QuerySet[Case]:
    if case.person_id is None:
        return Case.objects.none()
    theirs = cases_for(staff).filter(person=case.person_id).exclude(pk=case.pk)
    return theirs.order_by("-received_at", "-pk")[:EARLIER_SHOWN]


def _readings(case: Case) -> QuerySet[Reading]:
    return case.readings.select_related("staff").order_by("-at", "-pk")[:READINGS_SHOWN]

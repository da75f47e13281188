"""All that is written down of one case, for the file of it that leaves the house."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from amends.base.files import path_of
from amends.cases.models.admissibility import Ruling
from amends.cases.models.case import Case, CaseContact, CaseLink, CaseNote, Issue, PartyOfCase
from amends.cases.models.causes import Cause
from amends.cases.models.conduct import PassedOver
from amends.cases.models.contributing import Contribution
from amends.cases.models.deciding import (
    Approval,
    Decision,
    FinalResponse,
    Option,
    Proposal,
    Remedy,
)
from amends.cases.models.findings import (
    AgreedPoint,
    Disclosure,
    Evidence,
    OthersAffected,
    Reading,
)
from amends.cases.models.promises import Attempt, FollowUp, Promise
from amends.cases.models.protection import Hold, IdentityCheck
from amends.cases.models.todos import Todo
from amends.cases.models.turns import Forwarding, InternalReview, OutsideProceeding, Wait
from amends.cases.queries.behind import words_behind
from amends.cases.queries.fields import FieldLine, lines_of_case
from amends.cases.queries.timeline import EventItem, journal_of
from amends.contacts.models import Arrival, Attachment, Contact, Note
from amends.contacts.queries.arrivals import raw_of

MOST_PARTS = 200
READ_FROM = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCase:
    """A case with all that hangs on it, each in the order in which it happened."""

    case: Case
    contacts: Sequence[Contact]
    parties: Sequence[PartyOfCase]
    checks: Sequence[IdentityCheck]
    holds: Sequence[Hold]
    issues: Sequence[Issue]
    evidence: Sequence[Evidence]
    others: OthersAffected | None
    agreed: Sequence[AgreedPoint]
    options: Sequence[Option]
    proposals: Sequence[Proposal]
    decisions: Sequence[Decision]
    responses: Sequence[FinalResponse]
    promises: Sequence[Promise]
    follow_ups: Sequence[FollowUp]
    contributions: Sequence[Contribution]
    cause: Cause | None
    waits: Sequence[Wait]
    reviews: Sequence[InternalReview]
    forwardings: Sequence[Forwarding]
    proceedings: Sequence[OutsideProceeding]
    links: Sequence[CaseLink]
    notes: Sequence[CaseNote]
    readings: Sequence[Reading]
    events: Sequence[EventItem]
    words: dict[int, str]
    fields: Sequence[FieldLine]
    todos: Sequence[Todo]
    passed_over: Sequence[PassedOver]
    rulings: Sequence[Ruling]


def whole_case(case: Case) -> WholeCase:
    """Return `case` with all that hangs on it; in some thirty statements, however much it is."""
    promises = list(case.promises.select_related("owner", "replaced_by").order_by("made_at", "pk"))
    told = journal_of(case, parts=MOST_PARTS).items
    events = [item for item in told if isinstance(item, EventItem)]
    by_key = {promise.pk: promise for promise in promises}
    return WholeCase(
        case=case,
        contacts=contacts_with_all(case),
        parties=list(case.parties.select_related("person", "staff").order_by("since", "pk")),
        checks=list(case.identity_checks.select_related("person", "by").order_by("at", "pk")),
        holds=list(case.holds.order_by("set_at", "pk")),
        issues=list(case.issues.order_by("pk")),
        evidence=list(_evidence(case)),
        others=OthersAffected.objects.filter(case=case).first(),
        agreed=list(case.agreed_points.filter(dropped_at=None).order_by("pk")),
        options=list(_options(case)),
        proposals=list(case.proposals.select_related("option", "by").order_by("at", "pk")),
        decisions=list(_decisions(case)),
        responses=list(_responses(case)),
        promises=promises,
        follow_ups=list(_follow_ups(case)),
        contributions=list(_contributions(case)),
        cause=Cause.objects.filter(case=case).first(),
        waits=list(case.waits.order_by("since", "pk")),
        reviews=list(case.reviews.select_related("reviewer").order_by("asked_at", "pk")),
        forwardings=list(case.forwardings.order_by("at", "pk")),
        proceedings=list(case.proceedings.order_by("opened_at", "pk")),
        links=list(_links(case)),
        notes=list(case.notes.select_related("by").order_by("at", "pk")),
        readings=list(_readings(case)),
        events=events,
        words=words_behind(case, events, promises=by_key),
        fields=[line for line in lines_of_case(case) if line.values],
        todos=list(_todos(case)),
        passed_over=list(case.passed_over.select_related("by").order_by("at", "pk")),
        rulings=list(case.rulings.select_related("by", "earlier").order_by("at", "pk")),
    )


def _contributions(case: Case) -> QuerySet[Contribution]:
    named = case.contributions.filter(dropped_at=None).select_related("department", "supplier")
    return named.order_by("at", "pk")


def contacts_with_all(case: Case) -> list[Contact]:
    """Return every contact of `case` with what was said, noted and sent along, oldest first."""
    notes = Note.objects.select_related("by").order_by("at", "pk")
    links = (
        CaseContact.objects.filter(case=case)
        .select_related(
            "contact__person",
            "contact__speaks_for",
            "contact__handled_by",
            "contact__words",
            "contact__mail",
            "contact__arrival",
        )
        .defer("contact__arrival__raw", "contact__mail__text")
        .prefetch_related(
            Prefetch("contact__attachments", Attachment.objects.order_by("position")),
            Prefetch("contact__notes", notes),
        )
        .order_by("at", "pk")
    )
    return [link.contact for link in links]


def contact_of(case: Case, pk: int) -> Contact:
    """Return one contact of `case` in which something was said.

    Raises Contact.DoesNotExist.
    """
    said = Contact.objects.filter(case_contacts__case=case, words__isnull=False)
    return said.select_related("words").get(pk=pk)


def texts_of_arrivals(contacts: Sequence[Contact]) -> dict[int, str]:
    """Return by the keys of `contacts` what their raw mails say as bytes, their heads and more.

    As one can search in them: one byte one character, no more than the first two million.
    """
    arrivals = Arrival.objects.filter(contact__in=[each.pk for each in contacts])
    lost = arrivals_lost(contacts)
    return {
        arrival.contact.pk: raw_of(arrival, most_bytes=READ_FROM).decode("latin-1")
        for arrival in arrivals.select_related("contact").iterator(chunk_size=10)
        if arrival.pk not in lost
    }


def arrivals_lost(contacts: Sequence[Contact]) -> frozenset[int]:
    """Return the keys of those raw mails of `contacts` that are not where they were kept."""
    large = Arrival.objects.filter(contact__in=[each.pk for each in contacts], raw=None)
    kept = large.values_list("pk", "sha256")
    return frozenset(pk for pk, sha256 in kept if not path_of(sha256).exists())


def _todos(case: Case) -> QuerySet[Todo]:
    people = ("owner", "done_by", "checklist")
    return case.todos.select_related(*people).order_by("made_at", "place", "pk")


def _evidence(case: Case) -> QuerySet[Evidence]:
    shown = Disclosure.objects.select_related("by").order_by("pk")
    return (
        Evidence.objects.filter(case=case)
        .select_related("issue", "file", "redacted")
        .prefetch_related(Prefetch("disclosures", shown))
        .order_by("obtained_on", "pk")
    )


def _options(case: Case) -> QuerySet[Option]:
    given = Remedy.objects.filter(dropped_at=None).select_related("owner", "promise")
    asked = Approval.objects.select_related("asked_by", "asked_of", "answered_by")
    return case.options.prefetch_related(
        Prefetch("remedies", given.order_by("pk"), to_attr="given"),
        Prefetch("approvals", asked.order_by("asked_at", "pk"), to_attr="asked"),
    ).order_by("pk")


def _decisions(case: Case) -> QuerySet[Decision]:
    given = Remedy.objects.filter(dropped_at=None).select_related("owner", "promise")
    return (
        case.decisions.filter(decided_at__isnull=False)
        .select_related("decider", "proposal__option")
        .prefetch_related(
            Prefetch("proposal__option__remedies", given.order_by("pk"), to_attr="given")
        )
        .order_by("decided_at", "pk")
    )


def _responses(case: Case) -> QuerySet[FinalResponse]:
    return (
        FinalResponse.objects.filter(decision__case=case)
        .select_related("by", "contact__words")
        .order_by("sent_at", "pk")
    )


def _follow_ups(case: Case) -> QuerySet[FollowUp]:
    tried = Attempt.objects.order_by("at", "pk")
    return case.follow_ups.prefetch_related(Prefetch("attempts", tried)).order_by("pk")


def _links(case: Case) -> QuerySet[CaseLink]:
    return (
        CaseLink.objects.filter(Q(case=case) | Q(other=case))
        .select_related("case", "other")
        .order_by("at", "pk")
    )


def _readings(case: Case) -> QuerySet[Reading]:
    return case.readings.select_related("staff").order_by("at", "pk")

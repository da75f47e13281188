"""Which cases have to do with each other."""

from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.models.case import Case, CaseLink
from amends.cases.rules.turns import Linkage, may_reopen
from amends.contacts.models import Contact
from amends.staff.models import Staff
from amends.staff.queries import organisation

FARTHEST = 50
MOST = 25


def links_ahead_of(case: Case, *, linkage: Linkage) -> frozenset[tuple[int, int]]:
    """Return the links of one kind that one comes along from `case`, each from one to the next.

    At most 50 cases deep: a chain of that length is a mistake already.
    """
    found: set[tuple[int, int]] = set()
    at_hand, seen = {case.pk}, set[int]()
    for _step in range(FARTHEST):
        rows = CaseLink.objects.filter(kind=linkage, case_id__in=at_hand)
        seen |= at_hand
        step = set(rows.values_list("case_id", "other_id"))
        found |= step
        at_hand = {end for _start, end in step} - seen
        if not at_hand:
            break
    return frozenset(found)


def first_before(case: Case) -> str:
    """Return the reference of a case that must end before `case` begins; empty if none is open.

    One that was joined to another case goes on in that one.
    """
    links = CaseLink.objects.filter(case=case, kind=Linkage.BEGINS_AFTER)
    joined = Q(other__merged_into__isnull=False, other__merged_into__closed_at__isnull=True)
    open_ = links.filter(Q(other__closed_at__isnull=True) | joined).order_by("at", "pk")
    return open_.values_list("other__reference", flat=True).first() or ""


def may_be_joined_to(case: Case, staff: Staff) -> QuerySet[Case]:
    """Return the other open cases of the customer of `case` that `staff` may see, newest first."""
    others = Case.objects.visible_to(staff).open().exclude(pk=case.pk)
    theirs = others.filter(person=case.person) if case.person_id else others.none()
    return theirs.order_by("-received_at", "-pk")[:MOST]


def is_over(case: Case, *, at: datetime) -> bool:
    """Return whether `case` ended too long ago to be opened again: a new one follows it."""
    if case.erased_at:
        return True
    days = organisation().reopen_days
    return case.closed_at is not None and not may_reopen(case.closed_at, at, days=days)


def contacts_of(case: Case) -> QuerySet[Contact]:
    """Return the contacts of `case`, in their order."""
    return Contact.objects.filter(case_contacts__case=case).order_by("started_at", "pk")


def link_in(case: Case, pk: int) -> CaseLink:
    """Return one link that starts or ends at `case`.

    Raises CaseLink.DoesNotExist.
    """
    links = CaseLink.objects.select_related("case", "other")
    return (links.filter(case=case) | links.filter(other=case)).get(pk=pk)

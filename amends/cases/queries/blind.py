"""Who is kept from a customer's earlier verdicts and manners until everything is found on."""

from django.db.models import Exists, OuterRef

from amends.cases.models.case import Case, CaseQuerySet, Issue
from amends.cases.models.findings import HistoryOpened
from amends.cases.rules.kinds import Outcome, Severity
from amends.staff.models import Staff

_ISSUES = Issue.objects.filter(case=OuterRef("pk"))


def is_kept_from(case: Case, staff: Staff) -> bool:
    """Return whether manners shown on `case` are kept from `staff`, who decides it, for now.

    Takes a statement only where `staff` decides a grave case.
    """
    if case.owner_id != staff.pk or (case.severity or 0) < Severity.SERIOUS:
        return False
    return _decided_blind(staff).filter(pk=case.pk).exists()


def case_that_keeps(case: Case, staff: Staff) -> Case | None:
    """Return the grave case for which `staff` is kept from this earlier one, if there is any.

    Only what has ended has a verdict.
    """
    if case.is_open or case.person_id is None:
        return None
    return _decided_blind(staff).filter(person=case.person_id).exclude(pk=case.pk).first()


def customers_kept_from(staff: Staff) -> frozenset[int]:
    """Return the customers whose ended cases are kept from `staff` for now, by their keys."""
    graves = _decided_blind(staff).filter(person__isnull=False).order_by()
    return frozenset(key for key in graves.values_list("person", flat=True) if key)


def _decided_blind(staff: Staff) -> CaseQuerySet:
    """Return the cases that `staff` decides blind: as `is_blind` in the rules says of each."""
    open_ = Exists(_ISSUES.filter(validity=Outcome.NOT_JUDGED)) | ~Exists(_ISSUES)
    opened = HistoryOpened.objects.filter(case=OuterRef("pk"), staff=staff)
    grave = Case.objects.open().filter(owner=staff, severity__gte=Severity.SERIOUS)
    return grave.filter(open_, ~Exists(opened)).order_by("pk")

"""Where every read of a case for a colleague begins."""

from amends.cases.models.case import Case, CaseQuerySet
from amends.staff.models import Staff


def cases_for(staff: Staff) -> CaseQuerySet:
    """Return the cases that `staff` may see."""
    return Case.objects.visible_to(staff)


def case_for(staff: Staff, reference: str) -> Case:
    """Return the case of this reference with its customer, owner and team.

    Raises Case.DoesNotExist, also when the case complains about `staff`.
    """
    return (
        cases_for(staff)
        .select_related("person", "owner", "team__duty_owner", "department", "procedure")
        .get(reference=reference)
    )

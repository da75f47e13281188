from django.db import models
from django.db.models import F, Q

from amends.cases.models.case import Case
from amends.contacts.models import Contact
from amends.staff.models import Staff


class Moving(models.Model):
    """That a contact went from one case to another, because it belongs there.

    opened: whether the other case was opened for it. undone_at: when it was put back.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="movings")
    out_of = models.ForeignKey(Case, models.PROTECT, related_name="+")
    into = models.ForeignKey(Case, models.PROTECT, related_name="movings")
    opened = models.BooleanField(default=False)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(out_of=F("into")), name="moving_leads_to_another_case"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="moving_undone_afterwards",
            ),
        ]
        indexes = [models.Index(fields=["contact", "-at"], name="moving_of_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.out_of_id} to {self.into_id}"

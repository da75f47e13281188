from django.db import models

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.contacts.models import Contact
from amends.staff.models import Staff


class TakenDown(models.Model):
    """That a sheet was taken down, and what became of it.

    key: the sheet's own id. A second click or a second tab finds by it what the first one did, and
    does not do it again.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="+")
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sheets taken down"
        constraints = [models.UniqueConstraint(fields=["staff", "key"], name="sheet_taken_once")]

    def __str__(self) -> str:
        return self.key

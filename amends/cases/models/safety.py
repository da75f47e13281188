"""What protects a colleague whom a customer insults or threatens."""

from django.db import models
from django.db.models import F, Q

from amends.cases.models.case import Case
from amends.cases.models.colleagues import HelpRequest
from amends.people.models import Person
from amends.staff.models import Staff


class SeniorCall(models.Model):
    """A senior was called to speak with a customer instead of a colleague.

    It says nothing about the customer beyond this contact, and counts for nobody. sheet: the sheet
    it was called from, until that is taken down onto a case. spared_until: till then the colleague
    is not given this customer. ended_at: when the contact was ended by rule, if it was.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="senior_calls")
    sheet = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    called_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    request = models.OneToOneField(HelpRequest, models.PROTECT, related_name="senior_call")
    called_at = models.DateTimeField()
    speaks_at = models.DateTimeField()
    spared_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | ~Q(sheet=""), name="senior_call_from_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(speaks_at__gt=F("called_at")), name="senior_speaks_after_the_call"
            ),
        ]
        indexes = [
            models.Index(fields=["called_by", "spared_until"], name="senior_call_spares"),
            models.Index(fields=["called_by", "sheet"], name="senior_call_of_sheet"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case, Issue
from amends.cases.rules.findings import Shelf
from amends.contacts.models import Attachment
from amends.staff.models import Staff


class Heading(models.Model):
    """One line of our own lists of products and topics, on two levels; in the house's language."""

    shelf = models.CharField(max_length=10)
    under = models.ForeignKey("self", models.PROTECT, null=True, related_name="lines")
    name = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("shelf", Shelf, "heading_shelf_known"),
            models.CheckConstraint(condition=~Q(name=""), name="heading_has_a_name"),
            models.UniqueConstraint(
                fields=["shelf", "under", "name"], name="heading_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """One thing that shows what happened, where it is from, and when we had it.

    issue: what it is about, None for the whole case. file, redacted: the thing itself and the copy
    that may be shown, where they lie with us.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="evidence")
    what = models.CharField(max_length=500)
    source = models.CharField(max_length=200)
    obtained_on = models.DateField()
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    redacted = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(source=""), name="evidence_says_what_and_whence"
            )
        ]

    def __str__(self) -> str:
        return self.what


class EvidenceFile(models.Model):
    """A file that a colleague brought as evidence; its bytes lie in file storage by `sha256`.

    redacted: the copy that may be shown.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="own_files")
    redacted = models.BooleanField(default=False)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "redacted"], name="evidence_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class Disclosure(models.Model):
    """That a piece of evidence was shown to somebody, whole or with what is not theirs left out."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="disclosures")
    to = models.CharField(max_length=200)
    redacted = models.BooleanField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to=""), name="disclosed_to_somebody")]

    def __str__(self) -> str:
        return self.to


class OthersAffected(models.Model):
    """How many others the same thing happened to who did not complain, and what they get."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="others_affected")
    how_many = models.PositiveIntegerField()
    found_how = models.CharField(max_length=500)
    they_get = models.CharField(max_length=500)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "others affected"

    def __str__(self) -> str:
        return f"{self.how_many}"


class AgreedPoint(models.Model):
    """One thing that the customer and we agree on; replies begin with these."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="agreed_points")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agreed_point_says_something")
        ]

    def __str__(self) -> str:
        return self.text


class HistoryOpened(models.Model):
    """That the decider of a grave case looked at the customer's history before finding, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "histories opened"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="history_opened_for_a_reason")
        ]

    def __str__(self) -> str:
        return self.reason


class Reading(models.Model):
    """That somebody read a sensitive case; once an hour is enough."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="readings")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="reading_of_case")]

    def __str__(self) -> str:
        return f"{self.staff_id}"

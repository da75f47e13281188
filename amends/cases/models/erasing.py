"""That a record was erased, and which files are still to be taken off the disk."""

from django.db import models

from amends.cases.models.case import Case
from amends.contacts.models import Contact
from amends.staff.models import Staff


class Erasure(models.Model):
    """That the words of a case were erased: when, by whom, and how much it was."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="erasure")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    contacts = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"case {self.pk} at {self.at:%Y-%m-%d}"


class Tombstone(models.Model):
    """That the words of a contact were erased.

    digest: a keyed hash of them: with the key and the words one can show that they are these.
    """

    contact = models.OneToOneField(
        Contact, models.PROTECT, primary_key=True, related_name="tombstone"
    )
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk}"


class FileToForget(models.Model):
    """A file that nothing may need any more, to be looked at and taken off the disk.

    made: it is one that we made, such as a whole case for somebody outside.
    """

    sha256 = models.CharField(max_length=64)
    made = models.BooleanField(default=False)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "made"], name="file_forgotten_once")
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="file_to_forget")]

    def __str__(self) -> str:
        return f"#{self.pk}"

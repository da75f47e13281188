from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.models.turns import OutsideProceeding
from amends.cases.rules.bundle import SECTIONS, Item, Section, Span, Stage
from amends.contacts.models import Contact
from amends.staff.models import LANGUAGES, Staff


def _sections() -> list[str]:
    return [section.value for section in SECTIONS]


class Bundle(models.Model):
    """A whole case as one file, for somebody outside who asked for it.

    to: whom it is for. proceeding: the one it is for, if it is. names_colleague: whether whom the
    complaint is about stands in it by name. sections: the parts that may be left out and leave.
    why_left_out: why what would have left does not. asked_at: when it was to be made, from when
    nothing of it changes. went_on_at: when the making last went on; done, total: how far. name,
    sha256, size_bytes: of the file. taken_at: when it was first handed out. gone_at: when the file
    was deleted.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    proceeding = models.ForeignKey(
        OutsideProceeding, models.PROTECT, null=True, related_name="bundles"
    )
    to = models.CharField(max_length=200)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    names_colleague = models.BooleanField(default=False)
    sections = ArrayField(models.CharField(max_length=10), default=_sections)
    why_left_out = models.CharField(max_length=500, blank=True)
    begun_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    went_on_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(to=""), name="bundle_for_somebody"),
            models.CheckConstraint(
                condition=Q(sections__contained_by=[each.value for each in Section]),
                name="bundle_sections_known",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, sha256="", expires_at__isnull=True)
                | (
                    Q(made_at__isnull=False, expires_at__isnull=False, size_bytes__isnull=False)
                    & Q(asked_at__isnull=False, error="")
                    & ~Q(sha256="")
                ),
                name="bundle_made_with_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(made_at__isnull=False),
                name="bundle_gone_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="bundle_of_case"),
            models.Index(
                fields=["expires_at", "id"],
                name="bundle_to_forget",
                condition=Q(expires_at__isnull=False, gone_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def stage(self) -> Stage:
        if self.gone_at:
            return Stage.GONE
        if self.made_at:
            return Stage.READY
        if self.error:
            return Stage.FAILED
        return Stage.WAITING if self.asked_at else Stage.CHOOSING


class BundleChoice(models.Model):
    """That one thing of a case leaves, or does not, otherwise than its kind does as a rule.

    key: of the row that the kind of item is kept in.
    """

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="choices")
    item = models.CharField(max_length=10)
    key = models.BigIntegerField()
    leaves = models.BooleanField()

    class Meta:
        constraints = [
            known("item", Item, "bundle_item_known"),
            models.UniqueConstraint(fields=["bundle", "item", "key"], name="bundle_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.key}"


class Blackening(models.Model):
    """That a passage of what was said is black in every file of the case that leaves, and why.

    start, end: in characters of the words of the contact, which never change.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="blackenings")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="blackening_not_empty"),
            models.CheckConstraint(condition=~Q(reason=""), name="blackening_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import LONGEST_NAME, Look, Order, Shared, read_look
from amends.staff.models import Staff, Team


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, staff: Staff) -> Self:
        """Leave out what is neither theirs nor shared with them."""
        of_team = Q(shared=Shared.TEAM, team__in=staff.teams.all())
        return self.filter(Q(owner=staff) | Q(shared=Shared.ALL) | of_team)


class SavedView(models.Model):
    """A list of cases that somebody wants to come back to.

    filters: as `rules.views` writes them; nobody asks the database for what is in them. team: with
    which team it is shared, if it is shared with one.
    """

    owner = models.ForeignKey(Staff, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=LONGEST_NAME)
    filters = models.JSONField(default=list)
    columns = ArrayField(models.CharField(max_length=30))
    order = models.CharField(max_length=15)
    shared = models.CharField(max_length=10, default=Shared.NOBODY.value)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            known("order", Order, "view_order_known"),
            known("shared", Shared, "view_shared_known"),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_a_name"),
            models.CheckConstraint(
                condition=Q(shared="team", team__isnull=False)
                | (~Q(shared="team") & Q(team__isnull=True)),
                name="view_shared_with_a_team",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def look(self) -> Look:
        return read_look(self.filters, self.columns, self.order)


class PinnedView(models.Model):
    """That somebody has a view among the lists of their Inbox; theirs, shared, or a shipped one."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="pinned_views")
    view = models.ForeignKey(SavedView, models.CASCADE, null=True, related_name="pins")
    shipped = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            known("shipped", Shipped, "pin_shipped_known", blank=True),
            models.CheckConstraint(
                condition=Q(view__isnull=False, shipped="")
                | (Q(view__isnull=True) & ~Q(shipped="")),
                name="pin_of_one_view",
            ),
            models.UniqueConstraint(
                fields=["staff", "view", "shipped"], name="pin_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.shipped or f"#{self.view_id}"

"""What we hold ourselves to, as far as it is kept in tables."""

from django.db import models
from django.db.models import Q

from amends.staff.models import Team


class WorkingHours(models.Model):
    """When the house is open, in the row without a team, and when a team is that has its own.

    hours: as `amends.standards.rules.hours` keeps them; none where a team follows the house again.
    recount_after: since they changed, the open cases up to this one were given a new due moment;
        none when all were, which was at recounted_at.
    """

    team = models.OneToOneField(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="working_hours"
    )
    hours = models.JSONField(null=True)
    changed_at = models.DateTimeField()
    recount_after = models.PositiveBigIntegerField(null=True, blank=True)
    recounted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(team=None),
                name="house_has_one_set_of_hours",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(hours__isnull=False),
                name="house_that_has_hours_keeps_them",
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"],
                name="hours_to_recount",
                condition=Q(recount_after__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"hours of team {self.team_id}" if self.team_id else "hours of the house"

"""What somebody is telling us on the public pages."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.cases.models.unsent import Unsent, UnsentFile

KEPT_FOR = timedelta(days=7)


def unsent_by(key: str) -> Unsent | None:
    """Return what is typed under `key`, with the case that it became; None if nothing is."""
    return (
        Unsent.objects.filter(key=key)
        .select_related("case__person", "case__owner", "case__team__duty_owner")
        .first()
    )


def unsent_to_forget(at: datetime) -> QuerySet[Unsent]:
    """Return what nobody has touched for a week, oldest first."""
    return Unsent.objects.filter(saved_at__lte=at - KEPT_FOR).order_by("saved_at", "pk")


def files_of(unsent: Unsent) -> QuerySet[UnsentFile]:
    """Return the files put with what is typed, without their bytes, in the order they came."""
    return UnsentFile.objects.filter(unsent=unsent).defer("data").order_by("pk")

"""Which laws run clocks is known from the beginning."""

from django.utils import timezone

from amends.journal.events import on
from amends.staff.events import OrganisationSetUp
from amends.standards.actions import ship_profiles


@on(OrganisationSetUp)
def ship_the_profiles(_event: OrganisationSetUp) -> None:
    ship_profiles(at=timezone.now())

"""Whoever comes to work here is an internal customer of every other department."""

from django.utils import timezone

from amends.journal.events import on
from amends.people.actions.persons import add_colleague, rename_colleague
from amends.staff.events import ColleagueChanged, ColleagueJoined, OrganisationSetUp
from amends.staff.models import Staff


@on(ColleagueJoined)
def know_colleague(event: ColleagueJoined) -> None:
    add_colleague(Staff.objects.get(pk=event.staff_id), by=None, at=timezone.now())


@on(OrganisationSetUp)
def know_owner(event: OrganisationSetUp) -> None:
    add_colleague(Staff.objects.get(pk=event.owner_id), by=None, at=timezone.now())


@on(ColleagueChanged)
def know_by_new_name(event: ColleagueChanged) -> None:
    if "name" in event.fields:
        rename_colleague(Staff.objects.get(pk=event.staff_id), by=None, at=timezone.now())

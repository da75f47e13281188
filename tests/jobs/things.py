"""A due moment of the tests' own: things that fall due, and a record of each act upon one.

`python -m tests.jobs.things` is a sweeper of them that can be killed.
"""

import os
from datetime import UTC, datetime
from threading import Event
from typing import ClassVar

import django
from django.apps import apps
from django.db import connection, models

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from amends.base import due
from amends.jobs.sweeper import sweep_until

PAST = datetime(2026, 3, 1, tzinfo=UTC)


class Thing(models.Model):
    due_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager["Thing"]] = models.Manager()

    class Meta:
        app_label = "jobs"
        managed = False
        db_table = "test_thing"

    def __str__(self) -> str:
        return f"thing {self.pk}"


class Act(models.Model):
    thing_id = models.BigIntegerField()
    objects: ClassVar[models.Manager["Act"]] = models.Manager()

    class Meta:
        app_label = "jobs"
        managed = False
        db_table = "test_act"

    def __str__(self) -> str:
        return f"act upon {self.thing_id}"


def due_things(at):
    return Thing.objects.filter(due_at__lte=at).order_by("due_at", "pk")


def act(thing, *, at):
    Act.objects.create(thing_id=thing.pk)
    thing.due_at = None
    thing.save(update_fields=["due_at"])


def act_all(rows, *, at):
    Act.objects.bulk_create(Act(thing_id=thing.pk) for thing in rows)
    Thing.objects.filter(pk__in=[thing.pk for thing in rows]).update(due_at=None)


def make_tables():
    with connection.schema_editor() as schema:
        schema.create_model(Thing)
        schema.create_model(Act)


def drop_tables():
    with connection.schema_editor() as schema:
        schema.delete_model(Thing)
        schema.delete_model(Act)


def slowly(thing, *, at):
    act(thing, at=at)
    Event().wait(0.005)  # libfaketime, under which this runs too, breaks time.sleep


if __name__ == "__main__":
    due._kinds.clear()
    due.sweep(due.Due("test.things", due_things, slowly))
    sweep_until(Event())

"""How an event becomes a job, and the job a reaction."""

from dataclasses import dataclass

import pytest
import time_machine
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.journal import events
from amends.journal.actions import record
from amends.journal.events import Event, find
from amends.journal.models import Block, Entry
from amends.journal.tasks import react, seal_journal
from tests import make

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class KettleBoiled(Event):
    litres: int


told: list[int] = []


def tell(event: KettleBoiled) -> None:
    told.append(event.litres)


def stumble(event: KettleBoiled) -> None:
    record(Event(), by=None, at=make.NOW)
    raise ValueError("cold")


@pytest.fixture(autouse=True)
def _reactions(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {KettleBoiled: [tell]})
    told.clear()


def boil():
    return record(KettleBoiled(litres=2), by=None, at=make.NOW)


def test_a_reaction_is_queued_with_the_transaction():
    entry = boil()
    job = ProcrastinateJob.objects.get(task_name="journal.react")
    assert job.args == {"entry_id": entry.pk, "reaction": events.name_of(tell)}
    assert told == []


def test_a_reaction_is_not_queued_when_it_rolls_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        boil()
        raise ZeroDivisionError
    assert not ProcrastinateJob.objects.exists()
    assert not Entry.objects.exists()


def test_a_reaction_runs_from_the_journal():
    boil()
    react(**ProcrastinateJob.objects.get().args)
    assert told == [2]


def test_a_reaction_that_fails_leaves_nothing_done(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {KettleBoiled: [stumble]})
    boil()
    with pytest.raises(ValueError, match="cold"):
        react(**ProcrastinateJob.objects.get().args)
    assert Entry.objects.count() == 1


def test_a_reaction_that_is_gone_is_looked_for_in_vain():
    with pytest.raises(LookupError, match=r"no reaction gone\.away to KettleBoiled"):
        find("KettleBoiled", "gone.away")


def test_every_minute_what_was_written_is_sealed():
    boil()
    with time_machine.travel(make.NOW, tick=False):
        seal_journal(0)
    assert Block.objects.get().sealed_at == make.NOW

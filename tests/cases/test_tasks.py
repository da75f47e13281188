"""What falls due on cases, done by the one sweeper."""

from datetime import timedelta

import pytest
from django.db import connection

from amends.base import due
from amends.cases.actions.unsent import Typed, keep_unsent
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.unsent import Unsent
from amends.cases.queries.overdue import promises_to_break, questions_to_ask
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Manner
from amends.jobs.sweeper import sweep
from amends.journal.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
OURS = {
    "cases.promise_breaks",
    "cases.put_right_asked",
    "cases.unsent_is_forgotten",
    "contacts.manner_expires",
}


def test_every_due_moment_of_cases_and_contacts_is_looked_after():
    assert {kind.name for kind in due.kinds()} >= OURS


def test_a_promise_whose_moment_passes_is_marked_broken_once():
    promise = make.promise(accepted=True)
    late = promise.due_at + timedelta(seconds=1)

    sweep(late)
    sweep(late + timedelta(minutes=1))

    promise.refresh_from_db()
    assert promise.broken_at == late
    assert Entry.objects.filter(kind="PromiseBroken").count() == 1
    promise.case.refresh_from_db()
    assert promise.case.next_due == "say-sorry-first"


def test_a_promise_that_is_not_due_is_left_alone():
    promise = make.promise(accepted=True)
    sweep(promise.due_at - timedelta(seconds=1))
    promise.refresh_from_db()
    assert promise.broken_at is None


@pytest.mark.requirement("S4-12")
def test_on_the_promised_day_amends_asks_or_tells_the_owner_to_ask():
    follow_up = make.kept()
    due_at = make.NOW + timedelta(days=1, hours=2)
    sweep(due_at)
    sweep(due_at + timedelta(minutes=1))
    follow_up.refresh_from_db()
    assert follow_up.handed_at is not None
    assert Entry.objects.filter(kind="PutRightHanded").count() == 1
    follow_up.case.refresh_from_db()
    assert follow_up.case.next_due == "ask"


@pytest.mark.requirement("S3-36")
def test_a_manner_is_forgotten_when_its_time_has_passed():
    contact = make.contact(by=make.staff(), manners=(Manner.ARGUER,))
    shown = MannerShown.objects.get(contact=contact)
    sweep(shown.expires_at - timedelta(seconds=1))
    assert MannerShown.objects.exists()
    sweep(shown.expires_at)
    assert not MannerShown.objects.exists()
    assert Entry.objects.filter(kind="MannerForgotten").count() == 1


def many_promises(count):
    """Return as many promises as `count` that are kept or far away, beside a few that are due."""
    case = make.promise(accepted=True).case
    one = Promise.objects.get(case=case)
    rows = [
        Promise(
            case=case,
            what="later",
            due_at=make.NOW + timedelta(days=30),
            owner=one.owner,
            made_by=one.owner,
            made_at=make.NOW,
            kept_at=make.NOW if n % 2 else None,
            kept_evidence="Done.",
        )
        for n in range(count)
    ]
    promises = Promise.objects.bulk_create(rows)
    FollowUp.objects.bulk_create(
        FollowUp(case=case, promise=promise, due_at=promise.due_at) for promise in promises
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_promise, cases_followup")


@pytest.mark.parametrize(
    ("rows", "index"),
    [(promises_to_break, "promise_open_by_due"), (questions_to_ask, "follow_up_to_ask")],
)
def test_looking_for_what_is_due_does_not_read_what_exists(rows, index):
    many_promises(4000)
    plan = rows(make.NOW + timedelta(days=1, hours=3)).explain()
    assert index in plan
    assert "Seq Scan on cases_promise" not in plan
    assert "Seq Scan on cases_followup" not in plan


def test_what_was_typed_and_never_sent_is_forgotten_after_a_week():
    keep_unsent(Typed("k" * 22, "lt", {"story": "Half a sent"}), at=make.NOW)
    sweep(make.NOW + timedelta(days=6))
    assert Unsent.objects.exists()
    sweep(make.NOW + timedelta(days=7))
    assert not Unsent.objects.exists()

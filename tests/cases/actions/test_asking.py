from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.actions.asking import ask_put_right
from amends.cases.models.promises import FollowUp
from amends.cases.queries.overdue import questions_to_ask
from amends.cases.rules.kinds import AttemptResult, How, Next
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind
from amends.journal.models import Entry
from amends.notices.rules.reasons import Reason
from amends.people.rules.kinds import Preference
from amends.staff.rules.permissions import Role
from amends.standards.actions import set_working_hours
from amends.standards.rules.hours import Hours, read_openings
from tests import make
from tests.told import told

DUE = make.NOW + timedelta(days=1, hours=2)


@pytest.fixture
def follow_up(db):
    owner = make.staff("Inga Ramanauskaitė")
    make.team(members=(owner,))
    ruta = make.person(email="ruta@home.example")
    return make.kept(make.case(make.contact(person=ruta), owner=owner))


def questions():
    return OutgoingMail.objects.filter(kind=MailKind.PUT_RIGHT)


@pytest.mark.requirement("S4-12", "S4-21")
def test_amends_asks_by_mail_and_notes_that_it_asked(follow_up):
    ask_put_right(follow_up, at=DUE)
    follow_up.refresh_from_db()
    attempt = follow_up.attempts.get()
    assert questions().get().to_address == "ruta@home.example"
    assert (attempt.how, attempt.result, attempt.by) == (How.EMAIL, AttemptResult.SENT, None)
    assert follow_up.asked_at == DUE
    assert follow_up.due_at == DUE + timedelta(days=3)


def test_it_asks_a_second_time_three_days_later_and_not_a_third_time(follow_up):
    for days in (0, 3):
        question = questions_to_ask(DUE + timedelta(days=days)).get()
        ask_put_right(question, at=DUE + timedelta(days=days))
    assert questions().count() == 2
    assert not questions_to_ask(DUE + timedelta(days=100)).exists()


def test_what_amends_cannot_ask_is_handed_to_the_owner(follow_up):
    follow_up.case.person.points.all().delete()
    ask_put_right(follow_up, at=DUE)
    follow_up.refresh_from_db()
    assert follow_up.handed_at == DUE
    assert told() == [(follow_up.case.owner, Reason.ASK_THEM)]
    assert Entry.objects.filter(kind="PutRightHanded").count() == 1


def test_what_was_handed_over_stays_due_for_the_owner(follow_up):
    follow_up.case.person.points.all().delete()
    ask_put_right(follow_up, at=DUE)
    follow_up.refresh_from_db()
    follow_up.case.refresh_from_db()
    assert follow_up.handed_at == DUE
    assert follow_up.case.next_due == Next.ASK
    assert not questions().exists()


def test_who_likes_to_be_called_is_called_by_the_owner(follow_up):
    person = follow_up.case.person
    person.prefers = Preference.TELEPHONE
    person.save()
    ask_put_right(FollowUp.objects.get(pk=follow_up.pk), at=DUE)
    follow_up.refresh_from_db()
    assert follow_up.handed_at == DUE
    assert not questions().exists()


def test_where_nobody_is_known_the_owner_is_told(follow_up):
    follow_up.case.person = None
    follow_up.case.save()
    ask_put_right(follow_up, at=DUE)
    follow_up.refresh_from_db()
    assert follow_up.handed_at == DUE


@pytest.mark.django_db
def test_a_promise_still_open_is_broken_and_not_asked_about():
    promise = make.promise(accepted=True)
    ask_put_right(promise.follow_up, at=DUE)
    promise.refresh_from_db()
    promise.follow_up.refresh_from_db()
    assert promise.broken_at == DUE
    assert promise.follow_up.due_at is None
    assert not OutgoingMail.objects.exists()


OFFICE = Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 5, (), ()))
MONDAY = datetime(2026, 3, 30, 6, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.requirement("S4-12")
def test_a_promise_for_the_evening_is_asked_after_when_we_next_open():
    set_working_hours(OFFICE, team=None, by=make.staff(role=Role.MANAGER), at=make.NOW)
    promise = make.promise(offer_=make.offer(due_at=make.NOW + timedelta(hours=2)))  # Friday 19:00
    assert promise.follow_up.due_at == MONDAY


def test_nobody_is_asked_at_night_when_we_come_late_or_hours_changed(follow_up):
    set_working_hours(OFFICE, team=None, by=make.staff(role=Role.MANAGER), at=make.NOW)
    ask_put_right(follow_up, at=DUE)  # Saturday evening
    follow_up.refresh_from_db()
    assert not questions().exists()
    assert (follow_up.due_at, follow_up.asked_at) == (MONDAY, None)
    ask_put_right(follow_up, at=MONDAY)
    assert questions().count() == 1

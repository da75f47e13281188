import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.journal.tasks import react
from amends.people.actions.persons import add_colleague, rename_colleague
from amends.people.models import Person
from amends.staff.actions.colleagues import Post, accept_invitation, change_post, invite_colleague
from amends.staff.actions.setting_up import set_up
from amends.staff.queries import first_key, invitation_key
from amends.staff.rules.permissions import Role
from tests import make
from tests.staff.test_actions import ANSWERS

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S4-35")
def test_whoever_comes_to_work_here_is_an_internal_customer():
    owner = set_up(ANSWERS, key=first_key(at=make.NOW), at=make.NOW)
    post = Post(
        name="Jonas", email="jonas@x.example", role=Role.AUDITOR, department=owner.department
    )
    invited = invite_colleague(post, by=owner, at=make.NOW)
    accept_invitation(
        invitation_key(invited, at=make.NOW),
        name="Jonas Kazlauskas",
        password=make.PASSWORD,
        language="lt",
        at=make.NOW,
    )
    for job in ProcrastinateJob.objects.filter(task_name="journal.react").order_by("pk"):
        for _twice in range(2):
            react(**job.args)
    inside = Person.objects.order_by("pk").values_list("name", "staff", "standing")
    assert list(inside) == [
        ("Asta Asienė", owner.pk, "colleague"),
        ("Jonas Kazlauskas", invited.pk, "colleague"),
    ]


def test_a_colleague_who_is_called_otherwise_is_so_as_a_customer_too():
    boss = make.staff(role=Role.ADMINISTRATOR, password=make.PASSWORD)
    jonas = make.staff("Jonas Kairys")
    person = add_colleague(jonas, by=None, at=make.NOW)
    post = Post(
        name="Jonas Kazlauskas", email=jonas.email, role=Role.AGENT, department=jonas.department
    )
    change_post(jonas, post=post, by=boss, at=make.NOW)
    for job in ProcrastinateJob.objects.filter(task_name="journal.react"):
        for _twice in range(2):
            react(**job.args)
    person.refresh_from_db()
    assert (person.name, person.family_name) == ("Jonas Kazlauskas", "Kazlauskas")
    assert rename_colleague(boss, by=None, at=make.NOW) is None

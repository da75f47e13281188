import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions.contributing import (
    Hand,
    NamedAlready,
    OneOfTheTwo,
    StepNeeded,
    drop_contribution,
    name_contribution,
)
from amends.cases.actions.within import NotYours
from amends.cases.models.contributing import Contribution
from amends.cases.queries.file import file_of
from tests import make
from tests.cases.actions.seen import again, entries, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.staff("Inga")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.fixture
def billing():
    return make.department("Billing")


def named(case, by, **told):
    hand = Hand(**{"step": "Printed the bill", **told})
    return name_contribution(case, hand=hand, by=by, at=make.NOW)


@pytest.mark.requirement("S1-04")
def test_departments_and_suppliers_stand_with_the_steps_they_took(case, owner, billing):
    named(case, owner, department=billing)
    fitter = make.person("Pipes and Sons")
    made = named(case, owner, step="Brought the part", supplier=fitter, went_wrong=True)
    facts = {"case_id": case.pk, "contribution_id": made.pk, "went_wrong": True}
    assert last_entry() == ("ContributionNamed", owner.actor, facts)
    told = [
        (each.step, each.department, each.supplier, each.went_wrong)
        for each in file_of(case).contributions
    ]
    assert told == [
        ("Printed the bill", "Billing", None, False),
        ("Brought the part", None, "Pipes and Sons", True),
    ]


def test_a_step_is_said_and_of_one_only_and_once(case, owner, billing):
    with pytest.raises(StepNeeded):
        named(case, owner, step=" ", department=billing)
    with pytest.raises(OneOfTheTwo):
        named(case, owner)
    with pytest.raises(OneOfTheTwo):
        named(case, owner, department=billing, supplier=make.person("Pipes"))
    named(case, owner, department=billing)
    with pytest.raises(NamedAlready):
        named(case, owner, step="printed the BILL", department=billing)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(department=None)


def test_who_had_no_hand_in_it_is_taken_out_once_also_after_the_end(case, owner, billing):
    made = named(make.withdrawn(case), owner, department=billing)
    drop_contribution(made, by=owner, at=make.NOW)
    assert drop_contribution(made, by=owner, at=make.NOW).dropped_at == make.NOW
    assert entries().count("ContributionDropped") == 1
    assert file_of(again(case)).contributions == ()
    assert named(case, owner, department=billing).pk != made.pk


def test_a_stranger_names_nobody(case, owner, billing):
    stranger = make.staff("Jo")
    with pytest.raises(NotYours):
        named(case, stranger, department=billing)
    made = named(case, owner, department=billing)
    with pytest.raises(NotYours):
        drop_contribution(made, by=stranger, at=make.NOW)

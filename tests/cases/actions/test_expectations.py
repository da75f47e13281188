"""Each of the fifteen things that customers expect can be said to be broken by what is found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.cases.actions.assessment import record_finding
from amends.cases.queries.facts import due_facts
from amends.cases.rules.findings import Expectation
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Manner
from amends.web.words import word
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again

pytestmark = pytest.mark.django_db
ROWS = {
    "S4-42": (Expectation.PROFESSIONALISM, "professionalism"),
    "S4-43": (Expectation.CARE, "care"),
    "S4-44": (Expectation.HONESTY, "honesty"),
    "S4-45": (Expectation.POLITENESS, "politeness"),
    "S4-46": (Expectation.INFORMATION, "information"),
    "S4-47": (Expectation.SUPPORT, "support and help"),
    "S4-48": (Expectation.CHEERFULNESS, "cheerfulness"),
    "S4-49": (Expectation.AVAILABILITY, "that what they need is there"),
    "S4-50": (Expectation.NO_FUSS, "no fuss"),
    "S4-51": (Expectation.EFFICIENCY, "efficiency"),
    "S4-52": (Expectation.QUALITY, "high quality"),
    "S4-53": (Expectation.SPEED, "speed of service"),
    "S4-54": (Expectation.ATTENTION, "attention"),
    "S4-55": (Expectation.RESPECT, "respect"),
    "S4-56": (Expectation.RESPONSIVENESS, "an ear for their needs"),
}


@pytest.mark.parametrize(
    ("expectation", "says"),
    [
        pytest.param(*found, marks=pytest.mark.requirement(row), id=row)
        for row, found in ROWS.items()
    ],
)
def test_what_a_customer_expected_is_said_to_be_broken(expectation, says):
    owner = make.staff()
    issue = make.case(owner=owner).issues.get()
    finding = replace(hard.FOUND, broken=(expectation,))
    record_finding(issue, finding=finding, by=owner, at=make.NOW)
    assert again(issue).broken == [expectation.value]
    assert word(expectation) == says


@pytest.mark.requirement("S1-02", "S3-85")
def test_who_behaves_badly_is_answered_by_the_same_moments():
    kind, rude = (make.case(make.contact(person=make.person())) for _each in range(2))
    MannerShown.objects.create(
        contact=rude.case_contacts.get().contact,
        manner=Manner.OFFENSIVE,
        noted_by=rude.team.duty_owner,
        noted_at=make.NOW,
        expires_at=make.NOW + timedelta(days=90),
    )
    assert due_facts(kind) == due_facts(rude)
    assert (again(kind).next_due, again(kind).next_due_at) == (rude.next_due, rude.next_due_at)

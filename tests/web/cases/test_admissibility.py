"""Whether a matter is for us to decide, on the case and on the customer's page."""

import pytest
from django.urls import reverse

from amends.cases.actions.rights import BodyFacts, keep_body
from amends.cases.queries.ways import ruling_of
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again
from tests.portal.behind_the_link import url

pytestmark = pytest.mark.django_db
LATE = {
    "ground": "late",
    "reason": "It was seven years ago.",
    "signpost": "The court, 12 Old Street",
    "told_how": "telephone",
    "happened_on": "2019-05-04",
}


@pytest.fixture
def owner(client):
    made = make.staff("Milda", role=Role.SENIOR)
    client.force_login(made)
    return made


@pytest.fixture
def case(owner):
    make.organisation()
    make.staff("Tomas", role=Role.SENIOR)
    person = make.person("Ona", email="ona@post.example")
    return make.case(make.contact(person=person), owner=owner, team_=make.team(members=(owner,)))


def at(case, act):
    return reverse(f"case-{act}", args=[case.reference])


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


def test_the_case_says_who_decided_and_why_and_its_customer_reads_it_too(client, case):
    assert client.post(at(case, "out-of-scope"), LATE).status_code == 302
    shown = page(client, case)
    assert "that it is not for us: it is late. It was seven years ago." in shown
    assert "It happened on 4 May 2019." in shown
    theirs = client.get(url(case)).text
    assert "We may not decide it: it came too late." in theirs
    assert "You can turn to: The court, 12 Old Street" in theirs
    assert "another person" in theirs


def test_the_bodies_that_we_keep_stand_there_to_begin_with(client, case, owner):
    facts = BodyFacts(
        country="LT",
        name={"en": "Consumer office"},
        link="https://office.example",
        source="Their own page",
        checked_on=make.NOW.date(),
        active=True,
    )
    keep_body(None, facts=facts, by=make.staff(role=Role.MANAGER), at=make.NOW)
    assert "Consumer office, https://office.example" in client.get(at(case, "out-of-scope")).text


def test_what_is_late_without_a_day_is_refused_with_the_fields_open(client, case):
    refused = client.post(at(case, "out-of-scope"), {**LATE, "happened_on": ""})
    assert refused.status_code == 422
    assert "late is counted from a day" in refused.text
    assert '<details class="card" open>' in refused.text
    unknown = {**LATE, "ground": "repeated", "earlier": "C-XXX-XXXX"}
    assert "Name the case" in client.post(at(case, "out-of-scope"), unknown).text


def test_it_is_looked_at_all_the_same_and_that_is_taken_back(client, case):
    assert "Look at it all the same" in page(client, case)
    client.post(at(case, "in-spite"), LATE)
    shown = page(client, case)
    assert "Milda looks at it in spite of this" in shown
    assert at(case, "in-spite") not in shown
    again_ = client.post(at(case, "in-spite"), LATE)
    assert "It is decided already" in again_.text
    assert at(case, "admit") in again_.text
    client.post(at(case, "admit"), {"reason": "It was in time."})
    assert ruling_of(again(case)) is None

"""How a case was handled, on its page, and what is passed over, for managers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.rules.kinds import CaseKind, How, Verdict
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(duty_owner=make.staff("Ona Senior", role=Role.SENIOR), members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    told = make.contact(person=make.person(email="ruta@home.example"), by=milda)
    return make.case(told, owner=milda, kind=CaseKind.SUGGESTION)


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def test_the_rail_leads_to_how_it_was_handled(client, case):
    assert at(case, "handled") in client.get(reverse("case", args=[case.reference])).text


@pytest.mark.requirement("S4-15", "S4-29")
def test_the_dos_and_donts_stand_with_their_evidence(client, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_STATEMENTS):
        text = client.get(at(case, "handled")).text
    assert "Address the customer by name" in text
    assert "somebody answers for it, since" in text
    assert "Review a contact" not in text


@pytest.mark.requirement("S3-09")
def test_what_it_took_the_customer_stands_there(client, milda, django_assert_max_num_queries):
    case = make.kept(make.case(make.contact(person=make.person(), by=milda), owner=milda)).case
    text = client.get(at(case, "handled")).text
    assert "They had 1 contact with us about it." in text
    assert "The talks took 14 min" in text
    assert "They have not said that it is put right." in text
    answer = Answer(verdict=Verdict.YES, how=How.TELEPHONE)
    later = make.NOW + timedelta(days=3)
    answer_put_right(case.follow_ups.get(), answer=answer, by=milda, at=later)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        text = client.get(at(case, "handled")).text
    assert "From their first word until they said that it is put right: 3 days." in text


def test_a_step_is_passed_over_and_taken_up_again(client, case, milda):
    assert "No step of this case is passed over." in client.get(at(case, "take-up")).text
    form = client.get(at(case, "pass-over")).text
    assert 'value="thanked"' in form
    assert 'value="answered"' not in form
    refused = client.post(at(case, "pass-over"), {"step": "thanked", "reason": " "})
    assert refused.status_code == 422
    told = {"step": "thanked", "reason": "They only left word."}
    assert client.post(at(case, "pass-over"), told).status_code == 302
    assert "They only left word." in client.get(at(case, "handled")).text
    page = client.get(reverse("case", args=[case.reference])).text
    assert "passed over" in page
    assert "Passed over: Thanked" in page
    assert client.post(at(case, "take-up"), {"step": "thanked"}).status_code == 302
    assert "They only left word." not in client.get(at(case, "handled")).text


def test_what_a_reviewer_saw_is_read_by_whoever_handled_it_and_by_no_other(client, case, milda):
    client.force_login(case.team.duty_owner)
    contact = case.case_contacts.get().contact_id
    assert "Be polite and positive" in client.get(at(case, "review-contact")).text
    told = {"contact": contact, "stay-calm": "yes", "be-rude": "no", "be-rude-remark": "Not once."}
    assert client.post(at(case, "review-contact"), told).status_code == 302
    client.force_login(milda)
    text = client.get(at(case, "handled")).text
    assert "Not once." in text
    assert "seen by Ona Senior" in text
    mate = make.staff()
    case.team.members.add(mate)
    client.force_login(mate)
    assert "Not once." not in client.get(at(case, "handled")).text


@pytest.mark.requirement("S1-12")
def test_managers_read_what_is_passed_over_and_why(client, case, milda):
    client.post(at(case, "pass-over"), {"step": "thanked", "reason": "They only left word."})
    assert client.get(reverse("settings-passed-over")).status_code == 403
    client.force_login(make.staff(role=Role.MANAGER))
    text = client.get(reverse("settings-passed-over")).text
    assert "They only left word." in text
    assert "Milda" not in text.partition("<h1>")[2]
    assert reverse("settings-passed-over") in client.get(reverse("settings-procedures")).text


def test_without_any_it_says_so(client, case):
    client.force_login(make.staff(role=Role.MANAGER))
    assert "No step was passed over" in client.get(reverse("settings-passed-over")).text

"""What is suggested on a case, taken or left by one click; and the page of what is learnt."""

import pytest
from django.urls import reverse

from amends.learning.models import Suggester, Suggestion
from amends.learning.rules.targets import Target, Tried
from amends.staff.rules.permissions import Role
from tests import make
from tests.learning.test_learning import cold_case, keep

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/learning/"


@pytest.fixture
def manager(client):
    make.organisation()
    made = make.staff(role=Role.MANAGER)
    make.team(members=(made,))
    client.force_login(made)
    return made


def answer(client, case, target, label, then="take"):
    said = {"target": target, "label": label, "then": then}
    url = reverse("case-suggested", args=[case.reference])
    return client.post(url, said, follow=True)


def read(client, case):
    return client.get(reverse("case-read", args=[case.reference])).text


def test_it_is_shown_with_how_sure_it_is_and_taken_with_one_click(client, manager):
    keep(Target.KIND, "enquiry", "complaint")
    case = cold_case(make.staff())
    page = read(client, case)
    assert "Suggested from our own history" in page
    assert "100% sure" in page
    assert "Done as suggested." in answer(client, case, "kind", "enquiry").text
    assert "Suggested from our own history" not in read(client, case)


def test_it_is_left_with_one_click(client, manager):
    keep(Target.KIND, "enquiry", "complaint")
    case = cold_case(manager)
    assert "Left as it is" in answer(client, case, "kind", "enquiry", "leave").text
    assert not Suggestion.objects.get().taken


def test_what_is_not_suggested_is_refused(client, manager):
    case = cold_case(manager)
    assert "not suggested any more" in answer(client, case, "kind", "thanks").text
    for none in ("remedy", "priority", "person", ""):
        assert answer(client, case, none, "1").status_code == 404


def test_a_team_is_suggested_to_those_who_may_give_the_case_away(client, manager):
    other, agent = make.team("Billing"), make.staff()
    case = cold_case(agent)
    keep(Target.TEAM, str(other.pk), str(case.team_id))
    assert "Billing" in read(client, case)
    client.force_login(agent)
    assert "Billing" not in read(client, case)


def test_the_page_of_what_is_learnt_tells_how_good_it_is_and_switches_it_off(
    client, manager, django_assert_max_num_queries
):
    keep(Target.KIND, "enquiry", "complaint")
    keep(Target.TOPIC, tried=Tried.TOO_FEW)
    with django_assert_max_num_queries(10):
        page = client.get(SETTINGS).text
    for said in ("90%", "between 77% and 96%", "too few examples", "160 cases", "every night"):
        assert said in page
    off = client.post(f"{SETTINGS}kind/", {"on": "no"}, follow=True).text
    assert "What was learnt is deleted" in off
    assert "switched off" in off
    assert not Suggester.objects.get(target=Target.KIND).model
    assert (
        "It is learnt tonight" in client.post(f"{SETTINGS}kind/", {"on": "yes"}, follow=True).text
    )
    assert client.post(f"{SETTINGS}remedy/", {"on": "yes"}).status_code == 404


def test_only_those_who_write_procedures_see_it(client):
    client.force_login(make.staff())
    assert client.get(SETTINGS).status_code == 403
    assert client.post(f"{SETTINGS}kind/", {"on": "no"}).status_code == 403

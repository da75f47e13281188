import pytest
from django.utils import timezone

from amends.cases.actions.help import ask_for_help
from amends.cases.models.colleagues import HelpRequest
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
URL = "/help/"


@pytest.fixture
def agent(client):
    make.organisation()
    staff = make.staff("Rūta", role=Role.AGENT)
    client.force_login(staff)
    return staff


@pytest.fixture
def senior(agent):
    return make.staff("Grace", role=Role.SENIOR)


@pytest.mark.requirement("S0-22", "S4-06")
def test_a_call_for_help_reaches_a_senior_when_nobody_is_named(client, agent, senior):
    answer = client.post(URL, {"text": "He shouts at me. What may I say?", "of": "0"}, follow=True)
    assert "Grace is asked and sees it at once." in answer.text
    assert HelpRequest.objects.get().asked_of == senior


def test_a_chosen_colleague_is_asked_about_the_case_one_came_from(client, agent, senior):
    other = make.staff("Tomas", role=Role.AGENT)
    team = make.team()
    team.members.add(agent)
    case = make.case(owner=agent, team_=team)
    answer = client.post(
        f"{URL}?from=/cases/{case.reference}/", {"text": "Is it P2?", "of": str(other.pk)}
    )
    assert answer.url == f"/cases/{case.reference}/"
    asked = HelpRequest.objects.get()
    assert (asked.case, asked.asked_of) == (case, other)


def test_whoever_is_asked_answers_and_the_answer_stands_there(client, agent, senior):
    asked = ask_for_help(None, text="What may I say?", by=agent, at=timezone.now())
    client.force_login(senior)
    client.post(f"{URL}{asked.pk}/answer/", {"answer": "That he may call me."})
    client.force_login(agent)
    assert "That he may call me." in client.get(URL).text


def test_an_empty_question_is_refused_in_a_sentence(client, agent, senior):
    answer = client.post(URL, {"text": "  ", "of": "0"})
    assert answer.status_code == 422
    assert not HelpRequest.objects.exists()


def test_an_empty_answer_is_refused_and_the_question_waits(client, agent, senior):
    asked = ask_for_help(None, text="What may I say?", by=agent, at=timezone.now())
    client.force_login(senior)
    assert client.post(f"{URL}{asked.pk}/answer/", {"answer": ""}).status_code == 422
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_second_answer_is_told_who_was_first(client, agent, senior):
    asked = ask_for_help(None, text="What may I say?", by=agent, at=timezone.now())
    client.force_login(senior)
    client.post(f"{URL}{asked.pk}/answer/", {"answer": "One."})
    again = client.post(f"{URL}{asked.pk}/answer/", {"answer": "Two."})
    assert again.status_code == 422
    assert "Grace has answered already." in again.text


def test_a_question_to_somebody_else_is_not_there(client, agent, senior):
    asked = ask_for_help(None, text="Only for Grace", by=agent, at=timezone.now())
    client.force_login(make.staff("Tomas", role=Role.AGENT))
    assert client.post(f"{URL}{asked.pk}/answer/", {"answer": "x"}).status_code == 404
    assert "Only for Grace" not in client.get(URL).text


@pytest.mark.parametrize("came_from", ["", "/cases/C-222-2222/", "/cases/nonsense/", "x" * 3000])
def test_wherever_one_comes_from_one_may_ask(client, agent, senior, came_from):
    assert client.get(URL, {"from": came_from}).status_code == 200


def test_with_nobody_there_it_says_so(client, agent):
    answer = client.post(URL, {"text": "Anybody?", "of": "0"})
    assert answer.status_code == 422
    assert "Nobody else works here yet." in answer.text


def test_a_stranger_is_asked_to_sign_in(client):
    make.organisation()
    assert client.get(URL).status_code == 302

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import CaseKind, How, Next, Verdict
from amends.contacts.rules.kinds import Effect
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
URL = "/"


@pytest.fixture
def agent(client):
    make.organisation()
    staff = make.staff("Rūta", role=Role.AGENT)
    client.force_login(staff)
    return staff


def promised(owner, what="An engineer comes", **due_in):
    team = make.team()
    team.members.add(owner)
    case = make.case(owner=owner, team_=team)
    promise = make.promise(case, make.offer(what), by=owner)
    Promise.objects.filter(pk=promise.pk).update(due_at=timezone.now() + timedelta(**due_in))
    promise.refresh_from_db()
    return promise


def test_a_broken_promise_stands_first_and_the_day_says_so(client, agent):
    mark_promise_broken(promised(agent, "the written answer", hours=-2), at=timezone.now())
    page = client.get(URL).text
    assert "1 promise is late. Say so first." in page
    assert "today." not in page
    assert "the written answer" in page


def test_what_comes_after_today_is_shown_apart(client, agent):
    promised(agent, "in three days", days=3)
    page = client.get(URL).text
    assert "No promise falls due today." in page
    assert page.index("What comes next") < page.index("in three days")


def test_a_handover_waits_to_be_read_and_accepted(client, agent):
    giver = make.staff("Jonas", role=Role.AGENT)
    team = make.team()
    team.members.add(giver, agent)
    case = make.case(owner=giver, team_=team)
    summary = "Contract ended, billed again."
    offer_handover(case, to=agent, summary=summary, by=giver, at=make.NOW)
    page = client.get(URL).text
    assert "Jonas hands over" in page
    assert "Contract ended, billed again." in page


def test_what_is_due_tonight_is_not_called_late(client, agent):
    promised(agent, "tonight", minutes=1)
    promised(agent, "yesterday", days=-1)
    assert "1 promise is late. 1 promise today." in client.get(URL).text


def test_what_is_late_stands_above_what_is_not_whatever_it_is(client, agent):
    at = timezone.now()
    team = make.team(members=(agent,))
    giver = make.staff("Jonas")
    team.members.add(giver)
    handed = make.case(owner=giver, team_=team)
    offer_handover(handed, to=agent, summary="Read it.", by=giver, at=at)
    called = make.case(make.contact(person=make.person("Helena Nowicka")), owner=agent, team_=team)
    Case.objects.filter(pk=called.pk).update(
        next_due=Next.CALL_BACK_AT_ONCE.value, next_due_at=at - timedelta(hours=3)
    )
    promised(agent, "tonight", minutes=1)
    page = client.get(URL).text
    places = [
        page.index(text) for text in ("Helena Nowicka", "Jonas hands over", "What I promised")
    ]
    assert places == sorted(places)


@pytest.mark.requirement("S1-09")
def test_a_customer_left_on_a_bad_note_is_shown_until_something_better_happens(client, agent):
    person = make.person("Helena Nowicka")
    at = timezone.now() - timedelta(days=9)
    make.contact(
        "Then I shall tell everybody.",
        by=agent,
        person=person,
        effect=Effect.BAD,
        started_at=at,
        ended_at=at,
    )
    assert "Helena Nowicka" in client.get(URL).text
    later = timezone.now() - timedelta(days=1)
    make.contact(by=agent, person=person, effect=Effect.GOOD, started_at=later, ended_at=later)
    assert "Helena Nowicka" not in client.get(URL).text


@pytest.mark.requirement("S1-03")
def test_thanks_reach_whom_they_are_for(client, agent):
    promise = promised(agent, days=1)
    answer = Answer(verdict=Verdict.YES, how=How.LINK, words="Please tell Rūta she was right.")
    answer_put_right(promise.follow_up, answer=answer, by=promise.case.person, at=timezone.now())
    assert "Please tell Rūta she was right." in client.get(URL).text


@pytest.mark.requirement("S1-03")
@pytest.mark.parametrize("role", [Role.AGENT, Role.EMPLOYEE])
def test_thanks_passed_on_reach_the_colleague_named(client, agent, role):
    thanked = make.staff("Jonas", role=role)
    case = make.case(owner=agent, kind=CaseKind.THANKS)
    url = reverse("case-thanks", args=[case.reference])
    assert "Thanks for a colleague" in client.get(reverse("case", args=[case.reference])).text
    told = {"to": str(thanked.pk), "words": "Jonas was kind."}
    assert client.post(url, told).status_code == 302
    assert "Jonas was kind." not in client.get(URL).text
    client.force_login(thanked)
    page = client.get(URL).text
    assert "Jonas was kind." in page
    assert (reverse("case", args=[case.reference]) in page) == (role is Role.AGENT)


def test_an_empty_day_says_what_would_be_here(client, agent, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        page = client.get(URL).text
    assert "Nothing is due today" in page
    assert "Nobody waits for you" in page


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_day(client, role):
    make.organisation()
    client.force_login(make.staff("Somebody", role=role))
    assert client.get(URL).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client):
    make.organisation()
    assert client.get(URL).status_code == 302

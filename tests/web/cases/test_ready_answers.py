"""A reply that begins with a ready answer, with and without scripts."""

import pytest
from django.urls import reverse

from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.models.answers import AnswerUsed
from amends.cases.models.case import Case, Issue
from amends.contacts.models import OutgoingMail
from amends.contacts.models.templates import AnswerTemplate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    make.organisation()
    milda = make.staff("Milda")
    make.team(members=(milda,))
    client.force_login(milda)
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)


@pytest.fixture
def visit():
    texts = {"en": "We come, {name}, {promise_by}."}
    return AnswerTemplate.objects.create(name="A visit", texts=texts, position=1)


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def test_without_a_list_it_says_who_keeps_it(client, case):
    assert "A manager keeps the list" in client.get(at(case, "answers")).text


@pytest.mark.usefixtures("visit")
def test_the_script_gets_the_answers_in_the_words_of_the_case(client, case):
    page = client.get(at(case, "answers")).text
    assert 'data-answer="We come, Ms Petrauskienė, {promise_by}."' in page
    assert "one thing to fill in" in page


def test_without_a_script_they_stand_under_what_is_typed_and_one_is_put_in_at_its_end(
    client, case, visit
):
    typed = {"reply-text": "Dear Ms Petrauskienė,", "then": "answers"}
    page = client.post(at(case, "reply"), typed).text
    assert "Dear Ms Petrauskienė," in page
    assert f'value="insert:{visit.pk}"' in page
    typed["then"] = f"insert:{visit.pk}"
    assert (
        "Dear Ms Petrauskienė,\n\nWe come, Ms Petrauskienė, {promise_by}."
        in client.post(at(case, "reply"), typed).text
    )
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "999999", "1; --"])
def test_an_answer_that_there_is_not_changes_nothing(client, case, key):
    page = client.post(at(case, "reply"), {"reply-text": "Hello", "then": f"insert:{key}"})
    assert page.status_code == 200
    assert "Hello" in page.text


def test_a_reply_in_which_something_is_to_be_filled_in_does_not_leave(client, case):
    refused = client.post(at(case, "reply"), {"reply-text": "We come {promise_by}."})
    assert refused.status_code == 422
    assert "{promise_by}" in refused.text
    assert not OutgoingMail.objects.exists()


@pytest.fixture
def solved(case):
    """Another case of its topic that was put right, and what we wrote in it."""
    other = make.case(make.contact(person=make.person("Ada Ray", email="a@post.example")))
    other.owner = case.owner
    other.owned_since = make.NOW
    other.save()
    for each in (case, other):
        Issue.objects.create(case=each, statement="Cold", topic="Cold")
    said = (
        "We are sorry, and we bleed the radiator. You get 40 euro. Now we tell you when it is warm."
    )
    reply_by_mail(other, reply=Reply(text=said), by=case.owner, at=make.NOW)
    Case.objects.filter(pk=other.pk).update(
        state="closed", closed_at=make.NOW, verdict="yes", next_due_at=None, next_due=""
    )
    return other


def test_what_is_suggested_stands_first_and_says_why(client, case, visit, solved):
    AnswerTemplate.objects.create(name="Other", texts={"en": "Something else"}, position=2)
    AnswerUsed.objects.create(template=visit, topic="Cold", times=3, last_at=make.NOW)
    page = client.get(at(case, "answers")).text
    assert page.index("Suggested for this case") < page.index("A visit")
    assert page.index("A visit") < page.index("All other ready answers") < page.index("Other</b>")
    assert "used 3 times on this topic" in page
    assert "a case like this was put right · same topic" in page
    assert reverse("case", args=[solved.reference]) in page
    assert "40 euro" not in page


def test_what_put_another_case_right_is_put_in_without_a_script(client, case, solved):
    typed = {"reply-text": "Dear Ms Petrauskienė,", "then": f"insert:like-{solved.pk}"}
    page = client.post(at(case, "reply"), typed).text
    assert "Dear Ms Petrauskienė,\n\nWe are sorry, and we bleed the radiator." in page
    assert "40 euro" not in page


def test_the_list_asks_no_more_of_the_database_for_more_answers(
    client, case, solved, django_assert_max_num_queries
):
    for n in range(8):
        AnswerTemplate.objects.create(name=f"A {n}", texts={"en": "Words"}, position=n)
    client.get(at(case, "answers"))
    with django_assert_max_num_queries(24):
        client.get(at(case, "answers"))

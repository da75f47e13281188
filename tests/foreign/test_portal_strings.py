"""Strings that break programs, through every field of the public pages: kept, and run nowhere."""

import json
from urllib.parse import quote

import pytest
from django.utils import timezone
from django.utils.html import escape

from amends.cases.actions.follow_up import Answer
from amends.cases.actions.from_portal import answer_on_page
from amends.cases.models.case import Case
from amends.cases.models.unsent import Unsent
from amends.cases.queries.links import holder_of, token_of
from amends.cases.rules.kinds import How, Verdict
from amends.contacts.models import Contact, OutgoingMail
from amends.portal.forms import AnotherDay, FindMyCase, OwnWords, OwnWordsIfAny, one_text
from amends.portal.steps import STEPS
from tests import make

pytestmark = pytest.mark.django_db
FIELDS = {
    "story": ["story"],
    "wish": ["wish"],
    "day": ["need_on", "need_reason"],
    "reach": ["name", "email", "telephone"],
}
FORMS = [*(step.form for step in STEPS), AnotherDay, OwnWords, OwnWordsIfAny, FindMyCase]
KEY = "k" * 22
# Every request takes its time; what is read of a string is tried with all of them.
SOME = 8


@pytest.fixture(scope="module")
def strings(testdata):
    return json.loads((testdata / "strings" / "blns.json").read_text())


@pytest.fixture(autouse=True)
def house():
    make.organisation()
    return make.team()


@pytest.fixture
def case():
    owner = make.staff()
    make.team(members=(owner,))
    return make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)


@pytest.mark.parametrize("step", FIELDS)
def test_what_is_typed_is_an_answer_or_refused_in_words_and_never_lost(client, strings, step):
    client.post(f"/tell-us/en/{KEY}/story/", {"story": "It is cold."})
    for string in strings[::SOME]:
        told = dict.fromkeys(FIELDS[step], string)
        response = client.post(f"/tell-us/en/{KEY}/{step}/", told)
        assert response.status_code in {302, 422}
        kept = Unsent.objects.get().fields
        assert [kept[name] for name in told] == [one_text(string)] * len(told)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_every_string(strings, form):
    for string in strings:
        read = form(dict.fromkeys(form.base_fields, string))
        assert read.is_valid() or all(read.errors.values())


def test_a_story_of_any_signs_becomes_the_customers_own_words(client, strings):
    story = "\n".join(strings)
    assert len(story) < 20_000
    client.post(f"/tell-us/en/{KEY}/story/", {"story": story})
    client.post(
        f"/tell-us/en/{KEY}/reach/", {"name": "<b>Sam</b> {{ 7*7 }}", "email": "a@b.example"}
    )
    assert client.post(f"/tell-us/en/{KEY}/check/", {"go": "send"}).status_code == 302
    contact = Contact.objects.get(direction="in")
    assert contact.words.text == one_text(story).strip()
    page = client.get(f"/c/en/{token_of(Case.objects.get())}/words/").text
    assert "<script>alert" not in page
    for string in strings:
        assert all(escape(line) in page for line in one_text(string).split("\n"))
    assert "<b>Sam</b> {{ 7*7 }}," in OutgoingMail.objects.get().text


@pytest.mark.parametrize("page", ["add", "another-look", "take-back", "again", "put-right/no"])
def test_own_words_of_any_signs_are_taken_or_refused_in_words(client, strings, case, page):
    make.kept(case)
    for string in strings[::SOME]:
        response = client.post(f"/c/en/{token_of(case)}/{page}/", {"words": string})
        assert response.status_code in {302, 422, 429}
        case.refresh_from_db()
    assert client.get(f"/c/en/{token_of(case)}/words/").status_code == 200


def test_a_counter_of_any_signs_is_taken_or_refused_in_words(client, strings, case):
    promise = make.promise(case, make.offer(due_at=timezone.now().replace(year=2040)))
    for string in strings[::SOME]:
        told = {"wished_on": string, "wished_at": string, "words": string}
        address = f"/c/en/{token_of(case)}/promise/{promise.pk}/day/"
        assert client.post(address, told).status_code == 422


def test_a_search_of_any_signs_finds_nothing_and_says_nothing(client, strings, case):
    for string in strings[::SOME]:
        response = client.post("/find-my-case/en/", {"reference": string, "email": string})
        assert response.status_code in {302, 422, 429}
    assert not OutgoingMail.objects.exists()


def test_a_link_of_any_signs_leads_nowhere(client, strings, case):
    for string in strings[::SOME]:
        response = client.get(f"/c/en/{quote(string, safe='')}x/")
        assert response.status_code == 404
        assert case.person.name not in response.text


def test_an_answer_of_any_signs_is_kept_as_it_was_given(strings, case):
    words = "\n".join(strings)
    answer = Answer(verdict=Verdict.NO, how=How.LINK, words=words)
    question = make.kept(case)
    answer_on_page(question, answer=answer, by=holder_of(case), at=timezone.now())
    question.refresh_from_db()
    assert question.words == words


@pytest.mark.parametrize("bytes_", [10**6, 3 * 10**6], ids=["1 MB", "3 MB"])
def test_a_text_that_is_far_too_long_is_refused_and_the_server_goes_on(client, bytes_):
    address = f"/tell-us/en/{KEY}/story/"
    assert client.post(address, {"story": "a" * bytes_}).status_code in {400, 422}
    assert client.post(address, {"story": "It is cold."}).status_code == 302

import pytest
from django.urls import reverse

from amends.contacts.actions.templates import AnswerDraft, keep_answer
from amends.contacts.models.templates import AnswerTemplate
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = "/settings/answers/"
TOLD = {"name": "Visit", "text_en": "We come, {name}: {promise}.", "text_lt": "Atvyksime."}


@pytest.fixture
def manager(client):
    make.organisation()
    made = make.staff("Marta", role=Role.MANAGER)
    client.force_login(made)
    return made


def kept(by, name="Visit"):
    return keep_answer(None, draft=AnswerDraft(name=name, texts={"en": "W"}), by=by, at=make.NOW)


@pytest.mark.usefixtures("manager")
def test_an_empty_list_says_how_to_begin(client):
    assert "There are no ready answers yet" in client.get(ANSWERS).text


@pytest.mark.usefixtures("manager")
def test_one_is_written_side_by_side_in_two_languages_and_corrected(client):
    assert client.post(f"{ANSWERS}new/", TOLD)["Location"] == ANSWERS
    assert "English, Lithuanian" in client.get(ANSWERS).text
    one = AnswerTemplate.objects.get()
    url = reverse("settings-answer", args=[one.pk])
    assert "Atvyksime." in client.get(url).text
    client.post(url, {**TOLD, "text_lt": ""})
    one.refresh_from_db()
    assert one.texts == {"en": "We come, {name}: {promise}."}


@pytest.mark.usefixtures("manager")
def test_a_name_in_braces_that_nobody_knows_is_refused_with_the_list(client):
    refused = client.post(f"{ANSWERS}new/", {**TOLD, "text_en": "{price}"})
    assert refused.status_code == 422
    assert "{price}" in refused.text
    assert "{outside_body}" in refused.text


@pytest.mark.usefixtures("manager")
def test_it_is_tried_on_a_real_case_and_what_is_missing_is_marked(client):
    case = make.case(make.contact(person=make.person()))
    asked = {**TOLD, "reference": case.reference.lower(), "then": "try"}
    shown = client.post(f"{ANSWERS}new/", asked)
    assert "We come, Ms Petrauskienė: <mark>{promise}</mark>." in shown.text
    assert not AnswerTemplate.objects.exists()


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("reference", ["", "C-000-0000", "nothing"])
def test_a_case_that_nobody_finds_is_said_so(client, reference):
    asked = {**TOLD, "reference": reference, "then": "try"}
    refused = client.post(f"{ANSWERS}new/", asked)
    assert refused.status_code == 422
    assert "no case of this reference" in refused.text


def test_two_change_places_and_one_is_taken_out_and_offered_again(client, manager):
    first, second = kept(manager), kept(manager, "Refund")
    client.post(reverse("settings-answer-move", args=[second.pk]))
    assert [row.name for row in AnswerTemplate.objects.order_by("position")] == ["Refund", "Visit"]
    client.post(reverse("settings-answer-move", args=[second.pk]), {"down": "1"})
    assert [row.name for row in AnswerTemplate.objects.order_by("position")] == ["Visit", "Refund"]
    retire = reverse("settings-answer-retire", args=[first.pk])
    client.post(retire)
    assert "not offered any more" in client.get(ANSWERS).text
    client.post(retire)
    assert "not offered any more" not in client.get(ANSWERS).text


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_only_who_decides_it_sees_it(client, path):
    client.force_login(make.staff())
    assert client.get(ANSWERS + path).status_code == 403


def test_a_list_of_any_length_costs_the_same(client, manager, django_assert_num_queries):
    kept(manager)
    client.get(ANSWERS)
    for n in range(9):
        kept(manager, f"Answer {n}")
    with django_assert_num_queries(7):
        client.get(ANSWERS)

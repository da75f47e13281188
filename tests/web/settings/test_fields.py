import pytest
from django.urls import reverse

from amends.cases.models.fields import CustomChoice, CustomField
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
HERE = "/settings/fields/"
FIELD = {
    "type": "one-of",
    "kinds": ["complaint", "request"],
    "required_at": "closing",
    "seen_by": "handlers",
    "personal": "on",
    "label_en": "Branch",
    "label_lt": "Skyrius",
    "help_en": "Where it happened",
}


@pytest.fixture
def manager(client):
    make.organisation()
    manager = make.staff("Asta", role=Role.MANAGER)
    client.force_login(manager)
    return manager


@pytest.fixture
def field(client, manager):
    client.post(f"{HERE}new/", FIELD)
    return CustomField.objects.get()


def test_without_fields_it_says_how_to_begin(client, manager):
    page = client.get(HERE).text
    assert "Nothing is asked besides" in page
    assert f"{HERE}new/" in page
    assert HERE in client.get(reverse("more")).text


def test_a_field_is_defined_and_leads_on_to_its_choices(client, manager):
    assert client.post(f"{HERE}new/", FIELD).url.startswith(HERE)
    field = CustomField.objects.get()
    assert field.label == {"en": "Branch", "lt": "Skyrius"}
    assert (field.required_at, field.seen_by, field.personal) == ("closing", "handlers", True)
    plain = {**FIELD, "type": "day"}
    assert client.post(f"{HERE}new/", plain).url == HERE
    page = client.get(HERE).text
    assert "Branch" in page
    assert "before it is closed" in page
    assert "only who may work on the case" in page


def test_a_field_without_a_name_is_refused_on_the_page(client, manager):
    answer = client.post(f"{HERE}new/", {**FIELD, "label_en": "", "label_lt": ""})
    assert answer.status_code == 422
    assert "in at least one language" in answer.text
    assert client.post(f"{HERE}new/", {**FIELD, "kinds": []}).status_code == 422
    assert not CustomField.objects.exists()


def test_a_field_is_corrected_but_for_its_type(client, field):
    here = f"{HERE}{field.pk}/"
    page = client.get(here).text
    assert 'value="Skyrius"' in page
    assert 'name="type"' not in page
    told = {**FIELD, "label_en": "Office", "type": "day", "required_at": ""}
    assert client.post(here, told).url == HERE
    field.refresh_from_db()
    assert (field.label["en"], field.type, field.required_at) == ("Office", "one-of", "")
    assert client.post(here, {**told, "label_en": "", "label_lt": ""}).status_code == 422


def test_a_field_is_retired_and_asked_for_again(client, field):
    client.post(f"{HERE}{field.pk}/retire/")
    assert "no more" in client.get(HERE).text
    client.post(f"{HERE}{field.pk}/retire/")
    field.refresh_from_db()
    assert field.retired_at is None


def test_choices_are_offered_called_anew_and_taken_out(client, field):
    there = f"{HERE}{field.pk}/"
    assert "Nothing yet" in client.get(there).text
    assert "A choice" in client.get(f"{there}choices/").text
    assert client.post(f"{there}choices/", {"label_en": "Old town"}).url == there
    assert client.post(f"{there}choices/", {"label_en": ""}).status_code == 422
    choice = CustomChoice.objects.get()
    here = f"/settings/choices/{choice.pk}/"
    assert 'value="Old town"' in client.get(here).text
    assert client.post(here, {"label_en": "The old town"}).url == there
    assert client.post(here, {"label_en": ""}).status_code == 422
    assert "The old town" in client.get(there).text
    client.post(f"{here}end/")
    assert "offered no more" in client.get(there).text


def test_who_does_not_decide_on_procedures_stays_outside(client, field):
    client.force_login(make.staff(role=Role.SENIOR))
    assert client.get(HERE).status_code == 403
    assert client.post(f"{HERE}{field.pk}/retire/").status_code == 403
    client.force_login(make.staff(role=Role.MANAGER))
    assert client.get(f"{HERE}999999/").status_code == 404
    assert client.get("/settings/choices/999999/").status_code == 404

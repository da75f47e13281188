"""Who had a hand in a case, on its page."""

import pytest
from django.urls import reverse

from amends.cases.actions.parties import name_party
from amends.cases.models.case import Case
from amends.cases.models.contributing import Contribution
from amends.cases.rules.kinds import Part
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    made = make.staff("Milda")
    client.force_login(made)
    return made


@pytest.fixture
def case(owner):
    make.organisation()
    return make.case(owner=owner)


def at(case, act, *keys):
    return reverse(f"case-{act}", args=[case.reference, *keys])


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


@pytest.mark.requirement("S1-04")
def test_what_was_found_right_asks_for_a_step_and_shows_all_who_had_a_hand_in_it(
    client, case, owner
):
    assert 'id="hands"' not in page(client, case)
    Case.objects.filter(pk=case.pk).update(outcome="upheld")
    asked = page(client, case)
    assert "nobody named yet" in asked
    assert "also of those whom the customer never meets" in asked
    billing = make.department("Billing")
    told = {"step": "Printed the bill", "whose": f"department-{billing.pk}", "went_wrong": "on"}
    assert client.post(at(case, "contribution"), told).status_code == 302
    make.promise(case, by=owner)
    shown = page(client, case)
    assert "Printed the bill · <b>Billing</b>" in shown
    assert "it went wrong there" in shown
    assert "Looked after by:</span> Milda" in shown
    assert "Name at least one step" not in shown


def test_a_supplier_in_the_case_can_be_chosen_and_taken_out_again(client, case, owner):
    fitter = make.person("Pipes and Sons")
    assert "Pipes and Sons" not in client.get(at(case, "contribution")).text
    name_party(case, part=Part.SUPPLIER, who=fitter, by=owner, at=make.NOW)
    assert "Pipes and Sons" in client.get(at(case, "contribution")).text
    told = {"step": "Brought the part", "whose": f"supplier-{fitter.pk}"}
    client.post(at(case, "contribution"), told)
    assert "<b>Pipes and Sons</b>" in page(client, case)
    made = Contribution.objects.get()
    assert "Brought the part" in client.get(at(case, "no-contribution", made.pk)).text
    client.post(at(case, "no-contribution", made.pk), {})
    assert 'id="hands"' not in page(client, case)


def test_who_is_not_offered_is_refused(client, case):
    for whose in ("", "department-0", "nobody"):
        told = {"step": "Printed it", "whose": whose}
        assert client.post(at(case, "contribution"), told).status_code == 422

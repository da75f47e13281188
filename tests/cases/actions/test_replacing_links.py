import pytest

from amends.cases.actions.replacing_links import replace_link
from amends.cases.models.case import Case
from amends.cases.queries.links import case_behind, code_of, link_of, replaced_link, token_of
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    make.organisation()
    owner = make.staff()
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(owner,))
    return make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)


def test_the_old_address_and_code_open_nothing_and_the_new_one_goes_to_the_customer(case):
    old, code = token_of(case), code_of(case)
    case = replace_link(case, by=case.owner, at=make.NOW)
    with pytest.raises(Case.DoesNotExist):
        case_behind(old)
    assert replaced_link(old) == case
    assert code_of(case) != code
    mail = OutgoingMail.objects.latest("pk")
    assert mail.to_address == "ruta@home.example"
    assert link_of(case) in mail.text
    assert Entry.objects.filter(kind="LinkReplaced").count() == 1


def test_of_what_has_ended_too_and_of_nobody_with_a_mail_address(case):
    case.person.points.all().delete()
    case = replace_link(make.withdrawn(case), by=case.owner, at=make.NOW)
    assert case.link_version == 2
    assert not OutgoingMail.objects.exists()


def test_who_may_not_work_on_cases_replaces_nothing(case):
    with pytest.raises(NotAllowed):
        replace_link(case, by=make.staff(role=Role.AUDITOR), at=make.NOW)


def test_it_is_replaced_on_a_page(client, case):
    client.force_login(case.owner)
    page = f"/cases/{case.reference}/new-address/"
    assert page in client.get(f"/cases/{case.reference}/").text
    assert "came into wrong hands" in client.get(page).text
    assert client.post(page).status_code == 302
    assert Case.objects.get(pk=case.pk).link_version == 2

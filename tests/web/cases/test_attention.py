"""Following a case, and the colleagues offered behind an @."""

import pytest
from django.urls import reverse

from amends.cases.actions.parties import name_party
from amends.cases.models.case import CaseNote
from amends.cases.rules.kinds import Part
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(owner=milda)


def at(case, name):
    return reverse(name, args=[case.reference])


def test_a_case_is_followed_and_let_go(client, case):
    vida = make.staff("Vida Vaitkienė")
    client.force_login(vida)
    assert "Nobody but whoever answers for it" in client.get(at(case, "case")).text
    assert "You follow it" in client.post(at(case, "case-hear-of-it"), follow=True).text
    page = client.get(at(case, "case")).text
    assert "Do not follow it any more" in page
    gone = client.post(at(case, "case-hear-no-more"), follow=True).text
    assert "You do not follow it any more." in gone
    again = client.post(at(case, "case-hear-no-more"), follow=True).text
    assert f"You do not follow {case.reference} any more." in again


def test_colleagues_see_who_follows(client, case, milda):
    vida = make.staff("Vida Vaitkienė")
    client.force_login(vida)
    client.post(at(case, "case-hear-of-it"))
    client.force_login(milda)
    assert "Vida Vaitkienė" in client.get(at(case, "case")).text


def test_a_case_about_oneself_is_not_found(client, case, milda):
    jonas = make.staff("Jonas Petraitis")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=milda, at=make.NOW)
    client.force_login(jonas)
    for name in ("case-hear-of-it", "case-hear-no-more"):
        assert client.post(at(case, name)).status_code == 404
    assert client.get(at(case, "case-mentions")).status_code == 404


def test_who_sees_no_cases_follows_none(client, case):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.post(at(case, "case-hear-of-it")).status_code == 403


def test_the_note_leads_the_picker_to_the_colleagues(client, case):
    where = at(case, "case-mentions")
    assert f'data-mention="{where}"' in client.get(at(case, "case")).text
    assert f'data-mention="{where}"' in client.get(at(case, "case-note")).text


def test_colleagues_are_offered_and_who_may_not_read_is_named(client, case, milda):
    make.staff("Rūta Kazlauskienė")
    jonas = make.staff("Jonas Ruta")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=milda, at=make.NOW)
    part = client.get(at(case, "case-mentions"), {"q": "ru"}).text
    assert 'data-handle="ruta.kazlauskiene"' in part
    assert "1 colleague." in part
    assert "Jonas Ruta may not read this case." in part
    assert 'data-handle="jonas.ruta"' not in part
    nobody = client.get(at(case, "case-mentions"), {"q": "xyz"}).text
    assert "No colleague who may read this case has such a name." in nobody


def test_a_note_that_names_nobody_comes_back_with_the_reason(client, case):
    answer = client.post(at(case, "case-note"), {"note-text": "Ask @ona."})
    assert answer.status_code == 422
    assert "Nobody here is called @ona." in answer.text
    assert "data-mention" in answer.text
    assert "Ask @ona." in answer.text
    assert not CaseNote.objects.exists()


def test_the_whole_handle_is_enough_without_a_script(client, case):
    make.staff("Rūta Kazlauskienė")
    client.post(at(case, "case-note"), {"note-text": "Ask @ruta.kazlauskiene."})
    (mention,) = CaseNote.objects.get().mentions.all()
    assert mention.staff.name == "Rūta Kazlauskienė"

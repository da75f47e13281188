"""One click calls a senior, from the case and from the sheet; the cards stand at hand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.models.case import Case
from amends.cases.models.safety import SeniorCall
from amends.coach.actions import read_contact
from amends.contacts.rules.kinds import Manner
from amends.contacts.rules.moods import Phase
from amends.language.lexicon import TONGUES
from amends.staff.rules.permissions import Role
from amends.web.cases.acting import address
from amends.web.coach.cards import of_manner, of_mood
from tests import make
from tests.web.sheet.filling import KEY, STORY, filled, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    senior = make.staff("Grace Okafor", role=Role.SENIOR)
    make.organisation()
    make.team(members=(agent, senior), duty_owner=senior)
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    told = make.contact("You idiots. I am furious, nothing works.", person=make.person())
    case = make.case(told, owner=milda, team_=milda.teams.get())
    read_contact(told, case=case, at=timezone.now())
    return case


def at(case, name, *more):
    return reverse(f"case-{name}", args=[case.reference, *more])


@pytest.mark.requirement("S4-33", "S2-15")
def test_one_click_on_the_case_gives_the_words_to_say(client, case):
    assert at(case, "senior") in client.get(at(case, "read").replace("read/", "")).text
    page = client.post(at(case, "senior"), follow=True)
    assert "Grace Okafor is called" in page.text
    assert "I have called Grace Okafor" in page.text
    call = SeniorCall.objects.get()
    page = client.post(at(case, "senior-end", call.pk), follow=True)
    assert "You ended the contact by rule" in page.text
    assert "A senior was called" in client.get(reverse("case", args=[case.reference])).text


def test_the_senior_sees_it_as_urgent_and_answers(client, case):
    client.post(at(case, "senior"))
    asked = SeniorCall.objects.get().request
    client.force_login(asked.asked_of)
    assert "Urgent" in client.get(reverse("ask-for-help")).text
    client.post(reverse("answer-help", args=[asked.pk]), {"answer": "I speak with them."})
    assert "I speak with them." in client.get(at(case, "read")).text
    assert client.post(at(case, "senior-end", 0)).status_code == 404


@pytest.mark.requirement("S4-33")
def test_one_click_on_the_sheet_keeps_what_was_typed_and_comes_to_the_case(client, milda):
    url = reverse("sheet", args=[KEY])
    page = client.post(url, filled(act="end-by-rule"))
    assert not SeniorCall.objects.exists()
    page = client.post(url, filled(act="senior", version=value_of(page, "version")))
    assert "Grace Okafor is called" in page.text
    assert STORY in page.text
    page = client.post(url, filled(act="end-by-rule", version=value_of(page, "version")))
    assert "You ended the contact by rule" in page.text
    client.post(url, filled(act="note", version=value_of(page, "version")))
    case = SeniorCall.objects.get().case
    assert case
    assert "The contact was ended by rule" in client.get(address(case)).text


def test_whoever_works_alone_reads_why_nobody_is_called(client):
    make.organisation()
    alone = make.staff()
    make.team(members=(alone,), duty_owner=alone)
    client.force_login(alone)
    page = client.post(reverse("sheet", args=[KEY]), filled(act="senior"))
    assert page.status_code == 422
    assert "Nobody else works here yet" in page.text


@pytest.mark.requirement("S3-30", "S3-37", "S3-38", "S3-45", "S3-52", "S3-55")
def test_the_card_of_each_manner_stands_in_five_languages():
    for manner in Manner:
        card = of_manner(manner, TONGUES)
        assert {tongue for tongue, _words in card.says} == set(TONGUES)
        assert card.do
        assert card.never
        assert card.source.startswith("S3-")


@pytest.mark.requirement("S3-60")
def test_the_advice_changes_with_the_phase():
    assert len({of_mood(phase, ["en"]).do for phase in Phase}) == len(Phase)


def test_the_case_shows_the_card_of_its_last_contact(client, case):
    page = client.get(at(case, "read")).text
    assert 'data-card="outburst"' in page
    assert 'data-card="offensive"' in page


def test_in_another_language_there_is_a_card_only_when_called(client, milda):
    told = make.contact("Добрий день, моє замовлення не прийшло, і ніхто не відповідає.")
    case = make.case(told, owner=milda)
    Case.objects.filter(pk=case.pk).update(language="ru")
    read_contact(told, case=case, at=timezone.now())
    assert "data-card" not in client.get(at(case, "read")).text


def test_the_sheet_holds_a_card_for_each_manner_and_each_phase(client, milda):
    page = client.get(reverse("sheet", args=[KEY])).text
    assert page.count("data-card=") == len(Manner) + len(Phase)

import re

import pytest
from django.utils import timezone

from amends.cases.models.case import Case
from amends.cases.models.causes import Cause
from amends.cases.queries.links import code_of
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Mark, OutgoingMail
from amends.contacts.rules.kinds import MailKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.web.sheet.filling import URL, address, filled

pytestmark = pytest.mark.django_db
HAND, SEND, CAUSE, MARKS, THANKED = map(
    address, ("sheet-in-hand", "sheet-send", "sheet-cause", "sheet-marks", "sheet-thanked")
)


@pytest.fixture
def ruta(agent):
    return make.person("Rūta Petrauskienė", language="lt", email="ruta@example.lt")


def take(client, *, person=None, **fields):
    known = {"person": str(person.pk)} if person else {}
    assert client.post(URL, filled(**known, **fields)).status_code == 302


@pytest.mark.requirement("S4-10", "S4-13", "S4-20")
def test_the_promise_is_there_to_read_aloud_in_the_customer_s_language(client, ruta):
    take(client, person=ruta)
    page = client.get(HAND).text
    aloud = re.search(r'in-hand-aloud" lang="lt">(.*?)</div>', page, re.DOTALL)
    assert aloud
    assert "Ponia Petrauskiene," in aloud[1]
    assert "An engineer finds out why, and it is warm" in aloud[1]
    assert "They said yes" in page


def test_it_costs_few_statements(client, ruta, django_assert_max_num_queries):
    take(client, person=ruta)
    with django_assert_max_num_queries(14):
        client.get(HAND)


def test_it_leads_to_the_next_contact_and_to_the_case(client, ruta):
    take(client, person=ruta)
    page = client.get(HAND).text
    assert 'href="/contact/new/"' in page
    assert Case.objects.get().reference in page


def test_the_slip_is_sent_by_mail(client, ruta):
    take(client, person=ruta)
    assert "Send to ruta@example.lt" in client.get(HAND).text
    assert "No link can be sent to them" not in client.get(HAND).text
    page = client.post(SEND, follow=True)
    assert "The slip goes to ruta@example.lt." in page.text
    mail = OutgoingMail.objects.get(kind=MailKind.PROMISE_SLIP)
    assert (mail.to_address, mail.language) == ("ruta@example.lt", "lt")


def test_without_an_address_the_slip_is_read_aloud(client, agent):
    take(client)
    shown = client.get(HAND).text
    assert "Send to" not in shown
    case = Case.objects.get()
    assert (
        f"localhost:8000/find-my-case/en/, with your reference and the code {code_of(case)[0]}, "
        in shown
    )
    assert code_of(case) in shown
    page = client.post(SEND, follow=True)
    assert "There is no mail address to send it to." in page.text
    assert not OutgoingMail.objects.exists()


def test_there_is_no_slip_to_send_of_what_was_only_written_down(client, agent):
    take(client, act="note")
    assert client.post(SEND).status_code == 404
    assert "Written down" in client.get(HAND).text


@pytest.mark.requirement("S4-14")
def test_one_tap_counts_the_cause_and_closes_what_was_done(client, ruta):
    take(client, person=ruta, act="done", done="Refunded 12 €", thanked="on")
    assert 'value="delay"' in client.get(HAND).text
    client.post(CAUSE, {"mechanism": "delay"})
    assert Cause.objects.get().mechanism == "delay"
    assert Case.objects.get().state == State.CLOSED
    assert 'value="delay"' not in client.get(HAND).text


def test_a_cause_is_counted_though_something_is_still_missing(client, agent):
    take(client, act="done", done="Refunded 12 €")
    page = client.post(CAUSE, {"mechanism": "delay"}, follow=True)
    assert "Counted. The case says what is still missing." in page.text
    assert Case.objects.get().is_open


def test_thanks_are_said_by_a_person_and_close_what_waited_for_nothing_else(client, ruta):
    take(client, person=ruta, act="done", done="Refunded 12 €")
    assert "One tap counts it." in client.get(HAND).text
    client.post(CAUSE, {"mechanism": "delay"})
    assert Case.objects.get().thanked_at is None
    page = client.post(THANKED, follow=True)
    assert "Thanked, and closed." in page.text
    assert Case.objects.get().state == State.CLOSED
    assert "has ended" in client.post(THANKED, follow=True).text


def test_thanks_with_a_promise_leave_the_case_open(client, ruta):
    take(client, person=ruta)
    assert "I have thanked them" in client.get(HAND).text
    assert "Thanked." in client.post(THANKED, follow=True).text
    assert Case.objects.get().is_open
    assert "I have thanked them" not in client.get(HAND).text


def test_a_cause_is_counted_once(client, ruta):
    take(client, person=ruta, act="done", done="Refunded 12 €", thanked="on")
    client.post(CAUSE, {"mechanism": "delay"})
    page = client.post(CAUSE, {"mechanism": "defect"}, follow=True)
    assert "has ended" in page.text
    assert Cause.objects.get().mechanism == "delay"


def test_a_cause_that_is_none_is_not_counted(client, agent):
    take(client, act="done", done="Refunded 12 €")
    assert client.post(CAUSE, {"mechanism": "ticket"}).status_code == 404


@pytest.mark.requirement("S3-27")
def test_facts_and_feelings_are_told_apart_afterwards(client, agent):
    take(client)
    page = client.get(HAND).text
    cold, tired = dict.fromkeys(re.findall(r'name="(span-\d+-\d+)"', page))
    client.post(MARKS, {cold: "fact", tired: "feeling"})
    marks = Mark.objects.order_by("start").values_list("lane", flat=True)
    assert list(marks) == ["fact", "feeling"]
    assert re.search(rf'name="{tired}" value="feeling" checked', client.get(HAND).text)


def test_marks_that_fit_no_sentence_are_left_out(client, agent):
    take(client)
    client.post(MARKS, {"span-0-9999": "fact", "span-0-36": "ticket"})
    assert not Mark.objects.exists()


def test_a_long_story_is_marked_as_far_as_a_form_reaches(client, agent):
    take(client, story="Cold. " * 5000)
    page = client.get(HAND).text
    assert len(set(re.findall(r'name="(span-\d+-\d+)"', page))) == 200


def test_who_is_complained_about_leaves_it_to_a_colleague(client, agent):
    make.staff(role=Role.SENIOR)
    take(client, act="note", about=agent.name)
    page = client.get(HAND).text
    assert "This case is about you. A colleague looks after it from here." in page
    assert "To the case" not in page
    assert "Tell facts and feelings apart" not in page


@pytest.mark.parametrize("address_", [HAND, SEND, CAUSE, MARKS, THANKED])
def test_what_was_not_taken_down_is_not_there(client, agent, address_):
    asked = client.get(address_) if address_ == HAND else client.post(address_)
    assert asked.status_code == 404


@pytest.mark.parametrize("address_", [HAND, SEND, CAUSE, MARKS, THANKED])
def test_a_colleague_s_sheet_is_not_there_either(client, ruta, address_):
    take(client, person=ruta)
    client.force_login(make.staff())
    asked = client.get(address_) if address_ == HAND else client.post(address_)
    assert asked.status_code == 404
    assert not OutgoingMail.objects.exists()


def test_it_stays_after_the_promise_was_answered(client, ruta):
    take(client, person=ruta, act="offer")
    assert "Their answer is to come" in client.get(HAND).text
    assert timezone.now() > Case.objects.get().registered_at

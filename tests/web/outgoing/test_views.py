from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.actions.letters import send_slip
from amends.cases.models.case import PartyOfCase
from amends.cases.rules.kinds import Part
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind, MailState
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
URL = "/outgoing-mail/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def senior(client):
    made = make.staff("Grace", role=Role.SENIOR)
    client.force_login(made)
    return made


@pytest.fixture
def slip():
    owner = make.staff("Inga Ramanauskaitė")
    make.team(members=(owner,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    case = make.case(make.contact(person=ruta), owner=owner)
    return send_slip(make.promise(case), by=owner, at=make.NOW)


def letters(count):
    for n in range(count):
        letter = Letter(
            kind=MailKind.NOTICE,
            to_address=f"c{n}@home.example",
            subject=f"Letter {n}",
            text="Text",
            language="en",
        )
        queue_mail(letter, by=None, at=make.NOW + timedelta(minutes=n))


def in_state(mail, state):
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state, error="451 later", sent_at=make.NOW if state == MailState.SENT else None
    )
    mail.refresh_from_db()
    return mail


def test_the_list_shows_to_whom_about_what_and_how_it_stands(client, senior, slip):
    text = client.get(URL).text
    assert "Rūta Petrauskienė" in text
    assert slip.subject in text
    assert reverse("mail", args=[slip.pk]) in text


def test_pages_follow_each_other_by_key(client, senior, django_assert_max_num_queries):
    letters(60)
    seen = []
    url = URL
    for _ in range(3):
        with django_assert_max_num_queries(9):  # one of them for what leaves later
            response = client.get(url)
        seen += [row.subject for row in response.context["rows"]]
        url = response.context["further"]
    assert seen == [f"Letter {n}" for n in reversed(range(60))]
    assert url == ""


@pytest.mark.parametrize("state", [MailState.SENT, MailState.FAILED, MailState.PERHAPS_SENT])
def test_one_state_is_looked_at_alone(client, senior, slip, state):
    in_state(slip, state)
    assert slip.subject in client.get(URL, {"state": state}).text
    assert "No mail here" in client.get(URL, {"state": MailState.WITHDRAWN}).text


def test_one_kind_is_looked_at_alone(client, senior, slip):
    letters(1)
    rows = client.get(URL, {"kind": MailKind.NOTICE}).context["rows"]
    assert [row.subject for row in rows] == ["Letter 0"]


@pytest.mark.parametrize("asked", [{"state": "x"}, {"kind": "\x00"}, {"after": "x~y"}])
def test_what_means_nothing_is_passed_over(client, senior, slip, asked):
    assert slip.subject in client.get(URL, asked).text


def test_htmx_gets_only_the_part(client, senior):
    assert "<html" not in client.get(URL, headers=HTMX).text


def test_in_the_demonstration_it_says_that_nothing_leaves(client, senior, settings):
    settings.DEMO = True
    assert "nothing leaves. Here is what would have been sent." in client.get(URL).text


def test_without_a_server_it_says_that_mail_waits(client, senior, settings):
    settings.DEMO, settings.EMAIL_HOST = False, ""
    assert "No mail server is set up" in client.get(URL).text


def test_one_mail_is_shown_as_text_with_what_the_server_said(client, senior, slip):
    text = client.get(reverse("mail", args=[in_state(slip, MailState.FAILED).pk])).text
    assert "This is what we promise you:" in text
    assert "451 later" in text
    assert slip.contact.case_contacts.get().case.reference in text


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.PERHAPS_SENT])
def test_what_did_not_leave_is_sent_once_more(client, senior, slip, state):
    in_state(slip, state)
    assert "Send it once more" in client.get(reverse("mail", args=[slip.pk])).text
    response = client.post(reverse("mail-again", args=[slip.pk]), follow=True)
    slip.refresh_from_db()
    assert slip.state == MailState.WAITING
    assert "It is sent once more." in response.text


def test_what_waits_is_taken_back(client, senior, slip):
    assert "Take it back" in client.get(reverse("mail", args=[slip.pk])).text
    client.post(reverse("mail-take-back", args=[slip.pk]))
    slip.refresh_from_db()
    assert slip.state == MailState.WITHDRAWN


@pytest.mark.parametrize("act", ["mail-again", "mail-take-back"])
def test_what_has_left_is_refused_in_words(client, senior, slip, act):
    in_state(slip, MailState.SENT)
    response = client.post(reverse(act, args=[slip.pk]), follow=True)
    assert "This mail" in response.text
    slip.refresh_from_db()
    assert slip.state == MailState.SENT


def test_a_mail_to_a_colleague_is_read_by_that_colleague_alone(client, senior, slip, settings):
    settings.DEMO = False
    case = slip.contact.case_contacts.get().case
    theirs, mine = (
        queue_mail(
            Letter(
                kind=MailKind.NOTICE,
                to_address=one.email,
                subject="A case was given to you",
                text="Say sorry first.",
                language="en",
            ),
            by=None,
            at=make.NOW,
        )
        for one in (case.owner, senior)
    )
    assert "Its text is for its reader alone." in client.get(reverse("mail", args=[theirs.pk])).text
    assert "Say sorry first" in client.get(reverse("mail", args=[mine.pk])).text


def test_nobody_sees_a_mail_of_a_case_that_complains_about_them(client, senior, slip):
    case = slip.contact.case_contacts.get().case
    PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=senior, since=make.NOW)
    assert slip.subject not in client.get(URL).text
    assert client.get(reverse("mail", args=[slip.pk])).status_code == 404


@pytest.mark.parametrize("name", ["mail", "mail-again", "mail-take-back"])
def test_a_mail_that_does_not_exist_is_not_found(client, senior, name):
    act = client.get if name == "mail" else client.post
    assert act(reverse(name, args=[10**20])).status_code == 404


def test_an_auditor_reads_but_sends_nothing(client, slip):
    client.force_login(make.staff(role=Role.AUDITOR))
    in_state(slip, MailState.FAILED)
    assert "Send it once more" not in client.get(reverse("mail", args=[slip.pk])).text
    response = client.post(reverse("mail-again", args=[slip.pk]), follow=True)
    slip.refresh_from_db()
    assert slip.state == MailState.FAILED
    assert "Your role does not include this." in response.text


def test_who_may_not_see_mail_is_shown_none(client, slip):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(URL).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client, slip):
    assert client.get(URL).status_code == 302
    assert client.get(reverse("mail", args=[slip.pk])).status_code == 302


def test_who_sees_no_cases_is_led_to_none(client, senior, slip):
    case = slip.contact.case_contacts.get().case
    there, here = reverse("case", args=[case.reference]), reverse("mail", args=[slip.pk])
    assert f'href="{there}"' in client.get(here).text
    client.force_login(make.staff(role=Role.ADMINISTRATOR))
    page = client.get(here).text
    assert case.reference in page
    assert f'href="{there}"' not in page

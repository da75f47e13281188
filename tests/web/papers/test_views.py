import pytest
from django.urls import reverse
from django.utils import timezone

from amends.base.files import path_of
from amends.cases.actions.from_portal import add_words
from amends.cases.models.case import PartyOfCase
from amends.cases.queries.links import code_of, holder_of, link_of
from amends.cases.rules.kinds import Part
from amends.contacts.actions.attachments import Upload
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.case(make.contact(person=make.person()))


@pytest.fixture
def file(case):
    told = add_words(
        case,
        words="See.",
        uploads=[Upload("note.txt", b"Still cold.")],
        by=holder_of(case),
        at=timezone.now(),
    )
    return told.attachments.get()


@pytest.fixture
def agent(client):
    made = make.staff()
    client.force_login(made)
    return made


def test_a_file_is_handed_out_to_be_saved_and_not_run(client, agent, file):
    response = client.get(reverse("attachment", args=[file.pk]))
    assert b"".join(response.streaming_content) == b"Still cold."
    assert response["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, agent, file):
    path_of(file.sha256).unlink()
    assert client.get(reverse("attachment", args=[file.pk])).status_code == 404


def test_a_slip_is_printed_and_read_aloud(client, agent, case, django_assert_max_num_queries):
    promise = make.promise(case)
    with django_assert_max_num_queries(14):
        text = client.get(reverse("slip-on-paper", args=[promise.pk])).text
    assert link_of(case) in text
    assert code_of(case) in text
    assert 'src="data:image/svg+xml' in text
    assert "This is what we promise you: " in text
    assert "Is that all right, or do you need another day?" in text


def test_the_slip_of_a_promise_that_was_agreed_asks_for_no_answer(client, agent, case):
    promise = make.promise(case, accepted=True)
    text = client.get(reverse("slip-on-paper", args=[promise.pk])).text
    assert "See how it stands:" in text
    assert "Say yes, name another day" not in text
    assert "do you need another day?" not in text


@pytest.mark.parametrize("name", ["attachment", "slip-on-paper"])
def test_nothing_is_handed_out_of_a_case_that_complains_about_oneself(
    client, agent, case, file, name
):
    pk = file.pk if name == "attachment" else make.promise(case).pk
    PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=agent, since=make.NOW)
    assert client.get(reverse(name, args=[pk])).status_code == 404


@pytest.mark.parametrize("name", ["attachment", "slip-on-paper"])
def test_what_does_not_exist_is_not_found(client, agent, name):
    assert client.get(reverse(name, args=[10**20])).status_code == 404


@pytest.mark.parametrize("name", ["attachment", "slip-on-paper"])
def test_who_may_see_no_cases_gets_nothing_of_them(client, file, name):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(reverse(name, args=[file.pk])).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client, file):
    assert client.get(reverse("attachment", args=[file.pk])).status_code == 302


def test_a_program_is_listed_with_a_warning_and_a_note_without_one(client, agent, case, file):
    warning = "Do not open it unless you know why it was sent."
    page = reverse("case", args=[case.reference])
    assert file.name in client.get(page).text
    assert warning not in client.get(page).text
    add_words(
        case,
        words="And this.",
        uploads=[Upload("paper.exe", b"MZ and nothing else")],
        by=holder_of(case),
        at=timezone.now(),
    )
    assert client.get(page).text.count(warning) == 1

from datetime import timedelta

import pytest

from amends.cases.actions.from_portal import add_words
from amends.cases.actions.read_back import (
    CorrectionNeeded,
    NothingUnderstood,
    ReadBackOver,
    ask_read_back,
    confirm_read_back,
    correct_read_back,
)
from amends.cases.actions.within import CaseHasEnded
from amends.cases.models.read_back import ReadBack
from amends.cases.rules.kinds import Next
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Channel
from amends.journal.models import Entry
from amends.notices.rules.reasons import Reason
from amends.staff.rules.permissions import Role
from tests import make
from tests.told import told

pytestmark = pytest.mark.django_db
TEXT = "You were cold for two days. On Tuesday an engineer comes, and we call you after it."


@pytest.fixture
def case():
    make.organisation()
    owner = make.staff(role=Role.SENIOR)
    make.team(duty_owner=owner)
    ruta = make.person(email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)


def asked(case, text=TEXT) -> ReadBack:
    return ask_read_back(case, text=text, by=case.owner, at=make.NOW)


@pytest.mark.requirement("S3-82")
def test_how_we_understood_it_goes_to_the_customer_in_a_mail(case):
    read_back = asked(case)
    mail = OutgoingMail.objects.get()
    assert TEXT in mail.text
    assert mail.contact
    assert mail.contact.case_contacts.get().case == case
    assert (read_back.by, read_back.answered_at) == (case.owner, None)
    assert Entry.objects.filter(kind="ReadBackAsked").count() == 1


def test_without_a_mail_address_it_stands_on_the_page_alone(case):
    case.person.points.all().delete()
    asked(case)
    assert not OutgoingMail.objects.exists()


def test_nothing_is_not_read_back(case):
    with pytest.raises(NothingUnderstood):
        asked(case, "  ")


def test_the_newest_counts(case):
    first = asked(case)
    second = asked(case, "An engineer comes on Wednesday.")
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (make.NOW, None)
    with pytest.raises(ReadBackOver):
        confirm_read_back(first, by=case.person, at=make.NOW)


@pytest.mark.requirement("S3-82")
def test_the_customer_says_in_their_own_words_what_happens_next(case):
    read_back = confirm_read_back(
        asked(case), words=" Tuesday, and a call. ", by=case.person, at=make.NOW
    )
    assert (read_back.confirmed, read_back.words) == (True, "Tuesday, and a call.")
    assert Contact.objects.get(channel=Channel.WEB).words.text == "Tuesday, and a call."
    entry = Entry.objects.get(kind="ReadBackAnswered")
    assert (entry.by, entry.facts["confirmed"]) == (case.person.actor, True)


@pytest.mark.parametrize("wrote_before", [True, False])
def test_a_yes_in_own_words_waits_for_no_answer_of_its_own(case, wrote_before):
    make.promise(case)
    read_back, later = asked(case), make.NOW + timedelta(minutes=1)
    if wrote_before:
        add_words(case, words="And the bill?", by=case.person, at=later)
    confirm_read_back(read_back, words="Yes.", by=case.person, at=later + timedelta(minutes=1))
    case.refresh_from_db()
    assert (case.next_due == Next.ANSWER) is wrote_before


def test_what_was_answered_is_not_answered_again(case):
    read_back = confirm_read_back(asked(case), by=case.person, at=make.NOW)
    with pytest.raises(ReadBackOver):
        correct_read_back(read_back, words="No.", by=case.person, at=make.NOW)


@pytest.mark.requirement("S3-82")
def test_a_correction_is_read_like_any_other_words_of_theirs(case):
    read_back = correct_read_back(
        asked(case), words="It was three days.", by=case.person, at=make.NOW
    )
    assert (read_back.confirmed, read_back.words) == (False, "It was three days.")
    assert Contact.objects.get(channel=Channel.WEB).words.text == "It was three days."
    assert told() == [(case.owner, Reason.WROTE)]


def test_a_correction_says_how_it_is_instead(case):
    with pytest.raises(CorrectionNeeded):
        correct_read_back(asked(case), words=" ", by=case.person, at=make.NOW)


def test_of_a_case_that_has_ended_nothing_is_confirmed(case):
    read_back = asked(case)
    make.withdrawn(case)
    with pytest.raises(CaseHasEnded):
        confirm_read_back(read_back, by=case.person, at=make.NOW)

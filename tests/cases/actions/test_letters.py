from datetime import timedelta

import pytest

from amends.cases.actions.letters import (
    acknowledge_by_mail,
    send_apology_for_broken,
    send_page,
    send_question,
    send_slip,
    send_thanks,
)
from amends.cases.actions.promises import mark_promise_broken, renegotiate_promise
from amends.cases.models.case import Case
from amends.cases.queries.links import link_of
from amends.cases.rules.kinds import CaseKind, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Direction, MailKind, Represents
from amends.journal.models import Entry
from amends.people.rules.kinds import Honorific
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=2)


@pytest.fixture
def case():
    owner = make.staff("Inga Ramanauskaitė")
    make.team(members=(owner,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)


def sent(mail):
    """Return a mail that somebody gets."""
    assert mail is not None
    return mail


def in_language(case, language):
    case.language = language
    case.save()
    return case


def test_an_acknowledgement_names_who_has_it_the_reference_and_a_moment(case):
    mail = sent(acknowledge_by_mail(case, at=make.NOW))
    assert mail.subject == f"We have what you told us [{case.reference}]"
    assert mail.text.startswith("Dear Ms Petrauskienė,\n\nThank you for telling us.")
    assert (
        f"Inga Ramanauskaitė has it, under the reference {case.reference}, and will tell you "
        "by Monday 30 March, 09:00 what we will do."
    ) in mail.text
    assert link_of(case) in mail.text
    assert mail.text.endswith("Kind regards\nInga Ramanauskaitė\nWater of Vilnius\n")
    assert mail.automatic
    assert mail.kind == MailKind.ACKNOWLEDGEMENT


def test_an_acknowledgement_takes_the_case_a_step_on_and_is_journalled(case):
    acknowledge_by_mail(case, at=make.NOW)
    case.refresh_from_db()
    assert case.state == State.ACKNOWLEDGED
    assert case.acknowledged_at == make.NOW
    assert Entry.objects.filter(kind="CaseAcknowledged", subject=f"case:{case.pk}").count() == 1


def test_nothing_is_acknowledged_twice(case):
    acknowledge_by_mail(case, at=make.NOW)
    assert acknowledge_by_mail(case, at=LATER) is None
    assert OutgoingMail.objects.count() == 1


def test_what_was_brought_in_as_history_is_not_acknowledged(case):
    Case.objects.filter(pk=case.pk).update(as_history=True)
    assert acknowledge_by_mail(case, at=make.NOW) is None


def test_who_thanks_us_is_not_told_that_we_are_sorry():
    joy = make.person(email="joy@home.example")
    thanks = make.case(make.contact(person=joy), kind=CaseKind.THANKS)
    mail = sent(acknowledge_by_mail(thanks, at=make.NOW))
    assert "sorry" not in mail.text


def test_until_somebody_took_it_the_duty_owner_answers_for_it():
    duty = make.staff("Asta Duty")
    team = make.team(duty_owner=duty)
    sender = make.person(email="somebody@home.example")
    mail = sent(
        acknowledge_by_mail(make.case(make.contact(person=sender), team_=team), at=make.NOW)
    )
    assert "Asta Duty has it" in mail.text
    assert mail.author == duty


@pytest.mark.parametrize(
    "write",
    [
        lambda case: acknowledge_by_mail(case, at=make.NOW),
        lambda case: send_slip(make.promise(case), by=case.owner, at=make.NOW),
        lambda case: send_apology_for_broken(make.promise(case), by=case.owner, at=make.NOW),
        lambda case: send_thanks(case, by=case.owner, at=make.NOW),
        lambda case: send_page(case, by=case.person, at=make.NOW),
    ],
    ids=["acknowledgement", "slip", "apology", "thanks", "page"],
)
@pytest.mark.parametrize("person", ["without an address", "nobody"])
def test_who_cannot_be_written_to_is_not(write, person):
    owner = make.staff()
    make.team(members=(owner,))
    told = make.contact(person=make.person() if person == "without an address" else None)
    assert write(make.case(told, owner=owner)) is None
    assert not OutgoingMail.objects.exists()
    assert not Contact.objects.filter(direction=Direction.OUT).exists()


@pytest.mark.requirement("S0-11", "S0-12")
def test_a_letter_is_a_moment_of_truth_of_the_case(case):
    mail = sent(send_slip(make.promise(case), by=case.owner, at=make.NOW))
    contact = mail.contact
    assert contact.direction == Direction.OUT
    assert contact.words.text == mail.text
    assert contact.person == case.person
    assert case.case_contacts.filter(contact=contact).exists()


@pytest.mark.requirement("S0-13", "S0-15")
def test_towards_a_customer_the_author_stands_for_the_organisation(case):
    mail = sent(send_slip(make.promise(case), by=case.owner, at=make.NOW))
    assert mail.author == case.owner
    assert mail.contact.represents == Represents.ORGANISATION
    assert "Inga Ramanauskaitė\nWater of Vilnius" in mail.text


@pytest.mark.requirement("S0-14")
def test_towards_a_colleague_the_author_stands_for_the_department():
    owner = make.staff("Inga Ramanauskaitė")
    make.team(members=(owner,))
    colleague = make.person("Jonas Kazlauskas", email="jonas@water.example")
    colleague.staff = make.staff("Jonas Kazlauskas")
    colleague.save()
    case = make.case(make.contact(person=colleague), owner=owner)
    mail = sent(send_slip(make.promise(case), by=owner, at=make.NOW))
    assert mail.contact.represents == Represents.DEPARTMENT
    assert "Inga Ramanauskaitė\nCustomer care" in mail.text


def test_the_author_signs_with_title_and_telephone(case):
    case.owner.title, case.owner.telephone = "Customer adviser", "+370 600 00000"
    case.owner.save()
    mail = sent(send_slip(make.promise(case), by=case.owner, at=make.NOW))
    assert "Inga Ramanauskaitė, Customer adviser\nWater of Vilnius\n+370 600 00000\n" in mail.text


@pytest.mark.requirement("S4-10")
def test_a_slip_says_in_one_sentence_what_by_when_and_who_answers_for_it(case):
    promise = make.promise(case, make.offer("An engineer comes and it is warm."))
    mail = sent(send_slip(promise, by=case.owner, at=make.NOW))
    assert "\n    An engineer comes and it is warm by Saturday 28 March, 17:00.\n" in mail.text
    assert "Inga Ramanauskaitė answers for it." in mail.text
    assert not mail.automatic
    promise.refresh_from_db()
    assert promise.told_at == make.NOW


def test_what_is_promised_stands_in_a_mail_as_it_was_written(case):
    promise = make.promise(case, make.offer("We refund 49 € for “Tap & Sink” <today>"))
    mail = sent(send_slip(promise, by=case.owner, at=make.NOW))
    assert "We refund 49 € for “Tap & Sink” <today> by " in mail.text


def test_a_broken_promise_is_said_first_and_the_new_one_stands_in_the_same_letter(case):
    broken = make.promise(case, accepted=True)
    mark_promise_broken(broken, at=LATER)
    broken.refresh_from_db()
    anew = renegotiate_promise(
        broken,
        offer=make.offer("I come myself", due_at=LATER + timedelta(days=1)),
        by=case.owner,
        at=LATER,
    )
    broken.refresh_from_db()
    mail = sent(send_apology_for_broken(broken, by=case.owner, at=LATER))
    first, _, second = mail.text.partition("We did not do it. That is our fault, and we are sorry.")
    assert "it is warm by Saturday 28 March, 17:00." in first
    assert "I come myself by Monday 30 March, 18:00." in second
    anew.refresh_from_db()
    assert anew.told_at == LATER


def test_a_broken_promise_without_a_new_one_says_who_looks_after_it(case):
    broken = make.promise(case, accepted=True)
    mark_promise_broken(broken, at=LATER)
    mail = sent(send_apology_for_broken(broken, by=case.owner, at=LATER))
    assert "Inga Ramanauskaitė looks after it now" in mail.text


@pytest.mark.requirement("S4-12")
def test_the_question_tells_again_what_was_promised(case):
    mail = sent(send_question(make.kept(case), at=LATER))
    assert "it is warm by Saturday 28 March, 17:00." in mail.text
    assert "Is it put right?" in mail.text
    assert mail.automatic
    assert "already" not in mail.text


def test_a_second_question_says_that_it_is_the_second(case):
    question = make.kept(case)
    question.asked_at = LATER
    mail = sent(send_question(question, at=LATER + timedelta(days=3)))
    assert "We asked you already (Sunday 29 March, 18:00)" in mail.text


@pytest.mark.requirement("S4-13")
@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.YES, "You told us that it is put right. Thank you"),
        (Verdict.NO_ANSWER, "have not heard from you"),
        (Verdict.PARTLY, "Thank you for telling us: it helps us to do better."),
    ],
)
def test_the_last_letter_thanks_and_says_how_to_come_back(case, verdict, said):
    case.verdict = verdict
    mail = sent(send_thanks(case, by=case.owner, at=LATER))
    assert said in mail.text
    assert f"{case.reference} is closed." in mail.text


def test_what_the_customer_set_off_is_automatic_and_signed_by_the_owner(case):
    mail = sent(send_thanks(case, by=case.person, at=LATER))
    assert mail.automatic
    assert mail.author == case.owner


def test_letters_of_a_case_hang_together_for_mail_programs(case):
    first = sent(acknowledge_by_mail(case, at=make.NOW))
    second = sent(send_slip(make.promise(case), by=case.owner, at=make.NOW))
    assert first.references == ""
    assert second.references == first.message_id


@pytest.mark.requirement("S4-20")
@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("en", "Dear Ms Petrauskienė,"),
        ("lt", "Gerbiama ponia Petrauskiene,"),
        ("pl", "Szanowna Pani Rūta,"),
        ("ru", "Уважаемая Rūta,"),
        ("sq", "E nderuar znj. Petrauskienė,"),
    ],
)
def test_a_letter_begins_with_the_form_of_address_of_its_language(case, language, greeting):
    mail = sent(send_page(in_language(case, language), by=case.person, at=make.NOW))
    assert mail.text.startswith(greeting)
    assert mail.language == language


def test_somebody_of_whom_only_the_name_is_known_is_addressed_by_it():
    unknown = make.person("Sam Lee", honorific=Honorific.UNKNOWN, email="sam@home.example")
    mail = sent(send_page(make.case(make.contact(person=unknown)), by=unknown, at=make.NOW))
    assert mail.text.startswith("Dear Sam Lee,")


def test_every_letter_says_where_the_page_is_and_leaves_one_empty_line_at_most(case):
    mails = [
        send_slip(make.promise(case), by=case.owner, at=make.NOW),
        send_question(make.kept(case), at=LATER),
        send_thanks(case, by=case.owner, at=LATER),
        send_page(case, by=case.person, at=make.NOW),
    ]
    for mail in map(sent, mails):
        assert f"Your page, without a password:\n{link_of(case)}\n" in mail.text
        assert "\n\n\n" not in mail.text

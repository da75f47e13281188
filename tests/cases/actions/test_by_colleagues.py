"""What colleagues send us by mail: on a case as theirs, passed on as its writer's, else held."""

import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.parties import name_party
from amends.cases.models.case import Case
from amends.cases.rules.kinds import Part
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival, Contact, OutgoingMail
from amends.contacts.rules.kinds import ArrivalState, Direction
from amends.people.models import Person
from amends.staff.rules.permissions import Role
from tests import make
from tests.contacts.channels.email.messages import mail, part, parts
from tests.make import NOW

pytestmark = pytest.mark.django_db
FORWARDED = (
    "Please look at this.\r\n\r\n---------- Forwarded message ---------\r\n"
    "From: Rūta Kazlauskienė <ruta@example.lt>\r\nDate: Fri, 27 Mar 2026 at 15:00\r\n"
    "Subject: Cold again\r\nTo: <ada@water.example>\r\n\r\n\r\nIt is cold again."
)


@pytest.fixture
def ada():
    make.organisation()
    make.team()
    return make.staff("Ada")


@pytest.fixture
def case(ada):
    ruta = make.person("Rūta Kazlauskienė", email="ruta@example.lt", language="lt")
    return make.case(make.contact(person=ruta))


@pytest.fixture
def ours(case):
    posted = acknowledge_by_mail(case, at=NOW)
    assert posted
    return posted


def take(raw) -> Arrival:
    incoming = Incoming(source="file", key=str(Arrival.objects.count()), raw=raw)
    arrival, _new = store_arrival(incoming, at=NOW)
    return take_in([arrival], at=NOW)[0]


class TestWhatTheySay:
    def test_to_the_customer_is_a_contact_of_theirs_and_answers(self, ada, case, ours):
        taken = take(
            mail(
                "We come on Monday.",
                From=ada.email,
                To="ruta@example.lt",
                Cc="care@water.example",
                In_Reply_To=f"<{ours.message_id}>",
            )
        )
        contact = Contact.objects.get(arrival=taken)
        assert (contact.direction, contact.handled_by, contact.person) == (
            Direction.OUT,
            ada,
            case.person,
        )
        assert not contact.automatic
        assert case.case_contacts.filter(contact=contact).exists()
        assert Case.objects.count() == 1

    def test_to_us_alone_is_a_note_without_what_it_quotes(self, ada, case, ours):
        quoted = "\r\n> It is cold. @nobody"
        take(mail(f"I looked at it.{quoted}", From=ada.email, In_Reply_To=f"<{ours.message_id}>"))
        note = case.notes.get()
        assert (note.text, note.by) == ("I looked at it.", ada)
        assert Contact.objects.count() == 2

    def test_with_nothing_but_a_reference_in_the_subject_is_held(self, ada, case):
        taken = take(mail("Close it.", From=ada.email, Subject=case.reference))
        assert (taken.state, taken.reason) == (ArrivalState.HELD, "by-colleague")

    def test_is_believed_by_the_reference_where_our_server_proved_who_it_is(
        self, ada, case, settings
    ):
        settings.MAIL_CHECKED_BY = ["mx.water.example"]
        checked = "mx.water.example; dmarc=pass header.from=x"
        headers = {"Authentication_Results": checked, "Subject": case.reference}
        assert take(mail("Seen.", From=ada.email, **headers)).state == ArrivalState.FILED
        assert case.notes.get().text == "Seen."

    def test_is_held_where_our_server_found_it_false(self, ada, case, ours, settings):
        settings.MAIL_CHECKED_BY = ["mx.water.example"]
        headers = {
            "Authentication_Results": "mx.water.example; dmarc=fail header.from=x",
            "In_Reply_To": f"<{ours.message_id}>",
        }
        assert take(mail("Close it.", From=ada.email, **headers)).reason == "by-colleague"

    def test_is_held_where_files_went_to_nobody_in_the_case(self, ada, case, ours):
        pdf = part("application/pdf", "%PDF-1.4", Content_Disposition="attachment; filename=a.pdf")
        raw = parts(part("text/plain", "see"), pdf)
        raw = raw.replace(b"ruta@example.lt", ada.email.encode())
        raw = b"In-Reply-To: <" + ours.message_id.encode() + b">\r\n" + raw
        assert take(raw).reason == "by-colleague"

    def test_is_held_once_they_have_left(self, ada, case, ours):
        ada.is_active = False
        ada.save()
        headers = {"In_Reply_To": f"<{ours.message_id}>"}
        assert take(mail("hello", From=ada.email, **headers)).reason == "by-colleague"

    def test_is_held_where_the_case_is_about_them(self, ada, case, ours):
        about = Part.COMPLAINED_ABOUT
        name_party(case, part=about, who=ada, by=make.staff(role=Role.MANAGER), at=NOW)
        headers = {"In_Reply_To": f"<{ours.message_id}>"}
        assert take(mail("Close it.", From=ada.email, **headers)).reason == "by-colleague"

    def test_as_the_customer_of_an_internal_case_goes_on_as_theirs(self, ada):
        take(mail("My chair is broken.", From=ada.email))
        internal = Case.objects.get()
        posted = OutgoingMail.objects.get()
        take(mail("Still.", From=ada.email, In_Reply_To=f"<{posted.message_id}>"))
        assert internal.case_contacts.filter(contact__direction="in").count() == 2

    def test_that_a_machine_says_for_them_makes_no_case(self, ada):
        taken = take(mail("I am away.", From=ada.email, Auto_Submitted="auto-replied"))
        assert taken.state == ArrivalState.AUTOMATIC


class TestWhatTheyPassOn:
    def test_is_a_contact_of_who_wrote_it_and_says_who_passed_it_on(self, ada):
        taken = take(mail(FORWARDED, From=f"Ada <{ada.email}>", Subject="Fwd: Cold again"))
        contact = Contact.objects.get(arrival=taken)
        assert str(contact.person) == "Rūta Kazlauskienė"
        assert contact.words.text == "It is cold again."
        assert (contact.handled_by, contact.sender_address) == (ada, "ruta@example.lt")
        assert contact.notes.get().text == "Please look at this."
        case = Case.objects.get()
        assert (case.person, case.kind) == (contact.person, "complaint")
        assert OutgoingMail.objects.get().to_address == "ruta@example.lt"

    def test_joins_the_case_of_who_wrote_it(self, ada, case, ours):
        headers = {"Subject": "Fwd: Cold again", "References": f"<{ours.message_id}>"}
        take(mail(FORWARDED, From=ada.email, **headers))
        assert Case.objects.count() == 1
        assert case.case_contacts.count() == 3

    def test_as_a_whole_mail_attached_is_read_as_it_came(self, ada):
        inner = mail("It is cold.", Subject="Šalta", Message_ID="<inner@example.lt>").decode()
        raw = parts(part("text/plain", "see below"), part("message/rfc822", inner))
        take(raw.replace(b"ruta@example.lt", ada.email.encode(), 1))
        contact = Contact.objects.get(direction="in")
        assert (contact.subject, contact.message_id) == ("Šalta", "inner@example.lt")
        assert (contact.words.text, contact.handled_by) == ("It is cold.", ada)
        assert [each.name for each in contact.attachments.all()] == ["Šalta.eml"]

    @pytest.mark.parametrize(
        "raw",
        [
            mail("Please look.", Subject="Fwd: Cold"),
            parts(
                part("text/plain", "two"),
                part("message/rfc822", mail("one").decode()),
                part("message/rfc822", mail("two").decode()),
            ),
            parts(part("text/plain", "none"), part("message/rfc822", "Subject: x\r\n\r\ny")),
            mail(FORWARDED.replace("ruta@example.lt", "care@water.example"), Subject="Fwd: x"),
        ],
    )
    def test_is_held_where_it_is_not_clear_who_wrote_it(self, ada, raw):
        people = Person.objects.count()
        taken = take(raw.replace(b"ruta@example.lt", ada.email.encode(), 1))
        assert (taken.state, taken.reason) == (ArrivalState.HELD, "passed-on")
        assert Person.objects.count() == people

"""Mail read into contacts and cases: where it goes, and what never becomes a case."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.parties import name_party
from amends.cases.models.case import Case, CaseLink
from amends.cases.rules.kinds import CaseKind, Part
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.actions.sending import begin_sending, note_result, take_up_mail
from amends.contacts.channels.email import arrived
from amends.contacts.models import Arrival, Contact, OutgoingMail
from amends.contacts.rules.kinds import ArrivalState, MailKind, MailState
from amends.contacts.rules.sending import Outcome, Result
from amends.contacts.rules.threading import reply_address
from amends.jobs.sweeper import sweep
from amends.journal.models import Entry
from amends.notices.rules.reasons import Reason
from amends.people.models import Person
from amends.staff.rules.permissions import Role
from tests import make
from tests.contacts.channels.email.messages import mail, part, parts
from tests.make import NOW
from tests.told import told as told_colleagues

pytestmark = pytest.mark.django_db
SENT_AT = datetime(2026, 3, 27, 13, tzinfo=UTC)
LITHUANIAN = "Vėl šalta ir niekas man nepasakė, kada jūs ateisite."


@pytest.fixture(autouse=True)
def _house(db):
    make.organisation()
    make.team()


def store(raw, *, as_history=False) -> Arrival:
    incoming = Incoming(
        source="file", key=str(Arrival.objects.count()), raw=raw, as_history=as_history
    )
    arrival, _new = store_arrival(incoming, at=NOW)
    return arrival


def take(raw, *, as_history=False) -> Arrival:
    [arrival] = take_in([store(raw, as_history=as_history)], at=NOW)
    return arrival


def told() -> Contact:
    """Return the one contact that came in."""
    return Contact.objects.get(direction="in")


def written_about(case) -> OutgoingMail:
    """Return a mail of ours about `case`, sent."""
    acknowledge_by_mail(case, at=NOW)
    posted = OutgoingMail.objects.get(contact__case_contacts__case=case)
    take_up_mail(posted, at=posted.send_at)
    begin_sending(posted, at=posted.send_at)
    return note_result(posted, result=Result(Outcome.SENT), at=posted.send_at)


@pytest.fixture
def ruta():
    return make.person("Rūta Kazlauskienė", email="ruta@example.lt", language="lt")


@pytest.fixture
def case(ruta):
    return make.case(make.contact(person=ruta))


class TestAFirstMail:
    def test_becomes_a_contact_in_the_senders_words_and_a_case(self):
        arrival = take(mail(LITHUANIAN))

        contact = told()
        assert (arrival.state, arrival.reason) == (ArrivalState.FILED, "")
        assert (arrival.sender, arrival.subject) == (
            "Rūta Kazlauskienė <ruta@example.lt>",
            "Cold again",
        )
        assert contact.arrival == arrival
        assert (contact.words.text, contact.words.source) == (LITHUANIAN, "written")
        assert (contact.channel, contact.direction) == ("email", "in")
        assert (contact.subject, contact.message_id) == ("Cold again", "1@example.lt")
        assert (contact.sender_name, contact.sender_address) == (
            "Rūta Kazlauskienė",
            "ruta@example.lt",
        )
        assert (contact.started_at, contact.automatic) == (NOW, False)
        case = Case.objects.get()
        assert (case.kind, case.person, case.language) == ("complaint", contact.person, "lt")
        assert case.next_due_at

    def test_is_of_somebody_new_who_is_written_down(self):
        take(mail(LITHUANIAN))
        person = Person.objects.get()
        assert (person.name, person.language) == ("Rūta Kazlauskienė", "lt")
        assert person.points.get().value == "ruta@example.lt"

    def test_is_of_somebody_known_by_the_address(self, ruta):
        take(mail("cold", From="R. <RUTA@example.lt>"))
        assert told().person == ruta

    def test_is_of_the_one_who_is_called_so_where_several_share_an_address(self, ruta):
        jonas = make.person("Jonas Kazlauskas", email="ruta@example.lt")
        take(mail("cold", From="Jonas Kazlauskas <ruta@example.lt>"))
        assert told().person == jonas

    def test_without_a_name_is_of_whom_the_address_names(self):
        take(mail("cold", From="ona.balt@example.lt"))
        assert Person.objects.get().name == "ona.balt"

    def test_is_answered_in_the_senders_language(self):
        take(mail(LITHUANIAN))
        posted = OutgoingMail.objects.get()
        assert (posted.kind, posted.language) == (MailKind.ACKNOWLEDGEMENT, "lt")
        assert posted.references == "1@example.lt"

    def test_in_no_language_that_can_be_told_has_the_customers_or_the_houses(self, ruta):
        take(mail("42"))
        assert Case.objects.get().language == "lt"
        take(mail("42", From="new@example.org"))
        assert Case.objects.latest("pk").language == "en"

    def test_brings_its_files(self):
        pdf = part("application/pdf", "%PDF-1.4", Content_Disposition="attachment; filename=a.pdf")
        take(parts(part("text/plain", "see"), pdf))
        file = told().attachments.get()
        assert (file.name, file.media_type, file.size_bytes) == ("a.pdf", "application/pdf", 8)

    def test_of_a_colleague_is_an_internal_matter(self):
        colleague = make.staff("Ada")
        take(mail("cold here", From=colleague.email))
        case = Case.objects.get()
        assert (case.kind, case.person and case.person.staff) == (CaseKind.INTERNAL, colleague)

    def test_of_one_message_id_twice_is_two_contacts(self):
        take(mail("one"))
        take(mail("two"))
        assert Contact.objects.filter(message_id="1@example.lt").count() == 2

    def test_is_read_once(self):
        arrival = take(mail())
        take_in([arrival], at=NOW)
        assert Contact.objects.filter(direction="in").count() == 1

    def test_from_an_address_that_had_failed_makes_it_good_again(self, ruta):
        ruta.points.update(failed_at=NOW)
        take(mail())
        assert ruta.points.get().failed_at is None


class TestHistory:
    def test_is_dated_as_the_mail_says_and_nobody_is_written_to(self):
        take(mail(LITHUANIAN), as_history=True)
        contact, case = told(), Case.objects.get()
        assert (contact.started_at, contact.as_history) == (SENT_AT, True)
        assert (case.received_at, case.as_history, case.next_due_at) == (SENT_AT, True, None)
        assert not OutgoingMail.objects.exists()

    def test_is_dated_by_the_way_where_the_mail_does_not_say(self):
        way = "from a by b; Thu, 26 Mar 2026 13:00:05 +0000"
        take(mail(Date="", Received=way), as_history=True)
        assert told().started_at == datetime(2026, 3, 26, 13, 0, 5, tzinfo=UTC)

    def test_of_a_thread_is_one_case(self):
        take(mail("one"), as_history=True)
        take(
            mail("two", Message_ID="<2@example.lt>", In_Reply_To="<1@example.lt>"), as_history=True
        )
        assert Case.objects.get().case_contacts.count() == 2
        assert not OutgoingMail.objects.exists()


class TestAnAnswer:
    def test_to_a_mail_of_ours_joins_its_case_and_who_answers_for_it_is_told(self, case):
        ours = written_about(case)
        take(mail("and still cold", In_Reply_To=f"<{ours.message_id}>"))
        assert Case.objects.count() == 1
        assert case.case_contacts.count() == 3
        assert told_colleagues() == [(case.team.duty_owner, Reason.WROTE)]

    def test_with_the_reference_in_its_subject_joins_its_case(self, case):
        take(mail("more", Subject=f"Re: cold [{case.reference.lower()}]"))
        assert case.case_contacts.count() == 2

    def test_to_our_signed_address_joins_its_case(self, case, settings):
        ours = written_about(case)
        signed = reply_address(
            "care@water.example", mail_id=ours.pk, key=settings.SECRET_KEY, at=NOW
        )
        take(mail("more", To=signed))
        assert case.case_contacts.count() == 3

    def test_trusts_the_signed_address_more_than_the_subject(self, case, settings, ruta):
        ours = written_about(case)
        other = make.case(make.contact(person=ruta))
        signed = reply_address(
            "care@water.example", mail_id=ours.pk, key=settings.SECRET_KEY, at=NOW
        )
        take(mail("more", To=signed, Subject=other.reference))
        assert case.case_contacts.count() == 3
        assert other.case_contacts.count() == 1

    def test_of_somebody_who_has_no_part_opens_a_case_that_is_linked(self, case):
        ours = written_about(case)
        take(mail("me too", From="eve@example.org", In_Reply_To=f"<{ours.message_id}>"))
        link = CaseLink.objects.get()
        assert (link.other, str(link.case.person)) == (case, "eve")
        assert case.reference in link.why
        assert case.case_contacts.count() == 2

    def test_about_a_case_that_is_over_opens_a_new_one_that_is_linked(self, case):
        make.withdrawn(case)
        take(mail("thank you", Subject=case.reference))
        assert CaseLink.objects.get().other == case
        assert Case.objects.latest("pk").state == "acknowledged"

    def test_of_a_representative_joins_the_case(self, case):
        son = make.person("Tomas", email="tomas@example.lt")
        owner = make.staff(role=Role.MANAGER)
        name_party(case, part=Part.REPRESENTATIVE, who=son, by=owner, at=NOW)
        take(mail("for my mother", From="tomas@example.lt", Subject=case.reference))
        assert case.case_contacts.count() == 2

    def test_of_somebody_we_wrote_to_about_it_joins_the_case(self, case, ruta):
        ours = written_about(case)
        ruta.points.all().delete()
        take(mail("hello", Subject=case.reference))
        assert ours.to_address == "ruta@example.lt"
        assert case.case_contacts.count() == 3

    def test_with_a_mistyped_reference_is_a_case_of_its_own(self, case):
        wrong = case.reference[:-1] + ("2" if case.reference[-1] != "2" else "3")
        take(mail("cold", Subject=wrong))
        assert Case.objects.count() == 2
        assert not CaseLink.objects.exists()


class TestAMachine:
    @pytest.mark.parametrize(
        ("headers", "reason"),
        [
            ({"Auto_Submitted": "auto-generated"}, "generated"),
            ({"List_Id": "<news.example.lt>"}, "list"),
            ({"Precedence": "bulk"}, "bulk"),
            ({"Return_Path": "<>"}, "null-sender"),
        ],
    )
    def test_makes_no_case_and_gets_no_answer(self, headers, reason):
        arrival = take(mail(**headers))
        assert (arrival.state, arrival.reason) == (ArrivalState.AUTOMATIC, reason)
        assert not Contact.objects.exists()
        assert not Case.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_that_answers_for_somebody_is_seen_on_the_case_and_not_answered(self, case):
        ours = written_about(case)
        before = OutgoingMail.objects.count()
        away = {"Auto_Submitted": "auto-replied", "In_Reply_To": f"<{ours.message_id}>"}
        arrival = take(mail("I am away until Monday.", **away))
        assert (arrival.state, arrival.reason) == (ArrivalState.FILED, "replied")
        assert Contact.objects.get(arrival=arrival).automatic
        assert case.case_contacts.count() == 3
        assert OutgoingMail.objects.count() == before


def report_on(posted, address, *, action="failed", status="5.1.1"):
    told = (
        "Reporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n"
    )
    return parts(
        part("text/plain", "It did not arrive."),
        part("message/delivery-status", told),
        part("text/rfc822-headers", f"Message-ID: <{posted.message_id}>\r\n"),
        kind="report; report-type=delivery-status",
    )


class TestADeliveryReport:
    def test_of_nothing_of_ours_is_only_seen(self):
        arrival = take(mail("gone", From="MAILER-DAEMON@mx.example.lt"))
        assert (arrival.state, arrival.reason) == (ArrivalState.BOUNCE, "bounce")
        assert not Case.objects.exists()

    def test_shows_on_our_mail_and_tells_who_answers(self, case, ruta):
        ours = written_about(case)
        take(report_on(ours, "ruta@example.lt"))
        ours.refresh_from_db()
        assert (ours.state, ours.error) == (MailState.FAILED, "smtp; 550 no such user")
        assert ruta.points.get().failed_at == NOW
        assert told_colleagues() == [(case.team.duty_owner, Reason.NOT_REACHED)]

    def test_is_believed_once(self, case):
        ours = written_about(case)
        take(report_on(ours, "ruta@example.lt"))
        take(report_on(ours, "ruta@example.lt"))
        assert Entry.objects.filter(kind="MailReturned").count() == 1

    def test_of_a_delay_changes_nothing(self, case, ruta):
        ours = written_about(case)
        late = take(report_on(ours, "ruta@example.lt", action="delayed", status="4.2.2"))
        ours.refresh_from_db()
        assert (late.reason, ours.state) == ("delay", MailState.SENT)
        assert ruta.points.get().failed_at is None

    def test_about_another_address_gives_up_none(self, case, ruta):
        ours = written_about(case)
        take(report_on(ours, "forwarded@example.org"))
        ours.refresh_from_db()
        assert ours.state == MailState.FAILED
        assert ruta.points.get().failed_at is None

    def test_of_long_ago_changes_nothing(self, case):
        ours = written_about(case)
        take(report_on(ours, "ruta@example.lt"), as_history=True)
        ours.refresh_from_db()
        assert ours.state == MailState.SENT

    def test_on_a_mail_to_a_colleague_shows_on_that_mail(self, case):
        ours = written_about(case)
        OutgoingMail.objects.filter(pk=ours.pk).update(contact=None)
        take(report_on(ours, "colleague@water.example"))
        ours.refresh_from_db()
        assert ours.state == MailState.FAILED

    def test_on_a_mail_about_no_case_shows_on_that_mail(self, case):
        ours = written_about(case)
        case.case_contacts.filter(contact__mail=ours).delete()
        count = OutgoingMail.objects.count()
        take(report_on(ours, "ruta@example.lt"))
        ours.refresh_from_db()
        assert ours.state == MailState.FAILED
        assert OutgoingMail.objects.count() == count


class TestWhatCannotBeFiled:
    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b"", "empty"),
            (b"\x89PNG\r\n\x1a\n\x00", "not-a-message"),
            (mail(From="nobody"), "no-sender"),
            (mail(From='"a b"@example.lt'), "no-sender"),
            (mail(From="care@water.example"), "from-us"),
        ],
    )
    def test_is_held_with_its_reason(self, raw, reason):
        arrival = take(raw)
        assert (arrival.state, arrival.reason) == (ArrivalState.HELD, reason)
        assert not Contact.objects.exists()

    def test_is_held_when_it_is_beyond_measure(self, monkeypatch):
        for bound in ("LARGEST_BYTES", "LARGEST_MAPPED"):
            monkeypatch.setattr(arrived, bound, 10)
        held = take(mail("x" * 1000))
        assert (held.state, held.reason, held.subject) == ("held", "too-large", "Cold again")

    def test_is_held_when_a_colleague_wrote_to_somebody_else(self):
        colleague = make.staff()
        arrival = take(mail(From=colleague.email, To="ruta@example.lt"), as_history=True)
        assert (arrival.state, arrival.reason) == (ArrivalState.HELD, "from-us")

    def test_is_no_matter_of_ours_without_an_address_of_the_house(self):
        organisation = make.organisation()
        organisation.mail_address = ""
        organisation.save()
        assert take(mail(From="care@water.example")).state == ArrivalState.FILED


def test_a_batch_is_taken_in_whole_or_not_at_all():
    good, bad = store(mail("one")), store(mail("two"))
    Arrival.objects.filter(pk=bad.pk).update(raw=None)  # its file is gone

    with pytest.raises(FileNotFoundError):
        take_in([good, bad], at=NOW)

    assert not Contact.objects.exists()
    good.refresh_from_db()
    assert good.state == ArrivalState.WAITING


def test_what_a_kill_left_behind_is_read_by_the_sweeper():
    store(mail(LITHUANIAN))
    sweep(NOW + timedelta(minutes=5))
    assert Case.objects.count() == 1

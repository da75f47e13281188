import pytest

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Automatic
from tests.contacts.channels.email.messages import mail, part, parts

STATUS = (
    "Reporting-MTA: dns; mx.example.lt\r\n\r\n"
    "Final-Recipient: rfc822; ruta@example.lt\r\n"
    "Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
)


def report(action="failed", status="5.1.1", kind="report; report-type=delivery-status"):
    return parts(
        part("text/plain", "Your message did not arrive."),
        part("message/delivery-status", STATUS.format(action=action, status=status)),
        part("text/rfc822-headers", "Message-ID: <ours@water.example>\r\nSubject: x\r\n"),
    ).replace(b"multipart/mixed", f"multipart/{kind}".encode())


def kind(body="hello", **headers):
    return read_mail(mail(body, **headers)).automatic


def test_a_person_writes_by_hand():
    assert kind() is None
    assert kind(Auto_Submitted="no") is None
    assert kind(Return_Path="<ruta@example.lt>") is None
    assert kind(Precedence="first-class") is None


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"Auto_Submitted": "auto-replied"}, Automatic.REPLIED),
        ({"Auto_Submitted": "Auto-Replied (rule 3); owner=x"}, Automatic.REPLIED),
        ({"Auto_Submitted": "auto-generated"}, Automatic.GENERATED),
        ({"Auto_Submitted": "auto-replied", "Precedence": "bulk"}, Automatic.AWAY),
        ({"X_Autoreply": "yes"}, Automatic.AWAY),
        ({"X_Autoreply": "yes", "Auto_Submitted": "auto-replied"}, Automatic.AWAY),
        ({"Precedence": "auto_reply"}, Automatic.AWAY),
        ({"List_Id": "<news.example.lt>"}, Automatic.LIST),
        ({"List_Unsubscribe": "<mailto:off@example.lt>"}, Automatic.LIST),
        ({"Precedence": "list"}, Automatic.LIST),
        ({"Precedence": "junk"}, Automatic.BULK),
        ({"Return_Path": "< >"}, Automatic.NULL_SENDER),
        ({"From": "MAILER-DAEMON@example.lt"}, Automatic.BOUNCE),
        ({"From": "Postmaster <postmaster@e.lt>", "Subject": "Undeliverable: x"}, Automatic.BOUNCE),
        ({"Return_Path": "<>", "Subject": "Returned mail: see transcript"}, Automatic.BOUNCE),
        ({"X_Failed_Recipients": "a@b.c"}, Automatic.BOUNCE),
        ({"Subject": "Undelivered Mail Returned to Sender"}, Automatic.BOUNCE),
    ],
)
def test_a_machine_shows_by_its_headers(headers, automatic):
    assert kind(**headers) is automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office: back on Monday",
        "Automatic reply: Cold again",
        "Автоматический ответ: снова холодно",
        "Автоответ",
        "Odpowiedź automatyczna: zimno",
        "Autoodpowiedź",
        "Automatinis atsakymas: vėl šalta",
        "Nesu biure",
        "Përgjigje automatike: ftohtë",
        "Jashtë zyrës",
    ],
)
def test_a_machine_that_forgets_to_say_so_shows_by_what_it_writes_above(subject):
    assert kind(Subject=subject) is Automatic.AWAY


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Out of office",
        "Out of office hours nobody answers",
        "Автоответчик не работает",
        "Jashtë zyrës është ftohtë",
    ],
)
def test_a_person_may_write_about_such_answers(subject):
    assert kind(Subject=subject) is None


def test_a_postmaster_may_write_by_hand():
    assert kind(From="postmaster@example.lt") is None


@pytest.mark.parametrize(
    ("subtype", "automatic"),
    [
        ("delivery-status", Automatic.BOUNCE),
        ("disposition-notification", Automatic.RECEIPT),
        ("feedback-report", Automatic.FEEDBACK),
    ],
)
def test_a_report_shows_by_its_type(subtype, automatic):
    raw = parts(part("text/plain", "x")).replace(
        b"multipart/mixed", f"multipart/report; report-type={subtype}".encode()
    )
    assert read_mail(raw).automatic is automatic
    assert read_mail(parts(part(f"message/{subtype}", "x"))).automatic is automatic


def test_a_report_names_the_address_that_failed():
    read = read_mail(report())
    assert read.automatic is Automatic.BOUNCE
    [told] = read.undelivered
    assert (told.address, told.permanent) == ("ruta@example.lt", True)
    assert (told.status, told.reason) == ("5.1.1", "smtp; 550 no such user")


def test_a_report_names_the_message_that_it_returns():
    assert read_mail(report()).returned_id == "ours@water.example"
    assert read_mail(mail()).returned_id == ""
    assert read_mail(mail(From="mailer-daemon@x.y")).returned_id == ""


def test_a_delay_is_no_failure():
    read = read_mail(report(action="delayed", status="4.2.2"))
    assert read.automatic is Automatic.DELAY
    assert [told.permanent for told in read.undelivered] == [False]


def test_an_address_that_was_reached_is_not_named():
    assert read_mail(report(action="relayed", status="2.0.0")).undelivered == ()


def test_failed_recipients_may_stand_in_the_headers_alone():
    read = read_mail(mail("gone", X_Failed_Recipients="ruta@example.lt, nobody"))
    assert [(told.address, told.permanent) for told in read.undelivered] == [
        ("ruta@example.lt", True)
    ]


def test_prose_is_read_too():
    prose = (
        "This is the mail system.\n\n<ruta@example.lt>: host mx[1.2.3.4] said: 550 no such user\n"
    )
    head = "This is the Postfix program at host mx.example.lt.\n\n"
    read = read_mail(
        mail(head + prose, From="MAILER-DAEMON@mx.example.lt", Subject="Undelivered Mail Returned")
    )
    assert read.automatic is Automatic.BOUNCE


def test_a_report_that_trips_its_reader_is_still_a_report():
    read = read_mail(mail("x", From="", Subject="Undelivered Mail Returned to Sender"))
    assert read.automatic is Automatic.BOUNCE
    assert read.undelivered == ()


def test_words_about_delivery_do_not_make_a_report_of_a_customers_mail():
    read = read_mail(
        mail("The parcel was returned to sender.", Subject="Parcel returned to sender")
    )
    assert read.automatic is None
    assert read.undelivered == ()

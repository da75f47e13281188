"""What a colleague passes on, as the usual mail programs announce it in five languages."""

import pytest

from amends.contacts.rules.forwards import forward_in, says_it_forwards, without_forward
from amends.contacts.rules.messages import Mailbox

RUTA = Mailbox("Rūta Kazlauskienė", "ruta@example.lt")
WORDS = "It is cold again.\n\nRūta"
GMAIL = "---------- Forwarded message ---------"
PROGRAMS = {
    "gmail-en": (GMAIL, "From: {who}", "Date: Fri, 27 Mar 2026 at 15:00", "Subject: Cold", ""),
    "gmail-pl": (GMAIL, "Od: {who}", "Date: pt., 27 mar 2026 o 15:00", "Subject: Cold", ""),
    "gmail-lt": (GMAIL, "Nuo: {who}", "Date: 2026-03-27, pn, 15:00", "Subject: Cold"),
    "outlook-en": ("_" * 32, "From: {who}", "Sent: 27 March 2026 15:00", "Subject: Cold"),
    "outlook-ru": ("-----Исходное сообщение-----", "От: {who}", "Кому: Ada", "Тема: Cold"),
    "outlook-pl": ("-----Wiadomość oryginalna-----", "Od: {who}", "Do: Ada", "Temat: Cold"),
    "outlook-lt": ("Nuo: {who}", "Išsiųsta: 2026 m. kovo 27 d.", "Kam: Ada", "Tema: Cold"),
    "outlook-sq": ("Nga: {who}", "Dërguar: 27 mars 2026", "Për: Ada", "Subjekti: Cold"),
    "thunderbird-en": (
        "-------- Forwarded Message --------", "Subject: \tCold", "From: \t{who}", "", "",
    ),
    "thunderbird-pl": (
        "-------- Wiadomość przekazana --------", "Temat: Cold", "Nadawca: {who}", "Adresat: a",
    ),
    "thunderbird-ru": (
        "-------- Перенаправленное сообщение --------", "Тема: Cold", "От: {who}", "Кому: a",
    ),
    "mail.ru": (
        "-------- Пересылаемое сообщение --------", "От кого: {who}", "Дата: 27 марта", "",
    ),
    "yandex": (
        "-------- Пересылаемое сообщение --------", '27.03.2026, 15:00, "{name}" <{address}>:',
    ),
    "bold": ("*From:* {name} [mailto:{address}]", "*Sent:* Friday", "*Subject:* Cold"),
    "no-name": (GMAIL, "From: {address}", "To: a@b.example"),
    "folded": (GMAIL, "From: {name}", "  <{address}>"),
}  # fmt: skip
ENDS = {"yandex": "\n\n-------- Конец пересылаемого сообщения --------"}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_was_passed_on_is_its_writers(program):
    head = "\n".join(PROGRAMS[program]).format(who=str(RUTA), name=RUTA.name, address=RUTA.address)
    told = f"{head}\n\n{WORDS}{ENDS.get(program, '')}"
    found = forward_in(f"Please look at this.\n\n{told}", subject="FW: Cold")
    assert found is not None
    assert found.sender.address == RUTA.address
    assert found.sender.name in {RUTA.name, ""}
    assert found.text == WORDS
    assert found.above == "Please look at this."


def test_apples_marks_are_taken_off():
    told = f"Begin forwarded message:\n\n> From: {RUTA}\n> Subject: Cold\n> \n> cold\n> > older"
    found = forward_in(told, subject="Fwd: Cold")
    assert found is not None
    assert (found.sender, found.text, found.above) == (RUTA, "cold\n> older", "")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Thank you.\n\nFrom: Rūta <ruta@example.lt>\nSent: x\nSubject: y\n\nold", "Re: Cold"),
        ("It is cold.", "Fwd: Cold"),
        ("---------- Forwarded message ---------\nFrom: Rūta\n\nno address", "Fwd: Cold"),
        ("---------- Forwarded message ---------\n\n", "Fwd: Cold"),
        ("---------- Forwarded message ---------\nit said\n\n", "Fwd: Cold"),
        ("", ""),
    ],
)
def test_what_is_not_passed_on_or_names_nobody_is_nobodys(text, subject):
    assert forward_in(text, subject=subject) is None


def test_headers_that_never_end_are_read_so_far_only():
    told = "Fwd\n---------- Forwarded message ---------\n" + f"From: {RUTA}\n" * 100
    found = forward_in(told, subject="")
    assert found is not None
    assert found.sender == RUTA


@pytest.mark.parametrize(
    "subject", ["Fwd: a", "FW: a", "Re: Fwd: a", "PD: a", "Пересл: a", "TR: a"]
)
def test_a_subject_that_says_so(subject):
    assert says_it_forwards(subject)
    assert without_forward(subject) == "a"


def test_other_subjects_do_not():
    assert not says_it_forwards("Re: forward")
    assert without_forward("Cold") == "Cold"

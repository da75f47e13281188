"""Answers of the usual mail programs find the case that they are about: by References alone."""

import pytest

from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.queries.threads import matters_of
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.models import Contact
from amends.people.actions.points import add_contact_point
from amends.people.rules.kinds import PointKind
from tests import make
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db
OTHERS = [f"<{number:02}.{'x' * 40}@mx.example.net>" for number in range(12)]
# How the headers look that different programs and servers on the way write; {id} is our mail's.
PROGRAMS = {
    "both": {"In_Reply_To": "<{id}>", "References": "<{id}>"},
    "references-only": {"References": "{others} <{id}>"},
    "folded": {"References": "{others}\r\n <{id}>"},
    "folded-by-tabs": {"References": "<a@b.example>\r\n\t<{id}>\r\n\t<c@d.example>"},
    "folded-inside": {"References": "<{half}\r\n {rest}>"},
    "cut-at-the-end": {"References": "<{id}> <cut-off-in-the-mid"},
    "cut-at-the-front": {"References": "off@mx.example.net> <{id}>"},
    "in-reply-to-only": {"In_Reply_To": "<{id}>"},
    "in-reply-to-with-words": {"In_Reply_To": 'Your message of "Fri, 27 Mar 2026" <{id}>'},
    "written-small": {"References": "<{id}>"},
    "encoded": {"References": "=?us-ascii?q?=3C{id}=3E?="},
    "without-brackets": {"In_Reply_To": "{id}"},
}
SUBJECTS = ("Re: x", "Odp: x", "Ats: x", "Përgj: x", "")
SHAPES = [(name, subject) for name in PROGRAMS for subject in SUBJECTS][:60]


@pytest.fixture
def case():
    make.organisation()
    make.team()
    ruta = make.person("Rūta Kazlauskienė", email="ruta@example.lt", language="lt")
    return make.case(make.contact(person=ruta))


def answer(name: str, subject: str, message_id: str) -> bytes:
    said = {
        "id": message_id,
        "half": message_id[:20],
        "rest": message_id[20:],
        "others": "\r\n ".join(OTHERS),
    }
    headers = {header: value.format(**said) for header, value in PROGRAMS[name].items()}
    return mail("Still cold.", Subject=subject, Message_ID="<new@example.lt>", **headers)


def test_every_answer_finds_its_case_by_what_it_answers_alone(case):
    posted = acknowledge_by_mail(case, at=NOW)
    assert posted
    found = [
        (name, subject)
        for name, subject in SHAPES
        if [
            (each.key, each.takes_part, each.typed)
            for each in matters_of(read_mail(answer(name, subject, posted.message_id)), at=NOW)
        ]
        == [(case.pk, True, False)]
    ]
    assert len(SHAPES) >= 50
    assert found == SHAPES


class TestWithoutAnyOfIt:
    def matters(self, **headers):
        return matters_of(read_mail(mail("Still cold.", **headers)), at=NOW)

    def test_the_subject_of_ones_own_open_case_is_enough(self, case):
        Contact.objects.update(subject="Cold again")
        [matter] = self.matters(Subject="RE: Cold again", Thread_Index="AdxyzAAA")
        assert (matter.key, matter.takes_part, matter.typed) == (case.pk, True, True)

    def test_another_subject_is_another_matter(self, case):
        assert self.matters(Subject="RE: The bill", Thread_Index="AdxyzAAA") == []

    def test_the_same_subject_that_answers_nothing_is_another_matter(self, case):
        Contact.objects.update(subject="Cold again")
        assert self.matters(Subject="Cold again") == []

    def test_the_same_subject_of_somebody_else_is_another_matter(self, case):
        Contact.objects.update(subject="Cold again")
        assert self.matters(Subject="RE: Cold again", From="eve@example.org") == []


def test_somebody_known_by_a_second_address_takes_part(case):
    add_contact_point(
        case.person, kind=PointKind.EMAIL, value="r@work.example", by=case.person, at=NOW
    )
    [matter] = matters_of(
        read_mail(mail("hello", From="r@work.example", Subject=case.reference)), at=NOW
    )
    assert matter.takes_part

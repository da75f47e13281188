"""What stands against erasing a record, each refused in its own words."""

from datetime import timedelta

import pytest

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.erasing import MustStay, erase_record
from amends.cases.actions.keeping import freeze_record
from amends.cases.actions.merging import merge_case
from amends.cases.actions.protection import Standstill, set_hold
from amends.cases.models.case import Case
from amends.cases.models.erasing import Erasure
from amends.cases.models.protection import Hold
from amends.cases.queries.keeping import record_of
from amends.cases.rules.erasing import Against
from amends.contacts.models import Contact, OutgoingMail, Words
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.past import WORD, ended, past

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=9)


@pytest.fixture
def manager(db):
    make.organisation()
    return make.staff("Marta", role=Role.MANAGER)


class TestWhatStandsAgainstIt:
    def refused(self, case, manager, why, at=None):
        with pytest.raises(MustStay) as refusal:
            erase_record(case, by=manager, at=at or LATER)
        assert refusal.value.against is why
        assert str(refusal.value)
        assert not Erasure.objects.exists()
        assert WORD in Words.objects.order_by("pk")[0].text

    def test_its_time_has_not_passed(self, manager):
        self.refused(ended(manager), manager, Against.NOT_YET)

    def test_it_is_frozen(self, manager):
        case = ended(manager)
        at = past(case)
        freeze_record(record_of(case.reference), reason="A lawsuit.", by=manager, at=at)
        self.refused(case, manager, Against.FROZEN, at)

    def test_it_is_open(self, manager):
        case = ended(manager)
        Case.objects.filter(pk=case.pk).update(as_history=True, closed_at=None, state="received")
        self.refused(case, manager, Against.OPEN)

    def test_an_outside_body_decided_what_is_not_done(self, manager):
        case = ended(manager)
        past(case)
        Case.objects.filter(pk=case.pk).update(comply_by=LATER)
        self.refused(case, manager, Against.OUTSIDE)

    def test_something_must_not_go_on(self, manager):
        told = make.contact(f"It was {WORD}.", person=make.person(WORD))
        case = make.case(told, owner=manager)
        still = Standstill(what="Dunning", until=LATER, told_whom="Accounts")
        set_hold(case, standstill=still, by=manager, at=make.NOW)
        withdraw_case(case, statement="Never mind.", by=manager, at=make.NOW)
        at = past(case)
        Hold.objects.update(lifted_at=None)
        self.refused(case, manager, Against.HELD, at)

    def test_a_mail_is_still_to_leave(self, manager):
        case = ended(manager)
        at = past(case)
        OutgoingMail.objects.create(
            contact=Contact.objects.filter(case_contacts__case=case)[0],
            kind="reply",
            to_address="ruta@post.example",
            subject="It",
            text="It",
            language="en",
            message_id="1@house",
            written_at=at,
            send_at=at,
        )
        self.refused(case, manager, Against.MAIL, at)

    def test_it_was_joined_to_another(self, manager):
        case, other = ended_and_open(manager, make.person(WORD))
        merge_case(case, into=other, reason="The same.", by=manager, at=make.NOW)
        case.refresh_from_db()
        self.refused(case, manager, Against.JOINED, past(case))

    def test_it_was_erased_already(self, manager):
        case = ended(manager)
        at = past(case)
        erase_record(case, by=manager, at=at)
        with pytest.raises(MustStay, match="already"):
            erase_record(case, by=manager, at=at)

    def test_only_who_leads_erases(self, manager):
        case = ended(manager)
        with pytest.raises(NotAllowed):
            erase_record(case, by=make.staff("Olga"), at=past(case))


def ended_and_open(owner, person):
    told = make.contact(f"It was {WORD}.", person=person)
    return make.case(told, owner=owner), make.case(make.contact(person=person), owner=owner)

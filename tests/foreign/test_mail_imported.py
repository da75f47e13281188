"""Real mail files imported: each ends as a contact or as an entry with a reason, and only once."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from amends.cases.actions.clarifying import note_wish
from amends.cases.actions.closing import Why, apologise, count_cause
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.ownership import take_case
from amends.cases.models.case import Case
from amends.cases.rules.kinds import How, Mechanism, Pillar, Verdict
from amends.contacts.models import Arrival, Attachment, Contact, OutgoingMail
from amends.contacts.queries.arrivals import raw_of
from amends.contacts.rules.kinds import ArrivalState
from amends.imports.mail import import_mail
from amends.imports.mail_files import files_under, messages_in
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db

FOLDERS = ["zammad-mail", "mime-torture", "bounces"]
UNFILED = {ArrivalState.HELD, ArrivalState.AUTOMATIC, ArrivalState.BOUNCE}


@pytest.fixture(autouse=True)
def _house(db):
    make.organisation()
    make.team()


def bring_in(path: Path, *, as_history=True):
    return import_mail(list(files_under(path)), as_history=as_history, done=lambda: None)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_message_becomes_a_contact_or_an_entry_with_a_reason_and_only_once(testdata, name):
    account = bring_in(testdata / name)

    assert account.failed == 0
    assert account.files == len(list(files_under(testdata / name)))
    assert account.messages == account.contacts + account.held + account.already_known
    assert Contact.objects.count() == account.contacts
    assert not Arrival.objects.filter(state=ArrivalState.WAITING).exists()
    assert not Arrival.objects.filter(state__in=UNFILED, reason="").exists()
    assert OutgoingMail.objects.count() == 0
    assert not Case.objects.filter(next_due_at__isnull=False).exists()

    rows = [table.objects.count() for table in (Arrival, Contact, Case, Attachment)]
    again = bring_in(testdata / name)
    assert (again.contacts, again.held, again.failed) == (0, 0, 0)
    assert again.already_known == again.messages == account.messages
    assert [table.objects.count() for table in (Arrival, Contact, Case, Attachment)] == rows

    kept = {raw_of(arrival) for arrival in Arrival.objects.all()}
    for path in files_under(testdata / name):
        with messages_in(path) as messages:
            assert {bytes(raw) for raw in messages} <= kept


def test_no_bounce_is_answered_or_becomes_a_case(testdata):
    bring_in(testdata / "bounces" / "flufl", as_history=False)
    assert OutgoingMail.objects.count() == 0
    assert Case.objects.count() == 0


def test_mail_taken_as_received_now_is_acknowledged_and_has_its_clock(testdata, tmp_path):
    shutil.copy(testdata / "zammad-mail" / "raw" / "mail001.box", tmp_path / "one.eml")
    bring_in(tmp_path, as_history=False)
    case = Case.objects.get()
    assert case.next_due_at is not None
    assert OutgoingMail.objects.get().to_address == "John.Smith@example.com"


def test_a_real_mail_is_carried_to_its_close(testdata, tmp_path):
    shutil.copy(testdata / "zammad-mail" / "raw" / "mail001.box", tmp_path / "one.eml")
    bring_in(tmp_path)
    owner = make.staff(role=Role.MANAGER)
    make.team(members=(owner,))
    case = take_case(Case.objects.get(), by=owner, at=make.NOW)
    note_wish(case, wish="The data for the intranet.", by=owner, at=make.NOW)
    apologise(case, by=owner, at=make.NOW)
    question = make.kept(case)
    count_cause(
        case, why=Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY), by=owner, at=make.NOW
    )

    yes = Answer(verdict=Verdict.YES, how=How.TELEPHONE)
    answer_put_right(question, answer=yes, by=owner, at=make.NOW + timedelta(days=2))

    case.refresh_from_db()
    assert (case.state, case.verdict) == ("closed", "yes")
    assert case.case_contacts.order_by("at")[0].contact.arrival

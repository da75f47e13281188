"""Many cases opened at once are what as many opened one by one are."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.cases.actions.fresh import FEW, Fresh, open_fresh
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.opening import Opening, open_case
from amends.cases.models.case import Case
from amends.cases.rules.kinds import CaseKind
from amends.cases.tasks import count_due_of
from amends.contacts.models import Contact, OutgoingMail
from amends.journal.models import Entry
from amends.people.models import ContactPoint
from amends.standards.actions import ship_profiles
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
OWN = {"id", "reference", "person_id", "contact_id", "message_id", "case_id", "mail_id"}


@pytest.fixture
def team(db):
    make.organisation()
    return make.team()


def written(name: str, language: str = "lt") -> Contact:
    person = make.person(name, email=f"{name.lower()}@example.lt", language=language)
    contact = make.contact(person=person, channel="email")
    Contact.objects.filter(pk=contact.pk).update(message_id=f"{name}@x", language=language)
    contact.refresh_from_db()
    return contact


def fresh(contact, team, *, acknowledged=True) -> Fresh:
    return Fresh(contact=contact, team=team, acknowledged=acknowledged)


def open_alone(contact, team) -> Case:
    opening = Opening(kind=CaseKind.COMPLAINT, team=team, language=contact.language)
    case = open_case(contact, opening=opening, by=contact.person, at=NOW)
    acknowledge_by_mail(case, at=NOW)
    return Case.objects.get(pk=case.pk)


def columns(row) -> dict[str, object]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OWN
    }


def entries(case) -> list[tuple[str, str]]:
    found = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    return [(entry.kind, str(entry.facts.get("state"))) for entry in found]


def test_the_rows_and_the_entries_are_the_same(team):
    alone = open_alone(written("Ona"), team)
    [many, other] = open_fresh(
        [fresh(written("Rita"), team), fresh(written("Vera", "ru"), team)], at=NOW
    )
    many = Case.objects.get(pk=many.pk)
    assert columns(many) == columns(alone)
    assert columns(many.issues.get()) == columns(alone.issues.get())
    assert sorted(entries(many)) == sorted(entries(alone))
    assert entries(many)[:2] == entries(alone)[:2]
    assert other.language == "ru"


def test_the_letters_are_the_same_but_for_whose_they_are(team):
    alone = open_alone(written("Ona"), team)
    [many] = open_fresh([fresh(written("Rita"), team)], at=NOW)
    one, other = (
        OutgoingMail.objects.get(contact__case_contacts__case=case) for case in (alone, many)
    )
    own = ("to_name", "to_address", "subject", "text", "references", "contact_id")
    assert {k: v for k, v in columns(one).items() if k not in own} == {
        k: v for k, v in columns(other).items() if k not in own
    }
    said = one.text.replace("Ona", "Rita").replace(alone.reference, many.reference)
    assert other.text.splitlines()[:3] == said.splitlines()[:3]
    assert "\x01" not in other.text
    assert other.references == "Rita@x"
    assert columns(other.contact).keys() == columns(one.contact).keys()


def test_who_may_not_be_answered_is_not(team):
    [case] = open_fresh([fresh(written("Rita"), team, acknowledged=False)], at=NOW)
    assert case.state == "received"
    assert not OutgoingMail.objects.exists()


def test_who_cannot_be_reached_is_not_answered(team):
    contact = written("Rita")
    ContactPoint.objects.filter(person=contact.person).update(failed_at=NOW)
    [case] = open_fresh([fresh(contact, team)], at=NOW)
    assert case.state == "received"


def test_the_clocks_of_the_law_run_on_them(team):
    ship_profiles(at=NOW)
    alone = open_alone(written("Ona"), team)
    [case] = open_fresh([fresh(written("Rita"), team)], at=NOW)
    case = Case.objects.get(pk=case.pk)
    assert case.clocks.count() == alone.clocks.count()
    assert columns(case) == columns(alone)


def test_the_clocks_of_many_are_told_by_a_job(team):
    ship_profiles(at=NOW)
    alone = open_alone(written("Ona"), team)
    told = [fresh(written(f"Rita{letter}"), team) for letter in "abcdefg"]
    assert len(told) > FEW
    keys = [case.pk for case in open_fresh(told, at=NOW)]
    [job] = ProcrastinateJob.objects.filter(task_name="cases.count_due_of")
    assert job.args == {"cases": keys}
    count_due_of(cases=job.args["cases"])
    for case in Case.objects.filter(pk__in=keys):
        assert case.clocks.count() == alone.clocks.count()
        assert columns(case) == columns(alone)


def test_nothing_is_opened_on_nothing(team):
    assert open_fresh([], at=NOW) == []

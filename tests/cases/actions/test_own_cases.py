from datetime import timedelta

import pytest

from amends.cases.actions.own_cases import NoMailAddress, send_own_cases
from amends.cases.queries.own_cases import (
    PAGE,
    holder_behind,
    own_cases,
    own_cases_link,
    own_cases_token,
    people_written_to,
)
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from amends.people.actions.merging import merge_people
from amends.people.actions.representing import add_representation
from amends.people.models import Person
from amends.people.rules.kinds import PersonKind
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture
def owner():
    make.organisation()
    made = make.staff("Inga Owner", role=Role.SENIOR)
    make.team(duty_owner=made)
    return made


@pytest.fixture
def ruta(owner):
    return make.person(email="ruta@home.example", language="lt")


def case_of(person, owner, text="It is cold."):
    return make.case(make.contact(text, person=person), owner=owner)


def test_the_address_goes_to_the_customers_own_mail_in_their_language(ruta):
    mail = send_own_cases(ruta, at=NOW)
    assert (mail.to_address, mail.language) == ("ruta@home.example", "lt")
    assert own_cases_link(ruta, at=NOW) in mail.text
    assert Entry.objects.get(kind="OwnCasesSent").subject == f"person:{ruta.pk}"


def test_without_a_mail_address_nothing_is_sent(owner):
    with pytest.raises(NoMailAddress):
        send_own_cases(make.person(), at=NOW)
    assert not OutgoingMail.objects.exists()


def test_it_holds_for_seven_days(ruta):
    token = own_cases_token(ruta, at=NOW)
    last = (NOW + timedelta(days=7)).date()
    assert not holder_behind(token, on=last).ran_out
    assert holder_behind(token, on=last + timedelta(days=1)).ran_out


def test_nobody_else_has_it(ruta):
    with pytest.raises(Person.DoesNotExist):
        holder_behind("1.2.x", on=NOW.date())


def test_who_was_found_to_be_the_same_sees_what_they_see(ruta, owner):
    double = make.person("R. Petrauskienė")
    token = own_cases_token(double, at=NOW)
    merge_people(ruta, merged=double, by=owner, at=NOW)
    assert holder_behind(token, on=NOW.date()).person == ruta


def test_only_who_is_written_to_at_an_address_is_meant_by_it(ruta, owner):
    other = make.person("Jonas Kairys", email="jonas@home.example")
    other.points.create(
        kind="email", value="ruta@home.example", folded="ruta@home.example", added_at=NOW
    )
    assert people_written_to("Ruta@home.example") == [ruta]
    assert people_written_to("nobody@home.example") == []
    assert people_written_to("no address") == []


def test_open_and_past_stand_apart_and_nobody_elses_stands_there(ruta, owner):
    open_, past = case_of(ruta, owner), make.withdrawn(case_of(ruta, owner))
    case_of(make.person("Jonas Kairys"), owner)
    make.promise(open_)
    seen = own_cases(ruta)
    assert [line.reference for line in seen.open] == [open_.reference]
    assert [line.reference for line in seen.past] == [past.reference]
    assert seen.open[0].promise
    assert (seen.open[0].who, seen.open[0].of) == (owner.name, "")


@pytest.mark.parametrize("authority", ["", "Letter of 3 March"])
def test_who_speaks_for_an_organisation_sees_its_cases_on_a_written_authority(
    ruta, owner, authority
):
    firm = make.person("UAB Šiluma", kind=PersonKind.ORGANISATION)
    case = case_of(firm, owner)
    add_representation(firm, representative=ruta, authority=authority, by=owner, at=NOW)
    seen = [(line.reference, line.of) for line in own_cases(ruta).open]
    assert seen == ([(case.reference, "UAB Šiluma")] if authority else [])


def test_the_past_is_read_page_by_page(ruta, owner, monkeypatch):
    monkeypatch.setattr("amends.cases.queries.own_cases.PAGE", 2)
    past = [make.withdrawn(case_of(ruta, owner)).reference for _ in range(3)]
    first = own_cases(ruta)
    assert [line.reference for line in first.past] == past[:0:-1]
    second = own_cases(ruta, before=first.before)
    assert [line.reference for line in second.past] == past[:1]
    assert second.before == ""
    assert len(own_cases(ruta, before="٣").past) == 2
    assert PAGE == 30


def test_it_takes_the_same_number_of_statements_for_many(
    ruta, owner, django_assert_max_num_queries
):
    for _ in range(4):
        make.promise(case_of(ruta, owner))
    with django_assert_max_num_queries(4):
        own_cases(ruta)

import pytest
from django.db import IntegrityError, transaction

from amends.base.rows import FEW, write_rows
from amends.contacts.models import Arrival
from amends.journal.models import Entry
from amends.people.models import ContactPoint, Person
from tests import make

pytestmark = pytest.mark.django_db


def people(count):
    return [
        Person(name=f"Rūta\t{number}\\\n", known_since=make.NOW, address_forms={"lt": "Rūta"})
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [0, FEW, FEW + 1, 30])
def test_rows_stand_as_they_were_given_however_many_they_are(count):
    written = write_rows(Person, people(count))
    found = list(Person.objects.order_by("pk"))
    assert [each.pk for each in written] == [each.pk for each in found]
    assert [(each.name, each.address_forms, each.known_since) for each in found] == [
        (f"Rūta\t{number}\\\n", {"lt": "Rūta"}, make.NOW) for number in range(count)
    ]


def test_a_row_that_is_written_can_be_changed():
    written = write_rows(Person, people(FEW + 1))
    written[0].name = "Ona"
    written[0].save()
    assert Person.objects.count() == FEW + 1
    assert Person.objects.get(pk=written[0].pk).name == "Ona"


def test_rows_may_belong_to_rows_that_were_written_after_they_were_made():
    some = people(FEW + 1)
    points = [
        ContactPoint(person=each, kind="email", value="a@b.lt", folded="a@b.lt", added_at=make.NOW)
        for each in some
    ]
    write_rows(Person, some)
    write_rows(ContactPoint, points)
    assert set(ContactPoint.objects.values_list("person", flat=True)) == {p.pk for p in some}


def test_facts_and_bytes_stay_what_they_are():
    facts = [{"n": number, "said": 'a "word"\n', "none": None} for number in range(FEW + 1)]
    write_rows(Entry, (Entry(kind="Said", at=make.NOW, by="clock", facts=each) for each in facts))
    assert list(Entry.objects.order_by("pk").values_list("facts", flat=True)) == facts
    raw = bytes(range(256))
    write_rows(Arrival, (arrival(str(number), raw) for number in range(FEW + 1)))
    assert {bytes(each.raw or b"") for each in Arrival.objects.all()} == {raw}


def arrival(key, raw=b""):
    return Arrival(
        source="file", key=key, received_at=make.NOW, sha256="0" * 64, size_bytes=256, raw=raw
    )


def test_what_must_not_be_twice_is_refused_and_nothing_of_it_stays():
    twice = [arrival("1"), *(arrival(str(number)) for number in range(FEW + 1))]
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(Arrival, twice)
    assert not Arrival.objects.exists()

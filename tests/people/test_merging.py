import pytest

from amends.contacts.models import Contact
from amends.journal.models import Entry
from amends.people import queries
from amends.people.actions import persons, points, representing
from amends.people.actions.merging import (
    MergedAlready,
    MergedOnward,
    NotMerged,
    SamePerson,
    TwoColleagues,
    merge_people,
    unmerge_people,
)
from amends.people.actions.persons import Particulars
from amends.people.models import Person
from amends.people.rules.kinds import Honorific, PointKind
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior():
    return make.staff(role=Role.SENIOR)


@pytest.fixture
def kept():
    return make.person("Rūta Petrauskienė", email="ruta@x.example", language="")


@pytest.fixture
def merged():
    return make.person("Ruta Petrauskiene", email="ruta@x.example", number="K-7", language="lt")


def contact(person: Person) -> Contact:
    return Contact.objects.create(
        person=person,
        channel="telephone",
        direction="in",
        started_at=make.NOW,
        ended_at=make.NOW,
        recorded_at=make.NOW,
    )


def test_all_that_pointed_at_the_one_points_at_the_other(senior, kept, merged):
    other, spoken_for = make.person("Ona"), contact(make.person("Jonas"))
    called = contact(merged)
    Contact.objects.filter(pk=spoken_for.pk).update(speaks_for=merged)
    representing.add_representation(
        other, representative=merged, authority="daughter", by=senior, at=make.NOW
    )
    points.add_contact_point(
        merged, kind=PointKind.TELEPHONE, value="+37061234567", by=senior, at=make.NOW
    )

    merge = merge_people(kept, merged=merged, by=senior, at=make.NOW)

    called.refresh_from_db()
    spoken_for.refresh_from_db()
    assert called.person == spoken_for.speaks_for == kept
    assert [each.represented for each in queries.represented_by(kept)] == [other]
    assert queries.person_for(senior, merged.pk) == kept
    assert list(queries.people_for(senior).filter(name__icontains="petr")) == [kept]
    assert [found.pk for found in queries.find_people_for(senior, "61234567")] == [kept.pk]
    assert list(queries.merges_into(kept)) == [merge]
    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.facts) == (
        "PeopleMerged",
        {"person_id": kept.pk, "merged_id": merged.pk, "merge_id": merge.pk},
    )


def test_what_the_kept_record_lacks_is_taken_from_the_other(senior, kept, merged):
    merge_people(kept, merged=merged, by=senior, at=make.NOW)
    kept.refresh_from_db()
    assert (kept.name, kept.number, kept.language) == ("Rūta Petrauskienė", "K-7", "lt")


def test_parting_them_restores_both(senior, kept, merged):
    called = contact(merged)
    before = {row["id"]: row for row in Person.objects.values()}
    merge = merge_people(kept, merged=merged, by=senior, at=make.NOW)
    since = contact(kept)

    assert unmerge_people(merge, by=senior, at=make.NOW) == merged

    called.refresh_from_db()
    since.refresh_from_db()
    assert (called.person, since.person) == (merged, kept)
    assert {row["id"]: row for row in Person.objects.values()} == before
    assert kept.points.count() == merged.points.count() == 1
    assert Entry.objects.latest("pk").kind == "PeopleUnmerged"


def test_what_was_corrected_since_stays_when_they_are_parted(senior, kept, merged):
    merge = merge_people(kept, merged=merged, by=senior, at=make.NOW)
    persons.correct_person(
        kept,
        particulars=Particulars(
            name=kept.name, honorific=Honorific.MISSUS, number="K-8", language="lt"
        ),
        by=senior,
        at=make.NOW,
    )
    unmerge_people(merge, by=senior, at=make.NOW)
    kept.refresh_from_db()
    assert (kept.number, kept.language) == ("K-8", "")


def test_an_internal_customer_stays_one(senior, kept):
    colleague = make.staff("Rūta")
    inside = persons.add_colleague(colleague, by=senior, at=make.NOW)
    merge = merge_people(kept, merged=inside, by=senior, at=make.NOW)
    kept.refresh_from_db()
    assert kept.staff == colleague
    unmerge_people(merge, by=senior, at=make.NOW)
    assert Person.objects.get(staff=colleague) == inside


def test_a_chain_of_merges_leads_to_its_end(senior, kept, merged):
    third = make.person("R. Petrauskienė")
    first = merge_people(merged, merged=third, by=senior, at=make.NOW)
    second = merge_people(kept, merged=merged, by=senior, at=make.NOW)
    assert queries.person_for(senior, third.pk) == kept
    with pytest.raises(MergedOnward, match="Ruta Petrauskiene was merged"):
        unmerge_people(first, by=senior, at=make.NOW)
    unmerge_people(second, by=senior, at=make.NOW)
    assert queries.person_for(senior, third.pk) == merged
    unmerge_people(first, by=senior, at=make.NOW)
    assert queries.person_for(senior, third.pk) == third


def test_nobody_comes_to_represent_themselves(senior, kept, merged):
    representing.add_representation(
        kept, representative=merged, authority="", by=senior, at=make.NOW
    )
    merge_people(kept, merged=merged, by=senior, at=make.NOW)
    assert not queries.represented_by(kept).exists()


def test_is_refused(senior, kept, merged):
    with pytest.raises(NotAllowed):
        merge_people(kept, merged=merged, by=make.staff(), at=make.NOW)
    with pytest.raises(SamePerson):
        merge_people(kept, merged=kept, by=senior, at=make.NOW)
    merge = merge_people(kept, merged=merged, by=senior, at=make.NOW)
    with pytest.raises(MergedAlready, match="Ruta Petrauskiene was already merged"):
        merge_people(make.person("Eve"), merged=merged, by=senior, at=make.NOW)
    unmerge_people(merge, by=senior, at=make.NOW)
    with pytest.raises(NotMerged):
        unmerge_people(merge, by=senior, at=make.NOW)


def test_two_colleagues_are_two_people(senior):
    one, other = (persons.add_colleague(make.staff(), by=senior, at=make.NOW) for _each in range(2))
    with pytest.raises(TwoColleagues):
        merge_people(one, merged=other, by=senior, at=make.NOW)

from datetime import timedelta

import pytest

from amends.base.due import kinds
from amends.journal.models import Entry
from amends.people import queries
from amends.people.actions import needs, persons, points, representing
from amends.people.actions.persons import Particulars
from amends.people.actions.within import CannotReach
from amends.people.models import ContactPoint, Person, Representation, SpecialNeed
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
NEXT_YEAR = make.NOW + timedelta(days=365)


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


@pytest.fixture
def agent():
    return make.staff()


class TestAddPerson:
    @pytest.mark.parametrize(
        "name", ["Labai Ilgas Vardas " * 10, "L" * 200, "ﷺ " * 100, "ß, " + "ẞ" * 190]
    )
    def test_keeps_a_name_as_long_as_a_name_may_be_whole(self, agent, name):
        person = persons.add_person(Particulars(name=name), by=agent, at=make.NOW)
        assert Person.objects.get(pk=person.pk).name == name.strip()

    def test_refuses_a_name_that_is_longer(self, agent):
        with pytest.raises(persons.NameTooLong, match="at most 200 letters"):
            persons.add_person(Particulars(name="L" * 201), by=agent, at=make.NOW)

    def test_writes_the_person_and_one_journal_entry_without_a_name(self, agent):
        person = persons.add_person(
            Particulars(name="  Rūta   Petrauskienė ", honorific=Honorific.MISSUS, number="K-7"),
            points=[(PointKind.EMAIL, "Ruta@X.example")],
            by=agent,
            at=make.NOW,
        )
        entry = Entry.objects.get()
        assert (person.name, person.given_name, person.family_name) == (
            "Rūta Petrauskienė",
            "Rūta",
            "Petrauskienė",
        )
        assert (entry.kind, entry.by, entry.subject) == (
            "PersonAdded",
            agent.actor,
            f"person:{person.pk}",
        )
        assert entry.facts == {"person_id": person.pk}
        assert person.sorts_as == "petrauskiene ruta"
        assert queries.mail_address_of(person) == "Ruta@X.example"

    @pytest.mark.requirement("S2-04")
    @pytest.mark.parametrize("standing", Standing)
    def test_everybody_who_turns_to_us_can_be_written_down(self, agent, standing):
        person = persons.add_person(
            Particulars(name="Ada", standing=standing), by=agent, at=make.NOW
        )
        assert Person.objects.get().standing == standing
        assert person.known_since == make.NOW

    def test_a_customer_may_write_themselves_down(self):
        persons.add_person(Particulars(name="Ada"), by=None, at=make.NOW)
        assert last_entry().by == "clock"

    def test_an_organisation_has_no_given_name(self, agent):
        made = persons.add_person(
            Particulars(name="UAB Vanduo", kind=PersonKind.ORGANISATION), by=agent, at=make.NOW
        )
        assert (made.given_name, made.family_name, made.sorts_as) == ("", "", "uab vanduo")
        assert made.addressee.organisation

    def test_is_refused_without_a_name(self, agent):
        with pytest.raises(persons.NoName):
            persons.add_person(Particulars(name="  "), by=agent, at=make.NOW)

    def test_is_refused_with_somebody_else_s_number(self, agent):
        make.person("Ada", number="K-7")
        with pytest.raises(persons.NumberTaken, match="Ada already has"):
            persons.add_person(Particulars(name="Eve", number="k-7 "), by=agent, at=make.NOW)

    def test_is_refused_with_an_address_that_is_none(self, agent):
        with pytest.raises(CannotReach, match="“nowhere”"):
            persons.add_person(
                Particulars(name="Eve"),
                points=[(PointKind.EMAIL, "nowhere")],
                by=agent,
                at=make.NOW,
            )

    def test_is_refused_to_whom_customers_are_no_business_of(self):
        with pytest.raises(NotAllowed):
            persons.add_person(
                Particulars(name="Eve"), by=make.staff(role=Role.EMPLOYEE), at=make.NOW
            )


class TestCorrectPerson:
    def test_says_which_fields_changed_and_not_what_they_say(self, agent):
        person = make.person("Ruta Petrauskiene")
        persons.correct_person(
            person,
            particulars=Particulars(
                name="Rūta Petrauskienė",
                given_name="Rūta",
                family_name="Petrauskienė",
                honorific=Honorific.MISSUS,
                language="lt",
                prefers=Preference.LETTER,
                address_forms={"lt": "ponia Rūta", "pl": ""},
            ),
            by=agent,
            at=make.NOW,
        )
        person.refresh_from_db()
        assert person.address_forms == {"lt": "ponia Rūta"}
        assert set(last_entry().facts["fields"]) == {
            "name",
            "given_name",
            "family_name",
            "language",
            "prefers",
            "address_forms",
        }

    def test_that_changes_nothing_is_no_event(self, agent):
        person = make.person("Ada Byron", honorific=Honorific.MISSUS)
        persons.correct_person(
            person,
            particulars=Particulars(name="Ada Byron", honorific=Honorific.MISSUS, language="en"),
            by=agent,
            at=make.NOW,
        )
        assert last_entry().kind == "PersonAdded"

    def test_keeps_the_own_number(self, agent):
        person = make.person("Ada", number="K-7")
        kept = persons.correct_person(
            person, particulars=Particulars(name="Ada B.", number="K-7"), by=agent, at=make.NOW
        )
        assert kept.number == "K-7"


class TestAddColleague:
    @pytest.mark.requirement("S4-35")
    def test_makes_a_colleague_an_internal_customer_once(self, agent):
        colleague = make.staff("Jonas Kazlauskas", language="lt")
        person = persons.add_colleague(colleague, by=agent, at=make.NOW)
        assert person == persons.add_colleague(colleague, by=agent, at=make.NOW)
        assert (person.name, person.standing, person.language) == (
            "Jonas Kazlauskas",
            Standing.COLLEAGUE,
            "lt",
        )
        assert person.is_inside
        assert queries.mail_address_of(person) == colleague.email
        assert Entry.objects.count() == 1


class TestContactPoints:
    def test_one_more_way_to_reach_somebody_is_kept_and_found(self, agent):
        make.organisation()
        person = make.person("Ada")
        point = points.add_contact_point(
            person, kind=PointKind.TELEPHONE, value="8 612 34567", by=agent, at=make.NOW
        )
        assert point.folded == "+37061234567"
        assert last_entry().facts == {
            "person_id": person.pk,
            "point_id": point.pk,
            "kind": "telephone",
        }
        assert [found.pk for found in queries.find_people_for(agent, "61234")] == [person.pk]

    def test_the_same_is_kept_once(self, agent):
        person = make.person("Ada", email="ada@x.example")
        points.add_contact_point(
            person, kind=PointKind.EMAIL, value="ADA@x.example", by=agent, at=make.NOW
        )
        assert ContactPoint.objects.count() == 1

    def test_what_is_forgotten_is_no_longer_found(self, agent):
        person = make.person("Ada", email="ada@x.example")
        points.remove_contact_point(person.points.get(), by=agent, at=make.NOW)
        assert last_entry().kind == "PointRemoved"
        assert queries.find_people_for(agent, "ada@x.example") == []


class TestSpecialNeeds:
    def record(self, person, agent, **changed):
        said = {"text": "Reads lips", "consent": "said so on the telephone"} | changed
        return needs.record_special_need(
            person,
            text=said["text"],
            consent=said["consent"],
            expires_at=changed.get("expires_at", NEXT_YEAR),
            by=agent,
            at=make.NOW,
        )

    def test_are_kept_with_consent_and_for_a_time(self, agent):
        person = make.person()
        need = self.record(person, agent)
        assert list(queries.needs_of(person, staff=agent, at=make.NOW)) == [need]
        assert list(queries.needs_of(person, staff=agent, at=NEXT_YEAR)) == []
        assert last_entry().facts == {"person_id": person.pk, "need_id": need.pk}

    def test_are_shown_only_to_those_who_serve(self, agent):
        person = make.person()
        self.record(person, agent)
        auditor = make.staff(role=Role.AUDITOR)
        assert not queries.needs_of(person, staff=auditor, at=make.NOW).exists()

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"text": " "}, needs.NothingNeeded),
            ({"consent": " "}, needs.NoConsent),
            ({"expires_at": make.NOW}, needs.ExpiresInThePast),
            ({"expires_at": make.NOW + timedelta(days=1200)}, needs.KeptTooLong),
        ],
    )
    def test_are_refused_without(self, agent, changed, refusal):
        with pytest.raises(refusal):
            self.record(make.person(), agent, **changed)

    def test_are_gone_when_the_consent_is_withdrawn(self, agent):
        need = self.record(make.person(), agent)
        needs.withdraw_special_need(need, by=agent, at=make.NOW)
        assert not SpecialNeed.objects.exists()
        assert last_entry().kind == "NeedWithdrawn"

    def test_are_gone_when_their_time_is_over(self, agent):
        self.record(make.person(), agent)
        (due,) = [due for due in kinds() if due.name == "people.need_expires"]
        assert not due.rows(make.NOW)
        for need in due.rows(NEXT_YEAR):
            due.act(need, at=NEXT_YEAR)
        assert not SpecialNeed.objects.exists()
        assert (last_entry().kind, last_entry().by) == ("NeedExpired", "clock")


class TestRepresentation:
    def test_is_seen_from_both_sides_until_it_ends(self, agent):
        mother, daughter = make.person("Ona"), make.person("Rūta")
        made = representing.add_representation(
            mother, representative=daughter, authority="daughter", by=agent, at=make.NOW
        )
        assert list(queries.representatives_of(mother)) == [made]
        assert list(queries.represented_by(daughter)) == [made]
        representing.end_representation(made, by=agent, at=NEXT_YEAR)
        representing.end_representation(made, by=agent, at=NEXT_YEAR)
        assert not queries.representatives_of(mother).exists()
        assert Entry.objects.filter(kind="RepresentationEnded").count() == 1
        assert Representation.objects.get().until == NEXT_YEAR

    def test_is_refused_twice_and_of_oneself(self, agent):
        mother, daughter = make.person("Ona"), make.person("Rūta")
        with pytest.raises(representing.SpeaksForThemselves):
            representing.add_representation(
                mother, representative=mother, authority="", by=agent, at=make.NOW
            )
        representing.add_representation(
            mother, representative=daughter, authority="", by=agent, at=make.NOW
        )
        with pytest.raises(representing.AlreadyRepresents, match="Rūta already speaks for Ona"):
            representing.add_representation(
                mother, representative=daughter, authority="", by=agent, at=make.NOW
            )


def test_writers_of_mail_are_written_down_together(db):
    make.organisation()
    told = [(Particulars(name=name), f"{name}@Example.lt") for name in ("ona", "rita")]
    ona, rita = persons.add_writers(told, at=make.NOW)
    assert [ona.points.get().folded, rita.points.get().value] == [
        "ona@example.lt",
        "rita@Example.lt",
    ]
    assert "ona@example.lt" in ona.search


def test_nobody_writes_from_what_is_no_address(db):
    make.organisation()
    with pytest.raises(CannotReach):
        persons.add_writers([(Particulars(name="Ona"), "nowhere")], at=make.NOW)

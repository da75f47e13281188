from datetime import date

import pytest
from django.db import IntegrityError, transaction

from amends.cases.queries import belonging
from amends.journal.models import Entry
from amends.people import queries
from amends.people.actions import organisations as acts
from amends.people.actions.merging import PersonAndOrganisation, merge_people
from amends.people.actions.persons import HasMembers, NoName, Particulars, correct_person
from amends.people.actions.within import OrganisationKnown
from amends.people.models import MailDomain, Membership, Person
from amends.people.rules.kinds import PersonKind
from amends.people.rules.organisations import (
    OrganisationForm,
    domains_in,
    folded_domain,
    folded_name,
    is_public,
)
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

TODAY = date(2026, 3, 27)


class TestRules:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("UAB „Vilniaus šiluma“", "Vilniaus Siluma, UAB"),
            ("Kwiaty Sp. z o.o.", "KWIATY"),
            ("ООО «Ромашка»", "Romaska"),
            ("Drini Sh.p.k.", "DRINI SHPK"),
        ],
    )
    def test_one_name_is_known_in_every_spelling(self, one, other):
        assert folded_name(one) == folded_name(other)

    @pytest.mark.parametrize(("one", "other"), [("UAB", "AB"), ("Saulė", "Saulėtekis")])
    def test_two_names_stay_two(self, one, other):
        assert folded_name(one) != folded_name(other)

    @pytest.mark.parametrize(
        ("typed", "domain"),
        [
            ("Siluma.LT", "siluma.lt"),
            ("ona@siluma.lt", "siluma.lt"),
            ("https://www.siluma.lt/en", "siluma.lt"),
            ("žalia.lt", "xn--alia-kbb.lt"),
            ("siluma", ""),
            ("", ""),
            ("a..lt", ""),
            ("x" * 80 + ".lt", ""),
        ],
    )
    def test_a_mail_domain_is_told_from_what_is_typed(self, typed, domain):
        assert folded_domain(typed) == domain

    def test_where_anybody_may_write_from_tells_nothing(self):
        assert is_public("gmail.com")
        assert not is_public("siluma.lt")

    def test_several_domains_are_told_apart(self):
        assert domains_in("a.lt, b.lt;a.lt\nc.lt ") == ("a.lt", "b.lt", "c.lt")


@pytest.fixture
def agent(db):
    make.organisation()
    return make.staff()


@pytest.fixture
def ona(agent):
    return make.person("Ona Kazlauskienė", email="ona@post.example")


def found(by, name="UAB „Šiluma“", **facts):
    return acts.found_organisation(name, details=acts.Details(**facts), by=by, at=make.NOW)


def join(person, organisation, by, **facts):
    return acts.join_organisation(person, organisation=organisation, by=by, at=make.NOW, **facts)


def leave(membership, by, until_on=TODAY):
    return acts.leave_organisation(membership, until_on=until_on, today=TODAY, by=by, at=make.NOW)


def kinds_since(pk=0):
    return list(Entry.objects.filter(pk__gt=pk).order_by("pk").values_list("kind", flat=True))


class TestFounding:
    def test_writes_a_record_that_is_found_by_name_number_and_domain(self, agent):
        siluma = found(
            agent,
            registration=" 302-11 ",
            domains=("siluma.lt",),
            notes="Ask for the accountant.",
        )
        assert siluma.kind == PersonKind.ORGANISATION
        assert (siluma.details.registration, siluma.details.form) == ("302-11", "company")
        assert str(siluma.details) == "company 302-11"
        assert [str(each) for each in siluma.domains.all()] == ["siluma.lt"]
        for typed in ("siluma", "302-11", "Шилума"):
            assert [each.pk for each in queries.find_organisations_for(agent, typed)] == [siluma.pk]
        entry = Entry.objects.latest("pk")
        assert (entry.kind, entry.facts) == (
            "OrganisationFounded",
            {"person_id": siluma.pk, "form": "company"},
        )

    def test_one_that_we_know_is_not_written_down_twice(self, agent):
        siluma = found(agent)
        with pytest.raises(OrganisationKnown) as refused:
            found(agent, "Siluma, UAB")
        assert refused.value.facts["organisation_id"] == siluma.pk

    def test_two_of_one_name_are_two_when_their_numbers_differ(self, agent):
        found(agent, registration="1")
        assert found(agent, registration="2").pk
        with pytest.raises(OrganisationKnown):
            found(agent, "Another name", registration="2")

    def test_households_may_share_a_name(self, agent):
        found(agent, "Kazlauskai", form=OrganisationForm.HOUSEHOLD)
        assert found(agent, "Kazlauskai", form=OrganisationForm.HOUSEHOLD).pk

    @pytest.mark.parametrize(
        ("domain", "refusal"),
        [("siluma", acts.NoMailDomain), ("gmail.com", acts.PublicMailDomain)],
    )
    def test_a_domain_must_be_one_and_their_own(self, agent, domain, refusal):
        with pytest.raises(refusal):
            found(agent, domains=(domain,))
        assert not Person.objects.filter(kind=PersonKind.ORGANISATION).exists()

    def test_a_domain_belongs_to_one(self, agent):
        found(agent, domains=("siluma.lt",))
        with pytest.raises(acts.DomainTaken, match="Šiluma"):
            found(agent, "Other", domains=("siluma.lt",))

    def test_it_needs_a_name_and_permission(self, agent):
        with pytest.raises(NoName):
            found(agent, "  ")
        with pytest.raises(NotAllowed):
            found(make.staff(role=Role.AUDITOR))


class TestCorrecting:
    def test_writes_what_changed_and_nothing_twice(self, agent):
        siluma = found(agent, domains=("siluma.lt", "heat.lt"))
        details = acts.Details(registration="7", domains=("siluma.lt", "warm.lt"))
        acts.correct_organisation(siluma, details=details, by=agent, at=make.NOW)
        assert set(siluma.domains.values_list("domain", flat=True)) == {"siluma.lt", "warm.lt"}
        assert Entry.objects.latest("pk").facts["fields"] == ["registration", "domains"]
        before = Entry.objects.latest("pk").pk
        acts.correct_organisation(siluma, details=details, by=agent, at=make.NOW)
        assert kinds_since(before) == []

    def test_a_person_has_no_such_details(self, agent, ona):
        with pytest.raises(acts.NotAnOrganisation):
            acts.correct_organisation(ona, details=acts.Details(), by=agent, at=make.NOW)

    def test_it_is_renamed_like_everybody_but_not_to_a_name_that_is_known(self, agent):
        siluma, other = found(agent), found(agent, "Vanduo")
        named = Particulars(name="AB Vanduo", kind=PersonKind.ORGANISATION)
        with pytest.raises(OrganisationKnown):
            correct_person(siluma, particulars=named, by=agent, at=make.NOW)
        assert correct_person(other, particulars=named, by=agent, at=make.NOW).name == "AB Vanduo"

    def test_a_household_may_be_renamed_as_another_is_called(self, agent):
        home = found(agent, "Kazlauskai", form=OrganisationForm.HOUSEHOLD)
        found(agent, "Petrauskai")
        named = Particulars(name="Petrauskai", kind=PersonKind.ORGANISATION)
        assert correct_person(home, particulars=named, by=agent, at=make.NOW).name == "Petrauskai"

    def test_it_stays_one_as_long_as_people_belong_to_it(self, agent, ona):
        siluma = found(agent)
        membership = join(ona, siluma, agent)
        human = Particulars(name="Šiluma")
        with pytest.raises(HasMembers):
            correct_person(siluma, particulars=human, by=agent, at=make.NOW)
        leave(membership, agent)
        assert correct_person(siluma, particulars=human, by=agent, at=make.NOW).kind == "human"


class TestJoining:
    def test_notes_as_what_and_since_when(self, agent, ona):
        siluma = found(agent)
        membership = join(ona, siluma, agent, role=" the  accountant ", from_on=date(2025, 1, 7))
        assert (membership.role, membership.from_on) == ("the accountant", date(2025, 1, 7))
        assert str(membership) == f"{ona.pk} of {siluma.pk}"
        entry = Entry.objects.latest("pk")
        assert (entry.kind, entry.subject) == ("OrganisationJoined", f"person:{ona.pk}")
        assert "accountant" not in str(entry.facts)
        assert list(belonging.members_of(siluma)) == [membership]
        assert queries.membership_for(agent, membership.pk) == membership

    def test_once_is_enough(self, agent, ona):
        siluma = found(agent)
        join(ona, siluma, agent)
        with pytest.raises(acts.BelongsAlready, match="Ona"):
            join(ona, siluma, agent)
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(member=ona, organisation=siluma, recorded_at=make.NOW)

    def test_nobody_belongs_to_a_person_or_to_themselves(self, agent, ona):
        siluma = found(agent)
        with pytest.raises(acts.NotAnOrganisation):
            join(siluma, ona, agent)
        with pytest.raises(acts.BelongsToItself):
            join(siluma, siluma, agent)
        with pytest.raises(NotAllowed):
            join(ona, siluma, make.staff(role=Role.AUDITOR))

    def test_leaving_has_its_day_and_can_be_taken_back(self, agent, ona):
        membership = join(ona, found(agent), agent, from_on=date(2026, 3, 1))
        with pytest.raises(acts.NotYetThatDay):
            leave(membership, agent, until_on=date(2026, 3, 28))
        with pytest.raises(acts.EndsBeforeItBegan):
            leave(membership, agent, until_on=date(2026, 2, 28))
        before = Entry.objects.latest("pk").pk
        for _again in range(2):
            assert leave(membership, agent).until_on == TODAY
        assert list(belonging.memberships_of(ona)) == [membership]
        assert list(belonging.members_of(membership.organisation)) == []
        for _again in range(2):
            acts.rejoin_organisation(membership, by=agent, at=make.NOW)
        assert kinds_since(before) == ["OrganisationLeft", "OrganisationRejoined"]

    def test_nobody_comes_back_twice(self, agent, ona):
        siluma = found(agent)
        membership = leave(join(ona, siluma, agent), agent)
        join(ona, siluma, agent)
        with pytest.raises(acts.BelongsAlready):
            acts.rejoin_organisation(membership, by=agent, at=make.NOW)


class TestColleagues:
    def test_those_of_one_organisation_are_colleagues_as_long_as_they_belong(self, agent, ona):
        siluma, jonas = found(agent), make.person("Jonas")
        join(ona, siluma, agent)
        membership = join(jonas, siluma, agent)
        assert list(queries.colleagues_of(ona)) == [jonas]
        assert queries.same_organisation(ona, jonas)
        assert queries.same_organisation(siluma, jonas)
        assert not queries.same_organisation(ona, ona)
        leave(membership, agent)
        assert list(queries.colleagues_of(ona)) == []
        assert not queries.same_organisation(ona, jonas)

    def test_whoever_writes_from_its_domain_belongs_to_it(self, agent, ona):
        siluma = found(agent, domains=("siluma.lt",))
        join(ona, siluma, agent)
        petras = make.person("Petras", email="petras@SILUMA.lt")
        assert queries.same_organisation(ona, petras)
        assert queries.same_organisation(petras, ona)
        assert queries.is_of_organisation_of(ona, mail="Anybody@siluma.lt")
        assert not queries.is_of_organisation_of(ona, mail="anybody@siluma.lt.example")
        assert not queries.is_of_organisation_of(ona, mail="")
        assert list(queries.organisations_by_mail(petras)) == [siluma]
        assert list(queries.organisations_by_mail(ona)) == []

    def test_strangers_are_none(self, agent, ona):
        assert not queries.same_organisation(ona, make.person("Jonas"))

    def test_members_are_read_page_by_page(self, agent, monkeypatch):
        monkeypatch.setattr(belonging, "PAGE", 2)
        siluma = found(agent)
        for name in ("Ada", "Bea", "Cid"):
            join(make.person(name), siluma, agent)
        first = list(belonging.members_of(siluma))
        last = first[1]
        assert [each.member.name for each in first] == ["Ada", "Bea", "Cid"]
        further = belonging.members_of(siluma, after=(last.member.sorts_as, last.pk))
        assert [each.member.name for each in further] == ["Cid"]


class TestMerging:
    def test_people_and_domains_come_along_and_the_name_leads_to_the_one_kept(self, agent, ona):
        kept, merged = found(agent, registration="1"), found(agent, "Heat", domains=("heat.lt",))
        acts.correct_organisation(
            merged,
            details=acts.Details(registration="2", domains=("heat.lt",)),
            by=agent,
            at=make.NOW,
        )
        join(ona, merged, agent)
        merge_people(kept, merged=merged, by=make.staff(role=Role.SENIOR), at=make.NOW)
        assert MailDomain.objects.get().organisation == kept
        assert belonging.members_of(kept)[0].member == ona
        assert queries.organisation_registered("2") == kept
        assert queries.organisation_registered("") is None
        with pytest.raises(OrganisationKnown, match="Šiluma"):
            found(agent, "Third", registration="2")

    def test_a_person_never_becomes_one_with_an_organisation(self, agent, ona):
        with pytest.raises(PersonAndOrganisation):
            merge_people(ona, merged=found(agent), by=make.staff(role=Role.SENIOR), at=make.NOW)

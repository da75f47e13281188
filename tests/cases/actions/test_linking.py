import pytest
from django.db import IntegrityError

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.follow_up import finish_on_the_spot
from amends.cases.actions.linking import (
    BegunAlready,
    BelongsElsewhere,
    LeadsBack,
    LinkedAlready,
    LinkedToItself,
    link_cases,
    open_next_case,
    remove_link,
)
from amends.cases.actions.merging import merge_case
from amends.cases.actions.promises import accept_promise, keep_promise, make_promise
from amends.cases.actions.within import Barred, NotBeforeAnother, NotYours
from amends.cases.models.case import Case, CaseLink
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.file import file_of
from amends.cases.queries.linked import first_before, link_in, links_ahead_of
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.kinds import How
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import ONE_WAY, Linkage, Says
from amends.web.cases.refused import way_after
from tests import make
from tests.cases.actions.seen import bar, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def cases(owner):
    return [make.case(owner=owner) for _ in range(3)]


def link(case, other, linkage, by):
    return link_cases(case, other=other, linkage=linkage, by=by, at=make.NOW)


class TestLinkCases:
    @pytest.mark.parametrize("linkage", Linkage)
    def test_says_what_one_is_to_the_other_at_both_ends(self, cases, owner, linkage):
        one, other, _third = cases
        link(one, other, linkage, owner)
        (here,), (there,) = file_of(one).links, file_of(other).links
        assert here.says == linkage.value
        assert (here.reference, there.reference) == (other.reference, one.reference)
        assert (there.says is here.says) == (linkage is Linkage.RELATED)
        assert last_entry() == (
            "LinkDrawn",
            owner.actor,
            {"case_id": one.pk, "other_id": other.pk, "linkage": linkage},
        )

    def test_a_case_is_not_linked_to_itself_nor_twice(self, cases, owner):
        one, other, _third = cases
        with pytest.raises(LinkedToItself):
            link(one, one, Linkage.RELATED, owner)
        link(one, other, Linkage.RELATED, owner)
        link(one, other, Linkage.CAUSE_OF, owner)
        with pytest.raises(LinkedAlready):
            link(one, other, Linkage.RELATED, owner)

    @pytest.mark.requirement("S1-05")
    def test_no_chain_leads_back_to_where_it_began(self, cases, owner):
        one, other, third = cases
        link(one, other, Linkage.CAUSE_OF, owner)
        link(other, third, Linkage.CAUSE_OF, owner)
        assert links_ahead_of(one, linkage=Linkage.CAUSE_OF) == {
            (one.pk, other.pk),
            (other.pk, third.pk),
        }
        with pytest.raises(LeadsBack):
            link(third, one, Linkage.CAUSE_OF, owner)
        link(third, one, Linkage.RELATED, owner)

    def test_a_part_belongs_to_one_whole(self, cases, owner):
        one, other, third = cases
        link(one, other, Linkage.BELONGS_TO, owner)
        with pytest.raises(BelongsElsewhere):
            link(one, third, Linkage.BELONGS_TO, owner)

    def test_whoever_may_not_see_one_of_the_two_links_neither(self, cases, owner):
        one, other, _third = cases
        with pytest.raises(NotYours):
            link(one, other, Linkage.RELATED, make.staff())
        bar(other, owner)
        with pytest.raises(Barred):
            link(one, other, Linkage.RELATED, owner)

    def test_a_link_is_removed(self, cases, owner):
        one, other, _third = cases
        link(one, other, Linkage.RELATED, owner)
        found = link_in(other, CaseLink.objects.get().pk)
        assert remove_link(found, by=owner, at=make.NOW) == one
        assert not CaseLink.objects.exists()


class TestLinksAndClosing:
    def test_the_whole_does_not_end_before_its_parts(self, cases, owner):
        whole, part, _third = cases
        link(part, whole, Linkage.BELONGS_TO, owner)
        assert Obstacle.PARTS_OPEN in obstacles_to_closing(closing_facts(whole))
        assert Obstacle.PARTS_OPEN not in obstacles_to_closing(closing_facts(part))
        make.withdrawn(part)
        assert Obstacle.PARTS_OPEN not in obstacles_to_closing(closing_facts(whole))

    def test_one_ends_not_before_another(self, cases, owner):
        later, first, _third = cases
        link(later, first, Linkage.NOT_BEFORE, owner)
        assert Obstacle.ANOTHER_FIRST in obstacles_to_closing(closing_facts(later))
        assert Obstacle.ANOTHER_FIRST not in obstacles_to_closing(closing_facts(first))


class TestBeginsAfter:
    @pytest.fixture
    def waiting(self, cases, owner):
        later, first, _third = cases
        link(later, first, Linkage.BEGINS_AFTER, owner)
        return later

    def test_is_assessed_and_promised_but_not_begun_before_the_other_has_ended(
        self, waiting, cases, owner
    ):
        assess_case(waiting, assessment=Assessment(severity=2), by=owner, at=make.NOW)
        promise = make_promise(waiting, offer=make.offer(), by=owner, at=make.NOW)
        accept_promise(promise, how=How.LINK, by=make.person(), at=make.NOW)
        assert Case.objects.get(pk=waiting.pk).state == State.ASSESSED
        for begin in (
            lambda: finish_on_the_spot(
                waiting, done="Done.", yes_how=How.DESK, by=owner, at=make.NOW
            ),
            lambda: keep_promise(promise, evidence="Done.", by=owner, at=make.NOW),
        ):
            with pytest.raises(NotBeforeAnother) as refused:
                begin()
            assert refused.value.first == cases[1].reference
            way = way_after(refused.value, waiting)
            assert way
            assert way.url == f"/cases/{cases[1].reference}/"

    def test_begins_once_the_other_has_ended(self, waiting, cases, owner):
        make.withdrawn(cases[1])
        promise = make_promise(waiting, offer=make.offer(), by=owner, at=make.NOW)
        accept_promise(promise, how=How.LINK, by=make.person(), at=make.NOW)
        assert Case.objects.get(pk=waiting.pk).state == State.FULFILLING

    def test_waits_also_for_what_the_other_one_was_joined_to(self, waiting, cases, owner):
        _later, first, third = cases
        Case.objects.filter(pk__in=[first.pk, third.pk]).update(person=make.person())
        merge_case(first, into=third, reason="One story.", by=owner, at=make.NOW)
        assert first_before(waiting) == first.reference
        make.withdrawn(third)
        assert first_before(waiting) == ""

    def test_the_database_lets_it_begin_in_no_other_way(self, waiting):
        with pytest.raises(IntegrityError, match="before another has ended"):
            Case.objects.filter(pk=waiting.pk).update(state=State.INVESTIGATING)

    def test_what_has_begun_cannot_be_made_to_wait(self, cases, owner):
        later, first, _third = cases
        finish_on_the_spot(later, done="Done.", yes_how=How.DESK, by=owner, at=make.NOW)
        with pytest.raises(BegunAlready):
            link(later, first, Linkage.BEGINS_AFTER, owner)

    @pytest.mark.parametrize("linkage", sorted(ONE_WAY))
    def test_the_database_takes_no_circle(self, cases, owner, linkage):
        one, other, third = cases
        link(one, other, linkage, owner)
        link(other, third, linkage, owner)
        with pytest.raises(IntegrityError, match="in a circle"):
            CaseLink.objects.create(case=third, other=one, kind=linkage, at=make.NOW)


class TestOpenNextCase:
    def test_a_new_case_goes_on_where_an_old_one_ended(self, cases, owner):
        old = make.withdrawn(cases[0])
        new = open_next_case(
            old, telling=make.telling(person=old.person), by=owner, at=make.NOW, wish="Warmth."
        )
        assert (new.team, new.kind, new.requested_remedy) == (old.team, old.kind, "Warmth.")
        assert file_of(new).links[0].says is Says.CONTINUES
        assert file_of(Case.objects.get(pk=old.pk)).links[0].says is Says.CONTINUED_BY

    def test_not_by_whom_it_is_about(self, cases, owner):
        bar(cases[0], owner)
        with pytest.raises(Barred):
            open_next_case(cases[0], telling=make.telling(), by=owner, at=make.NOW)

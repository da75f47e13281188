import pytest

from amends.cases.actions.linking import (
    BelongsElsewhere,
    LeadsBack,
    LinkedAlready,
    LinkedToItself,
    link_cases,
    open_next_case,
    remove_link,
)
from amends.cases.actions.within import Barred, NotYours
from amends.cases.models.case import Case, CaseLink
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.file import file_of
from amends.cases.queries.linked import link_in, links_ahead_of
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.turns import Linkage, Says
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

import pytest

from amends.cases.actions.tags import (
    JoinedToItself,
    TagKnown,
    TagNameNeeded,
    TagNotOffered,
    TooManyTags,
    join_tags,
    keep_tag,
    offer_tag_again,
    part_tags,
    retire_tag,
    set_tags,
    tag_case,
    untag_case,
)
from amends.cases.actions.within import Barred, NotYours
from amends.cases.models.case import Case
from amends.cases.models.tags import Tag
from amends.cases.queries.tags import tag_kept, tagged, tags_in, tags_kept, tags_of
from amends.cases.rules.tags import MOST
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    make.organisation()
    return make.staff(role=Role.MANAGER)


@pytest.fixture
def case():
    return make.case(owner=make.staff())


def kept(by, **names):
    return keep_tag(None, names=names, by=by, at=make.NOW)


class TestTheList:
    def test_a_tag_is_called_by_its_name_in_the_language_of_its_reader(self, manager):
        tag = kept(manager, en=" Cold  flat ", lt="Šalta", pl=" ")
        assert tag.name == {"en": "Cold flat", "lt": "Šalta"}
        assert tags_in("lt").names[tag.pk] == "Šalta"
        assert tags_in("pl").names[tag.pk] == "Cold flat"
        assert last_entry()[0] == "TagKept"

    def test_it_has_a_name_that_no_other_has(self, manager):
        tag = kept(manager, en="Billing")
        with pytest.raises(TagNameNeeded):
            kept(manager, en=" ")
        with pytest.raises(TagKnown, match="billing"):
            kept(manager, en="billing", lt="Sąskaita")
        assert keep_tag(tag, names={"en": "Bills"}, by=manager, at=make.NOW).pk == tag.pk

    def test_a_retired_one_is_not_offered_until_it_is_again(self, manager):
        tag = kept(manager, en="Billing")
        retire_tag(tag, by=manager, at=make.NOW)
        assert tags_in("en").choices() == []
        assert tags_in("en").choices([tag.pk]) == [(tag.pk, "Billing")]
        offer_tag_again(tag, by=manager, at=make.NOW)
        assert tags_in("en").choices() == [(tag.pk, "Billing")]

    def test_two_become_one_and_two_again_and_no_case_is_touched(self, manager, case):
        bills, billing = kept(manager, en="Bills"), kept(manager, en="Billing")
        tag_case(case, tag=bills, by=manager, at=make.NOW)
        join_tags(bills, into=billing, by=manager, at=make.NOW)
        assert tags_in("en").of(again(case).tags) == ["Billing"]
        assert list(tagged(Case.objects.all(), billing.pk)) == [case]
        with pytest.raises(JoinedToItself):
            join_tags(billing, into=bills, by=manager, at=make.NOW)
        part_tags(again(bills), by=manager, at=make.NOW)
        assert tags_in("en").of(again(case).tags) == ["Bills"]
        assert not tagged(Case.objects.all(), billing.pk).exists()

    def test_one_that_stands_for_itself_cannot_be_parted(self, manager):
        tag = kept(manager, en="Bills")
        assert part_tags(tag, by=manager, at=make.NOW) == tag
        assert last_entry()[0] == "TagKept"

    @pytest.mark.parametrize("change", [retire_tag, offer_tag_again, part_tags])
    def test_only_who_decides_procedures_keeps_the_list(self, manager, change):
        tag, agent = kept(manager, en="Bills"), make.staff()
        with pytest.raises(NotAllowed):
            kept(agent, en="Other")
        with pytest.raises(NotAllowed):
            change(tag, by=agent, at=make.NOW)
        with pytest.raises(NotAllowed):
            join_tags(tag, into=tag, by=agent, at=make.NOW)
        assert not tags_kept(agent).exists()
        assert tag_kept(manager, tag.pk) == tag
        with pytest.raises(Tag.DoesNotExist):
            tag_kept(agent, tag.pk)


class TestOnACase:
    def test_what_is_chosen_is_what_it_has(self, manager, case):
        one, two = kept(manager, en="One"), kept(manager, en="Two")
        set_tags(case, tags=[one], by=case.owner, at=make.NOW)
        set_tags(case, tags=[two], by=case.owner, at=make.NOW)
        assert again(case).tags == [two.pk]
        assert entries()[-3:] == ["CaseTagged", "CaseTagged", "CaseUntagged"]
        assert tags_of([one.pk]) == [one]

    def test_a_retired_one_stays_but_is_not_newly_set(self, manager, case):
        one, two = kept(manager, en="One"), kept(manager, en="Two")
        set_tags(case, tags=[one], by=case.owner, at=make.NOW)
        one, two = (retire_tag(tag, by=manager, at=make.NOW) for tag in (one, two))
        assert set_tags(case, tags=[one], by=case.owner, at=make.NOW).tags == [one.pk]
        with pytest.raises(TagNotOffered):
            set_tags(case, tags=[one, two], by=case.owner, at=make.NOW)
        with pytest.raises(TagNotOffered):
            tag_case(case, tag=two, by=case.owner, at=make.NOW)

    def test_a_case_has_no_more_than_can_be_read(self, manager, case):
        tags = [kept(manager, en=f"Tag {number}") for number in range(MOST + 1)]
        with pytest.raises(TooManyTags):
            set_tags(case, tags=tags, by=case.owner, at=make.NOW)
        set_tags(case, tags=tags[:MOST], by=case.owner, at=make.NOW)
        with pytest.raises(TooManyTags):
            tag_case(case, tag=tags[-1], by=case.owner, at=make.NOW)

    def test_one_is_set_once_and_taken_off_once(self, manager, case):
        tag = kept(manager, en="One")
        for _twice in range(2):
            tag_case(case, tag=tag, by=case.owner, at=make.NOW)
        for _twice in range(2):
            untag_case(case, tag=tag, by=case.owner, at=make.NOW)
        assert again(case).tags == []
        assert entries()[-2:] == ["CaseTagged", "CaseUntagged"]

    def test_what_was_joined_is_taken_off_by_either_name(self, manager, case):
        one, two = kept(manager, en="One"), kept(manager, en="Two")
        tag_case(case, tag=one, by=case.owner, at=make.NOW)
        join_tags(one, into=two, by=manager, at=make.NOW)
        assert tag_case(case, tag=two, by=case.owner, at=make.NOW).tags == [one.pk]
        assert untag_case(case, tag=two, by=case.owner, at=make.NOW).tags == []

    def test_one_that_ended_is_tagged_too(self, manager):
        closed = make.withdrawn(make.case())
        tag = kept(manager, en="One")
        assert tag_case(closed, tag=tag, by=manager, at=make.NOW).tags == [tag.pk]

    def test_who_may_not_work_on_it_sets_none(self, manager, case):
        tag, other, about = kept(manager, en="One"), make.staff(), make.staff()
        bar(case, about)
        for by, refusal in ((other, NotYours), (about, Barred)):
            with pytest.raises(refusal):
                set_tags(case, tags=[tag], by=by, at=make.NOW)
            with pytest.raises(refusal):
                tag_case(case, tag=tag, by=by, at=make.NOW)
            with pytest.raises(refusal):
                untag_case(case, tag=tag, by=by, at=make.NOW)

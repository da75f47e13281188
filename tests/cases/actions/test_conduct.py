import pytest

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.closing import close_case, thank
from amends.cases.actions.conduct import (
    BeyondYourJudgement,
    ContactNotHere,
    MustBeDone,
    NothingSeen,
    NotPassedOver,
    OwnContact,
    Sight,
    WhyPassedOverNeeded,
    pass_step_over,
    review_contact,
    take_step_up,
)
from amends.cases.actions.within import Barred, NotYours
from amends.cases.models.conduct import ContactReview, PassedOver
from amends.cases.queries.care import care_of
from amends.cases.queries.conduct import passed_over_lately
from amends.cases.queries.facts import closing_facts
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.conduct import Do, Dont, Seen
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.steps import Step
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, last_entry

pytestmark = pytest.mark.django_db
Sights = dict[Do | Dont, Sight]
WHY = "They only wished to leave word."


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner, kind=CaseKind.SUGGESTION)


@pytest.fixture
def senior():
    return make.staff("Ona Senior", role=Role.SENIOR)


def report(case, step, staff):
    return next(each for each in care_of(case, staff=staff).steps if each.step is step)


class TestPassOver:
    @pytest.mark.requirement("S1-12")
    def test_a_step_is_passed_over_with_a_reason_and_closing_asks_no_more_for_it(self, case, owner):
        passed = pass_step_over(case, step=Step.THANKED, reason=WHY, by=owner, at=make.NOW)
        assert (passed.reason, passed.kind) == (WHY, "suggestion")
        shown = report(case, Step.THANKED, owner)
        assert (shown.passed, shown.is_done, shown.missing) == (True, False, ())
        assert Obstacle.NOT_THANKED not in obstacles_to_closing(closing_facts(case))
        assert last_entry()[2] == {"case_id": case.pk, "step": "thanked"}

    def test_what_was_done_all_the_same_is_done(self, case, owner):
        thank(case, by=owner, at=make.NOW)
        pass_step_over(again(case), step=Step.THANKED, reason=WHY, by=owner, at=make.NOW)
        assert report(again(case), Step.THANKED, owner).is_done

    def test_it_is_asked_for_again(self, case, owner):
        pass_step_over(case, step=Step.THANKED, reason=WHY, by=owner, at=make.NOW)
        take_step_up(case, step=Step.THANKED, by=owner, at=make.NOW)
        assert Obstacle.NOT_THANKED in obstacles_to_closing(closing_facts(case))
        with pytest.raises(NotPassedOver):
            take_step_up(case, step=Step.THANKED, by=owner, at=make.NOW)

    def test_why_is_said(self, case, owner):
        with pytest.raises(WhyPassedOverNeeded):
            pass_step_over(case, step=Step.THANKED, reason=" ", by=owner, at=make.NOW)

    @pytest.mark.requirement("S1-12")
    def test_what_every_case_of_a_kind_is_asked_for_is_passed_over_by_nobody(self, owner, senior):
        complaint = make.case(owner=owner)
        with pytest.raises(MustBeDone):
            pass_step_over(complaint, step=Step.CHECKED, reason=WHY, by=senior, at=make.NOW)

    @pytest.mark.requirement("S1-12")
    def test_of_a_grave_case_a_senior_colleague_decides(self, owner, senior):
        grave = make.case(owner=owner)
        assess_case(grave, assessment=Assessment(severity=4), by=owner, at=make.NOW)
        with pytest.raises(BeyondYourJudgement):
            pass_step_over(again(grave), step=Step.HELP, reason=WHY, by=owner, at=make.NOW)
        pass_step_over(again(grave), step=Step.HELP, reason=WHY, by=senior, at=make.NOW)
        assert PassedOver.objects.filter(case=grave).exists()

    def test_a_stranger_does_not(self, case):
        with pytest.raises(NotYours):
            pass_step_over(case, step=Step.THANKED, reason=WHY, by=make.staff(), at=make.NOW)

    @pytest.mark.requirement("S1-12")
    def test_managers_see_how_often_and_why_and_no_names(self, case, owner):
        other = make.case(owner=owner, kind=CaseKind.SUGGESTION)
        for each, why in ((case, WHY), (other, "Nobody to thank.")):
            pass_step_over(each, step=Step.THANKED, reason=why, by=owner, at=make.NOW)
        (row,) = passed_over_lately(make.NOW)
        assert (row.kind, row.step, row.times) == ("suggestion", "thanked", 2)
        assert set(row.reasons) == {WHY, "Nobody to thank."}
        assert not hasattr(row, "by")


class TestReviewContact:
    @pytest.fixture
    def contact(self, case, owner):
        contact = case.case_contacts.get().contact
        contact.handled_by = owner
        contact.save(update_fields=["handled_by"])
        return contact

    @pytest.mark.requirement("S4-22", "S4-23", "S4-24", "S4-26", "S4-27", "S4-28", "S4-30")
    def test_a_reviewer_says_what_they_saw_of_what_no_machine_can_tell(self, case, contact, senior):
        items = (
            Do.STAY_CALM,
            Do.BE_POLITE,
            Dont.INTERRUPT,
            Dont.BE_RUDE,
            Dont.BE_ANGRY,
            Dont.BE_IRONIC,
            Dont.TAKE_PERSONALLY,
        )
        sights: Sights = {item: Sight(Seen.NO, " Once. ") for item in items}
        written = review_contact(case, contact=contact, sights=sights, by=senior, at=make.NOW)
        assert {each.item for each in written} == {item.value for item in items}
        assert {(each.seen, each.remark, each.by) for each in written} == {("no", "Once.", senior)}

    def test_it_is_said_anew_and_not_twice(self, case, contact, senior):
        for seen in (Seen.NO, Seen.YES):
            sights: Sights = {Do.STAY_CALM: Sight(seen)}
            review_contact(case, contact=contact, sights=sights, by=senior, at=make.NOW)
        assert [each.seen for each in ContactReview.objects.all()] == ["yes"]

    def test_also_of_a_case_that_is_closed(self, owner, senior):
        closed = make.done(make.case(owner=owner, kind=CaseKind.ENQUIRY))
        close_case(closed, by=owner, at=make.NOW)
        told = closed.case_contacts.get().contact
        sights: Sights = {Do.LISTEN: Sight(Seen.YES)}
        assert review_contact(again(closed), contact=told, sights=sights, by=senior, at=make.NOW)

    def test_nobody_reviews_their_own_contact(self, case, contact):
        own = contact.handled_by
        own.role = Role.SENIOR
        own.save()
        with pytest.raises(OwnContact):
            review_contact(
                case, contact=contact, sights={Do.ACT: Sight(Seen.YES)}, by=own, at=make.NOW
            )

    def test_something_was_seen(self, case, contact, senior):
        with pytest.raises(NothingSeen):
            review_contact(case, contact=contact, sights={}, by=senior, at=make.NOW)

    def test_of_a_contact_of_this_case(self, case, senior):
        sights: Sights = {Do.ACT: Sight(Seen.YES)}
        with pytest.raises(ContactNotHere):
            review_contact(case, contact=make.contact(), sights=sights, by=senior, at=make.NOW)

    def test_who_reviews_may_assign_and_is_not_whom_it_is_about(self, case, contact, senior):
        sights: Sights = {Do.ACT: Sight(Seen.YES)}
        with pytest.raises(NotAllowed):
            review_contact(case, contact=contact, sights=sights, by=make.staff(), at=make.NOW)
        bar(case, senior)
        with pytest.raises(Barred):
            review_contact(case, contact=contact, sights=sights, by=senior, at=make.NOW)

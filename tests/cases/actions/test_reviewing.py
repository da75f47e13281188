from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.deciding import NothingDecided, NotReadyToDecide
from amends.cases.actions.fulfilling import accept_decision
from amends.cases.actions.outside import Body, go_outside
from amends.cases.actions.parties import LooksAfterIt, name_party
from amends.cases.actions.promises import keep_promise
from amends.cases.actions.reviewing import (
    DecidedIt,
    NoSuchOption,
    NotYourReview,
    ReviewOver,
    ReviewReasonsNeeded,
    Second,
    WhyReviewNeeded,
    ask_for_review,
    finish_review,
    write_reviewed_decision,
)
from amends.cases.actions.within import (
    Barred,
    CannotLookAfterIt,
    CaseHasEnded,
    NotTheOrder,
    NotYours,
    may_help_on,
)
from amends.cases.models.case import Case
from amends.cases.models.deciding import FinalResponse
from amends.cases.models.promises import Promise
from amends.cases.models.turns import InternalReview
from amends.cases.rules.due import TO_REVIEW
from amends.cases.rules.gate import Gap
from amends.cases.rules.kinds import How, Next, Outcome, Part
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Undecided, Unready
from amends.cases.rules.turns import Reviewed
from amends.contacts.models import OutgoingMail
from amends.notices.rules.reasons import Reason
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, bar, entries
from tests.told import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Nobody asked my neighbour."
STANDS = Second(result=Reviewed.STANDS, reasons="The neighbour saw the same.")


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    person = make.person(email="ruta@home.example", language="en")
    return make.case(make.contact(person=person), owner=owner)


@pytest.fixture
def decided(case):
    Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
    return again(case)


@pytest.fixture
def alone(decided, owner):
    """The same where nobody else works."""
    Organisation.objects.update(outside_body={"en": "The consumer office, Vilnius"})
    Staff.objects.exclude(pk=owner.pk).update(is_active=False)
    return decided


class TestAskForReview:
    def test_another_person_looks_at_it(self, decided, owner):
        review = ask_for_review(decided, reason=WHY, by=decided.person, at=make.NOW)
        case = again(decided)
        assert (case.state, case.owner) == (State.INTERNAL_REVIEW, owner)
        assert review.reviewer not in {owner, None}
        assert (review.decider, review.alone) == (owner, False)
        assert (case.next_due, case.next_due_at) == (Next.REVIEW, make.NOW + TO_REVIEW)
        assert "ReviewAsked" in entries()

    def test_both_who_looks_and_the_customer_are_told(self, decided):
        review = ask_for_review(decided, reason=WHY, by=decided.person, at=make.NOW)
        mail = OutgoingMail.objects.get()
        assert mail.to_address == "ruta@home.example"
        assert f"{review.reviewer.name}, who did not decide it" in mail.text
        assert told() == [(review.reviewer, Reason.REVIEW_WAITS)]

    def test_a_customer_without_mail_is_asked_for_none(self, owner):
        case = make.case(make.contact(person=make.person()), owner=owner)
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        review = ask_for_review(case, reason=WHY, by=owner, at=make.NOW)
        assert not OutgoingMail.objects.exists()
        assert told() == [(review.reviewer, Reason.REVIEW_WAITS)]

    def test_a_colleague_may_name_who_looks(self, decided, owner):
        jonas = make.staff("Jonas Kairys")
        review = ask_for_review(decided, reason=WHY, by=owner, at=make.NOW, reviewer=jonas)
        assert review.reviewer == jonas

    def test_who_decided_does_not_look_again(self, decided, owner):
        with pytest.raises(DecidedIt):
            ask_for_review(decided, reason=WHY, by=owner, at=make.NOW, reviewer=owner)

    def test_whom_it_is_about_does_not_look(self, decided, owner):
        jonas = make.staff()
        bar(decided, jonas)
        with pytest.raises(CannotLookAfterIt):
            ask_for_review(decided, reason=WHY, by=owner, at=make.NOW, reviewer=jonas)

    def test_where_there_is_no_second_person_the_owner_looks_and_says_so(self, alone, owner):
        review = ask_for_review(alone, reason=WHY, by=alone.person, at=make.NOW)
        assert (review.reviewer, review.alone) == (owner, True)
        (told,) = OutgoingMail.objects.filter(to_address="ruta@home.example")
        assert "There is no second person here" in told.text
        assert "The consumer office, Vilnius" in told.text

    def test_who_is_alone_may_name_themselves(self, alone, owner):
        assert ask_for_review(alone, reason=WHY, by=owner, at=make.NOW, reviewer=owner).alone

    def test_it_is_asked_for_with_a_reason(self, decided, owner):
        with pytest.raises(WhyReviewNeeded):
            ask_for_review(decided, reason=" ", by=owner, at=make.NOW)

    def test_only_what_was_decided_is_looked_at_again(self, case, owner):
        with pytest.raises(NotTheOrder):
            ask_for_review(case, reason=WHY, by=owner, at=make.NOW)

    def test_a_stranger_among_colleagues_does_not_ask(self, decided):
        with pytest.raises(NotYours):
            ask_for_review(decided, reason=WHY, by=make.staff(), at=make.NOW)

    def test_an_ended_case_is_opened_again_first(self, case):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            ask_for_review(case, reason=WHY, by=case.person, at=make.NOW)

    def test_the_database_lets_nobody_review_themselves(self, decided, owner):
        ask_for_review(decided, reason=WHY, by=owner, at=make.NOW)
        with pytest.raises(IntegrityError, match="review_by_somebody_else"):
            InternalReview.objects.update(reviewer=owner)


class TestFinishReview:
    @pytest.fixture
    def review(self, decided):
        return ask_for_review(decided, reason=WHY, by=decided.person, at=make.NOW)

    def test_it_stands_or_changes(self, review):
        second = Second(
            result=Reviewed.CHANGES, reasons="The log was misread.", outcome=Outcome.UPHELD
        )
        review = finish_review(review, second=second, by=review.reviewer, at=make.NOW + DAY)
        case = again(review.case)
        # Nothing was ever decided in writing, so it is looked into again.
        assert (case.state, case.state_until, case.outcome) == ("investigating", None, "upheld")
        assert (review.result, review.done_at) == ("changes", make.NOW + DAY)
        told = OutgoingMail.objects.filter(to_address="ruta@home.example").latest("pk")
        assert "The decision changes." in told.text
        assert "The log was misread." in told.text

    def test_a_customer_without_mail_is_written_none(self, owner):
        case = make.case(make.contact(person=make.person()), owner=owner)
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        review = ask_for_review(case, reason=WHY, by=owner, at=make.NOW)
        before = OutgoingMail.objects.count()
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)
        assert OutgoingMail.objects.count() == before

    def test_what_stands_keeps_its_outcome(self, review):
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)
        assert again(review.case).outcome == Outcome.NOT_JUDGED

    def test_who_looked_once_does_not_look_a_second_time(self, review, owner):
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)
        make.staff(role=Role.MANAGER)
        other = ask_for_review(review.case, reason=WHY, by=owner, at=make.NOW)
        assert other.reviewer not in {owner, review.reviewer}

    def test_nobody_else_does(self, review, owner):
        with pytest.raises(NotYourReview):
            finish_review(review, second=STANDS, by=owner, at=make.NOW)

    def test_nobody_does_without_reasons(self, review):
        second = Second(result=Reviewed.STANDS, reasons=" ")
        with pytest.raises(ReviewReasonsNeeded):
            finish_review(review, second=second, by=review.reviewer, at=make.NOW)

    def test_whom_it_turns_out_to_be_about_passes_it_on(self, review, owner):
        make.staff(role=Role.MANAGER)
        part = Part.COMPLAINED_ABOUT
        name_party(review.case, part=part, who=review.reviewer, by=owner, at=make.NOW)
        assert again(review).reviewer not in {review.reviewer, owner}

    def test_where_nobody_else_could_look_it_is_said(self, review, owner):
        keep = [owner.pk, review.reviewer_id]
        Staff.objects.exclude(pk__in=keep).update(is_active=False)
        with pytest.raises(LooksAfterIt):
            name_party(
                review.case,
                part=Part.COMPLAINED_ABOUT,
                who=review.reviewer,
                by=owner,
                at=make.NOW,
            )

    def test_whom_it_turns_out_to_be_about_does_not(self, review):
        bar(review.case, review.reviewer)
        with pytest.raises(Barred):
            finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)

    def test_it_is_finished_once(self, review):
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)
        with pytest.raises(ReviewOver):
            finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)

    def test_it_is_overtaken_where_the_case_goes_outside(self, review, owner):
        body = Body(name="Consumer office", reference="7/26")
        go_outside(review.case, body=body, by=owner, at=make.NOW)
        assert again(review).result == Reviewed.OVERTAKEN
        with pytest.raises(ReviewOver):
            finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW)

    def test_it_ends_with_the_case(self, review):
        withdraw_case(review.case, statement="Never mind.", by=review.case.person, at=make.NOW)
        assert again(review).result == Reviewed.OVERTAKEN


class TestReviewOfWhatIsBeingDone:
    def test_also_what_is_being_done_is_looked_at_again_and_goes_on(self, case, owner):
        make.promise(case, accepted=True)
        review = ask_for_review(again(case), reason=WHY, by=case.person, at=make.NOW)
        assert (review.was, again(case).state) == (State.FULFILLING, State.INTERNAL_REVIEW)
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW + DAY)
        assert again(case).state == State.FULFILLING

    def test_what_was_done_meanwhile_is_asked_after(self, case, owner):
        promise = make.promise(case, accepted=True)
        review = ask_for_review(again(case), reason=WHY, by=case.person, at=make.NOW)
        keep_promise(promise, evidence="It is warm.", by=owner, at=make.NOW)
        assert again(case).state == State.INTERNAL_REVIEW
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW + DAY)
        assert again(case).state == State.FOLLOW_UP

    def test_what_was_asked_after_is_asked_after_again(self, case, owner):
        make.kept(case)
        review = ask_for_review(again(case), reason=WHY, by=case.person, at=make.NOW)
        finish_review(review, second=STANDS, by=review.reviewer, at=make.NOW + DAY)
        assert again(case).state == State.FOLLOW_UP

    def test_the_reviewer_may_work_on_it_from_another_team(self, case, owner):
        make.promise(case, accepted=True)
        jonas = make.staff("Jonas Kairys")
        ask_for_review(again(case), reason=WHY, by=owner, at=make.NOW, reviewer=jonas)
        assert may_help_on(again(case), jonas)


def whose(case):
    return case.person


class TestDecidedAnew:
    @pytest.fixture
    def owner(self):
        made = make.staff("Inga Ramanauskaitė")
        make.team(members=(made, make.staff("Jonas Kairys")))
        return made

    @pytest.fixture
    def review(self, owner):
        case = hard.decided(owner).decision.case
        return ask_for_review(again(case), reason=WHY, by=whose(case), at=hard.NOW)

    def write(self, review, **facts):
        at = hard.NOW + DAY
        return write_reviewed_decision(review, said=hard.SAID, by=review.reviewer, at=at, **facts)

    def finish(self, review, **facts):
        second = Second(result=Reviewed.CHANGES, **facts)
        return finish_review(review, second=second, by=review.reviewer, at=hard.NOW + DAY)

    @pytest.mark.requirement("S4-40")
    def test_a_changed_decision_is_told_in_a_new_letter(self, review):
        self.write(review)
        self.finish(review)
        case = again(review.case)
        first, second = FinalResponse.objects.order_by("version")
        assert (case.state, second.version) == (State.DECIDED, 2)
        assert (second.by, second.decision.review) == (review.reviewer, again(review))
        assert "I had not decided it, and have looked at all of it" in second.text
        assert "Our new answer to your complaint" in second.letter["subject"]
        assert "Here it was looked at twice." in second.text
        assert OutgoingMail.objects.latest("pk").text == second.text
        assert first.decision.review is None
        assert again(review).reasons == hard.SAID.reasons
        assert {"ReviewFinished", "CaseDecided"} <= set(entries())

    def test_another_way_may_be_given_instead(self, review):
        hard.may_give_anything(Role(review.reviewer.role))
        option = hard.option(again(review.case), "We pay all of it back", amount=98)
        self.write(review)
        draft = self.write(review, option=option)
        again_ = self.write(review, option=option)
        assert draft.proposal_id == again_.proposal_id
        assert (draft.proposal.view, draft.proposal.option) == (WHY, option)
        self.finish(review)
        case = accept_decision(review.case, how=How.LINK, by=whose(review.case), at=hard.NOW + DAY)
        assert case.state == State.FULFILLING
        assert Promise.objects.filter(case=case, amount=98).owed().count() == 1

    def test_what_was_begun_is_not_promised_twice(self, review, owner):
        Case.objects.filter(pk=review.case.pk).update(state=State.DECIDED, state_until=None)
        review.delete()
        case = accept_decision(again(review.case), how=How.LINK, by=whose(review.case), at=hard.NOW)
        second = ask_for_review(case, reason=WHY, by=whose(case), at=hard.NOW)
        self.write(second)
        self.finish(second)
        accept_decision(again(case), how=How.LINK, by=whose(case), at=hard.NOW + DAY)
        assert Promise.objects.filter(case=case, amount=49).count() == 1

    def test_nothing_changes_before_the_new_letter_is_whole(self, review):
        with pytest.raises(NotReadyToDecide) as refused:
            self.finish(review)
        assert refused.value.obstacles == (Undecided.NO_REASONS,)
        said = replace(hard.SAID, apology="")
        write_reviewed_decision(review, said=said, by=review.reviewer, at=hard.NOW)
        with pytest.raises(NotReadyToDecide) as refused:
            self.finish(review)
        assert refused.value.gaps == (Gap.APOLOGY_MISSING,)
        assert again(review.case).state == State.INTERNAL_REVIEW

    def test_what_held_for_the_first_must_hold_for_the_second(self, review):
        self.write(review)
        hard.issue(again(review.case), "The bill is wrong, too.")
        with pytest.raises(NotReadyToDecide) as refused:
            self.finish(review)
        assert refused.value.obstacles == (Unready.NOT_FOUND_ON,)

    def test_only_a_way_of_this_case_is_given(self, review, owner):
        elsewhere = hard.option(hard.investigated(owner))
        with pytest.raises(NoSuchOption):
            self.write(review, option=elsewhere)

    def test_only_the_reviewer_writes_it(self, review, owner):
        with pytest.raises(NotYourReview):
            write_reviewed_decision(review, said=hard.SAID, by=owner, at=hard.NOW)

    def test_where_nothing_was_written_down_nothing_is_written_anew(self, decided):
        review = ask_for_review(decided, reason=WHY, by=decided.person, at=make.NOW)
        with pytest.raises(NothingDecided):
            self.write(review)

    def test_who_is_alone_says_so_in_the_letter(self, owner):
        Staff.objects.exclude(pk=owner.pk).update(is_active=False)
        case = hard.decided(owner).decision.case
        review = ask_for_review(again(case), reason=WHY, by=whose(case), at=hard.NOW)
        self.write(review)
        self.finish(review)
        assert "There is no second person here" in FinalResponse.objects.latest("pk").text

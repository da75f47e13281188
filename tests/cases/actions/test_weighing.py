"""What is weighed of a case besides its grades, and what came of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.clarifying import note_wish
from amends.cases.actions.closing import Why, count_cause, reopen_case, thank_and_close
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.promises import keep_promise
from amends.cases.actions.publication import answer_publication
from amends.cases.actions.relief import NotClosedYet, note_relief
from amends.cases.actions.within import NotYours
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp
from amends.cases.queries.relief import relief_given
from amends.cases.rules.kinds import How, Mechanism, Pillar, Verdict
from amends.cases.rules.weighing import Ahead, Consent, Relief
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
NOW, DAY = make.NOW, timedelta(days=1)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė", role=Role.SENIOR)


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


def closed(case, owner, **given):
    """Return `case` closed, after a promise on it that gives what is `given`."""
    hard.may_give_anything(Role.SENIOR)
    promise = make.promise(case, make.offer(**given), accepted=True)
    keep_promise(promise, evidence="It is warm.", by=owner, at=NOW + DAY)
    question = FollowUp.objects.select_related("case").get(promise=promise)
    yes = Answer(verdict=Verdict.YES, how=How.TELEPHONE, words="Yes.")
    answer_put_right(question, answer=yes, by=owner, at=NOW + 2 * DAY)
    why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
    count_cause(case, why=why, by=owner, at=NOW + 2 * DAY)
    return thank_and_close(again(case), by=owner, at=NOW + 2 * DAY)


class TestAssessed:
    def test_whether_something_can_be_done_at_once_is_told_and_may_stay_open(self, case, owner):
        for told in (True, False, None):
            found = assess_case(case, assessment=Assessment(at_once=told), by=owner, at=NOW)
            assert found.immediate_action_possible is told

    @pytest.mark.requirement("S3-58")
    def test_it_comes_first_for_a_reason_from_our_list_and_loudness_is_none(self, case, owner):
        first = Assessment(ahead=Ahead.VULNERABLE)
        assert assess_case(case, assessment=first, by=owner, at=NOW).priority_reason == "vulnerable"
        assert "loud" not in {reason.value for reason in Ahead}
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(priority_reason="loud")
        in_turn = assess_case(again(case), assessment=Assessment(), by=owner, at=NOW)
        assert in_turn.priority_reason == ""


class TestWish:
    @pytest.mark.requirement("S3-35")
    def test_what_they_ask_for_stands_in_their_words_and_by_our_list(self, case, owner):
        kinds = [RemedyKind.APOLOGY, RemedyKind.REFUND_PART]
        note_wish(case, wish="My money, and a word.", kinds=kinds[::-1], by=owner, at=NOW)
        assert again(case).requested_remedy == "My money, and a word."
        assert again(case).requested == ["apology", "refund-part"]

    def test_who_would_not_say_asks_for_nothing_on_our_list(self, case, owner):
        note_wish(case, wish="Money", kinds=[RemedyKind.CREDIT], by=owner, at=NOW)
        kinds = [RemedyKind.CREDIT]
        note_wish(case, wish="", not_said=True, kinds=kinds, by=owner, at=NOW)
        assert again(case).requested == []


class TestPublication:
    def test_nobody_asked_is_not_yes(self, case):
        assert (case.publication_consent, case.publication_at) == ("", None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(publication_consent="given")

    def test_what_they_said_is_kept_with_how_and_when(self, case, owner):
        by = {"how": How.TELEPHONE, "by": owner, "at": NOW}
        told = answer_publication(case, said=Consent.GIVEN, **by)
        assert (told.publication_consent, told.publication_how) == ("given", "telephone")
        assert told.publication_at == NOW
        facts = {"case_id": case.pk, "consent": "given", "how": "telephone"}
        assert last_entry() == ("PublicationAnswered", owner.actor, facts)

    def test_a_yes_is_taken_back_by_the_customer_also_after_the_end(self, case, owner):
        answer_publication(case, said=Consent.GIVEN, how=How.DESK, by=owner, at=NOW)
        ended = make.withdrawn(case)
        back = {"said": Consent.DECLINED, "how": How.LINK, "by": case.person, "at": NOW + DAY}
        assert answer_publication(ended, **back).publication_consent == "withdrawn"

    def test_a_stranger_writes_down_nothing_of_it(self, case):
        stranger = make.staff("Simonas")
        with pytest.raises(NotYours):
            answer_publication(case, said=Consent.GIVEN, how=How.DESK, by=stranger, at=NOW)


class TestRelief:
    @pytest.mark.parametrize(
        ("given", "relief"),
        [
            ({"remedy": RemedyKind.REFUND_PART, "amount": Decimal(40)}, "monetary"),
            ({"remedy": RemedyKind.REPAIR}, "non-monetary"),
            ({"remedy": RemedyKind.EXPLANATION}, "explanation"),
            ({}, ""),
        ],
    )
    def test_what_was_given_and_kept_tells_it_at_the_end(self, case, owner, given, relief):
        assert closed(case, owner, **given).relief == relief

    def test_a_promise_not_kept_yet_gives_nothing(self, case, owner):
        hard.may_give_anything(Role.SENIOR)
        make.promise(case, make.offer(remedy=RemedyKind.REPAIR), accepted=True)
        assert relief_given(case) is None

    def test_a_decision_that_was_not_carried_out_yet_has_explained(self):
        case = hard.decided(make.staff("Ona")).decision.case
        assert relief_given(case) is Relief.EXPLANATION

    def test_a_colleague_says_what_was_not_told_and_opening_again_forgets_it(self, case, owner):
        with pytest.raises(NotClosedYet):
            note_relief(case, relief=Relief.NONE, by=owner, at=NOW)
        case = closed(case, owner)
        assert note_relief(case, relief=Relief.NON_MONETARY, by=owner, at=NOW).relief
        facts = {"case_id": case.pk, "relief": "non-monetary"}
        assert last_entry() == ("ReliefNoted", owner.actor, facts)
        opened = reopen_case(case, reason="Cold again.", by=owner, at=NOW + 3 * DAY)
        assert opened.relief == ""

    def test_a_stranger_says_nothing_of_it(self, case, owner):
        with pytest.raises(NotYours):
            note_relief(closed(case, owner), relief=Relief.NONE, by=make.staff("Jo"), at=NOW)

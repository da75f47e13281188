from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions.ownership import (
    HandoverOver,
    HandoverWaits,
    NobodyOwnsIt,
    NotOfferedToYou,
    SummaryNeeded,
    TakenAlready,
    ToTheSamePerson,
    WhyNotNeeded,
    accept_handover,
    assign_case,
    decline_handover,
    offer_handover,
    take_case,
    withdraw_handover,
)
from amends.cases.actions.within import Barred, CannotLookAfterIt, CaseHasEnded, NotYours
from amends.cases.models.case import PartyOfCase
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import Next, Part
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
SUMMARY = "She waits for an engineer; she has to leave at 16:30."


@pytest.fixture
def giver():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def taker():
    return make.staff("Jonas Kairys")


@pytest.fixture
def case(giver):
    return make.case(owner=giver)


def bar(case, colleague):
    PartyOfCase.objects.create(
        case=case, part=Part.COMPLAINED_ABOUT, staff=colleague, since=make.NOW
    )


def last_entry():
    entry = Entry.objects.latest("pk")
    return entry.kind, entry.by, entry.facts


def offered(case, taker, **facts):
    said = {"summary": SUMMARY, "by": case.owner, **facts}
    return offer_handover(case, to=taker, at=make.NOW, **said)


class TestTakeCase:
    def test_makes_who_takes_it_its_owner(self, taker):
        case = take_case(make.case(), by=taker, at=make.NOW)
        assert (case.owner, case.owned_since) == (taker, make.NOW)
        assert last_entry() == (
            "CaseTaken",
            taker.actor,
            {"case_id": case.pk, "owner_id": taker.pk},
        )

    def test_taking_one_s_own_case_again_changes_nothing(self, case, giver):
        before = Entry.objects.count()
        assert take_case(case, by=giver, at=make.NOW).owned_since == case.owned_since
        assert Entry.objects.count() == before

    def test_what_somebody_has_is_not_taken(self, case, taker):
        make.team(members=(taker,))
        with pytest.raises(TakenAlready, match="Inga Ramanauskaitė has taken"):
            take_case(case, by=taker, at=make.NOW)

    def test_a_case_of_another_team_s_colleague_is_not_touched(self, case, taker):
        with pytest.raises(NotYours):
            take_case(case, by=taker, at=make.NOW)

    def test_nobody_takes_a_case_about_themselves(self, taker):
        case = make.case()
        bar(case, taker)
        with pytest.raises(Barred):
            take_case(case, by=taker, at=make.NOW)

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR, Role.ADMINISTRATOR])
    def test_a_role_that_does_not_work_on_cases_takes_none(self, role):
        with pytest.raises(NotAllowed):
            take_case(make.case(), by=make.staff(role=role), at=make.NOW)


class TestAssignCase:
    def test_makes_a_colleague_the_owner_with_what_is_owed(self, case, giver, taker):
        promise = make.promise(case)
        senior = make.staff(role=Role.SENIOR)
        found = assign_case(case, to=taker, by=senior, at=make.NOW)
        promise.refresh_from_db()
        assert (found.owner, promise.owner) == (taker, taker)
        assert last_entry() == (
            "CaseAssigned",
            senior.actor,
            {"case_id": case.pk, "owner_id": taker.pk, "from_id": giver.pk},
        )

    def test_a_case_that_nobody_took_is_assigned_too(self, taker):
        found = assign_case(make.case(), to=taker, by=make.staff(role=Role.SENIOR), at=make.NOW)
        assert found.owner == taker
        assert last_entry()[2]["from_id"] is None

    def test_a_handover_that_waited_is_over(self, case, taker):
        handover = offered(case, taker)
        assign_case(case, to=make.staff(), by=make.staff(role=Role.SENIOR), at=make.NOW)
        handover.refresh_from_db()
        assert handover.withdrawn_at == make.NOW

    def test_an_agent_assigns_nothing(self, case, giver, taker):
        with pytest.raises(NotAllowed):
            assign_case(case, to=taker, by=giver, at=make.NOW)

    def test_who_has_it_already_is_not_assigned_it(self, case, giver):
        with pytest.raises(ToTheSamePerson):
            assign_case(case, to=giver, by=make.staff(role=Role.SENIOR), at=make.NOW)

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR])
    def test_who_does_not_work_on_cases_is_given_none(self, case, role):
        with pytest.raises(CannotLookAfterIt):
            assign_case(
                case, to=make.staff(role=role), by=make.staff(role=Role.SENIOR), at=make.NOW
            )

    def test_who_it_is_about_is_not_given_it(self, case, taker):
        bar(case, taker)
        with pytest.raises(CannotLookAfterIt, match="Jonas Kairys"):
            assign_case(case, to=taker, by=make.staff(role=Role.SENIOR), at=make.NOW)


class TestHandover:
    @pytest.mark.requirement("S0-04", "S4-11")
    def test_the_giver_keeps_the_case_until_it_is_accepted(self, case, giver, taker):
        promise = make.promise(case)
        handover = offered(case, taker, emotion_note="Tired, not angry.")
        case.refresh_from_db()
        assert case.owner == giver
        assert (case.next_due, case.next_due_at) == (
            Next.ACCEPT_HANDOVER,
            make.NOW + timedelta(hours=4),
        )
        assert (handover.summary, handover.emotion_note) == (SUMMARY, "Tired, not angry.")
        assert handover.open_promises == [
            {
                "promise_id": promise.pk,
                "what": promise.what,
                "due_at": promise.due_at.isoformat(),
            }
        ]
        accepted = accept_handover(handover, by=taker, at=make.NOW + timedelta(hours=1))
        promise.refresh_from_db()
        assert (accepted.owner, promise.owner) == (taker, taker)
        assert accepted.next_due == Next.KEEP

    def test_each_step_is_one_entry(self, case, giver, taker):
        handover = offered(case, taker)
        facts = {"case_id": case.pk, "handover_id": handover.pk}
        assert last_entry() == ("HandoverOffered", giver.actor, {**facts, "taker_id": taker.pk})
        decline_handover(handover, reason="I am away tomorrow.", by=taker, at=make.NOW)
        assert last_entry() == ("HandoverDeclined", taker.actor, facts)
        again = offered(case, taker)
        withdraw_handover(again, by=giver, at=make.NOW)
        assert last_entry()[:2] == ("HandoverWithdrawn", giver.actor)
        third = offered(case, taker)
        accept_handover(third, by=taker, at=make.NOW)
        assert last_entry()[0] == "HandoverAccepted"
        assert last_entry()[2]["owner_id"] == taker.pk

    def test_a_decline_says_why_and_leaves_the_case(self, case, giver, taker):
        handover = offered(case, taker)
        found = decline_handover(handover, reason=" I am away. ", by=taker, at=make.NOW)
        handover.refresh_from_db()
        assert (found.owner, handover.declined_reason) == (giver, "I am away.")
        assert found.next_due == Next.ANSWER
        with pytest.raises(WhyNotNeeded):
            decline_handover(offered(case, taker), reason="  ", by=taker, at=make.NOW)

    def test_a_promise_that_another_keeps_stays_with_them(self, case, giver, taker):
        third = make.staff()
        make.promise(case, make.offer(owner=third), by=giver)
        accept_handover(offered(case, taker), by=taker, at=make.NOW)
        assert Promise.objects.get(case=case).owner == third

    @pytest.mark.parametrize("summary", ["", "  "])
    def test_nothing_is_handed_over_without_a_word(self, case, taker, summary):
        with pytest.raises(SummaryNeeded):
            offered(case, taker, summary=summary)

    def test_one_handover_at_a_time(self, case, taker):
        offered(case, taker)
        with pytest.raises(HandoverWaits, match="Jonas Kairys"):
            offered(case, make.staff())
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.create(
                case=case,
                giver=case.owner,
                taker=taker,
                summary="x",
                offered_at=make.NOW,
                due_at=make.NOW,
            )

    def test_it_goes_to_somebody_else_who_can(self, case, giver):
        with pytest.raises(ToTheSamePerson):
            offered(case, giver)
        with pytest.raises(CannotLookAfterIt):
            offered(case, make.staff(role=Role.EMPLOYEE))

    def test_what_nobody_took_is_not_handed_over(self, giver, taker):
        with pytest.raises(NobodyOwnsIt):
            offered(make.case(), taker, by=giver)

    def test_only_the_owner_or_a_senior_hands_over(self, case, taker):
        mate = make.staff()
        make.team(members=(mate,))
        with pytest.raises(NotYours):
            offered(case, taker, by=mate)
        handover = offered(case, taker, by=make.staff(role=Role.SENIOR))
        assert handover.giver == case.owner

    def test_only_who_was_asked_answers(self, case, taker, giver):
        handover = offered(case, taker)
        with pytest.raises(NotOfferedToYou, match="Jonas Kairys"):
            accept_handover(handover, by=giver, at=make.NOW)
        with pytest.raises(NotOfferedToYou):
            decline_handover(handover, reason="no", by=giver, at=make.NOW)

    def test_only_the_giver_or_a_senior_takes_it_back(self, case, taker, giver):
        handover = offered(case, taker)
        with pytest.raises(NotYours):
            withdraw_handover(handover, by=taker, at=make.NOW)
        withdraw_handover(handover, by=make.staff(role=Role.SENIOR), at=make.NOW)
        handover = offered(case, taker)
        senior = make.staff(role=Role.SENIOR)
        bar(case, senior)
        with pytest.raises(NotYours):
            withdraw_handover(handover, by=senior, at=make.NOW)

    @pytest.mark.parametrize("answer", ["accept", "decline", "withdraw"])
    def test_what_is_over_is_over(self, case, taker, giver, answer):
        handover = offered(case, taker)
        withdraw_handover(handover, by=giver, at=make.NOW)
        with pytest.raises(HandoverOver):
            if answer == "accept":
                accept_handover(handover, by=taker, at=make.NOW)
            elif answer == "decline":
                decline_handover(handover, reason="no", by=taker, at=make.NOW)
            else:
                withdraw_handover(handover, by=giver, at=make.NOW)

    def test_who_it_turned_out_to_be_about_does_not_get_it(self, case, taker):
        handover = offered(case, taker)
        bar(case, taker)
        with pytest.raises(CannotLookAfterIt):
            accept_handover(handover, by=taker, at=make.NOW)

    def test_an_ended_case_is_not_handed_over(self, case, taker):
        handover = offered(case, taker)
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            accept_handover(handover, by=taker, at=make.NOW)

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR])
    def test_a_role_that_does_not_work_on_cases_answers_none(self, case, taker, role):
        handover, stranger = offered(case, taker), make.staff(role=role)
        with pytest.raises(NotAllowed):
            accept_handover(handover, by=stranger, at=make.NOW)
        with pytest.raises(NotAllowed):
            decline_handover(handover, reason="no", by=stranger, at=make.NOW)
        with pytest.raises(NotAllowed):
            withdraw_handover(handover, by=stranger, at=make.NOW)

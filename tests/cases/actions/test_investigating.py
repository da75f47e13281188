from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.base.due import kinds
from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.investigating import (
    AssessFirst,
    Awaited,
    AwaitedInThePast,
    NoRhythm,
    NothingAwaited,
    NotWaiting,
    Plan,
    PlanIncomplete,
    end_wait,
    end_wait_in_time,
    plan_investigation,
    wait_for,
)
from amends.cases.actions.letters import Reply
from amends.cases.actions.promises import accept_promise
from amends.cases.actions.within import CaseHasEnded, NotTheOrder, NotYours
from amends.cases.models.case import Case
from amends.cases.models.turns import InvestigationPlan, Wait
from amends.cases.queries.facts import due_facts
from amends.cases.queries.overdue import waits_to_end
from amends.cases.rules.kinds import How, Next
from amends.cases.rules.lifecycle import AWAITING, State
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PLAN = Plan(
    questions="Why the boiler stops on Saturdays.",
    sources="The log of the pump.",
    persons="Mr Kairys, who was there.",
    update_every_days=5,
)
PHOTO = Awaited(
    state=State.WAITING_CUSTOMER,
    what="A picture of the display",
    whom="Ms Petrauskienė",
    until=make.NOW + 3 * DAY,
)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    case = make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)
    return assess_case(case, assessment=Assessment(severity=3), by=owner, at=make.NOW)


@pytest.fixture
def looked_into(case, owner):
    return plan_investigation(case, plan=PLAN, by=owner, at=make.NOW)


class TestPlanInvestigation:
    def test_looks_into_a_case_by_a_plan(self, case, owner):
        case = plan_investigation(case, plan=PLAN, by=owner, at=make.NOW)
        plan = InvestigationPlan.objects.get()
        assert (plan.questions, plan.persons) == (PLAN.questions, PLAN.persons)
        assert case.state == State.INVESTIGATING
        assert last_entry() == (
            "InvestigationPlanned",
            owner.actor,
            {"case_id": case.pk, "state": "investigating"},
        )

    def test_a_better_plan_takes_the_place_of_the_first(self, looked_into, owner):
        better = Plan(questions="All of it.", sources="All.", persons="All.", update_every_days=2)
        case = plan_investigation(looked_into, plan=better, by=owner, at=make.NOW + DAY)
        assert InvestigationPlan.objects.get().questions == "All of it."
        assert (case.update_every_days, case.state_since) == (2, make.NOW)

    @pytest.mark.parametrize("name", ["questions", "sources", "persons"])
    def test_a_plan_says_what_where_and_whom(self, case, owner, name):
        said = {field: getattr(PLAN, field) for field in PLAN.__dataclass_fields__} | {name: " "}
        with pytest.raises(PlanIncomplete):
            plan_investigation(case, plan=Plan(**said), by=owner, at=make.NOW)

    @pytest.mark.parametrize("days", [0, 29])
    def test_a_plan_has_a_rhythm(self, case, owner, days):
        plan = Plan(questions="A", sources="B", persons="C", update_every_days=days)
        with pytest.raises(NoRhythm):
            plan_investigation(case, plan=plan, by=owner, at=make.NOW)

    def test_what_nobody_assessed_is_not_looked_into(self, owner):
        with pytest.raises(AssessFirst):
            plan_investigation(make.case(owner=owner), plan=PLAN, by=owner, at=make.NOW)

    def test_only_who_works_on_it_plans(self, case):
        with pytest.raises(NotYours):
            plan_investigation(case, plan=PLAN, by=make.staff(), at=make.NOW)
        with pytest.raises(NotAllowed):
            auditor = make.staff(role=Role.AUDITOR)
            plan_investigation(case, plan=PLAN, by=auditor, at=make.NOW)

    def test_a_case_that_is_being_done_is_looked_into_again(self, case, owner):
        promise = make.promise(case)
        accept_promise(promise, how=How.TELEPHONE, by=owner, at=make.NOW)
        assert again(case).state == State.FULFILLING
        case = plan_investigation(case, plan=PLAN, by=owner, at=make.NOW)
        assert case.state == State.INVESTIGATING

    def test_the_customer_hears_of_it_in_the_rhythm(self, looked_into, owner):
        Case.objects.filter(pk=looked_into.pk).update(state_since=make.NOW + 30 * DAY)
        assert due_facts(again(looked_into)).told_at == make.NOW
        later = make.NOW + 4 * DAY
        reply_by_mail(looked_into, reply=Reply(text="We look."), by=owner, at=later)
        assert due_facts(again(looked_into)).told_at == later
        case = again(looked_into)
        assert (case.next_due, case.next_due_at) == (Next.TELL_THEM, later + 5 * DAY)

    def test_the_database_knows_no_plan_without_a_rhythm(self, looked_into):
        with pytest.raises(IntegrityError, match="case_planned_with_a_rhythm"):
            Case.objects.filter(pk=looked_into.pk).update(update_every_days=None)


class TestWaitFor:
    @pytest.mark.parametrize("state", sorted(AWAITING))
    def test_puts_a_case_aside_until_a_moment(self, looked_into, owner, state):
        awaited = Awaited(state=state, what="An answer", whom="Them", until=PHOTO.until)
        wait = wait_for(looked_into, awaited=awaited, by=owner, at=make.NOW)
        case = again(looked_into)
        assert (case.state, case.state_until) == (state, PHOTO.until)
        assert (case.next_due, case.next_due_at) == (Next.AWAITED, PHOTO.until)
        assert last_entry()[2]["wait_id"] == wait.pk

    def test_what_is_promised_goes_on_meanwhile(self, looked_into, owner):
        make.promise(looked_into)
        wait_for(looked_into, awaited=PHOTO, by=owner, at=make.NOW)
        assert again(looked_into).next_due == Next.KEEP

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"what": " "}, NothingAwaited),
            ({"whom": ""}, NothingAwaited),
            ({"state": State.FOLLOW_UP}, NothingAwaited),
            ({"until": make.NOW}, AwaitedInThePast),
        ],
    )
    def test_says_what_from_whom_and_until_when(self, looked_into, owner, changed, refusal):
        said = {"state": PHOTO.state, "what": "A", "whom": "B", "until": PHOTO.until, **changed}
        with pytest.raises(refusal):
            wait_for(looked_into, awaited=Awaited(**said), by=owner, at=make.NOW)

    def test_only_what_is_looked_into_waits(self, case, owner):
        with pytest.raises(NotTheOrder):
            wait_for(case, awaited=PHOTO, by=owner, at=make.NOW)

    def test_an_ended_case_waits_for_nobody(self, case, owner):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            wait_for(case, awaited=PHOTO, by=owner, at=make.NOW)

    def test_the_database_lets_nothing_wait_for_ever(self, looked_into):
        with pytest.raises(IntegrityError, match="case_waits_until_a_moment"):
            Case.objects.filter(pk=looked_into.pk).update(state=State.WAITING_INSIDE)


class TestAWaitEnds:
    @pytest.fixture
    def waiting(self, looked_into, owner):
        wait_for(looked_into, awaited=PHOTO, by=owner, at=make.NOW)
        return again(looked_into)

    @pytest.mark.parametrize("came", [True, False])
    def test_when_somebody_says_so(self, waiting, owner, came):
        case = end_wait(waiting, came=came, by=owner, at=make.NOW + DAY)
        assert (case.state, case.state_until) == (State.INVESTIGATING, None)
        with pytest.raises(NotWaiting):
            end_wait(case, came=True, by=owner, at=make.NOW + DAY)
        assert Wait.objects.get().came is came

    def test_by_the_clock(self, waiting):
        assert list(waits_to_end(PHOTO.until - DAY)) == []
        assert not end_wait_in_time(waiting, at=PHOTO.until - DAY)
        assert list(waits_to_end(PHOTO.until)) == [waiting]
        assert end_wait_in_time(waiting, at=PHOTO.until)
        assert (again(waiting).state, Wait.objects.get().came) == (State.INVESTIGATING, False)
        assert last_entry()[1] == "clock"
        assert not end_wait_in_time(waiting, at=PHOTO.until)

    def test_the_sweeper_looks_after_it(self, waiting):
        (wait,) = [due for due in kinds() if due.name == "cases.wait_ends"]
        wait.act(waiting, at=PHOTO.until)
        assert list(wait.rows(PHOTO.until)) == []

    def test_when_the_customer_writes(self, waiting):
        add_words(waiting, words="Here it is.", by=waiting.person, at=make.NOW + DAY)
        case = again(waiting)
        assert (case.state, Wait.objects.get().came) == (State.INVESTIGATING, True)

    def test_not_when_the_customer_writes_while_we_wait_for_somebody_else(self, waiting, owner):
        end_wait(waiting, came=True, by=owner, at=make.NOW)
        awaited = Awaited(
            state=State.WAITING_INSIDE, what="The log", whom="The plant", until=PHOTO.until
        )
        wait_for(waiting, awaited=awaited, by=owner, at=make.NOW)
        add_words(waiting, words="And?", by=waiting.person, at=make.NOW + DAY)
        assert again(waiting).state == State.WAITING_INSIDE

    def test_with_the_case(self, waiting):
        make.withdrawn(waiting)
        wait = Wait.objects.get()
        assert (wait.ended_at, wait.came) == (make.NOW, None)

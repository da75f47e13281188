from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.models.case import CaseLink, Issue, PartyOfCase
from amends.cases.models.causes import Cause
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.protection import Hold, IdentityCheck
from amends.cases.queries import care as queries
from amends.cases.queries.reading import case_for
from amends.cases.rules.clocks import Clock
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.disclosure import Matter
from amends.cases.rules.due import Moment
from amends.cases.rules.kinds import CheckLevel, How, Next, Part, Verdict
from amends.cases.rules.steps import Missing, Step
from amends.contacts.rules.kinds import Effect
from amends.people.models import Person
from amends.staff.rules.authority import Limit, RemedyKind
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
TOMORROW = make.NOW + timedelta(days=1)


def care_of(case, staff):
    return queries.care_of(case, staff=staff)


def case_of(**facts):
    return make.case(**facts)


def step_of(care, step: Step):
    return next(report for report in care.steps if report.step is step)


def test_a_case_just_received_says_what_is_next_and_what_is_missing():
    case = case_of()
    care = care_of(case, staff=case.team.duty_owner)
    assert care.next == Moment(Next.ANSWER, case.next_due_at)
    assert step_of(care, Step.LISTENED).is_done
    assert step_of(care, Step.AGREED).missing == (Missing.NOTHING_PROMISED,)
    assert Obstacle.NOBODY_OWNS_IT in care.obstacles
    assert {reading.clock for reading in care.clocks} == {Clock.ANSWER, Clock.AGREE}


def test_a_promise_said_yes_to_fills_its_step_and_drives_a_clock():
    promise = make.promise(accepted=True)
    care = care_of(promise.case, staff=promise.owner)
    assert care.promises == (promise,)
    assert step_of(care, Step.AGREED).is_done
    assert [r.due_at for r in care.clocks if r.clock is Clock.PROMISED] == [TOMORROW]


def test_what_was_put_right_on_the_spot_lacks_only_thanks_and_cause():
    care = care_of(make.done(), staff=make.staff())
    assert care.obstacles == (Obstacle.NOT_THANKED, Obstacle.CAUSE_NOT_COUNTED)
    assert step_of(care, Step.CHECKED).is_done


def test_the_customer_comes_with_the_last_contact_first():
    person = make.person(email="ruta@example.com", telephone="+370 612 34567")
    case = make.case(make.contact(person=person))
    make.contact(
        "Then I shall tell everybody.",
        person=person,
        ended_at=make.NOW + timedelta(hours=1),
        effect=Effect.BAD,
    )
    customer = care_of(case, staff=make.staff()).customer
    assert (customer.last.effect, customer.last.gist) == ("bad", "Then I shall tell everybody.")
    assert [point.kind for point in customer.points] == ["email", "telephone"]


def test_a_case_without_a_customer_says_so():
    case = make.case(make.contact())
    care = care_of(case, staff=make.staff())
    assert (care.customer.last, care.customer.points) == (None, ())
    assert Missing.NO_CUSTOMER in step_of(care, Step.DETAILS).missing
    assert care.obstacles[0] is Obstacle.CUSTOMER_UNKNOWN


def test_what_may_be_said_follows_the_last_check():
    case, by = case_of(), make.staff()
    for level, hours in ((CheckLevel.DOCUMENT, 1), (CheckLevel.SAID, 2)):
        IdentityCheck.objects.create(
            case=case,
            person=case.person,
            level=level,
            method="asked",
            at=make.NOW + timedelta(hours=hours),
            by=by,
        )
    care = care_of(case, staff=by)
    assert care.level is CheckLevel.SAID
    assert care.may_be_said == (Matter.HOW_WE_WORK, Matter.WE_HAVE_IT)


def test_nobody_checked_means_nothing_is_told():
    case = case_of()
    care = care_of(case, staff=make.staff())
    assert (care.level, care.may_be_said) == (None, (Matter.HOW_WE_WORK,))


def test_the_reader_s_own_authority_stands_beside():
    make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
    care = care_of(case_of(), staff=make.staff())
    assert care.limits == {RemedyKind.REFUND_PART: Limit(Decimal(60))}


def test_all_that_hangs_on_a_case_comes_along():
    case, by, other = case_of(), make.staff("Giver"), make.staff("Taker")
    moment = make.NOW
    Handover.objects.create(
        case=case, giver=by, taker=other, summary="s", offered_at=moment, due_at=TOMORROW
    )
    Hold.objects.create(
        case=case, what="Dunning", until=TOMORROW, told_whom="Bills", set_at=moment, set_by=by
    )
    PartyOfCase.objects.create(case=case, part=Part.WITNESS, person=case.person, since=moment)
    HelpRequest.objects.create(case=case, asked_by=by, asked_of=other, text="?", asked_at=moment)
    Issue.objects.create(case=case, statement="Cold", topic="heating")
    Cause.objects.create(
        case=case,
        pillar="system",
        mechanism="delay",
        prevention_due_on=moment.date(),
        counted_by=by,
        counted_at=moment,
    )
    CaseLink.objects.create(case=case, other=case_of(), why="same house", at=moment)
    file = care_of(case, staff=by).file
    assert (file.handover.giver, file.handover.taker) == ("Giver", "Taker")
    assert [(hold.what, hold.until) for hold in file.holds] == [("Dunning", TOMORROW)]
    assert [(party.part, party.person) for party in file.parties] == [("witness", case.person.name)]
    assert [call.asked_of for call in file.help_requests] == ["Taker"]
    assert [issue.topic for issue in file.issues] == ["", "heating"]
    assert (file.cause.pillar, file.cause.prevention_due_on) == ("system", moment.date())
    assert [link.why for link in file.links] == ["same house"]


def test_a_no_is_seen_in_the_steps():
    follow_up = make.kept(case_of())
    customer = Person.objects.get()
    answer = Answer(verdict=Verdict.NO, how=How.LINK, words="It is cold again.")
    answer_put_right(follow_up, answer=answer, by=customer, at=TOMORROW)
    follow_up.case.refresh_from_db()
    care = care_of(follow_up.case, staff=make.staff())
    assert step_of(care, Step.CHECKED).missing == (Missing.NOT_PUT_RIGHT,)
    assert care.next == Moment(Next.CALL_BACK_AT_ONCE, TOMORROW)


def test_an_ended_case_has_nothing_next():
    case = case_of()
    case.next_due_at = None
    assert care_of(case, staff=make.staff()).next is None


def test_it_takes_four_statements_however_much_there_is(django_assert_num_queries):
    promise = make.promise()
    make.promise(promise.case)
    case = case_for(promise.owner, promise.case.reference)
    with django_assert_num_queries(4):
        queries.care_of(case, staff=promise.owner)

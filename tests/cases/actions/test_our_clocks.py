"""The clocks of our standards, as acts on a case keep them."""

from datetime import UTC, datetime

import pytest

from amends.cases.actions.assessment import Assessment, assess_case, change_kind
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.investigating import end_wait
from amends.cases.actions.merging import merge_case, undo_merge
from amends.cases.actions.opening import add_contact
from amends.cases.models.clocks import CaseClock
from amends.cases.queries.clocks import clocks_told
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import CaseKind, How, Next
from amends.cases.rules.lifecycle import State
from amends.contacts.rules.kinds import Channel, Source
from amends.jobs.sweeper import sweep
from amends.standards.actions import (
    set_working_hours,
)
from amends.standards.rules.clock import Said
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import Hours, read_openings
from amends.standards.rules.targets import Measure
from tests import make
from tests.cases.clocked import (
    DAY,
    HOUR,
    a_manager,
    an_agent_beside,
    answers,
    clock,
    investigated,
    next_of,
    standard,
    waits,
    written,
)

pytestmark = pytest.mark.django_db
WEEKDAYS = Hours("Europe/Vilnius", "", "", (*[read_openings("9-17")] * 5, (), ()))


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def milda(manager):
    return an_agent_beside(manager)


class TestOurStandards:
    def test_order_the_lists_and_say_that_it_is_a_standard(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 2 * HOUR)
        case = written(milda)
        assert next_of(case) == (Next.OUR_FIRST_ANSWER, make.NOW + 2 * HOUR)
        answers(case, milda, make.NOW + HOUR)
        assert clock(case, "first-answer").met_at == make.NOW + HOUR
        assert next_of(case)[0] == Next.AGREE

    def test_count_in_working_time_and_around_the_clock(self, manager, milda):
        set_working_hours(WEEKDAYS, team=None, by=manager, at=make.NOW - DAY)
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        standard(manager, Measure.RESOLUTION, 4 * HOUR, around_the_clock=True)
        case = written(milda)  # Friday 17:00 in Vilnius, as we close
        assert clock(case, "first-answer").due_at == datetime(2026, 3, 30, 10, tzinfo=UTC)
        assert clock(case, "resolution").due_at == make.NOW + 4 * HOUR

    def test_what_passed_before_the_hours_changed_stays_as_it_was_counted(self, manager, milda):
        standard(manager, Measure.RESOLUTION, 10 * HOUR)
        case = written(milda)
        set_working_hours(WEEKDAYS, team=case.team, by=manager, at=make.NOW + 4 * HOUR)
        sweep(make.NOW + 4 * HOUR)
        assert clock(case, "resolution").due_at == datetime(2026, 3, 30, 12, tzinfo=UTC)

    def test_a_case_keeps_the_version_that_held_when_it_came(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 2 * HOUR)
        case = written(milda)
        standard(manager, Measure.FIRST_ANSWER, 9 * HOUR, at=make.NOW + HOUR)
        add_words(case, words="Please.", by=holder_of(case), at=make.NOW + HOUR)
        assert clock(case, "first-answer").due_at == make.NOW + 2 * HOUR

    def test_are_those_of_the_severity_from_when_it_is_known(self, manager, milda):
        standard(manager, Measure.RESOLUTION, 40 * HOUR)
        standard(manager, Measure.RESOLUTION, 8 * HOUR, key="grave", severities=(4, 5))
        case = written(milda)
        assert clock(case, "resolution").due_at == make.NOW + 40 * HOUR
        assessment = Assessment(severity=4)
        assess_case(case, assessment=assessment, by=milda, at=make.NOW + 3 * HOUR)
        found = clock(case, "resolution")
        assert (found.due_at, found.standard.key) == (make.NOW + 8 * HOUR, "grave")

    def test_are_those_of_the_kind(self, manager, milda):
        standard(manager, Measure.RESOLUTION, 40 * HOUR, kinds=("enquiry",))
        case = written(milda)
        assert not case.clocks.exists()
        change_kind(
            case, kind=CaseKind.ENQUIRY, reason="They only ask.", by=milda, at=make.NOW + HOUR,
            agreed_how=How.TELEPHONE,
        )  # fmt: skip
        assert clock(case, "resolution").due_at == make.NOW + 40 * HOUR

    def test_stand_still_while_we_wait_where_the_standard_says_so(self, manager, milda):
        pauses = (WaitingFor.CUSTOMER,)
        standard(manager, Measure.RESOLUTION, 10 * HOUR, pauses_on=pauses)
        case = investigated(written(milda), milda)
        until = make.NOW + 50 * HOUR
        waits(case, milda, State.WAITING_CUSTOMER, until)
        found = clock(case, "resolution")
        assert (found.paused, found.due_at) == (True, make.NOW + 58 * HOUR)
        end_wait(case, came=True, by=milda, at=make.NOW + 4 * HOUR)
        found.refresh_from_db()
        assert (found.paused, found.due_at) == (False, make.NOW + 12 * HOUR)

    def test_an_answer_to_each_word_of_the_customer_is_a_clock_of_its_own(self, manager, milda):
        standard(manager, Measure.NEXT_ANSWER, 2 * HOUR)
        case = written(milda)
        answers(case, milda, make.NOW + HOUR)
        for number, hours in enumerate((2, 10)):
            at = make.NOW + hours * HOUR
            add_words(case, words="And now?", by=holder_of(case), at=at)
            assert clock(case, "next-answer", number).due_at == at + 2 * HOUR
            assert next_of(case) == (Next.OUR_NEXT_ANSWER, at + 2 * HOUR)
            answers(case, milda, at + HOUR)
        assert clock(case, "next-answer", 0).met_at == make.NOW + 3 * HOUR

    def test_a_merged_case_counts_from_the_earlier_receipt(self, manager, milda):
        standard(manager, Measure.RESOLUTION, 10 * HOUR)
        person = make.person(email="ruta@post.example")
        first, second = written(milda, person=person), None
        told = make.contact(
            person=person, channel=Channel.EMAIL, source=Source.WRITTEN,
            started_at=make.NOW + 2 * HOUR, ended_at=make.NOW + 2 * HOUR,
        )  # fmt: skip
        second = make.case(told, owner=milda)
        merge_case(first, into=second, reason="One story.", by=milda, at=make.NOW + 3 * HOUR)
        assert clock(second, "resolution").due_at == make.NOW + 10 * HOUR
        assert clock(first, "resolution").ended_at == make.NOW + 3 * HOUR
        undo_merge(first, by=milda, at=make.NOW + 4 * HOUR)
        assert clock(second, "resolution").due_at == make.NOW + 12 * HOUR
        assert clock(first, "resolution").due_at == make.NOW + 11 * HOUR

    @pytest.mark.requirement("S3-83")
    def test_silence_is_due_by_the_agreed_rhythm_whatever_the_state(self, milda):
        case = investigated(written(milda), milda, every=3)
        silence = CaseClock.objects.get(case=case, what="update")
        assert silence.due_at == make.NOW + HOUR + 3 * DAY
        waits(case, milda, State.WAITING_THIRD_PARTY, make.NOW + 30 * DAY)
        assert next_of(case) == (Next.TELL_THEM, make.NOW + HOUR + 3 * DAY)
        answers(case, milda, make.NOW + 2 * DAY)
        assert next_of(case) == (Next.TELL_THEM, make.NOW + 5 * DAY)
        make.promise(case, make.offer(due_at=make.NOW + 20 * DAY), by=milda, accepted=True)
        assert next_of(case)[0] == Next.TELL_THEM


def test_an_automatic_mail_is_no_word_of_anybody(manager, milda):
    standard(manager, Measure.NEXT_ANSWER, 2 * HOUR)
    case = written(milda)
    answers(case, milda, make.NOW + HOUR)
    away = make.contact(
        person=case.person, channel=Channel.EMAIL, source=Source.WRITTEN, automatic=True,
        started_at=make.NOW + 2 * HOUR, ended_at=make.NOW + 2 * HOUR,
    )  # fmt: skip
    add_contact(case, contact=away, by=milda, at=make.NOW + 2 * HOUR)
    assert not case.clocks.filter(what="next-answer").exists()


def test_the_lines_of_a_clock_say_why_it_is_due_then(manager, milda):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
    told = clocks_told(written(milda), at=make.NOW + HOUR).ours
    (line, ran) = told.clocks[Measure.FIRST_ANSWER].lines
    assert (line.what, ran.what, ran.span) == (Said.STARTED, Said.RAN, HOUR)


def test_a_rhythm_that_was_agreed_is_a_mark(milda):
    case = investigated(written(milda), milda)
    assert str(case.clock_marks.get(what="rhythm-agreed")) == f"{case.pk} rhythm-agreed"

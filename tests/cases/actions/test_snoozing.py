from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.help import answer_help, ask_for_help
from amends.cases.actions.recounting import count_due_anew
from amends.cases.actions.snoozing import (
    NothingToSnoozeUntil,
    NotSnoozed,
    SnoozedIntoThePast,
    SnoozedPastDue,
    SnoozeWithoutReason,
    snooze_case,
    wake_case,
    wake_in_time,
)
from amends.cases.actions.within import Barred, CaseHasEnded, NotYours
from amends.cases.models.case import Case
from amends.cases.queries.day import my_day_for
from amends.cases.queries.inbox import counts_for, inbox_for
from amends.cases.queries.snoozing import cases_to_wake, snooze_of
from amends.cases.rules.lists import Which
from amends.jobs.sweeper import sweep
from amends.staff.rules.permissions import Role
from amends.standards.actions import set_working_hours
from amends.standards.models import WorkingHours
from amends.standards.rules.hours import Hours, read_openings
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SOON = make.NOW + HOUR


@pytest.fixture
def case():
    return make.case(owner=make.staff(role=Role.SENIOR))


def snoozed(case, until=SOON, *, by=None, reason="The plumber looks at it."):
    made = snooze_case(case, until=until, reason=reason, by=by or case.owner, at=make.NOW)
    case.refresh_from_db()
    return made


class TestOutOfSight:
    def test_a_case_leaves_the_lists_but_its_own_and_that_of_all(self, case):
        snooze = snoozed(case)
        by = case.owner
        shown = {which: len(inbox_for(by, which=which).rows) for which in Which}
        assert (shown[Which.MINE], shown[Which.SNOOZED], shown[Which.ALL]) == (0, 1, 1)
        assert counts_for(by).mine == 0
        assert my_day_for(by, at=make.NOW).waits == ()
        assert snooze_of(case) == snooze
        assert last_entry()[0] == "CaseSnoozed"

    @pytest.mark.requirement("S4-10")
    def test_never_past_anything_that_is_due(self, case):
        with pytest.raises(SnoozedPastDue, match="Something is due") as refused:
            snoozed(case, case.next_due_at + HOUR)
        assert refused.value.facts["moment"]
        assert snoozed(case, case.next_due_at).until == case.next_due_at

    def test_the_database_holds_it_too(self, case):
        past = case.next_due_at + HOUR
        with pytest.raises(IntegrityError, match="case_snoozed_not_past_due"):
            Case.objects.filter(pk=case.pk).update(snoozed_until=past)

    def test_what_is_late_stays_in_sight(self, case):
        Case.objects.filter(pk=case.pk).update(next_due_at=make.NOW)
        with pytest.raises(NothingToSnoozeUntil):
            snoozed(case)

    def test_it_needs_a_moment_to_come_and_a_reason(self, case):
        with pytest.raises(SnoozedIntoThePast):
            snoozed(case, make.NOW)
        with pytest.raises(SnoozeWithoutReason):
            snoozed(case, reason=" ")

    def test_who_may_not_work_on_it_snoozes_it_not(self, case):
        about = make.staff()
        bar(case, about)
        with pytest.raises(NotYours):
            snoozed(case, by=make.staff())
        with pytest.raises(Barred):
            snoozed(case, by=about)
        with pytest.raises(CaseHasEnded):
            snoozed(make.withdrawn(case))


class TestBackInSight:
    def test_its_moment_brings_it_back_exactly_once(self, case):
        snoozed(case)
        assert not wake_in_time(case, at=make.NOW)
        assert list(cases_to_wake(SOON)) == [case]
        sweep(SOON)
        sweep(SOON)
        assert entries().count("CaseWoke") == 1
        assert inbox_for(case.owner, which=Which.MINE).rows
        assert snooze_of(again(case)) is None

    def test_the_customer_brings_it_back_at_once(self, case):
        snoozed(case)
        add_words(case, words="It is worse now.", by=case.person, at=make.NOW)
        assert again(case).snoozed_until is None

    def test_a_colleague_who_acts_brings_it_back_at_once(self, case):
        snoozed(case)
        make.promise(case, make.offer(due_at=make.NOW + 2 * HOUR))
        assert again(case).snoozed_until is None

    def test_so_does_a_note_and_an_answer_to_a_call_for_help(self, case):
        helper = make.staff(role=Role.SENIOR)
        call = ask_for_help(case, text="May I?", of=helper, by=case.owner, at=make.NOW)
        snoozed(case)
        add_note(case, text="He rang.", by=case.owner, at=make.NOW)
        assert again(case).snoozed_until is None
        snoozed(case)
        answer_help(call, answer="You may.", by=helper, at=make.NOW)
        assert again(case).snoozed_until is None

    def test_one_may_bring_it_back_oneself(self, case):
        snoozed(case)
        assert wake_case(case, by=case.owner, at=make.NOW).snoozed_until is None
        with pytest.raises(NotSnoozed):
            wake_case(case, by=case.owner, at=make.NOW)

    def test_new_opening_hours_shorten_it_and_do_not_end_it(self, case):
        snoozed(case)
        office = Hours("Europe/Vilnius", "", "", (read_openings("9-23"),) * 7)
        set_working_hours(office, team=None, by=make.staff(role=Role.MANAGER), at=make.NOW)
        count_due_anew(WorkingHours.objects.get(), at=make.NOW)
        assert again(case).snoozed_until == SOON

"""Who is warned before a clock is over, when and how."""

from datetime import date, timedelta

import pytest

from amends.cases.actions.clocks import (
    give_warning,
)
from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock, PlannedWarning
from amends.jobs.sweeper import sweep
from amends.journal.events import find
from amends.journal.models import Entry
from amends.notices.actions.telling import tell_of
from amends.notices.models import Notice
from amends.standards.actions import Notice as Warning_
from amends.standards.actions import (
    set_warning,
    ship_profiles,
    stop_warning,
)
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose
from tests import make
from tests.cases.clocked import (
    DAY,
    HOUR,
    a_manager,
    an_agent_beside,
    answers,
    end_of,
    standard,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def milda(manager):
    return an_agent_beside(manager)


@pytest.fixture
def law(milda):
    ship_profiles(at=make.NOW - DAY)


class TestWarnings:
    def warn(self, manager, about=Whose.STANDARD, before=HOUR, **facts):
        notice = Warning_(about=about, before=before, **facts)
        return set_warning(notice, by=manager, at=make.NOW - DAY)

    def given(self):
        entries = Entry.objects.filter(kind="ClockWarned").order_by("pk")
        return [(each.facts["told_id"], each.facts["due_at"]) for each in entries]

    def test_several_of_one_clock_each_to_whom_and_how(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        self.warn(manager, before=2 * HOUR)
        self.warn(manager, before=HOUR, to=Whom.DUTY_OWNER, how=How.EMAIL)
        self.warn(manager, before=30 * timedelta(minutes=1), to=Whom.COLLEAGUE, staff=manager)
        self.warn(manager, before=9 * HOUR)
        case = written(milda)
        due_at = (make.NOW + 4 * HOUR).isoformat()
        sweep(make.NOW + 2 * HOUR)
        assert self.given() == [(milda.pk, due_at)]
        sweep(make.NOW + 3 * HOUR)
        sweep(make.NOW + 3 * HOUR)
        sweep(make.NOW + 4 * HOUR - timedelta(minutes=30))
        duty = case.team.duty_owner
        assert self.given() == [(who.pk, due_at) for who in (milda, duty, manager)]

    def test_one_that_is_stopped_or_whose_clock_is_over_is_not_given(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        warning = self.warn(manager)
        case = written(milda)
        planned = PlannedWarning.objects.get()
        assert str(planned) == f"of clock {planned.clock_id}"
        answers(case, milda, make.NOW + HOUR)
        assert not PlannedWarning.objects.exists()
        stop_warning(warning, by=manager, at=make.NOW)
        assert not PlannedWarning.objects.filter(clock__case=written(milda)).exists()

    def test_after_days_off_nobody_is_warned_of_what_is_over(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        self.warn(manager)
        written(milda)
        sweep(make.NOW + 5 * DAY)
        assert self.given() == []
        assert Entry.objects.filter(kind="ClockRanOut").count() == 1

    def test_of_promises_and_the_day_the_customer_needs_it(self, manager, milda):
        self.warn(manager, about=Whose.PROMISE, how=How.EMAIL)
        self.warn(manager, about=Whose.CUSTOMER, before=2 * HOUR, how=How.EMAIL)
        case = written(milda)
        Case.objects.filter(pk=case.pk).update(need_by=make.NOW + DAY)
        promise = make.promise(case, accepted=True, by=milda)
        sweep(promise.due_at - HOUR)
        assert [who for who, _due_at in self.given()] == [promise.owner_id, milda.pk]

    def test_of_a_law(self, law, manager, milda):
        self.warn(manager, about=Whose.LAW, before=2 * DAY, how=How.EMAIL)
        written(milda)
        sweep(end_of(date(2026, 4, 10)) - 2 * DAY)
        assert self.given() == [(milda.pk, end_of(date(2026, 4, 10)).isoformat())]

    def test_one_given_already_for_an_end_is_not_given_again(self, manager, milda):
        standard(manager, Measure.RESOLUTION, 4 * HOUR)
        self.warn(manager)
        case = written(milda)
        sweep(make.NOW + 3 * HOUR)
        answers(case, milda, make.NOW + 3 * HOUR)
        sweep(make.NOW + 3 * HOUR)
        assert len(self.given()) == 1

    def test_whose_clock_ended_in_the_same_moment_says_nothing(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        self.warn(manager)
        written(milda)
        CaseClock.objects.update(ended_at=make.NOW, watch_at=None)
        planned = PlannedWarning.objects.select_related("clock", "warning").get()
        give_warning(planned, at=make.NOW + 3 * HOUR)
        assert self.given() == []


class TestWhoIsTold:
    def told(self):
        return [(each.to.name, each.reason, each.way) for each in Notice.objects.order_by("pk")]

    def tell(self, entry, at):
        kind, _react = find(entry.kind, "amends.notices.reactions.tell_colleagues")
        tell_of(kind(**entry.facts), by=entry.by, at=entry.at, now=at)

    @pytest.mark.parametrize(("how", "way"), [(How.PAGE, "page"), (How.EMAIL, "mail")])
    def test_of_a_warning_whom_it_names_in_the_way_it_says(self, manager, milda, how, way):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        notice = Warning_(about=Whose.STANDARD, before=HOUR, how=how)
        set_warning(notice, by=manager, at=make.NOW - DAY)
        written(milda)
        sweep(make.NOW + 3 * HOUR)
        self.tell(Entry.objects.get(kind="ClockWarned"), make.NOW + 3 * HOUR)
        assert self.told() == [(milda.name, "clock-soon", way)]

    def test_of_a_term_of_the_law_its_owner_and_the_duty_owner(self, law, manager, milda):
        case = written(milda)
        sweep(make.NOW + 20 * DAY)
        for entry in Entry.objects.filter(kind="ClockRanOut"):
            self.tell(entry, make.NOW + 20 * DAY)
        names = {milda.name, case.team.duty_owner.name}
        assert set(self.told()) == {(name, "term-over", "mail") for name in names}

    def test_of_a_standard_that_was_not_kept_nobody_it_stands_in_the_lists(self, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        written(milda)
        sweep(make.NOW + DAY)
        self.tell(Entry.objects.get(kind="ClockRanOut"), make.NOW + DAY)
        assert self.told() == []

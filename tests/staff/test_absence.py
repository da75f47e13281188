from datetime import date, timedelta
from typing import Any

import pytest

from amends.journal.models import Entry
from amends.staff.actions.absence import (
    AwayAlready,
    CannotStandIn,
    DeputyIsAway,
    EndsBeforeItBegins,
    NobodyStandsIn,
    OverAlready,
    TooLongAway,
    end_absence,
    write_absence,
)
from amends.staff.actions.authorise import NotAllowed
from amends.staff.models import Absence, Staff
from amends.staff.queries import (
    absence_for,
    absence_of,
    absences_ahead,
    deputies_at,
    may_stand_in_for,
    stood_in_for,
    with_absence,
)
from amends.staff.rules.absence import Days
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
WEEK = Days(date(2026, 3, 30), date(2026, 4, 3))
MONDAY = make.NOW + timedelta(days=3)


@pytest.fixture
def milda():
    make.organisation()
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def jonas(milda):
    mate = make.staff("Jonas Petraitis")
    make.team(members=(milda, mate), duty_owner=milda)
    return mate


def written(who, *deputies, days=WEEK, by=None):
    return write_absence(who, days=days, deputies=deputies, by=by or who, at=make.NOW)


class TestSayingSo:
    def test_it_begins_and_ends_by_itself_and_the_journal_knows(self, milda, jonas):
        absence = written(milda, jonas)
        assert absence_of(milda, at=make.NOW) is None
        assert absence_of(milda, at=MONDAY) == absence
        assert absence_of(milda, at=MONDAY + timedelta(days=5)) is None
        entry = Entry.objects.get(kind="AbsenceWritten")
        assert entry.facts["deputies"] == [jonas.pk]
        assert "Milda" not in str(entry.facts)

    def test_who_leads_teams_may_say_so_for_others_and_nobody_else(self, milda, jonas):
        with pytest.raises(NotAllowed):
            written(milda, jonas, by=make.staff())
        manager = make.staff(role=Role.MANAGER)
        assert written(milda, jonas, by=manager).written_by == manager

    @pytest.mark.parametrize(
        ("days", "refusal"),
        [
            (Days(WEEK.last_on, WEEK.first_on), EndsBeforeItBegins),
            (Days(date(2026, 3, 1), date(2026, 3, 26)), OverAlready),
            (Days(date(2026, 4, 1), date(2027, 4, 30)), TooLongAway),
        ],
    )
    def test_days_that_cannot_be_are_refused(self, milda, jonas, days, refusal):
        with pytest.raises(refusal):
            written(milda, jonas, days=days)

    def test_one_is_away_once_at_a_time(self, milda, jonas):
        written(milda, jonas)
        with pytest.raises(AwayAlready, match="30 March 2026"):
            written(milda, jonas, days=Days(WEEK.last_on, WEEK.last_on))
        next_week = Days(date(2026, 4, 6), date(2026, 4, 7))
        assert written(milda, jonas, days=next_week)


class TestDeputies:
    def test_somebody_stands_in_where_anybody_can(self, milda, jonas):
        with pytest.raises(NobodyStandsIn):
            written(milda)

    def test_who_works_alone_needs_nobody(self, milda):
        assert not written(milda).deputies.exists()

    def test_mates_and_seniors_may_and_others_may_not(self, milda, jonas):
        stranger, senior = make.staff(), make.staff(role=Role.SENIOR)
        able = set(may_stand_in_for(milda))
        assert {jonas, senior} == able
        with pytest.raises(CannotStandIn, match=stranger.name):
            written(milda, stranger)

    def test_for_who_looks_after_no_cases_somebody_of_the_department_stands_in(self, jonas):
        warehouse = make.department("Warehouse")
        one, other = (make.staff(role=Role.EMPLOYEE, department_=warehouse) for _number in range(2))
        assert list(may_stand_in_for(one)) == [other]

    def test_who_is_away_on_all_of_these_days_cannot_but_on_some_of_them_can(self, milda, jonas):
        written(jonas, milda, days=Days(date(2026, 3, 27), date(2026, 4, 3)))
        with pytest.raises(DeputyIsAway, match=jonas.name):
            written(milda, jonas)
        assert written(milda, jonas, days=Days(WEEK.first_on, date(2026, 4, 4)))


class TestComingBack:
    def test_one_may_be_back_earlier_once(self, milda, jonas):
        absence = written(milda, jonas)
        assert end_absence(absence, by=milda, at=MONDAY).ended_at == MONDAY
        assert absence_of(milda, at=MONDAY) is None
        later = end_absence(absence, by=milda, at=MONDAY + timedelta(hours=1))
        assert later.ended_at == MONDAY
        assert Entry.objects.filter(kind="AbsenceEnded").count() == 1

    def test_what_is_over_stays_as_it_was(self, milda, jonas):
        absence = written(milda, jonas)
        late = make.NOW + timedelta(days=30)
        assert end_absence(absence, by=milda, at=late).ended_at is None

    def test_only_oneself_or_who_leads_teams(self, milda, jonas):
        absence = written(milda, jonas)
        with pytest.raises(NotAllowed):
            end_absence(absence, by=jonas, at=MONDAY)
        with pytest.raises(Absence.DoesNotExist):
            absence_for(jonas, absence.pk)
        assert absence_for(milda, absence.pk) == absence
        assert absence_for(make.staff(role=Role.MANAGER), absence.pk) == absence


class TestWhoStandsInForWhom:
    def test_a_deputy_knows_for_whom_and_until_when(self, milda, jonas):
        written(milda, jonas)
        assert stood_in_for(jonas, at=make.NOW) == []
        (found,) = stood_in_for(jonas, at=MONDAY)
        assert (found.pk, found.name, found.until) == (milda.pk, milda.name, WEEK.last_on)

    def test_who_is_away_is_named_with_who_stands_in(self, milda, jonas):
        alone = make.staff(role=Role.EMPLOYEE, department_=make.department("Warehouse"))
        written(milda, jonas)
        written(alone)
        asked = [milda.pk, jonas.pk, alone.pk]
        assert deputies_at(asked, at=MONDAY) == {milda.pk: [jonas.pk], alone.pk: []}
        assert [each.staff for each in absences_ahead(at=make.NOW)] == [milda, alone]

    def test_colleagues_are_read_with_their_next_absence(self, milda, jonas):
        written(milda, jonas)
        found: dict[int, Any] = {
            each.pk: each for each in with_absence(Staff.objects.all(), at=make.NOW)
        }
        assert found[milda.pk].away_from == WEEK.first_on
        assert found[jonas.pk].away_until is None

"""Records of ended cases: noticed once their time has passed, frozen where they must stay."""

from datetime import timedelta

import pytest

from amends.cases.actions.closing import reopen_case, withdraw_case
from amends.cases.actions.keeping import (
    NoSuchTerm,
    WhyKept,
    freeze_record,
    set_keeping_term,
    thaw_record,
)
from amends.cases.models.keeping import Keeping, KeepingTerm
from amends.cases.queries.keeping import (
    frozen_records,
    record_of,
    records_past_keeping,
    records_to_notice,
)
from amends.jobs.sweeper import sweep
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def manager():
    return make.staff("Marta", role=Role.MANAGER)


@pytest.fixture
def ended(manager):
    case = make.case(owner=manager)
    withdraw_case(case, statement="Never mind.", by=manager, at=make.NOW)
    case.refresh_from_db()
    return case


def three_years():
    return make.NOW.replace(year=make.NOW.year + 3)


def noticed():
    return Entry.objects.filter(kind="RecordPastKeeping").count()


def test_a_record_past_its_time_is_noticed_once_and_stays(ended):
    assert str(record_of(ended.reference)) == f"case {ended.pk} until {three_years():%Y-%m-%d}"
    sweep(three_years() - SECOND)
    assert not records_past_keeping()
    sweep(three_years())
    sweep(three_years() + timedelta(days=9))
    assert [each.case for each in records_past_keeping()] == [ended]
    assert noticed() == 1


def test_a_case_that_is_open_again_is_not_past_and_counts_anew_from_its_next_end(ended, manager):
    later = make.NOW + timedelta(days=30)
    reopen_case(ended, reason="It is cold again.", by=manager, at=later)
    assert not records_to_notice(three_years() + timedelta(days=60))
    ended.refresh_from_db()
    withdraw_case(ended, statement="Never mind.", by=manager, at=later)
    assert record_of(ended.reference).keep_until == three_years() + timedelta(days=30)


def test_a_frozen_record_stays_whatever_the_date(ended, manager):
    keeping = record_of(ended.reference)
    with pytest.raises(WhyKept):
        freeze_record(keeping, reason=" ", by=manager, at=make.NOW)
    freeze_record(keeping, reason="A lawsuit.", by=manager, at=make.NOW)
    sweep(three_years())
    assert noticed() == 0
    assert [each.frozen_reason for each in frozen_records()] == ["A lawsuit."]
    thaw_record(keeping, by=manager, at=three_years())
    thaw_record(keeping, by=manager, at=three_years())
    assert Entry.objects.filter(kind="RecordThawed").count() == 1
    sweep(three_years())
    assert noticed() == 1


def test_another_term_counts_for_what_ended_before(ended, manager):
    sweep(three_years())
    set_keeping_term(years=6, by=manager, at=three_years())
    assert not records_past_keeping()
    assert record_of(ended.reference).keep_until.year == make.NOW.year + 6
    assert str(KeepingTerm.objects.get()) == "6 years"
    assert Entry.objects.get(kind="KeepingTermSet").facts == {"years": 6}
    with pytest.raises(NoSuchTerm):
        set_keeping_term(years=0, by=manager, at=make.NOW)


def test_only_who_leads_decides_on_records(ended):
    agent = make.staff("Olga")
    for act in (
        lambda: set_keeping_term(years=5, by=agent, at=make.NOW),
        lambda: freeze_record(Keeping.objects.get(), reason="So.", by=agent, at=make.NOW),
        lambda: thaw_record(Keeping.objects.get(), by=agent, at=make.NOW),
    ):
        with pytest.raises(NotAllowed):
            act()

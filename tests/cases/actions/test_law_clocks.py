"""The clocks of the law, as acts on a case keep them."""

from dataclasses import replace
from datetime import date

import pytest

from amends.cases.actions.assessment import change_kind
from amends.cases.actions.clocks import (
    Delay,
    NoSuchTerm,
    NotExtended,
    WhoseLaw,
    WhyAnotherLaw,
    adopt_profile,
    extend_term,
    say_whose_law,
)
from amends.cases.actions.closing import reopen_case, withdraw_case
from amends.cases.models.clocks import CaseClock, TermExtension
from amends.cases.rules.kinds import CaseKind, How, Next
from amends.contacts.models import OutgoingMail
from amends.jobs.sweeper import sweep
from amends.journal.models import Entry
from amends.people.rules.kinds import PersonKind
from amends.staff.actions.organisation import say_our_law
from amends.standards.actions import (
    ship_profiles,
    write_profile,
)
from amends.standards.models import ClockProfile
from amends.standards.queries import rules_of_profile
from amends.standards.rules.days import Length, Unit
from amends.standards.rules.law import Obstacle
from tests import make
from tests.cases.clocked import (
    DAY,
    HOUR,
    a_manager,
    an_agent_beside,
    answers,
    clock,
    end_of,
    next_of,
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


class TestTheLaw:
    def test_runs_for_a_complaint_of_a_consumer_in_the_country_of_the_house(self, law, milda):
        case = written(milda)
        found = {(each.profile.key, each.what): each for each in case.clocks.all()}
        assert set(found) == {
            ("default", "acknowledge"), ("default", "answer"), ("lt.consumer", "answer"),
        }  # fmt: skip
        answer = found["lt.consumer", "answer"]
        assert answer.due_at == end_of(date(2026, 4, 10))
        assert answer.watch_at == answer.due_at
        assert not found["default", "answer"].binds

    def test_does_not_look_at_enquiries_and_colleagues_or_at_what_came_from_elsewhere(
        self, law, milda
    ):
        for case in (
            written(milda, kind=CaseKind.ENQUIRY),
            written(milda, as_history=True, owner=None),
        ):
            assert not case.clocks.exists()

    def test_is_another_one_for_an_organisation(self, law, milda):
        case = written(milda, person=make.person(kind=PersonKind.ORGANISATION, email="a@b.example"))
        assert {each.profile.key for each in case.clocks.all()} == {"default"}

    def test_orders_the_lists_once_it_is_the_earliest(self, law, milda):
        case = written(milda)
        assert next_of(case)[0] == Next.ANSWER
        make.promise(case, make.offer(due_at=make.NOW + 20 * DAY), by=milda, accepted=True)
        assert next_of(case) == (Next.LAW_ANSWER, end_of(date(2026, 4, 10)))

    def test_stops_when_the_case_is_put_right_and_goes_on_when_it_is_not(self, law, milda):
        case = make.done(written(milda))
        answer = CaseClock.objects.get(profile__key="lt.consumer")
        assert answer.ended_at is not None
        assert answer.watch_at is None
        withdraw_case(case, statement="Never mind.", by=milda, at=make.NOW + HOUR)
        reopen_case(case, reason="It is cold again.", by=milda, at=make.NOW + DAY)
        answer.refresh_from_db()
        assert answer.ended_at is None

    def test_is_another_one_when_somebody_says_so_and_why(self, law, milda):
        case = written(milda)
        whose = WhoseLaw(jurisdiction="GB", sector="financial")
        with pytest.raises(WhyAnotherLaw):
            say_whose_law(case, whose=whose, reason=" ", by=milda, at=make.NOW)
        case = say_whose_law(case, whose=whose, reason="A British branch.", by=milda, at=make.NOW)
        keys = set(case.clocks.values_list("profile__key", flat=True))
        assert keys == {"default", "uk.disp", "uk.disp.short"}
        assert Entry.objects.get(kind="LawOfCaseSaid").facts["jurisdiction"] == "GB"

    def test_party_kind_may_be_said_of_one_case(self, law, milda):
        case = say_whose_law(
            written(milda), whose=WhoseLaw(party_kind="business"), reason="A shop.", by=milda,
            at=make.NOW,
        )  # fmt: skip
        assert set(case.clocks.values_list("profile__key", flat=True)) == {"default"}


class TestATermThatIsOver:
    def test_is_written_down_once(self, law, milda):
        written(milda)
        late = make.NOW + 20 * DAY
        sweep(late)
        sweep(late + HOUR)
        over = Entry.objects.filter(kind="ClockRanOut").order_by("pk")
        assert [each.facts["what"] for each in over] == ["acknowledge", "answer"]
        answer = CaseClock.objects.get(profile__key="lt.consumer")
        assert (answer.over_at, answer.watch_at) == (late, None)
        assert over[1].facts["due_at"] == end_of(date(2026, 4, 10)).isoformat()

    def test_one_that_was_done_in_time_is_not_over(self, law, milda):
        make.done(written(milda))
        sweep(make.NOW + 2 * HOUR)
        sweep(make.NOW + 20 * DAY)
        assert not Entry.objects.filter(kind="ClockRanOut").exists()


class TestExtending:
    def delay(self, **facts):
        return Delay(**{"until": date(2026, 4, 20), "reason": "The meter is in Kaunas.", **facts})

    @pytest.fixture
    def house_only(self, manager, milda):
        make.organisation().delete()
        make.organisation(country="DE")
        ship_profiles(at=make.NOW - DAY)

    def test_moves_the_term_and_tells_the_customer_why_and_until_when(self, house_only, milda):
        case = written(milda)
        extension = extend_term(case, delay=self.delay(), by=milda, at=make.NOW + DAY)
        answer = clock(case, "answer")
        assert answer.first_due_at == end_of(date(2026, 4, 10))
        assert answer.due_at == end_of(date(2026, 4, 20))
        mail = OutgoingMail.objects.get(text__contains="we are sorry for that")
        assert extension.mail == mail
        assert "The meter is in Kaunas." in mail.text
        assert "20 April 2026" in mail.text
        entry = Entry.objects.get(kind="TermExtended")
        assert entry.facts["until"] == "2026-04-20"
        assert str(extension) == f"{case.pk} until 2026-04-20"

    def test_may_have_been_told_already(self, house_only, milda):
        delay = self.delay(told_how=How.LETTER, circumstances="We wait for the meter.")
        extension = extend_term(written(milda), delay=delay, by=milda, at=make.NOW + DAY)
        assert extension.mail is None

    def test_says_what_stands_in_its_way(self, house_only, milda):
        case = written(milda)
        cases = [
            (self.delay(until=date(2026, 6, 1)), Obstacle.TOO_FAR),
            (self.delay(until=date(2026, 4, 1)), Obstacle.NOT_LATER),
            (self.delay(until=None), Obstacle.DATE_MISSING),
            (self.delay(reason=" "), Obstacle.REASON_MISSING),
        ]
        for delay, obstacle in cases:
            with pytest.raises(NotExtended) as refused:
                extend_term(case, delay=delay, by=milda, at=make.NOW + DAY)
            assert refused.value.obstacles == (obstacle,)
        assert not TermExtension.objects.exists()

    def test_is_not_there_where_the_law_knows_none(self, law, milda):
        with pytest.raises(NoSuchTerm):
            extend_term(
                written(milda), delay=self.delay(until=date(2026, 4, 12)), by=milda, at=make.NOW
            )


class TestAProfileThatChanges:
    def newer(self, manager, days, **facts):
        """Write a newer version of the Lithuanian profile and let open cases learn of it."""
        row = ClockProfile.objects.get(key="lt.consumer", superseded_at=None)
        profile = replace(rules_of_profile(row), length=Length(days, Unit.DAYS))
        reason = facts.pop("reason", "")
        written_ = write_profile(
            replace(profile, **facts), by=manager, at=make.NOW + DAY, reason=reason
        )
        sweep(make.NOW + DAY)
        return written_

    def answer(self):
        return CaseClock.objects.get(profile__key="lt.consumer")

    def test_makes_a_term_end_earlier_at_once(self, law, manager, milda):
        written(milda)
        row = self.newer(manager, 10)
        assert (self.answer().profile, self.answer().due_at) == (row, end_of(date(2026, 4, 6)))
        entry = Entry.objects.get(kind="ClockProfileAdopted")
        assert entry.facts["was_due_at"] == end_of(date(2026, 4, 10)).isoformat()

    def test_never_makes_a_term_end_later(self, law, manager, milda):
        case = written(milda)
        self.newer(manager, 30)
        answers(case, milda, make.NOW + 2 * DAY)
        assert self.answer().profile.version == 1
        assert self.answer().due_at == end_of(date(2026, 4, 10))

    def test_but_for_a_reason_that_is_named(self, law, manager, milda):
        written(milda)
        self.newer(manager, 30, reason="The law was changed on 1 March.")
        assert self.answer().due_at == end_of(date(2026, 4, 26))

    def test_keeps_its_term_when_nobody_vouches_for_the_source_any_more(self, law, manager, milda):
        written(milda)
        self.newer(manager, 14, verified_on=None)
        assert self.answer().due_at == end_of(date(2026, 4, 10))
        later = written(milda)
        assert not later.clocks.filter(profile__key="lt.consumer").exists()

    def test_that_from_memory_runs_once_source_and_date_are_entered(self, manager, milda):
        make.organisation().delete()
        make.organisation(country="PL")
        ship_profiles(at=make.NOW - DAY)
        case = written(milda)
        assert not case.clocks.filter(profile__key="pl.consumer").exists()
        row = ClockProfile.objects.get(key="pl.consumer")
        assert not row.may_run
        verified = replace(rules_of_profile(row), verified_on=date(2026, 3, 1))
        write_profile(verified, by=manager, at=make.NOW + DAY)
        sweep(make.NOW + DAY)
        assert case.clocks.filter(profile__key="pl.consumer").exists()

    def test_comes_back_to_cases_that_are_held(
        self, law, manager, milda, django_assert_max_num_queries
    ):
        row = ClockProfile.objects.get(key="lt.consumer")
        row.recount_after = 0
        adopt_profile(row, at=make.NOW)
        assert row.recount_after is None


def test_a_clock_that_was_over_stays_a_fact_when_it_is_told_no_more(law, milda):
    case = written(milda)
    later = make.NOW + 20 * DAY
    sweep(later)
    change_kind(
        case, kind=CaseKind.ENQUIRY, reason="They only ask.", by=milda, at=later,
        agreed_how=How.TELEPHONE,
    )  # fmt: skip
    gone = CaseClock.objects.get(profile__key="lt.consumer")
    assert gone.ended_at == gone.over_at
    assert str(gone) == f"law answer of case {case.pk}"


def test_what_becomes_known_of_the_house_takes_no_term_away(law, manager, milda):
    case = written(milda)
    say_our_law(jurisdiction="GB", sector="financial", by=manager, at=make.NOW + HOUR)
    say_our_law(jurisdiction="GB", sector="financial", by=manager, at=make.NOW + HOUR)
    answers(case, milda, make.NOW + 2 * HOUR)
    found = set(case.clocks.values_list("profile__key", flat=True))
    assert found == {"default", "lt.consumer", "uk.disp", "uk.disp.short"}
    assert Entry.objects.filter(kind="OrganisationChanged").count() == 1

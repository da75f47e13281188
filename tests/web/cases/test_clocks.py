"""Why a case is due when it is, and how a term is extended, on pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.evidence import mark_sensitive
from amends.cases.actions.snoozing import snooze_case
from amends.cases.models.clocks import CaseClock
from amends.cases.models.findings import Reading
from amends.jobs.sweeper import sweep
from amends.staff.rules.permissions import Role
from amends.standards.actions import ship_profiles
from amends.standards.rules.clock import Clock, Line, Said
from amends.standards.rules.days import Length, Unit
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import always_open
from amends.standards.rules.law import Effect, Obstacle
from amends.standards.rules.targets import Measure
from amends.web.cases import clock_words
from tests import make
from tests.cases.clocked import (
    DAY,
    HOUR,
    a_manager,
    an_agent_beside,
    answers,
    investigated,
    standard,
    waits,
    written,
)

pytestmark = pytest.mark.django_db
LONG = 400 * DAY


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def milda(manager, client):
    agent = an_agent_beside(manager)
    client.force_login(agent)
    return agent


@pytest.fixture
def law(milda):
    ship_profiles(at=make.NOW - DAY)


def shown(client, case, name="case-clocks"):
    return client.get(reverse(name, args=[case.reference])).content.decode()


def test_each_clock_is_told_line_by_line(client, law, manager, milda):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR, name="Within the morning")
    case = written(milda)
    make.promise(case, make.offer(due_at=timezone.now() + DAY), by=milda, accepted=True)
    page = shown(client, case)
    for line in (
        "It began when it was received",
        "It gives 14 days; the day it began is not counted.",
        "It does not stand still while we wait for anybody.",
        "So it ends with the day: Friday 10 April",
        "The law: answer in full",
        "VVTAT",
        "looked at on 21 November 2026",
        "Within the morning",
        "An engineer finds out why",
        "Promised",
    ):
        assert line in page, line


@pytest.mark.parametrize(
    ("facts", "given"), [({}, "gives 2 working days"), ({"around_the_clock": True}, "gives 2 days")]
)
def test_a_standard_in_days_says_how_many_of_them_are_over(client, manager, milda, facts, given):
    standard(manager, Measure.RESOLUTION, 0 * HOUR, limit_days=2, **facts)
    page = shown(client, written(milda))
    assert given in page
    assert "A day counts as we close, the first is not counted:" in page


def test_a_case_without_any_clock_says_so(client, milda):
    page = shown(client, written(milda))
    assert "No clock of a law runs here." in page
    assert "Nothing is agreed yet." in page


def test_a_case_that_has_ended_is_due_by_nothing(client, milda):
    case = written(milda)
    withdraw_case(case, statement="Never mind.", by=milda, at=make.NOW)
    assert "Nothing is due on this case." in shown(client, case)


def test_waits_questions_and_what_is_out_of_sight_are_told_too(client, milda):
    case = written(milda)
    make.kept(case)
    case.refresh_from_db()
    page = shown(client, case)
    assert "What comes next" in page
    assert "Ask whether it is put right" in page
    other = written(milda, person=make.person("Ona"))
    until = make.NOW + HOUR
    snooze_case(other, until=until, reason="They are away.", by=milda, at=make.NOW)
    assert "They are away." in shown(client, other)


def test_the_customer_s_own_day_stands_among_what_was_agreed(client, milda):
    case = written(milda)
    case.need_by = make.NOW + DAY
    case.save(update_fields=["need_by"])
    assert "They said that they need it by then." in shown(client, case)


def test_what_is_over_says_what_follows_from_it(client, law, milda):
    case = written(milda)
    sweep(timezone.now())
    page = shown(client, case)
    assert "What follows: the customer may turn to somebody outside." in page
    assert "the customer may turn to VVTAT" in page


def test_who_reads_a_sensitive_case_there_is_written_down(client, milda):
    case = written(milda)
    mark_sensitive(case, by=milda, at=make.NOW)
    shown(client, case)
    assert Reading.objects.filter(case=case, staff=milda).exists()


def test_the_rail_shows_the_law_s_clocks_ours_and_what_was_agreed_apart(
    client, law, manager, milda
):
    standard(manager, Measure.RESOLUTION, 4 * HOUR, pauses_on=(WaitingFor.CUSTOMER,))
    case = investigated(written(milda), milda)
    waits(case, milda, "waiting-customer", timezone.now() + LONG)
    page = shown(client, case, "case")
    assert "The law: answer in full" in page
    assert "Our standard: put right (stands still)" in page
    assert "Why is this due then?" in page


def test_lists_say_whose_clock_is_the_earliest(client, manager, milda):
    standard(manager, Measure.FIRST_ANSWER, 2 * HOUR)
    case = written(milda)
    page = client.get(reverse("inbox")).content.decode()
    assert "our standard" in page
    answers(case, milda, make.NOW + HOUR)
    assert CaseClock.objects.get().met_at


class TestExtending:
    @pytest.fixture
    def case(self, milda):
        make.organisation().delete()
        make.organisation(country="DE")
        now = timezone.now()
        ship_profiles(at=now - DAY)
        case = written(milda)
        CaseClock.objects.all().delete()
        case.received_at = case.registered_at = now
        case.save()
        return case

    def post(self, client, case, **said):
        facts = {
            "until": timezone.localdate() + timedelta(days=20),
            "reason": "It takes long.",
            **said,
        }
        url = reverse("case-extend", args=[case.reference])
        return client.post(url, {"told_how": "letter", **facts})

    def test_leads_back_to_why_it_is_due_then(self, client, case):
        assert "Extend it" in shown(client, case, "case-extend")
        answer = self.post(client, case)
        assert answer["Location"] == reverse("case-clocks", args=[case.reference])
        assert "and was extended to" in shown(client, case)

    def test_says_in_words_what_stands_in_its_way(self, client, case):
        answer = self.post(client, case, until=timezone.localdate() + timedelta(days=90))
        assert answer.status_code == 422
        assert "So far the law does not let the term be extended." in answer.content.decode()

    def test_another_law_may_be_for_a_case(self, client, case):
        url = reverse("case-whose-law", args=[case.reference])
        assert "Sector" in client.get(url).content.decode()
        said = {"jurisdiction": "GB", "sector": "financial", "reason": "A branch there."}
        assert client.post(url, said).status_code == 302
        assert "It gives 8 weeks" in shown(client, case)
        assert "The law says promptly and names no day." in shown(client, case)

    def test_who_may_only_read_extends_nothing(self, client, case):
        client.force_login(make.staff(role=Role.AUDITOR))
        assert self.post(client, case).status_code == 403
        assert "Extend the term" not in shown(client, case)


class TestWords:
    def test_there_is_one_for_each_effect_and_obstacle(self):
        assert set(clock_words.EFFECTS) == set(Effect)
        assert set(clock_words.OBSTACLES) == set(Obstacle)
        assert set(clock_words._SAID) == set(Said)

    @pytest.mark.parametrize(
        ("span", "words"),
        [
            (3 * HOUR + timedelta(minutes=20), "3 h 20 min"),
            (2 * HOUR, "2 h"),
            (timedelta(minutes=5), "5 min"),
            (2 * DAY, "2 days"),
        ],
    )
    def test_spans_are_told_to_the_minute(self, span, words):
        assert clock_words.exactly(span) == words

    @pytest.mark.parametrize(
        ("unit", "words"),
        [
            (Unit.DAYS, "2 days"),
            (Unit.WORKING_DAYS, "2 working days"),
            (Unit.WEEKS, "2 weeks"),
            (Unit.MONTHS, "2 months"),
        ],
    )
    def test_terms_are_told_in_their_unit(self, unit, words):
        assert clock_words.length_words(Length(2, unit)) == words

    def test_what_ran_on_one_day_is_one_line_and_pauses_say_until_when(self):
        day = make.NOW.date()
        clock = Clock(
            measure=Measure.RESOLUTION,
            started_at=make.NOW,
            since=make.NOW,
            calendar=always_open("UTC"),
            span=9 * HOUR,
            due_at=make.NOW + 9 * HOUR,
            lines=(
                Line(Said.STARTED, make.NOW, span=9 * HOUR),
                Line(Said.RAN, make.NOW, span=HOUR, on=day),
                Line(Said.RAN, make.NOW, span=HOUR, on=day),
                Line(Said.PAUSED, make.NOW, until=make.NOW + DAY),
            ),
        )
        told = clock_words.lines_of_ours(clock, make.NOW)
        assert told[1] == "Friday 27 March: it ran 2 h."
        assert told[2].startswith("It stands still since today")
        assert "until tomorrow, Saturday 28 March" in told[2]
        assert told[3].startswith("So it is due")

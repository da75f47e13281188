import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from threading import Event, Thread

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.base import due
from amends.base.due import Due
from amends.jobs.look import WRITTEN_FOR, written
from amends.jobs.models import Stumble
from amends.jobs.queue import worker_connector
from amends.jobs.sweeper import BATCH, FIRST_RETRY, LAST_RETRY, sweep, sweep_until
from amends.journal.tasks import react
from config.environment import ROOT
from tests import make
from tests.jobs import things
from tests.jobs.things import Act, Thing

NAME = "test.things"


@pytest.fixture
def kinds(monkeypatch):
    registered: dict[str, Due] = {}
    monkeypatch.setattr(due, "_kinds", registered)
    return registered


@pytest.fixture
def tables(db):
    things.make_tables()


@pytest.fixture
def sweeping(kinds, tables):
    """Let the sweeper look after things by `act`, and by nothing else."""

    def with_act(act=things.act):
        due.sweep(Due(NAME, things.due_things, act))

    with_act()
    return with_act


def make_things(count, *, due_at=things.PAST):
    return Thing.objects.bulk_create(Thing(due_at=due_at) for _ in range(count))


def fail(thing, *, at):
    Act.objects.create(thing_id=thing.pk)
    raise ValueError("the text of an error")


def test_what_is_due_is_done_and_what_is_not_is_left(sweeping):
    now_due = make_things(2)
    make_things(1, due_at=make.NOW + timedelta(seconds=1))

    assert sweep(make.NOW) == 2

    assert set(Act.objects.values_list("thing_id", flat=True)) == {t.pk for t in now_due}
    assert sweep(make.NOW) == 0


def test_more_than_a_batch_is_done_in_one_go(sweeping):
    make_things(2 * BATCH + 3)
    assert sweep(make.NOW) == 2 * BATCH + 3
    assert Act.objects.count() == 2 * BATCH + 3


def test_the_most_overdue_comes_first(sweeping):
    later, sooner = make_things(1)[0], make_things(1, due_at=things.PAST - timedelta(days=1))[0]
    sweep(make.NOW)
    acts = list(Act.objects.order_by("pk").values_list("thing_id", flat=True))
    assert acts == [sooner.pk, later.pk]


def test_nothing_due_costs_one_look_however_many_kinds_there_are(
    sweeping, django_assert_num_queries
):
    due.sweep(Due("test.others", things.due_things, things.act))
    make_things(3, due_at=make.NOW + timedelta(days=1))
    with django_assert_num_queries(1):
        sweep(make.NOW)


def test_what_an_act_makes_due_of_a_kind_further_on_is_done_in_the_same_turn(sweeping):
    def pass_on(thing, *, at):
        things.act(thing, at=at)
        Thing.objects.create(due_at=at)

    (first,) = make_things(1)

    def only_first(at):
        return things.due_things(at).filter(pk=first.pk)

    due.sweep(Due("test.before", only_first, pass_on))
    assert sweep(make.NOW) == 2
    assert not Thing.objects.exclude(due_at=None).exists()


def test_a_kind_that_goes_by_more_than_the_clock_is_asked_each_time(sweeping):
    open_now: list[bool] = []

    def rows(at):
        return things.due_things(at) if open_now else Thing.objects.none()

    due.sweep(Due(NAME, rows, things.act, by_clock_alone=False))
    make_things(1)
    assert sweep(make.NOW) == 0
    open_now.append(True)
    assert sweep(make.NOW) == 1


def test_all_kinds_but_those_that_say_so_ask_the_same_at_every_instant(db):
    kinds = tuple(kind for kind in due.kinds() if kind.by_clock_alone)
    later = WRITTEN_FOR + timedelta(days=9000, hours=5, minutes=13, microseconds=7)
    assert written(kinds, later) == written(kinds, WRITTEN_FOR)
    assert len(kinds) > 15


class TestAnActThatFails:
    def test_leaves_nothing_done_and_its_reason(self, sweeping):
        sweeping(fail)
        thing = make_things(1)[0]

        assert sweep(make.NOW) == 0

        assert not Act.objects.exists()
        stumble = Stumble.objects.get()
        assert (stumble.kind, stumble.row_id, stumble.failures) == (NAME, thing.pk, 1)
        assert stumble.error.startswith("ValueError in fail, line ")
        assert stumble.error.endswith(": the text of an error")
        assert stumble.retry_at == make.NOW + FIRST_RETRY

    def test_does_not_hold_up_the_others(self, sweeping):
        bad, *good = make_things(BATCH + 5)
        sweeping(lambda thing, *, at: (fail if thing.pk == bad.pk else things.act)(thing, at=at))

        assert sweep(make.NOW) == len(good)

        assert set(Act.objects.values_list("thing_id", flat=True)) == {t.pk for t in good}

    def test_is_tried_again_later_and_later(self, sweeping):
        sweeping(fail)
        make_things(1)
        at, waits = make.NOW, []
        for _ in range(12):
            sweep(at)
            sweep(at + FIRST_RETRY / 2)
            retry_at = Stumble.objects.get().retry_at
            waits.append(retry_at - at)
            at = retry_at
        assert waits[:3] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY]
        assert waits[-1] == LAST_RETRY
        assert Stumble.objects.get().failures == 12

    def test_is_forgotten_once_it_succeeds(self, sweeping):
        sweeping(fail)
        make_things(1)
        sweep(make.NOW)
        sweeping()

        assert sweep(make.NOW + FIRST_RETRY) == 1

        assert not Stumble.objects.exists()

    def test_says_nothing_personal_to_the_log(self, sweeping, caplog):
        sweeping(fail)
        make_things(1)
        sweep(make.NOW)
        assert "due_act_failed" in caplog.text
        assert "the text of an error" not in caplog.text


class TestRowsActedOnTogether:
    def test_are_done_in_one_act(self, sweeping):
        together = []

        def act_all(rows, *, at):
            together.append(len(rows))
            things.act_all(rows, at=at)

        due.sweep(Due(NAME, things.due_things, things.act, act_all=act_all))
        make_things(BATCH + 3)

        assert sweep(make.NOW) == BATCH + 3

        assert together == [BATCH, 3]
        assert Act.objects.count() == BATCH + 3

    def test_are_tried_one_by_one_where_one_fails_and_nothing_is_done_twice(self, sweeping):
        bad, *good = make_things(7)

        def act_all(rows, *, at):
            things.act_all(rows, at=at)
            if bad in rows:
                raise ValueError

        def act(thing, *, at):
            (fail if thing == bad else things.act)(thing, at=at)

        due.sweep(Due(NAME, things.due_things, act, act_all=act_all))

        assert sweep(make.NOW) == len(good)

        assert sorted(Act.objects.values_list("thing_id", flat=True)) == [t.pk for t in good]
        assert Stumble.objects.get().row_id == bad.pk

    def test_cost_no_more_statements_however_many_they_are(self, sweeping):
        due.sweep(Due(NAME, things.due_things, things.act, act_all=things.act_all))

        def statements(count):
            make_things(count)
            with CaptureQueriesContext(connection) as asked:
                assert sweep(make.NOW) == count
            return len(asked)

        assert statements(BATCH - 1) == statements(1)


def test_an_act_that_leaves_its_row_due_is_no_endless_loop(sweeping):
    sweeping(lambda thing, *, at: Act.objects.create(thing_id=thing.pk))
    make_things(BATCH)

    assert sweep(make.NOW) == BATCH

    assert Stumble.objects.count() == BATCH
    assert "as due as it was" in Stumble.objects.all()[0].error


def test_what_an_act_queues_is_queued_with_it(sweeping, kinds):
    def queue(thing, *, at):
        things.act(thing, at=at)
        react.defer(entry_id=thing.pk, reaction="none")
        if thing.pk % 2:
            raise ValueError

    sweeping(queue)
    make_things(4)
    with app.replace_connector(worker_connector()):
        sweep(make.NOW)
    assert ProcrastinateJob.objects.filter(task_name="journal.react").count() == 2


@pytest.fixture
def real_tables(transactional_db):
    things.make_tables()
    yield
    things.drop_tables()


@pytest.mark.django_db(transaction=True)
class TestSeveralSweepers:
    def test_what_another_has_in_hand_is_passed_over(self, kinds, real_tables):
        due.sweep(Due(NAME, things.due_things, things.act))
        mine, free = make_things(2)
        with psycopg.connect(url()) as other:
            other.execute("SELECT 1 FROM test_thing WHERE id = %s FOR UPDATE", [mine.pk])
            assert sweep(make.NOW) == 1
        assert list(Act.objects.values_list("thing_id", flat=True)) == [free.pk]
        assert sweep(make.NOW) == 1

    def test_whatever_is_killed_each_thing_is_done_exactly_once(self, real_tables):
        made = make_things(800)
        chance = random.Random(20260301)  # noqa: S311 - chance, no secret
        sweepers = [start() for _ in range(3)]
        kills = 0
        deadline = time.monotonic() + 120
        try:
            while Thing.objects.exclude(due_at=None).exists():
                assert time.monotonic() < deadline
                time.sleep(chance.uniform(0.05, 0.2))
                if kills < 12 and Act.objects.count() > 40 * kills:
                    unlucky = chance.randrange(len(sweepers))
                    sweepers[unlucky].kill()
                    sweepers[unlucky].wait()
                    sweepers[unlucky] = start()
                    kills += 1
        finally:
            for sweeper in sweepers:
                sweeper.kill()
                sweeper.wait()
        acts: Counter[int] = Counter(Act.objects.values_list("thing_id", flat=True))
        assert kills == 12
        assert [thing.pk for thing in made if acts[thing.pk] == 0] == []
        assert [key for key, times in acts.items() if times > 1] == []

    def test_a_sweeper_outlives_its_database_connection(self, kinds, real_tables):
        due.sweep(Due(NAME, things.due_things, things.act))
        stopping = Event()
        sweeper = Thread(target=sweep_until, args=(stopping,))
        sweeper.start()
        try:
            wait_for(make_things(1))
            cut_every_other_connection()
            wait_for(make_things(1))
        finally:
            stopping.set()
            sweeper.join(10)
        assert not sweeper.is_alive()


def url():
    database = connection.settings_dict
    return f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"


def start():
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.things"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )


def wait_for(made):
    deadline = time.monotonic() + 20
    while Thing.objects.filter(pk__in=[t.pk for t in made]).exclude(due_at=None).exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def cut_every_other_connection():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

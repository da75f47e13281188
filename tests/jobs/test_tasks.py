import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from amends.jobs.tasks import take_up_stalled

# The queue is asked on a thread of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def a_job_in_hand(*, silent_seconds):
    """Return a job that a worker began and has not finished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_seconds],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " VALUES ('default', 'journal.react', '{}', 'doing', %s) RETURNING id",
            [worker],
        )
        (job,) = cursor.fetchone()
    return ProcrastinateJob.objects.get(pk=job)


async def take_up():
    job = Job(id=0, queue="", lock=None, queueing_lock=None, task_name="")
    context = JobContext(app=app, start_timestamp=0, job=job, abort_reason=lambda: None)
    await take_up_stalled.func(context, 0)
    await sync_to_async(connections.close_all)()


@pytest.mark.parametrize(("silent_seconds", "status"), [(300, "todo"), (5, "doing")])
def test_what_a_killed_worker_had_in_hand_is_done_by_another(silent_seconds, status):
    job = a_job_in_hand(silent_seconds=silent_seconds)
    # A browser of another test may have left its event loop running on this thread.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, take_up()).result()
    job.refresh_from_db()
    assert job.status == status

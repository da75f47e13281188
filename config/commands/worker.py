"""`amends worker`: runs jobs, and what falls due."""

import argparse
import asyncio
from threading import Event

from django.db import connection
from procrastinate.contrib.django import app

from amends.jobs.queue import worker_connector
from amends.jobs.sweeper import sweep_until
from config.commands.schema import require_schema
from config.environment import Environment, require_secret

POLL_SECONDS = 1.0
FINISH_SECONDS = 20.0


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    require_secret(environment)
    require_schema()
    connection.close()
    with app.replace_connector(worker_connector()):
        asyncio.run(_work(environment))
    return 0


async def _work(environment: Environment) -> None:
    """Run jobs until a signal says stop, and the sweeper beside them; one ends with the other."""
    stopping = Event()
    async with app.open_async():
        jobs = asyncio.create_task(
            app.run_worker_async(
                concurrency=environment.jobs_at_once,
                fetch_job_polling_interval=POLL_SECONDS,
                shutdown_graceful_timeout=FINISH_SECONDS,
                delete_jobs="successful",
            )
        )
        sweeper = asyncio.create_task(asyncio.to_thread(sweep_until, stopping))
        await asyncio.wait({jobs, sweeper}, return_when=asyncio.FIRST_COMPLETED)
        stopping.set()
        if not jobs.done():
            jobs.cancel()
        await asyncio.gather(jobs, sweeper)

"""How a worker talks to the queue of jobs."""

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector


class WorkerConnector(PsycopgConnector):
    """Fetches jobs on connections of its own, and queues new ones on Django's.

    The library's own choice would queue what a job or the sweeper defers on another connection,
    outside their transaction: the job could then run before what it is about is committed, or
    after it was rolled back.
    """

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


def worker_connector() -> WorkerConnector:
    """Return a connector for the worker, to the database of Django's settings."""
    return WorkerConnector(kwargs=connector_params())

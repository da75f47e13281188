"""Whether Amends lives and can work, for whatever watches over it."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

# The worker shows signs of life every 10 seconds.
WORKER_SILENCE = timedelta(seconds=35)


def answer_probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer `/healthz` and `/readyz`, whatever host name or scheme the probe uses.

    The first middleware, because a load balancer knocks by address and without TLS.
    """
    probes = {"/healthz": alive, "/readyz": ready}

    def middleware(request: HttpRequest) -> HttpResponse:
        return probes.get(request.path_info, get_response)(request)

    return middleware


def alive(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def ready(_request: HttpRequest) -> JsonResponse:
    state = readiness()
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def readiness() -> dict[str, bool]:
    """Return whether the database answers, its schema is ours, and the worker works."""
    try:
        return {
            "database": True,
            "migrations": schema_is_ours(),
            "worker": worker_is_alive(),
        }
    except DatabaseError:
        return {"database": False, "migrations": False, "worker": False}


def schema_is_ours() -> bool:
    """Return whether exactly the migrations of this version have been applied."""
    loader = MigrationLoader(connection)
    return not pending_migrations(loader) and not newer_migrations(loader)


def pending_migrations(loader: MigrationLoader) -> list[str]:
    """Return the migrations that this version brings and the database lacks."""
    return _names(loader.graph.nodes.keys() - loader.applied_migrations.keys())


def newer_migrations(loader: MigrationLoader) -> list[str]:
    """Return the migrations that the database has and this version does not know."""
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    return _names({(app, name) for app, name in unknown if app in loader.migrated_apps})


def _names(migrations: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in migrations)


def worker_is_alive() -> bool:
    """Return whether a worker has shown a sign of life lately."""
    since = timezone.now() - WORKER_SILENCE
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()

"""The one connection of this process on which PostgreSQL tells what happens, and is told."""

import asyncio
import logging
import time
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from amends.web.live.hub import Hub
from amends.web.live.passes import now

TURN_SECONDS = 0.25
LONGEST_PAUSE = 10.0
CHANNEL = "SELECT 'amends_live_' || current_schema()"
log = logging.getLogger(__name__)


async def listen(hub: Hub) -> None:
    """Tell `hub` what happens, for ever; a connection that breaks is opened anew."""
    pause = 0.2
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(_conninfo(), autocommit=True) as ours:
                pause = 0.2
                await _hear(ours, hub)
        except psycopg.OperationalError:
            hub.listening_since = None
            log.warning("live pages wait for the database")
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _hear(ours: psycopg.AsyncConnection[tuple[str]], hub: Hub) -> None:
    row = await (await ours.execute(CHANNEL)).fetchone()
    channel = row[0] if row else ""
    await ours.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
    hub.begin_listening(wall=now())
    while True:
        async for told in ours.notifies(timeout=TURN_SECONDS):
            hub.hear(told.payload, at=time.monotonic(), wall=now())
        hub.sweep(at=time.monotonic(), wall=now())
        said, hub.outbox = list(hub.outbox), {}
        if said:
            await ours.execute(
                "SELECT pg_notify(%s, said) FROM unnest(%s::text[]) said", [channel, said]
            )


def _conninfo() -> str:
    """Return where our database is, as psycopg takes it."""
    ours: dict[str, Any] = dict(settings.DATABASES["default"])
    given = {
        "dbname": "NAME",
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
    }
    named: dict[str, Any] = {name: ours[key] for name, key in given.items() if ours[key]}
    options: dict[str, Any] = {**ours["OPTIONS"], "application_name": "amends-live"}
    return make_conninfo("", **named, **options)

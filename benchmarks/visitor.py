"""Somebody who is signed in, and what a page asks of the database on their behalf."""

from http.cookies import SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.staff.models import Staff
from amends.staff.rules.permissions import Role


def cookie_of_an_agent() -> str:
    """Return the Cookie header of a session of one of the agents."""
    agent = Staff.objects.filter(role=Role.AGENT).earliest("pk")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def statements_of(path: str, cookie: str) -> int:
    """Return how many SQL statements the page at `path` takes, the session's included."""
    client = Client(headers={"accept-language": "en"}, SERVER_NAME="localhost")
    client.cookies = SimpleCookie(cookie)
    client.get(path)
    with CaptureQueriesContext(connection) as statements:
        client.get(path)
    return len(statements)

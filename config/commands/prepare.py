"""`amends prepare`: what `amends serve` and `amends demo` do to the data before the pages open.

It leaves behind what to say when they are open, because only here the data can be read.
"""

import argparse
import os
import sys

from django.db import connection
from django.utils import timezone

from amends.contacts.actions.mailboxes import lock_secrets_anew
from amends.staff.models import Organisation
from amends.staff.queries import FIRST_KEY_LASTS
from amends.web.entry.links import first_link
from config.commands import migrate
from config.commands.installation import database_at_hand
from config.commands.problem import CannotGoOn
from config.demonstration.building import NotADemonstration, build, is_stale
from config.demonstration.house import COLLEAGUES, PASSWORD
from config.environment import Environment


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(options: argparse.Namespace, environment: Environment) -> int:
    with database_at_hand(environment):
        migrate.run(options, environment)
        if environment.demo:
            _demonstrate()
            _leave_word(environment, sign_ins())
        else:
            _refuse_the_demonstration()
            _lock_secrets_anew()
            _leave_word(environment, way_in())
        connection.close()
    return 0


def _lock_secrets_anew() -> None:
    """Lock what is kept for mailboxes with the secret of now, so that the one before may go."""
    if lost := lock_secrets_anew(at=timezone.now()):
        sys.stderr.write(
            f"amends: the passwords of {lost} mailboxes were locked with another secret: type them "
            "again on the page Mailboxes, or set AMENDS_SECRET_KEY_BEFORE.\n"
        )


def way_in() -> str:
    """Return how an empty installation is set up; nothing once it is."""
    link = first_link(at=timezone.now())
    days = FIRST_KEY_LASTS.days
    return f"Set it up here, within {days} days and once:\n  {link}\n" if link else ""


def _refuse_the_demonstration() -> None:
    # With a real mail server, invented promises would be written to invented people.
    if Organisation.objects.filter(demonstration=True).exists():
        raise CannotGoOn(
            "The data here is the demonstration's: run `amends demo`, or choose another place for "
            "your own with AMENDS_HOME."
        )


def sign_ins() -> str:
    """Return who may sign in to the demonstration, one line a role."""
    first = {colleague.role: colleague for colleague in reversed(COLLEAGUES)}
    lines = [
        f"  {role.value:<14} {colleague.email:<34} {PASSWORD}"
        for role, colleague in sorted(first.items(), key=lambda pair: COLLEAGUES.index(pair[1]))
    ]
    return "\n".join(["Sign in as:", *lines, ""])


def _demonstrate() -> None:
    now = timezone.now()
    if not is_stale(at=now):
        return
    sys.stderr.write("amends: making the demonstration organisation\n")
    try:
        build(at=now)
    except NotADemonstration as refused:
        raise CannotGoOn(
            "The data here belongs to an organisation that is no demonstration: choose another "
            "place for the demonstration with AMENDS_HOME."
        ) from refused


def _leave_word(environment: Environment, words: str) -> None:
    path = environment.home / "run" / "welcome"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as written:
        written.write(words)

"""Mails that wait to leave, each to another address: `python -m tests.config.letters 60`."""

import os
import sys

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.utils import timezone

from amends.contacts.actions.mail import Letter, queue_mails
from amends.contacts.rules.kinds import MailKind
from tests import make


def queue(count: int) -> None:
    """Queue the mails, as an action of ours does it."""
    make.organisation()
    letters = [
        Letter(
            kind=MailKind.NOTICE,
            to_address=f"number-{number}@example.lt",
            subject=f"Number {number}",
            text="Laba diena!",
            language="lt",
        )
        for number in range(count)
    ]
    queue_mails(letters, by=None, at=timezone.now())


if __name__ == "__main__":
    queue(int(sys.argv[1]))

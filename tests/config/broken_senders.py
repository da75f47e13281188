"""Workers that send in broken ways, for a test only: `python broken_senders.py FAULT` starts one.

Whoever says that each mail leaves once must show that a loss, and a second copy, would be seen.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.utils import timezone

from amends.contacts import tasks
from amends.contacts.actions.sending import note_result
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailState
from amends.contacts.rules.sending import Outcome, Result
from config.commands.main import run

_send_well = tasks._sent


def note_first() -> None:
    """Note that a mail was sent, and send it afterwards."""

    def sent(mail: OutgoingMail) -> Result:
        note_result(mail, result=Result(Outcome.SENT), at=timezone.now())
        return _send_well(mail)

    vars(tasks)["_sent"] = sent


def try_blindly() -> None:
    """Take a line that broke after the last dot for a mail that was not taken."""

    def sent(mail: OutgoingMail) -> Result:
        result = _send_well(mail)
        unsure = result.outcome is Outcome.PERHAPS_SENT
        return replace(result, outcome=Outcome.TRY_AGAIN) if unsure else result

    vars(tasks)["_sent"] = sent


def forget_beginning() -> None:
    """Do not note that sending begins, so that whoever comes after a kill sends once more."""

    def begin(mail: OutgoingMail, *, at: datetime) -> bool:
        return OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).exists()

    vars(tasks)["begin_sending"] = begin


FAULTS: dict[str, Callable[[], None]] = {
    "notes-first": note_first,
    "tries-blindly": try_blindly,
    "forgets-beginning": forget_beginning,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    sys.exit(run(["worker"]))

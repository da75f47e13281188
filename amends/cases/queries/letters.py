"""What a letter to a customer needs to know: who signs it, for whom, and what it answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string

from amends.cases.models.case import Case, CaseContact
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.queries.mailboxes import mailbox_of
from amends.contacts.rules.kinds import MailState
from amends.staff.models import Staff
from amends.staff.queries import organisation, zone_for

MOST_REFERENCES = 10
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and whom they stand for.

    stands_for: the organisation towards customers outside, the department towards colleagues.
    Source: requirements S0-13, S0-14, S0-15.
    """

    name: str
    title: str
    stands_for: str
    telephone: str


def house_time(at: datetime) -> datetime:
    """Return `at` in the zone in which the organisation lives, and its customers with it."""
    return at.astimezone(zone_for(None))


def answerer_of(case: Case) -> Staff:
    """Return who answers for `case`: its owner, or the duty owner until somebody took it."""
    return case.owner or case.team.duty_owner


def signature_of(author: Staff, *, inside: bool) -> Signature:
    """Return how `author` signs towards a customer, a colleague if `inside`."""
    house = organisation()
    return Signature(
        name=author.name,
        title=author.title,
        stands_for=author.department.name if inside else house.name,
        telephone=author.telephone or house.telephone,
    )


def mailbox_of_case(case: Case) -> Mailbox | None:
    """Return in whose name we write on `case`: the mailbox it came through, or that of its team."""
    arrived = Contact.objects.filter(case_contacts__case=case, arrival__isnull=False)
    source = arrived.order_by("-pk").values_list("arrival__source", flat=True).first()
    return mailbox_for(source or "", team_id=case.team_id)


def mailbox_for(source: str, *, team_id: int) -> Mailbox | None:
    """Return in whose name we answer what came from `source` and is looked after by a team."""
    through = mailbox_of(source) if source else None
    if through and through.is_active:
        return through
    return Mailbox.objects.filter(team=team_id, is_active=True).order_by("pk").first()


def thread_of(case: Case) -> tuple[str, ...]:
    """Return the ids of the last messages of `case`, oldest first, so that mail programs join them.

    They are at most 10: a longer header is cut by servers on the way.
    """
    newest = (
        CaseContact.objects.filter(case=case)
        .order_by("-at", "-pk")
        .values_list("contact__message_id", "contact__mail__message_id")
    )
    found = [ours or theirs for theirs, ours in newest[: 3 * MOST_REFERENCES] if ours or theirs]
    return tuple(reversed(found[:MOST_REFERENCES]))


def written(template: str, facts: Mapping[str, object], at: datetime) -> str:
    """Return the text of a template in the active language, with one empty line between parts."""
    text = render_to_string(template, {**facts, "now": house_time(at)})
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"


def mails_about(case: Case) -> QuerySet[OutgoingMail]:
    """Return the mails of `case` that left or are to leave, oldest first."""
    gone = [MailState.WITHDRAWN, MailState.FAILED]
    return (
        OutgoingMail.objects.filter(contact__case_contacts__case=case)
        .exclude(state__in=gone)
        .order_by("written_at", "pk")
    )

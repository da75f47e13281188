"""The mails that tell colleagues of things, each in the language of who reads it.

They hold what happened and the reference, and nothing that a customer said or is called.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from amends.cases.queries.mentions import may_be_mentioned
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind
from amends.notices.models import Notice
from amends.notices.queries.sentences import sentence
from amends.notices.rules.moments import STALE_FOR_MAIL
from amends.notices.rules.reasons import Reason
from amends.staff.models import Staff


@transaction.atomic
def send_notice(notice: Notice, *, at: datetime) -> OutgoingMail | None:
    """Send by mail what `notice` tells, with all else that is due to them then; return the mail.

    None if it left already, was seen or answered meanwhile, or is no news for them any more.
    """
    due = Notice.objects.filter(to=notice.to_id, mail_due_at__lte=at).order_by("at", "pk")
    together = list(
        due.select_for_update(of=("self",)).select_related("to", "case", "by", "instead_of")
    )
    Notice.objects.filter(pk__in=[each.pk for each in together]).update(mail_due_at=None)
    told = [each for each in together if _is_news(each, at)]
    if not told:
        return None
    Notice.objects.filter(pk__in=[each.pk for each in told]).update(mailed_at=at)
    return _queue(told[0], at) if len(told) == 1 else write_digest(notice.to, notices=told, at=at)


@transaction.atomic
def write_digest(staff: Staff, *, notices: Sequence[Notice], at: datetime) -> OutgoingMail:
    """Send `staff` one mail of all the `notices`, and return it."""
    with translation.override(staff.language):
        number = len(notices)
        subject = ngettext(
            "%(n)s thing you have not seen", "%(n)s things you have not seen", number
        ) % {"n": number}
        text = _written("digest", {"staff": staff, "lines": [_told(each) for each in notices]})
    return _send(staff, subject, text, at)


def _queue(notice: Notice, at: datetime) -> OutgoingMail:
    with translation.override(notice.to.language):
        told = _told(notice)
        reference = f" [{notice.case.reference}]" if notice.case else ""
        text = _written("notice", {"staff": notice.to, "told": told, "follows": notice.follows})
    return _send(notice.to, f"{told['says']}{reference}", text, at)


def _told(notice: Notice) -> dict[str, str]:
    """Return what `notice` tells: the sentence, the reference, and where it leads."""
    who = notice.by.name if notice.by else None
    away = notice.instead_of.name if notice.instead_of else None
    return {
        "says": sentence(Reason(notice.reason), who=who, instead_of=away),
        "reference": notice.case.reference if notice.case else "",
        "link": f"{settings.BASE_ADDRESS}/notices/{notice.pk}/",
    }


def _is_news(notice: Notice, at: datetime) -> bool:
    """Return whether `notice` was not seen, is not old, and may be read by whom it is for."""
    if notice.read_at or at - notice.at > STALE_FOR_MAIL:
        return False
    if notice.case is None:
        return notice.to.is_active
    return may_be_mentioned(notice.case).filter(pk=notice.to_id).exists()


def _written(name: str, facts: dict[str, object]) -> str:
    choices = f"{settings.BASE_ADDRESS}/profile/notices/"
    text = render_to_string(f"notices/mail/{name}.txt", {**facts, "choices": choices})
    return text.strip() + "\n"


def _send(staff: Staff, subject: str, text: str, at: datetime) -> OutgoingMail:
    letter = Letter(
        kind=MailKind.NOTICE,
        to_address=staff.email,
        to_name=staff.name,
        subject=subject,
        text=text,
        language=staff.language,
        automatic=True,
    )
    return queue_mail(letter, by=None, at=at)

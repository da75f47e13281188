"""The mails that let colleagues in. Each is written in the language of who reads it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.rules.kinds import MailKind
from amends.staff.queries import INVITATION_LASTS, organisation
from amends.web.entry.links import invitation_link

if TYPE_CHECKING:
    from amends.staff.models import Staff


def send_invitation(colleague: "Staff", *, by: "Staff", at: datetime) -> None:
    """Write to an invited colleague how to come in."""
    facts = {
        "colleague": colleague,
        "by": by,
        "house": organisation(),
        "link": invitation_link(colleague, at=at),
        "days": INVITATION_LASTS.days,
    }
    with translation.override(colleague.language):
        letter = Letter(
            kind=MailKind.INVITATION,
            to_address=colleague.email,
            to_name=colleague.name,
            subject=_("Your place at %(name)s") % {"name": facts["house"]},
            text=_rendered("invitation", facts),
            language=colleague.language,
            author=by,
        )
    queue_mail(letter, by=by, at=at)


def send_new_password_link(staff: "Staff", link: str, *, at: datetime) -> None:
    """Write to somebody who forgot their password how to choose a new one."""
    with translation.override(staff.language):
        letter = Letter(
            kind=MailKind.PASSWORD,
            to_address=staff.email,
            to_name=staff.name,
            subject=_("Choose a new password"),
            text=_rendered("password", {"staff": staff, "link": link, "house": organisation()}),
            language=staff.language,
            automatic=True,
        )
    queue_mail(letter, by=staff, at=at)


def _rendered(name: str, facts: dict[str, object]) -> str:
    return render_to_string(f"web/entry/mail/{name}.txt", facts).strip() + "\n"

"""Saying that two cases have to do with each other."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from amends.cases.events.handling import CasesLinked
from amends.cases.models.case import Case, CaseLink
from amends.journal.actions import Actor, record
from amends.staff.queries import organisation


@transaction.atomic
def link_written_about(case: Case, *, other: Case, by: Actor | None, at: datetime) -> CaseLink:
    """Link `case`, opened on a mail, to the `other` case that the mail points to; return the link.

    The notice says why it was not put to that one at once: it is over, or its sender has no part
    in it. It is for colleagues, and so in the language of the house.
    """
    with translation.override(organisation().language):
        why = (
            _("Written about %(reference)s, by somebody who has no part in it.")
            if other.is_open
            else _("Written about %(reference)s, which is over.")
        ) % {"reference": other.reference}
    link = CaseLink.objects.create(case=case, other=other, why=why[:200], at=at)
    record(CasesLinked(case_id=case.pk, other_id=other.pk), by=by, at=at)
    return link

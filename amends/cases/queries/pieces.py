"""One piece of a case, for the act that is about it."""

from amends.cases.models.case import Case, Issue
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.queries.file import WAITING
from amends.contacts.models import Draft, OutgoingMail
from amends.contacts.rules.kinds import DraftKind
from amends.staff.models import Staff


def promise_in(case: Case, pk: int) -> Promise:
    """Return one promise of `case`.

    Raises Promise.DoesNotExist.
    """
    return Promise.objects.select_related("case", "owner", "replaced_by").get(case=case, pk=pk)


def question_in(case: Case) -> FollowUp | None:
    """Return the question whether it is put right that waits to be asked or answered, if any."""
    pending = FollowUp.objects.filter(case=case, answered_at=None, dropped_at=None)
    return pending.select_related("case", "promise").order_by("-pk").first()


def mail_in(case: Case, pk: int) -> OutgoingMail:
    """Return one mail of `case` that left or is to leave.

    Raises OutgoingMail.DoesNotExist.
    """
    return OutgoingMail.objects.get(contact__case_contacts__case=case, pk=pk)


def handover_in(case: Case) -> Handover:
    """Return the handover of `case` that waits to be accepted.

    Raises Handover.DoesNotExist.
    """
    waiting = Handover.objects.select_related("case", "giver", "taker")
    return waiting.get(case=case, **WAITING)


def drafts_in(case: Case, staff: Staff) -> dict[str, Draft]:
    """Return what `staff` is writing on `case`, by its key."""
    drafts = Draft.objects.filter(
        staff=staff, kind=DraftKind.COMPOSER, key__startswith=f"{case.reference}:"
    )
    return {draft.key: draft for draft in drafts}


def issue_in(case: Case, pk: int) -> Issue:
    """Return one thing complained of in `case`.

    Raises Issue.DoesNotExist.
    """
    return Issue.objects.select_related("case").get(case=case, pk=pk)


def hold_in(case: Case, pk: int) -> Hold:
    """Return one hold of `case`.

    Raises Hold.DoesNotExist.
    """
    return Hold.objects.select_related("case").get(case=case, pk=pk)

"""What every way of opening a case writes of it: its row and its entry, not saved yet.

These are not use cases: they are called by actions only.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from amends.cases.events.handling import CaseOpened
from amends.cases.models.case import Case
from amends.cases.models.procedures import Procedure
from amends.cases.rules.kinds import Track
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Contact
from amends.contacts.rules.gist import title_of

if TYPE_CHECKING:
    from amends.cases.actions.opening import Opening


def case_told_in(
    contact: Contact,
    opening: "Opening",
    reference: str,
    procedure: Procedure | None,
    *,
    at: datetime,
) -> Case:
    """Return the case that is opened on `contact`, not saved yet."""
    gist = opening.gist or contact.gist or contact.subject
    return Case(
        reference=reference,
        kind=opening.kind,
        procedure=procedure,
        state=State.RECEIVED,
        state_since=at,
        track=Track.LIGHT,
        gist=title_of(gist),
        person=contact.speaks_for or contact.person,
        language=opening.language,
        channel=contact.channel,
        received_at=opening.received_at or contact.started_at,
        registered_at=at,
        department=opening.team.department,
        team=opening.team,
        owner=opening.owner,
        owned_since=at if opening.owner else None,
        requested_remedy=opening.requested_remedy,
        remedy_not_said=opening.remedy_not_said,
        need_by=opening.need_by,
        need_reason=opening.need_reason,
        as_history=opening.as_history,
    )


def opened(case: Case, contact: Contact) -> CaseOpened:
    """Return what the journal is told of a case just opened, before anything else is done on it."""
    return CaseOpened(
        case_id=case.pk,
        contact_id=contact.pk,
        kind=case.kind,
        state=State.RECEIVED,
        team_id=case.team_id,
        owner_id=case.owner_id,
        as_history=case.as_history,
    )

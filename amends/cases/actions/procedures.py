"""Deciding how a kind of case is handled, and moving a case to what was decided since it began."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, settle
from amends.cases.events.procedures import ProcedureAdopted, ProcedureWritten
from amends.cases.models.case import Case
from amends.cases.models.procedures import Procedure
from amends.cases.queries.procedures import FIRST_VERSION, newest_for, version_for
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import Choice, is_offered
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


class NotToBeChosen(Refused):
    text = _("That cannot be chosen for this kind. What must be is always asked.")


class WhyChangedNeeded(Refused):
    text = _("Say why it changes, so that colleagues know.")


class NothingChanged(Refused):
    text = _("That is what holds already.")


class NewestAlready(Refused):
    text = _("%(reference)s goes by the newest procedure already.")


@transaction.atomic
def write_procedure(
    kind: CaseKind, *, choice: Choice, reason: str, by: Staff, at: datetime
) -> Procedure:
    """Decide how new cases of `kind` are handled, and return this version.

    Cases that began before keep theirs. What the law of the product asks is asked all the same.

    Raises NotAllowed, NotToBeChosen, WhyChangedNeeded, NothingChanged.
    """
    require(by, Act.EDIT_PROCEDURES)
    Organisation.objects.select_for_update().get()  # two who decide at once come one after another
    if not is_offered(kind, choice):
        raise NotToBeChosen
    if not reason.strip():
        raise WhyChangedNeeded
    holds = version_for(kind)
    if holds.choice == choice:
        raise NothingChanged
    written = Procedure.objects.create(
        kind=kind,
        version=holds.number + 1,
        steps=sorted(choice.steps),
        evidence=sorted(choice.evidence),
        guards=sorted(choice.guards),
        check_again_days=choice.check_again_days,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    record(
        ProcedureWritten(procedure_id=written.pk, kind=kind, version=written.version), by=by, at=at
    )
    return written


@transaction.atomic
def adopt_procedure(case: Case, *, by: Staff, at: datetime) -> Case:
    """Handle `case` by the newest procedure of its kind from now on, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NewestAlready.
    """
    case = locked_for(case, by=by)
    newest = newest_for(CaseKind(case.kind))
    if newest == case.procedure:
        raise NewestAlready(reference=case.reference)
    case.procedure = newest
    settle(case)
    version = newest.version if newest else FIRST_VERSION
    record(ProcedureAdopted(case_id=case.pk, version=version), by=by, at=at)
    return case

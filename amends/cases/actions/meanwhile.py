"""Acting on what one has seen: a second click does nothing, and two windows undo nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked
from amends.cases.models.case import Case
from amends.cases.queries.news import news_since
from amends.cases.rules.meanwhile import Concern, concerns, is_left_by
from amends.journal.models import Entry
from amends.staff.models import Staff

SECOND_CLICK = timedelta(seconds=10)


class ChangedMeanwhile(Refused):
    text = _(
        "%(reference)s was changed while you had it open. "
        "What you wrote is still here: look at what is new, then do it again."
    )


class DoneAlready(Refused):
    text = _("This was done already.")


@transaction.atomic
def act_on_seen(
    case: Case,
    *,
    seen: int | None,
    run: Callable[[], object],
    by: Staff,
    at: datetime,
    concern: Concern = Concern.CASE,
) -> None:
    """Do `run` on `case`, held meanwhile, unless what it is about was changed since entry `seen`.

    concern: what the act is about; what others did besides stands in nobody's way. Whoever was
    shown something newer may do it then; `seen` None asks for nothing.

    Raises ChangedMeanwhile, DoneAlready, and whatever `run` raises.
    """
    case = locked(case)
    newer = news_since(case.pk, seen) if seen is not None else []
    mine = [entry for entry in newer if is_left_by(concern, entry.kind)]
    changed = [entry for entry in newer if concerns(concern, entry.kind)]
    if mine and all(_is_second_click(entry, by, at) for entry in {*mine, *changed}):
        raise DoneAlready
    if changed:
        raise ChangedMeanwhile(reference=case.reference)
    run()


def _is_second_click(entry: Entry, by: Staff, at: datetime) -> bool:
    return entry.by == by.actor and at - entry.at < SECOND_CLICK

"""What each role may give and say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import AuthorityChanged, GuidelinesChanged
from amends.staff.models import Authority, Guideline, Staff
from amends.staff.rules.authority import FREE, MONEY, Limit, RemedyKind
from amends.staff.rules.permissions import Act, Role


class LessThanNothing(Refused):
    text = _("An amount cannot be less than nothing.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a role may promise, or may not; `text` is {language: text}."""

    allowed: bool
    text: Mapping[str, str]


@transaction.atomic
def set_limits(role: Role, *, limits: Mapping[RemedyKind, Limit], by: Staff, at: datetime) -> None:
    """Decide all that `role` may give; a kind that is absent may not be given.

    What everybody may give anyway is left out, and so is the amount of what is not money.

    Raises NotAllowed, LessThanNothing.
    """
    require(by, Act.EDIT_AUTHORITY)
    kept = {
        kind: limit.amount if kind in MONEY else None
        for kind, limit in limits.items()
        if kind not in FREE
    }
    if any(amount is not None and amount < 0 for amount in kept.values()):
        raise LessThanNothing
    Authority.objects.filter(role=role).delete()
    Authority.objects.bulk_create(
        Authority(role=role.value, remedy=kind.value, amount=amount)
        for kind, amount in kept.items()
    )
    told = {kind.value: None if amount is None else str(amount) for kind, amount in kept.items()}
    record(AuthorityChanged(role=role, limits=told), by=by, at=at)


@transaction.atomic
def set_guidelines(role: Role, *, lines: Sequence[Line], by: Staff, at: datetime) -> None:
    """Decide what `role` may and may not promise, in words; lines that say nothing are left out.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_AUTHORITY)
    said = [
        Guideline(role=role.value, allowed=line.allowed, text=text)
        for line in lines
        if (text := {code: words.strip() for code, words in line.text.items() if words.strip()})
    ]
    Guideline.objects.filter(role=role).delete()
    Guideline.objects.bulk_create(said)
    record(GuidelinesChanged(role=role, lines=len(said)), by=by, at=at)

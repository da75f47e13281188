"""Where a mail goes: to a case, or to where somebody looks at it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from amends.cases.models.case import Case
from amends.cases.queries.threads import matters_of
from amends.contacts.rules.kinds import ArrivalState
from amends.contacts.rules.messages import Automatic, Inbound, Problem
from amends.contacts.rules.threading import Belonging, belonging_of
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff
from amends.staff.queries import organisation

FROM_US = "from-us"
SPAM = "spam"

_UNREADABLE = (Problem.EMPTY, Problem.NOT_A_MESSAGE, Problem.TOO_LARGE, Problem.NO_SENDER)
_BOUNCES = {Automatic.BOUNCE, Automatic.DELAY}


@dataclass(frozen=True, slots=True)
class Filing:
    """What becomes of a mail, why, and which case it belongs to if it becomes a contact."""

    state: ArrivalState
    reason: str = ""
    belonging: Belonging = field(default_factory=Belonging)


def filing_of(mail: Inbound) -> Filing:
    """Return what becomes of `mail`; nothing is written."""
    if mail.automatic in _BOUNCES:
        return Filing(ArrivalState.BOUNCE, mail.automatic or "")
    if obstacle := _obstacle(mail):
        return Filing(ArrivalState.HELD, obstacle)
    belonging = belonging_of(matters_of(mail))
    unasked = _unasked(mail) if belonging.joins is None else None
    return unasked or Filing(ArrivalState.FILED, mail.automatic or "", belonging)


def references_of(keys: Iterable[int]) -> dict[int, str]:
    """Return the references of the cases with these `keys`."""
    return dict(Case.objects.filter(pk__in=keys).values_list("pk", "reference"))


def _unasked(mail: Inbound) -> Filing | None:
    """Return what becomes of a mail that answers nothing of ours, if no person seems to want it."""
    if mail.automatic:
        return Filing(ArrivalState.AUTOMATIC, mail.automatic)
    return Filing(ArrivalState.HELD, SPAM) if mail.spam and mail.spam.is_spam else None


def _obstacle(mail: Inbound) -> str | None:
    """Return why nobody can be answered who wrote `mail`; None if somebody can."""
    for problem in _UNREADABLE:
        if problem in mail.problems:
            return problem
    if not folded_mail(_address(mail)):
        return Problem.NO_SENDER
    return FROM_US if _is_ours(mail) else None


def _address(mail: Inbound) -> str:
    return mail.sender.address if mail.sender else ""


def _is_ours(mail: Inbound) -> bool:
    """Return whether we wrote `mail`: from the address of the house, or a colleague to others."""
    house, sender = folded_mail(organisation().mail_address), folded_mail(_address(mail))
    if not house:
        return False
    addressed = {folded_mail(box.address) for box in mail.to + mail.cc + mail.delivered_to}
    by_colleague = house not in addressed and Staff.objects.filter(email=sender).exists()
    return sender == house or by_colleague

"""The one door through which every act of a colleague goes."""

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import Actor
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotAllowed(Refused):
    text = _("Your role does not include this. Ask a colleague whose role does.")

    def __init__(self, *, act: Act) -> None:
        super().__init__(act=act.value)
        self.act = act


def require(by: Staff, act: Act) -> None:
    """Let `by` go on to do `act`.

    What customers do through a signed link is guarded by the action itself: they have no role.

    Raises NotAllowed.
    """
    if not by.may(act):
        raise NotAllowed(act=act)


def require_of_colleague(by: Actor | None, act: Act) -> None:
    """Let `by` go on to do `act`, if it is a colleague; others have no role.

    For acts that customers and channels do too, as when somebody writes to us for the first time.

    Raises NotAllowed.
    """
    if isinstance(by, Staff):
        require(by, act)

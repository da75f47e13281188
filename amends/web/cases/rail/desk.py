"""Who looks at which case, and one thing they can do with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise as Words

from amends.cases.queries.care import Care

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.promises import Promise
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do: what its button says, where its form is, and the key that presses it.

    at_once: the button itself does it, for what asks for nothing more and harms nobody.
    """

    label: Words | str
    url: str
    key: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """A case, all that hangs on it, and who looks at it. `works` is whether they may act on it."""

    case: "Case"
    care: Care
    staff: "Staff"
    works: bool
    now: datetime

    def way(self, label: Words | str, act: str, pk: int | None = None, *, key: str = "") -> Way:
        args = [self.case.reference] if pk is None else [self.case.reference, pk]
        return Way(label, reverse(f"case-{act}", args=args), key)

    @property
    def owed(self) -> "list[Promise]":
        return [promise for promise in self.care.promises if promise.is_owed]

    @property
    def unsaid(self) -> "list[Promise]":
        """The broken promises that nobody has apologised for yet."""
        broken = [promise for promise in self.care.promises if promise.broken_at]
        return [promise for promise in broken if promise.apologised_at is None]

    @property
    def wished(self) -> "list[Promise]":
        return [promise for promise in self.care.promises if promise.waits_for_answer]

"""What somebody still looks after, before they leave."""

from dataclasses import dataclass

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Load:
    """How many open cases somebody has, and how many promises they still owe."""

    cases: int
    promises: int

    def __bool__(self) -> bool:
        return bool(self.cases or self.promises)


def still_with(colleague: Staff) -> Load:
    """Return what `colleague` still looks after; whoever it is that asks sees numbers only."""
    return Load(
        cases=Case.objects.open().filter(owner=colleague).count(),
        promises=Promise.objects.owed().filter(owner=colleague).count(),
    )

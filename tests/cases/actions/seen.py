"""What the tests of actions look at again and again."""

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.journal.models import Entry
from amends.staff.models import Staff
from tests import make


def last_entry():
    """Return kind, actor and facts of the newest entry in the journal."""
    entry = Entry.objects.latest("pk")
    return entry.kind, entry.by, entry.facts


def entries() -> list[str]:
    """Return the kinds of all entries about cases, oldest first."""
    about = Entry.objects.filter(subject__startswith="case:").order_by("pk")
    return list(about.values_list("kind", flat=True))


def bar(case: Case, colleague: Staff) -> None:
    """Make `case` complain about `colleague`."""
    PartyOfCase.objects.create(
        case=case, part=Part.COMPLAINED_ABOUT, staff=colleague, since=make.NOW
    )


def again(row):
    """Return `row` as it stands in the database now."""
    return type(row).objects.get(pk=row.pk)
